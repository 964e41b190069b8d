"""The answer of one run: what ``measure`` hands to ``publish``.

Counts are intervals: ``certain`` incidents are alleged violations whatever the reports
leave open, ``possible`` ones could be. ``possible`` includes ``certain``. Where it is not sure
which reports tell of one incident, the lower end counts every possible merge as made and the
upper end only the certain ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from holdfire.tables.areas import UnitAreas
from holdfire.tables.cells import UnitCells
from holdfire.tables.measured import Lateness, Measured
from holdfire.tables.sides import Sides


@dataclass(frozen=True, slots=True)
class ClauseTerms:
    """What the measuring stage is told of a clause under one reading.

    ``window`` and ``before`` are the spans to count over, as UTC instants; ``announced`` is when it
    was first proposed or agreed, where that was before the start.
    """

    clause: str
    title: str
    wording: str
    citation: str
    reading: str
    reading_title: str
    held_by: tuple[str, ...]
    window: tuple[datetime, datetime]
    before: tuple[datetime, datetime]
    caveats: tuple[str, ...] = ()
    open_ended: bool = False
    start_label: str = ""
    binds: tuple[str, ...] = ()
    announced: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One count in one counting unit, in effect and over the comparison span before.

    ``None`` for ``possible`` is "no upper bound is known" (a possible row without a figure).
    ``expected`` are the certain and the possible end with each doubtful merge made as often as
    it is likely; ``None`` for quantities, whose sources give no likelihood.
    """

    unit: str
    certain: float
    possible: float | None
    before_certain: float
    before_possible: float | None
    expected: tuple[float, float] | None = None
    before_expected: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PartyTally:
    """A tally of what one party is held responsible for; ``party`` null: nobody certain.

    ``responsibility`` is reported, inferred, disputed or unknown.
    """

    party: str | None
    responsibility: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class DayTally:
    """One local calendar day. ``period`` is ``window`` or ``before``.

    ``certain`` counts what is certain and surely on that day; ``day_open`` what is certain to
    count and may have been on that day or on another; ``possible`` includes both.
    """

    day: str
    unit: str
    certain: int
    possible: int
    period: str
    day_open: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """How many of this clause's alleged violations, by incident, one outlet told of; its side."""

    outlet: str
    side: str | None
    incidents: int


@dataclass(frozen=True, slots=True)
class Merged:
    """How many reports of things that happened tell of how many incidents.

    ``incidents`` is the number of rows; ``low``, ``expected`` and ``high`` are the 90 % interval
    of the true number. ``disputed`` incidents have reports that contradict each other.
    """

    reports: int
    incidents: int
    low: float
    expected: float
    high: float
    disputed: int = 0
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseAnswer:
    """Everything that is said of one clause under one reading.

    ``informed`` is false where no report supplied is of a kind that the clause prohibits: then
    nothing is known, and the ``vague`` incidents are those told too vaguely to be excluded.
    ``by_party`` has each case once, under the one party that is held responsible or under
    none; ``may_be`` has every case that a party may be responsible for, so it overlaps.
    ``comparable`` is false where the reports reach too little of the window or of the span
    before for their rates to be compared. ``open_ended``: no end is agreed, and ``ends`` is
    where the reports end. ``start_label`` is the start as the agreement words it.
    Times are ISO 8601 in the agreement's local time; ``days`` may be a fraction. ``measured``,
    ``cells`` and ``areas`` have one entry a counting unit of things that happened.
    """

    clause: str
    title: str
    wording: str
    citation: str
    reading: str
    reading_title: str
    held_by: tuple[str, ...]
    informed: bool
    vague: int
    starts: str
    ends: str
    before_starts: str
    before_ends: str
    days: float
    before_days: float = 0.0
    comparable: bool = True
    tallies: tuple[Tally, ...] = ()
    by_party: tuple[PartyTally, ...] = ()
    may_be: tuple[PartyTally, ...] = ()
    by_day: tuple[DayTally, ...] = ()
    quiet_days_min: int | None = None
    quiet_days_max: int | None = None
    first_certain: str | None = None
    first_possible: str | None = None
    told_by: tuple[Told, ...] = ()
    undecided_by: tuple[tuple[str, int], ...] = ()
    stalest_days: int | None = None
    caveats: tuple[str, ...] = ()
    open_ended: bool = False
    start_label: str = ""
    measured: tuple[Measured, ...] = ()
    cells: tuple[UnitCells, ...] = ()
    areas: tuple[UnitAreas, ...] = ()


Range = tuple[float, float | None]
"""From the least to the most; ``None`` for the most is "no upper bound is known"."""


def per_day(clause: ClauseAnswer, tally: Tally) -> tuple[Range, Range | None]:
    """Return the rates a day in the window and over the span before.

    The latter is ``None`` where nothing supplied tells of that span.
    """
    now = _over(tally.certain, tally.possible, clause.days)
    if not clause.comparable or clause.before_days <= 0:
        return now, None
    return now, _over(tally.before_certain, tally.before_possible, clause.before_days)


def change(clause: ClauseAnswer, tally: Tally) -> tuple[float | None, float | None] | None:
    """Return the least and the most that the daily rate changed by, as a ratio.

    ``None`` where it cannot be bounded: nothing supplied tells of the span before, or no
    certain case bounds it. It is no statement about chance.
    """
    now, before = per_day(clause, tally)
    if before is None:
        return None
    low = now[0] / before[1] if before[1] else None
    high = now[1] / before[0] if before[0] and now[1] is not None else None
    return None if high is None and (low or 0.0) < 0.005 else (low, high)


def _over(low: float, high: float | None, days: float) -> Range:
    return low / days, None if high is None else high / days


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file of reports."""

    file: str
    sha256: str
    source: str | None
    rows: int
    used: int
    set_aside: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer of one run, ready to be worded and drawn.

    ``status`` is one of ``proposed``, ``declared``, ``in effect``, ``ended``, ``never in effect``.
    ``counterfactual`` marks an answer about "what would have counted".
    """

    agreement: str
    title: str
    status: str
    status_sentence: str
    counterfactual: bool
    simulated: bool
    local_time: str
    party_names: dict[str, str]
    clauses: tuple[ClauseAnswer, ...]
    readings: tuple[tuple[str, str, tuple[str, ...]], ...]
    reading_differences: tuple[str, ...]
    files: tuple[FileRead, ...]
    set_aside_kinds: tuple[tuple[str, int], ...]
    rows: int
    used: int
    unknown_places: tuple[tuple[str, int], ...] = ()
    unknown_actors: tuple[tuple[str, int], ...] = ()
    assumptions: tuple[str, ...] = ()
    withheld: int = 0
    withheld_why: str = ""
    texts: tuple[str, ...] = field(default=())
    merged: Merged | None = None
    sides: Sides | None = None
    lateness: tuple[Lateness, ...] = ()
