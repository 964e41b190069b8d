"""Unseen: how many incidents no list has, by multiple-systems estimation.

**Formula.** Incidents are counted by which lists have them (capture histories). Log-linear models
log E[n_h] = u + Σ u_i h_i + Σ u_ij h_i h_j are fitted, every set of pairs that leaves a degree of
freedom; exp(u) is the number on no list. The set kept is every model within 4 of the lowest AIC and
that of the lowest BIC that is not flatly at odds with the data (deviance). The interval spans
the models' profile-likelihood intervals (95 %); the estimate is the lowest BIC's. Chao's lower
bound, for lists that catch some incidents more easily than others, is f1 (f1 − 1) / (2 (f2 + 1)) ·
(k − 1) / k more than were seen, with f1 seen by one list and f2 by two.
**Copies.** What overlaps show of list i having taken records from list j: among the incidents that
another list has, p1 is the share on i of those on j, p0 of those not on j; (p1 − p0) / (1 − p0)
is then the share of j's records that i took. Lists that merely notice the same things look just so.
So it is not asked whether copying shows: an answer is given only where the upper end of that share
(95 %, one-sided) is below 25 % for every pair, either way.
**Source.** Bishop, Fienberg & Holland, *Discrete Multivariate Analysis* (1975), ch. 6; Cormack,
*Biometrics* 48 (1992) 567–576 (interval); Chao, *Biometrics* 43 (1987) 783–791; Burnham & Anderson
(2002) on AIC differences.
**Assumptions.** A closed set of incidents; records matched across lists without error
(``if_matches_missed`` says what missed matches do); no interaction of more than two lists; each
incident may be caught by each list. Incidents that no list could have caught are not estimated.
**Units.** Incidents.
**Refuses** with fewer than 3 or more than 5 lists; where more than 5 % of a list is known to be
copied from another; where the overlaps do not rule out that a quarter of a list was taken by
another; where overlaps are thin; where every model is at odds with the data. Copying of a smaller
share cannot be seen in overlaps: it takes ``copied``, from the sources that a report names.
``seen_by_one`` needs none of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
from scipy.special import betaincinv

from holdfire.measure.loglinear import Model, kept, table, unseen_by
from holdfire.measure.refusal import Refusal, many
from holdfire.measure.series import Bools, Floats, Ints

FEWEST_LISTS, MOST_LISTS = 3, 5
COPIED = 0.05
"""A list with more of its records taken from another is no list of its own."""
FEWEST_OVERLAP = 5
"""Incidents that each pair of lists must share."""
TAKEN = 0.25
"""Share of a list's records that another may have taken, as far as overlaps tell."""
Z95 = 1.959963984540054
ONE_SIDED = 1.6448536269514722
MISSED = (0.02, 0.05, 0.1)


@dataclass(frozen=True)
class Unseen:
    """All incidents, seen or not: estimate, 95 % interval over the models kept, lower bound.

    ``if_matches_missed`` has, for each share of missed matches assumed, the estimate it gives.
    """

    seen: int
    estimate: float
    low: float
    high: float | None
    chao: float
    chao_low: float
    models: tuple[Model, ...]
    if_matches_missed: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Alone:
    """The share of incidents that one list only has, with its 95 % interval."""

    incidents: int
    alone: int
    share: float
    low: float
    high: float
    alone_by_list: tuple[int, ...]


def unseen(
    on_list: Bools,
    copied: Mapping[tuple[int, int], float] | None = None,
    names: Sequence[str] = (),
) -> Unseen | Refusal:
    """Return how many incidents there are, from which list has which, (incidents, lists).

    ``copied`` is the share of what two lists both tell that is known to be copied: after merging,
    where their reports are one text, or one names the other, or a source of it, as its own.
    ``names`` are what a refusal calls the lists.
    """
    told = on_list[on_list.any(axis=1)]
    called = names or [f"list {at + 1}" for at in range(on_list.shape[1])]
    refusal = _unfit(told, called, copied or {})
    if refusal is not None:
        return refusal
    histories, counts = table(told)
    models = kept(histories, counts)
    if isinstance(models, Refusal):
        return models
    best = min(models, key=lambda model: (model.bic, model.pairs))
    highs = [model.high for model in models]
    if None in highs:
        return Refusal(
            "a model that fits the overlaps as well as any leaves the number without an upper end"
        )
    chao, chao_low = chao_bound(told)
    return Unseen(
        len(told),
        best.estimate,
        min(model.low for model in models),
        max(high for high in highs if high is not None),
        chao,
        chao_low,
        tuple(sorted(models, key=lambda model: (model.bic, model.pairs))),
        tuple((share, _mended(histories, counts, best, share)) for share in MISSED),
    )


