"""Delay: how late reports come, how complete each recent day is, and a nowcast of it.

**Formula.** Only reports that have come in are seen, so short delays are seen too often (right
truncation). The reverse-time hazard g(d) = P(delay = d | delay ≤ d) is free of that: the share of
those with delay d among those with delay ≤ d that occurred at least d days before the last day.
Completeness at age a is F(a) = Π_{d > a} (1 − g(d)). Of a day's true count, given n seen at
completeness F, the unseen are negative binomial with size n + ½ and probability F: a Poisson
count under Jeffreys' prior for its rate, a rate of its own for each day. The doubt in F goes in by
a normal distribution of log F with Greenwood's variance, times the dispersion of the counts.
**Source.** Lawless, *Canadian J. Statistics* 22 (1994); Kalbfleisch & Lawless, JASA 84 (1989);
Brookmeyer & Gail, *AIDS Epidemiology* (1994), ch. 7.
**Assumptions.** Delays do not change over the days given and do not depend on how many events there
are; what is later than the longest delay seen does not exist ("of those ever reported").
**Units.** Whole local days: delay 0 is reported on the day it occurred; completeness is a share.
**Refuses** with fewer than 30 reports, or fewer than 14 days of occurrence; for one day, where less
than 15 % of it is expected to be in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Floats, Ints

Days = NDArray[np.datetime64]
FEWEST_REPORTS = 30
FEWEST_DAYS = 14
COMPLETE = 0.95
TOO_EARLY = 0.15
"""Below this a day's count is multiplied by more than six: a guess from few reports."""
TAIL = 0.025
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
MOST_UNSEEN = 2.0**40


@dataclass(frozen=True, eq=False)
class Delay:
    """The delays of one source, as of the end of ``as_of``; arrays are (longest delay + 1,).

    ``complete`` is the share of a day's reports in by its age in days, ``doubt`` the standard error
    of its logarithm. ``dispersion`` is 1 where delays are independent and above it where reports
    come in heaps. ``median_days`` is the delay by which half are in.
    """

    as_of: date
    reports: int
    complete: Floats
    doubt: Floats
    dispersion: float
    median_days: int
    provisional_days: int

    def completeness(self, day: date) -> float:
        """Return the share of a day's reports expected to be in; 1 beyond the longest delay."""
        age = (self.as_of - day).days
        if age < 0:
            return 0.0
        return float(self.complete[age]) if age < len(self.complete) else 1.0


@dataclass(frozen=True)
class Nowcast:
    """A day's count once all is in: the expected figure and a 95 % interval of whole counts."""

    day: date
    seen: int
    completeness: float
    expected: float
    low: int
    high: int

    @property
    def provisional(self) -> bool:
        """Whether less than 95 % of the day is expected to be in."""
        return self.completeness < COMPLETE


def delays(occurred: Days, reported: Days, as_of: date) -> Delay | Refusal:
    """Return how late reports come; both arrays (reports,) in local time, of any resolution.

    Reports after ``as_of`` and reports dated before what they tell of are not used.
    """
    happened, told = (_days(column) for column in (occurred, reported))
    late, age = told - happened, as_of.toordinal() - happened
    used = (late >= 0) & (late <= age)
    late, age, happened = late[used], age[used], happened[used]
    if len(late) < FEWEST_REPORTS:
        return Refusal(
            f"both the day it happened and the day it was told are known of {len(late)}; at least"
            f" {FEWEST_REPORTS} are needed to know how late reports come"
        )
    if age.max() + 1 < FEWEST_DAYS:
        return Refusal(
            f"the reports reach back {int(age.max()) + 1} days; at least {FEWEST_DAYS} are needed"
        )
    return _estimated(late, age, as_of)


def by_source(
    source: Sequence[str], occurred: Days, reported: Days, as_of: date
) -> dict[str, Delay | Refusal]:
    """Return the delays of each source, sorted by name."""
    names = np.asarray(source, dtype=object)
    return {
        name: delays(occurred[names == name], reported[names == name], as_of)
        for name in sorted(set(source))
    }


