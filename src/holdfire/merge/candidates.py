"""Pairs of reports that can tell of one incident: near enough in time and place to be looked at.

How near is near enough follows from the two reports' own precision: the gap between their
intervals is at most ``GAP_S``, the distance between their places at most ``REACH`` times both
radii, and a little. Reports are joined class by class of precision, vague ones asking among
precise ones, in a grid of cells over the globe with time sorted within each cell: the work grows
with the number of reports and of the pairs found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.columns import DAY, EARTH_M, HOUR, Columns, Floats, Ints, great_circle_m

GAP_S = 24 * HOUR
"""Sources are a day late now and then; a later report is another matter."""
REACH = 1.5
"""How far beyond both radii a place may be: radii are what a source says of itself."""
AT_LEAST_M = 1_000.0
TOO_MANY = 4_000
"""A report with more candidates than this is too vague to be tied by time and place."""
CHUNK = 2_000_000

_RADII_M = np.array([300.0, 1_200.0, 6_000.0, 25_000.0, 60_000.0, 150_000.0, 500_000.0])
_LENGTHS_S = np.array([6 * HOUR, 36 * HOUR, 4 * DAY, 10 * DAY])


@dataclass(frozen=True, eq=False)
class Pairs:
    """Candidates: two rows each, the metres between their points and the seconds between.

    ``gap_s`` is 0 where the intervals overlap, positive where ``right`` begins after ``left``
    ends, counted from 1 as intervals are half-open. ``late_s`` is from the middle of the one to
    the middle of the other. The list of ``left`` is the lesser one.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    metres: NDArray[np.float32]
    gap_s: NDArray[np.int32]
    late_s: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.left)

    def where(self, kept: NDArray[np.bool_] | Ints) -> Pairs:
        """Return some of the pairs."""
        return Pairs(
            self.left[kept], self.right[kept], self.metres[kept], self.gap_s[kept],
            self.late_s[kept],
        )  # fmt: skip


def joined(parts: list[Pairs]) -> Pairs:
    """Return several batches as one."""
    if not parts:
        none = np.zeros(0, dtype=np.int32)
        return Pairs(none, none, np.zeros(0, dtype=np.float32), none, none)
    return Pairs(
        np.concatenate([one.left for one in parts]),
        np.concatenate([one.right for one in parts]),
        np.concatenate([one.metres for one in parts]),
        np.concatenate([one.gap_s for one in parts]),
        np.concatenate([one.late_s for one in parts]),
    )


def between(columns: Columns, one: Ints, other: Ints) -> Pairs:
    """Return given pairs of reports with what is between them, 0 where it is not known."""
    metres = great_circle_m(columns.point[one], columns.point[other])
    placed = columns.placed[one] & columns.placed[other]
    return _measured(columns, one, other, np.where(placed, metres, 0.0))


def same_id(columns: Columns) -> tuple[Ints, Ints]:
    """Return the pairs of reports of one list to which it gives one id of its own.

    Each report is paired with the one before it: a list that counts in ids may repeat one often.
    """
    able = columns.happening & (columns.event >= 0) & columns.repeats[columns.list_no]
    rows = np.flatnonzero(able & (columns.copy_of == np.arange(len(columns))))
    key = columns.event[rows] * len(columns.lists) + columns.list_no[rows]
    order = np.argsort(key, kind="stable")
    again = key[order][1:] == key[order][:-1]
    return rows[order[:-1][again]], rows[order[1:][again]]


