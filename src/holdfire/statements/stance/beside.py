"""What stands beside a saying: in the sentence of its cue, and part of neither source nor content.

Only there does a text tell when, where and at what something was said. A relative clause about
the speaker ("who took part in the talks on 18 February") and whatever stands behind somebody
else's verb of saying ("…, an agency reported on 13 March") belong to something else.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution

HIDDEN = "\x00"
"""Stands for every letter of the attribution's own passages, so that places stay."""

Beside = list[tuple[int, str]]
"""Pieces of text, each with where it begins."""

_END = re.compile(
    r"[.!?\n](?:(?<!\n)[”\"’)]*\s+(?=[“\"‘(]?[A-Z\d\x00])|(?<=\n)\s*\n|(?<=[.!?:”\"’)\x00]\n))"
)
_STOP = re.compile(r"\.[”\"’)]* (?=[A-Z“\"‘])")
LONG = 5
"""Letters of a word that is no abbreviation."""
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[ap]\.m)$"
)
_WRAPPED = re.compile(r"(?<![.!?:”\"’)])\n(?!\n)")
_NEXT_CLAUSE = re.compile(r"[,;] (?:and|but|while|whereas|yet) ")
_ASIDE = re.compile(
    r"\b(?=[abistuw])(?:who|whom|whose|which|where|that|since|until|because|if|when|while"
    r"|as (?:it|he|she|they|the))\b"
)
_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|where|that|after|before|because|if|when|while|as|but)\b"
    r"|;|, and\b"
)
_OVER = re.compile(r"\bthat\b|[,:;]")
_DASHES = ("- ", "– ", "— ", ": ")
_DIGIT = re.compile(r"\d")
_DATELINE = re.compile(
    r"(?m)^(?:[A-Z][\w.'’/-]*[ ,]*){1,6}[,:]? ?\(?"
    r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b[^.\n]{0,30}?[-–—:] "
)


@cache
def words() -> dict[str, Any]:
    """Return ``occasions.toml``."""
    return tomllib.loads(
        resources.files(__package__).joinpath("occasions.toml").read_text(encoding="utf-8")
    )


def either(listed: list[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))


