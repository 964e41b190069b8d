"""From the counts to what is said of each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from holdfire.measure.counts import OUTLETS, Counts
from holdfire.measure.tallies import by_party, may_be, tallies, whole
from holdfire.tables.answer import ClauseAnswer, ClauseTerms, DayTally, Told

Row = dict[str, Any]
Span = tuple[datetime, datetime]


COMPARED_DAYS = 28
"""A span to compare with is this long, or as long as the window: a few days say nothing."""
COVERED_SHARE = 0.9
"""So much of the window the reports must reach, or a fall in the rate may be their silence."""


def clause_answers(
    counts: Counts, terms: Sequence[ClauseTerms], reported: Callable[[ClauseTerms], Span | None]
) -> list[ClauseAnswer]:
    """Return the answer for every clause under every reading, in the agreement's order.

    ``reported`` tells from when to when there are reports of a clause's kind: where they end
    before its window does, or begin within the span to compare it with, that is said. Where
    they do not reach the window at all, nothing is known of the clause.
    """
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in counts.table().to_pylist():
        rows.setdefault((row["clause"], row["reading"]), []).append(row)
    return [
        _answer(item, rows.get((item.clause, item.reading), []), counts, reported(item))
        for item in terms
    ]


def _answer(
    whole: ClauseTerms, rows: list[Row], counts: Counts, reported: Span | None
) -> ClauseAnswer:
    tz = counts.tz
    start = whole.before[1]
    trimmed = _overlap(whole.before, reported) if reported else None
    terms = replace(whole, before=trimmed or (start, start))
    window = [row for row in rows if row["verdict"] != "no"]
    certain = [row for row in window if row["verdict"] == "yes"]
    told = _overlap(terms.window, reported) if reported else None
    informed = told is not None and counts.informed[terms.clause, terms.reading] > 0
    days = by_day(rows, terms, tz)
    quiet = _quiet(days, certain, terms.window, told, tz) if informed else (None, None)
    return ClauseAnswer(
        clause=terms.clause,
        title=terms.title,
        wording=terms.wording,
        citation=terms.citation,
        reading=terms.reading,
        reading_title=terms.reading_title,
        held_by=terms.held_by,
        informed=informed,
        comparable=counts.informed_before[terms.clause, terms.reading] > 0
        and _comparable(whole, terms, told, tz),
        vague=0 if informed else sum(row["rows"] for row in window),
        starts=_iso(terms.window[0], tz),
        ends=_iso(terms.window[1], tz),
        before_starts=_iso(terms.before[0], tz),
        before_ends=_iso(terms.before[1], tz),
        days=local_days(terms.window, tz),
        before_days=local_days(terms.before, tz),
        tallies=tuple(tallies(rows)),
        by_party=tuple(by_party(rows)),
        may_be=tuple(may_be(rows, terms)),
        by_day=tuple(days),
        quiet_days_min=quiet[0],
        quiet_days_max=quiet[1],
        first_certain=_first(certain, "occurred_to", terms, tz),
        first_possible=_first(window, "occurred_from", terms, tz),
        told_by=tuple(_told(window)),
        undecided_by=tuple(_undecided(window)),
        stalest_days=max(
            (row["stale_days"] for row in window if row["stale_days"] is not None), default=None
        ),
        caveats=(*terms.caveats, *_caveats(terms, reported, tz)),
        open_ended=terms.open_ended,
        start_label=terms.start_label,
    )


def _comparable(whole: ClauseTerms, trimmed: ClauseTerms, told: Span | None, tz: ZoneInfo) -> bool:
    """Whether the reports reach enough of both spans for their rates to be compared."""
    if told is None:
        return False
    needed = min(COMPARED_DAYS, local_days(whole.before, tz))
    enough_before = local_days(trimmed.before, tz) >= needed - 0.5
    return enough_before and local_days(told, tz) >= COVERED_SHARE * local_days(whole.window, tz)


def local_days(span: Span, tz: ZoneInfo) -> float:
    """Return the length of a span in days.

    Whole days go by the local calendar, clock changes or not; any other length by the hours
    that passed, so that 30 days are 30 and 720 hours are too.
    """
    day = timedelta(days=1)
    begins, ends = (moment.astimezone(tz).replace(tzinfo=None) for moment in span)
    local = ends - begins
    return (local if local >= day and not local % day else span[1] - span[0]) / day


def by_day(rows: list[Row], terms: ClauseTerms, tz: ZoneInfo) -> list[DayTally]:
    """Count by local calendar day: certain where the day is known, possible where it may be.

    Cases are added where they may begin and taken off after they must have ended; the running
    sum is the count of each day, however long the spans.
    """
    found: list[DayTally] = []
    spans = (("before", "verdict_before", terms.before), ("window", "verdict", terms.window))
    for period, verdict, span in spans:
        days = days_of(span, tz)
        for unit in sorted({row["counting_unit"] for row in rows}) if days else ():
            steps = {kind: [0.0] * (len(days) + 1) for kind in ("certain", "open", "possible")}
            for row in rows:
                first, last = max(row["first_day"], days[0]), min(row["last_day"], days[-1])
                if row["counting_unit"] != unit or row[verdict] == "no" or first > last:
                    continue
                adds = [("possible", row["most"])]
                if row[verdict] == "yes":
                    adds.append(("open", row["least"]))
                if row[verdict] == "yes" and first == last:
                    adds.append(("certain", row["least"]))
                for kind, share in adds:
                    steps[kind][(first - days[0]).days] += share
                    steps[kind][(last - days[0]).days + 1] -= share
            sums = {kind: list(map(whole, accumulate(step))) for kind, step in steps.items()}
            found.extend(
                DayTally(
                    day.isoformat(), unit, sums["certain"][at], sums["possible"][at], period,
                    sums["open"][at] - sums["certain"][at],
                )
                for at, day in enumerate(days)
            )  # fmt: skip
    return found


def days_of(span: Span, tz: ZoneInfo) -> list[date]:
    """Return every local calendar day that a span touches; none for an empty span."""
    if span[0] >= span[1]:
        return []
    first = span[0].astimezone(tz).date()
    last = (span[1] - timedelta(microseconds=1)).astimezone(tz).date()
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _overlap(one: Span, other: Span) -> Span | None:
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return (begins, ends) if begins < ends else None


def _quiet(
    days: list[DayTally], certain: list[Row], window: Span, told: Span | None, tz: ZoneInfo
) -> tuple[int, int]:
    """Return the fewest and the most days of the window without an alleged violation.

    A day that the reports do not reach is silent, not quiet: it counts among the most only.
    A certain night attack fell on one of two days, whichever: what is taken off the most is
    the fewest days on which all the certain ones can have happened.
    """
    possible = {day.day for day in days if day.period == "window" and day.possible}
    reached = days_of(told, tz) if told else []
    needed, latest = 0, date.min
    for row in sorted(certain, key=lambda row: (row["last_day"], row["first_day"])):
        if row["first_day"] > latest:
            needed, latest = needed + 1, row["last_day"]
    fewest = sum(day.isoformat() not in possible for day in reached)
    return fewest, len(days_of(window, tz)) - needed


def _first(rows: list[Row], column: str, terms: ClauseTerms, tz: ZoneInfo) -> str | None:
    """Return the earliest possible begin, or the time by which a certain one had happened."""
    if not rows:
        return None
    known = [row[column] for row in rows if row[column] is not None]
    earliest = min(known, default=terms.window[0]) if column == "occurred_to" else min(
        [row[column] or terms.window[0] for row in rows])  # fmt: skip
    return _iso(max(earliest, terms.window[0]), tz)


def _told(rows: list[Row]) -> list[Told]:
    """Count for each outlet the incidents that it told of: once, however often it told of one."""
    told = Counter[tuple[str, str | None]]()
    for row in rows:
        outlets, sides = row["outlet"].split(OUTLETS), row["side"].split(OUTLETS)
        for outlet, side in zip_longest(outlets, sides[: len(outlets)], fillvalue=""):
            told[outlet or "not named", side or None] += row["rows"]
    return [
        Told(*key, count)
        for key, count in sorted(told.items(), key=lambda item: (-item[1], str(item[0])))
    ]


def _undecided(rows: list[Row]) -> list[tuple[str, int]]:
    why = Counter[str]()
    for row in rows:
        if row["verdict"] == "unknown":
            why[row["decided_by"]] += row["rows"]
    return sorted(why.items(), key=lambda item: (-item[1], item[0]))


def _caveats(terms: ClauseTerms, reported: Span | None, tz: ZoneInfo) -> list[str]:
    """Say where the reports of a clause's kind do not cover its window or the span before it."""
    if reported is None or reported[0] >= reported[1]:
        return []
    (begins, ends), before, said = terms.window, terms.before, []
    first = _iso(reported[0], tz)[:10]
    last = _iso(reported[1] - timedelta(microseconds=1), tz)[:10]
    if reported[1] <= begins:
        said.append(f"the reports of this kind end on {last}, before the clause begins")
    elif reported[1] < ends:
        said.append(f"the reports of this kind end on {last}, before the clause does")
    if reported[0] >= ends:
        said.append(f"the reports of this kind begin on {first}, after the clause ends")
    elif reported[0] > begins:
        said.append(f"the reports of this kind begin on {first}, after the clause does")
    if before[0] >= before[1]:
        said.append("no report of this kind is from before it, so there is nothing to compare with")
    elif before[0] <= reported[0]:
        said.append(
            f"the reports of this kind begin on {first}: the span before is looked at from there"
        )
    return said


def _iso(moment: datetime, tz: ZoneInfo) -> str:
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(tz).isoformat(timespec="minutes")
