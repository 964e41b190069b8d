"""Sources of a regime file: biased, late, and copying as they are told to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from holdfire.simulate import Regime, World, regime, simulate, with_ceasefire

USUAL = replace(regime("sparse"), incidents_per_day=60.0)
FIRST = USUAL.sources[0]


def told_by(chosen: Regime, seed: int = 1, *, text: bool = False) -> World:
    return simulate(with_ceasefire(chosen, {"effect": 1.0, "days": 60}), seed=seed, text=text)


@pytest.mark.parametrize("side", ["north", "south", "neutral"])
def test_a_biased_source_tells_more_of_what_the_other_side_did(side: str) -> None:
    source = replace(FIRST, side=side, bias=4.0, covers=0.2)
    world = told_by(replace(USUAL, sources=(source,)))
    told = np.zeros(world.incidents.num_rows, dtype=bool)
    told[world.truth] = True
    of = {
        party: told[pc.equal(world.incidents["actor"], party).to_numpy()].mean()
        for party in USUAL.parties
    }
    if side == "neutral":
        assert of["north"] / of["south"] == pytest.approx(1.0, abs=0.15)
    else:
        other = next(party for party in USUAL.parties if party != side)
        assert of[other] / of[side] == pytest.approx(4.0, rel=0.2)


@pytest.mark.parametrize(("lag_h", "shape"), [(36.0, 1.5), (72.0, 1.5), (72.0, 20.0)])
def test_reports_are_as_late_as_they_are_told_to_be(lag_h: float, shape: float) -> None:
    world = told_by(replace(USUAL, sources=(replace(FIRST, lag_h=lag_h, lag_shape=shape),)))
    at = world.incidents["occurred_at"].take(world.truth)
    hours = pc.subtract(world.reports["reported_at"], at).cast(pa.int64()).to_numpy() / 3.6e9
    # of days long past all is in; none is told in the hour in which it may still go on
    hours = hours[world.truth < 3_000]
    assert hours.mean() == pytest.approx(lag_h, rel=0.15)
    assert hours.std() == pytest.approx(lag_h / shape**0.5, rel=0.2)


def copying(share: float, named: float) -> Regime:
    taker = replace(
        FIRST, outlet="Agency", covers=0.1, copies=FIRST.outlet, copied=share,
        copied_lag_h=12.0, credits=named,
    )  # fmt: skip
    return replace(USUAL, sources=(FIRST, taker))


@pytest.mark.parametrize(("share", "named"), [(0.5, 1.0), (0.9, 0.3), (0.5, 0.0)])
def test_a_list_that_copies_takes_a_share_with_facts_and_words(share: float, named: float) -> None:
    world = told_by(copying(share, named), text=True)
    rows = world.reports.append_column("incident", pa.array(world.truth)).to_pylist()
    giver = {row["incident"]: row for row in rows if row["outlet"] == FIRST.outlet}
    of_taker = [row for row in rows if row["outlet"] == "Agency"]
    taken = [
        row for row in of_taker
        if row["incident"] in giver and giver[row["incident"]]["lon"] == row["lon"]
    ]  # fmt: skip
    assert len(taken) / len(giver) == pytest.approx(share * 0.9, abs=0.05)
    for row in taken:
        first = giver[row["incident"]]
        for name in ("lat", "act", "occurred_from", "actors", "deaths_best", "summary"):
            assert row[name] == first[name]
        assert row["reported_at"] > first["reported_at"]
        assert row["event_id"] != first["event_id"]
        assert row["citation"] in (None, FIRST.outlet)
    credited = [row["citation"] is not None for row in taken]
    assert np.mean(credited) == pytest.approx(named, abs=0.05)
    assert all(row["citation"] is None for row in rows if row not in taken)
    assert len({row["incident"] for row in of_taker}) == len(of_taker)


def test_a_list_that_copies_nothing_changes_nothing() -> None:
    none, alone = copying(0.0, 0.0), copying(0.0, 0.0)
    still = replace(alone, sources=(FIRST, replace(alone.sources[1], copies="")))
    assert told_by(none).reports.equals(told_by(still).reports)
