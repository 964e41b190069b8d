"""How many sources stand behind an incident that do not copy or quote each other.

Reports are of one source where their texts are copies, where one outlet tells twice, where one
cites another's outlet, and where both cite the same thing. An outlet that is not named shows
nothing of its own. What is left is the number of independent sources: it can only be too low,
for two outlets that draw on one witness without saying so look independent, and nothing in a
table can show it (see docs/merge.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from holdfire.tables.report import NEUTRAL
from holdfire.terms.names import folded

Row = Mapping[str, Any]
SHORTEST = 3
"""Letters that an outlet's name must have to be looked for in a citation."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Of each report the number of its source; how many there are; whether of several sides."""

    of: tuple[int, ...]
    count: int
    across: bool


def sources(reports: Sequence[Row], copies: Sequence[int]) -> Sources:
    """Tell the independent sources of one incident apart.

    ``reports`` come with the one that tells first at the front, whose side is that of its
    source; ``copies`` says of each which text it is a copy of.
    """
    groups = _Groups(len(reports))
    outlets = [folded(row["outlet"] or "") for row in reports]
    cited = [_cited(row["citation"] or "") for row in reports]
    for at in range(len(reports)):
        for other in range(at):
            if (
                copies[at] == copies[other]
                or (outlets[at] and outlets[at] == outlets[other])
                or (cited[at].key and cited[at].key == cited[other].key)
                or _names(cited[at].words, outlets[other])
                or _names(cited[other].words, outlets[at])
            ):
                groups.join(at, other)
    numbers = groups.numbers()
    named = {number for number, outlet in zip(numbers, outlets, strict=True) if outlet}
    sides: dict[int, str | None] = {}
    for number, row in zip(numbers, reports, strict=True):
        if number in named and sides.get(number) is None:
            sides[number] = row["outlet_side"]
    known = {side for side in sides.values() if side is not None}
    return Sources(
        tuple(numbers), max(1, len(named)), len(known) > 1 and known != {NEUTRAL}
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cited:
    key: str
    words: str


@lru_cache(maxsize=1 << 14)
def _cited(citation: str) -> _Cited:
    """Return what a citation is compared by: a link without what browsers add, or its words."""
    words = folded(citation)
    link = re.search(r"https?://\S+", citation)
    if link is None:
        return _Cited(words, words)
    parts = urlsplit(link.group().rstrip(".,;)]\"'"))
    page = parts.path.rstrip("/")
    key = f"{(parts.hostname or '').removeprefix('www.')}{page}" + (
        f"?{parts.query}" if parts.query and "utm_" not in parts.query else ""
    )
    return _Cited(key if page else "", words)


@lru_cache(maxsize=1 << 14)
def _names(citation: str, outlet: str) -> bool:
    if len(outlet) < SHORTEST or not citation:
        return False
    return re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", citation) is not None


class _Groups:
    def __init__(self, count: int) -> None:
        self._leader = list(range(count))

    def _find(self, at: int) -> int:
        while self._leader[at] != at:
            at = self._leader[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, last = sorted((self._find(one), self._find(other)))
        self._leader[last] = first

    def numbers(self) -> list[int]:
        return [self._find(at) for at in range(len(self._leader))]
