"""Marks of what stands around a passage, and the points they give to its being a term.

No list of phrases meets every wording. So what could be a term (a day, a party, an act, a target)
is also weighed by the words around it: what kind they are (``wording.toml``), on which side and how
near they stand, which cues of ``terms.toml`` the sentence holds, who says it and with which stance.
Each mark gives points to some fields (``weights.tsv``), fitted to ``corpus/dev`` by ``python -m
benchmarks.fit_terms``; they can be read and changed.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from importlib import resources
from typing import NamedTuple

from holdfire.statements.draft.sentences import Sentence, told
from holdfire.statements.statement import Statement

BY_DEFAULT = "by-default"
"""A mark that everything has."""

_TOKEN = re.compile(r"[\w’'-]+|[^\w\s]")
_ENDINGS = ("'s", "ing", "ed", "es", "s")
_STEM = 3
"""Letters that are left, at least, and one more, of a word whose ending is cut off."""

CLOSE, NEAR = 3, 9
"""Words on either side of a passage that are told apart by their place, and that are read."""

BESIDE = 25
"""Letters from a passage to a cue that stands beside it."""

LISTS = (
    "ceasefire", "agreement", "sides", "contains", "prohibits", "prohibited", "denies", "wishes",
    "covers", "allowed", "exceptions", "monitors", "lists",
)  # fmt: skip
NODES = ("acts", "verbs", "targets", "whole")
OPENING, EARLY, LATE = 2, 5, 0.6
"""Sentences of an opening and of a first part, and the share of a text after which it is late."""

MANY = 25
"""Sentences from which a text is about more than one matter."""

Points = Mapping[str, Mapping[str, float]]
"""What each mark gives, by field."""


class Word(NamedTuple):
    """A word of a sentence without its ending, where it stands, and the kinds it is of."""

    start: int
    end: int
    stem: str
    kinds: tuple[str, ...]


@cache
def stem(word: str) -> str:
    """Return a word in small letters without its ending; a number is ``#``."""
    word = word.lower().replace("’", "'")
    if word.isdigit():
        return "#"
    for ending in _ENDINGS:
        if len(word) > len(ending) + _STEM and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Return the kinds of ``wording.toml`` by word, without its ending."""
    found: dict[str, set[str]] = {}
    for kind, words in tomllib.loads(_read("wording.toml")).items():
        for word in words:
            found.setdefault(stem(word), set()).add(kind)
    return {word: tuple(sorted(of)) for word, of in found.items()}


@cache
def points() -> Points:
    """Return ``weights.tsv``: the points of each field that a mark gives."""
    found: dict[str, dict[str, float]] = {}
    for line in _read("weights.tsv").splitlines():
        if line and not line.startswith("#"):
            field, mark, given = line.split("\t")
            found.setdefault(mark, {})[field] = float(given)
    return found


class Weigher:
    """Tells the marks of passages of one text, and how much they speak for a field."""

    def __init__(
        self,
        every: Sequence[Sentence],
        statements: Sequence[Statement],
        paragraphs: Set[int] | None = None,
    ) -> None:
        """Take the sentences of a text, what people say in it, and where alone terms may be."""
        self._paragraphs = paragraphs
        self._naming = {one.paragraph for one in every if one.names_ceasefire}
        self._told = {one.start for one in told(every)}
        self._place = {one.start: number for number, one in enumerate(every)}
        self._every = every
        self._words: dict[int, tuple[list[Word], list[int], list[str]]] = {}
        self._around: dict[int, list[str]] = {}
        self._said = sorted(
            (
                end - start, start, end, one.stance.value, one.attribution.kind, one.speaker.kind,
            )
            for one in statements
            for start, end in one.attribution.content
        )  # fmt: skip

    def speaks_of_it(self) -> list[Sentence]:
        """Return the sentences that are weighed: of a long text those that may tell terms."""
        if self._paragraphs is not None:
            return [one for one in self._every if one.paragraph in self._paragraphs]
        if len(self._every) <= MANY:
            return list(self._every)
        return [
            one for one in self._every if one.start in self._told or one.paragraph in self._naming
        ]

    def weigh(
        self, fields: Sequence[str], sentence: Sentence, start: int, end: int, own: Iterable[str]
    ) -> dict[str, float]:
        """Return the points for each field of a passage of a sentence; ``own`` are marks of it."""
        given = points()
        sums = dict.fromkeys(fields, 0.0)
        for mark in self.marks(sentence, start, end, own):
            if (more := given.get(mark)) is not None:
                for field in fields:
                    sums[field] += more.get(field, 0.0)
        return sums

    def marks(self, sentence: Sentence, start: int, end: int, own: Iterable[str]) -> set[str]:
        """Return the marks of a passage, ``start`` to ``end`` of a sentence."""
        found = {BY_DEFAULT, *own, *self._of_sentence(sentence)}
        words, begins, _ = self._read(sentence)
        left, right = bisect_right([one.end for one in words], start), bisect_left(begins, end)
        for side, near in (("left", words[:left][::-1]), ("right", words[right:])):
            for at, one in enumerate(near[:NEAR]):
                if at < CLOSE:
                    found.add(f"{side}{at + 1} {one.stem}")
                    found.update(f"{side} beside ~{kind}" for kind in one.kinds)
                found.add(f"{side} {one.stem}")
                found.update(f"{side} ~{kind}" for kind in one.kinds)
            if len(near) < CLOSE:
                found.add(f"{side} {len(near)} words")
        found.update(_cues(sentence, start, end))
        if sentence.plain.count('"', 0, start) % 2:
            found.add("quoted")
        found.update(self._saying(sentence.start + start, sentence.start + end))
        return found

    def _read(self, sentence: Sentence) -> tuple[list[Word], list[int], list[str]]:
        known = self._words.get(sentence.start)
        if known is None:
            of = kinds()
            words = [
                Word(*match.span(), cut := stem(match[0]), of.get(cut, ()))
                for match in _TOKEN.finditer(sentence.plain)
            ]
            held = sorted({kind for one in words for kind in one.kinds})
            known = words, [one.start for one in words], [f"sentence ~{kind}" for kind in held]
            self._words[sentence.start] = known
        return known

    def _of_sentence(self, sentence: Sentence) -> list[str]:
        found = self._around.get(sentence.start)
        if found is None:
            at = self._place[sentence.start]
            before = self._every[at - 1] if at else None
            flags = {
                "names-it": sentence.names_ceasefire,
                "names-agreement": sentence.names_agreement,
                "paragraph-names-it": sentence.paragraph in self._naming,
                "tells-terms": sentence.start in self._told,
                "title": sentence.title,
                "opening": at < OPENING,
                "early": at < EARLY,
                "late": at > len(self._every) * LATE,
                "before-names-it": before is not None and before.names_ceasefire,
                "before-prohibits": before is not None
                and bool(before.find("prohibits") or before.find("prohibited")),
                "before-contains": before is not None and bool(before.find("contains")),
            }
            found = [*self._read(sentence)[2], *(name for name, given in flags.items() if given)]
            self._around[sentence.start] = found
        return found

    def _saying(self, start: int, end: int) -> tuple[str, ...]:
        """Return marks of the innermost statement that a passage lies in."""
        for _, begins, ends, stance, kind, speaker in self._said:
            if begins <= start and end <= ends:
                return f"stance {stance}", f"by-{kind}", f"speaker {speaker}"
        return ("outlet-tells",)


def _cues(sentence: Sentence, start: int, end: int) -> set[str]:
    """Return which cues stand on which side of a passage, and whether beside it."""
    found: set[str] = set()
    for name in LISTS:
        for one in sentence.find(name):
            if one.end <= start:
                found.add(f"left cue {name}")
                if start - one.end < BESIDE:
                    found.add(f"left beside cue {name}")
            elif one.start >= end:
                found.add(f"right cue {name}")
                if one.start - end < BESIDE:
                    found.add(f"right beside cue {name}")
    for name in NODES:
        if any((one.start, one.end) != (start, end) for one in sentence.find(name)):
            found.add(f"holds {name}")
    return found
