"""Text from outside, made safe to print: one line, no controls, no hidden direction changes."""

from __future__ import annotations

import re
from typing import Any

JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: invisible, but Persian and the Indic scripts need them."""

LONGEST = 400


def plain(value: object, longest: int = LONGEST) -> str:
    """Return a value as one printable line of at most ``longest`` characters.

    Line breaks and tabs become spaces. Other controls, among them those that reverse the
    direction of writing and so can make a text read as another one, are taken out.
    """
    if value is None:
        return ""
    text = str(value)[: 4 * longest]
    if len(text) <= longest and text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or _shows(c))
    kept = re.sub(r" {2,}", " ", kept).strip()
    cut = len(kept) > longest or len(str(value)) > 4 * longest
    return f"{kept[: longest - 1].rstrip()}…" if cut else kept


def _shows(character: str) -> bool:
    return character.isprintable() or character in JOINERS


def web_address(value: object) -> str | None:
    """Return a text that is an ordinary web address, else nothing: no other scheme is linked."""
    text = plain(value, 2000)
    return text if re.fullmatch(r"https?://[^\s<>\"'\\]+", text) else None


def spaced(node: Any) -> str:
    """Return a vocabulary node's id as words: ``one-way-attack-drone`` reads with spaces."""
    return plain(node).replace("-", " ")


def named(key: str) -> str:
    """Return an area's key as a name: ``kyiv-oblast`` with a blank and a capital."""
    words = key.replace("-", " ") if key == key.lower() else key
    return words[:1].upper() + words[1:]
