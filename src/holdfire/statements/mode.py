"""How a statement is told: in quotation marks, without, partly; as an act or a reaction."""

from __future__ import annotations

import re

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution

DIRECT = 0.8
"""Share of the words in quotation marks from which on a statement counts as direct: "that" before a
quotation or a word between two pieces does not make it a retelling."""

_QUOTED = re.compile(
    r"“[^“”]*(?:”|$)|„[^„“”]*[“”]|«[^«»]*(?:»|$)|\"[^\"]*(?:\"|$)|‘[^‘’]{3,}’(?!\w)"
)
_WORD = re.compile(r"\w+")
FEW = 3
"""Fewer quoted words than this are a name or a term in marks, unless they are all there is."""


def mode(text: str, attribution: Attribution, quoted: list[Passage]) -> str:
    """Return the mode of an attribution; ``quoted`` are the quotations of the text."""
    if attribution.kind in ("act", "reaction"):
        return attribution.kind
    words = inside = 0
    for start, end in attribution.content:
        words += len(_WORD.findall(text, start, end))
        for a, b in quoted:
            if a < end and b > start:
                inside += sum(
                    1 for word in _WORD.finditer(text, start, min(b, end)) if word.start() >= a
                )
    if not inside or (inside < FEW and inside < words):
        return "indirect"
    return "direct" if inside >= DIRECT * words else "mixed"


def quotations(text: str) -> list[Passage]:
    """Return what stands in quotation marks, the marks included, paragraph by paragraph.

    A mark that is not closed reaches to the end of its paragraph.
    """
    found: list[Passage] = []
    at = 0
    for paragraph in text.split("\n"):
        found += [(at + m.start(), at + m.end()) for m in _QUOTED.finditer(paragraph)]
        at += len(paragraph) + 1
    return found
