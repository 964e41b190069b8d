"""Local calendar days of whole columns of times."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc


def first_and_last_day(begins: pa.Array, ends: pa.Array, tz: ZoneInfo) -> tuple[pa.Array, pa.Array]:
    """Return the first and the last local day of half-open spans; null where unbounded.

    A span that ends at midnight ends on the day before.
    """
    return _day(begins, tz), _day(pc.subtract(ends, pa.scalar(timedelta(microseconds=1))), tz)


def _day(moments: pa.Array, tz: ZoneInfo) -> pa.Array:
    local = pc.local_timestamp(moments.cast(pa.timestamp("us", tz=tz.key)))
    return pc.floor_temporal(local, unit="day").cast(pa.date32())
