"""Who put a ceasefire forward."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from holdfire.statements.draft.naming import Mention, Side, within
from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence

_BY = re.compile(
    r"\b(?P<verb>proposed|put forward|offered|announced|declared|initiated|suggested|drafted"
    r"|presented|tabled|ordered|proclaimed|submitted|drawn up|worked out|proposal|offer"
    r"|brokered|mediated"
    r"|negotiated|resolutions?|settlement plan|talks led|negotiations led)\b"
    r"[^.;]{0,25}?\b(?:by|from|of|between) (?:the )?(?:so-called \w+ of (?:the )?)?"
    r"[\w’' -]{0,40}?\Z"
)
_OWN = re.compile(
    r"(?:['’]s?|-)?\s?(?:(?!(?:must|will|would|the|that|to|of|and|on|has|had|have|is|was|in"
    r"|over|said|told|calls?|called)\b)[\w’'-]+\s){0,2}?(?P<noun>proposal|proposed"
    r"|offer|plan|initiative|unilateral|own truce|own ceasefire)\b"
)
_DOES = re.compile(
    r"(?:['’]s)?,?\s(?:[\w’'.-]+,?\s){0,7}?(?:has |had |have |also |first )?(?P<verb>proposed"
    r"|proposes|declared|proclaimed|announced"
    r"|offered|ordered|suggested|put forward|moved first|drew up|orders|instructed|unveiled"
    r"|introduced|called for|demanded|repeated (?:its|their|his"
    r"|her) offer)\b(?P<rest>.{0,70})",
    re.DOTALL,
)
_BROKERED = re.compile(r"-(?:brokered|mediated|sponsored|drafted|proposed)\b")
_ITS_OWN = re.compile(
    r"(?:\s(?!and\b|but\b)[\w’'-]+){0,8}?\s(?:its|their|his|her) own (?:truce|cease-?fire"
    r"|pause|moratorium)\b"
)
_STRENGTH = {
    "proposed": 3,
    "put forward": 3,
    "declared": 3,
    "brokered": 1,
    "talks led": 1,
    "negotiations led": 1,
    "mediated": 1,
    "called for": 1,
    "demanded": 1,
}
_SURE = (
    "proposal",
    "proposed",
    "offer",
    "offered",
    "brokered",
    "mediated",
    "submitted",
    "worked out",
    "drawn up",
    "negotiated",
    "settlement plan",
    "talks led",
    "negotiations led",
)
_LIST = re.compile(r"(?:,|,?\sand|\sbeside|\stogether with)\s(?:the\s)?(?:[A-Z]\w+\s)?\Z")


def proposers(told: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Side]:
    """Return who put the ceasefire forward, and the passage; all of a list that did so together."""
    votes: Counter[str] = Counter()
    where: dict[str, tuple[int, int]] = {}
    lists: dict[str, list[Mention]] = {}
    joined: list[Mention] = []
    declares: set[str] = set()
    announces: Counter[str] = Counter()
    for sentence, one in within(told, mentions):
        at, to = one.start - sentence.start, one.end - sentence.start
        text = sentence.plain
        if one.kind == "body" and re.match(r"\sof (?:the )?[A-Z]", text[to:]):
            continue  # "the Quad of A, B and C": those are named themselves
        if joined and joined[-1].start >= sentence.start and _LIST.fullmatch(
            text[joined[-1].end - sentence.start : at]
        ):  # fmt: skip
            joined.append(one)
        else:
            joined = [one]
        span = _proposes(text, at, to, one.kind)
        if span is not None:
            votes[one.party] += 1 if sentence.title else span[2]
            if text[span[0] : span[1]].rstrip().endswith("announced"):
                announces[one.party] += 1
            else:
                announces[one.party] -= 5
            if _DECLARES.search(text, span[0], min(span[1] + 1, len(text))):
                declares.add(one.party)
            where.setdefault(one.party, (sentence.start + span[0], sentence.start + span[1]))
            lists.setdefault(one.party, joined)
    if not votes:
        return []
    best = max(votes, key=lambda party: (votes[party], -where[party][0]))
    found = [Side(best, *where[best], best in declares, announces[best] > 0)]
    for one in lists[best]:
        if one.party not in {side.party for side in found}:
            found.append(Side(one.party, one.start, one.end))
    return found


_DECLARES = re.compile(
    r"\b(?:declared?|proclaimed|ordered|orders|instructed|unilateral|own (?:truce|ceasefire))\b"
)


def _proposes(text: str, at: int, to: int, kind: str) -> tuple[int, int, int] | None:
    by = _BY.search(text[max(0, at - 90) : at])
    if by and (cues("ceasefire").search(text) or by["verb"] in _SURE):
        return max(0, at - 90) + by.start(), to, _STRENGTH.get(by["verb"], 2)
    if kind != "capital" and _BROKERED.match(text, to):
        return at, to, 2
    after = _OWN.match(text, to)
    if after and kind != "capital":
        noun = after["noun"]
        near = cues("ceasefire").search(text)
        if near or noun in ("proposal", "proposed", "offer", "own truce", "own ceasefire"):
            return at, after.end(), 3 if noun.startswith("propos") else 2
    if kind != "person" and _ITS_OWN.match(text, to):
        return at, to, 3
    does = _DOES.match(text, to)
    if does:
        noun_after = cues("ceasefire").search(does["rest"]) or re.match(
            r"\s(?:the|a|its|their|his) (?:deal|offer|terms|text|plan|one\b)", does["rest"]
        )
        that = _THAT.search(text, 0, at)
        if that or does["verb"] == "moved first" or (noun_after and noun_after.start() < 45):
            return at, does.start("rest"), min(_STRENGTH.get(does["verb"], 2), 2)
    return None


_THAT = re.compile(
    r"\b(?:truce|cease-?fire|pause|halt|moratorium|armistice)\s(?:that"
    r"|which)\s(?:the\s)?(?:[A-Z]\w+\s)?\Z",
    re.IGNORECASE,
)
