"""Which field of a record is the text, the title, the address, the day and the outlet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LONG_ENOUGH = 200
"""Letters that make a field of an unknown name a text rather than a label."""

_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)


@cache
def names() -> dict[str, list[str]]:
    """Return the names of the fields, from ``fields.toml``."""
    return tomllib.loads((files(__package__) / "fields.toml").read_text("utf-8"))


def by_lower(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the record's own names by their small letters, the first of two."""
    found: dict[str, str] = {}
    for name in record:
        found.setdefault(name.lower(), name)
    return found


def text_field(record: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name of the field with the text, and how it was found; ``""`` if none is."""
    own = by_lower(record)
    for name in names()["text"]:
        if name in own and is_text(record[own[name]]):
            return own[name], ""
    known = {name for part in ("title", "url", "published", "outlet") for name in names()[part]}
    longest = max(
        (name for low, name in own.items() if low not in known and is_text(record[name])),
        key=lambda name: len(str(record[name])),
        default="",
    )
    if longest and len(str(record[longest])) >= LONG_ENOUGH:
        return longest, f"the longest field, {longest}"
    return "", ""


def is_text(value: object) -> bool:
    """Whether a field's value is letters, or paragraphs of letters."""
    if isinstance(value, str):
        return bool(value.strip())
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(part, str) for part in value)
        and any(part.strip() for part in value)
    )


def value_of(record: Mapping[str, Any], part: str) -> tuple[Any, str]:
    """Return the value of ``title``, ``url``, ``published`` or ``outlet``, and its field's name.

    ``("", "")`` where there is none. An address is no outlet's name, and only an address is one.
    """
    own = by_lower(record)
    for name in names()[part]:
        head, _, inner = name.partition(".")
        value = record.get(own.get(head, ""))
        if inner:
            value = value.get(inner) if isinstance(value, dict) else None
        if isinstance(value, str):
            value = value.strip()
        elif part != "published" or not isinstance(value, (int, float)) or isinstance(value, bool):
            continue
        if not value or (part in ("url", "outlet") and _is_address(value) != (part == "url")):
            continue
        return value, own[head] + (f".{inner}" if inner else "")
    return "", ""


def _is_address(value: object) -> bool:
    return _ADDRESS.match(str(value)) is not None
