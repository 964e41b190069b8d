"""Times with their precision. No naive datetime gets past this module.

A precise-to-the-day date is the whole local day of its zone; a local time that occurs
twice (clocks going back) is the interval over both; one that never occurs is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holdfire.errors import RowError, TimeZoneError, shown

FORMS = "expected YYYY-MM-DD, YYYY-MM-DD HH:MM, DD.MM.YYYY or ISO 8601 (2025-03-13T00:00+02:00)"
_FORM = re.compile(
    r"^\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?)?"
    r"\s*(Z|[+-]\d{2}(?::?\d{2})?)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open interval of UTC time; ``begins`` < ``ends`` always."""

    begins: datetime
    ends: datetime
    precision: str

    def __post_init__(self) -> None:
        """Refuse naive or empty spans."""
        if self.begins.tzinfo is None or self.ends.tzinfo is None:
            raise TimeZoneError("a time span without a time zone")
        if not self.begins < self.ends:
            raise RowError(
                f"the time ends ({self.ends:%Y-%m-%d %H:%M} UTC) "
                f"before it begins ({self.begins:%Y-%m-%d %H:%M} UTC)"
            )

    def to(self, other: Span) -> Span:
        """Return the span from this one's beginning to the other's end."""
        coarser = self.precision if self.precision == other.precision else "interval"
        return Span(self.begins, other.ends, coarser)


@cache
def zone(name: str) -> ZoneInfo:
    """Return an IANA time zone; raise :class:`TimeZoneError` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TimeZoneError(
            f"unknown time zone {shown(name)}",
            advice='expected an IANA name such as "Europe/Kyiv" or "UTC"',
        ) from error


def both_folds(local: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first and last UTC instant that a naive wall-clock time can mean.

    Raises :class:`TimeZoneError` for a time that the clocks skipped.
    """
    first = local.replace(tzinfo=tz, fold=0).astimezone(UTC)
    last = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    if first.astimezone(tz).replace(tzinfo=None) != local:
        raise TimeZoneError(
            f"{local:%Y-%m-%d %H:%M} never happened in {tz.key}: the clocks skipped it"
        )
    return (first, last) if first <= last else (last, first)


def day_start(day: date, tz: ZoneInfo) -> datetime:
    """Return the UTC instant at which a local calendar day begins.

    Where midnight is skipped by a clock change the day begins at the change.
    """
    local = datetime(day.year, day.month, day.day, tzinfo=tz)
    begins = local.astimezone(UTC)
    return begins if begins.astimezone(tz).date() >= day else begins + timedelta(hours=1)


def local_day(day: date, tz: ZoneInfo) -> Span:
    """Return the whole local calendar day as a span (23, 24 or 25 hours)."""
    try:
        following = day + timedelta(days=1)
        return Span(day_start(day, tz), day_start(following, tz), "day")
    except OverflowError as error:
        raise RowError(f"date {day.isoformat()} is too near the end of the calendar") from error


@lru_cache(maxsize=65536)
def parse(text: str, tz_name: str | None) -> Span:
    """Read one date or time as a span of UTC time.

    ``tz_name`` is the zone of values that carry no offset; ``None`` refuses those.
    Raises :class:`RowError` (or :class:`TimeZoneError`) that says what was found and expected.
    """
    found = _FORM.match(text)
    if found is None:
        raise RowError(f"date {shown(text)} is not understood", advice=FORMS)
    dashed, dotted = found.groups()[:3], found.groups()[5:2:-1]
    year, month, day = dashed if dashed[0] else dotted
    hour, minute, second, fraction, offset = found.groups()[6:]
    try:
        calendar = date(int(year), int(month), int(day))
    except ValueError as error:
        raise RowError(f"date {shown(text)} is no day of the calendar") from error
    if offset is None and tz_name is None:
        raise TimeZoneError(
            f"time {shown(text)} has no time zone",
            advice='add an offset (+02:00), or write timezone = "Europe/Kyiv" under [sources.own] '
            'or [files."reports/x.csv"] in case.toml',
        )
    if hour is None:
        if offset is not None:
            raise RowError(f"date {shown(text)} has an offset and no time", advice=FORMS)
        return local_day(calendar, zone(tz_name or "UTC"))
    try:
        local = datetime(  # noqa: DTZ001 - the zone is applied below, where a fold can be seen
            calendar.year, calendar.month, calendar.day, int(hour), int(minute), int(second or 0),
            int((fraction or "0").ljust(6, "0")),
        )  # fmt: skip
    except ValueError as error:
        raise RowError(f"time {shown(text)} is no time of the day") from error
    width, precision = (timedelta(minutes=1), "minute") if second is None else (
        timedelta(seconds=1), "second")  # fmt: skip
    if offset is not None:
        try:
            begins = datetime.fromisoformat(f"{local.isoformat()}{_offset(offset)}").astimezone(UTC)
        except ValueError as error:
            raise RowError(
                f"time {shown(text)} has an offset that no place on earth has"
            ) from error
        return Span(begins, begins + width, precision)
    first, last = both_folds(local, zone(tz_name or "UTC"))
    return Span(first, last + width, precision if first == last else "hour repeated by the clocks")


def _offset(text: str) -> str:
    if text == "Z":
        return "+00:00"
    digits = text[1:].replace(":", "")
    return f"{text[0]}{digits[:2]}:{digits[2:] or '00'}"
