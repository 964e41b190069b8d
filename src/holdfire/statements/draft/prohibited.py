"""What is prohibited, what must not be hit, and where: read from sentences that tell terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, any_of, cues, table
from holdfire.statements.draft.places import SEA, Found, wished, zone_after, zone_within
from holdfire.statements.draft.sentences import Sentence

_CUT = re.compile(
    r";|,? (?:but|while|whereas|although|because|after|before|since|when|until|unless|if)\b|[—–]\s"
    r"|[.?!][\"”]? (?=[A-Z\"“])|, (?:and )?(?:he|she|said|says|it|which|who|according)\b"
)
_BACK = re.compile(r"[;:]| (?:but|while|that|when|and that|because|said|says)\b|^")


def prohibitions(sentence: Sentence) -> list[Found]:
    """Return acts, targets and zones of what a sentence says is prohibited."""
    text = sentence.plain
    found: list[Found] = []
    every = _spread(text, sentence.find("acts"))
    hit = sentence.find("targets")
    regions = _regions(sentence) if every or hit else ()
    for start, end, targets_only in regions:
        acts = [one for one in every if start <= one.start and one.end <= end and not targets_only]
        for one in acts:
            found += _with_zone(text, one, end)
        found += _targets(hit, start, end, acts)
    for one, end in _denied(sentence):
        found += _with_zone(text, one, end)
        found += _targets(hit, one.end, end, [])
    for one in sentence.find("whole"):
        found.append(("act", one.node, one.start, one.end))
        if (zone := zone_after(text, one)) is not None:
            found.append(zone)
    naval = {at for _, value, at, _ in found if value == "naval-operation"}
    general = [one for one in found if one[:2] == ("act", "combat")]
    return [
        one
        for one in found
        if not (one[1] == "combat" and one[2] in naval)
        and not (one[1] == "weapons-fire" and any(_beside(text, one, other) for other in general))
    ]


def _with_zone(text: str, act: Match, end: int) -> list[Found]:
    zone = None
    if act.node != "reconnaissance-flight":  # A sky is where no one flies, not where fire stops.
        zone = zone_after(text, act) or zone_within(text, act, end)
    at_sea = zone is not None and SEA.search(zone[1]) is not None
    node = "naval-operation" if at_sea and act.node == "combat" else act.node
    found = [("act", node, act.start, act.end)]
    return [*found, zone] if zone else found


def _beside(text: str, one: Found, other: Found) -> bool:
    """Whether two acts are told in one breath: "all firing and military action" is combat."""
    between = text[min(one[3], other[3]) : max(one[2], other[2])]
    return re.fullmatch(r",? (?:and|or|nor)(?: \w+){0,2} ", between) is not None


def _spread(text: str, acts: list[Match]) -> list[Match]:
    """Give each of several ways of attack that share one noun its own node.

    "No air, ground or naval attacks" are three; a phrase of the table that holds them all stays.
    """
    found: list[Match] = []
    for many in _SHARED.finditer(text):
        if any(act.start <= many.start() and many.end() <= act.end for act in acts):
            continue
        ways = table("ways")
        found += [
            Match(ways[way[0].lower()], many.start() + way.start(), many.start() + way.end())
            for way in _WAY.finditer(many[0])
        ]
        acts = [one for one in acts if one.end <= many.start() or many.end() <= one.start]
    return sorted([*acts, *found], key=lambda one: one.start)


_WAY = any_of(table("ways"))
_ONE_WAY = _WAY.pattern
_SHARED = re.compile(
    rf"{_ONE_WAY}(?:, {_ONE_WAY})*,? (?:and|or|nor) {_ONE_WAY} (?:attack|strike|raid|assault|fire"
    r"|bombardment|operation|action|offensive)s?\b",
    re.IGNORECASE,
)


def _denied(sentence: Sentence) -> Iterator[tuple[Match, int]]:
    """Yield the verbs that a sentence denies, and where their clause ends."""
    verbs = sentence.find("verbs")
    if not verbs:
        return
    text = sentence.plain
    limit = wished(sentence)
    last = 0
    for cue in sentence.find("denies"):
        if not last <= cue.start < limit:
            continue
        end = _end(text, cue.end)
        held = _IS_VERB.search(text[cue.start : cue.end]) is not None
        for one in verbs:
            if not (cue.end <= one.start < end):
                continue
            between = text[cue.end : one.start]
            if held or _MODAL.search(between):
                if not held or _LINK.fullmatch(between):
                    yield one, end
                    held = True
                    cue = Match(cue.node, cue.start, one.end)
            last = max(last, one.end)


_IS_VERB = re.compile(r"\b(?:not|never|no longer|to|from|forbids?|forbade)\Z", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:may|might|must|shall|will|would|can|is|are|was|were|be|allowed|permitted)"
    r"(?: (?:to|be|even))*(?: (?:[\w-]+ly|so much as))? \Z"
)
_LINK = re.compile(
    r" (?:be )?(?:to )?(?:(?:attempt|try|seek|even|again|further|in any way|either|ever)(?: to)? )*"
    r"|(?:(?! (?:but|while|which|who|that|said|says)\b)[^.;:]){0,60}?"
    r"(?:,? (?:and|or|nor)|,) (?:to |be )*"
)


_WITH_TARGET = ("occupying-civilian-site", "blocking-aid", "naval-strike")
"""Acts whose words name a target that the act itself implies."""


def _targets(hit: list[Match], start: int, end: int, acts: list[Match]) -> list[Found]:
    own = [act for act in acts if act.node in _WITH_TARGET]
    return [
        ("target", one.node, one.start, one.end)
        for one in hit
        if start <= one.start
        and one.end <= end
        and not any(act.start <= one.start and one.end <= act.end for act in own)
    ]


_NONE = re.compile(
    r"(?:\A|[:;,–—-]\s|[\"“]|\b(?:means|which|and|or|with|send|launch|conduct|to|carry out|be|bring"
    r"|fire|fly|make|lay|build|mount|stage|undertake|open|move|allows?|permits?|take|so|that|where"
    r"|under which)\s)\Z"
)
_NOT_ALLOWED = re.compile(
    r"(?:[^.;:]{0,80}?)\b(?:(?:is|are|was|were|be) (?:\w+ )?(?:permitted|allowed|tolerated)"
    r"|(?:may|shall|must|will|would|is to|are to) )"
)


def _regions(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a sentence that say what is prohibited."""
    text = sentence.plain
    limit = wished(sentence)
    for cue in sentence.find("prohibits"):
        if cue.end - cue.start == 2 and not (
            _NONE.search(text, 0, cue.start) or _NOT_ALLOWED.match(text, cue.end)
        ):
            continue  # "no" in the middle of a clause denies something else.
        if cue.start < limit:
            yield cue.start, _end(text, cue.end), False
    for cue in sentence.find("prohibited"):
        before = max((m.end() for m in _BACK.finditer(text, 0, cue.start)), default=0)
        if before < limit:
            yield before, cue.end, False
    for cue in sentence.find("contains"):
        if cue.start < limit:
            yield cue.end, _end(text, cue.end), False
    for cue in sentence.find("lists"):
        if cue.start < limit:
            yield cue.end, _end(text, cue.end), True


def _end(text: str, start: int) -> int:
    cut = _CUT.search(text, start)
    exception = cues("exceptions").search(text, start)
    ends = [one.start() for one in (cut, exception) if one]
    return min(ends, default=len(text))


def known_acts() -> frozenset[str]:
    """Return every node of acts that the tables can name."""
    return frozenset(table("acts")) | frozenset(table("whole"))
