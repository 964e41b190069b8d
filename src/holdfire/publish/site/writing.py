"""Writing a site: every page, the feed, the data, in one pass over the public tables."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
from markupsafe import Markup

from holdfire.publish import compared, sided, spoken, wording
from holdfire.publish.figures import number
from holdfire.publish.safe import plain
from holdfire.publish.site import columns, explore, feed, list_pages, pictures, state
from holdfire.publish.site.finding_pages import FindingPages
from holdfire.publish.site.layout import Pages
from holdfire.publish.site.nearby import Area, by_area
from holdfire.publish.site.publication import Publication, address, finding_address
from holdfire.publish.site.sections import Section, sections
from holdfire.publish.site.selection import Line, Selection

NEWEST = 10
EXPLORED = 50
FOLDERS = ("clause", "day", "area", "finding", "explore", "who", "method", "data", "statements",
           "assets", "pictures")  # fmt: skip
"""What a publication writes anew; what else stands in the folder is let be."""
HASH_SHOWN = 16
FILES = {
    "findings.csv": "findings, for a spreadsheet",
    "findings.parquet": "findings, every column",
    "findings.geojson": "alleged and possible violations with their places",
    "findings.hxl.csv": "alleged and possible violations with HXL tags",
    "incidents.parquet": "incidents with their places (GeoParquet)",
    "reports.parquet": "reports as far as they may leave",
    "statements.csv": "statements about the ceasefire",
    "statements.parquet": "statements about the ceasefire, with their passages",
    "indicators.json": "every figure with its interval and caveats",
    "entities.ftm.json": "the same as FollowTheMoney entities",
    "set_aside.csv": "rows that could not be used, by file and row",
    "forwarding.csv": "where incidents of earlier runs are now",
    "dictionary.csv": "what each column means",
    "datapackage.json": "Frictionless description of the files",
    "ro-crate-metadata.json": "RO-Crate: hashes and licences",
    "provenance.json": "what it was made from and with",
    "bulletin.html": "the bulletin, one page without scripts",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a publication wrote: pages, findings, how many are new, changed and withdrawn."""

    pages: int
    findings: int
    new: int
    changed: int
    gone: int
    largest_finding: int
    """Bytes of the largest page of a finding."""


