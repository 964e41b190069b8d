"""The noun phrase before a verb: its subject, in its pieces."""

from __future__ import annotations

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.nounphrases import FARTHEST, Phrase, Span
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.trimming import trimmed

NAMING = frozenset(("known", "called", "nicknamed", "named", "aged"))
"""Participles that begin an apposition: "Dagalo, known as Hemedti,"."""
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
RELATIVE_LONGEST = 40


class Subjects:
    """Finds subjects in one sentence; ``verbs`` are the units known to be verbs."""

    def __init__(self, sentence: Sentence, verbs: dict[int, bool], lowest: int = 0) -> None:
        self.sentence = sentence
        self.verbs = verbs
        """Verbs by place, and whether a clause may follow them without "that"."""
        self.lowest = lowest
        """First unit of the sentence after its dateline."""

    def before(self, at: int, singular: bool = False) -> Phrase | None:
        """Return the noun phrase whose last unit is ``at`` or stands before adverbials there."""
        classes = self.sentence.classes
        at = self._over_adverbials(at)
        if at < self.lowest:
            return None
        if self.sentence.words[at] == "who" and at - 1 > self.lowest and classes[at - 1] & c.COMMA:
            head = self._core(at - 2, singular)
            if head is not None:
                named = self._person(self._with_apposition(head))
                return Phrase((*named.pieces, (at, at + 1)), at)
        if classes[at] & c.DASH:
            near = range(at - 1, max(self.lowest, at - RELATIVE_LONGEST), -1)
            opened = next((one for one in near if classes[one] & c.DASH), None)
            return self._core(opened - 1, singular) if opened is not None else None
        if not classes[at] & c.COMMA:
            return self._core(at, singular)
        opened = self._opening_comma(at)
        if opened is None or opened <= self.lowest or at - opened < 2:
            return None
        first = classes[opened + 1]
        head = self._core(self._over_adverbials(opened - 1), singular)
        if head is None:
            return None
        name = self._named_after(opened, at)
        if name is not None and first & c.RELATIVE:
            return Phrase((*self._with_apposition(head).pieces, name), head.begins)
        if self._apposes(opened + 1, at):
            head = self._with_apposition(head)
            return Phrase(((head.start, at),), head.begins)
        aside = c.OPENS_ASIDE
        aside |= c.NUMBER
        if first & aside or any(place in self.verbs for place in range(opened + 1, at)):
            return self._with_apposition(head)
        return None

    def _person(self, head: Phrase) -> Phrase:
        """Return who is meant in "talks with the president, who": what follows "with"."""
        words = self.sentence.words
        for at in range(head.end - 2, head.start, -1):
            if words[at] in ("with", "by", "from", "to", "between", "against", "on"):
                return Phrase(((at + 1, head.end),), at + 1)
        return head

    def _apposes(self, start: int, end: int) -> bool:
        """Whether what stands between two commas can be an apposition: a phrase without verb."""
        classes = self.sentence.classes
        first = classes[start]
        if self.sentence.words[start] in NAMING:
            return True
        if not first & c.WORD_OR_QUOTE or first & c.NUMBER:
            return False
        if first & c.OPENS_CLAUSE:
            return False
        if first & c.ED and not first & c.CAPITAL:
            return False
        if first & c.ADVERB_OR_TIME and not first & c.TITLE:
            return False
        return not any(classes[i] & c.FINITE or i in self.verbs for i in range(start, end))

    def _named_after(self, opened: int, closing: int) -> Span | None:
        """Return the name in "the aide, who took part in the talks, Yuri Ushakov,"."""
        classes = self.sentence.classes
        start = closing
        while start > opened and classes[start - 1] & c.CAPITAL:
            start -= 1
        if start < closing and classes[start - 1] & c.COMMA and start - 1 > opened:
            return start, closing
        return None

    def _with_apposition(self, head: Phrase) -> Phrase:
        """Return "A, B" for a phrase B that follows the name or title A after a comma."""
        classes = self.sentence.classes
        comma = head.begins - 1
        if comma <= self.lowest or not classes[comma] & c.COMMA:
            return head
        first = self._core(comma - 1, False)
        if first is None or first.end != comma:
            return head
        names = [classes[piece.end - 1] & c.CAPITAL for piece in (first, head)]
        if not names[0] and not names[1]:
            return head
        if first.begins > self.lowest and not classes[first.start] & c.DETERMINER_OR_TITLE:
            return head
        return Phrase(((first.start, head.end),), first.begins)

    def _over_adverbials(self, at: int) -> int:
        """Step back over adverbs and times ("on Tuesday") that stand before a verb."""
        classes, words = self.sentence.classes, self.sentence.words
        while at >= self.lowest:
            flags = classes[at]
            if flags & c.ADVERB and not flags & c.SUBJECT_OR_CAPITAL:
                at -= 1
                continue
            if not flags & c.TIME_OR_NUMBER:
                break
            start = at
            while start > self.lowest and classes[start] & c.DETERMINER_OR_TIME_OR_NUMBER:
                start -= 1
            if start > self.lowest and words[start] in ("on", "in", "at", "by", "late", "early"):
                at = start - 1
            elif start > self.lowest and words[start + 1] in ("last", "this", "earlier", "late"):
                at = start
            else:
                break
        return at

    def _opening_comma(self, closing: int) -> int | None:
        """Return the comma that opens what the comma at ``closing`` closes."""
        classes = self.sentence.classes
        nearest = None
        for at in range(closing - 1, max(self.lowest, closing - RELATIVE_LONGEST) - 1, -1):
            flags = classes[at]
            if flags & c.COLON_OR_SPEECH:
                break
            if flags & c.COMMA:
                if classes[at + 1] & c.RELATIVE:
                    return at
                if nearest is None:
                    nearest = at
                    if self._named_before(at, closing):
                        return at
        return nearest

    def _named_before(self, comma: int, closing: int) -> bool:
        """Whether "…, X, Y," has a whole name or phrase X right after a comma, and Y beside it."""
        classes = self.sentence.classes
        if not self._apposes(comma + 1, closing):
            return False
        start = comma
        while start > self.lowest and classes[start - 1] & c.CAPITAL_OR_TITLE:
            start -= 1
        return start < comma and start > self.lowest and bool(classes[start - 1] & c.COMMA)

    def _core(self, at: int, singular: bool, depth: int = 0) -> Phrase | None:
        """Return the noun phrase that ends with the unit ``at``, without what commas set off."""
        classes = self.sentence.classes
        place, lowest, joined = at, max(self.lowest, at - FARTHEST), False
        while place >= lowest:
            flags = classes[place]
            if flags & c.BRACKET and self.sentence.words[place] == ")":
                place = self._bracket(place, lowest)
                continue
            if flags & c.COMMA and joined and self._lists(place):
                place -= 1
                continue
            if flags & c.THAT_OR_SPEECH_OR_PAUSE:
                break
            if flags & c.SUBJECT and not flags & c.DETERMINER:
                if place == at or self.sentence.words[at] in REFLEXIVE:
                    place -= 1
                break
            if flags & c.RELATIVE:
                if place == at or self.sentence.words[place] == "whose":
                    place -= 1
                break
            if self._verb_at(place):
                head = self._before_restrictive(place, lowest)
                if head is None:
                    break
                place = at = head
                continue
            if flags & c.CONJUNCTION:
                if singular or place == at or not self._joins(place, depth):
                    break
                joined = True
            elif self.sentence.words[place] == "by" and (reduced := self._reduced(place, lowest)):
                place = reduced
            elif flags & c.QUESTION:
                break
            elif flags & c.ADVERBIAL_OR_SUBORDINATOR and not flags & c.ADVERB:
                as_a_whole = self.sentence.words[place : place + 3] == ["as", "a", "whole"]
                if not as_a_whole:
                    break
            place -= 1
        return trimmed(self.sentence, place + 1, at + 1)

    def _reduced(self, agent: int, lowest: int) -> int:
        """Return the participle before "by" in "the package signed by the group", or 0."""
        classes = self.sentence.classes
        for at in range(agent - 1, max(lowest, agent - 6), -1):
            if classes[at] & c.PAUSE:
                return 0
            if classes[at] & c.ED and classes[at - 1] & c.WORD:
                return 0 if classes[at - 1] & c.DETERMINER_OR_BE_OR_ADVERB else at
        return 0

    def _lists(self, comma: int) -> bool:
        """Whether a comma parts two names of a list: "Britain, France and Poland"."""
        classes = self.sentence.classes
        if comma - 1 < self.lowest:
            return False
        return bool(classes[comma - 1] & classes[comma + 1] & c.CAPITAL)

    def _bracket(self, place: int, lowest: int) -> int:
        """Return the unit before an opening bracket."""
        for at in range(place - 1, max(lowest, place - 12) - 1, -1):
            if self.sentence.words[at] == "(":
                return at - 1
        return place - 1

    def _verb_at(self, place: int) -> bool:
        """Whether a unit is a verb that ends a noun phrase."""
        flags = self.sentence.classes[place]
        if place in self.verbs:
            return True
        if flags & c.HELPER:
            return not (flags & c.CAPITAL and self.sentence.words[place] in ("may", "will"))
        if flags & c.VERB and not flags & c.NOUN_OR_CAPITAL:
            return place == 0 or not self.sentence.classes[place - 1] & c.TO
        if not flags & c.ED or flags & c.CAPITAL or place == 0:
            return False
        before = self.sentence.classes[place - 1]
        if before & c.ADVERB and place > 1:
            before = self.sentence.classes[place - 2]
        if before & c.BEFORE_PARTICIPLE:
            return bool(before & c.SUBJECT and not before & c.DETERMINER)
        return bool(before & c.WORD_OR_QUOTE)

    def _before_restrictive(self, verb: int, lowest: int) -> int | None:
        """Return the noun before "who spoke to reporters" or "quoted by", if there is one."""
        classes = self.sentence.classes
        while verb > lowest and classes[verb - 1] & c.ADVERB_OR_AUXILIARY:
            verb -= 1
        for at in range(verb - 1, max(lowest, verb - 12), -1):
            flags = classes[at]
            if flags & c.SPEECH_OR_PAUSE:
                return None
            if flags & c.RELATIVE and self.sentence.words[at] in ("who", "whom"):
                return at - 1
            if self._verb_at(at):
                return None
        return None

    def _joins(self, place: int, depth: int) -> bool:
        """Whether "and" joins two parts of a subject rather than two clauses."""
        if depth > 1 or self.sentence.words[place] == "but" or place <= self.lowest:
            return False
        left = self._core(place - 1, False, depth + 1)
        if left is None:
            return False
        if left.begins <= self.lowest:
            return True
        flags = self.sentence.classes[left.begins - 1]
        if left.begins - 1 in self.verbs:
            return self.verbs[left.begins - 1]
        if flags & c.OPENS_SUBJECT:
            return True
        if flags & c.CONJUNCTION and left.begins - 2 > self.lowest:
            flags = self.sentence.classes[left.begins - 2]
        return bool(flags & c.COMMA)
