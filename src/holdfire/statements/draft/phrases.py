"""The phrase tables of ``terms.toml``: words that an expert reads and extends, made into patterns.

A phrase is words. ``(a|b)`` is a choice, ``(a )?`` may be left out, ``(s|es)?`` are endings, ``…``
stands for up to three words. A space is any white space or a hyphen, a hyphen may be missing
("cease-fire" finds ceasefire, cease-fire and cease fire). Capitals make no difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_GAP = r"(?:[\w'’-]+[\s,]+){0,3}?"


@cache
def _tables(file: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return tomllib.loads(text)


def table(name: str) -> dict[str, Any]:
    """Return a table of ``terms.toml``."""
    found: dict[str, Any] = _tables("terms.toml")[name]
    return found


def claim_table(name: str) -> dict[str, Any]:
    """Return a table of ``claims.toml``."""
    found: dict[str, Any] = _tables("claims.toml")[name]
    return found


def pattern(phrase: str) -> str:
    """Return the regular expression of one phrase, without word boundaries at its ends."""
    text = phrase.replace("(", "(?:").replace("…", _GAP)
    text = re.sub(r"\s+", " ", text)
    text = text.replace(f"{_GAP} ", _GAP)
    out: list[str] = []
    for piece in re.split(re.escape(_GAP).join("()"), text):
        plain = piece.replace("-", "[\\s-]?").replace(" ", '[\\s"“”-]+').replace("'", "['’]")
        out.append(piece if piece == _GAP else plain)
    return "".join(out)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of several phrases, the longest first, as whole words."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern, ordered))})(?!\w)", re.IGNORECASE)


@cache
def cues(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of ``[cues]``."""
    return any_of(table("cues")[name])


@cache
def claim_cues(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of ``[cues]`` of ``claims.toml``."""
    return any_of(claim_table("cues")[name])


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a text names, and where."""

    node: str
    start: int
    end: int


class Nodes:
    """Phrases that name nodes of a vocabulary."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._nodes = list(phrases)
        parts = [
            (len(phrase), node, pattern(phrase)) for node in self._nodes for phrase in phrases[node]
        ]
        # A longer phrase says more: "energy facilities" before "facilities".
        parts.sort(key=lambda part: (-part[0], part[1], part[2]))
        self._of = [node for _, node, _ in parts]
        whole = "|".join(f"({expression})" for _, _, expression in parts)
        self._pattern = re.compile(rf"(?<![\w-])(?:{whole})(?!\w)", re.IGNORECASE)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """Return every node named between two places of a text, in its order."""
        found = []
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            index = match.lastindex
            if index is not None and self._of[index - 1]:
                found.append(Match(self._of[index - 1], *match.span()))
        return found


@cache
def nodes(name: str) -> Nodes:
    """Return the phrases of ``[acts]`` or ``[targets]``."""
    phrases = dict(table(name))
    return Nodes({**phrases, "": table("not_acts")["nothing"]} if name == "acts" else phrases)
