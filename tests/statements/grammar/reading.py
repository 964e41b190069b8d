"""Reading a text with the rules, as words that are easy to compare."""

from __future__ import annotations

from typing import NamedTuple

from holdfire.statements.article import Passage
from holdfire.statements.grammar import Rules

BETWEEN = " … "


class Read(NamedTuple):
    """One attribution in words; pieces are joined with an ellipsis."""

    source: str
    cue: str
    content: str
    kind: str = "saying"


def read(text: str) -> list[Read]:
    """Return what the rules find in a text."""

    def words(passages: tuple[Passage, ...]) -> str:
        return BETWEEN.join(text[start:end] for start, end in passages)

    return [
        Read(words(one.source), words(one.cue), words(one.content), one.kind)
        for one in Rules().attributions(text)
    ]
