"""Opening a file of unknown content: its hash, its beginning, its encoding, its layout.

Everything is decided from the first 256 KB; only the hash reads on, in small pieces. What
cannot be read is a :class:`~holdfire.errors.SourceError` with advice, never a traceback.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from holdfire.errors import SourceError, shown

HEAD_BYTES = 256 * 1024
GUESS_BYTES = 32 * 1024
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
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1e") + b"\x7f"


@dataclass(frozen=True, slots=True)
class Opened:
    """The beginning of a file and the hash of all of it."""

    sha256: str
    size: int
    head: bytes

    @property
    def complete(self) -> bool:
        """Whether the head is the whole file."""
        return len(self.head) == self.size


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
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "no regular file"
            raise SourceError(f"it is {kind}", advice="expected a file of reports")
        digest, head, size = hashlib.sha256(), b"", 0
        with path.open("rb") as stream:
            while piece := stream.read(HEAD_BYTES):
                if len(head) < HEAD_BYTES:
                    head += piece[: HEAD_BYTES - len(head)]
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise SourceError(f"it cannot be opened: {reason}") from error
    return Opened(digest.hexdigest(), size, head)


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


def decoded(head: bytes, encoding: str) -> str:
    """Decode the beginning of a file, which may break off within a character."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head, final=False)


def _encoding(found: Opened) -> tuple[str, str]:
    head = found.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "read as UTF-16"
    # Without a mark, the column names tell: in UTF-16 every other byte of them is zero.
    header = head[:64]
    zeros = header.count(0)
    if zeros > len(header) // 4:
        for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
            if header[offset::2].count(0) > 0.9 * zeros:
                return encoding, f"read as {encoding.upper()}, without a byte order mark"
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    if controls > max(4, len(head) // 100):
        raise SourceError(
            "its content is no text", advice="expected CSV, GeoJSON or Parquet"
        )  # fmt: skip
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head, final=found.complete)
    except UnicodeDecodeError:
        return _guessed(head)
    return "utf-8-sig", ""


def _guessed(head: bytes) -> tuple[str, str]:
    best = from_bytes(head[:GUESS_BYTES]).best()
    if best is None:
        raise SourceError("its encoding is not understood", advice="save it as UTF-8")
    return best.encoding, (
        f"read as {best.encoding}, a guess from its first bytes: save it as UTF-8 to be sure"
    )


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
