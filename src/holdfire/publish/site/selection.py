"""The findings that have a page: certain or possible, one for each incident and clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from holdfire.engines.store import table
from holdfire.publish import facts, wording
from holdfire.publish.safe import plain, spaced
from holdfire.publish.site.publication import Publication, finding_address
from holdfire.tables.answer import Answer

CHUNK = 5_000
SPAN_DAYS = 7
"""What may have been on more days than these is listed on its first day only."""

CHOSEN = """
CREATE TEMP TABLE chosen AS
SELECT f.* FROM {findings} f LEFT JOIN led_by l ON f.clause = l.clause
WHERE f.verdict <> 'no'
QUALIFY row_number() OVER (
    PARTITION BY f.clause, f.incident_id
    ORDER BY f.reading IS DISTINCT FROM l.reading, f.reading, f.finding_id) = 1
"""
ORDERED = "ORDER BY f.occurred_from NULLS LAST, f.occurred_to NULLS LAST, f.finding_id"
LIGHT = """
SELECT f.finding_id, f.incident_id, f.clause, f.verdict, f.occurred_from, f.occurred_to,
       f.held_responsible, f.responsibility, f.grade, f.actors, f.outlets,
       i.act, i.weapon_name, i.quantity_unit, i.quantity_min, i.quantity_best, i.quantity_max,
       i.intercepted_best, i.deaths_min, i.deaths_best, i.deaths_max,
       i.lon, i.lat, i.radius_m, i.area, i.place_name, i.republish, i.sensitive
