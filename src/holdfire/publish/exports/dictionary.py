"""The data dictionary: what each column of each file means, its type and its allowed values.

Meanings stand beside the columns in ``holdfire.tables`` and, where that is silent, in
``columns.toml``. Everything that describes the files reads them here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv

from holdfire.publish.exports.geoparquet import GEOMETRY
from holdfire.tables import finding, incident, report, statement
from holdfire.tables.units import units

ANSWERS = ("yes", "no", "unknown")
SET_ASIDE_PUBLIC = ("file", "row", "kind")
"""No raw text and no reason, which quotes it: a row that was set aside told nobody whether it
may be published."""
TAGGED = (
    "finding_id", "incident_id", "clause", "reading", "verdict", "decided_by", "occurred_from",
    "occurred_to", "lon", "lat", "radius_m", "area", "what", "held_responsible", "responsibility",
    "grade", "independent", "outlets", "counting_unit", "reason",
)  # fmt: skip
"""Columns of the HXL file: of the finding, and of its incident's place."""

VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    **{("finding", name): ANSWERS for name in (
        "verdict", "verdict_before", *finding.QUESTIONS, "time_before")},
    ("finding", "decided_by"): (*finding.QUESTIONS, "all"),
    ("finding", "grade"): finding.GRADES,
    ("tagged", "verdict"): ("yes", "unknown"),
    **{(table, "responsibility"): report.RESPONSIBILITY for table in (
        "finding", "incident", "report")},
    **{(table, "counting_unit"): tuple(one.id for one in units().values() if one.of == "row")
       for table in ("finding", "incident", "report")},
    **{(table, "quantity_unit"): tuple(one.id for one in units().values() if one.of == "quantity")
       for table in ("finding", "incident", "report")},
    ("statement", "speaker_kind"): statement.KINDS,
    ("statement", "standing"): statement.STANDINGS,
    ("statement", "mode"): statement.MODES,
    ("statement", "stance"): statement.STANCES,
    ("statement", "party_stance"): statement.STANCES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``kind`` is its Arrow type, ``values`` all it can have, if they are few."""

    name: str
    kind: pa.DataType
    means: str
    values: tuple[str, ...] = ()
    hxl: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file that a run writes; ``columns`` are empty where it is no table."""

    name: str
    title: str
    means: str
    media_type: str
    columns: tuple[Column, ...]


@cache
def files() -> dict[str, File]:
    """Return every described file of a run by its name."""
    return {
        name: File(
            name, one["title"], one["means"], one["media_type"],
            tuple(c for c in columns(one["table"]) if c.name not in one.get("without", ()))
            if "table" in one else (),
        )
        for name, one in _words()["files"].items()
    }  # fmt: skip


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table of the public files, in their order."""
    return tuple(_column(table, field) for field in _schemas()[table])


def _column(table: str, field: pa.Field) -> Column:
    owner = "finding" if table == "tagged" and field.name in finding.SCHEMA.names else table
    words = _words()["columns"].get(owner, {}).get(field.name, {})
    means = words.get("means") or _beside(field) or _of_reports(field.name)
    values = VALUES.get((table, field.name)) or VALUES.get((owner, field.name), ())
    return Column(field.name, field.type, means, values, words.get("hxl", ""))


def _beside(field: pa.Field) -> str:
    return (field.metadata or {}).get(b"means", b"").decode()


def _of_reports(name: str) -> str:
    """Return what a fact means in a report: it means the same in an incident and a finding."""
    said = {column: means for column, _, means in report.COLUMNS}
    words = _words()["columns"]["report"].get(name, {})
    return str(words.get("means") or said.get(name, ""))


def _schemas() -> Mapping[str, pa.Schema]:
    text = pa.string()
    places = {"lon": pa.float64(), "lat": pa.float64(), "radius_m": pa.float64()}
    tagged = [
        finding.SCHEMA.field(name) if name in finding.SCHEMA.names
        else pa.field(name, places.get(name, text)) for name in TAGGED
    ]  # fmt: skip
    return {
        "finding": finding.SCHEMA,
        "tagged": pa.schema(tagged),
        "incident": pa.schema([*incident.SCHEMA, *GEOMETRY]),
        "report": report.SCHEMA,
        "statement": statement.SCHEMA,
        "set_aside": pa.schema([report.SET_ASIDE.field(name) for name in SET_ASIDE_PUBLIC]),
        "forwarding": pa.schema([(name, text) for name in ("incident_id", "now", "why")]),
        "dictionary": pa.schema([(name, text) for name in DICTIONARY]),
    }


DICTIONARY = ("file", "column", "type", "values", "means")


@cache
def _words() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def type_name(kind: pa.DataType) -> str:
    """Return a type in Table Schema's words; what has none there in Arrow's."""
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        return "string"
    for fits, name in (
        (pa.types.is_timestamp, "datetime"), (pa.types.is_date, "date"),
        (pa.types.is_floating, "number"), (pa.types.is_integer, "integer"),
        (pa.types.is_boolean, "boolean"), (pa.types.is_binary, "WKB"),
        (pa.types.is_struct, "struct"),
    ):  # fmt: skip
        if fits(kind):
            return name
    return f"list of {type_name(kind.value_type)}s"


def rows() -> Iterator[dict[str, str]]:
    """Yield the dictionary's rows: every column of every file."""
    for file in files().values():
        for column in file.columns:
            kind = type_name(column.kind)
            in_text = file.media_type == "text/csv" and kind.startswith("list")
            yield {
                "file": file.name, "column": column.name,
                "type": "string" if in_text else kind, "values": "|".join(column.values),
                "means": f"{column.means}; joined with |" if in_text and "|" not in column.means
                else column.means,
            }  # fmt: skip


def write(path: Path) -> None:
    """Write the dictionary as CSV."""
    schema = pa.schema([(name, pa.string()) for name in DICTIONARY])
    pacsv.write_csv(pa.Table.from_pylist(list(rows()), schema), str(path))


def page() -> str:
    """Return the dictionary as a page of Markdown, as ``docs/data-dictionary.md`` has it."""
    parts = [
        "# Data dictionary",
        "Every column of every file in `out/`. Written by `holdfire.publish.exports.dictionary`; "
        "`out/dictionary.csv` has the same. What each file is for: [data.md](data.md).",
        "An empty cell is a missing value: not known, not applicable or held back, never zero. "
        "Times are UTC, and an end is the first instant no longer in it.",
    ]
    told = list(rows())
    for file in files().values():
        parts.append(f"## {file.name}\n\n{file.means}")
        if not file.columns:
            continue
        lines = [
            f"| `{row['column']}` | {row['type']} | {_cell(row)} |"
            for row in told if row["file"] == file.name
        ]  # fmt: skip
        parts.append("\n".join(["| column | type | means |", "| --- | --- | --- |", *lines]))
    return "\n\n".join(parts) + "\n"


def _cell(row: Mapping[str, str]) -> str:
    values = ", ".join(f"`{value}`" for value in row["values"].split("|") if value)
    means = row["means"].replace("|", "\\|")
    return f"{means} ({values})" if values else means
