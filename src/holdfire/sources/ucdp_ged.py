"""UCDP GED: one row is one use of armed force with at least one direct death.

``date_start`` to ``date_end`` is the interval, in whole local days; ``where_prec`` says how
far the true place may be from the point. Who of the two sides acted is not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from holdfire.errors import shown
from holdfire.sources.adapter import Context, Facts, Recognition, Record, Sample, UnusableError
from holdfire.sources.catalog import mapping
from holdfire.sources.cells import (
    code,
    first_area,
    number,
    parties,
    shorten,
    span,
    text,
    through,
    whole,
    zone_or_utc,
)
from holdfire.sources.enclosing import ENCLOSING, disk_of_wkt

NAME = "ucdp_ged"

REQUIRED = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "date_start",
    "date_end", "latitude", "longitude", "best", "low", "high",
)  # fmt: skip
TYPES_FILE = "ucdp_ged_types.csv"


def recognise(sample: Sample) -> Recognition:
    """Fit where all of the columns that every edition has are there."""
    missing = [name for name in REQUIRED if name not in sample.columns]
    if missing:
        return Recognition(False, f"columns {', '.join(missing[:4])} missing")
    return Recognition(True, "columns where_prec, date_prec, best, low, high")


class _Plan:
    """What does not change from row to row."""

    def __init__(self, context: Context) -> None:
        self.zone = zone_or_utc(context)
        self.types = {row["type_of_violence"]: row for row in mapping(TYPES_FILE)}
        self.acts: Mapping[str, str] = context.settings.get("acts", {})
        self.places: Mapping[str, Mapping[str, Any]] = context.settings.get("where_prec", {})


def read(record: Record, context: Context) -> Facts | list[Facts]:
    """Return the facts of one row; nothing for the line of HXL tags under the header."""
    values = record.values
    first, last = text(values.get("date_start")), text(values.get("date_end"))
    if first is not None and first.startswith("#"):
        return []
    plan = context.keep(NAME, _Plan)
    facts: Facts = {
        "event_id": code(values.get("id")),
        "summary": shorten(_summary(values), 300),
        "citation": shorten(text(values.get("source_article")), 300),
    }
    _time(first, last, values, plan, facts)
    _place(values, plan, context, facts)
    _act_and_actor(values, plan, context, facts)
    _deaths(values, context, facts)
    status = text(values.get("code_status"))
    if status is not None and status.lower() != "clear":
        context.notes.add(f"code_status {shown(status)}: UCDP has still to check the row")
    return facts


def _summary(values: Mapping[str, Any]) -> str | None:
    told = (text(values.get("dyad_name")), text(values.get("source_headline")))
    return ": ".join(words for words in told if words) or None


def _time(
    first: str | None, last: str | None, values: Mapping[str, Any], plan: _Plan, facts: Facts
) -> None:
    if first is None or last is None:
        raise UnusableError("date_start or date_end is empty", "date not understood")
    # Some editions write the day as "2014-01-22 00:00:00.000": it is no hour, only a day.
    begins, ends = span(first[:10], plan.zone), span(last[:10], plan.zone)
    if begins is None or ends is None:
        raise UnusableError("date_start or date_end is empty", "date not understood")
    whole_days = through(begins, ends)
    facts["occurred_from"], facts["occurred_to"] = whole_days.begins, whole_days.ends
    precision = f"UCDP date_prec {code(values.get('date_prec')) or 'not given'}"
    if code(values.get("event_clarity")) == "2":
        precision += "; the source was already a sum of several incidents (event_clarity 2)"
    facts["time_precision"] = precision


def _place(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    precision = code(values.get("where_prec"))
    facts["place_name"] = text(values.get("where_coordinates")) or text(values.get("adm_1"))
    facts["place_precision"] = f"UCDP where_prec {precision or 'not given'}"
    lon = number(values.get("longitude"), "longitude", "coordinates impossible")
    lat = number(values.get("latitude"), "latitude", "coordinates impossible")
    if precision is None:
        return
    rule = plan.places.get(precision)
    if rule is None:
        raise UnusableError(
            f"where_prec {shown(precision)} is no precision code", "precision code not known",
            f"known are {', '.join(sorted(plan.places))}",
        )  # fmt: skip
    area = first_area(context, values, tuple(rule.get("areas", ())), lon, lat)
    if area is not None:
        facts["area"] = area
        return
    drawn = disk_of_wkt(text(values.get("geom_wkt"))) if rule.get("geometry") else None
    if drawn is not None:
        facts["lon"], facts["lat"], facts["radius_m"] = drawn[:3]
        facts["place_precision"] += f", {ENCLOSING.format(kind=drawn[3])}"
        return
    if lon is None and lat is None:
        return
    radius_m = number(rule.get("radius_m"), "radius_m")
    otherwise_m = number(rule.get("otherwise_m"), "otherwise_m")
    if radius_m is None and otherwise_m is not None:
        radius_m = otherwise_m
        facts["place_precision"] += f", no area known: {otherwise_m / 1000:g} km round its point"
    if radius_m is not None:
        facts["lon"], facts["lat"], facts["radius_m"] = lon, lat, radius_m


def _act_and_actor(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    kind = code(values.get("type_of_violence"))
    row = plan.types.get(kind or "")
    if kind is None or row is None:
        raise UnusableError(
            f"type_of_violence {shown(kind or '')} is none of 1, 2, 3", "act not known"
        )  # fmt: skip
    facts["act"] = plan.acts.get(kind) or row["act"]
    facts["target"] = row["target"] or None
    names = [text(values.get(column)) for column in row["acted"].split(";")]
    if any(names):
        facts["actor_name"] = "; ".join(name or "(not named)" for name in names)
    # A side that is left empty may be anyone: the other one did not act alone.
    facts["actors"] = found = parties(context, *names) if all(names) else None
    if found is not None and len(found) == 1:
        facts["responsibility"] = "reported"


def _deaths(values: Mapping[str, Any], context: Context, facts: Facts) -> None:
    low, best, high = (
        whole(values.get(column), column, "deaths not a whole number")
        for column in ("low", "best", "high")
    )
    facts["deaths_min"], facts["deaths_best"], facts["deaths_max"] = low, best, high
    told = [figure for figure in (low, best, high) if figure is not None]
    if told != sorted(told):
        # Some rows of every edition have best below low or above high: keep the widest bounds.
        context.notes.add("low, best and high out of order in the source: the widest bounds kept")
        facts["deaths_min"], facts["deaths_max"] = min(told), max(told)
