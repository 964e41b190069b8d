"""When a clause applies: windows as sets of UTC intervals, with what is sure and what possible.

A start known only to the day leaves its hour open. So a window is two interval sets: the
times at which the clause surely applies, and those at which it possibly does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holdfire.errors import HoldfireError, TimeZoneError, shown
from holdfire.tables.moment import both_folds, day_start, local_day, parse, zone
from holdfire.terms.agreement import End, Hours, Start, When, Window

Interval = tuple[datetime, datetime]
FAR = datetime(2200, 1, 1, tzinfo=UTC)
"""Stands for "no end" where a window is open."""
EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment that is known to lie between two instants (equal where it is exact)."""

    earliest: datetime
    latest: datetime

    @property
    def exact(self) -> bool:
        """Whether it is one instant."""
        return self.earliest == self.latest


def bound(value: When, zone_name: str) -> Bound:
    """Return the instants that a time in an agreement can mean.

    A date is any instant of that local day, its end included; a local time is read in the
    zone given; one that the clocks repeat is both.
    """
    try:
        found = _bound(value, zone_name)
    except (OverflowError, ValueError) as error:
        raise HoldfireError(f"time {shown(value)} is no time of the calendar") from error
    if found.earliest < EARLIEST or found.latest > FAR:
        raise HoldfireError(
            f"time {shown(value)} is outside the years {EARLIEST.year} to {FAR.year - 1}"
        )
    return found


def _bound(value: When, zone_name: str) -> Bound:
    tz = zone(zone_name)
    if isinstance(value, str):
        if len(value.split(":")) == 1:
            span = parse(value, zone_name)
            return Bound(span.begins, span.ends)
        span = parse(value, zone_name)
        width = timedelta(seconds=1) if span.precision == "second" else timedelta(minutes=1)
        return Bound(span.begins, max(span.begins, span.ends - width))
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            instant = value.astimezone(UTC)
            return Bound(instant, instant)
        return Bound(*both_folds(value, tz))
    day = local_day(value, tz)
    return Bound(day.begins, day.ends)


def add(start: datetime, duration: str, tz: ZoneInfo, *, last: bool = False) -> datetime:
    """Add a duration. Days and weeks go by the calendar and the local clock; hours do not.

    30 days over a clock change in spring are 719 hours, and 720 hours end an hour later.
    Where the clocks show the end twice it is the first time, or the last.
    """
    number, unit = duration.split()
    count = int(number)
    if unit.startswith("hour"):
        return start + timedelta(hours=count)
    if unit.startswith("minute"):
        return start + timedelta(minutes=count)
    days = count * (7 if unit.startswith("week") else 1)
    local = start.astimezone(tz).replace(tzinfo=None) + timedelta(days=days)
    try:
        return both_folds(local, tz)[1 if last else 0]
    except TimeZoneError:
        return day_start(local.date(), tz) + timedelta(hours=local.hour, minutes=local.minute)


@dataclass(frozen=True, slots=True)
class Effect:
    """From when to when; ``ends`` null is open."""

    starts: Bound
    ends: Bound | None

    @property
    def sure(self) -> Interval:
        """The interval in which it is in effect whatever the bounds leave open."""
        return self.starts.latest, self.ends.earliest if self.ends else FAR

    @property
    def possible(self) -> Interval:
        """The interval outside which it is surely not in effect."""
        return self.starts.earliest, self.ends.latest if self.ends else FAR


def effect(start: Start, end: End | None, local_time: str) -> Effect:
    """Return when an agreement is in effect, from its start and its end."""
    begins = bound(start.at, start.zone or local_time)
    if end is None or (end.at is None and end.after is None):
        return Effect(begins, None)
    if end.at is not None:
        ends = bound(end.at, end.zone or local_time)
    else:
        tz = zone(end.zone or local_time)
        after = end.after or ""
        try:
            ends = Bound(add(begins.earliest, after, tz), add(begins.latest, after, tz, last=True))
        except (OverflowError, ValueError) as error:
            raise _too_far(after) from error
        if ends.latest > FAR:
            raise _too_far(after)
    if not begins.earliest < ends.latest:
        raise HoldfireError(
            f"it ends ({shown(end.at or end.after)}) before it begins ({shown(start.at)})",
            advice="an end must come after the start",
        )
    return Effect(begins, ends)


