"""What an indicator gives instead of a figure where a figure would mislead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """No figure, and why: one sentence with what was found and what would be needed."""

    reason: str
