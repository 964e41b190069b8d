"""Make the SIMULATED case: zones, control files and reports, the same bytes every time.

Parties, places and events are invented; the land lies in open sea, off the equator south of
Ghana. Run it with ``python make.py`` to write into its own folder, or name another one.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 20240603
FIRST_DAY = datetime(2024, 5, 30)  # noqa: DTZ001 - local times; the timezone has a column
DAYS = 20
MISSING_DAY = "2024-06-09"
LINE_ONLY_DAY = "2024-06-14"
WEST, EAST, NORTH, SOUTH = 0.2, 2.8, -0.2, -1.8
SIMULATED = "SIMULATED"

Feature = dict[str, Any]
Row = dict[str, str]

COLUMNS = (
    "event_id", "occurred_at", "occurred_from", "occurred_to", "timezone", "reported_at",
    "lon", "lat", "radius_m", "area", "place", "place_precision", "act", "target", "weapon",
    "weapon_name", "circumstance", "actor", "responsibility", "responsibility_rule", "outlet",
    "outlet_side", "counting_unit", "quantity_unit", "quantity", "quantity_min", "quantity_best",
    "quantity_max", "intercepted", "deaths_min", "deaths_best", "deaths_max", "sensitive",
    "summary", "citation",
)  # fmt: skip

DISTRICTS = (
    ("aldermere", "Aldermere", 0, True), ("brackwater", "Brackwater", 1, True),
    ("cinderholm", "Cinderholm", 2, True), ("dunmarsh", "Dunmarsh", 0, False),
    ("elverton", "Elverton", 1, False), ("farrowby", "Farrowby", 2, False),
)  # fmt: skip
SITES = (
    ("northland-hospital", "Brackwater Hospital", 1.30, -0.93),
    ("southland-hospital", "Elverton Hospital", 1.70, -1.10),
    ("waterworks", "Marsh Waterworks", 2.20, -1.04),
)
OUTLETS = (
    ("SIMULATED Northland Army Bulletin", "northland"),
    ("SIMULATED Southland Staff", "southland"),
    ("SIMULATED Harbour Watch", "neutral"),
)


def feature(geometry: str, coordinates: object, **properties: object) -> Feature:
    """Return one GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def collection(features: list[Feature]) -> bytes:
    """Return a FeatureCollection, one feature a line."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    """Return the ring of a rectangle, counter-clockwise."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return [[[round(x, 4), round(y, 4)] for x, y in ring]]


def line_of(day: int) -> list[list[float]]:
    """Return the line of contact of a day: it bends, and its middle moves south day by day."""
    points = []
    for step in range(14):
        lon = WEST + step * (EAST - WEST) / 13
        bend = 0.04 * math.sin(step * 0.9)
        push = -0.004 * day * math.exp(-(((lon - 1.5) / 0.5) ** 2))
        points.append([round(lon, 4), round(-1.0 + bend + push, 4)])
    return points


def zones() -> dict[str, bytes]:
    """Return the areas of the case."""
    third = (EAST - WEST) / 3
    districts = []
    for key, name, column, north in DISTRICTS:
        west, east = WEST + column * third, WEST + (column + 1) * third
        ring = box(west, -1.0, east, NORTH) if north else box(west, SOUTH, east, -1.0)
        districts.append(feature("Polygon", ring, id=key, name=name, precision_m=500))
    # Two places of one name: a report that names it may mean either.
    for key, lon, lat in (("millford-north", 0.9, -1.0), ("millford-south", 1.2, -1.5)):
        ring = box(lon - 0.04, lat - 0.04, lon + 0.04, lat + 0.04)
        districts.append(feature("Polygon", ring, id=key, name="Millford"))
    sites = [feature("Point", [lon, lat], id=key, name=name) for key, name, lon, lat in SITES]
    road = [[1.5, -0.5], [1.52, -0.8], [1.48, -1.0], [1.5, -1.2], [1.55, -1.5]]
    theatre = box(WEST + 0.1, -1.35, EAST - 0.1, -0.65)
    free = box(2.05, -1.15, 2.35, -0.9)
    return {
        "zones/districts.geojson": collection(districts),
        "zones/protected-sites.geojson": collection(sites),
        "zones/relief-road.geojson": collection(
            [feature("LineString", road, id="relief-road-line", name="relief road (SIMULATED)")]
        ),
        "zones/theatre.geojson": collection(
            [feature("Polygon", theatre, id="theatre", name="theatre (SIMULATED)")]
        ),
        "zones/weapons-free-zone.geojson": collection(
            [feature("Polygon", free, id="weapons-free-zone", name="weapons-free zone (SIMULATED)")]
        ),
    }


