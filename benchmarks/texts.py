"""Measure the reading of news texts beside what one would use instead; print the figures.

``python -m benchmarks.texts`` takes some minutes; ``python -m benchmarks.texts 300`` measures one
size. Every reading is a process of its own on one core.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import articles, nearest
from holdfire.evaluating import evaluate_statements
from holdfire.statements.evaluate.corpus import load
from holdfire.statements.grammar import Rules

SIZES = (300, 1_000, 3_000, 10_000)
BY_STEP = 1_000
"""Articles of the run that is measured step by step: what counts the steps costs a little."""


def measured(what: str, dump: Path) -> dict[str, Any]:
    """Read a dump in a process of its own; return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.texts_child", what, str(dump)],
        capture_output=True, text=True, check=True,
        # One thread for numpy and Arrow, too: the figures are of one core.
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def sizes(wanted: tuple[int, ...]) -> None:
    """Print what whole readings take, and what the other tool takes for the same texts."""
    print("\n| articles | letters each | with | CPU s | articles a second | peak MiB | found |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in wanted:
        with tempfile.TemporaryDirectory() as folder:
            dump = Path(folder) / "invented.jsonl"
            letters = articles.write(dump, size)
            for what, name in (("rules", "holdfire"), ("instead", nearest.Nearest.name)):
                took = measured(what, dump)
                print(
                    f"| {size:,} | {letters:,.0f} | {name} | {took['cpu_s']:.2f} | "
                    f"{size / took['cpu_s']:,.0f} | {took['peak_mib']:,.0f} | "
                    f"{took['found']:,} |",
                    flush=True,
                )


def steps(size: int) -> None:
    """Print what each step of a reading takes."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "invented.jsonl"
        articles.write(dump, size)
        took = measured("steps", dump)
    print("\n| step | CPU s | ms an article | share |")
    print("| --- | --- | --- | --- |")
    whole = sum(took["steps"].values())
    for name, seconds in took["steps"].items():
        each, share = 1000 * seconds / size, 100 * seconds / whole
        print(f"| {name} | {seconds:.2f} | {each:.2f} | {share:.0f} % |")
    print(
        f"\n{size:,} articles, {took['copies']:,} of them copies; "
        f"{took['found']:,} statements, {took['claims']:,} claims."
    )


def quality() -> None:
    """Print how much of what the corpus asks for both find."""
    corpus = load(articles.CORPUS)
    ours = 100 * evaluate_statements(corpus, Rules()).scores.passages["pair soft"].f1
    theirs = nearest.soft(corpus, nearest.Nearest())
    print("\n| with | pairs, soft F1, corpus/dev |")
    print("| --- | --- |")
    print(f"| holdfire | {ours:.1f} |")
    print(f"| {nearest.Nearest.name} | {theirs:.1f} |")


def report(wanted: tuple[int, ...] = SIZES) -> None:
    """Print every table."""
    sizes(wanted)
    steps(min(BY_STEP, max(wanted)))
    quality()


if __name__ == "__main__":
    report(tuple(int(word) for word in sys.argv[1:]) or SIZES)
