"""Reading one noun phrase without commas, word by word."""

from __future__ import annotations

from typing import Final

from holdfire.statements.people.closed import closed
from holdfire.statements.people.phrase import MEDIA, Phrase, is_plural, written
from holdfire.statements.people.sorts import (
    DETERMINER,
    KNOWN,
    NAME,
    OTHER,
    PREPOSITION,
    ROLE,
    TITLE,
    Role,
)
from holdfire.statements.people.tokens import Tokens

_SENT_TO: Final = frozenset({"to", "for"})
_OF: Final = frozenset({"of", "at", "from"})
_PRIVATE: Final = "voice"
_BREAKS: Final = closed("breaks")
_INDEFINITE: Final = closed("one")
NUMERALS: Final = closed("numerals")


def describe(tokens: Tokens, first: int, stop: int) -> Phrase:
    """Return what the words from ``first`` to ``stop`` tell, as one phrase without commas."""
    phrase = Phrase(first, stop)
    if stop - first == 1 and tokens.sorts[first] in (NAME, OTHER):
        return _single(tokens, phrase)
    at = first
    while at < stop and tokens.sorts[at] == DETERMINER:
        phrase.determiner = phrase.determiner or tokens.lowers[at]
        at += 1
    alias = _alias(tokens, at, stop)
    for n in range(at + 1, stop):
        if tokens.sorts[n] == OTHER and tokens.lowers[n] in _BREAKS:
            stop = n
            break
    at += at < stop - 1 and tokens.lowers[at] == "so-called"
    phrase.written = written(tokens, first, stop).removeprefix("so-called ")
    begin = at
    phrase.owner = owner = _owner(tokens, at, stop)
    if owner is not None:
        at = owner[1]
    body = _body(tokens, phrase, at, stop)
    alone = stop - at == 1 and tokens.sorts[at] == NAME and is_plural(tokens.lowers[at])
    if alone and not NUMERALS.isdisjoint(tokens.lowers[first:at]):
        phrase.head = tokens.lowers[at]
        return phrase
    name = None if body else _name(tokens, at, stop)
    if (
        name is not None
        and phrase.determiner in _INDEFINITE
        and any(tokens.sorts[n] == PREPOSITION for n in range(at, name[0]))
    ):
        name = None
    if name is None and alias is not None:
        name = alias
    role_stop = stop
    if name is not None:
        phrase.name, phrase.name_at = tokens.words_of(*name), name[0]
        role_stop = min(name[0], stop)
    if body == "acronym":
        phrase.written, phrase.role_class = tokens.bases[stop - 1], tokens.words.roles["group"]
    elif body:
        phrase.role_class, phrase.head = tokens.words.roles[body], body
    else:
        _role(tokens, phrase, begin, at, role_stop)
    _whose(tokens, phrase, begin, stop, name)
    if name is not None and name[1] < stop:
        phrase.of = (name[1], stop)
    return phrase


def _single(tokens: Tokens, phrase: Phrase) -> Phrase:
    """Fill in a phrase of one word that is a name or a pronoun."""
    phrase.written = tokens.words_of(phrase.first, phrase.stop)
    if tokens.sorts[phrase.first] == NAME:
        phrase.name, phrase.name_at = phrase.written, phrase.first
    else:
        phrase.head = tokens.lowers[phrase.first]
    return phrase


