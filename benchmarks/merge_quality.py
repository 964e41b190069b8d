"""How well reports are merged, as medians over invented worlds that nothing was chosen on.

``python -m benchmarks.merge_quality [--seeds 201,202,…] [--reviewed 300]``. No setting has
labels but the last: there a reviewer who is always right answers the pairs that the tool asks
about, some at a time, as ``holdfire review`` would ask them.
"""

from __future__ import annotations

import argparse
from statistics import median

import numpy as np

from holdfire.merge.matching import Decided, Matched, match, most_informative
from holdfire.merge.scores import b_cubed, calibration, covers, pairwise
from holdfire.simulate import World, simulate
from holdfire.terms.vocabulary import shipped_vocabularies

SETTINGS = (
    ("sparse", 10_000, False), ("sparse", 10_000, True),
    ("dense", 10_000, False), ("dense", 10_000, True), ("dense", 1_000, False),
)  # fmt: skip
SEEDS = ",".join(str(seed) for seed in range(201, 211))
ROUNDS = 6


def merged(world: World, decided: Decided | None = None) -> Matched:
    """Merge a world's reports."""
    words = shipped_vocabularies()
    return match(world.reports, words, {}, may_repeat=world.may_repeat, decided=decided)


def reviewed(world: World, count: int) -> Matched:
    """Merge a world whose most telling pairs were answered by the truth, round by round."""
    row = {name: at for at, name in enumerate(world.reports["report_id"].to_pylist())}
    same: list[tuple[str, str]] = []
    different: list[tuple[str, str]] = []
    found = merged(world)
    for _ in range(ROUNDS):
        asked = found.pairs.take(most_informative(found.pairs, count // ROUNDS))
        for pair in zip(*(asked[f"report_{end}"].to_pylist() for end in "ab"), strict=True):
            one, other = (world.truth[row[name]] for name in pair)
            (same if one == other else different).append(pair)
        found = merged(world, Decided(tuple(same), tuple(different)))
    return found


def figures(world: World, found: Matched) -> tuple[float, float, float, bool]:
    """Return pairwise F1, B-cubed F1, calibration error, and whether the interval holds."""
    row = {name: at for at, name in enumerate(world.reports["report_id"].to_pylist())}
    a, b = ([row[one] for one in found.pairs[f"report_{end}"].to_pylist()] for end in "ab")
    told = found.pairs["probability"].to_numpy().astype(np.float64)
    return (
        pairwise(found.group, world.truth).f1,
        b_cubed(found.group, world.truth).f1,
        calibration(told, world.truth[a] == world.truth[b]).error,
        covers(found.total, world.truth),
    )


def row(title: str, told: list[tuple[float, float, float, bool]]) -> None:
    """Print the medians of a setting."""
    f1, cubed, error, inside = zip(*told, strict=True)
    print(
        f"| {title} | {median(f1):.3f} ({min(f1):.3f} to {max(f1):.3f}) | {median(cubed):.3f} "
        f"| {median(error):.3f} | {sum(inside)} of {len(inside)} |",
        flush=True,
    )


def main() -> None:
    """Read what is asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merge_quality", description=__doc__)
    parser.add_argument("--seeds", default=SEEDS)
    parser.add_argument("--reviewed", type=int, default=300, help="pairs; 0 leaves that out")
    asked = parser.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    print("| setting | F1, median (range) | B-cubed F1 | calibration error | interval holds |")
    print("| --- | --- | --- | --- | --- |")
    for regime, size, text in SETTINGS:
        told = []
        for seed in seeds:
            world = simulate(regime, size, seed, text=text)
            told.append(figures(world, merged(world)))
        row(f"{regime}, {size:,}{', with text' if text else ''}", told)
    if asked.reviewed:
        told = []
        for seed in seeds:
            world = simulate("dense", 10_000, seed)
            told.append(figures(world, reviewed(world, asked.reviewed)))
        row(f"dense, 10,000, {asked.reviewed} pairs reviewed", told)


if __name__ == "__main__":
    main()
