"""What one noun phrase tells: a name, a role, whose side, what kind of speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from holdfire.statements.people.closed import closed
from holdfire.statements.people.sorts import Known, Role
from holdfire.statements.people.tokens import Tokens

MEDIA: Final = ("agency", "outlet")
ARTICLES: Final = frozenset({"the", "a", "an"})
_INDEFINITE: Final = closed("one")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)?")


@dataclass(slots=True)
class Phrase:
    """What one noun phrase tells. ``first`` and ``stop`` are numbers of words."""

    first: int
    stop: int
    determiner: str = ""
    name: str = ""
    name_at: int = -1
    role: str = ""
    role_class: Role | None = None
    head: str = ""
    parties: tuple[str, ...] = ()
    known: Known | None = None
    owner: tuple[int, int] | None = None
    written: str = ""
    of: tuple[int, int] | None = None
    rank: bool = False
    parts: list[Phrase] = field(default_factory=list)

    @property
    def party(self) -> str | None:
        """Return the one party that the words name, or none."""
        several = self.head in ("sides", "parties") or self.determiner == "all"
        if several or len(self.parties) != 1:
            return None
        return self.parties[0] or None

    @property
    def known_alone(self) -> bool:
        """Whether the phrase is a party, a medium or a body and nothing more."""
        return self.known is not None and not self.role

    @property
    def kind(self) -> str:
        """Return the kind of speaker, as far as this phrase tells (``""`` if it does not)."""
        if self.parts:
            return "group"
        if self.name:
            return "person"
        if self.role_class is not None and self.role_class.kind != "person":
            several = self.role_class.kind == "institution" and len(self.parties) > 1
            return "group" if several else self.role_class.kind
        if self.role_class is None and self.known is not None:
            if self.known.sort in MEDIA:
                return self.known.sort
            if self.known.plural or (self.known.group and self.known.sort == "party"):
                return "group"
            return "institution"
        if self.plural:
            return "group"
        return ""

    @property
    def plural(self) -> bool:
        """Whether the phrase names several."""
        return bool(self.head) and is_plural(self.head)

    @property
    def indefinite(self) -> bool:
        """Whether the phrase brings in somebody new without a name."""
        return self.determiner in _INDEFINITE


def is_plural(word: str) -> bool:
    """Whether a noun is a plural, by its form."""
    return word in ("people", "men", "women", "children", "police") or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


def written(tokens: Tokens, first: int, stop: int) -> str:
    """Return words as the text has them, without an article before them."""
    first += first < stop - 1 and tokens.lowers[first] in ARTICLES
    whole = tokens.words_of(first, stop)
    aside = "(" in whole and not tokens.joined(stop - 1)
    return _ASIDE.sub("", whole) if aside else whole + ")" * (whole.count("(") - whole.count(")"))
