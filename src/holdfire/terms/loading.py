"""From the text of ``agreement.toml`` to terms, with everything wrong in it said at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from holdfire.errors import Problem, did_you_mean, shown
from holdfire.terms.agreement import Agreement, Table
from holdfire.terms.checking import Check
from holdfire.terms.locate import Lines, tables
from holdfire.terms.vocabulary import Vocabularies

FILE = "agreement.toml"
Path = tuple[str | int, ...]
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens",
    r"^\d+ (minute|hour|day|week)s?$": 'a duration such as "30 days" or "720 hours"',
    _CLOCK: 'a time of day such as "22:00"',
    rf"{_CLOCK}|^24:00$": 'a time of day such as "22:00", at most "24:00"',
}
"""What the patterns of the language mean, in words."""


@dataclass(frozen=True)
class Loaded:
    """An agreement as far as it could be read, and every problem found in it."""

    agreement: Agreement | None
    problems: tuple[Problem, ...]


def load(text: str, vocabularies: Vocabularies, areas: Collection[str], file: str = FILE) -> Loaded:
    """Read an agreement and check it against the vocabularies and the case's areas.

    ``areas`` are the folded names that a zone may call an area by.
    """
    raw = tables(text, file)
    if isinstance(raw, Problem):
        return Loaded(None, (raw,))
    try:
        agreement = Agreement.model_validate(raw)
    except ValidationError as error:
        return Loaded(None, tuple(structural(error, text, raw, file)))
    lines = Lines(text)
    return Loaded(agreement, tuple(Check(agreement, vocabularies, areas, lines, file).all()))


def structural(error: ValidationError, text: str, raw: object, file: str) -> Iterator[Problem]:
    """Yield what is wrong with the structure of a TOML file, each at its line."""
    lines = Lines(text)
    seen: set[tuple[int | None, str]] = set()
    for detail in error.errors():
        if _follows(detail):
            continue
        path = _real(detail["loc"], raw)
        line = lines.of(path, detail["input"] if isinstance(detail["input"], str) else None)
        where = f"{file}:{line}" if line else file
        message = f"{_named(path)}: {_plain(detail)}"
        if (line, message) not in seen:
            seen.add((line, message))
            yield Problem(where, message, _advice(detail, path))


def _follows(detail: ErrorDetails) -> bool:
    """Whether an error only follows from another: a list left empty by its members' errors,
    or a table that is not text either."""
    given = detail["input"]
    if detail["type"] == "too_short":
        return bool(given)
    return detail["type"] == "string_type" and detail["loc"][-1] == "str" and (
        isinstance(given, dict | list)
    )  # fmt: skip


def _real(loc: Path, raw: object) -> Path:
    """Drop the steps of a path that name a model's alternative rather than a key."""
    path: list[str | int] = []
    here = raw
    for step in loc:
        if isinstance(here, dict) and (step in here or step == loc[-1]):
            path.append(step)
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            path.append(step)
            here = here[step]
    return tuple(path)


def _plain(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is no key of this table"
    if kind == "too_short":
        return "must not be empty"
    if kind == "tuple_type":
        return f'{shown(detail["input"])}: expected a list, as in ["…"]'
    if kind == "string_pattern_mismatch":
        expected = _PATTERNS.get(detail["ctx"]["pattern"], f"the form {detail['ctx']['pattern']}")
        return f"{shown(detail['input'])}: expected {expected}"
    return f"{shown(detail['input'])}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _advice(detail: ErrorDetails, path: Path) -> str:
    if detail["type"] == "extra_forbidden" and path:
        if path[-1] == "status":
            return "the status follows from the facts; it is not written"
        if path[-2:] == ("ends", "on"):
            return 'an end is "at" a time, or "after" a duration: ends = { at = 2025-03-31 }'
        known = {name for model in _models(Table) for name in model.model_fields}
        return did_you_mean(str(path[-1]), known) or "see: holdfire schema"
    return ""


def _models(model: type[Table]) -> Iterator[type[Table]]:
    for child in model.__subclasses__():
        yield child
        yield from _models(child)


def _named(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the file"
