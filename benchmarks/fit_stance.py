"""Fit the points by which stances are weighed, and tell how well they do on writers not seen.

``python -m benchmarks.fit_stance corpus/dev`` prints, for each hundred of the article numbers (who
wrote them differs), how well the rest tells its stances; ``--write`` fits all of them and writes
``points.toml``, ``leanings.toml`` and ``words.tsv``. Nothing in it is drawn at random: the same
corpus and rules give the same files.

Points are a ridge-penalised softmax (for the matter: logistic) regression on the marks of
statements, held back towards ``PRIOR``. Phrases told in ``cases.toml`` of the tests are fitted
too, with more weight, since they have to stay right, and are never scored.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.evaluate.corpus import GoldStatement, load
from holdfire.statements.evaluate.scores import matched
from holdfire.statements.grammar import Rules
from holdfire.statements.people import Words, resolve
from holdfire.statements.people.officeholders import placed
from holdfire.statements.stance import evidence, leaning, main_ceasefire
from holdfire.statements.stance.judging import LEFT, Court
from holdfire.statements.stance.reading import Page, last_names, parties
from holdfire.statements.statement import Speaker
from holdfire.statements.texts.found import Aside, Told
from holdfire.statements.texts.opening import texts_of
from holdfire.tables.statement import STANCES
from tests.statements.stance.marked import marked

Floats = NDArray[np.float64]
Marks = dict[str, float]
Points = dict[str, float]
Leanings = dict[str, Points]

STANCE = Path(evidence.__file__).parent
CASES = Path("tests/statements/stance/cases.toml")

MATTER_RIDGE, STANCE_RIDGE, WORD_RIDGE = 6.0, 3.0, 6.0
SEEN = 5
"""Statements in which a mark has to stand to be given points."""

CASE_WEIGHT = 3.0
"""What a sentence of the tests counts beside a statement of an article: they are literal cases."""

DOUBT = 0.5
"""Points taken from every statement's being about the ceasefire: who doubts says nothing of it."""

RULED = {"decided": 1.0, "decided-by-cue": 2.1, "left-open": 0.6, "left-open-by-cue": 1.3}
"""What the rules' decision adds: less than the fit to articles they were made with would give."""


PRIOR: Points = {
    "names-it": 1.5, "cue-names-it": 1.5, "refers-by-noun": 1.0, "refers-by-pronoun": 0.3,
    "peace-in-general": -1.0, "other-words-alone": -1.0, "other-words": -0.7, "own.watching": 0.4,
    "own.parting": 0.4, "own.keeping": 0.3, "own.answering": 0.4, "own.war": 0.2,
    "own.hearing": 0.3, "signal": 0.3, "left-open": 0.4, "paragraph-names-it": 0.3,
    "paragraph-refers": 0.3, "late": -0.3, "before-is-other": -0.3, "other.money": -0.4,
    "other.state": -0.4, "other.living": -0.4, "other.help": -0.3, "other.arms": -0.4,
    "other.ties": -0.3, "other.fighting": -0.2, "paragraph-other-words": -0.2,
    "another-deal": -2.0, "wider-one": -2.0,
}  # fmt: skip
"""Points by hand, towards which those of the matter are held back."""


@dataclass(frozen=True)
class Text:
    """One text with the stances that are wanted of some of its statements."""

    group: str
    """First digit of the article's number; empty for a sentence of the tests."""
    article: Article
    attributions: Sequence[Attribution]
    speakers: Sequence[Speaker]
    wanted: Mapping[int, str]

    def court(self) -> Court | None:
        """Return the judge of its statements; none where it tells of no ceasefire."""
        about = main_ceasefire(self.article)
        if about is None:
            return None
        names = parties(self.article.text, Words.load(), last_names(self.speakers))
        page = Page(self.article.text, names)
        return Court(self.article, self.attributions, self.speakers, about, page)


def articles(corpus: Path) -> Iterator[Text]:
    """Yield the articles of a corpus, read as a user's file would be."""
    words, rules = Words.load(), Rules()
    for text in load(corpus):
        if text.only_terms or not text.full:
            continue
        told = Told(outlet=text.outlet, published=text.published)
        for article in texts_of([text.path], told=told):
            if isinstance(article, Aside):
                raise SystemExit(f"{text.path}: set aside: {article}")
            found = rules.attributions(article.text)
            speakers = placed(resolve(article, found, words), article.published, words)
            given = tuple(
                GoldStatement(
                    Attribution(
                        tuple(article.passages(one.content)), tuple(article.passages(one.cue)),
                        tuple(article.passages(one.source)), one.kind, one.hedged,
                    )
                )
                for one in found
            )  # fmt: skip
            pairs = matched(text.text, text.statements, given)
            wanted = {at: text.statements[gold].stance for gold, at in pairs}
            yield Text(text.path.name[0], article, found, speakers, wanted)


def sentences(cases: Path) -> Iterator[Text]:
    """Yield the sentences of the tests, each a text with one statement that counts."""
    for table in tomllib.loads(cases.read_text(encoding="utf-8")).values():
        for stance, texts in table.items():
            for text in [] if stance == "before" else texts:
                one = marked(table["before"] + text)
                yield Text("", one.article(), one.attributions, one.speakers, {0: stance})


