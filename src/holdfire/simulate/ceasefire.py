"""A ceasefire in an invented world: when it takes effect, and what the rate of violence does.

**Formula.** On day t the incidents that would be are Poisson with mean r · w · s^(t / 7) · g: r the
rate of the world, w the factor of the weekday, s the trend a week from the first day on, and g a
factor of the day's own, gamma with mean 1 and variance ``overdispersion``. Those the ceasefire is
about (``acts``, ``party``; all where left out) happen ``effect`` times as often from the day of
effect on and ``run_up`` times as often in the run-up before it. So the true ratio of what the
ceasefire is about is ``effect``, whatever the rest does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from holdfire.errors import HoldfireError
from holdfire.simulate.ground import Floats, Ground
from holdfire.simulate.incidents import Incidents, incidents_at, minutes_of
from holdfire.simulate.regime import Regime
from holdfire.terms.agreement import Name, Table
from holdfire.terms.vocabulary import shipped

T = TypeVar("T")
Bools = NDArray[np.bool_]
Ratio = Annotated[float, Field(ge=0.0, le=20.0)]
Weekday = Annotated[float, Field(gt=0.0, le=10.0)]
LONGEST = 3_650
MOST = 2_000_000
"""Incidents that one world may have: more do not fit into memory with their reports."""


def so_many(count: int, what: str) -> Callable[[tuple[T, ...]], tuple[T, ...]]:
    """Return a check that a list has just so many entries."""

    def checked(given: tuple[T, ...]) -> tuple[T, ...]:
        if len(given) != count:
            raise PydanticCustomError(
                "so_many", "found {found} entries; expected {count} {what}",
                {"found": len(given), "count": count, "what": what},
            )  # fmt: skip
        return given

    return checked


class Prohibited(Table):
    """One clause: acts of the vocabulary that it prohibits, with every kind of them."""

    id: Name
    title: str
    acts: tuple[str, ...] = Field(min_length=1)


class Ceasefire(Table):
    """A ceasefire with a chosen effect; ratios are of daily rates, ``trend`` is one a week.

    ``acts`` and ``party`` say what it has its effect on: everything where they are empty.
    ``overdispersion`` is alpha in variance = mean + alpha · mean².
    """

    effect: Ratio
    days_before: int = Field(ge=0, le=LONGEST)
    days: int = Field(ge=1, le=LONGEST)
    run_up_days: int = Field(ge=0, le=LONGEST)
    run_up: Ratio
    trend: float = Field(gt=0.1, lt=10.0)
    weekdays: Annotated[tuple[Weekday, ...], AfterValidator(so_many(7, "factors, from Monday"))]
    overdispersion: float = Field(ge=0.0, le=20.0)
    acts: tuple[str, ...] = ()
    party: str = ""
    clauses: tuple[Prohibited, ...] = Field(min_length=1)

    @property
    def first_in_effect(self) -> int:
        """The number of the day of effect, the first day of the world being 0."""
        return self.days_before + self.run_up_days

    @property
    def length(self) -> int:
        """How many days the world has."""
        return self.first_in_effect + self.days

    def starts(self, first_day: date) -> date:
        """Return the day of effect."""
        return first_day + timedelta(days=self.first_in_effect)

    def ratios(self) -> Floats:
        """Return each day's ratio for what the ceasefire is about, (days,)."""
        spans = (self.days_before, 1.0), (self.run_up_days, self.run_up), (self.days, self.effect)
        return np.concatenate([np.full(days, ratio) for days, ratio in spans])


def kinds_of(acts: tuple[str, ...]) -> frozenset[str]:
    """Return every act that is one of these or a kind of one."""
    return frozenset().union(*(shipped("acts").kinds_of(act) for act in acts))


def rates(regime: Regime, ceasefire: Ceasefire) -> Floats:
    """Return the expected incidents of each day if nothing were agreed, (days,)."""
    days = np.arange(ceasefire.length)
    weekday = (days + regime.first_day.weekday()) % 7
    factor = np.array(ceasefire.weekdays)[weekday] * ceasefire.trend ** (days / 7.0)
    found: Floats = regime.incidents_per_day * factor
    return found


