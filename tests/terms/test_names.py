"""What sources call the parties."""

from __future__ import annotations

import pytest

from holdfire.tables.report import OUTSIDER
from holdfire.terms.names import PartyNames, folded

from .conftest import Agreed, changed

NAMED = changed(
    'names = { en = "North" }',
    'names = { en = "North", fr = "Nord", uk = "Північ" }\n'
    'aliases = ["Military Forces of the North (2000-)"]\n\n'
    '[[outsiders]]\nname = "Eastern Volunteers"\naliases = ["EV"]',
)


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("north", "north"),
        ("North", "north"),
        ("  NORTH ", "north"),
        ("nord", "north"),
        ("ПІВНІЧ", "north"),
        ("Military  Forces of the\tNorth (2000-)", "north"),
        ("Ｎorth", "north"),
        ("South", "south"),
        ("Eastern Volunteers", OUTSIDER),
        ("ev", OUTSIDER),
        ("Westland", None),
        ("", None),
    ],
)
def test_a_name_is_found_in_any_language_and_case(
    agreed: Agreed, said: str, party: str | None
) -> None:
    assert PartyNames(agreed(NAMED)).find(said) == party


def test_a_name_of_a_party_and_of_an_outsider_is_a_problem(agreed: Agreed) -> None:
    text = changed(
        'names = { en = "South" }', 'names = { en = "South" }\n\n[[outsiders]]\nname = "EV"'
    )
    agreement = agreed(text)
    taken = agreement.model_copy(
        update={"outsiders": (agreement.outsiders[0].model_copy(update={"name": "South"}),)}
    )
    assert [problem.message for problem in PartyNames(taken).problems] == [
        'the name "South" belongs to both south and outsider'
    ]


def test_the_english_name_is_shown_or_else_the_first(agreed: Agreed) -> None:
    assert agreed(NAMED).parties[0].name == "North"
    other = agreed(changed('{ en = "North" }', '{ fr = "Nord", uk = "Північ" }'))
    assert other.parties[0].name == "Nord"


def test_folding_is_stable() -> None:
    assert folded(folded(" Ångström  Ⅳ ")) == folded("ångström iv")
