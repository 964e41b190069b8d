"""The reports as arrays, in an order that depends on what they say and on nothing else.

Places are unit vectors, so that neither the antimeridian nor a pole is an edge. A named area is
its bounding circle here; distances to it are taken from its outline (``compare/place.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from holdfire.engines.shape import Shape
from holdfire.tables.units import merging
from holdfire.terms.vocabulary import Vocabularies

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARTH_M = 6_371_008.8
HOUR = 3600
DAY = 86_400
UNKNOWN = -1

_ORDER = (
    "occurred_from", "occurred_to", "lon", "lat", "radius_m", "area", "act", "target", "weapon",
    "deaths_best", "deaths_min", "deaths_max", "quantity_best", "quantity_min", "quantity_max",
    "reported_at", "counting_unit", "event_id", "place_name", "summary", "source", "outlet",
    "report_id",
)  # fmt: skip
"""Names of parties, which outlets and sources may bear, decide only where all else is equal."""

_NEEDED = (
    "report_id", "source", "outlet", "event_id", "occurred_from", "occurred_to", "lon", "lat",
    "radius_m", "area", "act", "target", "weapon", "actors", "counting_unit", "deaths_best",
    "quantity_best", "quantity_unit", "summary",
)  # fmt: skip
_OWN = frozenset({"report_id", "file", "file_sha256", "row", "raw", "recorded_at"})
"""What two exact copies of one row may differ in."""


@dataclass(frozen=True, eq=False)
class Columns:
    """One entry per report in canonical order; ``rows`` are their rows in the given table.

    Times are seconds since 1970, ``begins`` and ``ends`` only where ``timed``. ``point`` is a unit
    vector where ``placed``. Codes are numbers into ``codes``, ``UNKNOWN`` where nothing is known.
    ``copy_of`` is the first report with the same content, itself where there is none before.
    """

    rows: Ints
    ids: pa.Array
    list_no: Ints
    lists: tuple[tuple[str, str], ...]
    repeats: Bools
    happening: Bools
    begins: Ints
    ends: Ints
    timed: Bools
    point: Floats
    radius_m: Floats
    placed: Bools
    area: Ints
    areas: tuple[tuple[Shape, ...], ...]
    codes: Mapping[str, Ints]
    names: Mapping[str, tuple[str, ...]]
    deaths: Floats
    quantity: Floats
    quantity_unit: Ints
    event: Ints
    text: pa.Array
    copy_of: Ints

    def __len__(self) -> int:
        return len(self.rows)


def gather(
    reports: pa.Table,
    words: Vocabularies,
    areas: Mapping[str, Shape],
    may_repeat: Callable[[str, str], bool],
) -> Columns:
    """Return the columns of a report table that matching needs, in canonical order."""
    rows = _canonical(reports)
    order = pa.array(rows)
    column = {name: flat(reports[name].take(order)) for name in _NEEDED}
    list_no, lists = _lists(column["source"], column["outlet"])
    timed, begins, ends = _times(column)
    named, outlines, circle = _areas(column, areas)
    point, radius, placed = _places(column, named, circle)
    codes, names = _codes(column, words)
    return Columns(
        rows=rows,
        ids=column["report_id"],
        list_no=list_no,
        lists=lists,
        repeats=np.array([bool(may_repeat(*one)) for one in lists], dtype=bool),
        happening=np.array(_per_value(column["counting_unit"], merging().__contains__), bool),
        begins=begins,
        ends=ends,
        timed=timed,
        point=point,
        radius_m=radius,
        placed=placed,
        area=named,
        areas=outlines,
        codes=codes,
        names=names,
        deaths=_floats(column["deaths_best"]),
        quantity=_floats(column["quantity_best"]),
        quantity_unit=_numbered(column["quantity_unit"])[0],
        event=_numbered(column["event_id"])[0],
        text=column["summary"],
        copy_of=_copies(reports, rows),
    )


def _canonical(reports: pa.Table) -> Ints:
    keys = [(name, "ascending") for name in _ORDER if name in reports.column_names]
    order: Ints = pc.sort_indices(reports, sort_keys=keys).to_numpy().astype(np.int64)
    return order


def flat(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else whole.chunk(0)


def _numbered(column: pa.Array) -> tuple[Ints, list[str]]:
    """Return numbers of the distinct values by first appearance, null ``UNKNOWN``."""
    encoded = column.dictionary_encode()
    numbers = pc.fill_null(encoded.indices, UNKNOWN).to_numpy(zero_copy_only=False)
    return numbers.astype(np.int64), encoded.dictionary.to_pylist()


def _per_value(column: pa.Array, of: Callable[[str | None], bool]) -> list[bool]:
    numbers, values = _numbered(column)
    table = np.array([of(value) for value in values] + [of(None)], dtype=bool)
    return list(table[numbers])


def _floats(column: pa.Array) -> Floats:
    values: Floats = column.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)
    return values


def _lists(source: pa.Array, outlet: pa.Array) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    joined = pc.binary_join_element_wise(source, outlet, "\x1f", null_handling="replace")
    numbers, values = _numbered(joined)
    return numbers, tuple((one.split("\x1f")[0], one.split("\x1f")[1]) for one in values)


def _times(column: Mapping[str, pa.Array]) -> tuple[Bools, Ints, Ints]:
    bounds = []
    known = np.ones(len(column["occurred_from"]), dtype=bool)
    for name in ("occurred_from", "occurred_to"):
        micros = column[name].cast(pa.int64())
        known &= pc.is_valid(micros).to_numpy(zero_copy_only=False)
        filled = pc.fill_null(micros, 0).to_numpy(zero_copy_only=False)
        bounds.append(filled.astype(np.int64) // 1_000_000)
    begins, ends = bounds
    return known, np.where(known, begins, 0), np.where(known, np.maximum(ends, begins), 0)


def _areas(
    column: Mapping[str, pa.Array], areas: Mapping[str, Shape]
) -> tuple[Ints, tuple[tuple[Shape, ...], ...], Floats]:
    """Return the number of each report's area, the outlines, and their bounding circles.

    A circle is its middle as a unit vector and its radius in metres. A key with an unknown name
    in it is no place: the true one may be that which is not known.
    """
    numbers, keys = _numbered(column["area"])
    outlines: list[tuple[Shape, ...]] = []
    place = np.full(len(keys) + 1, UNKNOWN, dtype=np.int64)
    for number, key in enumerate(keys):
        parts = key.split("|")
        if all(part in areas for part in parts):
            place[number] = len(outlines)
            outlines.append(tuple(areas[part] for part in parts))
    circles = np.array([_circle(shapes) for shapes in outlines]).reshape(-1, 4)
    return place[numbers], tuple(outlines), circles


def _circle(shapes: tuple[Shape, ...]) -> list[float]:
    corners = np.concatenate([unit_vectors(*shapely.get_coordinates(s.geometry).T) for s in shapes])
    middle = corners.mean(axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-12)
    reach = float(np.max(great_circle_m(corners, middle)))
    return [*middle.tolist(), reach + max(shape.precision_m for shape in shapes)]


def _places(
    column: Mapping[str, pa.Array], area: Ints, circles: Floats
) -> tuple[Floats, Floats, Bools]:
    lon, lat, radius = (_floats(column[name]) for name in ("lon", "lat", "radius_m"))
    disk = np.isfinite(lon) & np.isfinite(lat)
    point = np.zeros((len(lon), 3))
    point[disk] = unit_vectors(lon[disk], lat[disk])
    radius = np.where(np.isfinite(radius), radius, 0.0)
    by_area = ~disk & (area != UNKNOWN)
    point[by_area] = circles[area[by_area], :3]
    radius[by_area] = circles[area[by_area], 3]
    area[disk] = UNKNOWN
    return point, radius, disk | by_area


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points of the sphere as unit vectors."""
    east, north = np.radians(lon), np.radians(lat)
    level = np.cos(north)
    return np.stack([level * np.cos(east), level * np.sin(east), np.sin(north)], axis=-1)


