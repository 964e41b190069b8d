"""Figures of violations: how many, by whom, since when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from holdfire.statements.draft.naming import Mention
from holdfire.statements.draft.phrases import claim_cues, nodes
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.spans import Span, columns

UNIT = "claimed-violation"

_NUMBER = (
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}(?![\d.,]?\d)|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve)"
)
_COUNTED = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER})\s(?!(?:per"
    rf"|percent)\b)(?:[\w’'-]+\s){{0,3}}?(?P<noun>{claim_cues('counted').pattern})",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?P<verb>{claim_cues('broke').pattern})(?:\s[\w’'-]+){{0,8}}?\s(?:(?:{claim_cues('more_than').pattern}"
    rf"|{claim_cues('less_than').pattern}|{claim_cues('about').pattern})\s)?{_NUMBER}\stimes\b",
    re.IGNORECASE,
)
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        2,
    )
}
_ONE = re.compile(r"\d")
_SMALL = re.compile("(?:" + "|".join(_WORDS) + ") ")
_BY = re.compile(r"\A\s(?:committed\s|carried out\s)?(?:by|from)\s(?:the\s)?\Z")
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but)\s|[.!?]\s")


def may(sentence: Sentence) -> bool:
    """Whether a sentence may hold a figure of violations."""
    text = sentence.text
    return "times" in text or (
        (_ONE.search(text) is not None or _small(text))
        and claim_cues("counted").search(text) is not None
    )


def _small(text: str) -> bool:
    return _SMALL.search(text) is not None


def claims(
    sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], side: str | None,
    reference: date | None,
) -> Iterator[tuple[Span, dict[str, str]]]:  # fmt: skip
    """Yield the figures that a statement gives between two places of a sentence.

    ``side`` is the claimant's party: where the text does not say who is accused and names one
    other party only, it is that one.
    """
    text = sentence.text
    for match in [*_TIMES.finditer(text), *_COUNTED.finditer(text)]:
        # The verb may attribute at the same time: "Kyiv reported 2,935 violations".
        if not start <= match.start("n") < end:
            continue
        clause = max(
            (m.end() for m in _CLAUSE.finditer(text, start, match.start("n"))), default=start
        )
        before = text[clause : match.start("n")]
        if claim_cues("unreal").search(before) or claim_cues("parts").search(before):
            continue
        row = {"counting_unit": "claim", "quantity_unit": UNIT, **_quantity(text, match)}
        row |= columns(text[start:end], reference)
        actor = _accused(sentence, match.start(), match.end(), mentions, side)
        if actor:
            row["actor"] = actor
            row["responsibility"] = "reported"
        noun = match.groupdict().get("noun") or match.groupdict().get("verb") or ""
        acts = nodes("acts").find(noun)
        if acts and acts[0].node != "combat":
            row["act"] = acts[0].node
        targets = nodes("targets").find(text[match.end() : min(match.end() + 60, end)])
        if targets and re.match(r"\s(?:on|against|at)\s", text[match.end() :]):
            row["target"] = targets[0].node
        yield match.span(), row


def _quantity(text: str, match: re.Match[str]) -> dict[str, str]:
    word = match["n"].replace(",", "").lower()
    number = word if word.isdigit() else str(_WORDS[word])
    before = text[: match.start("n")]
    for name, column in (
        ("more_than", "quantity_min"), ("less_than", "quantity_max"), ("about", "quantity_best"),
    ):  # fmt: skip
        if re.search(rf"(?:{claim_cues(name).pattern})\s\Z", before, re.IGNORECASE):
            return {column: number}
    return {"quantity": number}


def _accused(
    sentence: Sentence, start: int, end: int, mentions: Sequence[Mention], side: str | None
) -> str:
    """Return who is said to have done it: named after "by", or last before the verb."""
    text = sentence.text
    named = [one for one in mentions if one.kind in ("name", "people", "own")]
    for one in named:
        if _BY.match(text[end : one.start - sentence.start]):
            return one.party
    before = [one for one in named if one.start - sentence.start < end and one.party != side]
    inside = [one for one in before if one.end - sentence.start > start]
    if inside:
        return inside[0].party
    if before:
        return before[-1].party
    others = {one.party for one in named if one.party != side}
    return others.pop() if len(others) == 1 and side else ""
