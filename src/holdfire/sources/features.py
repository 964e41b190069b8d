"""GeoJSON as a stream of records: FeatureCollections, single Features, one Feature a line.

The text is decoded piece by piece, so that a file of any size needs the memory of one
feature. Nothing in it is trusted: depth, size and numbers are bounded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from holdfire.errors import RowError, SourceError
from holdfire.sources.enclosing import place_of
from holdfire.sources.opening import Shape
from holdfire.sources.tabular import SAMPLE_ROWS, Read

PIECE = 256 * 1024
VALUE_MAX = 32 * 1024 * 1024
_SPACE = " \t\r\n\x1e\ufeff"
_EXPECTED = "expected a GeoJSON FeatureCollection, or one Feature a line"


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 400 else float(digits)


class _Text:
    """JSON text that is read on as it is used up."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder(parse_int=_whole)
        self._text = ""
        self._at = 0
        self._ended = False

    def _more(self) -> bool:
        """Read on; ask for as much again as is waiting, so that long values stay linear."""
        if self._ended:
            return False
        waiting = len(self._text) - self._at
        if waiting > VALUE_MAX:
            raise SourceError(f"a value in it is longer than {VALUE_MAX:,} characters")
        piece = self._stream.read(max(PIECE, waiting))
        self._ended = not piece
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)

    def peek(self) -> str:
        """Return the next character that is no space, or nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """Step over one of the wanted characters."""
        found = self.peek()
        if not found:
            raise SourceError("it breaks off in the middle")
        if found not in wanted:
            raise SourceError(f"it is no JSON: found {found!r} where {wanted[0]!r} should be")
        self._at += 1
        return found

    def value(self) -> Any:
        """Return the next whole value."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                at_fault = error.pos < len(self._text) - 16 and "Unterminated" not in error.msg
                if at_fault or not self._more():
                    ending = "" if at_fault else ": it breaks off in the middle"
                    raise SourceError(f"it is no JSON ({error.msg}){ending}") from error
                continue
            except RecursionError as error:
                raise SourceError("its JSON is nested too deeply") from error
            except ValueError as error:
                raise SourceError(f"it is no JSON ({error})") from error
            # A number may go on in the next piece: only the end of the text ends it.
            length = end - self._at
            if end < len(self._text) or not self._more():
                self._at += length
                return found


def features(stream: TextIO) -> Iterator[Any]:
    """Yield the features of a stream; raise SourceError where it stops being GeoJSON."""
    text = _Text(stream)
    if text.peek() != "{":
        raise SourceError("it is a JSON list", advice=_EXPECTED)
    yield from _members(text)
    while text.peek() == "{":
        yield text.value()


def _members(text: _Text) -> Iterator[Any]:
    """Walk the first object: yield its features, or itself where it is one."""
    members: dict[str, Any] = {}
    collection = False
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        text.take(":")
        if key == "features" and text.peek() == "[":
            collection = True
            yield from _elements(text)
        else:
            members[str(key)] = text.value()
        _check_projection(members)
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if not collection:
        if members.get("type") != "Feature":
            raise SourceError("it is JSON without features", advice=_EXPECTED)
        yield members


def _elements(text: _Text) -> Iterator[Any]:
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _check_projection(members: dict[str, Any]) -> None:
    named = json.dumps(members["crs"]) if isinstance(members.get("crs"), dict) else ""
    if named and "CRS84" not in named and "4326" not in named:
        raise SourceError(
            "its coordinates are not WGS 84", advice="save it as GeoJSON with EPSG:4326"
        )  # fmt: skip


def records(path: Path, shape: Shape) -> Iterator[Read]:
    """Yield every feature as a record; the first one is row 2, as under a header."""
    row = 1
    with path.open(encoding=shape.encoding, errors=shape.errors) as stream:
        try:
            for feature in features(stream):
                row += 1
                yield _record(row, feature)
        except SourceError as error:
            reason = f"the file cannot be read from here on: {error.problem.message}"
            yield Read(row + 1, {}, None, reason, "file broken off")


def _record(row: int, feature: Any) -> Read:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict | None):
        return Read(row, {}, feature, "it is no GeoJSON Feature", "no GeoJSON Feature")
    values: dict[str, Any] = {str(key).strip(): value for key, value in (properties or {}).items()}
    if "id" in feature:
        values.setdefault("event_id", feature["id"])
    raw = {"properties": properties, "geometry": feature.get("geometry")}
    if values.get("lon") is None and values.get("lat") is None:
        try:
            values.update(place_of(feature.get("geometry"), values.get("radius_m")))
        except RowError as error:
            return Read(row, {}, raw, error.problem.message, "coordinates impossible")
    return Read(row, values, raw)


def head_of(path: Path, shape: Shape) -> tuple[list[str], list[dict[str, Any]], list[str]]:
    """Return the property names of the first features, those features, and notes."""
    sample: list[dict[str, Any]] = []
    with path.open(encoding=shape.encoding, errors=shape.errors) as stream:
        for number, feature in enumerate(features(stream)):
            if number == SAMPLE_ROWS:
                break
            sample.append(_record(number + 2, feature).values)
    columns = list(dict.fromkeys(key for values in sample for key in values))
    return columns, sample, []
