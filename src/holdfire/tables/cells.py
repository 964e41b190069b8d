"""Counts and rates of hexagonal cells, each against its own baseline.

How each figure is made, and what it assumes, is in ``measure/hotspots.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from holdfire.tables.measured import Bounded

Found = Literal["rose", "fell", "no change found", "too few"]
Method = Literal["bh", "by"]


@dataclass(frozen=True)
class CellCount:
    """How many a cell has: surely, at most, and by shares of the disks (least, most)."""

    certain: int
    possible: int
    expected: tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """One cell: its H3 index, middle, counts and test.

    ``usual`` is what the baseline's rate would have brought in effect, ``ratio`` the change of the
    rate, ``None`` for an end or a whole that nothing bounds; both without chance.
    """

    cell: str
    lon: float
    lat: float
    in_effect: CellCount
    before: CellCount
    usual: tuple[float, float]
    ratio: tuple[float, float | None] | None
    p_value: float | None
    q_value: float | None
    found: Found


@dataclass(frozen=True)
class Hotspots:
    """All cells that may have an incident, by index.

    ``vague`` and ``without_place`` are how many at most were left out (in effect, before), their
    disks too large or not known.
    """

    resolution: int
    method: Method
    tested: int
    cells: tuple[Cell, ...]
    vague: tuple[int, int]
    without_place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellQuiet:
    """How long a cell was quiet within the window, in hours, from the least to the most."""

    cell: str
    since_last_h: Bounded
    longest_quiet_h: Bounded
    median_quiet_h: Bounded


@dataclass(frozen=True, slots=True)
class UnitCells:
    """The cells of one clause in one counting unit, or ``refused``, why there are none.

    ``quiet`` is of the cells that may have most incidents in effect.
    """

    unit: str
    hotspots: Hotspots | None
    refused: str = ""
    quiet: tuple[CellQuiet, ...] = ()
