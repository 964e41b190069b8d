"""Annotated texts as what the network is to answer for each word piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.evaluate.corpus import Annotated, load
from holdfire.statements.learned.encoding import ROOM, Ints, Pieces, batch, pieces, windows
from holdfire.statements.learned.tags import CONTENT, CUE, SOURCE, begin, inside

NOWHERE = -1
"""What a piece points to that has nothing to point to."""
HELD_BACK = 10
"""Of a corpus without a part for choosing, every tenth article is held back for it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its answers: ``tags`` and ``links`` (place of the piece pointed to), by piece."""

    pieces: Pieces
    tags: Ints
    links: Ints


def corpus(folder: Path) -> tuple[list[Annotated], list[Annotated]]:
    """Return the articles to learn from and those to choose by.

    They are the folders ``train`` and ``dev`` where there are such; otherwise ``folder`` itself
    is a corpus, and every tenth of its articles is held back.
    """
    if (folder / "train").is_dir() and (folder / "dev").is_dir():
        return load(folder / "train"), load(folder / "dev")
    whole = load(folder)
    chosen = whole[HELD_BACK - 1 :: HELD_BACK]
    return [one for at, one in enumerate(whole, 1) if at % HELD_BACK], chosen


def examples(tokenizer: Any, articles: Sequence[Annotated]) -> list[Example]:
    """Return the articles with their answers, in the same order."""
    return [
        example(pieces(tokenizer, one.text), [s.attribution for s in one.statements])
        for one in articles
    ]


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions that lie in the content of no other, in the order of the text.

    A piece has one tag, so that what is nested cannot be learned; it is found at run time by
    reading a content as a text of its own.
    """
    return sorted(
        (a for a in attributions if not any(a.within(b) for b in attributions)),
        key=lambda a: (a.start, a),
    )


def example(of: Pieces, attributions: Sequence[Attribution]) -> Example:
    """Return the answers for one text. Where attributions overlap, the later one is kept whole."""
    tags = np.zeros(len(of), dtype=np.int64)
    links = np.full(len(of), NOWHERE, dtype=np.int64)
    for one in outermost(attributions):
        cue = _mark(of, tags, one.cue, CUE)
        source = _mark(of, tags, one.source, SOURCE)
        content = _mark(of, tags, one.content, CONTENT)
        links[cue] = source[0] if len(source) else NOWHERE
        links[content] = cue[0] if len(cue) else NOWHERE
    return Example(of, tags, links)


def _mark(of: Pieces, tags: Ints, spans: Sequence[Passage], part: int) -> Ints:
    """Tag the pieces of some passages and return their places."""
    found = []
    for start, end in spans:
        first, last = np.searchsorted(of.offsets[:, 0], [start, end])
        if first < last:
            tags[first:last] = inside(part)
            tags[first] = begin(part)
            found.append(np.arange(first, last))
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


Window = tuple[Example, int, int]


def cut(found: Sequence[Example], draw: np.random.Generator | None = None) -> list[Window]:
    """Return the examples as windows side by side; with ``draw`` moved and shuffled by it."""
    cuts: list[Window] = []
    for one in found:
        moved = int(draw.integers(ROOM)) if draw and len(one.pieces) > ROOM else 0
        cuts += [(one, *at) for at in windows(len(one.pieces), ROOM, moved)]
    return [cuts[at] for at in draw.permutation(len(cuts))] if draw else cuts


def batches(cuts: Sequence[Window], size: int, marks: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """Yield arrays for ``size`` windows at a time.

    ``tags`` and ``links`` have the shape of ``ids``; both are -1 where nothing is to be answered.
    A link is a place in the window; 0, the mark at the beginning, stands for nowhere.
    """
    for at in range(0, len(cuts), size):
        some = cuts[at : at + size]
        ids, types, mask = batch([(one.pieces, first, end) for one, first, end in some], marks)
        tags, links = np.full_like(ids, -1), np.full_like(ids, -1)
        for row, (one, first, end) in enumerate(some):
            own = one.tags[first:end]
            to = one.links[first:end]
            place = np.where((to >= first) & (to < end), to - first + 1, 0)
            tags[row, 1 : end - first + 1] = own
            points = own > inside(SOURCE)
            links[row, 1 : end - first + 1] = np.where(points, place, -1)
        yield {"ids": ids, "types": types, "mask": mask, "tags": tags, "links": links}
