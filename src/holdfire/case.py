"""A ceasefire's folder: what it holds, read once, with everything wrong in it said at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from holdfire.engines.ground import ANY_OF, ControlDay, Ground
from holdfire.engines.shape import Shape, from_geojson, joined
from holdfire.errors import CaseError, GeometryError, Problem, shown
from holdfire.terms.agreement import Agreement, Table
from holdfire.terms.loading import FILE, load, structural
from holdfire.terms.locate import Lines, tables
from holdfire.terms.names import PartyNames, folded
from holdfire.terms.vocabulary import KINDS, Vocabularies, extended, shipped

LARGEST = 256 * 2**20
_NAMING = re.compile(
    r"^(id|code|alias|names?$|name[:_]|name$|alt_name|int_name|official_name|admin)", re.I
)


class Publication(Table):
    """What public output gives away: places no finer, incidents no sooner than this."""

    grid_m: float = Field(default=1000.0, ge=100.0, le=1_000_000.0, strict=True)
    delay_h: float = Field(default=24.0, ge=0.0, le=100_000.0, strict=True)


class Control(Table):
    """How to read control files whose features do not say who holds them."""

    party: str | None = None


class AreaNames(Table):
    """Other names that sources use for the case's areas."""

    aliases: dict[str, str] = Field(default_factory=dict)


class Comparison(Table):
    """The span before, to compare with."""

    days: int | None = Field(default=None, gt=0, le=36_500)


class Settings(Table):
    """``case.toml``: how this case reads its sources and publishes. All of it is optional."""

    simulated: bool = False
    publication: Publication = Publication()
    control: Control = Control()
    areas: AreaNames = AreaNames()
    comparison: Comparison = Comparison()
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    files: dict[str, dict[str, Any]] = Field(default_factory=dict)


class CaseNames:
    """The names that sources use, resolved by the case; what is not known is counted."""

    def __init__(self, parties: PartyNames, areas: Mapping[str, str]) -> None:
        self._parties, self._areas = parties, areas
        self.unknown_places: Counter[str] = Counter()
        self.unknown_actors: Counter[str] = Counter()

    def party(self, name: str) -> str | None:
        """Return the party's id, ``outsider``, or ``None``."""
        found = self._parties.find(name)
        if found is None and name.strip():
            self.unknown_actors[name.strip()[:200]] += 1
        return found

    def area(self, *names: str) -> str | None:
        """Return the key of the first name that is known, or ``None``."""
        given = [name for name in names if name and name.strip()]
        for name in given:
            found = self._areas.get(folded(name))
            if found is not None:
                return found
        if given:
            self.unknown_places[given[0].strip()[:200]] += 1
        return None


@dataclass(frozen=True, eq=False)
class Case:
    """Everything a run needs from the folder, apart from the reports themselves."""

    folder: Path
    agreement: Agreement
    words: Vocabularies
    ground: Ground
    area_names: Mapping[str, str]
    settings: Settings
    hashes: Mapping[str, str]
    reports: tuple[Path, ...]
    remarks: tuple[Problem, ...]
    area_titles: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> CaseNames:
        """Return a fresh resolver of names, with nothing counted yet."""
        return CaseNames(PartyNames(self.agreement), self.area_names)

    def called(self, path: Path) -> str:
        """Return what a file is called within the case; bytes that are no text as such."""
        name = path.relative_to(self.folder).as_posix()
        return name.encode("utf-8", "backslashreplace").decode()

    @property
    def out(self) -> Path:
        """Where a run writes."""
        return self.folder / "out"


