"""Which of the terms found in a text are kept: each once, in the order of the fields."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

from holdfire.statements.draft.term import FIELDS, Term
from holdfire.statements.draft.when import later


def unique(found: list[Term], body: int) -> list[Term]:
    """Keep each value once, and of two moments that differ in the zone only the one that has it."""
    kept: dict[tuple[str, str], Term] = {}
    for term in found:
        key = (term.field, " ".join(re.findall(r"\w+", term.value.lower())))
        kept.setdefault(key, term)
    moved = _midnights(list(kept.values()))
    terms = [
        term
        for term in moved
        if not any(
            other.field == term.field in ("starts", "ends")
            and other.value.startswith(f"{term.value} ")
            for other in moved
        )
    ]
    terms = _lengths(terms, body)
    return sorted(_without_parts(terms), key=lambda t: (FIELDS.index(t.field), t.passages))


_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}


def _hours(value: str) -> float | None:
    number, unit = value.split(" ")
    hours = _HOURS.get(unit.removesuffix("s"))
    return None if hours is None else int(number) * hours


def _lengths(terms: list[Term], body: int) -> list[Term]:
    """Leave out a length that start and end contradict, or that a title says in other units."""
    spans = [
        (end - start).total_seconds() / 3600
        for start, end in zip(_times(terms, "starts"), _times(terms, "ends"), strict=False)
    ]
    kept: list[Term] = []
    lengths: set[float] = set()
    for term in reversed(terms):
        hours = _hours(term.value) if term.field == "duration" else None
        if hours is not None:
            title = term.passages[0][0] < body
            if (title and hours in lengths) or (len(spans) == 1 and _misnamed(spans[0], hours)):
                continue
            lengths.add(hours)
        kept.append(term)
    return kept[::-1]


def _misnamed(span: float, hours: float) -> bool:
    """Whether a length is only what people call a span: thirty hours are a "one-day truce"."""
    return span != hours and 0.5 <= span / hours <= 2


def _midnights(terms: list[Term]) -> list[Term]:
    """Move an end at midnight by a day where the length, or another end told, says so.

    "Until midnight on 11 May" closes that day, unless the text tells otherwise: three days from
    midnight on 8 May end where 11 May begins.
    """
    starts = _times(terms, "starts")
    lengths = {_hours(term.value) for term in terms if term.field == "duration"}
    others = {term.value[:16] for term in terms if term.field == "ends"}
    kept = []
    for term in terms:
        day, _, rest = term.value.partition("T")
        if term.field == "ends" and rest.startswith("00:00"):
            for days in (0, 1, -1):
                moved = later(date.fromisoformat(day), days)
                at = datetime.combine(moved, time()) if moved else None
                fits = at and len(starts) == 1 and (at - starts[0]).total_seconds() / 3600
                if at and (fits in lengths or (days < 0 and at.isoformat()[:16] in others)):
                    term = replace(term, value=f"{at.date().isoformat()}T{rest}")
                    break
        kept.append(term)
    return kept


def _times(terms: list[Term], field: str) -> list[datetime]:
    told_times = [term.value.split(" ")[0] for term in terms if term.field == field]
    return [datetime.fromisoformat(value) for value in told_times if "T" in value]


_LITTLE = frozenset(
    ("the", "a", "an", "in", "on", "at", "along", "across", "of", "and", "all", "entire", "whole",
     "over", "within", "by")
)  # fmt: skip


def _without_parts(terms: list[Term]) -> list[Term]:
    """Leave out places, exceptions and watchers whose words another one has too."""
    kept: list[Term] = []
    for term in terms:
        if term.field in ("zone", "exception", "monitoring"):
            words = _telling(term)
            if any(
                words < _telling(other)
                for other in terms
                if other.field == term.field and other is not term
            ) or any(words == _telling(other) for other in kept if other.field == term.field):
                continue
        kept.append(term)
    return kept


def _telling(term: Term) -> set[str]:
    return set(re.findall(r"\w+", term.value.lower())) - _LITTLE
