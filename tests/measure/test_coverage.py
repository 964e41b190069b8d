"""Whether 95 % intervals hold the truth in as many worlds as they say, and tests fire in as few.

The full settings draw 500 worlds each and are slow; the first of each kind is also drawn in a
smaller number with wider bounds, so that every run sees a thing that is badly broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
MORE = 1500
"""Where a world is quick to draw: 500 leave the share uncertain by two points."""
COMPLETE = 0.95


def measured(what: str, setting: object, **figures: float) -> None:
    """Print a line of the table in docs/methods-measures.md; pytest shows it with -rP."""
    shown = ", ".join(f"{name} {100 * figure:.1f} %" for name, figure in figures.items())
    print(f"{what}, {setting}: {shown}")


def lagged(count: int, before: int, after: int, rate: float, ratio: float, alpha: float,
           seed: int, memory: float = 0.0) -> tuple[Floats, Design, Compared]:  # fmt: skip
    """Return what has come in of each world's counts, and the design that allows for it."""
    true = worlds(count, before, after, rate, ratio, alpha, seed, memory)
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
    before, after, rate, ratio, alpha, *memory = setting
    seen, shared, _ = lagged(
        count, int(before), int(after), rate, ratio, alpha, 7, memory[0] if memory else 0.0
    )
    found = [one for one in ratios(seen, shared) if isinstance(one, Fitted)]
    assert len(found) >= 0.99 * count
    covered = float(np.mean([holds(one.ratio, ratio) for one in found]))
    fired = float(np.mean([one.p_value < 0.05 for one in found]))
    measured("change", setting, covered=covered, fired=fired)
    return covered, fired


# days before and in effect, events a day, ratio, overdispersion; weekdays and lag are always on
CHANGES: list[tuple[float, ...]] = [
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


# the last figure is the correlation of one day's true rate with the next day's
ALIKE: list[tuple[float, ...]] = [
    (90, 30, 10.0, 1.0, 0.4, 0.2),
    (30, 30, 5.0, 0.5, 0.4, 0.3),
    (60, 30, 5.0, 1.0, 0.4, 0.3),
]
MORE_ALIKE = [(90, 30, 10.0, 1.0, 0.4, 0.5), (90, 30, 10.0, 1.0, 0.4, 0.7)]
# five to ten events a side, and one or two in effect
FEW_EVENTS = [(30, 30, 0.2, 1.0, 0.4), (30, 30, 1.0, 0.1, 0.4)]


@pytest.mark.slow
@pytest.mark.parametrize("setting", CHANGES + ALIKE)
def test_the_interval_of_the_change_holds_the_truth(setting: tuple[float, ...]) -> None:
    quick = setting[0] == 30 or setting[2] == 2.0
    covered, fired = change_coverage(MORE if quick else MANY, *setting)
    assert 0.93 <= covered <= 0.97
    if setting[3] == 1.0:
        assert 0.03 <= fired <= 0.07


@pytest.mark.slow
@pytest.mark.parametrize("setting", MORE_ALIKE)
def test_days_much_alike_cost_some_coverage(setting: tuple[float, ...]) -> None:
    covered, fired = change_coverage(MANY, *setting)
    assert 0.90 <= covered <= 0.97
    assert fired <= 0.10


@pytest.mark.slow
@pytest.mark.parametrize("setting", FEW_EVENTS)
def test_few_events_make_the_interval_wide_and_not_wrong(setting: tuple[float, ...]) -> None:
    # counts as small as these cannot cover in just 95 %: they come in steps
    covered, fired = change_coverage(MANY, *setting)
    assert covered >= 0.93
    assert setting[3] != 1.0 or fired <= 0.07


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
    covered = {
        "level": float(np.mean([holds(one.level, ratio) for one in found])),
        "slope_change": float(np.mean([holds(one.slope_change, 1.0) for one in found])),
        "at_end": float(np.mean([holds(one.at_end, ratio) for one in found])),
    }
    measured("interrupted", setting, **covered)
    return covered


SEGMENTS = [(60, 35, 5.0, 0.5, 0.4), (90, 35, 10.0, 1.0, 1.0)]


@pytest.mark.slow
@pytest.mark.parametrize("setting", SEGMENTS)
def test_jump_and_bend_hold_the_truth(setting: tuple[float, ...]) -> None:
    for covered in segmented_coverage(MANY, *setting).values():
        assert 0.93 <= covered <= 0.975


def test_jump_and_bend_in_few_worlds() -> None:
    for covered in segmented_coverage(60, *SEGMENTS[0]).values():
        assert covered >= 0.88


def by_itself(count: int, days: int, alpha: float, memory: float) -> Floats:
    """Return how often a rank as high comes by itself, in worlds where nothing changed."""
    counts = worlds(count, days, 0, 5.0, 1.0, alpha, 3, memory)
    ranks = [placebo(daily(row), day(days - 28)) for row in counts]
    found = [one.certain.by_itself for one in ranks if isinstance(one, Placebo)]
    assert len(found) == count
    chances = np.array(found)
    shares = {f"up to {level:.0%}": float((chances <= level).mean()) for level in LEVELS}
    measured("placebo", (days, alpha, memory), **shares)
    return chances


LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9)


@pytest.mark.slow
@pytest.mark.parametrize("setting", [(400, 0.4, 0.0), (300, 1.0, 0.0), (400, 0.4, 0.5)])
def test_the_rank_is_uniform_where_nothing_changed(setting: tuple[int, float, float]) -> None:
    chances = by_itself(MANY, *setting)
    assert 0.03 <= (chances <= 0.05).mean() <= 0.07
    for level in LEVELS:
        assert (chances <= level).mean() == pytest.approx(level, abs=0.06)