def control() -> dict[str, bytes]:
    """Return who holds what, day by day: one day is missing, one has the line alone."""
    files = {}
    for day in range(DAYS):
        name = f"{FIRST_DAY + timedelta(days=day):%Y-%m-%d}"
        if name == MISSING_DAY:
            continue
        line = line_of(day)
        north = [*line, [EAST, NORTH], [WEST, NORTH], line[0]]
        south = [[WEST, SOUTH], [EAST, SOUTH], *reversed(line), [WEST, SOUTH]]
        features = [
            feature("Polygon", [north], party="northland", precision_m=300),
            feature("Polygon", [south], party="southland", precision_m=300),
        ]
        if name == LINE_ONLY_DAY:
            features = [feature("LineString", line, precision_m=1500)]
        files[f"control/{name}.geojson"] = collection(features)
    return files


class Maker:
    """Draws events; only ``random.random`` is used, which is the same in every version."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)  # noqa: S311 - no secret, the same again
        self.again = random.Random(SEED + 1)  # noqa: S311 - what is told twice moves nothing else
        self.one_outlet = False
        self.rows: list[Row] = []

    def between(self, low: float, high: float) -> float:
        """Return a number between two."""
        return low + (high - low) * self._random.random()

    def pick(self, *options: str) -> str:
        """Return one of some words."""
        return options[int(self._random.random() * len(options))]

    def moment(self) -> datetime:
        """Return a minute of the days of the case."""
        return FIRST_DAY + timedelta(minutes=int(self.between(0, DAYS * 1440 - 1)))

    def on_line(self, when: datetime, off_km: float) -> tuple[str, str]:
        """Return a point some kilometres from that day's line, on either side."""
        points = line_of((when - FIRST_DAY).days)
        lon = self.between(WEST + 0.2, EAST - 0.2)
        step = min(int((lon - WEST) / ((EAST - WEST) / 13)), 12)
        (x0, y0), (x1, y1) = points[step], points[step + 1]
        lat = y0 + (y1 - y0) * (lon - x0) / (x1 - x0) + off_km / 110.6 * self.between(-1, 1)
        return f"{lon:.4f}", f"{lat:.4f}"

    def add(self, **values: object) -> None:
        """Add a row, with an outlet drawn where none is given and all may be.

        What is written one by one is told by one outlet: each of these rows is another event.
        """
        row = {key: str(value) for key, value in values.items()}
        row.setdefault("event_id", f"SIM-{len(self.rows) + 1:04d}")
        row.setdefault("citation", f"SIMULATED, made by make.py: {row['event_id']}")
        drawn_outlet = OUTLETS[int(self._random.random() * 3)] if "outlet" not in row else None
        if drawn_outlet is not None:
            row["outlet"], row["outlet_side"] = OUTLETS[2] if self.one_outlet else drawn_outlet
        if not {"occurred_at", "occurred_from", "occurred_to"}.isdisjoint(row):
            row.setdefault("timezone", "UTC")
        row["summary"] = f"{SIMULATED}: {row.get('summary', 'invented event')}"
        self.rows.append(row)


def told_again(make: Maker, when: datetime) -> None:
    """Let another outlet tell of the last event: a day, a town near by and less of what it was."""
    row = dict(make.rows[-1])
    others = [one for one in OUTLETS if one[0] != row["outlet"]]
    outlet, side = others[int(make.again.random() * len(others))]
    off_lon, off_lat = (0.03 * (2 * make.again.random() - 1) for _ in range(2))
    act = row["act"] if make.again.random() < 0.5 else "combat"
    make.add(
        occurred_from=f"{when:%Y-%m-%d}", occurred_to=f"{when:%Y-%m-%d}",
        lon=f"{float(row['lon']) + off_lon:.4f}", lat=f"{float(row['lat']) + off_lat:.4f}",
        radius_m=8000, act=act, actor=row["actor"] if make.again.random() < 0.7 else "",
        outlet=outlet, outlet_side=side, summary=f"{row['event_id']}, told again",
    )  # fmt: skip


