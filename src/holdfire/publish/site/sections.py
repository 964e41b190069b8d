"""The clauses as the site's pages show them: figures, strips, parties, outlets."""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.publish import parties, strips, wording
from holdfire.publish.figures import number, short
from holdfire.publish.safe import plain
from holdfire.publish.site.publication import address
from holdfire.tables.answer import Answer, ClauseAnswer, Tally
from holdfire.tables.units import noun, units


@dataclass(frozen=True, slots=True)
class Figure:
    """One counting unit under one clause, in words, with its strip where it has one."""

    unit: str
    count: str
    comparison: str
    means: str
    strip: strips.Strip | None
    parties: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One clause under one reading; ``rival`` names the reading if it is not the leading one."""

    clause: ClauseAnswer
    at: str
    title: str
    line: str
    when: str
    figures: list[Figure]
    vague: str
    told: list[tuple[str, str, str]]
    rival: str

    @property
    def told_apart(self) -> str:
        """The title, with the reading where it is a rival one: no two sections share it."""
        return f"{self.title}, read as {self.rival}" if self.rival else self.title


def sections(answer: Answer) -> list[Section]:
    """Return the leading answers in the agreement's order, each followed by its rivals."""
    return [_section(clause, answer) for clause in wording.shown(answer)]


def _section(clause: ClauseAnswer, answer: Answer) -> Section:
    told = clause.told_by if clause.informed else ()
    return Section(
        clause, address(clause.clause), plain(clause.title),
        wording.clause_line(clause, counterfactual=wording.never(answer)),
        wording.reach(clause),
        [_figure(clause, one, answer) for one in wording.in_order(clause.tallies)]
        if clause.informed else [],
        wording.vague_words(clause.vague) if clause.vague else "",
        [
            (plain(one.outlet, 80), parties.side_words(one.side, answer), number(one.incidents))
            for one in sorted(told, key=parties.told_order)
        ],
        wording.held(clause, answer) if wording.is_rival(clause, answer) else "",
    )  # fmt: skip


def _figure(clause: ClauseAnswer, tally: Tally, answer: Answer) -> Figure:
    last = tally.certain if tally.possible is None else tally.possible
    known = units().get(tally.unit)
    means = f"{known.one[0].upper()}{known.one[1:]}: {known.means}." if known else ""
    return Figure(
        noun(tally.unit, last), short(tally.certain, tally.possible),
        wording.comparison(clause, tally), means, strips.strip(clause, tally.unit, answer),
        [
            (parties.party(one.party, answer), plain(one.responsibility),
             short(one.tally.certain, one.tally.possible))
            for one in parties.by_party(clause, tally.unit, answer)
        ],
    )  # fmt: skip
