"""The ground of a case from its GeoJSON: named areas, and who holds what day by day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from holdfire.case.files import Files
from holdfire.engines.ground import ControlDay
from holdfire.engines.shape import Shape, from_geojson, joined
from holdfire.errors import GeometryError, Problem, shown
from holdfire.terms.names import folded

_NAMING = re.compile(
    r"^(id|code|alias|names?$|name[:_]|alt_name|int_name|official_name|admin)", re.I
)


@dataclass
class GroundReader:
    """Reads ``zones/`` and ``control/``; problems go to the files'."""

    files: Files
    titles: dict[str, str] = field(default_factory=dict)
    control_files: dict[date, str] = field(default_factory=dict)

    def drawn(self, folder: str) -> Iterator[tuple[str, str]]:
        """Yield the GeoJSON files of a folder by name and stem; say of others that they wait."""
        for path in sorted((self.files.folder / folder).glob("*")):
            name = f"{folder}/{path.name}"
            if path.name.startswith(".") or path.is_dir():
                continue
            if path.suffix.lower() in (".geojson", ".json"):
                yield name, path.stem
            else:
                self.files.problems.append(
                    Problem(name, "not read: only .geojson and .json are", severity="warning")
                )

    def features(self, name: str) -> list[dict[str, Any]]:
        """Return the features of a GeoJSON file."""
        text = self.files.text(name)
        if text is None:
            return []
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            self.files.problems.append(Problem(name, f"not readable as JSON: {str(error)[:120]}"))
            return []
        self._crs(content, name)
        if isinstance(content, dict) and content.get("type") == "Feature":
            content = {"features": [content]}
        features = content.get("features") if isinstance(content, dict) else None
        if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
            self.files.problems.append(Problem(name, "expected a GeoJSON FeatureCollection"))
            return []
        return features

    def _crs(self, content: object, name: str) -> None:
        crs = content.get("crs") if isinstance(content, dict) else None
        if crs is None:
            return
        said = json.dumps(crs)
        if not any(code in said for code in ("CRS84", "EPSG::4326", "EPSG:4326")):
            self.files.problems.append(
                Problem(
                    name, f"coordinates are in {shown(said)}", "convert them to WGS 84 (EPSG:4326)"
                )
            )

    def shape(self, feature: dict[str, Any], where: str) -> Shape | None:
        """Return a feature's outline, mended where it can be, or ``None``."""
        properties = feature.get("properties") or {}
        precision = properties.get("precision_m") if isinstance(properties, dict) else None
        try:
            geometry = feature.get("geometry")
            if not isinstance(geometry, dict):
                raise GeometryError("the feature has no geometry")
            if isinstance(precision, bool) or not isinstance(precision, int | float | None):
                raise GeometryError(f"precision_m {shown(precision)} is no number of metres")
            shape, remarks = from_geojson(geometry, float(precision or 0.0))
        except (GeometryError, OverflowError) as error:
            told = error.problem if isinstance(error, GeometryError) else Problem("", str(error))
            self.files.problems.append(Problem(where, told.message, told.advice))
            return None
        self.files.problems.extend(Problem(where, remark, severity="warning") for remark in remarks)
        return shape

    def areas(self) -> tuple[dict[str, Shape], dict[str, set[str]], dict[str, set[str]]]:
        """Return the areas by key, the keys by every name, and those by what sources may say.

        What a file is called is a name for the agreement, and none that a source means.
        """
        shapes: dict[str, Shape] = {}
        names: dict[str, set[str]] = {}
        sourced: dict[str, set[str]] = {}
        for name, stem in self.drawn("zones"):
            for index, feature in enumerate(self.features(name), start=1):
                shape = self.shape(feature, f"{name}: feature {index}")
                if shape is None:
                    continue
                key = _key(feature, f"{stem}-{index}", shapes)
                shapes[key] = shape
                self.titles[key] = _title(feature, key)
                names.setdefault(folded(stem), set()).add(key)
                for called in _called(feature):
                    names.setdefault(folded(called), set()).add(key)
                    sourced.setdefault(folded(called), set()).add(key)
        return shapes, names, sourced

    def control(self, party: str | None) -> list[ControlDay]:
        """Return the control files by day; ``party`` holds what no feature names a holder of."""
        days: list[ControlDay] = []
        for name, stem in self.drawn("control"):
            try:
                day = date.fromisoformat(stem)
            except ValueError:
                self.files.problems.append(
                    Problem(
                        name,
                        f"{shown(stem)} is no day",
                        "name control files YYYY-MM-DD.geojson",
                    )
                )
                continue
            if day in self.control_files:
                other = self.control_files[day]
                self.files.problems.append(Problem(name, f"is of the same day as {other}"))
                continue
            self.control_files[day] = name
            held, line = self._held(name, party)
            if held or line is not None:
                version = self.files.hashes[name]
                days.append(ControlDay(day, version, held, line))
            elif not any(problem.where.startswith(name) for problem in self.files.problems):
                self.files.problems.append(
                    Problem(name, "holds no area: it is not used", severity="warning")
                )
        return days

    def _held(self, name: str, party: str | None) -> tuple[dict[str, Shape], Shape | None]:
        held: dict[str, list[Shape]] = {}
        lines: list[Shape] = []
        for index, feature in enumerate(self.features(name), start=1):
            where = f"{name}: feature {index}"
            shape = self.shape(feature, where)
            if shape is None:
                continue
            properties = feature.get("properties")
            holder = (properties if isinstance(properties, dict) else {}).get("party", party)
            if "Line" in shape.geometry.geom_type:
                lines.append(shape)
            elif isinstance(holder, str):
                held.setdefault(holder, []).append(shape)
            else:
                self.files.problems.append(
                    Problem(where, "nothing says who holds this area",
                            "give the feature a party, or case.toml [control] party")
                )  # fmt: skip
        areas = {holder: joined(shapes) for holder, shapes in held.items()}
        return areas, joined(lines) if lines else None


def _key(feature: Mapping[str, Any], otherwise: str, taken: Mapping[str, Shape]) -> str:
    """Return the feature's own id where it has one that is free and plain, else its number."""
    while otherwise in taken:
        otherwise += "_"
    properties = feature.get("properties")
    own = feature.get("id") or (properties if isinstance(properties, dict) else {}).get("id")
    plain = isinstance(own, str) and re.fullmatch(r"[\w.-]{1,80}", own)
    return str(own) if plain and own not in taken else otherwise


def _title(feature: Mapping[str, Any], key: str) -> str:
    """Return what an area is called where it is shown: its name, in English if there is one."""
    properties = feature.get("properties")
    given = properties if isinstance(properties, dict) else {}
    named = (given.get("name:en"), given.get("name"), key)
    return next(name for name in named if isinstance(name, str) and name.strip())


def _called(feature: Mapping[str, Any]) -> list[str]:
    """Return everything a feature is called: its id and its name-like properties."""
    properties = feature.get("properties")
    found = [feature.get("id")]
    for key, value in (properties if isinstance(properties, dict) else {}).items():
        if _NAMING.match(key):
            found.extend(value if isinstance(value, list) else [value])
    return [value for value in found if isinstance(value, str) and value.strip()]
