"""Tokens: words, numbers and marks with their places, found by one regular expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.lexicon import Lexicon

OPENING = "“„«‹‚‘"
CLOSING = "”»›’"
QUOTING = OPENING + CLOSING + "\"'"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where each starts and ends, in lower case, and its classes."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: list[int]


@lru_cache(maxsize=4)
def _pattern(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    short = "|".join(sorted(abbreviations, key=len, reverse=True))
    return re.compile(
        rf"(?:{short})\.(?!\w)"
        r"|(?:[^\W\d_]\.){2,9}"
        r"|[A-Z]\.(?=[ \u00a0][A-Z][a-z])"
        r"|[^\W\d_]+n['’]t\b"
        r"|['’](?:s|re|ve|ll|d|m)\b"
        r"|\d+(?:[.,:/]\d+)*(?:[-‑][^\W_]+)*%?"
        r"|[^\W_]+(?:[-‑/&][^\W_]+|['’][A-Z][^\W_]*)*"
        r"|\n"
        r"|[^\s\w]"
        r"|_+"
    )


MARKS = {
    ",": c.COMMA, ":": c.COLON, ".": c.STOP, "!": c.STOP, "?": c.STOP,
    "…": c.STOP, ";": c.SEMICOLON, "–": c.DASH, "—": c.DASH, "-": c.DASH,
    "―": c.DASH, "(": c.BRACKET, ")": c.BRACKET, "[": c.BRACKET,
    "]": c.BRACKET,
}  # fmt: skip


def tokens(text: str, known: Lexicon) -> Tokens:
    """Return the tokens of a text, in order; line breaks are tokens too."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    classes: list[int] = []
    seen: dict[str, tuple[str, int]] = {}
    for match in _pattern(known.abbreviations).finditer(text):
        word = match.group()
        entry = seen.get(word)
        if entry is None:
            entry = seen[word] = _classify(word, known)
        starts.append(match.start())
        ends.append(match.end())
        words.append(entry[0])
        classes.append(entry[1])
    return Tokens(starts, ends, words, classes)


def _classify(word: str, known: Lexicon) -> tuple[str, int]:
    """Return a word in lower case and what it can be, by list and by its ending."""
    first = word[0]
    if not first.isalnum() and len(word) == 1:
        return word, MARKS.get(word, 0)
    low = word.lower().replace("’", "'").replace("‑", "-")
    found = known.classes.get(low, 0)
    if low in ("'s", "'"):
        return low, c.POSSESSIVE
    if low == "that":
        found |= c.THAT
    elif low == "to":
        found |= c.TO
    if first.isdigit():
        return low, found | c.NUMBER | c.WORD
    if first.isupper():
        found = (found | c.CAPITAL) & ~(c.MODAL | c.DOUBTFUL | c.VERB)  # "May", "Will": month, name
    elif low in ("may", "march"):
        found &= ~c.TIME
    if low.endswith("ly") and low not in known.not_adverbs:
        found |= c.ADVERB
    elif low.endswith("ed") and len(low) > 4 and "-" not in low and low not in known.not_verbs:
        found |= c.ED
    elif low.endswith("ing") and len(low) > 4:
        found |= c.ING
    return low, found | c.WORD
