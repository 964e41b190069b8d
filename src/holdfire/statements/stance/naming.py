"""Which ceasefire: the one an article speaks of most, and which one a statement is about.

A mention without marks is of the ceasefire that was spoken of last, or mostly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.marks import (
    WARLIKE,
    Marks,
    Mention,
    fits,
    lasting,
    mentions,
    mentions_in,
    mentions_of,
    of_war,
    weakly_named,
)
from holdfire.terms.agreement import Agreement


@dataclass(frozen=True, slots=True)
class Ceasefire:
    """The ceasefire that stance is judged towards.

    ``id`` is an agreement's, or empty where it is known from an article only; ``title`` what it is
    called; ``parties`` ids of those it binds, where known; ``marks`` what tells it from others.
    """

    id: str
    title: str
    parties: tuple[str, ...] = ()
    marks: Marks = frozenset()

    @property
    def name(self) -> str:
        """Return what a statement says it is about: the id, or the words that name it."""
        return self.id or self.title

    @classmethod
    def called(cls, words: str) -> Ceasefire:
        """Return the ceasefire that some words name: "30-day truce proposed by the mediators"."""
        marks: Marks = frozenset()
        for mention in mentions(words):
            marks |= mention.marks
        return cls("", words, (), marks)

    @classmethod
    def of_agreement(cls, agreement: Agreement) -> Ceasefire:
        """Return the ceasefire of an agreement, with the marks that its titles tell."""
        heading = agreement.agreement
        titles = " . ".join([heading.title, *heading.titles.values()])
        marks = cls.called(titles).marks
        if agreement.ends is not None and agreement.ends.after:
            number, unit = agreement.ends.after.split(" ")
            marks |= lasting([(number, unit.removesuffix("s"))])
        return cls(heading.id, heading.title, tuple(party.id for party in agreement.parties), marks)

    def may_be(self, marks: Marks) -> bool:
        """Whether a mention with these marks can be of this ceasefire."""
        return fits(self.marks, marks)


@dataclass(frozen=True, slots=True)
class Named:
    """The ceasefires of one article: what each is called, its marks, and how often it is named."""

    ceasefires: tuple[Ceasefire, ...]
    counts: tuple[int, ...]
    of: tuple[int, ...]
    """Which ceasefire each mention is of; -1 where it has no marks."""


def named(found: Sequence[Mention]) -> Named:
    """Sort mentions into ceasefires: those that share a mark are one.

    A mention that has nothing but a place or an accord's name is of the first that it can be of;
    a mention without marks counts for the one that was spoken of last.
    """
    groups: list[set[tuple[str, str]]] = []
    titles: list[str] = []
    counts: list[int] = []
    of: list[int] = []
    for mention in found:
        at = _group(mention.marks, groups)
        if at is None and mention.marks:
            at = len(groups)
            groups.append(set())
            titles.append(mention.words)
            counts.append(0)
        elif at is None:
            at = of[-1] if of else -1
        if at >= 0:
            groups[at] |= mention.marks
            counts[at] += 1
            if mention.marks and len(mention.words) > len(titles[at]):
                titles[at] = mention.words
        of.append(at)
    return Named(
        tuple(
            Ceasefire("", title, (), frozenset(group))
            for title, group in zip(titles, groups, strict=True)
        ),
        tuple(counts), tuple(of),
    )  # fmt: skip


def _group(marks: Marks, groups: Sequence[set[tuple[str, str]]]) -> int | None:
    for at, group in enumerate(groups):
        if marks & group:
            return at
    names = all(kind == "named" for kind, _ in marks)
    for at, group in enumerate(groups):
        if (
            marks
            and (names or all(kind == "named" for kind, _ in group))
            and fits(frozenset(group), marks)
        ):
            return at
    return None


def main_ceasefire(article: Article) -> Ceasefire | None:
    """Return the ceasefire most spoken of in an article, or ``None`` where none is.

    Of two that are named equally often it is the one named first. Where no mention has a mark,
    it is "the ceasefire", in the words the article uses first.
    """
    return _main(article.title, article.text, article.vocabulary)


@lru_cache(maxsize=64)
def _main(title: str, text: str, words: frozenset[str]) -> Ceasefire | None:
    found = (*mentions(title), *mentions_of(text, words))
    if all(one.accord for one in found) and of_war(text, words) < WARLIKE:
        return None
    if not found:
        name = weakly_named(text, words)
        return Ceasefire("", name) if name else None
    groups = named(found)
    before = groups.of.count(-1)
    if not groups.ceasefires:
        return Ceasefire("", found[0].words)
    limited = [not all(k == "scope" for k, _ in one.marks) for one in groups.ceasefires]
    best = max(range(len(groups.counts)), key=lambda n: (limited[n], groups.counts[n], -n))
    if before > groups.counts[best]:
        return Ceasefire("", found[0].words)
    return groups.ceasefires[best]


def about(article: Article, attribution: Attribution, ceasefire: Ceasefire | None) -> str:
    """Return which ceasefire a statement is about: an agreement's id, or the words that name it.

    ``ceasefire`` is the one that stance is judged towards; ``None`` is the article's main one.
    Empty where the statement names none and nothing before it in its paragraph does.
    """
    wanted = ceasefire or main_ceasefire(article)
    other = another(article, attribution.content, wanted)
    if other:
        return other
    return wanted.name if wanted else ""


def another(article: Article, content: Sequence[Passage], wanted: Ceasefire | None) -> str:
    """Return the words that name a ceasefire other than ``wanted`` in a content, or ``""``.

    A content that names both is about the one that is wanted.
    """
    if wanted is None:
        return ""
    marked = [
        mention
        for mention in mentions_in(article)
        if mention.marks and any(start <= mention.start < end for start, end in content)
    ]
    if not marked or any(wanted.may_be(mention.marks) for mention in marked):
        return ""
    return marked[0].words
