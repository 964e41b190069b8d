"""Patterns that are tried only where they can begin.

A long choice of phrases costs most where nothing of it stands: every letter is asked whether it
begins one. The words that can begin a pattern are read from the pattern itself; where a text has
none of them, it is not looked through at all, and else the pattern is tried at those words alone.
What is found is what :func:`re.finditer` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

KEPT = 1 << 13
"""Words of which it is kept whether they begin a pattern, at the most."""

_RUN = re.compile(r"[a-z0-9]+")
_MAYBE = ("?", "*", "{")


class Begun:
    """A pattern in small letters that begins with a word."""

    def __init__(self, pattern: str) -> None:
        """Take a pattern; raises ``ValueError`` if it can begin with anything but a plain word."""
        self._pattern = re.compile(rf"\b(?:{pattern})")
        self._begins = _Beginnings(pattern)

    def places(self, text: str, words: Set[str]) -> list[int]:
        """Return where in a text it may begin; ``words`` are those of the text, small."""
        found: list[int] = []
        for word in filter(self._begins.__getitem__, words):
            at = text.find(word)
            while at >= 0:
                if not at or not text[at - 1].isalnum():
                    found.append(at)
                at = text.find(word, at + 1)
        found.sort()
        return found

    def finditer(self, text: str, words: Set[str]) -> Iterator[re.Match[str]]:
        """Yield what is found in a text, none overlapping another."""
        last = 0
        for at in self.places(text, words):
            if at >= last:
                match = self._pattern.match(text, at)
                if match is not None:
                    last = match.end()
                    yield match

    def search(self, text: str, words: Set[str]) -> re.Match[str] | None:
        """Return what is found first."""
        return next(self.finditer(text, words), None)


class _Beginnings(dict[str, bool]):
    """Whether a word may begin a pattern; most are known from the texts before."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        begun = set(_beginnings(pattern))
        if any(not letters for letters, _ in begun):
            raise ValueError(f"a pattern must begin with plain words: {pattern!r}")
        self._whole = frozenset(letters for letters, whole in begun if whole)
        self._first = tuple(sorted(letters for letters, whole in begun if not whole))

    def __missing__(self, word: str) -> bool:
        if len(self) >= KEPT:
            self.clear()
        found = self[word] = word in self._whole or word.startswith(self._first)
        return found


def _beginnings(pattern: str) -> Iterator[tuple[str, bool]]:
    """Yield the letters that a pattern can begin with, and whether they are a whole word."""
    for one in _choices(pattern):
        rest = one.removeprefix(r"\b")
        if not rest.startswith("(?:"):
            run = _RUN.match(rest)
            letters = run[0] if run else ""
            after = rest[len(letters) :]
            if after.startswith(_MAYBE):
                yield letters[:-1], False
            else:
                whole = after.startswith(r"\b") or (after[:1] == " " and after[1:2] not in _MAYBE)
                yield letters, whole
            continue
        closes = _closes(rest)
        inner, after = rest[3:closes], rest[closes + 1 :]
        if after.startswith(_MAYBE):
            yield from _beginnings(after[1:])
            after = after[1:]
        for choice in _choices(inner):
            yield from _beginnings(choice + after)


def _choices(pattern: str) -> list[str]:
    """Return a pattern parted at those of its bars that stand in no brackets."""
    found, depth, begun, at = [], 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = pattern.index("]", at + 2)
        elif sign == "|" and not depth:
            found.append(pattern[begun:at])
            begun = at + 1
        else:
            depth += (sign == "(") - (sign == ")")
        at += 1
    return [*found, pattern[begun:]]


def _closes(pattern: str) -> int:
    """Return where the bracket closes with which a pattern begins."""
    depth, at = 0, 0
    while True:
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = pattern.index("]", at + 2)
        else:
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return at
        at += 1
