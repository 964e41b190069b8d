"""A small agreement that loads without problems, to be changed one thing at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from holdfire.terms.agreement import Agreement
from holdfire.terms.loading import Loaded, load
from holdfire.terms.vocabulary import shipped_vocabularies

BASE = """\
[agreement]
id = "truce"
title = "A truce"
conflict = "A conflict"
local_time = "Europe/Kyiv"

[[texts]]
id = "paper"
citation = "A paper"

[[parties]]
id = "north"
names = { en = "North" }

[[parties]]
id = "south"
names = { en = "South" }

[in_effect]
from = 2025-03-01T00:00:00

[ends]
after = "30 days"

[[clauses]]
id = "strikes"
title = "A strike"
wording = "no strikes"
text = "paper"
acts = ["strike"]
binds = ["north"]
zone = "home"
windows = []
hours = []
permits = []
"""

AREAS = ("home", "town", "sites", "road", "theatre", "base")

Read = Callable[[str], Loaded]
Agreed = Callable[[str], Agreement]


def changed(old: str, new: str) -> str:
    """Return the base with one passage changed."""
    assert BASE.count(old) == 1, f"{old!r} must occur once in the base"
    return BASE.replace(old, new)


@pytest.fixture
def read() -> Read:
    return lambda text: load(text, shipped_vocabularies(), AREAS)


@pytest.fixture
def agreed(read: Read) -> Agreed:
    def agree(text: str) -> Agreement:
        loaded = read(text)
        assert loaded.problems == ()
        assert loaded.agreement is not None
        return loaded.agreement

    return agree
