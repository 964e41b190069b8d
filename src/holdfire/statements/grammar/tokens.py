"""Tokens: words, numbers and marks with their places, found by one regular expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from operator import sub

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.lexicon import Lexicon, lexicon

OPENING = "“„«‹‚‘"
CLOSING = "”»›’"
CITING = frozenset(("according", "as"))
"""Words of "according to X", "as reported by X"."""
QUOTING = frozenset(OPENING + CLOSING + "\"'")


STOPS, QUOTES, BREAKS = 1, 2, 3
"""Where a sentence may end, where a quotation may begin or end, where a line ends."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text: where each starts and ends, in lower case, and its classes.

    ``points`` are the tokens, in order, at which sentences, quotations and lines may end, each
    with which of the three it is.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: list[int]
    points: list[tuple[int, int]]

    def without(self, gone: set[int]) -> Tokens:
        """Return all but some, which are points."""
        keep = [at not in gone for at in range(len(self.words))]
        left = accumulate(keep)
        now = [at - 1 for at in left]
        return Tokens(
            list(compress(self.starts, keep)),
            list(compress(self.ends, keep)),
            list(compress(self.words, keep)),
            list(compress(self.classes, keep)),
            [(now[at], what) for at, what in self.points if at not in gone],
        )


@lru_cache(maxsize=4)
def _pattern(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    short = "|".join(sorted(abbreviations, key=len, reverse=True))
    return re.compile(
        # Most words, found without trying the rest:
        r" ?[a-z]{2,}+(?=[ ,\n])| ?[A-Z][a-z]{3,}+(?=[ ,\n])|"
        r"[^\S\n]*+(?:"
        rf"(?=[A-Z])(?:{short})\.(?!\w)"
        r"|(?:[^\W\d_]\.){2,9}"
        r"|[A-Z]-(?:[A-Z]\.){1,4}"
        r"|[A-Z]\.(?=[ ][A-Z][a-z])"
        r"|[^\W\d_][^\W_]*(?:[-‑/&][^\W_]+|['’][A-Z][^\W_]*)*(?:(?<=n)['’]t\b)?"
        r"|\d+(?:[.,:/]\d+)*(?:[-‑][^\W_]+)*%?[^\W_]*"
        r"|['’](?:s|re|ve|ll|d|m)\b"
        r"|''|``"
        r"|\n"
        r"|[^\s\w]"
        r"|[^\W_]+"
        r"|_+)"
    )


BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace() and chr(code) != "\n")
"""Every blank but the line break, which is a token."""
_WIDE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
KEPT = 1 << 16
"""Words whose classes are kept at the most."""
MARKS = {
    ",": c.COMMA, ":": c.COLON, ".": c.STOP, "!": c.STOP, "?": c.STOP,
    "…": c.STOP, ";": c.SEMICOLON, "–": c.DASH, "—": c.DASH, "-": c.DASH,
    "―": c.DASH, "(": c.BRACKET, ")": c.BRACKET, "[": c.BRACKET,
    "]": c.BRACKET,
}  # fmt: skip


def spaced(text: str) -> str:
    """Return a text, of the same length, with a space for each space of another width."""
    return text if text.isascii() else _WIDE.sub(" ", text)


def tokens(text: str, known: Lexicon) -> Tokens:
    """Return the tokens of a text, in order; line breaks are tokens too."""
    found: list[str] = _pattern(known.abbreviations).findall(text)
    if not found:
        return Tokens([], [], [], [], [])
    entries = map(_CLASSIFIED.__getitem__, found)
    words, classes, lengths, points = zip(*entries, strict=True)
    ends = list(accumulate(map(len, found)))
    return Tokens(
        list(map(sub, ends, lengths)), ends, list(words), list(classes),
        list(compress(enumerate(points), points)),
    )  # fmt: skip


class _Classified(dict[str, tuple[str, int, int, int]]):
    """Words already classified, with the blanks before them: few of a text are new.

    For each there is the word in lower case, its classes, its length and which point it is.
    """

    def __missing__(self, raw: str) -> tuple[str, int, int, int]:
        if len(self) >= KEPT:
            self.clear()
        token = raw.lstrip(BLANKS)
        if token in self:
            entry = self[raw] = self[token]
            return entry
        word, classes = classify(token)
        point = 0
        if word == "\n":
            point = BREAKS
        elif word in QUOTING:
            point = QUOTES
        elif classes & c.SHORTENED_OR_STOP:
            point = STOPS
        entry = self[raw] = (word, classes, len(token), point)
        return entry


_CLASSIFIED = _Classified()


def classify(word: str) -> tuple[str, int]:
    """Return a word in lower case and what it can be, by list and by its ending."""
    known = lexicon()
    first = word[0]
    if word in ("''", "``"):
        return '"', 0
    if not first.isalnum() and len(word) == 1:
        return word, MARKS.get(word, 0)
    low = word.lower().replace("’", "'").replace("‑", "-")
    if low in ("'s", "'"):
        return low, c.POSSESSIVE
    found = known.classes.get(low, 0) | c.WORD
    if first.isdigit():
        return low, found | c.NUMBER
    if low in CITING:
        found |= c.CITING
    if low == "that":
        found |= c.THAT
    elif low == "to":
        found |= c.TO
    if first.isupper():
        # "May" is a month, "Will" and "Rose" are names
        found = (found | c.CAPITAL) & ~c.MODAL_OR_DOUBTFUL_OR_VERB
    elif low in ("may", "march"):
        found &= ~c.TIME
    if low.endswith("ly") and low not in known.not_adverbs:
        found |= c.ADVERB
    elif low.endswith("ed") and len(low) > 4 and "-" not in low and low not in known.not_verbs:
        found |= c.ED
    elif low.endswith("ing") and len(low) > 4:
        found |= c.ING
    elif low[-1] == "." and len(low) > 2:
        found |= c.SHORTENED
    return low, found
