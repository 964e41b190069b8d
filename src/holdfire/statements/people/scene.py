"""One article with its attributions: which lies in which, and who is who."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from holdfire.statements.attribution import Attribution
from holdfire.statements.people.closed import closed
from holdfire.statements.people.coordination import read
from holdfire.statements.people.describe import describe
from holdfire.statements.people.entries import BRINGS_IN
from holdfire.statements.people.nesting import enclosing, tokens_of
from holdfire.statements.people.persons import Person, Persons
from holdfire.statements.people.phrase import Phrase
from holdfire.statements.people.sorts import (
    DETERMINER,
    KNOWN,
    NAME,
    OTHER,
    PREPOSITION,
    ROLE,
    TITLE,
)
from holdfire.statements.people.words import Words

_TOLD_OF = closed("told_of")
_OPENING, _CLOSING = "“„«", "”»"


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
        self._heard_in: dict[int, list[tuple[int, Person]]] = defaultdict(list)
        self._strangers: list[tuple[int, Person]] | None = None
        self._strange: dict[int, list[tuple[int, Person]]] = defaultdict(list)
        self.sources = {
            phrase.name_at if phrase.name else phrase.first for phrase in self.phrases if phrase
        }

    def hear(self, n: int, person: Person) -> None:
        """Note that somebody spoke at a word."""
        insort(self.heard, (n, len(self.heard), person), key=lambda one: one[:2])
        self._heard_in[self.tokens.sentences[n]].append((n, person))

    def heard_before(self, n: int, paragraph: int) -> Iterator[tuple[int, Person]]:
        """Yield who spoke before a word, the last first, down to a paragraph."""
        for k in range(bisect_left(self.heard, (n, -1), key=lambda one: one[:2]) - 1, -1, -1):
            at, _, person = self.heard[k]
            if self.tokens.paragraphs[at] < paragraph:
                return
            yield at, person

    def everybody(self) -> Iterator[Person]:
        """Yield every person of the text once, those without a name last."""
        yield from self.persons.everybody
        for _, person in self.strangers():
            yield person

    def mentions(self, sentence: int, before: int) -> list[tuple[int, Person]]:
        """Return who is mentioned in a sentence before a word, in the order of the text."""
        found: dict[int, Person] = {}
        for n, person in self.persons.before(before):
            if self.tokens.sentences[n] < sentence:
                break
            if self.tokens.sentences[n] == sentence:
                found[n] = person
        self.strangers()
        for n, person in self._strange.get(sentence, ()):
            if n < before:
                found.setdefault(n, person)
        for n, person in self._heard_in.get(sentence, ()):
            if n < before:
                found[n] = person
        return sorted(found.items(), key=lambda one: one[0])

    def nearest(self, n: int, reach: int, fits: Callable[[int, Person], bool]) -> Person | None:
        """Return whom a pronoun at a word means: of the nearest sentence who spoke or acts there.

        ``fits`` is asked with the word of each mention and the person.
        """
        sentence = self.tokens.sentences[n]
        for back in range(sentence, max(sentence - reach, -1), -1):
            found = [(at, one) for at, one in self.mentions(back, n) if fits(at, one)]
            if not found:
                continue
            spoke = [one for at, one in found if at in self.sources]
            if spoke:
                return spoke[-1]
            return next((one for at, one in found if self.subject(at)), found[-1][1])
        return None

    def strangers(self) -> list[tuple[int, Person]]:
        """Return the persons whom the text brings in without a name ("A British private …")."""
        if self._strangers is None:
            self._strangers = list(self._new())
            for n, person in self._strangers:
                self._strange[self.tokens.sentences[n]].append((n, person))
        return self._strangers

    def _new(self) -> Iterator[tuple[int, Person]]:
        tokens = self.tokens
        for n in tokens.marked(BRINGS_IN):
            stop = n + 1
            while (
                stop < tokens.count
                and stop - n < 7
                and tokens.sorts[stop] in (KNOWN, ROLE, OTHER, TITLE)
                and not tokens.apart[stop]
            ):
                stop += 1
                if (
                    tokens.sorts[stop - 1] == ROLE
                    and tokens.lowers[stop - 1] in self.words.head_words
                    and (stop >= tokens.count or tokens.sorts[stop] not in (ROLE, NAME))
                ):
                    break
            if tokens.sorts[stop - 1] != ROLE:
                continue
            phrase = describe(tokens, n, stop)
            role = phrase.role_class
            if role is None or role.kind != "person" or phrase.plural or not phrase.role:
                continue
            if not self._apposed(n, stop):
                yield n, Person("", [phrase], phrase.party, self._woman(phrase), True, [n])

    def _apposed(self, first: int, stop: int) -> bool:
        """Whether a name stands beside the words: "Izzat al-Rishq, a senior official"."""
        tokens = self.tokens
        before = first > 0 and "," in tokens.gaps[first] and tokens.sorts[first - 1] == NAME
        after = (
            stop < tokens.count
            and tokens.sorts[stop] == NAME
            and tokens.gaps[stop] in (" ", ", ", "\n")
        )
        return before or after

    def _woman(self, phrase: Phrase) -> bool | None:
        low = self.tokens.lowers[phrase.first : phrase.stop]
        if not self.words.female.isdisjoint(low):
            return True
        return None if self.words.male.isdisjoint(low) else False

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
            (
                tokens.lowers[k - 1] != "that"
                and tokens.sorts[k - 1] in (ROLE, TITLE, KNOWN, DETERMINER)
                and (not tokens.apart[k] or tokens.sorts[k - 1] == KNOWN)
            )
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
        return tokens.sorts[k - 1] != PREPOSITION and tokens.lowers[k - 1] not in _TOLD_OF
