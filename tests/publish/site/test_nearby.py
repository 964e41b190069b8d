"""Which place lies surely, or may lie, in which area."""

from __future__ import annotations

import pytest
import shapely

from holdfire.publish.maps import Layers
from holdfire.publish.site.nearby import by_area
from holdfire.publish.site.selection import Line, Place

WEST, EAST = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
LAND = shapely.box(-5, -5, 5, 5)
LAYERS = Layers(areas=(("west", WEST), ("east", EAST), ("land", LAND)))


def disk(lon: float, radius_m: float) -> Place:
    return Place(lon, 0.5, radius_m, ())


CASES = [
    ("well inside", disk(0.5, 2_000), {"west": "inside", "land": "inside"}),
    ("across the edge", disk(1.0, 20_000), {"west": "maybe", "east": "maybe", "land": "inside"}),
    ("wider than both", disk(1.0, 120_000), {"west": "wider", "east": "wider", "land": "inside"}),
    ("a named area", Place(None, None, None, ("west",)), {"west": "inside", "land": "inside"}),
    ("one of two", Place(None, None, None, ("east", "west")),
     {"west": "maybe", "east": "maybe", "land": "maybe"}),
    ("the land", Place(None, None, None, ("land",)),
     {"land": "inside", "west": "wider", "east": "wider"}),
    ("an area that is not known", Place(None, None, None, ("elsewhere",)), {}),
]  # fmt: skip


def line(number: int, place: int) -> Line:
    words = ("",) * 7
    return Line(
        f"F-{number}",
        f"F-{number}",
        f"I-{number}",
        "fire",
        "yes",
        None,
        None,
        *words,
        (),
        "",
        place,
    )


class Chosen:
    def __init__(self, place: Place) -> None:
        self.places = [place]
        self.lines = [line(1, 0)]


@pytest.mark.parametrize(("name", "place", "expected"), CASES, ids=[c[0] for c in CASES])
def test_by_area(name: str, place: Place, expected: dict[str, str]) -> None:
    found = {}
    for area in by_area(Chosen(place), LAYERS):  # type: ignore[arg-type]
        found[area.key] = "inside" if area.inside else "maybe"
    # An area of which only wider places are known has no page.
    assert found == {key: how for key, how in expected.items() if how != "wider"}


def test_wider_places_are_counted() -> None:
    chosen = Chosen(disk(0.5, 2_000))
    chosen.places.append(disk(0.5, 120_000))
    chosen.lines.append(line(2, 1))
    areas = {area.key: area for area in by_area(chosen, LAYERS)}  # type: ignore[arg-type]
    assert (len(areas["west"].inside), areas["west"].wider) == (1, 1)
