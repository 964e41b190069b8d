"""Results of the measures as figures with their ends, or with the reason why there are none."""

from __future__ import annotations

from holdfire.measure.change import Change, Fitted, Ratio
from holdfire.measure.delay import COMPLETE, Delay
from holdfire.measure.interrupted import Interrupted
from holdfire.measure.lists import Lists
from holdfire.measure.onset import Surge, Timing
from holdfire.measure.placebo import Placebo
from holdfire.measure.quiet import Quiet
from holdfire.measure.refusal import Refusal
from holdfire.measure.unseen import Unseen, unseen
from holdfire.tables.measured import Bounded

NONE_ALLEGED = "nothing was alleged"


def ratio(found: Ratio | Refusal) -> Bounded:
    """Return a ratio; an end that nothing bounds is ``None``, and so is a lower end of 0."""
    if isinstance(found, Refusal):
        return Bounded(refused=found.reason)
    if found.low == 0 and found.high is None:
        return Bounded(refused="nothing bounds the change, from below or from above")
    return Bounded(found.low, found.high, found.estimate)


def one_count(found: Change | Refusal, which: str) -> Bounded:
    """Return the ratio of the ``certain`` or of the ``possible`` counts alone."""
    if isinstance(found, Refusal):
        return Bounded(refused=found.reason)
    fitted: Fitted | Refusal = getattr(found, which)
    return ratio(fitted.ratio if isinstance(fitted, Fitted) else fitted)


def bend(found: Interrupted | Refusal, which: str) -> Bounded:
    """Return the jump (``level``) or the bend (``slope_change``) of an interrupted series."""
    return ratio(getattr(found, which) if isinstance(found, Interrupted) else found)


def rank(found: Placebo | Refusal) -> Bounded:
    """Return the share of changes at earlier dates that are smaller."""
    if isinstance(found, Refusal):
        return Bounded(refused=found.reason)
    return Bounded(*found.larger_than)


def complete_after(delay: Delay | Refusal) -> Bounded:
    """Return after how many days 95 % of a day's reports are expected to be in."""
    if isinstance(delay, Refusal):
        return Bounded(refused=delay.reason)
    days = float(delay.provisional_days)
    return Bounded(days, days, days)


def all_of_them(certain: Lists, possible: Lists, complete: float) -> Bounded:
    """Return how many happened, on a list or not: from the certain alone to all possible ones.

    ``complete`` is the share of what happened in effect that is expected to be in; lists to which
    much is still to come are refused.
    """
    if complete < COMPLETE:
        return Bounded(
            refused=f"{complete:.0%} of what happened is expected to be in; at least"
            f" {COMPLETE:.0%} is needed to say what no list has"
        )
    found = [unseen(told.on_list, told.copied, told.names) for told in (certain, possible)]
    ends = [one for one in found if isinstance(one, Unseen)]
    refused = [one.reason for one in found if isinstance(one, Refusal)]
    if refused:
        return Bounded(refused=refused[0])
    highs = [one.high for one in ends if one.high is not None]
    same = len(certain.on_list) == len(possible.on_list)
    return Bounded(
        min(one.low for one in ends),
        max(highs) if len(highs) == len(ends) else None,
        ends[0].estimate if same else None,
    )


def if_missed(certain: Lists) -> tuple[tuple[float, float], ...]:
    """Return shares of true matches that may have been missed, and the estimate each gives."""
    found = unseen(certain.on_list, certain.copied, certain.names)
    return found.if_matches_missed if isinstance(found, Unseen) else ()


def hours(found: Timing, which: str) -> Bounded:
    """Return the hours to the first (``first_after``), since the last, or the longest spell."""
    if not isinstance(found.quiet, Quiet):
        return Bounded(refused=found.quiet.reason)
    given: tuple[float, float | None] | None = getattr(found.quiet, which)
    return Bounded(refused=NONE_ALLEGED) if given is None else Bounded(*given)


def surge(found: Surge | Refusal) -> Bounded:
    """Return the share of other slices that had fewer incidents."""
    return (
        Bounded(refused=found.reason) if isinstance(found, Refusal) else Bounded(*found.larger_than)
    )
