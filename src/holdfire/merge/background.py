"""What chance does: pairs of reports so many days apart that they cannot be one incident.

Such placebo pairs share the geography, the habits and the coding of true neighbours. They give
the chance distribution of every comparison, how many candidates chance makes, and how crowded
the surroundings of each report are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import GAP_S, Pairs, Search, joined
from holdfire.merge.columns import DAY, Columns, Floats, Ints
from holdfire.merge.compare.where_when import is_near

LAGS = 12
"""At most so many lags of either sign together: what is nearer in time is more alike."""
ENOUGH = 600_000
"""Placebo pairs; with so many, more lags tell little more."""
FEWEST = 2
ALL = 30_000
"""With more reports the model is learnt from some of them."""
SAMPLED = 2 / 3
"""How many are taken then, as a share of as many as are still taken whole."""
BLOCK_D = 16
AROUND = 20
"""Placebo pairs per report that tell how crowded it is there."""
STEADY = 3.0
"""Pairs' worth of the average that a report's own surroundings are drawn towards."""


@dataclass(frozen=True, eq=False)
class Placebo:
    """Placebo pairs, and what one of them stands for at lag 0.

    ``exposure`` is, for each pair of lists (a matrix, the lesser list first), how many lags' worth
    of chance was seen.
    """

    pairs: Pairs
    lags_d: tuple[int, ...]
    exposure: Floats

    def measured(self, pairs: Pairs) -> Placebo:
        """Return the same with the pairs' distances put right."""
        return replace(self, pairs=pairs)


