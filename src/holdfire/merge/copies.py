"""Reports that are one text: what several outlets carry of one dispatch is one report.

Two rows are copies where their words are the same, or, in a longer text, nearly the same, while
the figures in them are the same and what they say of time and place can be of one incident: an
outlet that tells of every night in one form of words tells of many nights. Within one list only
the same row again is a copy, and what two files of it have in common: its own rule says what else
is one. Two lines of a list that agree in all that is read, and not in the rest, are two.

Nearly the same: three quarters of all runs of three words shared, told by 64 minima of the runs'
hashes (MinHash, Broder 1997, by rensa). Statements has a finder of its own, for whole articles
and for excerpts; a summary is a sentence or two.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rensa import RMinHash

from holdfire.merge.columns import flat

Ints = NDArray[np.int64]

COLUMNS = (
    "source", "outlet", "outlet_side", "event_id", "reported_at", "occurred_from", "occurred_to",
    "lon", "lat", "radius_m", "area", "place_name", "act", "target", "weapon", "weapon_name",
    "circumstance", "actors", "actor_name", "responsibility", "counting_unit", "quantity_unit",
    "quantity_min", "quantity_best", "quantity_max", "intercepted_best", "deaths_min",
    "deaths_best", "deaths_max", "summary", "citation",
)  # fmt: skip
"""What two rows of equal content agree in."""
FEWEST_WORDS = 10
"""A shorter text is a form of words that two people can both choose."""
FEWEST_SHINGLES = 20
"""Shingles below which only the very same words are a copy."""
WORDS = 3
PERMUTATIONS, BANDS = 64, 16
"""With 16 bands of four a pair at three quarters is looked at with a probability of 0.998."""
ALIKE = 0.75
DAYS = 3
"""A text is carried on within so many days; later it is another one, or an archive's."""
_SEED = 42
_DAY_US = 86_400_000_000


def copies(reports: pa.Table, apart: pa.Array | None = None) -> Ints:
    """Return for each row the row that stands for its text: itself where it is no copy.

    The first that was reported stands for all, of several at once the first by id. ``apart``
    are ids of reports that a reviewer told from another one: they stand for themselves.
    """
    rank = told_order(reports)
    leader = np.arange(reports.num_rows)
    free = np.ones(reports.num_rows, dtype=bool)
    if apart is not None and len(apart):
        free = ~np.asarray(pc.is_in(flat(reports["report_id"]), value_set=apart))
    _join_equal(reports, leader, rank, free)
    _join_texts(reports, leader, rank, free)
    return _first_told(leader, rank)


def _first_told(leader: Ints, rank: Ints) -> Ints:
    """Return for each row the one of its copies that was told first."""
    roots = leader
    while (roots != leader[roots]).any():
        roots = leader[roots]
    best = np.full(len(leader), len(leader), dtype=np.int64)
    np.minimum.at(best, roots, rank)
    order = np.empty(len(rank), dtype=np.int64)
    order[rank] = np.arange(len(rank))
    return order[best[roots]]


def told_order(reports: pa.Table) -> Ints:
    """Return the place of each row in the order in which reports were made, then by id."""
    keys = [("reported_at", "ascending"), ("report_id", "ascending")]
    order = pc.sort_indices(reports, sort_keys=keys).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _join_equal(reports: pa.Table, leader: Ints, rank: Ints, free: NDArray[np.bool_]) -> None:
    key = np.zeros(reports.num_rows, dtype=np.int64)
    for name in COLUMNS:
        key = _paired(key, _numbers(reports[name]))
    row, file = _numbers(reports["raw"]), _numbers(reports["file"])
    _join_groups(_paired(key, row), leader, rank, free)
    # The first of several rows alike in one file is the first of them in another, and so on.
    left = leader == np.arange(len(leader))
    order = np.lexsort((row, file, key, ~left))
    group = _paired(key, file)[order]
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    place = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    which = np.empty(len(order), dtype=np.int64)
    which[order] = np.where(left[order], place, len(order) + np.arange(len(order)))
    found = np.arange(len(leader))
    _join_groups(_paired(key, which), found, rank, free & left)
    leader[left] = found[left]


def _join_texts(reports: pa.Table, leader: Ints, rank: Ints, free: NDArray[np.bool_]) -> None:
    """Join rows of one text: the same words in short ones, nearly the same in longer ones."""
    words = pc.replace_substring_regex(
        pc.utf8_lower(pc.fill_null(flat(reports["summary"]), "")), r"[^\pL\pN]+", " "
    )
    words = pc.utf8_trim_whitespace(words)
    spaces = pc.count_substring(words, " ").to_numpy()
    rows = np.flatnonzero((spaces >= FEWEST_WORDS - 1) & free)
    if len(rows) < 2:
        return
    texts = words.take(pa.array(rows)).dictionary_encode()
    number = texts.indices.to_numpy().astype(np.int64)
    text = _alike(texts.dictionary)[number]
    facts = _Told(reports, rows)
    order = np.lexsort((rank[rows], text))
    starts = np.flatnonzero(np.diff(text[order], prepend=-1))
    for group in np.split(order, starts[1:]):
        if len(group) > 1:
            facts.join(group, leader)


