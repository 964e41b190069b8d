"""Where it happened, by all that several reports allow.

A report's place is a disk, a named area (or any of several), both, or anywhere. What comes out
holds every point that all reports allow, and is as small as can be told: of two disks that
overlap, the smallest disk that covers what they share; of two areas that meet, the smaller one.
Where disk and area meet, whichever is smaller. Places that do not meet contradict each other:
then what comes out covers them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, pi, sqrt

import numpy as np
import shapely

from holdfire.engines.distance import ERROR, GEOD, Outline
from holdfire.engines.ground import ANY_OF
from holdfire.engines.shape import Shape, joined

PLANE_M = 200_000.0
"""Disks larger than this are not cut to the lens they share: a plane is no map of them."""
MARGIN = 1.0 + ERROR


@dataclass(frozen=True, slots=True)
class Disk:
    """A point in degrees and how far off the true place may be, in metres."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A place as a disk or as the keys of areas, one of which it lies in; neither is anywhere."""

    disk: Disk | None = None
    area: str | None = None
    disputed: bool = False


@dataclass(eq=False)
class Ground:
    """The named areas of a case, with what is asked of them remembered."""

    areas: Mapping[str, Shape]
    _circles: dict[str, Disk] = field(default_factory=dict)
    _outlines: dict[str, Outline] = field(default_factory=dict)
    _meets: dict[tuple[str, str], bool] = field(default_factory=dict)

    def knows(self, keys: str) -> bool:
        """Whether every one of the keys is an area of the case."""
        return all(key in self.areas for key in keys.split(ANY_OF))

    def circle(self, keys: str) -> Disk:
        """Return a disk that covers all areas of the keys."""
        if keys not in self._circles:
            self._circles[keys] = _circle(joined(self.areas[key] for key in keys.split(ANY_OF)))
        return self._circles[keys]

    def size_m2(self, keys: str) -> float:
        """Return about how large the areas of the keys are: only to choose the smaller place."""
        whole = joined(self.areas[key] for key in keys.split(ANY_OF))
        squeeze = np.cos(np.radians(shapely.get_coordinates(whole.geometry)[:, 1].mean()))
        return float(shapely.area(whole.geometry) * squeeze * 111_195.0**2)

    def meet(self, one: str, other: str) -> bool:
        """Whether two areas, by one key each, share anything within what their edges leave open."""
        pair = (min(one, other), max(one, other))
        if pair not in self._meets:
            self._meets[pair] = one == other or self._near(*pair)
        return self._meets[pair]

    def _near(self, one: str, other: str) -> bool:
        first, second = self.areas[one], self.areas[other]
        if not first.disjoint(second):
            return True
        corners = shapely.get_coordinates(shapely.segmentize(second.geometry, 0.02))
        gap = float(self._outline(one).signed(corners[:, 0], corners[:, 1]).min())
        return gap <= first.precision_m + second.precision_m

    def reaches(self, disk: Disk, keys: str) -> bool:
        """Whether a disk and any of the areas of the keys share anything."""
        at = np.array([disk.lon]), np.array([disk.lat])
        return any(
            float(self._outline(key).signed(*at)[0])
            <= disk.radius_m * MARGIN + self.areas[key].precision_m
            for key in keys.split(ANY_OF)
        )

    def _outline(self, key: str) -> Outline:
        if key not in self._outlines:
            self._outlines[key] = Outline(self.areas[key])
        return self._outlines[key]


def combined(ground: Ground, places: Sequence[Placed]) -> Placed:
    """Return the one place that several reports allow; the order they come in changes nothing."""
    disks = sorted(
        {one.disk for one in places if one.disk is not None},
        key=lambda disk: (disk.radius_m, disk.lon, disk.lat),
    )
    areas = sorted({one.area for one in places if one.area is not None and ground.knows(one.area)})
    disk, apart = _disks(disks) if disks else (None, False)
    area, strange = _areas(ground, areas) if areas else (None, False)
    disputed = apart or strange
    if disk is None or area is None:
        return Placed(disk, area, disputed)
    if not all(ground.reaches(disk, one) for one in (*areas, area)):
        far = [one for one in areas if not ground.reaches(disk, one)] or area.split(ANY_OF)
        return Placed(_cover([disk, *map(ground.circle, far)]), None, disputed=True)
    smaller = pi * disk.radius_m**2 <= ground.size_m2(area)
    return Placed(disk, None, disputed) if smaller else Placed(None, area, disputed)


