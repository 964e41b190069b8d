"""Question 5, actor: are those who may have done it bound by the clause?

``yes`` if all that may have done it are bound, ``no`` if none is, else ``unknown``. Who may
have done it is a set of parties; with nothing said it is everybody, outsiders included.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.assess.logic import NO, UNKNOWN, YES
from holdfire.errors import shown
from holdfire.tables.report import OUTSIDER

SEPARATOR = "|"


def joined(rows: pa.RecordBatch) -> pa.Array:
    """Return the actors of each row as one text, sorted as they are given; null is anyone."""
    return pc.binary_join(rows.column("actors"), SEPARATOR)


def actor_answer(actors: str | None, bound: Collection[str]) -> np.int8:
    """Answer for one set of actors."""
    if not actors:
        return UNKNOWN
    inside = [actor in bound for actor in actors.split(SEPARATOR)]
    return YES if all(inside) else UNKNOWN if any(inside) else NO


def actor_sentence(
    actors: str | None, bound: Collection[str], names: Mapping[str, str], named: str | None = None
) -> str:
    """Say who may have done it and whether the clause binds them.

    ``named`` is what the source calls them, for where that name is nobody's here.
    """
    if not actors and named:
        return f"{shown(named)} is named, and no party or outsider of this case has that name"
    if not actors:
        return "nobody says who did it, so it may be anyone, bound or not"
    given = [names.get(actor, _unbound(actor)) for actor in actors.split(SEPARATOR)]
    who = given[0] if len(given) == 1 else f"one of {', '.join(given)}"
    answer = actor_answer(actors, bound)
    if answer == YES:
        return f"{who}, bound by the clause"
    return (
        f"{who}, not bound by the clause" if answer == NO else f"{who}: not all of them are bound"
    )


def _unbound(actor: str) -> str:
    return "somebody outside the agreement" if actor == OUTSIDER else actor


def responsible(actors: str | None, bound: Collection[str]) -> str | None:
    """Return the one bound party that can have done it, or ``None``."""
    if not actors or SEPARATOR in actors or actors not in bound:
        return None
    return actors
