"""One reading of a dump in a process of its own, measured step by step; prints JSON."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import nearest
from benchmarks.child import cpu_s, stage_peak_mib, start_peak_anew
from holdfire import reading
from holdfire.statements import concluding
from holdfire.statements.grammar import Rules
from holdfire.statements.texts import waiting
from holdfire.statements.texts.copies import Copies
from holdfire.statements.texts.found import Told

STEPS: tuple[tuple[str, tuple[tuple[Any, str], ...]], ...] = (
    ("open and clean", ((waiting, "texts_of"),)),
    ("copies", ((Copies, "add"), (Copies, "groups"))),
    ("attributions", ((Rules, "attributions"),)),
    ("people", ((concluding, "resolve"), (concluding, "chains"))),
    (
        "stance, day, place",
        tuple(
            (concluding, name)
            for name in ("main_ceasefire", "stances", "carries", "about", "circumstances")
        ),
    ),
    ("mode", ((concluding, "mode"), (concluding, "quotations"))),
    ("terms", ((concluding, "terms_of"),)),
    ("claims", ((reading, "claims_of"),)),
    ("rows", ((reading, "row"), (reading, "as_line"))),
    ("draft and positions", ((reading, "draft"), (reading, "positions"))),
)
"""What belongs to a step: the functions where the chain looks them up."""

REST = "waiting on the disk, and the rest"


class Steps:
    """Counts processor seconds to the step that is at work; a step within another is its own."""

    def __init__(self) -> None:
        self.took = {**{name: 0.0 for name, _ in STEPS}, REST: 0.0}
        self._running = [REST]
        self._since = time.process_time()

    def watch(self) -> None:
        """Count every function of :data:`STEPS` from now on."""
        for step, functions in STEPS:
            for owner, name in functions:
                setattr(owner, name, self._watched(step, getattr(owner, name)))

    def _watched(self, step: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def within(*given: Any, **named: Any) -> Any:
            self._enter(step)
            try:
                made = call(*given, **named)
            finally:
                self._leave()
            return self._drawn(step, made) if isinstance(made, Iterator) else made

        return within

    def _drawn(self, step: str, made: Iterator[Any]) -> Iterator[Any]:
        nothing = object()
        while True:
            self._enter(step)
            try:
                one = next(made, nothing)
            finally:
                self._leave()
            if one is nothing:
                return
            yield one

    def _enter(self, step: str) -> None:
        self._count()
        self._running.append(step)

    def _leave(self) -> None:
        self._count()
        self._running.pop()

    def _count(self) -> None:
        now = time.process_time()
        self.took[self._running[-1]] += now - self._since
        self._since = now


def rules(path: Path, *, by_step: bool) -> dict[str, Any]:
    """Read a dump by rules, through the whole chain."""
    heard, finds, steps = reading.heard_in(None), Rules(), Steps()
    finds.attributions("Nothing was said.")
    if by_step:
        steps.watch()
    begun = cpu_s()
    with reading.read_files([path], Told(), finds, heard, None) as done:
        took = cpu_s() - begun
        statements = sum(1 for _ in done.rows())
        return {"cpu_s": took, "texts": done.texts, "copies": done.copies,
                "found": statements, "claims": len(done.reports), "steps": steps.took}  # fmt: skip


def instead(path: Path) -> dict[str, Any]:
    """Read a dump with what one would use instead."""
    begun = cpu_s()
    found = nearest.through(path)
    return {"cpu_s": cpu_s() - begun, "found": found}


if __name__ == "__main__":
    what, dump = sys.argv[1], Path(sys.argv[2])
    start_peak_anew()
    told = instead(dump) if what == "instead" else rules(dump, by_step=what == "steps")
    print(json.dumps({**told, "peak_mib": stage_peak_mib()}))
