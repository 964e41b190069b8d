"""What is attributed: where the content of each draft begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.nounphrases import Subjects, after, leaves
from holdfire.statements.grammar.sentences import Sentence

RECEIVER_LONGEST = 12
DAYS = re.compile(r"\d+-[a-z]")
"""A number before a noun: "a full, 30-day ceasefire"."""


class Contents:
    """Finds the contents of the drafts of one sentence."""

    def __init__(self, text: str, sentence: Sentence, found: list[Draft], lowest: int) -> None:
        self.text = text
        self.sentence = sentence
        self.found = found
        self.lowest = lowest
        self.verbs = {
            unit: True
            for draft in found
            if draft.hit is not None and draft.hit.finite
            for unit in range(draft.hit.first, draft.hit.after)
        }
        self.stops: list[tuple[int, int]] = []

    def fill(self) -> None:
        """Give each draft its content; a draft for which none is found keeps an empty one."""
        for draft in self.found:
            if draft.hit is not None and not draft.content and draft.host is None:
                self._place(draft)
        self.stops = sorted(self._stops())
        for draft in self.found:
            if draft.content or draft.hit is None:
                continue
            if draft.host is not None:
                draft.content = list(draft.host.content)
            elif draft.closing:
                draft.content = self._around(draft)
            elif draft.complement >= 0:
                draft.content = self._following(draft)

    def _stops(self) -> Iterator[tuple[int, int]]:
        """Yield where contents end, each with the unit they must begin after to end there."""
        for draft in self.found:
            if draft.stop >= 0:
                yield draft.stop, draft.owner
            if draft.source is None or draft.hit is None:
                continue
            begins = draft.source.begins
            if draft.closing:
                begins = self._clause_start(min(begins, draft.hit.at))
            if begins > 0 and self.sentence.classes[begins - 1] & (c.COLON | c.SEMICOLON):
                yield begins - 1, -1

    def _place(self, draft: Draft) -> None:
        """Decide whether a draft closes its content or a complement follows it."""
        hit, source, classes = draft.hit, draft.source, self.sentence.classes
        if hit is None or source is None:
            return
        inverted = source.start >= hit.after
        at = source.end if inverted else hit.after
        place, closed = self._tail(draft, at)
        if not inverted and hit.takes("receiver") and self._told_of(draft, at):
            return
        begins = hit.at if inverted else source.begins
        before = classes[begins - 1] if begins > self.lowest else 0
        speaks = hit.takes("clause") or hit.takes("quotation")
        spoken = before & c.SPEECH or (before & c.COMMA and classes[begins - 2] & c.SPEECH)
        quoted = spoken and self._comma_ends(begins - 1)
        if quoted and speaks and not draft.shared:
            draft.closing = True
            draft.stop = begins - 1 if before & c.COMMA else begins
        elif closed and speaks and not draft.shared and before & (c.COMMA | c.SPEECH | c.DASH):
            draft.closing = True
            draft.stop = begins - 1 if not before & c.SPEECH else begins
        elif (closed and inverted and speaks) or (
            not closed and before & c.SPEECH and classes[place - 1] & c.COMMA and speaks
        ):
            draft.closing = True
            draft.stop = begins
        elif not closed:
            draft.complement = place
            if before & c.CONTRAST and begins - 2 > self.lowest:
                draft.stop = begins - 2 if classes[begins - 2] & c.COMMA else begins - 1
        if draft.stop < 0:
            draft.stop = self._after_subordinate(draft, begins)
        self._relative(draft, begins)

    def _after_subordinate(self, draft: Draft, begins: int) -> int:
        """Return the comma before a main clause that follows "While X said Y,", or -1."""
        classes = self.sentence.classes
        opens = classes[self.lowest] & (c.SUBORDINATOR | c.CONTRAST | c.ADVERBIAL)
        main = opens and begins > self.lowest + 2 and classes[begins - 1] & c.COMMA
        return begins - 1 if main and not draft.closing and not draft.shared else -1

    def _relative(self, draft: Draft, begins: int) -> None:
        """Read "what he called a breakthrough" and "the pause, which Kyiv had accepted".

        In the first the content follows the cue all the same; in the second it stands before.
        """
        hit, before = draft.hit, self.sentence.words[begins - 1] if begins > 0 else ""
        if hit is None or draft.shared:
            return
        closed = draft.complement < 0 or self.sentence.classes[draft.complement] & c.PREPOSITION
        if before in ("which", "that") and hit.takes("object") and closed:
            at = begins - 2
            if at >= 0 and self.sentence.classes[at] & c.COMMA:
                at -= 1
            about = Subjects(self.sentence, self.verbs, self.lowest).before(at)
            if about is not None:
                draft.closing, draft.stop, draft.content = False, -1, list(about.pieces)
        elif before == "what":
            draft.closing, draft.stop = False, -1
            draft.complement = hit.after
            draft.content = [(hit.after, self._before(hit.after, self.sentence.last, c.COMMA))]

    def _comma_ends(self, at: int) -> bool:
        """Whether a comma ends the quotation at or before a unit: what follows tells who spoke."""
        sentence = self.sentence
        if sentence.classes[at] & c.COMMA:
            return True
        return self.text[sentence.ends[at] - 2 : sentence.ends[at]].find(",") >= 0

    def _told_of(self, draft: Draft, at: int) -> bool:
        """Read "told parliament of violations": the content follows the preposition."""
        place = self._receiver(at)
        if self.sentence.words[place : place + 1] not in (["of"], ["about"]) or place == at:
            return False
        draft.cue.append((place, place + 1))
        draft.content = self._object(draft, place + 1, self.sentence.last)
        return bool(draft.content)

    def _tail(self, draft: Draft, at: int) -> tuple[int, bool]:
        """Step over receiver, time, place and occasion after a cue.

        Returns where that ends, and whether the clause ends there (nothing is said after it).
        """
        hit, classes, last = draft.hit, self.sentence.classes, self.sentence.last
        if hit is not None and hit.takes("receiver") and draft.source is not None:
            at = self._receiver(at)
        inverted = draft.source is not None and hit is not None and draft.source.start >= hit.after
        place = at
        while place < last:
            flags = classes[place]
            if flags & c.COMMA:
                return self._after_comma(place)
            if flags & c.SEMICOLON:
                return place, True
            if flags & (c.THAT | c.QUOTE | c.COLON):
                return place, False
            if flags & c.DETERMINER and place + 1 < last and classes[place + 1] & c.THAT:
                return place + 1, False
            if flags & c.POSSESSIVE or (flags & c.ED and place > at):
                place += 2 if flags & c.POSSESSIVE else 1
                continue
            if flags & c.ING and hit is not None and hit.takes("gerund") and place == at:
                return place, False
            if (flags & c.ADVERB and not flags & c.SUBJECT) or (
                flags & (c.TIME | c.NUMBER) and self._is_time(place)
            ):
                place += 1
            elif flags & c.TO and hit is not None and hit.takes("infinitive"):
                return place, False
            elif inverted and (flags & (c.ED | c.QUESTION)):
                return place, True
            elif (
                (flags & c.QUESTION and place == at)
                or (flags & c.TO and not self._to_somebody(place))
                or self._counts(place)
            ):
                return place, False
            elif flags & (c.PREPOSITION | c.TO) and (
                hit is None or hit.takes("clause") or hit.takes("quotation")
            ):
                place = self._over_phrase(place)
            elif flags & (c.SUBORDINATOR | c.RELATIVE | c.DASH | c.CONJUNCTION):
                return place, True
            else:
                return place, False
        return place, True

    def _counts(self, at: int) -> bool:
        """Whether "about" goes with a number: "said about 20 people"."""
        following = self.sentence.classes[at + 1 : at + 2]
        return self.sentence.words[at] == "about" and bool(following and following[0] & c.NUMBER)

    def _to_somebody(self, at: int) -> bool:
        """Whether "to" is followed by who was told rather than by a verb."""
        if at + 1 >= self.sentence.last:
            return False
        flags = self.sentence.classes[at + 1]
        whom = c.DETERMINER | c.CAPITAL | c.PRONOUN | c.RECEIVER | c.QUOTE
        return bool(flags & whom) or self.sentence.words[at + 1].endswith("s")

    def _is_time(self, at: int) -> bool:
        """Whether a number belongs to a time ("11 March"), and is not how many there were."""
        classes = self.sentence.classes
        beside = classes[at - 1] | (classes[at + 1] if at + 1 < len(classes) else 0)
        return bool(classes[at] & c.TIME or beside & c.TIME)

    def _after_comma(self, comma: int) -> tuple[int, bool]:
        """Tell "said, “…”" and "said, however, that" from the end of a clause."""
        classes, last = self.sentence.classes, self.sentence.last
        place = comma + 1
        if place < last and classes[place] & (c.SPEECH | c.THAT):
            return place, False
        while place < last and place < comma + 8 and not classes[place] & c.COMMA:
            place += 1
        if place + 1 < last and classes[place] & c.COMMA:
            if classes[place + 1] & (c.THAT | c.TO):
                return place + 1, False
            if self.sentence.words[place + 1 : place + 3] == ["not", "to"]:
                return place + 2, False
        return comma, True

    def _over_phrase(self, at: int) -> int:
        """Return where a preposition and its noun phrase end."""
        classes, last = self.sentence.classes, self.sentence.last
        phrase = after(self.sentence, at + 1, self.verbs)
        end = phrase.pieces[0][1] if phrase is not None else at + 1
        for place in range(at + 1, min(end, last - 1)):
            follows = classes[place + 1]
            if classes[place] & c.OCCASION and follows & (c.DETERMINER | c.SUBJECT):
                return place + 1
            if classes[place] & c.COMMA:
                return place
        return max(end, at + 1)

    def _receiver(self, at: int) -> int:
        """Return where the receiver after "told" ends."""
        classes, last = self.sentence.classes, self.sentence.last
        if at >= last or not classes[at] & c.WORD or classes[at] & (c.THAT | c.TO | c.PREPOSITION):
            return at
        if self.sentence.words[at] in ("he", "she", "they", "we", "i", "there"):
            return at
        if classes[at] & c.PRONOUN and not (
            classes[at] & c.DETERMINER and at + 1 < last and classes[at + 1] & ~c.TO & c.WORD
        ):
            return at + 1
        place = at
        while place < min(last, at + RECEIVER_LONGEST):
            flags = classes[place]
            timed = flags & c.TIME and not (place > at and classes[place - 1] & c.DETERMINER)
            if timed or flags & (c.PAUSE | c.THAT | c.QUOTE | c.TO | c.QUESTION | c.ADVERB):
                break
            if place > at:
                before = classes[place - 1]
                starts = flags & (c.DETERMINER | c.SUBJECT | c.CAPITAL)
                small = before & c.RECEIVER or (
                    self.sentence.words[place - 1].endswith("s") and not before & c.CAPITAL
                )
                if flags & c.DETERMINER and not before & (
                    c.PREPOSITION | c.CONJUNCTION | c.DETERMINER
                ):
                    break
                if starts and (small or (flags & c.SUBJECT and not flags & c.CAPITAL)):
                    break
                if flags & c.PREPOSITION and leaves(self.sentence, place, at):
                    break
            if flags & c.FINITE or place in self.verbs:
                # "told Reuters Russia would": the last name is the subject of the clause
                return place - 1 if place > at + 1 else at
            place += 1
        return place

    def _end(self, start: int) -> int:
        """Return where a content that begins at ``start`` ends at the latest."""
        for number in range(bisect_right(self.stops, (start, start)), len(self.stops)):
            stop, owner = self.stops[number]
            if stop > start > owner:
                return stop
        return self.sentence.last

    def _following(self, draft: Draft) -> list[tuple[int, int]]:
        """Return the complement after the cue as the frames of the cue allow it."""
        hit, classes, start = draft.hit, self.sentence.classes, draft.complement
        if hit is None or start >= self.sentence.last:
            return []
        flags, end = classes[start], self._end(start)
        if draft.source is not None and draft.source.begins > 0 and self._in_relative(draft):
            end = self._before(start, end, c.COMMA)
        whole = [(start, self._trim(start, end))]
        if flags & c.COLON:
            quoted = start + 1 < len(classes) and classes[start + 1] & c.QUOTE
            speaks = hit.takes("quotation") or hit.takes("clause")
            return [(start + 1, end)] if quoted or speaks else []
        if flags & c.THAT and (hit.takes("clause") or hit.takes("that")):
            return whole
        if flags & c.SPEECH and hit.takes("quotation"):
            return whole
        if flags & c.QUESTION and (hit.takes("question") or hit.takes("clause")):
            return whole
        following = classes[start + 1] if start + 1 < end else c.STOP
        if flags & c.TO and hit.takes("infinitive") and not following & (c.PREPOSITION | c.PAUSE):
            begins = hit.after if hit.takes("receiver") else start
            if self.sentence.words[begins - 1] == "not":
                begins -= 1
            return [(begins, self._single(start, end))]
        if flags & c.ING and hit.takes("gerund"):
            return [(start, self._single(start, end))]
        if hit.takes("as") and not hit.takes("object"):
            return whole if "as" in self.sentence.words[start : min(end, start + 25)] else []
        if hit.takes("named"):
            named = flags & (c.WORD | c.QUOTE) and not flags & (c.PREPOSITION | c.ADVERB)
            return whole if named else []
        if hit.takes("clause") and (
            self._has_verb(start, end)
            or flags & c.SUBJECT
            or (not hit.takes("object") and flags & (c.DETERMINER | c.CAPITAL) and end > start + 2)
        ):
            return whole
        if hit.takes("infinitive") and hit.takes("receiver") and self._has_to(start, end):
            return [(hit.after, self._single(start, end))]
        if hit.takes("object") and flags & (c.WORD | c.QUOTE) and not flags & c.PREPOSITION:
            return self._object(draft, start, end)
        if hit.takes("infinitive") and self._has_to(start, end):
            return whole
        if flags & c.QUOTE and hit.takes("clause"):
            return whole
        return []

    def _in_relative(self, draft: Draft) -> bool:
        source = draft.source
        if source is None:
            return False
        begins = source.begins
        return bool(
            self.sentence.classes[begins] & c.RELATIVE
            and begins > 0
            and self.sentence.classes[begins - 1] & c.COMMA
        )

    def _before(self, start: int, end: int, flag: int) -> int:
        for at in range(start, end):
            if self.sentence.classes[at] & flag:
                return at
        return end

    def _trim(self, start: int, end: int) -> int:
        """Step back over commas and conjunctions at the end of a content."""
        while end > start + 1 and self.sentence.classes[end - 1] & (c.COMMA | c.DASH):
            end -= 1
        return end

    def _has_verb(self, start: int, end: int) -> bool:
        classes = self.sentence.classes
        return any(
            classes[at] & (c.FINITE | c.ED) or at in self.verbs for at in range(start + 1, end)
        )

    def _has_to(self, start: int, end: int) -> bool:
        return any(self.sentence.classes[at] & c.TO for at in range(start, min(end, start + 10)))

    def _object(self, draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
        """Return a noun phrase after the cue, up to a comma, a time or an adverbial clause."""
        classes, place = self.sentence.classes, start
        breaks = draft.kind == "act" and not (draft.hit is not None and draft.hit.takes("as"))
        while place < end:
            flags = classes[place]
            if flags & c.COMMA and self._lists(place, end):
                place = self._trim(start, end)
                break
            if flags & c.COMMA and DAYS.match("".join(self.sentence.words[place + 1 : place + 2])):
                place += 1
                continue
            if flags & c.PAUSE and not flags & c.BRACKET:
                break
            if place > start:
                if self.sentence.words[start] in ("it", "him", "them", "us", "me"):
                    if self.sentence.words[place] in ("as", "of", "for"):
                        place = end
                    break
                if self.sentence.words[place] == "by":
                    following = classes[place + 1] if place + 1 < end else 0
                    if following & (c.ING | c.NUMBER | c.TIME):
                        break
                elif flags & c.ADVERBIAL and (breaks or self.sentence.words[place] != "as"):
                    following = classes[place + 1] if place + 1 < end else 0
                    if not following & (c.QUOTE | c.ADVERB):
                        break
                if flags & c.PREPOSITION and self._timed(place):
                    break
                if flags & c.CONJUNCTION and (
                    self._new_verb(place) or (place + 1 < end and classes[place + 1] & c.THAT)
                ):
                    break
            place += 1
        if self.sentence.words[place : place + 1] == [":"]:
            place = self._trim(start, end)
        if place == start or not self._on_topic(draft, start, place):
            return []
        return [(start, place)]

    def _on_topic(self, draft: Draft, start: int, end: int) -> bool:
        """Whether an object is of the kind its cue takes: about an agreement, or a number."""
        flags = self.sentence.classes
        if draft.hit is not None and draft.hit.takes("number"):
            return bool(flags[start] & c.NUMBER)
        if draft.hit is None or not draft.hit.takes("topic"):
            return True
        return any(flags[at] & (c.TOPIC | c.QUOTE) for at in range(start, end))

    def _lists(self, comma: int, end: int) -> bool:
        """Whether a comma parts the members of a list that runs to the end of the clause."""
        classes = self.sentence.classes
        first = classes[comma + 1] if comma + 1 < end else 0
        if first & (c.RELATIVE | c.ING | c.CONJUNCTION | c.SUBORDINATOR | c.ADVERB | c.CONTRAST):
            return False
        joined = 0
        for place in range(comma + 1, end):
            if classes[place] & (c.FINITE | c.ED | c.COLON | c.SEMICOLON | c.RELATIVE):
                return False
            if place in self.verbs:
                return False
            joined |= classes[place] & c.CONJUNCTION
        return bool(joined)

    def _new_verb(self, conjunction: int) -> bool:
        """Whether "and", "but" are followed by a verb whose subject stands before."""
        place = conjunction + 1
        while place < self.sentence.last and self.sentence.classes[place] & c.ADVERB:
            place += 1
        flags = self.sentence.classes[place] if place < self.sentence.last else 0
        return place in self.verbs or bool(flags & (c.FINITE | c.ED) and not flags & c.CAPITAL)

    def _single(self, start: int, end: int) -> int:
        """Return where the verb phrase that begins at ``start`` ends, before another verb."""
        classes = self.sentence.classes
        for place in range(start + 1, end):
            if not classes[place] & c.CONJUNCTION:
                continue
            if classes[place + 1 : place + 2] and classes[place + 1] & c.THAT:
                return place
            if self._new_verb(place) or (
                classes[place - 1] & c.COMMA and self._has_verb(place, end)
            ):
                return self._trim(start, place)
        return end

    def _timed(self, at: int) -> bool:
        """Whether a preposition begins a time or an occasion: "on 11 March", "at a meeting"."""
        classes, words = self.sentence.classes, self.sentence.words
        if words[at] not in ("on", "in", "at", "by"):
            return False
        for place in range(at + 1, min(at + 4, self.sentence.last)):
            flags = classes[place]
            if flags & c.OCCASION and not flags & c.CAPITAL:
                return words[at] in ("in", "at", "on")
            if flags & c.TIME:
                return (
                    words[place + 1] not in ("for", "to", "with")
                    if place + 1 < len(words)
                    else True
                )
            if not flags & (c.NUMBER | c.DETERMINER):
                return False
        return False

    def _around(self, draft: Draft) -> list[tuple[int, int]]:
        """Return what stands before a closing attribution, and what goes on after it."""
        hit, source, classes = draft.hit, draft.source, self.sentence.classes
        if hit is None or source is None:
            return []
        inverted = source.start >= hit.after
        begins = hit.at if inverted else source.begins
        first = self._clause_start(begins)
        pieces = [(first, self._unquoted(first, begins))]
        pieces_end = classes[pieces[0][1] - 1] & c.SPEECH
        place, _ = self._tail(draft, source.end if inverted else hit.after)
        if place < self.sentence.last and classes[place] & (c.COMMA | c.QUOTE):
            start = place + 1 if classes[place] & c.COMMA else place
            flags = classes[start] if start < len(classes) else 0
            end = self._end(start)
            quote = self._before(start, end, c.QUOTE)
            if not flags & c.QUOTE and quote < end and classes[quote] & c.SPEECH and pieces_end:
                start, flags = quote, classes[quote]
            taken = any(one is not draft and one.stop == place for one in self.found)
            if end > start and not taken and self._goes_on(start, end):
                pieces.append((start, self._trim(start, end)))
        if len(pieces) == 1 and begins - first <= 2 and not pieces_end:
            return []
        return pieces

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether what follows "he said," belongs to what he said: a quotation or a clause."""
        classes = self.sentence.classes
        flags = classes[start] if start < end else 0
        if flags & c.QUOTE:
            return True
        if not flags & c.WORD or flags & (c.ING | c.RELATIVE | c.TIME | c.ADVERBIAL):
            return False
        if flags & c.CONJUNCTION and self._new_verb(start):
            return False
        return bool(flags & (c.FINITE | c.ED)) or start in self.verbs or self._has_verb(start, end)

    def _clause_start(self, before: int) -> int:
        """Return where the clause before a closing attribution begins."""
        classes, words = self.sentence.classes, self.sentence.words
        start = self.lowest
        for at in range(before - 2, self.lowest - 1, -1):
            if classes[at] & (c.COLON | c.SEMICOLON):
                start = at + 1
                break
        while start < before - 2 and classes[start] & c.CONJUNCTION and words[start] != "both":
            start += 1
        return start

    def _unquoted(self, first: int, end: int) -> int:
        """Return the end of the clause, without the comma before the attribution."""
        return self._trim(first, end)
