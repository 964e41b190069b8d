"""How many sources stand behind an incident: who copies, quotes or repeats is no source more."""

from __future__ import annotations

from typing import Any

import pytest

from holdfire.merge.independence import Sources, sources
from tests.merge.conftest import Row, row


def by(outlet: str | None, side: str | None = None, citation: str | None = None) -> Row:
    return row(outlet=outlet, outlet_side=side, citation=citation)


POST = "https://www.example.org/posts/17/?utm_source=x"
CASES: dict[str, tuple[list[Row], int, bool]] = {
    "one": ([by("Gazette", "north")], 1, False),
    "two of one side": ([by("Gazette", "north"), by("Radio", "north")], 2, False),
    "two of two sides": ([by("Gazette", "north"), by("Radio", "south")], 2, True),
    "one of a side and a neutral one": ([by("Gazette", "north"), by("UN", "neutral")], 2, True),
    "two neutral ones": ([by("OSCE", "neutral"), by("UN", "neutral")], 2, False),
    "a side that is not known": ([by("Gazette", "north"), by("Blog")], 2, False),
    "one outlet twice": ([by("Gazette", "north"), by("GAZETTE ", "north")], 1, False),
    "an outlet that is not named": ([by("Gazette", "north"), by(None), by(None)], 1, False),
    "nobody named": ([by(None), by(None)], 1, False),
    "one cites the other by name": (
        [by("Gazette", "north"), by("Radio", "south", "the Gazette, 3 May")], 1, False),
    "a name within a word is no name": (
        [by("Gaz", "north"), by("Radio", "south", "Gazette, 3 May")], 2, True),
    "both cite one post": (
        [by("Gazette", "north", "http://example.org/posts/17"), by("Radio", "south", POST)],
        1, False),
    "one site's front page is no post": (
        [by("Gazette", "north", "https://example.org/"), by("Radio", "south",
                                                            "https://example.org")], 2, True),
    "both cite one thing in words": (
        [by("Gazette", "north", "Ministry of Defence, 3 May"),
         by("Radio", "south", "ministry of defence,  3 May")], 1, False),
    "a chain: a quotes b, b quotes c": (
        [by("Agency", "neutral"), by("Radio", "south", "Agency"), by("Blog", None, "Radio")],
        1, False),
    "a chain and somebody else": (
        [by("Agency", "neutral"), by("Radio", "south", "Agency"), by("Gazette", "north")],
        2, True),
    "the side of a source is that of who told first": (
        [by("Agency", "neutral"), by("Radio", "south", "Agency"), by("UN", "neutral")], 2, False),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_sources(name: str) -> None:
    reports, count, across = CASES[name]
    found = sources(reports, list(range(len(reports))))
    assert (found.count, found.across) == (count, across)


def test_copies_of_one_text_are_one_source() -> None:
    reports = [by("Gazette", "north"), by("Radio", "south"), by("UN", "neutral")]
    assert sources(reports, [0, 0, 2]) == Sources((0, 0, 2), 2, True)
    assert sources(reports, [0, 0, 0]) == Sources((0, 0, 0), 1, False)


@pytest.mark.parametrize("swap", [{"north": "south", "south": "north"}])
def test_exchanging_the_sides_changes_no_figure(swap: dict[str, str]) -> None:
    for reports, count, across in CASES.values():
        other: list[dict[str, Any]] = [
            {**one, "outlet_side": swap.get(one["outlet_side"], one["outlet_side"])}
            for one in reports
        ]
        found = sources(other, list(range(len(other))))
        assert (found.count, found.across) == (count, across)