@cache
def _hint() -> re.Pattern[str]:
    """Return what a stretch must have one of that tells a date, a place or an event."""
    listed = words()
    heads = sorted({one.split(" ")[-1] for one in (*listed["events"], *listed["media"])})
    days = (
        "today|tonight|yesterday|overnight|day|days|week|weeks|month|months|year|years|morning|night"
        "|afternoon|evening|[A-Z][a-z]{2,5}day|January|February|March|April|May|June|July|August"
        "|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    )
    place = r"(?:[Ii]n|[Aa]t|[Ff]rom) (?:the )?[A-Z]"
    return re.compile(rf"\d|\b(?:{place}|(?:{days}|{either(heads)})\b)")


@cache
def _saying() -> re.Pattern[str]:
    listed = words()["saying"]
    first = re.escape("".join(sorted({word[0] for word in listed})))
    return re.compile(rf"\b(?=[{first}])(?:{either(listed)})\b")


@lru_cache(maxsize=64)
def dateline(text: str) -> Passage | None:
    """Return where the place and date stand with which an agency's copy begins."""
    head = text[:600]
    if not any(dash in head for dash in _DASHES) or _DIGIT.search(head) is None:
        return None
    found = _DATELINE.search(head)
    return found.span() if found else None


@lru_cache(maxsize=64)
def _blank(text: str) -> str:
    return "\n\n" if "\n\n" in text else "\n"


@lru_cache(maxsize=64)
def _stops(text: str) -> tuple[int, ...]:
    """Return where sentences end beyond doubt: a full stop after a long word, before a capital."""
    return tuple(
        one.end()
        for one in _STOP.finditer(text)
        if (word := text[one.start() - LONG : one.start()]).isalpha() and word.islower()
    )


def around(text: str, one: Attribution) -> Passage:
    """Return a stretch of a paragraph in which the sentence of a cue surely lies."""
    blank = _blank(text)
    first, last = one.cue[0][0], one.cue[-1][1]
    begins, ends = text.rfind(blank, 0, first) + 1, text.find(blank, last)
    ends = len(text) if ends < 0 else ends
    stops = _stops(text)
    # What is attributed may hold whole sentences, which end nothing for who reads the rest.
    before = bisect_left(stops, min(one.start, first) + 1) - 1
    if before >= 0 and stops[before] > begins:
        begins = stops[before]
    after = bisect_left(stops, max(one.end, last) + 1)
    if after < len(stops) and stops[after] < ends:
        ends = stops[after]
    return begins, ends


def hinted(text: str, one: Attribution) -> bool:
    """Whether anything beside a saying can tell when, where or at what it was said."""
    at, ends = around(text, one)
    hint = _hint()
    for start, end in sorted((*one.source, *one.cue, *one.content)):
        if start > at and hint.search(text, at, min(start, ends)):
            return True
        at = max(at, end)
    return at < ends and hint.search(text, at, ends) is not None


def beside(text: str, one: Attribution) -> Beside:
    """Return what belongs to a saying, nearest first: behind its cue, then ahead of it."""
    first, last = one.cue[0][0], one.cue[-1][1]
    begins, ends = around(text, one)
    masked = _masked(text, one, begins, ends)
    opens, closes = _sentence(masked, one.cue[0][1] - begins)
    pieces: list[tuple[int, int]] = [(last, closes + begins)]
    pieces += [(a, b) for (_, a), (b, _) in pairwise(one.cue)]
    found: Beside = []
    for start, end in pieces:
        piece = masked[start - begins : end - begins]
        for cut in (_saying(), _ASIDE, _NEXT_CLAUSE):
            over = cut.search(piece)
            piece = piece[: over.start()] if over else piece
        found.append((start, piece))
    before = [end - begins for _, end in one.content if opens + begins <= end <= first]
    opens = max([opens, *before])
    line = dateline(text)
    if line and begins + opens <= line[0] < first:
        opens = line[1] - begins
    source = min([start for start, _ in one.source if begins <= start < first] or [first])
    return [*found, _ahead(masked, opens, source - begins, first - begins, begins)]


def _masked(text: str, one: Attribution, begins: int, ends: int) -> str:
    """Return a paragraph with the attribution hidden and lines that were wrapped made one."""
    pieces: list[str] = []
    at = begins
    for start, end in sorted((*one.source, *one.cue, *one.content)):
        start, end = max(start, at), min(end, ends)
        if start < end:
            pieces += [text[at:start], HIDDEN * (end - start)]
            at = end
    pieces.append(text[at:ends])
    if "\n" in text[begins:ends]:
        pieces = [_WRAPPED.sub(" ", piece) for piece in pieces]
    return "".join(pieces)


def _ahead(masked: str, opens: int, source: int, cue: int, begins: int) -> tuple[int, str]:
    """Return what stands ahead of a cue and belongs to its own clause."""
    # Behind the source it is the same speaker who said it: "said on Monday …, adding".
    piece = masked[opens : max(source, opens)]
    spoken = list(_saying().finditer(piece))
    if spoken:
        over = _OVER.search(piece, spoken[-1].end())
        opens += over.end() if over else len(piece)
    for cut in _CLAUSE.finditer(masked, opens, max(source, opens)):
        opens = cut.end()
    aside = _ASIDE.search(masked, opens, cue)
    return begins + opens, masked[opens : aside.start() if aside else cue]


def _sentence(masked: str, place: int) -> Passage:
    opens, closes = 0, len(masked)
    for found in _END.finditer(masked):
        if _NO_END.search(masked, max(found.start() - 8, 0), found.start()):
            continue
        if found.end() <= place:
            opens = found.end()
        elif found.start() >= place:
            closes = found.start()
            break
    return opens, closes