def incidents_of(
    regime: Regime, ceasefire: Ceasefire, ground: Ground, rng: np.random.Generator
) -> Incidents:
    """Return what truly happened; what a ratio takes away is drawn first and then left out."""
    ratios, alpha = ceasefire.ratios(), ceasefire.overdispersion
    own = rng.gamma(1 / alpha, alpha, ceasefire.length) if alpha else np.ones(ceasefire.length)
    more = np.maximum(ratios, 1.0)
    expected = rates(regime, ceasefire) * own * more
    if expected.sum() > MOST:
        raise HoldfireError(
            f"this world would have {expected.sum():,.0f} incidents; at most {MOST:,} are made",
            advice="take fewer days, fewer incidents a day, or a weaker trend",
        )
    counts = rng.poisson(expected)
    day = np.repeat(np.arange(ceasefire.length), counts)
    drawn = incidents_at(regime, ground, minutes_of(day, rng), rng)
    about = about_it(regime, ceasefire, drawn)
    kept = np.where(about, ratios[day], 1.0) / more[day]
    return drawn.where(rng.random(len(drawn)) < kept)


def about_it(regime: Regime, ceasefire: Ceasefire, incidents: Incidents) -> Bools:
    """Return which incidents the ceasefire has its effect on."""
    about = np.ones(len(incidents), dtype=np.bool_)
    if ceasefire.acts:
        wanted = kinds_of(ceasefire.acts)
        about &= np.array([one.act in wanted for one in regime.happenings])[incidents.happening]
    if ceasefire.party:
        about &= incidents.party == regime.parties.index(ceasefire.party)
    return about


def true_ratios(
    regime: Regime, ceasefire: Ceasefire, ground: Ground
) -> dict[tuple[str, str], float | None]:
    """Return the expected ratio of the daily rate by clause and party ("" is all of them).

    Where the ceasefire is about one party only, what all do goes by how much each does, by the
    towns' rates over all weeks. ``None`` where nothing that the clause prohibits ever happens.
    """
    shares = np.array([one.share for one in regime.happenings])
    wanted = kinds_of(ceasefire.acts) if ceasefire.acts else None
    about = np.array([wanted is None or one.act in wanted for one in regime.happenings], float)
    first = float(ground.first_party @ ground.weight / ground.weight.sum())
    done = dict(zip(regime.parties, (first, 1.0 - first), strict=True))
    found: dict[tuple[str, str], float | None] = {}
    for clause in ceasefire.clauses:
        kinds = kinds_of(clause.acts)
        held = shares * np.array([one.act in kinds for one in regime.happenings])
        for party in ("", *regime.parties):
            here = about
            if ceasefire.party:
                here = about * (done[ceasefire.party] if not party else party == ceasefire.party)
            ratio = held @ (1.0 + here * (ceasefire.effect - 1.0))
            found[clause.id, party] = float(ratio / held.sum()) if held.any() else None
    return found


def at_rate(regime: Regime, ceasefire: Ceasefire, reports: int) -> Regime:
    """Return the regime at a rate that gives about so many reports over the whole time."""
    wanted = kinds_of(ceasefire.acts) if ceasefire.acts else None
    shares = np.array([one.share for one in regime.happenings])
    about = np.array([wanted is None or one.act in wanted for one in regime.happenings])
    part = float(shares[about].sum() / shares.sum()) * (0.5 if ceasefire.party else 1.0)
    incidents = float(rates(regime, ceasefire) @ (1.0 + part * (ceasefire.ratios() - 1.0)))
    told = 0.0
    for source in regime.sources:
        own = source.covers * (1.0 + source.repeats)
        giver = next((one.covers for one in regime.sources if one.outlet == source.copies), 0.0)
        told += own + source.copied * giver * (1.0 - source.covers)
    if not incidents * told:
        raise HoldfireError("this world has no reports at any rate: nothing happens or is told")
    return replace(regime, incidents_per_day=regime.incidents_per_day * reports / incidents / told)
