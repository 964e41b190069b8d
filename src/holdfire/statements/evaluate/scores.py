"""How well an extractor does: precision, recall and F1 of passages, pairs, stances, chains, terms.

Matching is one to one, best content first. A *pair* is a source with its content: it is found
*softly* where the content's tokens agree with F1 0.5 or more and the sources overlap (or neither
has one), as in the published comparisons on PolNeAR and PARC3.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.evaluate.corpus import BY_PASSAGE, Annotated, GoldStatement, GoldTerm
from holdfire.tables.statement import STANCES
from holdfire.terms.names import folded

SOFT = 0.5
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term as an extractor gives it; passages are of the file."""

    field: str
    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one text; passages are of the file, as in :class:`GoldStatement`."""

    statements: tuple[GoldStatement, ...]
    terms: tuple[FoundTerm | GoldTerm, ...] = ()


@dataclass
class Count:
    """Right answers, answers given, answers wanted."""

    right: float = 0
    given: float = 0
    wanted: float = 0

    def add(self, right: float, given: float, wanted: float) -> None:
        """Count in one more text."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Return the share of the answers given that are right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the answers wanted that were given."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.given + self.wanted
        return 2 * self.right / both if both else 0.0


PASSAGES = (
    "source exact", "cue exact", "content exact", "content tokens",
    "pair exact", "pair soft", "pair soft, saying cues",
)  # fmt: skip
SHARES = (
    "stance", "mode", "speaker", "kind", "party", "chain", "nested chain (matched)",
    "nested chain (all)", "day said",
)  # fmt: skip


@dataclass
class Scores:
    """The scores of one extractor on one corpus."""

    passages: dict[str, Count] = field(default_factory=lambda: {k: Count() for k in PASSAGES})
    shares: dict[str, Count] = field(default_factory=lambda: {k: Count() for k in SHARES})
    stances: dict[str, Count] = field(default_factory=lambda: {k: Count() for k in STANCES})
    terms: dict[str, Count] = field(default_factory=dict)
    texts: int = 0
    full: bool = False

    @property
    def stance_macro_f1(self) -> float:
        """Return the mean F1 over the stances that occur, on matched statements."""
        used = [one.f1 for one in self.stances.values() if one.given or one.wanted]
        return sum(used) / len(used) if used else 0.0

    @property
    def terms_f1(self) -> Count:
        """Return the count over all fields of the terms together."""
        every = Count()
        for one in self.terms.values():
            every.add(one.right, one.given, one.wanted)
        return every


@cache
def _saying() -> re.Pattern[str]:
    text = resources.files("holdfire.statements.evaluate").joinpath("saying.txt")
    words = [
        line for line in text.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
    ]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


class _Tokens:
    """The tokens of a text, to count those that passages cover."""

    def __init__(self, text: str) -> None:
        self._starts = [found.start() for found in _TOKEN.finditer(text)]

    def of(self, passages: Iterable[Passage]) -> frozenset[int]:
        """Return the numbers of the tokens that begin in the passages."""
        return frozenset(
            number
            for start, end in passages
            for number in range(bisect_left(self._starts, start), bisect_left(self._starts, end))
        )


