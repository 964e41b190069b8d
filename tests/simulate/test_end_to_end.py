"""From reports to the printed ratio: it holds the true one, merging, assessing and delay included.

The world is known, its reports are merged and held against the clause as a user's would be. 200
worlds of each setting are in docs/methods-measures.md; here are as few as still show a defect.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from holdfire.pipeline import run
from holdfire.simulate import Regime, regime, simulate, with_ceasefire
from holdfire.tables.answer import ClauseAnswer
from holdfire.tables.measured import Bounded, Measured

NOW = datetime(2022, 1, 1, tzinfo=UTC)
WEEK = [1.0, 1.0, 1.0, 1.0, 1.2, 1.4, 1.2]
WORLDS = 10
SMALL = replace(regime("sparse"), incidents_per_day=4.0)


def answers(folder: Path, effect: float, count: int) -> Iterator[Measured]:
    """Yield the measures of so many worlds with a weekday pattern, overdispersion and lag."""
    asked = {"days_before": 35, "days": 28, "overdispersion": 0.2, "weekdays": WEEK}
    world = replace(regime("sparse"), incidents_per_day=6.0)
    chosen = with_ceasefire(world, {"effect": effect, **asked})
    for seed in range(1000, 1000 + count):
        simulate(chosen, seed=seed).write(folder / str(seed))
        (found,) = run(folder / str(seed), now=NOW).answer.clauses[0].measured
        yield found


SWAP = {"north": "south", "south": "north"}


def swapped(world: Regime) -> Regime:
    """Return the same world with the parties' names exchanged."""
    sources = tuple(replace(one, side=SWAP.get(one.side, one.side)) for one in world.sources)
    return replace(world, parties=tuple(SWAP[name] for name in world.parties), sources=sources)


@pytest.mark.slow
def test_exchanging_the_parties_exchanges_the_answer(tmp_path: Path) -> None:
    usual = with_ceasefire(SMALL, {"effect": 0.5, "days_before": 30, "days": 20})
    found = []
    for name, chosen in (("one", usual), ("other", swapped(usual))):
        simulate(chosen, seed=4).write(tmp_path / name)
        found.append(run(tmp_path / name, now=NOW).answer.clauses[0])
    one, other = found
    assert one.measured == other.measured
    assert one.cells == other.cells
    assert one.tallies == other.tallies

    def by_party(answer: ClauseAnswer, names: dict[str, str]) -> set[object]:
        return {
            (names.get(held.party or "", held.party), held.responsibility, held.tally)
            for held in answer.by_party
        }

    assert by_party(one, SWAP) == by_party(other, {})
    assert by_party(one, {}) != by_party(other, {})


@pytest.mark.slow
def test_a_report_given_twice_changes_no_figure(tmp_path: Path) -> None:
    chosen = with_ceasefire(SMALL, {"effect": 0.5, "days_before": 30, "days": 20})
    world = simulate(chosen, seed=4)
    answers = []
    for name in ("once", "twice"):
        paths = world.write(tmp_path / name)
        if name == "twice":
            shutil.copy(paths[0], paths[0].with_name("again.csv"))
        answers.append(run(tmp_path / name, now=NOW).answer)
    once, twice = answers
    assert twice.rows > once.rows
    assert twice.clauses == once.clauses


def holds(answer: Bounded, truth: float) -> bool:
    assert not answer.refused
    return (answer.low or 0.0) <= truth and (answer.high is None or truth <= answer.high)


@pytest.mark.slow
@pytest.mark.parametrize("effect", [0.5])
def test_the_printed_ratio_holds_the_true_one(tmp_path: Path, effect: float) -> None:
    found = list(answers(tmp_path, effect, WORLDS))
    covered = {
        name: float(np.mean([holds(getattr(one, name), effect) for one in found]))
        for name in ("ratio", "ratio_certain", "ratio_possible")
    }
    said = ", ".join(f"{name} {100 * share:.0f} %" for name, share in covered.items())
    print(f"end to end, {effect}, {len(found)} worlds: {said}")
    assert covered["ratio"] >= 0.95
    # at 95 % fewer than 8 of 10 hold once in 87
    assert min(covered["ratio_certain"], covered["ratio_possible"]) >= 0.8
    middle = np.log([one.ratio_possible.best or np.nan for one in found])
    assert np.median(middle) == pytest.approx(np.log(effect), abs=0.2)


def test_one_world_end_to_end(tmp_path: Path) -> None:
    (found,) = answers(tmp_path, 0.5, 1)
    assert holds(found.ratio, 0.5)
    assert found.baseline_days == 35
    assert found.days_in_effect + len(found.provisional) == 28
    assert found.sentence
