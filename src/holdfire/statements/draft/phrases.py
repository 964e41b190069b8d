"""The phrase tables of ``terms.toml``: words that an expert reads and extends, made into patterns.

A phrase is words. ``(a|b)`` is a choice, ``(a )?`` may be left out, ``(s|es)?`` are endings, ``…``
stands for up to three words. A space is any white space or a hyphen, a hyphen may be missing
("cease-fire" finds ceasefire, cease-fire and cease fire). Capitals make no difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate, chain
from typing import Any, NamedTuple

from holdfire.statements.begun import Begun

_GAP = r"(?:[\w'’-]+[\s,]+){0,3}?"


@cache
def _tables(file: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return tomllib.loads(text)


def table(name: str) -> dict[str, Any]:
    """Return a table of ``terms.toml``."""
    found: dict[str, Any] = _tables("terms.toml")[name]
    return found


def claim_table(name: str) -> dict[str, Any]:
    """Return a table of ``claims.toml``."""
    found: dict[str, Any] = _tables("claims.toml")[name]
    return found


def pattern(phrase: str) -> str:
    """Return the regular expression of one phrase, without word boundaries at its ends."""
    text = phrase.replace("(", "(?:").replace("…", _GAP)
    text = re.sub(r"\s+", " ", text)
    text = text.replace(f"{_GAP} ", _GAP)
    out: list[str] = []
    for piece in re.split(re.escape(_GAP).join("()"), text):
        plain = piece.replace("-", "[\\s-]?").replace(" ", '[\\s"“”-]+').replace("'", "['’]")
        out.append(piece if piece == _GAP else plain)
    return "".join(out)


HEAD = 7
"""Letters of a word by which it is asked whether a phrase can begin with it."""


def heads(phrase: str, before: str = "") -> frozenset[str]:
    """Return the first letters that the first word of a phrase can have.

    A sentence that has no word beginning so cannot hold the phrase: that is asked first, for it is
    a hundred times faster than to look for every phrase.
    """
    for at, letter in enumerate(phrase):
        if letter == "(":
            inner, rest = _group(phrase, at)
            optional = rest.startswith("?")
            rest = rest[1:] if optional else rest
            found = frozenset[str]()
            for choice in _choices(inner):
                found |= heads(choice + rest, before)
            return found | heads(rest, before) if optional else found
        if letter == "-" and before:  # A hyphen may be missing: "cease-fire" finds "ceasefire".
            return frozenset({before}) | heads(phrase[at + 1 :], before)
        if not letter.isalnum():
            return frozenset({before}) if before else heads(phrase[at + 1 :])
        if phrase[at + 1 : at + 2] == "?":
            rest = phrase[at + 2 :]
            return heads(rest, before) | heads(rest, (before + letter.lower())[:HEAD])
        before += letter.lower()
        if len(before) == HEAD:
            return frozenset({before})
    return frozenset({before}) if before else frozenset()


def _group(phrase: str, start: int) -> tuple[str, str]:
    depth = 0
    for at in range(start, len(phrase)):
        depth += {"(": 1, ")": -1}.get(phrase[at], 0)
        if not depth:
            return phrase[start + 1 : at], phrase[at + 1 :]
    raise ValueError(f"unclosed ( in {phrase!r}")


def _choices(inner: str) -> list[str]:
    parts, depth, last = [], 0, 0
    for at, letter in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append(inner[last:at])
            last = at + 1
    return [*parts, inner[last:]]


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of several phrases, the longest first, as whole words."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    whole = "|".join(map(pattern, ordered))
    return re.compile(rf"(?<!\w){_first_letters(ordered)}(?:{whole})(?!\w)", re.IGNORECASE)


def _first_letters(phrases: Sequence[str]) -> str:
    """Return a look at the first letter, by which most words are passed over at once."""
    if not all(phrase[:1].isalnum() for phrase in phrases if not phrase.startswith("(")):
        return ""
    found = sorted({head[:1] for phrase in phrases for head in heads(phrase)})
    return f"(?=[{''.join(found)}])" if all(map(str.isalnum, found)) and found else ""


@cache
def cues(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of ``[cues]``."""
    return any_of(table("cues")[name])


@cache
def beginnings(name: str) -> tuple[str, ...]:
    """Return one list of ``[cues]`` whose entries are beginnings of words, as long as a head."""
    return tuple(sorted({entry[:HEAD] for entry in table("cues")[name]}))


