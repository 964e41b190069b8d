"""The ground of an invented world: towns, districts and what each source's gazetteer says.

Positions are km east and north of a corner; degrees come last. The front is a line across the
depth that bends as a sum of a few waves.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from holdfire.simulate.regime import Regime, Source

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SOUTH_WEST = (24.0, 45.0)
"""Longitude and latitude of the corner: an arbitrary place, of no meaning."""
KM_PER_DEGREE = 111.195
WAVES = 5
BEND_KM = 60.0
DISTRICT_SHARE_OFF = 0.1


@dataclass(frozen=True, eq=False)
class Ground:
    """Towns with their positions (km), rates, districts, and who acts there most."""

    towns: Floats
    weight: Floats
    first_party: Floats
    district: Ints
    districts: Floats


def make_ground(regime: Regime, rng: np.random.Generator) -> Ground:
    """Return the ground of a world; districts are cells of a grid with a town in them."""
    along = rng.random(regime.towns) * regime.length_km
    across = rng.random(regime.towns)
    if regime.ground == "front":
        across = (across - 0.5) * regime.depth_km + _front(regime, along, rng)
    else:
        across = across * regime.depth_km
    towns = np.column_stack([along, across])
    cells = np.floor(towns / regime.district_km).astype(np.int64)
    _, district = np.unique(cells, axis=0, return_inverse=True)
    district = district.reshape(-1)
    members = np.bincount(district)
    districts = np.column_stack(
        [np.bincount(district, towns[:, axis]) / members for axis in (0, 1)]
    )
    return Ground(
        towns,
        rng.permutation(_spread(regime)),
        rng.beta(1.5, 1.5, regime.towns),
        district,
        districts,
    )


def _spread(regime: Regime) -> Floats:
    """Return the towns' rates, the same set in every world: a hot spot more would change it all."""
    normal = NormalDist()
    at = [normal.inv_cdf((town + 0.5) / regime.towns) for town in range(regime.towns)]
    return np.exp(regime.town_spread * np.array(at))


def _front(regime: Regime, along: Floats, rng: np.random.Generator) -> Floats:
    """Return the line of contact's km north for each km along."""
    order = np.arange(1, WAVES + 1)
    phase = rng.random(WAVES) * 2 * np.pi
    share = along[:, None] / regime.length_km
    waves: Floats = (np.sin(2 * np.pi * share * order + phase) / order).sum(axis=1)
    return BEND_KM * (waves + 3.0)


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Where one source thinks towns and districts are (km)."""

    towns: Floats
    districts: Floats


def make_gazetteer(
    ground: Ground, regime: Regime, source: Source, rng: np.random.Generator
) -> Gazetteer:
    """Return a source's own centroids: each is off by a little, the same way every time."""
    off_km = DISTRICT_SHARE_OFF * regime.district_km
    return Gazetteer(
        ground.towns + rng.normal(0.0, source.offset_km, ground.towns.shape),
        ground.districts + rng.normal(0.0, off_km, ground.districts.shape),
    )


def degrees(at_km: Floats) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of positions in km."""
    lat = SOUTH_WEST[1] + at_km[:, 1] / KM_PER_DEGREE
    lon = SOUTH_WEST[0] + at_km[:, 0] / (KM_PER_DEGREE * np.cos(np.radians(lat)))
    return lon, lat
