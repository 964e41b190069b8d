"""Figures and dates in words. An interval is never made narrower by rounding it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def number(value: float) -> str:
    """Return a count with thousands marked; a fraction keeps one decimal."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def interval(low: float, high: float | None) -> str:
    """Return an interval within a sentence: ``31``, ``between 31 and 35``, ``at least 31``."""
    if high is None:
        return f"at least {number(low)}"
    return number(low) if low == high else f"between {number(low)} and {number(high)}"


def short(low: float, high: float | None) -> str:
    """Return an interval for a cell of a table: ``31``, ``31 to 35``, ``31 or more``."""
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def rate(low: float, high: float | None) -> str:
    """Return an interval of rates for a cell, rounded outwards."""
    bottom, top = rounded(low, ROUND_FLOOR), None if high is None else rounded(high, ROUND_CEILING)
    if high is not None and low == high:
        return rounded(low, "ROUND_HALF_EVEN")
    return f"{bottom} or more" if top is None else f"{bottom} to {top}"


def rate_words(low: float, high: float | None) -> str:
    """Return an interval of rates within a sentence, rounded outwards."""
    text = rate(low, high)
    if high is None:
        return f"at least {rounded(low, ROUND_FLOOR)}"
    return f"between {text.replace(' to ', ' and ')}" if " to " in text else text


def rounded(value: float, how: str) -> str:
    """Return a rate with about three figures, rounded the way that is asked for."""
    exact = Decimal(f"{value:.12g}")
    places = 2 if exact < 10 else 1 if exact < 100 else 0
    text = f"{exact.quantize(Decimal(1).scaleb(-places), rounding=how):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: date, *, year: bool = True) -> str:
    """Return a date as ``13 March 2025``."""
    return f"{value.day} {MONTHS[value.month - 1]}{f' {value.year}' if year else ''}"


def instant(text: str) -> str:
    """Return an ISO 8601 local time as ``13 March 2025 18:00``; midnight is the bare date."""
    when = local(text)
    if when is None:
        return text
    return day(when) if _midnight(when) else f"{day(when)} {when:%H:%M}"


def span(starts: str, ends: str) -> str:
    """Return a half-open local span in words; whole days name the last day that is in it."""
    first, last = local(starts), local(ends)
    if first is None:
        return f"until {instant(ends)}" if ends else "at any time"
    if last is None:
        return f"from {instant(starts)} on"
    if not (_midnight(first) and _midnight(last)):
        return f"from {day(first)} {first:%H:%M} to {day(last)} {last:%H:%M}"
    final = last - timedelta(days=1)
    if final.date() == first.date():
        return f"on {day(first)}"
    same_month = (first.year, first.month) == (final.year, final.month)
    begins = str(first.day) if same_month else day(first, year=first.year != final.year)
    return f"from {begins} to {day(final)}, both days included"


def local(text: str) -> datetime | None:
    """Return the wall-clock time of an ISO 8601 text, or nothing if it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except (TypeError, ValueError):
        return None


def joined(parts: list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return (
        parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
    )


def _midnight(when: datetime) -> bool:
    return (when.hour, when.minute, when.second) == (0, 0, 0)
