"""holdfire's own format: any facts about incidents, with their precision in columns.

The columns are told in docs/sources.md. Every fact is optional but one of time and place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from holdfire.errors import did_you_mean, shown
from holdfire.sources.adapter import Context, Facts, Recognition, Record, Sample, UnusableError
from holdfire.sources.cells import (
    flag,
    number,
    parties,
    precision,
    side,
    span,
    text,
    whole,
)
from holdfire.sources.opening import MOST_COLUMNS
from holdfire.tables.moment import Span

NAME = "own"

TIMES = ("occurred_at", "occurred_from", "occurred_to")
PLACES = ("lon", "lat", "radius_m", "area", "place", "place_precision")
COLUMNS = (
    *TIMES, "timezone", "time_precision", "reported_at", "recorded_at", *PLACES,
    "act", "target", "weapon", "weapon_name", "circumstance",
    "actor", "responsibility", "responsibility_rule", "outlet", "outlet_side", "event_id",
    "counting_unit", "quantity_unit", "quantity", "quantity_min", "quantity_best", "quantity_max",
    "intercepted", "deaths", "deaths_min", "deaths_best", "deaths_max",
    "sensitive", "summary", "citation",
)  # fmt: skip
_WORDS = (
    "act", "target", "weapon", "weapon_name", "circumstance", "responsibility",
    "responsibility_rule", "outlet", "event_id", "counting_unit", "summary", "citation",
)  # fmt: skip
_INSTANTS = ("reported_at", "recorded_at")
_QUANTITIES = ("quantity_min", "quantity_best", "quantity_max")
_DEATHS = ("deaths_min", "deaths_best", "deaths_max")


def recognise(sample: Sample) -> Recognition:
    """Fit where a column tells the time in holdfire's words, or an act beside a place."""
    found = [name for name in COLUMNS if name in sample.columns]
    if any(name in sample.columns for name in TIMES):
        return Recognition(True, f"columns {', '.join(found[:6])}")
    if "act" in sample.columns and any(name in sample.columns for name in ("lon", "area", "place")):
        return Recognition(True, f"columns {', '.join(found[:6])}")
    return Recognition(False, f"no column {', '.join(TIMES)}, nor act with lon, area or place")


class _Plan:
    """What does not change from row to row."""

    def __init__(self, context: Context) -> None:
        # Whose local time a file of unknown authorship uses is not guessed.
        self.zone = text(context.settings.get("timezone"))
        self.radius_m = number(context.settings.get("default_radius_m"), "default_radius_m")
        self.quantity_unit = text(context.settings.get("quantity_unit"))
        self.actors: dict[str, list[str]] = {}
        self.columns: set[str] = set()
        self.words: tuple[str, ...] = ()
        self.instants: tuple[str, ...] = ()
        self.quantities: tuple[str, ...] = ()
        self.deaths: tuple[str, ...] = ()

    def meet(self, columns: Iterable[str], context: Context) -> None:
        """Take in the columns of a row, most often of the first: only these are looked up."""
        known = set(COLUMNS).intersection(columns)
        # Features may name something new in every row: at some point enough is noted.
        strange = set(columns) - self.columns - known if len(self.columns) < MOST_COLUMNS else ()
        for name in sorted(strange):
            hint = did_you_mean(name, COLUMNS)
            told = f"column {shown(name)} is not one of holdfire's: kept in raw, not used. {hint}"
            context.notes.add(told.rstrip())
        self.columns.update(known, strange)
        self.words = self._present(*_WORDS)
        self.instants = self._present(*_INSTANTS)
        # The exact figure first: bounds that are told apart are stronger.
        self.quantities = self._present("quantity", *_QUANTITIES)
        self.deaths = self._present("deaths", *_DEATHS)

    def _present(self, *names: str) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.columns)


def read(record: Record, context: Context) -> Facts:
    """Return the facts of one row."""
    plan = context.keep(NAME, _Plan)
    values = record.values
    if not values.keys() <= plan.columns:
        plan.meet(values, context)
    facts: Facts = {}
    for name in plan.words:
        words = text(values.get(name))
        if words is not None:
            facts[name] = words
    _time(values, plan, facts)
    _place(values, plan, context, facts)
    if facts.keys().isdisjoint(("occurred_from", "occurred_to", "place_name", "lon", "lat")):
        raise UnusableError(
            "neither time nor place is told", "neither time nor place",
            "give at least one of occurred_at, lon and lat, area, place",
        )  # fmt: skip
    _actor(values, plan, context, facts)
    outlet_side = text(values.get("outlet_side"))
    if outlet_side is not None:
        facts["outlet_side"] = side(context, outlet_side)
    _figures(values, plan, facts)
    sensitive = values.get("sensitive")
    if sensitive:
        facts["sensitive"] = flag(sensitive, "sensitive")
    return facts


