"""The page in a real browser, opened from disk at the widths of a phone, a tablet and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfire.publish.bulletin import bulletin
from tests.publish.conftest import Case, make_case
from tests.publish.test_bulletin import HOSTILE, hostile_case, page
from tests.publish.test_spoken import Row, statement, table

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM.exists() and DRIVER.exists()),
        reason="needs chromium and chromium-driver (apt-get install chromium chromium-driver)",
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("kind", ["ordinary", "hostile"])
def test_fits_and_loads_nothing(browser: Any, tmp_path: Path, width: int, kind: str) -> None:
    made: Case = make_case() if kind == "ordinary" else hostile_case()
    file = tmp_path / "bulletin.html"
    file.write_text(page(made), encoding="utf-8")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get_log("performance")
    browser.get(file.as_uri())
    over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    closed = browser.execute_script(over)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert (closed, browser.execute_script(over)) == (0, 0), "nothing hangs over to the right"
    assert browser.get_log("browser") == []
    requests = [
        e["message"] for e in browser.get_log("performance") if "requestWillBeSent" in e["message"]
    ]
    assert not [r for r in requests if '"url":"http' in r]
    if kind == "ordinary":
        first = browser.execute_script(
            "return document.querySelector('.lead').getBoundingClientRect().bottom"
        )
        assert first < 900, "the answer is on the first screen"


def spoken(*rows: Row) -> str:
    made = make_case()
    return bulletin(
        made.answer, made.findings, made.incidents, made.reports, made.set_aside, made.layers,
        made.provenance, statements=table(*rows),
    )  # fmt: skip


STANCES = ("accepts", "accepts-on-conditions", "rejects", "proposes", "alleges-violation",
           "denies-violation")  # fmt: skip


def ordinary() -> list[Row]:
    """Return statements of three parties over two months, several a day on some days."""
    return [
        statement(
            n, speaker=f"Speaker {n}", party=("north", "south", None)[n % 3],
            stance=STANCES[n % 6], published=date(2031, 4, 1) + timedelta(days=n * n % 60),
        )
        for n in range(90)
    ]  # fmt: skip


def hostile() -> list[Row]:
    words = "W" * 5_000
    many = [statement(n, speaker=f"{words} {n}", said=words, outlet=words) for n in range(40)]
    far = [
        statement(n, said_from=datetime(year, 1, 1, tzinfo=UTC), speaker=HOSTILE, party=words)
        for n, year in enumerate((1800, 2031, 2199), 100)
    ]
    return [*many, *far, statement(200, party=HOSTILE, said=HOSTILE, url=HOSTILE, place=HOSTILE)]


def opened(browser: Any, file: Path, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get_log("performance")
    browser.get(file.as_uri())


# On a phone a mark on the first or last day stands out of its lane by two of its fourteen pixels.
OUTSIDE = """
return [...document.querySelectorAll('.lane-marks')].flatMap(lane => {
  const box = lane.getBoundingClientRect();
  return [...lane.querySelectorAll('a')].filter(mark => {
    const at = mark.getBoundingClientRect();
    return at.left < box.left - 3 || at.right > box.right + 3
        || at.top < box.top - 1 || at.bottom > box.bottom + 1;
  }).map(mark => [mark.title.slice(0, 60), mark.getBoundingClientRect().toJSON(), box.toJSON()]);
})"""


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("rows", [ordinary, hostile], ids=["ordinary", "hostile"])
def test_the_timeline_of_statements_fits(
    browser: Any, tmp_path: Path, rows: Any, width: int
) -> None:
    file = tmp_path / "bulletin.html"
    file.write_text(spoken(*rows()), encoding="utf-8")
    opened(browser, file, width)
    over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script(over) == 0, "nothing hangs over to the right"
    marks = browser.execute_script("return document.querySelectorAll('.lane-marks a').length")
    assert marks >= len(rows()) / 2
    assert browser.execute_script(OUTSIDE) == [], "marks lie inside their lanes"
    assert browser.get_log("browser") == []
    sent = [one["message"] for one in browser.get_log("performance")]
    sent = [one for one in sent if "requestWillBeSent" in one]
    assert sent
    assert not [one for one in sent if '"url":"http' in one]


DEAD = """
return [...document.querySelectorAll('#said a[href^="#"]')].filter(mark => {
  const entry = document.getElementById(mark.getAttribute('href').slice(1));
  return !entry || !entry.closest('ol.said');
}).length"""


@pytest.mark.parametrize("count", [90, 500])
def test_each_mark_leads_to_its_entry(browser: Any, tmp_path: Path, count: int) -> None:
    file = tmp_path / "bulletin.html"
    file.write_text(
        spoken(*(statement(n, speaker=f"Speaker {n}") for n in range(count))), encoding="utf-8"
    )
    opened(browser, file, 768)
    assert browser.execute_script("return document.querySelectorAll('ol.said > li').length")
    assert browser.execute_script(DEAD) == 0
    browser.execute_script("document.querySelector('.lane-marks a').click()")
    target = "return document.querySelector(':target').querySelector('strong').textContent"
    assert browser.execute_script(target) == "Speaker 0 (foreign minister)"
