"""Whether 95 % intervals hold the truth in as many worlds as they say, and tests fire in as few.

The full settings draw 500 worlds each and are slow; the first of each kind is also drawn in a
smaller number with wider bounds, so that every run sees a thing that is badly broken.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from holdfire.measure.change import Design, Fitted, Ratio, design, ratios
from holdfire.measure.delay import Nowcast, delays, nowcast
from holdfire.measure.interrupted import Segmented, segmented
from holdfire.measure.placebo import Placebo, placebo
from holdfire.measure.refusal import Refusal
from holdfire.measure.series import Bools, Compared, Floats, compared
from holdfire.measure.unseen import Unseen, unseen

from .daily import daily, day, in_by, worlds

MANY, FEW = 500, 120
COMPLETE = 0.95


def lagged(count: int, before: int, after: int, rate: float, ratio: float, alpha: float,
           seed: int) -> tuple[Floats, Design, Compared]:  # fmt: skip
    """Return what has come in of each world's counts, and the design that allows for it."""
    true = worlds(count, before, after, rate, ratio, alpha, seed)
    share = in_by(np.arange(before + after)[::-1].astype(float))
    seen = np.random.default_rng(seed + 1).binomial(true.astype(int), share).astype(float)
    late = np.flatnonzero(share < COMPLETE).tolist()
    series = daily(seen[0], exposure=share, left_out=late)
    days = compared(series, day(before), "exclude")
    assert isinstance(days, Compared)
    return seen[:, days.days], design(series, days, trend=before >= 56), days


def holds(ratio: Ratio, truth: float) -> bool:
    return ratio.low <= truth and (ratio.high is None or truth <= ratio.high)


def change_coverage(count: int, *setting: float) -> tuple[float, float]:
    """Return the share of worlds whose interval holds the ratio, and of those whose test fires."""
    before, after, rate, ratio, alpha = setting
    seen, shared, _ = lagged(count, int(before), int(after), rate, ratio, alpha, seed=7)
    found = [one for one in ratios(seen, shared) if isinstance(one, Fitted)]
    assert len(found) >= 0.99 * count
    covered = float(np.mean([holds(one.ratio, ratio) for one in found]))
    return covered, float(np.mean([one.p_value < 0.05 for one in found]))


# days before and in effect, events a day, ratio, overdispersion; weekdays and lag are always on
CHANGES = [
    (30, 30, 2.0, 1.0, 0.4),
    (30, 30, 0.5, 1.0, 0.4),
    (30, 30, 10.0, 0.5, 1.0),
    (30, 30, 10.0, 1.0, 1.0),
    (30, 30, 50.0, 0.3, 0.4),
    (60, 30, 2.0, 1.0, 1.0),
    (60, 30, 10.0, 0.3, 0.4),
    (90, 21, 2.0, 0.5, 0.4),
    (180, 30, 10.0, 1.0, 1.0),
]


@pytest.mark.slow
@pytest.mark.parametrize("setting", CHANGES)
def test_the_interval_of_the_change_holds_the_truth(setting: tuple[float, ...]) -> None:
    covered, fired = change_coverage(MANY, *setting)
    assert 0.93 <= covered <= 0.97
    if setting[3] == 1.0:
        assert 0.03 <= fired <= 0.07


def test_the_interval_of_the_change_in_few_worlds() -> None:
    covered, fired = change_coverage(FEW, *CHANGES[0])
    assert 0.90 <= covered <= 0.99
    assert 0.01 <= fired <= 0.10


def segmented_coverage(count: int, *setting: float) -> dict[str, float]:
    before, after, rate, ratio, alpha = setting
    seen, shared, days = lagged(count, int(before), int(after), rate, ratio, alpha, seed=9)
    trended = shared if before >= 56 else None
    assert trended is not None
    since = (days.days - int(before)).astype(float)
    found = [one for one in segmented(seen, trended, since) if isinstance(one, Segmented)]
    return {
        "level": float(np.mean([holds(one.level, ratio) for one in found])),
        "slope_change": float(np.mean([holds(one.slope_change, 1.0) for one in found])),
        "at_end": float(np.mean([holds(one.at_end, ratio) for one in found])),
    }


SEGMENTS = [(60, 35, 5.0, 0.5, 0.4), (90, 35, 10.0, 1.0, 1.0)]


@pytest.mark.slow
@pytest.mark.parametrize("setting", SEGMENTS)
def test_jump_and_bend_hold_the_truth(setting: tuple[float, ...]) -> None:
    for covered in segmented_coverage(MANY, *setting).values():
        assert 0.93 <= covered <= 0.975


def test_jump_and_bend_in_few_worlds() -> None:
    for covered in segmented_coverage(60, *SEGMENTS[0]).values():
        assert covered >= 0.88


def placebo_rate(count: int, days: int, alpha: float) -> float:
    """Return the share of worlds without an effect whose rank is 95 % or more."""
    counts = worlds(count, days, 0, 5.0, 1.0, alpha, seed=3)
    ranks = [placebo(daily(row), day(days - 28)) for row in counts]
    found = [one.certain.larger_than for one in ranks if isinstance(one, Placebo)]
    assert len(found) == count
    return float(np.mean(np.array(found) >= 0.95))


