"""A daily series of one's own held against the days before: alert hours, shells, fires, anything.

The same change, jump and rank that a clause gets, over a table that is no reports. What the series
counts is for its owner to name; that something else changed with it is not said.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor, isfinite
from pathlib import Path
from typing import Any

import numpy as np

from holdfire.errors import HoldfireError
from holdfire.measure import bounded
from holdfire.measure.change import Change, change
from holdfire.measure.interrupted import interrupted
from holdfire.measure.placebo import Placebo, placebo
from holdfire.measure.refusal import Refusal
from holdfire.measure.sentence import Known, sentence
from holdfire.measure.series import Bools, Daily, Floats
from holdfire.publish import figures
from holdfire.tables.measured import Bounded

DAY = timedelta(days=1)
FEWEST_BASELINE = 28
LONGEST = 200_000
"""Days between the first and the last of a series: more is a date that was mistyped."""
SHOWN = 20
"""Set-aside rows that are named on the terminal."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to compare: the days of ``effect`` and later with those before ``announced``.

    ``day`` and ``count`` are columns; without ``count`` each row counts one. ``many`` names what
    is counted ("hours of air-raid alert"). ``until`` is the last day in effect, ``before`` how
    many days the baseline has; as many as in effect, 28 at least, where not given.
    """

    effect: date
    many: str
    day: str = "date"
    count: str | None = None
    announced: date | None = None
    until: date | None = None
    before: int | None = None
    breaks: tuple[date, ...] = ()


@dataclass
class Table:
    """A table of days: the sums by day, its rows, and those that were set aside by reason."""

    by_day: dict[date, float] = field(default_factory=dict)
    rows: int = 0
    aside: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """The answer: what was compared, its figures or why there are none, and a sentence."""

    question: Question
    table: Table
    first: date
    last: date
    baseline: tuple[date, date]
    days: tuple[int, int]
    means: tuple[float | None, float | None]
    change: Bounded
    jump: Bounded
    bend: Bounded
    rank: Bounded
    dates: int
    sentence: str

    def text(self) -> str:
        """Return it for a terminal."""
        asked, (before, now) = self.question, self.days
        mean_before, mean = map(_mean, self.means)
        lines = [
            f"{asked.many}, by day: {figures.number(self.table.rows)} rows, "
            f"{figures.number(len(self.table.aside))} set aside",
            *(f"  row {row}  {why}" for row, why in self.table.aside[:SHOWN]),
            "",
            f"  before     {_span(*self.baseline)}, {before} days: {mean_before} a day",
            f"  in effect  {_span(asked.effect, self.last)}, {now} days: {mean} a day",
            f"  ratio      {_ratio(self.change)} (95 % interval)",
            f"  jump       {_ratio(self.jump)}",
            f"  bend       {_ratio(self.bend)}, a week",
            f"  rank       {_rank(self.rank, self.dates)}",
            "",
            self.sentence,
            "Nothing here says why it changed, or that anything but this series did.",
        ]
        return "\n".join(lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        shown = {
            name: {"low": one.low, "best": one.best, "high": one.high, "refused": one.refused}
            for name, one in (
                ("change", self.change), ("jump", self.jump), ("bend", self.bend),
                ("rank", self.rank),
            )
        }  # fmt: skip
        return {
            "of": self.question.many, "effect": self.question.effect.isoformat(),
            "until": self.last.isoformat(),
            "baseline": [day.isoformat() for day in self.baseline],
            "days_before": self.days[0], "days_in_effect": self.days[1],
            "before_per_day": self.means[0], "in_effect_per_day": self.means[1],
            **shown, "dates_tried": self.dates, "rows": self.table.rows,
            "set_aside": [{"row": row, "reason": why} for row, why in self.table.aside],
            "sentence": self.sentence,
        }  # fmt: skip


def compare(path: Path, asked: Question) -> Comparison:
    """Return the comparison of a CSV file's days; raises a HoldfireError where it has none."""
    table = read(path, asked)
    if not table.by_day:
        raise HoldfireError("no row has a day and a count", where=str(path))
    daily = _series(table, asked, str(path))
    last = min(asked.until or date.max, max(table.by_day))
    until = asked.announced or asked.effect
    if until > asked.effect:
        raise HoldfireError(f"it was announced on {until}, after it took effect on {asked.effect}")
    length = asked.before or max(FEWEST_BASELINE, (last - asked.effect).days + 1)
    baseline = max(daily.first_day, until - length * DAY), until - DAY
    whole = daily.between(daily.first_day, last)
    near = whole.between(baseline[0], last)
    changed, bent = change(near, asked.effect), interrupted(near, asked.effect)
    ranked = placebo(whole, asked.effect, until, baseline_days=length)
    widest = bounded.ratio(changed.widest if isinstance(changed, Change) else changed)
    means = _mean_of(near, asked.effect, before=True), _mean_of(near, asked.effect, before=False)
    rank = bounded.rank(ranked)
    used = (
        (changed.baseline_days, changed.days_in_effect) if isinstance(changed, Change) else (0, 0)
    )
    return Comparison(
        asked, table, daily.first_day, last, baseline, used, means, widest,
        bounded.bend(bent, "level"), bounded.bend(bent, "slope_change"), rank,
        len(ranked.dates) if isinstance(ranked, Placebo) else 0,
        sentence(_known(asked, last, means, widest, rank)),
    )  # fmt: skip


