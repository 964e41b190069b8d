"""Finding the medium that words name, listed or not, and the agency of a dateline."""

from __future__ import annotations

import re

from holdfire.statements.article import Passage
from holdfire.statements.people.phrase import MEDIA
from holdfire.statements.people.sorts import DETERMINER, KNOWN, NAME, OTHER, ROLE, TITLE
from holdfire.statements.people.tokens import Tokens
from holdfire.statements.statement import Link, Speaker

_DATELINE = re.compile(
    r"\A[^()\n]{0,80}\(([^()\n]{2,40})\)\s*[-–—:]|\n[^()\n]{2,80}\(([^()\n]{2,40})\)\s*[-–—]"
)


def dateline(text: str, tokens: Tokens) -> Link | None:
    """Return the agency that the dateline says the text is a copy of."""
    for match in _DATELINE.finditer(text[:1500]):
        group = 1 if match.group(1) else 2
        link = medium(tokens, tokens.at(match.start(group)))
        if link is not None:
            return link
    return None


def medium(tokens: Tokens, n: int) -> Link | None:
    """Return the medium that begins at a word, if one does."""
    first = n
    while n < tokens.count and tokens.sorts[n] == DETERMINER:
        n += 1
    if n >= tokens.count:
        return None
    for k in range(n, min(n + 5, tokens.count)):
        known = tokens.known[k]
        if known is not None and known.sort in MEDIA:
            stop = tokens.stops[k]
            the = k > first and tokens.bases[k - 1] == "The" and first > 0
            begin = k - 1 if the else k
            name = tokens.words_of(begin, stop).removesuffix("'s").removesuffix("’s")
            return Link(Speaker(name, known.sort), ((tokens.starts[begin], tokens.ends[stop - 1]),))
        if tokens.sorts[k] not in (ROLE, OTHER) and known is None:
            break
        if k > n and tokens.apart[k]:
            break
    return _unlisted(tokens, n)


def _unlisted(tokens: Tokens, first: int) -> Link | None:
    """Return a medium that no list has: "the Sunday Leader", "Radio Khartia", "magazine Semana"."""
    the = first > 0 and tokens.lowers[first - 1] == "the"
    kind = ""
    n = first
    while n < tokens.count and tokens.sorts[n] == ROLE and not (n > first and tokens.apart[n]):
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
        stop < tokens.count
        and not (stop > n and tokens.apart[stop])
        and (_capital(tokens, stop, the) or (stop > n and tokens.sorts[stop] == KNOWN))
    ):
        stop += 1
    if stop == n:
        return _named_medium(tokens, first, n, kind) if kind and n > first + 1 else None
    ending = tokens.bases[stop - 1] in tokens.words.outlet_endings
    after = tokens.words.roles.get(tokens.lowers[stop]) if stop < tokens.count else None
    beside = after is not None and after.kind in MEDIA and not tokens.apart[stop]
    named = the or tokens.sorts[n] == NAME or tokens.bases[n] in tokens.words.outlet_endings
    if not named or not (kind or ending or beside or the or _opens(tokens, n)):
        return None
    if the and not (kind or ending or beside) and after is not None and not tokens.apart[stop]:
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
