"""An article made ready for judging: base forms, parties by their ids, contents without nesting."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.words import Words, base
from holdfire.statements.stance.lemmas import Line, line
from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.statement import Speaker

Named = tuple[int, int, str]
"""Where a party is named: start, end, party."""

_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w.'’-]*(?<![.-])|\b(?:[A-Z]\.)+")

FAR = 500
"""Letters: what stands farther before a statement is not looked at."""

BREAK = "¦"
"""Stands in a content where something nested was taken out."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is attributed, as base forms, and where it stands in the line of the article."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    """``(start in text, start in the article's line)`` of each piece."""
    hits: tuple[Hit, ...] = ()
    """The signals in it, in order."""

    def on_page(self, place: int) -> int:
        """Return where in the article's line a place of the content stands."""
        start, there = max(piece for piece in self.pieces if piece[0] <= max(place, 1))
        return there + place - start


class Page:
    """One article as base forms, with what a judgement needs to look up."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        speakers: Sequence[Speaker],
        names: Sequence[Named],
    ) -> None:
        self.text = text
        self.line: Line = line(
            text, rules().lemmas, _joined(names, _of_speakers(text, attributions, speakers))
        )
        self.hits = rules().signals(self.line.text)
        self._starts = [hit.start for hit in self.hits]

    def content(self, passages: Sequence[Passage], without: Sequence[Passage] = ()) -> Content:
        """Return passages as one content; what lies in ``without`` is left out of it."""
        texts, at = [" "], 1
        pieces: list[tuple[int, int]] = []
        hits: list[Hit] = []
        for start, end in _less(passages, without):
            a, b = self.line.place(start), self.line.place(end)
            if b <= a:
                continue
            if pieces:
                texts.append(f"{BREAK} ")
                at += 2
            pieces.append((at, a))
            texts.append(self.line.text[a:b])
            hits += [
                Hit(hit.name, hit.start - a + at, hit.end - a + at) for hit in self.signals(a, b)
            ]
            at += b - a
        return Content("".join(texts), tuple(pieces) or ((1, 1),), tuple(hits))

    def signals(self, start: int, end: int) -> list[Hit]:
        """Return the signals that lie within a piece of the article's line."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [hit for hit in self.hits[first:last] if hit.end <= end]

    def begun(self, start: int, end: int) -> list[Hit]:
        """Return the signals that begin within a piece of the article's line."""
        return self.hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def passage(self, content: Content, start: int, end: int) -> Passage:
        """Return the passage of the article that a piece of a content stands for."""
        return self.line.passage(content.on_page(start), content.on_page(max(end - 1, start)) + 1)

    def raw(self, content: Content, place: int) -> str:
        """Return the word of the article at a place of a content, in lower case."""
        start, end = self.line.tokens[self.line.at(content.on_page(place))]
        return self.text[start:end].lower()

    def before(self, offset: int) -> list[Hit]:
        """Return the signals before an offset, in its paragraph and the one before."""
        paragraph = self.text.rfind("\n", 0, offset)
        earlier = self.text.rfind("\n", 0, max(self.text.rfind("\n", 0, paragraph), 0))
        begins = max(earlier, offset - FAR, 0)
        return self.signals(self.line.place(begins), self.line.place(offset))


def parties(text: str, words: Words) -> list[Named]:
    """Return where a text names a party, its people or its seat, in order."""
    found: list[Named] = []
    done = 0
    for capital in _CAPITAL.finditer(text):
        start, end = capital.span()
        if start < done:
            continue
        whole = capital[0]
        if whole not in words.phrases and ("’" in whole or "'" in whole):
            whole = base(whole)
        for word in (whole, whole.partition("-")[0]) if "-" in whole else (whole,):
            for rest, known in words.phrases.get(word, ()):
                ends = start + len(word)
                if rest:
                    after = f" {' '.join(rest)}"
                    if not text.startswith(after, end):
                        continue
                    ends = end + len(after)
                if known.party is not None and not text[ends : ends + 1].isalnum():
                    found.append((start, ends, known.party))
                    done = ends
                break
            if done > start:
                break
    return found


def _less(passages: Sequence[Passage], without: Sequence[Passage]) -> list[Passage]:
    left = list(passages)
    for a, b in without:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, a)), (max(start, b), end))
            if piece[0] < piece[1]
        ]
    return left


def _of_speakers(
    text: str, attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[Named]:
    """Return where speakers whose party is known are named, by their last name."""
    parties: dict[str, str] = {}
    for speaker in speakers:
        if speaker.party is not None and speaker.named and speaker.name:
            word = speaker.name if speaker.kind != "person" else speaker.name.rsplit(" ", 1)[-1]
            if word[:1].isupper():
                parties.setdefault(word, speaker.party)
    if not parties:
        return []
    words = "|".join(re.escape(word) for word in sorted(parties, key=len, reverse=True))
    return [
        (found.start(), found.end(), parties[found[0]])
        for found in re.finditer(rf"\b(?:{words})\b", text)
    ]


def _joined(first: Sequence[Named], second: Sequence[Named]) -> list[Named]:
    """Return both lists as one in order; where two overlap the first list's is kept."""
    kept: list[Named] = []
    for one in sorted([*((n, 0) for n in first), *((n, 1) for n in second)]):
        (start, end, party), _ = one
        if kept and kept[-1][1] > start:
            continue
        kept.append((start, end, party))
    return kept
