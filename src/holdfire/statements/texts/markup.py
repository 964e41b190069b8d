"""HTML laid out as paragraphs: which letters of the page are read, and where each stands.

Only as much of HTML as that needs: tags that part paragraphs, tags whose content nobody reads,
entities, white space. Every loop goes on in the page, so its time is that of the page's length.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.entities import html5

from holdfire.statements.texts.found import TextError
from holdfire.statements.texts.laid import NOWHERE, Laid, Laying
from holdfire.statements.texts.limits import DEEPEST, MOST_TAGS

_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_UNREAD = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select",
    "textarea", "head", "title", "button", "canvas", "audio", "video", "map",
})  # fmt: skip
_NOT_DEEPER = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot",
    "colgroup",
})  # fmt: skip
"""Tags that are never closed, or that the next of their kind closes: they nest nothing."""

TAG = re.compile(
    r"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)"
    r"(?P<rest>(?>[^>\"'=]|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[=\"'])*+)>|(?P<other>!--|!\[CDATA\[|[!?]))"
)
_INK = re.compile(
    r"[ \t\r\n\f]{2,}|[\t\r\n\f]"
    r"|&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_IS_HTML = re.compile(
    r"</?(?:p|br|div|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|img|span|figure|table|section"
    r"|article|iframe|font|center|hr|sup|sub|small)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_HAS_BLOCKS = re.compile(
    r"<(?:p|br|div|li|h[1-6]|blockquote|tr|section|article)[\s/>]", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(slots=True)
class Sheet:
    """A page laid out: its text, and its blocks as passages of the text."""

    laid: Laid
    blocks: list[tuple[int, int]] = field(default_factory=list)


def is_markup(text: str) -> bool:
    """Whether a piece of text is written as HTML."""
    return ("<" in text and _IS_HTML.search(text) is not None) or (
        "&" in text and _ENTITY.search(text) is not None
    )


def sheet(source: str) -> Sheet:
    """Lay out HTML. Pages with too many tags, or nested too deeply, are a :class:`TextError`."""
    return _Layout(source, not _HAS_BLOCKS.search(source)).run()


def parted(source: str) -> bool:
    """Whether tags, and not line breaks, part the paragraphs of a piece of HTML."""
    return _HAS_BLOCKS.search(source) is not None


class _Layout:
    def __init__(self, source: str, line_breaks: bool) -> None:
        self.source = source
        self.line_breaks = line_breaks
        self.laying = Laying()
        self.blocks: list[tuple[int, int]] = []
        self.begin = 0
        self.fresh = True
        self.depth = 0
        self.absent: set[str] = set()

    def run(self) -> Sheet:
        source, at, tags = self.source, 0, 0
        while (mark := source.find("<", at)) >= 0:
            match = TAG.match(source, mark)
            if match is None:
                # A "<" that begins no tag is a letter like any other.
                self.ink(at, mark)
                self.laying.letters("<", mark)
                self.fresh = False
                at = mark + 1
                if source.find(">", at) < 0:
                    break
                continue
            self.ink(at, mark)
            if match["other"]:
                at = self.other(match)
                continue
            tags += 1
            if tags > MOST_TAGS:
                raise TextError(f"it has more than {MOST_TAGS:,} tags", "split the page")
            at = self.tag(match)
        self.ink(at, len(source))
        self.close()
        return Sheet(self.laying.laid(), self.blocks)

    def tag(self, match: re.Match[str]) -> int:
        """Take a tag into account; return where reading goes on."""
        name, end = match["name"].lower(), match.end()
        if name in _BLOCK:
            self.close()
        elif name == "br" and not self.fresh:
            self.laying.letters("\n", NOWHERE)
            self.fresh = True
        if match["end"]:
            if name not in _NOT_DEEPER:
                self.depth = max(self.depth - 1, 0)
            return end
        if name in _UNREAD:
            return self.after(name, end)
        if name not in _NOT_DEEPER and not match["rest"].endswith("/"):
            self.depth += 1
            if self.depth > DEEPEST:
                raise TextError(f"it nests more than {DEEPEST} tags", "its HTML is broken")
        return end

    def other(self, match: re.Match[str]) -> int:
        """Skip a comment or declaration, read what is marked as characters."""
        kind, start = match["other"], match.end()
        closing = {"!--": "-->", "![CDATA[": "]]>"}.get(kind, ">")
        end = self.source.find(closing, start)
        return len(self.source) if end < 0 else end + len(closing)

    def after(self, name: str, at: int) -> int:
        """Return where an element ends whose content nobody reads; its start if it never does."""
        if name in self.absent:
            return at
        match = re.compile(rf"</{re.escape(name)}[\s/>]", re.IGNORECASE).search(self.source, at)
        if match is None:
            self.absent.add(name)
            return at
        end = self.source.find(">", match.end() - 1)
        return len(self.source) if end < 0 else end + 1

    def ink(self, start: int, end: int) -> None:
        """Add the letters between two tags: entities as what they mean, white space as one."""
        source, laying = self.source, self.laying
        while start < end:
            match = _INK.search(source, start, end)
            stop = match.start() if match else end
            if stop > start:
                if self.fresh and source[start] == " ":
                    start += 1
                if stop > start:
                    laying.letters(source[start:stop], start)
                    self.fresh = source[stop - 1] == " "
            if match is None:
                return
            start = match.end()
            if match.group()[0] == "&":
                start = self.entity(match)
            elif self.line_breaks and "\n" in match.group():
                laying.letters(match.group(), match.start())
                self.fresh = True
            elif not self.fresh:
                laying.letter(" ", match.start(), start)
                self.fresh = True

    def entity(self, match: re.Match[str]) -> int:
        """Add what an entity means; return where it ends."""
        letters, length = meaning(match.group())
        end = match.start() + length
        self.laying.several(letters, match.start(), end)
        if letters:
            self.fresh = False
        return end

    def close(self) -> None:
        """End a paragraph, if there is anything in it."""
        end = self.laying.length
        if end > self.begin:
            self.blocks.append((self.begin, end))
            self.laying.letters("\n\n", NOWHERE)
        self.begin = self.laying.length
        self.fresh = True


def entities(source: str, at: int, end: int, laying: Laying) -> None:
    """Add the letters of a piece of XML or HTML with its entities resolved, all else as it is."""
    while match := _ENTITY.search(source, at, end):
        laying.letters(source[at : match.start()], at)
        letters, length = meaning(match.group())
        laying.several(letters, match.start(), match.start() + length)
        at = match.start() + length
    laying.letters(source[at:end], at)


def meaning(entity: str) -> tuple[str, int]:
    """Return the letters an entity stands for, and how many letters of it that takes.

    As browsers do it: names of old may lack their semicolon, and then the rest is text.
    """
    if entity[1] == "#":
        return html.unescape(entity), len(entity)
    name = entity[1:]
    for size in range(len(name), 1, -1):
        if letters := html5.get(name[:size]):
            return letters, size + 1
    return "&", 1
