"""The verb ``simulate``: reports of an invented world, with the truth beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from holdfire.errors import HoldfireError

if TYPE_CHECKING:
    from holdfire.simulate import Regime, World

Folder = click.Path(file_okay=False, path_type=Path)
MOST = 10_000_000
MOST_DAYS = 3_650


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--regime", metavar="NAME | FILE.toml", help=(
              "The kind of world; a name that is none lists them.  "
              "[default: dense; sparse with --effect]"))  # fmt: skip
@click.option("--reports", type=click.IntRange(1, MOST), help=(
              "How many; about so many where there is a ceasefire.  [default: 10000]"))  # fmt: skip
@click.option("--per-day", type=click.FloatRange(0, 100_000, min_open=True),
              help="Incidents a day before the ceasefire, instead of --reports.")  # fmt: skip
@click.option("--effect", type=click.FloatRange(0, 20), help=(
              "Add a ceasefire: the rate in effect as a multiple of that before; "
              "0.5 halves it, 1 changes nothing."))  # fmt: skip
@click.option("--days-before", type=click.IntRange(0, MOST_DAYS),
              help="Days before the ceasefire and its run-up.  [default: 60]")  # fmt: skip
@click.option("--days", type=click.IntRange(1, MOST_DAYS),
              help="Days of the ceasefire.  [default: 30]")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0),
              help="The same seed makes the same world.")  # fmt: skip
@click.option("--text", is_flag=True, help="Give every report a few sentences, too.")
def simulate(
    folder: Path, regime: str | None, reports: int | None, per_day: float | None,
    effect: float | None, days_before: int | None, days: int | None, seed: int, text: bool,
) -> None:  # fmt: skip
    """Write reports of an invented world into DIR, and what truly happened beside them.

    For planning and for measuring: DIR/reports has a file for each source, DIR/truth.csv
    says which reports are one incident. With a ceasefire DIR is a whole case, and
    DIR/truth.toml and DIR/truth-daily.csv say what its answer should be.
    """
    from holdfire.simulate import simulate as make
    from holdfire.simulate import with_ceasefire

    if folder.exists() and any(folder.iterdir()):
        raise HoldfireError("the folder is not empty", where=str(folder), advice="name a new one")
    if reports is not None and per_day is not None:
        raise click.UsageError("--reports and --per-day both set the rate: give one of them")
    chosen = _chosen(regime or ("dense" if effect is None else "sparse"))
    asked: dict[str, Any] = {"effect": effect, "days_before": days_before, "days": days}
    given = {name: value for name, value in asked.items() if value is not None}
    if given and effect is None and chosen.ceasefire is None:
        raise click.UsageError(
            "there is no ceasefire to last so many days: add --effect, or [ceasefire] in --regime"
        )
    if given:
        chosen = with_ceasefire(chosen, given)
    if per_day is not None:
        chosen = replace(chosen, incidents_per_day=per_day)
    world = make(chosen, reports, seed, text=text)
    world.write(folder)
    told, true = world.reports.num_rows, world.incidents.num_rows
    click.echo(f"{told:,} invented reports of {true:,} incidents in {folder}.", nl=False)
    if chosen.ceasefire is None:
        click.echo(" How well they merge:")
        click.echo(f"  holdfire evaluate merge {folder}/reports/*.csv --truth {folder}/truth.csv")
        return
    _say_ceasefire(world, folder)


def _chosen(asked: str) -> Regime:
    from holdfire.simulate import read_regime, regime

    return read_regime(Path(asked)) if asked.lower().endswith(".toml") else regime(asked)


def _say_ceasefire(world: World, folder: Path) -> None:
    """Print what is true, and the command whose answer can be held against it."""
    ceasefire = world.regime.ceasefire
    if ceasefire is None:
        return
    starts = ceasefire.starts(world.regime.first_day)
    click.echo(f" In effect for {ceasefire.days} days from {starts}; the true ratios:")
    for (clause, party), ratio in world.true_ratios.items():
        true = "nothing of the kind ever happens" if ratio is None else f"{ratio:.2f}"
        click.echo(f"  {clause}, {party or 'all'}: {true}")
    click.echo(f"Every true count: {folder}/truth.toml, {folder}/truth-daily.csv. The answer:")
    click.echo(f"  holdfire run {folder}")
