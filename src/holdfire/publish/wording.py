"""Rules that turn an answer into plain sentences.

The sentences say "alleged violation" always, never rank the parties, never speak of chance
and never take silence for quiet. Exchanging the parties' names exchanges them in the
sentences and changes nothing else: no rule looks at a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from holdfire.publish import parties
from holdfire.publish.figures import day, interval, joined, local, number, rate_words, span
from holdfire.publish.merged import merging
from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer, Tally, change, per_day
from holdfire.tables.units import noun, units

NOTHING = "nothing supplied, nothing known"
NOTHING_BEFORE = "too little is supplied of the span before to compare"
NO_CHANCE = "chance is not in this ratio"
SIMULATED = (
    "SIMULATED. Every report here is invented to exercise the method. None of this happened."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the whole answer amounts to, and the words for it by how the agreement stands."""

    holds: Callable[[tuple[ClauseAnswer, ...]], bool]
    in_effect: str
    ended: str
    never: str


OUTCOMES = (
    Outcome(
        lambda clauses: not any(c.informed for c in clauses),
        "Whether it is holding is not known: no report that could be used is of its kind.",
        "Whether it held is not known: no report that could be used is of its kind.",
        "What would have counted is not known: no report that could be used is of its kind.",
    ),
    Outcome(
        lambda clauses: any(_certain(c) for c in clauses),
        "If the reports supplied are right, it is not fully holding: {figures}.",
        "If the reports supplied are right, it did not fully hold: {figures}.",
        "If the reports supplied are right, {figures}.",
    ),
    Outcome(
        lambda clauses: any(_possible(c) for c in clauses),
        "The reports supplied do not settle whether it is holding: {figures}.",
        "The reports supplied do not settle whether it held: {figures}.",
        "The reports supplied do not settle whether anything would have counted: {figures}.",
    ),
    Outcome(
        lambda clauses: True,
        "No report supplied describes an alleged violation; that does not show that none happened.",
        "No report supplied described an alleged violation; that does not show that none happened.",
        "Nothing in the reports supplied would have counted as an alleged violation; "
        "that does not show that nothing happened.",
    ),
)
"""The first that holds is the one that is said."""


def leading(answer: Answer) -> tuple[ClauseAnswer, ...]:
    """Return one answer per clause: that of the first reading, in the agreement's order."""
    first = answer.readings[0][0] if answer.readings else None
    chosen: dict[str, ClauseAnswer] = {}
    for clause in answer.clauses:
        if clause.clause not in chosen or (
            clause.reading == first and chosen[clause.clause].reading != first
        ):
            chosen[clause.clause] = clause
    return tuple(chosen.values())


def shown(answer: Answer) -> tuple[ClauseAnswer, ...]:
    """Return the leading answers, each followed by the rival readings whose figures differ."""
    found = []
    for first in leading(answer):
        rivals = [c for c in answer.clauses if c.clause == first.clause and c is not first]
        found += [
            first,
            *(c for c in rivals if (c.informed, c.tallies) != (first.informed, first.tallies)),
        ]
    return tuple(found)


def reach(clause: ClauseAnswer) -> str:
    """Return when a clause applies; where no end is agreed, up to when reports reach."""
    if not clause.open_ended:
        return span(clause.starts, clause.ends)
    begins, ends = local(clause.starts), local(clause.ends)
    if begins is None or ends is None:
        return span(clause.starts, clause.ends)
    last = ends - timedelta(minutes=1)
    return f"from {day(begins)} on; no end is agreed, and the reports reach {day(last)}"


def is_rival(clause: ClauseAnswer, answer: Answer) -> bool:
    """Say whether it is the answer under a reading other than the leading one."""
    return clause not in leading(answer)


def held(clause: ClauseAnswer, answer: Answer) -> str:
    """Return the reading and who holds it, in words."""
    return f"“{plain(clause.reading_title)}”{_held(clause.held_by, answer)}"


def never(answer: Answer) -> bool:
    """Say whether the run asks only what would have counted."""
    return answer.counterfactual or answer.status in ("proposed", "never in effect")


def banners(answer: Answer) -> list[str]:
    """Return what must be said before anything else: simulated, or not in effect."""
    said = [SIMULATED] if answer.simulated else []
    if never(answer):
        lead = "NEVER IN EFFECT" if answer.status == "never in effect" else "NOT IN EFFECT"
        said.append(f"{lead}. Nothing was a violation of it; this says what would have counted.")
    return said


def opening(answer: Answer) -> list[str]:
    """Return the top of the bulletin: the answer; how sure and who says so; what is not known."""
    middle = " ".join(s for s in (how_sure(answer), who_says(answer)) if s)
    return [s for s in (headline(answer), middle, not_known(answer)) if s]


