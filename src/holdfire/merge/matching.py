"""Which reports tell of one incident: the whole of it as one pure function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from holdfire.engines.encoder import Encoder
from holdfire.engines.shape import Shape
from holdfire.merge.background import ALL, Crowding, placebo, sample, surroundings
from holdfire.merge.candidates import Pairs, Search, between, joined, same_id
from holdfire.merge.clusters import CHOSEN, Edges, Merging, canonical, cuts, share
from holdfire.merge.columns import Columns, Floats, gather
from holdfire.merge.compare import comparisons, precision_kinds
from holdfire.merge.compare.levels import Comparison
from holdfire.merge.compare.where_when import AreaDistances
from holdfire.merge.competition import Rivals, compete
from holdfire.merge.counting import Scored, interval, partitions, with_unseen
from holdfire.merge.decided import UNSAID, Decisions, decisions
from holdfire.merge.informative import most_informative
from holdfire.merge.learning import Learning
from holdfire.merge.model import Model
from holdfire.merge.pairing import pair_table, told
from holdfire.merge.probability import Cells, Learnt, alone_bits, prior, score, unmatched_bits
from holdfire.merge.shipped import Prior, shipped
from holdfire.terms.vocabulary import Vocabularies

__all__ = ["Decided", "Matched", "MayRepeat", "match", "most_informative"]

Made = Callable[[], tuple[list[Comparison], list[Comparison]]]
MayRepeat = Callable[[str, str], bool]
"""Whether a list (source, outlet) may tell one incident twice."""
SHOWN = 0.02
KEPT_BITS = -6.5
"""Log odds without rivals below which a candidate is as good as none."""
DOUBT_ALONE = 2.5
"""How much more a model is in doubt that rests on the shipped prior."""
ENOUGH_DECIDED = 30
"""Fewer decisions stand for themselves; nothing is concluded from them for other pairs."""


@dataclass(frozen=True, eq=False)
class Decided:
    """What reviewers say, as pairs of report ids."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Matched:
    """Which reports are one incident, and how sure that is.

    ``pairs`` follows ``tables/pair.SCHEMA``: those with a probability of .02 or more, or decided.
    Per row of the reports: ``group`` is the number of its incident, counted in the reports'
    canonical order; ``most``, ``expected`` and ``least`` are one divided by the size of its
    incident when only certain merges are made, on average, and when all possible ones are, so
    that their sums over any reports bound and estimate the number of incidents among them.
    ``total`` is the low, expected and high end of the 90 % interval of that number over all.
    ``conflicts`` are decisions that contradict each other, in words.
    """

    pairs: pa.Table
    group: NDArray[np.int64]
    least: NDArray[np.float64]
    expected: NDArray[np.float64]
    most: NDArray[np.float64]
    total: tuple[float, float, float]
    model: Model
    conflicts: tuple[str, ...] = ()


def match(
    reports: pa.Table,
    words: Vocabularies,
    areas: Mapping[str, Shape],
    *,
    may_repeat: MayRepeat,
    decided: Decided | None = None,
    seed: int = 0,
    start: Prior | None = None,
    learn_from: int = ALL,
    encoder: Encoder | None = None,
) -> Matched:
    """Return which reports tell of one incident.

    ``reports`` follows ``tables/report.SCHEMA``; ``areas`` are the outlines of named areas by key;
    ``start`` is the prior to begin with in place of the shipped one. With more reports than
    ``learn_from`` the model is learnt from blocks of days, and the candidates of all reports are
    gone through in batches: memory then grows with what is worth keeping. Texts are compared
    by ``encoder``, a sentence model, where one is given, else by their letters. The same input
    gives the same result, whatever the order of its rows.
    """
    columns = gather(reports, words, areas, may_repeat)
    said = decisions(columns, *((decided.same, decided.different) if decided else ((), ())))
    made = partial(comparisons, columns, words, encoder)
    found = _found(columns, made, said, start or shipped(), learn_from)
    return _resolved(columns, found, said, seed)


