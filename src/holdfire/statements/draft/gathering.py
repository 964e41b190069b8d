"""Terms of many texts sorted by the ceasefire they speak of, and the best told one chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from holdfire.statements.article import Article
from holdfire.statements.draft.term import FIELDS, Term
from holdfire.statements.statement import Statement

APART = timedelta(days=120)
"""Texts farther apart than this are taken to speak of two ceasefires, even of the same parties."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it stands in the file: characters of the file as decoded, end exclusive."""

    file: str
    start: int
    end: int
    text: str

    @property
    def place(self) -> str:
        """Return ``file:start-end``."""
        return f"{self.file}:{self.start}-{self.end}"


@dataclass(frozen=True)
class Source:
    """One text with what was found in it."""

    article: Article
    statements: tuple[Statement, ...]
    terms: tuple[Term, ...]

    def values(self, name: str) -> list[str]:
        """Return the values of one field, in the order of the text."""
        return [term.value for term in self.terms if term.field == name]

    @cached_property
    def signature(self) -> dict[str, frozenset[str]]:
        """Return the values of every field without order, moments as days alone."""
        return {
            name: frozenset(
                value[: 10 if name in ("starts", "ends") else None] for value in self.values(name)
            )
            for name in FIELDS
        }

    def days(self, name: str) -> frozenset[str]:
        """Return the values of one field without order, moments as days alone."""
        return self.signature[name]

    def quotes(self, spans: Iterable[tuple[int, int]]) -> tuple[Quote, ...]:
        """Return passages of the text as quotations of its file."""
        article = self.article
        return tuple(
            Quote(article.file, a, b, article.text[start:end])
            for start, end in spans
            for a, b in _whole(article, start, end)
        )

    @property
    def who(self) -> str:
        """Return who published it; the file's name where that is not known."""
        return self.article.outlet or self.article.file


def _whole(article: Article, start: int, end: int) -> list[tuple[int, int]]:
    """Return one passage of the file from the first to the last letter of a passage."""
    found = article.origin.passages(start, end)
    return [(found[0][0], found[-1][1])] if found else []


@dataclass
class Ceasefire:
    """The texts that speak of one ceasefire.

    ``samples`` are texts that differ in what they tell: a new text is compared with these, so that
    thousands of texts take no longer each than dozens.
    """

    sources: list[Source] = field(default_factory=list)
    samples: list[Source] = field(default_factory=list)

    def add(self, source: Source) -> None:
        """Add a text."""
        self.sources.append(source)
        known = any(one.signature == source.signature for one in self.samples)
        if not known and len(self.samples) < MOST_SAMPLES:
            self.samples.append(source)

    def takes(self, source: Source) -> int:
        """Return how well a text fits; 0 or less where it speaks of another ceasefire."""
        if any(_apart(source, one) for one in self.samples):
            return 0
        return max((_alike(source, one) for one in self.samples), default=0)

    @property
    def told(self) -> tuple[int, int, int]:
        """Return how well it is told: by how many texts, fields and terms."""
        fields = {term.field for one in self.sources for term in one.terms}
        values = {(term.field, term.value) for one in self.sources for term in one.terms}
        return len(self.sources) * len(fields), len(fields), len(values)

    @property
    def named(self) -> str:
        """Return a few words that tell it from others."""
        parts: list[str] = []
        for name in ("duration", "starts", "party"):
            counted = Counter(value for one in self.sources for value in set(one.values(name)))
            best = sorted(counted, key=lambda value: (-counted[value], value))
            parts += [f"from {one}" if name == "starts" else one for one in best[:2]]
        return ", ".join(parts) or "no length, start or party told"


def _alike(one: Source, other: Source) -> int:
    """Return how much two texts share; parties alone are little."""
    points = 2 * len(one.days("party") & other.days("party"))
    for name, weight in _SHARED:
        if one.days(name) & other.days(name):
            points += weight
    return points


_SHARED = (("duration", 3), ("starts", 3), ("ends", 2), ("target", 1), ("proposer", 1))
_TELLING = ("duration", "starts", "ends", "target")
MOST_SAMPLES = 30
CLOSE = timedelta(days=7)
"""So close must texts of the same parties be published that share nothing more."""


