"""The command line: one verb per thing a person wants to do.

Exit codes: 0 done; 1 the case or a file of it cannot be used, and why was said; 2 the command
line is wrong; 3 ``check`` found nothing that stops a run, but rows or files that were set aside.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from holdfire import __version__
from holdfire.case.making import make
from holdfire.checking import check_case
from holdfire.cli.progress import progress
from holdfire.cli.review import review
from holdfire.cli.series import compare
from holdfire.cli.site import publish
from holdfire.cli.texts import evaluate, read
from holdfire.cli.worlds import simulate
from holdfire.engines.store import query, table
from holdfire.errors import HoldfireError
from holdfire.explaining import explain_finding, explain_pair
from holdfire.pipeline import Run
from holdfire.pipeline import run as run_case
from holdfire.publish.safe import plain
from holdfire.publish.terminal import summary
from holdfire.publishing import publish_internal
from holdfire.sources import catalog
from holdfire.terms.agreement import Agreement
from holdfire.terms.vocabulary import KINDS, Kind, shipped

SET_ASIDE, UNUSABLE = 3, 1
Folder = click.Path(file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="holdfire")
def cli() -> None:
    """Is the ceasefire holding? An answer with evidence.

    A case is a folder: an agreement, and reports in any known format.
    """


@cli.command()
@click.argument("folder", metavar="DIR", type=Folder)
def new(folder: Path) -> None:
    """Make a new case in DIR, with an agreement to fill in."""
    if folder.exists() and any(folder.iterdir()):
        raise HoldfireError("the folder is not empty", where=str(folder), advice="name a new one")
    make(folder)
    click.echo(f"Made {folder}. Write the agreement, put reports into {folder}/reports, then:")
    click.echo(f"  holdfire check {folder}\n  holdfire run {folder}")


@cli.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(folder: Path, as_json: bool) -> None:
    """Say what was understood of the case in DIR, and everything that is wrong with it."""
    with progress() as tell:
        found = check_case(folder, tell)
    click.echo(
        json.dumps(found.as_json(), indent=1, ensure_ascii=False) if as_json else found.text()
    )
    if not found.usable:
        sys.exit(UNUSABLE)
    if found.set_aside or found.unread:
        sys.exit(SET_ASIDE)


@cli.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--json", "as_json", is_flag=True, help="Print the answer's figures as JSON.")
@click.option(
    "--internal", is_flag=True, help="Write out/internal/bulletin.html, too, with full detail."
)
def run(folder: Path, as_json: bool, internal: bool) -> None:
    """Hold the reports in DIR against its agreement, and write the answer to DIR/out."""
    with progress() as tell:
        done = run_case(folder, now=datetime.now(UTC), progress=tell)
    if internal:
        publish_internal(done.case, done.answer, done.internal)
    for problem in done.problems:
        click.echo(f"warning: {plain(problem, 1000)}", err=True)
    if as_json:
        click.echo((done.case.out / "indicators.json").read_text(encoding="utf-8"), nl=False)
        return
    example = _example(done)
    click.echo(summary(done.answer, f"{folder}/out/bulletin.html", example), nl=False)


@cli.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.argument("finding", metavar="FINDING | REPORT")
@click.argument("other", metavar="[REPORT]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain(folder: Path, finding: str, other: str | None, as_json: bool) -> None:
    """Lay one FINDING of the last run open: its reports, the answers and their reasons.

    FINDING is an id, or the beginning of one, from the bulletin or out/findings.csv. With two
    ids of reports: how far each thing speaks for their being one incident.
    """
    if other is not None:
        row, text = explain_pair(folder, finding, other)
        click.echo(json.dumps(row, indent=1, ensure_ascii=False) if as_json else text, nl=as_json)
        return
    found = explain_finding(folder, finding)
    if as_json:
        whole = {
            "finding": found.finding, "incident": found.incident, "reports": found.reports,
            "reasons": found.reasons, "pairs": found.pairs, "remarks": found.remarks,
        }  # fmt: skip
        click.echo(json.dumps(whole, indent=1, ensure_ascii=False, default=str))
        return
    click.echo(found.text, nl=False)
    for remark in found.remarks:
        click.echo(f"\nnote: {plain(remark)}")


@cli.command()
def formats() -> None:
    """List the formats of reports that are recognised, and their licences."""
    for name, known in catalog().items():
        click.echo(f"{name:<16} {known.title}\n{'':<16} {known.licence}")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of agreement.toml, for editors."""
    made = Agreement.model_json_schema(by_alias=True)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    click.echo(json.dumps(whole, indent=1, ensure_ascii=False))


def _lister(kind: Kind) -> Callable[[], None]:
    def listed() -> None:
        vocabulary = shipped(kind)
        below: dict[str, list[str]] = {}
        for node in vocabulary.nodes.values():
            for above in node.broader:
                below.setdefault(above, []).append(node.id)

        def tell(name: str, depth: int) -> None:
            click.echo(
                f"{'  ' * depth}{name:<{max(4, 36 - 2 * depth)}} {vocabulary.nodes[name].means}"
            )
            for child in below.get(name, []):
                tell(child, depth + 1)

        tell(vocabulary.root, 0)

    return listed


for _kind in KINDS:
    cli.command(name=_kind, help=f"List the {_kind} that clauses and reports can name.")(
        _lister(_kind)
    )


def _example(done: Run) -> str:
    """Return a case and a finding worth explaining: one in doubt, if there is one."""
    first = done.answer.readings[0][0] if done.answer.readings else ""
    found = query(
        f"SELECT finding_id FROM {table(done.internal, 'findings')} WHERE verdict <> 'no' "
        "ORDER BY reading <> ?, verdict <> 'unknown', decided_by <> 'time', finding_id LIMIT 1",
        first,
    )["finding_id"].to_pylist()
    return f"{done.case.folder} {found[0]}" if found else ""


cli.add_command(compare)
cli.add_command(review)
cli.add_command(publish)
cli.add_command(simulate)
cli.add_command(read)
cli.add_command(evaluate)


def main() -> None:
    """Run the command line; errors of the family are printed, never traced."""
    try:
        cli(standalone_mode=False)
    except HoldfireError as error:
        click.echo(str(error), err=True)
        sys.exit(UNUSABLE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
