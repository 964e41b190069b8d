"""The facts of one finding in words, from its row and its incident's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holdfire.publish.figures import MONTHS, interval, joined, number
from holdfire.publish.safe import named, plain, spaced
from holdfire.tables.report import NEUTRAL, OUTSIDER
from holdfire.tables.units import noun

Row = Mapping[str, Any]

VERDICTS = {
    "yes": ("alleged violation", "would have counted as an alleged violation"),
    "unknown": ("possible alleged violation", "could have counted as an alleged violation"),
    "no": ("no alleged violation", "would not have counted as an alleged violation"),
}
"""In effect, and for what was never in effect."""


def verdict(answer: object, *, counterfactual: bool) -> str:
    """Return a verdict in words; never "violation" alone."""
    return VERDICTS.get(str(answer), VERDICTS["unknown"])[counterfactual]


def what(incident: Row) -> str:
    """Return act, weapon and quantities: ``strike drones (Shahed-136), 40 launched``."""
    act = spaced(incident.get("act") or "any-act")
    weapon = plain(incident.get("weapon_name"), 80)
    parts = [f"{act} ({weapon})" if weapon else act]
    quantity = quantity_words(incident)
    if quantity:
        parts.append(quantity)
    stopped = incident.get("intercepted_best")
    if stopped is not None:
        parts.append(f"{number(float(stopped))} said destroyed")
    deaths = _bounds(incident, "deaths")
    if deaths and deaths != "0":
        parts.append(f"{deaths} said killed")
    return ", ".join(parts)


def quantity_words(row: Row) -> str:
    """Return how many of what one row tells, where it tells it."""
    unit = row.get("quantity_unit")
    figure = _bounds(row, "quantity")
    if not unit or not figure:
        return ""
    high = row.get("quantity_max")
    return f"{figure} {noun(str(unit), float(high) if high is not None else 2)}"


def time(row: Row, local_time: str) -> str:
    """Return when it happened in the agreement's local time."""
    begins = _local(row.get("occurred_from"), local_time)
    ends = _local(row.get("occurred_to"), local_time)
    if begins is None and ends is None:
        return "time not known"
    if ends is None:
        return f"after {_moment(begins)}"
    if begins is None:
        return f"before {_moment(ends)}"
    whole = begins.time() == ends.time() == datetime.min.time()
    if whole and (ends.date() - begins.date()).days == 1:
        return _date(begins)
    if begins.date() == ends.date():
        return f"{_date(begins)} {begins:%H:%M} to {ends:%H:%M}"
    return f"{_moment(begins)} to {_moment(ends)}"


def day(row: Row, local_time: str) -> str:
    """Return the first local day on which it may have happened, as ISO, for sorting and tables."""
    begins = _local(row.get("occurred_from"), local_time)
    return begins.date().isoformat() if begins else ""


def place(incident: Row) -> str:
    """Return where, with how exactly that is known."""
    name = plain(incident.get("place_name"), 80)
    lon, lat, radius = (incident.get(key) for key in ("lon", "lat", "radius_m"))
    keys = str(incident.get("area") or "").split("|")
    area = plain(" or ".join(named(key) for key in keys), 120)
    if lon is not None and lat is not None:
        where = (
            f"{abs(lat):.3f}°{'N' if lat >= 0 else 'S'} {abs(lon):.3f}°{'E' if lon >= 0 else 'W'}"
        )
        known = f" within {length(radius)}" if radius is not None else ", how exactly is not known"
        return f"{name}, {where}{known}" if name else f"{where}{known}"
    if area:
        return f"{name}, somewhere in {area}" if name and name != area else f"somewhere in {area}"
    return f"{name}, not found on the map" if name else "place not known"


def length(metres: float) -> str:
    """Return a length as a reader says it."""
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 10_000 else f"{metres / 1000:,.0f} km"


def who(row: Row, party_names: Mapping[str, str]) -> str:
    """Return who is held responsible and on what ground; nobody is guessed."""
    responsibility = plain(row.get("responsibility")) or "unknown"
    held = row.get("held_responsible")
    if held:
        return f"{plain(party_names.get(held, held))} ({responsibility})"
    may = actors(row.get("actors"), party_names)
    return f"not certain: {may} ({responsibility})" if may else f"not known ({responsibility})"


