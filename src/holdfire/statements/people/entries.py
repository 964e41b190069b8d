"""What each word of a text can be by itself, looked up once for all texts."""

from __future__ import annotations

import re
from functools import lru_cache

from holdfire.statements.people.closed import closed
from holdfire.statements.people.sorts import NAME, OTHER, base
from holdfire.statements.people.words import Words

LOOKED_AT, BRINGS_IN, LEADS = 1, 2, 4
"""Marks of a word: it can begin a name of the data files or be an initial; it can bring somebody
in ("a", "one"); a medium can follow it ("told to")."""
KEPT = 1 << 16
"""Words that are kept at the most."""

NO_NAMES = closed("no_names") | closed("determiners")
NEW = closed("one") | {"his", "her"}
LEADING = frozenset({"to", "with", "by", "on"})
PUT_THERE = ("-installed", "-appointed")
_GLUED = re.compile(r"(?:al|el|as|ash|an|ar|at|ad|ul|ed|es|az)-[^\W\d_]")

Entry = tuple[str, str, bool, int, int]
"""A word without possessive ending, the same in small letters, whether it has such an ending, what
it can be where no name of the data files begins with it, and its marks."""


class Entries(dict[str, Entry]):
    """Words as one text after another has them: most are known from the texts before."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._phrases, self._small, self._large = words.phrases, words.small, words.large

    def __missing__(self, raw: str) -> Entry:
        """Read a word that no text before had."""
        if len(self) >= KEPT:
            self.clear()
        word = base(raw)
        lower = word.lower()
        marks = BRINGS_IN if lower in NEW else LEADS if lower in LEADING else 0
        if word in self._phrases:
            marks |= LOOKED_AT
        if word == lower:
            sort = self._small.get(lower, OTHER)
        else:
            if len(word) == 1 or word.endswith(PUT_THERE):
                marks |= LOOKED_AT
            sort = self._large.get(lower, -1)
            if sort < 0:
                named = lower not in NO_NAMES and (word[0].isupper() or _GLUED.match(word))
                sort = NAME if named else OTHER
        entry = self[raw] = (word, lower, len(word) != len(raw), sort, marks)
        return entry


@lru_cache(maxsize=4)
def entries_of(words: Words) -> Entries:
    """Return what is known of single words, with the words of a case or without."""
    return Entries(words)
