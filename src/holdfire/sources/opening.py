"""Opening a file of unknown content: its hash, its beginning, its encoding, its layout.

Everything is decided from the first 256 KB; only the hash reads on, in small pieces. What
cannot be read is a :class:`~holdfire.errors.SourceError` with advice, never a traceback.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

from holdfire.errors import SourceError, shown
from holdfire.tables.opening import CONTROLS, NoTextError, Opened, decoded, guessed, read, regular
from holdfire.tables.opening import encoding as encoding_of

__all__ = [
    "Opened", "Shape", "check_columns", "decoded", "opened", "shape", "unique_columns",
]  # fmt: skip

HEAD_BYTES = 256 * 1024
MOST_COLUMNS = 2_000
DELIMITERS = (",", ";", "\t")

_SIGNATURES = (
    (b"PK\x03\x04", "a zip file or an Excel workbook", "save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save the sheet as CSV (UTF-8)"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first"),
    (b"%PDF", "a PDF", "its table has to be copied to a CSV"),
    (b"SQLite format 3", "an SQLite database", "export its table as CSV"),
)
_PARQUET = b"PAR1"
_NOTES = {
    "utf-16": "read as UTF-16",
    "utf-16-le": "read as UTF-16-LE, without a byte order mark",
    "utf-16-be": "read as UTF-16-BE, without a byte order mark",
}
_CONTROLS = CONTROLS.translate(None, delete=b"\x1a\x1e")
"""Spreadsheets and lines of GeoJSON end with marks of their own."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the bytes are to be read: ``layout`` is ``csv``, ``tsv``, ``parquet`` or ``geojson``."""

    layout: str
    encoding: str = ""
    delimiter: str = ","
    note: str = ""

    @property
    def errors(self) -> str:
        """What to do with bytes that are not of the encoding: keep a mark that shows the row."""
        return "surrogateescape" if self.encoding == "utf-8-sig" else "replace"


def opened(path: Path) -> Opened:
    """Read the beginning of a file and hash it; refuse what is no readable regular file."""
    try:
        if not regular(path):
            kind = "a folder" if path.is_dir() else "no regular file"
            raise SourceError(f"it is {kind}", advice="expected a file of reports")
        return read(path, HEAD_BYTES)
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise SourceError(f"it cannot be opened: {reason}") from error


def shape(found: Opened) -> Shape:
    """Tell the layout and encoding of a file from its beginning."""
    head = found.head
    if not head.strip():
        raise SourceError("it is empty")
    for signature, what, advice in _SIGNATURES:
        if head.startswith(signature):
            raise SourceError(f"it is {what}", advice=advice)
    if head.startswith(_PARQUET):
        return Shape("parquet")
    encoding, note = _encoding(found)
    words = decoded(head, encoding)
    start = words.lstrip("\ufeff\x1e \t\r\n")[:1]
    if not start:
        raise SourceError("it is empty")
    if start in "{[":
        return Shape("geojson", encoding, note=note)
    delimiter = _delimiter(words)
    return Shape("tsv" if delimiter == "\t" else "csv", encoding, delimiter, note)


def _encoding(found: Opened) -> tuple[str, str]:
    """Return the encoding of a file and a note on it where it is not the usual one."""
    try:
        told = encoding_of(found, _CONTROLS)
    except NoTextError as error:
        raise SourceError(
            "its content is no text", advice="expected CSV, GeoJSON or Parquet"
        ) from error
    if told:
        return told, _NOTES.get(told, "")
    best = guessed(found.head)
    if not best:
        raise SourceError("its encoding is not understood", advice="save it as UTF-8")
    return best, f"read as {best}, a guess from its first bytes: save it as UTF-8 to be sure"


def _delimiter(words: str) -> str:
    """Return the delimiter that splits the header into most columns."""
    lines = [line for line in words.split("\n", 50)[:50] if line.strip()]
    first = lines[0] if lines else ""
    return max(DELIMITERS, key=lambda mark: _cells(first, mark))


def _cells(line: str, delimiter: str) -> int:
    if line.count(delimiter) > MOST_COLUMNS * 50:
        return line.count(delimiter)
    try:
        return max((len(row) for row in csv.reader([line], delimiter=delimiter)), default=0)
    except csv.Error:
        return line.count(delimiter)


def check_columns(columns: int) -> None:
    """Refuse a table with more columns than any format has."""
    if columns > MOST_COLUMNS:
        raise SourceError(
            f"it has {columns:,} columns",
            advice=f"no format of reports has more than {MOST_COLUMNS:,}",
        )


def unique_columns(header: list[str]) -> tuple[list[str], list[str]]:
    """Return column names that are all different, and a note on each that was not.

    A name that occurs again is kept apart as ``name (2)``; the first one is used.
    """
    columns: list[str] = []
    notes: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {position}"
        again = 2
        if name in taken:
            notes.append(f"column {shown(name)} occurs more than once: the first is used")
            while f"{name} ({again})" in taken:
                again += 1
            name = f"{name} ({again})"
        taken.add(name)
        columns.append(name)
    return columns, notes
