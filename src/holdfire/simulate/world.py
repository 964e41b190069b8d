"""A whole invented world: its true incidents and what the sources report of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from holdfire.errors import HoldfireError
from holdfire.simulate.ceasefire import at_rate, incidents_of, true_ratios
from holdfire.simulate.copying import with_copies
from holdfire.simulate.ground import Ground, Ints, degrees, make_gazetteer, make_ground
from holdfire.simulate.incidents import DAY_MIN, Incidents, make_incidents
from holdfire.simulate.regime import Regime, regime
from holdfire.simulate.telling import UNTOLD, Told, covered, joined, tell
from holdfire.simulate.wording import texts
from holdfire.simulate.writing import write
from holdfire.simulate.writing_case import write_case
from holdfire.tables import report
from holdfire.terms.vocabulary import shipped

SOURCE = "own"
TEXTS = 1
"""Marks the stream of chance that words are drawn from."""
UNIT = "incident"
USUAL = 10_000
FEWEST_A_INCIDENT = 1.8
"""Reports an incident have at least, so that enough incidents are made; about 2 in truth."""
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype="S1")


@dataclass(frozen=True, eq=False)
class World:
    """Reports (``tables.report``), the number of each one's incident, and the true facts.

    ``truth`` has one entry a report: the row of ``incidents`` that it tells of. There are
    incidents that nobody reports. ``true_ratios`` has, for each clause and party ("" is all), the
    expected daily rate in effect over that before, trend and weekdays apart.
    """

    regime: Regime
    reports: pa.Table
    truth: Ints
    incidents: pa.Table
    seed: int = 1
    true_ratios: Mapping[tuple[str, str], float | None] = field(default_factory=dict)

    def may_repeat(self, source: str, outlet: str) -> bool:
        """Whether a list tells one incident more than once."""
        return any(one.repeats > 0 for one in self.regime.sources if one.outlet == outlet)

    def write(self, folder: Path) -> list[Path]:
        """Write one CSV file a source in holdfire's own format, and ``truth.csv`` beside them.

        ``truth.csv`` has the event id of each report and its incident's number. A world with a
        ceasefire becomes a whole case, with ``truth.toml`` and ``truth-daily.csv``.
        """
        paths = write(self, folder)
        if self.regime.ceasefire is not None:
            paths += write_case(self, self.regime.ceasefire, folder)
        return paths


def simulate(
    kind: Regime | str, reports: int | None = None, seed: int = 1, *, text: bool = False
) -> World:
    """Return an invented world; the same for the same arguments.

    A regime without a ceasefire gives so many ``reports`` (10,000 where not given). One with a
    ceasefire lasts as many days as that says, at a rate that gives about so many, or at its own;
    its reports are those that were published by the end of its last day.
    """
    if reports is not None and reports < 1:
        raise HoldfireError(f"{reports} reports asked for: there must be at least one")
    chosen = regime(kind) if isinstance(kind, str) else kind
    rng = np.random.default_rng([seed, *chosen.name.encode()])
    ground = make_ground(chosen, rng)
    ceasefire = chosen.ceasefire
    if ceasefire is None:
        incidents, told = _so_many(chosen, ground, USUAL if reports is None else reports, rng)
    else:
        if reports is not None:
            chosen = at_rate(chosen, ceasefire, reports)
        incidents = incidents_of(chosen, ceasefire, ground, rng)
        told = _told(chosen, ground, incidents, rng)
        told = told.take(np.flatnonzero(told.reported < ceasefire.length * DAY_MIN))
    told = told.take(np.lexsort((told.incident, told.reported, told.outlet)))
    table = _reports(chosen, told, rng)
    if text:
        words = np.random.default_rng([seed, *chosen.name.encode(), TEXTS])
        names, written = texts(chosen, told, incidents, shipped("acts"), words)
        table = _with(_with(table, "place_name", names), "summary", written)
    facts = _incidents(chosen, ground.district, incidents)
    true = {} if ceasefire is None else true_ratios(chosen, ceasefire, ground)
    return World(chosen, table, told.incident, facts, seed, true)


def _so_many(
    chosen: Regime, ground: Ground, reports: int, rng: np.random.Generator
) -> tuple[Incidents, Told]:
    """Return the earliest incidents, as many as make up the reports; the last may lose some."""
    count = math.ceil(reports / FEWEST_A_INCIDENT) + 100
    incidents = make_incidents(chosen, ground, count, rng)
    told = _told(chosen, ground, incidents, rng)
    told = told.take(np.sort(np.argsort(told.incident, kind="stable")[:reports]))
    return incidents.first(int(told.incident.max()) + 1), told


def _told(chosen: Regime, ground: Ground, incidents: Incidents, rng: np.random.Generator) -> Told:
    """Return all reports of all sources, copies among them."""
    acts, parts = shipped("acts"), []
    for number, source in enumerate(chosen.sources):
        gazetteer = make_gazetteer(ground, chosen, source, rng)
        which = covered(chosen, source, incidents, rng)
        parts.append(tell(chosen, number, which, incidents, gazetteer, ground, acts, rng))
    return with_copies(chosen, joined(parts), rng)


def _with(table: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(at), pa.array(values, pa.string()))


def _instants(regime: Regime, minutes: Ints) -> pa.Array:
    first = np.datetime64(regime.first_day, "us")
    return pa.array(first + minutes.astype("timedelta64[m]")).cast(report.UTC)


def _ids(prefix: str, count: int, rng: np.random.Generator) -> list[str]:
    """Return so many different ids that tell nothing of their incident."""
    keys = np.unique(rng.integers(0, 1 << 60, count + count // 1_000 + 8))
    rng.shuffle(keys)
    places = (keys[:count, None] >> (5 * np.arange(12))) & 31
    words = _LETTERS[places].reshape(-1).view("S12")
    return [prefix + word.decode() for word in words.tolist()]


def _reports(regime: Regime, told: Told, rng: np.random.Generator) -> pa.Table:
    count = len(told)
    lon, lat = degrees(told.at_km)
    outlets = np.array([one.outlet for one in regime.sources], dtype=object)
    sides = np.array([one.side for one in regime.sources], dtype=object)
    ids = _ids("", count, rng)
    # Numbers from the end of the list are "both" and "nobody".
    kinds = [[name] for name in regime.parties] + [None, list(regime.parties)]
    actors = pa.array(kinds, pa.list_(pa.string())).take(pa.array(told.party % len(kinds)))
    named = pa.array(["; ".join(one) if one else None for one in kinds])
    deaths = pa.array(told.deaths, mask=told.deaths == UNTOLD)
    # whom a copy names: the outlet of the report it is of
    given = np.array([one.copies for one in regime.sources], dtype=object)[told.outlet]
    columns: dict[str, pa.Array] = {
        "report_id": pa.array([f"R-{one}" for one in ids]),
        "source": pa.repeat(SOURCE, count),
        "outlet": pa.array(outlets[told.outlet]),
        "outlet_side": pa.array(sides[told.outlet]),
        "event_id": pa.array(ids),
        "reported_at": _instants(regime, told.reported),
        "occurred_from": _instants(regime, told.begins),
        "occurred_to": _instants(regime, told.ends),
        "time_precision": pa.array(told.time_precision),
        "lon": pa.array(lon.round(5)),
        "lat": pa.array(lat.round(5)),
        "radius_m": pa.array(told.radius_m),
        "place_precision": pa.array(told.place_precision),
        "act": pa.array(told.act),
        "target": pa.array(told.target),
        "weapon": pa.array(told.weapon),
        "actors": actors,
        "actor_name": named.take(pa.array(told.party % len(kinds))),
        "responsibility": pa.array(np.where(told.party >= 0, "reported", "unknown")),
        "counting_unit": pa.repeat(UNIT, count),
        "citation": pa.array(given, pa.string(), mask=~told.credited),
        **dict.fromkeys(("deaths_min", "deaths_best", "deaths_max"), deaths),
        "republish": pa.repeat(True, count),
        "sensitive": pa.repeat(False, count),
    }
    return pa.table(
        [
            columns[name].cast(kind) if name in columns else pa.nulls(count, kind)
            for name, kind in zip(report.SCHEMA.names, report.SCHEMA.types, strict=True)
        ],
        schema=report.SCHEMA,
    )


def _incidents(regime: Regime, district: Ints, incidents: Incidents) -> pa.Table:
    """Return the exact facts, one row an incident; its number is its row."""
    lon, lat = degrees(incidents.at_km)
    acts = np.array([one.act for one in regime.happenings], dtype=object)
    return pa.table(
        {
            "incident": np.arange(len(incidents)),
            "occurred_at": _instants(regime, incidents.minute),
            "lon": lon,
            "lat": lat,
            "town": incidents.town,
            "district": district[incidents.town],
            "act": pa.array(acts[incidents.happening], pa.string()),
            "weapon": pa.array(incidents.weapon, pa.string()),
            "target": pa.array(incidents.target, pa.string()),
            "actor": pa.array(np.array(regime.parties, object)[incidents.party], pa.string()),
            "deaths": incidents.deaths,
        }
    )
