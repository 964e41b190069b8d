"""From a run to its site: what the pages need of the case, handed to the publishing stage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from holdfire.assess import Geography
from holdfire.case import Case
from holdfire.errors import HoldfireError
from holdfire.pipeline import Run
from holdfire.publish.site.publication import Publication
from holdfire.publish.site.writing import Written, write
from holdfire.publishing import layers
from holdfire.terms.zones import fronts

MOST_LINES = 800
"""Beyond so many days the line of contact is drawn for every second, third … of them."""
PMTILES = b"PMTiles\x03"


def publish_site(
    run: Run,
    folder: Path,
    *,
    base_url: str = "",
    tiles: Path | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Written:
    """Write the site of a run's public tables into ``folder``.

    Raises :class:`HoldfireError` where the folder holds something else, ``base_url`` is no web
    address, or ``tiles`` is no PMTiles file of version 3.
    """
    out = run.case.out
    record = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    publication = Publication(
        run.answer, out, layers(run.case, run.answer), record, lines(run.case),
        _address(base_url), _tiles(tiles),
    )  # fmt: skip
    return write(publication, folder, tell)


def lines(case: Case) -> tuple[tuple[str, BaseGeometry], ...]:
    """Return the line of contact of each day that has a control file, in degrees."""
    agreement = case.agreement
    front = next(fronts(agreement), None)
    if front is None:
        return ()
    geography = Geography(case.ground, agreement.zones, case.area_names)
    control = case.ground.control
    found = []
    for one in control[:: max(1, -(-len(control) // MOST_LINES))]:
        line = geography.line(one, front)
        if line is not None:
            found.append((one.day.isoformat(), line.shape.geometry))
    return tuple(found)


def _address(base_url: str) -> str:
    if not base_url:
        return ""
    if not base_url.startswith(("https://", "http://")) or any(c in base_url for c in " \"'<>?#"):
        raise HoldfireError(
            "is no address of a site",
            where=base_url, advice="give one like https://example.org/ceasefire/",
        )  # fmt: skip
    return base_url if base_url.endswith("/") else f"{base_url}/"


def _tiles(path: Path | None) -> Path | None:
    if path is None:
        return None
    with path.open("rb") as stream:
        if stream.read(len(PMTILES)) != PMTILES:
            raise HoldfireError(
                "is no PMTiles file of version 3",
                where=str(path), advice="make one with: pmtiles extract",
            )  # fmt: skip
    return path
