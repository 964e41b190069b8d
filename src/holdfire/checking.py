"""What a case was understood to say, and everything that is wrong with it."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from holdfire.case import Case, read_case
from holdfire.case.decisions import decisions
from holdfire.case.spoken import statements
from holdfire.engines.store import batches
from holdfire.errors import CaseError, HoldfireError, Problem
from holdfire.merging import encoder_of
from holdfire.outcome import clause_terms
from holdfire.pipeline import Progress, compile_case, read_reports, span_of
from holdfire.publish.safe import plain
from holdfire.tables.answer import FileRead
from holdfire.terms.status import standing

ROWS_SHOWN = 10
NAMES_SHOWN = 10


@dataclass
class Checked:
    """The result of a check; ``usable`` is false where a run would stop."""

    folder: Path
    usable: bool
    problems: tuple[Problem, ...]
    understood: list[str] = field(default_factory=list)
    files: tuple[FileRead, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    unknown_places: list[tuple[str, int]] = field(default_factory=list)
    unknown_actors: list[tuple[str, int]] = field(default_factory=list)

    @property
    def set_aside(self) -> int:
        """Rows that could not be used."""
        return sum(file.set_aside for file in self.files)

    @property
    def unread(self) -> int:
        """Files of no known format."""
        return sum(file.source is None for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "usable": self.usable,
            "problems": [
                {"where": p.where, "severity": p.severity, "message": p.message, "advice": p.advice}
                for p in self.problems
            ],
            "understood": self.understood,
            "files": [{"file": f.file, "format": f.source, "rows": f.rows, "used": f.used,
                       "set_aside": f.set_aside, "note": f.note} for f in self.files],
            "set_aside": self.rows,
            "unknown_places": self.unknown_places,
            "unknown_actors": self.unknown_actors,
        }  # fmt: skip

    def text(self) -> str:
        """Return it for a terminal."""
        lines = [plain(line, 400) for line in self.understood]
        for problem in self.problems:
            word = "" if problem.severity == "error" else "warning: "
            lines.append(f"{word}{problem}")
        for file in self.files:
            lines.append(self._file(file))
            shown = [row for row in self.rows if row["file"] == file.file][:ROWS_SHOWN]
            lines += [f"  row {row['row']:<6} {plain(row['reason'], 200)}" for row in shown]
            if file.set_aside > len(shown):
                lines.append(f"  and {file.set_aside - len(shown):,} more rows")
        for what, names in (("place", self.unknown_places), ("actor", self.unknown_actors)):
            if names:
                listed = ", ".join(
                    f"{plain(name)} ({count})" for name, count in names[:NAMES_SHOWN]
                )
                lines.append(f"{what} names not known: {listed}")
        lines.append("nothing stops a run" if self.usable else "this case cannot be run yet")
        return "\n".join(lines)

    def _file(self, file: FileRead) -> str:
        name = plain(file.file)
        if file.source is None:
            return f"{name}: {plain(file.note, 1000)}"
        rows = f"{file.set_aside:,} of {file.rows:,} rows set aside"
        note = f" ({plain(file.note, 1000)})" if file.note else ""
        return f"{name}: {file.source}, {rows}{note}"


def check_case(folder: Path, progress: Progress) -> Checked:
    """Check a case without writing anything into it."""
    try:
        return _checked(read_case(folder), progress)
    except CaseError as error:
        return Checked(folder, usable=False, problems=error.problems)


def _checked(case: Case, progress: Progress) -> Checked:
    names = case.names()
    with tempfile.TemporaryDirectory() as scratch:
        internal = Path(scratch)
        files = read_reports(case, names, internal, progress)
        understood = _understood(case, internal)
        problems = list(case.remarks)
        decisions(case.folder, problems)
        unusable = _unusable_model(case)
        problems += unusable
        said = statements(case.folder, problems).num_rows
        if said:
            understood.append(f"statements read from texts: {said:,}")
        rows: list[dict[str, Any]] = []
        told = Counter[str]()
        for batch in batches(internal / "set_aside.parquet", ["file", "row", "reason", "kind"]):
            for row in batch.to_pylist():
                told[row["file"]] += 1
                if told[row["file"]] <= ROWS_SHOWN * 10:
                    rows.append(row)
    return Checked(
        case.folder, not unusable, tuple(problems), understood, files, rows,
        sorted(names.unknown_places.items(), key=lambda item: (-item[1], item[0])),
        sorted(names.unknown_actors.items(), key=lambda item: (-item[1], item[0])),
    )  # fmt: skip


def _unusable_model(case: Case) -> list[Problem]:
    """Say what is wrong with the sentence model that the case names."""
    try:
        encoder_of(case)
    except HoldfireError as error:
        return [error.problem]
    return []


def _understood(case: Case, internal: Path) -> list[str]:
    agreement = case.agreement
    lines = [f"{agreement.agreement.title}: {standing(agreement).sentence}"]
    compiled = compile_case(case, span_of(internal, of="reports"))
    words = {clause.clause: clause for clause in clause_terms(case, compiled)}
    for clause in compiled.clauses:
        read = clause.read
        bound = ", ".join(compiled.party_names[party] for party in read.binds)
        lines.append(
            f"clause {read.clause} ({read.reading_title}): {', '.join(read.acts)}; binds {bound}; "
            f"{clause.described} ({compiled.tz.key})"
        )
    lines += [f"clause {key}: {note}" for key, terms in words.items() for note in terms.caveats]
    if case.ground.control:
        days = case.ground.control
        span = (days[-1].day - days[0].day).days + 1
        lines.append(
            f"control files: {len(days)} of the {span} days from {days[0].day} to {days[-1].day}"
        )
    lines.append(f"areas: {len(case.ground.areas)}")
    return lines
