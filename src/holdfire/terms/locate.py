"""Where in a TOML file a value stands, so that an error can name its line.

The TOML reader gives values without positions. This keeps to the file's visible structure:
table headers and the keys below them; a value within an array is searched from its key on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from holdfire.errors import Problem

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=""")
_PART = re.compile(r"""\"[^\"]*\"|'[^']*'|[^.\s]+""")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
Path = tuple[str | int, ...]


def tables(text: str, file: str) -> dict[str, Any] | Problem:
    """Read TOML text; what is no TOML is a problem at its line."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Problem(file, "not readable as TOML: it is nested too deeply")
    except ValueError as error:
        # Not only TOMLDecodeError: a whole number of thousands of digits is a plain ValueError.
        line = _AT_LINE.search(str(error))
        return Problem(f"{file}:{line[1]}" if line else file, f"not readable as TOML: {error}")


class Lines:
    """The line of every table header and key of one TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self._lines: dict[Path, int] = {}
        counts: dict[Path, int] = {}
        here: Path = ()
        for number, line in enumerate(self._text, start=1):
            header = _HEADER.match(line)
            if header:
                here = self._table(header[1] == "[[", _parts(header[2]), counts)
                self._lines.setdefault(here, number)
                continue
            key = _KEY.match(line)
            if key:
                self._lines.setdefault((*here, *_parts(key[1])), number)

    def _table(self, array: bool, parts: list[str], counts: dict[Path, int]) -> Path:
        path: Path = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in counts:
                path = (*path, counts[path] - 1)
        path = (*path, parts[-1])
        if array:
            counts[path] = counts.get(path, 0) + 1
            return (*path, counts[path] - 1)
        return path

    def of(self, path: Sequence[str | int], value: object = None) -> int | None:
        """Return the line of the deepest part of ``path`` that can be found.

        With a value given, the first line from there on that contains it.
        """
        whole = tuple(path)
        for length in range(len(whole), 0, -1):
            line = self._lines.get(whole[:length])
            if line is not None:
                return self._onward(line, value)
        return self._onward(1, value) if value is not None and self._text else None

    def _onward(self, line: int, value: object) -> int:
        if isinstance(value, str) and value:
            for number in range(line, min(len(self._text), line + 200) + 1):
                if value in self._text[number - 1]:
                    return number
        return line


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]
