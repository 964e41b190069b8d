"""Where a ceasefire holds, told in many ways."""

import pytest

from tests.statements.draft.told import told


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("The army will hold fire from noon tomorrow in Cyprus.", ["in Cyprus"]),
        ("All offensive operations throughout Nicaragua will cease.", ["throughout Nicaragua"]),
        ("The truce took effect at midnight in the Nuba Mountains.", ["in the Nuba Mountains"]),
        (
            "Within fifty kilometres of the canal both must halt all attacks.",
            ["Within fifty kilometres of the canal"],
        ),
        (
            "Both sides agreed to cease all fire along all fronts of the country.",
            ["along all fronts of the country"],
        ),
        ("The truce was signed in Geneva.", []),
        ("The truce, agreed at talks in Doha, holds.", []),
        ("The truce begins on Sunday.", []),
        ("On Saturday the truce ended.", []),
        ("The truce took effect at eight o'clock in Beirut.", []),
    ],
)
def test_where_it_holds(text: str, zones: list[str]) -> None:
    assert told(text).get("zone", []) == zones
