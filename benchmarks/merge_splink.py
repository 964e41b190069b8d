"""Reports in the form in which Splink is given them, and what it made of them."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from holdfire.simulate import World
from holdfire.terms.vocabulary import KINDS, shipped

CHILD = Path(__file__).with_name("splink_child.py")
CELL_KM, CELL_D = 100.0, 4
RARE = 0.02
"""Words in more reports than this share of them are not compared."""


@dataclass(frozen=True, slots=True)
class Found:
    """Splink's groups, the processor seconds and the seconds it took."""

    groups: NDArray[np.int64]
    cpu_s: float
    wall_s: float


def prepared(world: World, *, text: bool) -> pa.Table:
    """Return the reports with what Splink compares and blocks by."""
    reports = world.reports
    count = len(reports)
    begins, ends = (
        reports[name].cast(pa.int64()).to_numpy() // 60_000_000
        for name in ("occurred_from", "occurred_to")
    )
    lon, lat = reports["lon"].to_numpy(), reports["lat"].to_numpy()
    east, north = lon * 111.195 * np.cos(np.radians(lat)) / CELL_KM, lat * 111.195 / CELL_KM
    day = (begins + ends) // 2 // 1440
    outlets, actors = reports["outlet"].to_pylist(), reports["actors"].to_pylist()
    repeats = {one.outlet: one.repeats > 0 for one in world.regime.sources}
    columns: dict[str, object] = {
        "number": np.arange(count),
        **dict.fromkeys(("begins", "first"), begins), **dict.fromkeys(("ends", "last"), ends),
        **dict.fromkeys(("lon", "east"), lon), **dict.fromkeys(("lat", "north"), lat),
        **dict.fromkeys(("radius_km", "reach_km"), reports["radius_m"].to_numpy() / 1_000),
        # Splink puts the names of lists into its SQL as they are.
        "list": [f"list_{list(repeats).index(one)}" for one in outlets],
        "repeats": [repeats[one] for one in outlets],
        "actor": [None if not one or len(one) > 1 else one[0] for one in actors],
        "deaths": reports["deaths_best"],
        "days_a": day // CELL_D, "days_b": (day + CELL_D // 2) // CELL_D,
    }  # fmt: skip
    for name, right, up in (("a", 0, 0), ("b", 0.5, 0), ("c", 0, 0.5), ("d", 0.5, 0.5)):
        columns[f"cell_{name}"] = np.floor(east + right).astype(np.int64) * 100_000 + np.floor(
            north + up
        ).astype(np.int64)
    for kind in KINDS:
        name, words = kind.removesuffix("s"), shipped(kind)
        told = [None if one == words.root else one for one in reports[name].to_pylist()]
        columns[name] = told
        above = {one: sorted(words.broader_than(one) - {words.root}) for one in words.nodes}
        kinds = {one: sorted(words.kinds_of(one)) for one in words.nodes}
        columns[f"{name}_above"] = [above[one] if one else None for one in told]
        columns[f"{name}_kinds"] = [kinds[one] if one else None for one in told]
    if text:
        columns["words"] = _rare([one or "" for one in reports["summary"].to_pylist()])
    return pa.table(columns)


def _rare(texts: list[str]) -> list[list[str] | None]:
    """Return each text's words, beginnings of five letters, without those that many have."""
    words = [sorted({word[:5] for word in re.findall(r"\w+", text.lower())}) for text in texts]
    counted = Counter(word for one in words for word in one)
    most = RARE * len(texts)
    return [[word for word in one if counted[word] <= most] if one else None for one in words]


def splink(python: Path, world: World, folder: Path, *, text: bool, limit_s: float) -> Found | None:
    """Run Splink in its own environment; None where it takes longer than ``limit_s``."""
    given, made = folder / "reports.parquet", folder / "groups.parquet"
    pq.write_table(prepared(world, text=text), given)
    try:
        done = subprocess.run(
            [str(python), str(CHILD), str(given), str(made), *(["text"] if text else [])],
            check=True, capture_output=True, text=True, timeout=limit_s,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    took = json.loads(done.stdout.splitlines()[-1])
    groups = pq.read_table(made).sort_by("number")["group"]
    _, label = np.unique(groups.to_numpy(), return_inverse=True)
    return Found(label.astype(np.int64), took["cpu_s"], took["wall_s"])
