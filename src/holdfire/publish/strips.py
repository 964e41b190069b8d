"""One strip per clause and counting unit: days from left to right, certain and possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from holdfire.publish import wording
from holdfire.publish.figures import MONTHS, day, interval, local, number, short
from holdfire.tables.answer import Answer, ClauseAnswer, DayTally
from holdfire.tables.units import noun

HEIGHT = 72.0
MOST_BARS = 366
TABLE_DAYS = 130
OVER_MIDNIGHT = (
    "What lasted over midnight, or is told of a span of days, is drawn on each day it may have "
    "been on: bars are not to be added up."
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; ``minor`` ones go first where there is little room."""

    percent: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """What the template draws: path data by kind of bar, the axis, and the same in words."""

    unit: str
    days: int
    height: float
    top: str
    bars: dict[str, str]
    ticks: list[Tick]
    start_percent: float
    start_label: str
    alternative: str
    rows: list[tuple[str, str, str]]
    left_out: int
    note: str
    late_percent: float | None = None
    """From where on reports are still coming in; ``None`` where nothing says that they are."""


Counts = dict[tuple[int, str], tuple[int, int, int]]


def strip(clause: ClauseAnswer, unit: str, answer: Answer) -> Strip | None:
    """Return a clause's strip for one unit; none where no daily figures are known.

    A unit without daily figures has no strip: empty days would look like quiet ones.
    """
    frame = _frame(clause)
    if unit in wording.CLAIMS:
        return None  # one total over weeks is no count of days
    if frame is None or not clause.informed or not any(d.unit == unit for d in clause.by_day):
        return None
    return _strip(clause, unit, frame, answer)


def _strip(
    clause: ClauseAnswer, unit: str, frame: tuple[date, date, date], answer: Answer
) -> Strip:
    first, start, last = frame
    total = (last - first).days
    daily = [d for d in clause.by_day if d.unit == unit]
    step = 1 if total <= MOST_BARS else 7 * ceil(total / MOST_BARS / 7)
    counts = _grouped(daily, first, total, step)
    top = max([possible for _, _, possible in counts.values()] + [1])
    opens = local(clause.starts)
    exact = (start - first).days + ((opens.hour / 24 + opens.minute / 1440) if opens else 0)
    verb = "took effect"
    if wording.never(answer):
        never = answer.status == "never in effect"
        verb = "would have taken effect" if never else "would take effect"
    late = _late(clause, unit)
    rows = [
        (d.day, short(d.certain, d.possible), _span(d, late))
        for d in sorted(daily, key=lambda d: (d.day, d.period))
        if d.possible or total <= TABLE_DAYS
    ]
    label = f"{clause.start_label or day(start)}: {verb}"
    note = "" if step == 1 else f"Each bar is the busiest day of {step} days."
    if any(d.day_open for d in daily):
        note = f"{note} {OVER_MIDNIGHT}".strip()
    return Strip(
        noun(unit, 2), total, HEIGHT, number(top), _bars(counts, total, step, top, exact),
        _ticks(first, total), round(100 * exact / total, 2), label,
        _alternative(clause, unit, daily), rows[:MOST_BARS], max(0, len(rows) - MOST_BARS), note,
        None if late is None else max(0.0, round(100 * (late - first).days / total, 2)),
    )  # fmt: skip


def _late(clause: ClauseAnswer, unit: str) -> date | None:
    """Return the first day of which less than 95 % is expected to be in."""
    days = [late.day for one in clause.measured if one.unit == unit for late in one.provisional]
    return date.fromisoformat(min(days)) if days else None


def _span(tally: DayTally, late: date | None) -> str:
    if tally.period != "window":
        return "before"
    provisional = late is not None and date.fromisoformat(tally.day) >= late
    return "in the window, provisional" if provisional else ""


