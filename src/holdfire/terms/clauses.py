"""A clause under each of its readings: what is assessed, one by one.

The agreement's readings say when it is in effect; a clause's own say what it prohibits.
A clause is assessed under every combination, and each has one id.
"""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.errors import HoldfireError
from holdfire.terms.agreement import (
    Agreement,
    Clause,
    ClauseReading,
    Hours,
    Permit,
    Reading,
    Window,
    Zone,
)  # fmt: skip
from holdfire.terms.windows import (
    Effect,
    Interval,
    effect,
    intersected,
    merged,
    own_window,
    recurring,
)

AS_WRITTEN = "as-written"
"""The reading's id where nobody reads the text differently."""


@dataclass(frozen=True)
class ReadClause:
    """A clause under one reading, every term filled in."""

    clause: str
    title: str
    wording: str
    text: str | None
    reading: str
    reading_title: str
    held_by: tuple[str, ...]
    acts: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    binds: tuple[str, ...]
    zone: Zone
    hours: tuple[Hours, ...]
    permits: tuple[Permit, ...]
    effect: Effect
    start_zone: str | None
    sure: tuple[Interval, ...]
    possible: tuple[Interval, ...]


def readings_of(agreement: Agreement, clause: Clause) -> tuple[ReadClause, ...]:
    """Return a clause under every reading of it, in the order they are written."""
    whole: tuple[Reading | None, ...] = agreement.readings or (None,)
    own: tuple[ClauseReading | None, ...] = clause.readings or (None,)
    return tuple(_read(agreement, clause, first, second) for first in whole for second in own)


def _read(
    agreement: Agreement, clause: Clause, whole: Reading | None, own: ClauseReading | None
) -> ReadClause:
    local_time = agreement.agreement.local_time
    start = (whole and (whole.in_effect or whole.would_have_counted)) or (
        agreement.in_effect or agreement.would_have_counted
    )
    if start is None:
        raise HoldfireError(
            f'reading "{whole.id if whole else AS_WRITTEN}" has no start',
            advice="add in_effect to it or to the agreement",
        )
    in_effect = effect(start, (whole and whole.ends) or agreement.ends, local_time)
    windows = (own.windows if own else None) or clause.windows
    hours = own.hours if own and own.hours is not None else clause.hours
    sure, possible = _intervals(in_effect, windows, hours, local_time)
    given = [reading for reading in (whole, own) if reading is not None]
    return ReadClause(
        clause=clause.id,
        title=clause.title,
        wording=(own.wording if own else "") or clause.wording,
        text=clause.text,
        reading="+".join(reading.id for reading in given) or AS_WRITTEN,
        reading_title="; ".join(reading.title for reading in given) or "as written",
        held_by=tuple(dict.fromkeys(name for reading in given for name in reading.held_by)),
        acts=_first(own.acts if own else None, clause.acts),
        targets=_first(own.targets if own else None, clause.targets),
        weapons=_first(own.weapons if own else None, clause.weapons),
        binds=_first(own.binds if own else None, clause.binds)
        or tuple(p.id for p in agreement.parties),
        zone=own.zone if own and own.zone is not None else clause.zone,
        hours=hours,
        permits=own.permits if own and own.permits is not None else clause.permits,
        effect=in_effect,
        start_zone=start.zone,
        sure=sure,
        possible=possible,
    )


def _first(own: tuple[str, ...] | None, clause: tuple[str, ...]) -> tuple[str, ...]:
    return clause if own is None else own


def _intervals(
    in_effect: Effect, windows: tuple[Window, ...], hours: tuple[Hours, ...], local_time: str
) -> tuple[tuple[Interval, ...], tuple[Interval, ...]]:
    sure, possible = merged([in_effect.sure]), merged([in_effect.possible])
    if windows:
        own = [own_window(window, local_time) for window in windows]
        sure = intersected(sure, merged(item.sure for item in own))
        possible = intersected(possible, merged(item.possible for item in own))
    if hours and possible:
        on = recurring(hours, (possible[0][0], possible[-1][1]), local_time)
        sure, possible = intersected(sure, on), intersected(possible, on)
    return sure, possible
