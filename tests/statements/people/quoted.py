"""Attributions by quotation: source, cue and content as they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from holdfire.statements.article import Article, Origin, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people import Words, chains, resolve
from holdfire.statements.statement import Link, Speaker


def passages(text: str, words: str) -> tuple[Passage, ...]:
    """Find "a … b" as two passages; "he#2" is the second "he"."""
    found = []
    for piece in words.split(" … ") if words else ():
        plain, _, which = piece.partition("#")
        spots = list(re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text))
        found.append(spots[int(which or 1) - 1].span())
    return tuple(found)


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        passages(text, content), passages(text, cue), passages(text, source)
    )  # fmt: skip


@dataclass
class Told:
    """A text and what it attributes, with what is concluded from it."""

    text: str
    attributions: list[Attribution]
    outlet: str = ""

    @cached_property
    def article(self) -> Article:
        origin = Origin.whole(self.text)
        return Article("a.txt", "0" * 64, 1, self.text, origin, outlet=self.outlet)

    @cached_property
    def speakers(self) -> list[Speaker]:
        return resolve(self.article, self.attributions, Words.load())

    @cached_property
    def chains(self) -> list[tuple[Link, ...]]:
        return chains(self.article, self.attributions, self.speakers, Words.load())

    @property
    def names(self) -> list[list[str]]:
        """Return the chains by name, without the outlet; "" for whom nobody names."""
        return [[link.speaker.name for link in chain[1:]] for chain in self.chains]


def told(text: str, *statements: tuple[str, str, str], outlet: str = "") -> Told:
    """Return a text with its statements, each as source, cue and content."""
    return Told(text, [attribution(text, *one) for one in statements], outlet)
