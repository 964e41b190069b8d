"""The kind of a cue the tagger found, by the words of the rules."""

from __future__ import annotations

import pytest

from holdfire.statements.learned.kinds import kind_of


@pytest.mark.parametrize(
    ("cue", "kind", "hedged"),
    [
        ("said", "saying", False),
        ("According to", "saying", False),
        ("Reportedly", "saying", True),
        ("wants", "attitude", False),
        ("is ready", "attitude", False),
        ("has not accepted", "act", False),
        ("called strongly for", "act", False),
        ("welcomed", "reaction", False),
        ("has been struck by", "saying", False),
        ("", "saying", False),
    ],
)
def test_kinds(cue: str, kind: str, hedged: bool) -> None:
    assert kind_of(cue) == (kind, hedged)