def lags(columns: Columns, rows: Ints) -> list[int]:
    """Return lags in days, nearest first: longer than most intervals, within the span.

    Two reports a lag apart that are then found near each other were in truth apart by the lag
    less both intervals and twice the gap that is looked across.
    """
    if len(rows) == 0:
        return []
    lengths = columns.ends[rows] - columns.begins[rows]
    longest = min(float(np.quantile(lengths, 0.8)), 10 * DAY)
    first = int(np.ceil(2.0 * (longest + GAP_S) / DAY))
    span = (columns.ends[rows].max() - columns.begins[rows].min()) / DAY
    last = int(min(first + LAGS // 2 - 1, span - 2))
    return [sign * days for days in range(first, last + 1) for sign in (1, -1)]


def placebo(search: Search, among: NDArray[np.bool_] | None, enough: int = ENOUGH) -> Placebo:
    """Return placebo pairs of as many lags as it takes."""
    columns = search.columns
    rows = search.rows if among is None else search.rows[among[search.rows]]
    batches: list[Pairs] = []
    used: list[int] = []
    found = 0
    for lag in lags(columns, rows):
        if found >= enough and len(used) >= FEWEST and len(used) % 2 == 0:
            break
        batch = joined(list(search.pairs(lag * DAY, among)))
        batches.append(batch)
        used.append(lag)
        found += len(batch)
    return Placebo(joined(batches), tuple(used), exposure(columns, rows, used))


def sample(columns: Columns, rows: Ints, most: int = ALL) -> NDArray[np.bool_] | None:
    """Return which reports to learn from, blocks of whole days; ``None`` for all of them.

    Up to ``most`` reports are all taken, unless a few days have almost all of them.
    """
    if len(rows) <= most:
        return None
    day = day_of(columns, rows)
    daily = np.bincount(day - day.min())
    span = len(daily)
    blocks = max(int(np.ceil(SAMPLED * most / (daily.mean() * BLOCK_D))), 1)
    if blocks * BLOCK_D >= span:
        return None
    starts = np.linspace(0, span - BLOCK_D, blocks).astype(np.int64)
    taken = np.zeros(span, dtype=bool)
    for start in starts:
        taken[start : start + BLOCK_D] = True
    among = np.zeros(len(columns), dtype=bool)
    among[rows[taken[day - day.min()]]] = True
    return among


def day_of(columns: Columns, rows: Ints) -> Ints:
    """Return the day number of the middle of each report's interval."""
    result: Ints = ((columns.begins[rows] + columns.ends[rows]) // 2) // DAY
    return result


def exposure(columns: Columns, rows: Ints, used: list[int]) -> Floats:
    """Return for each pair of lists how many lags' worth of days face each other.

    At lag 0 every day of one list faces the same day of the other; at a lag the ends of the
    span face nothing, and a busy day may face a quiet one.
    """
    count = len(columns.lists)
    result = np.zeros((count, count))
    if not used or len(rows) == 0:
        return result
    day = day_of(columns, rows)
    day = day - day.min()
    days = int(day.max()) + 1
    daily = np.bincount(columns.list_no[rows] * days + day, minlength=count * days)
    daily = daily.reshape(count, days).astype(float)
    smooth = (daily + np.roll(daily, 1, axis=1) + np.roll(daily, -1, axis=1)) / 3.0
    now = smooth @ smooth.T
    for lag in used:
        # the greater list is moved forward by the lag: its day d faces day d + lag
        moved = np.zeros_like(smooth)
        if lag > 0:
            moved[:, lag:] = smooth[:, : days - lag]
        else:
            moved[:, : days + lag] = smooth[:, -lag:]
        result += (smooth @ moved.T) / np.maximum(now, 1e-9)
    np.fill_diagonal(result, 2.0 * np.diag(result))
    return result


def surroundings(search: Search, chance: Placebo, among: NDArray[np.bool_] | None) -> Surroundings:
    """Return what is counted around all reports, beyond the sample if there is one."""
    columns = search.columns
    found = Surroundings(columns)
    if among is None:
        found.add(chance.pairs, chance.lags_d)
        return found
    seen = 0
    for used, lag in enumerate(lags(columns, search.rows)):
        if seen >= AROUND * len(search.rows) and used >= FEWEST:
            break
        found.add(joined([]), (lag,))
        for batch in search.pairs(lag * DAY):
            found.add(batch)
            seen += len(batch)
    return found


@dataclass(frozen=True, eq=False)
class Crowding:
    """How much denser than usual for its list and precision each report's surroundings are.

    The first column is for close pairs, the second for the rest: placebo pairs ``seen`` and
    ``usual``; ``busy`` is the report's own day against the average.
    """

    seen: Floats
    usual: Floats
    busy: Floats

    def bits(self, pairs: Pairs, near: NDArray[np.bool_], less: float = 0.0) -> Floats:
        """Return the bits that a pair loses for its crowded surroundings.

        ``less`` is 1 for placebo pairs, which must not count themselves.
        """
        column = np.where(near, 0, 1)
        result = np.zeros(len(pairs))
        for side in (pairs.left, pairs.right):
            seen = np.maximum(self.seen[side, column] - less, 0.0)
            usual = self.usual[side, column]
            result += 0.5 * np.log2((seen + STEADY) / (usual + STEADY) * self.busy[side])
        return result


class Surroundings:
    """Counts placebo pairs around each report, batch by batch."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._near = np.zeros(len(columns))
        self._wide = np.zeros(len(columns))
        self._lags: list[int] = []

    def add(self, pairs: Pairs, lags_d: tuple[int, ...] = ()) -> None:
        """Count some pairs; ``lags_d`` are lags whose pairs begin to come."""
        self._lags += lags_d
        near = is_near(self.columns, pairs)
        size = len(self.columns)
        for side in (pairs.left, pairs.right):
            self._near += np.bincount(side[near], minlength=size)
            self._wide += np.bincount(side[~near], minlength=size)

    def crowding(self, kinds: Ints, rows: Ints) -> Crowding:
        """Return the crowding of each report; ``kinds`` numbers list and precision together."""
        size = len(self.columns)
        seen, usual, busy = np.zeros((size, 2)), np.zeros((size, 2)), np.ones(size)
        if self._lags and len(rows):
            faced, busy[rows] = self._faced(rows)
            members = np.maximum(np.bincount(kinds[rows], weights=faced), 1e-9)
            for column, found in enumerate((self._near, self._wide)):
                rate = np.bincount(kinds[rows], weights=found[rows]) / members
                seen[rows, column] = found[rows]
                usual[rows, column] = rate[kinds[rows]] * faced
        return Crowding(seen, usual, busy)

    def _faced(self, rows: Ints) -> tuple[Floats, Floats]:
        """Return how many reports the days faced by each report have, and its own day's share."""
        day = day_of(self.columns, rows)
        day = day - day.min()
        daily = np.bincount(day).astype(float)
        padded = np.convolve(daily, np.ones(3) / 3.0, mode="same")
        faced = np.zeros(len(daily))
        for lag in self._lags:
            there = np.arange(len(daily)) + lag
            inside = (there >= 0) & (there < len(daily))
            faced[inside] += padded[there[inside]]
        busy = padded / max(float(np.average(padded, weights=daily)), 1e-9)
        return faced[day], busy[day]
