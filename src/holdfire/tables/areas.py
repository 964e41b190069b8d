"""Counts of named areas. How they are made, and what they assume, is in ``measure/areas.py``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area: from what surely happened in it to what may have, in effect and before."""

    area: str
    title: str
    certain: int
    possible: int
    before_certain: int
    before_possible: int


@dataclass(frozen=True, slots=True)
class UnitAreas:
    """The areas of one clause in one counting unit; ``nowhere`` had no place in any of them."""

    unit: str
    areas: tuple[AreaCount, ...]
    nowhere: tuple[int, int]
