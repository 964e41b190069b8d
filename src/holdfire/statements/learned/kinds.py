"""What kind of attribution a cue makes, by the words of the rules."""

from __future__ import annotations

import re

from holdfire.statements.attribution import Kind
from holdfire.statements.grammar.classes import HEDGE
from holdfire.statements.grammar.lexicon import Lexicon, lexicon

_WORD = re.compile(r"[^\W\d_]+")


def kind_of(cue: str) -> tuple[Kind, bool]:
    """Return the kind of a cue, ``"saying"`` if it is not known, and whether it hedges.

    The first known word decides, with as many of its further words as follow ("called for").
    """
    known = lexicon()
    words = [found[0].lower() for found in _WORD.finditer(cue)]
    hedged = any(known.classes.get(word, 0) & HEDGE for word in words)
    for at, word in enumerate(words):
        kind = _kind(known, word, words[at + 1 :])
        if kind is not None:
            return kind, hedged
    return "saying", hedged


def _kind(known: Lexicon, word: str, behind: list[str]) -> Kind | None:
    for use in known.uses.get(word, ()):
        if all(more in behind for more in use.rest):
            return use.cue.kind
    return None
