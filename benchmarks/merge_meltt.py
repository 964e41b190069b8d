"""MELTT (Donnay, Dunford, McGrath, Backer and Cunningham 2019) on the same reports.

Its source is not here: whoever measures fetches github.com/kdonnay/meltt and has R with plyr and
reticulate (Debian: r-base-core, r-cran-plyr, r-cran-reticulate); docs/simulate.md tells how.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from holdfire.terms.vocabulary import Vocabulary, shipped

Labels = NDArray[np.int64]

SCRIPT = Path(__file__).with_name("meltt.R")
LEVELS = 3
ANY = "any"


@dataclass(frozen=True, slots=True)
class Found:
    """What MELTT made of some tables: groups of (data set, row), both from 1, and its time."""

    groups: tuple[tuple[tuple[int, int], ...], ...]
    seconds: float
    summary: str


def meltt(source: Path, folder: Path, km: float, days: float, *, limit_s: float) -> Found | None:
    """Run MELTT on what is in ``folder``; None where it takes longer than ``limit_s``."""
    return _run([str(source), str(folder), str(km), str(days)], folder, limit_s)


def maryland(source: Path, folder: Path) -> Found | None:
    """Run MELTT's own example, as its documentation does, and write its tables to ``folder``."""
    return _run([str(source), "maryland", "4", "2", str(folder)], folder, 600)


def _run(arguments: list[str], folder: Path, limit_s: float) -> Found | None:
    try:
        subprocess.run(
            ["Rscript", str(SCRIPT), *arguments], check=True, timeout=limit_s,
            stdout=subprocess.DEVNULL, env={"RETICULATE_PYTHON": sys.executable, **os.environ},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    groups: dict[str, list[tuple[int, int]]] = {}
    with (folder / "groups.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            groups.setdefault(row["group"], []).append((int(row["dataset"]), int(row["event"])))
    return Found(
        tuple(tuple(sorted(group)) for group in groups.values()),
        float((folder / "seconds.txt").read_text()),
        (folder / "summary.txt").read_text(),
    )


def write(reports: pa.Table, folder: Path) -> list[Labels]:
    """Write one table a list of reports, and taxonomies; return each table's rows of reports.

    An interval of several days becomes its middle day: MELTT would match it to intervals only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = shipped("acts")
    outlets = np.array(reports["outlet"].to_pylist(), dtype=object)
    rows = [np.flatnonzero(outlets == name) for name in sorted(set(outlets))]
    begins, ends = (
        reports[name].cast(pa.int64()).to_numpy() for name in ("occurred_from", "occurred_to")
    )
    day = np.char.rjust(
        ((begins + ends) // 2).astype("datetime64[us]").astype("datetime64[D]").astype(str), 10
    )
    actors = reports["actors"].to_pylist()
    who = np.array(["; ".join(one) if one else ANY for one in actors], dtype=object)
    acts = np.array(reports["act"].to_pylist(), dtype=object)
    for number, here in enumerate(rows, start=1):
        pacsv.write_csv(
            pa.table({
                "date": day[here], "enddate": day[here],
                "latitude": reports["lat"].take(here), "longitude": reports["lon"].take(here),
                "act": acts[here], "actor": who[here],
            }),
            folder / f"data_{number}.csv",
        )  # fmt: skip
    names = [f"data_{number}" for number in range(1, len(rows) + 1)]
    _taxonomy(
        folder / "taxonomy_act.csv", names, {act: _path(words, act) for act in sorted(set(acts))}
    )
    _taxonomy(folder / "taxonomy_actor.csv", names, {one: [one, ANY] for one in sorted(set(who))})
    return rows


def _path(words: Vocabulary, node: str) -> list[str]:
    """Return the node, the one above it and so on, by the first broader one."""
    path = [node]
    while words.nodes[path[-1]].broader:
        path.append(words.nodes[path[-1]].broader[0])
    above = path[:-1] or path
    return [above[min(at, len(above) - 1)] for at in range(LEVELS - 1)] + [above[-1]]


def _taxonomy(path: Path, sources: list[str], levels: dict[str, list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        depth = len(next(iter(levels.values())))
        write.writerow(
            ["data.source", "base.categories", *(f"level{at + 1}" for at in range(depth))]
        )
        for source in sources:
            write.writerows([source, base, *told] for base, told in levels.items())


def labels(found: Found, rows: list[Labels], count: int) -> Labels:
    """Return each report's group; a report that MELTT matched with none is a group of its own."""
    label = np.arange(count)
    for group in found.groups:
        members = [rows[dataset - 1][event - 1] for dataset, event in group]
        label[members] = label[members[0]]
    return label
