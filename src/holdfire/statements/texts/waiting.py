"""Texts that wait on the disk between their cleaning and their reading, copies found meanwhile."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import IO

from holdfire.statements.article import Article
from holdfire.statements.texts.copies import Copies
from holdfire.statements.texts.found import Aside, Told
from holdfire.statements.texts.opening import texts_of


@dataclass
class Texts(AbstractContextManager["Texts"]):
    """Articles waiting on the disk, and what became of the files."""

    articles: int = 0
    aside: list[Aside] = field(default_factory=list)
    _file: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    _found: Copies = field(default_factory=Copies)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Throw the waiting texts away."""
        self._file.close()

    def add(self, article: Article) -> None:
        """Take in one text."""
        self._found.add(article)
        pickle.dump(article, self._file, protocol=5)
        self.articles += 1

    def distinct(self) -> Iterator[Article]:
        """Yield one text of each group of copies, with every outlet that carried it."""
        groups = self._found.groups()
        self._file.seek(0)
        for _ in range(self.articles):
            article: Article = pickle.load(self._file)  # noqa: S301 - written above, by us
            copied = groups[article.id]
            if copied.stands == article.id:
                yield replace(article, outlets=copied.outlets)


def gather(
    paths: Sequence[Path], told: Told, progress: Callable[[str], None] = lambda step: None
) -> Texts:
    """Open and clean every text of the files and folders, and find copies."""
    texts = Texts()
    for found in texts_of(paths, told=told):
        if isinstance(found, Aside):
            texts.aside.append(found)
            continue
        texts.add(found)
        if texts.articles % 50 == 0:
            progress(f"opened {texts.articles:,} texts")
    return texts
