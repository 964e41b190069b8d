"""The subject that a verb shares with one before it: "said …, adding that", "and wants"."""

from __future__ import annotations

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.nounphrases import Phrase
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.subjects import Subjects
from holdfire.statements.grammar.verbs import Hit


def shared(
    sentence: Sentence, draft: Draft, hit: Hit, subjects: Subjects, earlier: list[Draft]
) -> Draft | None:
    """Take the subject of a verb before: of the last that tells of speech, else of the first."""
    classes = sentence.classes
    draft.shared = True
    if draft.kind == "attitude" and hit.finite and classes[hit.left] & c.CONJUNCTION:
        draft.source = _nearest_subject(sentence, subjects, hit.left)
        if draft.source is not None:
            return draft
    usable = [one for one in earlier if one.source is not None]
    if draft.kind == "attitude" and usable and _aside(sentence, usable[-1]):
        draft.source = _main_subject(sentence, subjects, hit.left)
        if draft.source is not None:
            return draft
    if draft.kind != "attitude":
        usable = [one for one in usable if one.kind != "attitude"] or usable
    if draft.kind == "saying" and hit.finite:
        usable = [one for one in usable if one.kind == "saying"] or usable
    if usable:
        draft.owner = usable[-1].hit.at if usable[-1].hit is not None else -1
        draft.source = usable[-1].source
        stop = hit.left
        while stop > 0 and classes[stop] & c.PREPOSITION_OR_CONJUNCTION_OR_COMMA:
            stop -= 1
        draft.stop = stop + 1
        return draft
    draft.source = _main_subject(sentence, subjects, hit.left)
    return draft if draft.source is not None else None


def _aside(sentence: Sentence, earlier: Draft) -> bool:
    """Whether a statement is set off by a comma, as in "X will wait, he said, but fears"."""
    begins = earlier.source.begins if earlier.source is not None else 0
    before = sentence.classes[begins - 1] if begins else 0
    return earlier.kind == "saying" and bool(before & c.COMMA_OR_SPEECH) and begins > 3


def _nearest_subject(sentence: Sentence, subjects: Subjects, before: int) -> Phrase | None:
    """Return the subject of the verb before "and wants", where that verb is no cue."""
    for at in range(before - 1, max(subjects.lowest, before - 25), -1):
        flags = sentence.classes[at]
        if at in subjects.verbs or flags & (c.PAUSE & ~c.COMMA | c.THAT | c.QUOTE):
            return None
        verb = flags & c.FINITE or (flags & c.ED and not sentence.classes[at - 1] & c.DETERMINER)
        if verb and not flags & c.CAPITAL:
            return subjects.before(at - 1)
    return None


def _main_subject(sentence: Sentence, subjects: Subjects, until: int) -> Phrase | None:
    """Return the subject of the first verb of the sentence."""
    for at in range(subjects.lowest + 1, until):
        flags = sentence.classes[at]
        if flags & c.VERBAL and not flags & c.CAPITAL:
            if flags & c.ED and sentence.classes[at - 1] & c.DETERMINER_OR_PREPOSITION:
                continue
            return subjects.before(at - 1)
    return None
