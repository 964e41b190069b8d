"""Reading one noun phrase: its name, its role, whose it is, and what kind of speaker it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from holdfire.statements.people.tokens import (
    DETERMINER,
    KNOWN,
    NAME,
    OTHER,
    PARTICLE,
    PREPOSITION,
    ROLE,
    TITLE,
    Tokens,
)
from holdfire.statements.people.words import Known, Role

_SENT_TO: Final = frozenset({"to", "for"})
_OF: Final = frozenset({"of", "at", "from"})
MEDIA: Final = ("agency", "outlet")
PRIVATE: Final = "voice"
_BREAKS: Final = frozenset(
    "as who which that whose where when signed issued released published adopted called known "
    "dated leaked seen themselves itself himself herself alike together".split()  # noqa: SIM905
)
"""Words after which a phrase tells something else than what it names."""

_INDEFINITE: Final = frozenset({"a", "an", "one", "another"})
_ASIDE: Final = re.compile(r"\s*\([^)]*\)?")
NUMERALS: Final = frozenset("two three four five six seven eight nine ten".split())  # noqa: SIM905
ARTICLES: Final = frozenset({"the", "a", "an"})


@dataclass(slots=True)
class Phrase:
    """What one noun phrase tells. ``first`` and ``stop`` are numbers of words."""

    first: int
    stop: int
    determiner: str = ""
    name: str = ""
    name_at: int = -1
    role: str = ""
    role_class: Role | None = None
    head: str = ""
    parties: tuple[str, ...] = ()
    known: Known | None = None
    owner: tuple[int, int] | None = None
    written: str = ""
    of: tuple[int, int] | None = None
    rank: bool = False
    parts: list[Phrase] = field(default_factory=list)

    @property
    def party(self) -> str | None:
        """Return the one party that the words name, or none."""
        several = self.head in ("sides", "parties") or self.determiner == "all"
        if several or len(self.parties) != 1:
            return None
        return self.parties[0] or None

    @property
    def known_alone(self) -> bool:
        """Whether the phrase is a party, a medium or a body and nothing more."""
        return self.known is not None and not self.role

    @property
    def kind(self) -> str:
        """Return the kind of speaker, as far as this phrase tells (``""`` if it does not)."""
        if self.parts:
            return "group"
        if self.name:
            return "person"
        if self.role_class is not None and self.role_class.kind != "person":
            several = self.role_class.kind == "institution" and len(self.parties) > 1
            return "group" if several else self.role_class.kind
        if self.role_class is None and self.known is not None:
            if self.known.sort in MEDIA:
                return self.known.sort
            if self.known.plural or (self.known.group and self.known.sort == "party"):
                return "group"
            return "institution"
        if self.plural:
            return "group"
        return ""

    @property
    def plural(self) -> bool:
        """Whether the phrase names several."""
        return bool(self.head) and is_plural(self.head)

    @property
    def indefinite(self) -> bool:
        """Whether the phrase brings in somebody new without a name."""
        return self.determiner in _INDEFINITE


def _group(main: Phrase, other: Phrase) -> None:
    """Make "Ahrar al-Sham, a powerful faction" the name of a body."""
    main.role_class, main.head = other.role_class, other.head
    main.written, main.name, main.name_at = main.name, "", -1
    main.parties = main.parties or other.parties


def is_plural(word: str) -> bool:
    """Whether a noun is a plural, by its form."""
    return word in ("people", "men", "women", "children", "police") or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


def read(tokens: Tokens, numbers: list[int]) -> Phrase | None:
    """Return what the words of a source passage tell; the words are in order."""
    if not numbers:
        return None
    first, stop = numbers[0], numbers[-1] + 1
    joined = any(tokens.lowers[n] == "and" for n in numbers)
    listed = _listed(tokens, numbers) if joined else ""
    if listed == "of":
        return describe(tokens, first, stop)
    parts = _coordinated(tokens, numbers) if joined and not listed else [numbers]
    if len(parts) > 1:
        first += tokens.lowers[first] == "both"
        phrase = Phrase(first, stop, written=written(tokens, first, stop))
        phrase.parts = [one for one in (_apposed(tokens, part) for part in parts) if one]
        sides = [part.parties or ("",) for part in phrase.parts]
        phrase.parties = tuple(dict.fromkeys(one for part in sides for one in part))
        if all(part.name for part in phrase.parts):
            phrase.written = " and ".join(part.name for part in phrase.parts)
        return phrase
    return _apposed(tokens, numbers)


def written(tokens: Tokens, first: int, stop: int) -> str:
    """Return words as the text has them, without an article before them."""
    first += first < stop - 1 and tokens.lowers[first] in ARTICLES
    whole = tokens.words_of(first, stop)
    aside = "(" in whole and not tokens.joined(stop - 1)
    return _ASIDE.sub("", whole) if aside else whole + ")" * (whole.count("(") - whole.count(")"))


def _coordinated(tokens: Tokens, numbers: list[int]) -> list[list[int]]:
    at = [
        k
        for k in range(1, len(numbers) - 1)
        if tokens.lowers[numbers[k]] == "and" and tokens.sorts[numbers[k]] != KNOWN
    ]
    for k in at:
        left = _segments(tokens, numbers[:k])[-1]
        right = _segments(tokens, numbers[k + 1 :])[0]
        if _whole(tokens, left) and _whole(tokens, right) and not _shared(tokens, left, right):
            before = _segments(tokens, numbers[:k])
            if len(before) > 1 and all(_bare(tokens, one) for one in before):
                return [*before, numbers[k + 1 :]]
            return [numbers[:k], numbers[k + 1 :]]
    return [numbers]


def _listed(tokens: Tokens, numbers: list[int]) -> str:
    """Return how names joined by "and" only tell who the head of the phrase is.

    ``"of"`` in "the armies of India and Pakistan", ``","`` in "the two leaders, A and B".
    """
    segments = _segments(tokens, numbers)
    first = segments[0]
    roles = [
        n
        for n in first
        if tokens.sorts[n] == ROLE or ((k := tokens.known[n]) is not None and k.sort == "body")
    ]
    if not roles or any(tokens.sorts[n] == NAME for n in first):
        return ""
    if len(segments) > 1 and is_plural(tokens.lowers[roles[0]]):
        if any(tokens.sorts[n] == NAME for n in segments[1]):
            return ","
    ofs = [n for n in first if n > roles[0] and tokens.lowers[n] == "of"]
    if ofs and all(_bare(tokens, [n]) or tokens.lowers[n] == "and" for n in numbers if n > ofs[0]):
        return "of"
    return ""


def _whole(tokens: Tokens, numbers: list[int]) -> bool:
    sorts = [tokens.sorts[n] for n in numbers]
    if KNOWN in sorts and all(one in (KNOWN, DETERMINER) for one in sorts):
        last = tokens.known[numbers[-1]]
        return last is not None and (last.sort != "people" or last.plural)
    if NAME in sorts or (KNOWN in sorts and ROLE in sorts):
        return True
    several = tokens.sorts[numbers[0]] == DETERMINER and tokens.lowers[numbers[0]] not in ARTICLES
    if several and len(numbers) < 5 and is_plural(tokens.lowers[numbers[-1]]):
        return True
    definite = tokens.lowers[numbers[0]] == "the" and len(numbers) < 4
    role = tokens.words.role([tokens.lowers[n] for n in numbers[1:]]) if definite else None
    return role is not None and role.kind == "institution"


def _bare(tokens: Tokens, numbers: list[int]) -> bool:
    return all(tokens.sorts[n] in (KNOWN, NAME, DETERMINER, PARTICLE) for n in numbers)


def _shared(tokens: Tokens, left: list[int], right: list[int]) -> bool:
    """Whether the left is "envoy for Russia", and the right only "Ukraine"."""
    if not _bare(tokens, right):
        return False
    tail = len(left)
    while tail and tokens.sorts[left[tail - 1]] in (KNOWN, NAME, DETERMINER, PARTICLE):
        tail -= 1
    return 0 < tail < len(left) and tokens.sorts[left[tail - 1]] == PREPOSITION


def _segments(tokens: Tokens, numbers: list[int]) -> list[list[int]]:
    found: list[list[int]] = [[numbers[0]]]
    for before, n in zip(numbers, numbers[1:], strict=False):
        gap = tokens.gaps[n]
        if tokens.joined(n) and n == before + 1:
            found[-1].append(n)
        elif (
            n != before + 1 or "," in gap or "–" in gap or "—" in gap or "(" in gap or " - " in gap
        ):
            found.append([n])
        else:
            found[-1].append(n)
    return found


def _apposed(tokens: Tokens, numbers: list[int]) -> Phrase | None:
    if tokens.lowers[numbers[0]] == "and":
        numbers = numbers[1:]
    segments = _segments(tokens, numbers)
    phrases = [describe(tokens, one[0], one[-1] + 1) for one in segments]
    main = phrases[0]
    main.stop = segments[0][-1] + 1
    for other in phrases[1:]:
        if other.name.isupper() and " " not in other.name:
            continue
        if other.known_alone and not main.name and main.kind in ("institution", "group"):
            main.known, main.role_class, main.written = other.known, None, other.written
            main.parties = other.parties
        elif other.name and not main.name and not main.known_alone:
            main.name, main.name_at = other.name, other.name_at
            if main.role_class is not None and main.plural:
                main.name = ""
        elif main.name and main.of is None and other.kind in ("institution", "group"):
            if other.role_class is not None and not other.plural and not main.role:
                _group(main, other)
        elif (
            main.name
            and other.role
            and (not main.role or main.rank)
            and (other.role_class is None or other.role_class.kind == "person")
        ):
            main.role, main.role_class = other.role, other.role_class
            main.head, main.owner, main.of = other.head, other.owner, other.of
            main.rank = False
            main.parties = main.parties or other.parties
    return main


def describe(tokens: Tokens, first: int, stop: int) -> Phrase:
    """Return what the words from ``first`` to ``stop`` tell, as one phrase without commas."""
    phrase = Phrase(first, stop)
    at = first
    while at < stop and tokens.sorts[at] == DETERMINER:
        phrase.determiner = phrase.determiner or tokens.lowers[at]
        at += 1
    alias = _alias(tokens, at, stop)
    stop = next((n for n in range(at + 1, stop) if tokens.lowers[n] in _BREAKS
                 and tokens.sorts[n] == OTHER), stop)  # fmt: skip
    at += at < stop - 1 and tokens.lowers[at] == "so-called"
    phrase.written = written(tokens, first, stop).removeprefix("so-called ")
    begin = at
    phrase.owner = owner = _owner(tokens, at, stop)
    if owner is not None:
        at = owner[1]
    body = _body(tokens, phrase, at, stop)
    counted = any(tokens.lowers[n] in NUMERALS for n in range(first, at))
    if counted and stop - at == 1 and tokens.sorts[at] == NAME and is_plural(tokens.lowers[at]):
        phrase.head = tokens.lowers[at]
        return phrase
    name = None if body else _name(tokens, at, stop)
    if (
        name is not None
        and phrase.determiner in _INDEFINITE
        and any(tokens.sorts[n] == PREPOSITION for n in range(at, name[0]))
    ):
        name = None
    if name is None and alias is not None:
        name = alias
    role_stop = stop
    if name is not None:
        phrase.name, phrase.name_at = tokens.words_of(*name), name[0]
        role_stop = min(name[0], stop)
    if body == "acronym":
        phrase.written, phrase.role_class = tokens.bases[stop - 1], tokens.words.roles["group"]
    elif body:
        phrase.role_class, phrase.head = tokens.words.roles[body], body
    else:
        _role(tokens, phrase, begin, at, role_stop)
    _whose(tokens, phrase, begin, stop, name)
    if name is not None and name[1] < stop:
        phrase.of = (name[1], stop)
    return phrase


def _alias(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    """Return the name in "the guerrilla leader known as Prachanda"."""
    for n in range(at + 2, stop):
        if tokens.lowers[n - 2 : n] == ["known", "as"] and tokens.sorts[n] == NAME:
            return n, min(tokens.name_stop(n), stop)
    return None


def _body(tokens: Tokens, phrase: Phrase, at: int, stop: int) -> str:
    """Return by what words with an article are no person's: "the Volcano of Rage force".

    The last word of a body, or ``"acronym"``: "the Marxist JVP".
    """
    if phrase.determiner != "the" or at >= stop or tokens.sorts[at] != NAME:
        return ""
    last, lower = tokens.bases[stop - 1], tokens.lowers[stop - 1]
    role = tokens.words.roles.get(lower)
    if (
        tokens.sorts[stop - 1] == ROLE
        and role is not None
        and role.kind in ("institution", "group")
    ):
        return lower
    acronym = tokens.sorts[stop - 1] == NAME and len(last) > 1 and last.isupper()
    return "acronym" if acronym else ""


def _owner(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    for n in range(at, stop - 1):
        if tokens.sorts[n] == PREPOSITION:
            return None
        if tokens.owns[n] and (n + 1 >= stop or tokens.known[n] is not tokens.known[n + 1]
                               or tokens.known[n] is None):  # fmt: skip
            return at, n + 1
    return None


def _name(tokens: Tokens, at: int, stop: int) -> tuple[int, int] | None:
    n = at
    while n < stop:
        if tokens.sorts[n] != NAME:
            n += 1
            continue
        end = min(tokens.name_stop(n), stop)
        after_preposition = n > at and (
            tokens.sorts[n - 1] == PREPOSITION or (tokens.sorts[n - 1] == DETERMINER and n - 1 > at)
        )
        if n > at + 1 and tokens.lowers[n - 1] == "and" and tokens.sorts[n - 2] in (NAME, KNOWN):
            after_preposition = True
        followed = end < stop and tokens.sorts[end] != PREPOSITION
        if not after_preposition and not followed:
            return n, end
        n = end
    return None


def _role(tokens: Tokens, phrase: Phrase, begin: int, at: int, stop: int) -> None:
    """Fill in role, its class and the medium or body that stands alone."""
    head_stop = at
    while head_stop < stop and (head_stop == at or not _goes_on(tokens, head_stop)):
        head_stop += 1
    words = tokens.lowers[at:head_stop]
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    if words and tokens.sorts[at] == PREPOSITION:
        phrase.of = (at, stop)
        return
    while words and tokens.sorts[at + len(words) - 1] == TITLE and len(words) > 0:
        words = words[:-1]
    last = at + len(words) - 1
    alone = bool(words) and tokens.sorts[last] == KNOWN
    if phrase.name and not words:
        return
    fighters = tokens.known[at] if len(words) == 2 and phrase.determiner == "the" else None
    if fighters is not None and fighters.group and tokens.words.role(words[1:]) is not None:
        if is_plural(words[1]):
            phrase.known, phrase.written = fighters, tokens.words_of(at, at + 1)
            return
    if alone and not phrase.name:
        phrase.known = tokens.known[last]
        if head_stop < stop and phrase.known and phrase.known.sort == "people":
            phrase.known = None
        return
    longest = _longest(tokens, at, stop)
    role = longest or tokens.words.role(words)
    if role is None and words and not phrase.name:
        phrase.head = words[-1]
    elif role is not None:
        phrase.role_class, phrase.head = role, words[-1]
        if role.kind in MEDIA:
            phrase.known = next(
                (k for k in tokens.known[at:stop] if k is not None and k.sort in MEDIA), None
            )
            if phrase.known is not None:
                phrase.role_class = None
                phrase.name = ""
                return
    if words and (role is not None or not phrase.name):
        owner_party = begin != at and tokens.sorts[at - 1] == KNOWN
        phrase.role = tokens.words_of(begin if owner_party else at, _role_stop(tokens, at, stop))
        phrase.rank = phrase.role.lower() in tokens.words.ranks
    if head_stop < stop:
        phrase.of = (head_stop, stop)


def _goes_on(tokens: Tokens, n: int) -> bool:
    """Whether the head of a phrase is over before a word: "cardinals gathered in Rome"."""
    if tokens.sorts[n] == PREPOSITION:
        return True
    doing = tokens.sorts[n] == OTHER and tokens.lowers[n].endswith(("ed", "ing"))
    return doing and tokens.sorts[n - 1] == ROLE and tokens.lowers[n - 1] in tokens.words.head_words


def _longest(tokens: Tokens, at: int, stop: int) -> Role | None:
    """Return the class of a role whose phrase goes on over a preposition: "secretary of state"."""
    words = tokens.lowers[at:stop]
    for end in range(min(len(words), 8), 2, -1):
        for start in range(end - 2):
            phrase = " ".join(words[start:end])
            found = tokens.words.roles.get(phrase)
            if found is not None and any(
                tokens.sorts[at + n] == PREPOSITION for n in range(start, end)
            ):
                return tokens.words.role(words[:end])
    return None


def _role_stop(tokens: Tokens, at: int, stop: int) -> int:
    while stop > at + 1 and tokens.sorts[stop - 1] == TITLE:
        stop -= 1
    return stop


def _whose(
    tokens: Tokens, phrase: Phrase, begin: int, stop: int, name: tuple[int, int] | None
) -> None:
    found: list[str] = []
    preposition = ""
    kind = phrase.role_class.kind if phrase.role_class else ""
    envoy = phrase.role_class is not None and phrase.role_class.name == "ambassador"
    private = phrase.role_class is not None and phrase.role_class.name == PRIVATE
    for n in range(begin, stop):
        sort = tokens.sorts[n]
        if sort == PREPOSITION:
            preposition = tokens.lowers[n]
        elif sort == KNOWN and (known := tokens.known[n]) is not None and known.party:
            counts = (
                not preposition
                or preposition in _OF
                or (preposition in _SENT_TO and not envoy)
                or (preposition == "in" and kind == "institution")
            )
            if private or (phrase.role_class is None and phrase.head and known.sort == "party"):
                counts = False
            if counts and not (n > begin and tokens.known[n - 1] is known):
                found.append(known.party)
        elif name is not None and n == name[1] - 1:
            preposition = ""
    phrase.parties = tuple(dict.fromkeys(found))
    if any(
        known is not None and known.sort == "body" and known.party is None
        for known in tokens.known[begin : phrase.of[0] if phrase.of else stop]
    ):
        phrase.parties = ()
    if not phrase.parties and phrase.role:
        low = phrase.role.lower()
        phrase.parties = tuple(p for words, p in tokens.words.only.items() if low == words)
