"""What an answer can do: name passages that are there, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.asked import answers
from holdfire.statements.asked.answers import read
from holdfire.statements.attribution import Attribution

TEXT = (
    "Mara Lind said the truce holds. “It will last,” she said, “if both\nsides want it.”\n"
    "The mayor said the truce holds. The mayor said the truce holds."
)


def one(content: Any, cue: Any, source: Any = (), **more: Any) -> dict[str, Any]:
    return {"content": content, "cue": cue, "source": list(source), **more}


def words(found: list[Attribution]) -> list[tuple[list[str], list[str], list[str]]]:
    return [
        (
            [TEXT[a:b] for a, b in each.source],
            [TEXT[a:b] for a, b in each.cue],
            [TEXT[a:b] for a, b in each.content],
        )
        for each in found
    ]


def test_quotations_become_passages() -> None:
    thrown: Counter[str] = Counter()
    told = [
        one(["the truce holds"], ["said"], ["Mara Lind"]),
        one(["“It will last,”", "“if both sides  want it.”"], ["said"], ["she"], kind="saying"),
    ]
    found = read(json.dumps(told), TEXT, thrown)
    assert words(found) == [
        (["Mara Lind"], ["said"], ["the truce holds"]),
        (["she"], ["said"], ["“It will last,”", "“if both\nsides want it.”"]),
    ]
    assert found[1].cue[0][0] == TEXT.index("said, “if")
    assert not thrown


def test_what_stands_there_more_than_once_goes_by_order() -> None:
    mayor = one(["the truce holds"], ["said"], ["The mayor"])
    told = [one(["the truce holds"], ["said"], ["Mara Lind"]), mayor, mayor]
    thrown: Counter[str] = Counter()
    found = read(json.dumps(told), TEXT, thrown)
    at = [TEXT.index("the truce"), TEXT.index("the truce", 90), TEXT.rindex("the truce")]
    assert [each.content[0][0] for each in found] == at
    assert [each.source[0][0] for each in found[1:]] == [
        TEXT.index("The mayor"),
        TEXT.rindex("The mayor"),
    ]
    again = read(json.dumps([*told, mayor]), TEXT, thrown)
    assert again == found
    assert thrown == {answers.TWICE: 1}


def test_a_word_is_not_found_within_a_word() -> None:
    thrown: Counter[str] = Counter()
    assert read(json.dumps([one(["the tru"], ["said"])]), TEXT, thrown) == []
    assert thrown == {answers.NOT_IN_TEXT: 1}


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        (one(["the truce is broken"], ["said"]), answers.NOT_IN_TEXT),
        (one(["the truce holds"], ["said"], ["Mara Lint"]), answers.NOT_IN_TEXT),
        (one(["the truce holds", "never written"], ["said"]), answers.NOT_IN_TEXT),
        (one(["The Truce holds"], ["said"]), answers.NOT_IN_TEXT),
        (one([""], ["said"]), answers.NOT_IN_TEXT),
        (one(["the truce holds"], []), answers.NO_CONTENT),
        (one([], ["said"]), answers.NO_CONTENT),
        (one(["“if both sides want it.”", "“It will last,”"], ["said"]), answers.NO_ORDER),
        (one(["“It will last,”"], ["will"]), answers.INSIDE),
        (one(["“It will last,”"], ["said"], ["It"]), answers.INSIDE),
        (one(["the truce holds"], ["said"], kind="order"), answers.UNKNOWN_KIND),
        (one(["the truce holds"], ["said"], kind=["saying"]), answers.UNKNOWN_KIND),
        (one(["the truce holds"] * 41, ["said"]), answers.TOO_LONG),
        (one([["the truce holds"]], ["said"]), answers.NOT_AN_OBJECT),
        (one(7, ["said"]), answers.NOT_AN_OBJECT),
        ("the truce holds", answers.NOT_AN_OBJECT),
        (None, answers.NOT_AN_OBJECT),
    ],
)
def test_an_element_that_is_wrong_anywhere_is_thrown_away_whole(element: Any, reason: str) -> None:
    thrown: Counter[str] = Counter()
    good = one(["the truce holds"], ["said"], ["Mara Lind"])
    assert len(read(json.dumps([element, good]), TEXT, thrown)) == 1
    assert thrown == {reason: 1}
    assert reason in answers.REASONS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", answers.NO_LIST),
        ("I will not do that.", answers.NO_LIST),
        ('{"statements": 1}', answers.NO_LIST),
        ("[" * 20_000, answers.NO_LIST),
        ("[" * 5_000 + "]" * 5_000, answers.NOT_AN_OBJECT),
        ('[{"content": ["the truce', answers.NO_LIST),
        ("[" + "9" * 10_000 + "]", answers.NO_LIST),
        ("x" * 30_000, answers.TOO_LONG),
    ],
)
def test_a_broken_answer_is_nothing(answer: str, reason: str) -> None:
    thrown: Counter[str] = Counter()
    assert read(answer, TEXT, thrown) == []
    assert sum(thrown.values()) == 1
    assert reason in thrown or answers.NO_LIST in thrown


@pytest.mark.parametrize("around", ["```json\n{}\n```", "Here you are:\n{}\nGlad to help.", "{}"])
def test_politeness_around_an_answer_does_no_harm(around: str) -> None:
    told = json.dumps([one("the truce holds", "said", ["Mara Lind"], kind="act", hedged=True)])
    (found,) = read(around.replace("{}", told), TEXT, Counter())
    assert (found.kind, found.hedged) == ("act", True)


def test_elements_without_end_are_cut_off() -> None:
    thrown: Counter[str] = Counter()
    assert read("[" + ",".join("1" * 1000) + "]", TEXT, thrown) == []
    assert thrown == {answers.TOO_LONG: 600, answers.NOT_AN_OBJECT: 400}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(TEXT.split()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["content", "cue", "source", "kind", "hedged"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(st.lists(json_values, max_size=5))
def test_no_answer_does_more_than_name_passages(told: list[Any]) -> None:
    thrown: Counter[str] = Counter()
    found = read(json.dumps(told), TEXT, thrown)
    assert len(found) + thrown.total() == len(told)
    for each in found:
        content = each.content
        assert content == tuple(sorted(content))
        for start, end in (*content, *each.cue, *each.source):
            assert 0 <= start < end <= len(TEXT)
        for start, end in (*each.cue, *each.source):
            assert all(end <= a or b <= start for a, b in content)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_and_no_answer_break_it(answer: str, text: str) -> None:
    read(answer, text, Counter())
