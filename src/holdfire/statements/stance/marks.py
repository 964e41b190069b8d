"""The marks of a ceasefire in a text: what tells one from another, and where each is named.

Marks are how long it lasts ("30-day"), the occasion ("Easter"), what it is limited to ("energy")
or that it is limited to nothing ("full"), the accord or place it is named after, and its year.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from holdfire.statements.article import Article, lowered, words_of
from holdfire.statements.begun import Begun

Marks = frozenset[tuple[str, str]]
"""What tells a ceasefire from others: ``(kind of mark, mark)``."""

SEPARATE = frozenset({"lasting", "occasion", "year", "named"})
"""Kinds of marks of which one ceasefire has one: two different ones are two ceasefires."""

_PART = re.compile(r"[.,;:!?()“”\"\n]|\b(?:and|or|to|for|of|by|with|from|that|than)\b")
_STOP = re.compile(r"[.,;:!?()“”\"\n]")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_YEAR = re.compile(r"(?:[A-Z]\w+ )?((?:19|20)\d\d)\b")
_BEHIND = re.compile(
    r" (?:of|in|from|for|lasting|on|to|against|signed in|reached in) (?:at least |about |the )?"
)

WARLIKE, STOPPING, ALL_WAR = 3, 2, 5
"""How many different words of war make a text be about one, how many of its stopping be about that,
and how many of war be about nothing else."""

LONG = 2000
"""Letters of a text; for each as many more there has to be one more word of war."""

HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
"""A month is 30 days here: "90 days" and "three months" are one length."""

BEFORE, AFTER = 60, 60
"""Letters before and after the noun in which marks are looked for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a ceasefire, with the marks found beside the noun."""

    start: int
    end: int
    words: str
    marks: Marks
    accord: bool = False
    """Whether it is an accord's name, which may be of any matter: "the Minsk agreements"."""


@dataclass(frozen=True, slots=True)
class _Data:
    nouns: tuple[tuple[frozenset[str], Begun], ...]
    """Looked for in small letters, each where a text has one of some words."""
    accord: tuple[frozenset[str], Begun]
    owner: re.Pattern[str]
    """The name or year right before an accord, without which it names none."""
    weak: Begun
    loosely: Begun
    war: frozenset[str]
    stopping: frozenset[str]
    duration: re.Pattern[str]
    worded: re.Pattern[str]
    named: re.Pattern[str]
    wording: dict[str, tuple[str, str]]
    plain: frozenset[str]
    articles: frozenset[str]
    capitals: frozenset[str]
    numbers: dict[str, int]


