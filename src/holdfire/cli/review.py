"""The verb ``review``: doubtful pairs of reports, one after another, decided by a person."""

from __future__ import annotations

import getpass
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfire.publish.safe import plain
from holdfire.tables.decision import DIFFERENT, SAME, UNDO

if TYPE_CHECKING:
    from holdfire.reviewing import Review

Folder = click.Path(file_okay=False, path_type=Path)
KEYS = "[s]ame incident  [d]ifferent  [n]ot sure, next  [u]ndo the last  [q]uit"


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--by", default="", help="Who decides; asked for where it is not given.")
@click.option("--why", default="", help="Why, in your own words.")
@click.option("--same", nargs=2, metavar="REPORT REPORT", help="Decide that two are one incident.")
@click.option("--different", nargs=2, metavar="REPORT REPORT", help="Decide that they are not.")
@click.option("--undo", metavar="DECISION", help="Take a decision back; this is a row too.")
@click.option("--list", "listed", is_flag=True, help="List the decisions, and go.")
@click.option("--pairs", default=20, show_default=True, help="How many pairs to go through.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as data.")
def review(
    folder: Path, by: str, why: str, same: tuple[str, str] | None,
    different: tuple[str, str] | None, undo: str | None, listed: bool, pairs: int, as_json: bool,
) -> None:  # fmt: skip
    """Go through the doubtful pairs of the last run of DIR, those that tell most first.

    What you decide is kept in DIR/decisions.jsonl, to which is only ever added; the next
    run follows it.
    """
    from holdfire.reviewing import review_case

    found = review_case(folder)
    for problem in found.problems:
        click.echo(plain(problem, 1000), err=True)
    if listed:
        _list(found, as_json)
        return
    asked = [(SAME, same), (DIFFERENT, different), (UNDO, (undo,) if undo else None)]
    for kind, about in asked:
        if about:
            made = found.say(kind, about, by=by or _asked_name(), why=why, at=datetime.now(UTC))
            click.echo(f"{made.decision_id} kept in {folder}/decisions.jsonl; to follow it: "
                       f"holdfire run {folder}")  # fmt: skip
    if not any(about for _, about in asked):
        _through(found, by or _asked_name(), pairs, folder)


def _list(found: Review, as_json: bool) -> None:
    from holdfire.reviewing import told

    stand = {one.decision_id for one in found.decided()}
    for one in found.rows():
        back = one.kind != UNDO and one.decision_id not in stand
        if as_json:
            row = {"decision": one.decision_id, "at": one.at.isoformat(), "by": one.by,
                   "kind": one.kind, "about": one.about, "why": one.why,
                   "stands": not back}  # fmt: skip
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(plain(told(one, back), 400))


def _through(found: Review, by: str, pairs: int, folder: Path) -> None:
    """Show pair after pair until there are none, or the reviewer has had enough."""
    made: list[str] = []
    seen = 0
    for row in found.next(pairs):
        seen += 1
        click.echo(f"\n{found.text(row)}")
        while True:
            key = click.prompt(KEYS, default="n", show_default=False).strip().casefold()[:1]
            if key == "u" and made:
                back = made.pop()
                found.say(UNDO, (back,), by=by, why="", at=datetime.now(UTC))
                click.echo(f"{back} is taken back")
            elif key == "u":
                click.echo("nothing was decided yet")
            elif key in "sdnq":
                break
        if key == "q":
            break
        if key in "sd":
            why = click.prompt("why", default="", show_default=False)
            kind = SAME if key == "s" else DIFFERENT
            about = (row["report_a"], row["report_b"])
            made.append(
                found.say(kind, about, by=by, why=why, at=datetime.now(UTC)).decision_id
            )  # fmt: skip
    if not seen:
        click.echo("no pair is left in doubt")
    elif made:
        click.echo(f"{len(made)} kept in {folder}/decisions.jsonl; to follow them: "
                   f"holdfire run {folder}")  # fmt: skip


def _asked_name() -> str:
    """Ask who decides; the name of the account is offered."""
    known = ""
    with suppress(OSError, KeyError, ImportError):
        known = getpass.getuser()
    return str(click.prompt("your name", default=known or None))
