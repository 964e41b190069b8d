"""A whole invented world: its true incidents and what the sources report of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from holdfire.errors import HoldfireError
from holdfire.simulate.ground import Ints, degrees, make_gazetteer, make_ground
from holdfire.simulate.incidents import Incidents, make_incidents
from holdfire.simulate.regime import Regime, regime
from holdfire.simulate.telling import UNTOLD, Told, covered, joined, tell
from holdfire.simulate.wording import texts
from holdfire.simulate.writing import write
from holdfire.tables import report
from holdfire.terms.vocabulary import shipped

SOURCE = "own"
TEXTS = 1
"""Marks the stream of chance that words are drawn from."""
UNIT = "incident"
FEWEST_A_INCIDENT = 1.8
"""Reports an incident have at least, so that enough incidents are made; about 2 in truth."""
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype="S1")


@dataclass(frozen=True, eq=False)
class World:
    """Reports (``tables.report``), the number of each one's incident, and the true facts.

    ``truth`` has one entry a report: the row of ``incidents`` that it tells of. There are
    incidents that nobody reports.
    """

    regime: Regime
    reports: pa.Table
    truth: Ints
    incidents: pa.Table

    def may_repeat(self, source: str, outlet: str) -> bool:
        """Whether a list tells one incident more than once."""
        return any(one.repeats > 0 for one in self.regime.sources if one.outlet == outlet)

    def write(self, folder: Path) -> list[Path]:
        """Write one CSV file a source in holdfire's own format, and ``truth.csv`` beside them.

        ``truth.csv`` has the event id of each report and its incident's number.
        """
        return write(self, folder)


def simulate(
    kind: Regime | str, reports: int = 10_000, seed: int = 1, *, text: bool = False
) -> World:
    """Return an invented world with so many reports; the same for the same arguments."""
    if reports < 1:
        raise HoldfireError(f"{reports} reports asked for: there must be at least one")
    chosen = regime(kind) if isinstance(kind, str) else kind
    rng = np.random.default_rng([seed, *chosen.name.encode()])
    ground = make_ground(chosen, rng)
    count = math.ceil(reports / FEWEST_A_INCIDENT) + 100
    incidents = make_incidents(chosen, ground, count, rng)
    acts = shipped("acts")
    parts = []
    for number, source in enumerate(chosen.sources):
        gazetteer = make_gazetteer(ground, chosen, source, rng)
        which = covered(source, incidents, rng)
        parts.append(tell(chosen, number, which, incidents, gazetteer, ground, acts, rng))
    told = joined(parts)
    # The earliest incidents make up the number asked for; the last of them may lose a report.
    kept = np.sort(np.argsort(told.incident, kind="stable")[:reports])
    told = told.take(kept)
    told = told.take(np.lexsort((told.incident, told.reported, told.outlet)))
    incidents = incidents.first(int(told.incident.max()) + 1)
    table = _reports(chosen, told, rng)
    if text:
        words = np.random.default_rng([seed, *chosen.name.encode(), TEXTS])
        names, written = texts(told, incidents, chosen.towns, acts, words)
        table = _with(_with(table, "place_name", names), "summary", written)
    facts = _incidents(chosen, ground.district, incidents)
    return World(chosen, table, told.incident, facts)


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
            "act": acts[incidents.happening],
            "weapon": incidents.weapon,
            "target": incidents.target,
            "actor": np.array(regime.parties, dtype=object)[incidents.party],
            "deaths": incidents.deaths,
        }
    )