def _time(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    zone = text(values.get("timezone")) or plan.zone
    at = span(values.get("occurred_at"), zone)
    first = span(values.get("occurred_from"), zone)
    last = span(values.get("occurred_to"), zone)
    if at is not None and (first is not None or last is not None):
        raise UnusableError(
            "occurred_at beside occurred_from or occurred_to", "two times",
            "give one instant or one interval",
        )  # fmt: skip
    told_as = None
    if at is not None:
        facts["occurred_from"], facts["occurred_to"], told_as = at.begins, at.ends, at.precision
    elif first is not None or last is not None:
        told_as = _interval(first, last, facts)
    if told_as is not None:
        facts["time_precision"] = text(values.get("time_precision")) or told_as
    for name in plan.instants:
        told = span(values.get(name), zone)
        if told is not None:
            # Published "on the 19th" may be its last minute: the delay counts from there.
            late = name == "reported_at" and told.precision == "day"
            facts[name] = told.ends if late else told.begins


def _interval(first: Span | None, last: Span | None, facts: Facts) -> str:
    """Set the bounds that are told; a last day is meant whole, a last minute is the first after."""
    if first is not None:
        facts["occurred_from"] = first.begins
    if last is None:
        return "not before"
    end: datetime = last.ends if last.precision == "day" else last.begins
    if last.precision not in ("day", "minute", "second"):
        end = last.ends  # an hour that the clocks repeat: the later of the two
    facts["occurred_to"] = end
    if first is None:
        return "not after"
    if first == last:
        facts["occurred_to"] = last.ends  # a moment written twice is that minute, not nothing
    return precision(first, last)


def _place(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    lon = number(values.get("lon"), "longitude", "coordinates impossible")
    lat = number(values.get("lat"), "latitude", "coordinates impossible")
    area, place = text(values.get("area")), text(values.get("place"))
    if place is not None or area is not None:
        facts["place_name"] = place or area
    words = text(values.get("place_precision"))
    if words is not None:
        facts["place_precision"] = words
    if lon is not None or lat is not None:
        radius_m = number(values.get("radius_m"), "radius_m", "radius impossible")
        if radius_m is None:
            radius_m = plan.radius_m
            if radius_m is None:
                raise UnusableError(
                    "a point without radius_m", "point without a radius",
                    "say within how many metres the true place is (0 if exact), or set "
                    "default_radius_m for this file",
                )  # fmt: skip
            facts.setdefault("place_precision", f"default radius {radius_m:g} m")
        facts["lon"], facts["lat"], facts["radius_m"] = lon, lat, radius_m
    elif area is not None or place is not None:
        facts["area"] = context.names.area(*(name for name in (area, place) if name))


def _actor(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    words = text(values.get("actor"))
    if words is None:
        return
    found = plan.actors.get(words)
    if found is None:
        found = parties(context, *(name.strip() for name in words.split(";")))
        # Names nobody declared are asked for again each time: the case counts them.
        if found is not None:
            plan.actors[words] = found
    facts["actor_name"], facts["actors"] = words, found
    given = facts.get("responsibility")
    if given is None:
        facts["responsibility"] = "reported" if found is not None and len(found) == 1 else "unknown"
    elif found is None and given in ("reported", "inferred"):
        context.notes.add(f"actor {shown(words)} is no party of this case: taken as anyone")
        facts["responsibility"] = "unknown"


def _figures(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    for name in plan.quantities:
        figure = _figure(values, name)
        if figure is not None:
            _set(facts, name, _QUANTITIES, figure)
    told = text(values.get("quantity_unit"))
    if told is not None and facts.keys().isdisjoint(_QUANTITIES):
        # A row that counts something and gives no figure leaves the total without an upper end.
        facts["quantity_unit"] = told
    if not facts.keys().isdisjoint(_QUANTITIES):
        unit = told or plan.quantity_unit
        if unit is None:
            raise UnusableError(
                "a quantity without quantity_unit", "quantity unit not known",
                "say what is counted: launch, round …",
            )  # fmt: skip
        facts["quantity_unit"] = unit
    intercepted = _figure(values, "intercepted")
    if intercepted is not None:
        facts["intercepted_best"] = intercepted
    for name in plan.deaths:
        count = whole(values.get(name), name, "deaths not a whole number")
        if count is not None:
            _set(facts, name, _DEATHS, count)


def _set(facts: Facts, name: str, bounds: tuple[str, ...], figure: float) -> None:
    """Set one bound, or all three by a figure that is told to be exact."""
    if name in bounds:
        facts[name] = figure
    else:
        facts.update(dict.fromkeys(bounds, figure))


def _figure(values: Mapping[str, Any], name: str) -> float | None:
    figure = number(values.get(name), name, "quantity not a number")
    if figure is not None and figure < 0:
        raise UnusableError(f"{name} {figure:g} is below 0", "quantity not a number")
    return figure
