"""The table of long-range attacks as the Ukrainian Air Force reported them.

One row is one weapon model in one attack. Which act a model is stands in
``missile_attacks_models.csv``, model by model; who published a row is told from its link by
``missile_attacks_outlets.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from holdfire.errors import shown
from holdfire.sources.adapter import Context, Facts, Recognition, Record, Sample, UnusableError
from holdfire.sources.catalog import mapping
from holdfire.sources.cells import (
    number,
    parties,
    precision,
    side,
    span,
    text,
    through,
    zone_or_utc,
)
from holdfire.tables.moment import Span

NAME = "missile_attacks"

REQUIRED = ("time_start", "time_end", "model", "launched", "destroyed", "target", "source")
MODELS_FILE = "missile_attacks_models.csv"
OUTLETS_FILE = "missile_attacks_outlets.csv"
_JOINED = re.compile(r"\s+and\s+")
_LINK_START = re.compile(r"^(https?://)?(www\.)?((m\.)?facebook\.com/)?", re.IGNORECASE)
_DISTRICT = re.compile(r"^(?P<wider>[^,]+), (?P<district>[^,]+ Raion)$")
_PART_OF = re.compile(r"^(?P<wider>[^()]+?) \([^()]+\)$")


def recognise(sample: Sample) -> Recognition:
    """Fit where all of the columns that are read are there."""
    missing = [name for name in REQUIRED if name not in sample.columns]
    if missing:
        return Recognition(False, f"columns {', '.join(missing[:4])} missing")
    return Recognition(True, "columns time_start, time_end, model, launched, destroyed")


class _Plan:
    """What does not change from row to row."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        self.zone = zone_or_utc(context)
        self.models = {row["model"]: row for row in mapping(MODELS_FILE)}
        self.acts: Mapping[str, str] = settings.get("acts", {})
        self.outlets = [
            (row["prefix"].lower(), row["outlet"], side(context, row["side"] or None))
            for row in mapping(OUTLETS_FILE)
        ]
        self.actor = text(settings.get("actor"))
        self.actors = parties(context, self.actor)
        self.quantity_unit = text(settings.get("quantity_unit"))
        self.known: dict[str, tuple[str, str | None, tuple[str, ...]]] = {}


def read(record: Record, context: Context) -> Facts:
    """Return the facts of one row."""
    plan = context.keep(NAME, _Plan)
    values = record.values
    facts: Facts = {}
    _time(values, plan, facts)
    _weapon(values, plan, context, facts)
    _target(values, context, facts)
    _figures(values, plan, facts)
    facts["actor_name"], facts["actors"] = plan.actor, plan.actors
    facts["responsibility"] = "reported" if plan.actors is not None else "unknown"
    link = text(values.get("source"))
    facts["citation"] = link
    start = _LINK_START.sub("", link or "").lower()
    for prefix, outlet, outlet_side in plan.outlets:
        if start.startswith(prefix):
            facts["outlet"], facts["outlet_side"] = outlet, outlet_side
            break
    return facts


def _time(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    begins, ends = (
        span(values.get("time_start"), plan.zone),
        span(values.get("time_end"), plan.zone),
    )
    if begins is None and ends is None:
        raise UnusableError("time_start and time_end are empty", "date not understood")
    # A start without a time is its whole day from the first minute, an end through the last.
    if begins is None:
        facts["occurred_to"], facts["time_precision"] = ends and _until(ends), "start not given"
    elif ends is None:
        facts["occurred_from"], facts["time_precision"] = begins.begins, "end not given"
    else:
        whole = through(begins, ends)
        facts["occurred_from"] = whole.begins
        until = _until(ends)
        # The same minute at both ends is that minute, not nothing.
        facts["occurred_to"] = until if until > whole.begins else whole.ends
        facts["time_precision"] = precision(begins, ends)


def _until(last: Span) -> datetime:
    """Return the first moment after an end: a minute that is told is itself no longer in it."""
    return last.begins if last.precision in ("minute", "second") else last.ends


def _weapon(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    name = text(values.get("model"))
    facts["weapon_name"] = name
    if name is None:
        context.notes.add("no model given: taken as any act")
        return
    if name not in plan.known:
        plan.known[name] = _looked_up(name, plan, context)
    act, weapon, unknown = plan.known[name]
    facts["act"], facts["weapon"] = act, weapon
    for model in unknown:
        context.notes.add(f"model not in the list: {shown(model)}, taken as any act")


def _looked_up(name: str, plan: _Plan, context: Context) -> tuple[str, str | None, tuple[str, ...]]:
    """Return act, weapon and the unknown models of "A and B": what all of them have in common."""
    models = [name] if name in plan.models or name in plan.acts else _JOINED.split(name)
    unknown = tuple(
        model for model in models if model not in plan.models and model not in plan.acts
    )
    rows = [plan.models.get(model, {"act": "any-act", "weapon": "any-weapon"}) for model in models]
    acts = [plan.acts.get(model, row["act"]) for model, row in zip(models, rows, strict=True)]
    for act in acts:
        if act not in context.vocabularies.acts:
            raise UnusableError(
                f"unknown act {shown(act)}",
                "act not known",
                context.vocabularies.acts.question(act),
            )
    weapons = context.vocabularies.weapons.common(row["weapon"] for row in rows)
    return context.vocabularies.acts.common(acts), weapons, unknown


def _target(values: Mapping[str, Any], context: Context, facts: Facts) -> None:
    name = text(values.get("target"))
    if name is None:
        facts["place_precision"] = "not told"
        return
    facts["place_name"] = name
    # Several targets: it was in any of them. If one is not known, nor is where it was.
    found = [context.names.area(*_names(part)) for part in _JOINED.split(name)]
    if all(found):
        keys = {key for area in found if area is not None for key in area.split("|")}
        facts["area"] = "|".join(sorted(keys))
        facts["place_precision"] = "area named as the target"
    else:
        facts["place_precision"] = "named place of unknown extent"


def _names(part: str) -> tuple[str, ...]:
    """Return the name, and the wider one that a district or a part of an area says it is in."""
    for form in (_DISTRICT, _PART_OF):
        wider = form.match(part)
        if wider is not None:
            return part, wider["wider"]
    return (part,)


def _figures(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    launched = number(values.get("launched"), "launched", "quantity not a number")
    destroyed = number(values.get("destroyed"), "destroyed", "quantity not a number")
    for name, figure in (("launched", launched), ("destroyed", destroyed)):
        if figure is not None and figure < 0:
            raise UnusableError(f"{name} {figure:g} is below 0", "quantity not a number")
    facts["quantity_unit"] = plan.quantity_unit
    if launched is not None:
        facts["quantity_min"] = facts["quantity_best"] = facts["quantity_max"] = launched
    if destroyed is not None:
        facts["intercepted_best"] = destroyed
