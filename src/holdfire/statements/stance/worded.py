"""The words of a statement as marks: of its content, of its cue, of what was said before it.

They are weighed in ``leaning.py`` beside the signals and kinds of words, which no list of phrases
exhausts. A word is in base form; a party is ``@own`` (the speaker's) or ``@other``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_WORD = re.compile(r"[a-z@][\w@'-]*\Z")
_STOPS = frozenset(("¦", ".", ";", ":"))
_NEGATIONS = frozenset(
    ("not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "hardly",
     "cannot")
)  # fmt: skip
_SMALL = frozenset(
    ("the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "and", "that", "be", "it", "with",
     "from", "as", "this", "have", "do")
)  # fmt: skip
REACH = 4
"""Words from a negation on that it turns round."""

WORD, TURNED, CUE, CUES, BEFORE = "word ", "not ", "cue-word ", "cue-words ", "before "
"""How the marks begin. A mark without a space is no word."""


def of_content(text: str, own: str, begin: str = WORD) -> Iterator[str]:
    """Yield the words of a line of base forms, and those that a negation turns round."""
    reach = 0
    for word in text.split():
        if word in _STOPS:
            reach = 0
        if not _WORD.match(word):
            continue
        if word in _NEGATIONS:
            reach = REACH
        word = _named(word, own)
        yield f"{begin}{word}"
        if reach and word not in _SMALL:
            yield f"{begin}{TURNED}{word}"
        reach = max(reach - 1, 0)


def of_cue(cue: str) -> Iterator[str]:
    """Yield the words of a cue and the pairs of them."""
    words = [_named(word, "") for word in cue.split()]
    yield from (f"{CUE}{word}" for word in words)
    yield from (f"{CUES}{one} {after}" for one, after in pairwise(words))


def _named(word: str, own: str) -> str:
    if word[0] != "@":
        return word
    return "@own" if word == own else "@other"
