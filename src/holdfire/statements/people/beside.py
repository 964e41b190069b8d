"""What stands beside a name: the role before it, the role after its comma."""

from __future__ import annotations

from collections.abc import Iterator

from holdfire.statements.people.closed import closed
from holdfire.statements.people.describe import describe
from holdfire.statements.people.phrase import Phrase
from holdfire.statements.people.sorts import DETERMINER, KNOWN, OTHER, PREPOSITION, ROLE, TITLE
from holdfire.statements.people.tokens import Tokens

_FARTHEST = 12
_BESIDE = (ROLE, TITLE, KNOWN)
_CLAUSE = closed("clause")


class Beside:
    """Reads the roles beside the names of a text."""

    def __init__(self, tokens: Tokens) -> None:
        """Keep the words of the text."""
        self.tokens = tokens

    def phrases(self, first: int, stop: int) -> Iterator[Phrase]:
        """Yield what stands before and after the name from ``first`` to ``stop``."""
        tokens = self.tokens
        before = tokens.gaps[first]
        if before in (" ", "\n", "-") and (phrase := self._prefixed(first)) is not None:
            yield phrase
        after = stop < tokens.count and tokens.gaps[stop] != " "
        if after and (phrase := self._apposed_after(stop)) is not None:
            yield phrase
        if before in (", ", ",\n") and (phrase := self._apposed_before(first)) is not None:
            yield phrase

    def _prefixed(self, first: int) -> Phrase | None:
        start = self._back(first)
        if start == first:
            return None
        return describe(self.tokens, start, first) if start < first else None

    def _back(self, first: int) -> int:
        """Return where the role or party that stands right before a name begins."""
        tokens = self.tokens
        if not first or tokens.sorts[first - 1] not in _BESIDE:
            return first
        n, office = first, tokens.office_before(first)
        while (
            n > 0
            and not tokens.apart[n]
            and first - n < _FARTHEST
            and self._belongs(n - 1, first)
            and n != office
        ):
            n -= 1
        return n

    def _belongs(self, n: int, first: int) -> bool:
        """Whether a word belongs to what stands before the name that begins at ``first``."""
        tokens = self.tokens
        sort, beside = tokens.sorts[n], n == first - 1
        if sort in (ROLE, TITLE):
            return True
        if sort == KNOWN:
            known = tokens.known[n]
            people = known is not None and known.sort == "people"
            return not beside or tokens.owns[n] or people or self._of_known(n)
        if beside:
            return False
        if sort == OTHER:
            return n > 0 and self._adjective(n)
        return sort in (PREPOSITION, DETERMINER) and self._within(n)

    def _of_known(self, n: int) -> bool:
        """Whether a party or place ends a role: "envoy for the Middle East Steve Witkoff"."""
        k = n
        while k > 0 and self.tokens.known[k - 1] is self.tokens.known[n]:
            k -= 1
        if k and self.tokens.sorts[k - 1] == DETERMINER:
            k -= 1
        return k > 1 and self.tokens.sorts[k - 1] == PREPOSITION and self._within(k - 1)

    def _adjective(self, n: int) -> bool:
        before = self.tokens.sorts[n - 1]
        return before == KNOWN and not self.tokens.apart[n] and self.tokens.lowers[n] != "and"

    def _within(self, n: int) -> bool:
        tokens = self.tokens
        if tokens.sorts[n] == DETERMINER:
            return n > 1 and tokens.sorts[n - 1] == PREPOSITION and self._within(n - 1)
        return (
            n > 0
            and tokens.lowers[n] in ("of", "for", "to", "at")
            and tokens.sorts[n - 1] == ROLE
            and not tokens.apart[n]
            and tokens.lowers[n - 1] in tokens.words.head_words
        )

    def _apposed_after(self, stop: int) -> Phrase | None:
        """Read "…, the foreign policy aide to Vladimir Putin," after a name."""
        tokens = self.tokens
        if tokens.gaps[stop].strip() not in (",", "–", "—", "-", "("):
            return None
        end = stop + 1
        while (
            end < tokens.count
            and end - stop < _FARTHEST
            and not (tokens.gaps[end].strip(" \n’'"))
            and not (tokens.sorts[end] == OTHER and tokens.lowers[end] in _CLAUSE)
        ):
            end += 1
        phrase = describe(tokens, stop, end)
        role = phrase.role_class
        if role is None or role.kind != "person" or phrase.name or tokens.lowers[stop] == "and":
            return None
        if any(tokens.sorts[n] == OTHER for n in range(stop, self._head_stop(stop, end))) and not (
            phrase.determiner or tokens.sorts[stop] in (KNOWN, ROLE)
        ):
            return None
        return phrase

    def _head_stop(self, first: int, stop: int) -> int:
        n = first
        while n < stop and self.tokens.sorts[n] != PREPOSITION:
            n += 1
        return n

    def _apposed_before(self, first: int) -> Phrase | None:
        """Read "Armenia's prime minister, Nikol Pashinyan"."""
        tokens = self.tokens
        if first < 2:
            return None
        start = self._back(first - 1)
        if tokens.sorts[first - 1] not in (ROLE, KNOWN):
            return None
        end = first
        # The phrase must have a beginning of its own, or the comma is one of a list.
        if start == 0 or not (
            tokens.sorts[start - 1] == DETERMINER
            or tokens.owns[start - 1]
            or (tokens.known[start] is not None)
        ):
            return None
        if tokens.sorts[start - 1] == DETERMINER or (
            tokens.owns[start - 1] and tokens.sorts[start - 1] == KNOWN
        ):
            start -= 1
        phrase = describe(tokens, start, end)
        return phrase if phrase.role_class is not None and not phrase.name else None
