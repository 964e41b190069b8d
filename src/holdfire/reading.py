"""Reading news texts: from files to statements, a draft agreement and reports.

Twice through: the first time every text is cleaned and compared with the others, the second time
one text of each group of copies is read. Between them texts wait on the disk, so that memory
stays the same however many there are.
"""

from __future__ import annotations

import gc
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from typing import Any

from holdfire.case.files import Files
from holdfire.case.making import make
from holdfire.case.spoken import FOLDER, STATEMENTS, as_line, keep_rows
from holdfire.errors import HoldfireError, TimeZoneError
from holdfire.read_outcome import Done, Waiting
from holdfire.statements.article import Article
from holdfire.statements.attribution import Extractor
from holdfire.statements.concluding import Reading, conclude, row
from holdfire.statements.draft.claims import claims_of, write_reports
from holdfire.statements.draft.drafting import Draft, draft
from holdfire.statements.draft.fields import Term
from holdfire.statements.people import Words, case_roles
from holdfire.statements.stance import Ceasefire, Said, positions
from holdfire.statements.statement import Statement
from holdfire.statements.texts.found import Told
from holdfire.statements.texts.waiting import Texts, gather
from holdfire.tables.moment import zone
from holdfire.terms.agreement import Agreement
from holdfire.terms.loading import FILE, load

Progress = Callable[[str], None]
DRAFT = "agreement.draft.toml"
DECIDED = ("accepts", "accepts-on-conditions", "rejects", "proposes")
TAKEN = (*DECIDED, "alleges-violation", "denies-violation")
MOST_DRAFTED = 2_000
"""A draft rests on so many texts at most, those that tell most: more add nothing but memory."""
REPORTS = "reports/from-texts.csv"
CLAIMS = "reports.jsonl"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the texts were read with: words, the ceasefire of a case, its calendar."""

    words: Words
    ceasefire: Ceasefire | None = None
    local_time: str = "UTC"


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


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage in cycles seldom: texts leave little, and looking would take a fifth."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def read_files(
    paths: Sequence[Path], told: Told, extractor: Extractor, heard: Heard,
    case: Path | None, progress: Progress = lambda step: None,
) -> Done:  # fmt: skip
    """Read files and folders of texts; keep what they say in a case, where one is named."""
    with ExitStack() as on_error, _seldom_collected():
        statements = on_error.enter_context(Waiting())
        reports = on_error.enter_context(Waiting())
        with gather(paths, told, progress) as texts:
            found = _Found(extractor, heard, statements, reports)
            drafted = draft(best_told(found.through(texts, progress)))
            if case is not None and heard.ceasefire is None and drafted.passages:
                # Now that it is known which ceasefire the case is about, stances are judged
                # towards that one, as they will be when more is read.
                found.again(_of_draft(drafted, heard, case), texts, progress)
        done = Done(
            texts.articles, texts.articles - found.distinct, texts.aside, drafted,
            positions(found.said), case, found.hashes, zone(found.heard.local_time),
            [], statements, reports,
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
    statements: Waiting
    reports: Waiting
    distinct: int = 0
    hashes: set[str] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)

    def again(self, heard: Heard, texts: Texts, progress: Progress) -> None:
        """Read everything anew with what is known now."""
        self.statements.clear()
        self.reports.clear()
        self.heard, self.distinct, self.said = heard, 0, []
        for _ in self.through(texts, progress):
            pass

    def through(self, texts: Texts, progress: Progress) -> Iterator[Reading]:
        """Yield what each text says, after its rows are put by."""
        for reading in read_texts(texts, self.extractor, self.heard, progress):
            self.distinct += 1
            made = [
                row(reading.article, one, self.extractor.name, self.heard.words)
                for one in reading.statements
            ]
            self.hashes.add(reading.article.sha256)
            for one in made:
                self.statements.add(as_line(one))
            found = claims_of(
                reading.article, reading.statements,
                ids=[one["statement_id"] for one in made], timezone=self.heard.local_time,
            )  # fmt: skip
            for claim in found:
                told = {**claim, "file_sha256": reading.article.sha256}
                self.reports.add(json.dumps(told, ensure_ascii=False))
            self.said += [_said(one) for one in made if one["party"] and one["stance"] in TAKEN]
            yield reading


def _of_draft(drafted: Draft, heard: Heard, case: Path) -> Heard:
    agreement = load(drafted.toml(), Files(case).words(), ()).agreement
    return heard if agreement is None else _heard(agreement, case)


Draftable = tuple[Article, Sequence[Statement], Sequence[Term]]


def best_told(readings: Iterable[Reading]) -> list[Draftable]:
    """Return the texts that tell most of terms and decisions, in whatever order they come in."""
    kept: list[tuple[tuple[int, int, int, str, int], Draftable]] = []
    for one in readings:
        decided = [said for said in one.statements if said.stance.value in DECIDED]
        if not one.terms and not decided:
            continue
        article = one.article
        day = article.published.toordinal() if article.published else 0
        fields = len({term.field for term in one.terms})
        key = (fields, len(one.terms) + len(decided), -day, article.id, article.item)
        # Without what the article has worked out for itself: its text is kept, and no more.
        entry = key, (replace(article), decided, one.terms)
        if len(kept) < MOST_DRAFTED:
            heapq.heappush(kept, entry)
        elif key > kept[0][0]:
            heapq.heapreplace(kept, entry)
    return [told for _, told in sorted(kept, key=lambda entry: entry[0], reverse=True)]


def _said(row: dict[str, Any]) -> Said:
    """Return a row as far as a position rests on it; what is no party's stance is a view."""
    standing = row["standing"] if row["party_stance"] else "none"
    return Said(
        row["statement_id"], row["party"], standing, row["stance"], row["party_stance"],
        row["said_from"], row["said_to"], row["said_precision"] or "", row["published"],
        intern(row["speaker"] or ""), intern(row["role"] or ""), intern(row["about"] or ""),
    )  # fmt: skip


def _keep(case: Path, done: Done) -> None:
    """Write statements, reports and draft into a case; an agreement that is there stays."""
    try:
        _write(case, done)
    except OSError as error:
        raise HoldfireError(
            f"cannot be written to: {error.strerror or error}", where=str(error.filename or case),
            advice="expected a folder of a case that you may write to",
        ) from error  # fmt: skip


def _write(case: Path, done: Done) -> None:
    make(case, agreement=False)
    (case / FOLDER).mkdir(exist_ok=True)
    keep_rows(case / FOLDER / STATEMENTS, done.rows(), done.hashes)
    done.written.append(f"{FOLDER}/{STATEMENTS}")
    kept = case / FOLDER / CLAIMS
    keep_rows(kept, done.claims(), done.hashes)
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    if rows:
        (case / REPORTS).write_text(write_reports(rows), encoding="utf-8", newline="\n")
        done.written.append(REPORTS)
    else:
        (case / REPORTS).unlink(missing_ok=True)
    if done.draft.passages:
        name = DRAFT if (case / FILE).exists() else FILE
        (case / name).write_text(done.draft.toml(), encoding="utf-8", newline="\n")
        done.written.append(name)
