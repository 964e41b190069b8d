"""Texts in JSON: one record a line, a list of records, or one record; with every letter's place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, TextIO

from holdfire.errors import shown
from holdfire.statements.texts import days, fields
from holdfire.statements.texts.found import Found, Refused, TextError
from holdfire.statements.texts.laid import NOWHERE, Laid, Laying, json_string, through
from holdfire.statements.texts.limits import MOST_LINE
from holdfire.statements.texts.page import fragment

_SPACE = re.compile(r"[ \t\r\n]*")
_SCAN = json.JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
_BROKEN = "repair the line, or export the records again"
NO_TEXT = "expected a field such as text, content or body; the names known are in fields.toml"

Place = tuple[Any, int, int]
"""A value, and from where to where it is written."""


def of_lines(stream: TextIO) -> Iterator[Found | Refused]:
    """Return the text of each line, the line's number being the item; a broken line is refused.

    Only one line is held at a time.
    """
    at, number = 0, 0
    while line := stream.readline(MOST_LINE):
        number += 1
        start, at = at, at + len(line)
        if len(line) == MOST_LINE and not line.endswith("\n"):
            while (rest := stream.readline(MOST_LINE)) and not rest.endswith("\n"):
                at += len(rest)
            at += len(rest)
            yield Refused(number, f"the line is longer than {MOST_LINE:,} letters", _BROKEN)
        elif line.strip():
            yield _of_line(line, number, start)


def of_document(text: str) -> Iterator[Found | Refused]:
    """Return the texts of one JSON document: a list of records, one in a wrapper, or one record."""
    try:
        places = list(_records(text))
    except (ValueError, RecursionError) as error:
        raise TextError(f"it is broken JSON: {_told(error)}", "export it again") from error
    for item, (record, start, _) in enumerate(places, 1):
        if isinstance(record, dict):
            yield _of_record(record, text, start, item)
        else:
            yield Refused(item, f"it is no record but {shown(record)}", NO_TEXT)


def _of_line(line: str, item: int, at: int) -> Found | Refused:
    start = _after_space(line, 0)
    try:
        record, end = _value(line, start)
        if line[end:].strip():
            raise ValueError("there is more after the record")
    except (ValueError, RecursionError) as error:
        return Refused(item, f"line {item} is broken JSON: {_told(error)}", _BROKEN)
    if not isinstance(record, dict):
        return Refused(item, f"line {item} is no record but {shown(record)}", NO_TEXT)
    return _of_record(record, line, start, item, at)


def _of_record(
    record: dict[str, Any], source: str, start: int, item: int, shift: int = 0
) -> Found | Refused:
    """Return a record's text with places in the source, ``shift`` letters further on."""
    inside = dict(_members(source, start))
    name, how = fields.text_field(record)
    if not name or name.lower() in _wrappers():
        for own, (value, at, _) in inside.items():
            if own.lower() in _wrappers() and isinstance(value, dict):
                found = _of_record(value, source, at, item, shift)
                if isinstance(found, Found):
                    _complete(found, record)
                    return found
    if not name:
        return Refused(item, "the record has no text", NO_TEXT)
    value, at, _ = inside[name]
    laid = _paragraphs(value, source, at, shift)
    try:
        found = fragment(laid.text, item)
    except TextError as error:
        return Refused(item, error.reason, error.advice)
    found.laid = through(found.laid, laid)
    if how:
        found.how["text"] = how
    _complete(found, record)
    return found


def _complete(found: Found, record: dict[str, Any]) -> None:
    """Add what the record's fields say; they know better than the page inside."""
    for part in ("title", "url", "outlet"):
        value, name = fields.value_of(record, part)
        if value:
            setattr(found, part, str(value))
            found.how[part] = f"the field {name}"
    value, name = fields.value_of(record, "published")
    if value and (day := days.of_value(value)):
        found.published = day
        found.how["published"] = f"the field {name}"


def _wrappers() -> list[str]:
    return fields.names()["wrapped"]


def _paragraphs(value: object, source: str, at: int, shift: int) -> Laid:
    """Lay out a string, or a list of strings as paragraphs."""
    if isinstance(value, str):
        return _string(source, at, shift)
    laying = Laying()
    for _, start, _ in _elements(source, at):
        part = _string(source, start, shift)
        if laying.length:
            laying.letters("\n\n", NOWHERE)
        for text_at, file_at, length in part.runs:
            letters = part.text[text_at : text_at + length]
            if text_at in part.wide:
                laying.letter(letters, file_at, file_at + part.wide[text_at])
            else:
                laying.letters(letters, file_at)
    return laying.laid()


def _string(source: str, at: int, shift: int) -> Laid:
    _, end = scanstring(source, at + 1, False)
    return json_string(source[at + 1 : end - 1], at + 1 + shift)


def _records(text: str) -> Iterator[Place]:
    start = _after_space(text, 0)
    value, end = _value(text, start)
    if text[end:].strip():
        raise ValueError("there is more after the document")
    if isinstance(value, list):
        yield from _elements(text, start)
        return
    if isinstance(value, dict) and not fields.text_field(value)[0]:
        known = fields.names()["list"]
        for name, (inner, at, _) in _members(text, start):
            if name.lower() in known and isinstance(inner, list):
                yield from _elements(text, at)
                return
    yield value, start, end


def _members(text: str, at: int) -> Iterator[tuple[str, Place]]:
    """Return the members of the object that stands at ``at`` and is known to be whole."""
    at = _after_space(text, at + 1)
    while text[at] != "}":
        name, at = scanstring(text, at + 1, False)
        start = _after_space(text, _after_space(text, at) + 1)
        value, end = _value(text, start)
        yield name, (value, start, end)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _elements(text: str, at: int) -> Iterator[Place]:
    """Return the elements of the list that stands at ``at`` and is known to be whole."""
    at = _after_space(text, at + 1)
    while text[at] != "]":
        value, end = _value(text, at)
        yield value, at, end
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        found: tuple[Any, int] = _SCAN(text, at)
    except StopIteration as stop:
        raise ValueError(f"a value is missing at letter {stop.value}") from stop
    return found


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it nests too deeply"
    return str(error) or "it is no JSON"
