"""What a text does not let anybody say: it stands under "did not say that", "denied that".

"He did not say that his country accepts the ceasefire" tells no stance of anybody: neither of him
nor of his country, however plain the words of the inner statement are. The lists are in
``stance.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from holdfire.statements.stance.rules import Hit, rules

BREACHES = ("violate", "attack", "accuse", "deny")
"""Signals of what a denial may be about and still be one: the breach itself."""

ENDS = "reach-ends"
_ASIDE = re.compile(r" , (?:who|whom|whose|which|where) [^,.;:?!]* (?=, )")

Reach = tuple[int, int, int, bool]
"""Where a withholding word begins and ends, how far it reaches, and whether it is a denial."""


def reaches(line: str) -> list[Reach]:
    """Return what withholds something in a line of base forms, in order."""
    found = sorted(
        (one.start(), one.end(), denial)
        for name, denial in (("withheld", False), ("denied-that", True))
        for one in rules().questions[name].finditer(line)
    )
    return [(start, end, _until(line, end), denial) for start, end, denial in found]


def _until(line: str, place: int) -> int:
    """Return where the clause ends that a word governs; a relative clause in it is passed over."""
    at = place
    while True:
        over = rules().questions[ENDS].search(line, at)
        if over is None:
            return len(line)
        aside = _ASIDE.match(line, over.start() - 1)
        if aside is None:
            return over.start()
        # The comma that closes the relative clause ends nothing.
        at = aside.end() + 1


class Withheld:
    """Tells which places of an article's line stand under a word that withholds them."""

    def __init__(self, line: str) -> None:
        """Read a line of base forms."""
        self._reaches = reaches(line)
        self._starts = [start for start, *_ in self._reaches]

    def at(self, place: int) -> bool:
        """Whether a statement whose cue begins at a place is withheld."""
        return any(end <= place < until for _, end, until, _ in self._before(place))

    def begun(self, start: int, end: int) -> Reach | None:
        """Return the first withholding word that begins in a piece of the line."""
        first = bisect_right(self._starts, start - 1)
        return next((one for one in self._reaches[first : first + 1] if one[0] < end), None)

    def told(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return the signals that are told and not withheld.

        What a denial is about stays where it is a breach: who denies one has said something.
        """
        return [hit for hit in hits if not self._hides(hit)]

    def _hides(self, hit: Hit) -> bool:
        return any(
            end <= hit.start < until and not (denial and hit.name in BREACHES)
            for _, end, until, denial in self._before(hit.start)
        )

    def _before(self, place: int) -> Sequence[Reach]:
        return self._reaches[: bisect_right(self._starts, place)][-3:]
