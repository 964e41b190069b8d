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

from holdfire.case import Case, read_case
from holdfire.case.decisions import decide, decisions
from holdfire.engines.store import query, table
from holdfire.errors import HoldfireError, Problem, shown
from holdfire.explaining import explain_pair
from holdfire.merge.matching import most_informative
from holdfire.pipeline import INTERNAL
from holdfire.tables import pair
from holdfire.tables.decision import SAME, UNDO, Decision, standing

Row = dict[str, Any]
NO_SALT = "ids of reports must stay the same when files are added, or decisions lose their reports"


@dataclass(frozen=True, eq=False)
class Review:
    """A case's pairs, its reviewers' rows, and what is worth looking at next."""

    case: Case
    pairs: pa.Table
    reports: Path
    problems: tuple[Problem, ...]

    def decided(self) -> tuple[Decision, ...]:
        """Return every decision of the case that stands, in the order they were made."""
        return standing(decisions(self.case.folder, []))

    def rows(self) -> tuple[Decision, ...]:
        """Return every row of the case's decisions, those taken back among them."""
        return decisions(self.case.folder, [])

    def next(self, count: int) -> Iterator[Row]:
        """Yield the pairs whose answer would tell most, none of them decided already."""
        done = {frozenset(one.about) for one in self.decided()}
        for at in most_informative(self.pairs, count + len(done)):
            row = self.pairs.slice(int(at), 1).to_pylist()[0]
            if frozenset((row["report_a"], row["report_b"])) not in done:
                yield row

    def text(self, row: Row) -> str:
        """Return a pair laid open for a terminal."""
        return explain_pair(self.case.folder, row["report_a"], row["report_b"])[1]

    def report(self, name: str) -> Row:
        """Return one report of the last run; raises :class:`HoldfireError` where there is none."""
        found = query(
            f"SELECT * FROM {table(self.reports.parent, 'reports')} WHERE report_id = ?", name
        ).to_pylist()
        if not found:
            raise HoldfireError(
                f"no report {shown(name)} in the last run",
                advice="ids begin with R- and stand in out/reports.csv",
            )
        return found[0]

    def say(self, kind: str, about: Sequence[str], *, by: str, why: str, at: datetime) -> Decision:
        """Keep a decision on a pair of reports, or take one back."""
        if kind != UNDO:
            for name in about:
                self.report(name)
        return decide(self.case.folder, kind, about, by=by, why=why, at=at)


def review_case(folder: Path) -> Review:
    """Open a case's last run for review.

    Raises :class:`HoldfireError` where there was no run, or where ids of reports do not stay.
    """
    case = read_case(folder)
    internal = case.out / INTERNAL
    if not (internal / "pairs.parquet").is_file():
        raise HoldfireError("this case has not been run yet", where=str(folder),
                            advice=f"run it first: holdfire run {folder}")  # fmt: skip
    if not case.settings.publication.salt:
        raise HoldfireError(
            NO_SALT, where=str(folder / "case.toml"),
            advice='add a secret of your own: [publication] salt = "…"',
        )  # fmt: skip
    problems: list[Problem] = []
    decisions(case.folder, problems)
    pairs = pq.read_table(internal / "pairs.parquet", schema=pair.SCHEMA)
    return Review(case, pairs, internal / "reports.parquet", tuple(problems))


def told(one: Decision, back: bool) -> str:
    """Return one decision as a line; ``back``: it has been taken back."""
    what = f"takes back {one.about[0]}" if one.kind == UNDO else (
        f"{' and '.join(one.about)} are {'one incident' if one.kind == SAME else 'different'}"
    )  # fmt: skip
    why = f": {one.why}" if one.why else ""
    gone = " (taken back)" if back else ""
    return f"{one.decision_id}  {one.at:%Y-%m-%d %H:%M} UTC  {one.by}  {what}{why}{gone}"