FROM chosen f LEFT JOIN {incidents} i USING (incident_id)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as lists show it; days are local, ``None`` where they are not known."""

    id: str
    at: str
    """Its segment of the address."""
    incident: str
    clause: str
    verdict: str
    first: date | None
    last: date | None
    when: str
    what: str
    where: str
    who: str
    act: str
    party: str
    grade: str
    outlets: tuple[str, ...]
    name: str
    """The place as its sources name it, where that may be said."""
    place: int
    """Its place in ``Selection.places``; -1 where nothing is known of it."""

    @property
    def day(self) -> str:
        """The first day as ISO, or nothing."""
        return self.first.isoformat() if self.first else ""

    def days(self) -> Iterator[date]:
        """Yield the days on which it is listed."""
        if self.first is None:
            return
        last = self.last or self.first
        if (last - self.first).days >= SPAN_DAYS:
            last = self.first
        for more in range((last - self.first).days + 1):
            yield self.first + timedelta(days=more)


@dataclass(frozen=True, slots=True)
class Place:
    """A disk (degrees, metres), or the keys of areas that it may be in."""

    lon: float | None
    lat: float | None
    radius_m: float | None
    areas: tuple[str, ...]


class Selection:
    """The chosen findings, in order of time, and the rows behind them in pieces."""

    def __init__(self, publication: Publication) -> None:
        answer = publication.answer
        self._connection = duckdb.connect(config={"threads": 1})
        leading = [(c.clause, c.reading) for c in wording.leading(answer)]
        self._connection.execute("CREATE TEMP TABLE led_by (clause VARCHAR, reading VARCHAR)")
        if leading:
            self._connection.executemany("INSERT INTO led_by VALUES (?, ?)", leading)
        self._tables = {
            name: table(publication.out, name) for name in ("findings", "incidents", "reports")
        }
        self._connection.execute(CHOSEN.format(**self._tables))
        self.places: list[Place] = []
        self._place_of: dict[tuple[Any, ...], int] = {}
        self.lines = [
            self._line(row, answer)
            for batch in self._light().to_batches(CHUNK)
            for row in batch.to_pylist()
        ]

    def _light(self) -> pa.Table:
        sql = LIGHT.format(**self._tables) + ORDERED
        return self._connection.sql(sql).to_arrow_table()

    def _line(self, row: dict[str, Any], answer: Answer) -> Line:
        first, last = local_days(row, answer)
        return Line(
            row["finding_id"], finding_address(row["finding_id"]), row["incident_id"],
            row["clause"], str(row["verdict"]), first, last, facts.time(row, answer.local_time),
            facts.what(row), facts.public_place(row), facts.who(row, answer.party_names),
            spaced(row["act"] or "any-act"),
            plain(answer.party_names.get(row["held_responsible"], row["held_responsible"]))
            or "not certain who",
            plain(row["grade"]),
            tuple(plain(o, 80) for o in row["outlets"] or ()), plain(row["place_name"], 60),
            self._place(row),
        )  # fmt: skip

    def _place(self, row: dict[str, Any]) -> int:
        key = (row["lon"], row["lat"], row["radius_m"], row["area"])
        if key not in self._place_of:
            areas = () if row["lon"] is not None else tuple(str(row["area"] or "").split("|"))
            known = row["lon"] is not None or row["area"]
            self._place_of[key] = len(self.places) if known else -1
            if known:
                self.places.append(Place(*key[:3], areas))
        return self._place_of[key]

    def pieces(self) -> Iterator[tuple[list[dict[str, Any]], Rows]]:
        """Yield the chosen findings with all their columns, and what belongs to them."""
        self._connection.execute(
            f"CREATE TEMP TABLE numbered AS SELECT f.*, row_number() OVER ({ORDERED}) - 1 AS nth "
            "FROM chosen f"
        )
        for begins in range(0, len(self.lines), CHUNK):
            rows = self._rows(
                "SELECT * FROM numbered WHERE nth >= ? AND nth < ? ORDER BY nth",
                begins, begins + CHUNK,
            )  # fmt: skip
            yield rows, self._behind(begins)

    def _behind(self, begins: int) -> Rows:
        ids = f"SELECT incident_id FROM numbered WHERE nth >= {begins} AND nth < {begins + CHUNK}"
        incidents = self._rows(
            f"SELECT * EXCLUDE (geometry, bbox) FROM {self._tables['incidents']} "
            f"WHERE incident_id IN ({ids})"
        )
        told = (
            f"SELECT unnest(report_ids) FROM {self._tables['incidents']} "
            f"WHERE incident_id IN ({ids})"
        )
        reports = self._rows(
            f"SELECT * EXCLUDE (raw) FROM {self._tables['reports']} WHERE report_id IN ({told})"
        )
        others = self._rows(
            "SELECT incident_id, finding_id, clause, reading, verdict, reason "
            f"FROM {self._tables['findings']} WHERE incident_id IN ({ids}) "
            "ORDER BY clause, reading"
        )
        beside: dict[str, list[dict[str, Any]]] = {}
        for one in others:
            beside.setdefault(one["incident_id"], []).append(one)
        return Rows(
            {one["incident_id"]: one for one in incidents},
            {one["report_id"]: one for one in reports},
            beside,
        )

    def _rows(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        found = self._connection.sql(sql, params=list(parameters)).to_arrow_table()
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows


@dataclass(frozen=True, slots=True)
class Rows:
    """What belongs to some findings: incidents and reports by id, all findings by incident."""

    incidents: dict[str, dict[str, Any]]
    reports: dict[str, dict[str, Any]]
    findings: dict[str, list[dict[str, Any]]]


def local_days(row: dict[str, Any], answer: Answer) -> tuple[date | None, date | None]:
    """Return the first and the last local day on which it may have happened."""
    begins, ends = row["occurred_from"], row["occurred_to"]
    first = facts.day({"occurred_from": begins}, answer.local_time)
    until = None if ends is None else ends - timedelta(microseconds=1)
    last = facts.day({"occurred_from": until}, answer.local_time)
    found = date.fromisoformat(first) if first else None
    final = date.fromisoformat(last) if last else None
    if found is None or final is None:
        return found or final, None if found is None else final
    return found, max(found, final)
