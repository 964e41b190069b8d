"""What is prohibited, what must not be hit, and where: read from sentences that tell terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, cues, table
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
    every = sentence.find("acts")
    hit = sentence.find("targets")
    regions = _regions(sentence) if every or hit else ()
    for start, end, targets_only in regions:
        acts = [one for one in every if start <= one.start and one.end <= end and not targets_only]
        for one in acts:
            zone = zone_after(text, one) or zone_within(text, one, end)
            at_sea = zone is not None and SEA.search(zone[1]) is not None
            node = "naval-operation" if at_sea and one.node == "combat" else one.node
            found.append(("act", node, one.start, one.end))
            found += [zone] if zone else []
        found += _targets(hit, start, end, acts)
    for one in sentence.find("whole"):
        found.append(("act", one.node, one.start, one.end))
        if (zone := zone_after(text, one)) is not None:
            found.append(zone)
    naval = {at for _, value, at, _ in found if value == "naval-operation"}
    return [one for one in found if one[1] != "combat" or one[2] not in naval]


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
    r"(?:\A|[:;,–—-]\s|[\"“]|\b(?:means|which|and|send|launch|conduct|to|carry out)\s)\Z"
)


def _regions(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a sentence that say what is prohibited."""
    text = sentence.plain
    limit = wished(sentence)
    for cue in sentence.find("prohibits"):
        if cue.end - cue.start == 2 and not _NONE.search(text, 0, cue.start):
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
