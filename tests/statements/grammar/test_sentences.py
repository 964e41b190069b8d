"""Paragraphs, sentences and quotations."""

from __future__ import annotations

import pytest

from holdfire.statements.grammar.lexicon import lexicon
from holdfire.statements.grammar.sentences import LONGEST, paragraphs
from holdfire.statements.grammar.tokens import tokens


def split(text: str, quoted: bool = False) -> list[str]:
    return [
        text[one.starts[0] : one.ends[-1]]
        for paragraph in paragraphs(text, tokens(text, lexicon()))
        for one in paragraph.sentences
        if one.quoted is quoted
    ]


CASES = {
    "He left. She stayed.": ["He left.", "She stayed."],
    "The U.S. team left. The U.S. The end.": ["The U.S. team left.", "The U.S.", "The end."],
    "“One. Two,” he said. Three.": ["“One. Two,” he said.", "Three."],
    "It would be “a step.” Another said no.": ["It would be “a step.”", "Another said no."],
    "“Is it over?” Putin asked. “No.”": ["“Is it over?” Putin asked.", "“No.”"],
    "A heading\n\nOne sentence.": ["One sentence."],
    "Gen. Nam met Rep. Lee (R-S.C.) there.": ["Gen. Nam met Rep. Lee (R-S.C.) there."],
    'He said "no" and left.': ['He said "no" and left.'],
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items())
def test_sentences_seen_from_outside(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


def test_sentences_inside_a_quotation_are_sentences() -> None:
    assert split("“We won. They lost,” he said.", quoted=True) == ["We won.", "They lost,"]


def test_a_text_without_a_stop_is_cut() -> None:
    found = split("word " * (LONGEST * 3) + "end.")
    assert len(found) == 4
    assert "".join(found).replace(" ", "") == "word" * (LONGEST * 3) + "end."


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “a «b» c” twice.", ["a «b» c", "b"]),
        ("The soldiers’ ‘rest’ ended.", ["rest"]),
        ("He measured 5\" and left.", []),
        ('"It is said," he said. "It is."', ["It is said,", "It is."]),
    ],
)  # fmt: skip
def test_marks_that_belong_together(text: str, inside: list[str]) -> None:
    assert sorted(split(text, quoted=True)) == sorted(inside)
