"""Turning templates into files: one environment, one layout, relative links throughout.

Texts are marked for translation (``_("…")`` in templates): a catalogue is put in by installing
translations into :func:`environment`. What scripts say is in ``words.toml`` and goes with the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from holdfire.publish import wording
from holdfire.publish.figures import day, number
from holdfire.publish.safe import plain
from holdfire.publish.site.publication import Publication

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; "
    "form-action 'self'"
)
"""Nothing is loaded from anywhere else, and no script runs that the site did not come with."""


@cache
def environment() -> jinja2.Environment:
    """Return the templates, those of the bulletin among them, with what they call."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("holdfire.publish.site", "templates"),
                jinja2.PackageLoader("holdfire.publish", "templates"),
            ]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(plain=plain, number=number, day_words=_day_words)
    return made


class Pages:
    """Writes pages into a folder and remembers their addresses for the site map."""

    def __init__(self, folder: Path, publication: Publication) -> None:
        self.folder, self.publication = folder, publication
        self.addresses: list[str] = []
        answer = publication.answer
        self._shared = {
            "csp": CSP,
            "answer": answer,
            "never": wording.never(answer),
            "banners": wording.banners(answer),
            "title": plain(answer.title),
            "version": plain(publication.record.get("version", "")),
            "base_url": publication.base_url,
            "contact": plain(publication.record.get("contact", "")),
            "has_statements": (publication.out / "statements.parquet").is_file(),
        }

    def write(
        self, at: str, template: str, values: Mapping[str, Any], *, listed: bool = True
    ) -> int:
        """Write one page at an address such as ``day/2025-03-13/``; return its size in bytes.

        ``values`` hold at least ``heading``, the page's own title. Pages that are not ``listed``
        stay out of the site map.
        """
        text = environment().get_template(template).render(
            {
                "root": "../" * at.count("/") or "./", "at": at, "scripts": (), "picture": "index",
                "record": "", "listed": listed, **self._shared, **values,
            }
        )  # fmt: skip
        data = text.encode("utf-8", "replace")
        path = self.folder / at / "index.html" if not at or at.endswith("/") else self.folder / at
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if listed:
            self.addresses.append(at)
        return len(data)


def _day_words(when: date | str) -> str:
    return day(date.fromisoformat(when) if isinstance(when, str) else when)
