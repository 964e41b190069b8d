"""Positions over time: what they rest on, in which order, and contradictions kept."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.stance import Said, positions


def day(number: int) -> datetime:
    return datetime(2025, 3, number, tzinfo=UTC)


def said(
    number: str, stance: str, first: int | None, last: int | None, party: str | None = "russia",
    standing: str = "speaks", about: str = "30-day ceasefire", speaker: str | None = None,
) -> Said:  # fmt: skip
    speaks = standing != "none"
    return Said(
        number, party, standing, stance, stance if speaks else None,
        day(first) if first else None, day(last) if last else None, "day", None,
        f"speaker {number}" if speaker is None else speaker, "", about,
    )  # fmt: skip


def test_steps_are_in_the_order_of_time_and_say_what_they_rest_on() -> None:
    found = positions(
        [said("b", "rejects", 13, 14), said("a", "accepts", 20, 21), said("c", "rejects", 13, 14)]
    )
    assert len(found) == 1
    assert [(step.stance, step.statement_ids) for step in found[0].steps] == [
        ("rejects", ("b", "c")), ("accepts", ("a",)),
    ]  # fmt: skip
    assert found[0].contradictions == ()


def test_two_officials_who_contradict_each_other_are_both_kept() -> None:
    found = positions([said("a", "accepts", 13, 14), said("b", "rejects", None, 14)])[0]
    assert {step.statement_ids for step in found.steps} == {("a",), ("b",)}
    assert [{one.first.stance, one.second.stance} for one in found.contradictions] == [
        {"accepts", "rejects"}
    ]


def test_what_has_no_day_of_its_own_was_said_on_the_day_it_was_published() -> None:
    rows = [said("a", "accepts", 5, 6), said("b", "rejects", None, 14)]
    assert positions(rows)[0].contradictions == ()
    rows = [said("a", "accepts", None, 6), said("b", "rejects", None, 14)]
    assert positions(rows)[0].contradictions == ()


def test_nobody_contradicts_himself() -> None:
    rows = [
        said("a", "accepts", 13, 14, speaker="the aide"),
        said("b", "rejects", None, 14, speaker="the aide"),
        said("c", "rejects", 13, 14, speaker=""),
    ]
    assert positions(rows)[0].contradictions == ()


def test_two_speakers_contradict_each_other_once_for_each_pair_of_stances() -> None:
    rows = [
        said("a", "accepts", 13, 14, speaker="the minister"),
        said("b", "rejects", 13, 14, speaker="the general"),
        said("c", "rejects", 13, 15, speaker="the general"),
        said("d", "proposes", 13, 14, speaker="the minister"),
    ]
    found = positions(rows)[0].contradictions
    assert [(one.first.statement_ids, one.second.statement_ids) for one in found] == [
        (("a",), ("b",)), (("d",), ("b",)),
    ]  # fmt: skip


def test_a_change_of_mind_is_no_contradiction() -> None:
    found = positions([said("a", "accepts", 13, 14), said("b", "rejects", 14, 15)])[0]
    assert found.contradictions == ()


def test_an_aides_view_is_listed_apart() -> None:
    found = positions([said("a", "accepts", 13, 14), said("b", "rejects", 13, 14, standing="none")])
    assert [step.statement_ids for step in found[0].steps] == [("a",)]
    assert [step.statement_ids for step in found[0].others] == [("b",)]
    assert found[0].contradictions == ()


def test_a_party_and_a_ceasefire_each_have_a_position_of_their_own() -> None:
    found = positions(
        [
            said("a", "accepts", 13, 14), said("b", "accepts", 13, 14, party="ukraine"),
            said("c", "rejects", 13, 14, about="Easter truce"), said("d", "accepts", 1, 2, None),
        ]
    )  # fmt: skip
    assert [(one.about, one.party) for one in found] == [
        ("30-day ceasefire", "russia"), ("30-day ceasefire", "ukraine"),
        ("Easter truce", "russia"),
    ]  # fmt: skip


def test_what_takes_no_stance_is_no_step() -> None:
    assert positions([said("a", "unclear", 13, 14), said("b", "not-about-it", 13, 14)]) == []


ROWS = st.lists(
    st.builds(
        said, st.sampled_from("abcdef"), st.sampled_from(["accepts", "rejects", "unclear"]),
        st.one_of(st.none(), st.integers(1, 9)), st.one_of(st.none(), st.integers(10, 20)),
        st.sampled_from(["russia", "ukraine", None]), st.sampled_from(["speaks", "none"]),
    ),
    max_size=12,
)  # fmt: skip


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[Said], order: Random) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert positions(rows) == positions(shuffled)


@given(ROWS)
def test_every_stance_told_for_a_party_is_in_its_position(rows: list[Said]) -> None:
    kept = {
        number
        for one in positions(rows)
        for step in (*one.steps, *one.others)
        for number in step.statement_ids
    }
    assert kept == {one.statement_id for one in rows if one.party and one.stance != "unclear"}
