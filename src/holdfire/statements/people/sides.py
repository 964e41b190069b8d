"""Whose side somebody is on where no word beside the name says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from holdfire.statements.people.persons import Person
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.tokens import KNOWN
from holdfire.statements.statement import Speaker

_STATELESS = frozenset({"voice", "body", "document", "unnamed"})
_REACH = 3


class Sides:
    """Parties concluded from what stands around a name."""

    def __init__(self, scene: Scene, people: Mapping[int, Person]) -> None:
        """Keep what to look at; nothing is read before it is asked for."""
        self.scene, self.people, self.tokens = scene, people, scene.tokens
        self._known: dict[int, str | None] = {}

    def of(self, person: Person) -> str | None:
        """Return the party somebody speaks for, judged by the text around, or none."""
        if person.party is not None:
            return person.party
        role = person.role_class
        if person.unnamed or (role is not None and role.name in _STATELESS):
            return None
        if id(person) not in self._known:
            self._known[id(person)] = None
            self._known[id(person)] = self._around(person)
        return self._known[id(person)]

    def _around(self, person: Person) -> str | None:
        votes: Counter[str] = Counter()
        if person.roles:
            for n in person.at[:1]:
                found = self.before(n)
                if found is not None:
                    votes[found] += 1
        for i, one in self.people.items():
            if one is person:
                found = self._content(i)
                if found is not None:
                    votes[found] += 1
        if not votes:
            return None
        most = votes.most_common(2)
        return most[0][0]

    def _content(self, i: int) -> str | None:
        """Return the party that what somebody says begins with: "said that Ukraine had gone"."""
        scene, tokens = self.scene, self.tokens
        one = scene.attributions[i]
        for n in tokens.span(one.cue[-1:])[-1:]:
            for after in range(n + 1, min(n + 4, len(tokens))):
                known = tokens.known[after]
                if known is not None and known.sort == "people":
                    return known.party
        numbers = tokens.span(one.content[:1])[:3]
        for n in numbers:
            known = tokens.known[n]
            if known is not None and known.sort == "party" and scene.subject(n):
                return known.party
        return None

    def before(self, n: int) -> str | None:
        """Return the party that the sentence, or the paragraph before it, is about."""
        tokens = self.tokens
        paragraph, sentence = tokens.paragraphs[n], tokens.sentences[n]
        first: str | None = None
        for k in range(n - 1, -1, -1):
            if tokens.paragraphs[k] != paragraph or sentence - tokens.sentences[k] > _REACH:
                break
            known = tokens.known[k]
            if (
                tokens.sorts[k] == KNOWN
                and known is not None
                and known.sort == "party"
                and self.scene.subject(k)
            ):
                first = known.party
                break
        return first

    def body(self, speaker: Speaker, numbers: list[int]) -> Speaker:
        """Return a body with the party it belongs to, where its words do not tell it."""
        if speaker.party is not None or speaker.kind != "institution" or not numbers:
            return speaker
        if speaker.standing == "none":
            return speaker
        party = self.before(numbers[0])
        return replace(speaker, party=party) if party else speaker
