"""How many reports became how many incidents, and what is in doubt about it, in words."""

from __future__ import annotations

from math import ceil, floor

from holdfire.publish.figures import interval, number
from holdfire.tables.answer import Merged


def merging(found: Merged | None) -> str:
    """Say how many reports became how many incidents, and what that leaves open."""
    if found is None or found.reports < 2:
        return ""
    return f" {merged_line(found)}{_in_doubt(found)}"


def merged_line(found: Merged) -> str:
    """Return how many reports tell of how many incidents, in one sentence."""
    told = f"{number(found.reports)} reports"
    low, high = floor(found.low), ceil(found.high)
    if found.reports == found.incidents == low == high:
        return f"No two of the {told} of incidents tell of the same one."
    one = "1 incident" if found.incidents == 1 else f"{number(found.incidents)} incidents"
    if low == high:
        return f"{told} tell of {one}."
    return (
        f"{told} are taken to tell of {one}; the true number may be "
        f"{interval(low, high)} ({number(round(found.expected))} on average)."
    )


def _in_doubt(found: Merged) -> str:
    said = ""
    if floor(found.low) < ceil(found.high):
        said += (
            " Where it is not sure whether two reports tell of one incident, it counts once at the "
            "lower end and twice at the upper one."
        )
    if found.disputed:
        of = "1 incident" if found.disputed == 1 else f"{number(found.disputed)} incidents"
        said += f" In {of} the reports contradict each other: then both are kept."
    if found.conflicts:
        rows = "1 decision" if len(found.conflicts) == 1 else (
            f"{number(len(found.conflicts))} decisions")  # fmt: skip
        said += f" {rows} of reviewers contradict others."
    return said
