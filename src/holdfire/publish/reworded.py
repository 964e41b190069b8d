"""What the reasons of findings say, as far as the public may read it.

Reasons are made where everything is known (see ``assess``). Here distances become bands of
the grid, and where a row must not give its minutes or its words away, these become days and
nothing.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.coarse import put

STEPS = (1, 5, 25, 100)
"""Bands of distances, in cells of the grid: figures rounded to it, from several zones, would
cross in one place."""

_EDGE = r"[0-9.]+ k?m (inside|outside) the zone's edge"
_KNOWN = r"the place is known to (?P<figure>[0-9.]+) (?P<unit>k?m)"
_TIME = r"(?s)^(?P<before>(?:.*; )?)[^;]* (?P<zone>[^ ;]+) time; (?P<after>the clause applies.*)$"
_SAID = r'(?s), and a report says ".*$'
_NAMED = r"(?s)^.* is named, and no "


def distances(batch: pa.RecordBatch, where: Any, grid_m: float) -> pa.RecordBatch:
    """Word distances to a zone's edge as bands, and no place as known finer than the grid."""
    reason = batch["reason"]
    told = pc.and_(where, pc.fill_null(pc.match_substring(reason, " the zone's edge"), False))
    if grid_m <= 0 or not pc.any(told).as_py():
        return batch
    cells = pc.divide(pc.abs(batch["edge_m"]), grid_m)
    band = pc.fill_null(pc.cast(_band(cells), pa.int8()), len(STEPS) + 1)
    for number, far in enumerate((*bands(grid_m), "a distance that is held back")):
        mine = pc.and_(told, pc.equal(band, number))
        words = pc.replace_substring_regex(reason.filter(mine), _EDGE, rf"{far} \1 the zone's edge")
        reason = pc.replace_with_mask(reason, mine, words)
    said = reason.filter(told)
    found = pc.extract_regex(said, _KNOWN)
    metres = pc.multiply(
        pc.cast(pc.struct_field(found, "figure"), pa.float64()),
        pc.if_else(pc.equal(pc.struct_field(found, "unit"), "km"), 1000.0, 1.0),
    )
    fine = pc.fill_null(pc.less(metres, grid_m), False)
    words = pc.replace_substring_regex(
        said.filter(fine), _KNOWN, f"the place is known to {_km(grid_m)} km or better"
    )
    said = pc.replace_with_mask(said, fine, words)
    return put(batch, "reason", pc.replace_with_mask(reason, told, said))


def bands(grid_m: float) -> tuple[str, ...]:
    """Return the bands of distance in words, nearest first."""
    ends = [_km(step * grid_m) for step in STEPS]
    between = [f"{low} to {high} km" for low, high in pairwise(ends)]
    return (f"less than {ends[0]} km", *between, f"more than {ends[-1]} km")


def _band(cells: Any) -> Any:
    """Return the number of each distance's band."""
    steps = [pc.greater_equal(cells, float(step)).cast(pa.int8()) for step in STEPS]
    total = steps[0]
    for step in steps[1:]:
        total = pc.add(total, step)
    return total


def days(batch: pa.RecordBatch, where: Any, local_time: str) -> pa.RecordBatch:
    """Word when it happened as days; ``occurred_from`` and ``occurred_to`` are whole days."""
    reason = batch["reason"]
    timed = pc.fill_null(pc.match_substring(reason, " time; the clause applies"), False)
    told = pc.and_(where, timed)
    if not pc.any(told).as_py():
        return batch
    rows = batch.filter(told)
    last = pc.subtract(rows["occurred_to"], pa.scalar(timedelta(microseconds=1)))
    first, last = (_day(moments, local_time) for moments in (rows["occurred_from"], last))
    when = pc.if_else(
        pc.equal(first, last), first, pc.binary_join_element_wise(first, last, " to ")
    )
    parts = pc.extract_regex(rows["reason"], _TIME)
    words = pc.binary_join_element_wise(
        pc.struct_field(parts, "before"), when, " ", pc.struct_field(parts, "zone"), " time; ",
        pc.struct_field(parts, "after"), "",
    )  # fmt: skip
    words = pc.fill_null(words, "its time is held back")
    return put(batch, "reason", pc.replace_with_mask(reason, told, words))


def unquoted(batch: pa.RecordBatch, where: Any) -> pa.RecordBatch:
    """Take out what a reason quotes of a row: a circumstance, a name that nobody knows."""
    reason = batch["reason"]
    for sign, pattern, instead in (
        (', and a report says "', _SAID, ", and what a report says of it is held back"),
        (" is named, and no ", _NAMED, "a name is given, and no "),
    ):
        told = pc.and_(where, pc.fill_null(pc.match_substring(reason, sign), False))
        if pc.any(told).as_py():
            words = pc.replace_substring_regex(reason.filter(told), pattern, instead)
            reason = pc.replace_with_mask(reason, told, words)
    return put(batch, "reason", reason)


def _day(moments: Any, local_time: str) -> Any:
    local = pc.local_timestamp(moments.cast(pa.timestamp("us", tz=local_time)))
    return pc.fill_null(pc.strftime(local, format="%Y-%m-%d"), "an unknown day")


def _km(metres: float) -> str:
    return f"{metres / 1000:g}"
