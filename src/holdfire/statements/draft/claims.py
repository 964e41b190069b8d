"""Claims of violations as reports in holdfire's own format.

A figure that somebody gives ("Kyiv reported 2,935 violations") is one claim; a single incident with
act, place and time is an ordinary report, with the statement as its source. Only what is attributed
is taken, by whom it was said last; nothing denied, wished, feared or planned.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b

from holdfire.statements.article import Article
from holdfire.statements.draft import counting, incidents
from holdfire.statements.draft.dated import dateline
from holdfire.statements.draft.naming import Names, known
from holdfire.statements.draft.phrases import claim_words
from holdfire.statements.draft.sentences import Sentence, sentences
from holdfire.statements.draft.spans import Span
from holdfire.statements.statement import Statement

COLUMNS = (
    "event_id", "occurred_at", "occurred_from", "occurred_to", "timezone", "time_precision",
    "reported_at", "place", "place_precision", "act", "target", "actor", "responsibility", "outlet",
    "outlet_side", "counting_unit", "quantity_unit", "quantity", "quantity_min", "quantity_best",
    "quantity_max", "deaths", "deaths_min", "deaths_best", "deaths_max", "summary", "citation",
)  # fmt: skip
"""The columns of holdfire's own format that are written, in this order (docs/sources.md)."""

QUIET_STANCES = frozenset({"denies-violation"})

_TICK = timedelta(microseconds=1)

Row = dict[str, str]


def claims_of(
    article: Article,
    statements: Sequence[Statement],
    names: Names | None = None,
    *,
    ids: Sequence[str] = (),
    timezone: str = "",
) -> list[Row]:
    """Return the claims of one text as rows of holdfire's own format.

    ``ids`` are the statements' ids, for the citation. ``timezone`` is the zone of days that name
    none where the claimant belongs to no party; a party's claims are read in its capital's time.
    A row without a time that is told says that it happened not after publication; without a day
    of publication either there is no row.
    """
    spans = _saying(article, statements)
    if not spans:
        return []
    names = names or known()
    reference = dateline(article.text, article.published)
    rows: list[Row] = []
    seen: set[tuple[int, int]] = set()
    telling = [
        one
        for one in sentences(article.text)
        if any(start < one.end and one.start < end for start, end in spans)
        and (counting.may(one) or incidents.may(one))
    ]
    if not telling:
        return []
    mentions = names.more(article.text, names.mentions(article.text), statements)
    for one in telling:
        inside = [m for m in mentions if one.start <= m.start < one.end]
        for found in _of_sentence(one, statements):
            statement, start, end = found
            side = statement.speaker.party
            zone = (names.time_zone(side) if side else None) or timezone or "UTC"
            counted = list(counting.claims(one, start, end, inside, side, reference))
            facts: Iterable[tuple[Span, Row]] = [
                *counted,
                *(
                    (span, row)
                    for span, row in incidents.incidents(one, start, end, inside, reference)
                    if not any(_together(one.text, span, other) for other, _ in counted)
                ),
            ]
            for span, row in facts:
                key = (one.start + span[0], one.start + span[1])
                if key in seen or not _timed(row, article, statement):
                    continue
                seen.add(key)
                name = ids[statements.index(statement)] if ids else ""
                row.setdefault("timezone", zone)
                rows.append(_whole(row, article, statement, key, name, one.text))
    return rows


def _saying(article: Article, statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Return what is attributed, as far as it has a word that a claim needs."""
    places = [one.span() for one in claim_words().finditer(article.low, article.vocabulary)]
    if not places:
        return []
    return [
        (start, end)
        for one in statements
        if one.attribution.kind == "saying" and one.stance.value not in QUIET_STANCES
        for start, end in one.attribution.content
        if any(start <= a and b <= end for a, b in places)
    ]


_APART = re.compile(r"[;:.]\s|,\s(?:and|but|while)\s")


def _together(text: str, one: Span, other: Span) -> bool:
    """Whether what struck and a count are told in one breath: it is the count's, and no more."""
    first, second = sorted((one, other))
    return _APART.search(text, first[1], max(first[1], second[0])) is None


def _of_sentence(
    one: Sentence, statements: Sequence[Statement]
) -> Iterator[tuple[Statement, int, int]]:
    """Yield the innermost statements of a sentence and the part of it that each attributes."""
    parts: list[tuple[int, int, int, Statement]] = []
    for statement in statements:
        if statement.stance.value in QUIET_STANCES or statement.attribution.kind != "saying":
            continue
        for start, end in statement.attribution.content:
            if start < one.end and one.start < end:
                a, b = max(start - one.start, 0), min(end - one.start, len(one.text))
                parts.append((b - a, a, b, statement))
    parts.sort(key=lambda part: part[:3])
    for _, a, b, statement in parts:
        yield statement, a, b


def _timed(row: Row, article: Article, statement: Statement) -> bool:
    """Make sure that a row tells a time: it was not after the day on which it was said."""
    if any(name in row for name in ("occurred_at", "occurred_from", "occurred_to")):
        return True
    said = statement.circumstances.said_to
    if statement.circumstances.when and said is not None:
        day = said.date()
        row["occurred_to"] = (day if day == date.min else (said - _TICK).date()).isoformat()
        row["time_precision"] = "not after it was said"
        return True
    if article.published is None:
        return False
    row["occurred_to"] = article.published.isoformat()
    row["time_precision"] = "not after publication"
    return True


def _whole(
    row: Row, article: Article, statement: Statement, key: tuple[int, int], name: str, text: str
) -> Row:
    """Return a row with where it comes from."""
    told = f"{article.id}.{key[0]}.{key[1]}"
    title = f'"{article.title}"' if article.title else ""
    speaker = statement.speaker.name or statement.speaker.role or "an unnamed source"
    day = article.published.isoformat() if article.published else ""
    cited = (article.outlet or article.file, title, day, article.url, f"as said by {speaker}", name)
    made = {
        "event_id": blake2b(told.encode(), digest_size=8).hexdigest(),
        "outlet": article.outlet,
        "outlet_side": statement.speaker.party or "",
        "summary": text,
        "citation": ", ".join(part for part in cited if part),
        **row,
    }
    if article.published:
        # A day alone means its end, so that the delay of publication is never made shorter.
        made["reported_at"] = article.published.isoformat()
    return {column: _plain(made[column]) for column in COLUMNS if made.get(column)}


def _plain(text: str) -> str:
    """Return text on one line, without what does not print."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def _inert(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@") else value


def write_reports(rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV that the own format reads, in a fixed order of columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in row.items()} for row in rows)
    return out.getvalue()
