"""Which ceasefire: the words that name one, and what tells two of them apart.

A ceasefire is told from another by its marks: how long it lasts ("30-day"), the occasion
("Easter"), what it is limited to ("energy"), the accord or place it is named after ("Minsk"), and
its year. A mention without marks is of the one that was spoken of last, or mostly.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.lemmas import lowered
from holdfire.terms.agreement import Agreement

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

WARLIKE = 3
"""How many different words of war make a text be about one."""

HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
"""A month is 30 days here: "90 days" and "three months" are one length."""

BEFORE, AFTER = 60, 60
"""Letters before and after the noun in which marks are looked for."""


@dataclass(frozen=True, slots=True)
class Ceasefire:
    """The ceasefire that stance is judged towards.

    ``id`` is an agreement's, or empty where it is known from an article only; ``title`` what it is
    called; ``parties`` ids of those it binds, where known; ``marks`` what tells it from others.
    """

    id: str
    title: str
    parties: tuple[str, ...] = ()
    marks: Marks = frozenset()

    @property
    def name(self) -> str:
        """Return what a statement says it is about: the id, or the words that name it."""
        return self.id or self.title

    @classmethod
    def of_agreement(cls, agreement: Agreement) -> Ceasefire:
        """Return the ceasefire of an agreement, with the marks that its titles tell."""
        heading = agreement.agreement
        titles = " . ".join([heading.title, *heading.titles.values()])
        marks = _marks(titles, "")
        if agreement.ends is not None and agreement.ends.after:
            number, unit = agreement.ends.after.split(" ")
            marks |= _lasting([(number, unit.removesuffix("s"))])
        return cls(heading.id, heading.title, tuple(party.id for party in agreement.parties), marks)

    def may_be(self, marks: Marks) -> bool:
        """Whether a mention with these marks can be of this ceasefire."""
        return _fits(self.marks, marks)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names a ceasefire, with the marks found beside the noun."""

    start: int
    end: int
    words: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class _Data:
    noun: re.Pattern[str]
    """Looked for in small letters."""
    owner: re.Pattern[str]
    """The name or year right before an accord, without which it names none."""
    weak: re.Pattern[str]
    war: re.Pattern[str]
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
    accords = "|".join(raw["accords"])
    return _Data(
        re.compile(rf"\b(?:(?P<accord>{accords})|{'|'.join(raw['nouns'])})\b"),
        re.compile(rf"\b((?:19|20)\d\d|{name}) $"),
        re.compile(rf"\b(?:{'|'.join(raw['weak'])})\b"),
        re.compile(rf"\b(?:{'|'.join(raw['war'])})", re.IGNORECASE),
        re.compile(rf"\b(\d{{1,3}}|{numbers})[ -](hour|day|week|month|year)s?\b", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"),
        re.compile(rf"\b({name})$"),
        known, frozenset(raw["plain"]["words"]), frozenset(raw["plain"]["articles"]),
        frozenset(raw["capitals"]["words"]),
        raw["numbers"],
    )  # fmt: skip


def _lasting(found: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
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
    return {length for _, length in _lasting(_data().duration.findall(text))}


def _marks(before: str, after: str) -> Marks:
    """Return the marks in the words before a noun and after it."""
    data = _data()
    found = _lasting(data.duration.findall(before))
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
        found |= _lasting([(long[1], long[2])] if long else [])
        found.update([("year", year[1])] if year else [])
        limits = data.worded.search(" ".join(rest.lower().split()[:5]))
        if limits and data.wording[limits[0]][0] == "subject":
            found.add(data.wording[limits[0]])
    return frozenset(found)


@lru_cache(maxsize=256)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return where a text names a ceasefire, in order."""
    data = _data()
    found = []
    last = 0
    for noun in data.noun.finditer(lowered(text)):
        start, end = noun.span()
        lead = _PART.split(text[max(start - BEFORE, last) : start])[-1]
        marks = _marks(lead, _STOP.split(text[end : end + AFTER], maxsplit=1)[0])
        if noun["accord"]:
            owner = data.owner.search(text, max(start - BEFORE, 0), start)
            if owner is None or not marks:
                continue
            if any(kind == "named" for kind, _ in marks):
                marks |= {("accord", owner[1].lower())}
        called = f"{_called(lead)} {text[start:end]}"
        found.append(Mention(start, end, " ".join(called.split()), marks))
        last = end
    return tuple(found)


def _called(lead: str) -> str:
    """Return the words right before a noun that belong to what the ceasefire is called."""
    data = _data()
    kept: list[str] = []
    for word in reversed(lead.split()):
        low = word.lower()
        if low in data.articles or not (low in data.plain or _marks(word, "")):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _fits(known: Marks, marks: Marks) -> bool:
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


@dataclass(frozen=True, slots=True)
class Named:
    """The ceasefires of one article: what each is called, its marks, and how often it is named."""

    ceasefires: tuple[Ceasefire, ...]
    counts: tuple[int, ...]
    of: tuple[int, ...]
    """Which ceasefire each mention is of; -1 where it has no marks."""


def named(found: Sequence[Mention]) -> Named:
    """Sort mentions into ceasefires: those that share a mark are one.

    A mention that has nothing but a place or an accord's name is of the first that it can be of;
    a mention without marks counts for the one that was spoken of last.
    """
    groups: list[set[tuple[str, str]]] = []
    titles: list[str] = []
    counts: list[int] = []
    of: list[int] = []
    for mention in found:
        at = _group(mention.marks, groups)
        if at is None and mention.marks:
            at = len(groups)
            groups.append(set())
            titles.append(mention.words)
            counts.append(0)
        elif at is None:
            at = of[-1] if of else -1
        if at >= 0:
            groups[at] |= mention.marks
            counts[at] += 1
            if mention.marks and len(mention.words) > len(titles[at]):
                titles[at] = mention.words
        of.append(at)
    return Named(
        tuple(
            Ceasefire("", title, (), frozenset(group))
            for title, group in zip(titles, groups, strict=True)
        ),
        tuple(counts), tuple(of),
    )  # fmt: skip


def _group(marks: Marks, groups: Sequence[set[tuple[str, str]]]) -> int | None:
    for at, group in enumerate(groups):
        if marks & group:
            return at
    names = all(kind == "named" for kind, _ in marks)
    for at, group in enumerate(groups):
        if (
            marks
            and (names or all(kind == "named" for kind, _ in group))
            and _fits(frozenset(group), marks)
        ):
            return at
    return None


def main_ceasefire(article: Article) -> Ceasefire | None:
    """Return the ceasefire most spoken of in an article, or ``None`` where none is.

    Of two that are named equally often it is the one named first. Where no mention has a mark,
    it is "the ceasefire", in the words the article uses first.
    """
    found = (*mentions(article.title), *mentions(article.text))
    if not found:
        return _weakly_named(article.text)
    groups = named(found)
    before = groups.of.count(-1)
    if not groups.ceasefires:
        return Ceasefire("", found[0].words)
    limited = [not all(k == "scope" for k, _ in one.marks) for one in groups.ceasefires]
    best = max(range(len(groups.counts)), key=lambda n: (limited[n], groups.counts[n], -n))
    if before > groups.counts[best]:
        return Ceasefire("", found[0].words)
    return groups.ceasefires[best]


@lru_cache(maxsize=64)
def _weakly_named(text: str) -> Ceasefire | None:
    """Return the agreement of a text that speaks of war and has no word for a ceasefire."""
    data = _data()
    noun = data.weak.search(text)
    if noun is None or len({word.lower() for word in data.war.findall(text)}) < WARLIKE:
        return None
    return Ceasefire("", f"{_called(_PART.split(text[: noun.start()])[-1])} {noun[0]}".strip())


def about(article: Article, attribution: Attribution, ceasefire: Ceasefire | None) -> str:
    """Return which ceasefire a statement is about: an agreement's id, or the words that name it.

    ``ceasefire`` is the one that stance is judged towards; ``None`` is the article's main one.
    Empty where the statement names none and nothing before it in its paragraph does.
    """
    wanted = ceasefire or main_ceasefire(article)
    other = another(article.text, attribution.content, wanted)
    if other:
        return other
    return wanted.name if wanted else ""


def another(text: str, content: Sequence[Passage], wanted: Ceasefire | None) -> str:
    """Return the words that name a ceasefire other than ``wanted`` in a content, or ``""``.

    A content that names both is about the one that is wanted.
    """
    marked = [
        mention
        for mention in mentions(text)
        if mention.marks and any(start <= mention.start < end for start, end in content)
    ]
    if not marked or wanted is None or any(wanted.may_be(mention.marks) for mention in marked):
        return ""
    return marked[0].words
