"""What may follow a cue, as ``cues.toml`` words it: plain bits, since they are tested often."""

from __future__ import annotations

from collections.abc import Iterable

(
    CLAUSE, THAT, QUESTION, QUOTATION, RECEIVER, INFINITIVE, GERUND, OBJECT, AS, PASSIVE, SOURCE,
    TOPIC, NAMED, NUMBER,
) = (1 << bit for bit in range(14))  # fmt: skip

# What is tested together.
CLAUSE_OR_AS_OR_NAMED = CLAUSE | AS | NAMED
CLAUSE_OR_QUESTION = CLAUSE | QUESTION
CLAUSE_OR_QUOTATION = CLAUSE | QUOTATION
CLAUSE_OR_THAT = CLAUSE | THAT

FRAMES = {
    "clause": CLAUSE, "that": THAT, "question": QUESTION, "quotation": QUOTATION,
    "receiver": RECEIVER, "infinitive": INFINITIVE, "gerund": GERUND, "object": OBJECT, "as": AS,
    "passive": PASSIVE, "source": SOURCE, "topic": TOPIC | OBJECT, "named": NAMED,
    "number": NUMBER | OBJECT,
}  # fmt: skip
"""The words of ``cues.toml``; topics and numbers are objects too."""


def bits(names: Iterable[str]) -> int:
    """Return frames by their names; a name that is none is a ``KeyError``."""
    found = 0
    for name in names:
        found |= FRAMES[name]
    return found
