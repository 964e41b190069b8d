"""Base forms with where they stand, and the patterns over them."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.article import lowered
from holdfire.statements.stance.lemmas import Phrases, forms, line, pattern
from holdfire.statements.stance.rules import rules


@pytest.mark.parametrize(
    ("verb", "regular"),
    [
        ("accept", ("accepts", "accepted", "accepting")),
        ("agree", ("agrees", "agreed", "agreeing")),
        ("refuse", ("refuses", "refused", "refusing")),
        ("deny", ("denies", "denied", "denying")),
        ("destroy", ("destroys", "destroyed", "destroying")),
        ("breach", ("breaches", "breached", "breaching")),
    ],
)
def test_forms_of_regular_verbs(verb: str, regular: tuple[str, ...]) -> None:
    assert forms(verb) == regular


def test_a_text_in_base_forms_with_a_party_as_one_word() -> None:
    text = "The Rapid Support Forces didn't accept the truces."
    found = line(text, rules().lemmas, [(4, 24, "rsf")])
    assert found.text == " the @rsf do not accept the ceasefire . "
    start = found.text.index("accept")
    assert text[slice(*found.passage(start, start + len("accept the")))] == "accept the"


def test_patterns_of_phrases() -> None:
    names = {"truce": "(ceasefire|pause)"}
    compiled = re.compile(pattern("broke (the )?… {truce}", names, {"broke": "break"}))
    assert compiled.fullmatch("break the three-day ceasefire")
    assert compiled.fullmatch("break pause")
    assert not compiled.fullmatch("break the deal")


def test_the_longest_of_phrases_that_begin_alike_is_found() -> None:
    phrases = Phrases([("short", "agree"), ("long", "agree in principle")])
    assert phrases.find(" we agree in principle . they agree ") == [
        ("long", 4, 22),
        ("short", 30, 35),
    ]


def test_a_phrase_that_begins_with_a_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="plain word"):
        Phrases([("x", "(a|b) truce")])


def test_every_rule_has_a_reason() -> None:
    raw = tomllib.loads(
        resources.files("holdfire.statements.stance").joinpath("stance.toml").read_text("utf-8")
    )
    assert all(one["reason"].endswith(".") for one in (*raw["signal"], *raw["question"]))


@given(st.text(alphabet="aB İß’'.- \n“”é1", max_size=60))
def test_tokens_stand_where_they_are_said_to_stand(text: str) -> None:
    assert len(lowered(text)) == len(text)
    found = line(text, rules().lemmas)
    assert len(found.starts) == len(found.tokens)
    for start, (a, b) in zip(found.starts, found.tokens, strict=True):
        assert 0 <= a < b <= len(text)
        assert found.text[start - 1] == " "
        assert found.place(a) == start


def test_a_phrase_may_begin_with_a_choice() -> None:
    phrases = Phrases([("a", pattern("(go|come) (home )?again", {}, {}))])
    assert [name for name, _, _ in phrases.find(" they go again ")] == ["a"]
    assert [name for name, _, _ in phrases.find(" they come home again ")] == ["a"]
    assert phrases.find(" they stay again ") == []
