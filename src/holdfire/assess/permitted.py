"""Whether a clause allows it all the same: every condition of one of its permits must hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from holdfire.assess import actor, time
from holdfire.assess.kind import kind_answers, per_value
from holdfire.assess.logic import NO, UNKNOWN, YES, Answers, both, either, everywhere
from holdfire.assess.where import Areas, Days, Places, where
from holdfire.assess.zone import Moving
from holdfire.terms.agreement import Permit
from holdfire.terms.vocabulary import KINDS, Vocabularies
from holdfire.terms.windows import Interval

COLUMNS = {"acts": "act", "targets": "target", "weapons": "weapon"}


@dataclass(frozen=True)
class CompiledPermit:
    """A permit with its zone and hours made ready."""

    permit: Permit
    words: Vocabularies
    areas: Areas | None
    hours: tuple[Interval, ...]

    @classmethod
    def of(
        cls, permit: Permit, words: Vocabularies, moving: Moving | None, hours: tuple[Interval, ...]
    ) -> CompiledPermit:
        """Make a permit ready; ``hours`` are its recurring hours as intervals."""
        return cls(permit, words, Areas(moving) if moving else None, hours)

    def answers(self, rows: pa.RecordBatch, places: Places, days: tuple[Days, Days]) -> Answers:
        """Answer for each row whether this permit covers it."""
        conditions: list[Answers] = []
        for kind in KINDS:
            named = getattr(self.permit, kind)
            if named:
                vocabulary = self.words.of(kind)
                conditions.append(kind_answers(vocabulary, rows.column(COLUMNS[kind]), named))
        if self.permit.by:
            conditions.append(
                per_value(actor.joined(rows), lambda who: actor.actor_answer(who, self.permit.by))
            )
        if self.areas is not None:
            conditions.append(where(places, days, self.areas.moving, self.areas).answers)
        if self.permit.hours:
            conditions.append(time.answer(time.Times.of(rows), self.hours, self.hours))
        if self.permit.circumstances:
            conditions.append(per_value(rows.column("circumstance"), self._circumstance))
        return both(conditions)

    def _circumstance(self, said: str | None) -> np.int8:
        """Answer for what a report says: one circumstance does not exclude another."""
        if said and _alike(said) in {_alike(listed) for listed in self.permit.circumstances}:
            return YES
        return NO if self.permit.when_unsaid == "no" else UNKNOWN


def _alike(circumstance: str) -> str:
    """Return a circumstance as it is compared: ``Self_defence`` is ``self-defence``."""
    return "-".join(circumstance.casefold().replace("_", " ").replace("-", " ").split())


def answers(
    permits: tuple[CompiledPermit, ...],
    rows: pa.RecordBatch,
    places: Places,
    days: tuple[Days, Days],
) -> Answers:
    """Answer for each row whether any permit covers it; without permits, ``no``."""
    if not permits:
        return everywhere(NO, rows.num_rows)
    return either([permit.answers(rows, places, days) for permit in permits])


def sentence(permits: tuple[CompiledPermit, ...], answer: int, circumstance: str | None) -> str:
    """Say whether it is permitted and by which words."""
    if not permits:
        return "the clause permits nothing of the kind"
    words = "; ".join(permit.permit.wording for permit in permits)
    if answer == YES:
        return f"the clause permits it: {words}"
    if answer == NO:
        return f"what the clause permits does not cover it ({words})"
    said = (
        f'a report says "{circumstance}"' if circumstance else "no report says whether it was that"
    )
    return f"the clause permits some of this ({words}), and {said}"
