"""Invented worlds: the same for the same arguments, as vague and wrong as they are told to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pytest

from holdfire.errors import HoldfireError
from holdfire.simulate import World, regime, regimes, simulate, sizes
from holdfire.tables import report
from holdfire.terms.vocabulary import KINDS, shipped

KM_PER_DEGREE = 111.195


@pytest.fixture(scope="module", params=["sparse", "dense"])
def world(request: pytest.FixtureRequest) -> World:
    return simulate(request.param, reports=5_000, seed=3)


def off_m(world: World) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return how far each report's point is from its incident."""
    true = world.incidents.take(world.truth)
    lat, lon = (world.reports[name].to_numpy() - true[name].to_numpy() for name in ("lat", "lon"))
    east = lon * np.cos(np.radians(true["lat"].to_numpy()))
    return np.hypot(lat, east) * KM_PER_DEGREE * 1_000


def test_reports_follow_the_table_and_are_as_many_as_asked(world: World) -> None:
    assert world.reports.schema == report.SCHEMA
    assert len(world.reports) == len(world.truth) == 5_000
    assert len(set(world.reports["report_id"].to_pylist())) == 5_000
    for kind in KINDS:
        named = set(world.reports[kind.removesuffix("s")].to_pylist())
        assert named <= set(shipped(kind).nodes)


@pytest.mark.parametrize("name", ["sparse", "dense"])
def test_the_same_arguments_give_the_same_world(name: str) -> None:
    one, again, other = (simulate(name, 500, seed, text=True) for seed in (1, 1, 2))
    assert one.reports.equals(again.reports)
    assert one.incidents.equals(again.incidents)
    assert (one.truth == again.truth).all()
    assert not one.reports.equals(other.reports)


def test_texts_change_no_fact() -> None:
    plain, written = simulate("dense", 800, 5), simulate("dense", 800, 5, text=True)
    assert (plain.truth == written.truth).all()
    for name in report.SCHEMA.names:
        if name not in ("summary", "place_name"):
            assert plain.reports[name].equals(written.reports[name]), name
    assert plain.reports["summary"].null_count == 800
    assert written.reports["summary"].null_count < 80


def test_one_incident_in_the_words_of_each_source() -> None:
    world = simulate("sparse", 800, 5, text=True)
    texts = [one for one in world.reports["summary"].to_pylist() if one]
    assert not any("{" in text for text in texts)
    assert len(set(texts)) > 0.97 * len(texts)
    pairs = zip(world.truth.tolist(), world.reports["summary"].to_pylist(), strict=True)
    told: dict[int, list[str]] = {}
    for incident, text in pairs:
        told.setdefault(incident, []).append(text or "")
    shared = [
        len(set(one[0].split()) & set(one[1].split())) for one in told.values() if len(one) > 1
    ]
    assert np.mean(shared) > 3


