"""``case.toml``: how a case reads its sources and publishes."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from holdfire.terms.agreement import Table


class Publication(Table):
    """What public output gives away: places no finer, incidents no sooner than this.

    ``text``: somebody has read the words of one's own reports and they may be published.
    """

    grid_m: float = Field(default=1000.0, ge=100.0, le=1_000_000.0, strict=True)
    delay_h: float = Field(default=24.0, ge=0.0, le=100_000.0, strict=True)
    text: bool = Field(default=False, strict=True)
    salt: str = Field(default="", max_length=200, description="secret that keys the ids")


class Control(Table):
    """How to read control files whose features do not say who holds them."""

    party: str | None = None


class AreaNames(Table):
    """Other names that sources use for the case's areas."""

    aliases: dict[str, str] = Field(default_factory=dict)


class Break(Table):
    """A day from which a series means something else: a new source, a changed way to count."""

    day: date
    why: str = Field(min_length=1, max_length=300)


class Comparison(Table):
    """The span before, to compare with; nothing is compared across a break."""

    days: int | None = Field(default=None, gt=0, le=36_500)
    breaks: list[Break] = Field(default_factory=list, max_length=1000)


class Merge(Table):
    """How reports are put together; ``embedding`` is the folder of a sentence model."""

    embedding: str = Field(default="", max_length=4_000)


class Settings(Table):
    """``case.toml``: how this case reads its sources and publishes. All of it is optional."""

    simulated: bool = False
    publication: Publication = Publication()
    control: Control = Control()
    areas: AreaNames = AreaNames()
    comparison: Comparison = Comparison()
    merge: Merge = Merge()
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict)
    files: dict[str, dict[str, Any]] = Field(default_factory=dict)
