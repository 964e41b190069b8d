"""Copies: one text in several outlets is one report; one form of words for many nights is not."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.copies import copies
from tests.merge.conftest import HOUR, NOON, Row, table, told

WIRE = (
    "Several rounds of mortar fire hit the edge of Upper Weir shortly before noon on Saturday, "
    "wounding 2 people and setting a barn on fire, the district head said in a short statement; "
    "fire crews were at the site until the evening and the road to the ford was closed"
)
SHORT = "shells fell near the ford at noon"


def found(*rows: Row, apart: list[str] | None = None) -> dict[str, str]:
    """Return of each copy, by letter, what it is a copy of."""
    given_ = pa.Table.from_pylist(
        [{**one, "raw": hash(one["raw"])} for one in rows],
        schema=pa.schema(
            [f.with_type(pa.int64()) if f.name == "raw" else f for f in table().schema]
        ),
    )
    ids = [str(one["report_id"])[2:] for one in rows]
    stands = copies(given_, pa.array([f"R-{one}" for one in apart or []], pa.string()))
    return {ids[at]: ids[to] for at, to in enumerate(stands) if at != to}


def wire(name: str, outlet: str, words: str = WIRE, **facts: Any) -> Row:
    return told(name, outlet=outlet, **{"reported_at": NOON, "summary": words, **facts})


CASES: dict[str, tuple[list[Row], dict[str, str]]] = {
    "three outlets": (
        [wire("a", "Gazette"), wire("b", "Radio"), wire("c", "Herald")], {"b": "a", "c": "a"}),
    "the first that was told stands for all": (
        [wire("a", "Gazette", reported_at=NOON + HOUR), wire("b", "Radio")], {"a": "b"}),
    "a comma and a capital more": (
        [wire("a", "Gazette"), wire("b", "Radio", WIRE.upper().replace(" AND", ", AND"))],
        {"b": "a"}),
    "a few words more": (
        [wire("a", "Gazette"), wire("b", "Radio", f"{WIRE}, according to Gazette.")], {"b": "a"}),
    "another figure": (
        [wire("a", "Gazette"), wire("b", "Radio", WIRE.replace("2 people", "5 people"))], {}),
    "another text": ([wire("a", "Gazette"), wire("b", "Radio", WIRE[::-1])], {}),
    "a short form of words": (
        [wire("a", "Gazette", SHORT), wire("b", "Radio", SHORT)], {}),
    "another night in the same words": (
        [wire("a", "Gazette"), wire("b", "Radio", occurred_from=NOON + 24 * HOUR,
                                    occurred_to=NOON + 25 * HOUR)], {}),
    "another place in the same words": (
        [wire("a", "Gazette"), wire("b", "Radio", lon=31.0)], {}),
    "a place not known": (
        [wire("a", "Gazette"), wire("b", "Radio", lon=None, lat=None, radius_m=None)],
        {"b": "a"}),
    "weeks later": (
        [wire("a", "Gazette"), wire("b", "Radio", reported_at=NOON + 24 * 20 * HOUR)], {}),
    "one list tells twice in the same words": (
        [wire("a", "Gazette"), wire("b", "Gazette", radius_m=900.0)], {}),
    "no text": ([told("a"), told("b", outlet="Radio")], {}),
    "two lines of a file that differ in what is not read": ([told("a"), told("b")], {}),
    "the same row twice": ([told("a", raw="1"), told("b", raw="1")], {"b": "a"}),
    "two files of one list": ([told("a"), told("b", file="reports/b.csv")], {"b": "a"}),
    "two files with two lines each": (
        [told("a"), told("b"), told("c", file="reports/b.csv"), told("d", file="reports/b.csv")],
        {"c": "a", "d": "b"}),
    "two files of two lists": (
        [told("a"), told("b", file="reports/b.csv", source="acled")], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_copies(name: str) -> None:
    rows, expected = CASES[name]
    if name == "two files with two lines each":
        # Which of the two stands for which is told by their rows' hashes: any pairing will do.
        assert sorted(found(*rows)) == ["c", "d"]
        assert sorted(found(*rows).values()) == ["a", "b"]
        return
    assert found(*rows) == expected
    assert found(*rows[::-1]) == expected


def test_what_a_reviewer_told_apart_stands_for_itself() -> None:
    rows = [wire("a", "Gazette"), wire("b", "Radio"), wire("c", "Herald")]
    assert found(*rows, apart=["b"]) == {"c": "a"}
    assert found(*rows, apart=["a", "b", "c"]) == {}


@given(
    st.lists(
        st.tuples(st.sampled_from("GRH"), st.sampled_from([WIRE, SHORT, WIRE + " again"]),
                  st.integers(0, 2)),
        min_size=1, max_size=8,
    ),
    st.randoms(),
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_free_of_order(given_: list[tuple[str, str, int]], random: Any) -> None:
    rows = [
        wire(chr(97 + at), outlet, words, reported_at=NOON + hours * HOUR, raw=f"{at}")
        for at, (outlet, words, hours) in enumerate(given_)
    ]
    expected = found(*rows)
    random.shuffle(rows)
    assert found(*rows) == expected
