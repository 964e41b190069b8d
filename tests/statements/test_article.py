"""An article's own small letters and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.article import Article, Origin, lowered


def article(text: str) -> Article:
    return Article("a.txt", "0" * 64, 1, text, Origin.whole(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", set()),
        ("Kyiv's cease-fire, agreed.", {"kyiv", "s", "cease", "fire", "agreed"}),
        ("30 ДНЕЙ", {"30", "дней"}),
        ("a_b", {"a", "b"}),
    ],
)
def test_the_words_of_a_text_in_small_letters(text: str, words: set[str]) -> None:
    assert article(text).vocabulary == words


@given(st.text())
def test_small_letters_stay_in_their_places(text: str) -> None:
    low = lowered(text)
    assert len(low) == len(text)
    assert all(a.lower() == b or a == b for a, b in zip(text, low, strict=True) if a != "Σ")


def test_a_letter_whose_small_form_is_two_letters_stays() -> None:
    assert article("İstanbul SAYS").low == "İstanbul says"
