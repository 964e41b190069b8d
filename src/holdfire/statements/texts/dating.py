"""The day of publication from the text itself: a line with nothing but a day, or a dateline."""

from __future__ import annotations

import re

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
    r"(?:published|updated|posted|modified|created|last|first|on|at|date|issued|release[d]?|a\.?m\.?|p\.?m\.?"
    r"|gmt|utc|e[sd]?t|p[sd]?t|c[e]?[s]?t|bst|msk|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?"
    r"|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|hrs?|ist|h|t|z|min(?:ute)?s?|read|ago)\b|[\d\W_]+",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s[-–—]{1,2}\s|—|:\s|\)\s")


def dated(parts: list[Paragraph], why: list[str], found: Found) -> None:
    """Take the day from the first lines, where no field or name told it, and cut day-only lines."""
    for at, part in enumerate(parts[:FIRST_LINES]):
        words = part.words
        if len(words) > LONGEST_LINE or not _YEAR.search(words):
            continue
        day = days.written(words) or days.of_value(words)
        rest = _AROUND.sub("", days.WRITTEN.sub("", words))
        if day is None:
            continue
        if not rest:
            why[at] = why[at] or "day"
            _take(found, day, "a line with the day")
    if found.published is None:
        for part, cut in zip(parts, why, strict=True):
            if not cut:
                _from_dateline(part.words, found)
                return


def _from_dateline(words: str, found: Found) -> None:
    head = words[:LONGEST_DATELINE]
    day = days.WRITTEN.search(head)
    if day and words[:1].isupper() and (dash := _DASH.search(head, day.end())):
        between = head[day.end() : dash.start()]
        if len(between) <= 30 and (told := days.written(head)):
            _take(found, told, "the dateline")


def _take(found: Found, day: object, how: str) -> None:
    if found.published is None:
        found.published = day  # type: ignore[assignment]
        found.how["published"] = how
