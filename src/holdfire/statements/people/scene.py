"""One article with its attributions: which lies in which, and who is who."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.persons import Person, Persons
from holdfire.statements.people.phrase import Phrase, describe, read
from holdfire.statements.people.tokens import (
    DETERMINER,
    KNOWN,
    NAME,
    OTHER,
    PREPOSITION,
    ROLE,
    TITLE,
    Tokens,
)
from holdfire.statements.people.words import Words

CITING = frozenset("citing cites cited quoting quotes quoted".split())
_NEW = frozenset({"a", "an", "one", "another", "his", "her"})
_OPENING, _CLOSING = "“„«", "”»"


@lru_cache(maxsize=8)
def tokens_of(text: str, words: Words) -> Tokens:
    """Return the words of a text; kept, since speakers and chains are asked for in turn."""
    return Tokens(text, words)


def enclosing(attributions: Sequence[Attribution], tokens: Tokens) -> list[int]:
    """Return for each attribution the number of the innermost one that holds it, or -1.

    Who is cited ("Interfax reported, citing the ministry") lies within what cites it.
    """
    parents = [-1] * len(attributions)
    sizes = [one.content[-1][1] - one.content[0][0] for one in attributions]
    for i, inner in enumerate(attributions):
        best: tuple[int, int, int, int] | None = None
        for k, outer in enumerate(attributions):
            if k == i or not _holds(outer, inner):
                continue
            rank = (_far(outer, inner, tokens), sizes[k], -_depth(outer, tokens), -k)
            if best is None or rank < best:
                best, parents[i] = rank, k
        if _cites(inner, tokens):
            citing = _citing(i, attributions, tokens)
            if citing >= 0:
                parents[i] = citing
    return parents


def _holds(outer: Attribution, inner: Attribution) -> bool:
    def lies(passage: Passage) -> bool:
        return any(a <= passage[0] and passage[1] <= b for a, b in outer.content)

    first, last = outer.content[0][0], outer.content[-1][1]
    return (
        first <= inner.start
        and inner.end <= last
        and all(lies(p) for p in inner.cue)
        and all(lies(p) for p in inner.source)
    )


def _cites(one: Attribution, tokens: Tokens) -> bool:
    return any(tokens.lowers[n] in CITING for n in tokens.span(one.cue[:1])[-1:])


def _far(outer: Attribution, inner: Attribution, tokens: Tokens) -> int:
    """Return how many paragraphs away somebody attributes what another says."""
    at, own = (tokens.at(one.cue[0][0]) for one in (outer, inner))
    last = len(tokens) - 1
    return abs(tokens.paragraphs[min(at, last)] - tokens.paragraphs[min(own, last)])


def _depth(one: Attribution, tokens: Tokens) -> int:
    return 1 if _cites(one, tokens) else 0


def _citing(i: int, attributions: Sequence[Attribution], tokens: Tokens) -> int:
    """Return who cites: the nearest attribution of the sentence before with the same content."""
    own = attributions[i]
    at = tokens.at(own.cue[0][0])
    if at >= len(tokens):
        return -1
    found = -1
    for k, one in enumerate(attributions):
        if k == i or not one.source or one.source[0][0] >= own.cue[0][0]:
            continue
        if tokens.sentences[tokens.at(one.cue[0][0])] != tokens.sentences[at]:
            continue
        shared = any(a < d and c < b for a, b in one.content for c, d in own.content)
        if shared and (found < 0 or attributions[found].cue[0][0] < one.cue[0][0]):
            found = k
    return found


class Scene:
    """What the resolver looks at: words, persons, parents, and who was heard so far."""

    def __init__(self, text: str, attributions: Sequence[Attribution], words: Words) -> None:
        """Read the text and the sources of its attributions."""
        self.words = words
        self.tokens = tokens = tokens_of(text, words)
        self.attributions = attributions
        self.parents = enclosing(attributions, tokens)
        self.persons = Persons(tokens)
        self.numbers = [tokens.span(one.source) for one in attributions]
        self.phrases = [read(tokens, one) for one in self.numbers]
        self.heard: list[tuple[int, int, Person]] = []
        """Word, running number and person, for everybody who was found to speak."""
        self._strangers: list[tuple[int, Person]] | None = None
        self.sources = {
            phrase.name_at if phrase.name else phrase.first for phrase in self.phrases if phrase
        }

    def hear(self, n: int, person: Person) -> None:
        """Note that somebody spoke at a word."""
        insort(self.heard, (n, len(self.heard), person))

    def mentions(self, sentence: int, before: int) -> list[tuple[int, Person]]:
        """Return who is mentioned in a sentence before a word, in the order of the text."""
        found: dict[int, Person] = {}
        for n, person in self.persons.before(before):
            if self.tokens.sentences[n] < sentence:
                break
            if self.tokens.sentences[n] == sentence:
                found[n] = person
        for n, person in self.strangers():
            if self.tokens.sentences[n] == sentence and n < before:
                found.setdefault(n, person)
        for n, _, person in self.heard:
            if self.tokens.sentences[n] == sentence and n < before:
                found[n] = person
        return sorted(found.items(), key=lambda one: one[0])

    def strangers(self) -> list[tuple[int, Person]]:
        """Return the persons whom the text brings in without a name ("A British private …")."""
        if self._strangers is None:
            self._strangers = list(self._new())
        return self._strangers

    def _new(self) -> Iterator[tuple[int, Person]]:
        tokens = self.tokens
        for n, (sort, lower) in enumerate(zip(tokens.sorts, tokens.lowers, strict=True)):
            if sort != DETERMINER or lower not in _NEW:
                continue
            stop = n + 1
            while (
                stop < len(tokens)
                and stop - n < 7
                and tokens.sorts[stop] in (KNOWN, ROLE, OTHER, TITLE)
                and not tokens.apart(stop)
            ):
                stop += 1
                if (
                    tokens.sorts[stop - 1] == ROLE
                    and tokens.lowers[stop - 1] in self.words.head_words
                    and (stop >= len(tokens) or tokens.sorts[stop] not in (ROLE, NAME))
                ):
                    break
            phrase = describe(tokens, n, stop)
            role = phrase.role_class
            if role is not None and role.kind == "person" and not phrase.plural and phrase.role:
                if not self._apposed(n, stop):
                    yield n, Person("", [phrase], phrase.party, self._woman(phrase), True, [n])

    def _apposed(self, first: int, stop: int) -> bool:
        """Whether a name stands beside the words: "Izzat al-Rishq, a senior official"."""
        tokens = self.tokens
        before = first > 0 and "," in tokens.gaps[first] and tokens.sorts[first - 1] == NAME
        after = (
            stop < len(tokens)
            and tokens.sorts[stop] == NAME
            and tokens.gaps[stop] in (" ", ", ", "\n")
        )
        return before or after

    def _woman(self, phrase: Phrase) -> bool | None:
        low = set(self.tokens.lowers[phrase.first : phrase.stop])
        if low & self.words.female:
            return True
        return False if low & self.words.male else None

    def quoted(self, n: int) -> bool:
        """Whether a word stands within quotation marks of its paragraph."""
        tokens = self.tokens
        start = tokens.starts[bisect_left(tokens.paragraphs, tokens.paragraphs[n])]
        before = tokens.text[max(start - 1, 0) : tokens.starts[n]]
        curly = max(before.rfind(mark) for mark in _OPENING)
        if curly > max(before.rfind(mark) for mark in _CLOSING):
            return True
        return before.count('"') % 2 == 1

    def subject(self, n: int) -> bool:
        """Whether a mention can be what its clause is about: no owner, after no preposition."""
        tokens = self.tokens
        k = n
        while k > 0 and (
            tokens.lowers[k - 1] != "that"
            and tokens.sorts[k - 1] in (ROLE, TITLE, KNOWN, DETERMINER)
            and (not tokens.apart(k) or tokens.sorts[k - 1] == KNOWN)
            or (tokens.lowers[k - 1] == "and" and k > 1 and tokens.sorts[k - 2] == KNOWN)
        ):
            k -= 1
        stop = tokens.name_stop(n) if tokens.sorts[n] == NAME else n + 1
        if tokens.owns[stop - 1] and tokens.sorts[n] in (NAME, KNOWN):
            return False
        if k == 0:
            return True
        if (
            tokens.lowers[k - 1] == "for"
            and tokens.sentences[k - 2 if k > 1 else 0] != tokens.sentences[k]
        ):
            return True
        return tokens.sorts[k - 1] != PREPOSITION and tokens.lowers[k - 1] not in _AFTER


_AFTER = frozenset({"by", "than", "told", "which", "whom", "where"})
