"""One text as it is read: what is kept of it, and where each letter stands in its file."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

Passage = tuple[int, int]
"""Character offsets ``(start, end)``, end exclusive."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the letters of a text stand in the file it was taken from, as decoded.

    ``runs`` are ``(start in the text, start in the file, length)``, in the order of the text,
    without gaps in the text and without overlaps; within a run letter follows letter in both. A
    letter that the file writes with several (``&amp;``, ``\\u2019``) is a run of length one of its
    own; its end in the file is ``wide`` beyond its start. Letters that the file does not have (a
    line break put between two paragraphs) have a run whose start in the file is ``-1``.
    """

    runs: tuple[tuple[int, int, int], ...]
    wide: dict[int, int] = field(default_factory=dict)
    """Length in the file of a letter written with several, by its place in the text."""

    @classmethod
    def whole(cls, text: str) -> Origin:
        """Return the origin of a text that is its file, letter by letter."""
        return cls(((0, 0, len(text)),) if text else ())

    def passages(self, start: int, end: int) -> tuple[Passage, ...]:
        """Return where the letters ``start`` to ``end`` of the text stand in the file.

        More than one where something between them was cut; pieces that touch are one.
        """
        found: list[Passage] = []
        first = max(bisect_right(self.runs, (start, sys.maxsize)) - 1, 0)
        if start < end and first < len(self.runs):
            text_at, file_at, length = self.runs[first]
            if file_at >= 0 and text_at <= start and end <= text_at + length > text_at + 1:
                return ((file_at + start - text_at, file_at + end - text_at),)
        for text_at, file_at, length in self.runs[first:]:
            if text_at >= end:
                break
            begins, ends = max(start, text_at), min(end, text_at + length)
            if begins >= ends or file_at < 0:
                continue
            a = file_at + begins - text_at
            b = file_at + ends - text_at
            if length == 1:
                b = file_at + self.wide.get(text_at, 1)
            if found and found[-1][1] == a:
                found[-1] = (found[-1][0], b)
            else:
                found.append((a, b))
        return tuple(found)


_WORD = re.compile(r"[^\W_]+")


def lowered(text: str) -> str:
    """Return a text in small letters, letter by letter, so that every place stays where it is."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def words_of(low: str) -> frozenset[str]:
    """Return the words of a text in small letters, parted at whatever is no letter or digit."""
    pieces = set(low.split())
    plain = set(filter(str.isalnum, pieces))
    plain.update(_WORD.findall(" ".join(pieces - plain)))
    return frozenset(plain)


@dataclass(frozen=True)
class Article:
    """One text and what is known of it.

    ``text`` is what is read: paragraphs and headings that survived cleaning, parted by line
    breaks. Everything downstream works with offsets into ``text``; ``origin`` turns them into
    offsets into the file as decoded. What was not told but concluded is named in ``inferred``
    with how (``{"published": "the file's name"}``).
    """

    file: str
    sha256: str
    item: int
    """Which text of the file, from 1; a file of one text has item 1."""
    text: str
    origin: Origin
    outlet: str = ""
    url: str = ""
    title: str = ""
    published: date | None = None
    inferred: dict[str, str] = field(default_factory=dict)
    outlets: tuple[str, ...] = ()
    """Every outlet that carried this text, its own first, where copies were found."""

    @property
    def id(self) -> str:
        """Return a name for the text that stays while the file stays."""
        return f"{self.sha256[:12]}.{self.item}"

    @cached_property
    def low(self) -> str:
        """Return the text in small letters, of the same length; made once, when asked for."""
        return lowered(self.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return its words in small letters, parted at hyphens and apostrophes.

        For a quick no: what none of a list's words are in cannot hold a phrase of the list.
        """
        return words_of(self.low)

    def passages(self, spans: Iterable[Passage]) -> list[Passage]:
        """Return passages of the text as passages of the file."""
        known = self._places
        found: list[Passage] = []
        for span in spans:
            if span not in known:
                known[span] = self.origin.passages(*span)
            found += known[span]
        return found

    @cached_property
    def _places(self) -> dict[Passage, tuple[Passage, ...]]:
        """Passages already found: who speaks is told with each statement he is a link of."""
        return {}
