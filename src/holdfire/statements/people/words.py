"""The words by which texts tell who speaks: parties, roles, media and bodies, as data.

Everything about a country, a group or an outlet stands in the TOML files beside this module; code
knows none of them by name. A case lays its own aliases and roles over them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

from holdfire.errors import CaseError
from holdfire.statements.people.case_roles import wrong_roles
from holdfire.statements.people.closed import closed
from holdfire.statements.people.sorts import (
    DETERMINER,
    PARTICLE,
    PREPOSITION,
    ROLE,
    TITLE,
    TOKEN,
    Known,
    Role,
    Sort,
    base,
)

__all__ = ["PREPOSITIONS", "Phrases", "Words", "base"]

Phrases = dict[str, list[tuple[tuple[str, ...], Known]]]


@cache
def _data(name: str) -> dict[str, Any]:
    text = resources.files("holdfire.statements.people").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, eq=False)
class Words:
    """Every word by which a text tells who speaks. Build it with :meth:`load`."""

    phrases: Phrases
    roles: Mapping[str, Role]
    marks: Mapping[str, Role]
    titles: frozenset[str]
    modifiers: frozenset[str]
    elsewhere: frozenset[str]
    ranks: frozenset[str]
    by_party: Mapping[str, Mapping[str, str]]
    called: Mapping[str, tuple[str, ...]]
    only: Mapping[str, str]
    particles: frozenset[str]
    women: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    of: Mapping[str, str] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    outlet_endings: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)
    """Whose side somebody is on, by name, as a case tells it; nobody is shipped."""

    @classmethod
    def load(cls) -> Words:
        """Return the words as shipped; read once."""
        return _shipped()

    @cached_property
    def role_words(self) -> frozenset[str]:
        """Return every single word that can stand within a role."""
        singles = {word for phrase in (*self.roles, *self.only) for word in phrase.split()}
        return (frozenset(singles) | self.modifiers | self.marks.keys()) - _SMALL

    @cached_property
    def large(self) -> dict[str, int]:
        """Return what each word can be where the text writes it large, by its small letters."""
        found = dict.fromkeys(self.titles, TITLE) | dict.fromkeys(self.role_words, ROLE)
        found |= {f"ex-{word}": ROLE for word in self.head_words}
        found |= dict.fromkeys(closed("determiners"), DETERMINER)
        return found | dict.fromkeys(PREPOSITIONS, PREPOSITION)

    @cached_property
    def small(self) -> dict[str, int]:
        """Return what each word written small can be: plurals and particles too."""
        plurals = {f"{word}s": ROLE for word in self.role_words}
        return dict.fromkeys(self.particles, PARTICLE) | plurals | self.large

    @cached_property
    def head_words(self) -> frozenset[str]:
        """Return every word that a role can end with."""
        return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in self.roles)

    def known(self, phrase: str) -> Known | None:
        """Return what a whole phrase stands for, with or without "the"."""
        tokens = tuple(base(found.group()) for found in TOKEN.finditer(phrase))
        if tokens and tokens[0].lower() == "the":
            tokens = tokens[1:]
        for rest, known in self.phrases.get(tokens[0], ()) if tokens else ():
            if rest == tokens[1:]:
                return known
        return None

    def side(self, name: str) -> str | None:
        """Return the party a case says somebody belongs to, by full name or surname."""
        if not self.people or not name:
            return None
        if name in self.people:
            return self.people[name]
        found = {party for full, party in self.people.items() if full.rsplit(" ", 1)[-1] == name}
        return found.pop() if len(found) == 1 else None

    def party(self, phrase: str) -> str | None:
        """Return the id of the party that a name, adjective or capital stands for."""
        known = self.known(phrase)
        return known.party if known and known.sort in ("party", "people") else None

    def role(self, words: Iterable[str]) -> Role | None:
        """Return the class of a role from its words, small, up to the first preposition."""
        key = tuple(words)
        if key not in self._classes:
            if len(self._classes) > _KEPT:
                self._classes.clear()
            self._classes[key] = self._role(key)
        return self._classes[key]

    @cached_property
    def _classes(self) -> dict[tuple[str, ...], Role | None]:
        return {}

    def _role(self, words: tuple[str, ...]) -> Role | None:
        listed = [
            part
            for word in words
            for part in (("ex", word[3:]) if word.startswith("ex-") else (word,))
        ]
        for start in range(max(len(listed) - 6, 0), len(listed)):
            found = self.roles.get(" ".join(listed[start:]))
            if found is not None:
                return self._marked(listed[:start], found)
        if listed and listed[-1].endswith("s") and listed[-1][:-1] in self.roles:
            # Several of what decides alone are not the one who does.
            return replace(self.roles[listed[-1][:-1]], standing="none")
        return None

    def _marked(self, before: list[str], found: Role) -> Role:
        for word in before:
            mark = self.marks.get(word)
            if mark is not None and (
                (mark.name == "former" and found.name != "voice") or found.standing == "decides"
            ):
                return replace(found, name=mark.name, standing=mark.standing)
        return found

    def standing(self, role: str, party: str | None) -> str:
        """Return the standing of a role as a text words it, for a party."""
        key = (role, party)
        if key not in self._standings:
            if len(self._standings) > _KEPT:
                self._standings.clear()
            self._standings[key] = self._standing(role, party)
        return self._standings[key]

    @cached_property
    def _standings(self) -> dict[tuple[str, str | None], str]:
        return {}

    def _standing(self, role: str, party: str | None) -> str:
        words = [base(found.group()).lower() for found in TOKEN.finditer(role)]
        end = next((n for n, word in enumerate(words) if n and word in PREPOSITIONS), len(words))
        # "secretary of state" goes on over its preposition, "head of the office" does not.
        longer = (
            stop
            for stop in range(min(len(words), end + 6), end, -1)
            if any(" ".join(words[start:stop]) in self.roles for start in range(end))
        )
        stop = next(longer, end)
        found = self.role(words[:stop])
        if found is None:
            return "none"
        own = self.by_party.get(party or "", {})
        named = next((p for n in range(stop) if (p := " ".join(words[n:stop])) in own), "")
        if named and found.name not in ("former", "lesser"):
            return own[named]
        if found.kind == "person" and any(word in self.elsewhere for word in words):
            return "none" if found.standing == "decides" else found.standing
        return found.standing

    def with_case(
        self,
        party_aliases: Mapping[str, str] | None = None,
        roles: Mapping[str, Any] | None = None,
    ) -> Words:
        """Return these words with a case's own laid over them.

        ``party_aliases`` maps a name to a party's id; ``roles`` has the form of ``roles.toml``.
        Raises ``CaseError`` with everything that is wrong in ``roles``.
        """
        phrases = {key: list(value) for key, value in self.phrases.items()}
        for name, party in (party_aliases or {}).items():
            _put(phrases, name, Known("party", party, party, "speaks"))
        laid = replace(self, phrases=_sorted(phrases))
        return _laid(laid, roles, "roles.toml") if roles else laid


PREPOSITIONS = closed("prepositions")
_KEPT = 10_000
_SMALL = PREPOSITIONS | {
    "the",
    "a",
    "an",
    "and",
    "her",
    "his",
    "st",
    "u",
    "de",
    "facto",
    "d'affaires",
}


def _put(phrases: Phrases, name: str, known: Known) -> None:
    tokens = tuple(base(found.group()) for found in TOKEN.finditer(name))
    if tokens[:1] == ("The",):
        tokens = tokens[1:]
    if not tokens:
        return
    listed = phrases.setdefault(tokens[0], [])
    listed[:] = [one for one in listed if one[0] != tokens[1:]]
    listed.append((tokens[1:], known))


def _sorted(phrases: Phrases) -> Phrases:
    for listed in phrases.values():
        listed.sort(key=lambda one: -len(one[0]))
    return phrases


def _parties() -> Iterator[tuple[str, Known]]:
    data = _data("parties.toml")
    for section in ("groups", "authorities", "states"):
        for party, entry in data[section].items():
            group = section == "groups" and not entry.get("army", False)
            for word in entry["people"]:
                yield word, Known("people", party, party, "speaks", group=group)
                if not word.endswith(("s", "sh", "ch", "ese")):
                    yield word + "s", Known("people", party, party, plural=True, group=group)
            for key in ("seats", "capital", "names"):
                for word in entry.get(key, ()):
                    city = key == "capital"
                    known = Known("party", party, party, "speaks", group=group, capital=city)
                    yield word, known
                    if city and len(word) > 3:
                        yield word.upper(), known


def _media(name: str, sort: Sort) -> Iterator[tuple[str, Known]]:
    for key, entry in _data(name).items():
        forms = [key, *entry["also"]]
        for form in forms:
            bare = form.removeprefix("The ")
            single = f"The {bare}" in forms and " " not in bare
            yield bare, Known(sort, key, None, "none", entry["state"], the=single)


@cache
def _shipped() -> Words:
    phrases: Phrases = {}
    names = _data("names.toml")
    for place in names["places"]:
        _put(phrases, place, Known("place", place))
    for name, known in (
        *_media("outlets.toml", "outlet"),
        *_media("agencies.toml", "agency"),
        *_parties(),
    ):
        _put(phrases, name, known)
    for name, entry in _data("bodies.toml").items():
        for form in (name, *entry["also"]):
            known = Known("body", name, entry["party"] or None, entry["standing"])
            _put(phrases, form, known)
    bare = Words(
        _sorted(phrases), {}, {}, frozenset(), frozenset(), frozenset(), frozenset(), {}, {}, {},
        frozenset(names["particles"]), frozenset(names["women"]),
        frozenset(names["female"]), frozenset(names["male"]),
        {party: one["of"] for part in ("authorities", "groups")
         for party, one in _data("parties.toml")[part].items()},
        frozenset(_data("parties.toml")["states"]), frozenset(names["outlet_endings"]),
    )  # fmt: skip
    return _laid(bare, _data("roles.toml"), "roles.toml")


def _laid(words: Words, raw: Mapping[str, Any], where: str) -> Words:
    problems = wrong_roles(raw, where)
    if problems:
        raise CaseError(problems)
    roles, marks = dict(words.roles), dict(words.marks)
    for name, entry in raw.get("class", {}).items():
        flags = {flag: bool(entry.get(flag)) for flag in ("stateless", "home", "single")}
        role = Role(name, entry["standing"], entry.get("kind", "person"), **flags)
        roles.update((word.lower(), role) for word in entry["words"])
        marks.update((word.lower(), role) for word in entry.get("marks", ()))
    by_party = {party: dict(own) for party, own in words.by_party.items()}
    for party, own in raw.get("by-party", {}).items():
        by_party.setdefault(party, {}).update({k.lower(): v for k, v in own.items()})

    def more(key: str, had: frozenset[str]) -> frozenset[str]:
        return had | {word.lower() for word in raw.get(key, {}).get("words", ())}

    return replace(
        words, roles=roles, marks=marks, by_party=by_party,
        titles=more("titles", words.titles), modifiers=more("modifiers", words.modifiers),
        elsewhere=more("elsewhere", words.elsewhere), ranks=more("ranks", words.ranks),
        called={**words.called, **{k: tuple(v) for k, v in raw.get("called", {}).items()}},
        people={**words.people, **raw.get("people", {})},
        only={**words.only, **{k.lower(): v for k, v in raw.get("only", {}).items()}},
    )  # fmt: skip