def _alike(texts: pa.StringArray) -> Ints:
    """Return for each distinct text the first, in their own order, that it is nearly the same as.

    Figures must be the same: "3 killed" is no copy of "5 killed".
    """
    leader = np.arange(len(texts))
    spaces = pc.count_substring(texts, " ").to_numpy()
    long = np.flatnonzero(spaces + 1 >= FEWEST_SHINGLES + WORDS - 1)
    given = texts.take(pa.array(long))
    long = long[pc.sort_indices(given).to_numpy()]
    if len(long) < 2:
        return leader
    sketches = np.empty((len(long), PERMUTATIONS), dtype=np.uint16)
    numbers: dict[tuple[str, ...], int] = {}
    figures = np.empty(len(long), dtype=np.int64)
    for at, text in enumerate(texts.take(pa.array(long)).to_pylist()):
        words = text.split()
        sketch = RMinHash(PERMUTATIONS, _SEED)
        sketch.update(list(map(" ".join, zip(words, words[1:], words[2:], strict=False))))
        # Half of each figure: by chance two are alike in one of 65,536.
        sketches[at] = np.array(sketch.digest(), dtype=np.uint64) & 0xFFFF
        told = tuple(word for word in words if word.isdigit())
        figures[at] = numbers.setdefault(told, len(numbers))
    for one, other in _pairs(sketches, figures):
        _join(leader, int(long[one]), int(long[other]))
    for place in range(len(leader)):
        leader[place] = _find(leader, place)
    return leader


def _pairs(sketches: NDArray[np.uint16], figures: Ints) -> Iterator[tuple[np.intp, np.intp]]:
    """Yield pairs that are alike: of those that agree in a band, each with the first of them."""
    width = PERMUTATIONS // BANDS
    for band in range(0, PERMUTATIONS, width):
        part = np.ascontiguousarray(sketches[:, band : band + width]).view(np.uint64).ravel()
        order = np.lexsort((np.arange(len(part)), figures, part))
        new = np.ones(len(order), dtype=bool)
        new[1:] = (part[order[1:]] != part[order[:-1]]) | (
            figures[order[1:]] != figures[order[:-1]]
        )
        begins = np.flatnonzero(new)
        first = order[np.repeat(begins, np.diff(np.append(begins, len(order))))]
        first, other = first[~new], order[~new]
        same = (sketches[first] == sketches[other]).mean(axis=1) >= ALIKE
        yield from zip(first[same], other[same], strict=True)


class _Told:
    """What decides whether two rows of one text can be of one incident."""

    def __init__(self, reports: pa.Table, rows: Ints) -> None:
        taken = reports.select(
            ["source", "outlet", "occurred_from", "occurred_to", "reported_at", "lon", "lat",
             "radius_m", "area"]
        ).take(pa.array(rows)).combine_chunks()  # fmt: skip
        self.rows = rows
        self.list = _paired(_numbers(taken["source"]), _numbers(taken["outlet"]))
        self.begins, self.ends, self.told = (
            _micros(taken[name], otherwise)
            for name, otherwise in (
                ("occurred_from", np.iinfo(np.int64).min // 4),
                ("occurred_to", np.iinfo(np.int64).max // 4), ("reported_at", -1),
            )
        )  # fmt: skip
        self.lon, self.lat, self.radius = (
            np.asarray(flat(taken[name]).to_numpy(zero_copy_only=False), dtype=np.float64)
            for name in ("lon", "lat", "radius_m")
        )

    def join(self, group: NDArray[np.intp], leader: Ints) -> None:
        """Join the rows of one text with the first of them that can be of the same incident."""
        firsts: list[int] = []
        for at in group.tolist():
            for first in firsts:
                if self._fit(first, at):
                    _join(leader, int(self.rows[first]), int(self.rows[at]))
                    break
            else:
                firsts.append(at)

    def _fit(self, one: int, other: int) -> bool:
        if self.list[one] == self.list[other]:
            return False
        if self.begins[one] >= self.ends[other] or self.begins[other] >= self.ends[one]:
            return False
        told = self.told[one], self.told[other]
        if min(told) >= 0 and abs(told[0] - told[1]) > DAYS * _DAY_US:
            return False
        away = _metres(self.lon[one], self.lat[one], self.lon[other], self.lat[other])
        return not away > self.radius[one] + self.radius[other]


def _metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    east = np.radians((other_lon - lon + 180.0) % 360.0 - 180.0)
    one, other = np.radians(lat), np.radians(other_lat)
    chord = np.sin((other - one) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin(east / 2) ** 2
    return float(2.0 * 6_371_008.8 * np.arcsin(np.sqrt(min(1.0, chord)))) if chord == chord else 0.0


def _join_groups(key: Ints, leader: Ints, rank: Ints, free: NDArray[np.bool_]) -> None:
    order = np.lexsort((rank, ~free, key))
    begins = np.flatnonzero(np.diff(key[order], prepend=-1))
    first = order[np.repeat(begins, np.diff(np.append(begins, len(order))))]
    joins = free[order]
    leader[order[joins]] = first[joins]


def _join(leader: Ints, one: int, other: int) -> None:
    first, last = _find(leader, one), _find(leader, other)
    leader[last] = first


def _find(leader: Ints, at: int) -> int:
    while leader[at] != at:
        at = int(leader[at])
    return at


def _paired(one: Ints, other: Ints) -> Ints:
    """Return one number for each pair of numbers, from 0 on."""
    wide = one * (int(other.max(initial=0)) + 1) + other
    numbers: Ints = np.unique(wide, return_inverse=True)[1].astype(np.int64)
    return numbers


def _numbers(column: pa.ChunkedArray) -> Ints:
    values = flat(column)
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, "|")
    numbers: Ints = (
        pc.fill_null(values.dictionary_encode().indices, -1).to_numpy().astype(np.int64) + 1
    )
    return numbers


def _micros(column: pa.ChunkedArray, otherwise: int) -> Ints:
    values = pc.fill_null(flat(column).cast(pa.int64()), otherwise)
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.int64)
