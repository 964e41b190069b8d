"""How far a ceasefire reaches in a text: which statements can be about it at all.

A long text may name a ceasefire once and by the way. Then only what stands near is read, which
also keeps ordinary news cheap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.marks import mentions, mentions_in

BY_THE_WAY, REACH = 4000, 1200
"""Letters of a text in which one that is about a ceasefire names it, and how near is near."""


def blanked(text: str, kept: Sequence[Attribution]) -> str:
    """Return a text with blanks for what stands far from some statements, places unmoved."""
    left = bytearray(len(text))
    for one in kept:
        begins, ends = max(one.start - REACH, 0), min(one.end + REACH, len(text))
        left[begins:ends] = b"\x01" * (ends - begins)
    runs = re.finditer(rb"\x00+|\x01+", left)
    return "".join(
        text[run.start() : run.end()] if left[run.start()] else " " * (run.end() - run.start())
        for run in runs
    )


def near_one(article: Article, attributions: Sequence[Attribution]) -> frozenset[int]:
    """Return which statements can be about a ceasefire: all, where a text is about one.

    In a long text that names one by the way, those that stand near.
    """
    places = [one.start for one in mentions_in(article)]
    often = len(places) * BY_THE_WAY >= len(article.text) or mentions(article.title)
    if often or not places:
        return frozenset(range(len(attributions)))
    return frozenset(
        n
        for n, one in enumerate(attributions)
        if any(one.start - REACH < place < one.end + REACH for place in places)
    )
