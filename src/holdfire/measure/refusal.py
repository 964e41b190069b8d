"""What an indicator gives instead of a figure where a figure would mislead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """No figure, and why: one sentence with what was found and what would be needed."""

    reason: str


def many(count: float, one: str) -> str:
    """Return a count of things in words: ``no day``, ``1 day``, ``2 days``."""
    return f"{count:g} {one}s" if count > 1 else f"1 {one}" if count == 1 else f"no {one}"
