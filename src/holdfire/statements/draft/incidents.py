"""Single incidents: what struck what, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from holdfire.statements.draft.naming import Mention
from holdfire.statements.draft.phrases import (
    Phrases,
    any_of,
    claim_cues,
    claim_table,
    nodes,
    tagged,
)
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.spans import Span, columns

_PLACE = re.compile(
    r"\b(?:in|at|near|outside|on|over|against|(?<=shelling\s)of"
    r"|(?<=bombing\s)of)\s(?:the\s)?(?:(?:city|town|village|port|district|outskirts"
    r"|suburb|region)\sof\s|"
    r"(?:north|south|east|west)(?:ern)?\s)?((?:[A-ZÀ-ÞŠŽ][\w’'-]+)(?:\s(?:[A-ZÀ-ÞŠŽ][\w’'-]+"
    r"|region|province|district|oblast|governorate))*)"
)
_NOT_PLACE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Telegram|Facebook|Twitter|X\b|Easter|Christmas"
)
_DEATHS = re.compile(
    r"\b(?:killed|killing)\s(?:(?P<min>at least|more than)\s)?(?P<n>\d{1,4}|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|a)\s"
    r"|(?:(?P<min2>[Aa]t least|[Mm]ore than)\s)?\b(?P<n2>\d{1,4}|[Oo]ne|[Tt]wo|[Tt]hree"
    r"|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    r"|[Tt]en)\s(?:\w+\s){0,2}?(?:were |was |have been |had been )?(?:killed|died"
    r"|dead)\b"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
} | {"a": 1}
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while)\s|[.!?]\s|\b(?:that|after|when)\s")


@cache
def _struck() -> re.Pattern[str]:
    return any_of(claim_table("struck")["verbs"])


@cache
def _by() -> Phrases:
    return tagged(claim_table("struck")["by"])


@cache
def _did() -> Phrases:
    return tagged(claim_table("did"))


def may(sentence: Sentence) -> bool:
    """Whether a sentence may tell an incident."""
    return _PLACE.search(sentence.text) is not None and (
        _struck().search(sentence.text) is not None or bool(_did().find(sentence.text))
    )


def incidents(
    sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], reference: date | None
) -> Iterator[tuple[Span, dict[str, str]]]:
    """Yield the incident that a statement tells between two places of a sentence.

    One a sentence, and only with an act, a place and a time that is told.
    """
    text = sentence.text
    found = _act(text, start, end)
    if found is None:
        return
    act, at, to = found
    clause = max((m.end() for m in _CLAUSE.finditer(text, start, at)), default=start)
    if claim_cues("unreal").search(text, clause, to) or claim_cues("denied").search(
        text, start, at
    ):
        return
    place = _place(sentence, start, end, mentions)
    when = columns(text[start:end], reference)
    if not place or not when:
        return
    row = {"act": act, "place": place, "place_precision": "as named in the text", **when}
    # What was hit stands right after: in "a drone hit a hospital", the hospital.
    targets = [one for one in nodes("targets").find(text[to:end]) if one.start < 50]
    if targets:
        row["target"] = targets[0].node
    actor = _actor(sentence, start, at, mentions)
    if actor:
        row["actor"] = actor
        row["responsibility"] = "reported"
    yield (at, to), {**row, **_deaths(text[start:end])}


def _act(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the act, and where it is told from what struck to the verb."""
    for verb in _struck().finditer(text, start, end):
        near = text[start : verb.start()]
        by = [one for one in _by().find(near) if verb.start() - start - one.end < 70]
        if by:
            return by[-1].node, start + by[-1].start, verb.end()
    did = _did().find(text[start:end])
    return (did[0].node, start + did[0].start, start + did[0].end) if did else None


def _place(sentence: Sentence, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """Return the first place named, without the adjective of a people before it."""
    peoples = {one.start - sentence.start: one.end for one in mentions if one.kind == "people"}
    for match in _PLACE.finditer(sentence.text, start, end):
        name, at = match[1], match.start(1)
        if at in peoples:
            name = sentence.text[peoples[at] - sentence.start : match.end()].strip()
            if not name[:1].isupper():
                continue
        if not _NOT_PLACE.match(name):
            return name
    return ""


def _actor(sentence: Sentence, start: int, at: int, mentions: Sequence[Mention]) -> str:
    """Return the party named before what struck ("Russian drones hit"), within the same clause."""
    near = [
        one
        for one in mentions
        if one.kind in ("name", "people", "own") and start <= one.start - sentence.start < at
        and at - (one.end - sentence.start) < 40
    ]  # fmt: skip
    text = sentence.text
    near = [
        one
        for one in near
        if not re.search(
            r"\b(?:in|at|near|on|of)\s(?:the\s)?\Z", text[: one.start - sentence.start]
        )
    ]
    return near[-1].party if near else ""


def _deaths(text: str) -> dict[str, str]:
    match = _DEATHS.search(text)
    if match is None:
        return {}
    word = (match["n"] or match["n2"]).lower()
    number = word if word.isdigit() else str(_NUMBERS[word])
    return {"deaths_min" if match["min"] or match["min2"] else "deaths": number}
