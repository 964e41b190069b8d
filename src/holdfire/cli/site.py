"""The verb ``publish``: a static site of a case, for any web host."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from holdfire.cli.progress import progress
from holdfire.pipeline import run
from holdfire.publish.safe import plain

Folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
@click.option("--out", "site", metavar="SITE", type=Folder,
              help="A new folder, or the site to replace.  [default: DIR/site]")  # fmt: skip
@click.option("--base-url", default="", metavar="URL", help=(
              "Where the site will stand: site map and link pictures need it."))  # fmt: skip
@click.option("--tiles", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE.pmtiles", help="A sharper background for the moving map.")  # fmt: skip
def publish(folder: Path, site: Path | None, base_url: str, tiles: Path | None) -> None:
    """Run the case in DIR and write its public site: pages, map, feed and data files.

    The folder can be put on any web host as it is. Published again into the same folder, the
    feed says what is new, changed or withdrawn, and addresses stay.
    """
    from holdfire.siting import publish_site

    target = site if site is not None else folder / "site"
    with progress() as tell:
        done = run(folder, now=datetime.now(UTC), progress=tell)
        written = publish_site(done, target, base_url=base_url, tiles=tiles, tell=tell)
    for problem in done.problems:
        click.echo(f"warning: {plain(problem, 1000)}", err=True)
    click.echo(
        f"Site  {target}\n"
        f"  {written.pages:,} pages, {written.findings:,} of them findings: {written.new:,} new, "
        f"{written.changed:,} changed, {written.gone:,} withdrawn\n"
        f"  to look at it: python3 -m http.server -d {target}"
    )
    if not base_url:
        click.echo("  no sitemap.xml and no pictures of links: they need --base-url")
