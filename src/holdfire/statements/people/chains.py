"""Through whom a statement came: from the outlet to the speaker, each link with its passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.closed import closed
from holdfire.statements.people.entries import LEADS
from holdfire.statements.people.media import dateline, medium
from holdfire.statements.people.nesting import enclosing, tokens_of
from holdfire.statements.people.phrase import MEDIA
from holdfire.statements.people.tokens import Tokens
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Link, Speaker

_DEEPEST = 50
_TELLING = closed("telling")
_STRAIGHT = frozenset({"to", "on"})
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
    spoken_to = _spoken_to(tokens)
    found: list[list[Link]] = []
    by_source: dict[tuple[tuple[Passage, ...], int], list[Link]] = {}
    for one, parent in zip(attributions, parents, strict=True):
        outer = attributions[parent] if parent >= 0 else None
        links = _told(one, tokens) or _elsewhere(one, tokens, outer, spoken_to)
        found.append(links)
        if links:
            by_source.setdefault((one.source, parent), links)
    return [
        links or (by_source.get((one.source, parent), []) if one.source else [])
        for one, parent, links in zip(attributions, parents, found, strict=True)
    ]


def _told(one: Attribution, tokens: Tokens) -> list[Link]:
    """Return the medium right after a cue: "told Reuters", "confirmed to Haaretz"."""
    cue = tokens.span(one.cue)
    if not cue:
        return []
    after = cue[-1] + 1
    told = any(tokens.lowers[n] in _TELLING for n in cue)
    if after < tokens.count and not told and tokens.lowers[after] == "to":
        told, after = not tokens.apart[after], after + 1
    if not told or after >= tokens.count or tokens.apart[after]:
        return []
    link = medium(tokens, after)
    return [link] if link is not None else []


def _spoken_to(tokens: Tokens) -> dict[int, list[tuple[int, Link]]]:
    """Return the media that a text says somebody spoke to or was quoted by, by sentence.

    A listed medium needs no word beside it: "described it to the Kyiv Independent as …",
    "went further on Fox News".
    """
    found: dict[int, list[tuple[int, Link]]] = defaultdict(list)
    for n in tokens.marked(LEADS):
        if n + 1 == tokens.count:
            break
        near = _ASKING if tokens.lowers[n] == "by" else _TALKS
        if near.isdisjoint(tokens.lowers[max(n - 3, 0) : n]) and not (
            tokens.lowers[n] in _STRAIGHT and _listed(tokens, n + 1)
        ):
            continue
        link = medium(tokens, n + 1)
        if link is not None:
            found[tokens.sentences[n]].append((n, link))
    return found


def _listed(tokens: Tokens, n: int) -> bool:
    """Whether a medium that a list has, or a radio or television station, begins at a word."""
    if n < tokens.count and tokens.lowers[n] == "the":
        n += 1
    if n >= tokens.count:
        return False
    known = tokens.known[n]
    return (known is not None and known.sort in MEDIA) or tokens.bases[n] in ("Radio", "TV")


def _elsewhere(
    one: Attribution,
    tokens: Tokens,
    outer: Attribution | None,
    spoken_to: Mapping[int, list[tuple[int, Link]]],
) -> list[Link]:
    """Return a medium told of farther off in the sentence: "in an interview with TASS"."""
    at = min(tokens.at(one.cue[-1][0]), tokens.count - 1)
    for n, link in spoken_to.get(tokens.sentences[at], ()) if at >= 0 else ():
        place = tokens.starts[n]
        if any(a <= place < b for a, b in one.content):
            continue
        if outer is None or any(a <= place < b for a, b in outer.content):
            return [link]
    return []


def _link(one: Attribution, speaker: Speaker) -> Link:
    return Link(speaker, one.source or one.cue)