def great_circle_m(one: Floats, other: Floats) -> Floats:
    """Return metres over the sphere between unit vectors."""
    difference = one - other
    chord = np.sqrt(np.einsum("...i,...i->...", difference, difference))
    metres: Floats = 2.0 * EARTH_M * np.arcsin(np.minimum(chord / 2.0, 1.0))
    return metres


def _codes(
    column: Mapping[str, pa.Array], words: Vocabularies
) -> tuple[dict[str, Ints], dict[str, tuple[str, ...]]]:
    codes: dict[str, Ints] = {}
    names: dict[str, tuple[str, ...]] = {}
    for name, kind in (("act", words.acts), ("target", words.targets), ("weapon", words.weapons)):
        numbers, values = _numbered(column[name])
        silent = np.array([value == kind.root or value not in kind for value in values] + [True])
        codes[name], names[name] = np.where(silent[numbers], UNKNOWN, numbers), tuple(values)
    codes["actor"], names["actor"] = _sets(column["actors"])
    return codes, names


def _sets(column: pa.Array) -> tuple[Ints, tuple[str, ...]]:
    """Return numbers of the distinct sets, whatever the order of their members."""
    numbers, values = _numbered(pc.binary_join(column.cast(pa.list_(pa.string())), "|"))
    known: dict[str, int] = {}
    sorted_names = ["|".join(sorted(set(value.split("|")))) for value in values]
    place = np.array([known.setdefault(n, len(known)) for n in sorted_names] + [UNKNOWN])
    return place[numbers], tuple(known)


def _copies(reports: pa.Table, rows: Ints) -> Ints:
    """Return for each report the first with the same content in every column but its own."""
    key = np.zeros(len(rows), dtype=np.int64)
    for name in reports.column_names:
        if name in _OWN:
            continue
        column = flat(reports[name])
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, "|")
        numbers = _numbered(column)[0] + 1
        if numbers.max(initial=0) > numbers.min(initial=0):
            key = key * (numbers.max() + 1) + numbers
            key = np.unique(key, return_inverse=True)[1]
    key = key[rows]
    first = np.full(int(key.max(initial=-1)) + 1, len(rows), dtype=np.int64)
    np.minimum.at(first, key, np.arange(len(rows)))
    result: Ints = first[key]
    return result