def _days(instants: Days) -> Ints:
    return instants.astype("datetime64[D]").astype(np.int64) + date(1970, 1, 1).toordinal()


def _estimated(late: Ints, age: Ints, as_of: date) -> Delay:
    longest = int(late.max())
    # rows are ages of days, columns delays: seen[a, d] reports of age a with delay d
    seen = np.zeros((int(age.max()) + 1, longest + 1))
    np.add.at(seen, (age, late), 1.0)
    reached = np.cumsum(seen, axis=1)
    old_enough = np.arange(len(seen))[:, None] >= np.arange(longest + 1)
    hit, risk = np.where(old_enough, seen, 0.0), np.where(old_enough, reached, 0.0)
    hits, risks = hit.sum(axis=0), risk.sum(axis=0)
    hazard = np.where(risks > 0, hits / np.maximum(risks, 1.0), 0.0)
    hazard[0] = 0.0
    survived = np.log1p(-np.minimum(hazard, 1 - 1e-9))
    greenwood = hazard / np.maximum(risks - hits, 0.5)
    later = np.append(np.cumsum(survived[::-1])[::-1][1:], 0.0)
    variance = np.append(np.cumsum(greenwood[::-1])[::-1][1:], 0.0)
    heaped = _dispersion(hit[:, 1:], risk[:, 1:], hazard[1:])
    complete = np.exp(later)
    enough = np.flatnonzero(complete >= COMPLETE)
    half = np.flatnonzero(complete >= 0.5)
    return Delay(
        as_of, len(late), complete, np.sqrt(heaped * variance), heaped, int(half[0]), int(enough[0])
    )


def _dispersion(hit: Floats, risk: Floats, hazard: Floats) -> float:
    """Return Pearson's chi-squared of the hazards by day over its degrees of freedom, at least 1.

    Only cells with a reasonable expectation enter: rare ones make it a lottery.
    """
    spread = risk * hazard * (1 - hazard)
    cells = spread >= 0.5
    free = int(cells.sum()) - int((cells.any(axis=0)).sum())
    if free < FEWEST_DAYS:
        return 1.0
    squares = (hit - risk * hazard)[cells] ** 2 / spread[cells]
    return max(1.0, float(squares.sum()) / free)


def nowcast(delay: Delay, day: date, seen: int) -> Nowcast | Refusal:
    """Return what a day's count will come to, from the ``seen`` so far and the source's delays."""
    share = delay.completeness(day)
    if share < TOO_EARLY:
        return Refusal(
            f"{share:.0%} of what happened on {day} is expected to be in; at least {TOO_EARLY:.0%}"
            " is needed to say what it will come to"
        )
    age = (delay.as_of - day).days
    doubt = float(delay.doubt[age]) if age < len(delay.doubt) else 0.0
    shares = np.clip(share * np.exp(doubt * NODES), 1e-6, 1.0)
    # reports that come in heaps: fewer independent ones stand for as many seen
    size, heap = (seen + 0.5) / delay.dispersion, delay.dispersion
    weights = NODE_WEIGHTS / NODE_WEIGHTS.sum()
    expected = float(weights @ ((seen + 0.5) * (1 - shares) / shares))

    def unseen(chance: float) -> int:
        low, high = -1, 1
        while _below(high, size, heap, shares, weights) < chance and high < MOST_UNSEEN:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            short = _below(middle, size, heap, shares, weights) < chance
            low, high = (middle, high) if short else (low, middle)
        return high

    known, least = share >= 1.0, unseen(TAIL)
    return Nowcast(
        day, seen, share, seen if known else seen + expected,
        seen if known else seen + least, seen if known else seen + max(least, unseen(1 - TAIL) - 1),
    )  # fmt: skip


def _below(count: int, size: float, heap: float, shares: Floats, weights: Floats) -> float:
    """Return the chance of fewer unseen, and half that of just so many (mid-p)."""
    upto = betainc(size, count / heap + 1.0, shares)
    under = betainc(size, (count - 1) / heap + 1.0, shares) if count > 0 else 0.0
    return float(weights @ (upto + under) / 2.0) if count >= 0 else 0.0
