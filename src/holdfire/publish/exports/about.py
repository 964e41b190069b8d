"""What the describing files are told of a case, beside its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Licence:
    """What a format's publisher lets others do with its rows, and how to cite it."""

    title: str
    publisher: str
    licence: str
    republish: bool
    url: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """The case in words. ``parties`` are names by id, ``licences`` those of formats by name.

    ``begins`` is the first day that any clause is looked at, ``YYYY-MM-DD``: the day of an answer
    that no report and no statement came in for.
    """

    agreement: str = "holdfire"
    title: str = "A ceasefire"
    begins: str = ""
    parties: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, Licence] = field(default_factory=dict)
    simulated: bool = False
    counterfactual: bool = False

    @property
    def called(self) -> str:
        """The title, marked where the case is invented."""
        return f"SIMULATED: {self.title}" if self.simulated else self.title

    @property
    def alleged(self) -> tuple[str, str]:
        """What a verdict of yes and of unknown is called."""
        if self.counterfactual:
            return "would have counted as a violation", "might have counted as a violation"
        return "alleged violation", "possible violation"
