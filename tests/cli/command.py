"""The command line, called in this process as a user would call it."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from holdfire.cli import main


@dataclass(frozen=True)
class Said:
    """What a command printed and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return f"{self.out}{self.err}"


def holdfire(*words: str | Path) -> Said:
    """Run one command. What is no ordinary ending is raised: a user would see a traceback."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        mock.patch.object(sys, "argv", ["holdfire", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 0 if ending.code is None else 1
    said = Said(code, out.getvalue(), err.getvalue())
    assert "Traceback" not in said.text
    return said
