"""Reading news texts: from files to statements, a draft agreement and reports.

Twice through: the first time every text is cleaned and compared with the others, the second time
one text of each group of copies is read. Between them texts wait on the disk, so that memory
stays the same however many there are.
"""

from __future__ import annotations

import json
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from holdfire.case.files import Files
from holdfire.case.making import make
from holdfire.case.spoken import FOLDER, STATEMENTS, as_line, from_line, keep_rows
from holdfire.errors import TimeZoneError
from holdfire.publish.heard import draft_lines, position_lines, statement_lines
from holdfire.statements.article import Article
from holdfire.statements.attribution import Extractor
from holdfire.statements.concluding import Reading, conclude, row
from holdfire.statements.draft.claims import claims_of, write_reports
from holdfire.statements.draft.drafting import Draft, draft
from holdfire.statements.people import Words, case_roles
from holdfire.statements.stance import Ceasefire, Position, Said, positions
from holdfire.statements.texts.copies import Copies
from holdfire.statements.texts.found import Aside, Told
from holdfire.statements.texts.opening import texts_of
from holdfire.tables.moment import zone
from holdfire.terms.agreement import Agreement
from holdfire.terms.loading import FILE, load

Progress = Callable[[str], None]
DRAFT = "agreement.draft.toml"
DECIDED = ("accepts", "accepts-on-conditions", "rejects", "proposes")
REPORTS = "reports/from-texts.csv"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the texts were read with: words, the ceasefire of a case, its calendar."""

    words: Words
    ceasefire: Ceasefire | None = None
    local_time: str = "UTC"


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


def gather(paths: Sequence[Path], told: Told, progress: Progress = lambda step: None) -> Texts:
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


def read_texts(
    texts: Texts, extractor: Extractor, heard: Heard, progress: Progress = lambda step: None
) -> Iterator[Reading]:
    """Yield what each distinct text says."""
    for number, article in enumerate(texts.distinct(), 1):
        yield conclude(
            article, extractor, heard.words, ceasefire=heard.ceasefire, tz=zone(heard.local_time)
        )
        if number % 50 == 0:
            progress(f"read {number:,} of {texts.articles:,} texts")


def heard_in(case: Path | None) -> Heard:
    """Return what a case adds: its ceasefire, the names of its parties, its own roles."""
    if case is None:
        return Heard(Words.load())
    files = Files(case)
    text = files.text(FILE)
    agreement = None if text is None else load(text, files.words(), ()).agreement
    if agreement is None:
        return Heard(Words.load().with_case(roles=case_roles(case)))
    return _heard(agreement, case)


def _heard(agreement: Agreement, case: Path) -> Heard:
    aliases = {
        name: party.id
        for party in agreement.parties
        for name in (*party.names.values(), *party.aliases)
    }
    words = Words.load().with_case(aliases, case_roles(case))
    return Heard(words, Ceasefire.of_agreement(agreement), _local(agreement))


def _local(agreement: Agreement) -> str:
    """Return the agreement's time zone; UTC while a draft leaves it open."""
    try:
        return zone(agreement.agreement.local_time).key
    except TimeZoneError:
        return "UTC"


@dataclass
class Done(AbstractContextManager["Done"]):
    """What reading gave: the statements wait on the disk, the draft is here."""

    texts: int
    copies: int
    aside: list[Aside]
    draft: Draft
    claims: list[dict[str, str]]
    positions: list[Position]
    case: Path | None
    written: list[str]
    _rows: IO[str]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Throw the waiting statements away."""
        self._rows.close()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of the statement table, text by text."""
        self._rows.seek(0)
        return (from_line(line) for line in self._rows)

    def as_json(self) -> Iterator[str]:
        """Yield everything as one JSON object, piece by piece."""
        self._rows.seek(0)
        yield '{"statements": ['
        for number, line in enumerate(self._rows):
            yield f"{',' if number else ''}\n{line.rstrip()}"
        rest = {
            "draft": self.draft.as_json(),
            "positions": [asdict(one) for one in self.positions],
            "reports": self.claims,
            "texts": self.texts,
            "copies": self.copies,
            "set_aside": [
                {"file": one.file, "item": one.item, "reason": one.reason} for one in self.aside
            ],
        }
        inside = json.dumps(rest, ensure_ascii=False, indent=1, default=str)
        yield f"\n],{inside[1:]}\n"

    def lines(self) -> Iterator[str]:
        """Yield everything for a terminal."""
        copies = f", {self.copies:,} of them copies of others" if self.copies else ""
        yield f"Read {self.texts:,} text{'' if self.texts == 1 else 's'}{copies}"
        yield "Statements about a ceasefire, with the passage [characters of the file]"
        yield from statement_lines(self.rows())
        yield "Positions"
        yield from position_lines(asdict(one) for one in self.positions)
        yield "Draft of the agreement; nothing is run with it before a person has confirmed it"
        yield from draft_lines(self.draft.as_json())
        if self.claims:
            yield f"Reports of violations in the texts: {len(self.claims):,}"
        if self.case is None:
            yield "Nothing was kept. To keep it in a case: --case DIR; as data: --json"
        yield from (f"Wrote {name}" for name in self.written)


