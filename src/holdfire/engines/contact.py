"""The line of contact, taken out of the outline of the area that a party holds.

Most of such an outline is coast and state border. An edge belongs to the line of contact
where the other side is beyond it: a probe, set a little way outside the edge, stands in the
theatre (the land the fighting is over), or in an area drawn as held by another party, and
not in the holder's own area. Distance to the coast plays no part, so the ends of the line at
a coast or a border are kept. The probe's length must exceed the error with which theatre and
control outlines agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from holdfire.engines.shape import Floats, Shape, joined

PROBE_M = 3_000.0
CUT_DEG = 0.01
M_PER_DEG = 111_195.0
"""Metres in a degree of latitude, good to 0.6 %: only probes are placed with it."""


def line_of_contact(
    held: Mapping[str, Shape], theatre: Shape | None, probe_m: float = PROBE_M
) -> Shape | None:
    """Return the line of contact between the parties' areas, or ``None`` where there is none.

    With no theatre and one party's area only, its whole outline is returned: nothing tells
    a front from a coast then, and the case's check says so.
    """
    found: list[Shape] = []
    for party in sorted(held):
        others = [held[other] for other in sorted(held) if other != party]
        edge = _facing(held[party], theatre, others, probe_m)
        if edge is not None:
            found.append(edge)
    return joined(found) if found else None


def _facing(
    own: Shape, theatre: Shape | None, others: Sequence[Shape], probe_m: float
) -> Shape | None:
    outline = shapely.orient_polygons(own.geometry)
    if theatre is None and not others:
        return replace(own, geometry=shapely.boundary(outline))
    begins, ends = _edges(outline)
    probes = _probes(begins, ends, probe_m)
    beyond = np.zeros(len(begins), dtype=bool)
    for land in [*others] if others else [theatre]:
        if land is not None:
            beyond |= land.contains(probes[:, 0], probes[:, 1])
    if others and theatre is not None:
        beyond |= theatre.contains(probes[:, 0], probes[:, 1])
    beyond &= ~own.contains(probes[:, 0], probes[:, 1])
    if not beyond.any():
        return None
    lines: BaseGeometry = shapely.line_merge(
        shapely.multilinestrings(
            shapely.linestrings(np.stack([begins[beyond], ends[beyond]], axis=1))
        )
    )
    return Shape(lines, own.middle, own.precision_m)


def _edges(outline: BaseGeometry) -> tuple[Floats, Floats]:
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(outline, CUT_DEG)))
    coordinates, index = shapely.get_coordinates(rings, return_index=True)
    within = index[1:] == index[:-1]
    return coordinates[:-1][within], coordinates[1:][within]


def _probes(begins: Floats, ends: Floats, probe_m: float) -> Floats:
    """Return points to the right of each edge: outside, since outlines run counter-clockwise."""
    middles = (begins + ends) / 2.0
    squeeze = np.maximum(np.cos(np.radians(middles[:, 1])), 1e-6)
    east = (ends[:, 0] - begins[:, 0]) * squeeze
    north = ends[:, 1] - begins[:, 1]
    length = np.maximum(np.hypot(east, north), 1e-12)
    step = probe_m / M_PER_DEG
    return np.column_stack(
        [
            middles[:, 0] + step * (north / length) / squeeze,
            np.clip(middles[:, 1] - step * (east / length), -90.0, 90.0),
        ]
    )
