"""The whole flow, from a case's folder to its answer. The file to read first.

Each step reads one table and writes the next. Clock and files come in here; the stages are
pure. Tables pass through ``out/internal`` so that memory stays bounded however many reports
there are; what is fit for the public is written beside it, in ``out``.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.assess import Compiled, Geography, assess, compile_agreement
from holdfire.case import Case, CaseNames, read_case
from holdfire.engines.store import TableWriter, batches
from holdfire.errors import CaseError, Problem
from holdfire.lateness import by_outlet, told_when
from holdfire.measure.answers import clause_answers
from holdfire.measure.counts import Counts
from holdfire.measuring import who_says_what, with_measures
from holdfire.merging import merge
from holdfire.outcome import answer_of, clause_terms, format_settings
from holdfire.publish import protect
from holdfire.publishing import publish
from holdfire.sources import Seen, SourceFile, read, recognise, unread
from holdfire.sources.adapter import Context
from holdfire.sources.asked import setting_problems
from holdfire.tables import finding, report
from holdfire.tables.answer import Answer, FileRead
from holdfire.terms.names import PartyNames

INTERNAL = "internal"
NOT_PUBLIC = (
    "Not for publication: exact places, recent incidents and rows whose licence keeps them here.\n"
    "What is fit for the public is one folder up.\n"
)
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Run:
    """What one run made: the case, the answer and where its tables are.

    ``problems`` are lines of the case's decisions that were left out.
    """

    case: Case
    compiled: Compiled
    answer: Answer
    internal: Path
    problems: tuple[Problem, ...] = ()


def run(folder: Path, *, now: datetime, progress: Progress = lambda step: None) -> Run:
    """Read a case, hold its reports against its clauses, and write everything to ``out``.

    ``now`` decides what is too recent to publish, and whether an agreed end has passed.
    Raises ``CaseError`` for a case that cannot be used; rows and files that cannot be are set
    aside and counted.
    """
    progress("reading the case")
    case = read_case(folder)
    names, internal = case.names(), case.out / INTERNAL
    files = read_reports(case, names, internal, progress)
    progress("merging")
    problems: list[Problem] = []
    merged = merge(case, internal, problems)
    (internal / "README.txt").write_text(NOT_PUBLIC, encoding="utf-8", newline="\n")
    progress("assessing")
    cutoff = now - timedelta(hours=case.settings.publication.delay_h)
    plan = protect.plan(
        batches(internal / "incidents.parquet"),
        batches(internal / "reports.parquet"),
        grid_m=case.settings.publication.grid_m,
        delay_h=case.settings.publication.delay_h,
        cutoff=cutoff,
        local_time=case.agreement.agreement.local_time,
        text=case.settings.publication.text,
    )
    reported = span_of(internal, plan.late)
    compiled = compile_case(case, reported)
    counts = Counts(compiled.tz)
    done = 0
    with TableWriter(internal / "findings.parquet", finding.SCHEMA) as findings:
        for batch in batches(internal / "incidents.parquet"):
            made = list(assess(compiled, batch))
            for one in made:
                findings.write(one)
            counts.add([plan.counted(one) for one in made])
            done += batch.num_rows
            progress(f"assessed {done:,} incidents")
    progress("measuring")
    terms = clause_terms(case, compiled)
    clauses = clause_answers(
        counts,
        terms,
        lambda item: counts.covered(item.clause, item.reading),
    )
    told = told_when(internal, plan, case.agreement.agreement.local_time)
    clauses = with_measures(case, clauses, terms, counts, plan, internal, told)
    answer = replace(
        answer_of(case, compiled, clauses, counts, files, names, plan, merged, internal, now),
        sides=who_says_what(internal, plan),
        lateness=by_outlet(told),
    )
    progress("publishing")
    publish(case, answer, plan, internal, cutoff)
    return Run(case, compiled, answer, internal, tuple(problems))


def read_reports(
    case: Case, names: CaseNames, internal: Path, progress: Progress
) -> tuple[FileRead, ...]:
    """Read every file of reports into the report table."""
    _refuse_settings(case)
    seen, files = Seen(_secret(case)), []
    with (
        TableWriter(internal / "reports.parquet", report.SCHEMA) as reports,
        TableWriter(internal / "set_aside.parquet", report.SET_ASIDE) as set_aside,
    ):
        for path in case.reports:
            name = case.called(path)
            own = dict(case.settings.files.get(name, {}))
            found = recognise(SourceFile(path, name), force=own.pop("source", None))
            if found.adapter is None:
                files.append(unread(found))
                continue
            context = Context(names, case.words, format_settings(case, found.adapter, own))
            reading = read(found, context, seen)
            for batch in reading:
                reports.write(batch.reports)
                set_aside.write(batch.set_aside)
                progress(f"read {reading.rows:,} rows of {name}")
            files.append(reading.summary())
    return tuple(files)


def _refuse_settings(case: Case) -> None:
    """Raise :class:`CaseError` where the settings of formats or files cannot be meant."""
    path = case.folder / "case.toml"
    problems = setting_problems(
        path.read_text(encoding="utf-8-sig") if path.is_file() else "",
        case.settings.sources,
        case.settings.files,
        [case.called(path) for path in case.reports],
        PartyNames(case.agreement).find,
    )
    if problems:
        raise CaseError(problems)


def _secret(case: Case) -> bytes:
    """Return the key of the case's ids: its own salt, or a hash of all that was supplied.

    Without a salt the ids are as hard to turn back as the reports are to guess, all of them
    together; but they change when a report is added.
    """
    digest = blake2b(b"holdfire ids", digest_size=32)
    if case.settings.publication.salt:
        digest.update(case.settings.publication.salt.encode())
        return digest.digest()
    for path in case.reports:
        if path.is_file():
            with suppress(OSError), path.open("rb") as file:
                digest.update(case.called(path).encode())
                while piece := file.read(2**20):
                    digest.update(piece)
    return digest.digest()


def compile_case(case: Case, reported: tuple[datetime, datetime]) -> Compiled:
    """Compile a case's agreement over its ground."""
    geography = Geography(case.ground, case.agreement.zones, case.area_names)
    return compile_agreement(
        case.agreement, case.words, geography,
        reported=reported, comparison_days=case.settings.comparison.days,
    )  # fmt: skip


def span_of(
    internal: Path, held_back: pa.Array | None = None, of: str = "incidents"
) -> tuple[datetime, datetime]:
    """Return from when to when there are reports; an instant of 1970 where there are none.

    ``held_back`` are incidents that are withheld: what waits must not show in a figure. ``of``
    is the table that is asked: where nothing is merged, the reports.
    """
    begins: list[datetime] = []
    ends: list[datetime] = []
    columns = ["occurred_from", "occurred_to"] + ([] if held_back is None else ["incident_id"])
    for whole in batches(internal / f"{of}.parquet", columns):
        batch = whole if held_back is None else protect.without(whole, "incident_id", held_back)
        for column, found, best in (
            ("occurred_from", begins, pc.min),
            ("occurred_to", ends, pc.max),
            ("occurred_from", ends, pc.max),
        ):
            value = best(batch[column]).as_py()
            if value is not None:
                found.append(value)
    nothing = datetime(1970, 1, 1, tzinfo=UTC)
    return min([*begins, *ends], default=nothing), max(ends, default=nothing)
