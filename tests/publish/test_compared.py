"""The measures in words: figures rounded outwards, and a reason where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from holdfire.publish.compared import areas, cells, compared, lateness
from holdfire.tables.answer import Answer, ClauseAnswer
from holdfire.tables.cells import UnitCells
from holdfire.tables.measured import Bounded, Measured

from .conftest import answer, fire_clause, measured


def of(one: Measured) -> Answer:
    return answer(clauses=(replace(fire_clause(), measured=(one,)),))


FIGURES: list[tuple[str, str, str]] = [
    (
        "Rate a day, times what it was (95 %, what is open alike before and since)",
        "0.2 to 0.71",
        "",
    ),
    ("… whatever is open", "0.11 to 1.02", ""),
    ("… of the certain alone", "0.25 to 0.49", ""),
    ("… of the possible alone", "0.3 to 0.6", ""),
    ("Jump on the first day, as a ratio", "0.2 to 0.9", ""),
    ("Bend of the trend, a week, as a ratio", "", "the series is shorter than eight weeks"),
    ("Larger than the changes at 211 earlier dates", "95 to 99 %", ""),
    ("Nearly complete after", "3 days", ""),
    ("All of them, reported or not (95 %)", "57 or more", ""),
    ("… the estimate, if 2% of matches were missed", "61 to 62", ""),
    ("… the estimate, if 10% of matches were missed", "55", ""),
    ("Hours to the first", "3.16 to 27.8", ""),
    ("Hours since the last", "4", ""),
    ("Longest quiet spell, hours", "18 or more", ""),
    ("Median quiet spell, hours", "2.9 to 11.1", ""),
    ("Quiet spells longer than 24 hours (95 %)", "2 to 30 %", ""),
    ("Quiet spells longer than 72 hours (95 %)", "", "4 quiet spells ended"),
    ("Last day before the start: busier than other days", "50 to 75 %", ""),
    ("First day after the end: busier than other days", "", "it has not ended"),
]


def test_every_measure_has_a_figure_or_the_reason_why_there_is_none() -> None:
    (one, rival) = compared(answer())
    assert one.rows == FIGURES
    assert (one.title, one.unit) == ("No fire across the line", "incidents")
    assert rival.title == one.title
    assert one.sentence == measured().sentence


def test_provisional_days_show_what_is_in_and_what_they_will_come_to() -> None:
    one = compared(answer())[0]
    assert one.provisional == [
        ("27 May 2031", "91 %", "2 to 5", "2 to 7"),
        ("28 May 2031", "60 %", "1 to 2", "too few reports"),
    ]


@pytest.mark.parametrize(
    ("in_effect", "before", "said"),
    [
        (
            26, 28,
            "26 of the 28 days in effect, 1 May 2031 to 28 May 2031, against 28 days before, "
            "1 April 2031 to 28 April 2031; the run-up between proposal and start is left out.",
        ),
        (
            28, 25,
            "28 days in effect, 1 May 2031 to 28 May 2031, against 25 of the 28 days before, "
            "1 April 2031 to 28 April 2031; the run-up between proposal and start is left out.",
        ),
        (0, 28, ""),
    ],
)  # fmt: skip
def test_over_which_days(in_effect: int, before: int, said: str) -> None:
    made = measured(days_in_effect=in_effect, baseline_days=before)
    assert compared(of(made))[0].over == said


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (Bounded(0.0, None), "0 or more"),
        (Bounded(0.7049, 0.7049), "0.7"),
        (Bounded(0.7049, 1.3301), "0.7 to 1.34"),
        (Bounded(12.34, 345.6), "12.3 to 346"),
    ],
)
def test_a_ratio_is_never_made_narrower(ratio: Bounded, words: str) -> None:
    assert compared(of(measured(ratio=ratio)))[0].rows[0][1] == words


def test_one_day_is_one_day() -> None:
    rows = {
        what: said for what, said, _ in compared(of(measured(complete_after=Bounded(1, 1))))[0].rows
    }
    assert rows["Nearly complete after"] == "1 day"


def test_how_late_each_outlet_tells() -> None:
    assert lateness(answer()) == [
        ("Joint Monitors", "44", "1 day", "4 days"),
        ("not named", "2", "", "not known: known of 2 only"),
    ]


def test_cells_that_changed_come_first_and_what_has_no_cell_is_said() -> None:
    one = cells(answer())[0]
    assert one.rows == [
        ("38.90° S, 175.92° E", "1 to 2", "14 to 19", "fell", ""),
        ("38.90° S, 175.31° E", "9 to 12", "8 to 11", "no change found", "30.5 to 54.1"),
        ("38.90° S, 176.44° E", "0 to 1", "0 to 1", "too few", ""),
    ]
    assert one.note == ("3 cells, 2 tested; 3 placed too vaguely for a cell; 2 without a point.")


def test_areas_with_most_come_first() -> None:
    (one,) = areas(answer())
    assert (one.title, one.unit) == ("No fire across the line", "incidents")
    assert one.rows == [
        ("Western Hills", "11 to 14", "30 to 41"),
        ("Long Bay", "2 to 9", "5 to 6"),
    ]
    assert one.nowhere == "7 in effect, in no area that is known or in none of these"


def test_why_there_are_no_cells() -> None:
    clause: ClauseAnswer = replace(
        fire_clause(), cells=(UnitCells("incident", None, "places are too coarse"),)
    )
    (one,) = cells(answer(clauses=(clause,)))
    assert (one.refused, one.rows) == ("places are too coarse", [])
