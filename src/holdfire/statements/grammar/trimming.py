"""What stands before a noun phrase and is no part of it."""

from __future__ import annotations

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.nounphrases import Phrase
from holdfire.statements.grammar.sentences import Sentence


def trimmed(sentence: Sentence, start: int, end: int) -> Phrase | None:
    """Cut what stands before the noun phrase: "but", "later", "on Tuesday", "in Moscow"."""
    classes, words = sentence.classes, sentence.words
    begins = start
    while start < end:
        flags = classes[start]
        titled = words[start] == "first" and start + 1 < end and classes[start + 1] & c.CAPITAL
        if titled:
            break
        if flags & c.CONJUNCTION_OR_ADVERB and not flags & c.DETERMINER_OR_SUBJECT:
            start += 1
        elif flags & c.TIME and end - start > 1 and not flags & c.TITLE:
            start += 1
            while start < end - 1 and classes[start] & c.TIME_OR_NUMBER:
                start += 1
        elif words[start] == "(" and ")" in words[start:end]:
            start = words.index(")", start) + 1
        elif flags & c.PREPOSITION_OR_TO and words[start] != "of":
            start = _after_adverbial(sentence, start, end)
        else:
            break
    things = [i for i in range(start, end - 1) if classes[i] & c.THING]
    if things and classes[things[0] + 1] & c.CAPITAL:
        start = things[0] + 1
    while end > start and not classes[end - 1] & c.SOLID:
        end -= 1
    if start >= end or not any(
        classes[i] & c.WORD_OR_QUOTE
        and (not classes[i] & c.PREPOSITION_OR_ADVERB_OR_TO or classes[i] & c.SUBJECT)
        for i in range(start, end)
    ):
        return None
    return Phrase(((start, end),), begins)


def _after_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Return where the subject begins after a preposition and its noun ("In Kyiv the …")."""
    classes = sentence.classes
    for at in range(end - 1, start + 1, -1):
        if classes[at - 1] & c.TIME_OR_NUMBER and not classes[at] & c.TIME_OR_NUMBER:
            return at
    for at in range(end - 1, start + 1, -1):
        before = classes[at - 1]
        if before & c.DANGLING:
            continue
        if classes[at] & c.DETERMINER_OR_SUBJECT:
            return at
        if classes[at] & c.CAPITAL and not before & c.CAPITAL_OR_POSSESSIVE:
            return at
    return end