def seen_by_one(on_list: Bools) -> Alone | Refusal:
    """Return the share of incidents on one list only; Clopper & Pearson's interval (1934)."""
    told = on_list[on_list.any(axis=1)]
    if not len(told) or on_list.shape[1] < 2:
        return Refusal("no incident, or no second list, to compare")
    single = told[told.sum(axis=1) == 1]
    one, all_ = len(single), len(told)
    low = float(betaincinv(one, all_ - one + 1, 0.025)) if one else 0.0
    high = float(betaincinv(one + 1, all_ - one, 0.975)) if one < all_ else 1.0
    by_list = tuple(int(count) for count in single.sum(axis=0))
    return Alone(all_, one, one / all_, low, high, by_list)


def chao_bound(on_list: Bools) -> tuple[float, float]:
    """Return Chao's lower bound of all incidents and the lower end of its 95 % interval."""
    times = on_list.sum(axis=1)
    lists = on_list.shape[1]
    seen, once, twice = len(times), int((times == 1).sum()), int((times == 2).sum())
    share = (lists - 1) / lists
    more = share * once * (once - 1) / (2.0 * (twice + 1))
    if more <= 0:
        return float(seen), float(seen)
    variance = more + share**2 * (
        once * (2 * once - 1) ** 2 / (4.0 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4.0 * (twice + 1) ** 4)
    )
    return seen + more, seen + more / float(np.exp(Z95 * np.sqrt(np.log1p(variance / more**2))))


def _unfit(
    told: Bools, names: Sequence[str], copied: Mapping[tuple[int, int], float]
) -> Refusal | None:
    """Return why these lists cannot be used, if they cannot."""
    lists = len(names)
    if not FEWEST_LISTS <= lists <= MOST_LISTS:
        return Refusal(f"{many(lists, 'list')}; between {FEWEST_LISTS} and {MOST_LISTS} are needed")
    for (taker, giver), share in sorted(copied.items()):
        if share > COPIED:
            return Refusal(
                f"{share:.0%} of what {names[taker]} and {names[giver]} both tell is one text or"
                " quotes the other: lists that copy each other say nothing of what neither has"
            )
    for one, other in combinations(range(lists), 2):
        shared = int((told[:, one] & told[:, other]).sum())
        if shared < FEWEST_OVERLAP:
            return Refusal(
                f"{names[one]} and {names[other]} share {many(shared, 'incident')}; at least"
                f" {FEWEST_OVERLAP} are needed"
            )
    for taker, giver in permutations(range(lists), 2):
        most = taken_at_most(told, taker, giver)
        if most > TAKEN:
            return Refusal(
                f"the overlaps leave open that {names[taker]} took {most:.0%} of what"
                f" {names[giver]} has; they must rule out {TAKEN:.0%} or more"
            )
    return None


def taken_at_most(told: Bools, taker: int, giver: int) -> float:
    """Return the upper end (95 %, one-sided) of the share of one list that another took.

    Of the incidents that any further list has; 1 where none of them tells.
    """
    others = np.delete(told, [taker, giver], axis=1).any(axis=1)
    took, gave = told[others, taker], told[others, giver]
    given, not_given = int(gave.sum()), int((~gave).sum())
    if not given or not not_given:
        return 1.0
    # half a success and half a failure more, so that 0 of 3 is not known to be 0
    p1 = (int((took & gave).sum()) + 0.5) / (given + 1)
    p0 = (int((took & ~gave).sum()) + 0.5) / (not_given + 1)
    share = (p1 - p0) / (1 - p0)
    kept_back = (1 - p1) / (1 - p0)
    variance = (p1 * (1 - p1) / given + kept_back**2 * p0 * (1 - p0) / not_given) / (1 - p0) ** 2
    return float(min(1.0, share + ONE_SIDED * np.sqrt(variance)))


def _mended(histories: Ints, counts: Floats, model: Model, share: float) -> float:
    """Return the estimate if this share of the true matches had been missed.

    A record that misses its match splits an incident on j lists into one on one list and one on
    the others. The counts are mended by taking such incidents off the parts and adding them to the
    whole: each history on two lists or more had 1 / (1 − share) times as many. To first order.
    """
    mended = counts.copy()
    place = {tuple(row): at for at, row in enumerate(histories.tolist())}
    for at in np.argsort(-histories.sum(axis=1), kind="stable"):
        history = histories[at]
        caught = np.flatnonzero(history)
        if len(caught) < 2:
            continue
        missed = mended[at] * share / (1 - share)
        mended[at] += missed
        for one in caught:
            alone = np.zeros_like(history)
            alone[one] = 1
            for part in (alone, history - alone):
                mended[place[tuple(part.tolist())]] -= missed / len(caught)
    mended = np.maximum(mended, 0.0)
    return float(mended.sum()) + unseen_by(histories, mended, model.pairs)[0]
