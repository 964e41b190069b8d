"""Casualties, quantities, and what a source's own rule says of two of its rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import UNKNOWN, Columns, Floats
from holdfire.merge.compare.levels import Comparison, levels, number

CLOSE = 0.34
"""Share by which two numbers of one thing differ, as sources count it differently."""
NEARLY = 0.03

Outcomes = list[tuple[str, NDArray[np.bool_]]]
"""Levels and the pairs they hold for; a later one stands over those before it."""


def casualties(columns: Columns) -> Comparison:
    """Return the comparison of numbers of deaths."""

    def outcomes(least: Floats, most: Floats, pairs: Pairs) -> Outcomes:
        return [
            ("close", most - least <= np.maximum(1.0, CLOSE * most)),
            ("same", most == least),
            ("some", (least == 0) & (most > 0)),
            ("none", (least == 0) & (most == 0)),
        ]

    return _numbers("casualties", columns.deaths, outcomes)


def quantity(columns: Columns) -> Comparison:
    """Return the comparison of how many were launched, fired or seen, within one unit."""

    def outcomes(least: Floats, most: Floats, pairs: Pairs) -> Outcomes:
        unit = columns.quantity_unit[pairs.left]
        return [
            ("close", most - least <= CLOSE * most),
            ("same", most - least <= NEARLY * most),
            ("unknown", (unit == UNKNOWN) | (unit != columns.quantity_unit[pairs.right])),
        ]

    return _numbers("quantity", columns.quantity, outcomes)


def _numbers(
    name: str, told: Floats, outcomes: Callable[[Floats, Floats, Pairs], Outcomes]
) -> Comparison:
    """Return the comparison of one number of each report; they differ where nothing else holds."""

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        one, other = told[pairs.left], told[pairs.right]
        result = np.full(len(pairs), number(name, "differ"))
        for level, holds in outcomes(np.fmin(one, other), np.fmax(one, other), pairs):
            result[holds] = number(name, level)
        result[np.isnan(one) | np.isnan(other)] = number(name, "unknown")
        return result.astype(np.int32)

    names = tuple(levels()[name])
    every = np.arange(len(names))
    return Comparison(name, cells, every, every, names)


def rule(columns: Columns) -> Comparison:
    """Return the comparison by the source's own ids."""
    names = tuple(levels()["rule"])

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        own = columns.list_no[pairs.left] == columns.list_no[pairs.right]
        event = columns.event[pairs.left]
        same = own & (event != UNKNOWN) & (event == columns.event[pairs.right])
        result = np.where(own, number("rule", "own-list"), number("rule", "none"))
        return np.where(same, number("rule", "same-id"), result).astype(np.int32)

    every = np.arange(len(names))
    return Comparison(
        "rule",
        cells,
        every,
        every,
        names,
        by_list=False,
        ruled=(number("rule", "same-id"), number("rule", "copy")),
    )
