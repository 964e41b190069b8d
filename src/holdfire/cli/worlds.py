"""The verb ``simulate``: reports of an invented world, with the truth beside them."""

from __future__ import annotations

from pathlib import Path

import click

from holdfire.errors import HoldfireError

Folder = click.Path(file_okay=False, path_type=Path)
MOST = 10_000_000


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--regime", default="dense", show_default=True,
              help="The kind of world; a name that is none lists them.")  # fmt: skip
@click.option("--reports", default=10_000, show_default=True, type=click.IntRange(1, MOST))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0),
              help="The same seed makes the same world.")  # fmt: skip
@click.option("--text", is_flag=True, help="Give every report a few sentences, too.")
def simulate(folder: Path, regime: str, reports: int, seed: int, text: bool) -> None:
    """Write reports of an invented world into DIR, and what truly happened beside them.

    For planning and for measuring: DIR/reports has a file for each source, DIR/truth.csv
    says which reports are one incident.
    """
    from holdfire.simulate import simulate as make
    from holdfire.simulate.writing import write

    if folder.exists() and any(folder.iterdir()):
        raise HoldfireError("the folder is not empty", where=str(folder), advice="name a new one")
    world = make(regime, reports, seed, text=text)
    write(world, folder)
    told, true = world.reports.num_rows, world.incidents.num_rows
    click.echo(f"{told:,} invented reports of {true:,} incidents in {folder}. How well they merge:")
    click.echo(f"  holdfire evaluate merge {folder}/reports/*.csv --truth {folder}/truth.csv")
