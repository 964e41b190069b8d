"""Quiet: time to the first alleged violation, quiet spells, and time since the last.

**Formula.** A violation is certain or possible and lies somewhere in an interval of instants. The
first one is at the earliest where the first possible one may begin, at the latest where the
first certain one must have ended; hours since the last are bounded the same way. Spells run from
one violation to the next. ``shortest`` cuts at every possible violation and takes the least time
that two neighbours leave between them; ``longest`` cuts at the certain ones only and takes the
most. Each has a Kaplan–Meier curve, S(t) = Π (1 − ended / at risk), whose last spell, still running
at the end, is censored; intervals (95 %) from Greenwood's variance of log(−log S).
**Source.** Kaplan & Meier, JASA 53 (1958); Kalbfleisch & Prentice, *Statistical Analysis of Failure
Time Data*, 2nd ed. 2002, § 1.4. The two curves for what the reports leave open are ours.
**Assumptions.** Spells are alike and independent of one another; quiet means that nothing was
reported. Where reporting is thin, spells look longer than they are.
**Units.** Hours.
**Refuses** a curve with fewer than 5 spells that ended, and everything where the end is not
after the effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import Bools, Floats

Instants = NDArray[np.datetime64]
FEWEST_SPELLS = 5
Z95 = 1.959963984540054
HOUR = np.timedelta64(1, "h")


@dataclass(frozen=True, eq=False)
class Curve:
    """The share of quiet spells longer than ``hours``, each with its 95 % interval; arrays alike.

    ``median_hours`` is where the curve first comes to one half, ``None`` where it does not.
    """

    hours: Floats
    share: Floats
    low: Floats
    high: Floats
    ended: int
    median_hours: float | None


@dataclass(frozen=True, eq=False)
class Quiet:
    """Quiet within the window; pairs are (least, most) hours, ``None`` where nothing is certain.

    ``longest_spell`` bounds the longest quiet spell of the window, the one still running included.
    """

    first_after: tuple[float, float | None] | None
    since_last: tuple[float, float | None] | None
    longest_spell: tuple[float, float]
    shortest: Curve | Refusal
    longest: Curve | Refusal


def quiet(
    begins: Instants, ends: Instants, certain: Bools, effect: np.datetime64, until: np.datetime64
) -> Quiet | Refusal:
    """Return the quiet between ``effect`` and ``until``, both instants in UTC.

    ``begins`` and ``ends`` (violations,) bound each one's time, ``certain`` says which surely
    happened within the clause; all of them may have. What lies outside the window is not used.
    """
    if until <= effect:
        return Refusal(f"the window ends at {until}, not after the effect at {effect}")
    used = (ends > effect) & (begins < until)
    length = float((until - effect) / HOUR)
    first = np.clip(_hours(begins[used] - effect), 0.0, length)
    last = np.clip(_hours(ends[used] - effect), 0.0, length)
    sure = certain[used]
    least, most = _shortest(first, last, length), _longest(first[sure], last[sure], length)
    after: tuple[float, float | None] | None = None
    since: tuple[float, float | None] | None = None
    if len(first):
        known = bool(sure.any())
        after = float(first.min()), float(last[sure].min()) if known else None
        since = float(length - last.max()), float(length - first[sure].max()) if known else None
    spans = float(least.max()), float(most.max())
    return Quiet(after, since, spans, kaplan_meier(least), kaplan_meier(most))


def quiet_by_area(
    area: NDArray[np.object_],
    begins: Instants,
    ends: Instants,
    certain: Bools,
    effect: np.datetime64,
    until: np.datetime64,
) -> dict[str, Quiet | Refusal]:
    """Return the quiet of each area with a violation, by name; ``area`` is (violations,)."""
    found = {}
    for name in sorted(set(area.tolist())):
        own = area == name
        found[name] = quiet(begins[own], ends[own], certain[own], effect, until)
    return found


def _hours(spans: NDArray[np.timedelta64]) -> Floats:
    return np.asarray(spans / HOUR, dtype=np.float64)


def _shortest(first: Floats, last: Floats, length: float) -> Floats:
    """Return the least spells, from the latest end so far to the next begin; the last runs on."""
    order = np.lexsort((last, first))
    reached = np.append(0.0, np.maximum.accumulate(last[order]))
    found: Floats = np.maximum(np.append(first[order], length) - reached, 0.0)
    return found


def _longest(first: Floats, last: Floats, length: float) -> Floats:
    """Return the most spells: from an earliest begin to the next one's latest end.

    Sorted by begin and by end apart: the k-th violation is not before the k-th least begin and
    not after the k-th least end, whichever it is.
    """
    opened = np.append(0.0, np.sort(first))
    found: Floats = np.append(np.sort(last), length) - opened
    return found


def kaplan_meier(spells: Floats) -> Curve | Refusal:
    """Return the curve of spells (spells,) of which the last is still running."""
    ended, running = spells[:-1], spells[-1]
    if len(ended) < FEWEST_SPELLS:
        return Refusal(
            f"{many(len(ended), 'quiet spell')} ended; at least {FEWEST_SPELLS} are needed for"
            " a curve"
        )
    hours, ends = np.unique(ended, return_counts=True)
    at_risk = (ended[None, :] >= hours[:, None]).sum(axis=1) + (running >= hours)
    share = np.cumprod(1.0 - ends / at_risk)
    left = at_risk - ends
    greenwood = np.cumsum(np.where(left > 0, ends / np.maximum(at_risk * left, 1), 0.0))
    inner = (share > 0) & (share < 1)
    logs = np.where(inner, np.log(np.where(inner, share, 0.5)), -1.0)
    reach = Z95 * np.sqrt(greenwood) / -logs
    low = np.where(inner, np.exp(logs * np.exp(reach)), 0.0)
    # once the last spell has ended nothing bounds the curve from above but where it was before
    high = np.where(inner, np.exp(logs * np.exp(-reach)), 1.0)
    high = np.minimum.accumulate(np.where(share > 0, high, 1.0))
    half = np.flatnonzero(share <= 0.5 + 1e-12)
    return Curve(hours, share, low, high, len(ended), float(hours[half[0]]) if len(half) else None)
