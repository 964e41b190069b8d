"""Intervals that several reports allow: times, and figures with a least and a most.

One rule for all of them. Where the intervals share something, the fact is what they share. Where
they do not, the reports contradict each other, and the fact runs from the earliest to the latest
of what each largest set of reports that agree allows: two exact and different figures, and a
third that leaves both open, give the two and what is between them.

With figures this is what UCDP does with its low, best and high estimates (UCDP GED codebook,
version 24.1): where sources differ, the lowest and the highest that can be relied on are kept
and the best is one that was said, never a mean that nobody stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[Any, Any]
"""A least and a most; ``None`` is no bound."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What several intervals come to, and whether they contradict each other."""

    span: Span
    disputed: bool


def shared(spans: Sequence[Span], *, closed: bool) -> Shared:
    """Return what intervals come to; ``closed``: the most is itself in it.

    With none of them bounded, nothing is known.
    """
    begins = [low for low, _ in spans if low is not None]
    ends = [high for _, high in spans if high is not None]
    if not begins or not ends:
        return Shared((max(begins, default=None), min(ends, default=None)), disputed=False)
    last_begin, first_end = max(begins), min(ends)

    def apart(low: Any, high: Any) -> bool:
        return bool(low > high if closed else low >= high)

    if not apart(last_begin, first_end):
        return Shared((last_begin, first_end), disputed=False)
    # The largest set that agrees with the earliest end begins with the last of its begins, and
    # the one that agrees with the last begin ends with the first of its ends.
    agreeing = [low for low in begins if not apart(low, first_end)]
    agreed = [high for high in ends if not apart(last_begin, high)]
    return Shared((max(agreeing, default=None), min(agreed, default=None)), disputed=True)


def middle(values: Sequence[float], span: Span) -> float | None:
    """Return the lower median of values that lie within a span; ``None`` without any.

    It is one of those given: no figure is made up.
    """
    low, high = span
    inside = sorted(
        value
        for value in values
        if (low is None or value >= low) and (high is None or value <= high)
    )
    return inside[(len(inside) - 1) // 2] if inside else None
