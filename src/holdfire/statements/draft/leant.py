"""Terms that no rule finds, taken where the words around them speak for it.

What is found so is concluded and not told (``Term.sure`` is false), and only fills what the rules
leave open: a start only where no start was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from holdfire.statements.draft.naming import Mention, within
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.weighing import Weigher
from holdfire.statements.draft.when import Moment

ENOUGH = {"act": 0.25, "target": 0.0, "party": 1.0, "proposer": 0.0, "starts": -0.25, "ends": 0.0}
"""Points from which something is taken for a term. Chosen on articles that no rule had seen."""

TOO_FEW = {"act": -2.0}
"""Points below which what a rule took for a term is left out."""

SURE = 1.0
"""Points for an act or a target from which a text tells a ceasefire, though it names none."""

ONE_ONLY = ("proposer",)
GENERAL = ("combat", "weapons-fire")
SENTENCE = 120
"""Letters from an act in which words for fighting at large only say the same again."""

TIMES = ("starts", "ends")


class Candidate(NamedTuple):
    """What could be a term of some fields: its value, and the passage of a sentence."""

    fields: tuple[str, ...]
    value: str
    sentence: Sentence
    start: int
    end: int
    marks: tuple[str, ...]


def candidates(every: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield what a text names that could be an act, a target, a party or a proposer."""
    for one in every:
        for match in one.find("targets"):
            marks: tuple[str, ...] = (f"target {match.node}",)
            yield Candidate(("target",), match.node, one, match.start, match.end, marks)
        for name in ("acts", "verbs", "whole"):
            for match in one.find(name):
                marks = (f"act {match.node}", f"act of {name}")
                yield Candidate(("act",), match.node, one, match.start, match.end, marks)
    few = len({mention.party for mention in mentions}) <= 2
    for one, mention in within(every, mentions):
        marks = (f"named as {mention.kind}", *(("two-named",) if few else ()))
        yield Candidate(
            ("party", "proposer"), mention.party, one,
            mention.start - one.start, mention.end - one.start, marks,
        )  # fmt: skip


def of_moment(one: Moment) -> tuple[str, ...]:
    """Return the marks of a day or a time."""
    flags = {
        "a-day": one.day is not None, "a-time": one.clock is not None, "a-weekday": one.weekday,
        "told-from-today": one.near, "midnight": one.midnight,
    }  # fmt: skip
    return tuple(name for name, given in flags.items() if given)


class Had(NamedTuple):
    """A term that the rules found."""

    field: str
    value: str
    start: int
    end: int


class Leant(NamedTuple):
    """A term by the words around it, and the points for it."""

    field: str
    value: str
    start: int
    end: int
    points: float


def best(weigher: Weigher, mentions: Sequence[Mention]) -> dict[tuple[str, str], Leant]:
    """Return the passage with most points of each value of each field."""
    found: dict[tuple[str, str], Leant] = {}
    for one in candidates(weigher.speaks_of_it(), mentions):
        given = weigher.weigh(one.fields, one.sentence, one.start, one.end, one.marks)
        for field, points in given.items():
            key = field, one.value
            if key not in found or points > found[key].points:
                at = one.sentence.start
                found[key] = Leant(field, one.value, at + one.start, at + one.end, points)
    return found


def added(weighed: dict[tuple[str, str], Leant], had: Sequence[Had]) -> list[Leant]:
    """Return what has points enough and was not found already.

    ``had`` is what the rules found: field, value, and where. Who else proposed it is only asked
    where they found nobody; "fire" and "fighting" are no acts beside another one in a sentence.
    """
    known = {(one.field, one.value) for one in had}
    fields = {one.field for one in had}
    acts = [one for one in had if one.field == "act"]
    return [
        one for key, one in weighed.items()
        if one.points >= ENOUGH[one.field]
        and key not in known
        and not (one.field in ONE_ONLY and one.field in fields)
        and not (one.field == "act" and any(_same_act(one, other) for other in acts))
    ]  # fmt: skip


def _same_act(one: Leant, other: Had) -> bool:
    gap = max(one.start - other.end, other.start - one.end)
    return gap < (SENTENCE if one.value in GENERAL else 0)


def tells_one(weighed: Iterable[Leant]) -> bool:
    """Whether a text that names no ceasefire tells of one all the same."""
    most: dict[str, float] = {}
    for one in weighed:
        most[one.field] = max(most.get(one.field, one.points), one.points)
    what = max((most[field] for field in ("act", "target") if field in most), default=0.0)
    who = max((most[field] for field in ("party", "proposer") if field in most), default=0.0)
    return what >= SURE and who >= ENOUGH["party"]


def doubtful(weighed: dict[tuple[str, str], Leant], field: str, value: str) -> bool:
    """Whether what a rule found has too few points to be a term."""
    one = weighed.get((field, value))
    return one is not None and field in TOO_FEW and one.points < TOO_FEW[field]
