"""The persons of a text: every way it names each, the roles it gives them, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfire.statements.people.phrase import Phrase, describe
from holdfire.statements.people.tokens import (
    DETERMINER,
    KNOWN,
    NAME,
    OTHER,
    PARTICLE,
    PREPOSITION,
    ROLE,
    TITLE,
    Tokens,
)
from holdfire.statements.people.words import Role

_ENDING = re.compile(r"(?:iy|ij|yi|yy|y|i)$")
_AFTER_ARTICLE = re.compile(r"^(?:al|el|as|ash|an|ar|at|ad|ul|ed|es|az)-", re.IGNORECASE)
_PLACED = frozenset("in at near from around outside across over".split())
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


def key(word: str) -> str:
    """Return a surname as one key for its spellings: Zelensky, Zelenskyy, al-Zelenskiy."""
    return _ENDING.sub("y", _AFTER_ARTICLE.sub("", word.lower()))


class Persons:
    """Everybody a text names."""

    def __init__(self, tokens: Tokens) -> None:
        """Read a text; two passes over its names: full names first, then single ones."""
        self.tokens = tokens
        self.everybody: list[Person] = []
        self._by_last: dict[str, Person] = {}
        self._by_any: dict[str, Person] = {}
        singles: list[tuple[int, int]] = []
        for first, stop in self._runs():
            if stop - first == 1:
                singles.append((first, stop))
            elif not self._place(first):
                self._full(first, stop)
        for first, stop in singles:
            self._single(first, stop)
        self._aliases()
        for person in self.everybody:
            person.at.sort()
        self.mentions = sorted((n, k) for k, one in enumerate(self.everybody) for n in one.at)

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
            or (tokens.lowers[first - 1] == "the" and not tokens.apart(first))
        )

    def _full(self, first: int, stop: int) -> None:
        tokens = self.tokens
        if stop < len(tokens) and tokens.sorts[stop] == ROLE and not tokens.apart(stop):
            if tokens.bases[stop][0].isupper() and not tokens.owns[stop - 1]:
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
        if self.tokens.sorts[before] != ROLE or self.tokens.apart(first):
            return False
        role = self.tokens.words.roles.get(self.tokens.lowers[before])
        return role is not None and role.kind == "person"

    def _acts(self, first: int) -> bool:
        """Whether a lone name does what persons do: "Putin, speaking to reporters, …"."""
        tokens, after = self.tokens, first + 1
        if after >= len(tokens) or tokens.owns[first]:
            return False
        if first and (
            tokens.sorts[first - 1] in (PREPOSITION, DETERMINER) and not tokens.apart(first)
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
            for n in range(first, len(tokens)):
                if tokens.sorts[n] == NAME and key(tokens.bases[n]) == key(last):
                    person.at.append(n)
            person.at = sorted(set(person.at))
            number = len(self.everybody) - 1
            self.mentions = sorted({*self.mentions, *((n, number) for n in person.at)})
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

    def before(self, n: int, down_to: int = 0) -> Iterator[tuple[int, Person]]:
        """Yield the mentions before a word, the nearest first."""
        for k in range(bisect_left(self.mentions, (n, -1)) - 1, -1, -1):
            at, who = self.mentions[k]
            if at < down_to:
                return
            yield at, self.everybody[who]

    def _mention(self, person: Person, first: int, stop: int) -> None:
        person.at.append(first)
        words, tokens = self.tokens.words, self.tokens
        if tokens.bases[first] in words.women and stop - first > 1:
            person.female = True
        for phrase in (
            self._prefixed(first),
            self._apposed_after(stop),
            self._apposed_before(first),
        ):
            if phrase is None:
                continue
            role = phrase.role_class
            told = phrase.role and not phrase.plural and phrase.head != "counterpart"
            if role is not None and role.kind == "person" and told:
                person.roles.append(phrase)
            if phrase.party and not (person.party and phrase.role_class is None):
                person.party = person.party or phrase.party
            self._gender(person, phrase)

    def _gender(self, person: Person, phrase: Phrase) -> None:
        words = self.tokens.words
        low = {self.tokens.lowers[n] for n in range(phrase.first, phrase.stop)}
        if low & words.female - {"her"}:
            person.female = True
        elif low & words.male and person.female is None:
            person.female = False

    def _prefixed(self, first: int) -> Phrase | None:
        start = self._back(first)
        if start == first:
            return None
        return describe(self.tokens, start, first) if start < first else None

    def _back(self, first: int) -> int:
        """Return where the role or party that stands right before a name begins."""
        tokens = self.tokens
        n = first
        while n > 0 and not tokens.apart(n) and first - n < _FARTHEST:
            sort = tokens.sorts[n - 1]
            if sort in (ROLE, TITLE) or (sort == KNOWN and n == first and tokens.owns[n - 1]):
                n -= 1
            elif sort == KNOWN and n < first:
                n -= 1
            elif sort == KNOWN and (known := tokens.known[n - 1]) and known.sort == "people":
                n -= 1
            elif sort == OTHER and n < first and n > 1 and self._adjective(n - 1):
                n -= 1
            elif sort in (PREPOSITION, DETERMINER) and n < first and self._within(n - 1):
                n -= 1
            elif sort == KNOWN and tokens.known[n - 1] is not None and self._of_known(n - 1):
                n -= 1
            else:
                break
        return n

    def _of_known(self, n: int) -> bool:
        """Whether a party or place before a name ends a role: "envoy for the Middle East Witkoff"."""
        k = n
        while k > 0 and self.tokens.known[k - 1] is self.tokens.known[n]:
            k -= 1
        if k and self.tokens.sorts[k - 1] == DETERMINER:
            k -= 1
        return k > 1 and self.tokens.sorts[k - 1] == PREPOSITION and self._within(k - 1)

    def _adjective(self, n: int) -> bool:
        before = self.tokens.sorts[n - 1]
        return before == KNOWN and not self.tokens.apart(n) and self.tokens.lowers[n] != "and"

    def _within(self, n: int) -> bool:
        tokens = self.tokens
        if tokens.sorts[n] == DETERMINER:
            return n > 1 and tokens.sorts[n - 1] == PREPOSITION and self._within(n - 1)
        return (
            n > 0
            and tokens.lowers[n] in ("of", "for", "to", "at")
            and tokens.sorts[n - 1] == ROLE
            and not tokens.apart(n)
            and tokens.lowers[n - 1] in tokens.words.head_words
        )

    def _apposed_after(self, stop: int) -> Phrase | None:
        """Read "…, the foreign policy aide to Vladimir Putin," after a name."""
        tokens = self.tokens
        if stop >= len(tokens) or tokens.gaps[stop].strip() not in (",", "–", "—", "-", "("):
            return None
        end = stop + 1
        while (
            end < len(tokens)
            and end - stop < _FARTHEST
            and not (tokens.gaps[end].strip(" \n’'"))
            and not (tokens.sorts[end] == OTHER and tokens.lowers[end] in _BREAKS)
        ):
            end += 1
        phrase = describe(tokens, stop, end)
        role = phrase.role_class
        if role is None or role.kind != "person" or phrase.name or tokens.lowers[stop] == "and":
            return None
        if any(tokens.sorts[n] == OTHER for n in range(stop, self._head_stop(stop, end))) and not (
            phrase.determiner or tokens.sorts[stop] in (KNOWN, ROLE)
        ):
            return None
        return phrase

    def _head_stop(self, first: int, stop: int) -> int:
        n = first
        while n < stop and self.tokens.sorts[n] != PREPOSITION:
            n += 1
        return n

    def _apposed_before(self, first: int) -> Phrase | None:
        """Read "Armenia's prime minister, Nikol Pashinyan"."""
        tokens = self.tokens
        if first < 2 or tokens.gaps[first] not in (", ", ",\n"):
            return None
        start = self._back(first - 1)
        if tokens.sorts[first - 1] not in (ROLE, KNOWN):
            return None
        end = first
        # The phrase must have a beginning of its own, or the comma is one of a list.
        if start == 0 or not (
            tokens.sorts[start - 1] == DETERMINER
            or tokens.owns[start - 1]
            or (tokens.known[start] is not None)
        ):
            return None
        if tokens.sorts[start - 1] == DETERMINER:
            start -= 1
        elif tokens.owns[start - 1] and tokens.sorts[start - 1] == KNOWN:
            start -= 1
        phrase = describe(tokens, start, end)
        return phrase if phrase.role_class is not None and not phrase.name else None

    def _aliases(self) -> None:
        tokens = self.tokens
        for n in range(3, len(tokens)):
            if tokens.lowers[n - 1] == "as" and tokens.lowers[n - 2] == "known":
                if tokens.sorts[n] != NAME:
                    continue
                for at, person in self._near(n):
                    self._by_last.setdefault(key(tokens.bases[n]), person)
                    del at
                    break

    def _near(self, n: int) -> Iterator[tuple[int, Person]]:
        best = max(
            ((at, k) for k, one in enumerate(self.everybody) for at in one.at if at < n),
            default=None,
        )
        if best is not None and n - best[0] < _FARTHEST:
            yield best[0], self.everybody[best[1]]


_DOES = frozenset("said says told tells spoke met".split())  # noqa: SIM905
_BREAKS = frozenset(
    "and but said says was were is are has have had who which that will would told".split()
)


def _fits(name: str, other: str) -> bool:
    """Whether two names with one surname can be one person's."""
    a, b = name.split(), other.split()
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0] == b[0] or a[0][0] == b[0][0] and (len(a[0]) <= 2 or len(b[0]) <= 2)


__all__ = ["PARTICLE", "Person", "Persons", "key"]
