"""Handing the reports of a case to the merging stage, and what it finds to the disk.

Which reports tell of one incident can only be asked of all reports together: their columns, but
not the rows as they were read, are in memory here at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from holdfire.case import Case
from holdfire.case.decisions import decisions
from holdfire.engines.encoder import Encoder
from holdfire.engines.shape import Shape
from holdfire.engines.store import TableWriter, batches
from holdfire.errors import Problem
from holdfire.merge.apart import apart
from holdfire.merge.columns import flat
from holdfire.merge.copies import copies, told_order
from holdfire.merge.doubt import Shares, doubt
from holdfire.merge.facts import Ground
from holdfire.merge.identity import identify
from holdfire.merge.incidents import NEEDED, Grouped, Ints, incidents
from holdfire.merge.matching import Decided, Matched, MayRepeat, match
from holdfire.outcome import format_settings
from holdfire.remembering import past, remember
from holdfire.sources import catalog, settings
from holdfire.tables import incident, pair
from holdfire.tables.answer import Merged
from holdfire.tables.decision import DIFFERENT, SAME, standing
from holdfire.tables.units import merging
from holdfire.terms.vocabulary import Vocabularies

PAIRS = "pairs.parquet"
Floats = NDArray[np.float64]


def merge(case: Case, internal: Path, problems: list[Problem]) -> Merged:
    """Read the reports of a run back, write its incidents and pairs, and say what came of it.

    Lines of the case's decisions that are none are told in ``problems``.
    """
    reports = _reports(internal / "reports.parquet")
    decided = _decided(case, problems)
    matched, stands, copy_of = match_texts(
        reports, case.words, case.ground.areas, repeating(case), decided, encoder=encoder_of(case)
    )
    group = _numbered(matched.group[stands])
    shares = Shares(
        *(_of_first(v, stands, copy_of) for v in (matched.least, matched.expected, matched.most))
    )
    rank = told_order(reports)
    report_ids = flat(reports["report_id"])
    named = identify(report_ids, group, rank, past(case.folder, internal))
    given = Grouped(
        reports, group, copy_of, rank, named.ids,
        doubt(group, shares, matched.pairs, report_ids),
    )  # fmt: skip
    disputed = 0
    with TableWriter(internal / "incidents.parquet", incident.SCHEMA) as writer:
        for batch in incidents(given, case.words, Ground(case.ground.areas)):
            writer.write(batch)
            told = pc.list_value_length(batch.column("disputed"))
            disputed += pc.sum(pc.greater(told, 0).cast(pa.int64())).as_py() or 0
    with TableWriter(internal / PAIRS, pair.SCHEMA) as writer:
        for batch in matched.pairs.to_batches():
            writer.write(batch)
    remember(case.folder, named.kept, named.forwards)
    return _merged(reports, group, matched, disputed)


def _reports(path: Path) -> pa.Table:
    """Return the reports, and in place of each row as it was read a number that stands for it."""
    table = pq.read_table(path, columns=list(NEEDED)).combine_chunks()
    hashes = [
        np.fromiter(map(_number, batch.column("raw").to_pylist()), np.int64, batch.num_rows)
        for batch in batches(path, ["raw"])
    ]
    whole = np.concatenate(hashes) if hashes else np.empty(0, np.int64)
    return table.append_column("raw", pa.array(whole))


def _number(raw: str | None) -> int:
    return int.from_bytes(blake2b((raw or "").encode(), digest_size=8).digest(), signed=True)


def _decided(case: Case, problems: list[Problem]) -> Decided:
    rows = standing(decisions(case.folder, problems))
    pairs = {
        kind: tuple(
            (one.about[0], one.about[1]) for one in rows if one.kind == kind
        )
        for kind in (SAME, DIFFERENT)
    }  # fmt: skip
    return Decided(pairs[SAME], pairs[DIFFERENT])


def match_texts(
    reports: pa.Table,
    words: Vocabularies,
    areas: Mapping[str, Shape],
    may_repeat: MayRepeat,
    decided: Decided,
    seed: int = 0,
    encoder: Encoder | None = None,
) -> tuple[Matched, Ints, Ints]:
    """Match one report of each text, as a run does.

    Returns what was found of those, the row of it that stands for each report, and for each report
    the one that it is a copy of (itself where it is none). Reports that a reviewer told from
    another one are copies of nothing.
    """
    taken_apart = pa.array(sorted({one for both in decided.different for one in both}), pa.string())
    copy_of = copies(reports, taken_apart)
    firsts = np.unique(copy_of)
    stands = np.searchsorted(firsts, copy_of)
    alone = reports.take(pa.array(firsts)) if len(firsts) < reports.num_rows else reports
    if alone.num_rows < 2:
        return apart(alone), stands, copy_of
    first_of = _standing_for(reports, copy_of, decided)
    found = match(
        alone, words, areas, may_repeat=may_repeat, decided=first_of, seed=seed, encoder=encoder
    )
    return found, stands, copy_of


def encoder_of(case: Case) -> Encoder | None:
    """Return the sentence model that a case names, opened; ``None`` where it names none.

    Raises :class:`HoldfireError` where it cannot be used.
    """
    named = case.settings.merge.embedding
    return Encoder(case.folder / named) if named else None


def repeating(case: Case | None) -> MayRepeat:
    """Return which lists may tell one incident twice, by the settings of their format."""
    repeats = {
        name: bool((format_settings(case, name) if case else settings(name)).get("repeats", True))
        for name in catalog()
    }

    def may_repeat(source: str, outlet: str) -> bool:
        return repeats.get(source, True)

    return may_repeat


def _standing_for(reports: pa.Table, copy_of: Ints, decided: Decided) -> Decided:
    """Return decisions about copies as decisions about what they are copies of."""
    asked = sorted({one for both in (*decided.same, *decided.different) for one in both})
    rows = pc.index_in(pa.array(asked, pa.string()), value_set=reports["report_id"])
    ids = reports["report_id"]
    first = {
        name: ids[int(copy_of[row])].as_py()
        for name, row in zip(asked, rows.to_pylist(), strict=True)
        if row is not None
    }
    same, different = (
        tuple(
            (first.get(one, one), first.get(other, other))
            for one, other in pairs
            if first.get(one, one) != first.get(other, other)
        )
        for pairs in (decided.same, decided.different)
    )
    return Decided(same, different)


def _numbered(group: Ints) -> Ints:
    """Return numbers of incidents without gaps."""
    numbers: Ints = np.unique(group, return_inverse=True)[1].astype(np.int64)
    return numbers


def _of_first(values: Floats, stands: Ints, copy_of: Ints) -> Floats:
    """Return each report's share; a copy has none."""
    shares: Floats = np.where(copy_of == np.arange(len(copy_of)), values[stands], 0.0)
    return shares


def _merged(reports: pa.Table, group: Ints, matched: Matched, disputed: int) -> Merged:
    """Count reports and incidents of what happened: alerts, claims and the like are not merged."""
    counted = pc.is_in(reports["counting_unit"], value_set=pa.array(sorted(merging())))
    own = np.asarray(counted.combine_chunks(), dtype=bool)
    others = len(np.unique(group[~own]))
    low, expected, high = (max(0.0, value - others) for value in matched.total)
    rows = len(np.unique(group[own]))
    return Merged(
        int(own.sum()), rows, min(low, rows), expected, max(high, rows), disputed, matched.conflicts
    )
