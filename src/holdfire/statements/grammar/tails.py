"""What stands between a cue and its complement: who was told, when, where, in what."""

from __future__ import annotations

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.nounphrases import after, leaves
from holdfire.statements.grammar.sentences import Sentence

RECEIVER_LONGEST = 12
"""Words that who was told may take."""


class Tails:
    """Steps over what follows the cues of one sentence; ``verbs`` are the units of its cues."""

    def __init__(self, sentence: Sentence, verbs: dict[int, bool]) -> None:
        self.sentence = sentence
        self.verbs = verbs

    def tail(self, draft: Draft, at: int) -> tuple[int, bool]:
        """Step over receiver, time, place and occasion after a cue.

        Returns where that ends, and whether the clause ends there (nothing is said after it).
        """
        hit, classes, last = draft.hit, self.sentence.classes, self.sentence.last
        if hit is not None and hit.frames & f.RECEIVER and draft.source is not None:
            at = self.receiver(at)
        inverted = draft.source is not None and hit is not None and draft.source.start >= hit.after
        place = at
        while place < last:
            flags = classes[place]
            if flags & c.COMMA:
                return self._after_comma(place)
            if flags & c.SEMICOLON:
                return place, True
            if self.sentence.words[place] == "as" and place == at and hit and hit.frames & f.AS:
                return place, False
            if flags & c.THAT_OR_COLON_OR_QUOTE:
                return place, False
            if flags & c.DETERMINER and place + 1 < last and classes[place + 1] & c.THAT:
                return place + 1, False
            if flags & c.POSSESSIVE or (flags & c.ED and place > at):
                place += 2 if flags & c.POSSESSIVE else 1
                continue
            if flags & c.ING and hit is not None and hit.frames & f.GERUND and place == at:
                return place, False
            if (flags & c.ADVERB and not flags & c.SUBJECT) or (
                flags & c.TIME_OR_NUMBER and self._is_time(place)
            ):
                place += 1
            elif flags & c.TO and hit is not None and hit.frames & f.INFINITIVE:
                return place, False
            elif inverted and (flags & c.QUESTION_OR_ED):
                return place, True
            elif (
                (flags & c.QUESTION and place == at)
                or (flags & c.TO and not self._to_somebody(place))
                or self._counts(place)
            ):
                return place, False
            elif flags & c.PREPOSITION_OR_TO and (
                hit is None or hit.frames & f.CLAUSE_OR_QUOTATION
            ):
                place = self._over_phrase(place)
            elif flags & c.ENDS_CLAUSE:
                return place, True
            else:
                return place, False
        return place, True

    def _after_comma(self, comma: int) -> tuple[int, bool]:
        """Tell "said, “…”" and "said, however, that" from the end of a clause."""
        classes, last = self.sentence.classes, self.sentence.last
        place = comma + 1
        if place < last and classes[place] & c.THAT_OR_SPEECH:
            return place, False
        while place < last and place < comma + 8 and not classes[place] & c.COMMA:
            place += 1
        if place + 1 < last and classes[place] & c.COMMA:
            if classes[place + 1] & c.THAT_OR_TO:
                return place + 1, False
            if self.sentence.words[place + 1 : place + 3] == ["not", "to"]:
                return place + 2, False
        return comma, True

    def _over_phrase(self, at: int) -> int:
        """Return where a preposition and its noun phrase end."""
        classes, last = self.sentence.classes, self.sentence.last
        place = at + 1
        while place < last and classes[place] & c.TIME_OR_NUMBER and self._is_time(place):
            place += 1
        if place > at + 1:
            return place
        phrase = after(self.sentence, at + 1, self.verbs)
        end = phrase.pieces[0][1] if phrase is not None else at + 1
        for place in range(at + 1, min(end, last - 1)):
            follows = classes[place + 1]
            if classes[place] & c.OCCASION and follows & c.DETERMINER_OR_SUBJECT:
                return place + 1
            if classes[place] & c.COMMA:
                return place
        return max(end, at + 1)

    def receiver(self, at: int) -> int:
        """Return where the receiver after "told" ends."""
        classes, last = self.sentence.classes, self.sentence.last
        if at >= last or not classes[at] & c.WORD or classes[at] & c.PREPOSITION_OR_THAT_OR_TO:
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
            if timed or flags & c.ENDS_RECEIVER:
                break
            if place > at:
                before = classes[place - 1]
                starts = flags & c.DETERMINER_OR_SUBJECT_OR_CAPITAL
                small = before & c.RECEIVER or (
                    self.sentence.words[place - 1].endswith("s") and not before & c.CAPITAL
                )
                if flags & c.DETERMINER and not before & c.DETERMINER_OR_PREPOSITION_OR_CONJUNCTION:
                    break
                if starts and (small or (flags & c.SUBJECT and not flags & c.CAPITAL)):
                    break
                told = before & c.CAPITAL_OR_RECEIVER and self.sentence.words[place] == "of"
                if told or (flags & c.PREPOSITION and leaves(self.sentence, place, at)):
                    break
            if flags & c.FINITE or place in self.verbs:
                # "told Reuters Russia would": the last name is the subject of the clause
                return place - 1 if place > at + 1 else at
            place += 1
        return place

    def _is_time(self, at: int) -> bool:
        """Whether a number belongs to a time ("11 March"), and is not how many there were."""
        classes = self.sentence.classes
        beside = classes[at - 1] | (classes[at + 1] if at + 1 < len(classes) else 0)
        return bool(classes[at] & c.TIME or beside & c.TIME)

    def _to_somebody(self, at: int) -> bool:
        """Whether "to" is followed by who was told rather than by a verb."""
        if at + 1 >= self.sentence.last:
            return False
        flags = self.sentence.classes[at + 1]
        whom = c.WHOM
        return bool(flags & whom) or self.sentence.words[at + 1].endswith("s")

    def _counts(self, at: int) -> bool:
        """Whether "about" goes with a number: "said about 20 people"."""
        following = self.sentence.classes[at + 1 : at + 2]
        return self.sentence.words[at] == "about" and bool(following and following[0] & c.NUMBER)
