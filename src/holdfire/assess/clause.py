"""A clause under one reading, compiled once and then put to any number of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from holdfire.assess import actor, permitted, time
from holdfire.assess.kind import kind_answers, per_value
from holdfire.assess.logic import YES, Answers, both, everywhere, negated
from holdfire.assess.place import Anywhere
from holdfire.assess.where import Areas, Days, Places, Where, where
from holdfire.assess.zone import Geography, Moving
from holdfire.errors import TimeZoneError
from holdfire.tables.moment import both_folds, day_start, zone
from holdfire.terms.agreement import Agreement, Zone
from holdfire.terms.clauses import ReadClause, readings_of
from holdfire.terms.vocabulary import Vocabularies
from holdfire.terms.windows import FAR, Interval, merged, recurring

QUESTIONS = ("time", "place", "act", "target", "actor", "permitted")


@dataclass(frozen=True)
class Verdicts:
    """The answers of a batch, question by question, and the figures behind the place."""

    answers: Mapping[str, Answers]
    verdict: Answers
    time_before: Answers
    verdict_before: Answers
    where: Where


@dataclass(frozen=True, eq=False)
class CompiledClause:
    """One clause under one reading, ready to answer."""

    read: ReadClause
    words: Vocabularies
    party_names: Mapping[str, str]
    tz: ZoneInfo
    areas: Areas
    permits: tuple[permitted.CompiledPermit, ...]
    before: tuple[Interval, ...]
    window: tuple[datetime, datetime]
    before_window: tuple[datetime, datetime]
    described: str

    @property
    def anywhere(self) -> bool:
        """Whether the clause holds everywhere."""
        return self.areas.moving.still and isinstance(self.areas.moving.on(-1), Anywhere)

    def verdicts(self, rows: pa.RecordBatch, places: Places, days: tuple[Days, Days]) -> Verdicts:
        """Put the five questions, and whether it is permitted, to a batch of incidents.

        1. time, 2. place, 3. act, 4. target, 5. actor. A violation is all five and not
        permitted, in Kleene's logic.
        """
        times = time.Times.of(rows)
        at = where(places, days, self.areas.moving, self.areas)
        answers = {
            "time": time.answer(times, self.read.sure, self.read.possible),
            "place": at.answers,
            "act": self._act(rows),
            "target": self._target(rows),
            "actor": self._actor(rows),
            "permitted": permitted.answers(self.permits, rows, places, days),
        }
        others = [answers[name] for name in ("place", "act", "target", "actor")]
        others.append(negated(answers["permitted"]))
        before = time.answer(times, self.before, self.before)
        return Verdicts(
            answers, both([answers["time"], *others]), before, both([before, *others]), at
        )

    def _act(self, rows: pa.RecordBatch) -> Answers:
        act = kind_answers(self.words.acts, rows.column("act"), self.read.acts)
        if not self.read.weapons:
            return act
        weapon = kind_answers(self.words.weapons, rows.column("weapon"), self.read.weapons)
        return both([act, weapon])

    def _target(self, rows: pa.RecordBatch) -> Answers:
        if not self.read.targets:
            return everywhere(YES, rows.num_rows)
        return kind_answers(self.words.targets, rows.column("target"), self.read.targets)

    def _actor(self, rows: pa.RecordBatch) -> Answers:
        return per_value(actor.joined(rows), lambda who: actor.actor_answer(who, self.read.binds))


@dataclass(frozen=True, eq=False)
class Compiled:
    """An agreement compiled against a case's ground: clauses by reading."""

    clauses: tuple[CompiledClause, ...]
    tz: ZoneInfo
    party_names: Mapping[str, str]


def compile_agreement(
    agreement: Agreement,
    words: Vocabularies,
    geography: Geography,
    *,
    reported: tuple[datetime, datetime],
    comparison_days: int | None = None,
) -> Compiled:
    """Compile every clause under every reading.

    ``reported`` is from when to when there are reports: an agreement without an end is looked
    at until the latter. ``comparison_days`` replaces the comparison span's length, otherwise
    the window's own.
    """
    tz = zone(agreement.agreement.local_time)
    names = {party.id: party.name for party in agreement.parties}
    areas: dict[Zone, Areas] = {}
    clauses = [
        _compiled(read, words, names, tz, geography, areas, reported, comparison_days)
        for clause in agreement.clauses
        for read in readings_of(agreement, clause)
    ]
    return Compiled(tuple(clauses), tz, names)


def _compiled(
    read: ReadClause, words: Vocabularies, names: Mapping[str, str], tz: ZoneInfo,
    geography: Geography, areas: dict[Zone, Areas], reported: tuple[datetime, datetime],
    comparison_days: int | None,
) -> CompiledClause:  # fmt: skip
    window = _window(read, reported[1] - timedelta(microseconds=1), tz)
    hull = _hull_before(window, tz, comparison_days)
    before = _before(read, window, hull, tz)
    permits = tuple(
        permitted.CompiledPermit.of(
            permit,
            words,
            None if permit.zone is None else Moving(geography, permit.zone),
            recurring(permit.hours, (hull[0], window[1]), tz.key) if permit.hours else (),
        )
        for permit in read.permits
    )
    return CompiledClause(
        read=read, words=words, party_names=names, tz=tz,
        areas=areas.setdefault(read.zone, Areas(Moving(geography, read.zone))), permits=permits,
        before=before, window=window, before_window=hull,
        described=time.described(read.sure, read.possible, tz),
    )  # fmt: skip


def _window(read: ReadClause, until: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """Return from when to when a clause is looked at: its possible window, closed if open."""
    if not read.possible:
        begins = read.effect.starts.earliest
        return begins, begins + timedelta(days=1)
    begins, ends = read.possible[0][0], read.possible[-1][1]
    if ends >= FAR:
        # To the end of that local day: the last report's own minute is nobody's business.
        following = max(until, begins).astimezone(tz).date() + timedelta(days=1)
        ends = day_start(following, tz)
    return begins, ends


def _before(
    read: ReadClause, window: Interval, hull: Interval, tz: ZoneInfo
) -> tuple[Interval, ...]:
    """Return the comparison span: with the clause's hours, or its windows moved back."""
    if read.hours:
        return recurring(read.hours, hull, tz.key)
    if len(read.possible) == 1:
        return merged([hull])
    back = window[0] - hull[0]
    return merged((begins - back, min(ends, window[1]) - back) for begins, ends in read.possible)


def _hull_before(
    window: tuple[datetime, datetime], tz: ZoneInfo, days: int | None
) -> tuple[datetime, datetime]:
    """Return the span before a window to compare it with: as long, by the local calendar."""
    begins, ends = (moment.astimezone(tz).replace(tzinfo=None) for moment in window)
    length = timedelta(days=days) if days else ends - begins
    if length % timedelta(days=1):
        return window[0] - (window[1] - window[0]), window[0]
    try:
        return both_folds(begins - length, tz)[0], window[0]
    except TimeZoneError:
        return window[0] - length, window[0]
