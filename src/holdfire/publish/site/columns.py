"""The findings as one compact file, for the page that filters and draws them.

``findings.bin`` is gzip (RFC 1952) over: the length of a JSON text (four bytes, little-endian), the
text in UTF-8, padded with blanks to a multiple of four, then one array a column, little-endian and
each padded to a multiple of four bytes. The text tells each column's name, type and place, and
holds the dictionaries that codes stand for. What a list says of a finding is in ``rows/``, two
hundred findings a file, so that only what is looked at is fetched.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from holdfire.publish.projection import middle_longitude
from holdfire.publish.safe import plain
from holdfire.publish.site.nearby import Area
from holdfire.publish.site.publication import address
from holdfire.publish.site.selection import Line, Place, Selection

EACH_FILE = 200
PER_DEGREE = 100_000
NO_DAY = 0xFFFF
NO_RADIUS = 0xFFFF_FFFF
TYPES = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i4": np.int32}


class Dictionary:
    """Codes for values, in the order in which they first came."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._codes: dict[Hashable, int] = {}

    def code(self, value: Hashable) -> int:
        """Return the code of a value."""
        if value not in self._codes:
            self._codes[value] = len(self.values)
            self.values.append(value)
        return self._codes[value]


def write(
    folder: Path, selection: Selection, areas: Sequence[Area], titles: Mapping[str, str]
) -> dict[str, Any]:
    """Write ``findings.bin`` and ``rows/``; return what the page has to know of them."""
    lines = selection.lines
    _rows(folder / "rows", lines)
    epoch = min((line.first for line in lines if line.first), default=date(1970, 1, 1))
    header, arrays = _columns(lines, epoch, titles)
    header["epoch"] = epoch.isoformat()
    header["areas"] = [[address(area.key), plain(area.title, 80)] for area in areas]
    placed = _places(selection, areas)
    header["areaSets"], header["ownSets"] = placed.pop("sets"), placed.pop("own")
    data = packed(header, {**arrays, **placed})
    (folder / "findings.bin").write_bytes(data)
    return {"rows": len(lines), "bytes": len(data), "eachFile": EACH_FILE}


def packed(header: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Return columns and their description as one file; equal columns give equal bytes."""
    described, body, at = {}, [], 0
    for name, values in arrays.items():
        kind = next(code for code, dtype in TYPES.items() if values.dtype == dtype)
        data = values.astype(f"<{kind}").tobytes()
        described[name] = [kind, at, len(values)]
        data += bytes(-len(data) % 4)
        body.append(data)
        at += len(data)
    text = json.dumps(
        {**header, "columns": described}, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode("utf-8", "replace")
    text += b" " * (-len(text) % 4)
    whole = len(text).to_bytes(4, "little") + text + b"".join(body)
    return gzip.compress(whole, 9, mtime=0)


def narrow(values: Sequence[int]) -> npt.NDArray[Any]:
    """Return codes in the fewest whole bytes that hold them all."""
    most = max(values, default=0)
    kind = np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.uint32
    return np.array(values, kind)


def _columns(
    lines: Sequence[Line], epoch: date, titles: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    named = {name: Dictionary() for name in ("act", "party", "grade", "outlets", "name")}
    clauses = Dictionary()
    for key in titles:
        clauses.code(key)
    codes: dict[str, list[int]] = {name: [] for name in (*named, "clause", "day", "span")}
    for line in lines:
        for name, dictionary in named.items():
            codes[name].append(dictionary.code(getattr(line, name)))
        codes["clause"].append(clauses.code(line.clause))
        known = line.first is not None
        codes["day"].append((line.first - epoch).days if line.first and known else NO_DAY)
        span = (line.last - line.first).days if line.first and line.last else 0
        codes["span"].append(min(span, NO_DAY))
    arrays = {name: narrow(values) for name, values in codes.items()}
    arrays["day"] = np.array(codes["day"], np.uint16)
    arrays["certain"] = np.array([line.verdict == "yes" for line in lines], np.uint8)
    # 0 stands for no place: a code more than the place's number.
    arrays["place"] = narrow([line.place + 1 for line in lines])
    header = {name: dictionary.values for name, dictionary in named.items()}
    header["clause"] = [[key, titles.get(key, key), address(key)] for key in clauses.values]
    return header, arrays


def _places(selection: Selection, areas: Sequence[Area]) -> dict[str, Any]:
    """Return the places as columns; longitudes run on across the antimeridian."""
    within: dict[int, set[int]] = {}
    for nth, area in enumerate(areas):
        for line, _ in area.lines:
            within.setdefault(line.place, set()).add(nth)
    number_of = {area.key: nth for nth, area in enumerate(areas)}
    sets, own = Dictionary(), Dictionary()
    owned = [
        own.code(tuple(number_of[key] for key in place.areas if key in number_of))
        for place in selection.places
    ]
    coded = [sets.code(tuple(sorted(within.get(nth, ())))) for nth in range(len(selection.places))]
    places = selection.places
    middle = middle_of(places)
    return {
        "placeLon": np.array([_turned(p.lon, middle) for p in places], np.int32),
        "placeLat": np.array([round((p.lat or 0.0) * PER_DEGREE) for p in places], np.int32),
        "placeRadius": np.array([_radius(p) for p in places], np.uint32),
        "placeAreas": narrow(coded),
        "placeOwn": narrow(owned),
        "sets": [list(one) for one in sets.values],
        "own": [list(one) for one in own.values],
    }


def middle_of(places: Sequence[Place]) -> float:
    """Return the middle longitude of all disks; 0 where there is none."""
    lons = np.array([p.lon for p in places if p.lon is not None])
    return middle_longitude(lons) if len(lons) else 0.0


def _turned(lon: float | None, middle: float) -> int:
    if lon is None:
        return 0
    return round((middle + (lon - middle + 180.0) % 360.0 - 180.0) * PER_DEGREE)


def _radius(place: Place) -> int:
    """Return metres, upwards; the most there is for a place without a middle."""
    if place.lon is None:
        return NO_RADIUS
    return int(min(-(-(place.radius_m or 0.0) // 1), 30_000_000))


def _rows(folder: Path, lines: Sequence[Line]) -> None:
    folder.mkdir(parents=True)
    for nth in range(0, len(lines), EACH_FILE):
        rows = [
            [line.at, line.when, line.what, line.where] for line in lines[nth : nth + EACH_FILE]
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        path = folder / f"{nth // EACH_FILE}.json"
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
