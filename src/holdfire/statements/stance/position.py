"""The position of each party over time, from its statements; contradictions shown, not resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from holdfire.tables.statement import ABOUT_CEASEFIRE

SPEAKING = ("decides", "speaks")
DAY = timedelta(days=1)

OPPOSED = frozenset(
    {
        frozenset({"accepts", "rejects"}),
        frozenset({"accepts-on-conditions", "rejects"}),
        frozenset({"proposes", "rejects"}),
    }
)
"""Stances of which a party can hold one at a time. ``accepts`` and ``accepts-on-conditions`` are
told beside each other and are no contradiction: the second says more."""


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the statement table, as far as a position rests on it."""

    statement_id: str
    party: str | None
    standing: str
    stance: str
    party_stance: str | None
    said_from: datetime | None
    said_to: datetime | None
    precision: str
    published: date | None
    speaker: str
    role: str
    about: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stance of a party, said in one interval; ``statement_ids`` are what it rests on."""

    stance: str
    said_from: datetime | None
    said_to: datetime | None
    precision: str
    statement_ids: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two steps that cannot both be a party's position, and may have been said at one time.

    Two different speakers told them: one speaker who says another thing has changed his mind. The
    same two speakers contradict each other once for each pair of stances.
    """

    first: Step
    second: Step


@dataclass(frozen=True, slots=True)
class Position:
    """What one party held of one ceasefire over time.

    ``steps`` rest on those who decide or speak for the party; ``others`` are the views of its
    aides and others, which are not its position.
    """

    party: str
    about: str
    steps: tuple[Step, ...]
    contradictions: tuple[Contradiction, ...] = ()
    others: tuple[Step, ...] = field(default=())


def positions(statements: Iterable[Said]) -> list[Position]:
    """Return the positions of all parties, by ceasefire and party, each in the order of time.

    A step is one stance told in one interval, with everybody who told it; what was said of a
    ceasefire without taking a stance (``unclear``, ``not-about-it``) is no step. Steps are sorted
    by when they can have been said at the latest, then at the earliest; what has no time at all
    comes last. Statements of nobody's party are left out.
    """
    grouped: dict[tuple[str, str], list[Said]] = {}
    for one in statements:
        if one.party is not None and one.stance in ABOUT_CEASEFIRE and one.stance != "unclear":
            grouped.setdefault((one.about, one.party), []).append(one)
    found = []
    for about, party in sorted(grouped):
        rows = grouped[about, party]
        steps = _steps([one for one in rows if one.standing in SPEAKING])
        others = _steps([one for one in rows if one.standing not in SPEAKING])
        found.append(Position(party, about, steps, tuple(_contradictions(steps)), others))
    return found


def _steps(rows: Sequence[Said]) -> tuple[Step, ...]:
    together: dict[tuple[str, datetime | None, datetime | None, str], list[Said]] = {}
    for one in rows:
        stance = (one.party_stance if one.standing in SPEAKING else None) or one.stance
        if stance in ABOUT_CEASEFIRE and stance != "unclear":
            key = (stance, one.said_from, one.said_to, one.precision)
            together.setdefault(key, []).append(one)
    steps = [
        Step(
            *key,
            tuple(sorted({one.statement_id for one in same})),
            tuple(sorted({one.speaker or one.role for one in same} - {""})),
        )
        for key, same in together.items()
    ]
    return tuple(sorted(steps, key=_order))


_NEVER = datetime.max.replace(tzinfo=UTC)


def _order(step: Step) -> tuple[datetime, datetime, str, tuple[str, ...]]:
    said_to = step.said_to or _NEVER
    return said_to, step.said_from or said_to, step.stance, step.statement_ids


def _contradictions(steps: Sequence[Step]) -> Iterable[Contradiction]:
    told: set[frozenset[tuple[str, str]]] = set()
    for at, first in enumerate(steps):
        for second in steps[at + 1 :]:
            if frozenset({first.stance, second.stance}) in OPPOSED and _overlap(first, second):
                pairs = {
                    frozenset({(first.stance, one), (second.stance, other)})
                    for one in first.speakers
                    for other in second.speakers
                    if one != other
                }
                if pairs - told:
                    told |= pairs
                    yield Contradiction(first, second)


def _time(step: Step) -> tuple[datetime | None, datetime | None]:
    """Return when a step was said; the day of publication, where only that bounds it.

    What has no day of its own was news on the day it was published: taken as "any time before",
    it would contradict every step there is.
    """
    if step.said_from is None and step.said_to is not None:
        return step.said_to - DAY, step.said_to
    return step.said_from, step.said_to


def _overlap(first: Step, second: Step) -> bool:
    """Whether two steps can have been said at one time; a bound that is not known is open."""
    (a, b), (c, d) = _time(first), _time(second)
    return (a is None or d is None or a < d) and (c is None or b is None or c < b)
