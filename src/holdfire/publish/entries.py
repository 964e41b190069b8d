"""The findings as the bulletin lists them: facts, answers, reports, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish import facts, wording
from holdfire.publish.figures import number
from holdfire.publish.safe import plain, web_address
from holdfire.tables.answer import Answer
from holdfire.tables.finding import QUESTIONS

MOST_LISTED = 1_500
EACH_CLAUSE = 500
"""Beyond the first, only so many per clause are on the page; the data files hold them all."""
REPORTS_SHOWN = 8
HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report behind a finding: who, where to find its row, what it cites."""

    outlet: str
    side: str
    file: str
    row: str
    sha: str
    text: str
    citation: str
    link: str | None
    held: str
    """Why more of it is not shown, where that is so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in words."""

    id: str
    verdict: str
    kind: str
    day: str
    what: str
    when: str
    where: str
    who: str
    grade: str
    reason: str
    answers: list[tuple[str, str]]
    others: list[str]
    notes: list[str]
    """On what its reports contradict each other, and what it may be the same as."""
    reports: list[ReportEntry]
    more_reports: int


@dataclass(frozen=True, slots=True)
class Group:
    """The findings listed under one clause and how many there are in all."""

    clause: str
    title: str
    total: int
    certain: int
    more: int
    entries: list[Entry]


def groups(
    answer: Answer,
    findings: pa.Table,
    incidents: pa.Table,
    reports: pa.Table,
    totals: Mapping[str, tuple[int, int]],
) -> list[Group]:
    """Return the certain and possible alleged violations per clause, by time and then id.

    They are those of the reading that the answer follows, and those that only another
    reading finds; where readings differ on one, it says so.
    """
    open_ = findings.filter(_either(findings["verdict"]))
    chosen = {c.clause: _of_clause(open_, c.clause, c.reading) for c in wording.leading(answer)}
    total = sum(table.num_rows for table in chosen.values())
    room = EACH_CLAUSE if total > MOST_LISTED else MOST_LISTED
    if total > MOST_LISTED:
        room = max(50, min(room, MOST_LISTED // max(1, len(chosen))))
    listed = {clause: table.slice(0, room) for clause, table in chosen.items()}
    shown = [t for t in listed.values() if t.num_rows]
    ids = pa.concat_tables(shown)["incident_id"] if shown else pa.chunked_array([], pa.string())
    by_id = _rows(incidents, "incident_id", pc.unique(ids))
    needed = sorted({r for row in by_id.values() for r in (row["report_ids"] or [])})
    by_report = _rows(reports, "report_id", pa.array(needed, pa.string()))
    rivals = _rivals(findings, pc.unique(ids), answer)
    titles = {c.clause: plain(c.title) for c in wording.leading(answer)}
    made = []
    for clause, table in listed.items():
        certain, open_besides = totals.get(clause) or _counted(chosen[clause])
        found = [_entry(row, by_id, by_report, rivals, answer) for row in table.to_pylist()]
        every = certain + open_besides
        made.append(Group(clause, titles[clause], every, certain, every - len(found), found))
    return made


def _counted(table: pa.Table) -> tuple[int, int]:
    """Return how many are certain, and how many possible besides."""
    certain = int(pc.sum(pc.equal(_plain(table["verdict"]), "yes").cast(pa.int64())).as_py() or 0)
    return certain, table.num_rows - certain


def _of_clause(open_: pa.Table, clause: str, reading: str) -> pa.Table:
    mine = open_.filter(pc.equal(open_["clause"], clause))
    first = mine.filter(pc.equal(mine["reading"], reading))
    else_ = mine.filter(pc.not_equal(mine["reading"], reading))
    lone = pc.invert(pc.is_in(else_["incident_id"], value_set=_flat(first["incident_id"])))
    both = pa.concat_tables([first, else_.filter(lone)])
    return both.sort_by([("occurred_from", "ascending"), ("finding_id", "ascending")])


def _rivals(
    findings: pa.Table, incident_ids: Any, answer: Answer
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return (reading, verdict) of each listed incident and clause, where readings exist."""
    if len(answer.readings) < 2:
        return {}
    rows = findings.filter(pc.is_in(findings["incident_id"], value_set=_flat(incident_ids)))
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows.select(["incident_id", "clause", "reading", "verdict"]).to_pylist():
        key = (row["incident_id"], row["clause"])
        found.setdefault(key, []).append((row["reading"], row["verdict"]))
    return found


def _entry(
    row: Mapping[str, Any],
    incidents: Mapping[str, Mapping[str, Any]],
    reports: Mapping[str, Mapping[str, Any]],
    rivals: Mapping[tuple[str, str], list[tuple[str, str]]],
    answer: Answer,
) -> Entry:
    incident = incidents.get(row["incident_id"], {})
    told = [reports[r] for r in (incident.get("report_ids") or []) if r in reports]
    titles = {reading: title for reading, title, _ in answer.readings}
    never = wording.never(answer)
    others = [
        f"under the reading “{plain(titles.get(reading, reading))}”: "
        f"{facts.verdict(verdict, counterfactual=never)}"
        for reading, verdict in sorted(rivals.get((row["incident_id"], row["clause"]), []))
        if reading != row["reading"] and verdict != row["verdict"]
    ]
    return Entry(
        plain(row["finding_id"], 80), facts.verdict(row["verdict"], counterfactual=never),
        str(row["verdict"]), facts.day(row, answer.local_time), facts.what({**row, **incident}),
        facts.time(row, answer.local_time), facts.public_place(incident),
        facts.who(row, answer.party_names), facts.evidence(row, incident),
        plain(row["reason"], 600),
        [(q, str(row[q])) for q in QUESTIONS if row[q] is not None], others,
        facts.merge_notes(incident),
        [_report(r, answer) for r in told[:REPORTS_SHOWN]], max(0, len(told) - REPORTS_SHOWN),
    )  # fmt: skip


def _report(row: Mapping[str, Any], answer: Answer) -> ReportEntry:
    return ReportEntry(
        plain(row["outlet"], 80) or ("outlet withheld" if row["sensitive"] else "outlet not named"),
        facts.public_side(row, answer.party_names),
        plain(row["file"], 160), number(row["row"]) if row["row"] is not None else "",
        plain(row["file_sha256"])[:HASH_SHOWN], plain(row["summary"], 240),
        plain(row["citation"], 240), web_address(row["citation"]), facts.held_back(row),
    )  # fmt: skip


def _rows(table: pa.Table, key: str, ids: Any) -> dict[str, dict[str, Any]]:
    wanted = table.filter(pc.is_in(table[key], value_set=_flat(ids)))
    return {row[key]: row for row in wanted.to_pylist()}


def _either(verdicts: Any) -> Any:
    return pc.is_in(_plain(verdicts), value_set=pa.array(["yes", "unknown"]))


def _plain(values: Any) -> Any:
    return values.cast(pa.string())


def _flat(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
