"""An article made ready for judging: base forms, parties by their ids, contents without nesting."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfire.statements.article import Passage
from holdfire.statements.people.words import Words, base
from holdfire.statements.stance.lemmas import Line, line
from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.stance.withheld import Withheld
from holdfire.statements.statement import Speaker

Named = tuple[int, int, str]
"""Where a party is named: start, end, party."""

_CAPITAL = re.compile(r"[^\W\d_a-z](?<!\w\w)[\w.'’-]*(?<![.-])")
"""A word written large. What can begin it stands first, so that other letters are passed over."""

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

    def __init__(self, text: str, names: Sequence[Named]) -> None:
        """Read a text in which ``names`` are where parties are named, in order."""
        self.text = text
        self.divider = "\n\n" if "\n\n" in text else "\n"
        self.line: Line = line(text, rules().lemmas, names)
        self.withheld = Withheld(self.line.text)
        self.hits = self.withheld.told(rules().signals(self.line.text))
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
                hit._replace(start=hit.start - a + at, end=hit.end - a + at)
                for hit in self.signals(a, b)
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

    def paragraph(self, offset: int) -> int:
        """Return where the paragraph of an offset begins."""
        found = self.text.rfind(self.divider, 0, offset)
        return 0 if found < 0 else found + len(self.divider)

    def before(self, offset: int) -> list[Hit]:
        """Return the signals before an offset, in its paragraph and the one before."""
        paragraph = self.paragraph(offset)
        earlier = self.text.rfind(self.divider, 0, max(paragraph - len(self.divider), 0))
        begins = max(earlier, offset - FAR, 0)
        return self.signals(self.line.place(begins), self.line.place(offset))


def parties(text: str, words: Words, persons: Mapping[str, str]) -> list[Named]:
    """Return where a text names a party, its people, its seat or one who speaks of it, in order.

    ``persons`` are parties by the word that stands for a person.
    """
    found: list[Named] = []
    done = 0
    for capital in _CAPITAL.finditer(text):
        start, end = capital.span()
        if start < done:
            continue
        whole = capital[0]
        owned = "’" in whole or "'" in whole
        person = persons.get(base(whole) if owned else whole)
        if person is not None:
            found.append((start, end, person))
            done = end
            continue
        if owned and whole not in words.phrases:
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


def last_names(speakers: Sequence[Speaker]) -> dict[str, str]:
    """Return the parties of speakers by the word that stands for them: a last name, a name."""
    found: dict[str, str] = {}
    for speaker in speakers:
        if speaker.party is not None and speaker.named and speaker.name:
            word = speaker.name.rsplit(" ", 1)[-1] if speaker.kind == "person" else speaker.name
            if word[:1].isupper() and " " not in word:
                found.setdefault(word, speaker.party)
    return found
