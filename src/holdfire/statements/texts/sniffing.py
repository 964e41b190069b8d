"""What a file is, told by its content: never by its name."""

from __future__ import annotations

import codecs
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from holdfire.statements.texts.found import TextError
from holdfire.statements.texts.limits import HEAD_BYTES
from holdfire.tables import opening
from holdfire.tables.opening import Opened

__all__ = ["Opened", "Shape", "opened", "shape"]

_SIGNATURES = (
    (b"PK\x03\x04", "a zip file or an Office document", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first"),
    (b"WARC/", "a web archive", "take its pages out as HTML"),
    (b"PAR1", "a Parquet file", "export it as JSONL"),
    (b"SQLite format 3", "an SQLite database", "export its texts as JSONL"),
    (b"\x89PNG", "a picture", "its words have to be typed"),
    (b"\xff\xd8\xff", "a picture", "its words have to be typed"),
    (b"GIF8", "a picture", "its words have to be typed"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""")
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|article|section|main|header|span|meta|title|h[1-6]"
    r"|table|ul|ol|a|b|i|em|strong|br|center|font|figure|nav|blockquote)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</(?:p|div|html|body|article|section)\s*>", re.IGNORECASE)
_LEADING = " \t\r\n\f\ufeff"


@dataclass(frozen=True, slots=True)
class Shape:
    """``layout`` is ``text``, ``html``, ``pdf``, ``feed``, ``json`` or ``jsonl``."""

    layout: str
    encoding: str = ""


def opened(path: Path) -> Opened:
    """Read the beginning of a file and hash all of it in pieces; only regular files."""
    try:
        if not opening.regular(path):
            raise TextError("it is no regular file", "expected a file with text")
        return opening.read(path, HEAD_BYTES)
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise TextError(f"it cannot be opened: {reason}") from error


def shape(found: Opened) -> Shape:
    """Tell the layout and the encoding of a file from its beginning."""
    head = found.head
    if not head.strip():
        raise TextError("it is empty")
    if b"%PDF-" in head[:1024]:
        return Shape("pdf")
    for signature, what, advice in _SIGNATURES:
        if head.startswith(signature):
            raise TextError(f"it is {what}", advice)
    encoding = _encoding(found)
    words = opening.decoded(head, encoding)
    return Shape(_layout(words.lstrip(_LEADING), found.complete), encoding)


def _layout(words: str, complete: bool) -> str:
    start = words[:1]
    if not start:
        raise TextError("it is empty")
    if start == "{":
        return _json(words, complete)
    if start == "[" and words[1:].lstrip(_LEADING)[:1] in ("{", "[", "]", '"', ""):
        return "json"
    if start == "<":
        if _FEED.search(words, 0, 4096):
            return "feed"
        if _HTML.search(words, 0, 4096):
            return "html"
        if words.startswith("<?xml"):
            raise TextError("it is XML, but neither RSS nor Atom", "expected RSS, Atom or HTML")
    if len(_CLOSING.findall(words)) >= 3:
        return "html"
    return "text"


def _json(words: str, complete: bool) -> str:
    """Tell lines of records from one document that begins with a brace."""
    first, _, rest = words.partition("\n")
    rest = rest.lstrip(_LEADING)
    if rest.startswith("{"):
        return "jsonl"
    try:
        record = json.loads(first, strict=False)
    except (ValueError, RecursionError):
        # A first line longer than the head is a record of a dump: documents are broken into lines.
        return "json" if rest or complete else "jsonl"
    lists = any(isinstance(value, list) for value in record.values())
    return "jsonl" if rest or not lists else "json"


def _encoding(found: Opened) -> str:
    try:
        told = opening.encoding(found)
    except opening.NoTextError as error:
        raise TextError(
            "its content is no text", "expected text, HTML, PDF, RSS, Atom or JSON"
        ) from error
    told = told or _declared(found.head) or opening.guessed(found.head)
    if not told:
        raise TextError("its encoding is not understood", "save it as UTF-8")
    return told


def _declared(head: bytes) -> str:
    """Return the encoding that a page or feed names, if its bytes can be read by it."""
    match = _DECLARED.search(head, 0, 2048)
    if match is None:
        return ""
    name = match[1].decode("ascii")
    try:
        codecs.getincrementaldecoder(name)("strict").decode(head, final=False)
    except (LookupError, ValueError, TypeError):
        return ""
    return name
