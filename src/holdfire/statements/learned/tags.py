"""The tags of word pieces: what part of an attribution a piece belongs to."""

from __future__ import annotations

PARTS = ("source", "cue", "content")
"""The parts in the order of their tags."""

OUTSIDE = 0
TAGS = ("O", *(f"{place}-{part}" for part in PARTS for place in "BI"))
"""Every tag by its number: begin is odd, inside even."""

SOURCE, CUE, CONTENT = range(3)


def begin(part: int) -> int:
    """Return the tag of the first piece of a part."""
    return 1 + 2 * part


def inside(part: int) -> int:
    """Return the tag of a further piece of a part."""
    return 2 + 2 * part


def part_of(tag: int) -> int:
    """Return the part of a tag; -1 for :data:`OUTSIDE`."""
    return (tag - 1) // 2
