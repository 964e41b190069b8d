"""Places of incidents held against a zone that may move from day to day.

Where the time of an incident spans several days on which the zone differs, the answer must
hold on all of them to be ``yes`` or ``no``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.assess.logic import NO, UNKNOWN, YES, Answers, everywhere
from holdfire.assess.place import Anywhere, Area, Disks, Zone
from holdfire.assess.zone import Moving
from holdfire.engines.distance import ERROR
from holdfire.errors import shown
from holdfire.tables.days import first_and_last_day

EPOCH = date(1970, 1, 1)
Days = NDArray[np.int32]
ALWAYS = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Where:
    """The place answers of a batch, with the figures that explain them."""

    answers: Answers
    edge_m: NDArray[np.float64]
    zone_day: pa.Array
    stale_days: pa.Array


@dataclass(eq=False)
class Areas:
    """Named areas as places, made once a run; clauses with the same zone share it."""

    moving: Moving
    known: dict[str, Area] = field(default_factory=dict)
    answered: dict[tuple[int, str], tuple[np.int8, float]] = field(default_factory=dict)

    def answer(self, version: int, zone: Zone, key: str) -> tuple[np.int8, float]:
        """Answer for a named area; each area is held against each version once."""
        if (version, key) not in self.answered:
            if key not in self.known:
                self.known[key] = Area(self.moving.geography.ground.area(key))
            self.answered[version, key] = zone.area(self.known[key])
        return self.answered[version, key]


class Places:
    """The places of a batch of incidents."""

    def __init__(self, rows: pa.RecordBatch) -> None:
        numbers = [
            rows.column(name).to_numpy(zero_copy_only=False) for name in ("lon", "lat", "radius_m")
        ]
        self.disks = Disks(*(np.asarray(values, dtype=np.float64) for values in numbers))
        self.is_disk = np.isfinite(self.disks.lon + self.disks.lat + self.disks.radius_m)
        encoded = pc.dictionary_encode(rows.column("area"))
        self.area_keys: list[str] = encoded.dictionary.to_pylist()
        index = pc.fill_null(encoded.indices, -1)
        self.area_of = np.asarray(index.to_numpy(zero_copy_only=False), dtype=np.int64)
        self.held: dict[Areas, Where] = {}
        """Answers so far: readings that share a zone need them but once a batch."""

    def __len__(self) -> int:
        return len(self.is_disk)

    def answer(
        self, zone: Zone, version: int, rows: NDArray[np.int64], areas: Areas
    ) -> tuple[Answers, NDArray[np.float64]]:
        """Answer for some rows of the batch against one zone.

        A row with both a disk and an area lies in both, so either may decide; where the two
        contradict each other the row is wrong somewhere and the answer is ``unknown``.
        """
        anywhere = isinstance(zone, Anywhere)
        least = everywhere(YES if anywhere else UNKNOWN, len(rows))
        most = least.copy()
        edge = np.full(len(rows), np.nan)
        at = np.flatnonzero(self.is_disk[rows])
        if len(at):
            found = zone.disks(self.disks.at(rows[at]))
            least[at] = np.minimum(least[at], found.answers)
            most[at] = np.maximum(most[at], found.answers)
            edge[at] = found.edge_m
        used = self.area_of[rows]
        for number in np.unique(used[used >= 0]):
            code, metres = areas.answer(version, zone, self.area_keys[int(number)])
            at = np.flatnonzero(used == number)
            least[at], most[at] = np.minimum(least[at], code), np.maximum(most[at], code)
            edge[at] = np.where(np.isnan(edge[at]), metres, edge[at])
        return (least + most).clip(NO, YES).astype(np.int8), edge


def local_days(rows: pa.RecordBatch, tz: ZoneInfo) -> tuple[Days, Days]:
    """Return the first and last local day each row may have happened on.

    Days are numbers since 1970; an unbounded side is the extreme of its type.
    """
    first, last = (
        days.cast(pa.int32())
        for days in first_and_last_day(rows.column("occurred_from"), rows.column("occurred_to"), tz)
    )
    return (
        np.asarray(pc.fill_null(first, -ALWAYS).to_numpy(zero_copy_only=False), dtype=np.int32),
        np.asarray(pc.fill_null(last, ALWAYS).to_numpy(zero_copy_only=False), dtype=np.int32),
    )


def where(places: Places, days: tuple[Days, Days], moving: Moving, areas: Areas) -> Where:
    """Hold a batch's places against a zone, on every day they may have happened on."""
    if areas not in places.held:
        places.held[areas] = _where(places, days, moving, areas)
    return places.held[areas]


