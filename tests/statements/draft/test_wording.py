"""Kinds of wording by which news tells a term, case by case."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from holdfire.statements.draft import FIELDS

from .told import told

CASES = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
YOUNG = "\n\nThe ceasefire is young."
ALONE = ("party", "proposer")
"""Fields that are read from the whole text, so that nothing follows the case."""


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [(field, text, values) for field in FIELDS for text, values in CASES[field]],
)
def test_a_term_is_told(field: str, text: str, values: list[str]) -> None:
    whole = text if field in ALONE else text + YOUNG
    assert sorted(told(whole).get(field, [])) == values


def test_every_field_has_cases() -> None:
    assert set(CASES) == set(FIELDS)
