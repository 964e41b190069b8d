"""Batches of incidents in, batches of findings out: a pure function, in any order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfire.assess import actor, permitted, time
from holdfire.assess.clause import QUESTIONS, Compiled, CompiledClause, Verdicts
from holdfire.assess.kind import kind_sentence, sentence_per_value
from holdfire.assess.logic import NO, as_words, word
from holdfire.assess.where import Places, local_days, place_sentence
from holdfire.tables import finding

DECISIVE = ("act", "target", "actor", "place", "permitted", "time")
"""Where several answers would decide, the first of these is named."""


def assess(compiled: Compiled, incidents: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Hold a batch of incidents against every clause under every reading.

    Yields one batch of findings per clause and reading, rows in the incidents' order.
    Assessing parts and joining them equals assessing the whole.
    """
    places = Places(incidents)
    days = local_days(incidents, compiled.tz)
    grades = _grades(incidents)
    for clause in compiled.clauses:
        verdicts = clause.verdicts(incidents, places, days)
        yield _batch(clause, incidents, verdicts, grades)


def _batch(
    clause: CompiledClause, rows: pa.RecordBatch, verdicts: Verdicts, grades: pa.Array
) -> pa.RecordBatch:
    deciding = _deciding(verdicts)
    who = _responsible(clause, rows, verdicts)
    count = rows.num_rows
    columns = {
        "finding_id": _ids(clause, rows),
        "incident_id": rows.column("incident_id"),
        "clause": _constant(clause.read.clause, count),
        "reading": _constant(clause.read.reading, count),
        "verdict": as_words(verdicts.verdict),
        "verdict_before": as_words(verdicts.verdict_before),
        **{name: as_words(verdicts.answers[name]) for name in QUESTIONS},
        "time_before": as_words(verdicts.time_before),
        "decided_by": pa.array(QUESTIONS_AND_ALL).take(pa.array(deciding)),
        "reason": _reasons(clause, rows, verdicts, deciding),
        "edge_m": pa.array(verdicts.where.edge_m, from_pandas=True),
        "zone_day": verdicts.where.zone_day,
        "stale_days": verdicts.where.stale_days,
        "held_responsible": who,
        "responsibility": pc.if_else(
            pc.or_(pc.is_valid(who), pc.equal(_said(rows), "disputed")), _said(rows), "unknown"
        ),
        "grade": grades,
    }
    for name in finding.SCHEMA.names:
        if name not in columns:
            columns[name] = rows.column(name)
    return pa.RecordBatch.from_arrays(
        [columns[field.name].cast(field.type) for field in finding.SCHEMA], schema=finding.SCHEMA
    )


QUESTIONS_AND_ALL = (*QUESTIONS, "all")
"""Names by number for ``decided_by``; ``all`` where every answer is needed for a ``yes``."""


def _constant(value: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(rows, dtype=np.int8)), pa.array([value])
    )


def _ids(clause: CompiledClause, rows: pa.RecordBatch) -> pa.Array:
    """Return F-, the incident's own part, the clause, and the reading where there are several."""
    own = pc.replace_substring_regex(rows.column("incident_id"), pattern="^I-", replacement="F-")
    tail = f".{clause.read.clause}.{clause.read.reading}"
    return pc.binary_join_element_wise(own, tail, "")


def _deciding(verdicts: Verdicts) -> NDArray[np.int8]:
    """Return the number of the question that decided each verdict."""
    result = np.full(len(verdicts.verdict), len(QUESTIONS), dtype=np.int8)
    for name in reversed(DECISIVE):
        answers = verdicts.answers[name]
        stops = -answers if name == "permitted" else answers
        result[(verdicts.verdict != 1) & (stops == verdicts.verdict)] = QUESTIONS.index(name)
    return result


def _responsible(clause: CompiledClause, rows: pa.RecordBatch, verdicts: Verdicts) -> pa.Array:
    """Return the party held responsible: only where one bound party alone can have done it."""
    who = sentence_per_value(
        actor.joined(rows), lambda actors: actor.responsible(actors, clause.read.binds) or ""
    )
    known = pc.and_(pc.not_equal(who, ""), pc.not_equal(rows.column("responsibility"), "unknown"))
    concerned = pa.array((verdicts.verdict != NO) | (verdicts.verdict_before != NO))
    return pc.if_else(pc.and_(known, concerned), who, pa.scalar(None, pa.string()))


def _said(rows: pa.RecordBatch) -> pa.Array:
    return pc.fill_null(rows.column("responsibility"), "unknown")


def _grades(rows: pa.RecordBatch) -> pa.Array:
    """Grade the evidence: how many independent sources, and whether they are of several sides."""
    several = pc.fill_null(pc.greater(rows.column("independent"), 1), False)
    return pc.if_else(
        pc.and_(several, pc.fill_null(rows.column("across_sides"), False)),
        "cross-side",
        pc.if_else(several, "corroborated", "single source"),
    )