def headline(answer: Answer) -> str:
    """Return the answer to "is it holding?", or to "what would have counted?"."""
    clauses = leading(answer)
    told = [c for c in clauses if c.informed and _possible(c)]
    figures = _few(told, answer) if len(told) <= FEW else _many(told, answer)
    outcome = next(o for o in OUTCOMES if o.holds(clauses))
    words = outcome.never if never(answer) else (
        outcome.ended if answer.status == "ended" else outcome.in_effect)  # fmt: skip
    return f"{'SIMULATED: ' if answer.simulated else ''}{words.format(figures=figures)}"


FEW = 3
"""Beyond this many clauses the headline names them and leaves the figures to the table."""


def _few(told: list[ClauseAnswer], answer: Answer) -> str:
    if not told:
        return ""
    figures = "; ".join(f"{_by_reading(c, answer)} under “{plain(c.title)}”" for c in told)
    return f"{figures} {'would have counted as' if never(answer) else 'are'} alleged violations"


def _by_reading(clause: ClauseAnswer, answer: Answer) -> str:
    """Return a clause's figures, under each reading where they differ."""
    rivals = [c for c in shown(answer) if c.clause == clause.clause and c is not clause]
    if not rivals:
        return main_figures(clause)
    said = [f"{main_figures(c)} read as {held(c, answer)}" for c in (clause, *rivals)]
    return ", but ".join(said)


def _many(told: list[ClauseAnswer], answer: Answer) -> str:
    groups = (
        ("certain alleged violations", [c for c in told if _certain(c)]),
        ("possible ones", [c for c in told if not _certain(c)]),
    )
    said = [
        f"{what} under {joined([f'“{plain(c.title)}”' for c in some])}"
        for what, some in groups
        if some
    ]
    return f"there {'would have been' if never(answer) else 'are'} {'; '.join(said)}"


def main_figures(clause: ClauseAnswer) -> str:
    """Return a clause's count in the unit that most is certain in; the others are named apart."""
    rows = [t for t in clause.tallies if is_row(t.unit)] or list(clause.tallies)
    some = [t for t in rows if t.possible is None or t.possible > 0]
    if not some:
        return f"no {noun(rows[0].unit, 2)}" if rows else "nothing"
    first = max(some, key=lambda t: (t.unit != "claim", t.certain, t.possible or 0.0))
    others = [noun(t.unit, 2) for t in some if t is not first]
    return counted(first) + (f" ({joined(others)} apart)" if others else "")


def counted(tally: Tally) -> str:
    """Return ``between 31 and 35 attack rows``."""
    last = tally.certain if tally.possible is None else tally.possible
    return f"{interval(tally.certain, tally.possible)} {noun(tally.unit, last)}"


def how_sure(answer: Answer) -> str:
    """Return what the interval means, and what the reports leave open most often."""
    clauses = [c for c in leading(answer) if c.informed and _possible(c)]
    if not clauses:
        return ""
    if all(t.possible == t.certain for c in clauses for t in c.tallies):
        same = "The reports leave no case open: what is certain and what is possible are the same."
        return same + merging(answer.merged)
    open_by: dict[str, int] = {}
    for clause in clauses:
        for question, count in clause.undecided_by:
            open_by[question] = open_by.get(question, 0) + count
    ranked = sorted(open_by.items(), key=lambda item: (-item[1], item[0]))
    why = joined([f"the {plain(q)} (in {number(n)})" for q, n in ranked[:3]])
    left = f" What findings leave open first: {why}." if why else ""
    return (
        "The lower figure counts the incidents that would be one whatever the reports leave open; "
        f"the upper one every incident that could be one.{left}{merging(answer.merged)}"
    )


def who_says(answer: Answer) -> str:
    """Return which outlets the alleged violations rest on, and on which side they stand."""
    told: dict[tuple[str, str | None], int] = {}
    for clause in leading(answer):
        for one in clause.told_by if clause.informed else ():
            told[one.outlet, one.side] = told.get((one.outlet, one.side), 0) + one.incidents
    if not told:
        return ""
    names = [
        f"{plain(o)} ({parties.side_words(s, answer)})" for o, s in one_side_after_another(told)
    ]
    if len(names) == 1:
        return f"Every one of them is told by {names[0]} and by nobody else supplied."
    shown = names[:5] + ([f"{number(len(names) - 5)} more"] if len(names) > 5 else [])
    return f"They are told by {joined(shown)}."


def one_side_after_another(
    told: Mapping[tuple[str, str | None], int],
) -> list[tuple[str, str | None]]:
    """Order outlets so that each side is heard before any is heard again: none is cut off."""
    by_side: dict[str, list[tuple[str, str | None]]] = {}
    for one in sorted(told, key=lambda key: (-told[key], key[0])):
        by_side.setdefault(one[1] or "", []).append(one)
    turns = [(turn, one) for some in by_side.values() for turn, one in enumerate(some)]
    return [one for _, one in sorted(turns, key=lambda pair: (pair[0], -told[pair[1]], pair[1][0]))]


