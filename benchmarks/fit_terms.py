"""Fit the points by which terms are weighed, and tell how well they do on articles not seen.

``python -m benchmarks.fit_terms corpus/dev`` prints, by field, F1 of the rules alone and of rules
and points on articles that the points were not fitted to; ``--write`` fits all of them and writes
``weights.tsv``. The rules have seen those articles, so that theirs is no figure for texts unseen.
Articles are dealt to the parts by the hash of their names. Nothing is drawn at random.

Points are a ridge-penalised logistic regression on the marks of what could be a term: whether it is
one does not depend on what the rules say of it, since they were made with the same articles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from holdfire.statements.article import Article, Passage
from holdfire.statements.concluding import conclude
from holdfire.statements.draft import dated, leant, terms_of, weighing
from holdfire.statements.draft.fields import Page, page_of
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.when import Moment
from holdfire.statements.evaluate.corpus import Annotated, load
from holdfire.statements.evaluate.scores import Count, Found, FoundTerm, score
from holdfire.statements.grammar import Rules
from holdfire.statements.people import Words
from holdfire.statements.statement import Statement
from holdfire.statements.texts.found import Aside, Told
from holdfire.statements.texts.opening import texts_of
from holdfire.terms.names import folded

Floats = NDArray[np.float64]
Weights = dict[str, dict[str, float]]
"""Points by field, then by mark."""

FIELDS = ("act", "target", "party", "proposer", "starts", "ends")
WEIGHTS = Path(weighing.__file__).parent / "weights.tsv"
PARTS = 8
RIDGE = 4.0
SEEN = 3
"""Passages around which a mark has to stand to be given points."""

LEAST = 0.05
"""Points that are worth a line of the file."""

NEAR = 200
"""Letters from the passage of a term in which its value is taken to be told again."""


@dataclass(frozen=True)
class Row:
    """What could be a term: its marks, and whether it is one of each field."""

    marks: frozenset[str]
    answers: Mapping[str, bool]


@dataclass(frozen=True)
class Text:
    """One article with what was read in it once, and its rows."""

    gold: Annotated
    article: Article
    statements: tuple[Statement, ...]
    rows: list[Row] = field(default_factory=list)

    @property
    def part(self) -> int:
        """Return the part of the corpus that it belongs to."""
        return sha256(self.gold.path.name.encode()).digest()[0] % PARTS


def texts(corpus: Path) -> Iterator[Text]:
    """Yield the articles of a corpus with their rows, read as a user's file would be."""
    words, rules = Words.load(), Rules()
    for gold in load(corpus):
        for one in texts_of([gold.path], told=Told(outlet=gold.outlet, published=gold.published)):
            if isinstance(one, Aside):
                raise SystemExit(f"{gold.path}: set aside: {one}")
            text = Text(gold, one, conclude(one, rules, words).statements)
            text.rows.extend(_rows(text, page_of(one, text.statements)))
            yield text


def _rows(text: Text, page: Page) -> Iterator[Row]:
    for span, marks, told in _told(page):
        yield _row(text, marks, told, *span)


def _told(page: Page) -> Iterator[tuple[Passage, set[str], Mapping[str, str]]]:
    """Yield what could be a term: where it stands, its marks, and its value for each field."""
    for one in leant.candidates(page.every, page.mentions):
        marks = page.weigher.marks(one.sentence, one.start, one.end, one.marks)
        at = one.sentence.start
        yield (at + one.start, at + one.end), marks, dict.fromkeys(one.fields, one.value)
    for sentence in page.every:
        values: dict[tuple[int, int], dict[str, str]] = {}
        marks_at: dict[tuple[int, int], set[str]] = {}
        for kind in leant.TIMES:
            for moment, marks, value in _moments(page, sentence, kind):
                span = (sentence.start + moment.start, sentence.start + moment.end)
                values.setdefault(span, {})[kind] = value
                marks_at[span] = marks
        for span, told in values.items():
            yield span, marks_at[span], told


def _moments(page: Page, sentence: Sentence, kind: str) -> Iterator[tuple[Moment, set[str], str]]:
    """Yield each moment of a sentence with its marks, and its value if it is a start or an end."""
    marked: list[set[str]] = []

    def lean(one: Moment) -> str:
        own = leant.of_moment(one)
        marked.append(page.weigher.marks(sentence, one.start, one.end, own))
        return kind

    for _, one, value in dated.bounds(sentence, page.reference, page.local, "", lean):
        yield one, marked[-1], value


def _row(text: Text, marks: set[str], values: Mapping[str, str], start: int, end: int) -> Row:
    """Return a row; a value that is a term told elsewhere in the text says nothing of it."""
    here = text.article.passages([(start, end)])
    answers: dict[str, bool] = {}
    for name, value in values.items():
        terms = [
            one for one in text.gold.terms
            if one.field == name and folded(one.value) == folded(value)
        ]  # fmt: skip
        if not terms:
            answers[name] = False
        elif any(_near(here, one.passages) for one in terms):
            answers[name] = True
    return Row(frozenset(marks), answers)


