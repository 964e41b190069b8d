"""What is allowed all the same, and whether a ceasefire may go on longer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.places import wished
from holdfire.statements.draft.sentences import Sentence

_OPEN = re.compile(
    r"[;:.][\"”]?\s|,\s(?:and|but|though|although|while|for|yet|only)\s|\s(?:while|though|but"
    r"|that)\s"
    r"|\A[\"“]?"
)

_DENIED = re.compile(r"\b(?:no|none|neither|nor|nobody|not)\b", re.IGNORECASE)

_SAID_OF_ONESELF = re.compile(
    r"\b(?:only ever|(?:had|has|have) (?:only|never|not|pulled|fired|merely))\b"
)

_END = re.compile(
    r"[;:.!?](?=\s|[\"”]|\Z)|,? (?:but|while|and neither|and both)\b|[\"”]? (?:he|she) said\b"
    r"|, in a statement\b|, and over\b"
    r"|, (?:the )?(?:\w+ ){1,3}(?:said|says|added|insists?|insisted|announced)\b|$"
)


def exceptions(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of what a sentence says is allowed all the same."""
    text = sentence.plain
    last = 0
    for cue in sentence.find("allowed"):
        if cue.start < last:
            continue
        start = max((m.end() for m in _OPEN.finditer(text, 0, cue.start)), default=0)
        stop = _END.search(text, cue.end)
        if not _IS_NOT.search(text[cue.start : cue.end]) and _DENIED.search(text, start, cue.start):
            continue
        last = stop.start() if stop else len(text)
        if text[cue.start : cue.end] == "excepted":
            start, last = text.rfind(",", 0, cue.start) + 2, cue.end
        yield start, last
    for leaves in _LEAVES_OUT.finditer(text):
        stop = _END.search(text, leaves.end())
        last = stop.start() if stop else len(text)
        yield leaves.start(), last
    limit = wished(sentence) if sentence.find("exceptions") else 0
    for cue in sentence.find("exceptions"):
        if cue.start < last or cue.start > limit or _SAID_OF_ONESELF.search(text, 0, cue.start):
            continue
        if _FEW.match(text, cue.end) or _THREAT.search(text):
            continue
        stop = _END.search(text, cue.end)
        last = stop.start() if stop else len(text)
        yield cue.start, last


_FEW = re.compile(
    r" (?:a few|some|isolated|sporadic|minor|occasional|one or two|a handful"
    r"|the odd)\b"
)
_THREAT = re.compile(
    r"\b(?:will|would|shall) (?:\w+ )?(?:respond|answer|retaliate|strike back|hit back|reply"
    r"|defend (?:itself"
    r"|himself|themselves)) if\b|\b[Ii]f (?:attacked|provoked|fired (?:up)?on"
    r"|threatened),? [^,.;]{0,40}\b(?:will|would)"
    r" (?:respond|answer|retaliate|strike|hit|reply)"
)
"""A threat to answer breaches allows nothing."""
_LEAVES_OUT = re.compile(
    r"\b(?:It|They|(?:[Tt]he|[Tt]his|[Tt]heir|[Ii]ts) (?:[\w-]+ ){0,2}(?:truce|cease-?fire|deal"
    r"|agreement|accord|order|text|pact|pause|moratorium)) (?:leaves? out|left out|leaves? aside) "
    r"(?!the root|every|a date)"
)
_IS_NOT = re.compile(r"\b(?:not|nowhere|never|no longer|neither)\b")

_LONGER = re.compile(
    r"\b(?:can|could|may|might|will|would|possibility of|unless|subject to|open to)\b[^.;]{0,40}?"
    r"\b(?:extend(?:ed)?|extension|prolong(?:ed|ation)|renew(?:ed|al)|roll(?:ed)? over)\b"
)


def extensions(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of where a sentence says that the ceasefire may go on longer."""
    text = sentence.plain
    for cue in _LONGER.finditer(text):
        stop = _END.search(text, cue.end())
        yield cue.start(), stop.start() if stop else len(text)
