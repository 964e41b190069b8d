"""Reading recognised files into reports: the same loop for every format.

One row that cannot be used never stops a run and never vanishes: it comes out of
:class:`Batch` as set aside, with its reason. ``rows`` is always the sum of rows used, set
aside and skipped (a line of tags is skipped).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from holdfire.errors import RowError, SourceError, shown
from holdfire.sources.adapter import Adapter, Context, Facts, Notes, Record, UnusableError
from holdfire.sources.catalog import adapter, known
from holdfire.sources.facts import Rules
from holdfire.sources.identity import Seen
from holdfire.sources.recognising import Recognised, records
from holdfire.sources.tabular import Read
from holdfire.tables import report
from holdfire.tables.answer import FileRead

BATCH_ROWS = 50_000
BATCH_CHARACTERS = 64 * 1024 * 1024
FRESH_ROWS = 256
RAW_SET_ASIDE = 10_000
NO_ENCODING = "bytes that are not of the file's encoding"
_OWN_COLUMNS = frozenset(
    {"report_id", "source", "file", "file_sha256", "row", "raw", "republish"}
)  # fmt: skip
_FACT_FIELDS = tuple(field for field in report.SCHEMA if field.name not in _OWN_COLUMNS)
_ADAPTER_FAULTS = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=str).encode


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one file: those used, as reports, and those set aside."""

    reports: pa.RecordBatch
    set_aside: pa.RecordBatch


class Reading:
    """One file being read. Iterate over it once; the counts are complete at the end."""

    def __init__(
        self, recognised: Recognised, context: Context, seen: Seen, batch_rows: int = BATCH_ROWS
    ) -> None:
        if recognised.adapter is None:
            raise SourceError(
                f"{recognised.file.name} is of no known format", advice=recognised.tried()
            )  # fmt: skip
        self.recognised = recognised
        self.rows = 0
        self.used = 0
        self.set_aside = 0
        self.skipped = 0
        self.notes = Notes()
        for note in recognised.notes:
            self.notes.add(note)
        self._source = recognised.adapter
        self._context = dataclasses.replace(context, notes=self.notes, kept={})
        form = recognised.shape
        self._replaced = bool(form and form.encoding and form.errors == "replace")
        self._seen = seen
        self._batch_rows = batch_rows
        self._begun = False
        licensed = known(self._source).republish
        # A case may hold rows back; it cannot set free what the licence holds back.
        self._republish = licensed and context.settings.get("republish", True) is not False

    def summary(self) -> FileRead:
        """Return what became of the file, for the first page of the result."""
        notes = [
            sentence if count == 1 else f"{sentence} ({count:,} rows)"
            for sentence, count in self.notes.told()
        ]
        if self.skipped:
            rows = "row" if self.skipped == 1 else "rows"
            notes.append(f"{self.skipped:,} {rows} of tags under the header skipped")
        return FileRead(
            self.recognised.file.name, self.recognised.sha256, self._source,
            self.rows, self.used, self.set_aside, "; ".join(notes),
        )  # fmt: skip

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches of at most ``batch_rows`` rows; a second time there are none."""
        if self._begun:
            return
        self._begun = True
        self._seen.begin(self.recognised.file.name)
        one = adapter(self._source)
        rules = Rules(self._context)
        waiting = _Waiting()
        for record in records(self.recognised):
            self.rows += 1
            self._take(record, one, rules, waiting)
            if len(waiting) >= self._batch_rows or waiting.characters > BATCH_CHARACTERS:
                yield self._batch(waiting)
                waiting = _Waiting()
        if len(waiting):
            yield self._batch(waiting)

    def _take(self, record: Read, one: Adapter, rules: Rules, waiting: _Waiting) -> None:
        """Turn one record into reports, or a row set aside, or nothing (a line of tags)."""
        raw = ""
        try:
            raw, values = _raw_text(record, self._replaced)
            if record.problem:
                raise UnusableError(record.problem, record.kind)
            found = one.read(Record(record.row, values), self._context)
            told: Sequence[Facts] = (found,) if isinstance(found, dict) else found
            for facts in told:
                rules.apply(facts)
            if not told:
                self.skipped += 1
                return
            name, elsewhere = self._seen.identify(self._source, raw, record.row)
            if elsewhere:
                raise UnusableError(f"the same row as {elsewhere}", "copy")
        except RowError as error:
            self.set_aside += 1
            waiting.put_aside(record.row, _reason(error), getattr(error, "kind", "not usable"), raw)
        except _ADAPTER_FAULTS as error:
            self.set_aside += 1
            reason = f"not understood: {type(error).__name__} {shown(error)}"
            waiting.put_aside(record.row, reason, "not understood by the format", raw)
        else:
            self.used += 1
            for part, facts in enumerate(told):
                waiting.put(record.row, f"{name}-{part + 1}" if part else name, raw, facts)

    def _batch(self, waiting: _Waiting) -> Batch:
        same = {
            "source": self._source, "file": self.recognised.file.name,
            "file_sha256": self.recognised.sha256, "republish": self._republish,
        }  # fmt: skip
        return waiting.batch(same)


class _Waiting:
    """Rows on their way into a batch: one plain list for each column.

    Facts move into the columns a few hundred rows at a time, while they are still in the
    processor's cache: for a million rows that is a quarter of the whole time.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._rows: list[int] = []
        self._ids: list[str] = []
        self._raws: list[str] = []
        self._fresh: list[Facts] = []
        self._columns: dict[str, list[Any]] = {field.name: [] for field in _FACT_FIELDS}
        self._aside: list[tuple[int, str, str, str]] = []

    def __len__(self) -> int:
        return len(self._rows) + len(self._aside)

    def put(self, row: int, name: str, raw: str, facts: Facts) -> None:
        self._rows.append(row)
        self._ids.append(name)
        self._raws.append(raw)
        self._fresh.append(facts)
        self.characters += len(raw)
        if len(self._fresh) >= FRESH_ROWS:
            self._settle()

    def _settle(self) -> None:
        for name, column in self._columns.items():
            column.extend([facts.get(name) for facts in self._fresh])
        self._fresh = []

    def put_aside(self, row: int, reason: str, kind: str, raw: str) -> None:
        kept = raw if len(raw) <= RAW_SET_ASIDE else raw[: RAW_SET_ASIDE - 1] + "…"
        self._aside.append((row, reason, kind, kept))
        self.characters += len(kept)

    def batch(self, same: dict[str, Any]) -> Batch:
        self._settle()
        count = len(self._rows)
        columns: dict[str, pa.Array] = {
            "report_id": pa.array(self._ids, pa.string()),
            "row": pa.array(self._rows, pa.int64()),
            "raw": pa.array(self._raws, pa.string()),
        }
        for name, value in same.items():
            kind = pa.bool_() if isinstance(value, bool) else pa.string()
            columns[name] = pa.repeat(pa.scalar(value, kind), count)
        for field in _FACT_FIELDS:
            name = field.name
            columns[name] = pa.array(self._columns[name], field.type)
        reports = pa.RecordBatch.from_arrays(
            [columns[name] for name in report.SCHEMA.names], schema=report.SCHEMA
        )
        rows, reasons, kinds, raws = (list(part) for part in zip(*self._aside, strict=True)) if (
            self._aside) else ([], [], [], [])  # fmt: skip
        aside = pa.RecordBatch.from_pydict(
            {"file": [same["file"]] * len(rows), "row": rows, "reason": reasons, "kind": kinds,
             "raw": raws},
            schema=report.SET_ASIDE,
        )  # fmt: skip
        return Batch(reports, aside)


