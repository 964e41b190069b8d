"""The verbs for texts: ``read`` and ``evaluate``.

What reads texts is imported when a verb is used: no other command has to wait for it.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import click

from holdfire.cli.progress import progress
from holdfire.errors import HoldfireError
from holdfire.publish.safe import plain
from holdfire.statements.extractors import NAMES, extractor

ASIDE_SHOWN = 10
File = click.Path(path_type=Path)
Folder = click.Path(file_okay=False, path_type=Path)
_extractor = click.option(
    "--extractor", "name", type=click.Choice(NAMES), default="rules", show_default=True,
    help="What finds the statements: rules, a trained model, or a language model that is asked.",
)  # fmt: skip
_model = click.option("--model", type=Folder, help="Folder of a trained model.")


@click.command()
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True, type=File)
@click.option("--case", type=Folder, help="Keep what is read in this case: made if there is none.")
@click.option("--outlet", default="", help="Who published the texts, where they do not say.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@_extractor
@_model
@click.option("--json", "as_json", is_flag=True, help="Print statements and draft as data.")
def read(
    articles: tuple[Path, ...], case: Path | None, outlet: str, published: datetime | None,
    name: str, model: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Read news texts: who says what about the ceasefire, through whom, and what its terms are.

    ARTICLE is a file or a folder: plain text, HTML, PDF with a text layer, RSS, JSON or JSONL.
    """
    from holdfire.reading import heard_in, read_files
    from holdfire.statements.asked import Asked
    from holdfire.statements.texts.found import Told
    from holdfire.statements.texts.limits import FIRST_YEAR, LAST_YEAR

    if published is not None and not FIRST_YEAR <= published.year <= LAST_YEAR:
        raise click.BadParameter(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}: --published")
    if model is not None and name != "model":
        raise click.BadParameter("--model is for --extractor model")
    told = Told(outlet=outlet, published=published.date() if published else None)
    finds = extractor(name, model=model, environment=os.environ)
    if isinstance(finds, Asked):
        click.echo(plain(finds.notice, 1000), err=True)
    with progress() as tell:
        done = read_files(sorted(set(articles)), told, finds, heard_in(case), case, tell)
    with done:
        if as_json:
            for piece in done.as_json():
                click.echo(piece, nl=False)
        elif done.texts:
            for line in done.lines():
                click.echo(line)
    if isinstance(finds, Asked):
        for reason, count in sorted(finds.thrown.items()):
            click.echo(f"answers thrown away: {plain(reason, 200)}: {count:,}", err=True)
    for one in done.aside[:ASIDE_SHOWN]:
        where = f"{one.file} text {one.item}" if one.item > 1 else one.file
        click.echo(f"set aside: {plain(where, 200)}: {plain(one.reason, 300)}", err=True)
        if one.advice:
            click.echo(f"  {plain(one.advice, 300)}", err=True)
    if len(done.aside) > ASIDE_SHOWN:
        click.echo(f"set aside: {len(done.aside) - ASIDE_SHOWN:,} more", err=True)
    if not done.texts:
        raise HoldfireError(
            "no text could be read", advice="expected news in English: text, HTML, PDF, RSS, JSONL"
        )


@click.group()
def evaluate() -> None:
    """Score a stage against annotated data."""


@evaluate.command()
@click.argument("corpus", metavar="CORPUS", type=Folder)
@_extractor
@_model
@click.option("--check", is_flag=True, help="Only check that the annotation can be read.")
@click.option("--errors", is_flag=True, help="List what was missed and what was wrongly found.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as data.")
def statements(
    corpus: Path, name: str, model: Path | None, check: bool, errors: bool, as_json: bool
) -> None:
    """Score an extractor on CORPUS: a folder of NAME.txt with NAME.toml, or of brat .ann files."""
    from holdfire.evaluating import evaluate_statements
    from holdfire.statements.evaluate.corpus import load

    texts = load(corpus)
    if check:
        count = sum(len(one.statements) for one in texts)
        click.echo(f"{len(texts)} texts, {count} statements: nothing wrong")
        return
    finds = extractor(name, model=model, environment=os.environ)
    with progress() as tell:
        done = evaluate_statements(texts, finds, tell)
    if as_json:
        click.echo(json.dumps(done.as_json(), indent=1, ensure_ascii=False))
        return
    for line in done.lines(errors=errors):
        click.echo(line)


@evaluate.command()
@click.argument("reports", metavar="REPORTS...", nargs=-1, required=True, type=File)
@click.option(
    "--truth",
    type=File,
    required=True,
    help="CSV with event_id (or report_id) and incident_id: what is truly one incident.",
)
@click.option("--case", type=Folder, help="A case whose names, areas and settings are used.")
@click.option("--embedding", type=Folder, help="Folder of a sentence model that compares texts.")
@click.option("--seed", default=0, show_default=True, help="Of the partitions that are drawn.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as data.")
def merge(
    reports: tuple[Path, ...], truth: Path, case: Path | None, embedding: Path | None, seed: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Merge REPORTS, files of any known format, and score that against the TRUTH."""
    from holdfire.evaluating_merge import evaluate_merge

    with progress() as tell:
        done = evaluate_merge(reports, truth, case, seed=seed, embedding=embedding, progress=tell)
    if as_json:
        click.echo(json.dumps(done.as_json(), indent=1, ensure_ascii=False))
        return
    for line in done.lines():
        click.echo(line)
