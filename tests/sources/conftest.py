"""What the tests of the formats share: a case's names, and reading a file in one line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from holdfire.sources import Seen, SourceFile, read, recognise, settings
from holdfire.sources.adapter import Context
from holdfire.sources.reading import Reading
from holdfire.terms.vocabulary import shipped_vocabularies

PARTIES = {
    "North": "north",
    "Army of North": "north",
    "South": "south",
    "Army of South": "south",
    "Russia": "russia",
    "Ukraine": "ukraine",
    "Elsewhere": "outsider",
}
AREAS = {
    "Upper District": "d-upper",
    "Hill Region": "r-hill",
    "Lake Region": "r-lake",
    "Landia": "c-landia",
    "Milltown": "s-mill-1|s-mill-2",
}


class CaseNames:
    """Names as a case would know them; unknown ones are counted."""

    def __init__(self) -> None:
        self.unknown_areas: Counter[tuple[str, ...]] = Counter()

    def party(self, name: str) -> str | None:
        return PARTIES.get(name)

    def area(self, *names: str) -> str | None:
        for name in names:
            if name in AREAS:
                return AREAS[name]
        self.unknown_areas[names] += 1
        return None

    def near(self, area: str, lon: float, lat: float) -> bool:
        return lon < 100


@dataclass
class Result:
    """Everything that came out of one file."""

    reading: Reading
    reports: list[dict[str, Any]]
    aside: list[tuple[int, str, str]]

    @property
    def notes(self) -> dict[str, int]:
        return dict(self.reading.notes.told())


def context_for(name: str, own: Mapping[str, Any] | None = None) -> Context:
    return Context(CaseNames(), shipped_vocabularies(), settings(name, own or {}))


def read_all(
    path: Path,
    own: Mapping[str, Any] | None = None,
    seen: Seen | None = None,
    force: str | None = None,
    batch_rows: int = 50_000,
) -> Result:
    """Recognise and read a file; its batches must fit the tables of holdfire."""
    recognised = recognise(SourceFile(path, f"reports/{path.name}"), force=force)
    assert recognised.adapter is not None, recognised.tried()
    context = context_for(recognised.adapter, own)
    reading = read(recognised, context, seen, batch_rows=batch_rows)
    reports: list[dict[str, Any]] = []
    aside: list[tuple[int, str, str]] = []
    for batch in reading:
        batch.reports.validate(full=True)
        batch.set_aside.validate(full=True)
        reports += batch.reports.to_pylist()
        aside += [(row["row"], row["kind"], row["reason"]) for row in batch.set_aside.to_pylist()]
    assert reading.rows == reading.used + reading.set_aside + reading.skipped
    assert reading.set_aside == len(aside)
    return Result(reading, reports, aside)


Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write lines of text to a file and return its path."""

    def write(*lines: str, name: str = "reports.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


@pytest.fixture
def real_data() -> Path:
    """Return the folder of public data that is not shipped, or skip."""
    near = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("HOLDFIRE_DATA") or near)
    if not folder.is_dir():
        pytest.skip("public data is absent: set HOLDFIRE_DATA to its folder to run this test")
    return folder
