"""What an article says a ceasefire consists of: terms, each with the passage that tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from holdfire.statements.article import Article
from holdfire.statements.draft import (
    allowed,
    dated,
    leant,
    lengths,
    places,
    prohibited,
    proposers,
    sides,
    telling,
    watched,
)
from holdfire.statements.draft.elsewhere import elsewhere
from holdfire.statements.draft.kept import unique
from holdfire.statements.draft.localtime import OPENING, LocalTime
from holdfire.statements.draft.naming import Mention, Names, known
from holdfire.statements.draft.sentences import Sentence, sentences, told
from holdfire.statements.draft.term import Term
from holdfire.statements.draft.weighing import MANY, Weigher
from holdfire.statements.draft.when import Moment
from holdfire.statements.statement import Statement

__all__ = ["Page", "Term", "page_of", "terms_of"]


@dataclass(frozen=True, slots=True)
class Page:
    """A text that tells of a ceasefire, made ready for its terms to be read."""

    every: Sequence[Sentence]
    mentions: list[Mention]
    reference: date | None
    sides: list[Term]
    local: LocalTime
    weigher: Weigher
    body: int
    """Where the text begins behind its title."""


def page_of(
    article: Article, statements: Sequence[Statement] = (), names: Names | None = None
) -> Page:
    """Return what the terms of an article are read from."""
    text = article.text
    every = sentences(text)
    reference = dated.dateline(text, article.published)
    names = names or known()
    mentions = names.more(text, names.mentions(text), statements, article.published)
    others = elsewhere(every, mentions)
    if others:
        every = tuple(one for one in every if one.paragraph not in others)
    bound = _sides(text, every, mentions, names, statements)
    parties = [term.value for term in bound if term.field == "party"]
    return Page(
        every, mentions, reference, bound, LocalTime(names, mentions, parties, text[:OPENING]),
        Weigher(every, statements), next((one.start for one in every if not one.title), 0),
    )  # fmt: skip


def terms_of(
    article: Article, statements: Sequence[Statement] = (), names: Names | None = None
) -> list[Term]:
    """Return the terms an article tells, each value once, in the order of the fields.

    Nothing is returned for a text that names no ceasefire.
    """
    named = telling.named(article) or _spoken_of(statements)
    if not named and not telling.may(article):
        return []
    if not named and not _is_one(article, statements, names or known()):
        return []
    page = page_of(article, statements, names)
    found = [*page.sides]
    before = ""
    for one in page.every:
        found += _of_sentence(one, page.reference, page.local, before)
        before = one.plain
    if len(article.text) >= ENOUGH_AROUND:
        found = _weighed(found, page)
        for kind in leant.TIMES:
            if not any(term.field == kind for term in found):
                found += _leaning_times(page, kind)
    return [_told_by(term, statements) for term in unique(found, page.body)]


def _weighed(found: list[Term], page: Page) -> list[Term]:
    """Leave out what the words around it speak against, and add what they speak for."""
    weighed = leant.best(page.weigher, page.mentions)
    kept = [one for one in found if not leant.doubtful(weighed, one.field, one.value)]
    more = leant.added(weighed, [leant.Had(o.field, o.value, *o.passages[0]) for o in found])
    return kept + [
        Term(one.field, one.value, ((one.start, one.end),), (), sure=False) for one in more
    ]


def _leaning_times(page: Page, kind: str) -> list[Term]:
    """Return the starts, or the ends, that the words around a moment speak for."""
    found: list[Term] = []
    for one in page.weigher.speaks_of_it():

        def lean(moment: Moment, one: Sentence = one) -> str | None:
            marks = leant.of_moment(moment)
            given = page.weigher.weigh((kind,), one, moment.start, moment.end, marks)
            return kind if given[kind] >= leant.ENOUGH[kind] else None

        for _, moment, value in dated.bounds(one, page.reference, page.local, "", lean):
            passage = (one.start + moment.start, one.start + moment.end)
            found.append(Term(kind, value, (passage,), (), sure=False))
    return found


_BESIDE = frozenset(("party", "proposer", "target"))
"""Fields that are told beside another one and make no ceasefire."""


def _is_one(article: Article, statements: Sequence[Statement], names: Names) -> bool:
    """Whether a text that names no ceasefire tells one.

    It does where one paragraph tells an act and more, or where the words around an act or a target
    and around a party speak for it.
    """
    every = sentences(article.text)
    reference = dated.dateline(article.text, article.published)
    paragraphs = telling.cores(article, every)
    told_there: dict[int, set[str]] = {}
    before = ""
    for one in every:
        if one.paragraph in paragraphs:
            terms = _of_sentence(one, reference, lambda sentence: "", before)
            told_there.setdefault(one.paragraph, set()).update(term.field for term in terms)
        before = one.plain
    enough = 1 if len(article.text) < SHORT else 2
    if any("act" in fields and len(fields - _BESIDE) >= enough for fields in told_there.values()):
        return True
    if len(article.text) < ENOUGH_AROUND:
        return False
    mentions = names.more(article.text, names.mentions(article.text), statements, article.published)
    weigher = Weigher(every, statements, paragraphs if len(every) > MANY else None)
    return leant.tells_one(leant.best(weigher, mentions).values())


def _spoken_of(statements: Sequence[Statement]) -> bool:
    """Whether people in a text take stances towards a ceasefire, however it is called."""
    about = [one.stance.value for one in statements if one.stance.value != "not-about-it"]
    return len(about) >= ABOUT and len([value for value in about if value != "unclear"]) > 1


ABOUT = 3
"""Statements about a ceasefire by which a text tells of one that has no name in it."""

ENOUGH_AROUND = 300
"""Letters of a text in which enough stands around a passage to weigh it by."""

SHORT = 700
"""Letters of a text that has no room for much besides what it is about."""


def _told_by(term: Term, statements: Sequence[Statement]) -> Term:
    """Return a term with who said so: the innermost statement that its passage lies in."""
    start, end = term.passages[0]
    inner: Statement | None = None
    length = 0
    for one in statements:
        if one.attribution.kind in ("act", "reaction"):
            continue  # Who accepts a proposal does not tell what stands in it.
        for begins, ends in one.attribution.content:
            if begins <= start and end <= ends and (inner is None or ends - begins < length):
                inner, length = one, ends - begins
    if inner is None:
        return term
    name = inner.speaker.name or inner.speaker.role or "unnamed"
    return replace(
        term,
        according_to=(name,),
        sure=term.sure and inner.speaker.named and not inner.attribution.hedged,
    )


_STANDS = {
    "accepts": 0.5, "accepts-on-conditions": 1.5, "rejects": 1.0, "alleges-violation": 1.0,
    "denies-violation": 2.0,
}  # fmt: skip
"""How much a stance speaks for its speaker's party being a side. Chosen on corpus/dev."""


