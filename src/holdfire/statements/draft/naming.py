"""Where a text names those who can be bound by a ceasefire, and those who can propose one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

from holdfire.statements.draft.phrases import table
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.when import time_zone
from holdfire.statements.people.officeholders import family_names, holder
from holdfire.statements.people.words import Words, base
from holdfire.statements.statement import Statement

_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я](?<![\w’'-].)(?:\w|\.(?=[A-Z]))*\.?(?:[-'’/&]\w+)*")
_SPACE = re.compile(r"(?:['’]s?)?\s+|(?<=\.)")
_FULL = re.compile(r"\s+((?:[A-Z][\w'’-]+\s){1,2}[A-Z][\w'’-]{2,})")
_ROLE = re.compile(r"(?:['’]s?)?((?:\s[\w-]+){1,8})")
_APPOSED = re.compile(r"((?:[A-Z][\w'’-]+\s){1,2}[A-Z][\w'’-]{2,}),\s(?:the\s)?\Z")
_MADE_BY = re.compile(
    r"([\w.]+)-(?:brokered|mediated|sponsored|drafted|proposed|negotiated|backed|led|written)\Z"
)
_PLAIN = 5
"""Letters from which a family name is taken for its bearer without a given name beside it."""

_IN_FULL = re.compile(
    r"(?<![\w-])(?=((?:[^\W\d_a-z][\w'-]+\s)?)((?:[ae]l-)?"
    r"[^\W\d_a-z][\w-]+))"
)
_REBELS = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Rr]ebel) (?:rebels?|insurgents?|guerrillas?"
    r"|guerillas|militants|separatists"
    r"|gunmen|insurgency|organi[sz]ation|opposition(?!\s[A-Z])|fighters)\b"
    r"(?! (?:leader|sources?|said to))"
)
_LARGE = re.compile(r"[^\W\d_b-df-z](?<![\w-].)(?:(?<![ae])|(?=l-))")
"""Where :data:`_IN_FULL` can be found, so that most letters are passed over at once."""
_BETWEEN_ROLES = frozenset(["of", "the", "for", "and", "to", "on"])
_OWN_SIDE = re.compile(
    r"\b[Tt]he (?:(?:country's |federal |national )?(?:government|armed forces|military|army"
    r"|state)(?! (?:television|news|TV|media|of|department|run|broadcaster|secretary))"
    r"|security forces)\b|\b[Gg]overnment (?:forces|troops|soldiers)\b"
)


class Mention(NamedTuple):
    """A party or body that a text names.

    ``kind`` is ``name``, ``people`` (an adjective or its people), ``capital``, ``person`` (somebody
    of that party), ``own`` ("the government", beside a group that fights it) or ``body`` (an
    organisation, which no ceasefire binds; ``party`` is then a slug).
    """

    start: int
    end: int
    party: str
    kind: str


@dataclass(frozen=True, slots=True)
class Side:
    """A party and the passage of the article's text that tells it.

    ``declares`` is true for one who declared or ordered the ceasefire, so that it binds itself.
    """

    party: str
    start: int
    end: int
    declares: bool = False
    announces: bool = False
    """Whether no more is told than that it announced it, as a mediator does too."""


def within(told: Sequence[Sentence], mentions: Sequence[Mention]) -> list[tuple[Sentence, Mention]]:
    """Return every mention with the sentence it stands in."""
    pairs: list[tuple[Sentence, Mention]] = []
    at = 0
    for sentence in told:
        while at < len(mentions) and mentions[at].start < sentence.start:
            at += 1
        while at < len(mentions) and mentions[at].start < sentence.end:
            pairs.append((sentence, mentions[at]))
            at += 1
    return pairs


class Names:
    """Finds parties in a text by the words of ``people``."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.names_of, self.capital_of, self.armies = _data()
        self.capitals = frozenset(city for cities in self.capital_of.values() for city in cities)
        self._mentions: dict[str, list[Mention]] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Return every party and body that a text names, in its order."""
        if text not in self._mentions:
            if len(self._mentions) >= _KEPT:
                self._mentions.clear()
            self._mentions[text] = self._find(text)
        return self._mentions[text]

    def _find(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        last = 0
        phrases = self.words.phrases
        for match in _NAME.finditer(text):
            start = match.start()
            if start < last:
                continue
            listed = phrases.get(base(match[0].rstrip("."))) or phrases.get(base(match[0]))
            if not listed:
                self._before_hyphen(text, match, found)
            for rest, known in listed or ():
                end = _ends(text, match, rest)
                if end is None:
                    continue
                last = end
                if (
                    text[start:end].isupper()
                    and end - start > 4
                    and not rest
                    and _dateline(text, end)
                ):
                    break
                if known.sort in ("party", "people", "body"):
                    found.append(self._mention(text, start, end, known.sort, known.party, known.id))
                break
        kept = [one for one in found if one.party] + _together(text)
        return sorted(kept, key=lambda one: (one.start, one.end, one.party))

    def _before_hyphen(self, text: str, match: re.Match[str], found: list[Mention]) -> None:
        """Add the party of "Qatari-mediated"."""
        name = _MADE_BY.match(match[0])
        known = self.words.known(name[1]) if name else None
        if name and known is not None and known.sort in ("party", "people", "body"):
            end = match.start() + name.end(1)
            found.append(self._mention(text, match.start(), end, known.sort, known.party, known.id))

    def _mention(
        self, text: str, start: int, end: int, sort: str, party: str | None, name: str
    ) -> Mention:
        if sort == "people":
            return Mention(start, end, party or "", "people")
        if party is None:
            return Mention(start, end, slug(name), "body")
        return Mention(start, end, party, "capital" if text[start:end] in self.capitals else "name")

    def more(
        self,
        text: str,
        found: list[Mention],
        statements: Iterable[Statement],
        day: date | None = None,
    ) -> list[Mention]:
        """Return the mentions with persons of a party and "the government" added, in order.

        ``day`` is the text's, for those whose office tells their party.
        """
        found = [_formerly(one, day) for one in found]
        own = self._own_side(text, found)
        people = _persons(text, found, self.words.role_words)
        for name, party in _holders(text, day).items():
            people.setdefault(name, party)
        for one in statements:
            if one.speaker.kind == "person" and one.speaker.party and one.speaker.name:
                people.setdefault(one.speaker.name.rsplit(" ", 1)[-1], one.speaker.party)
        added: list[Mention] = []
        for start, end in _whole_words(text, people):
            added.append(Mention(start, end, people[text[start:end]], "person"))
        taken = {one.start for one in found}
        added = [one for one in added if one.start not in taken]
        return sorted([*found, *own, *added], key=lambda one: (one.start, one.end))

    def time_zone(self, party: str) -> str | None:
        """Return the time zone of a party's capital, or of the state a group belongs to."""
        state = self.words.of.get(party) or party
        for capital in self.capital_of.get(state, ()):
            zone = time_zone(f"{capital} time")
            if zone is not None:
                return zone
        return time_zone(f"{state.replace('-', ' ')} time")

    def _own_side(self, text: str, found: list[Mention]) -> list[Mention]:
        states = sorted(
            {state for one in found if (state := self.words.of.get(one.party)) is not None} - {""}
        )
        groups = {one.party for one in found if one.party in self.words.of}
        if len(states) != 1:
            lands = {one.party for one in found if one.kind in ("name", "people", "capital")}
            others = [party for land, party in table("rebels").items() if land in lands]
            return self._called(_REBELS, text, others[0]) if len(others) == 1 and not groups else []
        rebels = self._called(_REBELS, text, groups.pop()) if len(groups) == 1 else []
        party = self.armies.get(states[0], states[0])
        return self._called(_OWN_SIDE, text, party) + rebels

    def _called(self, words: re.Pattern[str], text: str, party: str) -> list[Mention]:
        return [Mention(*match.span(), party, "own") for match in words.finditer(text)]


