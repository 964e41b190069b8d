"""Daily counts with what a comparison must know of each day: effort, gaps and series breaks.

A day enters a comparison if somebody was reporting (exposure above 0), it is not left out (the
run-up between announcement and effect, provisional days), and no declared break of the series
stands between it and the day of effect. Days without exposure are silent, not quiet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from holdfire.errors import HoldfireError
from holdfire.measure.refusal import Refusal, many

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
OnBreak = Literal["split", "exclude"]

FEWEST_BEFORE = 14
FEWEST_IN_EFFECT = 7
"""Whole weeks, so that a weekday pattern is no change of level."""


@dataclass(frozen=True, eq=False)
class Daily:
    """Counts of one clause, reading and counting unit, by local calendar day; arrays are (days,).

    ``certain`` and ``possible`` are the ends of the count, events; ``exposure`` is the reporting
    effort in any unit, times the share of reports expected to have come in by now; ``breaks`` are
    the first days on which the series means something else (a new source, a changed unit).
    """

    first_day: date
    certain: Floats
    possible: Floats
    exposure: Floats
    left_out: Bools
    breaks: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Raise a HoldfireError for columns that no series of counts can have."""
        columns = (self.certain, self.possible, self.exposure, self.left_out)
        if {column.shape for column in columns} != {(len(self.certain),)}:
            found = ", ".join(str(column.shape) for column in columns)
            raise HoldfireError(f"a daily series needs columns of one length; found {found}")
        if not all(np.isfinite(column).all() for column in columns[:3]):
            raise HoldfireError("a daily series needs finite figures; leave unknown days out")
        if (self.exposure < 0).any() or (self.certain < 0).any():
            raise HoldfireError("counts and exposure of a daily series cannot be below 0")
        if (self.certain > self.possible).any():
            raise HoldfireError("a day's certain count cannot exceed its possible count")

    def at(self, day: date) -> int:
        """Return the place of a day in the series; outside of it, what it would be."""
        return (day - self.first_day).days

    def between(self, first: date, last: date) -> Daily:
        """Return the days from ``first`` to ``last`` alone; a break by the first is none."""
        part = slice(max(0, self.at(first)), max(0, self.at(last) + 1))
        return Daily(
            max(first, self.first_day), self.certain[part], self.possible[part],
            self.exposure[part], self.left_out[part],
            tuple(day for day in self.breaks if day > first),
        )  # fmt: skip

    def weekdays(self) -> Ints:
        """Return the weekday of each day, 0 for Monday."""
        return (np.arange(len(self.certain)) + self.first_day.weekday()) % 7


@dataclass(frozen=True, eq=False)
class Compared:
    """The days of a comparison, as places in the series, (used,).

    ``in_effect`` says which are; ``segment`` is 0 for those that no break parts from the day of
    effect and numbers the others' stretches: their level is their own.
    """

    days: Ints
    in_effect: Bools
    segment: Ints


def compared(
    daily: Daily, effect: date, on_break: OnBreak, announced: date | None = None
) -> Compared | Refusal:
    """Return the days to compare, or why there are too few of them.

    Days from ``announced`` to ``effect`` are left out.

    ``exclude`` drops days beyond a break; ``split`` keeps them with a level of their own, so that
    they tell of weekdays, trend and overdispersion but never of the change.
    """
    places = np.arange(len(daily.certain))
    cuts = np.array(sorted({daily.at(day) for day in daily.breaks}), dtype=np.int64)
    stretch = np.searchsorted(cuts, places, side="right")
    start = daily.at(effect)
    until = start if announced is None else min(start, daily.at(announced))
    used = ~daily.left_out & (daily.exposure > 0) & ((places < until) | (places >= start))
    before, after = used & (places < start), used & (places >= start)
    if before.any() and after.any():
        last, first = places[before][-1], places[after][0]
        if stretch[last] != stretch[first]:
            broken = daily.first_day + timedelta(days=int(cuts[stretch[last]]))
            return Refusal(
                f"the series is declared to break on {broken}, between the baseline and the days"
                " in effect: a change there cannot be told from the break"
            )
        own = stretch == stretch[first]
    else:
        own = np.ones(len(places), dtype=np.bool_)
    for found, fewest, what in (
        (int((before & own).sum()), FEWEST_BEFORE, "before"),
        (int((after & own).sum()), FEWEST_IN_EFFECT, "in effect"),
    ):
        if found < fewest:
            return Refusal(
                f"{many(found, 'whole day')} {what} can be compared; at least {fewest} are needed"
            )
    kept = used & (own if on_break == "exclude" else True)
    segment = np.where(own, 0, 1 + stretch)[kept]
    return Compared(places[kept], (places >= start)[kept], segment)