@pytest.mark.slow
@pytest.mark.parametrize(("days", "alpha"), [(400, 0.4), (300, 1.0)])
def test_without_an_effect_the_rank_is_seldom_high(days: int, alpha: float) -> None:
    # earlier windows overlap, so that it is more often than 5 %: placebo.py says so
    assert 0.03 <= placebo_rate(MANY, days, alpha) <= 0.12


def test_the_rank_in_few_worlds() -> None:
    assert placebo_rate(60, 300, 0.4) <= 0.15


AS_OF = date(2025, 6, 1)


def nowcast_coverage(count: int, rate: float, alpha: float, days: int, heaped: float) -> float:
    """Return the share of provisional days whose interval holds the true count.

    ``heaped`` is the spread of what all reports of one day share of their delay.
    """
    random = np.random.default_rng(5)
    end = np.datetime64(AS_OF)
    held: list[bool] = []
    for _ in range(count):
        spread = random.gamma(1 / alpha, alpha, days) if alpha else np.ones(days)
        true = random.poisson(rate * spread)
        age = np.repeat(np.arange(days), true)
        shared = np.repeat(random.lognormal(0.0, heaped, days), true)
        late = np.floor(shared * random.lognormal(np.log(2), 0.9, len(age))).astype(int)
        told = late <= age
        happened = end - age[told]
        found = delays(happened, happened + late[told], AS_OF)
        if isinstance(found, Refusal):
            continue
        seen = np.bincount(age[told], minlength=days)
        for ago in range(found.provisional_days):
            answer = nowcast(found, AS_OF - timedelta(days=ago), int(seen[ago]))
            if isinstance(answer, Nowcast):
                held.append(answer.low <= true[ago] <= answer.high)
    assert len(held) > 3 * count
    return float(np.mean(held))


# events a day, overdispersion, days of reports, what reports of one day share
DELAYS = [(5.0, 0.4, 60, 0.0), (8.0, 0.0, 60, 0.0), (15.0, 0.4, 90, 0.0), (8.0, 0.4, 60, 0.4)]


@pytest.mark.slow
@pytest.mark.parametrize("setting", DELAYS)
def test_the_nowcast_holds_the_truth(setting: tuple[float, float, int, float]) -> None:
    assert 0.90 <= nowcast_coverage(MANY, *setting) <= 0.98


def test_the_nowcast_in_few_worlds() -> None:
    assert 0.88 <= nowcast_coverage(60, *DELAYS[2]) <= 0.99


TRUE = 600
Lists = Callable[[np.random.Generator], Bools]


def independent(*catch: float) -> Lists:
    return lambda random: random.random((TRUE, len(catch))) < np.array(catch)


def dependent(odds: float, *catch: float) -> Lists:
    """Return lists of which the second is that many times as likely for what the first has."""

    def drawn(random: np.random.Generator) -> Bools:
        lists = independent(*catch)(random)
        likelier = odds * catch[1] / (1 - catch[1] + odds * catch[1])
        lists[:, 1] = random.random(TRUE) < np.where(lists[:, 0], likelier, catch[1])
        return lists

    return drawn


def copying(share: float, *catch: float) -> Lists:
    """Return lists of which the second takes a share of the first's records."""

    def drawn(random: np.random.Generator) -> Bools:
        lists = independent(*catch)(random)
        lists[:, 1] |= lists[:, 0] & (random.random(TRUE) < share)
        return lists

    return drawn


def unseen_coverage(count: int, lists: Lists) -> tuple[float, float]:
    """Return the share of answers that hold the truth, and of worlds refused."""
    random = np.random.default_rng(11)
    answers = [unseen(lists(random)) for _ in range(count)]
    held = [one.low <= TRUE <= (one.high or np.inf) for one in answers if isinstance(one, Unseen)]
    return float(np.mean(held)) if held else 1.0, 1.0 - len(held) / count


ASSUMED = [
    independent(0.4, 0.35, 0.3),
    independent(0.25, 0.2, 0.2),
    dependent(1.6, 0.4, 0.35, 0.3),
    dependent(0.5, 0.4, 0.35, 0.3),
    independent(0.4, 0.35, 0.3, 0.25),
]


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(ASSUMED)))
def test_the_unseen_hold_the_truth_where_the_assumptions_do(at: int) -> None:
    covered, refused = unseen_coverage(MANY, ASSUMED[at])
    assert covered >= 0.90
    assert refused <= 0.15


def test_the_unseen_in_few_worlds() -> None:
    covered, refused = unseen_coverage(40, ASSUMED[0])
    assert covered >= 0.85
    assert refused <= 0.15


def test_lists_known_to_copy_are_refused_in_every_world() -> None:
    random = np.random.default_rng(12)
    for share in (0.1, 0.3, 0.7):
        lists = copying(share, 0.4, 0.35, 0.3)
        for _ in range(20):
            drawn = lists(random)
            found = unseen(drawn, {(1, 0): share * 0.4 / drawn[:, 1].mean()})
            assert isinstance(found, Refusal)


@pytest.mark.slow
def test_lists_that_copy_much_are_refused_without_being_told() -> None:
    assert unseen_coverage(MANY, copying(0.8, 0.4, 0.35, 0.3))[1] >= 0.95
