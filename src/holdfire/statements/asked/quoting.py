"""Finding in a text what an answer quotes from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from holdfire.statements.article import Passage

_SPACE = re.compile(r"\s+")


class Quotable:
    """A text in which quotations are found again, however their spaces and lines are broken."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        places: list[int] = []
        at = 0
        for space in _SPACE.finditer(text):
            parts += (text[at : space.start()], " ")
            places += (*range(at, space.start()), space.start())
            at = space.end()
        parts.append(text[at:])
        places += range(at, len(text) + 1)
        self._text, self._places = "".join(parts), places

    def find(self, quoted: str) -> list[Passage]:
        """Return every place of a quotation, in order; it never begins or ends within a word."""
        words = _SPACE.sub(" ", quoted).strip()
        found: list[Passage] = []
        at = self._text.find(words) if words else -1
        while at >= 0:
            end = at + len(words)
            if not (_joined(self._text, at) or _joined(self._text, end)):
                found.append((self._places[at], self._places[end - 1] + 1))
            at = self._text.find(words, at + 1)
        return found


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on across a place."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def overlaps(one: Passage, others: Iterable[Passage]) -> bool:
    """Whether a passage has a letter in common with one of the others."""
    return any(one[0] < end and start < one[1] for start, end in others)


def in_order(places: Sequence[Sequence[Passage]], after: int) -> tuple[Passage, ...] | None:
    """Return one place for each quotation, each behind the one before it.

    The first is the first at or after ``after``, or else the first of all. ``None`` if the
    quotations do not follow one another in the text.
    """
    first = next((place for place in places[0] if place[0] >= after), places[0][0])
    chosen = [first]
    for one in places[1:]:
        behind = next((place for place in one if place[0] >= chosen[-1][1]), None)
        if behind is None:
            return None
        chosen.append(behind)
    return tuple(chosen)


def nearest(
    places: Sequence[Sequence[Passage]], to: Sequence[Passage], apart_from: Sequence[Passage]
) -> tuple[Passage, ...] | None:
    """Return for each quotation the place nearest to some passages, the earlier of two as near.

    Places that overlap ``apart_from`` do not count; ``None`` if one has no other.
    """
    chosen = []
    for one in places:
        free = [place for place in one if not overlaps(place, apart_from)]
        if not free:
            return None
        chosen.append(min(free, key=lambda place: (_distance(place, to), place)))
    chosen.sort()
    if any(a[1] > b[0] for a, b in pairwise(chosen)):
        return None
    return tuple(chosen)


def _distance(one: Passage, others: Sequence[Passage]) -> int:
    return min(max(start - one[1], one[0] - end, 0) for start, end in others)