def read(path: Path, asked: Question) -> Table:
    """Return a CSV file's sums by day; what is no day or no count is set aside with its row."""
    table = Table()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row, day, count in _rows(csv.DictReader(file), asked, path):
                table.rows += 1
                if isinstance(day, str):
                    table.aside.append((row, day))
                else:
                    table.by_day[day] = table.by_day.get(day, 0.0) + count
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HoldfireError(
            f"it cannot be read: {error}", where=str(path), advice="give a CSV file in UTF-8"
        ) from error
    return table


def _rows(
    reader: csv.DictReader[str], asked: Question, path: Path
) -> Iterator[tuple[int, date | str, float]]:
    """Yield row, its day and count, or the row and why it has none."""
    wanted = [asked.day, *([asked.count] if asked.count else [])]
    for name in wanted:
        if name not in (reader.fieldnames or ()):
            raise HoldfireError(
                f'there is no column "{name}"', where=str(path),
                advice=f"it has: {', '.join(reader.fieldnames or ['none'])}",
            )  # fmt: skip
    for values in reader:
        row = reader.line_num
        text = (values[asked.day] or "").strip()
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            yield row, f'"{text[:40]}" is no day such as 2025-03-18', 0.0
            continue
        said = (values[asked.count] or "").strip() if asked.count else "1"
        try:
            count = float(said)
        except ValueError:
            count = float("nan")
        if isfinite(count) and count >= 0:
            yield row, day, count
        else:
            yield row, f'"{said[:40]}" is no count of 0 or more', 0.0


def _series(table: Table, asked: Question, where: str) -> Daily:
    first, last = min(table.by_day), max(table.by_day)
    length = (last - first).days + 1
    if length > LONGEST:
        raise HoldfireError(f"the days reach from {first} to {last}", where=where,
                            advice="look for a mistyped year")  # fmt: skip
    counts: Floats = np.zeros(length)
    # rows that count one each leave no trace of a quiet day; a figure a day is missing where it is
    told: Bools = np.full(length, asked.count is None)
    for day, count in sorted(table.by_day.items()):
        counts[(day - first).days], told[(day - first).days] = count, True
    until = asked.announced or asked.effect
    places = np.arange(length)
    left_out = (places >= (until - first).days) & (places < (asked.effect - first).days)
    return Daily(first, counts, counts, told.astype(np.float64), left_out, asked.breaks)


def _mean_of(daily: Daily, effect: date, *, before: bool) -> float | None:
    used = ~daily.left_out & (daily.exposure > 0)
    used &= (np.arange(len(used)) < daily.at(effect)) == before
    return float(daily.certain[used].mean()) if used.any() else None


def _known(
    asked: Question, last: date, means: Sequence[float | None], ratio: Bounded, rank: Bounded
) -> Known:
    before, now = means
    refused = Refusal(ratio.refused or "no day can be compared")
    known = ratio.refused or before is None or now is None
    ranked = None if rank.low is None or rank.high is None else (rank.low, rank.high)
    return Known(
        one=asked.many, many=asked.many, start_label=figures.day(asked.effect),
        days=max(1, (last - asked.effect).days + 1),
        in_effect=None if now is None else (now, now),
        before=None if before is None else (before, before),
        change=refused if known else (ratio.low or 0.0, ratio.high),
        larger_than=ranked or Refusal(rank.refused),
    )  # fmt: skip


def _span(first: date, last: date) -> str:
    return f"{figures.day(first)} to {figures.day(last)}"


def _mean(value: float | None) -> str:
    return "not known" if value is None else figures.rounded(value, "ROUND_HALF_EVEN")


def _ratio(value: Bounded) -> str:
    if value.refused:
        return f"none: {value.refused}"
    return figures.rate(value.low or 0.0, value.high)


def _rank(value: Bounded, dates: int) -> str:
    if value.low is None:
        return f"none: {value.refused}"
    share = f"{floor(value.low * 100)} %"
    return f"larger than {share} of the changes at {figures.number(dates)} earlier dates"
