"""The rules of ``stance.toml``, ready to be used: one pattern per question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from holdfire.statements.stance.lemmas import Phrases, by_form, pattern

BARE = "!"
"""Ends the name of a signal that needs no object."""


class Hit(NamedTuple):
    """A signal found in a line of base forms: its name and where it stands in the line."""

    name: str
    start: int
    end: int
    bare: bool = False
    """Whether it needs no object: "we fight on", "put down your guns"."""


@dataclass(frozen=True)
class Rules:
    """What ``stance.toml`` says, compiled."""

    lemmas: Mapping[str, str]
    _signals: Phrases
    questions: Mapping[str, re.Pattern[str]]
    """A pattern per list of phrases that only has to be found: its name is its table's."""

    def signals(self, line: str) -> list[Hit]:
        """Return every signal of a line of base forms, in its order, none overlapping another."""
        return [
            Hit(name.removesuffix(BARE), start, end, name.endswith(BARE))
            for name, start, end in self._signals.find(line)
        ]

    def asks(self, name: str, line: str, start: int = 0, end: int | None = None) -> bool:
        """Whether any phrase of a list stands in a line, or in a piece of it."""
        return _asked(self.questions[name], line, start, len(line) if end is None else end)


@lru_cache(maxsize=512)
def _asked(question: re.Pattern[str], line: str, start: int, end: int) -> bool:
    """Whether a pattern is found; kept, since the signals of a content ask the same of it."""
    return question.search(line, start, end) is not None


@cache
def rules() -> Rules:
    """Return the rules of ``stance.toml`` and the word classes of ``classes.toml``."""
    raw, classes = (_read(name) for name in ("stance.toml", "classes.toml"))
    regular = [*raw["lemmas"]["regular"], *classes["lemmas"]["regular"]]
    lemmas = by_form(regular, {**raw["lemmas"]["irregular"], **classes["lemmas"]["irregular"]})
    names = raw["names"]
    signals = Phrases(
        (one["name"] + BARE * one.get("bare", False), pattern(phrase, names, lemmas))
        for one in (*raw["signal"], *classes["signal"])
        for phrase in one["phrases"]
    )
    questions = {
        one["name"]: re.compile(
            rf"(?<= )(?:{'|'.join(pattern(p, names, lemmas) for p in one['phrases'])})(?= )"
        )
        for one in raw["question"]
    }
    return Rules(lemmas, signals, questions)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
