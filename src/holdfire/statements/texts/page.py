"""Web pages: trafilatura decides what the main text is; our own layout says where it stands."""

from __future__ import annotations

import logging
import re
from collections import Counter
from datetime import date
from typing import Any

from holdfire.statements.texts.found import Found, TextError
from holdfire.statements.texts.laid import NOWHERE, Laid, Laying, through
from holdfire.statements.texts.markup import Sheet, is_markup, parted, sheet

SHINGLE = 4
"""Words in a row by which a paragraph is found again in the main text."""

FOUND_AGAIN = 0.7
"""Share of a paragraph's shingles that must be in the main text: trafilatura leaves out a link or
a footnote here and there."""

_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)
_WORDS = re.compile(r"\w+")
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-12-31"}
"""Dates are taken from the page's own fields; a fixed end, for the default is today."""

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    # Their warnings about a page are our asides; without a handler they would go to the terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())


def is_page(text: str) -> bool:
    """Whether a text is a whole web page."""
    return "<" in text[:1000] and _PAGE.match(text) is not None


def fragment(text: str, item: int) -> Found:
    """Lay out a text that may be a piece of HTML or a whole page."""
    if is_page(text):
        return page(text, item)
    if not is_markup(text):
        return Found(item, Laid.whole(text))
    return Found(item, sheet(text).laid, breaks="blocks" if parted(text) else "lines")


def page(text: str, item: int) -> Found:
    """Return the main text of a web page and what its head says of it."""
    laid = sheet(text)
    if not laid.blocks:
        raise TextError(
            "the page has no text", "its text may be put in by a script: save it as shown"
        )
    main = _main(text)
    if main is None or not (main.text or "").strip():
        found = Found(item, laid.laid, breaks="blocks")
        found.how["text"] = "the whole page: no main text could be told apart"
        return found
    kept = _kept(laid, main.text)
    found = Found(item, kept or laid.laid, breaks="blocks")
    for part, value in (("title", main.title), ("outlet", main.sitename), ("url", main.url)):
        if value:
            setattr(found, part, str(value))
            found.how[part] = "the page's head"
    if main.date:
        found.published = date.fromisoformat(str(main.date)[:10])
        found.how["published"] = "the page's head"
    return found


def _main(text: str) -> Any:
    # Imported here: it takes half a second, and plain texts do without.
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            text, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
        )
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        # A page that breaks the extractor is still a page: it is read as a whole.
        return None


def _kept(laid: Sheet, main: str) -> Laid | None:
    """Return the blocks of a page that are in its main text; ``None`` if none is."""
    lines = Counter(_normal(line) for line in main.split("\n"))
    words = _WORDS.findall(main.lower())
    shingles = set(zip(*(words[shift:] for shift in range(SHINGLE)), strict=False))
    laying, text = Laying(), laid.laid.text
    for start, end in laid.blocks:
        block = text[start:end]
        normal = _normal(block)
        if lines[normal] > 0 and normal:
            lines[normal] -= 1
        elif normal in lines or not _within(normal.split(), shingles):
            continue
        if laying.length:
            laying.letters("\n\n", NOWHERE)
        laying.letters(block, start)
    return through(laying.laid(), laid.laid) if laying.length else None


def _normal(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _within(words: list[str], shingles: set[tuple[str, ...]]) -> bool:
    count = len(words) - SHINGLE + 1
    if count < 1:
        return False
    found = sum(tuple(words[at : at + SHINGLE]) in shingles for at in range(count))
    return found >= FOUND_AGAIN * count
