"""The facts of one incident out of all reports that tell of it.

Every fact is what all reports allow together. Where they contradict each other it is what covers
them all, and the fact is named as disputed. Nothing that every report allows is ever cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from holdfire.merge.facts.kinds import narrowed
from holdfire.merge.facts.place import Disk, Ground, Placed, combined
from holdfire.merge.facts.spans import middle, shared
from holdfire.merge.facts.who import Named, named
from holdfire.terms.vocabulary import Vocabularies

__all__ = ["NAMES_KEPT", "Ground", "combine"]

Row = Mapping[str, Any]
NAMES_KEPT = 3
"""How many different names of one thing are told."""
INCIDENT = "incident"
"""The unit of an incident whose reports count in several."""
KINDS = (("act", "acts"), ("target", "targets"), ("weapon", "weapons"))


def combine(
    reports: Sequence[Row], sources: Sequence[int], words: Vocabularies, ground: Ground
) -> dict[str, Any]:
    """Return the facts of one incident, and under ``disputed`` those that are contradicted.

    ``reports`` are rows of the report table, the one that tells first at the front; ``sources``
    says of each which independent source it is of.
    """
    facts: dict[str, Any] = {"disputed": []}
    for rule in (_time, _place, _kinds, _who, _deaths, _quantity):
        facts["disputed"] += rule(reports, sources, facts, words, ground)
    units = {row["counting_unit"] for row in reports}
    facts["counting_unit"] = units.pop() if len(units) == 1 else INCIDENT
    facts["circumstance"] = _names(reports, "circumstance")
    facts["summary"] = next((row["summary"] for row in reports if row["summary"]), None)
    facts["republish"] = all(row["republish"] for row in reports)
    facts["sensitive"] = any(row["sensitive"] for row in reports)
    return facts


def _time(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any], *_: Any
) -> list[str]:
    found = shared([(row["occurred_from"], row["occurred_to"]) for row in reports], closed=False)
    facts["occurred_from"], facts["occurred_to"] = found.span
    exact = _of(reports, lambda row: (row["occurred_from"], row["occurred_to"]) == found.span)
    facts["time_precision"] = _words(reports, exact, "time_precision")
    return ["time"] if found.disputed else []


def _place(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any],
    words: Vocabularies, ground: Ground,
) -> list[str]:  # fmt: skip
    places = [_placed(row) for row in reports]
    found = combined(ground, places)
    disk = found.disk
    facts["lon"], facts["lat"], facts["radius_m"] = (
        (None, None, None) if disk is None else (disk.lon, disk.lat, disk.radius_m)
    )
    facts["area"] = found.area
    exact = [
        row
        for row, place in zip(reports, places, strict=True)
        if (disk is not None and place.disk == disk)
        or (found.area is not None and place.area == found.area)
    ]
    facts["place_precision"] = _words(reports, exact, "place_precision")
    facts["place_name"] = _names(exact, "place_name") or _names(reports, "place_name")
    return ["place"] if found.disputed else []


def _placed(row: Row) -> Placed:
    known = all(row[name] is not None for name in ("lon", "lat", "radius_m"))
    disk = Disk(row["lon"], row["lat"], row["radius_m"]) if known else None
    return Placed(disk, row["area"])


def _kinds(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any],
    words: Vocabularies, ground: Ground,
) -> list[str]:  # fmt: skip
    disputed = []
    for name, kind in KINDS:
        vocabulary = words.acts if kind == "acts" else (
            words.targets if kind == "targets" else words.weapons)  # fmt: skip
        facts[name], apart = narrowed(vocabulary, [row[name] for row in reports])
        disputed += [name] if apart else []
    exact = _of(reports, lambda row: row["weapon"] == facts["weapon"] and row["weapon_name"])
    facts["weapon_name"] = _names(exact, "weapon_name") or _names(reports, "weapon_name")
    return disputed


def _who(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any], *_: Any
) -> list[str]:
    found = named(
        [
            Named(
                None if row["actors"] is None else frozenset(row["actors"]),
                row["responsibility"],
                row["responsibility_rule"],
            )
            for row in reports
        ]
    )
    facts["actors"], facts["responsibility"] = found.actors, found.responsibility
    facts["responsibility_rule"] = found.rule
    facts["actor_name"] = _names(reports, "actor_name")
    return ["actors"] if found.disputed else []


def _deaths(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any], *_: Any
) -> list[str]:
    return _figure(list(zip(reports, sources, strict=True)), "deaths", facts)


def _quantity(
    reports: Sequence[Row], sources: Sequence[int], facts: dict[str, Any], *_: Any
) -> list[str]:
    """Combine how many of what; only of the unit that most sources count in, never across units."""
    told = Counter[str](
        unit
        for unit, _ in sorted(
            {
                (row["quantity_unit"], source)
                for row, source in zip(reports, sources, strict=True)
                if row["quantity_unit"]
            }
        )
    )
    unit = min(told, key=lambda one: (-told[one], one), default=None)
    facts["quantity_unit"] = unit
    own = [
        (row, source)
        for row, source in zip(reports, sources, strict=True)
        if unit is not None and row["quantity_unit"] == unit
    ]
    stopped = [row["intercepted_best"] for row, _ in own if row["intercepted_best"] is not None]
    facts["intercepted_best"] = middle(stopped, (None, None))
    return _figure(own, "quantity", facts)


def _figure(told: Sequence[tuple[Row, int]], name: str, facts: dict[str, Any]) -> list[str]:
    """Combine a figure's least, best and most; the best is what one source gives as its last."""
    found = shared([(row[f"{name}_min"], row[f"{name}_max"]) for row, _ in told], closed=True)
    facts[f"{name}_min"], facts[f"{name}_max"] = found.span
    bests = {source: row[f"{name}_best"] for row, source in told if row[f"{name}_best"] is not None}
    facts[f"{name}_best"] = middle(list(bests.values()), found.span)
    return [name] if found.disputed else []


def _of(reports: Sequence[Row], fits: Callable[[Row], Any]) -> list[Row]:
    return [row for row in reports if fits(row)]


def _words(reports: Sequence[Row], exact: Sequence[Row], name: str) -> str | None:
    """Return how exact a fact is, in the words of a report that alone says it, or in our own."""
    if exact:
        return next((str(row[name]) for row in exact if row[name]), None)
    return f"what {len(reports)} reports leave together"


def _names(reports: Sequence[Row], name: str) -> str | None:
    """Return what reports call something, each name but once."""
    names: dict[str, str] = {}
    for row in reports:
        if row[name]:
            names.setdefault(row[name].casefold(), row[name])
    return "; ".join(list(names.values())[:NAMES_KEPT]) or None