def _where(places: Places, days: tuple[Days, Days], moving: Moving, areas: Areas) -> Where:
    rows = np.arange(len(places))
    if moving.still or not moving.days:
        answers, edge = places.answer(moving.on(-1), -1, rows, areas)
        nothing = pa.nulls(len(rows))
        return Where(answers, edge, nothing.cast(pa.date32()), nothing.cast(pa.int32()))
    control = np.array([(day - EPOCH).days for day in moving.days], dtype=np.int32)
    first = np.searchsorted(control, days[0], side="right") - 1
    last = np.searchsorted(control, days[1], side="right") - 1
    least, most = everywhere(YES, len(rows)), everywhere(NO, len(rows))
    edge = np.full(len(rows), np.nan)
    for version, concerned in _by_version(moving, first, last):
        answers, metres = places.answer(moving.on(version), version, concerned, areas)
        least[concerned] = np.minimum(least[concerned], answers)
        most[concerned] = np.maximum(most[concerned], answers)
        edge[concerned] = np.fmin(edge[concerned], metres)
    agreed = np.where(least == most, least, UNKNOWN).astype(np.int8)
    stale = _staleness(control, days, first, last)
    known = first >= 0
    return Where(
        agreed,
        edge,
        pa.array(control[np.maximum(first, 0)], mask=~known).cast(pa.date32()),
        pa.array(stale, pa.int32(), mask=~known | (stale < 0)),
    )


def _by_version(
    moving: Moving, first: NDArray[np.int64], last: NDArray[np.int64]
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each version of the zone with the rows it concerns; -1 is before the first file."""
    before = np.flatnonzero(first < 0)
    if len(before):
        yield -1, before
    versions = np.array(moving.versions)
    for version in np.unique(versions):
        concerned = np.zeros(len(first), dtype=bool)
        for index in np.flatnonzero(versions == version):
            concerned |= (first <= index) & (index <= last)
        if concerned.any():
            yield int(version), np.flatnonzero(concerned)


def _staleness(
    control: Days, days: tuple[Days, Days], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return how old, in days, the oldest file used was on a day it stood for; -1: unbounded."""
    after = np.append(control[1:], control[-1] + 1)
    longest = after - 1 - control
    stale = np.where(days[1] == ALWAYS, -1, days[1] - control[np.maximum(last, 0)]).astype(np.int64)
    for row in np.flatnonzero((last > first) & (days[1] != ALWAYS)):
        begin = max(int(first[row]), 0)
        stale[row] = max(int(stale[row]), int(longest[begin : int(last[row])].max(initial=0)))
    return stale.astype(np.int32)


def place_sentence(
    answer: int, edge_m: float, radius_m: float | None, area: str | None, zone_day: date | None,
    stale_days: int | None, anywhere: bool, named: str | None = None,
) -> str:  # fmt: skip
    """Say where it was and how far from the zone's edge, with the figures."""
    if anywhere:
        return "the clause holds anywhere"
    if edge_m != edge_m:
        placed = radius_m is not None or area is not None
        if not placed and named:
            return f"{shown(named)} is named, and no area of this case has that name"
        known = "the place is known" if placed else "no place is given"
        return f"{known}, and it cannot be held against the clause's zone"
    side = "inside" if edge_m <= 0 else "outside"
    crossed = answer == UNKNOWN and abs(edge_m) * ERROR > 0 and radius_m is None
    known = _known(radius_m, crossed, zone_day, stale_days)
    return f"{_km(abs(edge_m))} {side} the zone's edge; {known}"


@lru_cache(maxsize=1 << 14)
def _known(
    radius_m: float | None, crossed: bool, zone_day: date | None, stale_days: int | None
) -> str:
    """Say how exactly a place and its zone are known: few different ones among many rows."""
    if radius_m is not None:
        text = f"the place is known to {_km(radius_m)}"
    else:
        text = "measured from the middle of the named area that it lies in"
    if crossed:
        text += ", which the edge crosses or nears"
    if zone_day is not None:
        old = (
            ""
            if not stale_days
            else f", up to {stale_days} days old"
            if stale_days > 1
            else ", a day old"
        )
        text += f"; control file of {zone_day}{old}"
    return text


def _km(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"