def _f1(a: frozenset[int], b: frozenset[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def outermost(statements: Sequence[GoldStatement]) -> tuple[GoldStatement, ...]:
    """Return the statements that lie in no other's content."""
    return tuple(
        one
        for one in statements
        if not any(one.attribution.within(other.attribution) for other in statements)
    )


def matched(
    text: str, wanted: Sequence[GoldStatement], given: Sequence[GoldStatement]
) -> list[tuple[int, int]]:
    """Return the soft pairs, as numbers in ``wanted`` and in ``given``."""
    tokens = _Tokens(text)
    sources = [[tokens.of(one.attribution.source) for one in side] for side in (wanted, given)]
    contents = [[tokens.of(one.attribution.content) for one in side] for side in (wanted, given)]
    cues = [[tokens.of(one.attribution.cue) for one in side] for side in (wanted, given)]
    near = []
    for i, gold in enumerate(contents[0]):
        for j, guess in enumerate(contents[1]):
            a, b = sources[0][i], sources[1][j]
            alike = _f1(gold, guess)
            if alike >= SOFT and (a & b or (not a and not b)):
                near.append((-alike, -_f1(cues[0][i], cues[1][j]), i, j))
    pairs, used_i, used_j = [], set(), set()
    for *_, i, j in sorted(near):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _spans(
    statements: Sequence[GoldStatement], part: Callable[[Attribution], tuple[Passage, ...]]
) -> Counter[tuple[Passage, ...]]:
    return Counter(part(one.attribution) for one in statements if part(one.attribution))


def _passages(scores: Scores, text: str, gold: Sequence[GoldStatement], found: Found) -> None:
    given = found.statements
    parts: dict[str, Callable[[Attribution], tuple[Passage, ...]]] = {
        "source exact": lambda one: one.source,
        "cue exact": lambda one: one.cue,
        "content exact": lambda one: one.content,
        "pair exact": lambda one: (*one.source, (-1, -1), *one.content),
    }
    for name, part in parts.items():
        a, b = _spans(gold, part), _spans(given, part)
        scores.passages[name].add((a & b).total(), b.total(), a.total())
    tokens = _Tokens(text)
    a_tokens, b_tokens = (
        tokens.of(p for one in side for p in one.attribution.content) for side in (gold, given)
    )
    scores.passages["content tokens"].add(
        len(a_tokens & b_tokens), len(b_tokens), len(a_tokens)
    )  # fmt: skip


def _pairs(
    scores: Scores, text: str, gold: Sequence[GoldStatement], given: Sequence[GoldStatement]
) -> list[tuple[int, int]]:
    pairs = matched(text, gold, given)
    scores.passages["pair soft"].add(len(pairs), len(given), len(gold))

    def saying(one: GoldStatement) -> bool:
        return any(_saying().search(text[a:b]) for a, b in one.attribution.cue)

    wanted, offered = [saying(one) for one in gold], [saying(one) for one in given]
    both = sum(wanted[i] and offered[j] for i, j in pairs)
    # A pair whose cue only one side calls a saying cue is left out of this figure.
    given_n = sum(offered) - sum(offered[j] and not wanted[i] for i, j in pairs)
    wanted_n = sum(wanted) - sum(wanted[i] and not offered[j] for i, j in pairs)
    scores.passages["pair soft, saying cues"].add(both, given_n, wanted_n)
    return pairs


def _same(a: str | None, b: str | None) -> bool:
    return folded(a or "") == folded(b or "")


def _shares(
    scores: Scores,
    gold: Sequence[GoldStatement],
    given: Sequence[GoldStatement],
    pairs: Sequence[tuple[int, int]],
) -> None:
    by_gold = dict(pairs)
    for i, one in enumerate(gold):
        nested = len(one.chain) > 2
        if i not in by_gold:
            if nested:
                scores.shares["nested chain (all)"].add(0, 1, 1)
            continue
        guess = given[by_gold[i]]
        chain = [folded(name) for name in one.chain[1:]] == [
            folded(name) for name in guess.chain[1:]
        ]
        answers = {
            "stance": one.stance == guess.stance,
            "mode": one.mode == guess.mode,
            "speaker": _same(one.speaker, guess.speaker),
            "kind": one.kind == guess.kind,
            "party": _same(one.party, guess.party),
            "chain": chain,
        }
        if nested:
            answers |= {"nested chain (matched)": chain, "nested chain (all)": chain}
        if one.said:
            answers["day said"] = one.said == guess.said
        for name, right in answers.items():
            scores.shares[name].add(right, 1, 1)
        for stance in {one.stance, guess.stance} & set(scores.stances):
            scores.stances[stance].add(
                one.stance == guess.stance, stance == guess.stance, stance == one.stance
            )


def _terms(scores: Scores, gold: Annotated, found: Found) -> None:
    tokens = _Tokens(gold.text)
    left = list(found.terms)
    for term in left:
        scores.terms.setdefault(term.field, Count()).given += 1
    for wanted in gold.terms:
        count = scores.terms.setdefault(wanted.field, Count())
        count.wanted += 1
        for term in left:
            if term.field == wanted.field and (
                _f1(tokens.of(term.passages), tokens.of(wanted.passages)) >= SOFT
                if wanted.field in BY_PASSAGE
                else _same(term.value, wanted.value)
            ):
                count.right += 1
                left.remove(term)
                break


def score(corpus: Sequence[Annotated], find: Callable[[Annotated], Found]) -> Scores:
    """Score what ``find`` finds in each text of a corpus.

    In a corpus of outermost attributions those that are nested in another are left out.
    """
    scores = Scores(texts=len(corpus), full=all(one.full for one in corpus))
    for text in corpus:
        found = find(text)
        if text.only_terms:
            _terms(scores, text, found)
            continue
        if not text.full:
            found = Found(outermost(found.statements), ())
        _passages(scores, text.text, text.statements, found)
        pairs = _pairs(scores, text.text, text.statements, found.statements)
        if text.full:
            _shares(scores, text.statements, found.statements, pairs)
            _terms(scores, text, found)
    return scores
