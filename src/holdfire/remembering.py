"""What a case remembers of its incidents' ids: ``incident_ids.jsonl``, only ever added to.

A line says either that an id was kept though another report of the incident was made first, or
where the reports of an incident are that is not there any more or not whole. Everything else
about ids follows from the reports, so without the file, or in a new copy of a case, the ids are
the same but for these.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from holdfire.merge.identity import Forward, Past

FILE = "incident_ids.jsonl"
FARTHEST = 1_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """Ids that were kept, and where incidents' reports went, in the order it was written."""

    kept: tuple[str, ...] = ()
    forwards: tuple[Forward, ...] = ()


def remembered(folder: Path) -> Remembered:
    """Read what a case remembers; a line that a crash cut short says nothing."""
    path = folder / FILE
    if not path.is_file():
        return Remembered()
    kept: list[str] = []
    forwards: list[Forward] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
            if "kept" in row:
                kept.append(str(row["kept"]))
            else:
                now = tuple(str(one) for one in row["now"])
                forwards.append(Forward(str(row["incident"]), now, str(row["why"])))
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return Remembered(tuple(dict.fromkeys(kept)), tuple(forwards))


def remember(folder: Path, kept: Sequence[str], forwards: Sequence[Forward]) -> None:
    """Add what a run found to the file; where it found nothing, the file is left alone."""
    lines = [json.dumps({"kept": one}) for one in kept] + [
        json.dumps({"incident": one.incident_id, "now": list(one.now), "why": one.why})
        for one in forwards
    ]
    if not lines:
        return
    path = folder / FILE
    # A line cut short by a crash must not run into the next.
    torn = path.is_file() and path.read_bytes()[-1:] not in (b"", b"\n")
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n" * torn + "\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())


def past(folder: Path, internal: Path) -> Past:
    """Return what the last run and all before it leave to the next."""
    path = internal / "incidents.parquet"
    kept = remembered(folder).kept
    if not path.is_file():
        return Past(kept=kept)
    try:
        last = pq.read_table(path, columns=["incident_id", "report_ids"])
    except (pa.ArrowInvalid, OSError):
        return Past(kept=kept)
    return Past(last, kept)


def forwarded(folder: Path, finding_id: str) -> list[str]:
    """Say where the incident of a finding of an earlier run went, and how its findings begin now.

    Takes the beginning of an id as well, as long as it names the incident. Nothing where the case
    knows of no such incident.
    """
    own = finding_id.split(".")[0].removeprefix("F-")
    return [
        f"I-{step.incident_id[2:]} is no more what it was ({step.why}): its reports are in "
        f"{', '.join(step.now)}, whose findings begin with "
        f"{', '.join('F-' + name[2:] for name in step.now)}"
        for step in whereabouts(folder, f"I-{own}")
    ]


def whereabouts(folder: Path, incident_id: str) -> tuple[Forward, ...]:
    """Return where an incident of an earlier run went, step by step; nothing for one that is here.

    Of several steps from one id the last that was written holds. An incident that was split
    leads to all its parts, and each of these on to where it went.
    """
    leads = {one.incident_id: one for one in remembered(folder).forwards}
    found: list[Forward] = []
    seen: set[str] = set()
    todo = [incident_id]
    while todo and len(found) < FARTHEST:
        name = todo.pop(0)
        step = leads.get(name)
        if step is None or name in seen:
            continue
        seen.add(name)
        found.append(step)
        todo.extend(step.now)
    return tuple(found)
