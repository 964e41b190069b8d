"""What a format has to say: can it read this file, and what does one record of it mean.

An adapter is one module of this package, named after its format, with three things:

``NAME``
    its key in ``catalog.toml``;
``recognise(sample)``
    whether the file is of this format, judged by its content and never by its name;
``read(record, context)``
    the facts of one record, as columns of the ``report`` table; it raises
    :class:`UnusableError` for a record that has to be set aside, and returns an empty list for
    one that is no record at all (a line of tags under the header).

Everything else (opening, decoding, hashing, setting rows aside, batches) is done once for
all formats by ``reading.py``. Adapters never import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from holdfire.errors import RowError
from holdfire.terms.vocabulary import Vocabularies

Made = TypeVar("Made")

Facts = dict[str, Any]
"""Columns of the ``report`` table by name; what is left out is null."""


class UnusableError(RowError):
    """One row is set aside. ``kind`` is the short class of reasons it is counted under."""

    def __init__(self, message: str, kind: str, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.kind = kind


class Notes:
    """What is worth telling about a file that was read: short sentences, counted by row."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def add(self, sentence: str) -> None:
        """Count one row under a sentence; beyond 200 sentences they share one."""
        if sentence not in self._rows and len(self._rows) >= 200:
            sentence = "more of the same, not listed"
        self._rows[sentence] = self._rows.get(sentence, 0) + 1

    def told(self) -> tuple[tuple[str, int], ...]:
        """Return every sentence with the number of rows it was said of, most frequent first."""
        return tuple(sorted(self._rows.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file: enough to tell its format.

    ``layout`` is ``csv``, ``tsv``, ``parquet`` or ``geojson``; ``columns`` its header (or the
    property names of the first features); ``rows`` the first few records.
    """

    layout: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whether a file is of a format, and why or why not in a few words."""

    fits: bool
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """One record: ``row`` is its number as a spreadsheet shows it (the header is row 1)."""

    row: int
    values: Mapping[str, Any]


class Names(Protocol):
    """How a case resolves the names that sources use."""

    def party(self, name: str) -> str | None:
        """Return the party's id, ``outsider``, or ``None`` for a name nobody declared."""
        ...

    def area(self, *names: str) -> str | None:
        """Return the area key of the first name that is known, or ``None``.

        A name that fits several areas gives their keys joined with ``|``. Names that are
        not known are counted, so that the case's check can list them by frequency.
        """
        ...

    def near(self, area: str, lon: float, lat: float) -> bool:
        """Whether a point may belong to an area: it is in it or no farther than 100 km off.

        What the drawn outline may be off comes on top.
        """
        ...


@dataclass(frozen=True)
class Context:
    """What the case says about how to read a file: names, words and settings.

    ``settings`` are the catalog's defaults for the format, overridden by ``[sources.NAME]``
    and then by ``[files."reports/x.csv"]`` of the case's ``case.toml``.
    """

    names: Names
    vocabularies: Vocabularies
    settings: Mapping[str, Any]
    notes: Notes = field(default_factory=Notes, compare=False, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def keep(self, key: str, make: Callable[[Context], Made]) -> Made:
        """Return what an adapter works out once per file from the settings, not once per row."""
        if key not in self.kept:
            self.kept[key] = make(self)
        return cast(Made, self.kept[key])


class Adapter(Protocol):
    """The shape of an adapter module."""

    NAME: str

    def recognise(self, sample: Sample) -> Recognition:
        """Say whether the sample is of this format."""
        ...

    def read(self, record: Record, context: Context) -> Facts | Sequence[Facts]:
        """Return the facts of one record; raise ``RowError`` to set it aside."""
        ...
