"""Small builders: incidents as rows of facts, clauses as few lines of TOML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import shapely
from pyproj import Geod

from holdfire.assess import Compiled, Geography, assess, compile_agreement
from holdfire.engines.ground import ControlDay, Ground
from holdfire.engines.shape import Shape, from_geometry
from holdfire.tables import incident
from holdfire.terms.loading import load
from holdfire.terms.vocabulary import shipped_vocabularies

GEOD = Geod(ellps="WGS84")
REPORTED = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
AREAS = {
    "square": shapely.box(30, 45, 32, 47),
    "inner": shapely.box(30.5, 45.5, 31.0, 46.0),
    "straddling": shapely.box(31, 46, 33, 48),
    "elsewhere": shapely.box(60, 10, 61, 11),
    "next-door": shapely.box(32.05, 46.0, 32.2, 46.2),
    "tall-next-door": shapely.box(32.05, 45.2, 32.2, 46.8),
    "at-the-edge": shapely.box(31.7, 46.0, 31.99, 46.3),
    "north-of-route": shapely.box(30.2, 45.2, 31.8, 45.9),
    "theatre": shapely.box(20, 40, 40, 55),
    "site": shapely.points(31.0, 46.0),
    "route": shapely.linestrings([[30, 45], [32, 45]]),
}
HEADING = """
[agreement]
id = "test"
title = "Test"
conflict = "test"
local_time = "{local_time}"
[[texts]]
id = "text"
citation = "A text"
[[parties]]
id = "red"
names = {{ en = "Red" }}
[[parties]]
id = "blue"
names = {{ en = "Blue" }}
[in_effect]
from = {start}
"""


def area(geometry: Any, precision_m: float = 0.0) -> Shape:
    return from_geometry(geometry, precision_m)[0]


def control(day: int, edge: float, version: str | None = None, month: int = 3) -> ControlDay:
    """Red holds everything east of a meridian."""
    held = {"red": area(shapely.box(edge, 40, 40, 55))}
    return ControlDay(date(2025, month, day), version or f"{month}-{day}", held)


def ground(*days: ControlDay) -> Ground:
    return Ground({name: area(geometry) for name, geometry in AREAS.items()}, list(days))


def compiled(
    clause: str, *, start: str = "2025-03-10T00:00:00", end: str = 'at = 2025-03-20T00:00:00',
    local_time: str = "UTC", over: Ground | None = None, extra: str = "",
) -> Compiled:  # fmt: skip
    """Compile an agreement of one clause (or the clauses given)."""
    text = HEADING.format(start=start, local_time=local_time)
    text += f"[ends]\n{end}\n" if end else ""
    text += extra
    head = '[[clauses]]\nid = "c"\ntitle = "C"\nwording = "w"\n'
    text += clause if "[[clauses]]" in clause else head + clause
    words = shipped_vocabularies()
    loaded = load(text, words, set(AREAS))
    assert loaded.problems == (), loaded.problems
    assert loaded.agreement is not None
    geography = Geography(over or ground(), loaded.agreement.zones, {name: name for name in AREAS})
    return compile_agreement(loaded.agreement, words, geography, reported=REPORTED)


def facts(**given: Any) -> dict[str, Any]:
    """An incident that violates a plain clause for certain, but for what is given."""
    row: dict[str, Any] = dict.fromkeys(incident.SCHEMA.names)
    row.update(
        incident_id="I-1", report_ids=["R-1"], outlets=["O"], outlet_sides=["neutral"],
        occurred_from=datetime(2025, 3, 12, 10, tzinfo=UTC),
        occurred_to=datetime(2025, 3, 12, 11, tzinfo=UTC),
        lon=31.0, lat=46.0, radius_m=100.0, act="shelling", target="housing", weapon="mlrs",
        actors=["red"], responsibility="reported", counting_unit="incident",
    )  # fmt: skip
    row.update(given)
    return row


def batch(*rows: Mapping[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=incident.SCHEMA)


def findings(made: Compiled, *rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for one in assess(made, batch(*rows)) for row in one.to_pylist()]


def verdict(made: Compiled, question: str = "verdict", **given: Any) -> str:
    """The one answer to one question about one incident."""
    found = findings(made, facts(**given))
    assert len(found) == 1
    return str(found[0][question])


START, END = datetime(2025, 3, 10, tzinfo=UTC), datetime(2025, 3, 20, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LINE = '{ line_of_contact = { within_km = 20, theatre = "theatre" } }'


def east_of(lon: float, lat: float, metres: float) -> tuple[float, float]:
    """The point so many metres east of another."""
    east: tuple[float, float] = GEOD.fwd(lon, lat, 90.0, metres)[:2]
    return east


PLAIN = 'acts = ["combat"]\n'
