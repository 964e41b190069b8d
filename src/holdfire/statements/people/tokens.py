"""A text as words with what each can be: name, party, medium, role, or nothing of these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, compress, count

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.grammar.tokens import spaced
from holdfire.statements.people.closed import closed
from holdfire.statements.people.entries import LOOKED_AT, NO_NAMES, PUT_THERE, entries_of
from holdfire.statements.people.sorts import (
    KNOWN,
    NAME,
    PARTICLE,
    PREPOSITION,
    ROLE,
    TITLE,
    TOKEN,
    Known,
)
from holdfire.statements.people.words import Words

_WORD = re.compile(
    r"("
    r"[a-z]{2,}+(?=[ ,\n])|"  # most words, found without trying the rest
    rf"{TOKEN.pattern})"
)
_END = re.compile(r"[.!?…]")
_ABBREVIATED = closed("abbreviated")
_OWNING = ("' ", "’ ")
_WITHIN = frozenset(
    (", ", "-", " “", " ‘", " (", ", “", "; ", ": ", ": “", "’", "/", " – ", " — ", "—")
)
"""What parts words of one sentence and is nothing else."""


class Tokens:
    """The words of a text in parallel lists; numbers of words are used everywhere below."""

    def __init__(self, text: str, words: Words) -> None:
        """Read a text; one pass."""
        self.text = text = spaced(text)
        self.words = words
        parts = _WORD.split(text)
        self.count = len(parts) // 2
        edges = list(accumulate(map(len, parts)))
        self.starts, self.ends = edges[0:-1:2], edges[1::2]
        known = entries_of(words)
        entries = list(map(known.__getitem__, parts[1::2]))
        self.bases, self.lowers, self.owns, self.sorts, marks = (
            map(list, zip(*entries, strict=True)) if entries else ([], [], [], [], [])
        )
        self.gaps = parts[0:-1:2]
        self.gaps[:1] = ["\n"] if entries else []
        self._marks = list(compress(enumerate(marks), marks))
        self.apart = [False] * self.count
        """Whether something other than a space stands before a word."""
        self.sentences: list[int] = []
        self.paragraphs: list[int] = []
        blanks = text.count("\n\n")
        wrapped = blanks and text.count("\n") - 2 * blanks > blanks
        self._divide("\n\n" if wrapped else "\n")
        self.known: list[Known | None] = [None] * self.count
        self.stops = list(range(1, self.count + 1))
        self.named = self._names()
        self.enclosed: tuple[tuple[Attribution, ...], tuple[int, ...]] | None = None
        """Which attribution lies in which, once that was asked."""

    def marked(self, mark: int) -> list[int]:
        """Return the numbers of the words that have a mark of :mod:`.entries`."""
        return [n for n, marks in self._marks if marks & mark]

    def _divide(self, blank: str) -> None:
        """Number sentences and paragraphs, and see which apostrophes are no quotation marks."""
        gaps, sentences, paragraphs = self.gaps, self.sentences, self.paragraphs
        sentence = paragraph = done = 0
        for number in list(compress(count(), map(" ".__ne__, gaps))):
            gap = gaps[number]
            self.apart[number] = gap != "-"
            if gap in _WITHIN:
                continue
            if gap in _OWNING and number and self.bases[number - 1].endswith("s"):
                gaps[number], self.owns[number - 1] = " ", True  # "the rebels' spokesman"
                self.apart[number] = False
                continue
            parted = blank in gap
            if gap == "\n":
                self.apart[number] = parted or not number
            if parted or (len(gap) > 1 and _END.search(gap) and not self._abbreviation(number - 1)):
                sentences += [sentence] * (number - done)
                paragraphs += [paragraph] * (number - done)
                done = number
                sentence += 1
                paragraph += parted
        sentences += [sentence] * (self.count - done)
        paragraphs += [paragraph] * (self.count - done)

    def _abbreviation(self, number: int) -> bool:
        if len(self.gaps[number + 1].strip()) != 1:
            return False
        word = self.bases[number]
        return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATED

    def _names(self) -> list[tuple[int, int]]:
        """Find the names of the data files; return where each begins and ends."""
        bases, phrases, sorts = self.bases, self.words.phrases, self.sorts
        found: list[tuple[int, int]] = []
        skip = 0
        for n in self.marked(LOOKED_AT):
            if n < skip:
                continue
            word = bases[n]
            entry = self._phrase(n, phrases[word]) if word in phrases else self._installed(n)
            if entry is not None:
                one, skip = entry
                found.append((n, skip))
                for inner in range(n, skip):
                    sorts[inner], self.known[inner], self.stops[inner] = KNOWN, one, skip
            elif len(word) == 1 and self.gaps[n + 1 : n + 2] == [". "] and word != self.lowers[n]:
                sorts[n] = NAME
        return found

    def _installed(self, n: int) -> tuple[Known, int] | None:
        """Read "Russian-installed": who was put there by a party speaks on its side."""
        word = self.bases[n]
        if not word.endswith(PUT_THERE):
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
            and lower not in NO_NAMES
            and word not in self.words.phrases
        )

    def at(self, offset: int) -> int:
        """Return the number of the first word that ends after an offset."""
        return bisect_left(self.ends, offset + 1)

    def span(self, passages: Iterable[Passage]) -> list[int]:
        """Return the numbers of the words that lie in passages."""
        found: list[int] = []
        for a, b in passages:
            found += range(bisect_left(self.ends, a + 1), bisect_left(self.starts, b))
        return found

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

    def _surname(self, first: int, n: int) -> bool:
        """Whether a word that can be a role is a surname: "John Major said"."""
        return (
            n == first + 1
            and self.bases[n][0].isupper()
            and (role := self.words.roles.get(self.lowers[n])) is not None
            and (role.name == "voice" or self.lowers[n] in self.words.ranks)
            and not (n + 1 < self.count and self.sorts[n + 1] == NAME and not self.apart[n + 1])
        )

    def office_before(self, first: int) -> int:
        """Return where an office between a preposition and a name begins, or -1.

        "wife of French President Macron": the name is the holder's, and no wife's.
        """
        n = first
        words: list[str] = []
        while n > 0 and not self.apart[n] and self.bases[n - 1][0].isupper():
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
            if self.apart[stop] and not (
                len(self.bases[stop - 1]) == 1 and self.gaps[stop] == ". "
            ):
                break
            if self.owns[stop - 1]:
                break
            sort = self.sorts[stop]
            if sort == NAME or (sort == ROLE and self._surname(n, stop)):
                stop += 1
                continue
            if sort != PARTICLE:
                break
            after = stop + 1
            while (
                after < self.count
                and self.sorts[after] == PARTICLE
                and self.gaps[after] in (" ", "-")
            ):
                after += 1
            if after < self.count and self.gaps[after] in (" ", "-") and self.sorts[after] == NAME:
                stop = after + 1
                continue
            break
        return stop
