"""Dates as news words them, resolved against the day of publication.

"on Tuesday" is the last Tuesday that is not after the reference day, "on 11 March" the last 11
March; "last month" is the whole month before. Nothing is ever resolved to a day after publication.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FAR = 300
"""Days: a date without a year lies no farther back."""
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_MONTH = (
    r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_NUMBER = rf"an?|\d{{1,3}}|{'|'.join(COUNTS[1:])}"
_WEEKDAY = "|".join(day.capitalize() for day in DAYS)
DATE = re.compile(
    # What a word must begin with, so that most are passed over at once.
    r"\b(?=[0-9JFMASONDTW]|an? |ba|co|e[ai]|f[io]|in|la|n[ei]|o[nv]|s[ei]|t[ehow]|ye)"
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH.format('m1')}(?:,? (?P<y1>\d{{4}}))?"
    rf"|{_MONTH.format('m2')} (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)"
    r"(?:,? (?P<y2>\d{4}))?"
    rf"|(?:in|last|late|early) (?:late |early )?{_MONTH.format('m3')}(?: (?P<y3>\d{{4}}))?"
    rf"|(?P<coming>next |coming )?(?P<day>{_WEEKDAY}){_PART}"
    r"|(?P<same>(?:the|that) same day|that day|the same (?:morning|afternoon|evening|night))"
    r"|(?P<today>today|tonight|this (?:morning|afternoon|evening))"
    r"|(?P<yesterday>yesterday|last night|a day (?:ago|earlier)|the previous day|the day before)"
    r"|(?P<overnight>overnight)"
    r"|(?P<which>this|last|the past|the previous) (?P<span>week|month|year)"
    rf"|(?P<count>{_NUMBER}) (?P<unit>day|week|month|year)s? (?:ago|earlier)"
    r"|(?:in|back in) (?P<year>(?:19|20)\d\d))\b"
)
"""One expression of a day or longer, as it stands in a text."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that an expression can mean, both included, and how exactly it tells them."""

    first: date
    last: date
    precision: str


def resolved(
    found: re.Match[str] | None, told_on: date | None, earlier: Days | None
) -> Days | None:
    """Return the days that a match of :data:`DATE` means, or ``None``.

    ``told_on`` is the day the text was written; without it only full dates are resolved.
    ``earlier`` is what the date before it in the text meant ("the same day").
    """
    if found is None:
        return None
    try:
        return _full(found) or (_told(found, told_on, earlier) if told_on else None)
    except (ValueError, OverflowError):
        return None


def _one(day: date) -> Days:
    return Days(day, day, "day")


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _full(found: re.Match[str]) -> Days | None:
    if found["iso"]:
        return _one(date.fromisoformat(found["iso"]))
    if found["y1"]:
        return _one(date(int(found["y1"]), _month(found["m1"]), int(found["d1"])))
    if found["y2"]:
        return _one(date(int(found["y2"]), _month(found["m2"]), int(found["d2"])))
    if found["y3"]:
        return _whole_month(int(found["y3"]), _month(found["m3"]))
    if found["year"]:
        return Days(date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31), "year")
    return None


def _whole_month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _told(found: re.Match[str], told_on: date, earlier: Days | None) -> Days | None:
    if found["m1"] or found["m2"]:
        month, day = _month(found["m1"] or found["m2"]), int(found["d1"] or found["d2"])
        year = told_on.year
        if date(year, month, day) > told_on:
            year -= 1
        told = date(year, month, day)
        # "11 May" in a text of late April is the next one: nobody leaves out so distant a year.
        return _one(told) if (told_on - told).days <= FAR else None
    if found["m3"]:
        month = _month(found["m3"])
        return _whole_month(told_on.year - (month > told_on.month), month)
    if found["day"]:
        back = (told_on.weekday() - DAYS.index(found["day"].lower())) % 7
        return None if found["coming"] else _one(told_on - timedelta(days=back))
    if found["same"]:
        return earlier
    if found["today"]:
        return _one(told_on)
    if found["yesterday"]:
        return _one(told_on - timedelta(days=1))
    if found["overnight"]:
        return Days(told_on - timedelta(days=1), told_on, "two days")
    if found["span"]:
        return _span(found["span"], found["which"] == "this", told_on)
    return _ago(found, told_on)


def _span(unit: str, this: bool, told_on: date) -> Days:
    if unit == "week":
        monday = told_on - timedelta(days=told_on.weekday() + (0 if this else 7))
        return Days(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        last = told_on if this else told_on.replace(day=1) - timedelta(days=1)
        return _whole_month(last.year, last.month)
    year = told_on.year - (not this)
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def _ago(found: re.Match[str], told_on: date) -> Days | None:
    if not found["unit"]:
        return None
    word = found["count"].lower()
    count = 1 if word in ("a", "an") else int(word) if word.isdigit() else COUNTS.index(word)
    if found["unit"] == "day":
        return _one(told_on - timedelta(days=count))
    if found["unit"] == "week":
        # "Two weeks ago" is a day or two either way.
        middle = told_on - timedelta(days=7 * count)
        return Days(middle - timedelta(days=3), middle + timedelta(days=3), "week")
    if found["unit"] == "month":
        months = told_on.year * 12 + told_on.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    return Days(date(told_on.year - count, 1, 1), date(told_on.year - count, 12, 31), "year")
