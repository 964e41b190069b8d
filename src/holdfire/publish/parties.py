"""Parties and the sides of outlets, in words and in an order that ranks nobody."""

from __future__ import annotations

from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer, PartyTally, Told


def party(party_id: str | None, answer: Answer) -> str:
    """Return a party's name; nobody certain is said as such."""
    if party_id is None:
        return "not certain who"
    return plain(answer.party_names.get(party_id, party_id))


def by_party(clause: ClauseAnswer, unit: str, answer: Answer) -> list[PartyTally]:
    """Return the tallies of one unit in the agreement's order of parties: no ranking."""
    order = {name: at for at, name in enumerate(answer.party_names)}
    mine = [p for p in clause.by_party if p.tally.unit == unit]
    return sorted(mine, key=lambda p: order.get(p.party or "", len(order) + (p.party is None)))


def side_words(side: str | None, answer: Answer) -> str:
    """Return an outlet's side in words."""
    if side is None:
        return "side not known"
    return "neutral" if side == "neutral" else f"on the side of {party(side, answer)}"


def told_order(told: Told) -> tuple[int, str]:
    """Order outlets by how much they tell, then by name."""
    return -told.incidents, told.outlet
