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


class Hit(NamedTuple):
    """A signal found in a line of base forms: its name and where it stands in the line."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Rules:
    """What ``stance.toml`` says, compiled."""

    lemmas: Mapping[str, str]
    _signals: Phrases
    questions: Mapping[str, re.Pattern[str]]
    """A pattern per list of phrases that only has to be found: its name is its table's."""

    def signals(self, line: str) -> list[Hit]:
        """Return every signal of a line of base forms, in its order, none overlapping another."""
        return [Hit(*found) for found in self._signals.find(line)]

    def asks(self, name: str, line: str, start: int = 0, end: int | None = None) -> bool:
        """Whether any phrase of a list stands in a line, or in a piece of it."""
        return _asked(self.questions[name], line, start, len(line) if end is None else end)


@lru_cache(maxsize=512)
def _asked(question: re.Pattern[str], line: str, start: int, end: int) -> bool:
    """Whether a pattern is found; kept, since the signals of a content ask the same of it."""
    return question.search(line, start, end) is not None


@cache
def rules() -> Rules:
    """Return the rules of ``stance.toml``."""
    raw: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("stance.toml").read_text(encoding="utf-8")
    )
    lemmas = by_form(raw["lemmas"]["regular"], raw["lemmas"]["irregular"])
    names = raw["names"]
    signals = Phrases(
        (one["name"], pattern(phrase, names, lemmas))
        for one in raw["signal"]
        for phrase in one["phrases"]
    )
    questions = {
        one["name"]: re.compile(
            rf"(?<= )(?:{'|'.join(pattern(p, names, lemmas) for p in one['phrases'])})(?= )"
        )
        for one in raw["question"]
    }
    return Rules(lemmas, signals, questions)