def not_known(answer: Answer) -> str:
    """Return what nothing was supplied on, and what was set aside or held back."""
    said = []
    blind = [c for c in leading(answer) if not c.informed]
    if blind:
        said.append(f"On {joined([f'“{plain(c.title)}”' for c in blind])}: {NOTHING}.")
        vague = sum(c.vague for c in blind)
        if vague:
            said.append(vague_words(vague))
    aside = sum(file.set_aside for file in answer.files)
    if aside > 0:
        said.append(f"{number(aside)} of {number(answer.rows)} rows read could not be used.")
    unread = sum(file.source is None for file in answer.files)
    if unread:
        files = "1 file is" if unread == 1 else f"{number(unread)} files are"
        said.append(f"{files} in no format that is known, and nothing is known of what they say.")
    if answer.withheld:
        are = (
            "1 incident is" if answer.withheld == 1 else f"{number(answer.withheld)} incidents are"
        )
        said.append(f"{are} withheld: {plain(answer.withheld_why)}.")
    said.append("Silence is no sign of quiet: only what was reported and supplied is counted.")
    return " ".join(said)


def clause_line(clause: ClauseAnswer, *, counterfactual: bool = False) -> str:
    """Return one clause in one line: its counts, one per unit, or that nothing is known."""
    title = plain(clause.title)
    if not clause.informed:
        more = f" ({vague_words(clause.vague).rstrip('.')})" if clause.vague else ""
        return f"{title}: {NOTHING}{more}"
    kind = "would have counted as alleged violations" if counterfactual else "alleged violations"
    if not _possible(clause):
        return f"{title}: nothing supplied {'would have counted' if counterfactual else 'is one'}"
    return f"{title}: {'; '.join(counted(t) for t in clause.tallies)}; {kind}"


def vague_words(vague: int) -> str:
    """Return how many incidents are told of too vaguely to be excluded."""
    subject = "1 incident is" if vague == 1 else f"{number(vague)} incidents are"
    return f"{subject} told of too vaguely to be excluded."


def comparison(clause: ClauseAnswer, tally: Tally) -> str:
    """Return the rate in the window against that of the same span before, as intervals."""
    if not clause.informed or clause.days <= 0:
        return ""
    now, before = per_day(clause, tally)
    words = f"{rate_words(*now)} {noun(tally.unit, 2)} a day"
    words = words[0].upper() + words[1:]
    if before is None:
        return f"{words}; {NOTHING_BEFORE}."
    words += f", against {rate_words(*before)} {span(clause.before_starts, clause.before_ends)}"
    ratio = change(clause, tally)
    ratio_words = f"; the ratio is {rate_words(ratio[0] or 0.0, ratio[1])}" if ratio else ""
    return f"{words}{ratio_words}; {NO_CHANCE}."


def reading_lines(answer: Answer) -> list[str]:
    """Return under which reading the figures are, and what the other readings change."""
    if len(answer.readings) < 2:
        return []
    _, title, held_by = answer.readings[0]
    lines = [f"The figures follow the reading “{plain(title)}”{_held(held_by, answer)}."]
    if answer.reading_differences:
        return lines + [plain(line) for line in answer.reading_differences]
    return lines + [_other_reading(answer, other) for other in answer.readings[1:]]


def _other_reading(answer: Answer, reading: tuple[str, str, tuple[str, ...]]) -> str:
    first = {c.clause: c for c in leading(answer)}
    changed = [
        clause_line(c, counterfactual=never(answer))
        for c in answer.clauses
        if c.reading == reading[0] and c.tallies != first[c.clause].tallies
    ]
    what = "; ".join(changed) if changed else "no count changes"
    return f"Read as “{plain(reading[1])}”{_held(reading[2], answer)}: {what}."


def _held(holders: tuple[str, ...], answer: Answer) -> str:
    return f", held by {joined([parties.party(p, answer) for p in holders])}" if holders else ""


CLAIMS = ("claim", "claimed-violation")
"""What somebody stated without the incidents behind it: set beside, never first."""


def in_order(tallies: Iterable[Tally]) -> list[Tally]:
    """Return tallies as they are shown: rows, then quantities, then claims."""
    return sorted(tallies, key=lambda t: (t.unit in CLAIMS, not is_row(t.unit)))


def is_row(unit: str) -> bool:
    """Say whether a unit counts rows, or a quantity within them."""
    known = units().get(unit)
    return known is None or known.of == "row"


def _certain(clause: ClauseAnswer) -> bool:
    return clause.informed and any(t.certain > 0 for t in clause.tallies)


def _possible(clause: ClauseAnswer) -> bool:
    return any(t.possible is None or t.possible > 0 for t in clause.tallies)
