"""How each source tells what happened: late, vague, in its own words, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from holdfire.simulate.ground import Floats, Gazetteer, Ground, Ints
from holdfire.simulate.incidents import DAY_MIN, Incidents
from holdfire.simulate.regime import Regime, Source
from holdfire.terms.vocabulary import Vocabulary

Words = NDArray[np.object_]

EXACT_KM = 0.15
FATAL_COVERED = 1.35
"""Incidents in which people die are covered so much more often."""
DISTRICT_RADIUS = 0.85
"""The stated radius of a district, as a share of the length of its side."""
NOBODY_NAMED = 0.7
"""Of the reports that do not name one actor: naming nobody; the rest name both sides."""


@dataclass(frozen=True, eq=False)
class Told:
    """Reports of one source or of all: one entry a report. Times are minutes.

    ``copy_of`` is the ``number`` of the report that this one republishes, or ``UNTOLD``.
    """

    incident: Ints
    outlet: Ints
    begins: Ints
    ends: Ints
    time_precision: Words
    reported: Ints
    at_km: Floats
    radius_m: Floats
    place_precision: Words
    act: Words
    target: Words
    weapon: Words
    party: Ints
    deaths: Ints
    number: Ints
    copy_of: Ints
    credited: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.incident)

    def take(self, rows: Ints) -> Told:
        """Return these reports in this order."""
        return Told(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


BOTH, NOBODY, UNTOLD = -1, -2, -1


def joined(parts: list[Told]) -> Told:
    """Return the reports of several sources in one, numbered anew; none of them is a copy."""
    whole = Told(
        **{one.name: np.concatenate([getattr(p, one.name) for p in parts]) for one in fields(Told)}
    )
    return replace(whole, number=np.arange(len(whole)))


def covered(regime: Regime, source: Source, incidents: Incidents, rng: np.random.Generator) -> Ints:
    """Return the incidents that a source tells, those told again twice.

    Of a source with a side, half of the logarithm of its bias adds to what the other side did,
    half takes from what its own side did.
    """
    chance = source.covers * np.where(incidents.deaths > 0, FATAL_COVERED, 1.0)
    if source.side in regime.parties:
        own = incidents.party == regime.parties.index(source.side)
        chance = chance * np.where(own, source.bias**-0.5, source.bias**0.5)
    told = np.flatnonzero(rng.random(len(incidents)) < chance)
    again = told[rng.random(len(told)) < source.repeats]
    return np.sort(np.concatenate([told, again]))


def tell(
    regime: Regime, number: int, which: Ints, incidents: Incidents, gazetteer: Gazetteer,
    ground: Ground, acts: Vocabulary, rng: np.random.Generator,
) -> Told:  # fmt: skip
    """Return one source's reports of the incidents in ``which``."""
    source = regime.sources[number]
    town, at_km = _taken_for(regime, ground, incidents.town[which], incidents.at_km[which], rng)
    begins, ends, time_words = _time(regime, source, incidents.minute[which], rng)
    at_km, radius_m, place_words = _place(
        regime, source, at_km, town, gazetteer, ground.district, rng
    )
    lag = rng.gamma(source.lag_shape, source.lag_h / source.lag_shape, len(which)) * 60
    deaths = incidents.deaths[which]
    return Told(
        incident=which,
        outlet=np.full(len(which), number),
        begins=begins,
        ends=ends,
        time_precision=time_words,
        reported=np.maximum(incidents.minute[which] + lag.astype(np.int64) + 10, begins + 10),
        at_km=at_km,
        radius_m=radius_m,
        place_precision=place_words,
        act=_act(regime, source, incidents.happening[which], acts, rng),
        target=_or(incidents.target[which], "any-target", source.tells_target, rng),
        weapon=_or(incidents.weapon[which], "any-weapon", source.tells_weapon, rng),
        party=_party(source, incidents.party[which], rng),
        deaths=_deaths(source, deaths, rng),
        number=np.arange(len(which)),
        copy_of=np.full(len(which), UNTOLD),
        credited=np.zeros(len(which), dtype=np.bool_),
    )


def _kinds(shares: dict[str, float], count: int, rng: np.random.Generator) -> Words:
    share = np.array(list(shares.values()))
    return np.array(list(shares), dtype=object)[rng.choice(len(share), count, p=share)]


