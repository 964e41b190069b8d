"""One finding laid open: its facts, the five answers with their reasons, and its reports."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire.assess import explain
from holdfire.case import Case, read_case
from holdfire.engines.store import query, table
from holdfire.errors import HoldfireError, shown
from holdfire.merge.compare.levels import levels
from holdfire.pipeline import INTERNAL, compile_case, span_of
from holdfire.publish.explain import finding_text
from holdfire.publish.paired import Pair, pair_text, pairs_lines
from holdfire.remembering import forwarded
from holdfire.tables import incident
from holdfire.terms.status import standing

Row = dict[str, Any]
LISTED = 12


@dataclass(frozen=True)
class Explained:
    """A finding with everything it rests on."""

    finding: Row
    incident: Row
    reports: list[Row]
    reasons: dict[str, tuple[str, str]]
    pairs: list[Row]
    """Every pair of which at least one report is of this incident, likely ones first."""
    remarks: tuple[str, ...]
    text: str


def explain_finding(folder: Path, finding_id: str) -> Explained:
    """Explain a finding of the last run, by its id or the beginning of one.

    Raises :class:`HoldfireError` where there was no run, or none or several findings fit.
    """
    case = read_case(folder)
    internal = case.out / INTERNAL
    if not (internal / "findings.parquet").is_file():
        raise _not_run(folder)
    found = _one(folder, internal, finding_id)
    row = query(
        f"SELECT * FROM {table(internal, 'incidents')} WHERE incident_id = ?", found["incident_id"]
    )
    told = query(
        f"SELECT * FROM {table(internal, 'reports')} WHERE list_contains(?::VARCHAR[], report_id) "
        "ORDER BY file, row",
        row["report_ids"].to_pylist()[0],
    ).to_pylist()
    compiled = compile_case(case, span_of(internal))
    one = row.cast(incident.SCHEMA).combine_chunks().to_batches()[0]
    reasons = explain(compiled, pa.RecordBatch.from_arrays(one.columns, schema=incident.SCHEMA),
                      found["clause"], found["reading"])  # fmt: skip
    happened = row.to_pylist()[0]
    titles = {clause.id: clause.title for clause in case.agreement.clauses}
    text = finding_text(
        found, happened, told, {name: reason for name, (_, reason) in reasons.items()},
        clause_title=titles[found["clause"]],
        local_time=case.agreement.agreement.local_time,
        counterfactual=standing(case.agreement).counterfactual,
        party_names=compiled.party_names,
        simulated=case.settings.simulated,
    )  # fmt: skip
    pairs = _pairs(internal, happened["report_ids"]) if _paired(internal) else []
    named = _named(internal, pairs)
    text += "\n".join(
        pairs_lines([_pair(case, row, named) for row in pairs], set(happened["report_ids"]))
    )
    remarks = tuple(_changed(case, told))
    return Explained(found, happened, told, reasons, pairs, remarks, text)


def explain_pair(folder: Path, one: str, other: str) -> tuple[Row, str]:
    """Lay two reports of the last run open beside each other; return the pair's row and a text.

    Raises :class:`HoldfireError` where there was no run, or where a report is not in it.
    """
    case = read_case(folder)
    internal = case.out / INTERNAL
    if not _paired(internal):
        raise _not_run(folder)
    a, b = sorted((one, other))
    named = _named(internal, [{"report_a": a, "report_b": b}])
    for name in (a, b):
        if name not in named:
            raise HoldfireError(
                f"no report {shown(name)} in the last run",
                advice="ids begin with R- and stand in out/reports.csv",
            )
    found = query(
        f"SELECT * FROM {table(internal, 'pairs')} WHERE report_a = ? AND report_b = ?", a, b
    ).to_pylist()
    row: Row = found[0] if found else {"report_a": a, "report_b": b}
    return row, pair_text(_pair(case, row, named), case.agreement.agreement.local_time)


def _paired(internal: Path) -> bool:
    return (internal / "pairs.parquet").is_file()


def _pairs(internal: Path, reports: list[str]) -> list[Row]:
    return query(
        f"SELECT * FROM {table(internal, 'pairs')} WHERE list_contains(?::VARCHAR[], report_a) "
        "OR list_contains(?::VARCHAR[], report_b) "
        "ORDER BY joined DESC, probability DESC, report_a, report_b",
        reports, reports,
    ).to_pylist()  # fmt: skip


def _named(internal: Path, pairs: list[Row]) -> dict[str, Row]:
    """Return the reports of pairs by id."""
    ids = sorted({row[side] for row in pairs for side in ("report_a", "report_b")})
    rows = query(
        f"SELECT * FROM {table(internal, 'reports')} WHERE list_contains(?::VARCHAR[], report_id)",
        ids,
    ).to_pylist()
    return {row["report_id"]: row for row in rows}


def _pair(case: Case, row: Row, named: dict[str, Row]) -> Pair:
    names = {party.id: party.name for party in case.agreement.parties}
    return Pair(row, named[row["report_a"]], named[row["report_b"]], levels(), names)


def _not_run(folder: Path) -> HoldfireError:
    return HoldfireError("this case has not been run yet", where=str(folder),
                         advice=f"run it first: holdfire run {folder}")  # fmt: skip


def _one(folder: Path, internal: Path, finding_id: str) -> Row:
    findings = table(internal, "findings")
    fits = query(
        f"SELECT * FROM {findings} WHERE finding_id = ? OR starts_with(finding_id, ?) "
        f"ORDER BY finding_id LIMIT {LISTED + 1}",
        finding_id, finding_id,
    ).to_pylist()  # fmt: skip
    exact = [row for row in fits if row["finding_id"] == finding_id]
    if exact:
        return exact[0]
    if not fits:
        advice = "ids are in out/findings.csv and at every finding of the bulletin"
        went = forwarded(folder, finding_id)
        raise HoldfireError(f"no finding {shown(finding_id)}", advice="\n  ".join(went) or advice)
    if len(fits) > 1:
        listed = "\n  ".join(f"{row['finding_id']}  {row['verdict']}" for row in fits[:LISTED])
        more = "\n  …" if len(fits) > LISTED else ""
        raise HoldfireError(f"{shown(finding_id)} fits several findings:\n  {listed}{more}")
    return fits[0]


def _changed(case: Case, reports: list[Row]) -> list[str]:
    """Say which of the files behind a finding are no longer what they were."""
    said = []
    for name, digest in sorted({(row["file"], row["file_sha256"]) for row in reports}):
        path = case.folder / name
        if not path.is_file():
            said.append(f"{name} is no longer there")
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                said.append(f"{name} has changed since the run: run the case again")
    return said
