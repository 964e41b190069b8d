"""One family of errors: what was found, what was expected, what to do next.

Two shapes exist on purpose. A :class:`HoldfireError` is raised and stops the work it
belongs to; a :class:`Problem` is collected, so that a person sees everything wrong with
a case in one go instead of one error per attempt.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (or worth knowing) about a case, placed as exactly as can be.

    ``where`` is a file, with a line or row after a colon where it is known.
    """

    where: str
    message: str
    advice: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Return it as one line, with the advice indented below."""
        text = f"{self.where}: {self.message}"
        return f"{text}\n  {self.advice}" if self.advice else text


class HoldfireError(Exception):
    """Base of every error that holdfire raises on purpose.

    ``str()`` of it is fit to show to a user as it is.
    """

    def __init__(self, message: str, *, where: str = "", advice: str = "") -> None:
        self.problem = Problem(where or "holdfire", message, advice)
        super().__init__(str(self.problem) if where else f"{message}\n  {advice}".rstrip())


class CaseError(HoldfireError):
    """A case folder cannot be used; carries every problem found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        Exception.__init__(self, "\n".join(str(p) for p in self.problems))


class SourceError(HoldfireError):
    """A file cannot be read as the format it seemed to be."""


class TimeZoneError(HoldfireError):
    """A time without a zone, a zone that does not exist, or two that do not agree."""


class GeometryError(HoldfireError):
    """A geometry or a coordinate that no place on earth can have."""


class RowError(HoldfireError):
    """One row cannot be used. The adapter sets it aside with this reason and goes on."""


def shown(value: object) -> str:
    """Quote a value from outside so that it is safe to print: short, one line, no controls."""
    text = str(value)
    clean = "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: SHOWN + 1]
    )
    return f'"{clean[:SHOWN]}…"' if len(text) > SHOWN else f'"{clean}"'


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "…"?`` for the nearest known word, or nothing."""
    near = difflib.get_close_matches(value, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""
