"""Leaks that were found once: each of them stays closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from holdfire.case.settings import Settings
from holdfire.publish.bulletin import bulletin
from holdfire.publish.protect import (
    FREE_TEXT,
    KEPT_OF_SENSITIVE,
    KEPT_OF_SENSITIVE_INCIDENT,
    Plan,
    Tables,
    plan,
    public_tables,
)
from holdfire.tables import finding, incident, report
from holdfire.tables.answer import FileRead
from tests.publish.conftest import START, make_case, rows

ZONE = "Pacific/Auckland"
CLAUSE = "the clause applies from 2031-05-01 00:00 to 2031-05-29 00:00"
NIGHT = (START + timedelta(hours=9, minutes=17), START + timedelta(hours=13, minutes=43))
"""From 21:17 on 1 May to 01:43 on 2 May by Auckland's clocks."""
Row = dict[str, Any]


def made(change: Row | None = None, **of_finding: Any) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return three rows of each table, the second one changed."""
    findings, incidents, reports = rows(3)
    facts = dict(change or {})
    facts.setdefault("place_precision", "a barn 200 m north of the bridge")
    reports[1].update(facts)
    incidents[1].update({k: v for k, v in facts.items() if k in incident.SCHEMA.names})
    shared = {k: v for k, v in facts.items() if k in finding.SCHEMA.names}
    findings[1].update({"outlets": ["Radio"], "outlet_sides": ["south"], **shared, **of_finding})
    return (
        pa.Table.from_pylist(findings, finding.SCHEMA),
        pa.Table.from_pylist(incidents, incident.SCHEMA),
        pa.Table.from_pylist(reports, report.SCHEMA),
    )


def second(table: pa.Table) -> Row:
    found: Row = table.to_pylist()[1]
    return found


def public(tables: tuple[pa.Table, pa.Table, pa.Table], **options: Any) -> Tables:
    return public_tables(*tables, local_time=ZONE, **{"text": True, **options})[0]


def planned(tables: tuple[pa.Table, pa.Table, pa.Table], **options: Any) -> Plan:
    return plan(tables[1].to_batches(), tables[2].to_batches(), local_time=ZONE, **options)


def page(tables: tuple[pa.Table, pa.Table, pa.Table], set_aside: pa.Table | None = None) -> str:
    case = make_case()
    shown = public(tables)
    return bulletin(
        case.answer, shown.findings, shown.incidents, shown.reports,
        case.set_aside if set_aside is None else set_aside, case.layers, case.provenance,
    )  # fmt: skip


def reason_of(text: str, /, change: Row | None = None, **options: Any) -> str:
    edge_m = options.pop("edge_m", 4_200.0)
    shown = public(made(change, reason=text, edge_m=edge_m), **options)
    return str(second(shown.findings)["reason"])


# 1 and 2: reasons, notes and unknown names quote cells


def test_the_bulletin_quotes_no_cell_that_was_set_aside() -> None:
    html = page(made())
    assert "31.02.2031" not in html
    assert "348.1" not in html
    assert "date not understood" in html
    assert "<code>holdfire check</code> prints them" in html


def test_the_bulletin_quotes_no_unknown_name_and_no_note() -> None:
    case = make_case()
    files = (
        FileRead("reports/a.csv", "3f" * 32, "own", 2, 2, 0, 'the value "informer 7" was passed'),
        FileRead("reports/b.xlsx", "a1" * 32, None, 0, 0, 0, 'its header is "informer 8"'),
    )
    many = tuple((f"mystery {at}", 2) for at in range(20))
    answer = replace(case.answer, files=files, unknown_actors=many)
    html = bulletin(
        answer, case.findings, case.incidents, case.reports, case.set_aside, case.layers,
        case.provenance,
    )  # fmt: skip
    for secret in ("informer", "mystery", "Old Mill", "the bridge"):
        assert secret not in html
    assert "reports/b.xlsx: in no format that is known" in html
    assert "2 names in 5 reports" in html.lower()
    assert "at least 20 names in at least 40 reports" in html.lower()


# 3: restricted rows

RESTRICTED = {"republish": False, "occurred_from": NIGHT[0], "occurred_to": NIGHT[1]}
WHEN = f"2031-05-01 21:17 to 2031-05-02 01:43 {ZONE} time; {CLAUSE}"


@pytest.mark.parametrize("flag", [{"republish": False}, {"republish": None}, {"sensitive": True}])
def test_a_reason_gives_no_minutes_away(flag: Row) -> None:
    change = {**RESTRICTED, "republish": True, **flag}
    days = f"2031-05-01 to 2031-05-02 {ZONE} time; {CLAUSE}"
    assert reason_of(WHEN, change) == days
    long = f'"shelling" is a kind of "fire"; the clause holds anywhere; {WHEN}'
    assert reason_of(long, change).endswith(f"; the clause holds anywhere; {days}")
    assert reason_of(WHEN, {**change, "republish": True, "sensitive": False}) == WHEN


def test_an_end_at_midnight_reads_as_any_other_of_that_day() -> None:
    tz = ZoneInfo(ZONE)
    said = set()
    for hour, minute, day in ((18, 5, 1), (0, 0, 2)):
        ends = datetime(2031, 5, day, hour, minute, tzinfo=tz)
        change = {**RESTRICTED, "occurred_to": ends}
        text = f"2031-05-01 21:17 to {ends:%Y-%m-%d %H:%M} {ZONE} time; {CLAUSE}"
        change["occurred_from"] = datetime(2031, 5, 1, 4, 30, tzinfo=tz)
        said.add(reason_of(text, change))
    assert said == {f"2031-05-01 {ZONE} time; {CLAUSE}"}


def test_an_open_end_of_a_restricted_row_is_an_unknown_day() -> None:
    change = {**RESTRICTED, "occurred_to": None}
    text = f"2031-05-01 21:17 to an unknown time {ZONE} time; {CLAUSE}"
    assert reason_of(text, change) == f"2031-05-01 to an unknown day {ZONE} time; {CLAUSE}"


def test_restricted_findings_keep_the_judgement_and_no_figures() -> None:
    shown = second(public(made(RESTRICTED)).findings)
    for name in (
        "quantity_unit", "quantity_min", "quantity_best", "quantity_max", "edge_m", "outlet_sides",
    ):  # fmt: skip
        assert shown[name] is None
    whole = second(made(RESTRICTED)[0])
    for name in ("verdict", "time", "place", "clause", "actors", "held_responsible", "outlets"):
        assert shown[name] == whole[name]


def test_what_was_taken_out_is_not_called_unknown() -> None:
    html = page(made(RESTRICTED))
    assert "<dt>Where</dt><dd>withheld</dd>" in html
    assert "place not known" not in html
    html = page(made({"sensitive": True, "lon": None, "lat": None, "area": "Long Bay"}))
    assert "<dt>Where</dt><dd>withheld</dd>" in html
    assert "outlet withheld (side withheld)" in html
    assert "it is marked sensitive, so little more of it is published" in html


# 4: sensitive rows

SENSITIVE = {"sensitive": True, "occurred_from": NIGHT[0], "occurred_to": NIGHT[1]}


def test_sensitive_rows_leave_what_is_on_the_list() -> None:
    full = dict.fromkeys(FREE_TEXT, "a secret") | {"deaths_best": 3, "area": "Long Bay"}
    shown = public(made({**SENSITIVE, **full, "target": "any-target"}))
    one, told = second(shown.incidents), second(shown.reports)
    assert {k for k, v in told.items() if v is not None} <= set(KEPT_OF_SENSITIVE)
    assert {k for k, v in one.items() if v is not None} <= set(KEPT_OF_SENSITIVE_INCIDENT)
    judged = second(shown.findings)
    assert judged["outlets"] is None
    assert judged["outlet_sides"] is None
    for row in (one, told, judged):
        assert "a secret" not in str(row)
        assert row["occurred_from"] == datetime(2031, 5, 1, tzinfo=ZoneInfo(ZONE))
        assert row["occurred_to"] == datetime(2031, 5, 3, tzinfo=ZoneInfo(ZONE))


def test_sensitive_places_are_five_times_coarser() -> None:
    plain, tender = (public(made({"sensitive": flag})) for flag in (False, True))
    for table in ("incidents", "reports"):
        fine, coarse = (second(getattr(shown, table)) for shown in (plain, tender))
        assert coarse["radius_m"] > fine["radius_m"] + 2_000
        assert coarse["radius_m"] - second(made()[2])["radius_m"] > 5_000 / 2
    first, other = (
        public(made({"sensitive": flag})).reports.to_pylist()[0] for flag in (False, True)
    )
    assert first == other


def test_a_sensitive_report_makes_its_incident_sensitive() -> None:
    findings, incidents, reports = made({"sensitive": True})
    at = incidents.schema.get_field_index("sensitive")
    forgot = incidents.set_column(at, incidents.schema.field(at), pa.array([False] * 3))
    assert planned((findings, forgot, reports)).sensitive.to_pylist() == ["I-00001"]
    assert second(public((findings, forgot, reports)).incidents)["outlets"] is None


@pytest.mark.parametrize("change", [{"sensitive": True}, {"republish": False}, {}])
@pytest.mark.parametrize("text", [True, False])
def test_reasons_quote_only_what_may_be_published(change: Row, text: bool) -> None:
    begins = "the clause permits some of this (self-defence; drills)"
    said = reason_of(f'{begins}, and a report says "a\nsecret; tale"', change, text=text)
    name = reason_of('"a secret; man" is named, and no party of this case', change, text=text)
    if text and not change:
        assert "secret" in said
        assert "secret" in name
    else:
        assert said == f"{begins}, and what a report says of it is held back"
        assert name == "a name is given, and no party of this case"


def test_figures_count_sensitive_outlets_without_their_names() -> None:
    tables = made(SENSITIVE)
    batch = tables[0].combine_chunks().to_batches()[0]
    counted = planned(tables).counted(batch)
    assert counted.schema == batch.schema
    assert counted["outlets"].to_pylist()[1] == ["withheld: sensitive"]
    assert counted["outlet_sides"].to_pylist()[1] == [None]
    assert counted["occurred_from"][1].as_py() == datetime(2031, 5, 1, tzinfo=ZoneInfo(ZONE))
    for name in batch.schema.names:
        assert counted[name][0] == batch[name][0]
    nothing = planned(tables, cutoff=START - timedelta(days=1)).counted(batch)
    assert nothing.num_rows == 0


# 5: distances


@pytest.mark.parametrize(
    ("edge_m", "grid_m", "words"),
    [
        (-40.0, 1000.0, "less than 1 km inside"),
        (999.9, 1000.0, "less than 1 km outside"),
        (4_200.0, 1000.0, "1 to 5 km outside"),
        (4_960.0, 1000.0, "1 to 5 km outside"),
        (-24_000.0, 1000.0, "5 to 25 km inside"),
        (99_000.0, 1000.0, "25 to 100 km outside"),
        (812_345.0, 1000.0, "more than 100 km outside"),
        (450.0, 100.0, "0.1 to 0.5 km outside"),
        (4_200.0, 5000.0, "less than 5 km outside"),
    ],
)
def test_distances_are_bands(edge_m: float, grid_m: float, words: str) -> None:
    far = abs(edge_m)
    figure = f"{far:.0f} m" if far < 1000 else f"{far / 1000:.1f} km"
    side = "inside" if edge_m < 0 else "outside"
    rest = "control file of 2031-05-01; more"
    text = f"It is so; {figure} {side} the zone's edge; the place is known to 50 m; {rest}"
    found = reason_of(text, edge_m=edge_m, grid_m=grid_m)
    known = f"the place is known to {grid_m / 1000:g} km or better"
    assert found == f"It is so; {words} the zone's edge; {known}; {rest}"
    shown = public(made(edge_m=edge_m), grid_m=grid_m)
    assert shown.findings["edge_m"].null_count == 3


def test_a_coarser_place_keeps_its_figure() -> None:
    text = "4.2 km outside the zone's edge; the place is known to 2.0 km"
    assert reason_of(text).endswith("; the place is known to 2.0 km")
    tender = reason_of(text, {"sensitive": True})
    assert tender == "less than 5 km outside the zone's edge; the place is known to 5 km or better"


# 6 and 7: words of one's own


def test_own_words_wait_until_they_have_been_read() -> None:
    secret = dict.fromkeys(FREE_TEXT, "a secret") | {"area": "Long Bay"}
    tables = made({**secret, "lon": None, "lat": None, "radius_m": None})
    held, counts = public_tables(*tables, local_time=ZONE)
    for table in (held.incidents, held.reports, held.findings):
        assert "a secret" not in str(table.to_pylist())
    words = "reports whose own words are held back: set [publication] text = true once they have"
    assert counts == {f"{words} been read": 3}
    free, counts = public_tables(*tables, local_time=ZONE, text=True)
    assert counts == {}
    for name in FREE_TEXT:
        assert second(free.reports)[name] == "a secret"


def test_words_of_other_sources_stay_in_their_reports() -> None:
    shown = public(made({"source": "alerts", "lon": None, "lat": None}), text=False)
    told = second(shown.reports)
    assert told["summary"]
    assert told["raw"] is None
    assert told["file_sha256"] == "3f" * 32
    assert second(shown.incidents)["summary"] is None


def test_own_words_are_held_back_by_default() -> None:
    assert Settings().publication.text is False
    assert Settings.model_validate({"publication": {"text": True}}).publication.text is True
