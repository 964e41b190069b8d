"""From tags and pointers of word pieces to attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.learned.encoding import ROOM, Ints
from holdfire.statements.learned.kinds import kind_of
from holdfire.statements.learned.tags import CONTENT, CUE, SOURCE, part_of

BRIDGE = 40
"""Two pieces of one content with at most so many letters between them, and nothing found there,
are one piece. On PolNeAR's dev part 0 to 300 are the same within two tenths of a point."""

Floats = NDArray[np.float32]
Span = tuple[int, int]
"""Word pieces ``(first, end)``, end exclusive."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network says of each word piece of a text.

    ``tags`` are numbers of :data:`~.tags.TAGS`, shape (pieces,). ``links`` are the shares of what
    a piece points to, shape (pieces, :data:`~.encoding.WINDOW`): column 0 stands for nothing,
    column ``k`` for piece ``first + k - 1``, where ``first``, shape (pieces,), is the first piece
    of the window that answered for it.
    """

    tags: Ints
    links: NDArray[np.float16] | Floats
    first: Ints


def decode(answers: Answers, offsets: Ints, text: str) -> list[Attribution]:
    """Return the attributions that the answers tell of, in the order of the text.

    A content belongs to the cue its pieces point to most, a cue to the source its pieces point
    to most; to none, if they point to nothing even more. A cue without content and a content
    without cue are dropped.

    ``offsets`` are the places of the pieces in the text, shape (pieces, 2).
    """
    found = spans(_whole_words(answers.tags, offsets, text))
    cues, sources = found[CUE], found[SOURCE]
    taken = np.array(sorted(span for part in found for span in part), dtype=np.int64)
    contents: dict[int, list[Span]] = {}
    for span in found[CONTENT]:
        to, nothing = _pointed(answers, span, cues)
        if to is not None and not nothing:
            contents.setdefault(to, []).append(span)
    attributions = []
    for at, parts in sorted(contents.items()):
        source, nothing = _pointed(answers, cues[at], sources)
        named = () if source is None or nothing else (sources[source],)
        content, cue = _bridged(parts, taken, offsets), _places([cues[at]], offsets)
        kind, hedged = kind_of(text[cue[0][0] : cue[0][1]])
        attributions.append(Attribution(content, cue, _places(named, offsets), kind, hedged))
    return sorted(attributions, key=lambda one: (one.start, one))


def spans(tags: Ints) -> tuple[list[Span], list[Span], list[Span]]:
    """Return the spans of each part, by part. A stray inside tag begins a span of its own."""
    found: tuple[list[Span], list[Span], list[Span]] = ([], [], [])
    parts = np.where(tags > 0, (tags - 1) // 2, -1)
    begins = (tags % 2 == 1) | ((parts >= 0) & (np.diff(parts, prepend=-1) != 0))
    stops = begins | (np.diff(parts, prepend=-1) != 0)
    edges = np.append(np.flatnonzero(stops), len(tags))
    for first, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = part_of(int(tags[first]))
        if part >= 0:
            found[part].append((first, end))
    return found


def _whole_words(tags: Ints, offsets: Ints, text: str) -> Ints:
    """Return the tags with each word's further pieces following its first."""
    whole = tags.copy()
    touching = np.flatnonzero(offsets[1:, 0] == offsets[:-1, 1]) + 1
    for at in touching.tolist():
        place = int(offsets[at, 0])
        if text[place - 1].isalnum() and text[place].isalnum():
            whole[at] = whole[at - 1] + whole[at - 1] % 2
    return whole


def _pointed(answers: Answers, span: Span, targets: Sequence[Span]) -> tuple[int | None, bool]:
    """Return which target the pieces of a span point to most, and whether to nothing even more."""
    pulls: dict[int, float] = {}
    nothing = 0.0
    places = np.array(targets, dtype=np.int64).reshape(-1, 2)
    begin, end = span
    firsts = answers.first[begin:end]
    for first in np.unique(firsts).tolist():
        summed = answers.links[begin:end][firsts == first].astype(np.float64).sum(axis=0)
        nothing += float(summed[0])
        before = np.concatenate(([0.0], np.cumsum(summed)))
        low = int(np.searchsorted(places[:, 1], first, side="right"))
        high = int(np.searchsorted(places[:, 0], first + ROOM))
        columns = np.clip(places[low:high] - first + 1, 1, ROOM + 1)
        masses = before[columns[:, 1]] - before[columns[:, 0]]
        for number, mass in enumerate(masses.tolist(), low):
            pulls[number] = pulls.get(number, 0.0) + mass
    if not pulls:
        return None, True
    best = max(sorted(pulls), key=lambda number: pulls[number])
    return best, nothing > pulls[best]


def _places(found: Sequence[Span], offsets: Ints) -> tuple[Passage, ...]:
    return tuple((int(offsets[first, 0]), int(offsets[end - 1, 1])) for first, end in found)


def _bridged(parts: Sequence[Span], taken: Ints, offsets: Ints) -> tuple[Passage, ...]:
    """Return the pieces of one content, those joined that only a short gap parts."""
    joined = [parts[0]]
    for first, end in parts[1:]:
        gap = int(offsets[first, 0] - offsets[joined[-1][1] - 1, 1])
        between = np.searchsorted(taken[:, 0], [joined[-1][1], first])
        if gap <= BRIDGE and between[0] == between[1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((first, end))
    return _places(joined, offsets)