@cache
def _data() -> _Data:
    raw: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("naming.toml").read_text(encoding="utf-8")
    )
    known = {
        word: (kind, mark)
        for kind, table in (
            ("occasion", raw["occasions"]),
            ("subject", raw["subjects"]),
            ("scope", raw["scopes"]),
        )
        for mark, words in table.items()
        for word in words
    }
    longest = sorted(known, key=lambda word: (-len(word), word))
    numbers = "|".join(sorted(raw["numbers"], key=len, reverse=True))
    name = r"[A-Z][\w’'-]*[a-z][\w’'-]*"
    weakly = raw["weakly"]
    nouns = tuple(
        (frozenset(one["needs"]), Begun(rf"(?:{one['pattern']})\b"))
        for one in (*raw["noun"], raw["accords"])
    )
    return _Data(
        nouns[:-1], nouns[-1],
        re.compile(rf"\b((?:19|20)\d\d|{name}) $"),
        Begun(rf"(?:{'|'.join(weakly['nouns'])})s?\b"),
        Begun(rf"(?:{'|'.join(weakly['loosely'])})s?\b"),
        frozenset(weakly["war"]), frozenset(weakly["stopping"]),
        re.compile(rf"\b(\d{{1,3}}|{numbers})[ -](hour|day|week|month|year)s?\b", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"),
        re.compile(rf"\b({name})$"),
        known, frozenset(raw["plain"]["words"]), frozenset(raw["plain"]["articles"]),
        frozenset(raw["capitals"]["words"]),
        raw["numbers"],
    )  # fmt: skip


def lasting(found: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return lengths of time, ``(number, unit)``, as marks: in hours, however they are told."""
    numbers = _data().numbers
    return {
        (
            "lasting",
            f"{int(numbers.get(amount.lower(), amount)) * HOURS[unit.lower()]} hours",
        )
        for amount, unit in found
    }


def lengths(text: str) -> set[str]:
    """Return the lengths of time a text names ("30-day"), for a ceasefire or not."""
    return {length for _, length in lasting(_data().duration.findall(text))}


def marks_of(before: str, after: str) -> Marks:
    """Return the marks in the words before a noun and after it."""
    data = _data()
    found = lasting(data.duration.findall(before))
    found.update(data.wording[word] for word in data.worded.findall(before.lower()))
    name = data.named.search(before.rstrip())
    if name and name[1] not in data.capitals and name[1].lower() not in data.wording:
        found.update(
            ("named", part.lower()) for part in re.split(r"[-–’']", name[1]) if len(part) > 2
        )
    found.update(("year", year) for year in _YEAR.findall(before))
    behind = _BEHIND.match(after)
    if behind:
        rest = after[behind.end() :]
        long = data.duration.match(rest)
        year = _OF_YEAR.match(rest)
        found |= lasting([(long[1], long[2])] if long else [])
        found.update([("year", year[1])] if year else [])
        limits = data.worded.search(" ".join(rest.lower().split()[:5]))
        mark = data.wording[limits[0]] if limits else ("", "")
        # "In the sky, on land and at sea" limits nothing; "in the Black Sea" does.
        if mark[0] == "subject" and (mark[1] == "sea" or not after.startswith(" in ")):
            found.add(mark)
    return frozenset(found)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text, as :attr:`Article.vocabulary` does."""
    return words_of(lowered(text))


def mentions(text: str) -> tuple[Mention, ...]:
    """Return where a text names a ceasefire, in order."""
    return mentions_of(text, vocabulary(text))


def mentions_in(article: Article) -> tuple[Mention, ...]:
    """Return where the text of an article names a ceasefire, in order."""
    return mentions_of(article.text, article.vocabulary)


@lru_cache(maxsize=256)
def mentions_of(text: str, words: frozenset[str]) -> tuple[Mention, ...]:
    """Return where a text names a ceasefire; ``words`` are those of the text."""
    data = _data()
    found = []
    last = 0
    for start, end, accord in _nouns(text, words):
        if start < last:
            continue
        lead = _PART.split(text[max(start - BEFORE, last) : start])[-1]
        marks = marks_of(lead, _STOP.split(text[end : end + AFTER], maxsplit=1)[0])
        if accord:
            owner = data.owner.search(text, max(start - BEFORE, 0), start)
            if owner is None or not marks:
                continue
            if any(kind == "named" for kind, _ in marks):
                marks |= {("accord", owner[1].lower())}
        told = f"{called(lead)} {text[start:end]}"
        found.append(Mention(start, end, " ".join(told.split()), marks, accord))
        last = end
    return tuple(found)


def _nouns(text: str, words: frozenset[str]) -> list[tuple[int, int, bool]]:
    """Return where nouns stand, first those that need no accord's name, and whether they do."""
    data = _data()
    low = ""
    found: list[tuple[int, int, bool]] = []
    for needs, pattern in (*data.nouns, data.accord):
        if not needs.isdisjoint(words):
            low = low or lowered(text)
            accord = pattern is data.accord[1]
            found += [(*one.span(), accord) for one in pattern.finditer(low, words)]
    return sorted(found, key=lambda one: (one[0], -one[1]))


def called(lead: str) -> str:
    """Return the words right before a noun that belong to what the ceasefire is called."""
    data = _data()
    kept: list[str] = []
    for word in reversed(lead.split()):
        low = word.lower()
        if low in data.articles or not (low in data.plain or marks_of(word, "")):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def fits(known: Marks, marks: Marks) -> bool:
    """Whether two sets of marks can be of one ceasefire."""
    if not marks or not known or marks & known:
        return True
    kinds, theirs = {kind for kind, _ in known}, {kind for kind, _ in marks}
    if ("subject" in kinds and "scope" in theirs) or ("scope" in kinds and "subject" in theirs):
        return False
    if _own_kind(known) and {"accord", "year"} & (theirs - kinds):
        return False
    return not any(kind in kinds and kind in SEPARATE for kind, _ in marks) and not (
        _own_kind(marks) and _own_kind(known)
    )


def _own_kind(marks: Marks) -> bool:
    return any(kind in ("occasion", "subject", "lasting") for kind, _ in marks)


def of_war(text: str, words: frozenset[str]) -> int:
    """Return how many words of war a text has, fewer for a long one, which has some by the way."""
    return len(_data().war & words) - max(len(text) - LONG, 0) // LONG


@lru_cache(maxsize=64)
def weakly_named(text: str, words: frozenset[str]) -> str:
    """Return what a text that speaks of war and has no word for a ceasefire calls its agreement.

    ``words`` are those of the text.
    """
    data = _data()
    warlike = of_war(text, words)
    noun = data.weak.search(text, words) if warlike >= WARLIKE else None
    stops = warlike >= WARLIKE and len(data.stopping & words) >= STOPPING
    if noun is None and (stops or warlike >= ALL_WAR):
        noun = data.loosely.search(text, words)
    return f"{called(_PART.split(text[: noun.start()])[-1])} {noun[0]}".strip() if noun else ""
