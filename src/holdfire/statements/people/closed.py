"""Closed classes of English words, from ``closed.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _classes() -> dict[str, str]:
    folder = resources.files("holdfire.statements.people")
    return tomllib.loads(folder.joinpath("closed.toml").read_text(encoding="utf-8"))


@cache
def closed(name: str) -> frozenset[str]:
    """Return one class of words; a name that is not there is a ``KeyError``."""
    return frozenset(_classes()[name].split())
