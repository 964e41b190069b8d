"""When, where and at what something was said, as far as the text tells beside the saying.

A date within the content tells when something else happens ("said on Monday that the truce begins
on 18 March"); only an act of speech is told with its day inside ("rejected the offer of 15 July").
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from holdfire.errors import RowError
from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.beside import (
    HIDDEN,
    Beside,
    beside,
    dateline,
    either,
    hinted,
    words,
)
from holdfire.statements.stance.dates import DATE, MONTHS, Days, resolved
from holdfire.statements.statement import Circumstances
from holdfire.tables.moment import local_day, zone

NOT_AFTER = "not after publication"
UNDATED = "day of publication not known"

_ELSEWHEN = re.compile(
    r"\b(?:(?:since|until|till|from|for|by|before|after|through|ahead of|as of|between|the)"
    r" (?:the )?|(?:since|until|till|starting|beginning|from (?:midnight|noon|the|\d+))"
    r" (?:\S+ ){0,5}|\d[/–-])$"
)
"""Words right before a date by which it is not the day of the saying."""

_BEGINS = re.compile(
    r"\b(?:from|until|till|begin|begins|start|starts|starting|beginning|effect|force|midnight|noon"
    r"|dawn|extend|extended|expire|expires|to last|within)\b"
)
"""Words of a content by which a date in it is the ceasefire's and not the act's."""

FURTHER, BACK = 30, 2000
"""Letters behind a piece that a date in it may need to be read, and in which an earlier one is."""

LEAD = 80
"""Letters before a date in which such words are looked for."""


@dataclass(frozen=True)
class _Patterns:
    event: re.Pattern[str]
    medium: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    raw = words()
    name = r"[A-Z][\w’'.-]*\w"
    names = rf"{name}(?: (?:(?:of|al|el|the|am|upon) )?{name})*"
    no_day = rf"(?!(?:{'|'.join(month.capitalize() for month in MONTHS)}|[A-Z][a-z]+day)\b)"
    stop = rf"(?=[,.;{HIDDEN}]| (?:on|at|by|during|after)\b|$)"
    return _Patterns(
        re.compile(
            rf"\b(?i:{either(raw['leading'])}) (?P<event>(?:(?:an?|the|his|her|its|their) )?"
            rf"(?:[\w’'-]+ ){{0,5}}?(?:{either(raw['events'])})\b"
            rf"(?: (?:with|between|of)(?: [\w’'-]+){{1,8}}?"
            rf"(?=$|[,.;{HIDDEN}]| (?:in|on|at|by)\b))?)"
        ),
        re.compile(rf"\bon (?P<event>(?:his |her |its |their )?(?:{either(raw['media'])}))\b"),
        re.compile(
            rf"\b(?=[IiAaFf])(?:[Ii]n|[Aa]t|[Ff]rom) (?:the )?{no_day}(?P<place>{names}"
            rf"(?:, {no_day}{name}(?: {name})?{stop})?)"
        ),
    )


def circumstances(
    article: Article, attribution: Attribution, tz: ZoneInfo | None = None
) -> Circumstances:
    """Return when it was said (UTC; the whole local day of ``tz``, default UTC), where, at what.

    Never later than the end of the day of publication; where nothing is told, ``said_from`` is
    ``None`` and the precision says so. Without a day of publication weekdays stay unresolved.
    """
    tz = tz or zone("UTC")
    told = hinted(article.text, attribution)
    if not told and attribution.kind != "act":
        return Circumstances(*_interval(article, None, tz))
    pieces: Beside = []
    if told:
        pieces = [(at, piece) for at, piece in beside(article.text, attribution) if piece.strip()]
    when = _date(article, pieces)
    if when is None and attribution.kind == "act":
        inside = [(a, article.text[a:b]) for a, b in attribution.content]
        when = _date(article, [one for one in inside if not _BEGINS.search(one[1])])
    found = _patterns()
    telling = [(at, piece) for at, piece in pieces if " " in piece.strip(f" {HIDDEN}")]
    place = _first(found.place, telling)
    event = _first(found.event, telling) or _first(found.medium, telling)
    said_from, said_to, precision = _interval(article, when, tz)
    return Circumstances(
        said_from, said_to, precision,
        (when[0],) if when else (),
        place[1] if place else "", (place[0],) if place else (), event[1] if event else "",
    )  # fmt: skip


def _date(article: Article, pieces: Beside) -> tuple[Passage, Days | None, str] | None:
    """Return the passage of the date of the saying, what it means, and its words."""
    if not pieces:
        return None
    told_on = written_on(article)
    text = article.text
    for at, piece in pieces:
        ends = at + len(piece)
        for found in DATE.finditer(text, at, ends + FURTHER):
            start, end = found.span()
            if start >= ends:
                break
            if HIDDEN in piece[start - at : end - at] or end > ends:
                continue
            if _ELSEWHEN.search(piece, max(start - at - LEAD, 0), start - at):
                continue
            if text.startswith(("'", "’", "-"), end):
                continue
            earlier = resolved(_last_before(text, start), told_on, None) if found["same"] else None
            days = resolved(found, told_on, earlier)
            if days is None and told_on is not None:
                continue
            return (start, end), days, found[0]
    return None


def _last_before(text: str, place: int) -> re.Match[str] | None:
    """Return the last date that begins before a place: what "the same day" means."""
    found = deque(DATE.finditer(text, max(place - BACK, 0), place), maxlen=1)
    return found[0] if found else None


def written_on(article: Article) -> date | None:
    """Return the day that "today" means: the dateline's, where it has one, or of publication."""
    if article.published is None:
        return None
    line = dateline(article.text)
    found = DATE.search(article.text, *line) if line else None
    days = resolved(found, article.published, None) if found else None
    if days is None or (article.published - days.first).days > 7:
        return article.published
    return days.first


def _first(pattern: re.Pattern[str], pieces: Beside) -> tuple[Passage, str] | None:
    """Return the first passage that a pattern's named group finds, and its words."""
    group = next(iter(pattern.groupindex))
    for at, piece in pieces:
        found = pattern.search(piece)
        if found:
            told = " ".join(found[group].split())
            return (at + found.start(group), at + found.end(group)), told
    return None


@lru_cache(maxsize=256)
def _end_of(day: date, tz: ZoneInfo) -> datetime:
    return local_day(day, tz).ends


def _interval(
    article: Article, when: tuple[Passage, Days | None, str] | None, tz: ZoneInfo
) -> tuple[datetime | None, datetime | None, str]:
    limit = _end_of(article.published, tz) if article.published else None
    days = when[1] if when else None
    if days is not None:
        try:
            span = local_day(days.first, tz).to(local_day(days.last, tz))
        except RowError:
            days = None
        else:
            if limit is None:
                return span.begins, span.ends, days.precision
            if span.begins < limit:
                return span.begins, min(span.ends, limit), days.precision
    if limit is None:
        return None, None, f"{when[2]}; {UNDATED}" if when else UNDATED
    return None, limit, NOT_AFTER
