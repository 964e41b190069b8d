"""Public files written from invented tables, with nothing between the tables and the writers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire.publish.data import write_data
from holdfire.publish.exports import crate
from holdfire.publish.exports.about import About, Licence
from holdfire.tables import finding, incident, report, statement
from tests.publish.conftest import PARTIES, rows, set_aside

ABOUT = About(
    "exampleton-2031", "The 28-day ceasefire of Exampleton", "2031-05-01", PARTIES,
    {"own": Licence("Own format", "its author", "as the author says", True, "https://x.example")},
)  # fmt: skip
INPUT = {"file": "reports/a.csv", "sha256": "3f" * 32, "format": "own", "rows": 9, "used": 8}
Row = dict[str, Any]
Rows = tuple[list[Row], list[Row], list[Row]]


def told(**changes: Any) -> Row:
    """Return a statement of an institution, changed."""
    row: Row = {
        "statement_id": "S-1", "file": "statements/a.json", "file_sha256": "ab" * 32, "item": 1,
        "outlet": "Radio", "url": "https://radio.example/1", "title": "Talks",
        "published": date(2031, 5, 2), "speaker": "Ministry of Northland",
        "speaker_kind": "institution", "role": "ministry", "party": "north", "standing": "speaks",
        "public": True, "hearsay": 0, "mode": "direct", "hedged": False, "said": "We accept it.",
        "stance": "accepts", "about": "exampleton-2031", "party_stance": "accepts",
        "said_from": datetime(2031, 5, 2, tzinfo=UTC), "extractor": "grammar",
    }  # fmt: skip
    return row | changes


def written(
    folder: Path, tables: Rows, statements: Iterable[Row] = (), about: About = ABOUT
) -> Path:
    """Write every public file into a folder and return it."""
    findings, incidents, reports = tables
    hashes = write_data(
        folder,
        findings=pa.Table.from_pylist(findings, finding.SCHEMA).to_batches(),
        incidents=pa.Table.from_pylist(incidents, incident.SCHEMA).to_batches(),
        reports=pa.Table.from_pylist(reports, report.SCHEMA).to_batches(),
        set_aside=set_aside().to_batches(),
        indicators=[],
        statements=pa.Table.from_pylist(list(statements), statement.SCHEMA),
        provenance={"version": "0.1.0", "inputs": [INPUT]},
        about=about,
    )
    crate.write(folder, about, hashes)
    return folder


def invented(count: int = 30) -> Rows:
    """Return rows of the three tables, each finding's incident of one report."""
    return rows(count)
