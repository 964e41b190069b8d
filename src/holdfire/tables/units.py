"""Counting units: what one row, or one quantity within a row, stands for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Unit:
    """A counting unit. Figures of two different units are never added."""

    id: str
    one: str
    many: str
    means: str
    of: str
    merges: bool = False


@cache
def units() -> dict[str, Unit]:
    """Return every counting unit by id, from ``units.toml``."""
    text = resources.files(__package__).joinpath("units.toml").read_text(encoding="utf-8")
    return {key: Unit(id=key, **value) for key, value in tomllib.loads(text).items()}


@cache
def merging() -> frozenset[str]:
    """Return the units whose rows tell of what happened: only these are merged with others."""
    return frozenset(name for name, unit in units().items() if unit.merges)


def noun(unit: str, count: float) -> str:
    """Return the unit's singular or plural for a count; an unknown unit is its own name."""
    known = units().get(unit)
    if known is None:
        return unit
    return known.one if count == 1 else known.many
