"""The last step of long work, on one line of the terminal."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from holdfire.publish.safe import plain


class progress:  # noqa: N801 - reads as a verb where it is used
    """Shows the last step on one line of the terminal; nothing where there is none."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._status = self._console.status("")

    def __enter__(self) -> Callable[[str], None]:
        if not self._console.is_terminal:
            return lambda step: None
        self._status.start()
        return lambda step: self._status.update(plain(step))

    def __exit__(self, *error: object) -> None:
        self._status.stop()
