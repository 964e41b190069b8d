"""Which format a file is of, judged by its content and never by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from holdfire.errors import SourceError
from holdfire.sources import columnar, features, tabular
from holdfire.sources.adapter import Sample
from holdfire.sources.catalog import adapter, catalog, known
from holdfire.sources.opening import Opened, Shape, opened, shape
from holdfire.sources.tabular import Read


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of reports: where it is, and its name within the case (``reports/x.csv``)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file turned out to be.

    ``adapter`` is the name of its format, or ``None``; ``why`` what each format had to say,
    or one entry under ``file`` for a file that cannot be read at all.
    """

    file: SourceFile
    sha256: str
    size: int
    adapter: str | None
    why: tuple[tuple[str, str], ...]
    shape: Shape | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def layout(self) -> str:
        """``csv``, ``tsv``, ``parquet``, ``geojson`` or nothing."""
        return self.shape.layout if self.shape else ""

    @property
    def encoding(self) -> str:
        """The text encoding, or nothing for Parquet."""
        return self.shape.encoding if self.shape else ""

    def tried(self) -> str:
        """Return in one line why it is of no known format."""
        if self.why and self.why[0][0] == "file":
            return self.why[0][1]
        return "; ".join(
            f"{catalog()[name].title if name in catalog() else name}: {why}"
            for name, why in self.why
        )


def recognise(file: SourceFile, *, force: str | None = None) -> Recognised:
    """Tell a file's format. ``force`` names one and skips the judging.

    A file that cannot be read is returned as not recognised, with the reason; only an unknown
    name in ``force`` raises :class:`~holdfire.errors.SourceError`.
    """
    if force is not None:
        known(force)
    try:
        found = opened(file.path)
    except SourceError as error:
        return Recognised(file, "", 0, None, (("file", _told(error)),))
    try:
        form = shape(found)
        columns, rows, notes = _head(file.path, form, found)
        if not columns and form.layout != "geojson":
            raise SourceError("it has no columns")
    except (SourceError, OSError) as error:
        return Recognised(file, found.sha256, found.size, None, (("file", _told(error)),))
    told = tuple([form.note, *notes] if form.note else notes)
    sample = Sample(form.layout, tuple(columns), tuple(rows))
    chosen, why = _judged(sample) if force is None else (force, ((force, "named by the case"),))
    return Recognised(
        file, found.sha256, found.size, chosen, why, form, tuple(columns), told
    )  # fmt: skip


def _judged(sample: Sample) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    why: list[tuple[str, str]] = []
    for name in catalog():
        verdict = adapter(name).recognise(sample)
        if verdict.fits:
            return name, ((name, verdict.why),)
        why.append((name, verdict.why))
    return None, tuple(why)


def _told(error: Exception) -> str:
    if not isinstance(error, SourceError):
        return f"it cannot be read: {error}"
    advice = error.problem.advice
    return f"{error.problem.message}: {advice}" if advice else error.problem.message


def _head(
    path: Path, form: Shape, found: Opened
) -> tuple[list[str], list[dict[str, object]], list[str]]:
    if form.layout == "parquet":
        return columnar.head_of(path)
    if form.layout == "geojson":
        return features.head_of(path, form)
    columns, rows, notes = tabular.head_of(found.head, form, found.complete)
    return columns, [dict(row) for row in rows], notes


def records(recognised: Recognised) -> Iterator[Read]:
    """Yield every record of a recognised file."""
    form, path = recognised.shape, recognised.file.path
    if form is None:
        return iter(())
    if form.layout == "parquet":
        return columnar.records(path)
    if form.layout == "geojson":
        return features.records(path, form)
    return tabular.records(path, form)
