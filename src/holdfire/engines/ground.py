"""The ground of a case: its named areas, and who holds what day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from holdfire.engines.shape import Shape, joined

ANY_OF = "|"
"""Joins the keys of areas that one name fits: the place is in any of them."""


@dataclass(frozen=True, eq=False)
class ControlDay:
    """One control file: areas by the party that holds them, or the line of contact itself.

    ``version`` tells files of equal content: days that share it need no new work.
    """

    day: date
    version: str
    held: Mapping[str, Shape]
    line: Shape | None = None


@dataclass(frozen=True, eq=False)
class Ground:
    """Named areas by key, and control days in order of time."""

    areas: Mapping[str, Shape]
    control: Sequence[ControlDay] = field(default=())

    def area(self, key: str) -> Shape:
        """Return an area by its key, or the union of several joined with ``|``."""
        return joined(self.areas[part] for part in key.split(ANY_OF))
