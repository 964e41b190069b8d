"""Asking a language model for the attributions of a text, a few paragraphs at a time."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from string import Template

from holdfire.statements.article import Passage
from holdfire.statements.asked.answers import read
from holdfire.statements.attribution import Attribution

ROOM = 6000
"""Letters of a text that are asked about at once."""

_PARAGRAPH = re.compile(r"[^\n]+")
_BREAK = re.compile(r"(?<=[.!?”\"])\s+|\s+")


class Asked:
    """Finds attributions by asking a language model.

    ``ask`` gives the answer to a prompt; it raises :class:`~holdfire.errors.HoldfireError` if
    there is none, and so does :meth:`attributions` then. ``thrown`` counts what was thrown away of
    the answers, by reason (:data:`~.answers.REASONS`), over all texts so far; ``notice`` is what a
    user has to know before texts are given away.
    """

    name = "asked"

    def __init__(self, ask: Callable[[str], str], room: int = ROOM, notice: str = "") -> None:
        self._ask, self._room, self.notice = ask, room, notice
        self.thrown: Counter[str] = Counter()

    def attributions(self, text: str) -> list[Attribution]:
        """Return the attributions whose every passage is there, in the order of the text."""
        found: list[Attribution] = []
        for start, end in windows(text, self._room):
            part = text[start:end]
            found += (
                _moved(one, start) for one in read(self._ask(prompt(part)), part, self.thrown)
            )
        return sorted(found, key=lambda one: (one.start, -one.end, one))


def prompt(text: str) -> str:
    """Return what is asked about a text.

    The text is fenced by a line made from its own digest, which no text can contain.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return _template().substitute(fence=f"=== article {digest} ===", text=text)


@cache
def _template() -> Template:
    file = resources.files("holdfire.statements.asked").joinpath("prompt.txt")
    return Template(file.read_text(encoding="utf-8"))


def windows(text: str, room: int) -> Iterator[Passage]:
    """Yield passages of whole paragraphs that have room; a paragraph that has none is parted.

    It is parted behind the last sentence that ends in the second half of the room, else behind
    the last word, else anywhere.
    """
    start = end = -1
    for piece in _pieces(text, room):
        if start < 0:
            start = piece[0]
        elif piece[1] - start > room:
            yield start, end
            start = piece[0]
        end = piece[1]
    if start >= 0:
        yield start, end


def _pieces(text: str, room: int) -> Iterator[Passage]:
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        while end - start > room:
            parted = _parted(text, start, start + room)
            yield start, parted
            start = parted
        if text[start:end].strip():
            yield start, end


def _parted(text: str, start: int, end: int) -> int:
    """Return where to part a paragraph that is too long."""
    middle = (start + end) // 2
    best = (False, end)
    for found in _BREAK.finditer(text, middle, end):
        sentence = text[found.start() - 1] in '.!?”"'
        if sentence >= best[0]:
            best = (sentence, found.end())
    return best[1]


def _moved(one: Attribution, by: int) -> Attribution:
    def moved(spans: tuple[Passage, ...]) -> tuple[Passage, ...]:
        return tuple((start + by, end + by) for start, end in spans)

    return Attribution(moved(one.content), moved(one.cue), moved(one.source), one.kind, one.hedged)
