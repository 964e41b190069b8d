"""A ceasefire's folder: what it holds, read once, with everything wrong in it said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from holdfire.case.files import Files
from holdfire.case.geography import GroundReader
from holdfire.case.settings import Settings
from holdfire.engines.distance import Outline
from holdfire.engines.ground import ANY_OF, ControlDay, Ground
from holdfire.errors import CaseError, Problem, shown
from holdfire.terms.agreement import Agreement
from holdfire.terms.drafted import still_open, unconfirmed
from holdfire.terms.loading import FILE, load
from holdfire.terms.names import PartyNames, folded
from holdfire.terms.vocabulary import Vocabularies
from holdfire.terms.zones import fronts

NEAR_M = 100_000.0
"""A row's point farther than this from an area of the name it gives is of another place."""

__all__ = ["Case", "CaseNames", "Settings", "read_case"]


class CaseNames:
    """The names that sources use, resolved by the case; what is not known is counted."""

    def __init__(self, parties: PartyNames, areas: Mapping[str, str], ground: Ground) -> None:
        self._parties, self._areas, self._ground = parties, areas, ground
        self._outlines: dict[str, Outline] = {}
        self._near: dict[tuple[str, float, float], bool] = {}
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

    def near(self, area: str, lon: float, lat: float) -> bool:
        """Whether a point may belong to an area; one that is no place on earth is let be."""
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            return True
        asked = (area, lon, lat)
        if asked not in self._near:
            if area not in self._outlines:
                self._outlines[area] = Outline(self._ground.area(area))
            outline = self._outlines[area]
            away_m = outline.signed(np.array([lon]), np.array([lat]))[0]
            self._near[asked] = bool(away_m <= NEAR_M + outline.shape.precision_m)
        return self._near[asked]


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
    area_titles: Mapping[str, str]
    source_names: Mapping[str, str] | None = None
    """What sources may call areas: as ``area_names``, without the names of files."""
    effort: Mapping[date, float] | None = None
    """How much was being reported on each day, where the case tells it."""

    def names(self) -> CaseNames:
        """Return a fresh resolver of names, with nothing counted yet."""
        known = self.area_names if self.source_names is None else self.source_names
        return CaseNames(PartyNames(self.agreement), known, self.ground)

    def called(self, path: Path) -> str:
        """Return what a file is called within the case; bytes that are no text as such."""
        name = path.relative_to(self.folder).as_posix()
        return name.encode("utf-8", "backslashreplace").decode()

    @property
    def out(self) -> Path:
        """Where a run writes."""
        return self.folder / "out"


def _by_name(names: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: ANY_OF.join(sorted(keys)) for name, keys in names.items()}


def _fronts_without_theatre(agreement: Agreement, control: list[ControlDay]) -> list[Problem]:
    """Warn where nothing tells a line of contact from a coast or a border."""
    one_sided = any(day.line is None and len(day.held) == 1 for day in control)
    if not one_sided or all(front.theatre for front in fronts(agreement)):
        return []
    return [
        Problem(
            FILE,
            "a line_of_contact names no theatre, and control files draw one side only: the whole "
            "outline of what it holds, coast and border too, is taken for the line of contact",
            'name the land the line runs in: theatre = "an area of zones/"',
            severity="warning",
        )
    ]


def read_case(folder: Path) -> Case:
    """Read a case folder. Raises :class:`CaseError` with everything that is wrong in it."""
    files = Files(folder)
    ground = GroundReader(files)
    if not (folder / FILE).is_file():
        raise CaseError(
            [Problem(str(folder), f"no {FILE} here", "make a case with: holdfire new DIR")]
        )
    settings, words, effort = files.settings(), files.words(), files.effort()
    shapes, names, sourced = ground.areas()
    for alias, name in settings.areas.aliases.items():
        keys = names.get(folded(name))
        if keys:
            names.setdefault(folded(alias), set()).update(keys)
            sourced.setdefault(folded(alias), set()).update(keys)
        else:
            path = ("areas", "aliases", alias)
            files.setting(path, f"no area is called {shown(name)}", severity="warning")
    control = ground.control(settings.control.party)
    text = files.text(FILE)
    loaded = None if text is None else load(text, words, names)
    problems = files.problems + (list(loaded.problems) if loaded else [])
    if loaded and loaded.agreement:
        parties = {party.id for party in loaded.agreement.parties}
        holder_unsaid = settings.control.party
        if holder_unsaid is not None and holder_unsaid not in parties:
            files.setting(("control", "party"), f"unknown party {shown(holder_unsaid)}")
            problems.append(files.problems[-1])
        for day in control:
            for holder in sorted(set(day.held) - parties):
                problems.append(
                    Problem(ground.control_files[day.day], f"unknown party {shown(holder)}")
                )
        problems += _fronts_without_theatre(loaded.agreement, control)
        waiting = unconfirmed(loaded.agreement) or still_open(loaded.agreement)
        if waiting:
            problems.append(waiting)
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
        area_names=_by_name(names),
        source_names=_by_name(sourced),
        settings=settings,
        hashes=dict(sorted(files.hashes.items())),
        reports=tuple(sorted(path for path in found if not path.name.startswith("."))),
        remarks=tuple(problems),
        area_titles=ground.titles,
        effort=effort,
    )
