"""When, where and at what something was said.

Only what stands beside the saying counts: in the sentence of the cue, outside the content, not in
a relative clause about the speaker, and not behind somebody else's verb of saying. A date within
the content tells when something else happens ("said on Monday that the truce begins on 18 March").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

from holdfire.errors import RowError
from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.dates import DATE, MONTHS, Days, resolved
from holdfire.statements.statement import Circumstances
from holdfire.tables.moment import local_day, zone

NOT_AFTER = "not after publication"
UNDATED = "day of publication not known"

_END = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"‘(]?[A-Z\d\x00])|\n\s*\n|(?<=[.!?:”\"’)\x00])\n")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[ap]\.m)$"
)
_NEXT_CLAUSE = re.compile(r"[,;] (?:and|but|while|whereas|yet) ")
_ASIDE = re.compile(
    r"\b(?:who|whom|whose|which|where|that|since|until|because|if|when|while|as (?:it|he|she|they|the))\b"
)
_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|where|that|after|before|because|if|when|while|as|but)\b|;|, and\b"
)
_OVER = re.compile(r"\bthat\b|[,:;]")
_ELSEWHEN = re.compile(
    r"\b(?:(?:since|until|till|from|for|by|before|after|through|ahead of|as of|between|the) (?:the )?"
    r"|(?:since|until|till|starting|beginning|from (?:midnight|noon|the|\d+)) (?:\S+ ){0,5}"
    r"|\d[/–-])$"
)
_DATELINE = re.compile(
    r"(?m)^(?:[A-Z][\w.'’/-]*[ ,]*){1,6}[,:]? ?\(?(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b[^.\n]{0,30}?[-–—:] "
)
HIDDEN = "\x00"


@dataclass(frozen=True)
class _Words:
    event: re.Pattern[str]
    medium: re.Pattern[str]
    saying: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = tomllib.loads(
        resources.files(__package__).joinpath("occasions.toml").read_text(encoding="utf-8")
    )

    def either(words: list[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

    name = r"[A-Z][\w’'.-]*\w"
    names = rf"{name}(?: (?:(?:of|al|el|the|am|upon) )?{name})*"
    months = "|".join(month.capitalize() for month in MONTHS)
    return _Words(
        re.compile(
            rf"\b(?:{either(raw['leading'])}) (?P<event>(?:(?:an?|the|his|her|its|their) )?"
            rf"(?:[\w’'-]+ ){{0,3}}?(?:{either(raw['events'])})\b"
            rf"(?: (?:with|between|of) (?:[\w’'-]+ ?){{1,8}}?(?=$|[,.;{HIDDEN}]| (?:in|on|at|by)\b))?)"
        ),
        re.compile(rf"\bon (?P<event>(?:his |her |its |their )?(?:{either(raw['media'])}))\b"),
        re.compile(rf"\b(?:{either(raw['saying'])})\b"),
        re.compile(
            rf"\b(?:in|at|from) (?:the )?(?!(?:{months}|[A-Z][a-z]+day)\b)(?P<place>{names}"
            rf"(?:, (?!(?:{months}|[A-Z][a-z]+day)\b){name}(?: {name})?(?=[,.;{HIDDEN}]| (?:on|at|by|during|after)\b|$))?)"
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
    behind, ahead = _beside(article.text, attribution)
    when = _date(article, behind, ahead)
    if when is None and attribution.kind == "act":
        # What was done by words is often told with its day inside: "rejected the offer of May".
        when = _date(article, [(a, article.text[a:b]) for a, b in attribution.content])
    words = _words()
    place = _first(words.place, behind, ahead)
    event = _first(words.event, behind, ahead) or _first(words.medium, behind, ahead)
    said_from, said_to, precision = _interval(article, when, tz)
    return Circumstances(
        said_from, said_to, precision,
        (when[0],) if when else (),
        place[1] if place else "", (place[0],) if place else (), event[1] if event else "",
    )  # fmt: skip


Beside = list[tuple[int, str]]
"""Pieces of text that stand beside a saying, each with where it begins."""


def _beside(text: str, one: Attribution) -> tuple[Beside, Beside]:
    """Return what stands behind the cue and what stands ahead of it, in its sentence.

    The attribution's own passages are hidden, letter by letter, so that places stay.
    """
    first, last = one.cue[0][0], one.cue[-1][1]
    begins, ends = text.rfind("\n\n", 0, first) + 1, text.find("\n\n", last)
    ends = len(text) if ends < 0 else ends
    hidden = list(_unwrapped(text, begins, ends))
    for start, end in (*one.source, *one.cue, *one.content):
        for place in range(max(start, begins), min(end, ends)):
            hidden[place - begins] = HIDDEN
    masked = "".join(hidden)
    opens, closes = _sentence(masked, one.cue[0][1] - begins)
    behind = []
    for start, end in (*((a, None) for _, a in one.cue[-1:]), *_between(one.cue)):
        piece = masked[start - begins : closes if end is None else end - begins]
        for cut in (_words().saying, _ASIDE, _NEXT_CLAUSE):
            found = cut.search(piece)
            piece = piece[: found.start()] if found else piece
        behind.append((start, piece))
    before = [end for _, end in one.content if opens + begins <= end <= first]
    opens = max([opens, *(end - begins for end in before)])
    source = min([start for start, _ in one.source if start >= begins] or [first]) - begins
    dateline = _dateline(text)
    if dateline and begins + opens <= dateline[0] < first:
        opens = dateline[1] - begins
    return behind, _ahead(masked, opens, min(source, first - begins), first - begins, begins)


def _between(cue: tuple[Passage, ...]) -> list[Passage]:
    return [(a, b) for (_, a), (b, _) in pairwise(cue)]


def _unwrapped(text: str, begins: int, ends: int) -> str:
    """Return a paragraph in which lines that were only wrapped are one line."""
    return re.sub(r"(?<![.!?:”\"’)])\n(?!\n)", " ", text[begins:ends])


def _ahead(masked: str, opens: int, source: int, cue: int, begins: int) -> Beside:
    """Return what stands ahead of a cue and belongs to it: to its own clause."""
    piece = masked[opens:cue]
    spoken = list(_words().saying.finditer(piece))
    if spoken:
        over = _OVER.search(piece, spoken[-1].end())
        opens += over.end() if over else len(piece)
    for cut in _CLAUSE.finditer(masked, opens, max(source, opens)):
        opens = cut.end()
    aside = _ASIDE.search(masked, opens, cue)
    return [(begins + opens, masked[opens : aside.start() if aside else cue])]


def _sentence(masked: str, place: int) -> Passage:
    opens, closes = 0, len(masked)
    for found in _END.finditer(masked):
        if _NO_END.search(masked, 0, found.start()):
            continue
        if found.end() <= place:
            opens = found.end()
        elif found.start() >= place:
            closes = found.start()
            break
    return opens, closes


def _date(article: Article, *beside: Beside) -> tuple[Passage, Days | None, str] | None:
    """Return the passage of the date of the saying, what it means, and its words."""
    told_on = written_on(article)
    for pieces in beside:
        for at, piece in pieces:
            for found in DATE.finditer(piece):
                if _ELSEWHEN.search(piece, 0, found.start()) or piece.startswith(
                    ("'", "’", "-"), found.end()
                ):
                    continue
                start, end = at + found.start(), at + found.end()
                earlier = _last_before(article.text, start, told_on) if found["same"] else None
                days = resolved(found, told_on, earlier)
                if days is None and told_on is not None:
                    continue
                return (start, end), days, found[0]
    return None


def _last_before(text: str, place: int, told_on: date | None) -> Days | None:
    found = list(DATE.finditer(text, 0, place))
    return resolved(found[-1], told_on, None) if found else None


@lru_cache(maxsize=64)
def _dateline(text: str) -> Passage | None:
    """Return where the place and date stand with which an agency's copy begins."""
    found = _DATELINE.search(text[:600])
    return found.span() if found else None


def written_on(article: Article) -> date | None:
    """Return the day that "today" means: the dateline's, where it has one, or of publication."""
    if article.published is None:
        return None
    dateline = _dateline(article.text)
    found = DATE.search(article.text, *dateline) if dateline else None
    days = resolved(found, article.published, None) if found else None
    if days is None or (article.published - days.first).days > 7:
        return article.published
    return days.first


def _first(pattern: re.Pattern[str], *beside: Beside) -> tuple[Passage, str] | None:
    """Return the first passage that a pattern's named group finds, and its words."""
    group = next(iter(pattern.groupindex))
    for pieces in beside:
        for at, piece in pieces:
            found = pattern.search(piece)
            if found:
                words = " ".join(found[group].split())
                return (at + found.start(group), at + found.end(group)), words
    return None


def _interval(
    article: Article, when: tuple[Passage, Days | None, str] | None, tz: ZoneInfo
) -> tuple[datetime | None, datetime | None, str]:
    limit = local_day(article.published, tz).ends if article.published else None
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