class Search:
    """Finds the candidates among some of the reports, in batches of bounded size."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        able = columns.timed & columns.placed & columns.happening
        self.rows = np.flatnonzero(able & (columns.copy_of == np.arange(len(columns))))
        radius = np.digitize(columns.radius_m, _RADII_M, right=True)
        length = np.digitize(columns.ends - columns.begins, _LENGTHS_S, right=True)
        self._class = radius * (len(_LENGTHS_S) + 1) + length
        self.too_vague: Ints = np.zeros(0, dtype=np.int64)

    def _length(self, rows: Ints) -> Ints:
        return self.columns.ends[rows] - self.columns.begins[rows]

    def pairs(self, shift_s: int = 0, among: NDArray[np.bool_] | None = None) -> Iterator[Pairs]:
        """Yield the candidates, with the later list's reports moved by ``shift_s`` seconds.

        ``among`` marks which reports take part. A shift finds pairs that cannot be the same.
        """
        rows = self.rows if among is None else self.rows[among[self.rows]]
        classes = self._class[rows]
        members = [rows[classes == one] for one in np.unique(classes)]
        vague: list[Ints] = []
        for number, asking in enumerate(members):
            for asked in members[: number + 1]:
                yield from self._between(asking, asked, shift_s, vague)
        self.too_vague = np.unique(np.concatenate(vague)) if vague else self.too_vague

    def _between(
        self, asking: Ints, asked: Ints, shift_s: int, vague: list[Ints]
    ) -> Iterator[Pairs]:
        columns = self.columns
        both = columns.radius_m[asking].max() + columns.radius_m[asked].max()
        grid = _Grid(columns, asked, REACH * both + AT_LEAST_M, int(self._length(asked).max()))
        asking_same = asking is asked
        asking = asking[grid.in_order(columns, asking)]
        shifts = (shift_s,) if shift_s == 0 or asking_same else (shift_s, -shift_s)
        for shift in shifts:
            first, count = grid.ranges(columns, asking, shift)
            total = count.sum(axis=0)
            many = total > TOO_MANY
            if many.any():
                vague.append(asking[many])
                count[:, many] = 0
                total = np.where(many, 0, total)
            for rows in _chunks(total):
                query, found = _expanded(first[:, rows], count[:, rows], grid.order)
                forward = shift == shift_s
                yield self._checked(asking[rows][query], asked[found], shift, forward)

    def _checked(self, one: Ints, other: Ints, shift: int, forward: bool) -> Pairs:
        """Keep what is near enough, each pair once and the lesser list on the left.

        ``shift`` moves ``other``; against the asked shift (not ``forward``) what is kept is what
        the first round left out, so that it is always the greater list that moves as asked.
        """
        columns = self.columns
        list_one, list_other = columns.list_no[one], columns.list_no[other]
        within = (list_one == list_other) & columns.repeats[list_one]
        if shift == 0:
            kept = ((list_one != list_other) | within) & (one != other)
            kept &= (self._class[one] != self._class[other]) | (one < other)
        elif forward:
            kept = (list_one < list_other) | within
        else:
            kept = (list_one > list_other) | within
        one, other = one[kept], other[kept]
        kept = np.abs(_gap(columns, one, other, shift)) <= GAP_S
        one, other = one[kept], other[kept]
        metres = great_circle_m(columns.point[one], columns.point[other])
        both = columns.radius_m[one] + columns.radius_m[other]
        kept = metres <= REACH * both + AT_LEAST_M
        return _measured(columns, one[kept], other[kept], metres[kept], shift)


def _gap(columns: Columns, one: Ints, other: Ints, shift: int) -> Ints:
    """Return the seconds from one report's interval to the other's, moved by ``shift``."""
    begins, ends = columns.begins[other] + shift, columns.ends[other] + shift
    after: Ints = begins - columns.ends[one] + 1
    before: Ints = np.minimum(ends - columns.begins[one] - 1, 0)
    return np.where(begins >= columns.ends[one], after, before)


def _measured(columns: Columns, one: Ints, other: Ints, metres: Floats, shift: int = 0) -> Pairs:
    """Return pairs with the lesser list on the left; ``shift`` moves ``other``."""
    gap = _gap(columns, one, other, shift)
    middle = columns.begins[other] + columns.ends[other] + 2 * shift
    late = (middle - columns.begins[one] - columns.ends[one]) // 2
    known = columns.timed[one] & columns.timed[other]
    gap, late = np.where(known, gap, 0), np.where(known, late, 0)
    list_one, list_other = columns.list_no[one], columns.list_no[other]
    turned = (list_one > list_other) | ((list_one == list_other) & (one > other))
    most = np.iinfo(np.int32).max
    return Pairs(
        np.where(turned, other, one).astype(np.int32),
        np.where(turned, one, other).astype(np.int32),
        metres.astype(np.float32),
        np.clip(np.where(turned, -gap, gap), -most, most).astype(np.int32),
        np.clip(np.where(turned, -late, late), -most, most).astype(np.int32),
    )


def _chunks(total: Ints) -> Iterator[slice]:
    """Yield slices of the queries with about ``CHUNK`` pairs each."""
    reached = np.cumsum(total)
    start = 0
    while start < len(total):
        before = reached[start - 1] if start else 0
        stop = max(int(np.searchsorted(reached, before + CHUNK, side="right")), start + 1)
        if reached[stop - 1] > before:
            yield slice(start, stop)
        start = stop


def _expanded(first: Ints, count: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Return for ranges of positions the number of the query and what stands at each position."""
    queries = np.broadcast_to(np.arange(first.shape[1]), first.shape).ravel()
    first, count = first.ravel(), count.ravel()
    some = count > 0
    queries, first, count = queries[some], first[some], count[some]
    ends = np.cumsum(count)
    offset = np.repeat(first - ends + count, count)
    return np.repeat(queries, count), order[np.arange(ends[-1] if len(ends) else 0) + offset]


