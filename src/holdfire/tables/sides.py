"""Who says what: each side's reports by whom they accuse, what only one side tells, its totals.

How each figure is made, and what it assumes, is in ``measure/sides.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Said = tuple[str, ...]
Kind = Literal["same", "different", "one does not say", "neither says", "one contradicts itself"]


@dataclass(frozen=True)
class Accused:
    """What one side's outlets tell of that one party is held responsible for, as an interval.

    ``side`` is a party, ``neutral`` or ``None`` where it is not known; ``accused`` is ``None``
    where no one party is certain. ``responsibility`` is of the incident, from all its reports.
    """

    clause: str
    reading: str
    unit: str
    side: str | None
    accused: str | None
    responsibility: str
    certain: int
    possible: int


@dataclass(frozen=True)
class Alone:
    """How many alleged violations nobody but one side tells of (least, most), and of how many."""

    clause: str
    reading: str
    unit: str
    side: str | None
    alone: tuple[int, int]
    told: tuple[int, int]


@dataclass(frozen=True)
class Agreement:
    """How many incidents two sides tell of, by whom each accuses; ``sides`` in order of name.

    ``accused`` is whom the reports of each name: nobody where they do not say, several where
    they contradict each other.
    """

    clause: str
    reading: str
    unit: str
    sides: tuple[str, str]
    accused: tuple[Said, Said]
    certain: int
    possible: int

    @property
    def kind(self) -> Kind:
        """What that is: an agreement, a contradiction, or neither."""
        one, other = self.accused
        if len(one) > 1 or len(other) > 1:
            return "one contradicts itself"
        if not one or not other:
            return "one does not say" if one or other else "neither says"
        return "same" if one == other else "different"


@dataclass(frozen=True)
class Totals:
    """What one side claims in all, and beside it what can be traced to incidents.

    ``claimed`` is in ``unit``; ``None`` for the most is a claim without a figure. ``traced`` has
    the counting unit and the interval of the incidents that outlets of this side tell of and
    the same party is held responsible for.
    """

    clause: str
    reading: str
    side: str | None
    accused: str | None
    unit: str | None
    claims: int
    claimed: tuple[float, float | None]
    traced: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Sides:
    """Who says what, of the time in effect; each in order of its first columns."""

    accused: tuple[Accused, ...]
    alone: tuple[Alone, ...]
    agreement: tuple[Agreement, ...]
    totals: tuple[Totals, ...]
