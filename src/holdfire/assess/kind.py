"""Questions 3 and 4, act and target: is what happened of a kind that the clause names?

``yes`` if the node is one of the named ones or a kind of one; ``no`` if it can be neither;
``unknown`` if it could be narrowed to one: because it is broader, or because the two share a
narrower kind or overlap. Weapons, where a clause names any, are part of the act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from holdfire.assess.logic import NO, UNKNOWN, YES, Answers
from holdfire.terms.vocabulary import Vocabulary


def kind_answer(vocabulary: Vocabulary, node: str, named: Sequence[str]) -> np.int8:
    """Answer for one node; a node that is not in the vocabulary is as good as the root."""
    node = node if node in vocabulary else vocabulary.root
    prohibited = frozenset().union(*(vocabulary.kinds_of(name) for name in named))
    if node in prohibited:
        return YES
    return UNKNOWN if any(vocabulary.may_be(node, name) for name in named) else NO


def kind_sentence(vocabulary: Vocabulary, node: str, named: Sequence[str]) -> str:
    """Say why, in words a non-specialist can check against the vocabulary."""
    node = node if node in vocabulary else vocabulary.root
    told = f'"{vocabulary.nodes[node].label}"'
    names = " or ".join(f'"{vocabulary.nodes[name].label}"' for name in named)
    verdict = kind_answer(vocabulary, node, named)
    if verdict == YES:
        same = node in named
        return f"{told} is what the clause names" if same else f"{told} is a kind of {names}"
    if verdict == NO:
        return f"{told} is no kind of {names}"
    if node == vocabulary.root:
        return f"nothing is known of it; the clause names {names}"
    return f"{told} is too broad to tell: it may be {names}"


def per_value(column: pa.Array, of: Callable[[str | None], np.int8]) -> Answers:
    """Answer each row by its value; each distinct value is looked at once."""
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    table = np.array([of(value) for value in encoded.dictionary.to_pylist()], dtype=np.int8)
    index = encoded.indices.to_numpy(zero_copy_only=False)
    return table[index] if len(table) else np.zeros(0, dtype=np.int8)


def kind_answers(vocabulary: Vocabulary, column: pa.Array, named: Sequence[str]) -> Answers:
    """Answer for each row of a column of nodes; null is the root."""
    return per_value(column, lambda node: kind_answer(vocabulary, node or vocabulary.root, named))


def sentence_per_value(column: pa.Array, of: Callable[[str | None], str]) -> pa.Array:
    """Say one sentence for each row by its value; each distinct value is worded once."""
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    words = pa.array([of(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return words.take(encoded.indices)
