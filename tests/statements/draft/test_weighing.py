"""Terms by the words around them, and that the points shipped are those the command writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from benchmarks import fit_terms
from holdfire.statements.draft import leant, terms_of, weighing
from holdfire.statements.draft.leant import Had, Leant
from holdfire.statements.draft.sentences import sentences
from holdfire.statements.draft.weighing import Weigher, kinds, stem

from .told import article, said

CORPUS = Path(__file__).parents[3] / "corpus" / "dev"


@pytest.mark.parametrize(
    ("word", "cut"),
    [("mediated", "mediat"), ("mediates", "mediat"), ("Ceases", "ceas"), ("sides", "side"),
     ("2003", "#"), ("ends", "ends"), ("Taylor’s", "taylor")],
)  # fmt: skip
def test_a_word_without_its_ending(word: str, cut: str) -> None:
    assert stem(word) == cut


def test_every_kind_of_words_is_found_by_its_words() -> None:
    assert "brokers" in kinds()[stem("mediated")]
    assert all(kinds().values())


def test_marks_tell_what_stands_on_which_side() -> None:
    text = "Peru mediated the truce of Chad. Nobody may shell the port."
    every = sentences(text)
    weigher = Weigher(every, [said(text, "Nobody may shell the port", stance="accepts")])
    peru = weigher.marks(every[0], 0, 4, ("own",))
    assert {"own", "by-default", "right1 mediat", "right beside ~brokers", "right cue ceasefire",
            "outlet-tells", "names-it", "left 0 words"} <= peru  # fmt: skip
    assert not any(mark.startswith(("left ~", "left1")) for mark in peru)
    port = weigher.marks(every[1], 21, 25, ())
    assert {"stance accepts", "speaker unnamed", "left beside ~harms", "before-names-it"} <= port


def _leant(field: str, value: str, points: float, start: int = 0) -> Leant:
    return Leant(field, value, start, start + 5, points)


def test_only_what_has_points_enough_and_is_new_is_added() -> None:
    weighed = {
        (one.field, one.value): one
        for one in (
            _leant("party", "chad", 0.4), _leant("party", "peru", 1.1), _leant("act", "strike", 9),
            _leant("proposer", "fiji", 9), _leant("act", "combat", 9, 20),
        )
    }  # fmt: skip
    had = [Had("act", "strike", 0, 5), Had("proposer", "togo", 50, 55)]
    assert [one.value for one in leant.added(weighed, had)] == ["peru"]
    assert {one.value for one in leant.added(weighed, [])} == {"peru", "strike", "fiji", "combat"}


def test_what_the_words_around_it_speak_against_is_left_out() -> None:
    weighed = {("act", "strike"): _leant("act", "strike", -2.5)}
    assert leant.doubtful(weighed, "act", "strike")
    assert not leant.doubtful(weighed, "act", "combat")
    assert not leant.doubtful({("party", "chad"): _leant("party", "chad", -9)}, "party", "chad")


def test_what_is_leant_on_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "The truce between Chad and Libya was read out in the square. "
        + "Nobody in the crowd had waited so long for anything of the kind. " * 4
        + "Peru, tireless, did all the carrying of the papers to and fro."
    )
    given = {"named as name": {"proposer": 1.0}, "right beside ~brokers": {"proposer": 1.0}}
    monkeypatch.setattr(weighing, "points", lambda: given)
    found = [one for one in terms_of(article(text)) if one.field == "proposer"]
    assert found
    assert not any(one.sure for one in found)
    monkeypatch.setattr(weighing, "points", dict)
    assert all(one.sure for one in terms_of(article(text)) if one.field == "party")


def test_a_mark_that_always_speaks_for_a_term_gets_points() -> None:
    table = csr_matrix(np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 1.0]]))
    answers = np.array([1.0, 1.0, 0.0, 0.0])
    loose, tight = (
        fit_terms.logistic(table, answers, np.array([ridge, 0.01])) for ridge in (0.1, 10.0)
    )
    assert loose[0] > tight[0] > 0 > loose[1]


@pytest.mark.slow
def test_the_shipped_points_are_those_that_the_command_writes() -> None:
    corpus = list(fit_terms.texts(CORPUS))
    written = fit_terms.file(fit_terms.fit_all(corpus))
    assert fit_terms.WEIGHTS.read_text(encoding="utf-8") == written, (
        "weights.tsv was changed since: python -m benchmarks.fit_terms corpus/dev --write"
    )
