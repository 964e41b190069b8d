"""The site in a real browser: each kind of page, at the widths of a phone, a tablet and a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from holdfire.publish.site.writing import write
from tests.publish import conftest as invented
from tests.publish.site.conftest import publication
from tests.publish.site.looks import unlike
from tests.publish.site.served import CHROMIUM, FLAGS, served
from tests.publish.site.test_pages import hostile
from tests.publish.test_bulletin import HOSTILE

HERE = Path(__file__).parent
WIDTHS = (390, 768, 1440)
TOLERANCE = 12.0
"""Mean difference of small pictures, of 255: other fonts stay below it, other layouts do not."""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium (apt-get install chromium)"),
]


@dataclass
class Visit:
    """An open page, what went wrong on it and what it asked for."""

    page: Any
    base: str
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, at: str, *, ready: bool = True) -> None:
        self.page.goto(self.base + at)
        if ready and at.startswith("explore/"):
            self.page.wait_for_selector("html[data-ready=true]")

    def asked_for(self, dialog: Any) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def heard(self, said: Any) -> None:
        if said.type in ("error", "warning"):
            self.wrong.append(said.text)

    def abroad(self) -> list[str]:
        here = ("data:", "blob:", self.base)
        return [url for url in self.asked if not url.startswith(here)]

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield base


def visit(browser: Any, base: str, width: int = 1440, **given: Any) -> Visit:
    context = browser.new_context(viewport={"width": width, "height": 900}, **given)
    made = Visit(context.new_page(), base)
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on("pageerror", lambda error: made.wrong.append(str(error)))
    made.page.on("dialog", made.asked_for)
    made.page.on("console", made.heard)
    return made


@pytest.fixture
def desk(browser: Any, address: str) -> Iterator[Visit]:
    made = visit(browser, address)
    yield made
    assert made.wrong == []
    assert made.abroad() == []
    made.page.context.close()


@pytest.fixture(scope="module")
def kinds(site: Path) -> dict[str, str]:
    """An address of each kind of page."""
    finding = sorted(path.name for path in (site / "finding").iterdir())[0]
    area = sorted(path.name for path in (site / "area").iterdir() if path.is_dir())[0]
    return {
        "index": "", "clause": "clause/fire/", "silent": "clause/sea/", "days": "day/",
        "day": "day/2031-05-10/", "quiet": "day/2031-05-29/", "areas": "area/",
        "area": f"area/{area}/", "finding": f"finding/{finding}/", "explore": "explore/",
        "who": "who/", "statements": "statements/", "method": "method/", "data": "data/",
    }  # fmt: skip


KINDS = ("index", "clause", "silent", "days", "day", "areas", "area", "finding", "explore", "who",
         "statements", "method", "data")  # fmt: skip


def violations(page: Any) -> list[str]:
    page.evaluate((HERE / "axe" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS
    )
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page(
    browser: Any, address: str, kinds: dict[str, str], kind: str, width: int
) -> None:
    made = visit(browser, address, width)
    made.go(kinds[kind])
    assert made.page.evaluate(OVER) == 0, "nothing hangs over to the right"
    assert made.page.locator("h1").count() == 1
    made.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert made.page.evaluate(OVER) == 0
    if width != 768:
        assert violations(made.page) == []
    assert made.wrong == []
    assert made.abroad() == []
    made.page.context.close()


@pytest.mark.parametrize("kind", ["index", "day", "finding", "explore"])
def test_without_scripts(browser: Any, address: str, kinds: dict[str, str], kind: str) -> None:
    made = visit(browser, address, 390, java_script_enabled=False)
    made.go(kinds[kind], ready=False)
    assert made.page.locator("a[href*='finding/'], table.answers").count() > 0
    if kind == "explore":
        assert not made.page.locator("#filters").is_visible()
        assert "need JavaScript" in made.page.locator("noscript").inner_text()
    made.page.context.close()


def test_filters_are_kept_in_the_address(desk: Visit) -> None:
    desk.go("explore/")
    found = desk.page.locator("#found")
    assert found.inner_text() == "38 certain and 22 possible findings"
    desk.page.get_by_label("How sure").select_option("certain")
    assert desk.query() == {"sure": ["certain"]}
    assert found.inner_text() == "38 certain and 0 possible of 60 findings"
    desk.page.get_by_label("Held responsible").select_option("Northland")
    narrow = found.inner_text()
    assert desk.query() == {"sure": ["certain"], "party": ["Northland"]}
    desk.page.go_back()
    assert found.inner_text() == "38 certain and 0 possible of 60 findings"
    assert desk.page.get_by_label("Held responsible").input_value() == ""
    desk.page.go_forward()
    assert found.inner_text() == narrow
    desk.page.reload()
    desk.page.wait_for_selector("html[data-ready=true]")
    assert found.inner_text() == narrow
    assert desk.page.get_by_label("How sure").input_value() == "certain"
    desk.page.get_by_role("button", name="Clear filters").click()
    assert desk.query() == {}
    assert found.inner_text() == "38 certain and 22 possible findings"


def test_search_finds_places_acts_and_ids(desk: Visit, site: Path) -> None:
    desk.go("explore/")
    box = desk.page.get_by_label("Search")
    box.fill("upper WEIR")
    listed = desk.page.locator("#list li")
    listed.first.wait_for()
    assert 0 < listed.count() < 25
    named = desk.page.locator("#list .more-facts", has_text="Upper Weir")
    expect(named).to_have_count(listed.count())
    box.fill("no such place anywhere")
    assert "no sign of quiet" in desk.page.locator("#list").inner_text()
    name = sorted(path.name for path in (site / "finding").iterdir())[3]
    box.fill(name)
    box.press("Enter")
    desk.page.wait_for_url(f"**/finding/{name}/")
    assert name in desk.page.locator(".kicker").inner_text()


def test_the_slider_works_from_the_keyboard(desk: Visit) -> None:
    desk.go("explore/")
    slider = desk.page.get_by_role("slider", name="Day on the map")
    assert slider.get_attribute("aria-valuetext") == "all days"
    slider.focus()
    slider.press("Home")
    first = desk.query()["day"]
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert desk.query()["day"] > first
    assert str(slider.get_attribute("aria-valuetext")).endswith("May 2031")
    told = desk.page.locator(".days output").inner_text()
    assert told.startswith("On ")
    assert "of 60 findings" in desk.page.locator("#found").inner_text()
    desk.page.get_by_label("Day by day").uncheck()
    assert desk.query() == {}


def test_the_list_goes_on(desk: Visit) -> None:
    desk.go("explore/")
    desk.page.get_by_role("button", name="Show more").click()
    assert desk.page.locator("#list li").count() == 50
    link = desk.page.locator("#list li a").nth(30)
    link.wait_for()
    assert desk.page.evaluate("document.activeElement.closest('li') !== null"), "focus follows"
    expect(link).to_have_attribute("href", re.compile("finding/F-"))
    link.click()
    assert desk.page.locator("table.answers tbody tr").count() == 6


def test_the_moving_map_draws_and_filters(desk: Visit) -> None:
    desk.go("explore/")
    desk.page.locator(".live-map canvas").wait_for()
    expect(desk.page.locator("#place")).to_be_hidden()
    note = desk.page.locator(".live-map ~ .note").first
    assert "line of contact, 20 May 2031" in note.inner_text()
    desk.page.get_by_label("From day").fill("2031-05-02")
    desk.page.goto(f"{desk.base}explore/?day=2031-05-12")
    desk.page.locator(".live-map canvas").wait_for()
    expect(desk.page.locator("#place")).to_be_hidden()
    assert "line of contact, 10 May 2031" in note.inner_text()
    assert any(url.endswith("map-worker.js") for url in desk.asked)


def test_without_webgl_the_drawn_map_stays(browser: Any, address: str) -> None:
    made = visit(browser, address)
    made.page.add_init_script(
        "const asked = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function(kind, ...rest) {"
        "  return /webgl/.test(kind) ? null : asked.call(this, kind, ...rest); };"
    )
    made.go("explore/")
    made.page.get_by_text("This browser cannot draw the moving map").wait_for()
    assert made.page.locator("svg.map").is_visible()
    made.page.context.close()


def test_a_phone_opens_the_map_when_asked(browser: Any, address: str) -> None:
    made = visit(browser, address, 390)
    made.go("explore/")
    assert not any("map.js" in url for url in made.asked), "half a megabyte nobody asked for"
    assert made.page.locator("svg.map").is_visible()
    made.page.get_by_role("button", name="Show the moving map").click()
    made.page.locator(".live-map canvas").wait_for()
    assert made.page.evaluate(OVER) == 0
    assert made.wrong == []
    made.page.context.close()


def test_a_file_that_is_missing_is_said(browser: Any, address: str) -> None:
    made = visit(browser, address)
    made.page.route("**/findings.bin", lambda route: route.fulfill(status=500, body=""))
    made.go("explore/", ready=False)
    made.page.get_by_text("could not be read").wait_for()
    assert made.page.locator("#list li").count() > 0, "what the page came with stays"
    made.page.context.close()


def test_the_keyboard_reaches_everything(desk: Visit) -> None:
    desk.go("")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.className") == "skip"
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("document.activeElement.id") == "main"
    desk.go("explore/")
    desk.page.get_by_label("Search").focus()
    reached = []
    for _ in range(30):
        desk.page.keyboard.press("Tab")
        reached.append(
            desk.page.evaluate("document.activeElement.name || document.activeElement.type")
        )
        style = desk.page.evaluate(
            "(s => s.outlineStyle + s.outlineWidth)(getComputedStyle(document.activeElement))"
        )
        here = desk.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert style.startswith(("solid", "auto")), f"what has the focus shows it: {here}"
    assert {"clause", "sure", "act", "party", "outlet", "from", "to", "range"} <= set(reached)


def test_hostile_text_is_inert(browser: Any, tmp_path: Path) -> None:
    findings, incidents, reports = invented.tables(30)
    tables = (
        hostile(findings, "reason", "grade"),
        hostile(incidents, "place_name", "weapon_name", "act"),
        hostile(reports, "outlet", "summary", "citation", "file"),
    )
    write(publication(tmp_path / "out", tables=tables, title=HOSTILE), tmp_path / "site")
    finding = sorted(path.name for path in (tmp_path / "site" / "finding").iterdir())[0]
    with served(tmp_path / "site") as base:
        for width in (390, 1440):
            made = visit(browser, base, width)
            for at in ("", "explore/", f"finding/{finding}/", "day/2031-05-10/", "clause/fire/"):
                made.go(at)
                assert made.page.evaluate(OVER) == 0, at
                own = "script:not([src$='explore.js']):not(#setting), iframe, [onerror], [onload]"
                assert made.page.locator(own).count() == 0
            made.page.goto(f"{base}explore/?q=%3Cscript%3E&clause=%22%3E&day=x&at=y&from=1")
            made.page.wait_for_selector("html[data-ready=true]")
            assert made.wrong == []
            assert made.abroad() == []
            made.page.context.close()


@pytest.mark.parametrize(("kind", "width"), [
    ("index", 1440), ("index", 390), ("finding", 1440), ("day", 390), ("days", 768),
])  # fmt: skip
def test_it_looks_as_it_did(
    browser: Any, address: str, kinds: dict[str, str], kind: str, width: int
) -> None:
    made = visit(browser, address, width, device_scale_factor=0.1)
    made.go(kinds[kind])
    now = made.page.screenshot()
    kept = HERE / "looks" / f"{kind}-{width}.png"
    if not kept.is_file():
        kept.write_bytes(now)
        pytest.fail(f"{kept.name} was not kept yet: look at the page, then keep the picture")
    assert unlike(now, kept.read_bytes()) < TOLERANCE
    made.page.context.close()
