"""Through whom a statement came: from the outlet to the speaker, each link with its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.phrase import MEDIA
from holdfire.statements.people.scene import CITING, enclosing, tokens_of
from holdfire.statements.people.tokens import DETERMINER, NAME, OTHER, ROLE, Tokens
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Link, Speaker

_DATELINE = re.compile(
    r"\A[^()\n]{0,80}\(([^()\n]{2,40})\)\s*[-–—:]|\n[^()\n]{2,80}\(([^()\n]{2,40})\)\s*[-–—]"
)
_TO = frozenset("told tells telling tell".split())
_IN = frozenset("to with".split())
_TALK = frozenset("interview interviews remarks comments conversation briefing statement".split())
_BY = frozenset("quoted cited carried published reported asked relayed".split())


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
    own = words.known(article.outlet) if article.outlet else None
    begin = [outlet]
    line = dateline(article.text, tokens)
    if line is not None and not _same(line.speaker, outlet.speaker, own and own.id):
        begin.append(line)
    found: dict[int, tuple[Link, ...]] = {}

    def chain(i: int, depth: int = 0) -> tuple[Link, ...]:
        if i not in found:
            parent = parents[i]
            before = list(chain(parent, depth + 1) if parent >= 0 and depth < 50 else begin)
            for link in (*_through(attributions[i], tokens), _link(attributions[i], speakers[i])):
                if link.speaker.kind in MEDIA and _same(
                    link.speaker, outlet.speaker, own and own.id
                ):
                    continue
                if not (
                    _named(link)
                    and _named(before[-1])
                    and _same(link.speaker, before[-1].speaker, None)
                ):
                    before.append(link)
            found[i] = tuple(before)
        return found[i]

    return [chain(i) for i in range(len(attributions))]


def _named(link: Link) -> bool:
    return bool(link.speaker.name)


def _same(a: Speaker, b: Speaker, id: str | None) -> bool:
    return a.name == b.name or bool(id and a.name == id)


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


def _unlisted(tokens: Tokens, n: int) -> Link | None:
    """Return a medium that no list has, by the last word of its name or the word beside it."""
    k = n
    while k < len(tokens) and tokens.sorts[k] == ROLE and not tokens.apart(k + 1):
        role = tokens.words.roles.get(tokens.lowers[k])
        k += 1
        if role is not None and role.kind in MEDIA and tokens.sorts[k] == NAME:
            stop = tokens.name_stop(k)
            return _named_medium(tokens, k, stop, role.kind)
    return None


def _named_medium(tokens: Tokens, first: int, stop: int, kind: str) -> Link:
    span: Passage = (tokens.starts[first], tokens.ends[stop - 1])
    return Link(Speaker(tokens.words_of(first, stop), kind), (span,))


def _through(one: Attribution, tokens: Tokens) -> list[Link]:
    """Return the media through which a speaker was heard: "told Reuters", "quoted by TASS"."""
    cue = tokens.span(one.cue)
    if not cue:
        return []
    found: list[Link] = []
    last = cue[-1]
    if any(tokens.lowers[n] in _TO for n in cue):
        link = _medium(tokens, last + 1) if last + 1 < len(tokens) else None
        if link is not None:
            found.append(link)
    sentence = tokens.sentences[cue[0]]
    return found or _elsewhere(tokens, sentence, one, last)


def _elsewhere(tokens: Tokens, sentence: int, one: Attribution, last: int) -> list[Link]:
    inside = set(tokens.span(one.content))
    first = tokens.sentences.index(sentence)
    n = first
    while n < len(tokens) and tokens.sentences[n] == sentence:
        word = tokens.lowers[n]
        if n not in inside and n + 1 < len(tokens):
            before = tokens.lowers[max(n - 3, 0) : n]
            talk = word in _IN and any(one in _TALK for one in before)
            by = word == "by" and any(one in _BY for one in before)
            if (talk or by) and not any(one in CITING - _BY for one in before):
                link = _medium(tokens, n + 1)
                if link is not None:
                    return [link]
        n += 1
    return []
