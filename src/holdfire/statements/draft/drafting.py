"""A draft agreement in the language of ``terms``, merged from what many texts tell.

Nothing is invented. A field is filled from a passage and says which; what no text tells, or texts
tell differently, is a question for a person. Where the language cannot do without a field, a
placeholder stands that ``holdfire check`` points at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from holdfire.statements.article import Article
from holdfire.statements.draft import clauses as told_clauses
from holdfire.statements.draft.facts import TABLES, facts
from holdfire.statements.draft.gathering import Ceasefire, Quote, Source, attach, attached, gather
from holdfire.statements.draft.naming import Names, known
from holdfire.statements.draft.term import Term
from holdfire.statements.draft.times import when
from holdfire.statements.draft.writing import write
from holdfire.statements.statement import Statement

FILES = 5
"""Files that are named of a ceasefire that was left out."""

SHARE = 0.34
"""A party is taken over where so many of the texts that name parties name it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the texts leave open: the field, the question, and the passages it is about."""

    field: str
    question: str
    passages: tuple[Quote, ...] = ()


@dataclass
class Draft:
    """A drafted agreement.

    ``agreement`` holds the tables of ``agreement.toml`` as plain values, ``passages`` by field the
    quotations it rests on, ``open`` what a person has to settle.
    """

    agreement: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, tuple[Quote, ...]] = field(default_factory=dict)
    open: list[Question] = field(default_factory=list)

    def ask(self, name: str, question: str, passages: Iterable[Quote] = ()) -> None:
        """Leave a question open; the same one asked again gets more passages."""
        for index, one in enumerate(self.open):
            if (one.field, one.question) == (name, question):
                more = tuple(dict.fromkeys((*one.passages, *passages)))
                self.open[index] = Question(name, question, more)
                return
        self.open.append(Question(name, question, tuple(passages)))

    def rest(self, name: str, passages: Iterable[Quote]) -> None:
        """Note what a field rests on."""
        kept = dict.fromkeys((*self.passages.get(name, ()), *passages))
        if kept:
            self.passages[name] = tuple(kept)

    def toml(self) -> str:
        """Return it as the text of an ``agreement.toml``."""
        return write(self.agreement, self.passages, self.open)

    def as_json(self) -> dict[str, Any]:
        """Return ``agreement``, ``passages`` by field, and ``open`` as plain values."""

        def plain(quotes: Iterable[Quote]) -> list[dict[str, Any]]:
            return [
                {"file": q.file, "start": q.start, "end": q.end, "text": q.text} for q in quotes
            ]

        return {
            "agreement": _plain(self.agreement),
            "passages": {name: plain(quotes) for name, quotes in self.passages.items()},
            "open": [
                {"field": one.field, "question": one.question, "passages": plain(one.passages)}
                for one in self.open
            ],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def draft(
    found: Iterable[tuple[Article, Sequence[Statement], Sequence[Term]]],
    names: Names | None = None,
) -> Draft:
    """Return the draft of the ceasefire that the texts tell best.

    Texts without terms are passed over, but for those in which one of its sides takes or refuses
    it; where nothing is told, everything is open. The same texts in another order give the same
    draft.
    """
    names = names or known()
    sources = [
        Source(article, _needed(said, terms), tuple(terms)) for article, said, terms in found
    ]
    chosen, others = gather(sources)
    if chosen is not None:
        bare = [one for one in sources if not one.terms and one.statements]
        attach(chosen, [one for one in bare if attached(one, chosen, others)])
    made = Draft()
    if chosen is None:
        chosen = Ceasefire()
        made.ask("agreement", "no text tells a term of a ceasefire: is there one?")
    made.agreement["agreement"] = {}
    ids = _texts(made, chosen)
    parties = _parties(made, chosen, names)
    facts(made, chosen, ids, parties, names)
    when(made, chosen, ids, names, parties)
    told_clauses.clauses(made, chosen, ids)
    _heading(made, chosen, parties, names)
    for other in others:
        made.ask(
            "agreement",
            f"left out: another ceasefire ({other.named}), told by {_files(other)}",
        )
    return made


def _files(ceasefire: Ceasefire) -> str:
    files = sorted({one.article.file for one in ceasefire.sources})
    more = f" and {len(files) - FILES} more" if len(files) > FILES else ""
    return ", ".join(files[:FILES]) + more


def _needed(said: Iterable[Statement], terms: Iterable[Term]) -> tuple[Statement, ...]:
    """Return the statements that a draft can rest on; the others of thousands of texts go."""
    named = {name for term in terms for name in term.according_to}
    return tuple(
        one
        for one in said
        if (one.stance.value == "proposes" and terms)
        or one.stance.party_value in TABLES
        or one.speaker.name in named
    )


def _texts(made: Draft, chosen: Ceasefire) -> dict[str, str]:
    """Add every text; return its id by the article's id."""
    ids: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    taken: Counter[str] = Counter()
    for source in chosen.sources:
        article = source.article
        stem = _slug(f"{source.who} {article.published or ''}")[:56].strip("-") or "text"
        taken[stem] += 1
        name = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
        ids[article.id] = name
        title = f'"{article.title}"' if article.title else ""
        day = str(article.published) if article.published else ""
        row: dict[str, Any] = {
            "id": name,
            "citation": ", ".join(part for part in (source.who, title, day) if part),
        }
        if article.url:
            row["url"] = article.url
        if article.published:
            row["published"] = article.published
        rows.append(row)
    made.agreement["texts"] = rows
    return ids


