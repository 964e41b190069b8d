"""What an extractor finds: somebody, a word that attributes, and what is attributed.

The three extractors (rules, a trained tagger, a language model) find attributions and nothing
else. Who the speaker is, through whom it came, what stance it takes and when it was said is
concluded from attributions by code that all three share.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal, Protocol

from holdfire.statements.article import Passage

Kind = Literal["saying", "attitude", "act", "reaction"]
"""What the cue tells: that it was said; that it is thought, wanted or feared; that something was
done by words (accepted, rejected, proposed); or how somebody reacted."""


@dataclass(frozen=True, slots=True, order=True)
class Attribution:
    """One attribution: passages of the article's text, each list in the order of the text.

    ``source`` is empty where nobody is named ("reportedly"). ``content`` has several pieces where
    something interrupts it (a quotation broken by "he said"). Attributions nest: the whole of
    one may lie within the content of another.
    """

    content: tuple[Passage, ...]
    cue: tuple[Passage, ...]
    source: tuple[Passage, ...] = ()
    kind: Kind = "saying"
    hedged: bool = False
    """Whether the text distances itself: "reportedly", "allegedly", "so-called"."""

    @property
    def start(self) -> int:
        """Return where it begins."""
        first = self.content[0][0] if self.content else sys.maxsize
        for part in (self.cue, self.source):
            if part and part[0][0] < first:
                first = part[0][0]
        return first

    @property
    def end(self) -> int:
        """Return where it ends."""
        last = self.content[-1][1] if self.content else -1
        for part in (self.cue, self.source):
            if part and part[-1][1] > last:
                last = part[-1][1]
        return last

    def within(self, other: Attribution) -> bool:
        """Whether the whole of this one lies inside the other's content."""
        first, last = other.content[0][0], other.content[-1][1]
        return self is not other and first <= self.start and self.end <= last


class Extractor(Protocol):
    """Finds attributions in a text."""

    name: str

    def attributions(self, text: str) -> list[Attribution]:
        """Return every attribution of a text, outer before inner, in the order of the text."""
        ...
