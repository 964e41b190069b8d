"""Who several reports say may have done it, and how that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT_OVER = "the reports together leave only these"


@dataclass(frozen=True, slots=True)
class Named:
    """Who one report allows (``None`` is anyone), and how it knows."""

    actors: frozenset[str] | None
    responsibility: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Who several reports allow, how that is known, and whether they contradict each other."""

    actors: list[str] | None
    responsibility: str
    rule: str | None
    disputed: bool


def allowed(sets: Sequence[frozenset[str] | None]) -> tuple[frozenset[str] | None, bool]:
    """Return the parties that several sets share; all of the narrowest, where they share none."""
    known = [one for one in sets if one is not None]
    if not known:
        return None, False
    both = frozenset.intersection(*known)
    if both:
        return both, False
    narrowest = [one for one in known if not any(other < one for other in known)]
    return frozenset.union(*narrowest), True


def named(reports: Sequence[Named]) -> Who:
    """Return who may have done it by all reports, and on what ground.

    ``reported`` where those that name somebody leave the same parties as all reports together;
    ``inferred`` where it takes a rule, or the reports' being put together; ``disputed`` where
    sources name different parties.
    """
    actors, apart = allowed([one.actors for one in reports])
    listed = None if actors is None else sorted(actors)
    given = {one.responsibility or "unknown" for one in reports}
    if apart or "disputed" in given:
        return Who(listed, "disputed", None, apart)
    for ground in ("reported", "inferred"):
        those = [one for one in reports if one.responsibility == ground]
        if those and allowed([one.actors for one in those])[0] == actors:
            return Who(listed, ground, next((one.rule for one in those if one.rule), None), apart)
    if given == {"unknown"} and (actors is None or any(one.actors == actors for one in reports)):
        return Who(listed, "unknown", None, apart)
    return Who(listed, "inferred", _rules(reports), apart)


def _rules(reports: Sequence[Named]) -> str:
    rules = sorted({one.rule for one in reports if one.rule})
    return "; ".join([*rules, LEFT_OVER])
