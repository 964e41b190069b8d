"""Where a text names a party, by the words of ``people/parties.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Protocol

_WORD = re.compile(r"(?<![\w’'-])(?:[A-Z]|the\s)[\w’'.-]*")


class Mentions(Protocol):
    """Finds parties in a text."""

    def mentions(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and id of every party named, in the order of the text."""
        ...


class ByTable:
    """Parties by a table of their words."""

    def __init__(self, forms: dict[str, str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for form, party in forms.items():
            self._by_first.setdefault(form.split()[0], []).append((form, party))
        for known in self._by_first.values():
            known.sort(key=lambda one: (-len(one[0]), one))

    def mentions(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and id of every party named, in the order of the text."""
        found: list[tuple[int, int, str]] = []
        for match in _WORD.finditer(text):
            start = match.start()
            if found and start < found[-1][1]:
                continue
            first = match[0].rstrip(".").removesuffix("'s").removesuffix("’s")
            for form, party in self._by_first.get(first, ()):
                end = start + len(form)
                if text.startswith(form, start) and not text[end : end + 1].isalnum():
                    found.append((start, end, party))
                    break
        return found


@cache
def known() -> ByTable:
    """Return the parties that come with holdfire."""
    text = (
        resources.files("holdfire.statements.people")
        .joinpath("parties.toml").read_text(encoding="utf-8")
    )  # fmt: skip
    forms: dict[str, str] = {}
    for group in tomllib.loads(text).values():
        for party, words in group.items():
            for kind in ("names", "people", "capital", "seats"):
                for form in words.get(kind, ()):
                    forms.setdefault(form, party)
                    if kind == "people":
                        forms.setdefault(form + "s", party)
    return ByTable(forms)
