"""Report ids: from the format and the row's content, so that a re-downloaded file keeps them.

An id is public and most cells of its row may be, so an unkeyed hash would give the rest away:
a place hidden by the grid could be found by trying every place. Ids are therefore keyed, with
a secret of the case (see ``pipeline``).
"""

from __future__ import annotations

from hashlib import blake2b

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _LETTERS for second in _LETTERS)
"""Base 32 of RFC 4648, two letters (ten bits) at a time: this runs for every row."""


def report_id(source: str, raw: str, again: int = 1, secret: bytes = b"") -> str:
    """Return the id of a row; ``again`` is 2 for the second identical row within a file."""
    return _of(f"{source}{raw}" if again == 1 else f"{source}{raw}#{again}", secret)[0]


def _of(content: str, secret: bytes) -> tuple[str, int]:
    digest = blake2b(content.encode(), digest_size=8, key=secret).digest()
    key = int.from_bytes(digest) >> 4
    name = (
        f"R-{_PAIRS[key >> 50]}{_PAIRS[key >> 40 & 1023]}{_PAIRS[key >> 30 & 1023]}"
        f"{_PAIRS[key >> 20 & 1023]}{_PAIRS[key >> 10 & 1023]}{_PAIRS[key & 1023]}"
    )
    return name, key


class Seen:
    """Every row a run has read so far: one object for all of its files.

    It holds two numbers for each row (about 110 bytes), not the rows.
    """

    def __init__(self, secret: bytes = b"") -> None:
        self._secret = secret
        self._where: dict[int, int] = {}
        self._files: list[str] = []
        self._again: dict[int, int] = {}

    def begin(self, file: str) -> None:
        """Start on another file."""
        self._files.append(file)
        self._again = {}

    def identify(self, source: str, raw: str, row: int) -> tuple[str, str]:
        """Return the row's id, and where the same row was read from another file, if it was.

        Identical rows within one file are rows of their own: a list may hold two equal lines
        for two equal incidents. The second of them gets an id of its own.
        """
        content = f"{source}{raw}"
        name, key = _of(content, self._secret)
        found = self._where.get(key)
        if found is None:
            self._where[key] = self._here(row)
            return name, ""
        file, first_row = divmod(found, 1 << 40)
        again = self._again.get(key, int(file == len(self._files) - 1)) + 1
        self._again[key] = again
        if again == 1:
            return name, f"row {first_row} of {self._files[file]}"
        name, key = _of(f"{content}#{again}", self._secret)
        found = self._where.get(key)
        if found is None:
            self._where[key] = self._here(row)
            return name, ""
        file, first_row = divmod(found, 1 << 40)
        return name, f"row {first_row} of {self._files[file]}"

    def _here(self, row: int) -> int:
        return ((len(self._files) - 1) << 40) | row
