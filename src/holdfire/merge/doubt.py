"""What each incident adds to a figure at least, on average and at most, where it is not sure
which reports tell of one incident.

**Incidents.** A matching gives each report three shares: one divided by the size of its incident
when every possible merge is made, on average, and when only certain ones are. An incident's three
numbers are the sums over its reports, copies apart; a row is one incident as it stands, so the
least is never more than one and the most never less.

**Quantities.** An attack told twice must not add its launches twice at the lower end. At least an
incident adds the smallest figure among itself and those it may be the same as, divided by how
many those are, itself counted. Whichever of them are one: the shares of a group that may be one
add up to no more than the smallest figure in it, so no sum of them is above the truth. At most it
adds its own figure, or, where its reports may be several incidents, as many of the largest
figures of its reports as those may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.tables.incident import MAYBE_SAME

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POSSIBLE = 0.05
"""A pair less likely than this is not called possible."""
NAMED = 10
"""So many other incidents, the likeliest, are named beside one."""
GRAIN = 2.0**-16
"""Shares of a quantity are rounded down to this, so that their sums are exact."""


@dataclass(frozen=True, eq=False)
class Doubt:
    """Per incident: shares of a count, and pairs of incidents that may be the same.

    ``one`` and ``other`` are numbers of incidents, each pair both ways round, with the largest
    probability of any two of their reports.
    """

    least: Floats
    expected: Floats
    most: Floats
    one: Ints
    other: Ints
    probability: Floats


@dataclass(frozen=True, eq=False)
class Shares:
    """What each report adds to a count of incidents; a copy adds nothing."""

    least: Floats
    expected: Floats
    most: Floats


def doubt(group: Ints, shares: Shares, pairs: pa.Table, report_ids: pa.Array) -> Doubt:
    """Add up the shares of each incident's reports, and find the incidents left in doubt.

    ``group`` is the incident of each report.
    """
    count = int(group.max(initial=-1)) + 1
    low = np.minimum(np.bincount(group, shares.least, count), 1.0)
    high = np.maximum(np.bincount(group, shares.most, count), 1.0)
    middle: Floats = np.clip(np.bincount(group, shares.expected, count), low, high)
    one, other, probability = _between(group, pairs, report_ids)
    return Doubt(low, middle, high, one, other, probability)


def _between(group: Ints, pairs: pa.Table, report_ids: pa.Array) -> tuple[Ints, Ints, Floats]:
    likely = pc.and_(
        pc.greater_equal(pairs["probability"], POSSIBLE),
        pc.not_equal(pc.fill_null(pairs["decided"], ""), "different"),
    )
    open_ = pairs.filter(likely)
    rows = [
        pc.index_in(open_[name].combine_chunks(), value_set=report_ids)
        .to_numpy(zero_copy_only=False)
        .astype(np.int64)
        for name in ("report_a", "report_b")
    ]
    one, other = group[rows[0]], group[rows[1]]
    probability = open_["probability"].to_numpy().astype(np.float64)
    apart = one != other
    both = np.concatenate([one[apart], other[apart]]), np.concatenate([other[apart], one[apart]])
    order = np.lexsort((-np.tile(probability[apart], 2), both[1], both[0]))
    first, second, chance = both[0][order], both[1][order], np.tile(probability[apart], 2)[order]
    new = np.ones(len(first), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[new], second[new], chance[new]


def maybe_same(found: Doubt, ids: pa.Array) -> pa.ListArray:
    """Return for each incident those it may be the same as, the likeliest first."""
    names = pc.rank(ids, sort_keys="ascending", tiebreaker="first").to_numpy() if len(ids) else None
    tie = found.other if names is None else names[found.other]
    order = np.lexsort((tie, -found.probability, found.one))
    one, other, probability = (a[order] for a in (found.one, found.other, found.probability))
    starts = np.searchsorted(one, np.arange(len(ids)))
    place = np.arange(len(one)) - starts[one] if len(one) else np.zeros(0, dtype=np.int64)
    kept = place < NAMED
    counts = np.bincount(one[kept], minlength=len(ids))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    entries = pa.StructArray.from_arrays(
        [
            ids.take(pa.array(other[kept])).cast(pa.string()),
            pa.array(np.round(probability[kept], 4), pa.float64()),
        ],
        fields=list(MAYBE_SAME.value_type),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), entries).cast(MAYBE_SAME)


def least_quantity(found: Doubt, unit: Ints, figure: Floats) -> Floats:
    """Return what each incident adds to a sum at least: NaN where it has no figure.

    ``unit`` is a number per unit, ``figure`` the least of each incident, NaN where not known.
    """
    one, other = found.one, found.other
    counted = (unit[one] == unit[other]) & np.isfinite(figure[one]) & np.isfinite(figure[other])
    one, other = one[counted], other[counted]
    smallest = figure.copy()
    np.minimum.at(smallest, one, figure[other])
    together = 1.0 + np.bincount(one, minlength=len(figure))
    alone = together == 1.0
    shares = np.where(alone, figure, np.floor(smallest / together / GRAIN) * GRAIN)
    result: Floats = shares
    return result


def most_quantity(most: float, figures: list[float | None], combined: float | None) -> float | None:
    """Return what an incident adds to a sum at most; ``None`` where no upper figure is known.

    ``figures`` are the most of each of its reports that has a figure of this unit, copies apart.
    """
    if most <= 1.0:
        return combined
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures) or not known:
        return None
    several = sum(sorted(known, reverse=True)[: ceil(most - 1e-3)])
    return max(several, combined or 0.0)
