"""Counts of named areas: whole disks, touching ones, places known by name only."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from holdfire.engines.shape import Shape
from holdfire.measure.areas import Added, Located, by_area, within
from holdfire.tables.areas import AreaCount

WEST, EAST = shapely.box(30, 46, 31, 47), shapely.box(31, 46, 32, 47)
SHAPES = {
    "west": Shape(WEST, 31.0), "east": Shape(EAST, 31.0, 2_000.0),
    "all": Shape(shapely.box(30, 46, 32, 47), 31.0),
    "far": Shape(shapely.box(50, 46, 51, 47), 51.0),
}  # fmt: skip
KM = 1_000.0
NAN = float("nan")
Row = tuple[float, float, float, str | None]


def located(*rows: Row) -> Located:
    lon, lat, radius = (np.array([row[at] for row in rows], dtype=np.float64) for at in range(3))
    return Located(lon, lat, radius, [row[3] for row in rows])


def may(row: Row) -> dict[str, bool]:
    """Return the areas that a place may lie in, and whether it surely does."""
    found = within(located(row), SHAPES)
    return {
        found.areas[area]: bool(sure) for area, sure in zip(found.area, found.sure, strict=True)
    }


CASES: dict[str, tuple[Row, dict[str, bool]]] = {
    "well within": ((30.5, 46.5, 5 * KM, None), {"west": True, "all": True}),
    "touches the border": (
        (30.99, 46.5, 5 * KM, None), {"west": False, "east": False, "all": True},
    ),
    "a point near an outline known to 2 km": (
        (31.02, 46.5, 0.0, None), {"east": False, "all": True},
    ),
    "a point well beyond that": ((31.04, 46.5, 0.0, None), {"east": True, "all": True}),
    "a point 0.3 m beyond an edge that is a chord": (
        (30.5, 47.0 + 0.3 / 111_000, 0.0, None), {"west": False, "all": False},
    ),
    "outside": ((30.5, 47.5, 5 * KM, None), {}),
    "outside, and vague": (
        (30.5, 47.5, 100 * KM, None), {"west": False, "east": False, "all": False},
    ),
    "a full turn further": ((390.5, 46.5, 5 * KM, None), {"west": True, "all": True}),
    "by its name": ((NAN, NAN, NAN, "west"), {"west": True, "all": True}),
    "by a name it lies within": (
        (NAN, NAN, NAN, "all"), {"all": True, "west": False, "east": False},
    ),
    "one of two names": (
        (NAN, NAN, NAN, "west|east"), {"all": True, "west": False, "east": False},
    ),
    "a name that is no area here": ((NAN, NAN, NAN, "elsewhere"), {}),
    "a point goes before a name": ((30.5, 46.5, 5 * KM, "east"), {"west": True, "all": True}),
    "nothing known": ((NAN, NAN, NAN, None), {}),
    "a point without a radius": ((30.5, 46.5, NAN, None), {}),
}  # fmt: skip


@pytest.mark.parametrize(("row", "areas"), CASES.values(), ids=CASES)
def test_within(row: Row, areas: dict[str, bool]) -> None:
    assert may(row) == areas


def added(**columns: Any) -> Added:
    count = len(columns["place"])
    least, most, least_before, most_before = (
        np.array(columns.get(name, np.zeros(count)), dtype=np.float64)
        for name in ("least", "most", "least_before", "most_before")
    )
    place = np.array(columns["place"], dtype=np.int64)
    return Added(place, least, most, least_before, most_before)


def test_counts() -> None:
    where = within(located(
        (30.5, 46.5, 5 * KM, None), (30.99, 46.5, 5 * KM, None), (30.5, 47.5, 0.0, None)
    ), SHAPES)  # fmt: skip
    found = by_area(
        "incident",
        added(place=[0, 0, 1, 2, -1], least=[1, 0, 1, 1, 1], most=[1, 1, 1, 1, 1],
              least_before=[0, 0, 1, 0, 0], most_before=[0, 0, 1, 0, 2]),
        where, {"west": "The West"},
    )  # fmt: skip
    assert found.areas == (
        AreaCount("all", "all", 2, 3, 1, 1),
        AreaCount("east", "east", 0, 1, 0, 1),
        AreaCount("west", "The West", 1, 3, 0, 1),
    )
    assert found.nowhere == (2, 2)


def test_part_of_an_incident_is_one() -> None:
    where = within(located((30.5, 46.5, 5 * KM, None)), SHAPES)
    found = by_area("incident", added(place=[0] * 3, least=[0.1] * 3, most=[0.5] * 3), where, {})
    assert [(one.certain, one.possible) for one in found.areas] == [(1, 2), (1, 2)]


def test_nothing_happened() -> None:
    where = within(located(), SHAPES)
    found = by_area("incident", added(place=[-1], most=[1]), where, {})
    assert (found.areas, found.nowhere) == ((), (1, 0))
