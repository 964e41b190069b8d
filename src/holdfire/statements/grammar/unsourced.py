"""Attributions without a verb: "according to", hedges, a name and a colon; and datelines."""

from __future__ import annotations

import re

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.nounphrases import Phrase, after
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.subjects import Subjects
from holdfire.statements.grammar.verbs import Hit

FORECASTS = frozenset(("expect", "tell", "hope", "promise", "inform", "warn", "advise"))
"""Cues whose passive with "to" is no hearsay: "is expected to start", "was told to leave"."""
DATELINE_LONGEST = 14
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")


def opening(text: str, sentence: Sentence, flags: int) -> int:
    """Return the first unit after a dateline ("KYIV, March 11 (Reuters) - ")."""
    classes = sentence.classes
    if classes[0] & c.NUMBER and CLOCK.fullmatch(sentence.words[0]) and len(classes) > 1:
        return 1 if classes[1] & c.WORD else 2
    if not flags & c.COLON_OR_DASH:
        return 0
    if classes[0] & c.DASH:
        return 1
    loud = len(sentence.words[0]) > 2 and text[sentence.starts[0] : sentence.ends[0]].isupper()
    before = 0
    for at, flags in enumerate(classes[:DATELINE_LONGEST]):
        dated = before & c.TIME_OR_NUMBER_OR_BRACKET
        if at and flags & c.DASH and (dated or loud or at < 3) and classes[0] & c.CAPITAL:
            return at + 1
        if at and loud and flags & c.COLON and at < 4:
            quoted = at + 1 < len(classes) and classes[at + 1] & c.QUOTE
            if not quoted:
                return at + 1
        if at and flags & c.COLON and sentence.words[at] == ":" and dated:
            return at + 1 if not before & c.CUE_OR_ED_OR_FINITE else 0
        if flags & c.QUOTE_OR_FINITE and not flags & c.CAPITAL:
            break
        before |= flags
    return 0


def named_sources(sentence: Sentence, lowest: int) -> list[Draft]:
    """Return what "according to X" and "as reported by X" attribute."""
    words, found = sentence.words, []

    def reported(at: int) -> bool:
        return bool(sentence.classes[at] & c.CUE and sentence.classes[at] & c.ED)

    for at in range(lowest, len(sentence) - 1):
        if words[at] == "according" and words[at + 1] == "to":
            width = 2
        elif words[at] == "as" and words[at + 2 : at + 3] == ["by"] and reported(at + 1):
            width = 3  # "as reported by"
        else:
            continue
        draft = _according(sentence, at, width, lowest)
        if draft is not None:
            found.append(draft)
    return found


def _according(sentence: Sentence, at: int, width: int, lowest: int) -> Draft | None:
    classes, last = sentence.classes, sentence.last
    source = after(sentence, at + width, {})
    if source is None:
        return None
    draft = Draft("saying", [(at, at + width)], source)
    end = source.end
    while end < last and classes[end] & c.TIMING:
        end += 1
    while end < last and not classes[end] & c.COMMA:
        end += 1
    before = at
    while before > lowest and classes[before - 1] & c.CONJUNCTION_OR_COMMA_OR_DASH:
        before -= 1
    if before <= lowest + 1 and not (before > lowest and classes[lowest] & c.QUOTE):
        if end < last:
            draft.content = [(end + 1, last)]
        elif source.end < last:
            draft.content = [(source.end, last)]
        return draft
    draft.content = [(lowest, before)]
    while draft.content[0][0] < before - 1 and classes[draft.content[0][0]] & c.CONJUNCTION:
        draft.content[0] = (draft.content[0][0] + 1, before)
    if end + 1 < last:
        flags = classes[end + 1]
        if not flags & c.RELATIVE_OR_ING:
            draft.content.append((end + 1, last))
    draft.stop = before
    return draft


def before_colon(sentence: Sentence, lowest: int) -> list[Draft]:
    """Read "X: “…”", where no verb stands before the colon."""
    classes, words = sentence.classes, sentence.words
    for at in range(lowest + 1, min(lowest + DATELINE_LONGEST, len(sentence) - 1)):
        if words[at] == ":" and classes[at + 1] & c.QUOTE:
            source = Phrase(((lowest, at),), lowest)
            return [Draft("saying", [(at, at + 1)], source, [(at + 1, sentence.last)])]
        if classes[at] & c.NO_LABEL and words[at] != ",":
            break
    return []


def hearsay(sentence: Sentence, found: list[Hit], subjects: Subjects) -> list[Draft]:
    """Return a draft without source for "is said to", "is believed to": nobody says who says."""
    drafts = []
    for hit in found:
        to = (
            hit.passive and not hit.doubtful and sentence.words[hit.after : hit.after + 1] == ["to"]
        )
        if not to or not (hit.frames & f.CLAUSE and hit.kind in ("saying", "attitude")):
            continue
        about = subjects.before(hit.left)
        if about is None or hit.use.cue.words[0] in FORECASTS:
            continue
        cue = [(hit.first, hit.at + 1)]
        content = [*about.pieces, (hit.after, sentence.last)]
        drafts.append(Draft("saying", cue, content=content, hedged=True))
    return drafts


def hedges(sentence: Sentence, lowest: int) -> list[Draft]:
    """Return a draft without source for "reportedly" and the like: the sentence around it."""
    found = []
    for at, flags in enumerate(sentence.classes):
        if flags & c.HEDGE:
            draft = Draft("saying", [(at, at + 1)], hedged=True)
            begins = lowest
            for place in range(lowest + 1, at - 1):
                flags = sentence.classes[place]
                breaks = flags & c.COLON_OR_SEMICOLON
                if breaks or (flags & c.COMMA and sentence.classes[place + 1] & c.CONJUNCTION):
                    begins = place + 1 if breaks else place + 2
                    draft.stop = place
            draft.content = [
                span for span in ((begins, at), (at + 1, sentence.last)) if span[1] > span[0]
            ]
            found.append(draft)
    return found
