"""What the structure of an agreement cannot say: that names exist, and times make sense."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Literal

from holdfire.errors import HoldfireError, Problem, did_you_mean, shown
from holdfire.tables.moment import zone
from holdfire.terms.agreement import (
    Agreement,
    Clause,
    ClauseReading,
    End,
    Hours,
    LineOfContact,
    Permit,
    Reading,
    When,
    Window,
    Zone,
    ZoneTable,
)
from holdfire.terms.clauses import readings_of
from holdfire.terms.locate import Lines
from holdfire.terms.names import PartyNames, folded
from holdfire.terms.vocabulary import KINDS, Vocabularies
from holdfire.terms.windows import Interval, bound, own_window

Path = tuple[str | int, ...]


class Check:
    """What the structure cannot say: that names exist, and times and zones make sense."""

    def __init__(
        self, agreement: Agreement, vocabularies: Vocabularies, areas: Collection[str],
        lines: Lines, file: str,
    ) -> None:  # fmt: skip
        self.it, self.words, self.areas = agreement, vocabularies, areas
        self.lines, self.file = lines, file
        self.parties = {party.id for party in agreement.parties}
        self.texts = {text.id for text in agreement.texts}

    def problem(
        self, path: Path, message: str, advice: str = "", value: object = None,
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:  # fmt: skip
        """Return a problem placed at the line of a path, or of a value below it."""
        line = self.lines.of(path, value)
        return Problem(f"{self.file}:{line}" if line else self.file, message, advice, severity)

    def all(self) -> Iterator[Problem]:
        """Yield every problem of the agreement."""
        yield from self._unique()
        names = PartyNames(self.it)
        for name, problem in zip(names.shared, names.problems, strict=True):
            yield self.problem((), problem.message, problem.advice, value=name)
        yield from self._heading()
        for key, described in self.it.zones.items():
            yield from self._zone(described, ("zones", key), f"zone {key}", (key,))
        for index, clause in enumerate(self.it.clauses):
            yield from self._clause(clause, ("clauses", index))

    def _unique(self) -> Iterator[Problem]:
        groups: list[tuple[str, list[str]]] = [
            ("texts", [item.id for item in self.it.texts]),
            ("parties", [item.id for item in self.it.parties]),
            ("readings", [item.id for item in self.it.readings]),
            ("clauses", [item.id for item in self.it.clauses]),
        ]
        for table, ids in groups:
            for index, name in enumerate(ids):
                if name in ids[:index]:
                    yield self.problem((table, index), f"{table} has the id {shown(name)} twice")
        for index, party in enumerate(self.it.parties):
            if party.id in ("outsider", "neutral"):
                yield self.problem(
                    ("parties", index, "id"), f"a party cannot be called {party.id}",
                    "these words say that nobody bound here acted, or that an outlet is no party's",
                )  # fmt: skip

    def _heading(self) -> Iterator[Problem]:
        local_time = self.it.agreement.local_time
        try:
            zone(local_time)
        except HoldfireError as error:
            yield self.problem(
                ("agreement", "local_time"), error.problem.message, error.problem.advice
            )
            return
        starts = [self.it.in_effect, self.it.would_have_counted]
        starts += [start for r in self.it.readings for start in (r.in_effect, r.would_have_counted)]
        if not any(starts):
            yield self.problem(
                ("agreement",), "nothing says when it took effect",
                "add [in_effect], or [would_have_counted] for one that never did",
            )  # fmt: skip
            return
        if self.it.in_effect and self.it.would_have_counted:
            yield self.problem(
                ("would_have_counted",),
                "an agreement that took effect cannot be one that never did",
            )
        for table, facts in (("accepted", self.it.accepted), ("declined", self.it.declined)):
            for index, fact in enumerate(facts):
                yield from self._parties((fact.party,), (table, index, "party"), table)
                yield from self._when(fact.on, fact.zone, (table, index, "on"))
                yield from self._text(fact.text, (table, index), table)
        if self.it.proposed:
            yield from self._text(self.it.proposed.text, ("proposed",), "proposed")
            yield from self._when(self.it.proposed.on, self.it.proposed.zone, ("proposed", "on"))
        for index, declared in enumerate(self.it.declared):
            yield from self._when(declared.on, declared.zone, ("declared", index, "on"))
            yield from self._text(declared.text, ("declared", index), "declared")
        wrong = list(self._limits())
        yield from wrong
        if wrong:
            return
        for index, clause in enumerate(self.it.clauses):
            try:
                read = readings_of(self.it, clause)
            except HoldfireError as error:
                yield self.problem(
                    ("clauses", index), f'clause "{clause.id}": {error.problem.message}',
                    error.problem.advice,
                )  # fmt: skip
            else:
                effects = [one.effect.possible for one in read]
                yield from self._outside(clause.windows, ("clauses", index), clause.id, effects)
                for at, own in enumerate(clause.readings):
                    path = ("clauses", index, "readings", at)
                    yield from self._outside(own.windows or (), path, clause.id, effects)

    def _outside(
        self, windows: tuple[Window, ...], path: Path, clause: str, effects: list[Interval]
    ) -> Iterator[Problem]:
        """Warn of windows in which the agreement is in effect by no reading."""
        for index, window in enumerate(windows):
            begins, ends = own_window(window, self.it.agreement.local_time).possible
            if not any(begins < last and first < ends for first, last in effects):
                yield self.problem(
                    (*path, "windows", index),
                    f'clause "{clause}": window {index + 1} is wholly outside the agreement',
                    "nothing can be counted in it", severity="warning",
                )  # fmt: skip

    def _limits(self) -> Iterator[Problem]:
        """Yield what is wrong with a start or an end by itself, at its own line."""
        tables: list[tuple[Path, Agreement | Reading]] = [((), self.it)]
        tables += [(("readings", index), one) for index, one in enumerate(self.it.readings)]
        for path, table in tables:
            for key, limit in (
                ("in_effect", table.in_effect),
                ("would_have_counted", table.would_have_counted),
                ("ends", table.ends),
            ):
                if limit is not None:
                    at = (*path, key, "at" if isinstance(limit, End) else "from")
                    yield from self._when(limit.at, limit.zone, at)
                    if limit.at is None and limit.zone:
                        yield from self._zone_of_time(limit.zone, (*path, key, "zone"))

    def _zone_of_time(self, name: str, path: Path) -> Iterator[Problem]:
        try:
            zone(name)
        except HoldfireError as error:
            yield self.problem(path, error.problem.message, error.problem.advice)

    def _text(self, name: str | None, path: Path, label: str) -> Iterator[Problem]:
        if name and name not in self.texts:
            yield self.problem(
                (*path, "text"), f"{label}: unknown text {shown(name)}",
                did_you_mean(name, self.texts), value=name,
            )  # fmt: skip

    def _when(self, value: When | None, zone_name: str | None, path: Path) -> Iterator[Problem]:
        if value is None:
            return
        try:
            bound(value, zone_name or self.it.agreement.local_time)
        except HoldfireError as error:
            yield self.problem(path, error.problem.message, error.problem.advice)

    def _clause(self, clause: Clause, path: Path) -> Iterator[Problem]:
        label = f'clause "{clause.id}"'
        yield from self._text(clause.text, path, label)
        yield from self._terms(clause, path, label)
        known = {reading.id for reading in self.it.readings}
        own = [reading.id for reading in clause.readings]
        for index, reading in enumerate(clause.readings):
            at = (*path, "readings", index)
            if reading.id in own[:index]:
                yield self.problem(at, f"{label}: two readings have the id {shown(reading.id)}")
            if reading.id in known:
                yield self.problem(
                    at, f"{label}: the agreement has a reading {shown(reading.id)} too"
                )
            yield from self._terms(reading, at, f'{label}, reading "{reading.id}"')

    def _terms(self, terms: Clause | ClauseReading, path: Path, label: str) -> Iterator[Problem]:
        yield from self._words(terms, path, label)
        yield from self._parties(terms.binds or (), (*path, "binds"), label)
        if terms.zone is not None:
            yield from self._zone(terms.zone, (*path, "zone"), label, ())
        yield from self._windows(terms.windows or (), (*path, "windows"), label)
        yield from self._hours(terms.hours or (), (*path, "hours"), label)
        for index, permit in enumerate(terms.permits or ()):
            at = (*path, "permits", index)
            inner = f'{label}, permit "{permit.wording}"'
            yield from self._text(permit.text, at, inner)
            if not any(
                (permit.acts, permit.targets, permit.weapons, permit.by, permit.zone, permit.hours,
                 permit.circumstances)
            ):  # fmt: skip
                yield self.problem(
                    at, f"{inner}: names no condition, so it would permit everything"
                )
            yield from self._words(permit, at, inner)
            yield from self._parties(permit.by, (*at, "by"), inner)
            yield from self._hours(permit.hours, (*at, "hours"), inner)
            if permit.zone is not None:
                yield from self._zone(permit.zone, (*at, "zone"), inner, ())

    def _words(
        self, terms: Clause | ClauseReading | Permit, path: Path, label: str
    ) -> Iterator[Problem]:
        for kind in KINDS:
            vocabulary = self.words.of(kind)
            for word in getattr(terms, kind) or ():
                if word not in vocabulary:
                    yield self.problem(
                        (*path, kind), f"{label}: unknown {kind[:-1]} {shown(word)}.",
                        f"{did_you_mean(word, vocabulary.nodes)}\n  "
                        f"The {kind} are listed by: holdfire {kind}".strip(), value=word,
                    )  # fmt: skip

    def _parties(self, names: tuple[str, ...], path: Path, label: str) -> Iterator[Problem]:
        for name in names:
            if name not in self.parties:
                yield self.problem(
                    path, f"{label}: unknown party {shown(name)}",
                    did_you_mean(name, self.parties) or f"known: {', '.join(sorted(self.parties))}",
                    value=name,
                )  # fmt: skip

    def _windows(self, windows: tuple[Window, ...], path: Path, label: str) -> Iterator[Problem]:
        spans: list[tuple[int, tuple[datetime, datetime]]] = []
        for index, window in enumerate(windows):
            try:
                possible = own_window(window, self.it.agreement.local_time).possible
            except HoldfireError as error:
                yield self.problem(
                    (*path, index), f"{label}: {error.problem.message}", error.problem.advice
                )
                continue
            for other, (begins, ends) in spans:
                if possible[0] < ends and begins < possible[1]:
                    yield self.problem(
                        (*path, index), f"{label}: windows {other + 1} and {index + 1} overlap",
                        "join them, or make one a reading of its own",
                    )  # fmt: skip
            spans.append((index, possible))

    def _hours(self, hours: tuple[Hours, ...], path: Path, label: str) -> Iterator[Problem]:
        for index, rule in enumerate(hours):
            if rule.zone:
                try:
                    zone(rule.zone)
                except HoldfireError as error:
                    yield self.problem((*path, index), f"{label}: {error.problem.message}")
            if rule.begins == rule.ends:
                yield self.problem(
                    (*path, index), f"{label}: hours from {rule.begins} to {rule.ends} are empty",
                    'for the whole day leave the hours out, or write from "00:00" to "24:00"',
                )  # fmt: skip

    def _zone(
        self, described: Zone, path: Path, label: str, above: tuple[str, ...]
    ) -> Iterator[Problem]:
        if isinstance(described, str):
            yield from self._zone_name(described, path, label, above)
            return
        yield from self._zone_table(described, path, label, above)

    def _zone_name(
        self, name: str, path: Path, label: str, above: tuple[str, ...]
    ) -> Iterator[Problem]:
        if name == "anywhere" or (name in above and folded(name) in self.areas):
            return
        if name in self.it.zones:
            if name in above[:-1] or (above and name == above[-1]):
                yield self.problem(path, f"{label}: zone {shown(name)} is defined by itself")
            elif len(above) < 20:
                yield from self._zone(self.it.zones[name], path, label, (*above, name))
        elif folded(name) not in self.areas:
            known = [*self.it.zones, *self.areas]
            yield self.problem(
                path, f"{label}: unknown zone or area {shown(name)}",
                did_you_mean(name, known) or "areas come from zones/*.geojson", value=name,
            )  # fmt: skip

    def _zone_table(
        self, table: ZoneTable, path: Path, label: str, above: tuple[str, ...]
    ) -> Iterator[Problem]:
        given = [key for key in type(table).model_fields if getattr(table, key) is not None]
        if len(given) != 1:
            yield self.problem(
                path, f"{label}: a zone has exactly one key, here {', '.join(given) or 'none'}",
                f"one of {', '.join(type(table).model_fields)}",
            )  # fmt: skip
            return
        names = _tuple(table.area) + (_tuple(table.buffer.around) if table.buffer else ())
        for name in names:
            yield from self._area(name, path, label)
        line = table.line_of_contact
        if line is not None:
            yield from self._line(line, path, label)
        children = [*(table.any_of or ()), *(table.all_of or ())]
        if table.outside is not None:
            children.append(table.outside)
        for child in children:
            yield from self._zone(child, path, label, above)

    def _line(self, line: LineOfContact, path: Path, label: str) -> Iterator[Problem]:
        if line.side != "both":
            yield from self._parties((line.side,), path, label)
        if line.beyond_km >= line.within_km:
            yield self.problem(path, f"{label}: beyond_km must be less than within_km")
        for area in (line.theatre, line.sea):
            if area is not None:
                yield from self._area(area, path, label)

    def _area(self, name: str, path: Path, label: str) -> Iterator[Problem]:
        if folded(name) not in self.areas:
            yield self.problem(
                path, f"{label}: unknown area {shown(name)}",
                did_you_mean(folded(name), self.areas) or "areas come from zones/*.geojson",
                value=name,
            )  # fmt: skip


def _tuple(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else value