def drawn(make: Maker) -> None:
    """Add events that are drawn at random: exact ones and vague ones, of both sides."""
    for _ in range(150):
        when = make.moment()
        lon, lat = make.on_line(when, 16)
        make.add(
            occurred_at=f"{when:%Y-%m-%d %H:%M}", lon=lon, lat=lat,
            radius_m=make.pick("50", "500", "2000", "5000"),
            act=make.pick("artillery-fire", "mortar-fire", "small-arms-fire", "shelling",
                          "short-range-drone-strike", "ground-attack", "explosion", "combat"),
            actor=make.pick("Northland Army", "Southland Army", "Northland;Southland", ""),
        )  # fmt: skip
        if make.again.random() < 0.25:
            told_again(make, when)
    for _ in range(30):
        when = make.moment()
        hours = int(make.between(1, 14))
        low = int(make.between(1, 20))
        make.add(
            occurred_from=f"{when:%Y-%m-%d %H:%M}",
            occurred_to=f"{when + timedelta(hours=hours):%Y-%m-%d %H:%M}",
            area=make.pick(*(name for _, name, _, _ in DISTRICTS)),
            act=make.pick("long-range-drone-strike", "cruise-missile-strike", "missile-strike",
                          "drone-activity"),
            weapon=make.pick("missile", "one-way-drone", "any-weapon"),
            actor=make.pick("Northland", "Southland"), counting_unit="attack-row",
            quantity_unit="launch", quantity_min=low, quantity_best=low + 2,
            quantity_max=low + 5, intercepted=int(low / 2),
        )  # fmt: skip


