"""The decisions of a case: ``decisions.jsonl``, one row a line, appended to and never changed.

This module alone writes the file. A line is written at once and forced to the disk, under a
lock that lasts as long as the writing; a line that a crash cut short stays where it is, is told,
and never runs into the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from holdfire.errors import HoldfireError, Problem, shown
from holdfire.tables.decision import KINDS, UNDO, Decision

DECISIONS = "decisions.jsonl"
LOCK = ".decisions.lock"
WAIT_S = 10.0
LONGEST = 2_000
MOST_TOLD = 10
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_ADVICE = "each line is a row that holdfire review writes; what is wrong with it is left out"


def decisions(folder: Path, problems: list[Problem]) -> tuple[Decision, ...]:
    """Return a case's decisions in the order they were made.

    A line that is none is left out and told in ``problems``, with its number.
    """
    path = folder / DECISIONS
    if not path.is_file():
        return ()
    found: list[Decision] = []
    known: set[str] = set()
    wrong = 0
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                one = _from_line(line)
                if one.decision_id in known:
                    raise ValueError(f"a second {one.decision_id}")
            except _UNREADABLE as error:
                wrong += 1
                if wrong <= MOST_TOLD:
                    what = f"not a decision: {error}"
                    problems.append(
                        Problem(f"{DECISIONS}:{number}", what, _ADVICE, severity="warning")
                    )
                continue
            known.add(one.decision_id)
            found.append(one)
    if wrong > MOST_TOLD:
        what = f"{wrong - MOST_TOLD:,} more lines are no decisions"
        problems.append(Problem(DECISIONS, what, _ADVICE, severity="warning"))
    return tuple(found)


def decide(
    folder: Path, kind: str, about: Sequence[str], *, by: str, why: str = "", at: datetime
) -> Decision:
    """Append a decision to a case's file and return it.

    ``at`` is when it was made; ids count up from ``D-1``. Raises :class:`HoldfireError` where
    nobody is named, where an ``undo`` names a decision that is not there, or where somebody
    else is writing.
    """
    by, why = " ".join(by.split()), " ".join(why.split())
    if not by:
        raise HoldfireError("nobody is named as deciding", advice="give a name: --by NAME")
    if kind not in KINDS:
        raise HoldfireError(f"no kind of decision: {shown(kind)}", advice=", ".join(KINDS))
    if len(by) > LONGEST or len(why) > LONGEST:
        raise HoldfireError(f"a name or reason of more than {LONGEST:,} characters")
    if kind != UNDO and len(set(about)) != 2:
        raise HoldfireError("a decision is about two different reports")
    try:
        with FileLock(folder / LOCK, timeout=WAIT_S):
            before = decisions(folder, [])
            if kind == UNDO and not {one.decision_id for one in before}.issuperset(about):
                raise HoldfireError(f"no decision {shown(', '.join(about))}",
                                    advice="holdfire review DIR --list names them")  # fmt: skip
            number = 1 + max((int(one.decision_id[2:]) for one in before), default=0)
            made = Decision(f"D-{number}", at.astimezone(UTC), by, kind, tuple(about), why)
            _append(folder / DECISIONS, _as_line(made))
    except Timeout:
        raise HoldfireError(
            "somebody else is writing decisions", where=str(folder / DECISIONS),
            advice="try again when the other review is done",
        ) from None  # fmt: skip
    except OSError as error:
        raise HoldfireError(f"cannot be written: {error.strerror}",
                            where=str(folder / DECISIONS)) from None  # fmt: skip
    return made


def _append(path: Path, line: str) -> None:
    """Add a line in one write and wait until it is on the disk."""
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        size = os.lseek(handle, 0, os.SEEK_END)
        torn = False
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            torn = os.read(handle, 1) != b"\n"
        data = memoryview((("\n" if torn else "") + line + "\n").encode())
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if new and hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _as_line(one: Decision) -> str:
    row = {
        "decision": one.decision_id, "at": one.at.isoformat().replace("+00:00", "Z"),
        "by": one.by, "kind": one.kind, "about": list(one.about), "why": one.why,
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def _from_line(line: str) -> Decision:
    row = json.loads(line)
    name, kind, about = row["decision"], row["kind"], row["about"]
    if not (isinstance(name, str) and name.startswith("D-") and name[2:].isascii()
            and name[2:].isdigit() and len(name) < 20):  # fmt: skip
        raise ValueError(f"decision {shown(name)}")
    if kind not in KINDS:
        raise ValueError(f"kind {shown(kind)}")
    wanted = 1 if kind == UNDO else 2
    if not (isinstance(about, list) and len(set(about)) == wanted
            and all(isinstance(one, str) for one in about)):  # fmt: skip
        raise ValueError(f"about {shown(about)}")
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone {shown(row['at'])}")
    if not isinstance(row["by"], str) or not isinstance(row.get("why", ""), str):
        raise ValueError("by and why are text")
    return Decision(name, at.astimezone(UTC), row["by"], kind, tuple(about), row.get("why", ""))
