"""What an invented world is made of, read from ``regimes.toml`` and ``happenings.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from holdfire.errors import HoldfireError, did_you_mean, shown

if TYPE_CHECKING:
    from holdfire.simulate.ceasefire import Ceasefire

Ground = Literal["area", "front"]


@dataclass(frozen=True, slots=True)
class Source:
    """One list of reports: whom it covers, how exactly and how soon it tells, whom it copies.

    ``bias`` is how many times as likely it tells what the other side did as what its own side did.
    Of the reports of the outlet ``copies`` it republishes the share ``copied``, ``copied_lag_h``
    later on average, and of those the share ``credits`` says from whom. ``voice`` is the number of
    the shipped source whose sentences it has.
    """

    outlet: str
    side: str
    covers: float
    place: Mapping[str, float]
    time: Mapping[str, float]
    late: float
    steps: tuple[float, ...]
    wrong_act: float
    tells_target: float
    tells_weapon: float
    names_actor: float
    wrong_actor: float
    tells_deaths: float
    lag_h: float
    offset_km: float
    repeats: float
    bias: float = 1.0
    lag_shape: float = 1.5
    copies: str = ""
    copied: float = 0.0
    copied_lag_h: float = 0.0
    credits: float = 0.0
    voice: int | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One kind of act, with the mean of its deaths, its weapons and its targets."""

    act: str
    share: float
    deaths: float
    weapons: Mapping[str, float]
    targets: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Regime:
    """One kind of world. Lengths are in km, spreads are of natural logarithms."""

    name: str
    means: str
    incidents_per_day: float
    first_day: date
    ground: Ground
    length_km: float
    depth_km: float
    towns: int
    town_spread: float
    weekly_spread: float
    in_town_km: float
    district_km: float
    mistaken: float
    misplaced: float
    slow: float
    slow_days: int
    parties: tuple[str, ...]
    happenings: tuple[Happening, ...]
    sources: tuple[Source, ...]
    radii_m: Mapping[str, float]
    ceasefire: Ceasefire | None = None


@cache
def laid_down(name: str) -> dict[str, Any]:
    """Return what a shipped file says: ``regimes`` or ``happenings``."""
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def regimes() -> tuple[str, ...]:
    """Return the names of the shipped regimes."""
    return tuple(laid_down("regimes")["regimes"])


def sizes() -> dict[str, int]:
    """Return the named sizes: how many reports each has."""
    return dict(laid_down("regimes")["sizes"])


def regime(name: str) -> Regime:
    """Return a shipped regime by name; raise ``HoldfireError`` where there is none."""
    told = laid_down("regimes")
    if name not in told["regimes"]:
        raise HoldfireError(
            f"there is no regime {shown(name)}: it is one of {', '.join(regimes())}",
            advice=did_you_mean(name, regimes()) or "the regimes are told in docs/simulate.md",
        )
    values = dict(told["regimes"][name])
    shares = values.pop("shares")
    happenings = tuple(
        Happening(act, one[shares], one["deaths"], one["weapons"], one["targets"])
        for act, one in laid_down("happenings")["acts"].items()
        if one[shares] > 0
    )
    sources = tuple(Source(**{**one, "steps": tuple(one["steps"])}) for one in told["sources"])
    return Regime(
        name=name, parties=tuple(told["parties"]["names"]), happenings=happenings,
        sources=sources, radii_m=told["radii_m"], **values,
    )  # fmt: skip
