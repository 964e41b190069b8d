"""How time and memory of merging grow with the number of reports, on a dense front.

``python -m benchmarks.merge_growth [--sizes 1000,10000,100000,1000000] [--regime dense]``. The
world is made in one process and merged in another, so that peak memory is that of merging
(the interpreter and the table of reports included).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.child import cpu_s, peak_mib
from holdfire.merge.matching import match
from holdfire.merge.scores import pairwise
from holdfire.simulate import regime, simulate
from holdfire.terms.vocabulary import shipped_vocabularies

REPORTS, TRUTH = "reports.parquet", "truth.npy"


def make(folder: Path, kind: str, size: int) -> None:
    """Write a world's reports and truth."""
    world = simulate(kind, size, seed=1)
    pq.write_table(world.reports, folder / REPORTS)
    np.save(folder / TRUTH, world.truth)


def merge(folder: Path, kind: str) -> None:
    """Merge what is in the folder and print what it took."""
    reports = pq.read_table(folder / REPORTS)
    repeating = {one.outlet for one in regime(kind).sources if one.repeats > 0}
    begun, used = time.perf_counter(), cpu_s()
    found = match(
        reports, shipped_vocabularies(), {}, may_repeat=lambda _, outlet: outlet in repeating
    )
    took = {"wall_s": time.perf_counter() - begun, "cpu_s": cpu_s() - used, "peak_mib": peak_mib()}
    f1 = pairwise(found.group, np.load(folder / TRUTH)).f1
    print(json.dumps({**took, "pairs": found.pairs.num_rows, "f1": f1}))


def _child(step: str, folder: Path, kind: str, size: int) -> str:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.merge_growth", step, str(folder), kind, str(size)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def table(sizes: list[int], kind: str) -> None:
    """Print a row a size."""
    print("| reports | wall s | CPU s | CPU µs a report | peak MiB | pairs told | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            _child("make", Path(name), kind, size)
            took = json.loads(_child("merge", Path(name), kind, size))
        print(
            f"| {size:,} | {took['wall_s']:.1f} | {took['cpu_s']:.1f} "
            f"| {took['cpu_s'] / size * 1e6:,.0f} | {took['peak_mib']:,.0f} "
            f"| {took['pairs']:,} | {took['f1']:.3f} |",
            flush=True,
        )


def main() -> None:
    """Print the table, or do one step of it where named."""
    if sys.argv[1:2] in (["make"], ["merge"]):
        step, folder, kind, size = sys.argv[1:]
        make(Path(folder), kind, int(size)) if step == "make" else merge(Path(folder), kind)
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merge_growth", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--regime", default="dense")
    asked = parser.parse_args()
    table([int(size) for size in asked.sizes.split(",")], asked.regime)


if __name__ == "__main__":
    main()
