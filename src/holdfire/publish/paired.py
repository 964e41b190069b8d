"""Two reports beside each other, and how far each thing speaks for their being one incident."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from holdfire.publish import facts
from holdfire.publish.figures import number
from holdfire.publish.safe import plain, spaced, web_address
from holdfire.tables.decision import SAME
from holdfire.tables.pair import COMPARISONS

Row = Mapping[str, Any]
Wordings = Mapping[str, Mapping[str, str]]
"""A sentence for each level of each comparison."""

WIDTH, LABEL = 100, 12
PAIRS_SHOWN = 10
SILENT = (None, "unknown", "none")
"""Levels that a sentence leaves out: that nothing can be compared is no reason."""
NO_PAIR = (
    "Their times or places cannot be the same, one list does not tell an incident twice, or the "
    "probability is under 2 %: nothing is kept of such pairs."
)
SPEAKS = 0.1
"""Bits below which a comparison says nothing either way."""
_NAMED = re.compile(r"\{(distance|apart|a|b)\}")
LIKELY = ((0.95, "the same, as good as certain"), (0.7, "probably the same"),
          (0.5, "rather the same than not"), (0.3, "rather different than the same"),
          (0.05, "probably different"), (0.0, "different, as good as certain"))  # fmt: skip


def likely(probability: float) -> str:
    """Return a probability that two reports tell of one incident, in words."""
    return next(words for least, words in LIKELY if probability >= least)


def percent(probability: float) -> str:
    """Return a probability as people say it; never 0 or 100 % where it is neither."""
    if 0.0 < probability < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < probability < 1.0 else f"{100 * probability:.0f} %"


@dataclass(frozen=True, eq=False)
class Pair:
    """A row of the pair table, its two reports (or what is known of them), and the wordings."""

    row: Row
    first: Row
    second: Row
    wordings: Wordings
    party_names: Mapping[str, str]

    def worded(self, name: str) -> str:
        """Return what one comparison found, as a clause of a sentence."""
        level = plain(self.row.get(name))
        text = self.wordings.get(name, {}).get(level, level)
        distance, apart = self.row.get("distance_m"), self.row.get("apart_h")
        figures = {
            "distance": facts.length(float(distance)) if distance is not None else "some way",
            "apart": f"{number(round(float(apart)))} h" if apart is not None else "some time",
            "a": self._fact(name, self.first),
            "b": self._fact(name, self.second),
        }
        return plain(_NAMED.sub(lambda found: figures[found[1]], text), 300)

    def _fact(self, name: str, report: Row) -> str:
        if name == "actor":
            return facts.actors(report.get("actors"), self.party_names) or "anyone"
        if name in ("casualties", "quantity"):
            best = report.get("deaths_best" if name == "casualties" else "quantity_best")
            return number(float(best)) if best is not None else "not told"
        return spaced(report.get(name) or "not told")


def sentence(pair: Pair) -> str:
    """Return in one sentence how likely a pair is the same, what speaks for it, what against.

    The things that weigh most come first. A reviewer's decision stands before everything.
    """
    row = pair.row
    if row.get("decided"):
        what = "one incident" if row["decided"] == SAME else "different incidents"
        return f"A reviewer decided that they are {what}."
    weighed = sorted(
        (
            (float(row.get(f"{name}_bits") or 0.0), name)
            for name in COMPARISONS
            if row.get(name) not in SILENT
        ),
        key=lambda one: (-abs(one[0]), one[1]),
    )
    pro = [pair.worded(name) for bits, name in weighed if bits >= SPEAKS]
    con = [pair.worded(name) for bits, name in weighed if bits <= -SPEAKS]
    if float(row.get("competition_bits") or 0.0) <= -SPEAKS:
        con.append("other reports fit as well or better")
    probability = float(row["probability"])
    text = f"{likely(probability).capitalize()} ({percent(probability)})"
    if pro:
        text += f": {', '.join(pro)}"
    if con:
        text += f"; against it: {', '.join(con)}" if pro else f": {', '.join(con)}"
    return f"{text}."


def pair_text(pair: Pair, local_time: str) -> str:
    """Return a pair laid open for a terminal: both reports, each weight, the sum, the sentence."""
    row = pair.row
    ids = f"{plain(row['report_a'])} and {plain(row['report_b'])}"
    if row.get("probability") is None:
        lines = [f"{ids}: no pair that could be one incident", ""]
        for name, report in (("a", pair.first), ("b", pair.second)):
            lines += [*report_lines(name, report, local_time, pair.party_names), ""]
        lines += textwrap.wrap(NO_PAIR, WIDTH)
        return "\n".join(lines) + "\n"
    joined = "in one incident" if row.get("joined") else "kept apart"
    lines = [f"{ids}: {percent(float(row['probability']))} the same, {joined}", ""]
    for name, report in (("a", pair.first), ("b", pair.second)):
        lines += [*report_lines(name, report, local_time, pair.party_names), ""]
    lines.append("weights in bits: each doubles the odds, or halves them where it is negative")
    prior = float(row.get("prior") or 0.0)
    rivals = float(row.get("competition_bits") or 0.0)
    lines += _bits("before", prior, _before(prior))
    for name in COMPARISONS:
        if row.get(name) is not None:
            lines += _bits(name, float(row.get(f"{name}_bits") or 0.0), pair.worded(name))
    if abs(rivals) >= SPEAKS:
        told = "no other report fits as well" if rivals > 0 else "other reports fit as well"
        lines += _bits("rivals", rivals, told)
    lines += ["", *textwrap.wrap(sentence(pair), WIDTH)]
    return "\n".join(lines) + "\n"


def pairs_lines(pairs: Sequence[Pair], own: Collection[str]) -> list[str]:
    """Return the pairs of one incident, in a sentence each, and those that are left in doubt.

    ``own`` are the ids of the incident's reports; the pairs come in the order they are shown.
    """
    inside = [one for one in pairs if {one.row["report_a"], one.row["report_b"]} <= set(own)]
    beside = [one for one in pairs if one not in inside]
    lines: list[str] = []
    for title, some in (
        ("why these reports are one incident", inside),
        ("other reports that may tell of it, kept apart", beside),
    ):
        if some:
            lines += ["", title]
        for one in some[:PAIRS_SHOWN]:
            ids = f"{plain(one.row['report_a'])} and {plain(one.row['report_b'])}: "
            lines += textwrap.wrap(
                ids + sentence(one), WIDTH, initial_indent="  ", subsequent_indent="    "
            )
        if len(some) > PAIRS_SHOWN:
            lines.append(f"  and {number(len(some) - PAIRS_SHOWN)} more pairs")
    return [*lines, ""] if lines else []


def report_lines(
    name: str, report: Row, local_time: str, party_names: Mapping[str, str]
) -> list[str]:
    """Return one report in a few lines: what, when, where, who, who told it, in its own words."""
    actors = facts.actors(report.get("actors"), party_names) or plain(report.get("actor_name"))
    told = plain(report.get("outlet")) or "an outlet not named"
    row = f"{told}, row {plain(report.get('row'))} of {plain(report.get('file'))}"
    lines = [
        facts.what(report),
        f"{facts.time(report, local_time)} ({plain(local_time)})",
        facts.place(report),
        f"by {actors}" if actors else "by whom is not told",
        row,
    ]
    words = web_address(report.get("summary")) or plain(report.get("summary"), 400)
    if words:
        lines.append(f"“{words}”")
    out: list[str] = []
    for at, line in enumerate(lines):
        head = f"  {name}  " if at == 0 else "     "
        out += textwrap.wrap(line, WIDTH, initial_indent=head, subsequent_indent="       ")
    return out


def _before(prior: float) -> str:
    odds = 2.0**prior
    if odds >= 1.0:
        return "how common true pairs are among such candidates"
    return f"about one in {1 + 1 / odds:,.0f} such candidates is the same"


def _bits(name: str, bits: float, told: str) -> list[str]:
    head = f"  {name:<{LABEL}}{bits:+5.1f}  "
    return textwrap.wrap(told, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
