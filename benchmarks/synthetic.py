"""Invented reports in holdfire's own format, as many as wanted, and a case to put them in.

Everything follows from a seed. The front is drawn by hand through eastern and southern
Ukraine and moves a little every ten days; it is nobody's map of anything.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXAMPLE = Path(__file__).parents[1] / "examples" / "thirty-day-2025"
SEED = 20250313
FRONT = np.array(
    [(36.6, 50.35), (37.6, 49.9), (38.0, 49.2), (37.9, 48.6), (37.4, 48.0), (36.6, 47.5),
     (35.4, 47.45), (34.3, 47.2), (33.2, 46.55), (32.0, 46.45)]
)  # fmt: skip
BEHIND = ((33.4, 45.2), (36.6, 45.2), (40.2, 47.2), (40.2, 50.0), (38.0, 50.6))
FIRST_DAY, DAYS = date(2025, 2, 1), 75
NEAR_THE_FRONT = 0.7
ACTS = ("shelling", "explosion", "ground-attack", "air-strike", "short-range-drone-strike",
        "long-range-drone-strike", "ballistic-missile-strike", "mine-laying", "")  # fmt: skip
ACTS_SHARE = (0.28, 0.14, 0.16, 0.08, 0.18, 0.06, 0.02, 0.02, 0.06)
RADII_M = (0, 100, 1_000, 3_000, 10_000, 30_000)
OUTLETS = (("Armed Forces of Ukraine", "ukraine"), ("Ministry of Defence of Russia", "russia"),
           ("Joint Monitors", "neutral"), ("a channel", ""))  # fmt: skip


def front(step: int = 0) -> Floats:
    """Return the line of contact, cut into pieces of a few kilometres with some jags in it."""
    rng = np.random.default_rng(SEED + step)
    share = np.linspace(0, len(FRONT) - 1, 300)
    at = np.arange(len(FRONT))
    lon, lat = (np.interp(share, at, FRONT[:, axis]) for axis in (0, 1))
    jag = rng.normal(0, 0.02, (2, len(share)))
    return np.column_stack([lon + jag[0] - 0.01 * step, lat + jag[1]])


def control_day(step: int) -> dict[str, object]:
    """Return the area behind the front as GeoJSON."""
    line = [[round(float(lon), 5), round(float(lat), 5)] for lon, lat in front(step)]
    ring = [*line, *([*point] for point in BEHIND), line[0]]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"party": "russia"},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }  # fmt: skip


def points(count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes: most within some tens of kilometres of the front."""
    near = rng.random(count) < NEAR_THE_FRONT
    line = front()[rng.integers(0, 300, count)] + rng.normal(0, 0.35, (count, 2))
    anywhere = rng.uniform((23.0, 45.5), (39.5, 51.5), (count, 2))
    chosen = np.where(near[:, None], line, anywhere)
    return chosen[:, 0].round(4), chosen[:, 1].round(4)


def reports(count: int, seed: int = SEED) -> pa.Table:
    """Return invented reports as text columns of holdfire's own format."""
    rng = np.random.default_rng(seed)
    lon, lat = points(count, rng)
    minute = rng.integers(0, DAYS * 24 * 60, count)
    moments = (np.datetime64(FIRST_DAY) + minute.astype("timedelta64[m]")).astype("datetime64[m]")
    times = np.datetime_as_string(moments, unit="m").astype(object)
    only_day = rng.random(count) < 0.3
    times[only_day] = [moment[:10] for moment in times[only_day]]
    act = np.array(ACTS, dtype=object)[rng.choice(len(ACTS), count, p=ACTS_SHARE)]
    outlet = rng.integers(0, len(OUTLETS), count)
    actor = np.array(["Russia", "Ukraine", "Russia; Ukraine", ""], dtype=object)
    launched = np.where(np.char.startswith(act.astype(str), "long-range"),
                        rng.integers(1, 90, count), 0)  # fmt: skip
    columns: dict[str, object] = {
        "event_id": np.char.add("B-", np.arange(count).astype(str)),
        "occurred_at": times,
        "timezone": np.full(count, "Europe/Kyiv"),
        "lon": lon.astype(str),
        "lat": lat.astype(str),
        "radius_m": np.array(RADII_M).astype(str)[rng.integers(0, len(RADII_M), count)],
        "act": act,
        "actor": actor[rng.choice(4, count, p=(0.4, 0.3, 0.1, 0.2))],
        "outlet": np.array([name for name, _ in OUTLETS], dtype=object)[outlet],
        "outlet_side": np.array([side for _, side in OUTLETS], dtype=object)[outlet],
        "quantity_unit": np.where(launched > 0, "launch", ""),
        "quantity": np.where(launched > 0, launched.astype(str), ""),
        "summary": np.char.add("Invented report of fire near place ", (minute % 4_000).astype(str)),
    }
    return pa.table({name: pa.array(list(values), pa.string()) for name, values in columns.items()})  # type: ignore[call-overload]


def make_case(folder: Path, count: int, *, with_front: bool) -> Path:
    """Make the bundled 30-day case in ``folder`` with invented reports; return their file."""
    folder.mkdir(parents=True)
    for name in ("agreement.toml", "case.toml"):
        shutil.copy(EXAMPLE / name, folder / name)
    shutil.copytree(EXAMPLE / "zones", folder / "zones")
    (folder / "reports").mkdir()
    if with_front:
        (folder / "control").mkdir()
        for step in range(0, DAYS, 10):
            day = FIRST_DAY + timedelta(days=step)
            text = json.dumps(control_day(step // 10))
            (folder / "control" / f"{day}.geojson").write_text(text, encoding="utf-8")
    path = folder / "reports" / "invented.csv"
    pacsv.write_csv(reports(count), path)
    return path