def _near(here: Sequence[Passage], there: Sequence[Passage]) -> bool:
    return any(a <= d + NEAR and c - NEAR <= b for a, b in here for c, d in there)


def fit(rows: Sequence[Row], name: str) -> dict[str, float]:
    """Return the points of each mark for one field."""
    known = [one for one in rows if name in one.answers]
    often: dict[str, int] = {}
    for row in known:
        for mark in row.marks:
            often[mark] = often.get(mark, 0) + 1
    marks = sorted(mark for mark, n in often.items() if n >= SEEN)
    place = {mark: n for n, mark in enumerate(marks)}
    pairs = [(n, place[m]) for n, row in enumerate(known) for m in sorted(row.marks) if m in place]
    at, of = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    table = csr_matrix((np.ones(len(pairs)), (at, of)), shape=(len(known), len(marks)))
    answers = np.array([row.answers[name] for row in known], dtype=np.float64)
    held = np.array([0.01 if mark == weighing.BY_DEFAULT else RIDGE for mark in marks])
    given = logistic(table, answers, held)
    return {
        mark: round(float(n), 1) for mark, n in zip(marks, given, strict=True) if abs(n) >= LEAST
    }


def logistic(table: csr_matrix, answers: Floats, held: Floats) -> Floats:
    """Return the coefficients of a logistic regression, each held back by its own ridge."""

    def loss(given: Floats) -> tuple[float, Floats]:
        sums = table @ given
        losses = np.logaddexp(0.0, sums) - answers * sums
        away = 1.0 / (1.0 + np.exp(-sums)) - answers
        return float(losses.sum() + 0.5 * (held * given**2).sum()), table.T @ away + held * given

    start = np.zeros(table.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x, dtype=np.float64)


def fit_all(corpus: Sequence[Text]) -> Weights:
    """Fit the points of every field."""
    rows = [row for text in corpus for row in text.rows]
    return {name: fit(rows, name) for name in FIELDS}


@contextmanager
def using(weights: Weights) -> Iterator[None]:
    """Weigh by other points than those of the file."""
    by_mark: dict[str, dict[str, float]] = {}
    for name, given in weights.items():
        for mark, n in given.items():
            by_mark.setdefault(mark, {})[name] = n
    with patch.object(weighing, "points", lambda: by_mark):
        yield


NOTHING: Weights = {name: {weighing.BY_DEFAULT: -1.0} for name in FIELDS}
"""Points by which nothing is added to what the rules find, nor left out."""


def scored(corpus: Sequence[Text]) -> dict[str, Count]:
    """Return the counts of each field."""
    by_path = {text.gold.path: text for text in corpus}

    def find(gold: Annotated) -> Found:
        text = by_path[gold.path]
        terms = terms_of(text.article, text.statements)
        return Found((), tuple(
            FoundTerm(one.field, one.value, tuple(text.article.passages(one.passages)))
            for one in terms
        ))  # fmt: skip

    return score([text.gold for text in corpus], find).terms


def held_out(corpus: Sequence[Text]) -> dict[str, Count]:
    """Return the counts of each field by points fitted to the other parts."""
    found: dict[str, Count] = {}
    for part in range(PARTS):
        weights = fit_all([text for text in corpus if text.part != part])
        with using(weights):
            counts = scored([text for text in corpus if text.part == part])
        for name, one in counts.items():
            found.setdefault(name, Count()).add(one.right, one.given, one.wanted)
    return found


HEAD = """\
# Points that a mark gives to something's being a term of a field; see weighing.py. Fitted by
# `python -m benchmarks.fit_terms corpus/dev --write`. Field, mark, points. "left" and "right" are
# the nine words on each side, numbered the three nearest; "~" a kind of words of wording.toml;
# "cue" a list of terms.toml; a mark that is left out gives none.
"""


def file(weights: Weights) -> str:
    """Return the file of points as text."""
    lines = [
        f"{name}\t{mark}\t{given}"
        for name in FIELDS
        for mark, given in sorted(weights[name].items(), key=lambda one: (-one[1], one[0]))
    ]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Print the figures for articles not seen, and write the file where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_terms")
    parser.add_argument("corpus", type=Path, help="a folder of annotated articles")
    parser.add_argument("--write", action="store_true", help="write weights.tsv")
    asked = parser.parse_args(arguments)
    corpus = list(texts(asked.corpus))
    with using(NOTHING):
        rules = scored(corpus)
    both = held_out(corpus)
    print("field       rules  with points fitted to other articles")
    for name in (*sorted(both), ""):
        pair = [_sum(counts) if not name else counts[name] for counts in (rules, both)]
        print(f"{name or 'all':<12}{100 * pair[0].f1:5.1f}  {100 * pair[1].f1:5.1f}", flush=True)
    if asked.write:
        WEIGHTS.write_text(file(fit_all(corpus)), encoding="utf-8")


def _sum(counts: Mapping[str, Count]) -> Count:
    every = Count()
    for one in counts.values():
        every.add(one.right, one.given, one.wanted)
    return every


if __name__ == "__main__":
    main(sys.argv[1:])
