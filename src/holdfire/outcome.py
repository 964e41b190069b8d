"""The answer of a run put together from what the stages found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from holdfire.assess import Compiled
from holdfire.assess.zone import Moving
from holdfire.case import Case, CaseNames
from holdfire.engines.store import batches
from holdfire.measure.counts import Counts
from holdfire.publish.protect import Plan
from holdfire.sources import catalog, settings
from holdfire.tables.answer import Answer, ClauseAnswer, ClauseTerms, FileRead, Merged
from holdfire.tables.moment import zone
from holdfire.terms.clauses import ReadClause
from holdfire.terms.status import spoken, standing
from holdfire.terms.windows import FAR, bound

NAMES_KEPT = 20


def clause_terms(case: Case, compiled: Compiled) -> list[ClauseTerms]:
    """Return what the measuring stage has to know of each clause under each reading."""
    texts = {text.id: text.citation for text in case.agreement.texts}
    notes = {clause.id: clause.note for clause in case.agreement.clauses}
    found = []
    for clause in compiled.clauses:
        read = clause.read
        moving: Moving = clause.areas.moving
        caveats = [notes[read.clause]] if notes[read.clause] else []
        if not moving.still and not moving.days:
            caveats.append(
                "no control file was supplied, so where the line of contact ran is not known"
            )
        announced = _announced(case, clause.before_window[1])
        caveats += _run_up(case, announced)
        for permit in read.permits:
            if permit.circumstances and permit.when_unsaid == "no":
                caveats.append(
                    f'"{permit.wording}": where no report says so, it is taken not to be so'
                )
        found.append(
            ClauseTerms(
                clause=read.clause,
                title=read.title,
                wording=read.wording,
                citation=texts.get(read.text or "", ""),
                reading=read.reading,
                reading_title=read.reading_title,
                held_by=read.held_by,
                window=clause.window,
                before=clause.before_window,
                caveats=tuple(caveats),
                binds=read.binds,
                open_ended=bool(read.possible) and read.possible[-1][1] >= FAR,
                start_label=_start_label(read, case.agreement.agreement.local_time),
                announced=announced,
            )
        )
    return found


def _start_label(read: ReadClause, local_time: str) -> str:
    """Return the day of the start as the agreement words it, in its own time zone."""
    starts = read.effect.starts
    said = f"{spoken(starts.earliest.astimezone(zone(read.start_zone or local_time)))}"
    return said if starts.exact else f"{said}, hour not known"


def _announced(case: Case, starts: datetime) -> datetime | None:
    """Return when it was first proposed, agreed or declared, where that was a day before it."""
    agreement = case.agreement
    facts = [agreement.proposed, *agreement.accepted, *agreement.declared]
    local_time = agreement.agreement.local_time
    known = [bound(fact.on, fact.zone or local_time) for fact in facts if fact and fact.on]
    first = min((item.earliest for item in known), default=starts)
    return first if starts - first >= timedelta(days=1) else None


def _run_up(case: Case, announced: datetime | None) -> list[str]:
    """Say where the comparison span takes in the days between agreeing and taking effect.

    Violence is known to rise then (Williams et al., arXiv 2110.05475), so a fall against such
    a span is flattered.
    """
    if announced is None:
        return []
    local = announced.astimezone(zone(case.agreement.agreement.local_time))
    return [
        f"the span before takes in the days from {local:%Y-%m-%d}, "
        "when it was proposed or agreed; violence often rises between that and the start"
    ]


def answer_of(
    case: Case,
    compiled: Compiled,
    clauses: Sequence[ClauseAnswer],
    counts: Counts,
    files: tuple[FileRead, ...],
    names: CaseNames,
    plan: Plan,
    merged: Merged,
    internal: Path,
    now: datetime,
) -> Answer:
    """Put the answer together. ``now`` tells whether an end that was agreed has passed."""
    agreement, stands = case.agreement, standing(case.agreement)
    status = stands.status
    if status == "ended" and any(clause.window[1] > now for clause in compiled.clauses):
        status = "in effect"
    aside = Counter[str]()
    for batch in batches(internal / "set_aside.parquet", ["kind"]):
        aside.update(batch["kind"].to_pylist())
    readings = dict.fromkeys((c.reading, c.reading_title, c.held_by) for c in clauses)
    return Answer(
        agreement=agreement.agreement.id,
        title=agreement.agreement.title,
        status=status,
        status_sentence=stands.sentence,
        counterfactual=stands.counterfactual,
        simulated=case.settings.simulated,
        local_time=agreement.agreement.local_time,
        party_names=dict(compiled.party_names),
        clauses=tuple(clauses),
        readings=tuple(readings),
        reading_differences=tuple(_differences(clauses, counts)),
        files=files,
        set_aside_kinds=tuple(aside.most_common()),
        rows=sum(file.used + file.set_aside for file in files),
        used=sum(file.used for file in files),
        unknown_places=tuple(_frequent(names.unknown_places)),
        unknown_actors=tuple(_frequent(names.unknown_actors)),
        assumptions=tuple(_assumptions(case, files)),
        withheld=len(plan.late),
        withheld_why=(
            f"it is less than {case.settings.publication.delay_h:g} hours since they happened or "
            "were reported, or neither time is known"
        ),
        texts=tuple(text.citation for text in agreement.texts),
        merged=merged,
    )


def _frequent(names: Counter[str]) -> list[tuple[str, int]]:
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))[:NAMES_KEPT]


def _differences(clauses: Sequence[ClauseAnswer], counts: Counts) -> list[str]:
    """Say of each reading but the leading one under which clauses it leads to other findings."""
    leading: dict[str, ClauseAnswer] = {}
    changed: dict[tuple[str, str], list[str]] = {}
    for clause in clauses:
        first = leading.setdefault(clause.clause, clause)
        if first is clause:
            continue
        said = changed.setdefault((clause.reading_title, first.reading_title), [])
        number = counts.different[clause.clause, clause.reading]
        if number:
            findings = "1 finding changes" if number == 1 else f"{number:,} findings change"
            said.append(f"{findings} under “{clause.title}”")
    return [
        f"Read as “{other}” rather than “{first}”: {', '.join(said) or 'no finding changes'}."
        for (other, first), said in changed.items()
    ]


def format_settings(case: Case, name: str, own: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the settings a format is read with: its own, the case's, then one file's."""
    local = {"local_time": case.agreement.agreement.local_time}
    return settings(name, local, case.settings.sources.get(name, {}), own or {})


def _assumptions(case: Case, files: Sequence[FileRead]) -> list[str]:
    """Return the settings each format was read with, so that a reader can check them."""
    said = [f"The agreement's times are in {case.agreement.agreement.local_time} time."]
    for name in sorted({file.source for file in files if file.source}):
        given = format_settings(case, name)
        words = "; ".join(
            f"{key}: {_plain(value)}" for key, value in sorted(given.items()) if value != ""
        )
        said.append(f"{catalog()[name].title} was read with these settings: {words}.")
    for name, own in sorted(case.settings.files.items()):
        said.append(f"{name} was read with settings of its own: {_plain(own)}.")
    said += [
        f"Nothing is compared across {item.day:%Y-%m-%d}: {item.why}."
        for item in case.settings.comparison.breaks
    ]
    publication = case.settings.publication
    said.append(
        f"Published places are no finer than {publication.grid_m:g} m; what happened or was "
        f"reported in the last {publication.delay_h:g} hours is withheld."
    )
    return said


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = ({_plain(part)})" for key, part in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
