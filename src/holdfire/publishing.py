"""Handing the tables of a run to the publishing stage, and its files to the disk."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfire import __version__
from holdfire.assess import Geography
from holdfire.case import Case
from holdfire.case.spoken import FOLDER, STATEMENTS, statements
from holdfire.engines.ground import ANY_OF
from holdfire.engines.store import batches, query, table
from holdfire.measure.indicators import indicators
from holdfire.publish import spoken
from holdfire.publish.bulletin import bulletin
from holdfire.publish.data import sha256, write_data
from holdfire.publish.exports import crate
from holdfire.publish.exports.about import About, Licence
from holdfire.publish.maps import Layers
from holdfire.publish.protect import Plan
from holdfire.publish.wording import leading
from holdfire.remembering import remembered
from holdfire.sources.catalog import catalog
from holdfire.tables.answer import Answer
from holdfire.tables.report import SET_ASIDE
from holdfire.terms.names import folded
from holdfire.terms.zones import area_names, fronts

SHOWN_PER_CLAUSE = 500
ASIDE_SHOWN = 2_000


def publish(case: Case, answer: Answer, plan: Plan, internal: Path, cutoff: datetime) -> None:
    """Write the public data files, and the bulletin made from them alone.

    What was alleged after ``cutoff`` waits, as incidents do.
    """
    out = case.out
    said, held = spoken.public(
        statements(case.folder, []), cutoff, text=case.settings.publication.text
    )
    record = provenance(case, answer) | {"withheld": dict(plan.counts) | held}
    case_in_words = about(answer)
    hashes = write_data(
        out,
        findings=plan.findings(batches(internal / "findings.parquet")),
        incidents=plan.incidents(batches(internal / "incidents.parquet")),
        reports=plan.reports(batches(internal / "reports.parquet")),
        set_aside=batches(internal / "set_aside.parquet"),
        indicators=indicators(answer.clauses),
        statements=said,
        forwarding=_forwarding(case, plan),
        provenance=record,
        about=case_in_words,
    )
    findings, incidents, reports = _shown(out)
    aside = islice(batches(internal / "set_aside.parquet"), 1)
    set_aside = pa.Table.from_batches(aside, SET_ASIDE).slice(0, ASIDE_SHOWN)
    page = bulletin(
        answer, findings, incidents, reports, set_aside, layers(case, answer), record,
        totals=_totals(out, answer), statements=said,
    )  # fmt: skip
    (out / "bulletin.html").write_text(page, encoding="utf-8", newline="\n")
    hashes["bulletin.html"] = sha256(out / "bulletin.html")
    crate.write(out, case_in_words, hashes)


def publish_internal(case: Case, answer: Answer, internal: Path) -> Path:
    """Write the bulletin with every place and row as it is known, marked; return where."""
    findings, incidents, reports = _shown(internal)
    aside = islice(batches(internal / "set_aside.parquet"), 1)
    ever = datetime.max.replace(tzinfo=UTC)
    said, _ = spoken.public(statements(case.folder, []), ever, text=True)
    page = bulletin(
        answer, findings, incidents, reports,
        pa.Table.from_batches(aside, SET_ASIDE).slice(0, ASIDE_SHOWN), layers(case, answer),
        provenance(case, answer), totals=_totals(internal, answer), statements=said, internal=True,
    )  # fmt: skip
    path = internal / "bulletin.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def about(answer: Answer) -> About:
    """Return the case in words, for the files that describe the others."""
    return About(
        answer.agreement,
        answer.title,
        min((clause.starts[:10] for clause in answer.clauses), default=""),
        answer.party_names,
        {
            name: Licence(one.title, one.publisher, one.licence, one.republish, one.url,
                          one.citation)
            for name, one in catalog().items()
        },
        simulated=answer.simulated,
        counterfactual=answer.counterfactual,
    )  # fmt: skip


def _forwarding(case: Case, plan: Plan) -> list[tuple[str, tuple[str, ...], str]]:
    """Return where incidents of earlier runs went; none that is withheld is named."""
    held_back = set(plan.late.to_pylist())
    return [
        (one.incident_id, tuple(name for name in one.now if name not in held_back), one.why)
        for one in remembered(case.folder).forwards
        if one.incident_id not in held_back
    ]


def _totals(out: Path, answer: Answer) -> dict[str, tuple[int, int]]:
    """Return per clause how many findings are certain and how many possible besides.

    Certain is what the leading reading is certain of; what only a rival reading finds is
    possible.
    """
    found = {}
    for clause in leading(answer):
        counted = query(
            "SELECT count(*) FILTER (own = 2) AS certain, "
            "count(*) AS every FROM ("
            "SELECT max(CASE WHEN reading = ? THEN rank ELSE 0 END) AS own, max(rank) AS best "
            "FROM (SELECT incident_id, reading, "
            "CASE verdict WHEN 'yes' THEN 2 WHEN 'unknown' THEN 1 "
            f"ELSE 0 END AS rank FROM {table(out, 'findings')} WHERE clause = ?) "
            "GROUP BY incident_id HAVING best > 0)",
            clause.reading, clause.clause,
        ).to_pylist()[0]  # fmt: skip
        found[clause.clause] = (counted["certain"], counted["every"] - counted["certain"])
    return found


def _shown(out: Path) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return the findings that the bulletin has room for, with their incidents and reports."""
    findings, incidents, reports = (
        table(out, name) for name in ("findings", "incidents", "reports")
    )
    chosen = query(
        f"SELECT * FROM {findings} WHERE (clause, incident_id) IN ("
        f"SELECT (clause, incident_id) FROM {findings} WHERE verdict <> 'no' "
        "QUALIFY row_number() OVER (PARTITION BY clause, reading "
        f"ORDER BY occurred_from, finding_id) <= {SHOWN_PER_CLAUSE}) "
        "ORDER BY occurred_from, finding_id"
    )
    ids = "SELECT unnest(?::VARCHAR[])"
    wanted = query(
        f"SELECT * FROM {incidents} WHERE incident_id IN ({ids}) ORDER BY incident_id",
        sorted(set(chosen["incident_id"].to_pylist())),
    )
    told = sorted({key for keys in wanted["report_ids"].to_pylist() for key in keys})
    return (
        chosen,
        wanted,
        query(f"SELECT * FROM {reports} WHERE report_id IN ({ids}) ORDER BY report_id", told),
    )