@dataclass
class _Reader:
    """Reads a case folder and gathers its problems."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    lines: Lines = field(default_factory=lambda: Lines(""))

    def setting(self, path: tuple[str, ...], message: str) -> None:
        """Note what is wrong with a setting, at its line."""
        line = self.lines.of(path)
        where = f"case.toml:{line}" if line else "case.toml"
        self.problems.append(Problem(where, f"{'.'.join(path)}: {message}"))

    def text(self, name: str) -> str | None:
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            if path.stat().st_size > LARGEST:
                self.problems.append(Problem(name, f"larger than {LARGEST // 2**20} MiB"))
                return None
            data = path.read_bytes()
        except OSError as error:
            self.problems.append(Problem(name, f"cannot be opened: {error.strerror}"))
            return None
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.problems.append(Problem(name, f"not UTF-8: {error.reason} at byte {error.start}"))
            return None

    def settings(self) -> Settings:
        text = self.text("case.toml")
        if text is None:
            return Settings()
        self.lines = Lines(text)
        raw = tables(text, "case.toml")
        if isinstance(raw, Problem):
            self.problems.append(raw)
            return Settings()
        try:
            return Settings.model_validate(raw)
        except ValidationError as error:
            self.problems.extend(structural(error, text, raw, "case.toml"))
        return Settings()

    def words(self) -> Vocabularies:
        found = []
        for kind in KINDS:
            name = f"vocabulary/{kind}.toml"
            text = self.text(name)
            vocabulary, problems = (
                (shipped(kind), []) if text is None else extended(kind, text, name)
            )
            self.problems.extend(problems)
            found.append(vocabulary)
        return Vocabularies(*found)

    def features(self, name: str) -> list[dict[str, Any]]:
        text = self.text(name)
        if text is None:
            return []
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            self.problems.append(Problem(name, f"not readable as JSON: {str(error)[:120]}"))
            return []
        self._crs(content, name)
        if isinstance(content, dict) and content.get("type") == "Feature":
            content = {"features": [content]}
        features = content.get("features") if isinstance(content, dict) else None
        if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
            self.problems.append(Problem(name, "expected a GeoJSON FeatureCollection"))
            return []
        return features

    def _crs(self, content: object, name: str) -> None:
        crs = content.get("crs") if isinstance(content, dict) else None
        if crs is None:
            return
        said = json.dumps(crs)
        if not any(code in said for code in ("CRS84", "EPSG::4326", "EPSG:4326")):
            self.problems.append(
                Problem(
                    name, f"coordinates are in {shown(said)}", "convert them to WGS 84 (EPSG:4326)"
                )
            )

    def shape(self, feature: dict[str, Any], where: str) -> Shape | None:
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
            self.problems.append(Problem(where, told.message, told.advice))
            return None
        self.problems.extend(Problem(where, remark, severity="warning") for remark in remarks)
        return shape

    def areas(self) -> tuple[dict[str, Shape], dict[str, set[str]]]:
        shapes: dict[str, Shape] = {}
        names: dict[str, set[str]] = {}
        for path in sorted((self.folder / "zones").glob("*.geojson")):
            name = f"zones/{path.name}"
            for index, feature in enumerate(self.features(name), start=1):
                shape = self.shape(feature, f"{name}: feature {index}")
                if shape is None:
                    continue
                key = _key(feature, f"{path.stem}-{index}", shapes)
                shapes[key] = shape
                self.titles[key] = _title(feature, key)
                for called in [path.stem, *_called(feature)]:
                    names.setdefault(folded(called), set()).add(key)
        return shapes, names

    def control(self, party: str | None) -> list[ControlDay]:
        days: list[ControlDay] = []
        for path in sorted((self.folder / "control").glob("*.geojson")):
            name = f"control/{path.name}"
            try:
                day = date.fromisoformat(path.stem)
            except ValueError:
                self.problems.append(
                    Problem(
                        name,
                        f"{shown(path.stem)} is no day",
                        "name control files YYYY-MM-DD.geojson",
                    )
                )
                continue
            held, line = self._held(name, party)
            if held or line is not None:
                version = self.hashes[name]
                days.append(ControlDay(day, version, held, line))
            elif not any(problem.where.startswith(name) for problem in self.problems):
                self.problems.append(
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
                self.problems.append(
                    Problem(where, "nothing says who holds this area",
                            "give the feature a party, or case.toml [control] party")
                )  # fmt: skip
        areas = {holder: joined(shapes) for holder, shapes in held.items()}
        return areas, joined(lines) if lines else None


def _key(feature: Mapping[str, Any], otherwise: str, taken: Mapping[str, Shape]) -> str:
    """Return the feature's own id where it has one that is free and plain, else its number."""
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


def read_case(folder: Path) -> Case:
    """Read a case folder. Raises :class:`CaseError` with everything that is wrong in it."""
    reader = _Reader(folder)
    if not (folder / FILE).is_file():
        raise CaseError(
            [Problem(str(folder), f"no {FILE} here", "make a case with: holdfire new DIR")]
        )
    settings, words = reader.settings(), reader.words()
    shapes, names = reader.areas()
    for alias, name in settings.areas.aliases.items():
        if folded(name) in names:
            names.setdefault(folded(alias), set()).update(names[folded(name)])
        else:
            reader.setting(("areas", "aliases", alias), f"no area is called {shown(name)}")
    control = reader.control(settings.control.party)
    text = reader.text(FILE)
    loaded = None if text is None else load(text, words, names)
    problems = reader.problems + (list(loaded.problems) if loaded else [])
    if loaded and loaded.agreement:
        parties = {party.id for party in loaded.agreement.parties}
        holder_unsaid = settings.control.party
        if holder_unsaid is not None and holder_unsaid not in parties:
            reader.setting(("control", "party"), f"unknown party {shown(holder_unsaid)}")
            problems.append(reader.problems[-1])
        for day in control:
            for holder in sorted(set(day.held) - parties):
                problems.append(
                    Problem(f"control/{day.day}.geojson", f"unknown party {shown(holder)}")
                )
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or loaded is None or loaded.agreement is None:
        raise CaseError(problems)
    reports = folder / "reports"
    # Links that lead nowhere are kept, so that it is said that they cannot be read.
    found = (path for path in reports.rglob("*") if path.is_symlink() or not path.is_dir())
    return Case(
        folder=folder,
        agreement=loaded.agreement,
        words=words,
        ground=Ground(shapes, control),
        area_names={name: ANY_OF.join(sorted(keys)) for name, keys in names.items()},
        settings=settings,
        hashes=dict(sorted(reader.hashes.items())),
        reports=tuple(sorted(path for path in found if not path.name.startswith("."))),
        remarks=tuple(problems),
        area_titles=reader.titles,
    )
