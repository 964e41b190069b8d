"""By area: how many may have happened in each named area, in effect and before.

**Formula.** A disk lies in an area for sure if it does so whole, with a margin for errors of
distance and for how well the outline is known, and may lie in it if it may touch it. A place known
by an area's name only lies for sure in each area that covers that one, and may lie in each that
shares a twentieth of the smaller of the two: outlines of neighbours overlap a little. Of several
names, for sure where it does under each.
**Source.** Ours; the margins are those of ``assess/place.py``.
**Assumptions.** Areas may overlap or lie within each other, and one incident may lie in each of two
neighbours: areas' upper ends do not add up to the whole.
**Units.** Incidents, in one counting unit.
**Refuses** nothing; what has no place is in no area, and its number is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from holdfire.engines.distance import Outline
from holdfire.engines.ground import ANY_OF
from holdfire.engines.shape import Shape
from holdfire.measure.counts import GRAIN
from holdfire.measure.disks import MARGIN
from holdfire.measure.series import Bools, Floats, Ints
from holdfire.measure.tallies import whole
from holdfire.tables.areas import AreaCount, UnitAreas

EDGE_M = 0.5
"""Edges along a parallel are cut into chords that run up to 0.3 m beside it."""
SHARED = 0.05
METRES_A_DEGREE = 110_000.0
"""Less than any degree of latitude has."""


@dataclass(frozen=True, eq=False)
class Located:
    """Where things happened: a disk, or the names of areas, one of which holds it; (places,).

    ``named`` has ``None`` where no name is known; longitudes are NaN where no point is.
    """

    lon: Floats
    lat: Floats
    radius_m: Floats
    named: Sequence[str | None]


@dataclass(frozen=True, eq=False)
class Within:
    """Which place may lie in which area, one row each pair: ``sure`` where it does."""

    areas: tuple[str, ...]
    place: Ints
    area: Ints
    sure: Bools


@dataclass(frozen=True, eq=False)
class Added:
    """What each incident adds to the counts, and its place in ``Located`` (-1: none)."""

    place: Ints
    least: Floats
    most: Floats
    least_before: Floats
    most_before: Floats


def within(located: Located, shapes: Mapping[str, Shape]) -> Within:
    """Return which places may lie in which of the areas."""
    names = tuple(sorted(shapes))
    places: list[Ints] = []
    areas: list[Ints] = []
    sure: list[Bools] = []

    def found(at: int, rows: Ints, certain: Bools) -> None:
        places.append(rows)
        areas.append(np.full(len(rows), at))
        sure.append(certain)

    pointed = np.flatnonzero(np.isfinite(located.lon) & np.isfinite(located.radius_m))
    by_name = _by_name(located.named, np.isfinite(located.lon))
    for at, name in enumerate(names):
        found(at, *_disks(located, pointed, shapes[name]))
        for key, rows in by_name.items():
            parts = [shapes[part] for part in key.split(ANY_OF) if part in shapes]
            if any(_overlap(shapes[name], part) for part in parts):
                holds = all(shapes[name].covers(part) for part in parts)
                found(at, rows, np.full(len(rows), holds))
    empty = np.zeros(0, dtype=np.int64)
    return Within(
        names,
        np.concatenate([empty, *places]),
        np.concatenate([empty, *areas]),
        np.concatenate([np.zeros(0, dtype=np.bool_), *sure]),
    )


def _overlap(one: Shape, other: Shape) -> bool:
    geometry = one.beside(other)
    smaller = min(shapely.area(geometry), shapely.area(other.geometry))
    shared = shapely.area(shapely.intersection(geometry, other.geometry))
    return bool(shared > SHARED * smaller)


def _by_name(named: Sequence[str | None], pointed: Bools) -> dict[str, Ints]:
    rows: dict[str, list[int]] = {}
    for row, (key, point) in enumerate(zip(named, pointed, strict=True)):
        if key and not point:
            rows.setdefault(key, []).append(row)
    return {key: np.array(found) for key, found in sorted(rows.items())}


def _disks(located: Located, rows: Ints, shape: Shape) -> tuple[Ints, Bools]:
    """Return the disks that may lie in an area, and which surely do."""
    lon, lat, radius = (column[rows] for column in (located.lon, located.lat, located.radius_m))
    west, south, east, north = shape.geometry.bounds
    reach = (radius * (1.0 + MARGIN) + shape.precision_m + EDGE_M) / METRES_A_DEGREE
    wide = reach / np.maximum(np.cos(np.radians(np.minimum(np.abs(lat) + reach, 89.9))), 1e-3)
    framed = shape.into_frame(lon)
    near = (lat >= south - reach) & (lat <= north + reach)
    near &= (framed >= west - wide) & (framed <= east + wide)
    rows, lon, lat, radius = (column[near] for column in (rows, lon, lat, radius))
    signed = Outline(shape).signed(lon, lat)
    doubt = MARGIN * np.abs(signed) + shape.precision_m + radius
    touches = signed - doubt <= EDGE_M
    return rows[touches], (signed + doubt <= 0.0)[touches]


def by_area(unit: str, added: Added, where: Within, titles: Mapping[str, str]) -> UnitAreas:
    """Return the counts of each area in which anything may have happened, by name."""
    columns = [added.least, added.most, added.least_before, added.most_before]
    grains = np.round(np.stack(columns) / GRAIN)
    placed = np.isin(added.place, np.unique(where.place))
    count = int(where.place.max()) + 1 if len(where.place) else 0
    sums = np.zeros((4, count))
    inside = placed & (added.place >= 0)
    for at in range(4):
        np.add.at(sums[at], added.place[inside], grains[at, inside])
    found = []
    for at, name in enumerate(where.areas):
        own = where.area == at
        every, certain = where.place[own], where.place[own & where.sure]
        least, before = sums[0, certain].sum(), sums[2, certain].sum()
        most, most_before = sums[1, every].sum(), sums[3, every].sum()
        if most or most_before:
            ends = (whole(float(end) * GRAIN) for end in (least, most, before, most_before))
            found.append(AreaCount(name, titles.get(name, name), *ends))
    nowhere = (whole(float(grains[at, ~placed].sum()) * GRAIN) for at in (1, 3))
    return UnitAreas(unit, tuple(found), (next(nowhere), next(nowhere)))