@contextmanager
def using(points: Points, leanings: Leanings | None = None) -> Iterator[None]:
    """Judge by other points than those of the files."""
    each = {mark: points.get(mark, 0.0) for mark in points}
    told = leanings or {}
    by_mark: dict[str, dict[str, float]] = {}
    for stance in STANCES:
        for mark, given in told.get(stance, {}).items():
            by_mark.setdefault(mark, {})[stance] = given
    with (
        patch.object(evidence, "points", lambda: each),
        patch.object(leaning, "points", lambda: (by_mark, RULED)),
    ):
        yield


def _table(rows: Sequence[Marks], names: Sequence[str]) -> Floats:
    place = {name: n for n, name in enumerate(names)}
    found = np.zeros((len(rows), len(names) + 1))
    found[:, -1] = 1.0
    for n, row in enumerate(rows):
        for name, often in row.items():
            if name in place:
                found[n, place[name]] = often
    return found


def _names(rows: Sequence[Marks]) -> list[str]:
    often: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            often[name] = often.get(name, 0) + (value != 0)
    return sorted(name for name, n in often.items() if n >= SEEN)


def softmax(
    table: Floats | csr_matrix,
    answers: Floats,
    ridge: float | Floats,
    weights: Floats,
    prior: Floats,
    fixed: Floats,
) -> Floats:
    """Return coefficients, one column for each answer; ``fixed`` is added to what they give.

    ``table`` is rows by marks, its last column ones, which are not held back; ``ridge`` is one for
    all marks or one for each.
    """
    held = np.full((table.shape[1], 1), 0.01)
    held[:-1, 0] = ridge

    def loss(flat: Floats) -> tuple[float, Floats]:
        given = flat.reshape(prior.shape)
        scores = table @ given + fixed
        top = scores.max(axis=1, keepdims=True)
        summed = top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        shares = np.exp(scores - summed)
        away = given - prior
        value = -(weights[:, None] * answers * (scores - summed)).sum()
        slope = table.T @ (weights[:, None] * (shares - answers)) + held * away
        return float(value + 0.5 * (held * away * away).sum()), slope.ravel()

    found = minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x, dtype=np.float64).reshape(prior.shape)


def fit_points(texts: Sequence[Text]) -> Points:
    """Fit what speaks for a statement's being about the ceasefire, where no rule decides."""
    rows: list[Marks] = []
    about: list[bool] = []
    weights: list[float] = []
    with using(PRIOR | {"by-default": 1.0}):
        for text in texts:
            judge = text.court()
            for at, stance in text.wanted.items():
                if judge and judge.judgement(at)[0].value in (*LEFT, ""):
                    rows.append(judge.matters(at))
                    about.append(stance != "not-about-it")
                    weights.append(1.0 if text.group else CASE_WEIGHT)
    names = _names(rows)
    table = _table(rows, names)
    prior = np.zeros((len(names) + 1, 2))
    prior[:, 1] = [*(PRIOR.get(name, 0.0) for name in names), 1.0]
    # Two columns of which one stays at nought is logistic regression; halved, each holds a half.
    prior = prior - prior.mean(axis=1, keepdims=True)
    yes = np.array(about)
    answers = np.stack([~yes, yes], axis=1).astype(np.float64)
    fixed = np.zeros_like(answers)
    given = softmax(table, answers, 2 * MATTER_RIDGE, np.array(weights), prior, fixed)
    each = given[:, 1] - given[:, 0]
    found = {name: round(float(n), 1) for name, n in zip(names, each, strict=False)}
    return {"by-default": round(float(each[-1]) - DOUBT, 1)} | {k: v for k, v in found.items() if v}


def fit_leanings(texts: Sequence[Text], points: Points) -> Leanings:
    """Fit what each mark gives to each stance, beside what the rules decide."""
    rows: list[Marks] = []
    answers: list[list[float]] = []
    weights: list[float] = []
    with using(points):
        for text in texts:
            judge = text.court()
            for at, stance in text.wanted.items():
                if judge is None:
                    continue
                rows.append(judge.marks(at))
                answers.append([float(stance == one) for one in STANCES])
                weights.append(1.0 if text.group else CASE_WEIGHT)
    proper = proper_names(texts)
    names = [name for name in _names(rows) if name.rpartition(" ")[2] not in proper]
    table = _table(rows, names)
    prior = np.zeros((len(names) + 1, len(STANCES)))
    wanted = np.array(answers)
    ridge = np.array([WORD_RIDGE if " " in name else STANCE_RIDGE for name in names])
    rest = np.array(weights), prior, np.zeros_like(wanted)
    given = softmax(csr_matrix(table), wanted, ridge, *rest)
    given -= given.mean(axis=1, keepdims=True)
    return {
        stance: {
            name: round(float(n), 1)
            for name, n in zip((*names, "by-default"), given[:, at], strict=True)
            if round(float(n), 1)
        }
        for at, stance in enumerate(STANCES)
    }


