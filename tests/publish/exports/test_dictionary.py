"""The data dictionary says of every column what it means, and is what the page and the file say."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from holdfire.publish.data import OUTPUTS
from holdfire.publish.exports import dictionary
from tests.publish.exports.writing import invented, told, written

DOCS = Path(__file__).parents[3] / "docs"
HXL = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")
NO_TABLE = {"findings.geojson", "indicators.json", "entities.ftm.json"}


def test_the_page_is_what_the_tables_say() -> None:
    """Write it anew: `python -c "from holdfire.publish.exports.dictionary import page; ..."`."""
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == dictionary.page()


def test_every_column_is_described() -> None:
    for file in dictionary.files().values():
        assert file.means.endswith(".")
        for column in file.columns:
            assert len(column.means) > 10, (file.name, column.name)


def test_a_column_is_described_in_one_place() -> None:
    words = dictionary._words()["columns"]
    for table, schema in dictionary._schemas().items():
        for name, said in words.get(table, {}).items():
            assert name in schema.names, (table, name)
            beside = dictionary._beside(schema.field(name))
            assert not (beside and said.get("means")), (table, name)


def test_every_output_is_described_and_no_other() -> None:
    later = {"datapackage.json", "provenance.json", "bulletin.html"}
    assert set(dictionary.files()) == {*OUTPUTS, *later}
    tables = {name for name, one in dictionary.files().items() if one.columns}
    assert tables == set(OUTPUTS) - NO_TABLE


@pytest.mark.parametrize("name", [n for n in OUTPUTS if n not in {*NO_TABLE, "forwarding.csv"}])
def test_the_columns_are_those_of_the_file(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, invented(5), [told()]) / name
    if name.endswith(".parquet"):
        found = pq.read_schema(path).names
    else:
        with path.open(encoding="utf-8", newline="") as stream:
            found = next(csv.reader(stream))
    assert [column.name for column in dictionary.files()[name].columns] == found


def test_every_tag_is_a_hashtag_of_its_own() -> None:
    tags = [column.hxl for column in dictionary.columns("tagged")]
    assert all(HXL.fullmatch(tag) for tag in tags)
    assert len(set(tags)) == len(tags)
