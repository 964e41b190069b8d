"""The page of one finding: six answers, what decided them, the reports, what is beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from holdfire.publish import facts, wording
from holdfire.publish.figures import number
from holdfire.publish.safe import plain, web_address
from holdfire.publish.site.layout import Pages
from holdfire.publish.site.nearby import Area
from holdfire.publish.site.publication import address
from holdfire.publish.site.selection import Line, Rows, Selection
from holdfire.publish.site.state import fingerprint
from holdfire.tables.answer import Answer
from holdfire.tables.finding import QUESTIONS

REPORTS_SHOWN = 20
HASH_SHOWN = 12
SAID = (
    "verdict", "reason", "held_responsible", "responsibility", "grade", "independent",
    "occurred_from", "occurred_to", "actors", "quantity_min", "quantity_best", "quantity_max",
)  # fmt: skip
MEANS = {
    ("time", "yes"): "the whole time in which it may have happened lies within the clause's time",
    ("time", "unknown"): "part of the time in which it may have happened lies outside the clause's",
    ("place", "yes"): "all of the place in which it happened lies where the clause applies",
    (
        "place",
        "unknown",
    ): "the place in which it happened lies only partly where the clause applies",
    ("act", "yes"): "what was done is of a kind that the clause prohibits",
    ("act", "unknown"): "what is told of it is broader than what the clause prohibits",
    ("target", "yes"): "what was hit is of a kind that the clause names, or the clause names none",
    ("target", "unknown"): "what was hit is not told, or broader than what the clause names",
    ("actor", "yes"): "everybody who may have done it is bound by the clause",
    ("actor", "unknown"): "some who may have done it are not bound by the clause",
    ("permitted", "no"): "nothing in the clause permits it",
    ("permitted", "unknown"): "whether something in the clause permits it is not told",
}
"""What an answer means in general; the reason above it has the figures of the case."""


class FindingPages:
    """Writes the pages of findings, and returns what the feed needs of each."""

    def __init__(
        self, pages: Pages, selection: Selection, areas: list[Area], titles: Mapping[str, str]
    ) -> None:
        self._pages, self._selection, self._titles = pages, selection, titles
        self._answer = pages.publication.answer
        self._never = wording.never(self._answer)
        self._by_incident = {(line.incident, line.clause): line for line in selection.lines}
        self._areas: dict[str, list[tuple[str, str]]] = {}
        for area in areas:
            for line, _ in area.lines:
                self._areas.setdefault(line.id, []).append((address(area.key), area.title))
        self._beside: dict[str, tuple[str, str]] = {}
        last: dict[str, Line] = {}
        for line in selection.lines:
            before = last.get(line.clause)
            self._beside[line.id] = (before.at if before else "", "")
            if before is not None:
                self._beside[before.id] = (self._beside[before.id][0], line.at)
            last[line.clause] = line

    def write(self) -> tuple[list[tuple[str, str, str]], int]:
        """Write every page; return (id, hash, newest report) of each, and the largest size."""
        made, largest, lines = [], 0, iter(self._selection.lines)
        for rows, behind in self._selection.pieces():
            for row, line in zip(rows, lines, strict=False):
                values = self._values(row, line, behind)
                mark = fingerprint(_said(row, line, behind))
                size = self._pages.write(f"finding/{line.at}/", "finding.html", values)
                made.append((line.id, mark, _told(row, line, behind)))
                largest = max(largest, size)
        return made, largest

    def _values(self, row: dict[str, Any], line: Line, behind: Rows) -> dict[str, Any]:
        answer = self._answer
        incident = behind.incidents.get(line.incident, {})
        told = [
            behind.reports[key] for key in incident.get("report_ids") or () if key in behind.reports
        ]
        verdict = facts.verdict(row["verdict"], counterfactual=self._never)
        clause = self._titles.get(line.clause, line.clause)
        earlier, later = self._beside[line.id]
        reason = plain(row["reason"], 1_000)
        others = self._others(line, incident, behind)
        return {
            "heading": f"{line.what[:1].upper()}{line.what[1:]}",
            "description": f"{verdict}, {line.when}: {line.what}. {line.where}. {clause}.",
            "picture": address(line.clause),
            "record": line.id,
            "line": line,
            "verdict": f"{verdict[:1].upper()}{verdict[1:]}",
            "clause": clause,
            "clause_at": address(line.clause),
            "reason": f"{reason[:1].upper()}{reason[1:]}",
            "answers": [
                (question, str(row[question]), MEANS.get((question, str(row[question])), ""))
                for question in QUESTIONS
                if row[question] is not None
            ],
            "evidence": facts.evidence(row, incident),
            "notes": facts.merge_notes({**incident, "maybe_same": None}),
            "areas": self._areas.get(line.id, ()),
            "reports": [_report(one, answer) for one in told[:REPORTS_SHOWN]],
            "more": max(0, len(told) - REPORTS_SHOWN),
            "others": [one[:4] for one in others if not one[4]],
            "not_elsewhere": [one[1:4:2] for one in others if one[4]],
            "earlier": earlier,
            "later": later,
        }

    def _others(
        self, line: Line, incident: dict[str, Any], behind: Rows
    ) -> list[tuple[str, str, str, str, bool]]:
        """Return other findings of the incident, and incidents that it may be the same as."""
        readings = {reading: title for reading, title, _ in self._answer.readings}
        found, seen = [], set()
        for one in behind.findings.get(line.incident, ()):
            said = facts.verdict(one["verdict"], counterfactual=self._never)
            why = plain(one["reason"], 300)
            # Another reading that says the same in the same words is told once.
            if one["finding_id"] == line.id or (one["clause"], said, why) in seen:
                continue
            seen.add((one["clause"], said, why))
            own = self._by_incident.get((line.incident, one["clause"]))
            href = own.at if own is not None and own.id == one["finding_id"] else ""
            name = self._titles.get(one["clause"], one["clause"])
            if one["clause"] == line.clause:
                name = f"read as “{plain(readings.get(one['reading'], one['reading']))}”"
            found.append((href, name, said, why, one["verdict"] == "no"))
        for same in incident.get("maybe_same") or ():
            other = self._by_incident.get((same["incident_id"], line.clause))
            if other is not None:
                said = f"may be the same incident ({100 * same['probability']:.0f} %)"
                found.append((other.at, f"{other.when}: {other.what}", said, "", False))
        return found


def _report(row: dict[str, Any], answer: Answer) -> dict[str, str | None]:
    return {
        "outlet": plain(row["outlet"], 80)
        or ("outlet withheld" if row["sensitive"] else "outlet not named"),
        "side": facts.public_side(row, answer.party_names),
        "file": plain(row["file"], 160),
        "row": number(row["row"]) if row["row"] is not None else "",
        "sha": plain(row["file_sha256"])[:HASH_SHOWN],
        "text": plain(row["summary"], 240),
        "citation": plain(row["citation"], 240),
        "link": web_address(row["citation"]),
        "held": facts.held_back(row),
    }


def _said(row: dict[str, Any], line: Line, behind: Rows) -> list[Any]:
    """Return what a finding says, whatever the words for it: what a change is told by."""
    incident = behind.incidents.get(line.incident, {})
    facts_of = [row[name] for name in (*QUESTIONS, *SAID)]
    where = [incident.get(name) for name in ("lon", "lat", "radius_m", "area", "act", "report_ids")]
    return [facts_of, where]


def _told(row: dict[str, Any], line: Line, behind: Rows) -> str:
    """Return when its newest report was published; else when it had happened."""
    keys = behind.incidents.get(line.incident, {}).get("report_ids") or ()
    told = [behind.reports[key]["reported_at"] for key in keys if key in behind.reports]
    newest = max((one for one in told if one is not None), default=None)
    return stamp(newest or row["occurred_to"] or row["occurred_from"])


def stamp(when: datetime | None) -> str:
    """Return an instant as RFC 3339 in UTC; the beginning of 1970 where none is known."""
    known = when or datetime(1970, 1, 1, tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
