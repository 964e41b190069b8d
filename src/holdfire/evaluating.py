"""Scoring an extractor, together with all that is concluded from what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from holdfire.publish.safe import plain
from holdfire.statements.attribution import Attribution, Extractor
from holdfire.statements.concluding import Reading, conclude
from holdfire.statements.evaluate.corpus import Annotated, GoldStatement
from holdfire.statements.evaluate.scores import (
    Count,
    Found,
    FoundTerm,
    Scores,
    matched,
    outermost,
    score,
)
from holdfire.statements.people import Words
from holdfire.statements.statement import Statement
from holdfire.statements.texts.found import Aside, Told
from holdfire.statements.texts.opening import texts_of

Progress = Callable[[str], None]
SHOWN = 110


@dataclass(frozen=True)
class Evaluated:
    """The scores, and what was missed and wrongly found in each text."""

    extractor: str
    scores: Scores
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the scores as plain values."""
        scores = self.scores
        return {
            "extractor": self.extractor,
            "texts": scores.texts,
            "passages": {name: _figures(one) for name, one in scores.passages.items()},
            "shares": {
                name: {
                    "right": int(one.right),
                    "of": int(one.wanted),
                    "share": round(one.recall, 4),
                }
                for name, one in scores.shares.items()
                if one.wanted
            },
            "stance_macro_f1": round(scores.stance_macro_f1, 4) if scores.full else None,
            "stances": {
                name: _figures(one)
                for name, one in scores.stances.items()
                if one.given + one.wanted
            },
            "terms": _figures(scores.terms_f1) if scores.full else None,
            "terms_by_field": {name: _figures(one) for name, one in sorted(scores.terms.items())},
        }

    def lines(self, *, errors: bool = False) -> Iterator[str]:
        """Yield the scores for a terminal, in hundredths."""
        scores = self.scores
        yield f"extractor {self.extractor}, {scores.texts} texts"
        yield f"  {'':<28} precision  recall      F1"
        for name, one in scores.passages.items():
            yield _line(name, one)
        if scores.full:
            yield _line("terms", scores.terms_f1)
            for name, one in sorted(scores.terms.items()):
                yield _line(f"  {name}", one)
            yield "  of the statements that were found (soft):"
            for name, one in scores.shares.items():
                if one.wanted:
                    yield (
                        f"    {name + ' right':<30} {100 * one.recall:5.1f}"
                        f"   {one.right:.0f} of {one.wanted:.0f}"
                    )
            yield f"    {'stance macro-F1':<30} {100 * scores.stance_macro_f1:5.1f}"
            for name, one in scores.stances.items():
                if one.given + one.wanted:
                    yield _line(f"    {name}", one)
        if errors:
            yield from self.errors


def _line(name: str, one: Count) -> str:
    precision, recall, f1 = 100 * one.precision, 100 * one.recall, 100 * one.f1
    return (
        f"  {name:<28}   {precision:5.1f}     {recall:5.1f}   {f1:5.1f}"
        f"   ({one.right:.0f} right, {one.given:.0f} given, {one.wanted:.0f} wanted)"
    )


def _figures(one: Count) -> dict[str, Any]:
    return {
        "precision": round(one.precision, 4), "recall": round(one.recall, 4),
        "f1": round(one.f1, 4), "right": one.right, "given": one.given, "wanted": one.wanted,
    }  # fmt: skip


def evaluate_statements(
    corpus: Sequence[Annotated], extractor: Extractor, progress: Progress = lambda step: None
) -> Evaluated:
    """Score an extractor on a corpus; a fully annotated one is read as a user's file would be."""
    words = Words.load()
    errors: list[str] = []

    def find(text: Annotated) -> Found:
        progress(f"reading {text.path.name}")
        found = _read(text, extractor, words) if text.full else _plain(text, extractor)
        kept = found if text.full else Found(outermost(found.statements))
        errors.extend(_errors(text, kept))
        return found

    scores = score(corpus, find)
    return Evaluated(extractor.name, scores, tuple(errors))


def _plain(text: Annotated, extractor: Extractor) -> Found:
    return Found(tuple(GoldStatement(one) for one in extractor.attributions(text.text)))


def _read(text: Annotated, extractor: Extractor, words: Words) -> Found:
    told = Told(outlet=text.outlet, published=text.published)
    statements: list[GoldStatement] = []
    terms: list[FoundTerm] = []
    for article in texts_of([text.path], told=told):
        if isinstance(article, Aside):
            continue
        read = conclude(article, extractor, words)
        statements += [_found(read, one) for one in read.statements]
        terms += [
            FoundTerm(one.field, one.value, tuple(article.passages(one.passages)))
            for one in read.terms
        ]
    return Found(tuple(statements), tuple(terms))


def _found(read: Reading, one: Statement) -> GoldStatement:
    article = read.article
    content, cue, source = (
        tuple(article.passages(part))
        for part in (one.attribution.content, one.attribution.cue, one.attribution.source)
    )
    names = [link.speaker.name or "unnamed" for link in one.chain[1:]]
    said = one.circumstances.said_from
    return GoldStatement(
        Attribution(content, cue, source, one.attribution.kind, one.attribution.hedged),
        one.speaker.name, one.speaker.kind, one.speaker.role, one.speaker.party,
        ("outlet", *names), one.mode, one.stance.value,
        said.date().isoformat() if said else "",
        tuple(article.passages(one.stance.conditions)),
    )  # fmt: skip


def _errors(text: Annotated, found: Found) -> Iterator[str]:
    if text.only_terms:
        yield from _term_errors(text, found)
        return
    pairs = matched(text.text, text.statements, found.statements)
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}

    def words(one: GoldStatement) -> str:
        parts = (one.attribution.source, one.attribution.cue, one.attribution.content)
        told = (" … ".join(text.text[a:b] for a, b in part) for part in parts)
        return " | ".join(plain(part, SHOWN) for part in told)

    for i, one in enumerate(text.statements):
        if i not in hit:
            yield f"{text.path.name} missed  {words(one)}"
    for j, one in enumerate(found.statements):
        if j not in used:
            yield f"{text.path.name} wrong   {words(one)}"
    for i, j in pairs:
        gold, guess = text.statements[i], found.statements[j]
        for name in ("speaker", "kind", "party", "chain", "mode", "stance") if text.full else ():
            a, b = getattr(gold, name), getattr(guess, name)
            if a != b:
                yield f"{text.path.name} {name:<7} {a!r} not {b!r}: {words(gold)}"
    if text.full:
        yield from _term_errors(text, found)


def _term_errors(text: Annotated, found: Found) -> Iterator[str]:
    wanted = sorted((one.field, one.value) for one in text.terms)
    given = sorted((one.field, one.value) for one in found.terms)
    for one in wanted:
        if one not in given:
            yield f"{text.path.name} term missed  {one[0]} = {plain(one[1], SHOWN)}"
    for one in given:
        if one not in wanted:
            yield f"{text.path.name} term wrong   {one[0]} = {plain(one[1], SHOWN)}"
