"""Act, target, weapon and actor: pairs of codes, related as their vocabulary says.

Which code of one list goes with which of another is learnt from the reports; the relation says
what to think before there are enough of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from holdfire.merge.candidates import Pairs
from holdfire.merge.columns import Columns
from holdfire.merge.compare.levels import Comparison, levels
from holdfire.terms.vocabulary import Vocabularies, Vocabulary

RELATIONS = ("same", "broader", "overlapping", "excluded", "unknown")


def codes(columns: Columns, words: Vocabularies) -> list[Comparison]:
    """Return the comparisons of act, target, weapon and actor."""
    kinds = {"act": words.acts, "target": words.targets, "weapon": words.weapons}
    return [
        *(_comparison(columns, name, _between_nodes(kind)) for name, kind in kinds.items()),
        _comparison(columns, "actor", _between_sets),
    ]


def _comparison(columns: Columns, name: str, relation: Callable[[str, str], str]) -> Comparison:
    numbers = columns.codes[name]
    names = columns.names[name]
    used = np.unique(numbers[numbers >= 0])
    count = len(used) + 1
    code = np.zeros(len(numbers), dtype=np.int64)
    code[numbers >= 0] = np.searchsorted(used, numbers[numbers >= 0]) + 1

    def cells(pairs: Pairs) -> NDArray[np.int32]:
        return (code[pairs.left] * count + code[pairs.right]).astype(np.int32)

    related = np.full((count, count), RELATIONS.index("unknown"))
    for one, first in enumerate(used, start=1):
        for other, second in enumerate(used, start=1):
            if one <= other:
                found = RELATIONS.index(relation(names[first], names[second]))
                related[one, other] = related[other, one] = found
    order = list(levels()[name])
    level = np.array([order.index(one) for one in RELATIONS])[related.ravel()]
    return Comparison(name, cells, level, related.ravel(), RELATIONS, choices=count)


def _between_nodes(kind: Vocabulary) -> Callable[[str, str], str]:
    def relation(one: str, other: str) -> str:
        if one == other:
            return "same"
        if one in kind.kinds_of(other) or other in kind.kinds_of(one):
            return "broader"
        return "overlapping" if kind.may_be(one, other) else "excluded"

    return relation


def _between_sets(one: str, other: str) -> str:
    first, second = set(one.split("|")), set(other.split("|"))
    if first == second:
        return "same"
    if first <= second or second <= first:
        return "broader"
    return "overlapping" if first & second else "excluded"
