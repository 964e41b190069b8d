"""``datapackage.json``: a Frictionless data package with a Table Schema for each CSV file.

Written after Data Package 1 and Table Schema 1, which tools of the second version read too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from holdfire.publish.exports import dictionary
from holdfire.publish.exports.about import About
from holdfire.publish.exports.dictionary import Column, File
from holdfire.publish.exports.json_text import dumped
from holdfire.publish.safe import plain

KEYS = {
    "findings.csv": "finding_id",
    "findings.hxl.csv": "finding_id",
    "statements.csv": "statement_id",
}
TAG_ROW = 2


def write(path: Path, about: About, version: str, hashes: dict[str, str]) -> None:
    """Write the package of the files whose sha256 is given, in the same folder."""
    known = dictionary.files()
    package = {
        "profile": "data-package",
        "name": "holdfire-" + _slug(about.agreement),
        "title": plain(about.called),
        "description": "Is the ceasefire holding? The public data of one run, and what they mean. "
        "Sources keep their own licences: see ro-crate-metadata.json.",
        "version": version,
        "resources": list(_resources(path.parent, (
            (known[name], digest) for name, digest in sorted(hashes.items()) if name in known
        ))),
    }  # fmt: skip
    path.write_text(dumped(package, indent=1) + "\n", encoding="utf-8", newline="\n")


def _resources(folder: Path, files: Iterable[tuple[File, str]]) -> Iterable[dict[str, Any]]:
    for file, digest in files:
        one: dict[str, Any] = {
            "name": _slug(file.name),
            "path": file.name,
            "title": file.title,
            "description": file.means,
            "mediatype": file.media_type,
            "bytes": (folder / file.name).stat().st_size,
            "hash": f"sha256:{digest}",
        }
        if file.media_type != "text/csv":
            # Without it the reference tool opens Parquet as a table, and needs pandas to.
            yield one | {"type": "file"}
            continue
        one |= {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8"}
        if file.name == "findings.hxl.csv":
            one["dialect"] = {"commentRows": [TAG_ROW]}
        yield one | {"schema": table_schema(file)}


def table_schema(file: File) -> dict[str, Any]:
    """Return the Table Schema of a CSV file."""
    key = KEYS.get(file.name)
    made: dict[str, Any] = {
        "fields": [_field(column, required=column.name == key) for column in file.columns],
        "missingValues": [""],
    }
    return made | ({"primaryKey": [key]} if key else {})


def _field(column: Column, *, required: bool) -> dict[str, Any]:
    kind = dictionary.type_name(column.kind)
    # Lists are joined with a bar in CSV, and Table Schema 1 has no type for that.
    made: dict[str, Any] = {
        "name": column.name,
        "type": "string" if kind.startswith("list") else kind,
        "description": column.means,
    }
    limits: dict[str, Any] = {"required": True, "unique": True} if required else {}
    if column.values:
        limits["enum"] = list(column.values)
    if column.name in EXTENTS and kind == "number":
        limits["minimum"], limits["maximum"] = EXTENTS[column.name]
    return made | ({"constraints": limits} if limits else {})


EXTENTS = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0)}


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in text.lower()).strip("-")
