"""Every measure of one clause put together, from its findings and how late reports come.

Nothing is worked out here: what each measure is, and when it refuses, is in its own file. This
file says over which days: those in effect are the whole local days of the window that reports
reach; the baseline is as many days before the run-up (28 at least, or as the case asks); the
run-up, from the first day on which it was proposed or agreed, is left out; so are days of which
less than 95 % is expected to be in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.measure import bounded
from holdfire.measure.change import Change, change
from holdfire.measure.dailies import Dailies, whenever
from holdfire.measure.delay import COMPLETE, Delay, nowcast
from holdfire.measure.interrupted import interrupted
from holdfire.measure.lists import lists
from holdfire.measure.onset import Times, Timing, timing
from holdfire.measure.placebo import Placebo, placebo
from holdfire.measure.quiet import Instants, Quiet
from holdfire.measure.refusal import Refusal
from holdfire.measure.sentence import Bounds, Known, sentence
from holdfire.measure.series import Daily
from holdfire.measure.spells import longer_than, median
from holdfire.measure.unseen import Alone, seen_by_one
from holdfire.tables.answer import ClauseTerms
from holdfire.tables.measured import Bounded, Measured, Provisional
from holdfire.tables.units import merging, noun

FEWEST_BASELINE = 28
SPELLS_H = (24, 72, 168)
DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, eq=False)
class Asked:
    """What the measures of one clause are asked over.

    ``reported`` is from when to when reports of its kind reach; ``delay`` how late they come;
    ``breaks`` are the declared series breaks; ``baseline_days`` is what the case asks for, ``None``
    for as many as in effect. ``effort`` is how much was being reported on each day, in any unit:
    what is not in it had none. ``None`` is the same on all days.
    """

    terms: ClauseTerms
    reported: Span
    delay: Delay | Refusal
    tz: ZoneInfo
    breaks: Sequence[date] = ()
    baseline_days: int | None = None
    effort: Mapping[date, float] | None = None


@dataclass(frozen=True)
class _Days:
    """Local days: reports reach from ``first`` to ``last``; ``length`` is that of a baseline."""

    first: date
    last: date
    effect: date
    run_up: date
    length: int

    @property
    def baseline(self) -> date:
        """Where the baseline begins."""
        return max(self.first, self.run_up - self.length * DAY)


def measured(findings: pa.Table, asked: Asked) -> tuple[Measured, ...]:
    """Return the measures of a clause in each unit that tells of things that happened.

    ``findings`` are its own, under one reading: rows of ``tables/finding``. Empty where reports
    reach no whole day in effect.
    """
    days = _days(asked)
    if days is None:
        return ()
    dailies = Dailies(asked.tz)
    dailies.add(findings.to_batches())
    found = []
    for unit in dailies.units(asked.terms.clause, asked.terms.reading):
        if unit in merging():
            rows = findings.filter(pc.equal(findings["counting_unit"], unit))
            found.append(_unit(rows, unit, dailies, days, asked))
    return tuple(found)


def _days(asked: Asked) -> _Days | None:
    begins, ends = (moment.astimezone(asked.tz) for moment in asked.terms.window)
    first, last = (moment.astimezone(asked.tz) for moment in asked.reported)
    effect, earliest = _whole_from(begins), _whole_from(first)
    latest = min(ends.date(), last.date()) - DAY
    if max(effect, earliest) > latest:
        return None
    run_up = begins.date()
    if asked.terms.announced is not None:
        run_up = min(run_up, asked.terms.announced.astimezone(asked.tz).date())
    length = asked.baseline_days or max(FEWEST_BASELINE, (latest - effect).days + 1)
    return _Days(earliest, latest, effect, run_up, length)


def _whole_from(moment: datetime) -> date:
    """Return the first local day that begins at a moment or after it."""
    return moment.date() + (timedelta() if moment.time() == time() else DAY)


def _unit(rows: pa.Table, unit: str, dailies: Dailies, days: _Days, asked: Asked) -> Measured:
    terms, delay = asked.terms, asked.delay
    counted, vague = dailies.series(
        terms.clause, terms.reading, unit, (days.first, days.last), days.effect,
        run_up=days.run_up, breaks=asked.breaks,
    )  # fmt: skip
    whole = _as_far_as_in(_as_looked_at(counted, asked.effort), delay)
    near = whole.between(days.baseline, days.last)
    changed, bent = change(near, days.effect), interrupted(near, days.effect)
    ranked = placebo(whole, days.effect, days.run_up, baseline_days=days.length)
    told, times = lists(rows), _timing(rows, asked)
    known = bounded.all_of_them(told, lists(rows, possible=True), _in_so_far(days, delay))
    once = seen_by_one(told.on_list)
    made = Measured(
        unit=unit,
        sentence="",
        days=(days.effect.isoformat(), days.last.isoformat()),
        baseline=(days.baseline.isoformat(), (days.run_up - DAY).isoformat()),
        days_in_effect=changed.days_in_effect if isinstance(changed, Change) else 0,
        baseline_days=changed.baseline_days if isinstance(changed, Change) else 0,
        per_day=_mean(near, days.effect, in_effect=True),
        before_per_day=_mean(near, days.effect, in_effect=False),
        ratio=bounded.ratio(changed.envelope if isinstance(changed, Change) else changed),
        ratio_widest=bounded.ratio(changed.widest if isinstance(changed, Change) else changed),
        ratio_certain=bounded.one_count(changed, "certain"),
        ratio_possible=bounded.one_count(changed, "possible"),
        level=bounded.bend(bent, "level"),
        slope=bounded.bend(bent, "slope_change"),
        rank=bounded.rank(ranked),
        dates_tried=len(ranked.dates) if isinstance(ranked, Placebo) else 0,
        complete_after=bounded.complete_after(delay),
        provisional=_provisional(counted, days, delay),
        all_of_them=known,
        if_missed=() if known.refused else bounded.if_missed(told),
        told_once=(once.alone, once.incidents) if isinstance(once, Alone) else None,
        first_h=bounded.hours(times, "first_after"),
        since_last_h=bounded.hours(times, "since_last"),
        longest_quiet_h=bounded.hours(times, "longest_spell"),
        onset=bounded.surge(times.onset),
        collapse=bounded.surge(times.collapse),
        median_quiet_h=_of_spells(times, median),
        quiet_longer=tuple(
            (hours, _of_spells(times, partial(longer_than, hours=hours))) for hours in SPELLS_H
        ),
        vague=vague,
    )
    return replace(made, sentence=sentence(_known(made, asked)))


def _as_looked_at(daily: Daily, effort: Mapping[date, float] | None) -> Daily:
    """Weigh each day by how much was being reported on it."""
    if effort is None:
        return daily
    given = [effort.get(daily.first_day + at * DAY, 0.0) for at in range(len(daily.certain))]
    return replace(daily, exposure=daily.exposure * np.array(given))


def _as_far_as_in(daily: Daily, delay: Delay | Refusal) -> Daily:
    """Weigh each day by the share of its reports that is in; leave out those not yet complete."""
    if isinstance(delay, Refusal):
        return daily
    share = np.array([
        delay.completeness(daily.first_day + at * DAY) for at in range(len(daily.certain))
    ])  # fmt: skip
    late = share < COMPLETE
    return replace(daily, exposure=daily.exposure * share, left_out=daily.left_out | late)


def _mean(daily: Daily, effect: date, *, in_effect: bool) -> tuple[float, float] | None:
    """Return the certain and the possible count a day, of the days that are compared."""
    used = ~daily.left_out & (daily.exposure > 0)
    used &= (np.arange(len(used)) >= daily.at(effect)) == in_effect
    if not used.any():
        return None
    return float(daily.certain[used].mean()), float(daily.possible[used].mean())


def _in_so_far(days: _Days, delay: Delay | Refusal) -> float:
    """Return the share of the days in effect that is expected to be in; 1 where nothing tells."""
    if isinstance(delay, Refusal):
        return 1.0
    length = (days.last - days.effect).days + 1
    return sum(delay.completeness(days.effect + at * DAY) for at in range(length)) / length


def _provisional(daily: Daily, days: _Days, delay: Delay | Refusal) -> tuple[Provisional, ...]:
    """Return the days in effect of which less than 95 % is expected to be in."""
    if isinstance(delay, Refusal):
        return ()
    found = []
    for at in range(max(0, daily.at(days.effect)), len(daily.certain)):
        day = daily.first_day + at * DAY
        complete = delay.completeness(day)
        if complete >= COMPLETE:
            continue
        seen = float(daily.certain[at]), float(daily.possible[at])
        ends = [nowcast(delay, day, round(count)) for count in seen]
        low, high = ends
        if isinstance(low, Refusal) or isinstance(high, Refusal):
            said = next(one for one in ends if isinstance(one, Refusal))
            comes_to = Bounded(refused=said.reason)
        else:
            comes_to = Bounded(low.low, high.high)
        found.append(Provisional(day.isoformat(), complete, seen, comes_to))
    return tuple(found)


def _timing(rows: pa.Table, asked: Asked) -> Timing:
    """Return when things happened, of what would count at any time."""
    certain, possible = whenever(rows)
    kept, sure = rows.filter(possible), pc.filter(certain, possible)
    begins, ends = asked.terms.window
    first, last = asked.reported
    ended = None if asked.terms.open_ended or ends > last else _instant(ends)
    until = min(last, ends) if ended is None else last
    times = Times(_instant(first), _instant(begins), _instant(until), ended)
    return timing(
        _instants(kept["occurred_from"]), _instants(kept["occurred_to"]),
        np.asarray(sure.to_numpy(), dtype=np.bool_), times,
    )  # fmt: skip


def instants(asked: Asked) -> tuple[np.datetime64, np.datetime64]:
    """Return from when to when a clause applies and reports reach, in UTC."""
    begins, ends = asked.terms.window
    first, last = asked.reported
    return _instant(max(begins, first)), _instant(min(ends, last))


def _of_spells(times: Timing, figure: Callable[[Quiet], Bounded]) -> Bounded:
    if isinstance(times.quiet, Quiet):
        return figure(times.quiet)
    return Bounded(refused=times.quiet.reason)


def _instant(moment: datetime) -> np.datetime64:
    return _instants(pa.chunked_array([pa.array([moment], pa.timestamp("us", "UTC"))]))[0]


def _instants(column: pa.ChunkedArray) -> Instants:
    instants: Instants = column.cast(pa.timestamp("us")).to_numpy()
    return instants


def _known(made: Measured, asked: Asked) -> Known:
    known: Bounds | Refusal | None
    if made.ratio.refused:
        known = Refusal(made.ratio.refused)
    else:
        known = (made.ratio.low or 0.0, made.ratio.high)
    nothing = made.per_day is None or made.before_per_day is None
    return Known(
        one=noun(made.unit, 1),
        many=noun(made.unit, 2),
        start_label=asked.terms.start_label or made.days[0],
        days=(date.fromisoformat(made.days[1]) - date.fromisoformat(made.days[0])).days + 1,
        in_effect=made.per_day,
        before=made.before_per_day,
        change=Refusal(made.ratio.refused or "no day can be compared") if nothing else known,
        larger_than=_rank_said(made),
        provisional_days=len(made.provisional),
        told_by_one=made.told_once,
        widest=None
        if made.ratio_widest.refused
        else (made.ratio_widest.low or 0.0, made.ratio_widest.high),
    )


def _rank_said(made: Measured) -> tuple[float, float] | Refusal:
    if made.rank.low is None or made.rank.high is None:
        return Refusal(made.rank.refused)
    return made.rank.low, made.rank.high
