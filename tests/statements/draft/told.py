"""Articles and statements made from a few words, for the tests of drafts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from holdfire.statements.article import Article, Origin
from holdfire.statements.attribution import Attribution, Kind
from holdfire.statements.draft import Term, terms_of
from holdfire.statements.statement import Circumstances, Link, Speaker, Stance, Statement

DAY = date(2025, 3, 13)


def article(text: str, name: str = "a", published: date | None = DAY, **more: str) -> Article:
    """A text of an invented outlet, which is its file letter by letter."""
    return Article(
        f"{name}.txt", name.ljust(64, "0"), 1, text, Origin.whole(text),
        more.get("outlet", "The Harbour Gazette"), more.get("url", ""), more.get("title", ""),
        published,
    )  # fmt: skip


def said(
    text: str,
    content: str,
    *,
    source: str = "",
    cue: str = "",
    party: str | None = None,
    kind: Kind = "saying",
    stance: str = "unclear",
    party_value: str | None = None,
    conditions: str = "",
    on: date | None = None,
    place: str = "",
    through: tuple[Speaker, ...] = (),
    hedged: bool = False,
    standing: str = "speaks",
) -> Statement:
    """A statement whose passages are the first places of the given words in the text."""

    def at(words: str) -> tuple[tuple[int, int], ...]:
        start = text.index(words)
        return ((start, start + len(words)),)

    named = at(source) if source and source in text else ()
    speaker = Speaker(source, "person" if source else "unnamed", "", party, standing)
    begins = datetime.combine(on, datetime.min.time(), UTC) if on else None
    return Statement(
        Attribution(at(content), at(cue) if cue else at(content), named,
                    kind, hedged),
        speaker,
        (Link(Speaker("The Harbour Gazette", "outlet")), *map(Link, through), Link(speaker)),
        "indirect",
        Stance(stance, at(conditions) if conditions else (), party_value),
        "",
        Circumstances(begins, begins + timedelta(days=1) if begins else None, "day",
                      at(content) if on else (), place),
    )  # fmt: skip


def told(text: str, published: date | None = DAY) -> dict[str, list[str]]:
    """The values of every field that a text tells."""
    found: dict[str, list[str]] = {}
    for term in terms_of(article(text, published=published)):
        found.setdefault(term.field, []).append(term.value)
    return found


def quoted(text: str, term: Term) -> str:
    """The words of a term's passage."""
    start, end = term.passages[0]
    return text[start:end]
