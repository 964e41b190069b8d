"""The pages: every link leads somewhere, texts stay texts, equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pyarrow as pa
import pytest

from holdfire.publish.site import feed
from holdfire.publish.site.publication import address, finding_address
from holdfire.publish.site.writing import script_json, write
from tests.publish import conftest as invented
from tests.publish.site.conftest import publication
from tests.publish.test_bulletin import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://example.org/site/"


class Seen(HTMLParser):
    """What a page links to, loads, runs and calls its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"]] if given.get("id") else []  # type: ignore[list-item]
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "script":
            self.scripts.append(given)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("script", "img", "iframe", "source") and given.get("src"):
            self.loaded.append(str(given["src"]))
        if tag == "link" and given.get("rel") in ("stylesheet", "alternate", "icon"):
            self.loaded.append(str(given["href"]))


def seen(path: Path) -> Seen:
    parser = Seen()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def xml(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - what the test itself has written


def pages(site: Path) -> Iterator[tuple[str, Seen]]:
    for path in sorted(site.rglob("*.html")):
        at = path.relative_to(site).as_posix()
        if not at.startswith("data/bulletin"):
            yield at, seen(path)


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_link_leads_somewhere(site: Path) -> None:
    dead = []
    for at, page in pages(site):
        if at == "404.html":
            continue
        for link in page.links + page.loaded:
            whole = urlsplit(urljoin(f"http://site/{at}", link))
            if whole.netloc != "site" or whole.scheme != "http":
                continue
            target = site / unquote(whole.path).lstrip("/")
            if target.is_dir():
                target /= "index.html"
            if not target.is_file():
                dead.append((at, link))
    assert dead == []


def test_no_id_twice_and_no_foreign_thing_loaded(site: Path) -> None:
    for at, page in pages(site):
        assert len(page.ids) == len(set(page.ids)), at
        assert not [one for one in page.loaded if one.startswith(("http", "//"))], at


def test_every_finding_is_reachable_without_scripts(site: Path) -> None:
    listed: set[str] = set()
    for at, page in pages(site):
        if at.startswith("day/"):
            listed |= {link.split("/")[-2] for link in page.links if "/finding/" in link}
    assert listed == {path.name for path in (site / "finding").iterdir()}
    assert len(listed) == 60


def test_a_page_of_a_finding_is_small(site: Path) -> None:
    sizes = [path.stat().st_size for path in (site / "finding").glob("*/index.html")]
    assert max(sizes) < 8_000


def test_equal_input_gives_equal_bytes(site: Path, tmp_path: Path) -> None:
    write(publication(tmp_path / "out"), tmp_path / "site")
    once = hashes(tmp_path / "site")
    assert once == hashes(site)
    written = write(publication(tmp_path / "out"), tmp_path / "site")
    assert hashes(tmp_path / "site") == once
    assert (written.new, written.changed, written.gone) == (0, 0, 0)


def test_what_is_withdrawn_keeps_its_address(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    shutil.copytree(site, again)
    findings, incidents, reports = invented.tables(60)
    gone = findings["finding_id"][7].as_py()
    kept = [findings.slice(0, 7), findings.slice(8)]
    changed = pa.concat_tables(kept)
    reasons = ["It is another one now.", *changed["reason"].to_pylist()[1:]]
    at = changed.schema.get_field_index("reason")
    changed = changed.set_column(at, "reason", pa.array(reasons))
    written = write(publication(tmp_path / "out", tables=(changed, incidents, reports)), again)
    assert (written.new, written.changed, written.gone) == (0, 1, 1)
    page = (again / "finding" / gone / "index.html").read_text(encoding="utf-8")
    assert "no longer among the published ones" in page
    assert "noindex" in page
    entries = xml(again / "feed.atom").findall(f"{ATOM}entry")
    kinds = {str(e.find(f"{ATOM}category").get("term")): e for e in entries}  # type: ignore[union-attr]
    assert {"changed", "withdrawn", "new"} == set(kinds)
    assert f"{BASE}finding/{gone}/" not in (again / "sitemap.xml").read_text()


def test_the_feed_has_what_the_standard_asks_for(site: Path) -> None:
    root = xml(site / "feed.atom")
    assert [root.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == [
        True
    ] * 3
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 60
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(ids)) == 60
    updated = [str(e.findtext(f"{ATOM}updated")) for e in entries]
    assert updated == sorted(updated, reverse=True)
    assert all(one.startswith("2031-") for one in updated), "dated by reports, not by the clock"
    links = {e.find(f"{ATOM}link").get("href") for e in entries}  # type: ignore[union-attr]
    assert all(str(link).startswith(f"{BASE}finding/F-") for link in links)


def test_the_site_map_lists_every_page(site: Path, tmp_path: Path, monkeypatch: Any) -> None:
    listed = {e.text for e in xml(site / "sitemap.xml").iter(f"{MAPS}loc")}
    expected = {BASE + at.removesuffix("index.html") for at, _ in pages(site) if at != "404.html"}
    assert listed == expected
    monkeypatch.setattr(feed, "MOST_ADDRESSES", 10)
    feed.site_map(tmp_path, BASE, [f"finding/{n}/" for n in range(25)])
    names = [e.text for e in xml(tmp_path / "sitemap.xml").iter(f"{MAPS}loc")]
    assert names == [f"{BASE}sitemap-{n}.xml" for n in (1, 2, 3)]
    feed.site_map(tmp_path, "", ["a/"])
    assert [path.name for path in tmp_path.iterdir()] == ["robots.txt"]


def hostile(rows: pa.Table, *names: str) -> pa.Table:
    for name in names:
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(
            at, rows.field(at), pa.array([HOSTILE] * len(rows), rows.field(at).type)
        )
    return rows


def test_hostile_text_is_inert(tmp_path: Path) -> None:
    findings, incidents, reports = invented.tables(30)
    tables = (
        hostile(findings, "reason", "grade", "responsibility"),
        hostile(incidents, "place_name", "weapon_name", "act", "area", "quantity_unit"),
        hostile(reports, "outlet", "summary", "citation", "file", "outlet_side", "source"),
    )
    made = publication(
        tmp_path / "out", tables=tables, title=HOSTILE, party_names={"north": HOSTILE}
    )
    layers = replace(
        made.layers, areas=((HOSTILE, made.layers.areas[0][1]),), titles={HOSTILE: HOSTILE}
    )
    write(replace(made, layers=layers), tmp_path / "site")
    for at, page in pages(tmp_path / "site"):
        assert page.handlers == [], at
        own = [
            {"type": "module", "src": "../assets/explore.js"},
            {"type": "application/json", "id": "setting"},
        ]
        assert page.scripts == (own if at == "explore/index.html" else []), at
        assert not page.tags & {"iframe", "img", "object", "embed", "base"}, at
        assert not [
            link for link in page.links if link.lower().startswith(("javascript", "data"))
        ], at
    xml(tmp_path / "site" / "feed.atom")
    xml(tmp_path / "site" / "sitemap.xml")
    json.loads((tmp_path / "site" / "explore" / "map.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [("kyiv-oblast", "kyiv-oblast"), ("../../etc", None), ("A b", None), ("Київ", None), ("", None),
     ("a" * 300, None), (".", None)],
)  # fmt: skip
def test_an_address_is_one_segment(key: str, expected: str | None) -> None:
    made = address(key)
    assert made == (expected or made)
    assert expected or made != key
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert made.strip(".")
    assert len(made) < 100


def test_addresses_never_meet() -> None:
    keys = ["A b", "a b", "a-b", "a_b", "Ä b", "../a-b", "a-b."]
    assert len({address(key) for key in keys}) == len(keys)
    assert finding_address("F-abc.fire.calendar") == "F-abc.fire.calendar"
    assert "/" not in finding_address("F-../../x")


def test_json_cannot_end_its_script() -> None:
    text = str(script_json({"a": "</script><!--\u2028&"}))
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


def test_a_case_without_findings(tmp_path: Path) -> None:
    findings, incidents, reports = (one.slice(0, 0) for one in invented.tables(1))
    made = publication(tmp_path / "out", tables=(findings, incidents, reports))
    written = write(replace(made, base_url=""), tmp_path / "site")
    assert written.findings == 0
    assert "does not show that none happened" in (tmp_path / "site" / "index.html").read_text()
    assert not (tmp_path / "site" / "sitemap.xml").exists()