def _time(
    regime: Regime, source: Source, minute: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, Words]:
    """Return first and last minute as told; a late report gives a day after the true one."""
    count = len(minute)
    kind = _kinds(dict(source.time), count, rng)
    exact = kind == "minute"
    by_a_day = (rng.random(count) < source.late).astype(np.int64)
    by_days = rng.integers(1, regime.slow_days + 1, count)
    late = np.where(rng.random(count) < regime.slow, by_days, by_a_day) * ~exact
    before = np.where(kind == "days", rng.integers(0, 3, count), 0)
    half_hour = (minute + rng.integers(-10, 11, count)) // 30 * 30
    day = (minute // DAY_MIN + late - before) * DAY_MIN
    begins = np.where(exact, np.maximum(half_hour, 0), day)
    width = np.where(exact, 30, np.where(kind == "days", 3 * DAY_MIN, DAY_MIN))
    return begins, begins + width, kind


def _taken_for(
    regime: Regime, ground: Ground, town: Ints, at_km: Floats, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Return towns and spots as the source understood them: some are another town's."""
    other = np.where(
        rng.random(len(town)) < regime.misplaced, rng.integers(0, regime.towns, len(town)), town
    )
    return other, at_km + (ground.towns[other] - ground.towns[town])


def _place(
    regime: Regime, source: Source, at_km: Floats, town: Ints, gazetteer: Gazetteer,
    district: Ints, rng: np.random.Generator,
) -> tuple[Floats, Floats, Words]:  # fmt: skip
    """Return the place as told: the spot, or a centroid of the source's own gazetteer."""
    kind = _kinds(dict(source.place), len(town), rng)
    near = at_km + rng.normal(0.0, EXACT_KM, at_km.shape)
    in_town, in_district = (kind == "town")[:, None], (kind == "district")[:, None]
    told = np.where(in_town, gazetteer.towns[town], near)
    told = np.where(in_district, gazetteer.districts[district[town]], told)
    radius = np.full(len(town), regime.radii_m["exact"])
    radius[kind == "town"] = regime.radii_m["town"]
    radius[kind == "district"] = DISTRICT_RADIUS * regime.district_km * 1_000
    return told, radius, kind


def _act(
    regime: Regime, source: Source, happening: Ints, acts: Vocabulary, rng: np.random.Generator
) -> Words:
    """Return acts at the source's own granularity; now and then a wrong one."""
    share = np.array([one.share for one in regime.happenings])
    other = rng.choice(len(share), len(happening), p=share / share.sum())
    taken = np.where(
        rng.random(len(happening)) < source.wrong_act + regime.mistaken, other, happening
    )
    up = rng.choice(len(source.steps), len(happening), p=source.steps)
    table = np.array(
        [
            [_broader(acts, one.act, steps) for steps in range(len(source.steps) - 1)] + [acts.root]
            for one in regime.happenings
        ],
        dtype=object,
    )
    return table[taken, up]


def _broader(acts: Vocabulary, node: str, steps: int) -> str:
    """Return the node so many steps up, by the first of several broader ones."""
    for _ in range(steps):
        above = acts.nodes[node].broader
        node = above[0] if above else node
    return node


def _or(words: Words, otherwise: str, share: float, rng: np.random.Generator) -> Words:
    return np.where(rng.random(len(words)) < share, words, otherwise)


def _party(source: Source, party: Ints, rng: np.random.Generator) -> Ints:
    """Return the actor as told: a party's number, ``BOTH`` or ``NOBODY``."""
    count = len(party)
    told = np.where(rng.random(count) < source.wrong_actor, 1 - party, party)
    unnamed = np.where(rng.random(count) < NOBODY_NAMED, NOBODY, BOTH)
    return np.where(rng.random(count) < source.names_actor, told, unnamed)


def _deaths(source: Source, deaths: Ints, rng: np.random.Generator) -> Ints:
    """Return deaths as told, off by some where there are many, or ``UNTOLD``."""
    off = np.rint(rng.normal(0.0, 0.25, len(deaths)) * deaths).astype(np.int64)
    return np.where(
        rng.random(len(deaths)) < source.tells_deaths, np.maximum(deaths + off, 0), UNTOLD
    )
