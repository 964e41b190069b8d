"""A drafted agreement is used only after a person has confirmed it."""

from __future__ import annotations

import pytest

from holdfire.terms.drafted import still_open, unconfirmed

from .conftest import BASE, Agreed, Read


@pytest.mark.parametrize(
    ("draft", "questions"),
    [
        ("[draft]\n", "no open question"),
        ('[draft]\nconfirmed_by = "  "\nopen = ["where?"]\n', "1 open question)"),
        ('[draft]\nconfirmed_by = ""\nopen = ["where?", "when?"]\n', "2 open questions)"),
        ("[draft]\nconfirmed_on = 2025-03-14\n", "no open question"),
    ],
)
def test_without_a_name_it_may_not_be_run(agreed: Agreed, draft: str, questions: str) -> None:
    problem = unconfirmed(agreed(BASE + draft))
    assert problem is not None
    assert problem.severity == "error"
    assert problem.where == "agreement.toml"
    assert "no person has confirmed it" in problem.message
    assert questions in problem.message
    assert "write your name" in problem.advice


def test_with_a_name_it_may(agreed: Agreed) -> None:
    draft = '[draft]\nconfirmed_by = "A. Reader"\nconfirmed_on = 2025-03-14\nopen = ["where?"]\n'
    assert unconfirmed(agreed(BASE + draft)) is None


def test_what_a_person_wrote_needs_no_confirming(agreed: Agreed) -> None:
    assert unconfirmed(agreed(BASE)) is None


def test_the_passages_are_by_field(agreed: Agreed) -> None:
    draft = '[draft]\npassages = { "clauses.strikes" = ["a.txt:4-9", "b.txt:1-2"] }\n'
    found = agreed(BASE + draft).draft
    assert found is not None
    assert found.passages == {"clauses.strikes": ("a.txt:4-9", "b.txt:1-2")}


def test_a_misspelt_key_is_told(read: Read) -> None:
    (problem,) = read(BASE + '[draft]\nconfirmd_by = "A"\n').problems
    assert "draft.confirmd_by" in problem.message
    assert problem.advice == 'Did you mean "confirmed_by"?'


def test_questions_that_stay_are_told_after_confirming(agreed: Agreed) -> None:
    draft = '[draft]\nconfirmed_by = "A. Reader"\nopen = ["where?", "when?"]\n'
    problem = still_open(agreed(BASE + draft))
    assert problem is not None
    assert problem.severity == "warning"
    assert "2 questions are still listed" in problem.message
    assert still_open(agreed(BASE)) is None
