"""Who says what, in words: sides and whom they accuse, agreement, and the totals they claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from holdfire.publish import wording
from holdfire.publish.figures import joined, short
from holdfire.publish.parties import party, side_words
from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer
from holdfire.tables.sides import Accused, Agreement, Alone, Totals
from holdfire.tables.units import noun

Told = TypeVar("Told", Accused, Alone, Agreement, Totals)
Rows = list[tuple[str, ...]]
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Sided:
    """One clause under the reading that the answer follows; rows are cells of tables."""

    title: str
    accused: Rows
    alone: Rows
    agreement: Rows
    totals: Rows


def sided(answer: Answer) -> list[Sided]:
    """Return who says what of each clause; parties in the agreement's order, ranking nobody."""
    found = [_clause(clause, answer) for clause in wording.leading(answer)]
    return [one for one in found if one.accused or one.totals]


def _clause(clause: ClauseAnswer, answer: Answer) -> Sided:
    told = answer.sides
    if told is None:
        return Sided(plain(clause.title), [], [], [], [])

    at = _order(answer)
    accused = sorted(_own(told.accused, clause), key=lambda o: (at(o.side), at(o.accused), o.unit))
    alone = sorted(_own(told.alone, clause), key=lambda o: (at(o.side), o.unit))
    agreed = sorted(_own(told.agreement, clause), key=lambda o: _pair(o, at))
    totals = sorted(_own(told.totals, clause), key=lambda o: (at(o.side), at(o.accused)))
    return Sided(
        plain(clause.title),
        [
            (side_words(o.side, answer), party(o.accused, answer), plain(o.responsibility),
             _count(o.certain, o.possible, o.unit))
            for o in accused
        ],
        [
            (side_words(o.side, answer), _count(*o.told, o.unit), short(*o.alone))
            for o in alone
        ],
        [
            (_sides(o, answer), _kind(o, answer), _count(o.certain, o.possible, o.unit))
            for o in agreed
        ],
        [_total(o, answer) for o in totals],
    )  # fmt: skip


def _own(rows: Sequence[Told], clause: ClauseAnswer) -> list[Told]:
    return [o for o in rows if (o.clause, o.reading) == (clause.clause, clause.reading)]


def _order(answer: Answer) -> Callable[[str | None], Place]:
    """Return the place of a side or party: the agreement's order, then neutral, then others."""
    order = [*answer.party_names, "neutral"]
    return lambda name: (order.index(name) if name in order else len(order), name or "")


def _pair(
    one: Agreement, at: Callable[[str | None], Place]
) -> tuple[list[Place], list[list[Place]]]:
    """Return the place of two sides, then of whom each names: no label's spelling decides."""
    both = sorted(
        (at(side), [*map(at, told)]) for side, told in zip(one.sides, one.accused, strict=True)
    )
    return [side for side, _ in both], [told for _, told in both]


def _sides(one: Agreement, answer: Answer) -> str:
    return joined([side_words(side, answer) for side in sorted(one.sides, key=_order(answer))])


def _kind(one: Agreement, answer: Answer) -> str:
    """Say whom the two sides name."""
    said = {
        side: joined([party(name, answer) for name in names]) if names else "nobody"
        for side, names in zip(one.sides, one.accused, strict=True)
    }
    if one.kind == "same":
        return f"both name {next(iter(said.values()))}"
    if one.kind == "neither says":
        return "neither names anybody"
    both = sorted(said, key=_order(answer))
    return "; ".join(f"{side_words(side, answer)}: {said[side]}" for side in both)


def _total(one: Totals, answer: Answer) -> tuple[str, ...]:
    claimed = short(*one.claimed)
    what = noun(one.unit, one.claimed[1] or 2) if one.unit else "without a figure"
    traced = [_count(low, high, unit) for unit, low, high in one.traced]
    return (
        side_words(one.side, answer), party(one.accused, answer),
        f"{claimed} {what}" if one.unit else what, joined(traced) or "none",
    )  # fmt: skip


def _count(low: int, high: int, unit: str) -> str:
    return f"{short(low, high)} {noun(unit, high)}"
