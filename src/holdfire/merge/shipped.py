"""The shipped prior: what pairs of reports are like where the reports themselves cannot show it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from holdfire.merge.compare.levels import Comparison
from holdfire.merge.weights import Pooled

UNKNOWN_GROUP = (1e-4, 0.0)
_Groups = dict[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Prior:
    """Shares of true pairs and bits by group, and how many reports tell of one incident.

    ``incidents`` is the number of incidents per report that two lists would draw from, and
    ``again`` the share of reports of a list with repeats that repeat an earlier one;
    ``doubt_bits`` is how far the learnt log odds were off as a whole (standard deviation), and
    ``unseen`` the least and the most of the share of merges that leave no candidate.
    """

    incidents: float
    again: float
    doubt_bits: float
    unseen: tuple[float, float]
    groups: Mapping[str, Mapping[str, tuple[float, float]]]

    def of(self, comparison: Comparison) -> Pooled:
        """Return the prior of one comparison; a group it does not know is worth nothing."""
        known = self.groups.get(comparison.prior or comparison.name, {})
        rows = [known.get(group, UNKNOWN_GROUP) for group in comparison.groups]
        return Pooled(np.array([row[0] for row in rows]), 2.0 ** np.array([row[1] for row in rows]))


@cache
def shipped() -> Prior:
    """Return the prior that comes with holdfire."""
    prior, embedded = (
        resources.files("holdfire.merge").joinpath(name).read_text(encoding="utf-8")
        for name in ("prior.toml", "prior_embedded.toml")
    )
    found = parse(prior)
    return replace(found, groups={**found.groups, **_groups(tomllib.loads(embedded))})


def parse(text: str) -> Prior:
    """Read a prior from TOML text."""
    read = tomllib.loads(text)
    pairs = read.pop("pairs")
    groups = _groups(read)
    least, most = pairs["unseen"]
    return Prior(
        float(pairs["incidents"]),
        float(pairs["again"]),
        float(pairs["doubt_bits"]),
        (float(least), float(most)),
        groups,
    )


def _groups(read: Mapping[str, Mapping[str, Sequence[float]]]) -> dict[str, _Groups]:
    return {
        name: {group: (float(row[0]), float(row[1])) for group, row in table.items()}
        for name, table in read.items()
    }


def written(prior: Prior, head: Sequence[str]) -> str:
    """Return a prior as TOML text, with lines of comment above."""
    lines = [
        *(f"# {line}".rstrip() for line in head),
        "",
        "[pairs]",
        f"incidents = {prior.incidents:.3f}",
        f"again = {prior.again:.3f}",
        f"doubt_bits = {prior.doubt_bits:.2f}",
        f"unseen = [{prior.unseen[0]:.2f}, {prior.unseen[1]:.2f}]",
    ]
    for name, table in prior.groups.items():
        lines += ["", f"[{name}]"]
        lines += [f"{group} = [{row[0]:.4f}, {row[1]:.2f}]" for group, row in table.items()]
    return "\n".join(lines) + "\n"