def read_files(
    paths: Sequence[Path], told: Told, extractor: Extractor, heard: Heard,
    case: Path | None, progress: Progress = lambda step: None,
) -> Done:  # fmt: skip
    """Read files and folders of texts; keep what they say in a case, where one is named."""
    spool = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - Done closes it
    with ExitStack() as on_error:
        on_error.enter_context(spool)
        with gather(paths, told, progress) as texts:
            found = _Found(extractor, heard, spool)
            drafted = draft(
                (one.article, one.statements, one.terms)
                for one in found.through(texts, progress)
                if _tells(one)
            )
            if case is not None and heard.ceasefire is None and drafted.passages:
                # Now that it is known which ceasefire the case is about, stances are judged
                # towards that one, as they will be when more is read.
                found.again(_of_draft(drafted, heard, case), texts, progress)
        done = Done(
            texts.articles, texts.articles - found.distinct, texts.aside, drafted, found.claims,
            positions(found.said), case, [], spool,
        )  # fmt: skip
        if case is not None:
            _keep(case, done)
        on_error.pop_all()
    return done


@dataclass
class _Found:
    """What is gathered while texts are read one by one."""

    extractor: Extractor
    heard: Heard
    spool: IO[str]
    distinct: int = 0
    claims: list[dict[str, str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def again(self, heard: Heard, texts: Texts, progress: Progress) -> None:
        """Read everything anew with what is known now."""
        self.spool.seek(0)
        self.spool.truncate()
        self.heard, self.distinct = heard, 0
        self.claims, self.said = [], []
        for _ in self.through(texts, progress):
            pass

    def through(self, texts: Texts, progress: Progress) -> Iterator[Reading]:
        """Yield what each text says, after its rows are put by."""
        for reading in read_texts(texts, self.extractor, self.heard, progress):
            self.distinct += 1
            made = [row(reading.article, one, self.extractor.name) for one in reading.statements]
            self.spool.writelines(f"{as_line(one)}\n" for one in made)
            self.claims += claims_of(
                reading.article, reading.statements,
                ids=[one["statement_id"] for one in made], timezone=self.heard.local_time,
            )  # fmt: skip
            self.said += [_said(one) for one in made]
            yield reading


def _of_draft(drafted: Draft, heard: Heard, case: Path) -> Heard:
    agreement = load(drafted.toml(), Files(case).words(), ()).agreement
    return heard if agreement is None else _heard(agreement, case)


def _tells(one: Reading) -> bool:
    """Whether a text can add to a draft: it tells a term, or who takes a stance on one."""
    return bool(one.terms) or any(said.stance.value in DECIDED for said in one.statements)


def _said(row: dict[str, Any]) -> Said:
    """Return a row as far as a position rests on it; what is no party's stance is a view."""
    standing = row["standing"] if row["party_stance"] else "none"
    return Said(
        row["statement_id"], row["party"], standing, row["stance"], row["party_stance"],
        row["said_from"], row["said_to"], row["said_precision"] or "", row["published"],
        row["speaker"] or "", row["role"] or "", row["about"] or "",
    )  # fmt: skip


def _keep(case: Path, done: Done) -> None:
    """Write statements, reports and draft into a case; an agreement that is there stays."""
    make(case, agreement=False)
    (case / FOLDER).mkdir(exist_ok=True)
    keep_rows(case / FOLDER / STATEMENTS, done.rows())
    done.written.append(f"{FOLDER}/{STATEMENTS}")
    if done.claims:
        (case / REPORTS).write_text(write_reports(done.claims), encoding="utf-8", newline="\n")
        done.written.append(REPORTS)
    if done.draft.passages:
        name = DRAFT if (case / FILE).exists() else FILE
        (case / name).write_text(done.draft.toml(), encoding="utf-8", newline="\n")
        done.written.append(name)
