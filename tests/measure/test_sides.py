"""Who says what: sides, whom they accuse, whether they agree, what they claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.sides import sides
from holdfire.tables import finding, incident, report
from holdfire.tables.sides import Accused, Agreement, Alone, Sides, Totals

NOON = datetime(2025, 3, 20, 12, tzinfo=UTC)
Row = dict[str, Any]
Told = tuple[str | None, list[str] | None]
"""One report: the side of its outlet, and whom it names."""


def world(*happened: Row) -> tuple[list[Row], list[Row], list[Row]]:
    """Return findings, incidents and reports of incidents, each given by what it is about.

    ``told`` are its reports; the finding's facts are given as its columns.
    """
    findings, incidents, reports = [], [], []
    for at, facts in enumerate(happened):
        given = dict(facts)
        told: list[Told] = given.pop("told")
        said: list[str] = given.pop("said", ["reported"] * len(told))
        rows = [
            {
                "report_id": f"R-{at}-{number}", "outlet": f"Radio {side}", "outlet_side": side,
                "actors": actors, "responsibility": how,
            }
            for number, ((side, actors), how) in enumerate(zip(told, said, strict=True))
        ]  # fmt: skip
        outlets = list(dict.fromkeys((row["outlet"], row["outlet_side"]) for row in rows))
        both = {"outlets": [one for one, _ in outlets], "outlet_sides": [one for _, one in outlets]}
        named = {name for _, actors in told for name in actors or ()}
        accused = next(iter(named)) if len(named) == 1 else None
        reports += rows
        incidents.append(
            {"incident_id": f"I-{at}", "report_ids": [row["report_id"] for row in rows], **both}
        )
        findings.append({
            "finding_id": f"F-{at}", "incident_id": f"I-{at}", "clause": "strikes",
            "reading": "plain", "verdict": "yes", "held_responsible": accused,
            "responsibility": "reported" if accused else "disputed" if named else "unknown",
            "counting_unit": "incident", "occurred_from": NOON, "occurred_to": NOON,
            **both, **given,
        })  # fmt: skip
    return findings, incidents, reports


def asked(findings: Sequence[Row], incidents: Sequence[Row], reports: Sequence[Row]) -> Sides:
    return sides(
        pa.Table.from_pylist(list(findings), schema=finding.SCHEMA),
        pa.Table.from_pylist(list(incidents), schema=incident.SCHEMA),
        pa.Table.from_pylist(list(reports), schema=report.SCHEMA),
    )


def found(*happened: Row) -> Sides:
    return asked(*world(*happened))


NORTH_BY_SOUTH: Row = {"told": [("south", ["north"])]}
SOUTH_BY_NORTH: Row = {"told": [("north", ["south"])]}


def told(answer: Sides) -> list[tuple[Any, ...]]:
    return [astuple(row)[3:] for row in answer.accused]


ACCUSED: list[tuple[str, list[Row], list[tuple[Any, ...]]]] = [
    ("nothing", [], []),
    ("one side of the other", [NORTH_BY_SOUTH], [("south", "north", "reported", 1, 1)]),
    (
        "each of the other",
        [NORTH_BY_SOUTH, SOUTH_BY_NORTH, {**SOUTH_BY_NORTH, "verdict": "unknown"}],
        [("north", "south", "reported", 1, 2), ("south", "north", "reported", 1, 1)],
    ),
    ("no violation", [{**NORTH_BY_SOUTH, "verdict": "no"}], []),
    (
        "both sides of one incident: once for each",
        [{"told": [("south", ["north"]), ("north", ["south"])]}],
        [("north", None, "disputed", 1, 1), ("south", None, "disputed", 1, 1)],
    ),
    (
        "two outlets of one side: once",
        [{"told": [("south", ["north"]), ("south", ["north"])]}],
        [("south", "north", "reported", 1, 1)],
    ),
    (
        "inferred stands apart",
        [NORTH_BY_SOUTH, {**NORTH_BY_SOUTH, "responsibility": "inferred"}],
        [("south", "north", "inferred", 1, 1), ("south", "north", "reported", 1, 1)],
    ),
    (
        "an outlet whose side is not known",
        [{"told": [(None, ["north"])]}],
        [(None, "north", "reported", 1, 1)],
    ),
    ("told by nobody named", [{"told": []}], [(None, None, "unknown", 1, 1)]),
    (
        "two rows that may be one",
        [{**NORTH_BY_SOUTH, "incidents_min": 0.5, "incidents_max": 1.0}] * 2,
        [("south", "north", "reported", 1, 2)],
    ),
    (
        "units apart",
        [NORTH_BY_SOUTH, {**NORTH_BY_SOUTH, "counting_unit": "observation"}],
        [("south", "north", "reported", 1, 1)] * 2,
    ),
]


@pytest.mark.parametrize(
    ("happened", "expected"), [case[1:] for case in ACCUSED], ids=[case[0] for case in ACCUSED]
)
def test_accused(happened: list[Row], expected: list[tuple[Any, ...]]) -> None:
    assert told(found(*happened)) == expected


def test_clauses_and_readings_apart() -> None:
    other = {**NORTH_BY_SOUTH, "reading": "strict"}, {**NORTH_BY_SOUTH, "clause": "guns"}
    rows = found(NORTH_BY_SOUTH, *other).accused
    assert [(row.clause, row.reading) for row in rows] == [
        ("guns", "plain"), ("strikes", "plain"), ("strikes", "strict"),
    ]  # fmt: skip
    assert rows[0] == Accused("guns", "plain", "incident", "south", "north", "reported", 1, 1)


@pytest.mark.parametrize(
    ("reports", "alone"),
    [
        ([("south", ["north"])], [("south", (1, 1), (1, 1))]),
        ([("south", ["north"])] * 2, [("south", (1, 1), (1, 1))]),
        (
            [("south", ["north"]), ("neutral", ["north"])],
            [("neutral", (0, 0), (1, 1)), ("south", (0, 0), (1, 1))],
        ),
        # an outlet whose side is not known may be of the other side, or of the same
        (
            [("south", ["north"]), (None, ["north"])],
            [("south", (0, 1), (1, 1)), (None, (0, 0), (1, 1))],
        ),
        ([(None, ["north"])], [(None, (0, 1), (1, 1))]),
    ],
)
def test_alone(reports: list[Told], alone: list[tuple[Any, ...]]) -> None:
    rows = found({"told": reports}).alone
    assert [(row.side, row.alone, row.told) for row in rows] == alone


def test_alone_of_all() -> None:
    shared: Row = {"told": [("south", ["north"]), ("north", None)]}
    rows = found(NORTH_BY_SOUTH, shared, {**NORTH_BY_SOUTH, "verdict": "unknown"}).alone
    assert rows == (
        Alone("strikes", "plain", "incident", "north", (0, 0), (1, 1)),
        Alone("strikes", "plain", "incident", "south", (1, 2), (2, 3)),
    )


AGREE: list[tuple[list[Told], list[tuple[tuple[str, str], Any, str]]]] = [
    ([("south", ["north"])], []),
    ([("south", ["north"]), (None, ["north"])], []),
    (
        [("south", ["north"]), ("north", ["north"])],
        [(("north", "south"), (("north",), ("north",)), "same")],
    ),
    (
        [("south", ["north"]), ("north", ["south"])],
        [(("north", "south"), (("south",), ("north",)), "different")],
    ),
    (
        [("south", ["north"]), ("north", None)],
        [(("north", "south"), ((), ("north",)), "one does not say")],
    ),
    (
        [("south", ["north", "south"]), ("north", [])],
        [(("north", "south"), ((), ()), "neither says")],
    ),
    (
        [("south", ["north"]), ("south", ["south"]), ("north", ["south"])],
        [(("north", "south"), (("south",), ("north", "south")), "one contradicts itself")],
    ),
    (
        [("south", ["north"]), ("south", ["north"]), ("south", None), ("north", ["north"])],
        [(("north", "south"), (("north",), ("north",)), "same")],
    ),
    (
        [("south", ["north"]), ("north", ["south"]), ("neutral", ["north"])],
        [
            (("neutral", "north"), (("north",), ("south",)), "different"),
            (("neutral", "south"), (("north",), ("north",)), "same"),
            (("north", "south"), (("south",), ("north",)), "different"),
        ],
    ),
]


@pytest.mark.parametrize(("reports", "expected"), AGREE)
def test_agreement(reports: list[Told], expected: list[Any]) -> None:
    rows = found({"told": reports}).agreement
    assert [(row.sides, row.accused, row.kind) for row in rows] == expected
    assert {(row.certain, row.possible) for row in rows} <= {(1, 1)}


def test_agreement_is_counted() -> None:
    same: Row = {"told": [("south", ["north"]), ("north", ["north"])]}
    rows = found(same, {**same, "verdict": "unknown"}, {**same, "verdict": "no"}).agreement
    assert rows == (
        Agreement(
            "strikes", "plain", "incident", ("north", "south"), (("north",), ("north",)), 1, 2
        ),
    )


def test_what_was_inferred_is_nobodys_accusation() -> None:
    both: Row = {"told": [("south", ["north"]), ("north", ["north"])]}
    rows = found({**both, "said": ["inferred", "reported"]}).agreement
    assert [(row.accused, row.kind) for row in rows] == [((("north",), ()), "one does not say")]


def claim(first_day: int, days: int, least: float | None, most: float | None, side: str) -> Row:
    other = {"north": "south", "south": "north"}[side]
    begins = NOON + timedelta(days=first_day)
    return {
        "told": [(side, [other])], "counting_unit": "claim", "quantity_unit": "claimed-violation",
        "quantity_least": least, "quantity_most": most, "occurred_from": begins,
        "occurred_to": begins + timedelta(days=days),
    }  # fmt: skip


TOTALS: list[tuple[str, list[Row], tuple[int, tuple[float, float | None]]]] = [
    ("one", [claim(0, 1, 30, 30, "south")], (1, (30, 30))),
    ("two days", [claim(0, 1, 30, 30, "south"), claim(1, 1, 12, 15, "south")], (2, (42, 45))),
    (
        "the same total from two outlets",
        [claim(0, 1, 30, 30, "south"), claim(0, 1, 30, 30, "south")],
        (1, (30, 30)),
    ),
    (
        "two totals of one day may be the same violations",
        [claim(0, 1, 30, 30, "south"), claim(0, 1, 20, 20, "south")],
        (2, (30, 50)),
    ),
    (
        "a week's total that is less than its days",
        [claim(0, 7, 40, 40, "south"), claim(1, 1, 30, 30, "south"), claim(3, 1, 25, 25, "south")],
        (3, (55, 95)),
    ),
    ("no figure", [claim(0, 1, None, None, "south")], (1, (0, None))),
]


@pytest.mark.parametrize(
    ("claims", "expected"), [case[1:] for case in TOTALS], ids=[case[0] for case in TOTALS]
)
def test_totals(claims: list[Row], expected: Any) -> None:
    (row,) = found(*claims).totals
    assert (row.side, row.accused, row.unit) == ("south", "north", "claimed-violation")
    assert (row.claims, row.claimed) == expected


def test_totals_stand_beside_what_is_traced() -> None:
    seen = {**NORTH_BY_SOUTH, "counting_unit": "observation", "responsibility": "inferred"}
    answer = found(
        claim(0, 1, 30, 30, "south"), claim(0, 1, 44, 44, "north"), NORTH_BY_SOUTH,
        {**NORTH_BY_SOUTH, "verdict": "unknown"}, seen,
    )  # fmt: skip
    unit = "claimed-violation"
    assert answer.totals == (
        Totals("strikes", "plain", "north", "south", unit, 1, (44, 44), ()),
        Totals(
            "strikes", "plain", "south", "north", unit, 1, (30, 30),
            (("incident", 1, 2), ("observation", 1, 1)),
        ),
    )  # fmt: skip
    assert {row.unit for row in answer.accused} == {"incident", "observation"}


SIDE = st.sampled_from(["north", "south", "neutral", None])
ACTORS = st.sampled_from([["north"], ["south"], ["north", "south"], ["outsider"], [], None])
HAPPENED = st.fixed_dictionaries(
    {
        "told": st.lists(st.tuples(SIDE, ACTORS), max_size=4),
        "verdict": st.sampled_from(["yes", "no", "unknown"]),
        "counting_unit": st.sampled_from(["incident", "attack-row", "claim"]),
        "quantity_unit": st.sampled_from(["launch", None]),
        "quantity_least": st.none() | st.integers(0, 9).map(float),
        "quantity_most": st.none() | st.integers(9, 20).map(float),
        "occurred_to": st.integers(1, 99).map(lambda hours: NOON + timedelta(hours=hours)),
        "incidents_min": st.sampled_from([1.0, 0.5, 1 / 3]),
        "incidents_max": st.sampled_from([1.0, 2.0]),
    }
)
WORLDS = st.lists(HAPPENED, max_size=8)
SWAPPED = {"north": "south", "south": "north"}


def swapped(given: Any) -> Any:
    """Exchange the two parties' names everywhere in rows of plain values."""
    if isinstance(given, dict):
        return {key: swapped(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return type(given)(swapped(value) for value in given)
    return SWAPPED.get(given, given) if isinstance(given, str) else given


def exchanged(row: Agreement) -> Agreement:
    """Exchange the names of an agreement, its sides in order of name again."""
    pairs = zip(swapped(row.sides), swapped(row.accused), strict=True)
    (one, said), (other, contradicted) = sorted(pairs)
    first, second = tuple(sorted(said)), tuple(sorted(contradicted))
    return replace(row, sides=(one, other), accused=(first, second))


@settings(max_examples=20, deadline=None)
@given(WORLDS)
def test_exchanging_the_parties_exchanges_the_output(happened: list[Row]) -> None:
    rows = world(*happened)
    one, other = asked(*rows), asked(*(swapped(table) for table in rows))
    for part in ("accused", "alone", "totals"):
        turned = {swapped(astuple(row)) for row in getattr(one, part)}
        assert turned == {astuple(row) for row in getattr(other, part)}
    assert {exchanged(row) for row in one.agreement} == set(other.agreement)


@settings(max_examples=20, deadline=None)
@given(WORLDS, st.randoms(use_true_random=False))
def test_copies_and_order_change_nothing(happened: list[Row], random: Any) -> None:
    """An exact copy of a report joins its incident, as the merging stage has it."""
    findings, incidents, reports = world(*happened)
    before = asked(findings, incidents, reports)
    for row in random.sample(reports, len(reports) // 2):
        copy = {**row, "report_id": random.choice([row["report_id"], f"{row['report_id']}-2"])}
        reports.append(copy)
        for one in incidents:
            if row["report_id"] in one["report_ids"]:
                one["report_ids"].append(copy["report_id"])
    for table in (findings, incidents, reports):
        random.shuffle(table)
    assert asked(findings, incidents, reports) == before


@settings(max_examples=20, deadline=None)
@given(WORLDS)
def test_parts_lie_within_the_whole(happened: list[Row]) -> None:
    answer = found(*happened)
    for row in answer.alone:
        assert 0 <= row.alone[0] <= row.told[0] <= row.told[1]
        assert row.alone[0] <= row.alone[1] <= row.told[1]
    for total in answer.totals:
        assert total.claimed[1] is None or total.claimed[0] <= total.claimed[1]


def test_tables_in_files(tmp_path: Path) -> None:
    rows = world(NORTH_BY_SOUTH, {"told": [("south", ["north"]), ("north", ["south"])]})
    schemas = finding.SCHEMA, incident.SCHEMA, report.SCHEMA
    files = []
    for number, (table, schema) in enumerate(zip(rows, schemas, strict=True)):
        pq.write_table(pa.Table.from_pylist(table, schema=schema), tmp_path / f"{number}.parquet")
        files.append(ds.dataset(tmp_path / f"{number}.parquet"))
    assert sides(*files) == asked(*rows)
