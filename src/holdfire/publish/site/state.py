"""What the last publication held, so that the feed can say what is new and what changed.

The state is a file of the site itself: one line a finding, with a hash of what its page says.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from holdfire.errors import HoldfireError

FILE = "publication.tsv.gz"
HEADER = "holdfire site 1"


@dataclass(frozen=True, slots=True)
class Known:
    """One finding as it was last published; ``kind`` is new, changed or gone.

    ``updated`` is an instant, ``YYYY-MM-DDThh:mm:ssZ``.
    """

    hash: str
    updated: str
    kind: str


def fingerprint(values: Any) -> str:
    """Return a short hash of what a page says, whatever it looks like."""
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read(site: Path) -> dict[str, Known] | None:
    """Return the last publication's findings, ``None`` for a folder that never held one.

    Raises :class:`HoldfireError` for a folder that holds something else, and for a state that
    cannot be read: nobody's files are overwritten.
    """
    path = site / FILE
    if not path.is_file():
        if site.exists() and (not site.is_dir() or any(site.iterdir())):
            raise HoldfireError(
                "is no site of holdfire, and not empty",
                where=str(site), advice="name a new folder with --out",
            )  # fmt: skip
        return None
    try:
        first, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        if first != HEADER:
            raise ValueError(first)
        return {name: Known(mark, updated, kind) for name, mark, updated, kind in rows}
    except (OSError, ValueError, EOFError) as error:
        raise HoldfireError(
            "cannot be read as the state of the last publication",
            where=str(path), advice="put it back, or publish into a new folder",
        ) from error  # fmt: skip


def following(
    before: Mapping[str, Known] | None, now: Iterable[tuple[str, str, str]], as_of: str
) -> dict[str, Known]:
    """Return the state after a publication.

    ``now`` has id, hash and the instant of its newest report for each finding; ``as_of`` is when
    the newest that the case knows was told: a change is dated by it, never by the clock.
    """
    earlier = before or {}
    made: dict[str, Known] = {}
    for name, mark, told in now:
        known = earlier.get(name)
        if known is None or known.kind == "gone":
            made[name] = Known(mark, told, "new" if known is None else "changed")
        elif known.hash == mark:
            made[name] = known
        else:
            made[name] = Known(mark, max(as_of, known.updated), "changed")
    for name, known in earlier.items():
        if name not in made:
            gone = replace(known, kind="gone", updated=max(as_of, known.updated))
            made[name] = known if known.kind == "gone" else gone
    return made


def write(site: Path, state: Mapping[str, Known]) -> None:
    """Write the state; equal states give equal bytes."""
    lines = [HEADER]
    lines += [
        f"{name}\t{one.hash}\t{one.updated}\t{one.kind}" for name, one in sorted(state.items())
    ]
    text = ("\n".join(lines) + "\n").encode()
    (site / FILE).write_bytes(gzip.compress(text, 6, mtime=0))
