"""Paragraphs of a text: lines, or lines joined where a paragraph was broken at a fixed width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from holdfire.statements.texts.found import Breaks

WIDEST = 120
"""Letters of the longest line in a text that is broken at a fixed width."""

FITTING = 0.7
"""Share of the line breaks inside blocks that a fixed width must explain."""

RAGGED = 0.8
"""Share of the longest line of a PDF from which on a line is full: letters differ in width."""

DIVIDED = "\u00ad"
"""Mark of a word divided at the end of a line."""

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_SAYS = re.compile(r"[^\W_]")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029\v]|\f+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_MARKS = re.compile(r"(?:#{1,6}|[-*•–·‣◦▪>]|[*_]{2,3})\s+(?=\S)")
_INLINE = re.compile(r"!?\[([^\[\]]{0,300})\]\(\s*\S{1,500}\s*\)|\*\*|__")


@dataclass(slots=True)
class Paragraph:
    """One paragraph: where its pieces stand, their letters, and all of it as words.

    ``spaced`` says of each piece whether a space parts it from the one before; ``apart`` whether an
    empty line stands above.
    """

    pieces: list[tuple[int, int]]
    letters: list[str]
    spaced: list[bool]
    words: str
    apart: bool


def paragraphs(text: str, breaks: Breaks) -> list[Paragraph]:
    """Return the paragraphs of a text; ``breaks`` tells which lines are joined to one."""
    found: list[Paragraph] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        words = line.strip()
        if not words:
            continue
        start = match.start() + line.find(words[0])
        end = start + len(words)
        apart = not found or len(_BREAK.findall(text, last, start)) > 1
        found.append(Paragraph([(start, end)], [words], [False], words, apart))
        last = end
    if breaks == "pages":
        found = _unwrapped(
            found, round(RAGGED * max((len(line.words) for line in found), default=0))
        )
    elif breaks == "lines" and (width := _width(found)):
        found = _unwrapped(found, width)
    marked = "[" in text or "**" in text or "__" in text
    unseen = not text.isascii() and INVISIBLE.search(text) is not None
    for part in found:
        _without_mark(part)
        if marked:
            without(part, _INLINE)
        if unseen:
            without(part, INVISIBLE)
    return [part for part in found if part.words and _SAYS.search(part.words)]


def _width(lines: list[Paragraph]) -> int:
    """Return the width at which the text was broken; 0 if it was not.

    A break is explained by the width where the next line's first word did not fit any more, or
    where the sentence goes on.
    """
    width = max((len(line.words) for line in lines), default=0)
    if width > WIDEST:
        return 0
    inside = fitting = 0
    for before, line in pairwise(lines):
        if not line.apart:
            inside += 1
            fitting += _goes_on(before.words, line.words, width)
    return width if inside and fitting >= FITTING * inside else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line break stands within a sentence, or where the line was full."""
    if len(line) + 1 + len(following.split(None, 1)[0]) > width:
        return True
    return following[0].islower() and line[-1] not in ".!?:;"


def _unwrapped(lines: list[Paragraph], width: int) -> list[Paragraph]:
    joined: list[Paragraph] = []
    above = ""
    for line in lines:
        if joined and not line.apart and _goes_on(above, line.words, width):
            _append(joined[-1], line)
        else:
            joined.append(line)
        above = line.words
    return joined


def _append(part: Paragraph, line: Paragraph) -> None:
    """Add a line to a paragraph; a word divided between them becomes one."""
    last = part.words[-1]
    if last == DIVIDED and len(part.letters[-1]) > 1:
        start, end = part.pieces[-1]
        part.pieces[-1] = (start, end - 1)
        part.letters[-1] = part.letters[-1][:-1]
        part.words = part.words[:-1]
    space = last != DIVIDED and not (last == "-" and line.words[0].islower())
    part.pieces += line.pieces
    part.letters += line.letters
    part.spaced.append(space)
    part.words += (" " if space else "") + line.words


def _without_mark(part: Paragraph) -> None:
    """Cut the mark of a heading or of a list's item (``## ``, ``- ``)."""
    first = part.letters[0]
    if first[0] in "#-*•–·‣◦▪>_" and (match := _MARKS.match(first)):
        start, end = part.pieces[0]
        part.pieces[0] = (start + match.end(), end)
        part.letters[0] = first[match.end() :]
        part.words = part.words[match.end() :]


def without(part: Paragraph, what: re.Pattern[str]) -> None:
    """Cut everything a pattern finds, but the letters of its group."""
    if not what.search(part.words):
        return
    pieces: list[tuple[int, int]] = []
    letters: list[str] = []
    spaced: list[bool] = []
    for (start, _), words, space in zip(part.pieces, part.letters, part.spaced, strict=True):
        for a, b in _kept(words, what):
            pieces.append((start + a, start + b))
            letters.append(words[a:b])
            spaced.append(space)
            space = False
    while letters and not (last := letters[-1].rstrip()):
        pieces, letters, spaced = pieces[:-1], letters[:-1], spaced[:-1]
    if letters and (cut := len(letters[-1]) - len(last)):
        pieces[-1], letters[-1] = (pieces[-1][0], pieces[-1][1] - cut), last
    part.pieces, part.letters, part.spaced = pieces, letters, spaced
    part.words = "".join(
        (" " if space and index else "") + words
        for index, (words, space) in enumerate(zip(letters, spaced, strict=True))
    ).strip()


def _kept(words: str, what: re.Pattern[str]) -> list[tuple[int, int]]:
    kept, done = [], 0
    for match in what.finditer(words):
        kept.append((done, match.start()))
        if match.re.groups and match.group(1) is not None and not match.group().startswith("!"):
            kept.append(match.span(1))
        done = match.end()
    kept.append((done, len(words)))
    return [(a, b) for a, b in kept if a < b]
