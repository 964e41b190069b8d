"""Sums over rows of the counts: each incident once at the lower end, however often it was told.

A row of the counts is any number of incidents that are alike in all that a figure can be asked
for. What each adds at least and at most was worked out when reports were merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil, floor
from typing import Any

from holdfire.tables.answer import ClauseTerms, PartyTally, Tally

Row = dict[str, Any]
NEAR = 1e-3
"""A sum of shares this little above a whole number is that number: shares are rounded."""
RESPONSIBILITY = ("reported", "inferred", "disputed", "unknown")


def tallies(rows: Iterable[Row]) -> list[Tally]:
    """Count rows per counting unit and quantities per quantity unit; never across units."""
    given = list(rows)
    found = [
        _tally(unit, [row for row in given if row["counting_unit"] == unit], _rows)
        for unit in sorted({row["counting_unit"] for row in given})
    ]
    found += [
        _tally(unit, [row for row in given if row["quantity_unit"] == unit], _quantity)
        for unit in sorted({row["quantity_unit"] for row in given if row["quantity_unit"]})
    ]
    return found


Bounds = tuple[float, float | None]


def whole(shares: float) -> int:
    """Return the least whole number that a sum of shares of incidents does not exceed.

    Part of an incident is one: two of three rows that may all be the same add two thirds, and
    that is one incident.
    """
    return max(0, ceil(shares - NEAR))


def _rows(certain: list[Row], possible: list[Row]) -> Bounds:
    return whole(sum(row["least"] for row in certain)), whole(sum(row["most"] for row in possible))


def _quantity(certain: list[Row], possible: list[Row]) -> Bounds:
    """At least what the certain ones are said to be; no upper bound where one has no figure."""
    low = sum(row["quantity_least"] for row in certain)
    if any(row["no_most"] for row in possible):
        return floor(low + NEAR), None
    return floor(low + NEAR), sum(row["quantity_most"] for row in possible)


def _tally(unit: str, rows: list[Row], bounds: Callable[[list[Row], list[Row]], Bounds]) -> Tally:
    figures: list[Bounds] = []
    expected: list[tuple[float, float] | None] = []
    for verdict in ("verdict", "verdict_before"):
        certain = [row for row in rows if row[verdict] == "yes"]
        possible = [row for row in rows if row[verdict] != "no"]
        figures.append(bounds(certain, possible))
        average = sum(row["expected"] for row in certain), sum(row["expected"] for row in possible)
        expected.append(average if bounds is _rows else None)
    return Tally(unit, *figures[0], *figures[1], *expected)


def by_party(rows: list[Row]) -> list[PartyTally]:
    """Count for each party what it alone is held responsible for, and apart what nobody is."""
    found: list[PartyTally] = []
    keys = {(row["held_responsible"], row["responsibility"]) for row in rows}
    for party, said in sorted(keys, key=lambda key: (key[0] is None, key[0] or "", _rank(key[1]))):
        own = [
            row for row in rows if (row["held_responsible"], row["responsibility"]) == (party, said)
        ]
        found.extend(PartyTally(party, said, tally) for tally in tallies(own))
    return found


def may_be(rows: list[Row], terms: ClauseTerms) -> list[PartyTally]:
    """Count for each bound party all that it may be responsible for, from what surely is its."""
    found: list[PartyTally] = []
    for party in terms.binds:
        own = []
        for row in rows:
            surely = row["held_responsible"] == party
            if surely or row["actors"] is None or party in row["actors"].split("|"):
                weaker = {key: "unknown" for key in ("verdict", "verdict_before")
                          if row[key] == "yes" and not surely}  # fmt: skip
                own.append({**row, **weaker})
        found.extend(PartyTally(party, "may be", tally) for tally in tallies(own))
    return found


def _rank(said: str) -> int:
    return RESPONSIBILITY.index(said)
