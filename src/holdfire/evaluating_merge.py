"""Scoring the merging of anybody's reports against a truth that somebody knows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from holdfire.case import Case, read_case
from holdfire.engines.encoder import Encoder
from holdfire.engines.shape import Shape
from holdfire.errors import HoldfireError, shown
from holdfire.merge.matching import Decided
from holdfire.merge.scores import (
    Calibration,
    Score,
    b_cubed,
    calibration,
    covers,
    incidents,
    pairwise,
)
from holdfire.merging import encoder_of, match_texts, repeating
from holdfire.outcome import format_settings
from holdfire.publish.figures import number
from holdfire.sources import Seen, SourceFile, read, recognise, settings
from holdfire.sources.adapter import Context, Names
from holdfire.tables import report
from holdfire.terms.names import folded
from holdfire.terms.vocabulary import KINDS, Vocabularies, shipped

Progress = Callable[[str], None]
REPORT_COLUMNS = ("report_id", "event_id", "report")
INCIDENT_COLUMNS = ("incident_id", "incident", "true_incident")


class FreeNames:
    """Every actor's name is a party of its own; no area is known. For reports without a case."""

    def party(self, name: str) -> str | None:
        """Return the name in small letters, joined with hyphens."""
        return re.sub(r"[\W_]+", "-", folded(name)).strip("-") or None

    def area(self, *names: str) -> str | None:
        """Return nothing: without a case no outline is known."""
        return None

    def near(self, area: str, lon: float, lat: float) -> bool:
        """Return true: there is no outline to be far from."""
        return True