def read(
    recognised: Recognised,
    context: Context,
    seen: Seen | None = None,
    *,
    batch_rows: int = BATCH_ROWS,
) -> Reading:
    """Return the reading of a recognised file; iterate over it for its batches.

    ``context`` has the settings of this very file (:func:`holdfire.sources.catalog.settings`).
    Pass the same ``seen`` for all files of a run, and the files sorted by name, so that a row
    that two files hold is used once.
    """
    return Reading(recognised, context, seen or Seen(), batch_rows)


def unread(recognised: Recognised) -> FileRead:
    """Return the entry for a file of no known format: what was tried."""
    note = f"not read: {recognised.tried()}"
    return FileRead(recognised.file.name, recognised.sha256, None, 0, 0, 0, note)


def _reason(error: RowError) -> str:
    problem = error.problem
    return f"{problem.message}; {problem.advice}" if problem.advice else problem.message


def _raw_text(record: Read, replaced: bool) -> tuple[str, dict[str, Any]]:
    """Return a record as JSON text, and its values.

    Sets ``problem`` on a record that no table can hold word for word. ``replaced`` says that
    bytes which are not of the file's encoding were decoded as the replacement character.
    """
    try:
        raw = record.raw_json or _encode(record.raw)
        raw.encode()
    except (ValueError, TypeError, RecursionError):
        # JSON has no NaN and UTF-8 no half characters: write them as text instead.
        try:
            raw = _encode(_plain(record.raw))
            broken = _surrogates(record.raw)
        except (ValueError, TypeError, RecursionError):
            record.problem, record.kind = "it is nested too deeply", "nested too deeply"
            return "", {}
        if broken:
            record.problem, record.kind = f"the row holds {NO_ENCODING}", "encoding"
        return raw, record.values
    if "\\u0000" in raw and "\\\\u0000" not in raw:
        record.problem, record.kind = "a cell holds a NUL byte", "NUL byte"
    elif replaced and "\ufffd" in raw:
        record.problem, record.kind = f"the row holds {NO_ENCODING}", "encoding"
    return raw, record.values


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, int | None) else str(value)


def _surrogates(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return True
    return False
