"""Measure whole runs and what a user would use instead; print the figures as a table.

``python -m benchmarks`` takes some minutes; ``python -m benchmarks 10000`` measures one size.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import instead
from benchmarks.child import STAGES
from benchmarks.synthetic import make_case

SIZES = (10_000, 100_000, 1_000_000)
RUN = SIZES[:2]
"""Ten times as many in the same days are ten times as dense: merging them needs over 13 GB."""


def measured(folder: Path) -> dict[str, dict[str, float]]:
    """Run a case in a process of its own; return each stage's figures and the whole."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    figures: dict[str, dict[str, float]] = {**told["stages"], "whole": told["whole"]}
    return figures


def runs(sizes: tuple[int, ...]) -> None:
    """Print what each stage of a whole run takes."""
    print("| reports | front | stage | wall s | CPU s | peak MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        for with_front in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                case = Path(folder) / "case"
                make_case(case, size, with_front=with_front)
                figures = measured(case)
            for stage in (*STAGES, "whole"):
                took = figures[stage]
                print(
                    f"| {size:,} | {'yes' if with_front else 'no'} | {stage} | "
                    f"{took['wall_s']:.1f} | {took['cpu_s']:.1f} | {took['peak_mib']:,.0f} |",
                    flush=True,
                )


def side_by_side(sizes: tuple[int, ...]) -> None:
    """Print processor seconds of holdfire and of plain tools, and how many times as long."""
    print("\n| rows | question | holdfire CPU s | with | CPU s | holdfire takes | same answer |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        for one in (*instead.reading(size), *instead.placing(size)):
            print(
                f"| {size:,} | {one.question} | {one.ours_s:.2f} | {one.tool} | {one.theirs_s:.2f} "
                f"| {one.ours_s / one.theirs_s:.1f} times | {one.same} |",
                flush=True,
            )


if __name__ == "__main__":
    asked = tuple(int(word) for word in sys.argv[1:])
    runs(asked or RUN)
    side_by_side(asked or SIZES)
