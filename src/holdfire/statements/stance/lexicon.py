"""Words by what they are a mark of, looked up in lines of base forms.

A table of the package lists words and phrases under names; a line is told how many of each stand
in it. Regular forms of a listed word are known by themselves.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from holdfire.statements.stance.lemmas import forms
from holdfire.statements.stance.rules import rules

Counts = dict[str, int]
"""How many words of each name."""

MOST = 3
"""Words of one kind that count; more of them tell nothing new."""


class Lexicon:
    """Words and phrases by name."""

    def __init__(self, listed: Mapping[str, list[str]]) -> None:
        """Take the words of each name, in base forms."""
        lemmas = rules().lemmas
        names: dict[str, set[str]] = {}
        phrases: dict[str, str] = {}
        for name, words in listed.items():
            for word in words:
                if " " in word:
                    phrases.setdefault(word, name)
                    phrases.setdefault(f"{word}s", name)
                    continue
                for form in (word, *forms(word)):
                    names.setdefault(form, set()).add(name)
                    names.setdefault(lemmas.get(form, form), set()).add(name)
        self._names = {word: tuple(sorted(of)) for word, of in names.items()}
        self._begun: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in phrases.items():
            self._begun.setdefault(phrase.split(" ", 1)[0], []).append((f" {phrase} ", name))

    def counts(self, line: str) -> Counts:
        """Return how many different words of each name stand in a line, at most ``MOST``."""
        found: Counts = {}
        names, begun = self._names, self._begun
        for word in set(line.split(" ")):
            for name in names.get(word, ()):
                found[name] = found.get(name, 0) + 1
            for phrase, name in begun.get(word, ()):
                if phrase in line:
                    found[name] = found.get(name, 0) + 1
        return {name: min(n, MOST) for name, n in sorted(found.items())}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def matters() -> Lexicon:
    """Return what statements are about, ``own.`` and ``other.`` than a ceasefire."""
    return Lexicon(
        {
            f"{side}.{matter}": table["words"]
            for side, tables in _table("matters.toml").items()
            for matter, table in tables.items()
        }
    )


@cache
def wording() -> Lexicon:
    """Return words by what they tell of a stance, whatever they are said of."""
    return Lexicon({name: table["words"] for name, table in _table("wording.toml").items()})
