"""Air-raid alerts, official and volunteer. An alert is a warning: what set it off is not told.

Times are UTC. In the volunteer list an alert whose end nobody announced was ended by a rule
and marked ``naive``; in the official one some ends were guessed without a mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfire.errors import shown
from holdfire.sources.adapter import Context, Facts, Recognition, Record, Sample, UnusableError
from holdfire.sources.cells import flag, side, span, text, through, zone_or_utc

NAME = "alerts"

OFFICIAL = ("oblast", "raion", "hromada", "level", "started_at", "finished_at")
VOLUNTEER = ("region", "started_at", "finished_at", "naive")
_CHAIN = ("hromada", "raion", "oblast")


def recognise(sample: Sample) -> Recognition:
    """Fit where all columns of one of the two layouts are there."""
    for title, columns in (("official", OFFICIAL), ("volunteer", VOLUNTEER)):
        if all(name in sample.columns for name in columns):
            return Recognition(True, f"{title} layout")
    layouts = min((OFFICIAL, VOLUNTEER), key=lambda columns: len(_missing(columns, sample)))
    return Recognition(False, f"columns {', '.join(_missing(layouts, sample)[:4])} missing")


def _missing(columns: tuple[str, ...], sample: Sample) -> list[str]:
    return [name for name in columns if name not in sample.columns]


class _Plan:
    """What does not change from row to row."""

    def __init__(self, context: Context) -> None:
        self.zone = zone_or_utc(context)
        self.volunteer = text(context.settings.get("volunteer_outlet"))
        self.volunteer_side = side(context, text(context.settings.get("volunteer_outlet_side")))


def read(record: Record, context: Context) -> Facts:
    """Return the facts of one alert."""
    plan = context.keep(NAME, _Plan)
    values = record.values
    facts: Facts = {"act": "warning"}
    _time(values, plan, facts)
    if "region" in values:
        _named(("region", text(values.get("region"))), (), context, facts)
        facts["outlet"], facts["outlet_side"] = plan.volunteer, plan.volunteer_side
        if flag(values.get("naive"), "naive"):
            facts["time_precision"] = "second; end guessed, 30 minutes after the start"
    else:
        _official_place(values, context, facts)
    return facts


def _time(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    begins = span(values.get("started_at"), plan.zone)
    ends = span(values.get("finished_at"), plan.zone)
    if begins is None:
        raise UnusableError("started_at is empty", "date not understood")
    facts["occurred_from"] = begins.begins
    if ends is None:
        facts["time_precision"] = f"{begins.precision}; end not given"
        return
    through(begins, ends)
    facts["occurred_to"] = ends.begins if ends.begins > begins.begins else ends.ends
    facts["time_precision"] = begins.precision


def _official_place(values: Mapping[str, Any], context: Context, facts: Facts) -> None:
    level = (text(values.get("level")) or "").lower()
    if level not in _CHAIN:
        raise UnusableError(
            f"level {shown(level)} is not known",
            "level not known",
            "expected oblast, raion or hromada",
        )
    names = {column: text(values.get(column)) for column in _CHAIN}
    exchanged = _ends(names["oblast"], "raion") and _ends(names["raion"], "oblast")
    if exchanged:
        names["oblast"], names["raion"] = names["raion"], names["oblast"]
        context.notes.add("oblast and raion exchanged in the source: put right")
    chain = [(column, names[column]) for column in _CHAIN[_CHAIN.index(level) :]]
    told = [(column, name) for column, name in chain if name is not None]
    if not told:
        raise UnusableError(f"no {level} is named", "place not told")
    _named(told[0], tuple(name for _, name in told[1:]), context, facts)


def _ends(name: str | None, word: str) -> bool:
    return name is not None and name.lower().endswith(word)


def _named(
    first: tuple[str, str | None], wider: tuple[str, ...], context: Context, facts: Facts
) -> None:
    level, name = first
    if name is None:
        raise UnusableError(f"no {level} is named", "place not told")
    facts["place_name"], facts["place_precision"] = name, level
    facts["area"] = context.names.area(name, *wider)
