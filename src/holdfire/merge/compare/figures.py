"""Casualties, quantities, and what a source's own rule says of two of its rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import UNKNOWN, Columns
from holdfire.merge.compare.levels import Comparison, levels, number

CLOSE = 0.34
"""Share by which two numbers of one thing differ, as sources count it differently."""
NEARLY = 0.03


def casualties(columns: Columns) -> Comparison:
    """Return the comparison of numbers of deaths."""
    names = tuple(levels()["casualties"])

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        one, other = columns.deaths[pairs.left], columns.deaths[pairs.right]
        least, most = np.fmin(one, other), np.fmax(one, other)
        result = np.full(len(pairs), number("casualties", "differ"))
        close = most - least <= np.maximum(1.0, CLOSE * most)
        result[close] = number("casualties", "close")
        result[one == other] = number("casualties", "same")
        result[(least == 0) & (most > 0)] = number("casualties", "some")
        result[(least == 0) & (most == 0)] = number("casualties", "none")
        result[np.isnan(one) | np.isnan(other)] = number("casualties", "unknown")
        return result.astype(np.int32)

    every = np.arange(len(names))
    return Comparison("casualties", cells, every, every, names)


def quantity(columns: Columns) -> Comparison:
    """Return the comparison of how many were launched, fired or seen, within one unit."""
    names = tuple(levels()["quantity"])

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        one, other = columns.quantity[pairs.left], columns.quantity[pairs.right]
        unit = columns.quantity_unit[pairs.left]
        least, most = np.fmin(one, other), np.fmax(one, other)
        result = np.full(len(pairs), number("quantity", "differ"))
        result[most - least <= CLOSE * most] = number("quantity", "close")
        result[most - least <= NEARLY * most] = number("quantity", "same")
        apart = unit != columns.quantity_unit[pairs.right]
        untold = np.isnan(one) | np.isnan(other) | apart | (unit == UNKNOWN)
        result[untold] = number("quantity", "unknown")
        return result.astype(np.int32)

    every = np.arange(len(names))
    return Comparison("quantity", cells, every, every, names)


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
