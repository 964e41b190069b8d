"""Question 1, time: does what happened lie within the hours the clause applies?

``yes`` if the whole interval lies inside one interval in which the clause surely applies,
``no`` if it touches none in which it possibly applies, else ``unknown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.assess.logic import Answers, decided
from holdfire.terms.windows import FAR, Interval

Micros = NDArray[np.int64]
EARLIEST, LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True)
class Times:
    """The time of each row as microseconds since 1970 UTC; unbounded ends are the extremes."""

    begins: Micros
    ends: Micros

    @classmethod
    def of(cls, rows: pa.RecordBatch) -> Times:
        """Read ``occurred_from`` and ``occurred_to`` of incidents."""
        return cls(_micros(rows, "occurred_from", EARLIEST), _micros(rows, "occurred_to", LATEST))


def _micros(rows: pa.RecordBatch, column: str, missing: int) -> Micros:
    values = rows.column(column).cast(pa.int64())
    return np.asarray(pc.fill_null(values, missing).to_numpy(zero_copy_only=False), dtype=np.int64)


def micros(moment: datetime) -> int:
    """Return a moment as microseconds since 1970 UTC; the open end stays open."""
    if moment >= FAR:
        return int(LATEST)
    return int(pa.scalar(moment, pa.timestamp("us", tz="UTC")).value)


def answer(times: Times, sure: Sequence[Interval], possible: Sequence[Interval]) -> Answers:
    """Answer for each row; both sets of intervals are sorted and disjoint."""
    return decided(_inside(times, sure), ~_touches(times, possible))


def _inside(times: Times, sure: Sequence[Interval]) -> NDArray[np.bool_]:
    if not sure:
        return np.zeros(len(times.begins), dtype=bool)
    begins = np.array([micros(pair[0]) for pair in sure])
    ends = np.array([micros(pair[1]) for pair in sure])
    at = np.searchsorted(begins, times.begins, side="right") - 1
    inside: NDArray[np.bool_] = (at >= 0) & (times.ends <= ends[np.maximum(at, 0)])
    bounded: NDArray[np.bool_] = (times.begins != EARLIEST) & (times.ends != LATEST)
    return inside & bounded


def _touches(times: Times, possible: Sequence[Interval]) -> NDArray[np.bool_]:
    if not possible:
        return np.zeros(len(times.begins), dtype=bool)
    begins = np.array([micros(pair[0]) for pair in possible])
    ends = np.array([micros(pair[1]) for pair in possible])
    at = np.searchsorted(ends, times.begins, side="right")
    touches: NDArray[np.bool_] = (at < len(ends)) & (
        begins[np.minimum(at, len(ends) - 1)] < times.ends
    )
    return touches


def sentences(rows: pa.RecordBatch, window: str, tz: ZoneInfo) -> pa.Array:
    """Say for each row when it happened and when the clause applies, by the local clock."""
    begins = _local(rows.column("occurred_from"), tz, "an unknown time")
    ends = _local(rows.column("occurred_to"), tz, "an unknown time")
    return pc.binary_join_element_wise(
        begins, pa.scalar(" to "), ends, pa.scalar(f" {tz.key} time; {window}"), ""
    )


def _local(moments: pa.Array, tz: ZoneInfo, missing: str) -> pa.Array:
    local = moments.cast(pa.timestamp("s", tz=tz.key), safe=False)
    return pc.fill_null(pc.strftime(local, format="%Y-%m-%d %H:%M"), missing)


def described(sure: Sequence[Interval], possible: Sequence[Interval], tz: ZoneInfo) -> str:
    """Say when a clause applies: "the clause applies from … to …"."""
    if not possible:
        return "the clause applies at no time"
    begins, ends = possible[0][0], possible[-1][1]
    text = f"the clause applies from {_clock(begins, tz)}"
    text += " on" if ends >= FAR else f" to {_clock(ends, tz)}"
    if len(possible) > 1:
        text += f", in {len(possible)} separate spans"
    if list(sure) != list(possible):
        text += ", and its limits are not known exactly"
    return text


def _clock(moment: datetime, tz: ZoneInfo) -> str:
    return f"{moment.astimezone(tz):%Y-%m-%d %H:%M}"