def write(
    publication: Publication, folder: Path, tell: Callable[[str], None] = lambda step: None
) -> Written:
    """Write the site into a folder that is new, empty or a site already.

    Raises :class:`~holdfire.errors.HoldfireError` for a folder that holds anything else.
    """
    before = state.read(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    # Written first: a publication that is cut off can be done again.
    state.write(folder, before or {})
    tell("choosing findings")
    selection, answer = Selection(publication), publication.answer
    pages, shown = Pages(folder, publication), sections(answer)
    titles = {one.clause.clause: one.title for one in shown if not one.rival}
    areas = by_area(selection, publication.layers)
    tell("writing pages of clauses, days and areas")
    _front(pages, selection, shown, titles)
    list_pages.clause_pages(pages, selection, shown)
    list_pages.area_pages(pages, selection, areas, titles)
    list_pages.day_pages(pages, selection, shown)
    _others(pages, shown)
    tell(f"writing {len(selection.lines):,} pages of findings")
    made, largest = FindingPages(pages, selection, areas, titles).write()
    as_of = f"{publication.record.get('newest') or '1970-01-01'}T00:00:00Z"
    now = state.following(before, made, as_of)
    _gone(pages, selection, now)
    tell("writing data")
    _data(pages)
    _explore(pages, selection, areas, titles)
    _pictures(publication, shown, folder)
    _assets(folder)
    words = list_pages.words_of(answer)
    text = feed.atom(publication, now, selection.lines, titles, words, as_of)
    (folder / "feed.atom").write_text(text, encoding="utf-8", newline="\n")
    _missing(pages)
    feed.site_map(folder, publication.base_url, pages.addresses)
    (folder / ".nojekyll").write_bytes(b"")
    state.write(folder, now)
    return _written(before, now, pages, made, largest)


def _written(
    before: Any, now: dict[str, state.Known], pages: Pages, made: list[Any], largest: int
) -> Written:
    old = before or {}
    fresh = {name: one for name, one in now.items() if old.get(name) != one}
    kinds = [one.kind for one in fresh.values()]
    return Written(
        len(pages.addresses), len(made), kinds.count("new"), kinds.count("changed"),
        kinds.count("gone"), largest,
    )  # fmt: skip


def _front(
    pages: Pages, selection: Selection, shown: list[Section], titles: dict[str, str]
) -> None:
    answer = pages.publication.answer
    headline = wording.headline(answer)
    beside = (
        ("How sure", wording.how_sure(answer)),
        ("Who says so", wording.who_says(answer)),
        ("What is not known", wording.not_known(answer)),
    )
    pages.write(
        "", "index.html",
        {
            "heading": plain(answer.title),
            "description": headline,
            "headline": headline,
            "beside": [(label, text) for label, text in beside if text],
            "readings": wording.reading_lines(answer),
            "sections": shown,
            "map": list_pages.drawn(selection, selection.lines, pages.publication.layers),
            "newest": selection.lines[::-1][:NEWEST],
            "total": len(selection.lines),
            "titles": titles,
            "verdicts": list_pages.words_of(answer),
        },
    )  # fmt: skip


def _others(pages: Pages, shown: list[Section]) -> None:
    publication = pages.publication
    answer = publication.answer
    pages.write(
        "who/", "sources.html",
        {"heading": "Who says so, and who is held responsible",
         "description": wording.who_says(answer) or "Outlets and their sides.",
         "sections": [_apart(one) for one in shown], "sided": sided.sided(answer)},
    )  # fmt: skip
    path = publication.out / "statements.parquet"
    if path.is_file():
        said = spoken.timeline(pq.read_table(path), answer)
        pages.write(
            "statements/", "statements.html",
            {"heading": "Statements", "description": "Who says what about the ceasefire.",
             "said": said},
        )  # fmt: skip
    pages.write("method/", "about.html", _method(publication))


def _apart(section: Section) -> Section:
    """Return a section whose title names its reading; who told of it is said of the leading one."""
    if not section.rival:
        return section
    return replace(section, title=section.told_apart, rival="", told=[])


def _method(publication: Publication) -> dict[str, Any]:
    """Return what the templates of measures and methods read, from the public record."""
    answer, record = publication.answer, publication.record
    aside: dict[str, list[tuple[str, str]]] = {}
    with (publication.out / "set_aside.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            aside.setdefault(plain(row["kind"]) or "other", []).append(
                (plain(row["file"], 160), plain(row["row"]))
            )
    ranked = sorted(aside.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "heading": "How it was computed",
        "description": "Measures, what was set aside, methods, files and their hashes.",
        # Regions of one page are told apart by their names alone: the reading goes into them.
        "compared": [
            replace(one, title=f"{one.title}, read as {one.rival}", rival="") if one.rival else one
            for one in compared.compared(answer)
        ],
        "cells": compared.cells(answer),
        "lateness": compared.lateness(answer),
        "areas": compared.areas(answer),
        "aside": [
            (kind, number(len(rows)), rows[:8], number(len(rows) - 8) if len(rows) > 8 else "")
            for kind, rows in ranked[:20]
        ],
        "unrecognised": [file for file in answer.files if file.source is None],
        "names": [],
        "withheld": [(plain(k), number(v)) for k, v in sorted(record.get("withheld", {}).items())],
        "settings": list(_pairs(record.get("settings", {}))),
        "agreement_sha": plain(record.get("agreement_sha256", "")),
        "groups": [],
    }


def _pairs(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in sorted(values.items()):
        name = f"{above}: {plain(key)}" if above else plain(key)
        if isinstance(value, dict):
            yield from _pairs(value, name)
        elif value not in (None, "", [], False):
            yield name, plain(value)


def _gone(pages: Pages, selection: Selection, now: dict[str, state.Known]) -> None:
    """Write a page where a finding once stood: addresses that were published stay."""
    forwarded: dict[str, list[str]] = {}
    path = pages.publication.out / "forwarding.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            forwarded = {
                row["incident_id"]: row["now"].split("|") for row in csv.DictReader(stream)
            }
    by_incident: dict[str, list[Line]] = {}
    for line in selection.lines:
        by_incident.setdefault(line.incident, []).append(line)
    for name in sorted(one for one, known in now.items() if known.kind == "gone"):
        incident = f"I-{name.removeprefix('F-').split('.')[0]}"
        heirs = [
            (line.at, f"{line.when}: {line.what}")
            for heir in forwarded.get(incident, ())
            for line in by_incident.get(heir, ())
        ]
        pages.write(
            f"finding/{finding_address(name)}/", "gone.html",
            {"heading": "No longer published", "description": "A finding that is withdrawn.",
             "record": name, "now": heirs},
            listed=False,
        )  # fmt: skip


def _data(pages: Pages) -> None:
    """Copy the public files, and list them with their sizes and hashes."""
    publication = pages.publication
    target = pages.folder / "data"
    target.mkdir()
    outputs = publication.record.get("outputs", {})
    rows = []
    for name, means in FILES.items():
        path = publication.out / name
        if path.is_file():
            shutil.copyfile(path, target / name)
            size = _size(path.stat().st_size)
            rows.append((name, means, size, plain(outputs.get(name, ""))[:HASH_SHOWN]))
    pages.write(
        "data/", "data.html",
        {"heading": "Data to reuse", "description": "Files, what they hold and their hashes.",
         "files": rows},
    )  # fmt: skip


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} B"
    return f"{count / 1_000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"


