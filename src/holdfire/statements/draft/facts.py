"""Who proposed, accepted and declined: facts of a draft agreement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from holdfire.statements.draft.gathering import Ceasefire, Quote, Source
from holdfire.statements.draft.naming import Names
from holdfire.statements.statement import Statement

if TYPE_CHECKING:
    from holdfire.statements.draft.drafting import Draft

_DECLARED = re.compile(r"\b(?:declar|announc|order)\w*", re.IGNORECASE)
TABLES = {"accepts": "accepted", "accepts-on-conditions": "accepted", "rejects": "declined"}


@dataclass(frozen=True, slots=True)
class _Act:
    """One statement by which a party accepted or declined."""

    source: Source
    statement: Statement
    party: str
    table: str
    on: date | None

    @property
    def firm(self) -> bool:
        """Whether it tells a decision: no mere attitude, and not through one who cannot decide."""
        links = self.statement.chain[1:-1]
        own = [link.speaker for link in links if link.speaker.party == self.party]
        told = self.statement.attribution
        return (
            told.kind != "attitude"
            and not told.hedged
            and all(one.standing != "none" or one.kind != "person" for one in own)
        )

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return the passages of the whole statement, as one from first to last."""
        one = self.statement.attribution
        return self.source.quotes([(one.start, one.end)])


def facts(
    made: Draft, chosen: Ceasefire, ids: Mapping[str, str], parties: Sequence[str], names: Names
) -> None:
    """Add who proposed it, or declared it, and which party accepted or declined."""
    _proposed(made, chosen, ids, parties, names)
    acts = [act for source in chosen.sources for act in _acts(source, parties)]
    firm = [act for act in acts if act.firm]
    for table in ("accepted", "declined"):
        rows = []
        for party in parties:
            mine = [act for act in firm if act.party == party and act.table == table]
            if mine:
                rows.append(_fact(made, mine, ids, f"{table}.{party}"))
        if rows:
            made.agreement[table] = rows
    for party in parties:
        _ask(made, [act for act in acts if act.party == party], party, _name(party, names))


def _ask(made: Draft, acts: Sequence[_Act], party: str, name: str) -> None:
    """Ask what a party decided, where no text tells a decision, or texts tell two."""
    tables = sorted({act.table for act in acts if act.firm})
    if len(tables) > 1:
        quotes = [quote for act in acts if act.firm for quote in act.quotes]
        made.ask(f"accepted.{party}", f"did {name} accept or decline? Told both ways", quotes)
    for table, verb in (("accepted", "accept"), ("declined", "decline")):
        loose = [
            quote for act in acts if act.table == table and not act.firm for quote in act.quotes
        ]
        if loose and table not in tables:
            made.ask(
                f"{table}.{party}",
                f"did {name} {verb}? Told as a view, or by somebody who cannot decide it", loose,
            )  # fmt: skip
    if not acts:
        made.ask(f"accepted.{party}", f"did {name} accept? No text tells a decision of it")


def _proposed(
    made: Draft, chosen: Ceasefire, ids: Mapping[str, str], parties: Sequence[str], names: Names
) -> None:
    tellings: dict[str, list[tuple[Source, tuple[Quote, ...]]]] = {}
    for source in chosen.sources:
        for term in source.terms:
            if term.field == "proposer":
                told = source.quotes(term.passages)
                tellings.setdefault(term.value, []).append((source, told))
    if not tellings:
        made.ask("proposed", "who proposed or declared it, and when? No text tells")
        return
    by = sorted(tellings, key=lambda party: (-len(tellings[party]), party))
    first = tellings[by[0]]
    if len(by) > 1 and len(tellings[by[1]]) < len(first):
        for other in by[1:]:
            quotes = [quote for _, told in tellings[other] for quote in told]
            made.ask("proposed.by", f"or was it {_name(other, names)}?", quotes)
        by = by[:1]
    quotes = [quote for party in by for _, told in tellings[party] for quote in told]
    declared = by[0] in parties and any(_DECLARED.search(quote.text) for quote in quotes)
    table = "declared" if declared else "proposed"
    fact: dict[str, Any] = {"by": " and ".join(_name(one, names) for one in by)}
    said = [
        act
        for source in chosen.sources
        for act in _proposals(source, by)
    ]  # fmt: skip
    fact |= _when_and_where(said)
    fact["according_to"] = list(dict.fromkeys(source.who for source, _ in first))
    fact["text"] = ids[first[0][0].article.id]
    made.rest(f"{table}.by", quotes)
    for name in ("on", "where"):
        if name in fact:
            made.rest(f"{table}.{name}", [quote for act in said for quote in act.quotes])
    if "on" not in fact:
        made.ask(f"{table}.on", "on which day was it put forward? No text tells", quotes)
    made.agreement[table] = [fact] if declared else fact


def _name(party: str, names: Names) -> str:
    return (names.names_of.get(party) or (party.replace("-", " "),))[0]


def _proposals(source: Source, by: Sequence[str]) -> list[_Act]:
    return [
        _Act(source, one, one.speaker.party, "proposed", _day(one))
        for one in source.statements
        if one.stance.value == "proposes" and one.speaker.party in by and one.speaker.party
    ]


def _acts(source: Source, parties: Sequence[str]) -> list[_Act]:
    found = []
    for one in source.statements:
        table = TABLES.get(one.stance.party_value or "")
        if table is not None and one.speaker.party in parties and one.speaker.party:
            found.append(_Act(source, one, one.speaker.party, table, _day(one)))
    return found


def _day(one: Statement) -> date | None:
    """Return the day a thing was said, where it is known to the day."""
    first, last = one.circumstances.said_from, one.circumstances.said_to
    if first is None or last is None or last - first > timedelta(hours=25):
        return None
    return (first + (last - first) / 2).date()


def _when_and_where(acts: Sequence[_Act]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    dated = [act for act in acts if act.on is not None]
    if dated:
        told["on"] = min(act.on for act in dated if act.on is not None)
    place = next(
        (
            act.statement.circumstances.place
            for act in [*dated, *acts]
            if act.statement.circumstances.place
        ),
        "",
    )
    if place:
        told["where"] = place
    return told


def _fact(made: Draft, acts: list[_Act], ids: Mapping[str, str], path: str) -> dict[str, Any]:
    acts.sort(
        key=lambda act: (
            act.on or date.max,
            act.source.article.file,
            act.statement.attribution.start,
        )
    )
    fact: dict[str, Any] = {"party": acts[0].party} | _when_and_where(acts)
    according: dict[str, None] = {}
    conditions: dict[str, None] = {}
    for act in acts:
        according[act.source.who] = None
        for link in act.statement.chain[1:-1]:
            if link.speaker.name:
                according[link.speaker.name] = None
        text = act.source.article.text
        for start, end in act.statement.stance.conditions:
            conditions[" ".join(text[start:end].split())] = None
            made.rest(f"{path}.conditions", act.source.quotes([(start, end)]))
    fact["according_to"] = list(according)
    fact["text"] = ids[acts[0].source.article.id]
    if conditions and path.startswith("accepted"):
        fact["conditions"] = "; ".join(conditions)
        made.ask(f"{path}.conditions", "does it accept, given these conditions?",
                 made.passages.get(f"{path}.conditions", ()))  # fmt: skip
    made.rest(path, [quote for act in acts for quote in act.quotes])
    days = sorted({act.on for act in acts if act.on is not None})
    if len(days) > 1:
        told = ", ".join(map(str, days))
        made.ask(f"{path}.on", f"on which day? Told of {told}; the first is taken",
                 [quote for act in acts if act.on for quote in act.quotes])  # fmt: skip
    return fact