def _too_far(after: str) -> HoldfireError:
    return HoldfireError(
        f"it ends {shown(after)} after its start, later than the year {FAR.year - 1}",
        advice="leave [ends] out for an agreement without an end",
    )


def own_window(window: Window, local_time: str) -> Effect:
    """Return a clause's own window as an effect."""
    start = Start.model_validate({"from": window.begins, "zone": window.zone})
    end = None if window.ends is None else End(at=window.ends, zone=window.zone)
    return effect(start, end, local_time)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return sorted, disjoint intervals that cover the same time; empty ones dropped."""
    result: list[Interval] = []
    for begins, ends in sorted(pair for pair in intervals if pair[0] < pair[1]):
        if result and begins <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], ends))
        else:
            result.append((begins, ends))
    return tuple(result)


def intersected(left: Sequence[Interval], right: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return the time that both sets of sorted, disjoint intervals cover."""
    result: list[Interval] = []
    first = second = 0
    while first < len(left) and second < len(right):
        begins = max(left[first][0], right[second][0])
        ends = min(left[first][1], right[second][1])
        if begins < ends:
            result.append((begins, ends))
        if left[first][1] < right[second][1]:
            first += 1
        else:
            second += 1
    return tuple(result)


def recurring(hours: Sequence[Hours], within: Interval, local_time: str) -> tuple[Interval, ...]:
    """Return when the local clock shows recurring hours, over the days that ``within`` touches.

    Hours that a clock change skips are dropped; hours that it repeats are covered both times,
    and nothing outside them is. A weekday is that of the hours' beginning.
    """
    found: list[Interval] = []
    for rule in hours:
        tz = zone(rule.zone or local_time)
        last = min(within[1], within[0] + timedelta(days=36_525))
        begins, ends = _since_midnight(rule.begins), _since_midnight(rule.ends)
        if ends <= begins:
            ends += timedelta(days=1)
        for segment, offset in _segments(within[0], last, tz):
            shown = [(moment + offset).replace(tzinfo=None) for moment in segment]
            day = shown[0].date() - timedelta(days=1)
            while day <= shown[1].date():
                if not rule.days or WEEKDAYS[day.weekday()] in rule.days:
                    midnight = datetime.combine(day, time(), UTC) - offset
                    found.append(
                        (max(midnight + begins, segment[0]), min(midnight + ends, segment[1]))
                    )
                day += timedelta(days=1)
    return intersected(merged(found), (within,))


def _since_midnight(clock: str) -> timedelta:
    hour, minute = (int(part) for part in clock.split(":"))
    return timedelta(hours=hour, minutes=minute)


def _segments(begins: datetime, ends: datetime, tz: ZoneInfo) -> list[tuple[Interval, timedelta]]:
    """Return the time between two instants, cut where the clocks change, each with its offset."""
    found: list[tuple[Interval, timedelta]] = []
    since = at = begins
    offset = _offset(at, tz)
    while at < ends:
        then = min(at + timedelta(hours=12), ends)
        if _offset(then, tz) != offset:
            then = _change(at, then, tz)
            found.append(((since, then), offset))
            since, offset = then, _offset(then, tz)
        at = then
    return [*found, ((since, ends), offset)]


def _change(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """Return the first instant, to the microsecond, with another offset than ``before``."""
    offset, step = _offset(before, tz), timedelta(microseconds=1)
    while after - before > step:
        middle = before + (after - before) // 2
        if _offset(middle, tz) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, tz: ZoneInfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta(0)
