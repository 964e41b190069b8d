"""What act, target or weapon several reports allow, over a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from holdfire.terms.vocabulary import Vocabulary


def narrowed(words: Vocabulary, nodes: Iterable[str | None]) -> tuple[str, bool]:
    """Return the node that stands for several, and whether they contradict each other.

    The narrower of two that are comparable. Of two that can be the same thing without one being
    broader, the one node they share, if it is one; else the one with fewer kinds: either holds
    whatever both allow. Of two that cannot, what is broader than both. A word that is no node
    says nothing.
    """
    given = sorted({node for node in nodes if node is not None and node in words})
    least = [
        one
        for one in given
        if not any(other != one and other in words.kinds_of(one) for other in given)
    ]
    if not least:
        return words.root, False
    if len(least) == 1:
        return least[0], False
    together = all(
        words.may_be(one, other) for at, one in enumerate(least) for other in least[at + 1 :]
    )
    if not together:
        return words.common(least), True
    return _meeting(words, least), False


def _meeting(words: Vocabulary, nodes: list[str]) -> str:
    """Return one node that holds whatever all of several nodes allow."""
    fewest = min(nodes, key=lambda node: (len(words.kinds_of(node)), node))
    nameless = any(words.nodes[kind].overlaps for node in nodes for kind in words.kinds_of(node))
    if nameless:
        return fewest
    both = frozenset.intersection(*(words.kinds_of(node) for node in nodes))
    widest = [one for one in both if not (words.broader_than(one) - {one}) & both]
    return widest[0] if len(widest) == 1 else fewest
