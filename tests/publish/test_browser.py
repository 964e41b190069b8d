"""The page in a real browser, opened from disk at the widths of a phone, a tablet and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publish.conftest import Case, make_case
from tests.publish.test_bulletin import hostile_case, page

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
