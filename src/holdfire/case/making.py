"""Making the folder of a new case."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from secrets import token_hex

from holdfire.terms.loading import FILE

FOLDERS = ("zones", "control", "reports")


def make(folder: Path, *, agreement: bool = True) -> None:
    """Make the folders and files of a case that are not there yet; none is written over.

    The salt that keys the ids is drawn by chance: it is a secret.
    """
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for entry in resources.files("holdfire.starter").iterdir():
        path = folder / entry.name
        if not entry.name.endswith((".toml", ".md")) or path.exists():
            continue
        if entry.name != FILE or agreement:
            text = entry.read_text(encoding="utf-8").replace('"SALT"', f'"{token_hex(16)}"')
            path.write_text(text, encoding="utf-8")