def _stands(statements: Sequence[Statement]) -> dict[str, float]:
    """Return how much the stances that each party takes speak for its being a side."""
    found: dict[str, float] = {}
    for one in statements:
        party = one.speaker.party
        if party:
            found[party] = found.get(party, 0.0) + _STANDS.get(one.stance.value, 0.0)
    return found


def _sides(
    text: str,
    every: Sequence[Sentence],
    mentions: list[Mention],
    names: Names,
    statements: Sequence[Statement],
) -> list[Term]:
    says = _stands(statements)
    by = proposers.proposers(every, mentions)
    bound = sides.parties(
        every, {one.start for one in told(every)}, mentions, by, names.words.of, says, names.armies
    )
    sides_named = {one.party for one in bound}
    by = [one for one in by if not one.announces or one.party in sides_named]
    if not by and len(sides_named) == 1:
        by = proposers.alone(every, bound[0])
    if not by:
        by = proposers.by_stance(text, statements, sides_named)
    return [
        Term(field, one.party, ((one.start, one.end),))
        for field, found in (("proposer", by), ("party", bound))
        for one in found
    ]


def _of_sentence(
    one: Sentence, reference: date | None, local: Callable[[Sentence], str], before: str
) -> Iterable[Term]:
    at = one.start

    def term(field: str, value: str, start: int, end: int, sure: bool = True) -> Term:
        return Term(field, value, ((at + start, at + end),), (), sure)

    for value, start, end in lengths.durations(one):
        yield term("duration", value, start, end)
    for kind, moment, value in dated.bounds(one, reference, local, before):
        yield term(kind, value, moment.start, moment.end)
    for field, value, start, end in prohibited.prohibitions(one, before):
        yield term(field, value, start, end)
    for field, value, start, end in places.zones(one):
        yield term(field, value, start, end)
    for start, end in allowed.exceptions(one):
        yield term("exception", one.text[start:end], start, end)
    for start, end in watched.monitoring(one):
        yield term("monitoring", one.text[start:end], start, end)
