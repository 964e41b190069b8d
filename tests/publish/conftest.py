"""An invented ceasefire between two invented parties, big enough to lay out a page with."""

# ruff: noqa: E501

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
import shapely

from holdfire.publish.bulletin import Layers
from holdfire.tables import finding, incident, report, sides
from holdfire.tables.answer import (
    Answer,
    ClauseAnswer,
    DayTally,
    FileRead,
    PartyTally,
    Tally,
    Told,
)  # fmt: skip
from holdfire.tables.areas import AreaCount, UnitAreas
from holdfire.tables.cells import Cell, CellCount, CellQuiet, Hotspots, UnitCells
from holdfire.tables.measured import Bounded, Lateness, Measured, Provisional

START = datetime(2031, 5, 1, tzinfo=UTC)
PARTIES = {"north": "Northland", "south": "Southland"}


@dataclass(frozen=True)
class Case:
    answer: Answer
    findings: pa.Table
    incidents: pa.Table
    reports: pa.Table
    set_aside: pa.Table
    layers: Layers
    provenance: dict[str, Any]


def tally(unit: str, low: float, high: float | None, before: float, before_high: float) -> Tally:
    return Tally(unit, low, high, before, before_high)


def measured(**changes: Any) -> Measured:
    """Return the measures of a clause: most with a figure, some refused."""
    made = Measured(
        unit="incident",
        sentence="Incidents fell to between 1.46 and 2.25 a day, from between 4.2 and 5.8.",
        days=("2031-05-01", "2031-05-28"), baseline=("2031-04-01", "2031-04-28"),
        days_in_effect=26, baseline_days=28, per_day=(1.46, 2.25), before_per_day=(4.2, 5.8),
        ratio=Bounded(0.2011, 0.7049), ratio_widest=Bounded(0.11, 1.02), ratio_certain=Bounded(0.25, 0.49, 0.35),
        ratio_possible=Bounded(0.3, 0.6, 0.42), level=Bounded(0.2, 0.9, 0.44),
        slope=Bounded(refused="the series is shorter than eight weeks"),
        rank=Bounded(0.957, 0.981), dates_tried=211, complete_after=Bounded(3.0, 3.0),
        provisional=(
            Provisional("2031-05-27", 0.918, (2.0, 4.5), Bounded(2.0, 6.2)),
            Provisional("2031-05-28", 0.604, (1.0, 2.0), Bounded(refused="too few reports")),
        ),
        all_of_them=Bounded(57.3, None), if_missed=((0.02, 61.2), (0.1, 55.0)), told_once=(23, 41),
        first_h=Bounded(3.166, 27.8), since_last_h=Bounded(4.0, 4.0),
        longest_quiet_h=Bounded(18.01, None), onset=Bounded(0.5, 0.75),
        collapse=Bounded(refused="it has not ended"), vague=2.0,
        median_quiet_h=Bounded(2.9, 11.04),
        quiet_longer=((24, Bounded(0.021, 0.299)), (72, Bounded(refused="4 quiet spells ended"))),
    )  # fmt: skip
    return replace(made, **changes)


def unit_cells() -> UnitCells:
    def counted(certain: int, possible: int) -> CellCount:
        return CellCount(certain, possible, (float(certain), float(possible)))

    def cell(name: str, lon: float, now: CellCount, before: CellCount, found: Any) -> Cell:
        return Cell(name, lon, -38.9, now, before, (1.0, 2.0), (0.5, None), 0.01, 0.03, found)

    return UnitCells("incident", Hotspots(
        5, "by", 2,
        (
            cell("85bb2c57fffffff", 175.31, counted(9, 12), counted(8, 11), "no change found"),
            cell("85bb2c5bfffffff", 175.92, counted(1, 2), counted(14, 19), "fell"),
            cell("85bb2c4ffffffff", 176.44, counted(0, 1), counted(0, 1), "too few"),
        ),
        (3, 1), (2, 0),
    ), quiet=(CellQuiet("85bb2c57fffffff", Bounded(30.5, 54.01), Bounded(9, 9), Bounded(1, 2)),))  # fmt: skip


def unit_areas() -> UnitAreas:
    return UnitAreas("incident", (
        AreaCount("bay", "Long Bay", 2, 9, 5, 6), AreaCount("west", "Western Hills", 11, 14, 30, 41),
    ), (7, 3))  # fmt: skip


def who_says_what() -> sides.Sides:
    of = ("fire", "calendar")
    return sides.Sides(
        accused=(
            sides.Accused(*of, "incident", "south", "north", "reported", 12, 19),
            sides.Accused(*of, "incident", "north", "south", "reported", 9, 21),
            sides.Accused(*of, "incident", "neutral", None, "unknown", 1, 1),
        ),
        alone=(sides.Alone(*of, "incident", "north", (4, 9), (18, 25)),),
        agreement=(
            sides.Agreement(*of, "incident", ("north", "south"), (("south",), ("south",)), 2, 3),
            sides.Agreement(*of, "incident", ("north", "south"), (("south",), ("north",)), 1, 1),
            sides.Agreement(*of, "incident", ("neutral", "north"), ((), ("south",)), 0, 2),
            sides.Agreement(*of, "incident", ("neutral", "south"), ((), ()), 0, 1),
        ),
        totals=(
            sides.Totals(*of, "north", "south", "claimed-violation", 1, (2935.0, 2935.0),
                         (("incident", 9, 21),)),
            sides.Totals(*of, "south", "north", None, 1, (0.0, None), ()),
        ),
    )  # fmt: skip


