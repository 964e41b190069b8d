"""The bulletin: one HTML file that loads nothing, holds no script and answers first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish import compared, entries, maps, parties, sided, spoken, strips, wording
from holdfire.publish.figures import number, short
from holdfire.publish.maps import Layers
from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer, Tally
from holdfire.tables.units import noun, units

__all__ = ["CSP", "Layers", "bulletin"]

CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded and no script runs, whatever a report may contain."""

ROWS_EACH_KIND = 8
KINDS_SHOWN = 20
NAMES_TOLD = 20
"""An answer names no more of the unknown names than these: where it does, there may be more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One counting unit's figures under one clause, in words."""

    unit: str
    count: str
    comparison: str
    means: str
    strip: strips.Strip | None
    parties: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One clause as the page shows it."""

    clause: ClauseAnswer
    title: str
    line: str
    when: str
    figures: list[Figure]
    vague: str
    told: list[tuple[str, str, str]]
    rival: str
    findings: int


def bulletin(
    answer: Answer,
    findings: pa.Table,
    incidents: pa.Table,
    reports: pa.Table,
    set_aside: pa.Table,
    layers: Layers,
    provenance: Mapping[str, Any],
    *,
    totals: Mapping[str, tuple[int, int]] | None = None,
    statements: pa.Table | None = None,
    internal: bool = False,
) -> str:
    """Return the bulletin as HTML.

    ``totals`` gives per clause how many findings are certain and how many possible besides,
    where ``findings`` holds only the first of them; without it, ``findings`` holds them all.

    ``statements`` are those about the ceasefire, if any were read.

    The tables must be the public ones (see ``protect``), unless it is marked ``internal``: then
    every screen and printed page says that it is not for publication. Of ``provenance`` it reads
    ``version``, ``agreement_sha256``, ``settings`` (names and values), ``withheld`` (words
    and counts) and ``contact``, where they are given.
    """
    clauses = wording.leading(answer)
    page = _environment().get_template("page.html")
    return page.render(
        csp=CSP,
        internal=internal,
        answer=answer,
        never=wording.never(answer),
        banners=wording.banners(answer),
        headline=wording.headline(answer),
        beside=[
            (label, text)
            for label, text in (
                ("How sure", wording.how_sure(answer)),
                ("Who says so", wording.who_says(answer)),
                ("What is not known", wording.not_known(answer)),
            )
            if text
        ],
        compared=compared.compared(answer),
        cells=compared.cells(answer),
        lateness=compared.lateness(answer),
        areas=compared.areas(answer),
        sided=sided.sided(answer),
        sections=[_section(c, answer) for c in wording.shown(answer)],
        readings=wording.reading_lines(answer),
        said=None if statements is None else spoken.timeline(statements, answer),
        map=maps.draw(_first_readings(findings, clauses), incidents, layers),
        groups=entries.groups(answer, findings, incidents, reports, totals or {}),
        aside=_aside(set_aside),
        unrecognised=[f for f in answer.files if f.source is None],
        names=[
            (what, _how_many(found))
            for what, found in (
                ("places", answer.unknown_places), ("actors", answer.unknown_actors),
            )
            if found
        ],
        agreement_sha=plain(provenance.get("agreement_sha256", "")),
        version=plain(provenance.get("version", "")),
        settings=_pairs(provenance.get("settings")),
        withheld=_pairs(provenance.get("withheld")),
        contact=plain(provenance.get("contact", "")),
    )  # fmt: skip


def _section(clause: ClauseAnswer, answer: Answer) -> Section:
    ordered = wording.in_order(clause.tallies)
    told = clause.told_by if clause.informed else ()
    return Section(
        clause, plain(clause.title),
        wording.clause_line(clause, counterfactual=wording.never(answer)),
        wording.reach(clause),
        [_figure(clause, tally, answer) for tally in ordered] if clause.informed else [],
        wording.vague_words(clause.vague) if clause.vague else "",
        [
            (plain(t.outlet, 80), parties.side_words(t.side, answer), number(t.incidents))
            for t in sorted(told, key=parties.told_order)
        ],
        wording.held(clause, answer) if wording.is_rival(clause, answer) else "",
        1 + [c.clause for c in wording.leading(answer)].index(clause.clause),
    )  # fmt: skip


def _figure(clause: ClauseAnswer, tally: Tally, answer: Answer) -> Figure:
    last = tally.certain if tally.possible is None else tally.possible
    return Figure(
        noun(tally.unit, last), short(tally.certain, tally.possible),
        wording.comparison(clause, tally), _means(tally.unit),
        strips.strip(clause, tally.unit, answer),
        [
            (parties.party(p.party, answer), plain(p.responsibility),
             short(p.tally.certain, p.tally.possible))
            for p in parties.by_party(clause, tally.unit, answer)
        ],
    )  # fmt: skip


def _means(unit: str) -> str:
    """Return what a counting unit stands for, as a sentence."""
    known = units().get(unit)
    return f"{known.one[0].upper()}{known.one[1:]}: {known.means}." if known else ""


def _first_readings(findings: pa.Table, clauses: tuple[ClauseAnswer, ...]) -> pa.Table:
    """Return the findings under the reading that the answer follows: the map agrees with it."""
    kept = [
        findings.filter(
            pc.and_(
                pc.equal(findings["clause"], c.clause), pc.equal(findings["reading"], c.reading)
            )
        )
        for c in clauses
    ]
    return pa.concat_tables(kept) if kept else findings.slice(0, 0)


def _how_many(found: Sequence[tuple[str, int]]) -> str:
    """Return how many names are not known, in how many reports; a name may be a secret itself."""
    names, told = len(found), sum(count for _, count in found)
    least = "at least " if names >= NAMES_TOLD else ""
    return (
        f"{least}{number(names)} {'name' if names == 1 else 'names'} in "
        f"{least}{number(told)} {'report' if told == 1 else 'reports'}"
    )


def _aside(set_aside: pa.Table) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return per kind: its name, how many rows, the first of them, how many more.

    Never the reasons: they quote the rows, and a row that was set aside may be anything.
    """
    kinds: dict[str, list[tuple[str, str]]] = {}
    counts: dict[str, int] = {}
    columns = (set_aside[n].to_pylist() for n in ("kind", "file", "row"))
    for kind, file, row in zip(*columns, strict=True):
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= ROWS_EACH_KIND:
            shown = (plain(file, 160), "" if row is None else number(row))
            kinds.setdefault(kind, []).append(shown)
    ranked = sorted(counts, key=lambda kind: (-counts[kind], str(kind)))
    return [
        (
            plain(kind) or "other", number(counts[kind]), kinds[kind],
            number(counts[kind] - len(kinds[kind])) if counts[kind] > len(kinds[kind]) else "",
        )
        for kind in ranked[:KINDS_SHOWN]
    ]  # fmt: skip


def _pairs(values: Any) -> list[tuple[str, str]]:
    """Return a mapping's items as texts, by name; nothing for anything else."""
    if not isinstance(values, Mapping):
        return []
    pairs = []
    for key, value in sorted(values.items(), key=lambda item: str(item[0])):
        if isinstance(value, Mapping):
            pairs += [(f"{plain(key)}: {name}", text) for name, text in _pairs(value)]
        elif isinstance(value, int) and not isinstance(value, bool):
            pairs.append((plain(key), number(value)))
        elif value not in (None, "", []):
            pairs.append((plain(key), plain(value)))
    return pairs


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("holdfire.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(plain=plain, number=number)
    return environment
