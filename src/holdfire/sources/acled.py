"""ACLED: one row is everything of one kind between the same actors on one day at one place.

Both column layouts are read, before and after March 2023. The order of actor1 and actor2
says nothing about who attacked. ACLED's rows may not be republished.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from holdfire.errors import RowError, shown
from holdfire.sources.adapter import Context, Facts, Recognition, Record, Sample, UnusableError
from holdfire.sources.catalog import mapping
from holdfire.sources.cells import (
    code,
    first_area,
    number,
    parties,
    shorten,
    text,
    whole,
    zone_or_utc,
)
from holdfire.tables.moment import local_day, zone

NAME = "acled"

REQUIRED = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type",
    "actor1", "inter1", "actor2", "inter2", "latitude", "longitude", "geo_precision", "fatalities",
)  # fmt: skip
EVENTS_FILE = "acled_events.csv"
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_CIVILIANS = frozenset({"7", "civilians"})


def recognise(sample: Sample) -> Recognition:
    """Fit where the columns that both layouts share are there."""
    missing = [name for name in REQUIRED if name not in sample.columns]
    if missing:
        return Recognition(False, f"columns {', '.join(missing[:4])} missing")
    old = "data_id" in sample.columns or "iso3" in sample.columns
    return Recognition(True, f"columns of {'before' if old else 'after'} March 2023")


class _Plan:
    """What does not change from row to row."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        self.zone = zone(zone_or_utc(context))
        self.events = {row["sub_event_type"].lower(): row for row in mapping(EVENTS_FILE)}
        self.acts = {key.lower(): act for key, act in settings.get("acts", {}).items()}
        self.times: Mapping[str, Mapping[str, Any]] = settings.get("time_precision", {})
        self.places: Mapping[str, Mapping[str, Any]] = settings.get("geo_precision", {})


def read(record: Record, context: Context) -> Facts:
    """Return the facts of one row."""
    plan = context.keep(NAME, _Plan)
    values = record.values
    facts: Facts = {
        "event_id": text(values.get("event_id_cnty")),
        "summary": shorten(text(values.get("notes")), 300),
        "citation": shorten(text(values.get("source")), 300),
        # One conservative figure, and 0 may mean that none was reported: no bounds are claimed.
        "deaths_best": whole(values.get("fatalities"), "fatalities", "deaths not a whole number"),
        "recorded_at": _changed_at(values.get("timestamp")),
    }
    _time(values, plan, facts)
    _place(values, plan, context, facts)
    _act(values, plan, context, facts)
    _actors(values, context, facts)
    return facts


def calendar_day(words: str | None) -> date:
    """Read ``2023-03-20`` or ``20 March 2023``; month names are English whatever the locale."""
    iso = _ISO.fullmatch((words or "").strip()[:10])
    named = _WORDS.fullmatch((words or "").strip())
    try:
        if iso is not None:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if named is not None:
            starts = [month.startswith(named[2].lower()) for month in MONTHS]
            if starts.count(True) == 1:
                return date(int(named[3]), starts.index(True) + 1, int(named[1]))
    except ValueError as error:
        raise UnusableError(
            f"date {shown(words)} is no day of the calendar", "date not understood"
        ) from error
    raise UnusableError(
        f"event_date {shown(words or '')} is not understood", "date not understood",
        "expected 2023-03-20 or 20 March 2023",
    )  # fmt: skip


def _changed_at(value: Any) -> datetime | None:
    seconds = number(value, "timestamp", "date not understood")
    if seconds is None:
        return None
    if not 0 <= seconds < 4_102_444_800:  # the year 2100
        raise UnusableError(
            f"timestamp {shown(value)} is no time of this century", "date not understood"
        )
    return datetime.fromtimestamp(seconds, UTC)


def _rule(
    rules: Mapping[str, Mapping[str, Any]], value: Any, name: str
) -> tuple[str, Mapping[str, Any]]:
    precision = code(value)
    rule = rules.get(precision or "")
    if precision is None or rule is None:
        raise UnusableError(
            f"{name} {shown(precision or '')} is no precision code", "precision code not known",
            f"known are {', '.join(sorted(rules))}",
        )  # fmt: skip
    return precision, rule


def _time(values: Mapping[str, Any], plan: _Plan, facts: Facts) -> None:
    precision, rule = _rule(plan.times, values.get("time_precision"), "time_precision")
    first = last = calendar_day(text(values.get("event_date")))
    try:
        if rule.get("month"):
            first = first.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        around = timedelta(days=whole(rule.get("days", 0), "days") or 0)
        facts["occurred_from"] = local_day(first - around, plan.zone).begins
        facts["occurred_to"] = local_day(last + around, plan.zone).ends
    except (OverflowError, RowError) as error:
        raise UnusableError(
            f"date {first.isoformat()} is too near the end of the calendar", "date not understood"
        ) from error
    facts["time_precision"] = f"ACLED time_precision {precision}"


def _place(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    precision, rule = _rule(plan.places, values.get("geo_precision"), "geo_precision")
    facts["place_name"] = text(values.get("location"))
    facts["place_precision"] = f"ACLED geo_precision {precision}"
    lon = number(values.get("longitude"), "longitude", "coordinates impossible")
    lat = number(values.get("latitude"), "latitude", "coordinates impossible")
    area = first_area(context, values, tuple(rule.get("areas", ())), lon, lat)
    radius_m = number(rule.get("radius_m"), "radius_m")
    otherwise_m = number(rule.get("otherwise_m"), "otherwise_m")
    if area is None and radius_m is None and otherwise_m is not None:
        radius_m = otherwise_m
        facts["place_precision"] += f", no area known: {otherwise_m / 1000:g} km round its point"
    if area is not None:
        facts["area"] = area
    elif radius_m is not None and (lon is not None or lat is not None):
        facts["lon"], facts["lat"], facts["radius_m"] = lon, lat, radius_m


def _act(values: Mapping[str, Any], plan: _Plan, context: Context, facts: Facts) -> None:
    name = text(values.get("sub_event_type"))
    key = (name or "").lower()
    row = plan.events.get(key)
    if row is None and key not in plan.acts:
        context.notes.add(f"sub_event_type not in the list: {shown(name or '')}, taken as any act")
        return
    facts["act"] = plan.acts.get(key) or (row or {})["act"]
    facts["target"] = (row or {}).get("target") or None
    if (text(values.get("civilian_targeting")) or "").lower() == "civilian targeting":
        facts["target"] = "civilians"


def _actors(values: Mapping[str, Any], context: Context, facts: Facts) -> None:
    """Set who may have acted: both named actors, but civilians never as the ones who did."""
    named = [
        (name, (code(values.get(inter)) or "").lower())
        for name, inter in (
            (text(values.get("actor1")), "inter1"),
            (text(values.get("actor2")), "inter2"),
        )
        if name is not None
    ]
    facts["actor_name"] = "; ".join(name for name, _ in named) or None
    armed = [name for name, inter in named if inter not in _CIVILIANS]
    facts["actors"] = found = parties(context, *armed)
    if found is not None and len(found) == 1:
        facts["responsibility"] = "reported"
