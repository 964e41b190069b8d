"""Tokens cover every letter that is not a blank, once, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.lexicon import lexicon
from holdfire.statements.grammar.tokens import classify, tokens

CASES = {
    "The U.S. said at 6 p.m. it": ["the", "u.s.", "said", "at", "6", "p.m.", "it"],
    "Gen. Keith Kellogg didn't": ["gen.", "keith", "kellogg", "didn't"],
    "Putin’s 30-day cease-fire": ["putin", "'s", "30-day", "cease-fire"],
    "2,935 times, 40%": ["2,935", "times", ",", "40%"],
    "O'Neill said: “No.”": ["o'neill", "said", ":", "“", "no", ".", "”"],
    "''It's tinkering,'' he": ['"', "it", "'s", "tinkering", ",", '"', "he"],
}


@pytest.mark.parametrize(("text", "words"), CASES.items())
def test_words_and_marks(text: str, words: list[str]) -> None:
    assert tokens(text, lexicon()).words == words


@given(st.text(max_size=200))
def test_every_letter_is_in_one_token(text: str) -> None:
    found = tokens(text, lexicon())
    covered = [at for a, b in zip(found.starts, found.ends, strict=True) for at in range(a, b)]
    assert covered == sorted(set(covered))
    missing = set(range(len(text))) - set(covered)
    assert all(text[at].isspace() for at in missing)


@pytest.mark.parametrize(
    ("word", "flag", "has"),
    [
        ("May", c.MODAL, False), ("may", c.MODAL, True), ("may", c.TIME, False),
        ("May", c.TIME, True), ("said", c.CUE, True), ("family", c.ADVERB, False),
        ("quickly", c.ADVERB, True), ("attacked", c.ED, True), ("united", c.ED, False),
        ("Rose", c.VERB, False), ("reportedly", c.HEDGE, True),
    ],
)  # fmt: skip
def test_classes_of_words(word: str, flag: int, has: bool) -> None:
    assert bool(classify(word)[1] & flag) is has