def metres(one: Disk, other: Disk) -> float:
    """Return the distance of two middles on the ellipsoid."""
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])


def _disks(disks: Sequence[Disk]) -> tuple[Disk, bool]:
    if len(disks) == 1:
        return disks[0], False
    pairs = [(one, other) for at, one in enumerate(disks) for other in disks[at + 1 :]]
    gaps = [metres(one, other) for one, other in pairs]
    if all(gap <= a.radius_m + b.radius_m for (a, b), gap in zip(pairs, gaps, strict=True)):
        lenses = [_lens(one, other, gap) for (one, other), gap in zip(pairs, gaps, strict=True)]
        return min([*lenses, disks[0]], key=lambda d: (d.radius_m, d.lon, d.lat)), False
    # A disk with another one whole in it adds no other place: it agrees with that one.
    within = [
        one
        for one in disks
        if not any(
            other is not one and metres(one, other) + other.radius_m <= one.radius_m
            and (other.radius_m < one.radius_m) for other in disks
        )
    ]  # fmt: skip
    return _cover(within), True


def _lens(small: Disk, large: Disk, gap: float) -> Disk:
    """Return a disk that covers what two disks share; the smaller one where that is no larger."""
    if gap + small.radius_m <= large.radius_m or large.radius_m > PLANE_M or gap == 0.0:
        return small
    # Both a little enlarged, so that the plane's error cannot cut anything off.
    one, two = small.radius_m * MARGIN, large.radius_m * MARGIN
    along = (gap * gap + one * one - two * two) / (2.0 * gap)
    if along <= 0.0 or along >= one:
        return small
    half = sqrt(one * one - along * along)
    if half >= small.radius_m:
        return small
    azimuth = GEOD.inv(small.lon, small.lat, large.lon, large.lat)[0]
    lon, lat, _ = GEOD.fwd(small.lon, small.lat, azimuth, along)
    return Disk(float(lon), float(lat), half * MARGIN)


def _cover(disks: Sequence[Disk]) -> Disk:
    """Return a disk that covers all of the given ones."""
    if len(disks) == 1:
        return disks[0]
    widest, best = -inf, (disks[0], disks[0], 0.0)
    for at, one in enumerate(disks):
        for other in disks[at + 1 :]:
            gap = metres(one, other)
            if gap + one.radius_m + other.radius_m > widest:
                widest, best = gap + one.radius_m + other.radius_m, (one, other, gap)
    one, other, gap = best
    azimuth = GEOD.inv(one.lon, one.lat, other.lon, other.lat)[0]
    step = min(max(0.0, (gap + other.radius_m - one.radius_m) / 2.0), gap)
    lon, lat, _ = GEOD.fwd(one.lon, one.lat, azimuth, step)
    middle = Disk(float(lon), float(lat), 0.0)
    reach = max(metres(middle, disk) + disk.radius_m for disk in disks)
    return replace(middle, radius_m=reach + 1.0)


def _areas(ground: Ground, areas: Sequence[str]) -> tuple[str, bool]:
    """Return the smallest area that meets all others; any of the narrowest where none does."""
    if len(areas) == 1:
        return areas[0], False
    kept = [
        ANY_OF.join(
            key
            for key in keys.split(ANY_OF)
            if all(any(ground.meet(key, k) for k in other.split(ANY_OF)) for other in areas)
        )
        for keys in areas
    ]
    if all(kept):
        return min(kept, key=lambda keys: (ground.size_m2(keys), keys)), False
    sets = [frozenset(keys.split(ANY_OF)) for keys in areas]
    narrow = [
        keys
        for keys, own in zip(areas, sets, strict=True)
        if not any(other < own for other in sets)
    ]
    return ANY_OF.join(sorted({key for keys in narrow for key in keys.split(ANY_OF)})), True


def _circle(shape: Shape) -> Disk:
    geometry = shapely.segmentize(shape.geometry, 0.1)
    corners = shapely.get_coordinates(geometry)
    middle = shapely.get_coordinates(shapely.minimum_bounding_circle(geometry).centroid)[0]
    lon = float((middle[0] + 180.0) % 360.0 - 180.0)
    lat = float(np.clip(middle[1], -90.0, 90.0))
    away = GEOD.inv(np.full(len(corners), lon), np.full(len(corners), lat), *corners.T)[2]
    return Disk(lon, lat, float(away.max()) * MARGIN + shape.precision_m)
