"""Onset and collapse: the hours before the deadline and after the end, and the first violation.

**Formula.** The last k hours before the effect are held against the slices of k hours before
them, back to where the reports begin; the first k hours after the end against the slices of the
days in effect, from the last one back. A slice surely has the incidents that are certain and lie
wholly within it, and may have all that touch it. The rank is the share of slices with fewer, a
tie counting half: at the least with the certain count here against the possible ones there, at
the most the reverse. The ratio is that of the count to the slices' mean, between the same ends.
First violation, time since the last and quiet spells are those of ``quiet.py``.
**Source.** That fighting rises before a deadline: Williams et al., arXiv 2110.05475. The rank: as
in ``placebo.py``. What imprecise times leave open is ours.
**Assumptions.** With k a multiple of 24 a slice has the same hours of the clock as the others, so
that night attacks are held against night attacks; weekdays are not allowed for. Effort is alike
over all slices: leave out, by ``since``, what was not reported on.
**Units.** Hours; counts of incidents; shares from 0 to 1.
**Refuses** with fewer than 7 slices to compare with, where the k hours are not over by the end of
the reports, and a collapse where there is no end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from holdfire.errors import HoldfireError
from holdfire.measure.quiet import HOUR, Instants, Quiet, quiet
from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import Bools, Floats, Ints

FEWEST_SLICES = 7
"""A week of days: the rank of a day among fewer says little."""
DAY_HOURS = 24

Between = tuple[float, float | None]
"""From the least to the most; ``None`` for the most is "nothing bounds it"."""


@dataclass(frozen=True)
class Times:
    """What bounds the comparisons, as instants in UTC.

    ``since`` and ``until`` are where the reports begin and end; ``effect`` is the deadline,
    ``end`` when it ended, ``None`` where it has not.
    """

    since: np.datetime64
    effect: np.datetime64
    until: np.datetime64
    end: np.datetime64 | None = None

    def __post_init__(self) -> None:
        """Raise a HoldfireError where the end is not after the effect."""
        if self.end is not None and self.end <= self.effect:
            raise HoldfireError(f"the end, {self.end}, is not after the effect, {self.effect}")


@dataclass(frozen=True)
class Surge:
    """A count beside the usual one; pairs are (least, most).

    ``slices`` of ``hours`` each were compared with; ``usual`` is their mean. ``larger_than`` is the
    share of them with fewer incidents. ``ratio`` is ``None`` where nothing bounds it at all.
    """

    hours: int
    slices: int
    count: tuple[int, int]
    usual: tuple[float, float]
    ratio: Between | None
    larger_than: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Timing:
    """The timing of one clause. Instants are UTC; ``by`` is ``None`` where none is certain.

    ``first`` is (the earliest possible, by when a certain one had happened), ``None`` where
    nothing was alleged; ``quiet`` has the same in hours after the effect, hours since the last
    and the survival curves of quiet spells, up to the end or to where the reports end.
    """

    first: tuple[np.datetime64, np.datetime64 | None] | None
    quiet: Quiet | Refusal
    onset: Surge | Refusal
    collapse: Surge | Refusal


def timing(
    begins: Instants, ends: Instants, certain: Bools, times: Times, hours: int = DAY_HOURS
) -> Timing:
    """Return the timing of what is alleged, or would have counted; columns are (incidents,).

    ``begins`` and ``ends`` bound each one's time, half-open; ``certain`` says which surely count
    but for their time. A bound that is not known (NaT) is taken to lie outside the reports.
    ``hours`` is how long the run-up and the time after the end are.
    """
    if hours < 1:
        raise HoldfireError(f"found a slice of {hours} hours; expected 1 or more")
    begins = np.where(np.isnat(begins), times.since - hours * HOUR, begins)
    ends = np.where(np.isnat(ends), times.until + hours * HOUR, ends)
    until = times.until if times.end is None else min(times.until, times.end)
    inside = certain & (begins >= times.effect) & (ends <= until)
    spells = quiet(begins, ends, inside, times.effect, until)
    first: tuple[np.datetime64, np.datetime64 | None] | None = None
    after = (ends > times.effect) & (begins < until)
    if after.any() and until > times.effect:
        by = ends[inside].min() if inside.any() else None
        first = max(begins[after].min(), times.effect), by
    return Timing(
        first,
        spells,
        _onset(begins, ends, certain, times, hours),
        _collapse(begins, ends, certain, times, hours),
    )


def _onset(
    begins: Instants, ends: Instants, certain: Bools, times: Times, hours: int
) -> Surge | Refusal:
    """Return the last ``hours`` before the effect, held against the slices before them."""
    if times.until < times.effect:
        return Refusal(
            f"the reports end at {times.until}, before the deadline of {times.effect}: the last"
            f" {hours} hours before it are not known"
        )
    slices = int((times.effect - times.since) // (hours * HOUR)) - 1
    return _surge(begins, ends, certain, times.effect, slices, hours)


def _collapse(
    begins: Instants, ends: Instants, certain: Bools, times: Times, hours: int
) -> Surge | Refusal:
    """Return the first ``hours`` after the end, held against the slices in effect."""
    if times.end is None:
        return Refusal("it has not ended: there is no time after the end to compare")
    late = times.end + hours * HOUR
    if times.until < late:
        return Refusal(
            f"the reports end at {times.until}; they must reach {late}, {hours} hours after the end"
        )
    slices = int((times.end - max(times.effect, times.since)) // (hours * HOUR))
    return _surge(begins, ends, certain, late, slices, hours)


def _surge(
    begins: Instants, ends: Instants, certain: Bools, last: np.datetime64, slices: int, hours: int
) -> Surge | Refusal:
    """Compare the slice that ends at ``last`` with as many ``slices`` before it."""
    if slices < FEWEST_SLICES:
        return Refusal(
            f"{many(slices, f'other {hours}-hour span')} can be compared with; at least"
            f" {FEWEST_SLICES} are needed"
        )
    least, most = _sliced(begins, ends, certain, last, slices + 1, hours)
    usual = float(least[1:].mean()), float(most[1:].mean())
    low = _rank(int(least[0]), most[1:])
    high = _rank(int(most[0]), least[1:])
    count = int(least[0]), int(most[0])
    return Surge(hours, slices, count, usual, _ratio(count, usual), (low, high))


def _sliced(
    begins: Instants, ends: Instants, certain: Bools, last: np.datetime64, slices: int, hours: int
) -> tuple[Ints, Ints]:
    """Return how many surely and how many may be in each slice, counted back from ``last``."""
    length = float(hours)
    opened: Floats = np.asarray((last - begins) / HOUR, dtype=np.float64) / length
    closed: Floats = np.asarray((last - ends) / HOUR, dtype=np.float64) / length
    # slice j is the span (j, j + 1] back from the last: its end is open, as incidents' ends are
    oldest = np.ceil(opened) - 1
    newest = np.minimum(np.floor(closed), oldest)
    touching = (oldest >= 0) & (newest < slices)
    sure = certain[touching] & (newest[touching] == oldest[touching])
    first = np.clip(newest[touching], 0, slices - 1).astype(np.int64)
    beyond = np.clip(oldest[touching] + 1, 0, slices).astype(np.int64)
    opens = np.bincount(first, minlength=slices)
    closes = np.bincount(beyond, minlength=slices + 1)[:slices]
    return np.bincount(first[sure], minlength=slices), np.cumsum(opens - closes)


def _rank(here: int, there: Ints) -> float:
    return float(((there < here) + 0.5 * (there == here)).mean())


def _ratio(count: tuple[int, int], usual: tuple[float, float]) -> Between | None:
    low = count[0] / usual[1] if usual[1] else 0.0
    high = count[1] / usual[0] if usual[0] else None
    return None if low == 0 and high is None else (low, high)