def fire_clause() -> ClauseAnswer:
    rng = random.Random(7)  # noqa: S311
    days = []
    for at in range(-28, 28):
        possible = rng.choice([0, 0, 1, 2, 3, 5, 8]) + (4 if at < 0 else 0)
        certain = rng.randint(possible // 2, possible) if possible else 0
        day = (START + timedelta(days=at)).date().isoformat()
        period = "window" if at >= 0 else "before"
        days.append(DayTally(day, "incident", certain, possible, period))
        days.append(DayTally(day, "round", certain * 7, possible * 9, period))
    return ClauseAnswer(
        clause="fire", title="No fire across the line", citation="Protocol of Exampleton, article 2",
        wording="The parties shall cease all fire across the line of contact.",
        reading="calendar", reading_title="28 calendar days", held_by=("north",),
        informed=True, vague=0, starts="2031-05-01T00:00:00+12:00", ends="2031-05-29T00:00:00+12:00",
        before_starts="2031-04-03T00:00:00+12:00", before_ends="2031-05-01T00:00:00+12:00", days=28.0, before_days=28.0,
        tallies=(tally("incident", 41, 63, 120, 160), tally("round", 287, None, 900, 1400)),
        by_party=(
            PartyTally("north", "reported", tally("incident", 18, 25, 50, 70)),
            PartyTally("south", "reported", tally("incident", 15, 28, 52, 71)),
            PartyTally("south", "inferred", tally("incident", 2, 3, 4, 5)),
            PartyTally(None, "disputed", tally("incident", 3, 4, 9, 9)),
            PartyTally(None, "unknown", tally("incident", 0, 3, 5, 5)),
            PartyTally("north", "reported", tally("round", 150, None, 500, 700)),
        ),
        by_day=tuple(days), quiet_days_min=5, quiet_days_max=9,
        first_certain="2031-05-02T03:10:00+12:00", first_possible="2031-05-01T22:00:00+12:00",
        told_by=(Told("Joint Monitors", "neutral", 44), Told("Northland Gazette", "north", 21),
                 Told("Southland Radio", "south", 19), Told("an anonymous channel", None, 2)),
        undecided_by=(("place", 14), ("act", 6), ("time", 2)), stalest_days=3,
        caveats=("Rounds are claims of the side that was fired at.",),
        measured=(measured(),), cells=(unit_cells(),), areas=(unit_areas(),),
    )  # fmt: skip


def sea_clause() -> ClauseAnswer:
    return replace(
        fire_clause(), clause="sea", title="No attack on ships", informed=False, vague=5,
        tallies=(), by_party=(), by_day=(), told_by=(), undecided_by=(), caveats=(),
        quiet_days_min=None, quiet_days_max=None, stalest_days=None, reading="calendar",
        measured=(), cells=(), areas=(),
    )  # fmt: skip


def answer(**changes: Any) -> Answer:
    made = Answer(
        agreement="exampleton-2031", title="The 28-day ceasefire of Exampleton", status="ended",
        status_sentence="accepted by Northland and Southland; in effect from 1 to 28 May 2031",
        counterfactual=False, simulated=True, local_time="Pacific/Auckland", party_names=PARTIES,
        clauses=(fire_clause(), sea_clause(), replace(
            fire_clause(), reading="hours", reading_title="672 hours", held_by=("south",),
            tallies=(tally("incident", 41, 64, 120, 160), tally("round", 287, None, 900, 1400)))),
        readings=(("calendar", "28 calendar days", ("north",)), ("hours", "672 hours", ("south",))),
        reading_differences=(),
        files=(FileRead("reports/monitors.csv", "3f" * 32, "own", 90, 86, 4),
               FileRead("reports/holiday.xlsx", "a1" * 32, None, 0, 0, 0,
                        "tried own, ucdp_ged, acled")),
        set_aside_kinds=(("date not understood", 3), ("latitude beyond 90", 1)), rows=90, used=86,
        unknown_places=(("Old Mill", 4), ("the bridge", 1)), unknown_actors=(("men in black", 2),),
        assumptions=("Dates without a time are whole days in Pacific/Auckland.",
                     "A named town is a disk of 5 km."),
        texts=("Protocol of Exampleton, 30 April 2031",),
        sides=who_says_what(),
        lateness=(
            Lateness("Joint Monitors", 44, 1, Bounded(4, 4, 4)),
            Lateness(None, 2, None, Bounded(refused="known of 2 only")),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def rows(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return findings, incidents and reports as rows, in a fixed pseudo-random order."""
    rng = random.Random(11)  # noqa: S311
    findings, incidents, reports = [], [], []
    for at in range(count):
        when = START + timedelta(minutes=rng.randrange(28 * 24 * 60))
        sure = rng.random() < 0.6
        area = (
            "Western Hills" if at % 11 == 0 else "Western Hills|Long Bay" if at % 13 == 0 else None
        )
        lon = None if area else 175.2 + rng.random() * 2.2 + (1.0 if at % 5 == 0 else 0)
        side = rng.choice(list(PARTIES))
        facts = {
            "occurred_from": when, "occurred_to": when + timedelta(hours=1 if sure else 24),
            "time_precision": "hour", "lon": lon, "lat": None if area else -39.6 + rng.random() * 1.8,
            "radius_m": None if area else rng.choice([500.0, 2000.0, 5000.0, 15000.0]), "area": area,
            "place_name": rng.choice(["Ford", "Upper Weir", "Lighthouse", "Kiln Farm"]),
            "act": "shelling" if sure else "explosion", "weapon_name": "mortar" if sure else None,
            "actors": [side] if sure else sorted(PARTIES), "responsibility": "reported",
            "counting_unit": "incident", "quantity_unit": "round", "quantity_min": 2.0,
            "quantity_best": 4.0, "quantity_max": 6.0 if sure else None, "deaths_best": at % 3,
            "summary": "Several rounds were heard near the crossing, and smoke was seen.",
            "republish": True, "sensitive": False,
        }  # fmt: skip
        incidents.append({
            "incident_id": f"I-{at:05d}", "report_ids": [f"R-{at:05d}"],
            "outlets": ["Joint Monitors"], "outlet_sides": ["neutral"], **facts})  # fmt: skip
        reports.append({
            "report_id": f"R-{at:05d}", "source": "own", "file": "reports/monitors.csv",
            "file_sha256": "3f" * 32, "row": at + 2, "raw": '{"row": "as read"}',
            "outlet": "Joint Monitors", "outlet_side": "neutral", "event_id": f"JM-{at}",
            "reported_at": when + timedelta(hours=6),
            "citation": "https://example.org/daily/17" if at % 2 else "Daily note 17", **facts,
        })  # fmt: skip
        findings.append({
            "finding_id": f"F-{at:05d}", "incident_id": f"I-{at:05d}", "clause": "fire",
            "reading": "calendar", "verdict": "yes" if sure else "unknown", "verdict_before": "no",
            "time": "yes", "place": "yes", "act": "yes" if sure else "unknown", "target": "yes",
            "actor": "yes", "permitted": "no", "time_before": "no", "decided_by": "act",
            "reason": "The act is shelling, a kind of fire that the clause prohibits." if sure else
            "An explosion is broader than fire: it may have been a mine or an accident.",
            "edge_m": -3120.0, "held_responsible": side if sure else None,
            "responsibility": "reported", "grade": "single source",
            "occurred_from": facts["occurred_from"], "occurred_to": facts["occurred_to"],
            "actors": facts["actors"], "counting_unit": "incident", "quantity_unit": "round",
            "quantity_min": 2.0, "quantity_best": 4.0, "quantity_max": facts["quantity_max"],
        })  # fmt: skip
    return findings, incidents, reports


def tables(count: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    findings, incidents, reports = rows(count)
    return (
        pa.Table.from_pylist(findings, finding.SCHEMA),
        pa.Table.from_pylist(incidents, incident.SCHEMA),
        pa.Table.from_pylist(reports, report.SCHEMA),
    )


def set_aside() -> pa.Table:
    bad = [
        {"file": "reports/monitors.csv", "row": 88, "kind": "date not understood", "raw": "{}",
         "reason": 'date "31.02.2031" is no day of the calendar'},
        {"file": "reports/monitors.csv", "row": 12, "kind": "latitude beyond 90", "raw": "{}",
         "reason": "latitude 348.1 is beyond 90: are longitude and latitude exchanged?"},
    ]  # fmt: skip
    return pa.Table.from_pylist(bad, report.SET_ASIDE)


def layers() -> Layers:
    zone = shapely.LineString([(175.0, -39.2), (176.2, -38.7), (177.6, -38.9)]).buffer(0.35)
    west = shapely.box(174.9, -39.6, 175.6, -38.9)
    bay = shapely.box(177.0, -39.9, 178.0, -39.3)
    line = shapely.LineString([(175.0, -39.2), (176.2, -38.7), (177.6, -38.9)])
    return Layers(
        zones=(("35 km each side of the line", zone),),
        areas=(("Western Hills", west), ("Long Bay", bay)),
        control=("30 April 2031", line),
    )


def make_case(count: int = 60, **changes: Any) -> Case:
    return Case(
        answer(**changes), *tables(count), set_aside(), layers(),
        {"version": "0.1.0", "agreement_sha256": "c4" * 32, "settings": {"grid_m": 1000},
         "withheld": {"reports marked sensitive": 2},
         "contact": "corrections@example.org"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def case() -> Case:
    return make_case()