def actors(ids: Iterable[str] | None, party_names: Mapping[str, str]) -> str:
    """Return the parties that may have done it, in the agreement's order."""
    if ids is None:
        return ""
    order = {name: at for at, name in enumerate(party_names)}
    known = sorted(ids, key=lambda one: (order.get(one, len(order)), one))
    names = [
        "somebody else" if one == OUTSIDER else plain(party_names.get(one, one)) for one in known
    ]
    return " or ".join(names)


FACTS = {"time": "when", "place": "where", "actors": "who did it", "act": "what was done",
         "target": "what was hit", "weapon": "with what", "deaths": "how many died",
         "quantity": "how many there were"}  # fmt: skip
"""The facts that reports can contradict each other on, in words."""
SAME_SHOWN = 3


def evidence(finding: Row, incident: Row) -> str:
    """Return the grade of the evidence and what it rests on."""
    grade, count = plain(finding.get("grade")), finding.get("independent")
    reports = len(incident.get("report_ids") or ())
    if not grade or not count or reports < 2:
        return grade
    sources = "1 source" if count == 1 else f"{number(count)} independent sources"
    return f"{grade}: told by {sources}, in {number(reports)} reports"


def merge_notes(incident: Row) -> list[str]:
    """Say what the reports of an incident contradict each other on, and what it may be as well."""
    said = []
    disputed = [FACTS.get(name, str(name)) for name in incident.get("disputed") or ()]
    if disputed:
        said.append(f"its reports contradict each other on {joined(disputed)}; all are kept")
    others = [
        f"{plain(one['incident_id'], 40)} ({100 * one['probability']:.0f} %)"
        for one in (incident.get("maybe_same") or ())
    ]
    if others:
        more = f" and {number(len(others) - SAME_SHOWN)} more" if len(others) > SAME_SHOWN else ""
        said.append(f"it may be the same as {', '.join(others[:SAME_SHOWN])}{more}")
    return said


def is_closed(row: Row) -> bool:
    """Whether a public row was emptied of most it told: by its licence, or as sensitive."""
    return not row.get("republish") or bool(row.get("sensitive"))


def held_back(report: Row) -> str:
    """Return why a public report shows little, in words; nothing where it does not."""
    if report.get("sensitive"):
        return "it is marked sensitive, so little more of it is published"
    return "" if report.get("republish") else "its licence keeps its words in the house"


def public_place(incident: Row) -> str:
    """Return where, of a public row: what was taken out of it is not called unknown."""
    told = any(incident.get(name) is not None for name in ("lon", "area", "place_name"))
    return place(incident) if told or not is_closed(incident) else "withheld"


def public_side(report: Row, party_names: Mapping[str, str]) -> str:
    """Return an outlet's side, of a public row: what was taken out of it is not called unknown."""
    if report.get("outlet_side") is None and is_closed(report):
        return "side withheld"
    return side(report.get("outlet_side"), party_names)


def side(side_id: str | None, party_names: Mapping[str, str]) -> str:
    """Return an outlet's side in words."""
    if side_id is None:
        return "side not known"
    return "neutral" if side_id == NEUTRAL else f"of {plain(party_names.get(side_id, side_id))}"


def _bounds(row: Row, name: str) -> str:
    low, best, high = (row.get(f"{name}_{end}") for end in ("min", "best", "max"))
    if low is not None and high is not None:
        return interval(float(low), float(high))
    if best is not None:
        known = f"at least {number(float(low))}" if low is not None else (
            f"at most {number(float(high))}" if high is not None else "")  # fmt: skip
        return f"{number(float(best))} ({known})" if known else number(float(best))
    if low is not None:
        return interval(float(low), None)
    return f"at most {number(float(high))}" if high is not None else ""


def _local(instant: Any, local_time: str) -> datetime | None:
    if not isinstance(instant, datetime):
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    try:
        return aware.astimezone(ZoneInfo(local_time))
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return aware


def _date(when: datetime) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def _moment(when: datetime | None) -> str:
    return f"{_date(when)} {when:%H:%M}" if when else ""
