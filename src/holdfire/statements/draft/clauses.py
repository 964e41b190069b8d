"""Clauses of a draft agreement: what is prohibited, towards what, where, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfire.statements.draft.gathering import Ceasefire, Quote, Source
from holdfire.statements.draft.phrases import any_of, table
from holdfire.statements.draft.term import Term
from holdfire.terms.vocabulary import shipped

if TYPE_CHECKING:
    from holdfire.statements.draft.drafting import Draft

NEAR = 60
"""Letters between two acts of one list ("missile and drone strikes"), at most."""

_LIST = re.compile(r"[\s,\"”“]*(?:(?:and|or|as well as|the|all|any|of|use of)[\s,]+)*")
_EDGE = re.compile(
    r"[;:.!?\n](?=\s|[\"”]|\Z)|,\s|[—–]\s|\s(?=(?:but|while)\s)|(?<=[\w,.])[\"”]\s|\s[\"“](?=\w)"
)
_FIRST = re.compile(r"[\s\"“”]*(?:(?:and|or)\s+)?")


@dataclass
class _Clause:
    """One prohibition as one text, or several, tell it."""

    acts: tuple[str, ...]
    targets: tuple[str, ...]
    source: Source
    start: int
    end: int
    acts_at: list[Quote] = field(default_factory=list)
    targets_at: list[Quote] = field(default_factory=list)
    zones: dict[str, list[Quote]] = field(default_factory=dict)
    by: dict[str, None] = field(default_factory=dict)
    sure: bool = True
    permits: list[tuple[dict[str, Any], list[Quote]]] = field(default_factory=list)

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.acts, self.targets

    @property
    def id(self) -> str:
        return "-".join((*self.acts, *(("on",) if self.targets else ()), *self.targets))[:64].strip(
            "-"
        )


def clauses(made: Draft, chosen: Ceasefire, ids: Mapping[str, str]) -> None:
    """Add the clauses; what cannot be one (a place without geometry) becomes a question."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], _Clause] = {}
    for source in chosen.sources:
        for one in _of(source):
            known = found.setdefault(one.key, one)
            if known is not one:
                _merge(known, one)
    listed = _absorbed(made, list(found.values()))
    _permits(made, chosen, listed)
    rows = [_row(made, one, ids) for one in listed]
    _free_zones(made, chosen, listed)
    if not rows:
        made.ask(
            "clauses",
            "what is prohibited? The texts say no more than that fighting stops; [[clauses]] has a "
            "placeholder",
        )
        rows = [{"id": "not-told", "title": "", "wording": "", "acts": []}]
    made.agreement["clauses"] = rows


def _of(source: Source) -> Iterator[_Clause]:
    """Yield the clauses of one text: acts of one list, with the targets and places beside them."""
    terms = sorted(
        (term for term in source.terms if term.field in ("act", "target", "zone")),
        key=lambda term: term.passages,
    )
    text = source.article.text
    groups: list[list[Term]] = []
    for term in terms:
        start = term.passages[0][0]
        last = groups[-1][-1].passages[0][1] if groups else 0
        between = text[last:start] if groups else ""
        if groups and _joined(term, groups[-1], between):
            groups[-1].append(term)
        else:
            groups.append([term])
    for group in groups:
        acts = [term for term in group if term.field == "act"]
        targets = [term for term in group if term.field == "target"]
        if acts or targets:
            yield _clause(source, group, acts, targets)


def _joined(term: Term, group: list[Term], between: str) -> bool:
    """Whether a term belongs to the clause before it."""
    if "\n" in between or re.search(r"[.!?][\"”]?\s", between):
        return False
    if term.field == "act":
        return group[-1].field == "act" and len(between) <= NEAR and bool(_LIST.fullmatch(between))
    if term.field == "target":
        return len(between) <= NEAR
    return len(between) <= 2 * NEAR


def _clause(source: Source, group: list[Term], acts: list[Term], targets: list[Term]) -> _Clause:
    zones: dict[str, list[Quote]] = {}
    for term in group:
        if term.field == "zone":
            words = " ".join(term.value.split())
            zones.setdefault(words, []).extend(source.quotes(term.passages))
    start = min(term.passages[0][0] for term in group)
    end = max(term.passages[0][1] for term in group)
    by = dict.fromkeys((source.who, *(name for term in acts for name in term.according_to)))
    return _Clause(
        tuple(dict.fromkeys(term.value for term in acts)),
        tuple(dict.fromkeys(term.value for term in targets)),
        source, *_wording(source.article.text, start, end),
        [quote for term in acts for quote in source.quotes(term.passages)],
        [quote for term in targets for quote in source.quotes(term.passages)],
        zones, by, all(term.sure for term in group),
    )  # fmt: skip


