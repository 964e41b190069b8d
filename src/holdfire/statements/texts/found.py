"""What is told about texts, what is found in a file, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from holdfire.errors import HoldfireError
from holdfire.statements.texts.laid import Laid

Breaks = Literal["lines", "pages", "blocks"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller says of the texts; it goes before everything that is found."""

    outlet: str = ""
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A file, or one text of a file, that is not read.

    ``item`` is which text of the file, from 1; 0 where the file as a whole is meant.
    """

    file: str
    item: int
    reason: str
    advice: str = ""


class TextError(HoldfireError):
    """A file or a text cannot be read; it is set aside with this reason."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(reason, advice=advice)
        self.reason = reason
        self.advice = advice


@dataclass(slots=True)
class Found:
    """One text as a file holds it, before it is cleaned, and what the file says of it.

    ``how`` says of each of ``title``, ``outlet``, ``url`` and ``published`` that is known where it
    stood. ``breaks`` tells what a line break in it can be: in plain text one put at a fixed width
    (``lines``), in a PDF nearly always one put where the line was full (``pages``), in HTML always
    the end of a paragraph (``blocks``).
    """

    item: int
    laid: Laid
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: date | None = None
    how: dict[str, str] = field(default_factory=dict)
    breaks: Breaks = "lines"


@dataclass(frozen=True, slots=True)
class Refused:
    """One text of a file that cannot be read, while the others can."""

    item: int
    reason: str
    advice: str = ""