def test_about_two_reports_an_incident_and_few_twice_in_a_list(world: World) -> None:
    told = np.bincount(world.truth)
    assert 1.9 < len(world.truth) / (told > 0).sum() < 2.2
    lists = np.unique(np.array(world.reports["outlet"].to_pylist(), dtype=str), return_inverse=True)
    within = np.unique(np.column_stack([world.truth, lists[1]]), axis=0, return_counts=True)
    pairs, twice = (told * (told - 1) // 2).sum(), (within[1] * (within[1] - 1) // 2).sum()
    assert 0.03 < twice / pairs < 0.07
    repeating = {lists[0][one] for one in within[0][within[1] > 1][:, 1]}
    for outlet in lists[0]:
        assert world.may_repeat("own", outlet) == (outlet in repeating)


def test_the_true_place_is_within_the_disk_but_for_few(world: World) -> None:
    within = off_m(world) <= world.reports["radius_m"].to_numpy()
    assert within.mean() > 1 - world.regime.misplaced - 0.03
    if world.regime.misplaced:
        assert within.mean() < 1 - world.regime.misplaced / 2


def test_gazetteers_differ_and_are_each_the_same_throughout(world: World) -> None:
    towns = world.reports.filter(pc.equal(world.reports["place_precision"], "town"))
    points = set(zip(*(towns[name].to_pylist() for name in ("outlet", "lon", "lat")), strict=True))
    outlets = len(world.regime.sources)
    assert len(points) <= outlets * world.regime.towns
    busiest = int(np.bincount(world.incidents["town"].to_numpy()).argmax())
    here = set(np.flatnonzero(world.incidents["town"].to_numpy() == busiest).tolist())
    told = world.truth[pc.equal(world.reports["place_precision"], "town").to_numpy()]
    assert here & set(told.tolist())
    assert len({lon for _, lon, _ in points}) > world.regime.towns / 4


def test_times_hold_the_truth_but_for_what_is_late(world: World) -> None:
    at = world.incidents["occurred_at"].take(world.truth)
    # A minute is told as the half hour about ten minutes off it, so some of it falls outside.
    days = pc.not_equal(world.reports["time_precision"], "minute").to_numpy()
    early = pc.less(at, world.reports["occurred_from"]).to_numpy()[days]
    late = pc.greater_equal(at, world.reports["occurred_to"]).to_numpy()[days]
    assert not late.any()
    assert 0.04 < early.mean() < 0.25
    assert pc.all(pc.less(world.reports["occurred_from"], world.reports["occurred_to"])).as_py()
    assert pc.all(pc.greater(world.reports["reported_at"], at)).as_py()


def test_deaths_are_untold_null_and_told_near_the_truth(world: World) -> None:
    told = world.reports["deaths_best"]
    assert 0.2 < told.null_count / len(told) < 0.7
    true = world.incidents["deaths"].take(world.truth).to_numpy()
    here = told.is_valid().to_numpy()
    assert np.corrcoef(told.drop_null().to_numpy(), true[here])[0, 1] > 0.9


def test_incidents_that_nobody_tells_are_there_too(world: World) -> None:
    assert len(world.incidents) > len(np.unique(world.truth))
    assert world.incidents["incident"].to_pylist() == list(range(len(world.incidents)))
    days = (world.incidents["occurred_at"].cast("int64").to_numpy()[[0, -1]] / 86_400e6) @ [-1, 1]
    assert len(world.incidents) / days == pytest.approx(world.regime.incidents_per_day, rel=0.12)


@pytest.mark.parametrize("name", ["sparse", "dense"])
def test_exchanging_the_parties_exchanges_who_acted_and_nothing_else(name: str) -> None:
    usual = regime(name)
    turned = replace(usual, parties=usual.parties[::-1])
    one, other = simulate(usual, 400, 2), simulate(turned, 400, 2)
    swap = dict(zip(usual.parties, turned.parties, strict=True))
    assert one.reports.drop(["actors", "actor_name"]).equals(
        other.reports.drop(["actors", "actor_name"])
    )
    mine, yours = (each.reports["actors"].to_pylist() for each in (one, other))
    assert [
        [swap[party] for party in actors] if actors and len(actors) == 1 else None
        for actors in mine
    ] == [actors if actors and len(actors) == 1 else None for actors in yours]


def test_files_hold_every_report_and_its_incident(tmp_path: Path) -> None:
    world = simulate("dense", 300, 4, text=True)
    paths = world.write(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "reports/field-monitors.csv", "reports/northern-staff.csv",
        "reports/southern-channel.csv", "reports/events-project.csv", "truth.csv",
    ]  # fmt: skip
    truth = pacsv.read_csv(paths[-1])
    told = [one for path in paths[:-1] for one in pacsv.read_csv(path)["event_id"].to_pylist()]
    assert sorted(told) == sorted(truth["event_id"].to_pylist())
    number = dict(zip(*(truth[name].to_pylist() for name in truth.column_names), strict=True))
    ids = world.reports["event_id"].to_pylist()
    assert [number[one] for one in ids] == world.truth.tolist()
    first = pacsv.read_csv(paths[0])
    assert {"occurred_from", "lon", "radius_m", "act", "actor", "deaths", "summary"} <= set(
        first.column_names
    )


def test_the_shipped_regimes_add_up() -> None:
    assert regimes() == ("sparse", "dense")
    assert sizes() == {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}
    for name in regimes():
        for source in regime(name).sources:
            for shares in (source.place.values(), source.time.values(), source.steps):
                assert sum(shares) == pytest.approx(1)
        for one in regime(name).happenings:
            assert one.act in shipped("acts").nodes
            assert set(one.weapons) <= set(shipped("weapons").nodes)
            assert set(one.targets) <= set(shipped("targets").nodes)


def test_what_cannot_be_simulated_is_refused_in_words() -> None:
    with pytest.raises(HoldfireError, match=r'no regime "sparce"(.|\n)*Did you mean "sparse"'):
        simulate("sparce")
    with pytest.raises(HoldfireError, match="at least one"):
        simulate("dense", reports=0)
    assert len(simulate("dense", reports=1).reports) == 1