def _apart(one: Source, other: Source) -> bool:
    """Whether two texts contradict each other in a way that makes them of two ceasefires."""
    first, second = one.article.published, other.article.published
    far = first is not None and second is not None and abs(first - second) > APART
    if far or _disjoint(one, other, "party"):
        return True
    if one.days("starts") & other.days("starts"):
        return False
    if (
        _disjoint(one, other, "starts")
        and _days_apart(one.days("starts"), other.days("starts")) > 10
    ):
        return True
    if _disjoint(one, other, "duration") or _disjoint(one, other, "target"):
        return True
    if bool(one.days("target")) != bool(other.days("target")) and _only_acts(one, other):
        return True
    shared = any(one.days(name) & other.days(name) for name in _TELLING)
    tells = all(any(source.days(name) for name in _TELLING) for source in (one, other))
    near = first is None or second is None or abs(first - second) <= CLOSE
    return tells and not shared and not near


def _only_acts(one: Source, other: Source) -> bool:
    """Whether the one without targets tells acts: it is about more than those targets."""
    plain = other if one.days("target") else one
    return bool(plain.days("act"))


def _disjoint(one: Source, other: Source, name: str) -> bool:
    mine, theirs = one.days(name), other.days(name)
    return bool(mine and theirs and not mine & theirs)


def _days_apart(mine: Set[str], theirs: Set[str]) -> int:
    return min(
        abs((date.fromisoformat(a) - date.fromisoformat(b)).days) for a in mine for b in theirs
    )


def gather(sources: Sequence[Source]) -> tuple[Ceasefire | None, list[Ceasefire]]:
    """Return the ceasefire that is told best and the others; ``None`` where no term was found."""
    found: list[Ceasefire] = []
    ordered = sorted(
        (one for one in sources if one.terms),
        key=lambda one: (-_weight(one), one.article.file, one.article.item),
    )
    of_party: dict[str, list[int]] = {}
    for source in ordered:
        best = _best(source, found, of_party)
        if best is None:
            best = len(found)
            found.append(Ceasefire())
        found[best].add(source)
        for party in source.days("party"):
            indexes = of_party.setdefault(party, [])
            if best not in indexes:
                indexes.append(best)
    if not found:
        return None, []
    best_told = max(range(len(found)), key=lambda index: (found[index].told, -index))
    chosen = found.pop(best_told)
    chosen.sources.sort(key=_by_day)
    return chosen, found


def _best(
    source: Source, found: Sequence[Ceasefire], of_party: Mapping[str, Sequence[int]]
) -> int | None:
    """Return which ceasefire a text fits best; those of its parties, or the first ones."""
    parties = source.days("party")
    near = {index for party in parties for index in of_party.get(party, ())}
    if not parties:
        near = set(range(min(len(found), MOST_SAMPLES)))
    fits = [(found[index].takes(source), -index) for index in near]
    points, index = max(fits, default=(0, 0))
    return -index if points > 1 else None


def _weight(source: Source) -> int:
    return len({term.field for term in source.terms if term.field in FIELDS}) * 10 + len(
        source.terms
    )


def _by_day(source: Source) -> tuple[date, str, int]:
    article = source.article
    return article.published or date.max, article.file, article.item


def attached(source: Source, chosen: Ceasefire, others: Sequence[Ceasefire]) -> bool:
    """Whether a text that tells no terms belongs to the chosen ceasefire.

    One of its sides speaks in it, it was published in its time, and no other ceasefire of that side
    is nearer in time.
    """
    sides = {one.speaker.party for one in source.statements if one.speaker.party}
    away = _away(source, chosen, sides)
    if away is None:
        return False
    return all((far := _away(source, other, sides)) is None or away <= far for other in others)


def _away(source: Source, ceasefire: Ceasefire, sides: Set[str | None]) -> timedelta | None:
    """Return how far a text is from the nearest one of a ceasefire, ``None`` where it cannot be."""
    if not any(one.days("party") & sides for one in ceasefire.samples):
        return None
    day = source.article.published
    days = {one.article.published for one in ceasefire.sources if one.article.published}
    if day is None or not days:
        return APART
    nearest = min(abs(day - one) for one in days)
    return nearest if nearest <= APART else None


def attach(chosen: Ceasefire, more: Iterable[Source]) -> None:
    """Add texts without terms to a ceasefire, all in the order of their days."""
    chosen.sources.extend(more)
    chosen.sources.sort(key=_by_day)
