"""Question 2, place: did it happen inside the clause's zone, as the zone was on that day?

A place is a disk or a named area; the true place lies within it. ``yes`` if all of it lies
inside the zone, ``no`` if none of it does, else ``unknown``. Zones are described by their
signed distance, in metres, negative inside: a buffer needs no polygon then, and how far the
place is from the zone's edge is a figure that can be shown. Distances may be wrong by
:data:`~holdfire.engines.distance.ERROR`, and verdicts keep that margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely

from holdfire.assess.logic import (
    NO,
    UNKNOWN,
    YES,
    Answers,
    both,
    decided,
    either,
    everywhere,
    negated,
)
from holdfire.engines.distance import ERROR, GEOD, Outline
from holdfire.engines.shape import Floats, Shape

SAMPLES = 24
"""Points a side of the grid that stands for a named area where its shape matters."""


EDGE_M = 0.5
"""How near outside may still be on the edge: an edge along a parallel is cut into chords of
0.05 degrees, which lie up to 0.3 m beside it, and an edge belongs to its zone."""


@dataclass(frozen=True)
class Placed:
    """An answer, and metres from the place's middle to the zone's edge (negative inside)."""

    answers: Answers
    edge_m: Floats


@dataclass(frozen=True)
class Disks:
    """Places known as disks: degrees east and north, and metres."""

    lon: Floats
    lat: Floats
    radius_m: Floats

    def __len__(self) -> int:
        return len(self.lon)

    def at(self, rows: np.ndarray) -> Disks:
        """Return some of them."""
        return Disks(self.lon[rows], self.lat[rows], self.radius_m[rows])


class Zone(Protocol):
    """A zone as it is on one day."""

    def disks(self, places: Disks) -> Placed:
        """Answer for places known as disks."""
        ...

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Answer for a place known as a named area."""
        ...


class Area:
    """A named area as a place, with what it takes to hold it against a zone."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.middle = np.array(
            [[*shapely.get_coordinates(shapely.point_on_surface(shape.geometry))[0]]]
        )
        rim = shapely.get_coordinates(shapely.segmentize(shape.geometry, 0.1))
        lon, lat = np.broadcast_to(self.middle, rim.shape).T
        far = GEOD.inv(lon, lat, rim[:, 0], rim[:, 1])[2].max() if len(rim) else 0.0
        self.reach_m = float(far) * (1 + ERROR) + shape.precision_m

    def grid(self) -> tuple[Floats, Floats, float]:
        """Return points spread over the area, and the metres within which one is always near."""
        west, south, east, north = shapely.bounds(self.shape.geometry)
        lon, lat = np.meshgrid(np.linspace(west, east, SAMPLES), np.linspace(south, north, SAMPLES))
        step_lon, step_lat = (east - west) / (SAMPLES - 1), (north - south) / (SAMPLES - 1)
        equatormost = 0.0 if south <= 0.0 <= north else min(abs(south), abs(north))
        width = 111_320.0 * step_lon * np.cos(np.radians(equatormost))
        slack = float(np.hypot(width, 111_700.0 * step_lat)) / 2.0
        near = shapely.dwithin(
            self.shape.geometry, shapely.points(lon, lat), float(np.hypot(step_lon, step_lat))
        )
        return lon[near], lat[near], slack + self.shape.precision_m


@dataclass(frozen=True)
class Anywhere:
    """The whole world: always ``yes``."""

    def disks(self, places: Disks) -> Placed:
        """Answer ``yes``."""
        return Placed(everywhere(YES, len(places)), np.full(len(places), np.nan))

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Answer ``yes``."""
        return YES, float("nan")


@dataclass(frozen=True)
class Nowhere:
    """A zone that nothing is known of that day (no control file): always ``unknown``."""

    why: str

    def disks(self, places: Disks) -> Placed:
        """Answer ``unknown``."""
        return Placed(everywhere(UNKNOWN, len(places)), np.full(len(places), np.nan))

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Answer ``unknown``."""
        return UNKNOWN, float("nan")


@dataclass(frozen=True, eq=False)
class Within:
    """Everything within ``metres`` of an outline; 0 is the area itself."""

    outline: Outline
    metres: float = 0.0

    def disks(self, places: Disks) -> Placed:
        """Answer by the signed distance of the disk's middle and its radius."""
        signed = self.outline.signed(places.lon, places.lat)
        return Placed(self._answers(signed, places.radius_m), signed - self.metres)

    def _answers(self, signed: Floats, reach_m: Floats) -> Answers:
        doubt = np.abs(signed) * ERROR + self.outline.shape.precision_m + reach_m
        return decided(signed + doubt <= self.metres, signed - doubt > self.metres + EDGE_M)

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Answer by topology where that is exact, else by distances of points spread over it."""
        lon, lat = place.middle[:, 0], place.middle[:, 1]
        signed = self.outline.signed(lon, lat)
        edge = float(signed[0]) - self.metres
        quick = self._answers(signed, np.array([place.reach_m]))[0]
        if quick != UNKNOWN:
            return quick, edge
        exact = self.outline.area and self.outline.shape.precision_m == place.shape.precision_m == 0
        if exact:
            own = self.outline.shape
            if own.covers(place.shape):
                return YES, edge
            if self.metres == 0:
                return (NO if own.disjoint(place.shape) else UNKNOWN), edge
        lon, lat, slack = place.grid()
        answers = self._answers(self.outline.signed(lon, lat), np.full(len(lon), slack))
        if (answers == YES).all():
            return YES, edge
        return (NO if (answers == NO).all() else UNKNOWN), edge


@dataclass(frozen=True)
class AnyOf:
    """Inside at least one of several zones."""

    zones: Sequence[Zone]

    def disks(self, places: Disks) -> Placed:
        """Kleene OR; the edge is the nearest zone's."""
        found = [zone.disks(places) for zone in self.zones]
        edges = np.fmin.reduce([item.edge_m for item in found])
        return Placed(either([item.answers for item in found]), edges)

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Kleene OR; the edge is the nearest zone's."""
        found = [zone.area(place) for zone in self.zones]
        return max(item[0] for item in found), float(np.fmin.reduce([item[1] for item in found]))


@dataclass(frozen=True)
class AllOf:
    """Inside every one of several zones."""

    zones: Sequence[Zone]

    def disks(self, places: Disks) -> Placed:
        """Kleene AND; the edge is the farthest zone's."""
        found = [zone.disks(places) for zone in self.zones]
        edges = np.fmax.reduce([item.edge_m for item in found])
        return Placed(both([item.answers for item in found]), edges)

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Kleene AND; the edge is the farthest zone's."""
        found = [zone.area(place) for zone in self.zones]
        return min(item[0] for item in found), float(np.fmax.reduce([item[1] for item in found]))


@dataclass(frozen=True)
class Outside:
    """Everywhere but in a zone."""

    zone: Zone

    def disks(self, places: Disks) -> Placed:
        """Kleene NOT."""
        found = self.zone.disks(places)
        return Placed(negated(found.answers), -found.edge_m)

    def area(self, place: Area) -> tuple[np.int8, float]:
        """Kleene NOT."""
        answer, edge = self.zone.area(place)
        return np.int8(-answer), -edge
