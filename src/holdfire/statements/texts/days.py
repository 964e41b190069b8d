"""The day of publication, from a field, a file's name, an address or a line of the text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

EARLIEST, LATEST = 1900, 2100
"""Years that a news text can be of; everything else is no year."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/._]?)([01]\d)\2([0-3]\d)(?!\d)")
_LAST_YEAR = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3,9})[/-](\d{1,2})(?=[/_.-]|$)", re.I)
WRITTEN = re.compile(
    rf"\b(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY}\s+{_MONTH},?\s+{_YEAR})\b".replace(
        "(?P<month>", "(?P<month2>", 1
    )
    .replace("(?P<day>", "(?P<day2>", 1)
    .replace("(?P<year>", "(?P<year2>", 1),
    re.IGNORECASE,
)
"""A day with its month in letters and its year."""


def written(text: str) -> date | None:
    """Return the first day written with its month in letters and its year."""
    match = WRITTEN.search(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = (parts["month"] or parts["month2"]).lower()
    return _day(parts["year"] or parts["year2"], _MONTHS[month], parts["day"] or parts["day2"])


def of_value(value: object) -> date | None:
    """Return the day of a field: ISO 8601, RFC 822, in words, or seconds since 1970.

    The day is taken as written, in its own zone. A day whose order cannot be told (03/04/2025) is
    none.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _seconds(float(value))
    text = str(value).strip()[:100]
    if match := _NUMBERS.match(text):
        return _day(match[1], match[3], match[4])
    if text.isdigit() and len(text) in (10, 13):
        return _seconds(float(text))
    if found := written(text):
        return found
    if match := _LAST_YEAR.search(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12:
            return _day(match[4], second, first)
        if second > 12 or first == second:
            return _day(match[4], first, second)
        return None
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError):
        return None


def of_name(name: str) -> date | None:
    """Return the ISO day in a file's name."""
    match = _ISO.search(name)
    return _day(*match.groups()) if match else None


def of_address(url: str) -> date | None:
    """Return the day that an address spells out between slashes (``/2025/03/17/``)."""
    match = _IN_ADDRESS.search(url)
    if match is None:
        return None
    month = _MONTHS.get(match[2].lower(), match[2])
    return _day(match[1], month, match[3])


def _day(year: object, month: object, day: object) -> date | None:
    try:
        found = date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _seconds(value: float) -> date | None:
    if value > 1e11:
        value /= 1000
    try:
        found = datetime.fromtimestamp(value, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.year >= 1970 and 1e8 < value < 4.2e9 else None