def proper_names(texts: Sequence[Text]) -> frozenset[str]:
    """Return words that are mostly written with a capital inside sentences: they tell no stance."""
    large: dict[str, int] = {}
    small: dict[str, int] = {}
    for text in texts:
        for word in _INSIDE.findall(text.article.text):
            side = small if word.islower() else large
            side[word.lower()] = side.get(word.lower(), 0) + 1
    return frozenset(word for word, often in large.items() if often > small.get(word, 0))


_INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z][\w'-]*")


def judged(texts: Sequence[Text]) -> list[tuple[str, str]]:
    """Return ``(wanted, given)`` of all statements that count."""
    found = []
    for text in texts:
        judge = text.court()
        for at, stance in text.wanted.items():
            found.append((stance, judge.stance(at).value if judge else "not-about-it"))
    return found


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the stances that stand in the pairs, from 0 to 1."""
    found = []
    for stance in STANCES:
        right = sum(1 for wanted, given in pairs if wanted == given == stance)
        all_of = sum((wanted == stance) + (given == stance) for wanted, given in pairs)
        if all_of:
            found.append(2 * right / all_of)
    return sum(found) / len(found) if found else 0.0


HEADS = {
    "points.toml": """\
# Points for a statement's being about the ceasefire, and against. Read by evidence.py. Fitted by
# `python -m benchmarks.fit_stance corpus/dev --write`; "own." and "other." are the matters of
# matters.toml, and count once for each word.
""",
    "leanings.toml": """\
# Points that a mark of a statement gives to a stance; see leaning.py. Fitted by
# `python -m benchmarks.fit_stance corpus/dev --write`. A mark that is left out gives none. "says."
# and "cue." are the kinds of words of wording.toml in the content and in the cue, each counted;
# "tells." and "cue-tells." the signals of stance.toml, "-not" where negated, "-own" and "-other"
# by whose they are.
""",
    "words.tsv": """\
# Points that a word of a statement gives to a stance; see worded.py and leaning.py. Fitted by
# `python -m benchmarks.fit_stance corpus/dev --write`. Stance, mark, points. "word" is of the
# content, "cue-word" and "cue-words" of the cue, "before" of the statement before; "not" is turned
# round. Proper names are left out, for who is spoken of tells no stance.
""",
}


def _toml(tables: Mapping[str, Points]) -> Iterator[str]:
    for title, table in tables.items():
        yield f"\n[{title}]"
        first = [name for name in ("by-default",) if name in table]
        for name in (*first, *sorted(set(table) - set(first), key=lambda n: (-table[n], n))):
            yield f'"{name}" = {table[name]}' if "." in name else f"{name} = {table[name]}"


def files(points: Points, leanings: Leanings) -> dict[str, str]:
    """Return the two files as text, by their names."""
    marks = {name: given for name, given in points.items() if name != "by-default"}
    about = {
        "all": {"by-default": points["by-default"]},
        "for": {name: given for name, given in marks.items() if given > 0},
        "against": {name: given for name, given in marks.items() if given < 0},
    }
    marked = {
        stance: {mark: n for mark, n in given.items() if " " not in mark}
        for stance, given in leanings.items()
    }
    words = [
        f"{stance}\t{mark}\t{n}"
        for stance, given in leanings.items()
        for mark, n in sorted(given.items(), key=lambda one: (-one[1], one[0]))
        if " " in mark
    ]
    tables = {"points.toml": about, "leanings.toml": {"rules": RULED, **marked}}
    return {
        **{name: HEADS[name] + "\n".join(_toml(of)) + "\n" for name, of in tables.items()},
        "words.tsv": HEADS["words.tsv"] + "\n".join(words) + "\n",
    }


def held_out(texts: Sequence[Text]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each group of articles with what is told of it by points fitted to all others."""
    for group in sorted({text.group for text in texts} - {""}):
        rest = [text for text in texts if text.group != group]
        points = fit_points(rest)
        leanings = fit_leanings(rest, points)
        with using(points, leanings):
            yield group, judged([text for text in texts if text.group == group])


def main(arguments: Sequence[str]) -> None:
    """Print the figures for writers not seen, and write the files where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_stance")
    parser.add_argument("corpus", type=Path, help="a folder of annotated articles")
    parser.add_argument(
        "--write", action="store_true", help="write points.toml, leanings.toml and words.tsv"
    )
    asked = parser.parse_args(arguments)
    texts = [*articles(asked.corpus), *sentences(CASES)]
    together: list[tuple[str, str]] = []
    print("articles  statements  right  macro-F1")
    for group, pairs in held_out(texts):
        together += pairs
        _line(f"{group}xx", pairs)
    _line("all, each held out", together)
    if asked.write:
        points = fit_points(texts)
        for name, text in files(points, fit_leanings(texts, points)).items():
            (STANCE / name).write_text(text, encoding="utf-8")


def _line(name: str, pairs: Sequence[tuple[str, str]]) -> None:
    right = sum(wanted == given for wanted, given in pairs) / len(pairs)
    print(
        f"{name:<20} {len(pairs):4d}  {100 * right:5.1f}  {100 * macro_f1(pairs):5.1f}", flush=True
    )


if __name__ == "__main__":
    main(sys.argv[1:])