def _frame(clause: ClauseAnswer) -> tuple[date, date, date] | None:
    """Return the first day, the day it takes effect and the day after the last."""
    starts, ends = local(clause.starts), local(clause.ends)
    if starts is None or ends is None:
        return None
    before = local(clause.before_starts) or starts
    whole = (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    last = ends.date() if whole else ends.date() + timedelta(days=1)
    return min(before.date(), starts.date()), starts.date(), max(
        last, starts.date() + timedelta(days=1))  # fmt: skip


def _grouped(daily: Iterable[DayTally], first: date, total: int, step: int) -> Counts:
    """Return the counts by bar and period; of several days the busiest, never a sum.

    One case can be possible on several days: adding days up would count it several times.
    """
    counts: Counts = {}
    for one in daily:
        at = (date.fromisoformat(one.day) - first).days
        if 0 <= at < total:
            key = at - at % step, one.period
            old = counts.get(key, (0, 0, 0))
            new = one.certain, one.certain + one.day_open, one.possible
            counts[key] = max(old[0], new[0]), max(old[1], new[1]), max(old[2], new[2])
    return counts


KINDS = ("certain", "day-open", "possible")
"""Stacked from below: surely that day; certain, and that day or another; could be one."""


def _bars(counts: Counts, total: int, step: int, top: int, exact: float) -> dict[str, str]:
    """Return path data by period and kind. A day cut by the start is shared by two narrow bars."""
    bars = {f"{period}-{kind}": "" for period in ("before", "window") for kind in KINDS}
    gap = min(0.18 * step, 0.18) if total <= 200 else 0.0
    for (at, period), heights in sorted(counts.items()):
        left, right = float(at), float(min(at + step, total))
        if left < exact < right:
            left, right = (left, exact) if period == "before" else (exact, right)
        side = "before" if period == "before" else "window"
        box = f"M{left + gap / 2:g} {{}}h{right - left - gap:g}v{{}}H{left + gap / 2:g}Z"
        below = 0
        for kind, count in zip(KINDS, heights, strict=True):
            if count > below:
                low, high = HEIGHT * below / top, HEIGHT * count / top
                bars[f"{side}-{kind}"] += box.format(f"{HEIGHT - high:g}", f"{high - low:g}")
                below = count
    return bars


def _ticks(first: date, total: int) -> list[Tick]:
    """Return about eight dates: days, Mondays, months, quarters or years."""
    days = [first + timedelta(days=n) for n in range(total + 1)]
    choices: tuple[tuple[bool, list[date], Callable[[date], str]], ...] = (
        (total <= 8, days, _day_words),
        (total <= 70, [d for d in days if d.weekday() == 0], _day_words),
        (total <= 300, [d for d in days if d.day == 1], _month_words),
        (total <= 900, [d for d in days if d.day == 1 and d.month % 3 == 1], _month_words),
        (True, [d for d in days if d.day == 1 and d.month == 1], _year_words),
    )
    _, chosen, words = next(choice for choice in choices if choice[0])
    return [
        Tick(round(100 * (d - first).days / total, 2), words(d), bool(at % 2))
        for at, d in enumerate(chosen)
        if (d - first).days < total
    ]


def _year_words(when: date) -> str:
    return str(when.year)


def _day_words(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def _month_words(when: date) -> str:
    return (
        f"{MONTHS[when.month - 1][:3]} {when.year}"
        if when.month == 1
        else MONTHS[when.month - 1][:3]
    )


def _alternative(clause: ClauseAnswer, unit: str, daily: list[DayTally]) -> str:
    """Return the strip in words."""
    window = [d for d in daily if d.period == "window"]
    name = noun(unit, 2)
    if not any(d.possible for d in window):
        return f"No {name} on any day of the window."
    peak = max(window, key=lambda d: (d.possible, d.certain))
    when = date.fromisoformat(peak.day)
    words = f"Most {name} on {day(when)}: {interval(peak.certain, peak.possible)}."
    if clause.quiet_days_min is None or clause.quiet_days_max is None:
        return words
    low, high = sorted((clause.quiet_days_min, clause.quiet_days_max))
    return f"{words} Days without any report of one: {interval(low, high)}."