def test_the_rank_in_few_worlds() -> None:
    chances = by_itself(60, 300, 0.4, 0.0)
    assert (chances <= 0.05).mean() <= 0.12
    assert chances.mean() == pytest.approx(0.5, abs=0.12)


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
    covered = float(np.mean(held))
    measured("nowcast", (rate, alpha, days, heaped), covered=covered)
    return covered


# events a day, overdispersion, days of reports, what reports of one day share
DELAYS = [(5.0, 0.4, 60, 0.0), (8.0, 0.0, 60, 0.0), (15.0, 0.4, 90, 0.0), (8.0, 0.4, 60, 0.4)]


@pytest.mark.slow
@pytest.mark.parametrize("setting", DELAYS)
def test_the_nowcast_holds_the_truth(setting: tuple[float, float, int, float]) -> None:
    assert 0.90 <= nowcast_coverage(MANY, *setting) <= 0.98


def test_the_nowcast_in_few_worlds() -> None:
    assert 0.88 <= nowcast_coverage(60, *DELAYS[2]) <= 0.99


Lists = Callable[[np.random.Generator, int], Bools]


def independent(*catch: float) -> Lists:
    return lambda random, true: random.random((true, len(catch))) < np.array(catch)


def dependent(odds: float, *catch: float) -> Lists:
    """Return lists of which the second is that many times as likely for what the first has."""

    def drawn(random: np.random.Generator, true: int) -> Bools:
        lists = independent(*catch)(random, true)
        likelier = odds * catch[1] / (1 - catch[1] + odds * catch[1])
        lists[:, 1] = random.random(true) < np.where(lists[:, 0], likelier, catch[1])
        return lists

    return drawn


def copying(share: float, takers: Sequence[int], *catch: float) -> Lists:
    """Return lists of which some take a share of the first's records."""

    def drawn(random: np.random.Generator, true: int) -> Bools:
        lists = independent(*catch)(random, true)
        for taker in takers:
            lists[:, taker] |= lists[:, 0] & (random.random(true) < share)
        return lists

    return drawn


def unseen_coverage(count: int, what: object, lists: Lists, true: int) -> tuple[float, float]:
    """Return the share of answers that hold the truth, and of worlds refused."""
    random = np.random.default_rng(11)
    answers = [unseen(lists(random, true)) for _ in range(count)]
    held = [one.low <= true <= (one.high or np.inf) for one in answers if isinstance(one, Unseen)]
    covered, refused = float(np.mean(held)) if held else 1.0, 1.0 - len(held) / count
    measured("unseen", (what, true), covered=covered, refused=refused)
    return covered, refused


THREE = (0.4, 0.35, 0.3)
# incidents, and the share of worlds that may be refused
ASSUMED = {
    "three lists, few incidents": (independent(*THREE), 600, 0.6),
    "three lists": (independent(*THREE), 2000, 0.1),
    "three thin lists": (independent(0.25, 0.2, 0.2), 2000, 0.1),
    "likelier on both, 1.3 times": (dependent(1.3, *THREE), 2000, 0.5),
    "half as likely on both": (dependent(0.5, *THREE), 2000, 0.1),
    "four lists": (independent(*THREE, 0.25), 2000, 0.1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSUMED)
def test_the_unseen_hold_the_truth_where_the_assumptions_do(name: str) -> None:
    lists, true, most = ASSUMED[name]
    covered, refused = unseen_coverage(MANY, name, lists, true)
    assert covered >= 0.90
    assert refused <= most


def test_the_unseen_in_few_worlds() -> None:
    covered, refused = unseen_coverage(30, "three lists", independent(*THREE), 2000)
    assert covered >= 0.85
    assert refused <= 0.2


COPIES = {
    "one takes 30 %": copying(0.3, [1], *THREE),
    "one takes 50 %": copying(0.5, [1], *THREE),
    "one takes 80 %": copying(0.8, [1], *THREE),
    "two take 30 %": copying(0.3, [1, 2], *THREE),
    "a thin list takes 30 %": copying(0.3, [1], 0.25, 0.2, 0.2),
    "one of four takes 30 %": copying(0.3, [1], *THREE, 0.25),
}


@pytest.mark.slow
@pytest.mark.parametrize("true", [600, 2000])
@pytest.mark.parametrize("name", COPIES)
def test_lists_that_copy_are_refused_without_being_told(name: str, true: int) -> None:
    assert unseen_coverage(MANY, name, COPIES[name], true)[1] >= 0.95


def test_lists_that_copy_are_refused_in_few_worlds() -> None:
    assert unseen_coverage(40, "50 %", COPIES["one takes 50 %"], 2000)[1] >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.2])
def test_what_is_copied_and_not_seen_does_little_harm(share: float) -> None:
    # a model with that pair of lists dependent is among those spanned
    name = f"one takes {share:.0%}"
    assert unseen_coverage(MANY, name, copying(share, [1], *THREE), 2000)[0] >= 0.90


def test_lists_known_to_copy_are_refused_in_every_world() -> None:
    random = np.random.default_rng(12)
    for share in (0.1, 0.3, 0.7):
        lists = copying(share, [1], *THREE)
        for _ in range(20):
            drawn = lists(random, 2000)
            found = unseen(drawn, {(1, 0): share * 0.4 / drawn[:, 1].mean()})
            assert isinstance(found, Refusal)
