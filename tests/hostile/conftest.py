"""A small valid case that each test spoils in one way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AGREEMENT = """\
[agreement]
id = "small"
title = "A small ceasefire"
conflict = "North and South"
local_time = "Europe/Kyiv"

[[texts]]
id = "text"
citation = "Somebody, something, somewhere, 2025"

[[parties]]
id = "north"
names = { en = "North" }
aliases = ["Army of North"]

[[parties]]
id = "south"
names = { en = "South" }

[[accepted]]
party = "north"
on = 2025-01-01
text = "text"

[in_effect]
from = 2025-01-02T00:00:00

[ends]
after = "30 days"

[zones]
near = { line_of_contact = { within_km = 20, theatre = "land" } }
round-town = { buffer = { around = "town", metres = 5_000 } }

[[clauses]]
id = "fire"
title = "no fire"
wording = "The parties cease fire."
text = "text"
acts = ["combat"]
binds = ["north", "south"]
zone = "near"

[[clauses]]
id = "night"
title = "no fire at night"
wording = "Nights are quiet."
acts = ["shelling"]
zone = { area = "land" }
windows = [
  { from = 2025-01-03, to = 2025-01-05 },
  { from = 2025-01-10, to = 2025-01-12 },
]
hours = [{ from = "22:00", to = "06:00", days = ["mon", "tue"] }]

[[clauses.permits]]
wording = "Fire may be returned."
circumstances = ["self-defence"]
when_unsaid = "no"

[[clauses.readings]]
id = "wide"
title = "wherever it is"
held_by = ["south"]
zone = "anywhere"
"""

GOOD_ROWS = (
    "occurred_at,timezone,lon,lat,radius_m,act,actor",
    "2025-01-04 23:00,Europe/Kyiv,31.0,48.5,100,shelling,North",
    "2025-01-04,Europe/Kyiv,30.5,48.2,5000,explosion,South",
    "2025-01-20 12:00,Europe/Kyiv,31.4,48.9,0,shelling,",
)


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*ring: list[float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(ring)]}


def collection(*features: Any, **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


LAND = collection(feature(polygon(*square(30, 48, 32, 50)), name="Land"))
TOWN = collection(feature({"type": "Point", "coordinates": [31.2, 48.6]}, name="Town"))
HELD = collection(feature(polygon(*square(31, 48, 32, 50)), party="south"))

Spoil = Callable[[], Path]


def make(folder: Path) -> Path:
    """Write the small valid case into a folder."""
    for name in ("zones", "control", "reports"):
        (folder / name).mkdir(parents=True)
    (folder / "agreement.toml").write_text(AGREEMENT, encoding="utf-8")
    (folder / "zones" / "land.geojson").write_text(LAND, encoding="utf-8")
    (folder / "zones" / "town.geojson").write_text(TOWN, encoding="utf-8")
    (folder / "control" / "2025-01-01.geojson").write_text(HELD, encoding="utf-8")
    (folder / "reports" / "good.csv").write_text("\n".join(GOOD_ROWS) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make(tmp_path / "case")
