"""The files of a case folder, read once; what is wrong with one is noted and not raised."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from holdfire.case import effort
from holdfire.case.settings import Settings
from holdfire.errors import Problem
from holdfire.terms.loading import structural
from holdfire.terms.locate import Lines, tables
from holdfire.terms.vocabulary import KINDS, Vocabularies, extended, shipped

LARGEST = 256 * 2**20


@dataclass
class Files:
    """Reads the files of a case folder and gathers their problems and hashes."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    lines: Lines = field(default_factory=lambda: Lines(""))

    def setting(
        self, path: tuple[str, ...], message: str, severity: Literal["error", "warning"] = "error"
    ) -> None:
        """Note what is wrong with a setting, at its line."""
        line = self.lines.of(path)
        where = f"case.toml:{line}" if line else "case.toml"
        self.problems.append(Problem(where, f"{'.'.join(path)}: {message}", severity=severity))

    def text(self, name: str) -> str | None:
        """Return a file's text, or ``None`` where there is none that can be read."""
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            if path.stat().st_size > LARGEST:
                self.problems.append(Problem(name, f"larger than {LARGEST // 2**20} MiB"))
                return None
            data = path.read_bytes()
        except OSError as error:
            self.problems.append(Problem(name, f"cannot be opened: {error.strerror}"))
            return None
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.problems.append(Problem(name, f"not UTF-8: {error.reason} at byte {error.start}"))
            return None

    def settings(self) -> Settings:
        """Return ``case.toml``, or the defaults."""
        text = self.text("case.toml")
        if text is None:
            return Settings()
        self.lines = Lines(text)
        raw = tables(text, "case.toml")
        if isinstance(raw, Problem):
            self.problems.append(raw)
            return Settings()
        try:
            return Settings.model_validate(raw)
        except ValidationError as error:
            self.problems.extend(structural(error, text, raw, "case.toml"))
        return Settings()

    def effort(self) -> Mapping[date, float] | None:
        """Return the reporting effort by day, ``None`` where the case tells none."""
        text = self.text(effort.FILE)
        if text is None:
            return None
        found, problems = effort.parse_effort(text)
        self.problems.extend(problems)
        return found

    def words(self) -> Vocabularies:
        """Return the shipped vocabularies with the case's own nodes."""
        found = []
        for kind in KINDS:
            name = f"vocabulary/{kind}.toml"
            text = self.text(name)
            vocabulary, problems = (
                (shipped(kind), []) if text is None else extended(kind, text, name)
            )
            self.problems.extend(problems)
            found.append(vocabulary)
        return Vocabularies(*found)
