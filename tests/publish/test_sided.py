"""Who says what, in words: parties in the agreement's order, exchanged where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from holdfire.publish.sided import Sided, sided
from holdfire.tables.sides import Sides

from .conftest import PARTIES, answer, who_says_what

NORTH, SOUTH = "on the side of Northland", "on the side of Southland"


def test_each_table() -> None:
    (one,) = sided(answer())
    assert one == Sided(
        "No fire across the line",
        accused=[
            (NORTH, "Southland", "reported", "9 to 21 incidents"),
            (SOUTH, "Northland", "reported", "12 to 19 incidents"),
            ("neutral", "not certain who", "unknown", "1 incident"),
        ],
        alone=[(NORTH, "18 to 25 incidents", "4 to 9")],
        agreement=[
            (f"{NORTH} and {SOUTH}", f"{NORTH}: Southland; {SOUTH}: Northland", "1 incident"),
            (f"{NORTH} and {SOUTH}", "both name Southland", "2 to 3 incidents"),
            (f"{NORTH} and neutral", f"{NORTH}: Southland; neutral: nobody", "0 to 2 incidents"),
            (f"{SOUTH} and neutral", "neither names anybody", "0 to 1 incident"),
        ],
        totals=[
            (NORTH, "Southland", "2,935 violations claimed", "9 to 21 incidents"),
            (SOUTH, "Northland", "without a figure", "none"),
        ],
    )


def test_nothing_is_said_of_a_clause_nobody_tells_of() -> None:
    assert sided(answer(sides=None)) == []
    assert sided(answer(sides=Sides((), (), (), ()))) == []


def test_parties_exchanged_exchange_the_words() -> None:
    other = {"north": "south", "south": "north"}

    def swap(value: Any) -> Any:
        if isinstance(value, str):
            return other.get(value, value)
        return tuple(map(swap, value)) if isinstance(value, tuple) else value

    told = who_says_what()
    exchanged = Sides(**{
        name: tuple(
            replace(one, **{key: swap(getattr(one, key)) for key in one.__dataclass_fields__})
            for one in getattr(told, name)
        )
        for name in ("accused", "alone", "agreement", "totals")
    })  # fmt: skip
    # the parties' order is exchanged with their labels, so the rows keep their places
    parties = {other[key]: f"The {other[key]}" for key in PARTIES}
    plain = sided(answer(party_names={key: f"The {key}" for key in PARTIES}))
    mirrored = sided(answer(sides=exchanged, party_names=parties))
    assert words(mirrored) == swapped(words(plain))


def words(found: list[Sided]) -> list[tuple[str, ...]]:
    (one,) = found
    return [*one.accused, *one.alone, *one.agreement, *one.totals]


def swapped(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    mark = "\0"
    return [
        tuple(
            cell.replace("The north", mark)
            .replace("The south", "The north")
            .replace(mark, "The south")
            for cell in row
        )
        for row in rows
    ]
