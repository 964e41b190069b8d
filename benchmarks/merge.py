"""Merging on worlds with known truth: holdfire, a naive rule, Splink and MELTT in one run.

``python -m benchmarks.merge [--sizes 1000,10000] [--regimes sparse,dense] [--seed 1] [--text]
[--splink PYTHON] [--meltt FOLDER] [--limit SECONDS]``: the rivals run where their places are
given (docs/simulate.md tells how to get them), each in a process of its own. Seconds are those
of the processor, so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import merge_maryland, merge_meltt, merge_splink
from holdfire.merge.matching import match
from holdfire.merge.scores import b_cubed, calibration, covers, pairwise
from holdfire.simulate import World, simulate
from holdfire.terms.vocabulary import shipped_vocabularies

Labels = NDArray[np.int64]

RULE_KM = 5.0
WINDOWS = ((5.0, 1.0), (25.0, 2.0))
"""MELTT's windows, in km and days; the second in sparse worlds only: a dense front takes hours."""


@dataclass(frozen=True, slots=True)
class Line:
    """One method's figures on one world."""

    method: str
    groups: Labels | None
    cpu_s: float
    more: str = ""


def ours(world: World) -> Line:
    """Merge with holdfire; calibration error and the interval are told beside."""
    begun = time.process_time()
    found = match(world.reports, shipped_vocabularies(), {}, may_repeat=world.may_repeat)
    cpu_s = time.process_time() - begun
    row = {name: at for at, name in enumerate(world.reports["report_id"].to_pylist())}
    a, b = ([row[one] for one in found.pairs[f"report_{end}"].to_pylist()] for end in "ab")
    told = found.pairs["probability"].to_numpy().astype(np.float64)
    error = calibration(told, world.truth[a] == world.truth[b]).error
    low, _, high = found.total
    inside = "inside" if covers(found.total, world.truth) else "outside"
    true = len(np.unique(world.truth))
    more = f"calibration error {error:.3f}; {true:,} incidents, {inside} {low:,.0f} to {high:,.0f}"
    return Line("holdfire", found.group, cpu_s, more)


def naive(world: World) -> Line:
    """Same day, points within 5 km, same act: joined, and what is joined to those."""
    begun = time.process_time()
    reports = world.reports
    day = reports["occurred_from"].cast("int64").to_numpy() // 86_400_000_000
    _, act = np.unique(np.array(reports["act"].to_pylist(), dtype=str), return_inverse=True)
    lat = np.radians(reports["lat"].to_numpy())
    lon = np.radians(reports["lon"].to_numpy())
    at_km = 6371.0 * np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )
    group = np.arange(len(day))
    order = np.lexsort((act, day))
    starts = np.flatnonzero(np.diff(day[order] * 1_000 + act[order], prepend=-1))
    for here in np.split(order, starts[1:]):
        near = np.linalg.norm(at_km[here, None] - at_km[None, here], axis=2) <= RULE_KM
        _join(group, here, near)
    return Line("same day, 5 km, same act", group, time.process_time() - begun)


def _join(group: Labels, here: Labels, near: NDArray[np.bool_]) -> None:
    """Number what hangs together by the least of its numbers."""
    least = np.arange(len(here))
    while True:
        lower = np.where(near, least[None, :], len(here)).min(axis=1)
        if (lower == least).all():
            break
        least = lower
    group[here] = here[least]


def methods(world: World, asked: argparse.Namespace) -> Iterator[Line]:
    """Yield every method's result on a world."""
    yield ours(world)
    yield naive(world)
    if asked.splink:
        with tempfile.TemporaryDirectory() as folder:
            found = merge_splink.splink(
                asked.splink, world, Path(folder), text=asked.text, limit_s=asked.limit
            )
        name = "Splink 5, tuned"
        yield Line(name, found.groups, found.cpu_s) if found else Line(name, None, 0.0)
    if not asked.meltt:
        return
    for km, days in WINDOWS[: 2 if world.regime.name == "sparse" else 1]:
        with tempfile.TemporaryDirectory() as folder:
            rows = merge_meltt.write(world.reports, Path(folder))
            made = merge_meltt.meltt(asked.meltt, Path(folder), km, days, limit_s=asked.limit)
        name = f"MELTT, {km:g} km / {days:g} d"
        if made is None:
            yield Line(name, None, 0.0)
        else:
            yield Line(name, merge_meltt.labels(made, rows, len(world.reports)), made.seconds)


def table(asked: argparse.Namespace) -> None:
    """Print a row a method and world."""
    print("| regime | reports | method | F1 | B-cubed F1 | CPU s | times ours | |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for regime in asked.regimes.split(","):
        for size in map(int, asked.sizes.split(",")):
            world = simulate(regime, size, asked.seed, text=asked.text)
            first = 0.0
            for line in methods(world, asked):
                first = first or line.cpu_s
                if line.groups is None:
                    told = f"stopped after {asked.limit:,} s | | | |"
                else:
                    f1 = pairwise(line.groups, world.truth).f1
                    cubed = b_cubed(line.groups, world.truth).f1
                    told = f"{f1:.3f} | {cubed:.3f} | {line.cpu_s:.2f} | {line.cpu_s / first:.1f} |"
                print(f"| {regime} | {size:,} | {line.method} | {told} {line.more} |", flush=True)


def main() -> None:
    """Read what is asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merge", description=__doc__)
    parser.add_argument("--sizes", default="1000,2000,5000,10000")
    parser.add_argument("--regimes", default="sparse,dense")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--splink", type=Path, help="a Python that has splink")
    parser.add_argument("--meltt", type=Path, help="a folder with MELTT's source")
    parser.add_argument("--limit", type=int, default=3_600, help="seconds after which to stop one")
    asked = parser.parse_args()
    table(asked)
    if asked.meltt:
        print()
        merge_maryland.table(asked.meltt)


if __name__ == "__main__":
    main()