def _reasons(
    clause: CompiledClause, rows: pa.RecordBatch, verdicts: Verdicts, deciding: NDArray[np.int8]
) -> pa.Array:
    """Word the deciding fact of each row; only the rows a question decided are worded by it."""
    texts = np.empty(rows.num_rows, dtype=object)
    for number, name in enumerate(QUESTIONS_AND_ALL):
        at = np.flatnonzero(deciding == number)
        if len(at):
            said = sentences(clause, rows.take(pa.array(at)), _taken(verdicts, at), name)
            texts[at] = said.to_numpy(zero_copy_only=False)
    return pa.array(texts, pa.string())


def _taken(verdicts: Verdicts, at: NDArray[np.int64]) -> Verdicts:
    take = pa.array(at)
    place = verdicts.where
    return Verdicts(
        {name: answers[at] for name, answers in verdicts.answers.items()},
        verdicts.verdict[at],
        verdicts.time_before[at],
        verdicts.verdict_before[at],
        type(place)(
            place.answers[at],
            place.edge_m[at],
            place.zone_day.take(take),
            place.stale_days.take(take),
        ),
    )


def sentences(
    clause: CompiledClause, rows: pa.RecordBatch, verdicts: Verdicts, question: str
) -> pa.Array:
    """Say for each row why one question was answered as it was."""
    read = clause.read
    if question == "time":
        return time.sentences(rows, clause.described, clause.tz)
    if question == "act":
        return _acts(clause, rows)
    if question == "target":
        if not read.targets:
            return pa.array(["the clause names none"] * rows.num_rows)
        words = clause.words.targets
        return sentence_per_value(
            rows.column("target"),
            lambda node: kind_sentence(words, node or words.root, read.targets),
        )
    if question == "actor":
        who = actor.joined(rows)
        known = sentence_per_value(
            who, lambda actors: actor.actor_sentence(actors, read.binds, clause.party_names)
        )
        strange = sentence_per_value(
            rows.column("actor_name"),
            lambda named: actor.actor_sentence(None, read.binds, clause.party_names, named),
        )
        nobody = pc.equal(pc.fill_null(who, ""), "")
        return pc.if_else(nobody, strange, known)
    if question == "permitted":
        said = rows.column("circumstance").to_pylist()
        answers = verdicts.answers["permitted"]
        return pa.array(
            [
                permitted.sentence(clause.permits, int(a), s)
                for a, s in zip(answers, said, strict=True)
            ]
        )
    places = _places(clause, rows, verdicts)
    if question == "place":
        return places
    return pc.binary_join_element_wise(
        _acts(clause, rows), places, time.sentences(rows, clause.described, clause.tz), "; "
    )


def _acts(clause: CompiledClause, rows: pa.RecordBatch) -> pa.Array:
    read, words = clause.read, clause.words
    acts = sentence_per_value(
        rows.column("act"),
        lambda node: kind_sentence(words.acts, node or words.acts.root, read.acts),
    )
    if not read.weapons:
        return acts
    weapons = sentence_per_value(
        rows.column("weapon"),
        lambda node: kind_sentence(words.weapons, node or words.weapons.root, read.weapons),
    )
    return pc.binary_join_element_wise(acts, weapons, "; weapon: ")


def _places(clause: CompiledClause, rows: pa.RecordBatch, verdicts: Verdicts) -> pa.Array:
    at = verdicts.where
    anywhere = clause.anywhere
    if anywhere:
        return pa.array(["the clause holds anywhere"] * rows.num_rows)
    return pa.array(
        [
            place_sentence(answer, edge, radius, area, day, stale, anywhere, named)
            for answer, edge, radius, area, day, stale, named in zip(
                at.answers.tolist(), at.edge_m.tolist(), rows.column("radius_m").to_pylist(),
                rows.column("area").to_pylist(), at.zone_day.to_pylist(),
                at.stale_days.to_pylist(), rows.column("place_name").to_pylist(), strict=True,
            )
        ]
    )  # fmt: skip


def explain(
    compiled: Compiled, incident: pa.RecordBatch, clause: str, reading: str
) -> dict[str, tuple[str, str]]:
    """Return every question of one finding with its answer and its reason.

    ``incident`` has one row. Raises ``KeyError`` for a clause or reading that is not there.
    """
    for candidate in compiled.clauses:
        if (candidate.read.clause, candidate.read.reading) == (clause, reading):
            verdicts = candidate.verdicts(
                incident, Places(incident), local_days(incident, compiled.tz)
            )
            return {
                name: (
                    word(verdicts.answers[name][0]),
                    sentences(candidate, incident, verdicts, name)[0].as_py(),
                )
                for name in QUESTIONS
            }
    raise KeyError(f"{clause}.{reading}")
