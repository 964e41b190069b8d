"""Days and times as news texts write them, resolved against the day of the text.

A date without a year is the one nearest to the day of the text; a weekday is the nearest before or
after it, by the tense of what is told. ``midnight`` at the end of a span is the end of a named
day, and at its beginning the one that opens a date or follows a weekday.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from zoneinfo import available_timezones

from holdfire.statements.draft.phrases import table

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_SMALL = "|".join(NUMBERS[1:])
_YEAR = r"(?:,?\s+(?P<{0}>(?:19|20)\d\d)\b)?"
_TOKEN = re.compile(
    r"\b(?:"
    r"(?P<d4>\d{1,2})(?:st|nd|rd|th)?(?=\s+(?:to|until|till|through|and)\s+(?:the\s+)?\d{1,2}"
    rf"(?:st|nd|rd|th)?\s+(?P<m4>{_MONTH}))|"
    rf"(?P<d1>\d{{1,2}}|first(?=\sof)|second(?=\sof))(?:st|nd|rd|th)?"
    r"(?:\s*[/–-]\s*(?P<d1b>\d{1,2}))?(?:\s+of)?"
    rf"\s+(?P<m1>{_MONTH}){_YEAR.format('y1')}"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[/–-]\s*(?P<d2b>\d{{1,2}}))?\b"
    rf"(?!:\d){_YEAR.format('y2')}"
    r"|the\s(?P<d3>\d{1,2})(?:st|nd|rd|th)\b(?!\s(?:time|day|hour|century|anniversary"
    r"|round|parallel"
    rf"|(?:of\s)?{_MONTH}))"
    r"|(?P<feast>New\sYear['’]s\s(?:Day|Eve)|Christmas\s(?:Day|Eve)|Boxing\sDay)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|(?P<which>next\s+|last\s+|this\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|(?P<near>today|tomorrow|yesterday|tonight|this\s+(?:morning|afternoon|evening))"
    r"|(?P<past>(?:a|one) minute (?:past|after) )?(?P<before>(?:a|one) minute before )?"
    r"(?P<word>midnight|noon|midday|zero hours)"
    r"|(?P<h1>\d{1,2})(?:[:.](?P<n1>\d\d))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<h2>[01]?\d|2[0-4])[:.](?P<n2>[0-5]\d)(?:\s*(?:hours|hrs|h)\b)?"
    r"|(?P<h3>[01]\d|2[0-4])(?P<n3>[0-5]\d)\s*(?:(?:hours|hrs)\b|(?=GMT|UTC))"
    r"|(?:(?<=\bat )|(?<=from )|(?<=since )|(?<=until )|(?<=till )|(?<=by ))"
    rf"(?P<h5>{_SMALL}|\d{{1,2}})"
    r"(?=\s+(?:this\s+|tomorrow\s+|yesterday\s+)(?P<part9>morning|afternoon|evening)"
    r"|\s+(?P<part10>tonight))"
    r"|(?<=\bat )(?P<h6>[01]\d|2[0-3])(?P<n6>[0-5]\d)(?![\d,.]*\d)(?!\s+(?:people|men|troops"
    r"|sites|places|points))"
    rf"|(?P<h4>{_SMALL}|\d{{1,2}})(?:\s+o['’]clock(?:\s+(?:in\s+the|at)\s+(?P<part4>"
    r"morning|afternoon|evening|night)|(?=\s+(?:this\s+|tomorrow\s+)(?P<part6>morning"
    r"|afternoon|evening|night))|(?=\s+(?P<part7>tonight)))?"
    r"|(?=\s+on\s+\w+day\s+(?P<part8>morning|afternoon|evening"
    r"|night)\b)|\s+(?:in\s+the|at)\s+(?P<part5>morning|afternoon|evening"
    r"|night))"
    r"|(?P<zone>(?:[A-Z][a-z]+[\s-]){1,2}(?:(?:Standard|Daylight|Summer)\s+)?[Tt]ime\b"
    r"|local\s+time|GMT|UTC|(?:IST|BST|EST|EDT|CET|CEST|EET|EEST|MSK|PKT|KST"
    r"|ET)\b(?!\s[A-Z]))(?P<offset>\s?[+-]\d{1,2}\b)?"
    r")"
)
_OTHER_CLOCK = re.compile(
    r"(?<=\s)\(\d[^()]{0,40}(?:GMT|UTC|[A-Z]{1,2}[SD]?T|time|\d\d)\)"
    r"|, or \d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?(?:\s[A-Z]\w+)*(?: in (?:[A-Z]\w+ ?)+| [Tt]ime)?"
)
"""The same moment by another clock: "(1130 GMT)", "or 1 p.m. in New York"."""

_GAP = re.compile(r"\s*,?\s*\(?(?:(?:on|of|at|from|the|in|night|morning|evening)\s+)*\(?,?\s*\Z")


_WORDS = frozenset(
    name[:3] for name in (*MONTHS, *DAYS, "midnight", "noon", "midday", "today", "tomorrow",
                          "yesterday", "tonight", "christmas", "boxing", "new", "zero", "local",
                          "time", "gmt", "utc")
)  # fmt: skip
_PARTS = frozenset(("mor", "aft", "eve", "nig", "ton", "o", "clo"))
_CLOCK = re.compile(
    r"\d[:.]\d\d|\d\s?[ap]\.?\s?m\b|\d(?:st|nd|rd|th)\b|\d{4}\s?(?:hours|hrs|GMT|UTC)|\bat \d{4}\b"
    r"|\d{4}-\d|\d\s?(?:GMT|UTC)",
    re.IGNORECASE,
)


def dated_words(text: str, heads: Set[str]) -> bool:
    """Whether a sentence with words that begin so may tell a day or a time."""
    return (
        not heads.isdisjoint(_WORDS)
        or not heads.isdisjoint(_PARTS)
        or (any(head[0].isdigit() for head in heads) and _CLOCK.search(text) is not None)
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day, or both, at ``start`` to ``end`` of the text it was found in.

    ``weekday`` tells that the day was named by its weekday alone; ``clock`` is minutes after
    midnight; ``zone`` an IANA name, ``"local"``, or ``""`` where none is told.
    """

    start: int
    end: int
    day: date | None = None
    clock: int | None = None
    zone: str = ""
    weekday: bool = False
    midnight: bool = False
    near: bool = False
    """The day is named from the day of the text: today, tomorrow."""
    tonight: bool = False
    """The day is named as tonight, so that midnight is the end of it."""
    both: bool = False
    """Written as the night between two days: "the midnight of 24/25 February"."""

    def value(self, *, ending: bool = False, closing: bool = False) -> str:
        """Return ``2025-03-18``, ``2025-04-19T18:00`` or ``2025-04-19T18:00 Europe/Moscow``."""
        if self.day is None:
            return ""
        day = self.day
        if self.clock is None:
            return day.isoformat()
        minutes = self.clock
        if self.midnight and not self.both and (closing or (ending and self.weekday)):
            minutes = 24 * 60
        moved = later(day, minutes // (24 * 60))
        if moved is None:
            return ""
        day = moved
        minutes %= 24 * 60
        zone = f" {self.zone}" if self.zone not in ("", "local") else ""
        return f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}{zone}"


