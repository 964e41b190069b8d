"""What is concluded from an attribution: its speaker, its chain, its stance, its time and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said or did something, as far as the text tells.

    ``name`` is the fullest name the text gives, without title (``""`` if unnamed); ``kind`` is one
    of ``tables.statement.KINDS``; ``role`` the role as the text words it; ``party`` an id or
    ``None``; ``standing`` one of ``STANDINGS``, by the role, never by the person.
    """

    name: str
    kind: str
    role: str = ""
    party: str | None = None
    standing: str = "none"

    @property
    def named(self) -> bool:
        """Whether the text says who it is."""
        return self.kind != "unnamed"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of sources and the passages that show it (none for the outlet)."""

    speaker: Speaker
    spans: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance towards the ceasefire: one of ``STANCES``; ``conditions`` are passages."""

    value: str
    conditions: tuple[Passage, ...] = ()
    party_value: str | None = None
    """The party's stance, where the speaker has the standing to speak for it."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When, where and at what it was said; a bound that is not known is ``None``."""

    said_from: datetime | None = None
    said_to: datetime | None = None
    precision: str = ""
    when: tuple[Passage, ...] = ()
    place: str = ""
    where: tuple[Passage, ...] = ()
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution with everything concluded from it; passages are of the article's text."""

    attribution: Attribution
    speaker: Speaker
    chain: tuple[Link, ...]
    """From the outlet to the speaker, both included."""
    mode: str
    stance: Stance
    about: str
    circumstances: Circumstances

    @property
    def hearsay(self) -> int:
        """Return how many links stand between the outlet and the speaker."""
        return max(len(self.chain) - 2, 0)