def _wording(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause of the sentence around a passage: from comma to comma."""
    before = [match.end() for match in _EDGE.finditer(text, max(0, start - 300), start)]
    after = _EDGE.search(text, end)
    first = before[-1] if before else max(0, start - 300)
    opening = _FIRST.match(text, first)
    return opening.end() if opening else first, after.start() if after else len(text)


def _merge(known: _Clause, other: _Clause) -> None:
    known.acts_at += other.acts_at
    known.targets_at += other.targets_at
    known.by |= other.by
    known.sure = known.sure or other.sure
    for words, quotes in other.zones.items():
        known.zones.setdefault(words, []).extend(quotes)


def _absorbed(made: Draft, found: list[_Clause]) -> list[_Clause]:
    """Take clauses that say less of the same into those that say more, and ask.

    Acts without a target where another clause has that act with one; targets without an act where
    there is one clause with targets.
    """
    kept = [one for one in found if one.acts and one.targets]
    for one in found:
        if one in kept:
            continue
        if one.acts:
            fuller = [other for other in kept if other.targets and set(one.acts) <= set(other.acts)]
        else:
            fuller = [other for other in kept if other.targets]
        if len(fuller) == 1:
            other = fuller[0]
            more = [target for target in one.targets if target not in other.targets]
            if not one.acts:
                other.targets += tuple(more)
                other.targets_at += one.targets_at
                question = f"do these belong to {other.id}? They are told apart from an act"
            else:
                question = (
                    f"told without a target too: is {', '.join(one.acts)} prohibited altogether?"
                )
            made.ask(f"clauses.{other.id}", question, one.acts_at + one.targets_at)
            for words, quotes in one.zones.items():
                other.zones.setdefault(words, []).extend(quotes)
        elif one.acts:
            kept.append(one)
        else:
            made.ask(
                "clauses", "what must not be done to these? Told without an act", one.targets_at
            )
    return sorted(kept, key=lambda one: (one.acts_at[0].file, one.acts_at[0].start))


def _row(made: Draft, one: _Clause, ids: Mapping[str, str]) -> dict[str, Any]:
    path = f"clauses.{one.id}"
    text = one.source.article.text
    row: dict[str, Any] = {
        "id": one.id,
        "title": _title(one),
        "wording": " ".join(text[one.start : one.end].split()),
        "text": ids[one.source.article.id],
        "acts": list(one.acts),
    }
    made.rest(f"{path}.wording", one.source.quotes([(one.start, one.end)]))
    made.rest(f"{path}.acts", one.acts_at)
    if one.targets:
        row["targets"] = list(one.targets)
        made.rest(f"{path}.targets", one.targets_at)
    row["zone"] = "anywhere"
    for words, quotes in one.zones.items():
        made.rest(f"{path}.zone", quotes)
        made.ask(
            f"{path}.zone",
            f"where is {_quoted(words)}? Draw it in zones/ and name it; till then it is anywhere",
            quotes,
        )
    if not one.zones:
        made.ask(f"{path}.zone", "where does it hold? No text tells; anywhere is taken")
    if not one.sure:
        made.ask(
            f"{path}.wording",
            "told at second hand, without a source or only by the words around it: is it so?",
            one.source.quotes([(one.start, one.end)]),
        )
    if one.permits:
        row["permits"] = [permit for permit, _ in one.permits]
        for number, (_, quotes) in enumerate(one.permits, 1):
            made.rest(f"{path}.permits.{number}", quotes)
    return row


def _quoted(words: str) -> str:
    return f'"{words}"'


def _title(one: _Clause) -> str:
    acts, targets = shipped("acts").nodes, shipped("targets").nodes
    done = ", ".join(acts[act].label for act in one.acts)
    hit = ", ".join(targets[target].label for target in one.targets)
    return f"{done} ({hit})" if hit else done


def _permits(made: Draft, chosen: Ceasefire, listed: list[_Clause]) -> None:
    """Make permits of exceptions whose condition the tables know; ask about the others."""
    seen: set[str] = set()
    for source in chosen.sources:
        for term in source.terms:
            words = " ".join(term.value.split())
            if term.field != "exception" or words.lower() in seen:
                continue
            seen.add(words.lower())
            quotes = list(source.quotes(term.passages))
            circumstances = [
                name
                for name, phrases in table("circumstances").items()
                if any_of(phrases).search(words)
            ]
            if not circumstances:
                made.ask("clauses", f"what is allowed all the same? {_quoted(words)}", quotes)
                continue
            permit = {"wording": words, "circumstances": circumstances}
            for one in listed:
                one.permits.append((permit, quotes))


def _free_zones(made: Draft, chosen: Ceasefire, listed: list[_Clause]) -> None:
    """Ask about places that are told apart from any prohibition, and about who watches."""
    used = {quote for one in listed for quotes in one.zones.values() for quote in quotes}
    for source in chosen.sources:
        for term in source.terms:
            quotes = source.quotes(term.passages)
            words = " ".join(term.value.split())
            if term.field == "zone" and not used.issuperset(quotes):
                made.ask(
                    "zones", f"the ceasefire holds {_quoted(words)}: draw it in zones/", quotes
                )
            elif term.field == "monitoring":
                made.ask("agreement.note", f"who watches? {_quoted(words)}", quotes)
