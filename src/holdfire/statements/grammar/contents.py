"""What is attributed: where the content of each draft begins and ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.objects import Objects
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.subjects import Subjects
from holdfire.statements.grammar.tails import Tails


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
        self.objects = Objects(sentence, self.verbs)
        self.tails = Tails(sentence, self.verbs)
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
            if draft.closing:
                draft.content = self._around(draft)
            elif draft.complement >= 0:
                draft.content = self._following(draft)
        for draft in self.found:
            if draft.hedged and draft.hit is None:
                end = self._end(draft.cue[0][1])
                draft.content = [(a, min(b, end)) for a, b in draft.content if a < end]
            if draft.host is not None:
                draft.content = list(draft.host.content)

    def _stops(self) -> Iterator[tuple[int, int]]:
        """Yield where contents end, each with the unit they must begin after to end there."""
        for draft in self.found:
            if draft.stop >= 0:
                yield draft.stop, draft.owner
            if draft.source is None or draft.hit is None:
                continue
            begins = draft.source.begins
            if draft.kind == "saying" and not draft.shared and self._main_clause(begins):
                yield begins - 2, -1
            if draft.closing:
                begins = self._clause_start(min(begins, draft.hit.at))
            if begins > 0 and self.sentence.classes[begins - 1] & c.COLON_OR_SEMICOLON:
                yield begins - 1, -1

    def _main_clause(self, begins: int) -> bool:
        """Whether a source follows ", and": another statement, no part of the one before."""
        classes = self.sentence.classes
        return bool(
            begins - 2 > self.lowest
            and classes[begins - 1] & c.CONJUNCTION
            and classes[begins - 2] & c.COMMA
        )

    def _place(self, draft: Draft) -> None:
        """Decide whether a draft closes its content or a complement follows it."""
        hit, source, classes = draft.hit, draft.source, self.sentence.classes
        if hit is None or source is None:
            return
        if hit.inner is not None and self.sentence.classes[hit.at + 1] & c.PRONOUN:
            draft.content = [hit.inner]
            return
        inverted = source.start >= hit.after
        at = source.end if inverted else hit.after
        place, closed = self.tails.tail(draft, at)
        if not inverted and hit.frames & f.RECEIVER and self._told_of(draft, at):
            return
        begins = hit.at if inverted else source.begins
        before = classes[begins - 1] if begins > self.lowest else 0
        speaks = hit.frames & f.CLAUSE_OR_QUOTATION
        spoken = before & c.SPEECH or (before & c.COMMA and classes[begins - 2] & c.SPEECH)
        opens = classes[self.lowest] & c.ADVERBIAL_OR_SUBORDINATOR_OR_CONTRAST
        quoted = spoken and self._comma_ends(begins - 1) and (closed or not opens)
        speaks = speaks and (hit.frames & f.CLAUSE or bool(spoken))
        if quoted and speaks and not draft.shared:
            draft.closing = True
            draft.stop = begins - 1 if before & c.COMMA else begins
        elif closed and speaks and not draft.shared and before & c.COMMA_OR_DASH_OR_SPEECH:
            draft.closing = True
            draft.stop = begins - 1 if not before & c.SPEECH else begins
        elif not closed and before & c.COMMA and self._interrupts(draft, begins, place):
            draft.closing = True
            draft.stop = begins - 1
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

    def _interrupts(self, draft: Draft, begins: int, place: int) -> bool:
        """Whether "he warned" stands within a sentence: "Until then, he warned, “our guns …”"."""
        classes = self.sentence.classes
        if draft.hit is None or not draft.hit.frames & f.QUOTATION or draft.shared:
            return False
        if place >= len(classes) or not classes[place] & c.QUOTE:
            return False
        adverbial = c.OPENS_ADVERBIAL
        clause = not classes[self.lowest] & adverbial or any(
            classes[at] & c.FINITE or at in self.verbs for at in range(self.lowest, begins - 1)
        )
        return clause and bool(classes[place - 1] & c.COMMA)

    def _after_subordinate(self, draft: Draft, begins: int) -> int:
        """Return the comma before a main clause that follows "While X said Y,", or -1."""
        classes = self.sentence.classes
        opens = classes[self.lowest] & c.ADVERBIAL_OR_SUBORDINATOR_OR_CONTRAST
        before = classes[begins - 1]
        main = opens and begins > self.lowest + 2 and before & c.COMMA_OR_SPEECH
        if not main or draft.closing or draft.shared:
            return -1
        return begins - 1 if before & c.COMMA else begins

    def _relative(self, draft: Draft, begins: int) -> None:
        """Read "what he called a breakthrough" and "the pause, which Kyiv had accepted".

        In the first the content follows the cue all the same; in the second it stands before.
        """
        classes = self.sentence.classes
        hit, before = draft.hit, self.sentence.words[begins - 1] if begins > 0 else ""
        if hit is None or draft.shared:
            return
        closed = draft.complement < 0 or self.sentence.classes[draft.complement] & c.PREPOSITION
        at = begins - 2
        relative = before == "which" or (before == "that" and at > 0 and classes[at] & c.WORD)
        if relative and at not in self.verbs and hit.frames & f.OBJECT and closed:
            if self.sentence.classes[at] & c.COMMA:
                at -= 1
            about = Subjects(self.sentence, self.verbs, self.lowest).before(at)
            if about is None or not self.objects.on_topic(draft, about.start, about.end):
                return
            draft.closing, draft.stop, draft.content = False, -1, list(about.pieces)
        elif before == "what" and hit.frames & f.CLAUSE_OR_AS_OR_NAMED:
            draft.closing, draft.stop = False, -1
            draft.complement = hit.after
            draft.content = [
                (hit.after, self.objects.before(hit.after, self.sentence.last, c.COMMA))
            ]

    def _comma_ends(self, at: int) -> bool:
        """Whether a comma ends the quotation at or before a unit: what follows tells who spoke."""
        sentence = self.sentence
        if sentence.classes[at] & c.COMMA:
            return True
        return self.text[sentence.ends[at] - 2 : sentence.ends[at]].find(",") >= 0

    def _told_of(self, draft: Draft, at: int) -> bool:
        """Read "told parliament of violations": the content follows the preposition."""
        place = self.tails.receiver(at)
        if self.sentence.words[place : place + 1] not in (["of"], ["about"]) or place == at:
            return False
        draft.cue.append((place, place + 1))
        draft.content = self.objects.object(draft, place + 1, self.sentence.last)
        return bool(draft.content)

    def _end(self, start: int) -> int:
        """Return where a content that begins at ``start`` ends at the latest."""
        limit = self.sentence.last
        if self.sentence.flags & c.SEMICOLON:
            limit = self.objects.before(start + 1, limit, c.SEMICOLON)
        for number in range(bisect_right(self.stops, (start, start)), len(self.stops)):
            stop, owner = self.stops[number]
            if stop > start > owner:
                return min(stop, limit)
        return limit

    def _following(self, draft: Draft) -> list[tuple[int, int]]:
        """Return the complement after the cue as the frames of the cue allow it."""
        hit, classes, start = draft.hit, self.sentence.classes, draft.complement
        if hit is None or start >= self.sentence.last:
            return []
        flags, end = classes[start], self._end(start)
        if draft.source is not None and draft.source.begins > 0 and self._in_relative(draft):
            end = self.objects.before(start, end, c.COMMA)
        whole = [(start, self.objects.trim(start, end))]
        if flags & c.COLON:
            quoted = start + 1 < len(classes) and classes[start + 1] & c.QUOTE
            speaks = hit.frames & f.CLAUSE_OR_QUOTATION
            return [(start + 1, end)] if quoted or speaks else []
        if flags & c.THAT and (hit.frames & f.CLAUSE_OR_THAT):
            return whole
        if flags & c.SPEECH and hit.frames & f.QUOTATION:
            return whole
        if flags & c.QUESTION and (hit.frames & f.CLAUSE_OR_QUESTION):
            return whole
        following = classes[start + 1] if start + 1 < end else c.STOP
        if flags & c.TO and hit.frames & f.INFINITIVE and not following & c.PREPOSITION_OR_PAUSE:
            begins = hit.after if hit.frames & f.RECEIVER else start
            if self.sentence.words[begins - 1] == "not":
                begins -= 1
            return [(begins, self.objects.single(start, end))]
        if flags & c.ING and hit.frames & f.GERUND:
            return [(start, self.objects.single(start, end))]
        if hit.frames & f.AS and self.sentence.words[start] == "as":
            return self.objects.object(draft, start, end)
        if hit.frames & f.AS and not hit.frames & f.OBJECT:
            return whole if "as" in self.sentence.words[start : min(end, start + 25)] else []
        if hit.frames & f.NAMED:
            named = flags & c.WORD_OR_QUOTE and not flags & c.PREPOSITION_OR_ADVERB
            return whole if named else []
        if hit.frames & f.CLAUSE and (
            self.objects.has_verb(start, end)
            or flags & c.SUBJECT
            or (not hit.frames & f.OBJECT and flags & c.DETERMINER_OR_CAPITAL and end > start + 2)
        ):
            return whole
        if (
            hit.frames & f.INFINITIVE
            and hit.frames & f.RECEIVER
            and self.objects.has_to(start, end)
        ):
            return [(hit.after, self.objects.single(start, end))]
        if hit.frames & f.OBJECT and flags & c.WORD_OR_QUOTE and not flags & c.PREPOSITION:
            return self.objects.with_as(draft, self.objects.object(draft, start, end), end)
        if hit.frames & f.INFINITIVE and self.objects.has_to(start, end):
            return whole
        if flags & c.QUOTE and hit.frames & f.CLAUSE:
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

    def _around(self, draft: Draft) -> list[tuple[int, int]]:
        """Return what stands before a closing attribution, and what goes on after it."""
        hit, source, classes = draft.hit, draft.source, self.sentence.classes
        if hit is None or source is None:
            return []
        inverted = source.start >= hit.after
        begins = hit.at if inverted else source.begins
        first = self._clause_start(begins)
        pieces = [(first, self.objects.trim(first, begins))]
        pieces_end = classes[pieces[0][1] - 1] & c.SPEECH
        place, _ = self.tails.tail(draft, source.end if inverted else hit.after)
        if place < self.sentence.last and classes[place] & c.COMMA_OR_QUOTE:
            start = place + 1 if classes[place] & c.COMMA else place
            flags = classes[start] if start < len(classes) else 0
            end = self._end(start)
            quote = self.objects.before(start, end, c.QUOTE)
            if not flags & c.QUOTE and quote < end and classes[quote] & c.SPEECH and pieces_end:
                start, flags = quote, classes[quote]
            taken = any(one is not draft and one.stop == place for one in self.found)
            if classes[place] & c.COMMA and start < end and classes[start] & c.CONJUNCTION:
                taken = taken or self._begins_anew(draft, start)
            if end > start and not taken and self._goes_on(start, end):
                pieces.append((start, self.objects.trim(start, end)))
        if len(pieces) == 1 and begins - first <= 2 and not pieces_end:
            return []
        return pieces

    def _begins_anew(self, draft: Draft, conjunction: int) -> bool:
        """Whether "and" is followed by somebody else's statement: "…, and Y accused Z"."""
        return any(
            one is not draft
            and one.source is not None
            and conjunction <= one.source.begins <= conjunction + 1
            for one in self.found
        )

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether what follows "he said," belongs to what he said: a quotation or a clause."""
        classes = self.sentence.classes
        flags = classes[start] if start < end else 0
        if flags & c.QUOTE:
            return True
        if not flags & c.WORD or flags & c.ENDS_SPEECH:
            return False
        if flags & c.CONJUNCTION and self.objects.new_verb(start):
            return False
        if self.sentence.words[start : start + 2] == ["but", "only"]:
            return True
        return (
            bool(flags & c.ED_OR_FINITE) or start in self.verbs or self.objects.has_verb(start, end)
        )

    def _clause_start(self, before: int) -> int:
        """Return where the clause before a closing attribution begins."""
        classes, words = self.sentence.classes, self.sentence.words
        start = self.lowest
        for at in range(before - 2, self.lowest - 1, -1):
            if classes[at] & c.COLON_OR_SEMICOLON:
                start = at + 1
                break
        while start < before - 2 and classes[start] & c.CONJUNCTION and words[start] != "both":
            start += 1
        return start
