"""The command that fits the points of stances, and that the files it writes are those shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import fit_stance
from benchmarks.fit_stance import articles, files, fit_leanings, fit_points, macro_f1, softmax

CORPUS = Path(__file__).parents[3] / "corpus" / "dev"


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([("accepts", "accepts"), ("rejects", "rejects")], 1.0),
        ([("accepts", "accepts"), ("rejects", "accepts")], (2 / 3 + 0) / 2),
        ([("accepts", "rejects")], 0.0),
        ([], 0.0),
    ],
)
def test_macro_f1_is_the_mean_over_the_stances_told(
    pairs: list[tuple[str, str]], wanted: float
) -> None:
    assert macro_f1(pairs) == pytest.approx(wanted)


def test_a_mark_is_held_back_towards_its_prior() -> None:
    """Eight rows with one mark, all of the first answer: the tighter the hold, the nearer."""
    table = np.column_stack([np.ones(8), np.ones(8)])
    answers = np.tile([1.0, 0.0], (8, 1))
    weights, prior, fixed = np.ones(8), np.array([[0.5, -0.5], [0.0, 0.0]]), np.zeros((8, 2))
    away = [
        abs(softmax(table, answers, ridge, weights, prior, fixed)[0] - prior[0]).max()
        for ridge in (1000.0, 1.0, 0.01)
    ]
    assert away[0] < 0.01
    assert away == sorted(away)


@pytest.mark.slow
def test_the_shipped_points_are_those_that_the_command_writes() -> None:
    texts = [*articles(CORPUS), *fit_stance.sentences(CORPUS.parents[1] / fit_stance.CASES)]
    points = fit_points(texts)
    for name, text in files(points, fit_leanings(texts, points)).items():
        assert (fit_stance.STANCE / name).read_text(encoding="utf-8") == text, (
            f"{name} was changed since: python -m benchmarks.fit_stance corpus/dev --write"
        )
