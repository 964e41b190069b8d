"""Noun phrases after a verb or preposition: "said X", "by X", "according to X"."""

from __future__ import annotations

from typing import NamedTuple

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.sentences import Sentence

FARTHEST = 60
"""Units that a noun phrase may take."""

Span = tuple[int, int]
"""Units of a sentence, end exclusive."""


class Phrase(NamedTuple):
    """A noun phrase in its pieces, and the first unit of all that belongs to it."""

    pieces: tuple[Span, ...]
    begins: int

    @property
    def start(self) -> int:
        """Return its first unit."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Return the unit after its last."""
        return self.pieces[-1][1]


def after(sentence: Sentence, at: int, verbs: dict[int, bool]) -> Phrase | None:
    """Return the noun phrase that begins at ``at`` and names somebody: "said X", "by X"."""
    classes = sentence.classes
    end = _run(sentence, at, verbs)
    if end == at:
        return None
    first = (at, end)
    if end < len(sentence) and classes[end] & c.COMMA:
        closing = _run(sentence, end + 1, verbs)
        flags = classes[end + 1] if end + 1 < len(sentence) else 0
        closes = closing >= sentence.last or classes[closing] & c.COMMA_OR_COLON_OR_QUOTE
        apposes = (flags & c.DETERMINER_OR_TITLE and not flags & c.NUMBER) or (
            flags & c.WORD and not flags & c.NO_APPOSITION and not flags & c.NO_NOUN
        )
        if not apposes and flags & c.CAPITAL and not classes[end - 1] & c.CAPITAL:
            apposes = all(classes[i] & c.CAPITAL for i in range(end + 1, closing))
        if not apposes and closing > end + 3 and flags & c.CAPITAL:
            apposes = bool(classes[end + 2] & c.POSSESSIVE)  # "Syrskyi, Ukraine's top general"
        if closing > end + 1 and closes and apposes and not flags & c.PREPOSITION_OR_SUBJECT:
            first = (at, closing)
    return Phrase((first,), at)


def _run(sentence: Sentence, at: int, verbs: dict[int, bool]) -> int:
    """Return where a noun phrase that begins at ``at`` ends, without what commas set off."""
    classes, words = sentence.classes, sentence.words
    place, last = at, min(len(sentence), at + FARTHEST)
    while place < last:
        flags = classes[place]
        if flags & c.SUBJECT and not flags & c.DETERMINER:
            return place + 1 if place == at else place
        if flags & c.ENDS_PHRASE or place in verbs:
            if words[place] != "(" or flags & c.FINITE:
                break
            closing = next((i for i in range(place, min(place + 8, last)) if words[i] == ")"), None)
            if closing is None:
                break
            place = closing + 1
            continue
        timed = flags & c.TIME and not classes[place - 1] & c.DETERMINER_OR_POSSESSIVE
        inside = place > at and classes[place - 1] & c.DETERMINER_OR_POSSESSIVE
        if words[place] == "by" and place > at and classes[place - 1] & c.OCCASION:
            inside = 1  # "a statement by the army"
        if place > at and not inside and (timed or flags & c.LEAVES_PHRASE):
            break
        if place > at and flags & c.PREPOSITION and leaves(sentence, place, at):
            break
        if flags & c.TO and place > at and classes[place - 1] & c.CAPITAL:
            break
        if flags & c.CONJUNCTION:
            following = classes[place + 1] if place + 1 < last else 0
            if words[place] == "but" or following & c.ADVERB_OR_FINITE or place + 1 in verbs:
                break
        if flags & c.ED_OR_ING and place > at and not flags & c.CAPITAL:
            before = classes[place - 1]
            if not before & c.BEFORE_MODIFIER:
                break
        place += 1
    while place > at and classes[place - 1] & c.DANGLING:
        if classes[place - 1] & c.SUBJECT:
            break
        place -= 1
    return place


def leaves(sentence: Sentence, at: int, start: int) -> bool:
    """Whether a preposition leaves the noun phrase for a time, an occasion or a place."""
    classes, words = sentence.classes, sentence.words
    if words[at] == "of":
        return False
    ahead = 0
    for place in range(at + 1, min(at + 5, len(sentence))):
        if classes[place] & c.PREPOSITION_OR_PAUSE:
            break
        ahead |= classes[place]
    if ahead & c.TIME or (ahead & c.OCCASION and words[at] in ("in", "at", "on", "during")):
        return True
    named = classes[at - 1] & c.CAPITAL and classes[start] & c.CAPITAL
    return bool(named and words[at] in ("in", "at", "on", "to", "with", "from", "about", "over"))
