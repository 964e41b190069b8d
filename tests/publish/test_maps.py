"""The map: its scale bar, the antimeridian, and uncertain places drawn as what they are."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from holdfire.publish import land, maps
from holdfire.publish.projection import middle_longitude, view
from tests.publish.conftest import Case

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(("lon", "lat"), [(37.0, 48.5), (0.0, 0.0), (179.5, -17.0), (25.0, 78.0)])
def test_lengths_are_right_within_one_percent(lon: float, lat: float) -> None:
    seen = view(np.array([lon - 4, lon + 4]), np.array([lat - 3, lat + 3]), np.zeros(2))
    for bearing in range(0, 360, 30):
        for away in (0.0, 250_000.0):
            from_lon, from_lat, _ = GEOD.fwd(lon, lat, bearing + 77, away)
            to_lon, to_lat, _ = GEOD.fwd(from_lon, from_lat, bearing, 50_000.0)
            x, y = seen.points([from_lon, to_lon], [from_lat, to_lat])
            drawn = float(np.hypot(np.diff(x), np.diff(y))[0]) * seen.metres_per_px
            assert drawn == pytest.approx(50_000.0, rel=0.01)


def test_middle_across_the_antimeridian() -> None:
    assert abs(middle_longitude(np.array([179.0, -179.0]))) == pytest.approx(180.0)
    assert middle_longitude(np.array([30.0, 40.0])) == pytest.approx(35.0)


def test_land_on_both_sides_of_the_antimeridian() -> None:
    west = sum(g.area for g in land.within(176, -19, 181, -15))
    east = sum(g.area for g in land.within(-184, -19, -179, -15))
    assert west == pytest.approx(east)
    assert west > 0.5


def test_disks_are_drawn_at_their_size(case: Case) -> None:
    drawn = maps.draw(case.findings, case.incidents, case.layers)
    assert drawn is not None
    scale = float(drawn.bar_label.removesuffix(" km")) * 1000 / drawn.bar_px
    widest = max(d.r for d in drawn.disks)
    assert widest * scale == pytest.approx(15_000.0, rel=0.01)
    assert drawn.placed == {"yes": 31, "unknown": 19}
    areas = {name: (sure, open_) for name, sure, open_ in drawn.by_area}
    assert set(areas) == {"Western Hills", "Long Bay"}
    assert areas["Long Bay"][0] == 0, "one of two areas is certain in neither"