def later(day: date, days: int) -> date | None:
    """Return a day some days later, or ``None`` where the calendar has no such day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def moments(text: str, reference: date | None, *, past: bool | None = None) -> list[Moment]:
    """Return every day and time of a text, those that belong together joined.

    ``reference`` is the day of the text; without it weekdays and dates without a year are not
    resolved and left out. ``past`` says how a weekday is meant: the last one before, the next
    one after, or (``None``) the nearer.
    """
    found: list[Moment] = []
    text = one_clock(text)
    for one in _tokens(text, reference, past):
        if found and _GAP.match(text[found[-1].end : one.start]):
            joined = _joined(found[-1], one)
            if joined is not None:
                found[-1] = joined
                continue
        found.append(one)
    return [one for one in found if one.day is not None or one.clock is not None]


def one_clock(text: str) -> str:
    """Return a text with the same moment by other clocks blanked out, every place kept."""
    return _OTHER_CLOCK.sub(lambda match: " " * len(match[0]), text)


def _joined(first: Moment, second: Moment) -> Moment | None:
    if first.day is not None and second.day is not None:
        if first.day == second.day:
            return replace(first, end=second.end, weekday=first.weekday or second.weekday)
        loose = first.weekday or first.near
        if not loose or second.weekday or second.near:
            return None
        zone = first.zone or second.zone
        return replace(second, start=first.start, clock=first.clock, zone=zone,
                       midnight=first.midnight)  # fmt: skip
    if first.clock is not None and second.clock is not None:
        return None
    if first.zone and second.zone:
        return None
    named = first if first.day is not None else second
    if named.tonight and named.day and (first.midnight or second.midnight):
        named = replace(named, day=later(named.day, 1), weekday=False, both=True)
    return Moment(
        first.start, second.end, named.day,
        second.clock if first.clock is None else first.clock, first.zone or second.zone,
        named.weekday, first.midnight or second.midnight,
        both=first.both or second.both or named.both,
    )  # fmt: skip


def _tokens(text: str, reference: date | None, past: bool | None) -> Iterator[Moment]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if match["zone"]:
            zone = time_zone(match["zone"])
            if zone is not None and not match["offset"]:
                yield Moment(start, end, zone=zone)
        elif match["word"]:
            midnight = match["word"] == "midnight"
            minutes = 720 if match["word"] in ("noon", "midday") else 0
            minutes += 1 if match["past"] else -1 if match["before"] else 0
            exact = not match["past"] and not match["before"]
            yield Moment(start, end, clock=minutes % 1440, midnight=midnight and exact)
        elif kind is not None and (clock := _clock(match)) is not None:
            yield Moment(start, end, clock=clock)
        else:
            day = _day(match, reference, past)
            if day is not None:
                yield Moment(
                    start, end, day=day, weekday=bool(match["weekday"]),
                    both=bool(match["d1b"] or match["d2b"]), near=bool(match["near"]),
                    tonight=match["near"] == "tonight",
                )  # fmt: skip


def _clock(match: re.Match[str]) -> int | None:
    if match["half"]:
        hour = int(match["h1"])
        late = 12 if match["half"].lower() == "p" else 0
        return (hour % 12 + late) * 60 + int(match["n1"] or 0) if 1 <= hour <= 12 else None
    if match["h2"] or match["h3"]:
        return int(match["h2"] or match["h3"]) * 60 + int(match["n2"] or match["n3"])
    if match["h6"]:
        return int(match["h6"]) * 60 + int(match["n6"])
    if match["h4"] or match["h5"]:
        word = (match["h4"] or match["h5"]).lower()
        hour = NUMBERS.index(word) if word in NUMBERS else int(word)
        part = next((match[f"part{n}"] for n in range(4, 11) if match[f"part{n}"]), "").lower()
        late = 12 if part in ("afternoon", "evening", "night", "tonight") and hour < 12 else 0
        return (hour + late) * 60 if hour <= 24 else None
    return None


def _day(match: re.Match[str], reference: date | None, past: bool | None) -> date | None:
    if match["iso"]:
        try:
            return date.fromisoformat(match["iso"])
        except ValueError:
            return None
    if match["d1"] or match["d2"]:
        number = match["d1b"] or match["d2b"] or match["d1"] or match["d2"]
        number = {"first": "1", "second": "2"}.get(number.lower(), number)
        month = _month(match["m1"] or match["m2"])
        return dated(int(number), month, match["y1"] or match["y2"], reference)
    if match["d4"]:
        return dated(int(match["d4"]), _month(match["m4"]), None, reference)
    if match["feast"]:
        return dated(
            *_FEASTS["".join(match["feast"].lower().split()).replace("’", "'")], None, reference
        )
    if reference is None:
        return None
    if match["d3"]:
        return _nearest(int(match["d3"]), reference)
    if match["near"]:
        near = match["near"].lower()
        return later(reference, {"tomorrow": 1, "yesterday": -1}.get(near, 0))
    if match["weekday"]:
        which = (match["which"] or "").strip().lower()
        return _weekday(DAYS.index(match["weekday"].lower()), reference, past, which)
    return None


_FEASTS = {
    "newyear'sday": (1, 1), "newyear'seve": (31, 12), "christmasday": (25, 12),
    "christmaseve": (24, 12), "boxingday": (26, 12),
}  # fmt: skip


def _nearest(number: int, reference: date) -> date | None:
    """Return the day of that number in the month of the reference or beside it."""
    months = [(reference.year, reference.month)]
    months += [(y, m) for y, m in _beside(reference)]
    days = []
    for year, month in months:
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    return min(days, key=lambda day: abs((day - reference).days), default=None)


def _beside(day: date) -> list[tuple[int, int]]:
    before = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    after = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return [before, after]


def _month(word: str) -> int:
    short = word.lower().rstrip(".")[:3]
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(short))


def dated(number: int, month: int, year: str | None, reference: date | None) -> date | None:
    """Return a date; without a year the one nearest to the reference. ``None`` for no date."""
    if year is None and reference is None:
        return None
    years = [int(year)] if year else [reference.year + step for step in (-1, 0, 1)]  # type: ignore[union-attr]
    days = []
    for one in years:
        try:
            days.append(date(one, month, number))
        except ValueError:
            continue
    if not days or reference is None:
        return days[0] if days else None
    return min(days, key=lambda day: abs((day - reference).days))


def dated_in(day: date, year: int) -> date | None:
    """Return the same day of another year, or ``None`` where the calendar has no such day."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _weekday(number: int, reference: date, past: bool | None, which: str) -> date | None:
    forward = (number - reference.weekday()) % 7
    if which == "next":
        return later(reference, forward or 7)
    if which == "last":
        return later(reference, (forward - 7) if forward else -7)
    if past is None:
        past = forward > 3
    return later(reference, forward if not past or not forward else forward - 7)


_CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")


@cache
def _cities() -> dict[str, str]:
    return {
        name.rpartition("/")[2].replace("_", " ").lower(): name
        for name in sorted(available_timezones(), reverse=True)
        if name.count("/") == 1 and name.startswith(_CONTINENTS)
    }


@cache
def _zones() -> dict[str, str]:
    """Return time zones by the name of their city, and as the table of words adds to them."""
    return {**_cities(), **{key.lower(): zone for key, zone in table("time_zones").items()}}


def city_zone(name: str) -> str | None:
    """Return the time zone that is called after a city, or ``None``."""
    return _cities().get(name.lower())


def time_zone(words: str) -> str | None:
    """Return the IANA name for "Moscow time", ``"local"`` for local time, or ``None``."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("-", " "))
    name = " ".join("".join(one for one in plain if one.isalnum() or one == " ").split())
    if name == "local time":
        return "local"
    for drop in (" time", " standard", " daylight", " summer"):
        name = name.removesuffix(drop)
    return _zones().get(name) or _zones().get(name.rpartition(" ")[2])
