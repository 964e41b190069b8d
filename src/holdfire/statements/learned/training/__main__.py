"""Train the tagger: ``python -m holdfire.statements.learned.training --corpus … --base … --out …``.

Needs the extra ``train``; what it makes is run with the extra ``model``.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from holdfire.errors import HoldfireError

NEEDED = ("torch", "safetensors", "tokenizers", "onnx", "onnxruntime")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--corpus", required=True, type=FOLDER, help="Folder with train/ and dev/.")
@click.option("--base", required=True, type=FOLDER, help="Folder of the base model's files.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where it goes.")
@click.option("--rounds", default=5, show_default=True, help="How often the corpus is read.")
@click.option("--seed", default=20250313, show_default=True, help="Decides what chance would.")
@click.option("--threads", default=2, show_default=True, help="Processor cores to use.")
def main(corpus: Path, base: Path, out: Path, rounds: int, seed: int, threads: int) -> None:
    """Train the tagger of statements from a corpus you have, and write a model folder.

    Interrupted, it goes on where it was when called again in the same way.
    """
    absent = [name for name in NEEDED if find_spec(name) is None]
    if absent:
        raise HoldfireError(
            f"not installed: {', '.join(absent)}",
            where="holdfire.statements.learned.training",
            advice='pip install "holdfire[train]"',
        )
    from holdfire.statements.learned.training import making

    for line in making.make(corpus, base, out, rounds, seed, threads):
        click.echo(line)


if __name__ == "__main__":
    try:
        main()
    except HoldfireError as error:
        sys.exit(str(error))
