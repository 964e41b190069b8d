"""Stance: what sentences tell of a ceasefire, whose position it is, and on which conditions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.stance import stances
from holdfire.statements.statement import Stance
from holdfire.tables.statement import STANCES
from tests.statements.stance.marked import Marked, marked

CASES = [
    (before, stance, text)
    for before, by_stance in (
        (table.pop("before"), table)
        for table in tomllib.loads(
            Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
        ).values()
    )
    for stance, texts in by_stance.items()
    for text in texts
]


def found(one: Marked) -> list[Stance]:
    return stances(one.article(), one.attributions, one.speakers, None)


@pytest.mark.parametrize(("before", "stance", "text"), CASES)
def test_what_a_sentence_tells(before: str, stance: str, text: str) -> None:
    assert [one.value for one in found(marked(before + text))] == [stance]


def test_every_stance_has_cases() -> None:
    assert {stance for _, stance, _ in CASES} == set(STANCES)


CONDITIONS = [
    ("[Hamas|hamas] {accepts} <a truce only if the troops leave>.", "only if the troops leave"),
    (
        "[He|russia] {said} <Russia agrees to the ceasefire, provided that arms deliveries stop>.",
        "provided that arms deliveries stop",
    ),
    (
        "[She|india] {said} <India would observe the truce as long as Pakistan did. She smiled>.",
        "as long as Pakistan did",
    ),
    ("[The rebels|eln] {agreed in principle to} <the truce>.", "in principle"),
    (
        "[Khartoum|sudan] {demanded} <that the militia leave the cities before a ceasefire>.",
        "that the militia leave the cities before a ceasefire",
    ),
]


@pytest.mark.parametrize(("text", "condition"), CONDITIONS)
def test_conditions_are_passages(text: str, condition: str) -> None:
    one = marked("A truce was put forward.\n\n" + text)
    stance = found(one)[0]
    if "demanded" in text:
        assert stance.value in ("proposes", "accepts-on-conditions")
        return
    assert stance.value == "accepts-on-conditions"
    assert [one.text[start:end] for start, end in stance.conditions] == [condition]


def test_who_passes_on_anothers_words_takes_no_stance() -> None:
    one = marked(
        "A truce was put forward.\n\n"
        "[The agency] {reported} <that [Ushakov|russia] {rejected} <the ceasefire>>."
    )
    assert [stance.value for stance in found(one)] == ["unclear", "rejects"]


def test_a_spokesman_takes_the_stance_of_his_own_side_and_of_no_other() -> None:
    text = (
        "A truce was put forward.\n\n[The spokesman|{}] {{said}} <Russia had accepted the truce>."
    )
    assert found(marked(text.format("russia")))[0].value == "accepts"
    assert found(marked(text.format("ukraine")))[0].value == "unclear"
    assert found(marked(text.format("united-states")))[0].value == "unclear"


@pytest.mark.parametrize(
    ("standing", "party", "expected"),
    [("decides", "|russia", "rejects"), ("speaks", "|russia", "rejects"),
     ("none", "|russia", None), ("decides", "", None)],
)  # fmt: skip
def test_the_partys_stance_needs_standing_and_a_party(
    standing: str, party: str, expected: str | None
) -> None:
    one = marked(f"A truce.\n\n[He{party}] {{rejected}} <the ceasefire>.", standing=standing)
    stance = found(one)[0]
    assert (stance.value, stance.party_value) == ("rejects", expected)


def test_another_ceasefire_is_not_the_one_judged() -> None:
    one = marked(
        "The 30-day ceasefire was put forward. The 30-day ceasefire would begin soon.\n\n"
        "[He|russia] {recalled} <that Russia had kept to the Minsk agreements of 2015>."
    )
    assert found(one)[0].value == "not-about-it"


def test_an_article_without_a_ceasefire_has_no_stance() -> None:
    one = marked("[The bank|india] {rejected} <the proposal>.")
    assert found(one)[0].value == "not-about-it"


TEMPLATES = [
    "[{a} officials|{x}] {{said}} <{a} had accepted the truce but {b} had rejected it>.",
    "[{a}|{x}] {{accused}} <{b} of breaking the truce>.",
    "[{a}|{x}] {{said}} <{b} must accept the ceasefire>.",
    "[The ministry|{x}] {{said}} <{b} forces had fired on {a} positions during the truce>.",
    "[The ministry|{x}] {{said}} <{a} forces had observed the truce>.",
    "[The envoy|{x}] {{said}} <{a} would observe the truce only if {b} did>.",
    "[The aide|{x}] {{said}} <{a} was not interested in a truce with {b}>.",
    "[The minister|{x}] {{said}} <the truce would help {b} to regroup>.",
]
PARTIES = [
    ("Russia", "russia"), ("Ukraine", "ukraine"), ("India", "india"), ("Pakistan", "pakistan"),
    ("Armenia", "armenia"), ("Azerbaijan", "azerbaijan"), ("Israel", "israel"), ("Hamas", "hamas"),
]  # fmt: skip


@given(st.sampled_from(TEMPLATES), st.sampled_from(PARTIES), st.sampled_from(PARTIES))
def test_exchanging_the_parties_exchanges_nothing_else(
    template: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    if one == other:
        return
    before = "A truce took effect on Monday, and breaches were told.\n\n"
    first = marked(before + template.format(a=one[0], x=one[1], b=other[0]))
    second = marked(before + template.format(a=other[0], x=other[1], b=one[0]))
    assert [s.value for s in found(first)] == [s.value for s in found(second)]


WORDS = [
    "the truce",
    "Russia",
    "rejected",
    "not",
    "if",
    "“",
    "”",
    "it",
    "but",
    "\n\n",
    "İ",
    "'s",
    ".",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.data())
def test_any_passages_of_any_text_get_a_stance(words: list[str], data: st.DataObject) -> None:
    text = "A truce. " + " ".join(words)
    one = marked("[He|russia] {said} <it>.")
    place = st.integers(0, len(text))
    spans = []
    for _ in range(2):
        start, end = sorted((data.draw(place), data.draw(place)))
        spans.append((start, end))
    one.text = text
    attribution = one.attributions[0].__class__((spans[0],), (spans[1],))
    stance = stances(one.article(), [attribution], one.speakers, None)[0]
    assert stance.value in STANCES
    assert all(0 <= a < b <= len(text) for a, b in stance.conditions)


def test_what_is_withheld_is_nobodys_position() -> None:
    one = marked(
        "A truce was put forward.\n\n"
        "[The president|ukraine] {denied} <that [Ukraine|ukraine] {had rejected} <the ceasefire>>."
    )
    assert [(stance.value, stance.party_value) for stance in found(one)] == [("unclear", None)] * 2
