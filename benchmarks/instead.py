"""The same questions put to the tools that a user would take instead, in one process.

Reading: the rows of a CSV into a table in memory, as text or as the types that are guessed.
holdfire also checks each row, finds time and place with their precision, keeps the row's own
text and its hash. Placing: is a point within 20 km of the front? A user would draw one buffer
in a projection that keeps areas (EPSG:3035) and ask for each point whether it is inside; that
answers yes or no for a point without a radius, and not how far it is.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.csv as pacsv
import pyproj
import shapely

from benchmarks.synthetic import SEED, front, points, reports
from holdfire.assess.logic import NO, YES
from holdfire.assess.place import Disks, Within
from holdfire.engines.distance import Outline
from holdfire.engines.shape import from_geometry
from holdfire.sources import Seen, SourceFile, read, recognise, settings
from holdfire.sources.adapter import Context
from holdfire.terms.vocabulary import shipped_vocabularies

WITHIN_M = 20_000.0


@dataclass(frozen=True)
class Compared:
    """One question, and the processor seconds of both."""

    question: str
    ours_s: float
    tool: str
    theirs_s: float
    same: str


class Names:
    """Names of two parties, and of no areas."""

    def party(self, name: str) -> str | None:
        """Return the party's id where the name is one."""
        return name.lower() if name in ("Russia", "Ukraine") else None

    def area(self, *names: str) -> str | None:
        """Return nothing: no area is known."""
        return None

    def near(self, area: str, lon: float, lat: float) -> bool:
        """Return false: there is no area to be near to."""
        return False


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds of a call, all threads, and what it returned."""
    begun = time.process_time()
    found = call()
    return time.process_time() - begun, found


def reading(size: int) -> Iterator[Compared]:
    """Compare reading a file of reports."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invented.csv"
        pacsv.write_csv(reports(size), path)
        ours, used = timed(lambda: _read(path))
        for name, call in _readers(path):
            theirs, rows = timed(call)
            yield Compared("read a CSV", ours, name, theirs, f"{used:,} of {rows:,} rows")


def _read(path: Path) -> int:
    found = recognise(SourceFile(path, path.name))
    context = Context(Names(), shipped_vocabularies(), settings("own"))
    one = read(found, context, Seen())
    for _ in one:
        pass
    return one.used


def _readers(path: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    yield "duckdb", lambda: duckdb.read_csv(str(path)).to_arrow_table().num_rows
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return
    yield "pandas.read_csv", lambda: len(pandas.read_csv(path))


def placing(size: int) -> Iterator[Compared]:
    """Compare asking of points whether they are near the front."""
    lon, lat = points(size, np.random.default_rng(SEED))
    line = shapely.linestrings(front())
    ours, found = timed(lambda: _near(line, lon, lat))
    for name, call in (
        ("shapely, one buffer, point by point", _one_by_one),
        ("shapely, one buffer, all points at once", _at_once),
    ):
        theirs, inside = timed(lambda call=call: call(line, lon, lat))  # type: ignore[misc]
        same = np.mean(np.where(inside, found == YES, found == NO))
        yield Compared("within 20 km", ours, name, theirs, f"{100 * same:.2f} %")


def _near(line: Any, lon: Any, lat: Any) -> Any:
    zone = Within(Outline(from_geometry(line)[0]), WITHIN_M)
    return zone.disks(Disks(lon, lat, np.zeros(len(lon)))).answers


def _buffered(line: Any) -> tuple[Any, Any]:
    flat = pyproj.Transformer.from_crs(4326, 3035, always_xy=True)
    drawn = shapely.transform(line, lambda xy: np.column_stack(flat.transform(xy[:, 0], xy[:, 1])))
    return drawn.buffer(WITHIN_M), flat


def _one_by_one(line: Any, lon: Any, lat: Any) -> Any:
    zone, flat = _buffered(line)
    inside = []
    for x, y in zip(lon.tolist(), lat.tolist(), strict=True):
        inside.append(zone.contains(shapely.Point(*flat.transform(x, y))))
    return np.array(inside)


def _at_once(line: Any, lon: Any, lat: Any) -> Any:
    zone, flat = _buffered(line)
    shapely.prepare(zone)
    return shapely.contains_xy(zone, *flat.transform(lon, lat))
