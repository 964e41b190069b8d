"""An invented case, its public files written, and the site made from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely

from holdfire.publish.data import write_data
from holdfire.publish.site.publication import Publication
from holdfire.publish.site.writing import write
from holdfire.tables import finding, incident, report
from tests.publish import conftest as invented
from tests.publish.test_spoken import statement, table

RECORD = {
    "version": "0.1.0", "agreement_sha256": "c4" * 32, "settings": {"grid_m": 1000},
    "withheld": {"reports marked sensitive": 2},
}  # fmt: skip
ENDS = ((175.0, -39.2), (177.6, -38.9))
LINES = tuple(
    (f"2031-05-{day:02}", shapely.LineString([ENDS[0], (176.2, -38.7 + day / 100), ENDS[1]]))
    for day in (1, 10, 20)
)


def publication(out: Path, count: int = 60, **changes: Any) -> Publication:
    """Write the public files of the invented case into ``out``; return what a site is made from.

    ``changes`` may hold ``tables``, the findings, incidents and reports; the rest changes the
    answer.
    """
    given: Sequence[Any] | None = changes.pop("tables", None)
    findings, incidents, reports = given or invented.tables(count)
    write_data(
        out,
        findings=_as(findings, finding.SCHEMA), incidents=_as(incidents, incident.SCHEMA),
        reports=_as(reports, report.SCHEMA), set_aside=invented.set_aside().to_batches(),
        indicators=[], statements=table(*(statement(n) for n in range(4))), provenance=RECORD,
    )  # fmt: skip
    record = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    (out / "bulletin.html").write_text("<title>The bulletin</title>", encoding="utf-8")
    return Publication(
        invented.answer(**changes),
        out,
        invented.layers(),
        record,
        LINES,
        "https://example.org/site/",
    )


def _as(rows: pa.Table, schema: pa.Schema) -> list[pa.RecordBatch]:
    batches: list[pa.RecordBatch] = rows.cast(schema).to_batches()
    return batches


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented case; tests only read it."""
    folder = tmp_path_factory.mktemp("site")
    write(publication(folder / "out"), folder / "site")
    return folder / "site"
