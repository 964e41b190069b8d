"""Whether a text tells of a ceasefire at all: asked first, for most news tells of none."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.statements.article import Article
from holdfire.statements.begun import Begun
from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence

_NAMES = ("ceasefire", "cease-fire", "cease fire", "truce", "armistice", "cessation of")
"""What a ceasefire is called: a text with one of these is read as a whole."""

_STOPPING = frozenset(
    [
        "cease",
        "ceases",
        "ceased",
        "ceasing",
        "cessation",
        "halt",
        "halts",
        "halted",
        "halting",
        "suspend",
        "suspends",
        "suspended",
        "silent",
        "silence",
        "silences",
        "silenced",
        "refrain",
        "stop",
        "stops",
        "stopped",
        "stopping",
        "hold",
        "holds",
        "lay",
        "laid",
        "quiet",
        "calm",
        "neither",
        "nobody",
        "no",
        "not",
        "discontinue",
        "discontinued",
        "renounce",
        "renounces",
        "terminate",
        "end",
        "ends",
        "ended",
        "leave",
        "let",
        "eliminate",
        "desist",
        "moratorium",
        "pause",
        "paused",
        "outlaws",
        "outlaw",
        "banned",
        "forbid",
        "forbids",
        "spare",
        "spares",
        "spared",
        "sparing",
        "off",
        "without",
        "ban",
        "bans",
        "bar",
        "bars",
        "prohibit",
        "prohibits",
    ]
)
_FIGHTING = frozenset(
    [
        "hostilities",
        "hostility",
        "gun",
        "guns",
        "firing",
        "fire",
        "shooting",
        "shoot",
        "shot",
        "shots",
        "fighting",
        "armed",
        "military",
        "combat",
        "offensive",
        "offensives",
        "attack",
        "attacks",
        "war",
        "weapons",
        "arms",
        "force",
        "bomb",
        "bombs",
        "bombing",
        "shell",
        "shells",
        "shelling",
        "raid",
        "raids",
        "strike",
        "strikes",
        "front",
        "artillery",
        "batteries",
        "rockets",
        "katyushas",
        "reinforcements",
        "aggression",
        "refineries",
        "refinery",
        "power",
        "energy",
        "pipelines",
        "ports",
        "ships",
        "hospitals",
        "schools",
        "grid",
        "dams",
        "substations",
        "missile",
        "missiles",
        "drone",
        "drones",
        "army",
        "side",
        "party",
        "country",
        "state",
    ]
)
_S = (
    r"(?:forbids?|bans?|bars?|prohibits?|ceas(?:e|es|ed|ing)|cessation|halt(?:s|ed|ing)?"
    r"|suspend(?:s|ed)?|silen(?:t|ce|ces|ced)"
    r"|refrain|stop(?:s|ped|ping)?|hold(?: back| their| its)?|lay|quiet|calm|neither|nobody|no"
    r"|not to|may not|must not|without|discontinued|renounc(?:e|es|ed|ing)|terminate|end(?:s|ed)?"
    r"|leave|let|eliminate|desist|moratorium|pause|outlaws?)"
)
_F = (
    r"(?:hostilit(?:y|ies)|guns?|firing|fire|shooting|shoot|shots?|fighting|armed"
    r"|military (?:action|activit|operation)\w*|combat|offensives?|attacks?|war|weapons|arms"
    r"|force|bomb\w*|shell\w*|raids?|strikes?|acts? of|batteries|front|artillery|one another"
    r"|katyushas|rockets|reinforcements|missiles?|drones?)"
)
_SPARES = r"(?:spar(?:e|es|ed|ing)|off limits|moratorium)"
_GOODS = (
    r"(?:refiner|power|energy|pipeline|ports?\b|ships?\b|hospital|school|grid\b|dams?\b|substation)"
)
_CORE = Begun(
    rf"\b{_S}\b[^.!?\n]{{0,60}}?\b{_F}\b"
    rf"|\b{_SPARES}\b[^.!?\n]{{0,60}}?\b{_GOODS}|\b{_GOODS}[^.!?\n]{{0,90}}?\b{_SPARES}\b"
    r"|\bneither (?:army|side|party|country|state|force|korea)\b"
    rf"|\b{_F}\b[^.!?\n]{{0,90}}?\b(?:ceas(?:e|es|ed)|cessation|halt(?:s|ed)?|suspended|silent"
    r"|silence|stop(?:s|ped)?|quiet|calm|ends?|discontinued|banned|brought to an end)\b"
)
"""Fighting that stops, in few words: what a ceasefire is that is called by none of its names."""


def named(article: Article) -> bool:
    """Whether a text calls a ceasefire by one of its names.

    Pauses, calm and moratoria are of many things: they count where fighting is told to stop.
    """
    if any(name in article.low for name in _NAMES):
        return True
    return may(article) and cues("ceasefire").search(article.text) is not None


def cores(article: Article, every: Sequence[Sentence]) -> frozenset[int]:
    """Return the paragraphs that tell in few words that fighting stops."""
    found = set()
    ends = iter(every)
    one = next(ends, None)
    for match in _CORE.finditer(article.low, article.vocabulary):
        while one is not None and one.end <= match.start():
            one = next(ends, None)
        if one is None:
            break
        found.add(one.paragraph)
    return frozenset(found)


def may(article: Article) -> bool:
    """Whether a text that names no ceasefire has the words of one."""
    words = article.vocabulary
    return (
        not _STOPPING.isdisjoint(words)
        and not _FIGHTING.isdisjoint(words)
        and _CORE.search(article.low, article.vocabulary) is not None
    )
