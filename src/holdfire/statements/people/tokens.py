"""A text as words with what each can be: name, party, medium, role, or nothing of these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, chain

from holdfire.statements.article import Passage
from holdfire.statements.grammar.tokens import spaced
from holdfire.statements.people.closed import closed
from holdfire.statements.people.words import (
    KNOWN,
    NAME,
    OTHER,
    PARTICLE,
    PREPOSITION,
    ROLE,
    TITLE,
    TOKEN,
    Known,
    Words,
    base,
)

_NO_NAMES = closed("no_names") | closed("determiners")
_GAP_AND_TOKEN = re.compile(
    r"(\W*+)("
    r"[a-z]{2,}+(?=[ ,\n])|"  # most words, found without trying the rest
    rf"{TOKEN.pattern}|\Z)"
)
_GLUED = re.compile(r"(?:al|el|as|ash|an|ar|at|ad|ul|ed|es|az)-[^\W\d_]")
_END = re.compile(r"[.!?…]")
_ABBREVIATED = closed("abbreviated")


class Tokens:
    """The words of a text in parallel lists; numbers of words are used everywhere below."""

    def __init__(self, text: str, words: Words) -> None:
        """Read a text; one pass."""
        self.text = text = spaced(text)
        self.words = words
        pairs = _GAP_AND_TOKEN.findall(text)
        while pairs and not pairs[-1][1]:
            pairs.pop()
        self.count = len(pairs)
        edges = list(accumulate(map(len, chain.from_iterable(pairs))))
        self.starts, self.ends = edges[::2], edges[1::2]
        self.bases = [word for _, word in pairs]
        self.owns = [False] * self.count
        if "'" in text or "’" in text:
            self._possess()
        self.lowers = [one.lower() for one in self.bases]
        self.gaps = [gap for gap, _ in pairs]
        self.gaps[:1] = ["\n"]
        self._breaks = [n for n, gap in enumerate(self.gaps) if gap != " "] if pairs else []
        for n in self._breaks:
            # "the rebels' spokesman": an apostrophe after a plural is no quotation mark.
            if self.gaps[n] in ("' ", "’ ") and n and self.bases[n - 1].endswith("s"):
                self.gaps[n], self.owns[n - 1] = " ", True
        self.sentences: list[int] = []
        self.paragraphs: list[int] = []
        blanks = text.count("\n\n")
        wrapped = blanks and text.count("\n") - 2 * blanks > blanks
        self._divide("\n\n" if wrapped else "\n")
        self.sorts, self.known, self.stops = self._sorts()

    def _possess(self) -> None:
        for n, raw in enumerate(self.bases):
            if "'" in raw or "’" in raw:
                self.bases[n] = base(raw)
                self.owns[n] = len(self.bases[n]) != len(raw)

    def _divide(self, blank: str) -> None:
        sentence = paragraph = done = 0
        for number in self._breaks:
            gap = self.gaps[number]
            paragraphs = blank in gap
            ends = len(gap) > 1 and _END.search(gap) and not self._abbreviation(number - 1)
            if paragraphs or ends:
                self.sentences.extend([sentence] * (number - done))
                self.paragraphs.extend([paragraph] * (number - done))
                done = number
                sentence += 1
                paragraph += paragraphs
        self.sentences.extend([sentence] * (self.count - done))
        self.paragraphs.extend([paragraph] * (self.count - done))

    def _abbreviation(self, number: int) -> bool:
        if len(self.gaps[number + 1].strip()) != 1:
            return False
        word = self.bases[number]
        return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATED

    def _sorts(self) -> tuple[list[int], list[Known | None], list[int]]:
        bases, lowers, phrases = self.bases, self.lowers, self.words.phrases
        small, large = self.words.small, self.words.large
        count = self.count
        sorts = [small.get(lower, OTHER) for lower in lowers]
        known: list[Known | None] = [None] * count
        stops = list(range(1, count + 1))
        skip = 0
        looked_at = [
            n
            for n, (word, lower) in enumerate(zip(bases, lowers, strict=True))
            if word != lower or word in phrases
        ]
        for n in looked_at:
            if n < skip:
                continue
            word, lower = bases[n], lowers[n]
            entry = self._phrase(n, phrases[word]) if word in phrases else self._installed(n)
            if entry is not None:
                one, skip = entry
                for inner in range(n, skip):
                    sorts[inner], known[inner], stops[inner] = KNOWN, one, skip
            elif word == lower:
                continue
            elif len(word) == 1 and n + 1 < count and self.gaps[n + 1] == ". ":
                sorts[n] = NAME
            elif (sort := large.get(lower)) is not None:
                sorts[n] = sort
            else:
                named = lower not in _NO_NAMES and (word[0].isupper() or _GLUED.match(word))
                sorts[n] = NAME if named else OTHER
        return sorts, known, stops

    def _installed(self, n: int) -> tuple[Known, int] | None:
        """Read "Russian-installed": who was put there by a party speaks on its side."""
        word = self.bases[n]
        if not word.endswith(("-installed", "-appointed")):
            return None
        listed = self.words.phrases.get(word.rsplit("-", 1)[0], ())
        return next(((known, n + 1) for rest, known in listed if not rest), None)

    def _phrase(
        self, n: int, listed: list[tuple[tuple[str, ...], Known]]
    ) -> tuple[Known, int] | None:
        bases, gaps = self.bases, self.gaps
        for rest, known in listed:
            stop = n + 1 + len(rest)
            if rest and (
                tuple(bases[n + 1 : stop]) != rest
                or any(_END.search(gap) or "\n\n" in gap for gap in gaps[n + 1 : stop])
            ):
                continue
            if known.the and not (n and self.lowers[n - 1] == "the"):
                continue
            # "Israel Katz", "Victoria Nuland": a party's noun before a name is part of the name.
            if (
                known.sort in ("party", "place")
                and not self.owns[stop - 1]
                and self._named_on(stop)
                and not (n and self.lowers[n - 1] == "the")
                and bases[n].isalpha()
                and not bases[n].isupper()
            ):
                continue
            return known, stop
        return None

    def _named_on(self, n: int) -> bool:
        if n >= self.count or self.gaps[n] not in (" ", "\n"):
            return False
        word, lower = self.bases[n], self.lowers[n]
        return (
            word[0].isupper()
            and not word.isupper()
            and lower not in self.words.role_words
            and lower not in self.words.titles
            and lower not in _NO_NAMES
            and word not in self.words.phrases
        )

    def at(self, offset: int) -> int:
        """Return the number of the first word that ends after an offset."""
        return bisect_left(self.ends, offset + 1)

    def span(self, passages: Iterable[Passage]) -> list[int]:
        """Return the numbers of the words that lie in passages."""
        return [n for a, b in passages for n in range(self.at(a), bisect_left(self.starts, b))]

    def words_of(self, first: int, stop: int) -> str:
        """Return the text from one word up to another, on one line."""
        if first >= stop:
            return ""
        found = self.text[self.starts[first] : self.ends[stop - 1]]
        return " ".join(found.split()) if "\n" in found or "  " in found else found

    def name_of(self, first: int, stop: int) -> str:
        """Return a name from one word up to another, without a possessive ending."""
        whole = self.words_of(first, stop)
        last = self.ends[stop - 1] - self.starts[stop - 1]
        name = whole[: len(whole) - last] + self.bases[stop - 1]
        return name + ")" * (name.count("(") - name.count(")"))

    def joined(self, n: int) -> bool:
        """Whether a word and the one before it are one name of the data files."""
        known = self.known[n]
        return n > 0 and known is not None and self.stops[n - 1] == self.stops[n] > n

    def apart(self, n: int) -> bool:
        """Whether something other than a space stands before a word."""
        gap = self.gaps[n]
        if gap == "\n":
            return n == 0 or self.paragraphs[n] != self.paragraphs[n - 1]
        return gap not in (" ", "-")

    def _surname(self, first: int, n: int) -> bool:
        """Whether a word that can be a role is a surname: "John Major said"."""
        return (
            n == first + 1
            and self.sorts[n] == ROLE
            and self.bases[n][0].isupper()
            and (role := self.words.roles.get(self.lowers[n])) is not None
            and (role.name == "voice" or self.lowers[n] in self.words.ranks)
            and not (n + 1 < self.count and self.sorts[n + 1] == NAME and not self.apart(n + 1))
        )

    def office_before(self, first: int) -> int:
        """Return where an office between a preposition and a name begins, or -1.

        "wife of French President Macron": the name is the holder's, and no wife's.
        """
        n = first
        words: list[str] = []
        while n > 0 and not self.apart(n) and self.bases[n - 1][0].isupper():
            known = self.known[n - 1]
            if self.sorts[n - 1] in (ROLE, TITLE):
                words.insert(0, self.lowers[n - 1])
            elif known is None or known.sort != "people":
                break
            n -= 1
        role = self.words.roles.get(" ".join(words))
        office = words and (role is None or role.kind == "person")
        office = office and (role is not None or words[-1] in self.words.titles)
        return n if office and n and self.sorts[n - 1] == PREPOSITION else -1

    def name_stop(self, n: int) -> int:
        """Return where the name that begins at a word ends."""
        stop = n + 1
        while stop < self.count:
            initial = len(self.bases[stop - 1]) == 1 and self.gaps[stop] == ". "
            if self.apart(stop) and not initial:
                break
            if self.owns[stop - 1]:
                break
            if self.sorts[stop] == NAME or self._surname(n, stop):
                stop += 1
                continue
            after = stop + 1
            while (
                after < self.count
                and self.sorts[after] == PARTICLE
                and self.gaps[after] in (" ", "-")
            ):
                after += 1
            if (
                self.sorts[stop] == PARTICLE
                and after < self.count
                and self.gaps[after] in (" ", "-")
                and self.sorts[after] == NAME
            ):
                stop = after + 1
                continue
            break
        return stop