_KEPT = 4
"""Texts whose mentions are kept: terms and claims of one text are read one after the other."""


def _whole_words(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand as whole words, none in another, of two at a place the longer."""
    found: list[tuple[int, int]] = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if _edge(text, at) and _edge(text, end):
                found.append((at, -end))
            at = text.find(name, at + 1)
    last = 0
    for start, end in sorted(found):
        if start >= last:
            last = -end
            yield start, last


def _edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at a place."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return (before.isalnum() or before == "_") != (after.isalnum() or after == "_")


def _together(text: str) -> list[Mention]:
    """Return the parties that a text names by one word: "the two Koreas"."""
    return [
        Mention(match.start(), match.end(), party, "name")
        for words, parties in table("together").items()
        if words in text
        for match in re.finditer(rf"\b{re.escape(words)}\b", text)
        for party in parties
    ]


def _dateline(text: str, end: int) -> bool:
    """Whether a name in capitals opens a text: "MOSCOW, 21 April (Reuters) - …"."""
    return re.match(r"[^\n.]{0,60}?\s?[-–—:]\s", text[end:]) is not None


def _ends(text: str, match: re.Match[str], rest: tuple[str, ...]) -> int | None:
    """Return where a name of several words ends, or ``None`` where it is not all there."""
    at = match.end()
    first = match[0]
    if not rest:
        bare = first.rstrip(".") if not re.search(r"\.\w", first) else first
        for ending in ("'s", "’s", "'", "’"):
            bare = bare.removesuffix(ending)
        return match.start() + len(bare)
    for word in rest:
        gap = _SPACE.match(text, at)
        if gap is None:
            return None
        at = gap.end()
        if text[at : at + len(word)].replace("’", "'") != word:
            return None
        at += len(word)
    return None if text[at : at + 1].isalnum() else at


def _persons(text: str, found: list[Mention], roles: frozenset[str]) -> dict[str, str]:
    """Return surnames of persons whom the text itself places with a party."""
    people: dict[str, str] = {}
    starts = {one.start for one in found}
    for one in found:
        if one.kind not in ("people", "name"):
            continue
        named = "," in text[max(0, one.start - 6) : one.start]
        before = _APPOSED.search(text, max(0, one.start - 80), one.start) if named else None
        after = _after_role(text, one.end, roles)
        for match in (after, before):
            if match and match.start(1) not in starts:
                people.setdefault(match[1].split()[-1].removesuffix("'s"), one.party)
    return people


def _formerly(one: Mention, day: date | None) -> Mention:
    """Return a mention with the state that was called so on a day: Moscow's in 1973."""
    before = table("formerly").get(one.party) if day is not None and one.kind != "name" else None
    if before is None or day is None or day.year > before["until"]:
        return one
    return Mention(one.start, one.end, before["party"], one.kind)


def _holders(text: str, day: date | None) -> dict[str, str]:
    """Return surnames of known holders of office whom a text names, with their party."""
    people: dict[str, str] = {}
    families = family_names()
    for begins in _LARGE.finditer(text):
        match = _IN_FULL.match(text, begins.start())
        if match is None:
            continue
        family = match[2]
        if family.casefold() not in families or family in people:
            continue
        if not match[1] and len(family) < _PLAIN:
            continue
        one = holder(f"{match[1]}{family}", day)
        if one is not None:
            people[family] = one.party
    return people


def _after_role(text: str, at: int, roles: frozenset[str]) -> re.Match[str] | None:
    """Return the full name after a role: "(Ukrainian) Foreign Minister Andrii Sybiha"."""
    words = _ROLE.match(text, at)
    if words is None:
        return None
    end, role = words.start(1), False
    for word in re.finditer(r"\s([\w-]+)", words[1]):
        small = word[1].lower()
        if small in roles:
            role = True
        elif small not in _BETWEEN_ROLES:
            break
        end = words.start(1) + word.end()
    return _FULL.match(text, end) if role else None


def slug(name: str) -> str:
    """Return an id made from a name."""
    own: str | None = table("slugs").get(name)
    return own or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def _data() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, str]]:
    """Return names and capitals by party, and by state the army that is a party of its own."""
    text = (
        resources.files("holdfire.statements.people")
        .joinpath("parties.toml").read_text(encoding="utf-8")
    )  # fmt: skip
    capitals: dict[str, tuple[str, ...]] = {}
    armies: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for group in tomllib.loads(text).values():
        for party, words in group.items():
            names[party] = tuple(words["names"])
            capitals[party] = tuple(words.get("capital", ()))
            if words.get("army"):
                armies[words["of"]] = party
    return names, capitals, armies


@cache
def known() -> Names:
    """Return the names that come with holdfire."""
    return Names(Words.load())
