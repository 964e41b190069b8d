"""MELTT's own example, simulated car crashes in Maryland, merged by holdfire beside it.

The data come with MELTT (``data/crashMD.rda``) and are read out of it at run time. What its
taxonomies hold becomes three graphs: damage as act, model as target, colour as weapon. Its
windows of 4 km and 2 days become the precision of places (2 km each) and of times (a day more on
either side), so that the same pairs are possible.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path

import pyarrow as pa

from benchmarks.merge_meltt import maryland
from holdfire.merge.matching import Matched, match
from holdfire.tables import report
from holdfire.terms.vocabulary import ROOTS, Kind, Node, Vocabularies, Vocabulary

TAXONOMIES: dict[Kind, str] = {"acts": "damage_tax", "targets": "model_tax", "weapons": "color_tax"}
RADIUS_M, SLACK = 2_000.0, timedelta(days=1)
SETS = 3
PUBLISHED = "195 rows, 140 unique, 34 matches, 55 removed, 6 flagged"

Row = tuple[int, int]


def graph(kind: Kind, path: Path) -> tuple[Vocabulary, dict[tuple[str, str], str]]:
    """Return a taxonomy as a graph, and the node of each data set's own category."""
    nodes = {ROOTS[kind]: Node(ROOTS[kind], "not known", "", "")}
    node_of: dict[tuple[str, str], str] = {}
    for row in _rows(path):
        source, base, *levels = row.values()
        above = ROOTS[kind]
        for at, name in reversed(list(enumerate(levels))):
            here = f"{at}: {name.strip()}"
            nodes[here] = Node(here, name.strip(), "", "", (above,))
            above = here
        node_of[source, base.strip()] = above
    return Vocabulary(kind, nodes), node_of


def reports(folder: Path) -> tuple[pa.Table, Vocabularies, list[Row]]:
    """Return the crashes as reports, their graphs, and each one's data set and row."""
    graphs = {
        kind: graph(kind, folder / f"taxonomy_{name}.csv") for kind, name in TAXONOMIES.items()
    }
    made, rows = [], []
    for number in range(1, SETS + 1):
        for at, crash in enumerate(_rows(folder / f"data_{number}.csv"), start=1):
            rows.append((number, at))
            told = {
                kind.removesuffix("s"): node_of[crash["dataset"], crash[TAXONOMIES[kind]].strip()]
                for kind, (_, node_of) in graphs.items()
            }
            made.append({
                "report_id": f"R-{number}-{at:03}", "source": "crashes", "outlet": crash["dataset"],
                "event_id": f"{number}-{at}", "counting_unit": "incident",
                "occurred_from": _midnight(crash["date"]) - SLACK,
                "occurred_to": _midnight(crash["enddate"]) + timedelta(days=1) + SLACK,
                "lon": float(crash["longitude"]), "lat": float(crash["latitude"]),
                "radius_m": RADIUS_M, **told,
            })  # fmt: skip
    words = Vocabularies(*(graphs[kind][0] for kind in TAXONOMIES))
    return pa.Table.from_pylist(made, schema=report.SCHEMA), words, rows


def table(source: Path) -> None:
    """Print our result beside MELTT's, with what both agree on."""
    with tempfile.TemporaryDirectory() as name:
        theirs = maryland(source, Path(name))
        if theirs is None:
            print("MELTT's own example did not end in time.")
            return
        crashes, words, rows = reports(Path(name))
    ours = match(crashes, words, {}, may_repeat=lambda *_: False)
    groups = {"holdfire": _groups(ours, rows), "MELTT": [frozenset(one) for one in theirs.groups]}
    print(f"Car crashes in Maryland; MELTT published: {PUBLISHED}.\n")
    print("| | holdfire | MELTT |")
    print("| --- | --- | --- |")
    extra = [sum(len(one) - 1 for one in found) for found in groups.values()]
    _line("unique, after merging", [len(rows) - one for one in extra])
    _line("matches", [len(found) for found in groups.values()])
    _line("reports removed", extra)
    counted = [Counter(_sets(one) for one in found) for found in groups.values()]
    for sets in sorted({sets for one in counted for sets in one}, key=lambda one: (len(one), one)):
        _line(f"in sets {sets}", [one[sets] for one in counted])
    mine, yours = (_pairs(found) for found in groups.values())
    print(
        f"\nPairs: {len(mine & yours)} by both, {len(mine - yours)} by holdfire only, "
        f"{len(yours - mine)} by MELTT only."
    )
    low, expected, high = ours.total
    print(f"The number of incidents, over the doubt: {low:.0f} to {high:.0f} ({expected:.0f}).")
    print(f"What holdfire gives the pairs of MELTT: {_given(ours, yours)}.")


def _line(name: str, figures: list[int]) -> None:
    print(f"| {name} | {' | '.join(map(str, figures))} |")


def _groups(found: Matched, rows: list[Row]) -> list[frozenset[Row]]:
    """Return the incidents of several reports."""
    members: dict[int, set[Row]] = {}
    for group, row in zip(found.group.tolist(), rows, strict=True):
        members.setdefault(group, set()).add(row)
    return [frozenset(one) for one in members.values() if len(one) > 1]


def _sets(group: frozenset[Row]) -> str:
    return " and ".join(str(number) for number in sorted({number for number, _ in group}))


def _pairs(groups: list[frozenset[Row]]) -> set[tuple[Row, Row]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _given(found: Matched, pairs: set[tuple[Row, Row]]) -> str:
    """Return how many of these pairs have which probability."""
    ids = [found.pairs[f"report_{end}"].to_pylist() for end in "ab"]
    told = dict(zip(zip(*ids, strict=True), found.pairs["probability"].to_pylist(), strict=True))
    chances = [
        told.get((f"R-{a[0]}-{a[1]:03}", f"R-{b[0]}-{b[1]:03}"), 0.0) for a, b in sorted(pairs)
    ]
    bounds = ((0.9, 1.01), (0.5, 0.9), (0.1, 0.5), (0.0, 0.1))
    return ", ".join(
        f"{sum(low <= one < high for one in chances)} at {low:g} or more"
        if high > 1
        else f"{sum(low <= one < high for one in chances)} from {low:g} to {high:g}"
        for low, high in bounds
    )


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
