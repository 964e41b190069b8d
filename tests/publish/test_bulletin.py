"""The page: its order, that it loads nothing, and that hostile text stays text."""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pyarrow as pa
import pytest

from holdfire.publish.bulletin import CSP, Layers, bulletin
from holdfire.publish.explain import finding_text
from holdfire.tables import finding, incident, report
from tests.publish.conftest import Case, answer, fire_clause, make_case, rows


def page(case: Case) -> str:
    return bulletin(
        case.answer, case.findings, case.incidents, case.reports, case.set_aside, case.layers,
        case.provenance,
    )  # fmt: skip


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name == "id" and value:
                self.ids.append(value)
            if name in ("src", "srcset", "data", "poster") or (name == "href" and tag == "link"):
                self.loads.append(value or "")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def test_order_and_anchors(case: Case) -> None:
    html = page(case)
    reader = read(html)
    wanted = [
        "answer",
        "days",
        "responsible",
        "told",
        "map",
        "findings",
        "aside",
        "method",
        "correct",
    ]
    assert [i for i in reader.ids if i in wanted] == wanted
    assert html.index('class="banner sim"') < html.index("<h1>") < html.index('class="lead"')
    assert "F-00001" in reader.ids
    assert len(reader.ids) == len(set(reader.ids))
    targets = {v[1:] for n, v in reader.attributes if n == "href" and v.startswith("#")}
    assert targets <= set(reader.ids)
    assert "Nothing supplied, nothing known." in html
    assert "holiday.xlsx" in html
    assert "2 names in 5 reports" in html


def test_loads_nothing_and_runs_nothing(case: Case) -> None:
    html = page(case)
    reader = read(html)
    assert "script" not in reader.tags
    assert reader.loads == ["data:,"]
    assert "url(http" not in html
    assert "@import" not in html
    assert not [n for n, _ in reader.attributes if n.startswith("on")]
    assert f'content="{CSP}"'.replace("'", "&#39;") in html
    assert "default-src 'none'" in CSP


def test_same_inputs_same_bytes() -> None:
    assert page(make_case()) == page(make_case())
    shuffled = make_case()
    turned = Case(
        shuffled.answer, shuffled.findings.take(list(range(59, -1, -1))),
        shuffled.incidents.take(list(range(59, -1, -1))), shuffled.reports, shuffled.set_aside,
        shuffled.layers, shuffled.provenance,
    )  # fmt: skip
    assert page(turned) == page(make_case())


def test_never_in_effect_is_said_first() -> None:
    html = page(make_case(counterfactual=True, status="never in effect", simulated=False))
    assert html.index("NEVER IN EFFECT") < html.index("<h1>")
    assert "would have taken effect" in html
    assert "SIMULATED" not in html
    assert "violation" not in re.sub(r"(?i)alleged (or possible )?violation", "", visible(html)).replace(
        "Nothing was a violation of it", "").replace("None was a violation", "").replace(
        "no violation of anything", "").replace("more or possible violations", "").replace(
        "violations claimed", "")  # fmt: skip


def test_a_unit_without_daily_figures_has_no_strip() -> None:
    """Empty days would look like quiet ones."""
    clause = fire_clause()
    days = tuple(d for d in clause.by_day if d.unit == "incident")
    html = page(make_case(clauses=(replace(clause, by_day=days),)))
    assert html.count('class="frame"') == 1
    assert "287 or more" in html


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html))


def test_nothing_at_all() -> None:
    empty = bulletin(
        answer(clauses=(), files=(), readings=()), finding.SCHEMA.empty_table(),
        incident.SCHEMA.empty_table(), report.SCHEMA.empty_table(),
        report.SET_ASIDE.empty_table(), Layers(), {},
    )  # fmt: skip
    assert "No report of an alleged violation gives a place" in empty


HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\u202egnp.exe\u2066\x00\x07{{ 7*7 }}"
)


def hostile_case() -> Case:
    findings, incidents, reports = rows(8)
    for row in incidents + reports:
        row.update(place_name=HOSTILE, summary="W" * 1_000_000, weapon_name=HOSTILE, area=HOSTILE)
        row.update(lon=None, lat=None)
    for row in reports:
        row.update(
            outlet=HOSTILE, citation="javascript:alert(1)", file=HOSTILE, file_sha256=HOSTILE
        )
    for row in findings:
        row.update(reason=HOSTILE, grade=HOSTILE, finding_id=row["finding_id"] + '"><script>')
    clause = fire_clause()
    base = make_case(title=HOSTILE, status_sentence=HOSTILE, assumptions=(HOSTILE,))
    return Case(
        base.answer, pa.Table.from_pylist(findings, finding.SCHEMA),
        pa.Table.from_pylist(incidents, incident.SCHEMA),
        pa.Table.from_pylist(reports, report.SCHEMA),
        pa.Table.from_pylist([{"file": HOSTILE, "row": 1, "kind": HOSTILE, "reason": HOSTILE}],
                             report.SET_ASIDE),
        Layers(areas=((HOSTILE, base.layers.areas[0][1]),), zones=((HOSTILE, base.layers.zones[0][1]),)),
        {"version": HOSTILE, "contact": HOSTILE, "settings": {HOSTILE: HOSTILE}, "c": clause.title},
    )  # fmt: skip


def test_hostile_text_is_inert() -> None:
    html = page(hostile_case())
    reader = read(html)
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert not [v for n, v in reader.attributes if n == "href" and v.startswith("javascript")]
    assert not [n for n, _ in reader.attributes if n.startswith("on")]
    for hidden in "\u202e\u2066\x00\x07":
        assert hidden not in html
    assert "49" not in visible(html).replace("{{ 7*7 }}", "")[:2000] or "{{ 7*7 }}" in html
    assert len(html) < 200_000


def test_explained_finding_is_safe_and_complete() -> None:
    findings, incidents, reports = rows(1)
    reports[0].update(outlet="Bad\x1b[31m\u202e outlet\nnext")
    text = finding_text(
        findings[0], incidents[0], reports, {"act": "Shelling is a kind of fire."},
        clause_title="No fire", local_time="Pacific/Auckland", counterfactual=True,
        party_names={"north": "Northland", "south": "Southland"}, simulated=True,
    )  # fmt: skip
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.startswith("SIMULATED")
    for words in ("counted as an alleged violation", "Shelling is a kind of fire.",
                  "row 2 of reports/monitors.csv (sha256 3f3f3f3f3f3f…)", "told by"):  # fmt: skip
        assert words in text


@pytest.mark.slow
def test_long_lists_are_cut_and_say_so() -> None:
    html = page(make_case(4_000))
    assert len(html) < 3_000_000
    assert "are in findings.csv" in html


def test_totals_are_said_where_only_the_first_are_given(case: Case) -> None:
    html = bulletin(
        case.answer, case.findings, case.incidents, case.reports, case.set_aside, case.layers,
        case.provenance, totals={"fire": (900, 100)},
    )  # fmt: skip
    assert "900 certain, 100 possible" in html
    assert "940 more are in findings.csv" in html
