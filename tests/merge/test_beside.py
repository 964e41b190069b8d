"""Any two reports can be compared, and what is known more precisely is compared no less."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfire.engines.shape import Shape
from holdfire.merge.beside import are_copies, beside
from holdfire.merge.compare.levels import levels
from holdfire.merge.matching import match
from holdfire.publish.paired import Pair, sentence
from holdfire.simulate import World, simulate
from holdfire.tables.pair import COMPARISONS
from holdfire.terms.vocabulary import Vocabulary, shipped_vocabularies
from tests.merge.conftest import HOUR, NOON, Row, table, told

WORDS = shipped_vocabularies()
AREAS = {
    "district": Shape(shapely.box(29.8, 45.8, 30.2, 46.2), 30.0),
    "county": Shape(shapely.box(29.0, 45.0, 31.0, 47.0), 30.0),
}
PARTIES = ("north", "south", "outsider")
NOT_KNOWN = ("unknown", None)


def never(source: str, outlet: str) -> bool:
    return False


def known(row: Row) -> set[str]:
    """Return the comparisons that are told with a wording of their own."""
    return {name for name in COMPARISONS if row[name] not in NOT_KNOWN}


def compared(reports: pa.Table) -> Row:
    """Return how R-a and R-b compare: as a pair worth keeping if they are one, else unweighed."""
    found = match(reports, WORDS, AREAS, may_repeat=never)
    for row in found.pairs.to_pylist():
        if (row["report_a"], row["report_b"]) == ("R-a", "R-b"):
            return dict(row)
    return beside(reports, "R-a", "R-b", WORDS, AREAS, never)


@st.composite
def narrowing(draw: st.DrawFn, least: Any, most: Any, step: Any) -> tuple[Any, Any, Any, Any]:
    """Draw an interval and one within it, as steps from ``least``."""
    ends = sorted(draw(st.lists(st.integers(0, most), min_size=4, max_size=4, unique=True)))
    first, inner, until, last = (least + end * step for end in ends)
    return first, last, inner, until


@st.composite
def narrowed_node(draw: st.DrawFn, words: Vocabulary) -> tuple[str | None, str | None]:
    """Draw a node, or nothing, and a node that is a kind of it."""
    wide = draw(st.one_of(st.none(), st.sampled_from(sorted(words.nodes))))
    kinds = words.nodes if wide is None else words.kinds_of(wide)
    return wide, draw(st.one_of(st.just(wide), st.sampled_from(sorted(kinds))))


@st.composite
def narrowed_place(draw: st.DrawFn) -> tuple[Row, Row]:
    """Draw a place, or none, and one that lies within it."""
    nowhere: Row = {"lon": None, "lat": None, "radius_m": None}
    east, north = draw(st.floats(-0.1, 0.1)), draw(st.floats(-0.1, 0.1))
    disk: Row = {"lon": 30.0 + east, "lat": 46.0 + north, "radius_m": draw(st.floats(0, 3_000))}
    wide = draw(
        st.sampled_from([
            nowhere,
            nowhere | {"area": "county|district"},
            nowhere | {"area": "district"},
            nowhere | {"area": "nobody knows it"},
            disk | {"radius_m": disk["radius_m"] + 10_000.0},
        ])
    )  # fmt: skip
    if wide.get("area") == "county|district":
        return wide, draw(st.sampled_from([nowhere | {"area": "district"}, disk]))
    return wide, disk


@st.composite
def made_precise(draw: st.DrawFn) -> tuple[Row, Row]:
    """Draw what a report says, and what a more precise version says that is consistent with it."""
    begins, ends, inner, until = draw(narrowing(NOON, 96, HOUR / 2))
    clock = draw(st.sampled_from([
        {"occurred_from": begins, "occurred_to": ends},
        {"occurred_from": begins, "occurred_to": None},
        {"occurred_from": None, "occurred_to": None},
    ]))  # fmt: skip
    wide, narrow = draw(narrowed_place())
    wide = wide | clock
    narrow = narrow | {"occurred_from": inner, "occurred_to": until}
    for name, words in (("act", WORDS.acts), ("target", WORDS.targets), ("weapon", WORDS.weapons)):
        wide[name], narrow[name] = draw(narrowed_node(words))
    among = draw(st.one_of(st.none(), st.sets(st.sampled_from(PARTIES), min_size=1)))
    wide["actors"] = None if among is None else sorted(among)
    narrow["actors"] = [draw(st.sampled_from(sorted(among or PARTIES)))]
    for name, unit in (("deaths", {}), ("quantity", {"quantity_unit": "launch"})):
        low, high, more, less = draw(narrowing(0, 40, 1))
        best = draw(st.one_of(st.none(), st.just(more)))
        wide |= {f"{name}_min": low, f"{name}_max": high, f"{name}_best": best, **unit}
        narrow |= {f"{name}_min": more, f"{name}_max": less, f"{name}_best": more, **unit}
    summary = draw(st.sampled_from([None, "hit", "Shells fell on the market of the town"]))
    return wide | {"summary": summary}, narrow | {"summary": summary}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=made_precise(), other=made_precise(), same=st.booleans())
def test_a_more_precise_report_is_compared_no_less(
    report: tuple[Row, Row], other: tuple[Row, Row], same: bool
) -> None:
    """Also where the more precise one says what the other says, word for word."""
    beyond = report[1] if same else other[0]
    rest = told("b", outlet="Herald", **beyond)
    third = told("c", outlet="Echo", summary="Mortar fire was heard near the mill")
    before, after = (compared(table(told("a", **one), rest, third)) for one in report)
    assert known(before) <= known(after)
    for row in (before, after):
        for name in known(row):
            assert row[name] in levels()[name]


@pytest.fixture(scope="module")
def world() -> World:
    return simulate("sparse", 300, 74, text=True)


def test_it_finds_what_matching_finds(world: World) -> None:
    found = match(world.reports, WORDS, {}, may_repeat=world.may_repeat).pairs
    assert found.num_rows > 30
    for row in found.slice(0, 40).to_pylist():
        a, b = row["report_a"], row["report_b"]
        again = beside(world.reports, b, a, WORDS, {}, world.may_repeat)
        assert {name: again[name] for name in COMPARISONS} == {
            name: row[name] for name in COMPARISONS
        }
        assert (again["distance_m"], again["apart_h"]) == (row["distance_m"], row["apart_h"])


def test_reports_that_are_no_pair_are_compared() -> None:
    late = {"occurred_from": NOON + timedelta(days=9), "occurred_to": NOON + timedelta(days=10)}
    reports = table(told("a"), told("b", outlet="Herald", lon=40.0, act="mortar-fire", **late))
    found = beside(reports, "R-a", "R-b", WORDS, {}, never)
    assert (found["place"], found["time"], found["act"]) == ("beyond", "apart", "excluded")
    assert found["distance_m"] > 700_000
    assert found["apart_h"] == 215.0


def test_a_list_that_tells_an_incident_once_has_no_rule_to_show() -> None:
    reports = table(told("a"), told("b", act="mortar-fire"))
    assert beside(reports, "R-a", "R-b", WORDS, {}, never)["rule"] is None
    again = beside(reports, "R-a", "R-b", WORDS, {}, lambda source, outlet: True)
    assert again["rule"] == "own-list"


def test_copies_are_told_from_what_is_only_alike() -> None:
    words = "Two shells fell on the market of the small town on Saturday before noon, police said"
    one, other = told("a", summary=words), told("b", outlet="Herald", summary=words)
    assert are_copies(table(one, other))
    assert not are_copies(table(one, other | {"summary": words.replace("Two", "Four")}))


def test_a_sentence_has_every_comparison_that_weighs() -> None:
    row = {"probability": 0.9, "rule": "copy", "rule_bits": 14.0, "act": "same", "act_bits": 1.0}
    said = sentence(Pair(row, told("a"), told("b"), levels(), {}))
    assert said.index("one is a copy of the other") < said.index("both name the same act, shelling")
