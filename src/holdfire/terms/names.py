"""Names of parties: what sources call them, in any language, matched to one id."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from holdfire.errors import Problem, shown
from holdfire.tables.report import OUTSIDER
from holdfire.terms.agreement import Agreement


def folded(name: str) -> str:
    """Return a name as it is compared: case, accents' form and spaces made alike."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class PartyNames:
    """Every name and alias of an agreement's parties and of those it does not bind."""

    def __init__(self, agreement: Agreement) -> None:
        self._ids: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.shared: list[str] = []
        """The name that each problem is about."""
        for party in agreement.parties:
            self._add(party.id, [party.id, *party.names.values(), *party.aliases])
        for outsider in agreement.outsiders:
            self._add(OUTSIDER, [outsider.name, *outsider.aliases])

    def _add(self, party: str, names: Iterable[str]) -> None:
        for name in names:
            taken = self._ids.setdefault(folded(name), party)
            if taken != party:
                self.shared.append(name)
                self.problems.append(
                    Problem(
                        "agreement.toml",
                        f"the name {shown(name)} belongs to both {taken} and {party}",
                        "a name can belong to one of them only",
                    )
                )

    def find(self, name: str) -> str | None:
        """Return the party's id, ``outsider``, or ``None`` for a name that nobody declared."""
        return self._ids.get(folded(name))
