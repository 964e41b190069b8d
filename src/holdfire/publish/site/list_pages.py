"""The pages that list findings: days, areas, clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pyarrow as pa

from holdfire.publish import facts, maps, wording
from holdfire.publish.figures import MONTHS, day, interval, local, number, short
from holdfire.publish.safe import plain
from holdfire.publish.site.layout import Pages
from holdfire.publish.site.nearby import Area
from holdfire.publish.site.publication import address
from holdfire.publish.site.sections import Section
from holdfire.publish.site.selection import SPAN_DAYS, Line, Selection
from holdfire.tables.answer import Answer
from holdfire.tables.units import noun

EACH_PAGE = 500
NEWEST = 100
MOST_DAYS = 3_700


def words_of(answer: Answer) -> dict[str, str]:
    """Return the words for a verdict."""
    never = wording.never(answer)
    return {key: facts.verdict(key, counterfactual=never) for key in ("yes", "unknown")}


def split(lines: Iterable[Line]) -> tuple[int, int]:
    """Return how many are certain and how many possible besides."""
    verdicts = [line.verdict for line in lines]
    return verdicts.count("yes"), len(verdicts) - verdicts.count("yes")


def drawn(selection: Selection, lines: Sequence[Line], layers: maps.Layers) -> maps.Map | None:
    """Return the map of some findings."""
    rows = [(line.incident, line.verdict, line.place) for line in lines]
    findings = pa.table(
        {"incident_id": pa.array([r[0] for r in rows], pa.string()),
         "verdict": pa.array([r[1] for r in rows], pa.string())}
    )  # fmt: skip
    at = {incident: place for incident, _, place in rows}
    places = [selection.places[place] if place >= 0 else None for place in at.values()]
    incidents = pa.table(
        {
            "incident_id": pa.array(list(at), pa.string()),
            "area": pa.array(
                ["|".join(p.areas) or None if p else None for p in places], pa.string()
            ),
            **{
                name: pa.array([getattr(p, name) if p else None for p in places], pa.float64())
                for name in ("lon", "lat", "radius_m")
            },
        }
    )
    return maps.draw(findings, incidents, layers)


def clause_pages(pages: Pages, selection: Selection, sections: list[Section]) -> None:
    """Write a page for each clause, all its readings on it."""
    answer, layers = pages.publication.answer, pages.publication.layers
    for leading in (one for one in sections if not one.rival):
        name = leading.clause.clause
        mine = [one for one in sections if one.clause.clause == name]
        lines = [line for line in selection.lines if line.clause == name]
        sure, open_ = split(lines)
        pages.write(
            f"clause/{leading.at}/", "clause.html",
            {
                "heading": leading.title,
                "description": f"{leading.line}. {leading.when}.",
                "picture": leading.at,
                "clause": leading.clause,
                "sections": mine,
                "some": any(f.strip for one in mine for f in one.figures),
                "map": drawn(selection, lines, layers),
                "certain": sure,
                "possible": open_,
                "newest": lines[::-1][:NEWEST],
                "verdicts": words_of(answer),
            },
        )  # fmt: skip


def area_pages(pages: Pages, selection: Selection, areas: list[Area], titles: Any) -> None:
    """Write a page for each named area, and the list of them."""
    publication = pages.publication
    outlines = dict(publication.layers.areas)
    rows = []
    for area in areas:
        at, pairs = address(area.key), area.lines[::-1]
        surely = {line.id for line, here in pairs if here}
        sure = sum(here and line.verdict == "yes" for line, here in pairs)
        rows.append((at, plain(area.title, 80), sure, len(pairs) - sure, area.wider))
        # The area itself is drawn as where the page is about, whoever else is near.
        layers = replace(publication.layers, zones=((area.key, outlines[area.key]),))
        summary = (
            f"{interval(sure, len(pairs))} alleged violations"
            f"{' would have counted' if wording.never(publication.answer) else ''} in this area, "
            "from what is certain to what is possible."
        )
        parts = _parts([line for line, _ in pairs])
        for nth, part in enumerate(parts, 1):
            pages.write(
                f"area/{at}/" + (f"{nth}/" if nth > 1 else ""), "area.html",
                {
                    "heading": plain(area.title, 80), "description": summary, "summary": summary,
                    "certain": sure, "possible": len(pairs) - sure, "wider": area.wider,
                    "lines": part, "surely": surely, "part": nth, "of": len(parts),
                    "base": f"area/{at}/", "titles": titles,
                    "verdicts": words_of(publication.answer),
                    "map": drawn(selection, part, layers) if nth == 1 else None,
                },
            )  # fmt: skip
    pages.write(
        "area/", "areas.html",
        {"heading": "Areas", "description": f"{number(len(rows))} areas.", "areas": rows},
    )  # fmt: skip


def day_pages(pages: Pages, selection: Selection, sections: list[Section]) -> list[date]:
    """Write a page for each day that a clause covers or a finding may fall on; return the days."""
    publication = pages.publication
    on: dict[date, list[Line]] = {}
    for line in selection.lines:
        for one in line.days():
            on.setdefault(one, []).append(line)
    undated = [line for line in selection.lines if line.first is None]
    days = sorted({*on, *_covered(sections)})
    for nth, one in enumerate(days):
        _day(
            pages, selection, sections, one, on.get(one, []),
            days[nth - 1] if nth else None, days[nth + 1] if nth + 1 < len(days) else None,
        )  # fmt: skip
    if undated:
        _undated(pages, sections, undated)
    counts = {one: split(on.get(one, [])) for one in days}
    most = max((sum(pair) for pair in counts.values()), default=0) or 1
    months = [
        (
            f"{MONTHS[month - 1]} {year}",
            [
                (
                    one.isoformat(), day(one), *counts[one],
                    round(100 * counts[one][0] / most, 1), round(100 * sum(counts[one]) / most, 1),
                )
                for one in some
            ],
        )
        for (year, month), some in groupby(days, key=lambda d: (d.year, d.month))
    ]  # fmt: skip
    pages.write(
        "day/", "days.html",
        {
            "heading": "Days", "description": f"{number(len(days))} days.", "days": months,
            "undated": len(undated), "zone": plain(publication.answer.local_time),
        },
    )  # fmt: skip
    return days


def _covered(sections: list[Section]) -> set[date]:
    """Return the days on which a clause of which reports tell applies."""
    covered: set[date] = set()
    for one in sections:
        starts, ends = local(one.clause.starts), local(one.clause.ends)
        if one.clause.informed and starts is not None and ends is not None:
            last = (ends - timedelta(microseconds=1)).date()
            span = min((last - starts.date()).days, MOST_DAYS)
            covered |= {starts.date() + timedelta(days=more) for more in range(span + 1)}
    return covered


def _day(
    pages: Pages, selection: Selection, sections: list[Section], on: date, lines: list[Line],
    earlier: date | None, later: date | None,
) -> None:  # fmt: skip
    publication = pages.publication
    sure, open_ = split(lines)
    iso = on.isoformat()
    simulated = "SIMULATED: " if publication.answer.simulated else ""
    if lines:
        what = "findings may fall" if len(lines) != 1 else "finding may fall"
        how = f"{number(sure)} certain, {number(open_)} possible"
        summary = f"{simulated}{number(len(lines))} {what} on this day: {how}."
    else:
        summary = f"{simulated}No finding falls on this day. Silence is no sign of quiet."
    line = next((shape for when, shape in reversed(publication.lines) if when <= iso), None)
    dated = next((when for when, _ in reversed(publication.lines) if when <= iso), "")
    layers = replace(publication.layers, control=(dated, line) if line is not None else None)
    parts = _parts(lines)
    for nth, part in enumerate(parts, 1):
        pages.write(
            f"day/{iso}/" + (f"{nth}/" if nth > 1 else ""), "day.html",
            {
                "heading": day(on), "description": summary, "summary": summary,
                "earlier": earlier, "later": later,
                "counts": _counts(sections, iso) if lines else [], "notes": _notes(selection, on),
                "map": drawn(selection, lines, layers) if nth == 1 and lines else None,
                "certain": sure, "possible": open_, "groups": _groups(part, sections),
                "part": nth, "of": len(parts), "base": f"day/{iso}/",
                "verdicts": words_of(publication.answer),
            },
        )  # fmt: skip


def _undated(pages: Pages, sections: list[Section], lines: list[Line]) -> None:
    sure, open_ = split(lines)
    summary = f"{number(len(lines))} findings whose day is not known."
    parts = _parts(lines)
    for nth, part in enumerate(parts, 1):
        pages.write(
            "day/undated/" + (f"{nth}/" if nth > 1 else ""), "day.html",
            {
                "heading": "Days not known", "description": summary, "summary": summary,
                "earlier": None, "later": None, "counts": [], "notes": [], "map": None,
                "certain": sure, "possible": open_, "groups": _groups(part, sections),
                "part": nth, "of": len(parts), "base": "day/undated/",
                "verdicts": words_of(pages.publication.answer),
            },
        )  # fmt: skip


def _counts(sections: list[Section], iso: str) -> list[tuple[str, str, str]]:
    """Return the counts of a day by clause; of a rival reading where they differ."""
    rows: list[tuple[str, str, str]] = []
    leading: dict[str, str] = {}
    for one in sections:
        words = "; ".join(
            f"{short(tally.certain, tally.possible)} {noun(tally.unit, tally.possible)}"
            for tally in one.clause.by_day
            if tally.day == iso and tally.period == "window" and tally.possible
        )
        if not one.rival:
            leading[one.at] = words
        if one.clause.informed and (not one.rival or words != leading.get(one.at)):
            title = f"{one.title}, read as {one.rival}" if one.rival else one.title
            rows.append((one.at, title, words or "none"))
    return rows


def _notes(selection: Selection, on: date) -> list[str]:
    longer = sum(
        line.first is not None and line.last is not None
        and line.first < on <= line.last and (line.last - line.first).days >= SPAN_DAYS
        for line in selection.lines
    )  # fmt: skip
    if not longer:
        return []
    what = "finding is" if longer == 1 else "findings are"
    return [
        f"{number(longer)} more {what} told only of a span of more than {SPAN_DAYS} days that "
        "includes this one, and listed on the first day of it."
    ]


def _groups(lines: Sequence[Line], sections: list[Section]) -> list[tuple[str, list[Line]]]:
    return [
        (one.title, mine)
        for one in sections
        if not one.rival and (mine := [line for line in lines if line.clause == one.clause.clause])
    ]


def _parts(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[at : at + EACH_PAGE] for at in range(0, len(lines), EACH_PAGE)] or [[]]
