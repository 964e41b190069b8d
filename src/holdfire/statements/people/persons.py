"""The persons of a text: every way it names each, the roles it gives them, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from holdfire.statements.people.beside import Beside
from holdfire.statements.people.closed import closed
from holdfire.statements.people.phrase import Phrase
from holdfire.statements.people.sorts import DETERMINER, NAME, PREPOSITION, ROLE, TITLE, Role
from holdfire.statements.people.tokens import Tokens

_ENDING = re.compile(r"(?:iy|ij|yi|yy|y|i)$")
_AFTER_ARTICLE = re.compile(r"^(?:al|el|as|ash|an|ar|at|ad|ul|ed|es|az)-", re.IGNORECASE)
_PLACED = closed("placed")
_DOES = closed("does")
_OTHER_SIDE = closed("other_side")
_FARTHEST = 12


@dataclass(slots=True)
class Person:
    """One person of a text. ``roles`` are phrases as read, in the order of the text."""

    name: str
    roles: list[Phrase] = field(default_factory=list)
    party: str | None = None
    female: bool | None = None
    unnamed: bool = False
    at: list[int] = field(default_factory=list)
    """Numbers of the words where the person is mentioned, in order."""

    def agrees(self, female: bool | None) -> bool:
        """Whether "she" (or "he") can be this person; ``None`` asks for anybody."""
        return female is None or self.female is None or self.female == female

    @property
    def role(self) -> str:
        """Return the first role the text gives, a rank only where there is no other."""
        return self._told.role if self.roles else ""

    @property
    def role_class(self) -> Role | None:
        """Return the class of that role."""
        return self._told.role_class if self.roles else None

    @property
    def _told(self) -> Phrase:
        return next((one for one in self.roles if not one.rank), self.roles[0])


@lru_cache(maxsize=4096)
def key(word: str) -> str:
    """Return a surname as one key for its spellings: Zelensky, Zelenskyy, al-Zelenskiy."""
    return _ENDING.sub("y", _AFTER_ARTICLE.sub("", word.lower()))


class Persons:
    """Everybody a text names."""

    def __init__(self, tokens: Tokens) -> None:
        """Read a text; two passes over its names: full names first, then single ones."""
        self.tokens = tokens
        self.everybody: list[Person] = []
        self._beside = Beside(tokens)
        self._by_last: dict[str, Person] = {}
        self._by_any: dict[str, Person] = {}
        self._places: dict[str, list[int]] = defaultdict(list)
        singles: list[tuple[int, int]] = []
        for first, stop in self._runs():
            for n in range(first, stop):
                self._places[key(tokens.bases[n])].append(n)
            if stop - first == 1:
                singles.append((first, stop))
            elif not self._place(first):
                self._full(first, stop)
        for first, stop in singles:
            self._single(first, stop)
        for person in self.everybody:
            person.at.sort()
        self._mentions: list[tuple[int, int]] | None = None
        self._aliases()

    def _runs(self) -> Iterator[tuple[int, int]]:
        n, tokens = 0, self.tokens
        while True:
            try:
                n = tokens.sorts.index(NAME, n)
            except ValueError:
                return
            stop = tokens.name_stop(n)
            yield n, stop
            n = stop

    def _place(self, first: int) -> bool:
        tokens = self.tokens
        return first > 0 and (
            tokens.lowers[first - 1] in _PLACED
            or (tokens.lowers[first - 1] == "the" and not tokens.apart[first])
        )

    def _full(self, first: int, stop: int) -> None:
        tokens = self.tokens
        # "Security Council", "Kharkiv Governor": what a role written large goes on is no name.
        if (
            stop < tokens.count
            and tokens.sorts[stop] == ROLE
            and not tokens.apart[stop]
            and tokens.bases[stop][0].isupper()
            and not tokens.owns[stop - 1]
        ):
            return
        last = key(tokens.bases[stop - 1])
        person = self._by_last.get(last)
        name = tokens.name_of(first, stop)
        if person is None or not _fits(person.name, name):
            person = Person(name)
            self.everybody.append(person)
            self._by_last[last] = person
            for n in range(first, stop):
                self._by_any.setdefault(key(tokens.bases[n]), person)
        elif len(name) > len(person.name) and " " in name:
            person.name = name
        self._mention(person, first, stop)

    def _single(self, first: int, stop: int) -> None:
        tokens = self.tokens
        word = key(tokens.bases[first])
        person = self._by_last.get(word) or self._by_any.get(word)
        if person is None:
            if not self._title(first) and not self._acts(first):
                return
            person = Person(tokens.bases[first])
            self.everybody.append(person)
            self._by_last[word] = person
        self._mention(person, first, stop)

    def _title(self, first: int) -> bool:
        before = first - 1
        if before < 0 or self.tokens.paragraphs[before] != self.tokens.paragraphs[first]:
            return False
        if self.tokens.sorts[before] == TITLE:
            return True
        if self.tokens.sorts[before] != ROLE or self.tokens.apart[first]:
            return False
        role = self.tokens.words.roles.get(self.tokens.lowers[before])
        return role is not None and role.kind == "person"

    def _acts(self, first: int) -> bool:
        """Whether a lone name does what persons do: "Putin, speaking to reporters, …"."""
        tokens, after = self.tokens, first + 1
        if after >= tokens.count:
            return False
        if tokens.owns[first]:
            role = tokens.words.role(tokens.lowers[after : after + 1])
            return role is not None and role.kind == "person" and role.name != "voice"
        if first and (
            tokens.sorts[first - 1] in (PREPOSITION, DETERMINER) and not tokens.apart[first]
        ):
            return False
        if tokens.gaps[after] == ", ":
            return tokens.lowers[after] in ("speaking", "who", "whose")
        return tokens.gaps[after] == " " and tokens.lowers[after] in _DOES

    def add(self, first: int, stop: int) -> Person:
        """Take somebody named by a source's words into the list, or return who it is."""
        tokens = self.tokens
        last = tokens.bases[stop - 1]
        person = self._by_last.get(key(last)) or (
            self._by_any.get(key(last)) if stop - first == 1 else None
        )
        name = tokens.name_of(first, stop)
        if person is None or not _fits(person.name, name):
            person = Person(name)
            self.everybody.append(person)
            self._by_last[key(last)] = person
            self._mention(person, first, stop)
            person.at = sorted({first, *self._places.get(key(last), ())})
            self._mentions = None
        return person

    def named(self, first: int, stop: int) -> Person | None:
        """Return who is meant by the words, if the text names somebody so."""
        for n in range(stop - 1, first - 1, -1):
            word = key(self.tokens.bases[n])
            person = self._by_last.get(word) or (
                self._by_any.get(word) if stop - first == 1 else None
            )
            if person is not None:
                return person
        return None

    @property
    def mentions(self) -> list[tuple[int, int]]:
        """Return every mention: word, and number of the person."""
        if self._mentions is None:
            numbered = enumerate(self.everybody)
            self._mentions = sorted((n, k) for k, one in numbered for n in one.at)
        return self._mentions

    def before(self, n: int, down_to: int = 0) -> Iterator[tuple[int, Person]]:
        """Yield the mentions before a word, the nearest first."""
        mentions = self.mentions
        for k in range(bisect_left(mentions, (n, -1)) - 1, -1, -1):
            at, who = mentions[k]
            if at < down_to:
                return
            yield at, self.everybody[who]

    def _mention(self, person: Person, first: int, stop: int) -> None:
        person.at.append(first)
        words, tokens = self.tokens.words, self.tokens
        if tokens.bases[first] in words.women and stop - first > 1:
            person.female = True
        if person.party is not None and any(not one.rank for one in person.roles):
            return
        for phrase in self._beside.phrases(first, stop):
            role = phrase.role_class
            told = phrase.role and not phrase.plural and phrase.head not in _OTHER_SIDE
            if role is not None and role.kind == "person" and told:
                person.roles.append(phrase)
            if phrase.party and not (person.party and phrase.role_class is None):
                person.party = person.party or phrase.party
            self._gender(person, phrase)

    def _gender(self, person: Person, phrase: Phrase) -> None:
        words = self.tokens.words
        low = self.tokens.lowers[phrase.first : phrase.stop]
        if not words.female.isdisjoint(low):
            person.female = True
        elif person.female is None and not words.male.isdisjoint(low):
            person.female = False

    def _aliases(self) -> None:
        """Learn other names: "Mohamed Hamdan Dagalo, known as Hemedti"."""
        tokens = self.tokens
        if "known" not in tokens.lowers:
            return
        for n in range(3, tokens.count):
            if tokens.lowers[n - 1] != "as" or tokens.sorts[n] != NAME:
                continue
            if tokens.lowers[n - 2] != "known":
                continue
            near = next(self.before(n), None)
            if near is not None and n - near[0] < _FARTHEST:
                self._by_last.setdefault(key(tokens.bases[n]), near[1])


def _fits(name: str, other: str) -> bool:
    """Whether two names with one surname can be one person's."""
    a, b = name.split(), other.split()
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0] == b[0] or (a[0][0] == b[0][0] and (len(a[0]) <= 2 or len(b[0]) <= 2))