class _Grid:
    """Cells of bands of latitude, each at least ``reach_m`` wide, with time sorted within."""

    def __init__(self, columns: Columns, rows: Ints, reach_m: float, longest_s: int) -> None:
        self.angle = max(reach_m / EARTH_M, 1e-7)
        self.longest_s = longest_s
        self.bands = max(int(np.pi / self.angle), 1)
        edges = np.arange(self.bands + 1) * np.pi / self.bands - np.pi / 2
        margin = np.pi / self.bands
        north = np.minimum(np.maximum(np.abs(edges[:-1]), np.abs(edges[1:])) + margin, np.pi / 2)
        around = np.floor(2 * np.pi * np.cos(north) / self.angle).astype(np.int64)
        self.cells = np.where(around < 4, 1, around)
        self.start = np.concatenate([[0], np.cumsum(self.cells)])
        band, turn = self._where(columns.point[rows])
        cell = self.start[band] + np.floor(turn * self.cells[band]).astype(np.int64)
        self.origin = int(columns.begins[rows].min())
        self.width = int(columns.begins[rows].max()) - self.origin + 2
        self.known, place = np.unique(cell, return_inverse=True)
        key = place * self.width + (columns.begins[rows] - self.origin)
        self.order = np.argsort(key, kind="stable")
        self.key = key[self.order]

    def _where(self, point: Floats) -> tuple[Ints, Floats]:
        """Return the band and the share of a turn east, for unit vectors."""
        latitude = np.arcsin(np.clip(point[:, 2], -1.0, 1.0))
        share = (latitude + np.pi / 2) / np.pi
        band = np.minimum((share * self.bands).astype(np.int64), self.bands - 1)
        turn = np.arctan2(point[:, 1], point[:, 0]) / (2 * np.pi)
        return band, np.minimum(np.mod(turn, 1.0), np.nextafter(1.0, 0.0))

    def in_order(self, columns: Columns, rows: Ints) -> Ints:
        """Return an order in which neighbours are looked up one after the other: it is quicker."""
        band, turn = self._where(columns.point[rows])
        cell = self.start[band] + np.floor(turn * self.cells[band]).astype(np.int64)
        order: Ints = np.argsort(cell, kind="stable")
        return order

    def ranges(self, columns: Columns, rows: Ints, shift_s: int) -> tuple[Ints, Ints]:
        """Return for each of nine cells (first axis) where the near ones stand, and how many."""
        band, turn = self._where(columns.point[rows])
        early = columns.begins[rows] - GAP_S - self.longest_s - shift_s - self.origin
        late = columns.ends[rows] + GAP_S - shift_s - self.origin
        early, late = np.clip(early, 0, self.width - 1), np.clip(late, 0, self.width - 1)
        first = np.zeros((9, len(rows)), dtype=np.int64)
        count = np.zeros((9, len(rows)), dtype=np.int64)
        for up in (-1, 0, 1):
            row = band + up
            exists = (row >= 0) & (row < self.bands)
            row = np.clip(row, 0, self.bands - 1)
            around = self.cells[row]
            middle = np.floor(turn * around).astype(np.int64)
            for east in (-1, 0, 1):
                number = 3 * (up + 1) + east + 1
                real = exists & ((around > 1) | (east == 0))
                cell = self.start[row] + np.mod(middle + east, around)
                place = np.minimum(np.searchsorted(self.known, cell), len(self.known) - 1)
                real &= self.known[place] == cell
                first[number] = np.searchsorted(self.key, place * self.width + early)
                last = np.searchsorted(self.key, place * self.width + late, side="right")
                count[number] = np.where(real, last - first[number], 0)
        return first, count
