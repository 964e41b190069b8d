"""A ceasefire in an invented world has the effect that it is told to have, and on what."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pytest

from holdfire.errors import HoldfireError
from holdfire.pipeline import run
from holdfire.simulate import Regime, World, regime, simulate, with_ceasefire

BUSY = replace(regime("sparse"), incidents_per_day=200.0)
FEW = replace(regime("sparse"), incidents_per_day=6.0)


def counts(world: World, clause: str = "combat", party: str = "") -> np.ndarray:
    """Return the true incidents a day, by the file that a user would read."""
    from holdfire.simulate.writing_case import daily

    assert world.regime.ceasefire is not None
    rows = daily(world, world.regime.ceasefire)
    own = pc.and_(pc.equal(rows["clause"], clause), pc.equal(rows["party"], party))
    return np.asarray(rows.filter(own)["incidents"].to_numpy(), dtype=np.float64)


def ratio(of: np.ndarray, before: int, run_up: int = 0) -> float:
    return float(of[before + run_up :].mean() / of[:before].mean())


@pytest.mark.parametrize("effect", [0.0, 0.3, 1.0, 1.7])
def test_the_rate_in_effect_is_as_many_times_that_before(effect: float) -> None:
    world = simulate(with_ceasefire(BUSY, {"effect": effect, "overdispersion": 0.0}), seed=2)
    of = counts(world)
    assert len(of) == 90
    assert ratio(of, 60) == pytest.approx(effect, rel=0.06)
    assert world.true_ratios["combat", ""] == effect


def test_the_run_up_has_a_ratio_of_its_own_and_is_announced(tmp_path: Path) -> None:
    given = {"effect": 0.5, "run_up_days": 10, "run_up": 2.0, "overdispersion": 0.0}
    world = simulate(with_ceasefire(BUSY, given), seed=2)
    of = counts(world)
    assert of[60:70].mean() / of[:60].mean() == pytest.approx(2.0, abs=0.1)
    assert ratio(of, 60, 10) == pytest.approx(0.5, abs=0.06)
    world.write(tmp_path)
    agreement = tomllib.loads((tmp_path / "agreement.toml").read_text())
    assert agreement["proposed"]["on"] == datetime(2021, 4, 30)  # noqa: DTZ001
    assert agreement["in_effect"]["from"] == datetime(2021, 5, 10)  # noqa: DTZ001


def test_trend_weekdays_and_days_of_their_own() -> None:
    plain = {"effect": 1.0, "overdispersion": 0.0, "days_before": 140, "days": 7}
    weekly = simulate(with_ceasefire(BUSY, {**plain, "weekdays": [1, 1, 1, 1, 1, 2, 1]}))
    of = counts(weekly)
    assert of[5::7].mean() / np.delete(of, np.s_[5::7]).mean() == pytest.approx(2.0, abs=0.15)
    rising = counts(simulate(with_ceasefire(BUSY, {**plain, "trend": 1.1})))
    assert rising[133:140].mean() / rising[:7].mean() == pytest.approx(1.1**19, rel=0.15)
    even, uneven = (
        counts(simulate(with_ceasefire(BUSY, {**plain, "overdispersion": alpha})))
        for alpha in (0.0, 0.5)
    )
    assert even.var() / even.mean() < 1.6
    assert (uneven.var() - uneven.mean()) / uneven.mean() ** 2 == pytest.approx(0.5, abs=0.2)


def test_an_effect_on_one_act_leaves_the_rest_alone() -> None:
    clauses = [
        {"id": "strikes", "title": "strikes", "acts": ["strike"]},
        {"id": "combat", "title": "combat", "acts": ["combat"]},
    ]
    given = {"effect": 0.2, "acts": ["strike"], "clauses": clauses, "overdispersion": 0.0}
    world = simulate(with_ceasefire(BUSY, given), seed=3)
    assert ratio(counts(world, "strikes"), 60) == pytest.approx(0.2, abs=0.05)
    assert world.true_ratios["strikes", "north"] == pytest.approx(0.2)
    mixed = world.true_ratios["combat", ""]
    assert mixed is not None
    assert 0.7 < mixed < 0.9
    assert ratio(counts(world), 60) == pytest.approx(mixed, abs=0.05)


@pytest.mark.parametrize("party", ["north", "south"])
def test_an_effect_on_one_party_leaves_the_other_alone(party: str) -> None:
    world = simulate(
        with_ceasefire(BUSY, {"effect": 0.2, "party": party, "overdispersion": 0.0}), seed=3
    )
    other = next(name for name in world.regime.parties if name != party)
    assert ratio(counts(world, party=party), 60) == pytest.approx(0.2, abs=0.06)
    assert ratio(counts(world, party=other), 60) == pytest.approx(1.0, abs=0.1)
    assert world.true_ratios["combat", party] == pytest.approx(0.2)
    assert world.true_ratios["combat", other] == 1.0
    all_of_them = world.true_ratios["combat", ""]
    assert all_of_them is not None
    assert ratio(counts(world), 60) == pytest.approx(all_of_them, abs=0.08)


def test_exchanging_the_parties_exchanges_the_truth() -> None:
    usual = with_ceasefire(FEW, {"effect": 0.4, "party": "north"})
    turned = with_ceasefire(
        replace(FEW, parties=FEW.parties[::-1]), {"effect": 0.4, "party": "south"}
    )
    one, other = simulate(usual, seed=5), simulate(turned, seed=5)
    swap = {"north": "south", "south": "north", "": ""}
    assert {(clause, swap[party]): ratio for (clause, party), ratio in one.true_ratios.items()} == (
        other.true_ratios
    )
    for party in usual.parties:
        assert (counts(one, party=party) == counts(other, party=swap[party])).all()


def test_only_what_was_published_by_the_last_day_is_written() -> None:
    late = replace(FEW, sources=tuple(replace(source, lag_h=24.0 * 5) for source in FEW.sources))
    world = simulate(with_ceasefire(late, {"effect": 1.0}), seed=1)
    ends = datetime(2021, 5, 30, tzinfo=UTC)
    assert pc.max(world.reports["reported_at"]).as_py() < ends
    days = world.incidents["occurred_at"].cast("date32").to_pylist()
    told = np.bincount(world.truth, minlength=len(days)) > 0
    last = np.array([day >= date(2021, 5, 26) for day in days])
    assert told[last].mean() < 0.5 < told[~last].mean()


def test_so_many_reports_as_are_asked_for_about() -> None:
    world = simulate(with_ceasefire(FEW, {"effect": 0.5}), 3_000, seed=1)
    assert world.reports.num_rows == pytest.approx(3_000, rel=0.15)


def test_a_world_that_would_be_too_large_is_refused() -> None:
    with pytest.raises(HoldfireError, match="at most 2,000,000 are made"):
        simulate(with_ceasefire(BUSY, {"effect": 1.0, "trend": 3.0, "days_before": 300}))
    silent = replace(BUSY, sources=tuple(replace(one, covers=0.0) for one in BUSY.sources))
    with pytest.raises(HoldfireError, match="no reports at any rate"):
        simulate(with_ceasefire(silent, {"effect": 1.0}), 100)


def test_nothing_told_is_a_world_all_the_same(tmp_path: Path) -> None:
    silent = replace(FEW, sources=tuple(replace(one, covers=0.0) for one in FEW.sources))
    for name, chosen in (("silent", silent), ("empty", replace(FEW, incidents_per_day=1e-9))):
        world = simulate(with_ceasefire(chosen, {"effect": 1.0}), text=True)
        assert world.reports.num_rows == 0
        world.write(tmp_path / name)
        assert run(tmp_path / name, now=datetime(2022, 1, 1, tzinfo=UTC)).answer.rows == 0


def whole(tmp_path: Path, chosen: Regime, seed: int) -> World:
    world = simulate(chosen, seed=seed)
    world.write(tmp_path)
    return world


def test_what_is_written_is_a_whole_case_with_its_truth(tmp_path: Path) -> None:
    given = {"effect": 0.5, "days_before": 40, "days": 21, "run_up_days": 4}
    world = whole(tmp_path, with_ceasefire(FEW, given), 3)
    done = run(tmp_path, now=datetime(2022, 1, 1, tzinfo=UTC))
    assert not done.problems
    assert done.answer.simulated
    assert done.answer.used == world.reports.num_rows
    assert [clause.clause for clause in done.answer.clauses] == ["combat"]
    (found,) = done.answer.clauses[0].measured
    assert found.days == ("2021-04-14", "2021-05-04")
    assert found.baseline == ("2021-03-01", "2021-04-09")
    truth = tomllib.loads((tmp_path / "truth.toml").read_text())
    assert truth["in_effect_from"] == date(2021, 4, 14)
    change = next(one for one in truth["changes"] if not one["party"])
    assert change["ratio"] == 0.5
    rows = pacsv.read_csv(tmp_path / "truth-daily.csv").to_pylist()
    assert {row["period"] for row in rows} == {"before", "run-up", "in effect"}
    for party in ("", "north", "south"):
        own = [row for row in rows if row["party"] == (party or None) or row["party"] == party]
        part = next(one for one in truth["changes"] if one["party"] == party)
        for period, name in (("before", "before"), ("in effect", "in_effect")):
            for what in ("incidents", "told"):
                here = sum(row[what] for row in own if row["period"] == period)
                assert here == part[f"{what}_{name}"]
    assert change["incidents_before"] == sum(
        one["incidents_before"] for one in truth["changes"] if one["party"]
    )


def test_the_same_seed_gives_the_same_case(tmp_path: Path) -> None:
    chosen = with_ceasefire(FEW, {"effect": 0.5, "days_before": 20, "days": 10})
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        whole(tmp_path / name, chosen, seed)

    def content(name: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((tmp_path / name).rglob("*.*"))]

    assert content("a") == content("b") != content("c")
