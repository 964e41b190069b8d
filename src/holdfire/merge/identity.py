"""What incidents are called, from run to run.

An incident is called after one of its reports, the one that founded it: ``R-4zoh`` founds
``I-4zoh``. Where nothing was run before, that is the report that was made first, of several at
once the first by id; so two people with the same files have the same ids. Where there was a run
before, an incident keeps its id as long as the report that founded it is among its reports. Where
two incidents become one, the id of the one that was told first stays; where one becomes two, the
part with the founding report keeps the id. Old ids lead on to where their reports are now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]

JOINED, SPLIT, LEFT = "joined", "split", "founding report gone"
NONE = -1


@dataclass(frozen=True, slots=True)
class Forward:
    """Where the reports of an incident of the last run are now, and why it is not as it was."""

    incident_id: str
    now: tuple[str, ...]
    why: str


@dataclass(frozen=True, eq=False)
class Past:
    """What is known of earlier runs.

    ``incidents`` has the columns ``incident_id`` and ``report_ids`` of the last one. ``kept`` are
    ids that were kept, in any run, though another report of the incident was made first.
    """

    incidents: pa.Table = field(
        default_factory=lambda: pa.table(
            {
                "incident_id": pa.array([], pa.string()),
                "report_ids": pa.array([], pa.list_(pa.string())),
            }
        )
    )
    kept: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Identity:
    """The id of each incident by its number, what leads on, and which ids had to be kept."""

    ids: pa.Array
    forwards: tuple[Forward, ...] = ()
    kept: tuple[str, ...] = ()


def identify(report_ids: pa.Array, group: Ints, rank: Ints, past: Past | None = None) -> Identity:
    """Name the incidents that rows of reports are grouped into.

    ``group`` is each row's incident, numbered from 0; ``rank`` the rows' order of telling.
    """
    past = past or Past()
    count = int(group.max(initial=-1)) + 1
    first = _first(group, rank, count)
    known = pc.index_in(_founders(past.incidents["incident_id"]), value_set=report_ids)
    before = pc.fill_null(known, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    founder = _founding(before, group, rank, count)
    settled = pc.index_in(_founders(pa.array(past.kept, pa.string())), value_set=report_ids)
    kept = pc.fill_null(settled, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    otherwise = _founding(kept, group, rank, count)
    founder = np.where(founder == NONE, otherwise, founder)
    founder = np.where(founder == NONE, first, founder)
    ids = pc.replace_substring_regex(
        report_ids.take(pa.array(founder)), pattern="^R-", replacement="I-"
    )
    unlike = sorted(set(ids.filter(pa.array(founder != first)).to_pylist()) - set(past.kept))
    return Identity(ids, _forwards(past.incidents, report_ids, group, ids), tuple(unlike))


def _founders(ids: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    return pc.replace_substring_regex(whole, pattern="^I-", replacement="R-")


def _first(group: Ints, rank: Ints, count: int) -> Ints:
    """Return the row of each incident that was told first."""
    best = np.full(count, len(rank), dtype=np.int64)
    np.minimum.at(best, group, rank)
    order = np.empty(len(rank), dtype=np.int64)
    order[rank] = np.arange(len(rank))
    return order[best] if count else best


def _founding(rows: Ints, group: Ints, rank: Ints, count: int) -> Ints:
    """Return of each incident the first told of some rows, ``NONE`` where none is in it."""
    here = rows[rows != NONE]
    best = np.full(count, len(rank), dtype=np.int64)
    np.minimum.at(best, group[here], rank[here])
    order = np.append(np.empty(len(rank), dtype=np.int64), NONE)
    order[rank] = np.arange(len(rank))
    return order[best]


def _forwards(
    before: pa.Table, report_ids: pa.Array, group: Ints, ids: pa.Array
) -> tuple[Forward, ...]:
    """Say of each incident of the last run that is not whole any more where its reports are."""
    if before.num_rows == 0:
        return ()
    lists = before["report_ids"].combine_chunks()
    lists = lists if isinstance(lists, pa.Array) else lists.chunk(0)
    rows = pc.fill_null(pc.index_in(pc.list_flatten(lists), value_set=report_ids), NONE)
    at = rows.to_numpy(zero_copy_only=False).astype(np.int64)
    old = pc.list_parent_indices(lists).to_numpy().astype(np.int64)[at != NONE]
    now = group[at[at != NONE]]
    pairs = np.unique(np.stack([old, now], axis=1), axis=0) if len(old) else np.empty((0, 2), int)
    parts = np.bincount(pairs[:, 0], minlength=before.num_rows)
    current = pc.is_in(before["incident_id"], value_set=ids).to_numpy(zero_copy_only=False)
    changed = np.flatnonzero((parts > 1) | ((parts == 1) & ~current))
    wanted = pairs[np.isin(pairs[:, 0], changed)]
    there = ids.take(pa.array(wanted[:, 1]))
    names = before["incident_id"].take(pa.array(wanted[:, 0])).to_pylist()
    met = pc.is_in(there, value_set=before["incident_id"]).to_pylist()
    leads: dict[str, list[tuple[str, bool]]] = {}
    for name, to, known in zip(names, there.to_pylist(), met, strict=True):
        leads.setdefault(name, []).append((to, known))
    return tuple(
        Forward(
            name,
            tuple(sorted(to for to, _ in leads[name])),
            SPLIT if len(leads[name]) > 1 else JOINED if leads[name][0][1] else LEFT,
        )
        for name in sorted(leads)
    )
