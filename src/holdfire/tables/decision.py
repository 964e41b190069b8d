"""The ``decision`` rows: what a reviewer decided, when and why. None is ever changed.

A decision is taken back by a row of its own, which can be taken back in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

SAME, DIFFERENT, UNDO = "same", "different", "undo"
KINDS = (SAME, DIFFERENT, UNDO)


@dataclass(frozen=True, slots=True)
class Decision:
    """One row. ``about`` are two report ids, or for an ``undo`` the id of one decision.

    ``at`` is a UTC instant, ``by`` the name the reviewer gave, ``why`` in his own words.
    """

    decision_id: str
    at: datetime
    by: str
    kind: str
    about: tuple[str, ...]
    why: str = ""


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions on pairs that nobody has taken back, in the order they were made.

    Where a pair was decided more than once by the same person, the last word stands; what
    several people say of one pair all stands, and may conflict.
    """
    rows = {one.decision_id: one for one in decisions}
    gone: set[str] = set()
    for one in reversed(rows.values()):
        if one.kind == UNDO and one.decision_id not in gone:
            gone.update(one.about)
    last: dict[tuple[str, frozenset[str]], Decision] = {}
    for one in rows.values():
        if one.kind != UNDO and one.decision_id not in gone:
            key = (one.by, frozenset(one.about))
            last.pop(key, None)
            last[key] = one
    return tuple(last.values())
