"""The words the grammar knows, read from ``cues.toml`` and ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast, get_args

from holdfire.errors import HoldfireError
from holdfire.statements.attribution import Kind
from holdfire.statements.grammar.classes import CUE, LISTS
from holdfire.statements.grammar.frames import FRAMES, bits
from holdfire.statements.grammar.inflections import inflections, spellings


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of ``cues.toml``: a verb or "be" and an adjective, and what may follow."""

    words: tuple[str, ...]
    kind: Kind
    frames: int
    """Bits of :mod:`holdfire.statements.grammar.frames`."""

    @property
    def copular(self) -> bool:
        """Whether it is an adjective that needs a form of "be" before it."""
        return self.words[0] == "be"


@dataclass(frozen=True, slots=True)
class Use:
    """One form of a cue: which cue, which form, and the words that must follow."""

    cue: Cue
    form: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Classes of words, forms of cues, and abbreviations that end in a full stop."""

    classes: dict[str, int]
    uses: dict[str, tuple[Use, ...]]
    not_verbs: frozenset[str]
    not_adverbs: frozenset[str]
    abbreviations: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words of the files that come with the package.

    Raises:
        HoldfireError: if a line of a file cannot be read; says which and what is expected.
    """
    here = files("holdfire.statements.grammar")
    words: dict[str, list[str]] = tomllib.loads(here.joinpath("words.toml").read_text("utf-8"))
    cues: dict[str, Any] = tomllib.loads(here.joinpath("cues.toml").read_text("utf-8"))
    uses: dict[str, list[Use]] = {}
    for kind, entries in cues.items():
        if kind not in get_args(Kind):
            raise HoldfireError(
                f"cues.toml has a part called {kind!r}.",
                advice=f"Parts are {', '.join(get_args(Kind))}.",
            )
        for key, value in entries.items():
            for form, use in _uses(key, value, cast(Kind, kind)):
                uses.setdefault(form, []).append(use)
    classes: dict[str, int] = {}
    for name, flag in LISTS.items():
        for word in words[name]:
            classes[word] = classes.get(word, 0) | flag
    for form in uses:
        classes[form] = classes.get(form, 0) | CUE
    return Lexicon(
        classes=classes,
        uses={
            form: tuple(sorted(found, key=lambda use: -len(use.rest)))
            for form, found in uses.items()
        },
        not_verbs=frozenset(words["not_verbs"]),
        not_adverbs=frozenset(words["not_adverbs"]),
        abbreviations=tuple(words["abbreviations"]),
    )


def _uses(key: str, value: str, kind: Kind) -> Iterator[tuple[str, Use]]:
    """Read one line of ``cues.toml`` as the forms it stands for."""
    takes, _, irregular = value.partition("|")
    names = takes.split()
    if unknown := sorted(set(names) - FRAMES.keys()):
        raise HoldfireError(
            f"cues.toml: {key!r} takes {', '.join(unknown)}.",
            advice=f"A cue takes {', '.join(sorted(FRAMES))}.",
        )
    frames = bits(names)
    head, *rest = key.split()
    if head == "be":
        yield rest[0], Use(Cue((head, *rest), kind, frames), "adjective", tuple(rest[1:]))
        return
    for lemma in spellings(head):
        cue = Cue((lemma, *rest), kind, frames)
        forms = inflections(lemma, *irregular.split())
        if irregular.strip() == lemma + "led":
            forms |= inflections(lemma)  # American: "labeled", "signaling"
        for form, name in forms.items():
            yield form, Use(cue, name, tuple(rest))
