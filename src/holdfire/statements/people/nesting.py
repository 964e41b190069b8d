"""Which attribution lies in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from holdfire.statements.attribution import Attribution
from holdfire.statements.people.closed import closed
from holdfire.statements.people.tokens import Tokens
from holdfire.statements.people.words import Words

_CITING = closed("citing")


@lru_cache(maxsize=4)
def tokens_of(text: str, words: Words) -> Tokens:
    """Return the words of a text; kept, since speakers and chains are asked for in turn."""
    return Tokens(text, words)


def enclosing(attributions: Sequence[Attribution], tokens: Tokens) -> tuple[int, ...]:
    """Return for each attribution the number of the innermost one that holds it, or -1.

    Who is cited ("Interfax reported, citing the ministry") lies within what cites it.
    """
    asked = tuple(attributions)
    kept = tokens.enclosed
    if kept is None or kept[0] != asked:
        kept = tokens.enclosed = (asked, _enclosing(asked, tokens))
    return kept[1]


def _enclosing(attributions: tuple[Attribution, ...], tokens: Tokens) -> tuple[int, ...]:
    if not tokens.count:
        return (-1,) * len(attributions)
    starts, ends = [one.start for one in attributions], [one.end for one in attributions]
    begins = [one.content[0][0] for one in attributions]
    stops = [max(end for _, end in one.content) for one in attributions]
    cites = [_cites(one, tokens) for one in attributions]
    cues = [min(tokens.at(one.cue[0][0]), tokens.count - 1) for one in attributions]
    parents = [-1] * len(attributions)
    # Contents are opened in the order of the text and forgotten once the text is past them.
    order = sorted(range(len(attributions)), key=begins.__getitem__)
    opened: list[int] = []
    following = 0
    for i in sorted(range(len(attributions)), key=starts.__getitem__):
        while following < len(order) and begins[order[following]] <= starts[i]:
            opened.append(order[following])
            following += 1
        opened = [k for k in opened if stops[k] >= starts[i]]
        ranks = [
            (
                abs(tokens.paragraphs[cues[k]] - tokens.paragraphs[cues[i]]),
                stops[k] - begins[k],
                not cites[k],
                -k,
            )
            for k in opened
            if k != i and ends[i] <= stops[k] and _holds(attributions[k], attributions[i])
        ]
        if ranks:
            parents[i] = -min(ranks)[-1]
    _cited(attributions, tokens, cues, cites, parents)
    return tuple(parents)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether cue and source of one lie in the pieces of the other's content."""
    return all(
        any(a <= start and end <= b for a, b in outer.content)
        for start, end in (*inner.cue, *inner.source)
    )


def _cites(one: Attribution, tokens: Tokens) -> bool:
    return any(tokens.lowers[n] in _CITING for n in tokens.span(one.cue[:1])[-1:])


def _cited(
    attributions: Sequence[Attribution],
    tokens: Tokens,
    cues: list[int],
    cites: list[bool],
    parents: list[int],
) -> None:
    """Put whom somebody cites under the one of the same sentence that says the same."""
    if not any(cites):
        return
    sentences: dict[int, list[int]] = defaultdict(list)
    for k, one in enumerate(attributions):
        if one.source:
            sentences[tokens.sentences[cues[k]]].append(k)
    for i, own in enumerate(attributions):
        if not cites[i]:
            continue
        near = [
            (attributions[k].source[0][0], k)
            for k in sentences[tokens.sentences[cues[i]]]
            if k != i
            and attributions[k].source[0][0] < own.cue[0][0]
            and parents[k] != i
            and any(a < d and c < b for a, b in attributions[k].content for c, d in own.content)
        ]
        if near:
            parents[i] = max(near)[1]
