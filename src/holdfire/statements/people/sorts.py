"""What a word of a text can be, and what the data files tell of names and roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NAME, KNOWN, ROLE, TITLE, PREPOSITION, DETERMINER, PARTICLE, OTHER = range(8)
"""What a word can be. ``KNOWN`` is a party, a medium, a body or a place of the data files."""

Sort = Literal["party", "people", "agency", "outlet", "body", "place"]
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’/&]\w+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(frozen=True, slots=True)
class Known:
    """What a name in the data stands for.

    ``id`` is the party's id for parties and their people, otherwise the name. ``state`` says
    whether a medium is run by a state; ``the`` that the name is one only after "the"; ``group``
    that a party is an armed group or a movement, ``capital`` that it is called by its capital.
    """

    sort: Sort
    id: str
    party: str | None = None
    standing: str = "none"
    state: bool = False
    plural: bool = False
    the: bool = False
    group: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A class of roles: its standing and, where the words tell it, the kind of speaker."""

    name: str
    standing: str
    kind: str = "person"
    stateless: bool = False
    """Whose side somebody of this class is on is never concluded from the text around."""
    home: bool = False
    """A text that is all about one state names this office without saying whose it is."""
    single: bool = False
    """A party has one such at a time."""


def base(token: str) -> str:
    """Return a token without possessive ending, apostrophes straightened."""
    if "'" not in token and "’" not in token:
        return token
    return _POSSESSIVE.sub("", token).replace("’", "'")
