"""A world as files: one of holdfire's own format for each source, and the truth beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

if TYPE_CHECKING:
    from holdfire.simulate.world import World

AS_THEY_ARE = (
    "event_id", "lon", "lat", "radius_m", "place_precision", "place_name", "time_precision",
    "act", "target", "weapon", "actor_name", "outlet", "outlet_side", "counting_unit",
    "deaths_best", "summary", "citation",
)  # fmt: skip
RENAMED = {"place_name": "place", "actor_name": "actor", "deaths_best": "deaths"}
INSTANTS = ("occurred_from", "occurred_to", "reported_at")


def write(world: World, folder: Path) -> list[Path]:
    """Write ``reports/OUTLET.csv`` for each source and ``truth.csv``; return their paths."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    paths = []
    for source in world.regime.sources:
        here = world.reports.filter(pc.equal(world.reports["outlet"], source.outlet))
        name = re.sub(r"\W+", "-", source.outlet.lower())
        paths.append(folder / "reports" / f"{name}.csv")
        pacsv.write_csv(_columns(here), paths[-1])
    paths.append(folder / "truth.csv")
    truth = {"event_id": world.reports["event_id"], "incident_id": pa.array(world.truth)}
    pacsv.write_csv(pa.table(truth), paths[-1])
    return paths


def _columns(reports: pa.Table) -> pa.Table:
    """Return the columns of holdfire's own format; those that nobody fills are left out."""
    columns = {RENAMED.get(name, name): reports[name] for name in AS_THEY_ARE}
    for name in INSTANTS:
        columns[name] = pc.strftime(reports[name], format="%Y-%m-%dT%H:%MZ")
    return pa.table(
        {name: values for name, values in columns.items() if values.null_count < len(values)}
    )
