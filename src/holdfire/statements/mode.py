"""How a statement is told: in quotation marks, without, partly; as an act or a reaction."""

from __future__ import annotations

import re
from bisect import bisect_left

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
    """Return the mode of an attribution; ``quoted`` are the quotations of the text, in order."""
    if attribution.kind in ("act", "reaction"):
        return attribution.kind
    inside = 0
    for start, end in attribution.content:
        for number in range(bisect_left(quoted, (end, end)) - 1, -1, -1):
            a, b = quoted[number]
            if b <= start:
                break
            inside += len(_WORD.findall(text, max(a, start), min(b, end)))
    if not inside:
        return "indirect"
    words = sum(len(_WORD.findall(text, start, end)) for start, end in attribution.content)
    if inside < FEW and inside < words:
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
