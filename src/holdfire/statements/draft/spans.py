"""When something is said to have happened: the columns of time of a row."""

from __future__ import annotations

import re
from datetime import date, timedelta

from holdfire.statements.draft.when import Moment, moments

Span = tuple[int, int]
"""Start and end in a sentence."""

_SINCE = re.compile(r"\b(?:since|from)\s(?:the\s)?\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|to|and|through)\s(?:the\s)?\Z", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:in|over|during|within)\s(?:the\s)?(?:last|past|previous)\s(?:(\d{1,3}|two|three"
    r"|four|five|six"
    r"|seven|ten)\s)?(hour|day|week|month)s?\b", re.IGNORECASE
)  # fmt: skip
_NIGHT = re.compile(r"\b(?:overnight|during the night|last night)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:early|late|this|the|on \w+)?\s?(morning|afternoon|evening|night|dawn|noon)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|during|of)\s((?:19|20)\d\d)\b")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}


def columns(text: str, reference: date | None) -> dict[str, str]:
    """Return the columns of time that a sentence tells, or none.

    A day alone is that whole day; "since" and "from … to" are an interval; "in the last 24 hours"
    reaches back from the day of the text.
    """
    found = [one for one in moments(text, reference, past=True) if one.day is not None]
    for first, one in enumerate(found):
        if _SINCE.search(text, 0, one.start):
            later = found[first + 1] if first + 1 < len(found) else None
            if later and _UNTIL.search(text, one.end, later.start):
                return {**_bound("occurred_from", one), **_bound("occurred_to", later)}
            row = _bound("occurred_from", one)
            if reference:
                row["occurred_to"] = reference.isoformat()
            return row
    if found:
        return _at(found[0], text)
    return _relative(text, reference)


def _at(one: Moment, text: str) -> dict[str, str]:
    row = _bound("occurred_at", one)
    part = _PART.search(text)
    if one.clock is None and part:
        row["time_precision"] = f"day; {part[1].lower()}"
    return row


def _bound(name: str, one: Moment) -> dict[str, str]:
    day, _, zone = one.value().partition(" ")
    row = {name: day.replace("T", " ")}
    if zone:
        row["timezone"] = zone
    return row


def _before(day: date, time: timedelta) -> date:
    """Return an earlier day, or the calendar's first where it has none so early."""
    return day - min(time, day - date.min)


def _relative(text: str, reference: date | None) -> dict[str, str]:
    if reference is not None:
        last = _LAST.search(text)
        if last:
            number = int(last[1]) if (last[1] or "").isdigit() else _NUMBERS.get(last[1] or "", 1)
            back = timedelta(days=max(1, round(number * _DAYS[last[2].lower()])))
            return {
                "occurred_from": _before(reference, back).isoformat(),
                "occurred_to": reference.isoformat(), "time_precision": last[0],
            }  # fmt: skip
        night = _NIGHT.search(text)
        if night:
            return {
                "occurred_from": _before(reference, timedelta(days=1)).isoformat(),
                "occurred_to": reference.isoformat(), "time_precision": night[0],
            }  # fmt: skip
    year = _YEAR.search(text)
    if year:
        return {
            "occurred_from": f"{year[1]}-01-01", "occurred_to": f"{year[1]}-12-31",
            "time_precision": "year",
        }  # fmt: skip
    return {}
