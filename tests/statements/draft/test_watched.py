"""Who watches, and what is allowed all the same, told in many ways."""

import pytest

from tests.statements.draft.told import told


@pytest.mark.parametrize(
    ("text", "watchers"),
    [
        ("Verification of the truce is in the hands of MINUGUA, the United Nations mission.",
         ["MINUGUA, the United Nations mission"]),
        ("The bishop and the general are to check that the truce is kept.",
         ["The bishop and the general"]),
        ("A mixed commission of seven will see that the truce is kept.",
         ["A mixed commission of seven"]),
        ("Blue helmets will be placed between the lines of the truce.", ["Blue helmets"]),
        ("Fifty officers make up the observer group of the truce.", ["Fifty officers"]),
        ("He praised the UN force, which will watch the truce.", ["the UN force"]),
        ("The truce is supervised by nobody.", []),
        ("Norway has offered to send observers of the truce.", []),
        ("Who will verify the truce?", []),
    ],
)  # fmt: skip
def test_who_watches(text: str, watchers: list[str]) -> None:
    assert told(text).get("monitoring", []) == watchers


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("The truce began, but soldiers may shoot back if fired upon.",
         ["soldiers may shoot back if fired upon"]),
        ("The rebels reserve the right to answer under the truce.",
         ["The rebels reserve the right to answer under the truce"]),
        ("The truce holds so long as nobody attacks them.", ["so long as nobody attacks them"]),
        ("The truce began, though raids against bandits are to proceed.",
         ["raids against bandits are to proceed"]),
        ("Israel appears nowhere in the truce.", ["Israel appears nowhere in the truce"]),
        ("Under the truce no raids are permitted.", []),
        ("The truce can still be saved.", []),
        ("The attack did not affect trains during the truce.", []),
    ],
)  # fmt: skip
def test_what_is_allowed(text: str, allowed: list[str]) -> None:
    assert told(text).get("exception", []) == allowed
