"""Attributions in the making: units of one sentence, before they become places in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Kind
from holdfire.statements.grammar.nounphrases import Phrase, Span
from holdfire.statements.grammar.sentences import Sentence
from holdfire.statements.grammar.verbs import Hit

Placed = tuple[int, int, tuple[Passage, ...], tuple[Passage, ...], tuple[Passage, ...], Kind, bool]
"""Where an attribution begins, where it ends with a minus, and its fields."""


@dataclass(slots=True)
class Draft:
    """One attribution as units of a sentence."""

    kind: Kind
    cue: list[Span]
    source: Phrase | None = None
    content: list[Span] = field(default_factory=list)
    hit: Hit | None = None
    hedged: bool = False
    closing: bool = False
    """Whether it stands after or within its content: "…, he said"."""
    complement: int = -1
    """First unit of what follows the cue as its complement, if anything does."""
    stop: int = -1
    """Where contents that began before it end on its account; -1 for nowhere."""
    owner: int = -1
    """The verb whose subject it shares; only contents that begin after it end on its account."""
    host: Draft | None = None
    """The attribution whose content it cites a source for."""
    shared: bool = False
    """Whether its subject is that of a verb before it."""
    further: list[Passage] = field(default_factory=list)
    """Passages of the text outside the sentence that belong to the content."""

    def placed(self, sentence: Sentence) -> Placed | None:
        """Return it with places in the text, or nothing where it lacks a content."""
        content = places(sentence, self.content)
        if self.further or len(content) > 1:
            content = sorted({*content, *self.further})
        cue = places(sentence, self.cue)
        source = places(sentence, self.source.pieces) if self.source else []
        if not content:
            return None
        pieces = sorted([*content, *cue, *source])
        reached = -1
        for start, end in pieces:
            if reached > start:
                return None  # where source and content share words, the sentence was misread
            reached = end
        return (
            pieces[0][0],
            -reached,
            tuple(content),
            tuple(cue),
            tuple(source),
            self.kind,
            self.hedged,
        )


def places(sentence: Sentence, spans: list[Span] | tuple[Span, ...]) -> list[Passage]:
    """Return units of a sentence as passages of the text; empty spans are left out."""
    return [(sentence.starts[start], sentence.ends[end - 1]) for start, end in spans if end > start]
