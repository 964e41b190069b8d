"""Where an object or a verb phrase after a cue ends."""

from __future__ import annotations

import re

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.verbs import SEPARABLE

DAYS = re.compile(r"\d+-[a-z]")
"""A number before a noun: "a full, 30-day ceasefire"."""


class Objects:
    """Finds the ends of objects in one sentence; ``verbs`` are the units of its cues."""

    def __init__(self, sentence: Sentence, verbs: dict[int, bool]) -> None:
        self.sentence = sentence
        self.verbs = verbs

    def object(self, draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
        """Return a noun phrase after the cue, up to a comma, a time or an adverbial clause."""
        classes, place = self.sentence.classes, start
        if start >= len(classes) or self.sentence.words[start] in SEPARABLE:
            return []
        breaks = draft.kind == "act" and not (draft.hit is not None and draft.hit.frames & f.AS)
        while place < end:
            flags = classes[place]
            if flags & c.COMMA and self._lists(place, end):
                place = self.trim(start, end)
                break
            if flags & c.COMMA and DAYS.match("".join(self.sentence.words[place + 1 : place + 2])):
                place += 1
                continue
            if flags & c.PAUSE and not flags & c.BRACKET:
                break
            if place > start:
                if flags & c.THAT and classes[place - 1] & c.WORD:
                    place = end
                    break
                alone = self.sentence.words[start] in ("it", "him", "them", "us", "me") or (
                    classes[start] & c.THAT and classes[start + 1] & c.PREPOSITION
                )
                if alone and self.sentence.words[start + 1] not in ("as", "of", "for"):
                    break
                if self.sentence.words[place] == "by":
                    following = classes[place + 1] if place + 1 < end else 0
                    if following & c.TIME_OR_NUMBER_OR_ING:
                        break
                elif flags & c.ADVERBIAL and (breaks or self.sentence.words[place] != "as"):
                    following = classes[place + 1] if place + 1 < end else 0
                    if not following & c.ADVERB_OR_QUOTE:
                        break
                if flags & c.PREPOSITION and self._timed(place):
                    break
                if flags & c.CONJUNCTION and (
                    self.new_verb(place) or (place + 1 < end and classes[place + 1] & c.THAT)
                ):
                    break
            place += 1
        if self.sentence.words[place : place + 1] == [":"]:
            place = self.trim(start, end)
        if place == start or not self.on_topic(draft, start, place):
            return []
        return [(start, place)]

    def with_as(
        self, draft: Draft, found: list[tuple[int, int]], end: int
    ) -> list[tuple[int, int]]:
        """Return an object with "as a ploy" after a time: "rejected it on Monday as a ploy"."""
        if not found or draft.hit is None or not draft.hit.frames & f.AS:
            return found
        begins = found[-1][1]
        near = self.sentence.words[begins : min(begins + 5, end)]
        if "as" not in near[1:] or self.sentence.classes[begins] & c.PAUSE:
            return found
        again = begins + near.index("as")
        return [*found, (again, max(self.object(draft, again, end)[-1][1], again + 1))]

    def _lists(self, comma: int, end: int) -> bool:
        """Whether a comma parts the members of a list that runs to the end of the clause."""
        classes = self.sentence.classes
        first = classes[comma + 1] if comma + 1 < end else 0
        if first & c.NO_LIST:
            return False
        joined = 0
        for place in range(comma + 1, end):
            if classes[place] & c.RELATIVE_OR_COLON_OR_SEMICOLON:
                return False
            if classes[place] & c.FINITE and not classes[place - 1] & c.TO:
                return False
            if classes[place] & c.ED and not classes[place - 1] & c.DETERMINER_OR_PREPOSITION:
                return False
            if place in self.verbs:
                return False
            joined |= classes[place] & c.CONJUNCTION
        return bool(joined)

    def on_topic(self, draft: Draft, start: int, end: int) -> bool:
        """Whether an object is of the kind its cue takes: about an agreement, or a number."""
        flags = self.sentence.classes
        if draft.hit is not None and draft.hit.frames & f.NUMBER:
            return bool(flags[start] & c.NUMBER)
        if draft.hit is None or not draft.hit.frames & f.TOPIC:
            return True
        return any(flags[at] & c.QUOTE_OR_TOPIC for at in range(start, end))

    def new_verb(self, conjunction: int) -> bool:
        """Whether "and", "but" are followed by a verb whose subject stands before."""
        place = conjunction + 1
        while place < self.sentence.last and self.sentence.classes[place] & c.ADVERB:
            place += 1
        flags = self.sentence.classes[place] if place < self.sentence.last else 0
        if place in self.verbs:
            return True
        if flags & c.ED and place + 1 < self.sentence.last:
            # "safe and unhindered access": a participle before a noun
            following = self.sentence.classes[place + 1]
            begins = c.AFTER_VERB
            return bool(following & (begins | c.CAPITAL | c.QUOTE | c.NUMBER | c.ADVERB))
        return bool(flags & c.FINITE and not flags & c.CAPITAL)

    def single(self, start: int, end: int) -> int:
        """Return where the verb phrase that begins at ``start`` ends, before another verb."""
        classes = self.sentence.classes
        for place in range(start + 1, end):
            if not classes[place] & c.CONJUNCTION:
                continue
            if classes[place + 1 : place + 2] and classes[place + 1] & c.THAT:
                return place
            if self.new_verb(place) or (classes[place - 1] & c.COMMA and self.has_verb(place, end)):
                return self.trim(start, place)
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
            if not flags & c.DETERMINER_OR_NUMBER:
                return False
        return False

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a verb stands after ``start``, as in a clause."""
        classes = self.sentence.classes
        return any(classes[at] & c.ED_OR_FINITE or at in self.verbs for at in range(start + 1, end))

    def has_to(self, start: int, end: int) -> bool:
        """Whether "to" stands soon after ``start``, as before an infinitive."""
        return any(self.sentence.classes[at] & c.TO for at in range(start, min(end, start + 10)))

    def trim(self, start: int, end: int) -> int:
        """Step back over commas and conjunctions at the end of a content."""
        while end > start + 1 and self.sentence.classes[end - 1] & c.COMMA_OR_DASH:
            end -= 1
        return end

    def before(self, start: int, end: int, flag: int) -> int:
        """Return the first unit of a class, or ``end``."""
        for at in range(start, end):
            if self.sentence.classes[at] & flag:
                return at
        return end
