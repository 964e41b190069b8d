"""The measures of each clause in words: compared with before, how late, what is not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR
from math import ceil, floor

from holdfire.publish import wording
from holdfire.publish.figures import day, number, rate, rounded, short
from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer
from holdfire.tables.measured import Bounded, Measured
from holdfire.tables.units import noun

DAYS_SHOWN = 14
CELLS_SHOWN = 12
FOUND = {"rose": "rose", "fell": "fell"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One clause and unit: its sentence, and rows of (what, figure, why there is none)."""

    title: str
    rival: str
    unit: str
    sentence: str
    over: str
    rows: list[tuple[str, str, str]]
    provisional: list[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Cells:
    """One clause and unit by cell: rows of (place, in effect, before, change, hours since)."""

    title: str
    unit: str
    refused: str
    note: str
    rows: list[tuple[str, str, str, str, str]]


def compared(answer: Answer) -> list[Compared]:
    """Return the measures of the clauses shown, in their order."""
    return [_compared(c, one, answer) for c in wording.shown(answer) for one in c.measured]


def _compared(clause: ClauseAnswer, one: Measured, answer: Answer) -> Compared:
    return Compared(
        plain(clause.title),
        wording.held(clause, answer) if wording.is_rival(clause, answer) else "",
        noun(one.unit, 2),
        plain(one.sentence, 2_000),
        _over(one),
        [
            (what, words(value) if not value.refused else "", plain(value.refused, 400))
            for what, value, words in _figures(one)
        ],
        [
            (_day(late.day), f"{floor(late.complete * 100)} %", _count(*late.seen),
             plain(late.comes_to.refused) or _whole(late.comes_to))
            for late in one.provisional[-DAYS_SHOWN:]
        ],
    )  # fmt: skip


def _over(one: Measured) -> str:
    """Say over which days it was compared."""
    if not one.days_in_effect:
        return ""
    return (
        f"{_used(one.days_in_effect, one.days, 'in effect')}, against "
        f"{_used(one.baseline_days, one.baseline, 'before')}; the run-up between proposal and "
        f"start is left out."
    )


def _used(used: int, span: tuple[str, str], which: str) -> str:
    """Say how many days of a span count: the rest are not complete, or no report reaches them."""
    first, last = map(date.fromisoformat, span)
    whole = (last - first).days + 1
    of = "" if used == whole else f" of the {number(whole)}"
    return (
        f"{number(used)}{of} {'day' if whole == 1 else 'days'} {which}, {day(first)} to {day(last)}"
    )


def _figures(one: Measured) -> list[tuple[str, Bounded, Callable[[Bounded], str]]]:
    dates = f"{number(one.dates_tried)} " if one.dates_tried else ""
    return [
        (
            "Rate a day, times what it was (95 %, what is open alike before and since)",
            one.ratio,
            _times,
        ),
        ("… whatever is open", one.ratio_widest, _times),
        ("… of the certain alone", one.ratio_certain, _times),
        ("… of the possible alone", one.ratio_possible, _times),
        ("Jump on the first day, as a ratio", one.level, _times),
        ("Bend of the trend, a week, as a ratio", one.slope, _times),
        (f"Larger than the changes at {dates}earlier dates", one.rank, _percent),
        ("Nearly complete after", one.complete_after, _days),
        ("All of them, reported or not (95 %)", one.all_of_them, _whole),
        *(
            (
                f"… the estimate, if {share:.0%} of matches were missed",
                Bounded(found, found),
                _whole,
            )
            for share, found in one.if_missed
        ),
        ("Hours to the first", one.first_h, _hours),
        ("Hours since the last", one.since_last_h, _hours),
        ("Longest quiet spell, hours", one.longest_quiet_h, _hours),
        ("Median quiet spell, hours", one.median_quiet_h, _hours),
        *(
            (f"Quiet spells longer than {hours} hours (95 %)", share, _percent)
            for hours, share in one.quiet_longer
        ),
        ("Last day before the start: busier than other days", one.onset, _percent),
        ("First day after the end: busier than other days", one.collapse, _percent),
    ]


def cells(answer: Answer) -> list[Cells]:
    """Return the leading clauses' cells, those that changed first, then the fullest."""
    found = []
    for clause in wording.leading(answer):
        for unit in clause.cells:
            spots = unit.hotspots
            if spots is None:
                found.append(
                    Cells(plain(clause.title), noun(unit.unit, 2), plain(unit.refused, 400), "", [])
                )
                continue
            since = {
                q.cell: _hours(q.since_last_h) for q in unit.quiet if not q.since_last_h.refused
            }
            ranked = sorted(
                spots.cells, key=lambda c: (c.found not in FOUND, -c.in_effect.possible, c.cell)
            )[:CELLS_SHOWN]
            found.append(Cells(
                plain(clause.title), noun(unit.unit, 2), "",
                f"{number(len(spots.cells))} cells, {number(spots.tested)} tested; "
                f"{_out(spots.vague[0], 'placed too vaguely for a cell')}; "
                f"{_out(spots.without_place[0], 'without a point')}.",
                [
                    (_middle(c.lat, c.lon), short(c.in_effect.certain, c.in_effect.possible),
                     short(c.before.certain, c.before.possible), c.found, since.get(c.cell, ""))
                    for c in ranked
                ],
            ))  # fmt: skip
    return found


def lateness(answer: Answer) -> list[tuple[str, str, str, str]]:
    """Return rows of (outlet, incidents, half are told after, nearly all are told after)."""
    return [
        (
            plain(one.outlet) if one.outlet else "not named",
            number(one.incidents),
            "" if one.half_after is None else _days(Bounded(high=one.half_after)),
            f"not known: {plain(one.complete_after.refused, 400)}"
            if one.complete_after.refused
            else _days(one.complete_after),
        )
        for one in answer.lateness
    ]


@dataclass(frozen=True, slots=True)
class Areas:
    """One clause and unit by named area: rows of (area, in effect, before)."""

    title: str
    unit: str
    rows: list[tuple[str, str, str]]
    nowhere: str


def areas(answer: Answer) -> list[Areas]:
    """Return the counts of named areas of the leading clauses, those with most first."""
    found = []
    for clause in wording.leading(answer):
        for one in clause.areas:
            ranked = sorted(one.areas, key=lambda a: (-a.possible, -a.before_possible, a.title))
            rows = [
                (plain(a.title), short(a.certain, a.possible),
                 short(a.before_certain, a.before_possible))
                for a in ranked
            ]  # fmt: skip
            found.append(Areas(
                plain(clause.title), noun(one.unit, 2), rows,
                _out(one.nowhere[0], "in effect, in no area that is known or in none of these"),
            ))  # fmt: skip
    return found


def _middle(lat: float, lon: float) -> str:
    north, east = "S" if lat < 0 else "N", "W" if lon < 0 else "E"
    return f"{abs(lat):.2f}° {north}, {abs(lon):.2f}° {east}"


def _out(count: int, why: str) -> str:
    return f"{number(count)} {why}"


def _times(value: Bounded) -> str:
    if value.high is None:
        return f"{rounded(value.low or 0.0, ROUND_FLOOR)} or more"
    return rate(value.low or 0.0, value.high)


def _percent(value: Bounded) -> str:
    low, high = floor((value.low or 0.0) * 100), ceil((value.high or 0.0) * 100)
    return f"{low} %" if low == high else f"{low} to {high} %"


def _days(value: Bounded) -> str:
    return f"{number(value.high or 0)} {'day' if value.high == 1 else 'days'}"


def _whole(value: Bounded) -> str:
    low = floor(value.low or 0.0)
    return short(low, None if value.high is None else ceil(value.high))


def _hours(value: Bounded) -> str:
    low = rounded(value.low or 0.0, ROUND_FLOOR)
    if value.high is None:
        return f"{low} or more"
    high = rounded(value.high, ROUND_CEILING)
    return low if low == high else f"{low} to {high}"


def _count(low: float, high: float) -> str:
    return short(floor(low), ceil(high))


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