@dataclass(frozen=True, eq=False)
class _Found:
    """The candidates worth keeping, and the model they were scored with.

    ``bits`` are log odds without rivals, against both reports having no counterpart.
    """

    pairs: Pairs
    bits: Floats
    learnt: Learnt
    learning: Learning
    crowding: Crowding
    start: Prior
    held: int

    def cells(self, kept: NDArray[np.bool_]) -> Cells:
        """Compare some of the pairs once more."""
        learning = self.learning
        cells = Cells(learning.columns, learning.ties, self.pairs.where(kept), self.crowding)
        return cells.add(learning.comparisons)


def _found(columns: Columns, made: Made, said: Decisions, start: Prior, learn_from: int) -> _Found:
    search = Search(columns)
    distances = AreaDistances(columns)
    among = sample(columns, search.rows, learn_from)
    chance = placebo(search, among)
    chance = chance.measured(distances.corrected(chance.pairs))
    crowding = surroundings(search, chance, among).crowding(precision_kinds(columns), search.rows)
    now = _with_asked(columns, distances.corrected(joined(list(search.pairs(0, among)))), said)
    early, late = made()
    rows = search.rows if among is None else np.flatnonzero(among)
    learning = Learning(columns, early, late, start, now, chance, crowding, rows)
    del now, chance
    held = said.count if said.count >= ENOUGH_DECIDED else 0
    if held:
        learning.hold(said.left, said.right, said.same)
    learnt = learning.run()
    if among is None:
        pairs, bits = _scored(learnt, learning, learning.now, said)
    else:
        parts = []
        for batch in search.pairs():
            cells = Cells(columns, learning.ties, distances.corrected(batch), crowding)
            parts.append(_worth(learnt, learning, cells, said))
        asked = _with_asked(columns, joined([]), said)
        there = joined([part[0] for part in parts])
        asked = asked.where(~_same_pairs(columns, asked, there))
        cells = Cells(columns, learning.ties, asked, crowding).add(learning.comparisons)
        parts.append(_scored(learnt, learning, cells, said))
        pairs = joined([part[0] for part in parts])
        bits = np.concatenate([part[1] for part in parts])
    learning.forget()
    return _Found(pairs, bits, learnt, learning, crowding, start, held)


def _worth(
    learnt: Learnt, learning: Learning, cells: Cells, said: Decisions
) -> tuple[Pairs, Floats]:
    """Compare a batch of candidates; return those worth keeping, with their bits."""
    cells.add(learning.early)
    hopeful = score(learnt, learning.early, cells) >= learning.least_bits
    return _scored(learnt, learning, cells.where(hopeful).add(learning.late), said)


def _scored(
    learnt: Learnt, learning: Learning, cells: Cells, said: Decisions
) -> tuple[Pairs, Floats]:
    bits = score(learnt, learning.comparisons, cells)
    bits -= unmatched_bits(learnt, learning.columns, cells.pairs)
    kept = (bits >= KEPT_BITS) | (said.of(cells.pairs) != UNSAID)
    return cells.pairs.where(kept), bits[kept]


def _same_pairs(columns: Columns, some: Pairs, among: Pairs) -> NDArray[np.bool_]:
    """Return which of some pairs are among others."""
    count = len(columns)
    return np.isin(
        some.left.astype(np.int64) * count + some.right,
        among.left.astype(np.int64) * count + among.right,
    )


def _with_asked(columns: Columns, pairs: Pairs, said: Decisions) -> Pairs:
    """Add the pairs that a source's ids or a reviewer's decision tie, where they are not there."""
    one, other = same_id(columns)
    more = between(columns, np.concatenate([one, said.left]), np.concatenate([other, said.right]))
    key = more.left.astype(np.int64) * len(columns) + more.right
    more = more.where(np.unique(key, return_index=True)[1])
    return joined([pairs, more.where(~_same_pairs(columns, more, pairs))])


