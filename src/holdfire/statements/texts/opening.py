"""From files and folders to articles: what they hold, cleaned, with every letter's place.

Offsets are letters of the file as decoded: without a byte order mark, line ends as they are. For a
PDF they are letters of its text layer, the pages joined by form feeds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from holdfire.statements.article import Article
from holdfire.statements.texts import days, records
from holdfire.statements.texts.cleaning import cleaned
from holdfire.statements.texts.feed import entries
from holdfire.statements.texts.found import Aside, Found, Refused, TextError, Told
from holdfire.statements.texts.laid import Laid
from holdfire.statements.texts.limits import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_BYTES,
    MOST_HTML_BYTES,
    MOST_PDF_BYTES,
)
from holdfire.statements.texts.page import fragment
from holdfire.statements.texts.pdf import document
from holdfire.statements.texts.sniffing import Opened, Shape, opened, shape
from holdfire.statements.texts.suspect import check

__all__ = ["Aside", "Told", "files_of", "texts_of"]

LONGEST_FIELD = 1_000
"""Letters of a title, an outlet's name or an address; the rest of a longer one is left out."""

_MOST = {"html": MOST_HTML_BYTES, "pdf": MOST_PDF_BYTES}

_HOST = re.compile(r"https?://(?:www\d?\.|m\.|amp\.)*([^/:?#@\s]+)", re.IGNORECASE)

Read: TypeAlias = Iterator[Found | Refused]


def texts_of(paths: Iterable[Path], *, told: Told | None = None) -> Iterator[Article | Aside]:
    """Return every text of files and folders, one after the other, and what is set aside.

    Folders are walked in the order of their names, without files whose names begin with a dot;
    a file that is reached twice is read once. Nothing is raised for what a file holds.
    """
    told = told or Told()
    known: dict[str, str] = {}
    for file in files_of(paths):
        if isinstance(file, Aside):
            yield file
        else:
            yield from _texts(file, told, known)


def files_of(paths: Iterable[Path]) -> Iterator[Path | Aside]:
    """Return the files that are meant, in order; links to folders are not followed."""
    seen: set[str] = set()
    for path in paths:
        for found in _walked(Path(path)):
            if isinstance(found, Aside):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield found


def _walked(path: Path) -> Iterator[Path | Aside]:
    waiting = [path]
    while waiting:
        at = waiting.pop()
        if not at.is_dir():
            yield at
        elif at.is_symlink() and at is not path:
            yield Aside(str(at), 0, "it is a link to a folder", "name the folder itself")
        else:
            try:
                names = sorted(name for name in os.listdir(at) if not name.startswith("."))
            except OSError as error:
                yield Aside(str(at), 0, f"the folder cannot be opened: {error.strerror}")
                continue
            waiting.extend(at / name for name in reversed(names))


def _texts(path: Path, told: Told, known: dict[str, str]) -> Iterator[Article | Aside]:
    name = str(path)
    try:
        file = opened(path)
        same = known.setdefault(file.sha256, name)
        if same != name:
            raise TextError(f"it is the same, byte for byte, as {same}")
        for found in _read(path, file, shape(file)):
            if isinstance(found, Refused):
                yield Aside(name, found.item, found.reason, found.advice)
                continue
            try:
                yield _article(found, name, file.sha256, told)
            except TextError as error:
                yield Aside(name, found.item, error.reason, error.advice)
    except TextError as error:
        yield Aside(name, 0, error.reason, error.advice)
    except OSError as error:
        yield Aside(name, 0, f"it cannot be read: {error.strerror}")


def _read(path: Path, file: Opened, form: Shape) -> Read:
    if form.layout == "jsonl":
        with path.open(encoding=form.encoding, errors="replace", newline="\n") as stream:
            yield from records.of_lines(stream)
        return
    most = _MOST.get(form.layout, MOST_BYTES)
    if file.size > most:
        raise TextError(
            f"it is too large: {file.size:,} bytes, and at most {most:,} are read at once",
            "split it, or save many texts as JSONL, one a line",
        )
    if form.layout == "pdf":
        yield _named(document(path), path)
        return
    raw = file.head if file.complete else path.read_bytes()
    text = raw.decode(form.encoding, errors="replace")
    if form.layout == "json":
        yield from records.of_document(text)
    elif form.layout == "feed":
        yield from entries(text)
    elif form.layout == "html":
        yield _named(fragment(text, 1), path)
    else:
        yield _named(Found(1, Laid.whole(text)), path)


def _named(found: Found, path: Path) -> Found:
    """Take the day from the name of a file that holds one text, where nothing else told it."""
    if found.published is None and (day := days.of_name(path.name)):
        found.published, found.how["published"] = day, "the file's name"
    return found


def _article(found: Found, file: str, sha256: str, told: Told) -> Article:
    check(found.laid.text)
    clean = cleaned(found)
    for part in ("title", "outlet", "url"):
        setattr(found, part, _one_line(getattr(found, part)))
    _from_address(found, told)
    if found.published is not None and not FIRST_YEAR <= found.published.year <= LAST_YEAR:
        found.published = None
        found.how["published"] = "left open: the file tells an impossible year"
    how = dict(sorted(found.how.items()))
    for part in ("outlet", "url", "published"):
        if getattr(told, part):
            how.pop(part, None)
    return Article(
        file,
        sha256,
        found.item,
        clean.text,
        clean.origin,
        told.outlet or found.outlet,
        told.url or found.url,
        found.title,
        told.published or found.published,
        how,
    )


def _from_address(found: Found, told: Told) -> None:
    """Take day and outlet from the address, as the last resort."""
    url = told.url or found.url
    if found.published is None and (day := days.of_address(url)):
        found.published, found.how["published"] = day, "the address"
    if not found.outlet and (host := _HOST.match(url)):
        found.outlet, found.how["outlet"] = host[1].lower(), "the address"


def _one_line(value: str) -> str:
    """Return what a field says, fit to be shown and written: one line, no broken letters."""
    whole = value[:LONGEST_FIELD].encode("utf-8", "replace").decode("utf-8")
    return " ".join(whole.split())
