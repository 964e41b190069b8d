"""What reading texts gave: rows that wait on the disk, a draft agreement, positions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from zoneinfo import ZoneInfo

from holdfire.case.spoken import from_line
from holdfire.publish.heard import draft_lines, position_lines, statement_lines
from holdfire.statements.draft.drafting import Draft
from holdfire.statements.stance import Position
from holdfire.statements.texts.found import Aside


@dataclass
class Waiting(AbstractContextManager["Waiting"]):
    """Lines of JSON that wait on the disk: however many there are, memory stays the same."""

    _file: IO[str] = field(
        default_factory=lambda: tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
    )
    _count: int = 0

    def __len__(self) -> int:
        """Return how many lines wait."""
        return self._count

    def __iter__(self) -> Iterator[str]:
        """Yield the lines in the order in which they came, without line ends."""
        self._file.seek(0)
        return (line.rstrip("\n") for line in self._file)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Throw the lines away."""
        self._file.close()

    def add(self, line: str) -> None:
        """Put one line by."""
        self._file.write(f"{line}\n")
        self._count += 1

    def clear(self) -> None:
        """Begin anew."""
        self._file.seek(0)
        self._file.truncate()
        self._count = 0


@dataclass
class Done(AbstractContextManager["Done"]):
    """What reading gave: statements and reports wait on the disk, the draft is here."""

    texts: int
    copies: int
    aside: list[Aside]
    draft: Draft
    positions: list[Position]
    case: Path | None
    hashes: set[str]
    tz: ZoneInfo
    written: list[str]
    statements: Waiting
    reports: Waiting

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Throw what waits away."""
        self.statements.__exit__(kind, error, trace)
        self.reports.__exit__(kind, error, trace)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of the statement table, text by text."""
        return map(from_line, self.statements)

    def claims(self) -> Iterator[dict[str, str]]:
        """Yield the reports of violations that the texts tell, each with its text's hash."""
        return map(json.loads, self.reports)

    def as_json(self) -> Iterator[str]:
        """Yield everything as one JSON object, piece by piece."""
        yield '{"statements": ['
        for number, line in enumerate(self.statements):
            yield f"{',' if number else ''}\n{line}"
        concluded = {
            "draft": self.draft.as_json(),
            "positions": [asdict(one) for one in self.positions],
        }
        yield f"\n],{_members(concluded)}"
        yield ',\n "reports": ['
        for number, report in enumerate(self.claims()):
            shown = json.dumps(report, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            yield f"{',' if number else ''}\n  {shown}"
        read = {
            "texts": self.texts,
            "copies": self.copies,
            "set_aside": [
                {"file": one.file, "item": one.item, "reason": one.reason} for one in self.aside
            ],
        }
        yield f"{chr(10) + ' ' if len(self.reports) else ''}],{_members(read)}\n}}\n"

    def lines(self) -> Iterator[str]:
        """Yield everything for a terminal."""
        copies = f", {self.copies:,} of them copies of others" if self.copies else ""
        yield f"Read {self.texts:,} text{'' if self.texts == 1 else 's'}{copies}"
        yield "Statements about a ceasefire, with the passage [characters of the file]"
        yield from statement_lines(self.rows(), self.tz)
        yield "Positions"
        yield from position_lines((asdict(one) for one in self.positions), self.tz)
        yield "Draft of the agreement; nothing is run with it before a person has confirmed it"
        yield from draft_lines(self.draft.as_json())
        if len(self.reports):
            yield f"Reports of violations in the texts: {len(self.reports):,}"
        if self.case is None:
            yield "Nothing was kept. To keep it in a case: --case DIR; as data: --json"
        yield from (f"Wrote {name}" for name in self.written)


def _members(whole: dict[str, Any]) -> str:
    """Return what stands between the braces of an object, without its last line end."""
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str)[1:-2]
