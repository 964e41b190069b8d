"""Time and place: how far two reports are apart, measured by what their own precision allows.

Each is sorted by the precision of both reports as well: an hour is little between two days and
much between two minutes, and what chance does differs as much.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from holdfire.engines.distance import Outline
from holdfire.engines.shape import Shape, joined
from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import HOUR, UNKNOWN, Columns, Floats
from holdfire.merge.compare.levels import Comparison, number

SAME_POINT_M = 50.0
NEAR = 0.3
"""Places nearer than this share of both radii: where chance is counted on its own."""
_SHARES = np.array([0.06, 0.12, 0.2, 0.3, 0.45, 0.65, 1.0])
_PLACE = (
    "same-point", "nearest", "nearest", "near", "near", "within", "within", "far", "beyond",
    "in-area", "near-area", "unknown",
)  # fmt: skip
RADII_M = np.array([1_200.0, 10_000.0])
LENGTHS_S = np.array([6 * HOUR, 36 * HOUR])
_GAPS_S = np.array([1 * HOUR, 6 * HOUR])
_TIME = (
    "day", "hours", "hour", "overlap", "overlap-edge", "hour", "hours", "day", "unknown",
)  # fmt: skip
_KINDS = 3
_PRECISE = ("fine", "middle", "coarse")


def place_bin(columns: Columns, pairs: Pairs) -> NDArray[np.int64]:
    """Return the row of ``_PLACE`` of each pair."""
    both = columns.radius_m[pairs.left] + columns.radius_m[pairs.right]
    share = pairs.metres / np.maximum(both, 2 * SAME_POINT_M)
    result = np.digitize(share, _SHARES, right=True) + 1
    result[pairs.metres <= SAME_POINT_M] = 0
    named = (columns.area[pairs.left] != UNKNOWN) | (columns.area[pairs.right] != UNKNOWN)
    result[named & (pairs.metres > 0)] = _PLACE.index("near-area")
    result[named & (pairs.metres <= 0)] = _PLACE.index("in-area")
    result[~(columns.placed[pairs.left] & columns.placed[pairs.right])] = _PLACE.index("unknown")
    return result


def is_near(columns: Columns, pairs: Pairs) -> NDArray[np.bool_]:
    """Return which pairs count as near for the local background."""
    found = place_bin(columns, pairs)
    near: NDArray[np.bool_] = (found <= 4) | (found == _PLACE.index("in-area"))
    return near


def is_remote(columns: Columns, pairs: Pairs) -> NDArray[np.bool_]:
    """Return which candidates are too far apart, or a day, for many true pairs to be there."""
    late = np.abs(pairs.gap_s) > _GAPS_S[-1]
    remote: NDArray[np.bool_] = late | (place_bin(columns, pairs) == _PLACE.index("beyond"))
    return remote


def place(columns: Columns) -> Comparison:
    """Return the comparison of places."""
    precise = np.digitize(columns.radius_m, RADII_M, right=True)

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        context = precise[pairs.left] * _KINDS + precise[pairs.right]
        return (context * len(_PLACE) + place_bin(columns, pairs)).astype(np.int32)

    return _by_precision("place", _PLACE, cells, mirrored=None)


def time_bin(columns: Columns, pairs: Pairs) -> NDArray[np.int64]:
    """Return the row of ``_TIME`` of each pair."""
    left, right = pairs.left, pairs.right
    lengths = (columns.ends[right] - columns.begins[right]) + (
        columns.ends[left] - columns.begins[left]
    )
    edge = np.abs(pairs.late_s) > 0.2 * lengths
    late = np.digitize(np.abs(pairs.gap_s), _GAPS_S, right=True)
    result = np.where(pairs.gap_s > 0, 5 + late, 2 - late)
    result = np.where(pairs.gap_s == 0, 3 + edge, result)
    result[~(columns.timed[left] & columns.timed[right])] = _TIME.index("unknown")
    return result


def time(columns: Columns) -> Comparison:
    """Return the comparison of times."""
    length = np.digitize(columns.ends - columns.begins, LENGTHS_S, right=True)

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        context = length[pairs.left] * _KINDS + length[pairs.right]
        return (context * len(_TIME) + time_bin(columns, pairs)).astype(np.int32)

    return _by_precision("time", _TIME, cells, mirrored=(7, 6, 5, 3, 4, 5, 6, 7, 8))


def _by_precision(
    name: str, bins: tuple[str, ...], cells: object, mirrored: tuple[int, ...] | None
) -> Comparison:
    """Return a comparison whose cells are bins for each combination of both precisions.

    Groups do not know which of the two lists is the lesser one: ``mirrored`` says which bin
    stands for each when the two are exchanged.
    """
    level, group = [], []
    names: dict[str, int] = {}
    for one in range(_KINDS):
        for other in range(_KINDS):
            for place_no, shown in enumerate(bins):
                folded = place_no if mirrored is None else mirrored[place_no]
                context = f"{_PRECISE[min(one, other)]}-{_PRECISE[max(one, other)]}"
                level.append(number(name, shown))
                group.append(names.setdefault(f"{context}-{folded}", len(names)))
    return Comparison(name, cells, np.array(level), np.array(group), tuple(names))  # type: ignore[arg-type]


class AreaDistances:
    """Metres between places of which at least one is a named area, 0 where they overlap."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._whole = [joined(shapes) for shapes in columns.areas]
        self._between: dict[tuple[int, int], float] = {}

    def corrected(self, pairs: Pairs) -> Pairs:
        """Return the pairs with the metres to named areas put right."""
        if not self._whole:
            return pairs
        columns, metres = self.columns, pairs.metres.astype(np.float64)
        left, right = columns.area[pairs.left], columns.area[pairs.right]
        for one, other in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
            rows = np.flatnonzero((columns.area[one] == UNKNOWN) & (columns.area[other] != UNKNOWN))
            metres[rows] = self._to_points(one[rows], columns.area[other[rows]])
        for row in np.flatnonzero((left != UNKNOWN) & (right != UNKNOWN)):
            metres[row] = self._two(int(left[row]), int(right[row]))
        return replace(pairs, metres=metres.astype(np.float32))

    def _to_points(self, points: NDArray[np.int32], areas: NDArray[np.int64]) -> Floats:
        """Return metres from each report's disk to its area; each place is measured once."""
        columns = self.columns
        key = np.stack([areas, *np.round(columns.point[points].T * 1e7).astype(np.int64)])
        _, first, again = np.unique(key, axis=1, return_index=True, return_inverse=True)
        found = np.zeros(len(first))
        for area in np.unique(areas[first]):
            some = np.flatnonzero(areas[first] == area)
            vectors = columns.point[points[first[some]]]
            lon = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))
            lat = np.degrees(np.arcsin(np.clip(vectors[:, 2], -1.0, 1.0)))
            found[some] = Outline(self._whole[area]).signed(lon, lat)
        precision = np.array([shape.precision_m for shape in self._whole])[areas]
        reach = columns.radius_m[points] + precision
        return np.maximum(found[again.ravel()] - reach, 0.0)

    def _two(self, one: int, other: int) -> float:
        key = (min(one, other), max(one, other))
        if key not in self._between:
            self._between[key] = _apart(self._whole[key[0]], self._whole[key[1]])
        return self._between[key]


def _apart(one: Shape, other: Shape) -> float:
    """Return metres between two outlines, from the corners of each."""
    if not one.disjoint(other):
        return 0.0
    nearest = np.inf
    for corners, outline in ((one, other), (other, one)):
        lon, lat = shapely.get_coordinates(corners.geometry).T
        nearest = min(nearest, float(np.min(Outline(outline).to_edge(lon, lat))))
    return max(nearest - one.precision_m - other.precision_m, 0.0)
