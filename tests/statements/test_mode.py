"""How a statement is told."""

from __future__ import annotations

import pytest

from holdfire.statements.attribution import Attribution, Kind
from holdfire.statements.mode import mode, quotations


def of(text: str, content: str, kind: Kind = "saying") -> str:
    start = text.index(content)
    return mode(text, Attribution(((start, start + len(content)),), ((0, 1),), (), kind), quotations(text))  # noqa: E501  # fmt: skip


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We agree,” he said.", "“We agree,”", "direct"),
        ('"We agree," he said.', '"We agree,"', "direct"),
        ("«We agree», he said.", "«We agree»", "direct"),
        ("He said that they agree.", "that they agree", "indirect"),
        ("It was “a respite for the army”.", "It was “a respite for the army”", "mixed"),
        ("He said the “truce” was dead.", "the “truce” was dead", "indirect"),
        ("He said: “No.”", "“No.”", "direct"),
        ("It was Kyiv’s and Moscow’s fault.", "It was Kyiv’s and Moscow’s fault", "indirect"),
        ("That “we will hold our fire”.", "That “we will hold our fire”", "direct"),
        ("“We stop,\nhe said, “tonight.”", "“We stop,", "direct"),
    ],
)  # fmt: skip
def test_share_in_quotation_marks(text: str, content: str, expected: str) -> None:
    assert of(text, content) == expected


@pytest.mark.parametrize("kind", ["act", "reaction"])
def test_acts_and_reactions_are_told_as_such(kind: Kind) -> None:
    assert of("Kyiv accepted “the whole plan as it is”.", "“the whole plan as it is”", kind) == kind


def test_a_mark_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert quotations("“one\ntwo “three”") == [(0, 4), (9, 16)]