def _parties(made: Draft, chosen: Ceasefire, names: Names) -> list[str]:
    telling = [one for one in chosen.sources if one.values("party")]
    counted = Counter(party for one in telling for party in set(one.values("party")))
    least = max(1.0, SHARE * len(telling))
    kept = sorted(
        (party for party in counted if counted[party] >= least),
        key=lambda party: (-counted[party], party),
    )
    rows: list[dict[str, Any]] = []
    for party in sorted(kept):
        forms = names.names_of.get(party) or (party.replace("-", " ").title(),)
        row: dict[str, Any] = {"id": party, "names": {"en": forms[0]}}
        if len(forms) > 1:
            row["aliases"] = list(forms[1:])
        rows.append(row)
        made.rest(f"parties.{party}", _quotes(chosen, "party", party))
    for party in sorted(set(counted) - set(kept)):
        made.ask(
            "parties",
            f"is {_shown(party, names)} bound too? Few texts name it",
            _quotes(chosen, "party", party),
        )
    if not rows:
        made.ask("parties", "who is bound? No text tells it; [[parties]] has a placeholder")
        rows = [{"id": "", "names": {"en": ""}}]
    elif len(rows) == 1:
        made.ask("parties", f"who is bound besides {rows[0]['names']['en']}? The texts name nobody")
    made.agreement["parties"] = rows
    return sorted(kept)


def _shown(party: str, names: Names) -> str:
    return (names.names_of.get(party) or (party.replace("-", " ").title(),))[0]


def _quotes(chosen: Ceasefire, name: str, value: str) -> list[Quote]:
    return [
        quote
        for source in chosen.sources
        for term in source.terms
        if term.field == name and term.value == value
        for quote in source.quotes(term.passages)
    ]


def _heading(made: Draft, chosen: Ceasefire, parties: Sequence[str], names: Names) -> None:
    shown = [_shown(party, names) for party in parties]
    between = " and ".join(shown) if len(shown) < 3 else ", ".join(shown)
    length = made.agreement.get("ends", {}).get("after", "")
    days = [one.article.published for one in chosen.sources if one.article.published]
    year = str(min(days).year) if days else ""
    title = f"Ceasefire{f' of {length}' if length else ''}{f' between {between}' if shown else ''}"
    heading = made.agreement["agreement"]
    heading["id"] = _slug(f"ceasefire {' '.join(parties)} {year}")[:64].strip("-")
    heading["title"] = f"{title} (draft)"
    heading["conflict"] = between
    made.ask("agreement.conflict", "what is the conflict called? Filled with the parties' names")
    heading["local_time"] = _local_time(made, chosen, parties, names)


def _local_time(made: Draft, chosen: Ceasefire, parties: Sequence[str], names: Names) -> str:
    """Return the zone that the texts tell, else the one that all parties share, else nothing."""
    told: Counter[str] = Counter()
    for source in chosen.sources:
        for term in source.terms:
            zone = term.value.partition(" ")[2] if term.field in ("starts", "ends") else ""
            if zone:
                told[zone] += 1
                made.rest("agreement.local_time", source.quotes(term.passages))
    if told:
        return min(told, key=lambda zone: (-told[zone], zone))
    shared = {names.time_zone(party) for party in parties}
    common = shared.pop() if len(shared) == 1 else None
    if common:
        made.ask(
            "agreement.local_time", f"is {common} meant? It is the parties' capital's, not told"
        )
        return common
    made.ask(
        "agreement.local_time",
        "whose local time is meant? The texts do not tell; give an IANA name such as Europe/Kyiv",
    )
    return ""


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
