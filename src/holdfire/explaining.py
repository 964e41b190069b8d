"""One finding laid open: its facts, the five answers with their reasons, and its reports."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire.assess import explain
from holdfire.case import Case, read_case
from holdfire.engines.store import query, table
from holdfire.errors import HoldfireError, shown
from holdfire.merge.beside import are_copies, beside
from holdfire.merge.compare.levels import levels
from holdfire.merge.weights import MOST_BITS
from holdfire.merging import PAIRS, encoder_of, repeating
from holdfire.pipeline import INTERNAL, compile_case, span_of
from holdfire.publish.explain import finding_text
from holdfire.publish.paired import LABEL, SILENT, WIDTH, Pair, pair_text, pairs_lines
from holdfire.remembering import forwarded
from holdfire.tables import incident, report
from holdfire.tables.pair import COMPARISONS
from holdfire.terms.status import standing

Row = dict[str, Any]
LISTED = 12
OTHERS = 5_000
"""Reports beside two that are compared: among so many it shows what is rare in a text."""
FEW_OTHERS = 200
"""And where a sentence model reads each of them."""


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


@dataclass(frozen=True, eq=False)
class LastRun:
    """A case, and the tables of its last run."""

    case: Case
    internal: Path

    def report(self, name: str) -> Row:
        """Return one report; raises :class:`HoldfireError` where there is none of that id."""
        return self.reports([name])[name]

    def reports(self, names: Sequence[str]) -> dict[str, Row]:
        """Return reports by id; raises :class:`HoldfireError` where one is not there."""
        rows = query(
            f"SELECT * FROM {table(self.internal, 'reports')} "
            "WHERE list_contains(?::VARCHAR[], report_id)",
            sorted(set(names)),
        ).to_pylist()
        found = {row["report_id"]: row for row in rows}
        for name in names:
            if name not in found:
                raise HoldfireError(
                    f"no report {shown(name)} in the last run",
                    advice="ids begin with R- and stand in out/reports.csv",
                )
        return found

    def pair(self, one: str, other: str) -> tuple[Row, str]:
        """Lay two reports open beside each other; return the pair's row and a text.

        Of two that are no pair worth keeping the row has what each comparison finds, and no
        probability. Raises :class:`HoldfireError` where a report is not there.
        """
        a, b = sorted((one, other))
        named = self.reports([a, b])
        found = query(
            f"SELECT * FROM {table(self.internal, 'pairs')} WHERE report_a = ? AND report_b = ?",
            a, b,
        ).to_pylist()  # fmt: skip
        row: Row = found[0] if found else self._beside(a, b)
        laid = _pair(self.case, row, named)
        text = pair_text(laid, self.case.agreement.agreement.local_time)
        return row, text if row.get("probability") is not None else text + _compared(laid)

    def _beside(self, a: str, b: str) -> Row:
        """Return the row of two reports that matching kept no pair of."""
        source = table(self.internal, "reports")
        both = query(f"SELECT * FROM {source} WHERE report_id IN (?, ?) ORDER BY report_id", a, b)
        others = query(
            f"SELECT * FROM {source} WHERE report_id NOT IN (?, ?) ORDER BY report_id LIMIT ?",
            a, b, FEW_OTHERS if self.case.settings.merge.embedding else OTHERS,
        )  # fmt: skip
        case = self.case
        reports = pa.concat_tables([both, others]).cast(report.SCHEMA)
        told = beside(
            reports, a, b, case.words, case.ground.areas, repeating(case), encoder_of(case)
        )
        row: Row = {"report_a": a, "report_b": b, **told}
        if a != b and self._together(a, b) and are_copies(both):
            row |= {"probability": 1.0, "joined": True, "rule": "copy", "rule_bits": MOST_BITS}
        return row

    def _together(self, a: str, b: str) -> bool:
        found = query(
            f"SELECT incident_id FROM {table(self.internal, 'incidents')} "
            "WHERE list_contains(report_ids, ?) AND list_contains(report_ids, ?)",
            a, b,
        )  # fmt: skip
        return bool(found.num_rows)


def last_run(folder: Path, needed: str = PAIRS) -> LastRun:
    """Open the last run of a case; raises :class:`HoldfireError` where there was none.

    ``needed`` is the table that is asked for: a run that was broken off may not have all.
    """
    case = read_case(folder)
    internal = case.out / INTERNAL
    if not (internal / needed).is_file():
        raise HoldfireError("this case has not been run yet", where=str(folder),
                            advice=f"run it first: holdfire run {folder}")  # fmt: skip
    return LastRun(case, internal)


def explain_finding(folder: Path, finding_id: str) -> Explained:
    """Explain a finding of the last run, by its id or the beginning of one.

    Raises :class:`HoldfireError` where there was no run, or none or several findings fit.
    """
    done = last_run(folder, "findings.parquet")
    case, internal = done.case, done.internal
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
    pairs = _pairs(internal, happened["report_ids"]) if (internal / PAIRS).is_file() else []
    named = done.reports([row[side] for row in pairs for side in ("report_a", "report_b")])
    text += "\n".join(
        pairs_lines([_pair(case, row, named) for row in pairs], set(happened["report_ids"]))
    )
    remarks = tuple(_changed(case, told))
    return Explained(found, happened, told, reasons, pairs, remarks, text)


def explain_pair(folder: Path, one: str, other: str) -> tuple[Row, str]:
    """Lay two reports of the last run open beside each other; return the pair's row and a text.

    Raises :class:`HoldfireError` where there was no run, or where a report is not in it.
    """
    return last_run(folder).pair(one, other)


def _pairs(internal: Path, reports: list[str]) -> list[Row]:
    return query(
        f"SELECT * FROM {table(internal, 'pairs')} WHERE list_contains(?::VARCHAR[], report_a) "
        "OR list_contains(?::VARCHAR[], report_b) "
        "ORDER BY joined DESC, probability DESC, report_a, report_b",
        reports, reports,
    ).to_pylist()  # fmt: skip


def _pair(case: Case, row: Row, named: dict[str, Row]) -> Pair:
    names = {party.id: party.name for party in case.agreement.parties}
    return Pair(row, named[row["report_a"]], named[row["report_b"]], levels(), names)


def _compared(pair: Pair) -> str:
    """Return what each comparison finds of two reports that are no pair worth keeping."""
    lines = ["", "compared all the same, without weights"]
    for name in COMPARISONS:
        if pair.row.get(name) not in SILENT:
            head = f"  {name:<{LABEL}}"
            lines += textwrap.wrap(
                pair.worded(name), WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
            )
    return "\n".join([*lines, ""])


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
