"""Laws of measuring, over generated findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.measure.answers import clause_answers
from holdfire.measure.indicators import indicators
from holdfire.tables.answer import ClauseAnswer, PartyTally, Told

from .conftest import BEFORE, PLAIN, REPORTED, WINDOW, Row, counted, kyiv, terms

FIRST = kyiv("2025-02-01 00:00")
ANSWER = st.sampled_from(["yes", "no", "unknown"])
FIGURE = st.none() | st.integers(0, 900).map(float)
SWAPPED = {"north": "south", "south": "north"}


@st.composite
def times(draw: st.DrawFn) -> dict[str, Any]:
    begins = FIRST + timedelta(hours=draw(st.integers(0, 24 * 90)))
    ends = begins + timedelta(hours=draw(st.integers(1, 24 * 9)))
    return {
        "occurred_from": draw(st.sampled_from([begins, begins, begins, None])),
        "occurred_to": draw(st.sampled_from([ends, ends, ends, None])),
    }


def allowed(facts: Row, span: tuple[datetime, datetime]) -> st.SearchStrategy[str]:
    """Return the verdicts that the time of an incident leaves open over a span."""
    begins, ends = facts["occurred_from"], facts["occurred_to"]
    if (begins and begins >= span[1]) or (ends and ends <= span[0]):
        return st.just("no")
    inside = begins and ends and begins >= span[0] and ends <= span[1]
    return ANSWER if inside else st.sampled_from(["no", "unknown"])


@st.composite
def incidents(draw: st.DrawFn) -> tuple[Row, Row]:
    """Return the findings of one incident under two readings of one clause."""
    low, high = draw(FIGURE), draw(FIGURE)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    side = draw(st.sampled_from(["north", "south", "neutral"]))
    held = draw(st.sampled_from(["north", "south", None]))
    facts = {
        **PLAIN, **draw(times()),
        "outlets": [f"Radio {side}"], "outlet_sides": [side], "held_responsible": held,
        "responsibility": draw(st.sampled_from(["reported", "inferred"])) if held else "unknown",
        "counting_unit": draw(st.sampled_from(["incident", "attack-row", "pixel"])),
        "quantity_unit": draw(st.sampled_from(["launch", "round", None])),
        "quantity_min": low, "quantity_max": high,
        "quantity_least": low, "quantity_most": high,
    }  # fmt: skip
    first, second = (
        {
            **facts, "reading": reading,
            "verdict": draw(allowed(facts, WINDOW)), "verdict_before": draw(allowed(facts, BEFORE)),
            "time_before": draw(ANSWER),
            "act": draw(ANSWER), "place": draw(ANSWER), "actor": draw(ANSWER),
            "decided_by": draw(st.sampled_from(["act", "place", "time", "all"])),
            "stale_days": draw(st.none() | st.integers(0, 30)),
        }
        for reading in "ab"
    )  # fmt: skip
    return first, second


FINDINGS = st.lists(incidents(), max_size=12)
Incidents = list[tuple[Row, Row]]


def flat(found: Incidents) -> list[Row]:
    return [row for pair in found for row in pair]


def answers(found: Incidents) -> list[ClauseAnswer]:
    """Return the answer under each reading."""
    both = [terms(reading="a"), terms(reading="b")]
    return clause_answers(counted(flat(found)), both, lambda _: REPORTED)


@given(FINDINGS, st.data())
@settings(max_examples=100, deadline=None)
def test_order_free_and_split_free(found: Incidents, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(found)), max_size=4)))
    parts = [shuffled[a:b] for a, b in pairwise([0, *cuts, len(found)])]
    whole, split = counted(flat(found)), counted(*map(flat, parts))
    assert split.table().equals(whole.table())
    assert split.informed == whole.informed
    assert split.informed_before == whole.informed_before
    assert split.different == whole.different
    assert indicators(answers(shuffled)) == indicators(answers(found))


@given(FINDINGS)
@settings(max_examples=100, deadline=None)
def test_certain_is_never_more_than_possible(found: Incidents) -> None:
    for answer in answers(found):
        for tally in [*answer.tallies, *(held.tally for held in answer.by_party)]:
            assert tally.possible is None or tally.certain <= tally.possible
            assert tally.before_possible is None or tally.before_certain <= tally.before_possible
        for day in answer.by_day:
            assert day.certain <= day.possible
        if answer.quiet_days_min is not None and answer.quiet_days_max is not None:
            assert 0 <= answer.quiet_days_min <= answer.quiet_days_max <= 30
        if answer.first_certain is not None:
            assert answer.first_possible is not None
            assert answer.first_possible[:10] <= answer.first_certain[:10]
    for figure in indicators(answers(found)):
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@st.composite
def shares(draw: st.DrawFn) -> dict[str, float]:
    """Return what an incident adds to a count where it is not sure which reports are the same."""
    low = 1 / draw(st.integers(1, 7))
    high = draw(st.integers(1, 4))
    return {
        "incidents_min": low, "incidents_max": float(high),
        "incidents_expected": low + (high - low) * draw(st.floats(0, 1)),
    }  # fmt: skip


@st.composite
def doubted(draw: st.DrawFn) -> Incidents:
    return [
        (a | share, b | share)
        for (a, b), share in ((one, draw(shares())) for one in draw(FINDINGS))
    ]


@given(doubted(), st.data())
@settings(max_examples=100, deadline=None)
def test_with_doubt_about_what_is_the_same(found: Incidents, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))
    assert counted(flat(shuffled)).table().equals(counted(flat(found)).table())
    sure = {answer.reading: {t.unit: t for t in answer.tallies} for answer in answers(
        [({**a, **ONE}, {**b, **ONE}) for a, b in found])}  # fmt: skip
    for answer in answers(found):
        for tally in answer.tallies:
            plain = sure[answer.reading][tally.unit]
            assert tally.certain <= plain.certain
            assert (tally.certain > 0) == (plain.certain > 0)
            if tally.possible is not None and plain.possible is not None:
                assert tally.certain <= tally.possible
                assert tally.possible >= plain.possible
            if tally.expected is not None:
                assert tally.certain <= tally.expected[0] + 1 <= tally.expected[1] + 1
        for day in answer.by_day:
            assert 0 <= day.certain <= day.certain + day.day_open <= day.possible
        held = [one.tally.certain for one in answer.by_party if one.tally.unit == "incident"]
        whole = [tally.certain for tally in answer.tallies if tally.unit == "incident"]
        assert sum(held) >= sum(whole), "parts are rounded up one by one"


ONE = dict.fromkeys(("incidents_min", "incidents_expected", "incidents_max"), 1.0)


@given(FINDINGS)
@settings(max_examples=100, deadline=None)
def test_rows_are_counted_once_and_never_across_units(found: Incidents) -> None:
    for answer in answers(found):
        own = [row for row in flat(found) if row["reading"] == answer.reading]
        for tally in answer.tallies:
            window = [row for row in own if row["verdict"] != "no"]
            if tally.unit in ("launch", "round"):
                of_unit = [row for row in window if row["quantity_unit"] == tally.unit]
                least = [row["quantity_min"] or 0.0 for row in of_unit if row["verdict"] == "yes"]
                most = [row["quantity_max"] for row in of_unit]
                assert tally.certain == sum(least)
                assert tally.possible == (None if None in most else sum(most))
            else:
                of_unit = [row for row in window if row["counting_unit"] == tally.unit]
                assert tally.possible == len(of_unit)
                assert tally.certain == sum(row["verdict"] == "yes" for row in of_unit)


@given(FINDINGS)
@settings(max_examples=100, deadline=None)
def test_parties_add_up(found: Incidents) -> None:
    for answer in answers(found):
        for tally in answer.tallies:
            parts = [held.tally for held in answer.by_party if held.tally.unit == tally.unit]
            assert sum(part.certain for part in parts) == tally.certain
            assert sum(part.before_certain for part in parts) == tally.before_certain
            ends = [part.possible for part in parts]
            assert (None in ends) == (tally.possible is None)
            assert tally.possible is None or sum(end or 0 for end in ends) == tally.possible


def exchanged(row: Row) -> Row:
    return {
        **row,
        "held_responsible": SWAPPED.get(row["held_responsible"]),
        "outlet_sides": [SWAPPED.get(side, side) for side in row["outlet_sides"]],
    }


def swapped(answer: ClauseAnswer) -> ClauseAnswer:
    held = [
        PartyTally(SWAPPED.get(one.party or ""), one.responsibility, one.tally)
        for one in answer.by_party
    ]
    told = [Told(one.outlet, SWAPPED.get(one.side or "", one.side), one.incidents)
            for one in answer.told_by]  # fmt: skip
    return replace(answer, by_party=tuple(held), told_by=tuple(told))


def settled(answer: ClauseAnswer) -> ClauseAnswer:
    """Return it with what is listed by name in one order, whatever the names are."""
    return replace(
        answer,
        by_party=tuple(sorted(answer.by_party, key=repr)),
        told_by=tuple(sorted(answer.told_by, key=repr)),
    )


@given(FINDINGS)
@settings(max_examples=100, deadline=None)
def test_exchanging_the_parties_exchanges_the_answer_only(found: Incidents) -> None:
    here = [settled(swapped(answer)) for answer in answers(found)]
    there = [
        settled(answer) for answer in answers([(exchanged(a), exchanged(b)) for a, b in found])
    ]
    assert here == there


@given(FINDINGS)
@settings(max_examples=100, deadline=None)
def test_indicator_ids_are_unique(found: Incidents) -> None:
    ids = [figure.id for figure in indicators(answers(found))]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