def _alias(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    """Return the name in "the guerrilla leader known as Prachanda"."""
    if stop < at + 3 or "known" not in tokens.lowers[at:stop]:
        return None
    for n in range(at + 2, stop):
        if tokens.lowers[n - 2 : n] == ["known", "as"] and tokens.sorts[n] == NAME:
            return n, min(tokens.name_stop(n), stop)
    return None


def _body(tokens: Tokens, phrase: Phrase, at: int, stop: int) -> str:
    """Return by what words with an article are no person's: "the Volcano of Rage force".

    The last word of a body, or ``"acronym"``: "the Marxist JVP".
    """
    if phrase.determiner != "the" or at >= stop or tokens.sorts[at] != NAME:
        return ""
    last, lower = tokens.bases[stop - 1], tokens.lowers[stop - 1]
    role = tokens.words.roles.get(lower)
    if (
        tokens.sorts[stop - 1] == ROLE
        and role is not None
        and role.kind in ("institution", "group")
    ):
        return lower
    acronym = tokens.sorts[stop - 1] == NAME and len(last) > 1 and last.isupper()
    return "acronym" if acronym else ""


def _owner(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    for n in range(at, stop - 1):
        if tokens.sorts[n] == PREPOSITION:
            return None
        if tokens.owns[n] and (n + 1 >= stop or tokens.known[n] is not tokens.known[n + 1]
                               or tokens.known[n] is None):  # fmt: skip
            return at, n + 1
    return None


def _name(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    n = at
    while n < stop:
        if tokens.sorts[n] != NAME:
            n += 1
            continue
        end = min(tokens.name_stop(n), stop)
        after_preposition = n > at and (
            tokens.sorts[n - 1] == PREPOSITION or (tokens.sorts[n - 1] == DETERMINER and n - 1 > at)
        )
        after_preposition |= tokens.office_before(n) > at
        if n > at + 1 and tokens.lowers[n - 1] == "and" and tokens.sorts[n - 2] in (NAME, KNOWN):
            after_preposition = True
        followed = end < stop and tokens.sorts[end] != PREPOSITION
        if not after_preposition and not followed:
            return n, end
        n = end
    return None


def _role(tokens: Tokens, phrase: Phrase, begin: int, at: int, stop: int) -> None:
    """Fill in role, its class and the medium or body that stands alone."""
    head_stop = at
    while head_stop < stop and (head_stop == at or not _goes_on(tokens, head_stop)):
        head_stop += 1
    words = tokens.lowers[at:head_stop]
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    if words and tokens.sorts[at] == PREPOSITION:
        phrase.of = (at, stop)
        return
    while words and tokens.sorts[at + len(words) - 1] == TITLE and len(words) > 0:
        words = words[:-1]
    last = at + len(words) - 1
    alone = bool(words) and tokens.sorts[last] == KNOWN
    if phrase.name and not words:
        return
    fighters = tokens.known[at] if len(words) == 2 and phrase.determiner == "the" else None
    several = fighters is not None and fighters.group and is_plural(words[1])
    if several and tokens.words.role(words[1:]) is not None:
        phrase.known, phrase.written = fighters, tokens.words_of(at, at + 1)
        return
    if alone and not phrase.name:
        phrase.known = tokens.known[last]
        if head_stop < stop and phrase.known and phrase.known.sort == "people":
            phrase.known = None
        return
    longest = _longest(tokens, at, stop)
    role = longest or tokens.words.role(words)
    if role is None and words and not phrase.name:
        phrase.head = words[-1]
    elif role is not None:
        phrase.role_class, phrase.head = role, words[-1]
        if role.kind in MEDIA:
            phrase.known = next(
                (k for k in tokens.known[at:stop] if k is not None and k.sort in MEDIA), None
            )
            if phrase.known is not None:
                phrase.role_class = None
                phrase.name = ""
                return
    if words and (role is not None or not phrase.name):
        owner_party = begin != at and tokens.sorts[at - 1] == KNOWN
        phrase.role = tokens.words_of(begin if owner_party else at, _role_stop(tokens, at, stop))
        phrase.rank = phrase.role.lower() in tokens.words.ranks
    if head_stop < stop:
        phrase.of = (head_stop, stop)


def _goes_on(tokens: Tokens, n: int) -> bool:
    """Whether the head of a phrase is over before a word: "cardinals gathered in Rome"."""
    if tokens.sorts[n] == PREPOSITION:
        return True
    doing = tokens.sorts[n] == OTHER and tokens.lowers[n].endswith(("ed", "ing"))
    head = tokens.lowers[n - 1]
    heads = tokens.words.head_words
    return doing and tokens.sorts[n - 1] == ROLE and (head in heads or head[:-1] in heads)


def _longest(tokens: Tokens, at: int, stop: int) -> Role | None:
    """Return the class of a role whose phrase goes on over a preposition: "secretary of state"."""
    if stop < at + 3 or PREPOSITION not in tokens.sorts[at:stop]:
        return None
    words = tokens.lowers[at:stop]
    for end in range(min(len(words), 8), 2, -1):
        for start in range(end - 2):
            phrase = " ".join(words[start:end])
            found = tokens.words.roles.get(phrase)
            if found is not None and any(
                tokens.sorts[at + n] == PREPOSITION for n in range(start, end)
            ):
                return tokens.words.role(words[:end])
    return None


def _role_stop(tokens: Tokens, at: int, stop: int) -> int:
    while stop > at + 1 and tokens.sorts[stop - 1] == TITLE:
        stop -= 1
    return stop


def _whose(
    tokens: Tokens, phrase: Phrase, begin: int, stop: int, name: tuple[int, int] | None
) -> None:
    found: list[str] = []
    preposition = ""
    kind = phrase.role_class.kind if phrase.role_class else ""
    envoy = phrase.role_class is not None and phrase.role_class.name == "ambassador"
    private = phrase.role_class is not None and phrase.role_class.name == _PRIVATE
    for n in range(begin, stop):
        sort = tokens.sorts[n]
        if sort == PREPOSITION:
            preposition = tokens.lowers[n]
        elif sort == KNOWN and (known := tokens.known[n]) is not None and known.party:
            counts = (
                not preposition
                or preposition in _OF
                or (preposition in _SENT_TO and not envoy)
                or (preposition == "in" and kind == "institution")
            )
            if private or (phrase.role_class is None and phrase.head and known.sort == "party"):
                counts = False
            if counts and not (n > begin and tokens.known[n - 1] is known):
                found.append(known.party)
        elif name is not None and n == name[1] - 1:
            preposition = ""
    if found and any(
        known is not None and known.sort == "body" and known.party is None
        for known in tokens.known[begin : phrase.of[0] if phrase.of else stop]
    ):
        found = []
    phrase.parties = tuple(dict.fromkeys(found)) if found else ()
    if not phrase.parties and phrase.role:
        low = phrase.role.lower()
        phrase.parties = tuple(p for words, p in tokens.words.only.items() if low == words)
