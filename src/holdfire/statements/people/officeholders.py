"""Whose the people are whom news names without saying so: "Putin said"."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from holdfire.statements.people.words import Words
from holdfire.statements.statement import Speaker
from holdfire.terms.names import folded


@dataclass(frozen=True, slots=True)
class Officeholder:
    """One person's party and office, from the first year to the last, both included."""

    party: str
    office: str
    first: int
    last: int

    def holds(self, day: date | None) -> bool:
        """Whether the office was held on a day; any day where none is known."""
        return day is None or self.first <= day.year <= (self.last or 9999)


@cache
def _shipped() -> Mapping[str, tuple[Officeholder, ...]]:
    """Return the holders by folded name, whole and family name alone."""
    text = resources.files("holdfire.statements.people").joinpath("officeholders.toml")
    found: dict[str, list[Officeholder]] = {}
    for name, (party, office, first, last) in tomllib.loads(text.read_text("utf-8")).items():
        one = Officeholder(party, office, first, last)
        for key in dict.fromkeys((folded(name), folded(name.split(" ", 1)[-1]))):
            if one not in found.setdefault(key, []):
                found[key].append(one)
    return {key: tuple(holders) for key, holders in found.items()}


@cache
def family_names() -> frozenset[str]:
    """Return the last word of every holder's name, folded."""
    return frozenset(name.rpartition(" ")[2] for name in _shipped())


@lru_cache(maxsize=4096)
def holder(name: str, day: date | None) -> Officeholder | None:
    """Return who of that name held an office that day; ``None`` if nobody or two parties did."""
    fitting = [one for one in _shipped().get(folded(name), ()) if one.holds(day)]
    return fitting[0] if len({one.party for one in fitting}) == 1 else None


def placed(speakers: Sequence[Speaker], day: date | None, words: Words) -> list[Speaker]:
    """Return the speakers with the parties of known holders of office, where the text tells none.

    A role that the text tells stays; without one the office is the role.
    """
    return [_placed(one, day, words) for one in speakers]


def _placed(one: Speaker, day: date | None, words: Words) -> Speaker:
    if one.kind != "person" or one.party is not None or not one.name:
        return one
    found = holder(one.name, day)
    if found is None:
        return one
    role = one.role or found.office
    return replace(one, party=found.party, role=role, standing=words.standing(role, found.party))
