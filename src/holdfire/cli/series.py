"""The verb ``compare``: a daily series of one's own held against the days before."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

File = click.Path(dir_okay=False, exists=True, path_type=Path)


class Day(click.ParamType[date]):
    """A day written 2025-03-18."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or say what one looks like."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no day of the calendar; write it as 2025-03-18", param, ctx)


@click.command()
@click.argument("series", metavar="SERIES.csv", type=File)
@click.option("--of", "many", required=True,
              help='What is counted, in the plural: "hours of air-raid alert".')  # fmt: skip
@click.option("--effect", required=True, type=Day(), help="The first day in effect.")
@click.option("--announced", type=Day(),
              help="The first day of the run-up, which is left out.")  # fmt: skip
@click.option("--until", type=Day(), help="The last day in effect.  [default: the last given]")
@click.option(
    "--before", type=click.IntRange(14),
    help="Days of the baseline.  [default: as many as in effect, 28 or more]",
)  # fmt: skip
@click.option("--break", "breaks", type=Day(), multiple=True,
              help="A day from which the series means something else; nothing is compared "
              "across it. Can be given again.")  # fmt: skip
@click.option("--day", default="date", show_default=True, help="The column of the day.")
@click.option("--count", help="The column of the figure; rows of one day are added up, and a day "
              "without a row is not known. Without it each row counts one.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def compare(series: Path, as_json: bool, **given: Any) -> None:
    """Hold a daily series of your own against the days before: how much it changed, how surely.

    SERIES.csv has a row a day, or several. The change is a ratio with a 95 % interval, beside it
    how often such a change comes at other dates.
    """
    from holdfire.comparing import Question
    from holdfire.comparing import compare as held_against

    found = held_against(series, Question(**given))
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    else:
        click.echo(found.text(), nl=False)
