"""Findings built by hand, row by row, and measured: only what a case is about is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from holdfire.measure.answers import clause_answers
from holdfire.measure.counts import Counts
from holdfire.tables import finding
from holdfire.tables.answer import ClauseAnswer, ClauseTerms, Tally

KYIV = ZoneInfo("Europe/Kyiv")
Row = dict[str, Any]

PLAIN: Row = {
    "clause": "strikes", "reading": "as-written", "verdict": "yes", "verdict_before": "no",
    "time": "yes", "place": "yes", "act": "yes", "target": "yes", "actor": "yes",
    "permitted": "no", "time_before": "no", "decided_by": "all", "reason": "it is so",
    "held_responsible": "north", "responsibility": "reported", "grade": "single source",
    "outlets": ["Gazette"], "outlet_sides": ["south"], "counting_unit": "incident",
}  # fmt: skip


def kyiv(text: str) -> datetime:
    """Return "2025-03-14 12:00" by the clock of Kyiv as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=KYIV).astimezone(UTC)


def found(begins: str | None = "2025-03-14 12:00", ends: str | None = None, **facts: Any) -> Row:
    """Return one finding; an hour long where no end is given. "" is an unbounded end."""
    first = kyiv(begins) if begins else None
    last = kyiv(ends) if ends else first + timedelta(hours=1) if first and ends is None else None
    return told({**PLAIN, "occurred_from": first, "occurred_to": last, **facts})


def told(row: Row) -> Row:
    """Return a finding of an incident that is surely one: it adds what it tells of."""
    figures = {"least": row.get("quantity_min"), "most": row.get("quantity_max")}
    return {f"quantity_{end}": figure for end, figure in figures.items()} | row


def before(**facts: Any) -> Row:
    """Return a finding that counts in the span before only."""
    given = {"verdict": "no", "verdict_before": "yes", "time": "no", "time_before": "yes"}
    return found("2025-02-20 12:00", **{**given, **facts})


def batch(rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Return rows as a batch of findings; what a row does not say is null."""
    whole = [
        {"finding_id": f"F-{at}", "incident_id": f"I-{at}", **row} for at, row in enumerate(rows)
    ]
    return pa.RecordBatch.from_pylist(whole, schema=finding.SCHEMA)


def by_clause(rows: Sequence[Mapping[str, Any]]) -> list[pa.RecordBatch]:
    """Return one batch per clause and reading, as the assessing stage gives them."""
    keys = dict.fromkeys((row["clause"], row["reading"]) for row in rows)
    return [batch([row for row in rows if (row["clause"], row["reading"]) == key]) for key in keys]


def counted(*parts: Sequence[Row], tz: ZoneInfo = KYIV) -> Counts:
    """Return the counts of rows that came in several parts."""
    counts = Counts(tz)
    for part in parts:
        counts.add(by_clause(part))
    return counts


WINDOW = kyiv("2025-03-13 00:00"), kyiv("2025-04-12 00:00")
BEFORE = kyiv("2025-02-11 00:00"), kyiv("2025-03-13 00:00")
REPORTED = kyiv("2025-01-01 00:00"), kyiv("2025-05-01 00:00")


def terms(**changes: Any) -> ClauseTerms:
    """Return a clause of 30 days over the clock change of 30 March 2025, 30 days before it."""
    given: dict[str, Any] = {
        "clause": "strikes", "title": "Strikes", "wording": "No strikes.", "citation": "A paper",
        "reading": "as-written", "reading_title": "as written", "held_by": (),
        "window": WINDOW, "before": BEFORE,
    }  # fmt: skip
    return ClauseTerms(**{**given, **changes})


def measured(
    rows: Sequence[Row],
    reported: tuple[datetime, datetime] = REPORTED,
    **changes: Any,
) -> ClauseAnswer:
    """Return the answer for one clause over some findings."""
    return clause_answers(counted(rows), [terms(**changes)], lambda _: reported)[0]


def figures(tallies: Sequence[Tally]) -> dict[str, tuple[float, float | None]]:
    """Return the counts in effect by unit."""
    return {tally.unit: (tally.certain, tally.possible) for tally in tallies}