def _resolved(columns: Columns, found: _Found, said: Decisions, seed: int) -> Matched:
    pairs = found.pairs
    among = Rivals(pairs.left, pairs.right, columns.list_no, len(columns.lists))
    odds = np.exp2(np.clip(found.bits, -60.0, 40.0))
    answers = said.of(pairs)
    if found.held:
        odds = np.where(answers == 1, 2.0**40, np.where(answers == 0, 0.0, odds))
    probability = compete(odds, among, found.learnt.again)
    worth = (probability >= SHOWN) | (answers != UNSAID)
    cells, probability, answers = found.cells(worth), probability[worth], answers[worth]
    scored = Scored(
        cells.pairs.left.astype(np.int64),
        cells.pairs.right.astype(np.int64),
        found.bits[worth] - alone_bits(found.learnt, columns, found.learning.members, cells.pairs),
        np.where(columns.repeats[columns.list_no], -1, columns.list_no),
        answers,
    )
    edges = Edges(scored.left, scored.right, probability, answers == 0)
    certain, chosen, possible = cuts(Merging(scored.single, said.group, edges), CHOSEN)
    own = columns.copy_of == np.arange(len(columns))
    drawn = _drawn(scored if found.held else scored.undecided(), own, found, seed)
    counted = _drawn(scored, own, found, seed) if said.count and not found.held else drawn
    probability = (probability + drawn.together) / 2.0
    group = canonical(chosen[columns.copy_of])
    shown = (probability >= SHOWN) | (answers != UNSAID)
    table = pair_table(
        columns, found.learnt, found.learning.comparisons, cells.where(shown), probability[shown],
        answers[shown], group,
    )  # fmt: skip
    shares = [share(np.where(own, g, len(g) + np.arange(len(g)))) for g in (possible, certain)]
    expected = np.clip(counted.expected, *shares)
    rows = np.empty(len(columns), dtype=np.int64)
    rows[columns.rows] = np.arange(len(columns))
    copies = np.bincount(columns.copy_of, minlength=len(columns))[columns.copy_of]
    least, expected, most = (
        (values[columns.copy_of] / copies)[rows] for values in (shares[0], expected, shares[1])
    )
    model = _account(found, cells, counted)
    return Matched(table, group[rows], least, expected, most, counted.total, model, said.conflicts)


def _account(found: _Found, cells: Cells, counted: _Drawn) -> Model:
    chance = float(found.learnt.chance_pairs.sum())
    return Model(
        levels=told(found.learnt, found.learning.comparisons),
        prior_bits=float(prior(found.learnt, cells).mean()) if len(cells.pairs) else 0.0,
        background=2.0 * chance / max(float(found.learning.members.sum()), 1.0),
        lags_d=tuple(float(lag) for lag in found.learning.lags_d),
        shipped=float(found.learnt.shipped),
        decided=found.held,
        true_pairs=counted.pairs,
    )


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What drawn partitions say: how often each candidate is together, and how many there are."""

    together: Floats
    expected: Floats
    total: tuple[float, float, float]
    pairs: tuple[float, float, float]


def _drawn(scored: Scored, own: NDArray[np.bool_], found: _Found, seed: int) -> _Drawn:
    involved = np.unique(np.concatenate([scored.left, scored.right]))
    place = np.zeros(len(own), dtype=np.int64)
    place[involved] = np.arange(len(involved))
    left, right = place[scored.left], place[scored.right]
    inner = Scored(left, right, scored.bits, scored.single[involved], scored.decided)
    whole = int(own.sum())
    together, summed = np.zeros(len(left)), np.zeros(len(involved))
    counts: list[float] = []
    pairs: list[float] = []
    doubt_bits = found.start.doubt_bits * (DOUBT_ALONE if found.learnt.shipped else 1.0)
    for group in partitions(inner, doubt_bits, seed):
        sizes = np.bincount(group)
        together += group[left] == group[right]
        summed += 1.0 / sizes[group]
        counts.append(whole - len(involved) + float((sizes > 0).sum()))
        pairs.append(float((sizes * (sizes - 1.0)).sum() / 2.0))
    expected = np.ones(len(own))
    expected[involved] = summed / max(len(counts), 1)
    together /= max(len(counts), 1)
    return _Drawn(
        together, expected, with_unseen(counts, whole, found.start.unseen), interval(pairs)
    )
