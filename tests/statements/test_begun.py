"""Patterns that are tried only where they can begin find what they would find everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.article import words_of
from holdfire.statements.begun import Begun

PATTERNS = [
    r"(?:cease-?fires?|truces?|moratori(?:um|ums|a)|stand-?still|off limits)\b",
    r"(?:(?:halt|end)s? (?:to|of) (?:all |the )*(?:fighting|war)|fire (?:ceased|will cease))\b",
    r"\b(?:ban|no|hold(?: back)?|not to)\b[^.]{0,9}?\b(?:fire|war)\b|(?:quiet )?calm\b",
]
WORDS = [
    "cease", "fire", "ceasefires", "truce", "moratoria", "stand", "still", "off", "limits",
    "halts", "end", "ends", "to", "of", "all", "the", "fighting", "war", "warned", "will", "ban",
    "bans", "no", "not", "now", "hold", "back", "quiet", "calm", "_war", "é", "Fire", "ﬁre",
]  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", ". ", "_", "’", ""])), max_size=25
).map(lambda parts: "".join(word + gap for word, gap in parts).lower())


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_finds_what_is_found_everywhere(pattern: str, text: str) -> None:
    everywhere = [one.span() for one in re.finditer(rf"\b(?:{pattern})", text)]
    begun = Begun(pattern)
    assert [one.span() for one in begun.finditer(text, words_of(text))] == everywhere
    first = begun.search(text, words_of(text))
    assert (first.span() if first else None) == (everywhere[0] if everywhere else None)


@given(st.text(max_size=60) | TEXTS)
def test_words_are_parted_at_whatever_is_no_letter_or_digit(text: str) -> None:
    assert words_of(text) == frozenset(re.findall(r"[^\W_]+", text))


@pytest.mark.parametrize("pattern", [r"[a-z]+ fire", r"(?:the )?\w+", r"a?b", ""])
def test_refuses_what_begins_with_no_plain_word(pattern: str) -> None:
    with pytest.raises(ValueError, match="must begin with plain words"):
        Begun(pattern)
