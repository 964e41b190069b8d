"""Paragraphs of a text that tell of another ceasefire, between others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from holdfire.statements.draft.naming import Mention, within
from holdfire.statements.draft.sentences import Sentence

_TURNS = re.compile(
    r"\W*(?:\d{1,2}[:.]\d\d\W+)?(?:Away from|Elsewhere|In other news|Separately|Far from"
    r"|On another front|In a (?:separate|different|second)|A (?:separate|different|second)"
    r"|Another (?:truce|cease-?fire)|(?:Meanwhile|Also)\b,? in)\b"
)
"""How a paragraph begins that turns to something else."""

_AWAY = re.compile(r"[^:,.]{0,40}[:,]")
"""From what it turns: "Away from Kyiv for a moment:"."""


def elsewhere(every: Sequence[Sentence], mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the paragraphs that tell of another ceasefire than the rest of the text.

    Such a one says that it turns away ("Away from Kyiv for a moment: …") and names two parties at
    least of whom the title and the first paragraph that name any name none.
    """
    turning = {
        one.paragraph
        for before, one in zip([None, *every], every, strict=False)
        if (before is None or before.paragraph != one.paragraph) and _TURNS.match(one.text)
    }
    if not turning:
        return frozenset()
    named: dict[int, set[str]] = defaultdict(set)
    titles: set[str] = set()
    for sentence, one in within(every, mentions):
        turn = _TURNS.match(sentence.text) if sentence.paragraph in turning else None
        away = _AWAY.match(sentence.text, turn.end()) if turn else None
        if one.kind == "body" or (away and one.start < sentence.start + away.end()):
            continue
        named[sentence.paragraph].add(one.party)
        if sentence.title:
            titles.add(one.party)
    first = min(named, default=0)
    leading = titles | named.get(first, set())
    return frozenset(
        paragraph
        for paragraph in turning - {first}
        if len(named[paragraph]) > 1 and not named[paragraph] & leading
    )