@dataclass(frozen=True, eq=False)
class MergeEvaluated:
    """The scores of a merging, over the reports whose truth is told."""

    reports: int
    set_aside: int
    without_truth: int
    unknown_in_truth: int
    found: int
    true: int
    interval: tuple[float, float, float]
    covered: bool | None
    """Whether the interval holds the true number; ``None`` where some reports have no truth."""
    pairwise: Score
    b_cubed: Score
    calibration: Calibration
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the scores as plain values."""
        low, expected, high = self.interval
        return {
            "reports": self.reports, "set_aside": self.set_aside,
            "without_truth": self.without_truth, "unknown_in_truth": self.unknown_in_truth,
            "incidents": {
                "found": self.found, "true": self.true, "low": round(low, 2),
                "expected": round(expected, 2), "high": round(high, 2), "covered": self.covered,
            },
            "pairwise": _score(self.pairwise), "b_cubed": _score(self.b_cubed),
            "calibration": {
                "error": round(self.calibration.error, 4), "pairs": self.calibration.pairs,
                "bins": [
                    {"low": round(one.low, 4), "high": round(one.high, 4), "pairs": one.pairs,
                     "told": round(one.told, 4), "same": round(one.same, 4)}
                    for one in self.calibration.bins
                ],
            },
            "remarks": list(self.remarks),
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """Yield the scores for a terminal, in hundredths."""
        low, expected, high = self.interval
        yield (f"{self.reports:,} reports became {self.found:,} incidents; "
               f"in truth they are {self.true:,}")  # fmt: skip
        told = {True: "the truth is in it", False: "the truth is NOT in it",
                None: "not judged: some reports have no truth"}[self.covered]  # fmt: skip
        yield (f"  90 % interval {number(round(low))} to {number(round(high))}, "
               f"expected {number(round(expected))}: {told}")  # fmt: skip
        yield f"  {'':<12} precision  recall      F1"
        for name, one in (("pairwise", self.pairwise), ("B-cubed", self.b_cubed)):
            yield (f"  {name:<12}    {100 * one.precision:5.1f}   {100 * one.recall:5.1f}   "
                   f"{100 * one.f1:5.1f}")  # fmt: skip
        yield (f"  calibration error {self.calibration.error:.3f} "
               f"over {self.calibration.pairs:,} pairs")  # fmt: skip
        for part in self.calibration.bins:
            yield (f"    told {part.told:.2f}: {100 * part.same:5.1f} % of {part.pairs:,} pairs "
                   "are the same")  # fmt: skip
        if self.without_truth:
            yield f"  {self.without_truth:,} reports without a truth were merged, not scored"
        if self.unknown_in_truth:
            yield f"  {self.unknown_in_truth:,} rows of the truth name no report"
        if self.set_aside:
            yield f"  {self.set_aside:,} rows were set aside: holdfire check tells why in a case"
        yield from (f"  note: {one}" for one in self.remarks)


def evaluate_merge(
    files: Sequence[Path], truth: Path, folder: Path | None, *, seed: int = 0,
    embedding: Path | None = None,    progress: Progress = lambda step: None,
) -> MergeEvaluated:  # fmt: skip
    """Merge the reports of files of any known format and score that against a truth.

    ``folder`` is a case whose names, areas, words and settings are used; without one every
    actor's name stands for itself. ``embedding`` is the folder of a sentence model that compares
    texts, in place of the one that the case names. Raises :class:`HoldfireError` for what cannot
    be used.
    """
    case = read_case(folder) if folder else None
    words = case.words if case else Vocabularies(*(shipped(kind) for kind in KINDS))
    areas: Mapping[str, Shape] = case.ground.areas if case else {}
    names: Names = case.names() if case else FreeNames()
    encoder = Encoder(embedding) if embedding else encoder_of(case) if case else None
    reports, aside = _reports(files, case, names, words, progress)
    told = _truth(truth)
    known, unknown = _known(reports, told)
    progress(f"merging {reports.num_rows:,} reports")
    matched, stands, _ = match_texts(
        reports, words, areas, repeating(case), Decided(), seed, encoder
    )
    group = matched.group[stands]
    at = np.flatnonzero(known >= 0)
    if len(at) == 0:
        raise HoldfireError("the truth names none of the reports", where=str(truth),
                            advice="its first column is a report's own event_id")  # fmt: skip
    probability, same = _pairs(matched.pairs, reports, known)
    whole = len(at) == reports.num_rows
    return MergeEvaluated(
        reports.num_rows, aside, reports.num_rows - len(at), unknown,
        len(np.unique(group)), incidents(known[at]), matched.total,
        covers((matched.total[0], matched.total[2]), known) if whole else None,
        pairwise(group[at], known[at]), b_cubed(group[at], known[at]),
        calibration(probability, same), matched.conflicts,
    )  # fmt: skip


def _reports(
    files: Sequence[Path], case: Case | None, names: Names, words: Vocabularies,
    progress: Progress,
) -> tuple[pa.Table, int]:  # fmt: skip
    seen, batches, aside = Seen(), [], 0
    for path in sorted(set(files)):
        found = recognise(SourceFile(path, path.name))
        if found.adapter is None:
            raise HoldfireError(f"{shown(path.name)} is of no known format", where=str(path),
                                advice=found.tried())  # fmt: skip
        given = format_settings(case, found.adapter) if case else settings(found.adapter)
        reading = read(found, Context(names, words, given), seen)
        for batch in reading:
            batches.append(batch.reports)
            progress(f"read {reading.rows:,} rows of {path.name}")
        aside += reading.set_aside
    table = pa.Table.from_batches(batches, report.SCHEMA)
    if table.num_rows == 0:
        raise HoldfireError("no report could be read from these files")
    return table, aside


def _truth(path: Path) -> dict[str, str]:
    """Return the incident of each report id; a report named twice must have one incident."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            header = [cell.strip().casefold() for cell in next(rows, [])]
            at = [
                next((i for i, cell in enumerate(header) if cell in allowed), None)
                for allowed in (REPORT_COLUMNS, INCIDENT_COLUMNS)
            ]
            if at[0] is None or at[1] is None:
                raise HoldfireError(
                    f"columns {shown(', '.join(header))}", where=str(path),
                    advice="expected a header with event_id (or report_id) and incident_id",
                )  # fmt: skip
            told: dict[str, str] = {}
            for row in rows:
                if len(row) <= max(at[0], at[1]) or not row[at[0]].strip():
                    continue
                name, one = row[at[0]].strip(), row[at[1]].strip()
                if told.setdefault(name, one) != one:
                    raise HoldfireError(
                        f"{shown(name)} belongs to both {shown(told[name])} and {shown(one)}",
                        where=f"{path}:{rows.line_num}", advice="a report has one true incident",
                    )  # fmt: skip
            return told
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HoldfireError(f"cannot be read: {error}", where=str(path)) from None


def _known(reports: pa.Table, told: Mapping[str, str]) -> tuple[NDArray[np.int64], int]:
    """Return the true incident of each report as a number, -1 where it is not told."""
    events = Counter(reports["event_id"].to_pylist())
    numbers: dict[str, int] = {}
    known = np.full(reports.num_rows, -1, dtype=np.int64)
    used: set[str] = set()
    ids = zip(reports["report_id"].to_pylist(), reports["event_id"].to_pylist(), strict=True)
    for at, (own, event) in enumerate(ids):
        name = own if own in told else event
        if name not in told:
            continue
        if name == event and events[event] > 1:
            raise HoldfireError(f"{events[event]} reports have the event_id {shown(event)}",
                                advice="name them by report_id in the truth")  # fmt: skip
        used.add(name)
        known[at] = numbers.setdefault(told[name], len(numbers))
    return known, len(told) - len(used)


def _pairs(
    pairs: pa.Table, reports: pa.Table, known: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the probability and the truth of each pair whose two reports have one."""
    row = {name: at for at, name in enumerate(reports["report_id"].to_pylist())}
    a, b = (
        known[np.array([row[name] for name in pairs[side].to_pylist()], dtype=np.int64)]
        for side in ("report_a", "report_b")
    )
    both = (a >= 0) & (b >= 0)
    probability = pairs["probability"].to_numpy().astype(np.float64)
    return probability[both], (a == b)[both]


def _score(one: Score) -> dict[str, float]:
    return {
        "precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4)
    }  # fmt: skip