@cache
def claim_cues(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of ``[cues]`` of ``claims.toml``."""
    return any_of(claim_table("cues")[name])


@cache
def claim_words() -> Begun:
    """Return how the words begin, in small letters, without one of which nothing is claimed."""
    struck, cues_listed = claim_table("struck"), claim_table("cues")
    listed = [*cues_listed["counted"], *cues_listed["broke"], *struck["verbs"]]
    for phrases in claim_table("did").values():
        listed += phrases
    begin = sorted({head for phrase in listed for head in heads(phrase)})
    return Begun("|".join(begin))


class Match(NamedTuple):
    """A node that a text names, and where."""

    node: str
    start: int
    end: int


_HEAD_AND_REST = re.compile(rf"([^\W_]{{0,{HEAD}}})([^\W_]*+[\W_]*+)")
"""The first letters of a word, and what follows up to the next word."""

Heads = Sequence[tuple[int, str]]
"""Where each word of a text begins, and its first letters, small."""


def word_heads(text: str) -> list[tuple[int, str]]:
    """Return where the words of a text begin, and their first letters."""
    pairs = _HEAD_AND_REST.findall(text)
    edges = list(accumulate(map(len, chain.from_iterable(pairs)), initial=0))
    return [(at, head.lower()) for at, (head, _) in zip(edges[::2], pairs, strict=False) if head]


class _Choice:
    """The phrases that can begin with one word, the longest first, and their tags.

    The expression is made when it is first asked for: most words of the tables stand in no text.
    """

    __slots__ = ("_compiled", "_listed", "tags")

    def __init__(self, listed: Sequence[tuple[str, str]]) -> None:
        self._listed = listed
        self._compiled: re.Pattern[str] | None = None
        self.tags = [tag for tag, _ in listed]

    @property
    def phrases(self) -> list[str]:
        """Return the phrases without their tags."""
        return [phrase for _, phrase in self._listed]

    @property
    def expression(self) -> re.Pattern[str]:
        """Return the expression, a group for each phrase."""
        if self._compiled is None:
            parts = "|".join(f"({pattern(phrase)})" for _, phrase in self._listed)
            self._compiled = re.compile(rf"(?:{parts})(?!\w)", re.IGNORECASE)
        return self._compiled


class Phrases:
    """Phrases with a tag each, found at the beginnings of words, the longest phrase first.

    A longer phrase says more: "energy facilities" goes before "facilities". Phrases with the tag
    ``""`` are found and not returned.
    """

    def __init__(self, tagged: Iterable[tuple[str, str]]) -> None:
        ordered = sorted(tagged, key=lambda one: (-len(one[1]), one))
        by_head: dict[str, list[tuple[str, str]]] = {}
        for tag, phrase in ordered:
            for head in sorted(heads(phrase)):
                by_head.setdefault(head, []).append((tag, phrase))
        self.by_head = {head: _Choice(listed) for head, listed in by_head.items()}

    def find(self, text: str, words: Heads | None = None) -> list[Match]:
        """Return every phrase of a text, in its order, without overlaps."""
        found: list[Match] = []
        last = 0
        for start, head in word_heads(text) if words is None else words:
            known = self.by_head.get(head)
            if known is None or start < last:
                continue
            match = known.expression.match(text, start)
            if match is not None and match.lastindex is not None:
                last = match.end()
                tag = known.tags[match.lastindex - 1]
                if tag:
                    found.append(Match(tag, start, last))
        return found


@cache
def cue_phrases(name: str) -> Phrases:
    """Return one list of ``[cues]`` as phrases; the tag is the list's name."""
    return Phrases((name, phrase) for phrase in table("cues")[name])


LISTS = (
    "ceasefire", "agreement", "sides", "contains", "prohibits", "prohibited", "denies", "wishes",
    "covers", "zones_own", "lists", "exceptions", "allowed", "monitors",
)  # fmt: skip
"""Lists of cues that every sentence is asked for."""

TABLES = ("acts", "verbs", "targets", "whole")


@cache
def _every() -> dict[str, list[tuple[str, _Choice]]]:
    """Return, by the first letters of a word, the lists and tables that begin with it."""
    every: dict[str, list[tuple[str, _Choice]]] = {}
    known = [(name, cue_phrases(name)) for name in LISTS] + [(name, nodes(name)) for name in TABLES]
    for name, phrases in known:
        for head, choice in phrases.by_head.items():
            every.setdefault(head, []).append((name, choice))
    return every


class _Any:
    """Whether anything of all the lists begins with a word; made when it is first asked for."""

    __slots__ = ("_compiled", "_phrases")

    def __init__(self, choices: Iterable[tuple[str, _Choice]]) -> None:
        self._phrases = sorted({phrase for _, one in choices for phrase in one.phrases})
        self._compiled: re.Pattern[str] | None = None

    @property
    def expression(self) -> re.Pattern[str]:
        """Return the expression."""
        if self._compiled is None:
            whole = "|".join(map(pattern, self._phrases))
            self._compiled = re.compile(rf"(?:{whole})(?!\w)", re.IGNORECASE)
        return self._compiled


@cache
def _first_look() -> dict[str, _Any]:
    """Return, by the first letters of a word, whether to look at each list on its own."""
    return {head: _Any(choices) for head, choices in _every().items()}


def find_all(text: str, words: Heads) -> dict[str, list[Match]]:
    """Return what every list and table finds in a text, by its name, in one walk over its words."""
    every, first_look = _every(), _first_look()
    found: dict[str, list[Match]] = {}
    for start, head in words:
        if head not in every or first_look[head].expression.match(text, start) is None:
            continue
        for name, choice in every[head]:
            had = found.get(name)
            if had and start < had[-1].end:
                continue
            match = choice.expression.match(text, start)
            if match is not None and match.lastindex is not None:
                one = Match(choice.tags[match.lastindex - 1], start, match.end())
                found.setdefault(name, []).append(one)
    return {name: [one for one in listed if one.node] for name, listed in found.items()}


@cache
def nodes(name: str) -> Phrases:
    """Return ``[acts]``, ``[verbs]``, ``[targets]`` or ``[whole]`` as phrases; tags are nodes."""
    phrases = dict(table(name))
    if name == "acts":
        phrases[""] = table("not_acts")["nothing"]
    return tagged(phrases)


def tagged(phrases: Mapping[str, Iterable[str]]) -> Phrases:
    """Return a table of nodes with their phrases."""
    return Phrases((node, phrase) for node, listed in phrases.items() for phrase in listed)