def _explore(pages: Pages, selection: Selection, areas: list[Area], titles: dict[str, str]) -> None:
    publication, folder = pages.publication, pages.folder
    (folder / "explore").mkdir()
    described = columns.write(folder / "explore", selection, areas, titles)
    explore.write_map(folder / "explore", selection, areas, publication)
    if publication.tiles is not None:
        shutil.copyfile(publication.tiles, folder / "explore" / "tiles.pmtiles")
    setting = {
        "data": described,
        "words": explore.words(),
        "verdicts": list_pages.words_of(publication.answer),
        "simulated": publication.answer.simulated,
        "tiles": publication.tiles is not None,
    }
    sure, open_ = list_pages.split(selection.lines)
    pages.write(
        "explore/", "explore.html",
        {
            "heading": "Explore the findings",
            "description": "Map, list and filters of all findings.",
            "scripts": ("explore.js",),
            "certain": sure,
            "possible": open_,
            "newest": selection.lines[::-1][:EXPLORED],
            "titles": titles,
            "verdicts": list_pages.words_of(publication.answer),
            "map": list_pages.drawn(selection, selection.lines, publication.layers),
            "setting": script_json(setting),
        },
    )  # fmt: skip


def script_json(value: Any) -> Markup:
    """Return a value as JSON that can stand in a script element: nothing in it can end it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that HTML knows is escaped above


def _pictures(publication: Publication, shown: list[Section], folder: Path) -> None:
    (folder / "pictures").mkdir()
    answer = publication.answer
    front = pictures.index_picture(answer, wording.headline(answer))
    (folder / "pictures" / "index.png").write_bytes(front)
    for one in shown:
        if not one.rival:
            path = folder / "pictures" / f"{address(one.clause.clause)}.png"
            path.write_bytes(pictures.clause_picture(answer, one))


def _assets(folder: Path) -> None:
    """Copy scripts and styles; the site's style is the bulletin's with its own behind it."""
    target = folder / "assets"
    target.mkdir()
    for path in sorted(resources.files("holdfire.publish.site").joinpath("assets").iterdir(),
                       key=lambda one: one.name):  # fmt: skip
        if not path.name.endswith((".md", ".json")):
            (target / path.name).write_bytes(path.read_bytes())
    parts = (
        resources.files("holdfire.publish").joinpath("templates", "style.css"),
        resources.files("holdfire.publish.site").joinpath("assets", "site.css"),
    )
    style = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    (target / "site.css").write_text(style, encoding="utf-8", newline="\n")


def _missing(pages: Pages) -> None:
    root = urlsplit(pages.publication.base_url).path or "/"
    pages.write(
        "404.html", "missing.html",
        {"heading": "Not found", "description": "Nothing is here.", "root": root},
        listed=False,
    )  # fmt: skip
