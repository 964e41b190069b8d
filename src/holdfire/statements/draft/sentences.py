"""Sentences of a text, and whether they speak of a ceasefire's terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from holdfire.statements.draft.phrases import Match, find_all, word_heads

_STOP = re.compile(
    r"[.!?]+(?<!\bJan\.)(?<!\bFeb\.)(?<!\bMar\.)(?<!\bApr\.)(?<!\bAug\.)(?<!\bSept\.)(?<!\bSep\.)"
    r"(?<!\bOct\.)(?<!\bNov\.)(?<!\bDec\.)(?<!\bNo\.)(?<!\bBrig\.)"
    r"(?<![A-Z]\.[A-Z]\.)(?<!\b[A-Z]\.)(?<!\bSt\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)"
    r"(?<!\bGen\.)(?<!\bLt\.)(?<!\bCol\.)(?<!\bSen\.)(?<!\bMaj\.)(?<!\bRev\.)(?<!\b[ap]\.m\.)"
    r"[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-ZÀ-ÞЀ-Я0-9])"
)
_ASIDE = re.compile(
    r",[\"”]? (?:the )?(?:[\w’'-]+ ){1,6}?(?:said|says|added|adds|told \w+|wrote|announced"
    r"|insisted)"
    r"(?: (?:on|in|at) [\w ]{3,30})?,(?= )"
)
_WRAPPED = 60
_AGAIN = re.compile(
    r"\s*[\"“]?(?:It|They|This|That|These|Its|Their|The|Under|Both|Neither|All|In|As|Each)\b"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, and what paragraph it is of."""

    text: str
    start: int
    paragraph: int
    title: bool = False
    """Whether it is a heading: a line of its own without a full stop."""

    @property
    def end(self) -> int:
        """Return where it ends in the article's text."""
        return self.start + len(self.text)

    @cached_property
    def plain(self) -> str:
        """Return its words with ", he said," blanked out; every place stays where it is."""
        return _ASIDE.sub(lambda match: " " * len(match[0]), self.text)

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """Return where its words begin, and their first letters."""
        return word_heads(self.plain)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Return the first three letters of its words."""
        return frozenset(head[:3] for _, head in self.words)

    @cached_property
    def _found(self) -> dict[str, list[Match]]:
        return find_all(self.plain, self.words)

    def find(self, name: str) -> list[Match]:
        """Return where it holds a phrase of one list of cues, or of a table of nodes."""
        return self._found.get(name, [])

    @cached_property
    def names_ceasefire(self) -> bool:
        """Whether it names a ceasefire."""
        return bool(self.find("ceasefire"))

    @cached_property
    def names_agreement(self) -> bool:
        """Whether it names an agreement, or both sides together."""
        return bool(self.find("agreement") or self.find("sides"))


LONGEST = 1_000


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text; lines that were wrapped are joined again.

    Terms and claims are read from the same ones, so that each is looked through once.
    """
    found = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        at = start
        for stop in _STOP.finditer(text, start, end):
            cut = stop.end()
            for begins, ends in _parted(text, at, cut):
                found.append(Sentence(text[begins:ends].rstrip(), begins, number))
            at = cut
        *parts, (at, end) = _parted(text, at, end)
        found += [Sentence(text[begins:ends].rstrip(), begins, number) for begins, ends in parts]
        rest = text[at:end].rstrip()
        if rest.strip():
            heading = at == start and rest[-1] not in '.!?:…"”»)'
            found.append(Sentence(rest, at, number, heading))
    return tuple(found)


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence in pieces of a readable length: none of news has a thousand letters."""
    parts = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST) + 1
        cut = cut if cut > start else start + LONGEST
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return paragraphs: lines, of which those that only ran out of room are joined."""
    found: list[tuple[int, int]] = []
    at, open_line = 0, ""
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        wrapped = len(open_line) >= _WRAPPED and open_line[-1] not in '.!?:"”»'
        if bare and wrapped and found:
            found[-1] = (found[-1][0], at + len(line))
        elif bare:
            found.append((at, at + len(line)))
        open_line = bare
        at += len(line)
    return found


def told(found: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that may tell terms.

    Those of a paragraph that names a ceasefire; and those that name the agreement or both sides, or
    go on with "it" or "under its terms", with what follows them in their paragraph.
    """
    naming = {one.paragraph for one in found if one.names_ceasefire and not one.title}
    kept: list[Sentence] = []
    paragraph = -1
    for one in found:
        if (
            one.names_ceasefire
            or one.paragraph in naming
            or one.paragraph == paragraph
            or one.names_agreement
            or _AGAIN.match(one.text)
        ):
            kept.append(one)
            paragraph = one.paragraph
    return kept
