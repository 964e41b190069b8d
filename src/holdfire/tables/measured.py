"""What chance, delay and the unreported leave to be said of a clause: figures or refusals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure from the least to the most, or ``refused``, the reason why there is none.

    ``None`` for an end is "nothing bounds it"; ``best`` is the estimate where there is one.
    """

    low: float | None = None
    high: float | None = None
    best: float | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Provisional:
    """A recent day whose reports are not all in: what is seen, and what it will come to (95 %).

    ``complete`` is the share expected to be in.
    """

    day: str
    complete: float
    seen: tuple[float, float]
    comes_to: Bounded


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late one outlet tells of incidents (``None``: outlets that are not named).

    ``incidents`` are those it tells of on a known day; half of them are told after ``half_after``
    days, 95 % after ``complete_after``, of those that it ever tells.
    """

    outlet: str | None
    incidents: int
    half_after: int | None
    complete_after: Bounded


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one clause under one reading in one counting unit.

    ``ratio`` is the daily rate in effect to that of the baseline, 95 %: the envelope of
    ``ratio_certain`` and ``ratio_possible``, those of the certain and of the possible counts. It
    holds if as much of what is open was a violation before as since; ``ratio_widest`` whatever is.
    ``level`` and ``slope`` are the jump at the start and the bend of the trend a week, as ratios.
    ``rank`` is the share of changes at ``dates_tried`` earlier dates that are smaller.
    ``complete_after`` is the days after which 95 % is in. ``all_of_them`` estimates how many
    happened, reported or not; ``if_missed`` is the estimate if such a share of true matches between
    lists had been missed; ``told_once`` is how many one outlet only tells of, and of how many.
    Hours count from the start, or to where the reports end. ``onset`` and ``collapse`` are ranks of
    the last day before the start and of the first after the end among the others.
    ``median_quiet_h`` is the median quiet spell, ``quiet_longer`` the share of spells longer than
    so many hours, by the survival curve of quiet spells (95 %). ``vague`` may have happened on any
    of more days than a series can bear.
    """

    unit: str
    sentence: str
    days: tuple[str, str]
    baseline: tuple[str, str]
    days_in_effect: int
    baseline_days: int
    per_day: tuple[float, float] | None
    before_per_day: tuple[float, float] | None
    ratio: Bounded
    ratio_widest: Bounded
    ratio_certain: Bounded
    ratio_possible: Bounded
    level: Bounded
    slope: Bounded
    rank: Bounded
    dates_tried: int
    complete_after: Bounded
    provisional: tuple[Provisional, ...]
    all_of_them: Bounded
    if_missed: tuple[tuple[float, float], ...]
    told_once: tuple[int, int] | None
    first_h: Bounded
    since_last_h: Bounded
    longest_quiet_h: Bounded
    onset: Bounded
    collapse: Bounded
    median_quiet_h: Bounded
    quiet_longer: tuple[tuple[int, Bounded], ...]
    vague: float
