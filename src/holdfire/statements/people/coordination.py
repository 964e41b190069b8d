"""Reading a source passage: parts joined by "and", names beside roles."""

from __future__ import annotations

from itertools import pairwise

from holdfire.statements.people.describe import describe
from holdfire.statements.people.phrase import ARTICLES, MEDIA, Phrase, is_plural, written
from holdfire.statements.people.sorts import DETERMINER, KNOWN, NAME, PARTICLE, PREPOSITION, ROLE
from holdfire.statements.people.tokens import Tokens


def read(tokens: Tokens, numbers: list[int]) -> Phrase | None:
    """Return what the words of a source passage tell; the words are in order."""
    if not numbers:
        return None
    first, stop = numbers[0], numbers[-1] + 1
    if stop - first == 1:
        return describe(tokens, first, stop)
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
    several = len(segments) > 1 and is_plural(tokens.lowers[roles[0]])
    if several and any(tokens.sorts[n] == NAME for n in segments[1]):
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
    for before, n in pairwise(numbers):
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
    if tokens.lowers[numbers[0]] == "and" and len(numbers) > 1:
        numbers = numbers[1:]
    segments = _segments(tokens, numbers)
    phrases = [describe(tokens, one[0], one[-1] + 1) for one in segments]
    main = phrases[0]
    main.stop = segments[0][-1] + 1
    for other in phrases[1:]:
        if other.name.isupper() and " " not in other.name:
            continue
        if other.known_alone and not main.name and main.kind in ("institution", "group", *MEDIA):
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


def _group(main: Phrase, other: Phrase) -> None:
    """Make "Ahrar al-Sham, a powerful faction" the name of a body."""
    main.role_class, main.head = other.role_class, other.head
    main.written, main.name, main.name_at = main.name, "", -1
    main.parties = main.parties or other.parties
