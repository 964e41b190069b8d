"""From a zone as it is written to a zone that answers, day by day where it moves.

A zone tied to the line of contact has one form for each version of the control files; any
other has one form for good. A day without a file uses the last one before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from holdfire.assess.place import AllOf, AnyOf, Anywhere, Nowhere, Outside, Within, Zone
from holdfire.engines.contact import line_of_contact
from holdfire.engines.distance import Outline
from holdfire.engines.ground import ControlDay, Ground
from holdfire.engines.shape import Shape, joined
from holdfire.errors import HoldfireError
from holdfire.terms.agreement import LineOfContact, ZoneTable
from holdfire.terms.agreement import Zone as Described
from holdfire.terms.names import folded
from holdfire.terms.zones import parts

ANYWHERE = "anywhere"


class Geography:
    """The zones of an agreement over the ground of a case; outlines are made once."""

    def __init__(
        self, ground: Ground, zones: Mapping[str, Described], names: Mapping[str, str]
    ) -> None:
        self.ground, self.zones, self.names = ground, zones, names
        self._outlines: dict[str, Outline] = {}
        self._lines: dict[tuple[str, str | None, str | None], Outline | None] = {}
        self._held: dict[tuple[str, str], Outline] = {}

    @cached_property
    def days(self) -> list[date]:
        """The days that have a control file."""
        return [day.day for day in self.ground.control]

    def outline(self, names: str | tuple[str, ...]) -> Outline:
        """Return the outline of an area, or of several together."""
        given = (names,) if isinstance(names, str) else names
        key = "|".join(given)
        if key not in self._outlines:
            self._outlines[key] = Outline(joined(self._shape(name) for name in given))
        return self._outlines[key]

    def _shape(self, name: str) -> Shape:
        key = self.names.get(folded(name))
        if key is None:
            raise HoldfireError(f'no area is called "{name}"')
        return self.ground.area(key)

    def moves(self, described: Described) -> bool:
        """Whether a zone is tied to the line of contact."""
        return any(
            isinstance(part, ZoneTable) and part.line_of_contact is not None
            for part in parts(described, self.zones)
        )

    def zone(
        self, described: Described, day: ControlDay | None, above: tuple[str, ...] = ()
    ) -> Zone:
        """Return a zone as it is on the day of a control file (``None`` where there is none)."""
        if isinstance(described, str):
            if described == ANYWHERE:
                return Anywhere()
            if described in self.zones and described not in above:
                return self.zone(self.zones[described], day, (*above, described))
            return Within(self.outline(described))
        return self._table(described, day, above)

    def _table(self, table: ZoneTable, day: ControlDay | None, above: tuple[str, ...]) -> Zone:
        if table.area is not None:
            return Within(self.outline(table.area))
        if table.buffer is not None:
            return Within(self.outline(table.buffer.around), table.buffer.metres)
        if table.line_of_contact is not None:
            return self._band(table.line_of_contact, day)
        if table.any_of is not None:
            return AnyOf([self.zone(child, day, above) for child in table.any_of])
        if table.all_of is not None:
            return AllOf([self.zone(child, day, above) for child in table.all_of])
        if table.outside is not None:
            return Outside(self.zone(table.outside, day, above))
        raise HoldfireError("a zone without a key")

    def _band(self, band: LineOfContact, day: ControlDay | None) -> Zone:
        if day is None:
            return Nowhere("no control file on or before that day")
        line = self.line(day, band)
        if line is None:
            return Nowhere(f"the control file of {day.day} has no line of contact")
        parts: list[Zone] = [Within(line, band.within_km * 1000.0)]
        if band.beyond_km:
            parts.append(Outside(Within(line, band.beyond_km * 1000.0)))
        if band.side != "both":
            parts.append(self._side(band, day))
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _side(self, band: LineOfContact, day: ControlDay) -> Zone:
        if band.side in day.held:
            return Within(self._held_by(day, band.side))
        if not day.held:
            return Nowhere(f"the control file of {day.day} does not say who holds which side")
        others: list[Zone] = [
            Outside(Within(self._held_by(day, party))) for party in sorted(day.held)
        ]
        if band.theatre is not None:
            others.append(Within(self.outline(band.theatre)))
        return AllOf(others)

    def _held_by(self, day: ControlDay, party: str) -> Outline:
        key = (day.version, party)
        if key not in self._held:
            self._held[key] = Outline(day.held[party])
        return self._held[key]

    def line(self, day: ControlDay, front: LineOfContact) -> Outline | None:
        """Return the line of contact of a day, or ``None`` where its file has none."""
        key = (day.version, front.theatre, front.sea)
        if key not in self._lines:
            line = day.line
            if line is None and day.held:
                line = line_of_contact(day.held, self._land(front.theatre, front.sea))
            self._lines[key] = None if line is None else Outline(line)
        return self._lines[key]

    def _land(self, theatre: str | None, sea: str | None) -> Shape | None:
        if theatre is None:
            return None
        land = self.outline(theatre).shape
        if sea is None:
            return land
        water = self.outline(sea).shape.beside(land)
        return replace(land, geometry=land.geometry.difference(water))


@dataclass(frozen=True)
class Moving:
    """A zone by control version: which version a day has, and how old its file is."""

    geography: Geography
    described: Described

    @cached_property
    def days(self) -> list[date]:
        """The days that have a control file, or none for a zone that does not move."""
        return self.geography.days if self.geography.moves(self.described) else []

    @cached_property
    def versions(self) -> list[int]:
        """For each control day, the first day with the same content."""
        first: dict[str, int] = {}
        control = self.geography.ground.control
        return [first.setdefault(day.version, index) for index, day in enumerate(control)]

    @cached_property
    def still(self) -> bool:
        """Whether the zone is the same on every day."""
        return not self.geography.moves(self.described)

    def on(self, index: int) -> Zone:
        """Return the zone by the control file of that index; -1 is before the first."""
        control = self.geography.ground.control
        return self.geography.zone(
            self.described, control[index] if 0 <= index < len(control) else None
        )

    def index(self, day: date) -> int:
        """Return the index of the last control file on or before a day; -1 for none."""
        return bisect_right(self.geography.days, day) - 1
