"""Who proposed a ceasefire and whom it is meant to bind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence

Mention = tuple[int, int, str]
"""Start and end in the article's text, and the party's id."""

_BY = re.compile(
    r"\b(?:proposed|put forward|offered|brokered|announced|declared|initiated|suggested|drafted|presented|tabled|ordered)\b[^.;]{0,25}?\bby (?:the )?[\w’' -]{0,40}?\Z"
)
_PROPOSES = re.compile(
    r"\A(?:['’]s?)?(?:[\w’' -]{0,60}?)\b(?:propos(?:al|ed|es|ing|als)|offer(?:ed|s)?|put forward|declared|announced|order(?:ed)?|plan|initiative|suggested)\b(?P<rest>.*)",
    re.DOTALL,
)


def proposer(told: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[str, int, int] | None:
    """Return who put the ceasefire forward and the passage that tells it, by most tellings."""
    votes: Counter[str] = Counter()
    where: dict[str, tuple[int, int]] = {}
    for sentence in told:
        for start, end, party in mentions:
            if not sentence.start <= start < sentence.end:
                continue
            at, to = start - sentence.start, end - sentence.start
            span = _proposes(sentence.text, at, to)
            if span is not None:
                votes[party] += span[2]
                where.setdefault(party, (sentence.start + span[0], sentence.start + span[1]))
    if not votes:
        return None
    best = max(votes, key=lambda party: (votes[party], -where[party][0]))
    return best, *where[best]


def _proposes(text: str, at: int, to: int) -> tuple[int, int, int] | None:
    by = _BY.search(text[:at])
    if by and cues("ceasefire").search(text):
        strong = 3 if by[0].startswith(("proposed", "put", "declared", "announced")) else 2
        return by.start(), to, strong
    after = re.match(
        r"(?:['’]s?|-)?\s?(?:[\w’']+\s){0,2}?(?:proposal|proposed|proposes|offer|plan|initiative)\b(.{0,60})",
        text[to:], re.DOTALL,
    )  # fmt: skip
    if after and (cues("ceasefire").search(text)):
        return at, to + after.start(1), 2
    declared = re.match(
        r"(?:['’]s)?\s(?:[\w’'.-]+\s){0,5}?(?:(?:has |had )?(?:proposed|declared|announced|offered|ordered|suggested|put forward))\s(.{0,60})",
        text[to:], re.DOTALL,
    )  # fmt: skip
    if declared:
        noun = cues("ceasefire").search(declared[1])
        if noun and noun.start() < 40:
            return at, to + declared.start(1), 2
    return None


_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:[\w’'-]+\s){0,5}\Z")
_AGREE = re.compile(
    r"\b(?:agree|agreed|agrees|signed|sign|signs|accept|accepted|accepts|announced|declared|committed|pledged|reached|concluded|observe|extended|fighting|warring|order(?:ed)?)\b"
)


def parties(
    told: Sequence[Sentence], mentions: Sequence[Mention], proposer_id: str | None
) -> list[tuple[str, int, int]]:
    """Return who is meant to be bound: named as sides, or named most beside the ceasefire."""
    votes: Counter[str] = Counter()
    where: dict[str, tuple[int, int]] = {}
    for sentence in told:
        inside = [m for m in mentions if sentence.start <= m[0] < sentence.end]
        for index, (start, end, party) in enumerate(inside):
            weight = _weight(sentence, inside, index)
            votes[party] += weight
            if weight >= 3 or party not in where:
                where.setdefault(party, (start, end))
    for start, end, party in mentions:
        votes[party] += 1
        where.setdefault(party, (start, end))
    return [(party, *where[party]) for party in _chosen(votes, proposer_id)]


def _chosen(votes: Counter[str], proposer_id: str | None) -> list[str]:
    ranked = sorted(votes, key=lambda party: (-votes[party], party))
    return ranked[:2]


def _weight(sentence: Sentence, inside: Sequence[Mention], index: int) -> int:
    text = sentence.text
    start, end = inside[index][0] - sentence.start, inside[index][1] - sentence.start
    before, after = text[:start], text[end:]
    weight = 1
    if re.search(r"\bbetween\b[^,;.]{0,60}\Z", before):
        weight += 6
    noun = list(cues("ceasefire").finditer(before))
    if noun and re.fullmatch(r"\s(?:with|against)\s(?:the\s)?", before[noun[-1].end() :]):
        weight += 6
    if re.match(r"(?:[\w’' -]{0,30})? and (?:the )?", after) and index + 1 < len(inside):
        nxt = inside[index + 1]
        gap = text[end : nxt[0] - sentence.start]
        if re.fullmatch(r"(?:['’]s)?(?:\s[\w’'-]+){0,3}\sand\s(?:the\s)?(?:[\w’'-]+\s){0,2}", gap):
            weight += 3
    if index and re.fullmatch(
        r"(?:['’]s)?(?:\s[\w’'-]+){0,3}\sand\s(?:the\s)?(?:[\w’'-]+\s){0,2}",
        text[inside[index - 1][1] - sentence.start : start],
    ):
        weight += 3
    if _AGREE.match(after.lstrip()[:12]):
        weight += 2
    return weight
