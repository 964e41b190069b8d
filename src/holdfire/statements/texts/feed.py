"""RSS and Atom: the entries of a feed, through XML's escapes and the HTML inside them.

Only the elements that are needed are looked at, and no entity that a feed declares is expanded: a
feed can make no more letters than it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfire.statements.texts import days
from holdfire.statements.texts.found import Found, Refused, TextError
from holdfire.statements.texts.laid import Laid, Laying, through
from holdfire.statements.texts.markup import TAG, entities
from holdfire.statements.texts.page import fragment

_ENTRY = frozenset({"item", "entry"})
_TEXT = ("content:encoded", "content", "body", "description", "summary", "media:description")
_URL = ("link", "guid", "id", "feedburner:origlink")
_PUBLISHED = ("pubdate", "published", "dc:date", "issued", "updated", "dcterms:issued", "date")
_OUTLET = ("source", "dc:publisher", "publisher")
_KNOWN = frozenset({"title", *_TEXT, *_URL, *_PUBLISHED, *_OUTLET})
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']+)""", re.IGNORECASE)
_REL = re.compile(r"""\brel\s*=\s*["'](?!alternate)""", re.IGNORECASE)
_XHTML = re.compile(r"""\btype\s*=\s*["']xhtml""", re.IGNORECASE)


@dataclass(slots=True)
class _Entry:
    """The elements of an entry: from where to where their content is written, and its kind."""

    parts: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    href: str = ""


def entries(source: str) -> Iterator[Found | Refused]:
    """Return the entries of a feed in their order; what has no text is refused."""
    reader = _Reader(source)
    item = 0
    for entry in reader.run():
        item += 1
        if entry is None:
            yield Refused(item, "the feed breaks off within this entry", "fetch the feed again")
            continue
        try:
            yield _found(entry, source, item, reader.title)
        except TextError as error:
            yield Refused(item, error.reason, error.advice)
    if not item:
        raise TextError("it is a feed without entries")


class _Reader:
    """Walks through the tags of a feed once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.title = ""
        self.entry: _Entry | None = None
        self.name, self.start, self.xhtml = "", 0, False

    def run(self) -> Iterator[_Entry | None]:
        """Return each entry; ``None`` for one that never ends."""
        source, at = self.source, 0
        while (mark := source.find("<", at)) >= 0:
            match = TAG.match(source, mark)
            if match is None:
                at = mark + 1
                if source.find(">", at) < 0:
                    break
                continue
            at = match.end()
            if match["other"]:
                at = self._after_other(match)
                continue
            begun = self.entry
            if match["end"]:
                if self._ends(match["name"].lower(), mark):
                    yield begun
            elif not self.name and self._begins(match) and begun is not None:
                yield None
        if self.entry is not None:
            yield None

    def _begins(self, match: re.Match[str]) -> bool:
        """Take an opening tag into account; return whether it begins an entry."""
        tag, rest = match["name"].lower(), match["rest"]
        if tag in _ENTRY:
            self.entry = _Entry()
            return True
        if tag == "link" and self.entry and (href := _HREF.search(rest)):
            if not self.entry.href or not _REL.search(rest):
                self.entry.href = href[1]
        elif not rest.endswith("/") and (
            tag in _KNOWN if self.entry else tag == "title" and not self.title
        ):
            self.name, self.start = tag, match.end()
            self.xhtml = _XHTML.search(rest) is not None
        return False

    def _ends(self, tag: str, mark: int) -> bool:
        """Take a closing tag into account; return whether it ends the entry."""
        if tag == self.name:
            if self.entry is not None:
                self.entry.parts.setdefault(tag, (self.start, mark, self.xhtml))
            else:
                self.title = _value(self.source, self.start, mark).text.strip()
            self.name = ""
        elif tag in _ENTRY and self.entry is not None and not self.name:
            self.entry = None
            return True
        return False

    def _after_other(self, match: re.Match[str]) -> int:
        closing = {"!--": "-->", "![CDATA[": "]]>"}.get(match["other"], ">")
        end = self.source.find(closing, match.end())
        return len(self.source) if end < 0 else end + len(closing)


def _found(entry: _Entry, source: str, item: int, feed_title: str) -> Found:
    values = {
        name: Laid.whole(source[start:end], start) if xhtml else _value(source, start, end)
        for name, (start, end, xhtml) in entry.parts.items()
    }
    text = next(
        (values[name] for name in _TEXT if name in values and values[name].text.strip()), None
    )
    if text is None:
        raise TextError("the entry has no text", "feeds with titles only cannot be read")
    found = fragment(text.text, item)
    found.laid = through(found.laid, text)

    for part, names in (("title", ("title",)), ("outlet", _OUTLET)):
        for name in names:
            if name in values and (value := fragment(values[name].text, item).laid.text.strip()):
                setattr(found, part, " ".join(value.split()))
                found.how[part] = f"the feed's {name}"
                break
    if not found.outlet and feed_title:
        found.outlet, found.how["outlet"] = feed_title, "the feed's title"
    _address_and_day(found, values, entry.href)
    return found


def _address_and_day(found: Found, values: dict[str, Laid], href: str) -> None:
    for name in _URL:
        address = values[name].text.strip() if name in values else ""
        if address.startswith(("http://", "https://")):
            found.url, found.how["url"] = address, f"the feed's {name}"
            break
    else:
        if href:
            found.url, found.how["url"] = href, "the feed's link"
    for name in _PUBLISHED:
        if name in values and (day := days.of_value(values[name].text)):
            found.published, found.how["published"] = day, f"the feed's {name}"
            break


def _value(source: str, start: int, end: int) -> Laid:
    """Return the characters of an element: escapes resolved, marked sections as they are."""
    laying = Laying()
    while (mark := source.find("<![CDATA[", start, end)) >= 0:
        entities(source, start, mark, laying)
        close = source.find("]]>", mark, end)
        close = end if close < 0 else close
        laying.letters(source[mark + 9 : close], mark + 9)
        start = min(close + 3, end)
    entities(source, start, end, laying)
    return laying.laid()
