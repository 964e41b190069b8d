"""What invented reports say: details of the incident in each source's own sentences.

The details are drawn apart from everything else, so that a world with texts has the same facts as
the one without.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from holdfire.simulate.ground import Ints
from holdfire.simulate.incidents import Incidents
from holdfire.simulate.regime import Regime
from holdfire.simulate.telling import UNTOLD, Told
from holdfire.terms.vocabulary import Vocabulary

NO_STREET = 0.25
"""Incidents in the open, with no street to tell of."""
INJURED_A_DEATH = 2.0
HOUSES = 90
UNEVEN = 0.6
"""How unevenly a town's streets are hit: 1 is evenly, less is more uneven."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How one source writes: shares of reports that tell each thing, and its sentences."""

    writes: float
    street: float
    landmark: float
    damage: float
    both: float
    boilerplate: float
    spelling: tuple[tuple[str, str], ...]
    opening: Sequence[str]
    streets: Sequence[str]
    landmarks: Sequence[str]
    damages: Sequence[str]
    fatal: Sequence[str]
    harmless: Sequence[str]
    filler: Sequence[str]

    def spelt(self, name: str) -> str:
        """Return a name as this source spells it."""
        for usual, own in self.spelling:
            name = name.replace(usual, own)
        return name


@cache
def _told() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _voices() -> list[Voice]:
    return [
        Voice(**{**one, "spelling": tuple(map(tuple, one["spelling"]))})
        for one in _told()["sources"]
    ]


def texts(
    regime: Regime, told: Told, incidents: Incidents, acts: Vocabulary, rng: np.random.Generator
) -> tuple[list[str | None], list[str | None]]:
    """Return a place name and a text for each report; None where a source gives none.

    A copy has the words of what it is a copy of.
    """
    names = _names(regime.towns, rng)
    streets = [f"{name} {kind}" for name, kind in _streets(rng)]
    details = _details(incidents, len(streets), rng)
    places: list[str | None] = [None] * len(told)
    written: list[str | None] = [None] * len(told)
    voices = _voices()
    for number, source in enumerate(regime.sources):
        own = number if source.voice is None else source.voice
        voice = voices[own % len(voices)]
        spelt = [voice.spelt(name) for name in names]
        roads = [voice.spelt(name) for name in streets]
        rows = np.flatnonzero(told.outlet == number)
        which = told.incident[rows]
        facts = zip(
            rows.tolist(), incidents.town[which].tolist(), told.act[rows],
            told.place_precision[rows], told.deaths[rows].tolist(),
            *(detail[which].tolist() for detail in details), rng.random((len(rows), 13)).tolist(),
            strict=True,
        )  # fmt: skip
        for (
            row,
            town,
            act,
            precise,
            deaths,
            street,
            house,
            landmark,
            one,
            other,
            injured,
            chance,
        ) in facts:
            if precise == "town":
                places[row] = spelt[town]
            if chance[0] < voice.writes:
                written[row] = _text(
                    voice, chance, acts.nodes[act].label, spelt[town],
                    f"{roads[street]} {house}" if street >= 0 else None,
                    landmark, (one, other), deaths, injured,
                )  # fmt: skip
    row_of = np.full(int(told.number.max(initial=0)) + 1, -1)
    row_of[told.number] = np.arange(len(told))
    for row in np.flatnonzero(told.copy_of != UNTOLD).tolist():
        first = int(row_of[told.copy_of[row]])
        if first >= 0:
            places[row], written[row] = places[first], written[first]
    return places, written


def _text(
    voice: Voice, chance: Sequence[float], act: str, town: str, street: str | None,
    landmark: int, damage: tuple[int, int], deaths: int, injured: int,
) -> str:  # fmt: skip
    """Return one report's sentences, from thirteen numbers between 0 and 1."""
    parts = [_one(voice.opening, chance[1]).format(act=act, town=town)]
    if street is not None and chance[2] < voice.street:
        parts.append(_one(voice.streets, chance[3]).format(street=street))
    if chance[4] < voice.landmark:
        where = _told()["landmarks"]["words"][landmark]
        parts.append(_one(voice.landmarks, chance[5]).format(landmark=where))
    if chance[6] < voice.damage:
        what = _damaged(damage, both=chance[12] < voice.both)
        parts.append(_one(voice.damages, chance[7]).format(damage=what))
    if deaths > 0:
        parts.append(_one(voice.fatal, chance[8]).format(deaths=deaths, injured=injured))
    elif deaths != UNTOLD:
        parts.append(_one(voice.harmless, chance[8]))
    if chance[9] < voice.boilerplate:
        parts.insert(1 + int(chance[10] * len(parts)), _one(voice.filler, chance[11]))
    return " ".join(parts)


def _damaged(damage: tuple[int, int], *, both: bool) -> str:
    """Return one of the two things damaged, or both of them."""
    one, other = (_told()["damage"]["words"][at] for at in damage)
    joined: str = _told()["damage"]["joined"]
    return joined.format(one=one, other=other) if both and one != other else one


def _one(sentences: Sequence[str], chance: float) -> str:
    return sentences[int(chance * len(sentences))]


def _details(incidents: Incidents, streets: int, rng: np.random.Generator) -> list[Ints]:
    """Return each incident's street (-1: none), house, landmark, two damages and injured."""
    count = len(incidents)
    here = _told()["names"]["streets_a_town"]
    nth = (rng.random(count) ** (1 / UNEVEN) * here).astype(np.int64)
    street = (incidents.town * 7 + nth) % streets
    return [
        np.where(rng.random(count) < NO_STREET, -1, street),
        rng.integers(1, HOUSES, count),
        rng.integers(0, len(_told()["landmarks"]["words"]), count),
        *rng.integers(0, len(_told()["damage"]["words"]), (2, count)),
        rng.poisson(incidents.deaths * INJURED_A_DEATH),
    ]


def _names(count: int, rng: np.random.Generator) -> list[str]:
    """Return so many names; they repeat only where there are more towns than names."""
    parts = _told()["names"]
    every = [a + b + c for a in parts["first"] for b in parts["middle"] for c in parts["last"]]
    order = rng.permutation(len(every))
    return [every[order[at % len(every)]] for at in range(count)]


def _streets(rng: np.random.Generator) -> list[tuple[str, str]]:
    kinds = _told()["names"]["streets"]
    return [(name, kinds[at % len(kinds)]) for at, name in enumerate(_names(300, rng))]
