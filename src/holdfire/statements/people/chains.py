"""Through whom a statement came: from the outlet to the speaker, each link with its passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.phrase import MEDIA
from holdfire.statements.people.scene import enclosing, tokens_of
from holdfire.statements.people.tokens import DETERMINER, KNOWN, NAME, OTHER, ROLE, TITLE, Tokens
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Link, Speaker

_DATELINE = re.compile(
    r"\A[^()\n]{0,80}\(([^()\n]{2,40})\)\s*[-–—:]|\n[^()\n]{2,80}\(([^()\n]{2,40})\)\s*[-–—]"
)
_DEEPEST = 50
_TO = frozenset("told tells telling tell".split())
_IN = frozenset("to with".split())
_BETWEEN = _IN | {"by"}
_TALK = frozenset("interview interviews remarks comments conversation briefing statement".split())
_BY = frozenset(
    "quoted cited carried published reported asked relayed pressed questioned interviewed".split()
)


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


def dateline(text: str, tokens: Tokens) -> Link | None:
    """Return the agency that the dateline says the text is a copy of."""
    for match in _DATELINE.finditer(text[:1500]):
        group = 1 if match.group(1) else 2
        link = _medium(tokens, tokens.at(match.start(group)))
        if link is not None:
            return link
    return None


def _medium(tokens: Tokens, n: int) -> Link | None:
    """Return the medium that begins at a word, if one does."""
    first = n
    while n < len(tokens) and tokens.sorts[n] == DETERMINER:
        n += 1
    if n >= len(tokens):
        return None
    for k in range(n, min(n + 5, len(tokens))):
        known = tokens.known[k]
        if known is not None and known.sort in MEDIA:
            stop = tokens.stops[k]
            the = k > first and tokens.bases[k - 1] == "The" and first > 0
            begin = k - 1 if the else k
            name = tokens.words_of(begin, stop).removesuffix("'s").removesuffix("’s")
            return Link(Speaker(name, known.sort), ((tokens.starts[begin], tokens.ends[stop - 1]),))
        if tokens.sorts[k] not in (ROLE, OTHER) and known is None:
            break
        if k > n and tokens.apart(k):
            break
    return _unlisted(tokens, n)


def _unlisted(tokens: Tokens, first: int) -> Link | None:
    """Return a medium that no list has: "the Sunday Leader", "Radio Khartia", "magazine Semana"."""
    the = first > 0 and tokens.lowers[first - 1] == "the"
    kind = ""
    n = first
    while n < len(tokens) and tokens.sorts[n] == ROLE and not (n > first and tokens.apart(n)):
        role = tokens.words.roles.get(tokens.lowers[n])
        kind = role.kind if role is not None and role.kind in MEDIA else ""
        if kind:
            if tokens.bases[n][0].isupper():
                break
        elif tokens.bases[n][0].isupper():
            break
        n += 1
    stop = n
    while (
        stop < len(tokens)
        and not (stop > n and tokens.apart(stop))
        and (_capital(tokens, stop, the) or (stop > n and tokens.sorts[stop] == KNOWN))
    ):
        stop += 1
    if stop == n:
        return _named_medium(tokens, first, n, kind) if kind and n > first + 1 else None
    ending = tokens.bases[stop - 1] in tokens.words.outlet_endings
    after = tokens.words.roles.get(tokens.lowers[stop]) if stop < len(tokens) else None
    beside = after is not None and after.kind in MEDIA and not tokens.apart(stop)
    named = the or tokens.sorts[n] == NAME or tokens.bases[n] in tokens.words.outlet_endings
    if not named or not (kind or ending or beside or the or _opens(tokens, n)):
        return None
    if the and not (kind or ending or beside) and after is not None and not tokens.apart(stop):
        return None
    return _named_medium(tokens, n, stop, (after.kind if beside and after else kind) or "outlet")


def _opens(tokens: Tokens, n: int) -> bool:
    return tokens.bases[n] in ("Radio", "TV")


def _capital(tokens: Tokens, n: int, the: bool) -> bool:
    sorts = (NAME, ROLE, TITLE, OTHER) if the else (NAME, ROLE, TITLE)
    return tokens.sorts[n] in sorts and tokens.bases[n][0].isupper()


def _named_medium(tokens: Tokens, first: int, stop: int, kind: str) -> Link:
    span: Passage = (tokens.starts[first], tokens.ends[stop - 1])
    return Link(Speaker(tokens.words_of(first, stop), kind), (span,))


def _through(one: Attribution, tokens: Tokens, outer: Attribution | None) -> list[Link]:
    """Return the media through which a speaker was heard: "told Reuters", "quoted by TASS"."""
    cue = tokens.span(one.cue)
    if not cue:
        return []
    last = cue[-1]
    after = last + 1
    told = any(tokens.lowers[n] in _TO for n in cue)
    if after < len(tokens) and not told and tokens.lowers[after] == "to":
        told, after = not tokens.apart(after), after + 1
    if told and after < len(tokens) and not tokens.apart(after):
        link = _medium(tokens, after)
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
            talk = word in _IN and any(one in _TALK for one in before)
            by = word == "by" and any(one in _BY for one in before)
            if talk or by:
                link = _medium(tokens, n + 1)
                if link is not None:
                    return [link]
        n += 1
    return []
