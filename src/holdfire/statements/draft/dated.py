"""How long a ceasefire lasts, when it starts and when it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.when import Moment, dated, moments

_NUMBER = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(), 1
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "a hundred": 100, "one hundred": 100, "a": 1, "an": 1,
    "twenty-one": 21, "twenty-four": 24, "thirty-six": 36, "forty-eight": 48, "seventy-two": 72, "forty-two": 42, "forty-five": 45,
}  # fmt: skip
_UNIT = r"(minute|hour|day|week|month|year)"
_SPAN = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(sorted(_NUMBER, key=len, reverse=True))})[\s-]+{_UNIT}(s?)\b(?:[\s-](?:long|old))?"
    rf"|\b(week|month|day|year)-long\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|would|is to|are to|was to|shall|due|set to|must|planned|from|until)\b")
_PAST = re.compile(r"\b(?:came|took|began|started|entered|went|expired|ended|since|ran|was signed)\b")
_DATELINE = re.compile(
    r"\A(?:[^\n]*\n){0,4}?[A-Z][\w /,.’'-]{1,60}?,? \(?((?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?)\)?"
    r"(?: \([\w ]+\))?\s*(?:[-–—:])"
)


def dateline(text: str, published: date | None) -> date | None:
    """Return the day that the text says it was written, else that of publication."""
    match = _DATELINE.match(text[:400])
    if match:
        found = moments(match[1], published)
        if found and found[0].day is not None:
            return found[0].day
    return published


def durations(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """Yield value, start and end of every length that a sentence gives the ceasefire."""
    text = sentence.text
    for match in _SPAN.finditer(text):
        if match[4]:
            number, unit = 1, match[4].lower()
        else:
            word = match[1].lower()
            number = int(word) if word.isdigit() else _NUMBER[word]
            unit = match[2].lower()
        if not number or not _of_ceasefire(text, match):
            continue
        yield f"{number} {unit}{'' if number == 1 else 's'}", *match.span()


_BEFORE = re.compile(
    r"(?:\b(?:last(?:s|ed|ing)?|for|runs?|valid|hold|holds|period of|halt(?:ed)? (?:for)|be for|lasts? for|of|next|following|first|another|initial(?:ly)?(?: for)?|during|in effect for|in force for|by)\s+(?:a |an |the |at least |up to |some |about |another |initial |the first |period of )*)\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s,\"”]+(?:[\w-]+[\s,]+){0,4}?", re.IGNORECASE)
_EXTENDS = re.compile(r"\b(?:extend|extends|extended|extending|extension|prolong\w*|renew\w*)\b")
_NOT_LENGTH = re.compile(
    r"^\s+(?:ago|earlier|later|before|after|into|of (?:war|fighting|talks|negotiations|conflict|violence|bombardment|shelling)|war|conflict|old|since)\b"
)


def _of_ceasefire(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() :]
    if _NOT_LENGTH.match(after):
        return False
    noun = cues("ceasefire").search(after)
    if noun and re.fullmatch(r"[\s,\"”“-]*(?:(?!for\b|of\b|after\b|in\b|before\b|to\b|since\b)[\w-]+[\s,\"”“]+){0,4}", after[: noun.start()]):
        return True
    before = text[: match.start()]
    cue = _BEFORE.search(before)
    if cue is None:
        return False
    clause = re.split(r"[;.]\s", before[: cue.start()])[-1]
    subject = list(cues("ceasefire").finditer(clause)) or list(cues("agreement").finditer(clause))
    if subject:
        between = clause[subject[-1].end() :]
        return cues("other_events").search(between) is None
    return re.search(r"\b(?:it|they|this|which|that|phase|pause|halt|stop|calm|quiet)\b", clause, re.IGNORECASE) is not None and (
        re.match(r"last|for|run|hold|valid|in effect|in force", cue[0], re.IGNORECASE) is not None
    )


def bounds(sentence: Sentence, reference: date | None) -> Iterator[tuple[str, Moment, str]]:
    """Yield ``starts`` or ``ends``, the moment, and its value."""
    text = sentence.text
    past = True if _PAST.search(text) else False if _FUTURE.search(text) else None
    zone = ""
    last: tuple[str, Moment] | None = None
    for one in moments(text, reference, past=past):
        kind = _kind(text, one, last)
        if kind is None:
            continue
        if one.day is None:
            one = _with_day(one, last, reference)
        if one.clock is not None and not one.zone and zone:
            one = _zoned(one, zone)
        zone = one.zone or zone
        value = one.value(ending=kind == "ends")
        if value:
            yield kind, one, value
        last = (kind, one)


def _with_day(one: Moment, last: tuple[str, Moment] | None, reference: date | None) -> Moment:
    from dataclasses import replace

    day = last[1].day if last and last[1].day else reference
    return replace(one, day=day)


def _zoned(one: Moment, zone: str) -> Moment:
    from dataclasses import replace

    return replace(one, zone=zone)


@cache
def _cue_before(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{cues(kind).pattern})(?:\s+(?:on|at|from|the|of|for|only|again|early|late|officially|formally|immediately|later|just|around|about|a minute (?:past|after|before)|\w+ hours later,?|a day|one minute))*\s*,?\s*\Z",
        re.IGNORECASE,
    )


def _kind(text: str, one: Moment, last: tuple[str, Moment] | None) -> str | None:
    before = text[: one.start]
    clause = re.split(r"[;.]\s", before)[-1]
    for kind in ("ends", "starts"):
        match = _cue_before(kind).search(clause)
        if match is None:
            continue
        if kind == "ends" and last is not None and last[0] == "starts":
            return "ends"
        subject = clause[: match.start()]
        if _ceasefire_begins(subject):
            return kind
    if last is not None and last[0] == "starts" and re.search(
        r"\A\s*(?:to|and|–|-|until|through)\s+(?:the |end of )*\Z", text[last[1].end : one.start]
    ):
        return "ends"
    return None


def _ceasefire_begins(subject: str) -> bool:
    """Whether what stands before a cue is about the ceasefire and not about another event."""
    nouns = list(cues("ceasefire").finditer(subject)) + list(cues("agreement").finditer(subject))
    if nouns:
        last = max(noun.end() for noun in nouns)
        return cues("other_events").search(subject[last:]) is None
    return cues("other_events").search(subject) is None and bool(
        re.search(r"\b(?:it|which|this|that|they|phase|fire|hostilities|fighting|weapons|guns)\b", subject, re.IGNORECASE)
    )


__all__ = ["bounds", "dated", "dateline", "durations"]
