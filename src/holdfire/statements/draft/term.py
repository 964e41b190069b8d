"""One term of a ceasefire as an article tells it, with the passage that tells it."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.statements.article import Passage

FIELDS = (
    "proposer", "party", "duration", "starts", "ends", "act", "target", "zone", "exception",
    "monitoring",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ceasefire that an article speaks of.

    ``value`` is as ``corpus/README.md`` says for each field; ``passages`` are of the article's
    text; ``according_to`` names who said so, from the statements around the passage; ``sure`` is
    false where it was concluded and not told, or the text leaves open who said so.
    """

    field: str
    value: str
    passages: tuple[Passage, ...]
    according_to: tuple[str, ...] = ()
    sure: bool = True
