"""The ``indicator`` table: one figure about the ceasefire, as an interval."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: from what is certain to what is possible.

    ``low`` and ``high`` bound the figure; null ``high`` is unbounded and null ``low``
    not known. ``unit`` says what is counted; ``per`` what for (``day`` or the whole span).
    ``low_expected`` and ``high_expected`` are the two ends with each doubtful merge made as often
    as it is likely, where that makes a difference.
    """

    id: str
    name: str
    clause: str
    reading: str
    party: str | None
    unit: str
    span: str
    day: str | None
    low: float | None
    high: float | None
    low_text: str = ""
    high_text: str = ""
    low_expected: float | None = None
    high_expected: float | None = None
    caveats: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, leaving out what is empty."""
        row = asdict(self)
        row["caveats"] = list(self.caveats)
        return {key: value for key, value in row.items() if value not in ("", None, [])} | {
            "low": self.low, "high": self.high}  # fmt: skip
