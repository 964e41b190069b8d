"""What is prohibited, what must not be hit, and where: read from sentences that tell terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, cues, nodes, table
from holdfire.statements.draft.sentences import Sentence

Found = tuple[str, str, int, int]
"""Field, value, and start and end in the sentence."""

_CUT = re.compile(
    r";|,? (?:but|while|whereas|although|because|after|before|since|when|until|unless|if)\b|[—–]\s"
    r"|[.?!][\"”]? (?=[A-Z\"“])|, (?:and )?(?:he|she|said|says|it|which|who|according)\b"
)
_BACK = re.compile(r"[;:]| (?:but|while|that|when|and that|because|said|says)\b|^")
_NP_END = re.compile(
    r"[,;:.!?\"”“()]|\s(?:would|will|is|are|was|were|has|had|have|that|which|who|from|until|till|for|by|after"
    r"|before|when|while|as|said|says|on|starting|beginning|must|shall|may|to|but|and (?=[a-z]+(?:ed|s|ing)?\s(?:in|the|all|a|their)\b)"
    r"|since|if|during|without|under|with|than|because|so|except|within|monitored|where)\b|\s[—–-]\s|$"
)


def prohibitions(sentence: Sentence) -> list[Found]:
    """Return acts, targets and zones of what a sentence says is prohibited."""
    text = sentence.text
    found: list[Found] = []
    for start, end, targets_only in _regions(sentence):
        acts = nodes("acts").find(text, start, end) if not targets_only else []
        found += [("act", one.node, one.start, one.end) for one in acts]
        found += _targets(text, start, end, acts)
        found += [zone for act in acts if (zone := _zone_after(text, act)) is not None]
    for one in nodes("whole").find(text):
        found.append(("act", one.node, one.start, one.end))
        if (zone := _zone_after(text, one)) is not None:
            found.append(zone)
    return found


def _targets(text: str, start: int, end: int, acts: list[Match]) -> list[Found]:
    found = nodes("targets").find(text, start, end)
    # "Energy facilities in the ports": what stands within an act's words is the act's.
    return [
        ("target", one.node, one.start, one.end)
        for one in found
        if not any(act.start <= one.start and one.end <= act.end for act in acts)
    ]


def _regions(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a sentence that say what is prohibited."""
    text = sentence.text
    wish = cues("wishes").search(text)
    limit = wish.start() if wish else len(text)
    for cue in cues("prohibits").finditer(text):
        if cue.start() < limit:
            yield cue.start(), _end(text, cue.end()), False
    for cue in cues("prohibited").finditer(text):
        before = max((m.end() for m in _BACK.finditer(text, 0, cue.start())), default=0)
        if before < limit:
            yield before, cue.end(), False
    for cue in cues("contains").finditer(text):
        if cue.start() < limit:
            yield cue.end(), _end(text, cue.end()), False
    for cue in cues("lists").finditer(text):
        if cue.start() < limit:
            yield cue.end(), _end(text, cue.end()), True


def _end(text: str, start: int) -> int:
    cut = _CUT.search(text, start)
    exception = cues("exceptions").search(text, start)
    ends = [one.start() for one in (cut, exception) if one]
    return min(ends, default=len(text))


def zones(sentence: Sentence) -> list[Found]:
    """Return where a sentence says that the ceasefire holds."""
    text = sentence.text
    found: list[Found] = []
    wish = cues("wishes").search(text)
    for cue in cues("ceasefire").finditer(text):
        zone = _place(text, cue.end())
        if zone is not None:
            found.append(zone)
    for cue in cues("zone_nouns").finditer(text):
        if cues("zones_own").fullmatch(cue[0]):
            found.append(_grown(text, cue.start(), cue.end()))
    if wish is None:
        for cue in cues("covers").finditer(text):
            zone = _covered(text, cue.end())
            if zone is not None:
                found.append(zone)
    return found


def _zone_after(text: str, act: Match) -> Found | None:
    """Return the place told right after an act: "combat along the entire frontline"."""
    inside = re.search(r"\b(?:in|on|at|along|across) ", text[act.start : act.end])
    if inside:
        return _grown(text, act.start + inside.start(), act.end)
    return _place(text, act.end)


_PREPOSITION = re.compile(
    r"[\"”]?\s(?:with \w+ |between [\w ]{3,40}? )?(in|on|along|across|around|inside|near|over|within|throughout|at)\s"
)
_NO_PLACE = re.compile(
    r"(?:in|on|at|within|over|across)\s(?:(?:the\s)?(?:principle|exchange|return|order|place|force|effect|line with|which|fact|coming"
    r"|next|last|past|same|first|second|\w+day\b|morning|evening|night|terms|ground that|condition|case|question|table|war\b|three|talks|hostilities|fighting|shooting|strikes|attacks)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December|\d|one|two|four|five|six|seven|ten|this|that|his|her|its|their)\b)"
)


def _place(text: str, at: int) -> Found | None:
    match = _PREPOSITION.match(text, at)
    if match is None or _NO_PLACE.match(text, match.start(1)):
        return None
    end = _NP_END.search(text, match.end())
    stop = end.start() if end else len(text)
    words = text[match.end() : stop]
    if not (cues("zone_nouns").search(words) or re.match(r"(?:the )?(?:\w+ ){0,2}[A-Z]", words)):
        return None
    return "zone", text[match.start(1) : stop], match.start(1), stop


def _covered(text: str, at: int) -> Found | None:
    end = _NP_END.search(text, at + 1)
    stop = end.start() if end else len(text)
    words = text[at:stop]
    if not words.strip() or not (
        cues("zone_nouns").search(words) or re.match(r"\s(?:all of )?[A-Z]", words)
    ):
        return None
    start = at + len(words) - len(words.lstrip())
    return "zone", text[start:stop], start, stop


def _grown(text: str, start: int, end: int) -> Found:
    """Return a noun with its article and adjectives before, and what narrows it after."""
    before = re.search(r"\b(?:the|a|an)\s(?:[\w'’-]+\s){0,4}\Z", text[max(0, start - 60) : start])
    if before:
        start -= len(before[0])
    cut = _NP_END.search(text, end)
    return "zone", text[start : cut.start() if cut else end], start, cut.start() if cut else end


def known_acts() -> frozenset[str]:
    """Return every node of acts that the tables can name."""
    return frozenset(table("acts")) | frozenset(table("whole"))
