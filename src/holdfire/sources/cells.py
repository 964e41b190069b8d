"""Reading one cell: text, numbers, yes or no, times. A cell that is not understood says so.

Every function takes the value as the file has it (a string from CSV, anything from Parquet
or GeoJSON) and returns ``None`` for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite, isnan, nan
from typing import Any

from holdfire.errors import RowError, TimeZoneError, shown
from holdfire.sources.adapter import Context, UnusableError
from holdfire.tables import moment
from holdfire.tables.moment import Span
from holdfire.tables.report import NEUTRAL, OUTSIDER

LARGEST_WHOLE = 2**53
"""Beyond this a whole number is no longer exact in every program that may read it."""

FAR_NAMED = "an area of the name given is far from the row's own point: not used"

_YES = frozenset({"true", "yes", "y", "1", "1.0"})
_NO = frozenset({"false", "no", "n", "0", "0.0"})


def text(value: Any) -> str | None:
    """Return a cell as stripped text."""
    if value is None:
        return None
    if type(value) is str:
        return value.strip() or None
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(filter(None, map(text, value))) or None
    return str(value).strip() or None


def shorten(value: str | None, length: int) -> str | None:
    """Cut text to a length, with an ellipsis that shows it was cut."""
    return value if value is None or len(value) <= length else value[: length - 1].rstrip() + "…"


def number(value: Any, name: str, kind: str = "not a number") -> float | None:
    """Return a cell as a finite number; ``name`` and ``kind`` word the complaint."""
    if type(value) is str:
        words = value.strip()
        if not words:
            return None
        # float() also takes "nan", "1_000" and digits of other scripts.
        try:
            found = float(words)
            if isfinite(found) and words.isascii() and "_" not in words:
                return found
        except ValueError:
            pass
        decimal_comma = re.fullmatch(r"-?\d+,\d+", words) is not None
        advice = "write decimals with a point" if decimal_comma else ""
        raise UnusableError(f"{name} {shown(words)} is not a number", kind, advice)
    if value is None:
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            found = float(value)
        except (OverflowError, ValueError):
            found = nan
        if isfinite(found):
            return found
    raise UnusableError(f"{name} {shown(value)} is not a number", kind)


def whole(value: Any, name: str, kind: str = "not a whole number") -> int | None:
    """Return a cell as a whole number of at least 0; ``2013.0`` is one."""
    found = number(value, name, kind)
    if found is None:
        return None
    if found < 0 or found > LARGEST_WHOLE or not found.is_integer():
        raise UnusableError(f"{name} {shown(value)} is no whole number of 0 or more", kind)
    return int(found)


def code(value: Any) -> str | None:
    """Return a code as text, with ``1.0`` written as ``1``."""
    words = text(value)
    if words is not None and words.endswith(".0") and words[:-2].isdecimal():
        return words[:-2]
    return words


def flag(value: Any, name: str) -> bool | None:
    """Return a cell as yes or no."""
    words = text(value)
    if words is None:
        return None
    if words.lower() in _YES:
        return True
    if words.lower() in _NO:
        return False
    raise UnusableError(f"{name} {shown(words)} is neither yes nor no", "neither yes nor no")


# A million rows of one war hold a few hundred thousand different minutes at most.
_parsed_span = lru_cache(maxsize=1 << 17)(moment.parse)


def span(value: Any, zone: str | None) -> Span | None:
    """Return a date or time as a span of UTC time; ``zone`` is for values without an offset."""
    words = value if type(value) is str else text(value)
    if words is None or not words.strip():
        return None
    try:
        return _parsed_span(words, zone)
    except TimeZoneError as error:
        raise UnusableError(error.problem.message, "time zone", error.problem.advice) from error
    except (RowError, OverflowError) as error:
        problem = error.problem if isinstance(error, RowError) else None
        message = problem.message if problem else f"date {shown(words)} is not understood"
        advice = problem.advice if problem else ""
        raise UnusableError(message, "date not understood", advice) from error


def through(begins: Span, ends: Span) -> Span:
    """Return the span from one to the other; refuse one that ends before it begins."""
    try:
        return begins.to(ends)
    except RowError as error:
        raise UnusableError(error.problem.message, "ends before it begins") from error


def precision(begins: Span, ends: Span) -> str:
    """Return in words how exactly an interval is known whose bounds were given apart."""
    if begins == ends:
        return begins.precision
    same = begins.precision == ends.precision
    return f"interval, to the {begins.precision}" if same else "interval"


def zone_or_utc(context: Context) -> str:
    """Return the zone of a format's own times, for formats whose places are on one clock.

    It is the setting ``timezone``, else the agreement's ``local_time`` as the pipeline passes
    it, else UTC, with a note that nobody named one.
    """
    settings = context.settings
    named = text(settings.get("timezone")) or text(settings.get("local_time"))
    if named is None:
        context.notes.add("dates read as days of UTC: no time zone is set for this format")
    return named or "UTC"


def side(context: Context, name: str | None) -> str | None:
    """Return the side of an outlet: a party's id, ``neutral``, or null where not known."""
    if name is None or name.lower() == NEUTRAL:
        return name and NEUTRAL
    found = context.names.party(name)
    return None if found == OUTSIDER else found


def parties(context: Context, *names: str | None) -> list[str] | None:
    """Return the parties that are named, sorted; null (anyone) unless every one is known."""
    found = {context.names.party(name) for name in names if name}
    known = sorted(name for name in found if name is not None)
    return known if known and len(known) == len(found) else None


def first_area(
    context: Context, values: Mapping[str, Any], columns: tuple[str, ...],
    lon: float | None = None, lat: float | None = None,
) -> str | None:  # fmt: skip
    """Return the area of the first of some columns whose name the case knows.

    An area that the row's own point is far from is another one of that name: it is passed over.
    """
    names = [name for name in (text(values.get(column)) for column in columns) if name]
    passed = False
    for first in range(len(names)):
        found = context.names.area(*names[first:])
        if found is None:
            break
        if lon is None or lat is None or context.names.near(found, lon, lat):
            return found
        passed = True
    if passed:
        context.notes.add(FAR_NAMED)
    return None
