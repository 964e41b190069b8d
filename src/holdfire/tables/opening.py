"""Files of unknown content: their beginning, their hash, and how their bytes become letters.

Reports and news texts are told apart from other files in their own packages; what is the same for
both is here.
"""

from __future__ import annotations

import codecs
import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

GUESS_BYTES = 32 * 1024
"""Bytes from which an encoding is guessed that nothing tells."""

PIECE_BYTES = 1024 * 1024
"""Bytes that are read at once while a file is hashed."""

CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c") + b"\x7f"
"""Bytes that no text has."""


class NoTextError(ValueError):
    """The bytes are no text in any encoding."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The beginning of a file, its hash and its size in bytes."""

    sha256: str
    size: int
    head: bytes

    @property
    def complete(self) -> bool:
        """Whether the head is the whole file."""
        return len(self.head) == self.size


def regular(path: Path) -> bool:
    """Whether a path is a regular file, which can be read to its end; raises ``OSError``."""
    return stat.S_ISREG(path.stat().st_mode)


def read(path: Path, head_bytes: int) -> Opened:
    """Read the first bytes of a file and hash all of it in pieces; raises ``OSError``."""
    with path.open("rb", buffering=0) as stream:
        head = stream.read(head_bytes)
        digest, size = hashlib.sha256(head), len(head)
        while piece := stream.read(PIECE_BYTES):
            if len(head) < head_bytes:
                head += piece[: head_bytes - len(head)]
            digest.update(piece)
            size += len(piece)
    return Opened(digest.hexdigest(), size, head)


def decoded(head: bytes, encoding: str) -> str:
    """Decode the beginning of a file, which may break off within a character."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head, final=False)


def encoding(found: Opened, controls: bytes = CONTROLS) -> str:
    """Return the encoding that the bytes themselves tell, or ``""``.

    ``"utf-16"`` where a byte order mark says so, ``"utf-16-le"`` or ``"utf-16-be"`` without one,
    ``"utf-8-sig"`` for UTF-8 with or without one. Raises :class:`NoTextError` where more than a
    few of the bytes are ``controls``.
    """
    head = found.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark, the first letters tell: in UTF-16 every other byte of English is zero.
    start = head[:64]
    zeros = start.count(0)
    if zeros > len(start) // 4:
        for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
            if start[offset::2].count(0) > 0.9 * zeros:
                return name
    if len(head) - len(head.translate(None, delete=controls)) > max(4, len(head) // 100):
        raise NoTextError
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head, final=found.complete)
    except UnicodeDecodeError:
        return ""
    return "utf-8-sig"


def guessed(head: bytes) -> str:
    """Return the likeliest encoding of bytes that are no UTF-8, or ``""`` if none fits."""
    best = from_bytes(head[:GUESS_BYTES]).best()
    return "" if best is None else best.encoding
