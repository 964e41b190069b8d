"""Through whom a statement came: from the outlet to the speaker, each link with its passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.closed import closed
from holdfire.statements.people.media import dateline, medium
from holdfire.statements.people.nesting import enclosing, tokens_of
from holdfire.statements.people.phrase import MEDIA
from holdfire.statements.people.tokens import Tokens
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Link, Speaker

_DEEPEST = 50
_TELLING = closed("telling")
_IN = frozenset({"to", "with"})
_BETWEEN = _IN | {"by"}
_TALKS = closed("talks")
_ASKING = closed("asking")


def chains(
    article: Article,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
    words: Words,
) -> list[tuple[Link, ...]]:
    """Return the chain of each attribution, from the outlet to its speaker, both included."""
    tokens = tokens_of(article.text, words)
    parents = enclosing(attributions, tokens)
    outlet = Link(Speaker(article.outlet, "outlet"))
    known = words.known(article.outlet) if article.outlet else None
    own = {name for name in (article.outlet, known.id if known else "") if name}
    begin = [outlet]
    line = dateline(article.text, tokens)
    if line is not None and line.speaker.name not in own:
        begin.append(line)
    heard = _heard(attributions, parents, tokens)
    found: dict[int, tuple[Link, ...]] = {}

    def chain(i: int, depth: int = 0) -> tuple[Link, ...]:
        if i not in found:
            parent = parents[i]
            links = list(chain(parent, depth + 1) if parent >= 0 and depth < _DEEPEST else begin)
            for link in (*heard[i], _link(attributions[i], speakers[i])):
                name = link.speaker.name
                if link.speaker.kind in MEDIA and name in own:
                    continue
                if not (name and name == links[-1].speaker.name):
                    links.append(link)
            found[i] = tuple(links)
        return found[i]

    return [chain(i) for i in range(len(attributions))]


def _heard(
    attributions: Sequence[Attribution], parents: Sequence[int], tokens: Tokens
) -> list[list[Link]]:
    """Return the media between each attribution and its speaker.

    "confirmed to Haaretz that …, but stressed that …" is one source speaking to one medium.
    """
    found = [
        _through(one, tokens, attributions[parent] if parent >= 0 else None)
        for one, parent in zip(attributions, parents, strict=True)
    ]
    for i, one in enumerate(attributions):
        if found[i] or not one.source:
            continue
        for k, other in enumerate(attributions):
            if found[k] and other.source == one.source and parents[k] == parents[i]:
                found[i] = found[k]
                break
    return found


def _link(one: Attribution, speaker: Speaker) -> Link:
    return Link(speaker, one.source or one.cue)


def _through(one: Attribution, tokens: Tokens, outer: Attribution | None) -> list[Link]:
    """Return the media through which a speaker was heard: "told Reuters", "quoted by TASS"."""
    cue = tokens.span(one.cue)
    if not cue:
        return []
    last = cue[-1]
    after = last + 1
    told = any(tokens.lowers[n] in _TELLING for n in cue)
    if after < len(tokens) and not told and tokens.lowers[after] == "to":
        told, after = not tokens.apart(after), after + 1
    if told and after < len(tokens) and not tokens.apart(after):
        link = medium(tokens, after)
        if link is not None:
            return [link]
    return _elsewhere(tokens, one, last, outer)


def _elsewhere(
    tokens: Tokens, one: Attribution, last: int, outer: Attribution | None
) -> list[Link]:
    """Return a medium told of farther off in the sentence: "in an interview with TASS"."""
    sentence = tokens.sentences[last]
    inside = set(tokens.span(one.content))
    within = set(tokens.span(outer.content)) if outer is not None else None
    n = bisect_left(tokens.sentences, sentence)
    while n + 1 < len(tokens) and tokens.sentences[n] == sentence:
        word = tokens.lowers[n]
        if word in _BETWEEN and n not in inside and (within is None or n in within):
            before = tokens.lowers[max(n - 3, 0) : n]
            talk = word in _IN and any(one in _TALKS for one in before)
            by = word == "by" and any(one in _ASKING for one in before)
            if talk or by:
                link = medium(tokens, n + 1)
                if link is not None:
                    return [link]
        n += 1
    return []
