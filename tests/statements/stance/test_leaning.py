"""To which stance the marks of a statement lead, beside what the rules decide."""

from __future__ import annotations

import pytest

from holdfire.statements.stance.leaning import leaning, points
from holdfire.statements.stance.telling import Told
from holdfire.tables.statement import STANCES


def test_marks_alone_decide_where_the_rules_left_it_open() -> None:
    marks = {"tells.worthless": 1.0, "cue.scorn": 1.0, "says.scorn": 3.0, "about": 2.0}
    assert leaning(marks, Told("unclear")) == "rejects"


def test_what_a_cue_decides_outweighs_a_few_words() -> None:
    marks = {"says.scorn": 1.0, "about": 2.0}
    assert leaning(marks, Told("accepts", in_cue=True)) == "accepts"


def test_who_passes_on_takes_no_stance() -> None:
    marks = {"tells.worthless": 1.0, "says.scorn": 3.0, "about": 2.0}
    open_ones = ("unclear", "not-about-it")
    assert leaning(marks, Told("unclear"), open_ones) == "unclear"


@pytest.mark.parametrize("stance", STANCES)
def test_every_stance_has_points(stance: str) -> None:
    assert any(stance in given for given in points()[0].values())


def test_marks_that_nobody_knows_give_nothing() -> None:
    assert leaning({"no-such-mark": 9.0}, Told("unclear")) == leaning({}, Told("unclear"))