def chosen(make: Maker) -> None:
    """Add events that are written one by one, each for a doubt or a clause of its own."""
    near = {"lon": "1.3000", "lat": "-0.9300", "radius_m": "100"}
    make.add(occurred_from="2024-06-03", occurred_to="2024-06-03", lon="1.0", lat="-1.0",
             radius_m="500", act="artillery-fire", actor="Northland",
             summary="the first day, hour not told")  # fmt: skip
    make.add(occurred_at="2024-06-03 05:59", lon="1.0", lat="-1.0", radius_m="100",
             act="mortar-fire", actor="Southland", summary="a minute before six")  # fmt: skip
    make.add(occurred_at="2024-06-03 06:00", lon="1.0", lat="-1.0", radius_m="100",
             act="mortar-fire", actor="Southland", summary="at six")  # fmt: skip
    make.add(occurred_at="2024-06-17 06:00", lon="1.0", lat="-1.0", radius_m="100",
             act="mortar-fire", actor="Southland", summary="the minute it ends")  # fmt: skip
    make.add(occurred_at="2024-06-05T14:30+02:00", act="combat", **near, actor="Southland",
             target="hospital", deaths_min=0, deaths_best=2, deaths_max=4, sensitive="yes",
             summary="at a protected site; time given with an offset")  # fmt: skip
    make.add(occurred_at="2024-06-06 11:00", lon="1.3000", lat="-0.9170", radius_m="400",
             act="artillery-fire", actor="Southland", summary="on the edge of a site")  # fmt: skip
    make.add(occurred_at="2024-06-06 12:00", lon="1.70", lat="-1.10", radius_m="10",
             act="occupying-civilian-site", actor="Southland", target="hospital")  # fmt: skip
    make.add(occurred_at="2024-06-07 23:30", lon="0.9", lat="-1.02", radius_m="200",
             act="small-arms-fire", actor="Northland", summary="at night")  # fmt: skip
    make.add(occurred_from="2024-06-08 20:00", occurred_to="2024-06-08 23:00", lon="0.9",
             lat="-1.02", radius_m="200", act="small-arms-fire", actor="Northland",
             summary="evening or night")  # fmt: skip
    make.add(occurred_at="2024-06-09 10:00", lon="1.9", lat="-1.0", radius_m="300",
             act="ground-attack", actor="Northland",
             summary="on the day without a control file")  # fmt: skip
    make.add(occurred_at="2024-06-14 10:00", lon="1.9", lat="-1.09", radius_m="300",
             act="ground-attack", actor="Southland",
             summary="on the day with the line alone")  # fmt: skip
    for hour, act in ((9, "combat"), (18, "combat"), (10, "blocking-aid"), (11, "any-act")):
        make.add(occurred_at=f"2024-06-10 {hour:02d}:00", lon="1.50", lat="-1.10",
                 radius_m="500", act=act, target="humanitarian", actor="Northland",
                 summary="on the relief road")  # fmt: skip
    for circumstance, act in (
        ("", "weapons-fire"), ("self-defence", "weapons-fire"), ("announced", "live-fire-exercise"),
        ("", "exercise"), ("", "weapon-presence"), ("self-defence", "weapon-presence"),
    ):  # fmt: skip
        make.add(occurred_at="2024-06-11 13:00", lon="2.20", lat="-1.00", radius_m="100", act=act,
                 circumstance=circumstance, actor="Southland", counting_unit="observation",
                 quantity_unit="weapon-item" if act == "weapon-presence" else "round",
                 quantity_min=1, summary="in the weapons-free zone")  # fmt: skip
    make.add(occurred_at="2024-06-12 12:00", lon="1.0", lat="-1.01", radius_m="100",
             act="weapon-presence", weapon="artillery-100mm-plus", actor="Northland",
             counting_unit="observation", quantity_unit="weapon-item", quantity=3)  # fmt: skip
    make.add(occurred_at="2024-06-12 12:00", lon="1.0", lat="-1.01", radius_m="100",
             act="weapon-presence", weapon="artillery", actor="Northland",
             counting_unit="observation", quantity_unit="weapon-item", quantity=2,
             summary="artillery of a calibre that is not told")  # fmt: skip
    make.add(occurred_at="2024-06-08 09:00", lon="1.0", lat="-1.01", radius_m="100",
             act="weapon-presence", weapon="artillery-100mm-plus", actor="Northland",
             counting_unit="observation", quantity_unit="weapon-item", quantity=1,
             summary="two days before the clause begins")  # fmt: skip
    make.add(occurred_at="2024-06-14 12:00", lon="1.0", lat="-1.01", radius_m="100",
             act="weapon-presence", weapon="artillery-100mm-plus", actor="Northland",
             counting_unit="observation", quantity_unit="weapon-item", quantity=2,
             summary="on the day with the line alone, which does not say who is on which side",
             )  # fmt: skip
    make.add(occurred_at="2024-06-13 09:00", lon="0.8", lat="-1.0", radius_m="300",
             act="artillery-fire", circumstance="self-defence", actor="Northland",
             summary="said to have returned fire")  # fmt: skip
    make.add(occurred_at="2024-06-13 09:30", lon="0.8", lat="-1.0", radius_m="300",
             act="controlled-detonation", actor="Southland", summary="mines cleared")  # fmt: skip
    make.add(occurred_at="2024-06-13 10:00", lon="0.8", lat="-1.0", radius_m="300",
             act="combat", actor="Eastland Volunteers", summary="an outsider")  # fmt: skip
    make.add(occurred_at="2024-06-13 10:30", lon="0.8", lat="-1.0", radius_m="300", act="combat",
             actor="Eastland Volunteers;Southland", summary="an outsider or a party")  # fmt: skip
    make.add(occurred_at="2024-06-13 11:00", lon="0.8", lat="-1.0", radius_m="300", act="combat",
             actor="men without insignia", summary="a name nobody declared")  # fmt: skip
    make.add(occurred_at="2024-06-13 12:00", lon="0.8", lat="-1.0", radius_m="300", act="combat",
             actor="Northland;Southland", responsibility="disputed",
             summary="each side names the other")  # fmt: skip
    make.add(occurred_at="2024-06-13 13:00", lon="0.8", lat="-0.95", radius_m="300",
             act="artillery-fire", actor="Southland", responsibility="inferred",
             responsibility_rule="fell on land that Northland holds, within range from the other",
             )  # fmt: skip
    make.add(occurred_at="2024-06-15 08:00", area="Millford", act="combat", actor="Southland",
             summary="a name that two places have")  # fmt: skip
    make.add(occurred_at="2024-06-15 08:30", area="the north-west", act="combat",
             actor="Southland", summary="a district by another name")  # fmt: skip
    make.add(occurred_at="2024-06-15 09:00", place="Old Quay", act="combat", actor="Southland",
             summary="a place that nobody knows")  # fmt: skip
    make.add(occurred_from="2024-06-01", occurred_to="2024-06-30", area="Cinderholm",
             act="combat", actor="Northland", counting_unit="claim",
             quantity_unit="claimed-violation", quantity_min=120,
             outlet=OUTLETS[1][0], outlet_side="southland",
             summary="more than 120 violations claimed for the month")  # fmt: skip
    make.add(occurred_from="2024-06-10", lon="1.1", lat="-1.01", radius_m="300",
             act="combat", actor="Northland", summary="not before 10 June")  # fmt: skip
    make.add(occurred_at="2024-06-16 07:00", lon="1.1", lat="-1.01", radius_m="40000",
             act="shelling", actor="Northland",
             place_precision="plus or minus 40 km")  # fmt: skip
    make.add(occurred_at="2024-06-16 08:00", lon="2.2", lat="-0.3", radius_m="100",
             act="ballistic-missile-strike", weapon="missile", weapon_name="SIMULATED rocket",
             actor="Southland", target="power-plant", counting_unit="attack-row",
             quantity_unit="launch", quantity=1)  # fmt: skip
    make.add(occurred_at="2024-06-16 09:00", lon="0.5", lat="-0.9", radius_m="5000",
             act="warning", actor="", counting_unit="alert-interval",
             summary="an alert, which is no strike")  # fmt: skip


