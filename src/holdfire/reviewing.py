"""The doubtful pairs of a case's last run, put before a reviewer; what he decides is a row.

A decision changes nothing by itself: the next run follows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from holdfire.case.decisions import decide, decisions
from holdfire.errors import HoldfireError, Problem
from holdfire.explaining import LastRun, last_run
from holdfire.merge.matching import most_informative
from holdfire.merging import PAIRS
from holdfire.tables import pair
from holdfire.tables.decision import SAME, UNDO, Decision, standing

Row = dict[str, Any]
NO_SALT = "ids of reports must stay the same when files are added, or decisions lose their reports"


@dataclass(frozen=True, eq=False)
class Review:
    """The pairs of a case's last run, its reviewers' rows, and what is worth looking at next."""

    last: LastRun
    pairs: pa.Table
    problems: tuple[Problem, ...]

    def decided(self) -> tuple[Decision, ...]:
        """Return every decision of the case that stands, in the order they were made."""
        return standing(decisions(self.last.case.folder, []))

    def rows(self) -> tuple[Decision, ...]:
        """Return every row of the case's decisions, those taken back among them."""
        return decisions(self.last.case.folder, [])

    def next(self, count: int) -> Iterator[Row]:
        """Yield the pairs whose answer would tell most, none of them decided already."""
        done = {frozenset(one.about) for one in self.decided()}
        for at in most_informative(self.pairs, count + len(done)):
            row = self.pairs.slice(int(at), 1).to_pylist()[0]
            if frozenset((row["report_a"], row["report_b"])) not in done:
                yield row

    def text(self, row: Row) -> str:
        """Return a pair laid open for a terminal."""
        return self.last.pair(row["report_a"], row["report_b"])[1]

    def say(self, kind: str, about: Sequence[str], *, by: str, why: str, at: datetime) -> Decision:
        """Keep a decision on a pair of reports, or take one back."""
        if kind != UNDO:
            self.last.reports(about)
        return decide(self.last.case.folder, kind, about, by=by, why=why, at=at)


def review_case(folder: Path) -> Review:
    """Open a case's last run for review.

    Raises :class:`HoldfireError` where there was no run, or where ids of reports do not stay.
    """
    last = last_run(folder)
    case = last.case
    if not case.settings.publication.salt:
        raise HoldfireError(
            NO_SALT, where=str(folder / "case.toml"),
            advice='add a secret of your own: [publication] salt = "…"',
        )  # fmt: skip
    problems: list[Problem] = []
    decisions(case.folder, problems)
    pairs = pq.read_table(last.internal / PAIRS, schema=pair.SCHEMA)
    return Review(last, pairs, tuple(problems))


def told(one: Decision, back: bool) -> str:
    """Return one decision as a line; ``back``: it has been taken back."""
    what = f"takes back {one.about[0]}" if one.kind == UNDO else (
        f"{' and '.join(one.about)} are {'one incident' if one.kind == SAME else 'different'}"
    )  # fmt: skip
    why = f": {one.why}" if one.why else ""
    gone = " (taken back)" if back else ""
    return f"{one.decision_id}  {one.at:%Y-%m-%d %H:%M} UTC  {one.by}  {what}{why}{gone}"
