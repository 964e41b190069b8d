"""The day of publication from the text itself: a line with nothing but a day, or a dateline."""

from __future__ import annotations

import re
from datetime import date

from holdfire.statements.texts import days
from holdfire.statements.texts.found import Found
from holdfire.statements.texts.paragraphs import Paragraph

FIRST_LINES = 6
"""How far down a line with the day of publication stands."""

LONGEST_LINE = 120
LONGEST_DATELINE = 90
"""Letters from the beginning of a paragraph to the dash that ends its dateline."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_AROUND = re.compile(
    r"(?:published|updated|posted|modified|created|last|first|on|at|date|issued|released?"
    r"|a\.?m\.?|p\.?m\.?|gmt|utc|e[sd]?t|p[sd]?t|c[e]?[s]?t|bst|msk|ist|mon(?:day)?"
    r"|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?|hrs?|h|t|z|min(?:ute)?s?|read|ago)\b|[\d\W_]+",
    re.IGNORECASE,
)
"""What may stand around the day on a line of its own."""

_DATELINE = re.compile(
    rf"[A-Z][^.!?]{{1,50}}?[,)]\s*(?i:{days.WRITTEN.pattern})"
    r",?\s*(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s*[-–—:]"
)
"""A place, the day with its year, perhaps the agency, and a dash."""


def dated(parts: list[Paragraph], why: list[str], found: Found) -> None:
    """Take the day from the first lines, where no field or name told it, and cut day-only lines."""
    for at, part in enumerate(parts[:FIRST_LINES]):
        words = part.words
        if len(words) > LONGEST_LINE or not _YEAR.search(words):
            continue
        day = days.written(words) or days.of_value(words)
        if day is not None and not _AROUND.sub("", days.WRITTEN.sub("", words)):
            why[at] = why[at] or "day"
            _take(found, day, "a line with the day")
    if found.published is None:
        for part, cut in zip(parts, why, strict=True):
            if not cut:
                _from_dateline(part.words, found)
                return


def _from_dateline(words: str, found: Found) -> None:
    head = words[:LONGEST_DATELINE]
    if _YEAR.search(head) and (match := _DATELINE.match(head)):
        day = days.written(match.group())
        if day is not None:
            _take(found, day, "the dateline")


def _take(found: Found, day: date, how: str) -> None:
    if found.published is None:
        found.published = day
        found.how["published"] = how