def layers(case: Case, answer: Answer) -> Layers:
    """Return what the map draws behind the findings."""
    agreement = case.agreement
    named = {
        folded(name)
        for clause in agreement.clauses
        for name in area_names(clause.zone, agreement.zones)
    }
    known = [case.area_names[name] for name in named if name in case.area_names]
    keys = sorted({key for keys in known for key in keys.split(ANY_OF)})
    control = None
    front = next(fronts(agreement), None)
    if case.ground.control and front is not None:
        ends = max(clause.ends[:10] for clause in answer.clauses)
        within = [day for day in case.ground.control if day.day.isoformat() < ends]
        last = (within or case.ground.control)[-1]
        line = Geography(case.ground, agreement.zones, case.area_names).line(last, front)
        control = (last.day.isoformat(), line.shape.geometry) if line is not None else None
    areas = case.ground.areas
    return Layers(
        tuple((key, areas[key].geometry) for key in keys),
        tuple((key, shape.geometry) for key, shape in sorted(areas.items())),
        control,
        case.area_titles,
    )


def _read_from_texts(case: Case) -> dict[str, str]:
    path = case.folder / FOLDER / STATEMENTS
    return {"statements_sha256": sha256(path)} if path.is_file() else {}


def provenance(case: Case, answer: Answer) -> dict[str, Any]:
    """Return what this answer was made from: every input by its hash, and the version."""
    inputs = [
        {
            "file": file.file, "sha256": file.sha256, "format": file.source, "rows": file.rows,
            "used": file.used, "set_aside": file.set_aside,
        }
        for file in answer.files
    ]  # fmt: skip
    return {
        "holdfire": __version__,
        "version": __version__,
        "agreement": answer.agreement,
        "agreement_sha256": case.hashes.get("agreement.toml", ""),
        "case_files": dict(case.hashes),
        "inputs": inputs,
        **_read_from_texts(case),
        "settings": case.settings.model_dump(mode="json", exclude={"publication": {"salt"}}),
        "simulated": answer.simulated,
        "counterfactual": answer.counterfactual,
    }