def spoilt(make: Maker) -> None:
    """Add rows that cannot be used: each must be set aside with its reason, and counted."""
    fine = {"lon": "1.0", "lat": "-1.0", "radius_m": "100", "act": "combat", "actor": "Northland"}
    make.add(**{**fine, "occurred_at": "2024-06-31 10:00"}, summary="no day of the calendar")
    make.add(**{**fine, "occurred_at": "half past ten"}, summary="no time")
    make.add(**{**fine, "lat": "91.5"}, occurred_at="2024-06-04 10:00", summary="beyond the pole")
    make.add(**{**fine, "lon": "one"}, occurred_at="2024-06-04 10:00", summary="no number")
    make.add(**{**fine, "radius_m": "-5"}, occurred_at="2024-06-04 10:00", summary="radius")
    make.add(**{**fine, "act": "missle-strike"}, occurred_at="2024-06-04 10:00", summary="act")
    make.add(**fine, occurred_from="2024-06-05 10:00", occurred_to="2024-06-04 10:00",
             summary="ends before it begins")  # fmt: skip
    make.add(**fine, occurred_at="2024-06-04 10:00", quantity_min=9, quantity_max=3,
             quantity_unit="round", summary="figures in the wrong order")  # fmt: skip
    make.add(**fine, occurred_at="2024-06-04 10:00", counting_unit="heap", summary="unit")
    make.add(act="combat", actor="Northland", summary="neither time nor place")


SPOILT = 10
"""How many rows of the table are meant to be set aside."""


def table() -> bytes:
    """Return the CSV table of reports."""
    make = Maker()
    drawn(make)
    make.one_outlet = True
    chosen(make)
    spoilt(make)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(make.rows)
    return out.getvalue().encode()


def points() -> bytes:
    """Return reports as GeoJSON: points with a radius, and an outline of where it happened."""
    make = Maker()
    features = []
    for index in range(24):
        when = make.moment()
        lon, lat = make.on_line(when, 8)
        outlet, side = OUTLETS[index % 3]
        features.append(
            feature(
                "Point", [float(lon), float(lat)], event_id=f"SIM-G{index + 1:03d}",
                occurred_at=f"{when:%Y-%m-%dT%H:%M:%S}Z", radius_m=250,
                act=make.pick("shelling", "tank-fire", "air-strike"),
                actor=make.pick("Northland", "Southland"), outlet=outlet, outlet_side=side,
                summary=f"{SIMULATED}: invented event", citation="SIMULATED, made by make.py",
            )
        )  # fmt: skip
    features.append(
        feature(
            "Polygon", box(1.45, -1.12, 1.52, -1.05), event_id="SIM-G025",
            occurred_at="2024-06-12T09:15:00Z", act="restricting-access", actor="Southland",
            outlet=OUTLETS[2][0], outlet_side="neutral",
            summary=f"{SIMULATED}: convoy stopped somewhere in this area",
            citation="SIMULATED, made by make.py",
        )
    )  # fmt: skip
    return collection(features)


def build() -> dict[str, bytes]:
    """Return every file that this script makes, by its path within the case."""
    return {
        **zones(),
        **control(),
        "reports/simulated-reports.csv": table(),
        "reports/simulated-points.geojson": points(),
    }


def main() -> None:
    """Write the files into the folder named, or into this script's own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, content in build().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
