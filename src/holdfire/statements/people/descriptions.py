"""Whom "the aide", "his president" or "the Ukrainian leader" means."""

from __future__ import annotations

from bisect import bisect_left

from holdfire.statements.people.bodies import Bodies
from holdfire.statements.people.closed import closed
from holdfire.statements.people.persons import Person
from holdfire.statements.people.phrase import Phrase
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.sides import Sides

REACH = 12
"""Sentences back that a pronoun is looked for."""
OWNERS = closed("owners")
_NEAR = 2
_SURE = 2.5
_LATER = 1.5


class Descriptions:
    """Finds the person of a text that a description fits best."""

    def __init__(self, scene: Scene, sides: Sides, bodies: Bodies) -> None:
        """Keep the text, the sides and the bodies that were heard."""
        self.scene, self.sides, self.tokens = scene, sides, scene.tokens
        self.bodies = bodies

    def match(self, phrase: Phrase, barred: Person | None) -> Person | None:
        """Return whom a description means; ``barred`` is who says it, and is never meant."""
        best: tuple[float, int] | None = None
        found: Person | None = None
        party = phrase.party or self.owner_party(phrase)
        owner = self.owner(phrase)
        if phrase.determiner in ("its", "their") and party is None:
            return None
        for person in self.scene.everybody():
            if person is barred or person is owner:
                continue
            before = bisect_left(person.at, phrase.first)
            if person.unnamed and not before:
                continue
            rank = self._alike(person, phrase, party)
            if rank > 0 and not before:
                rank -= 1.5
                if party and rank < _LATER:
                    continue
            near = person.at[before - 1] if before else -min(person.at, default=0)
            if rank > 0 and (best is None or (rank, near) > best):
                best, found = (rank, near), person
        if best is not None and best[0] >= _SURE:
            return found
        if owner is not None or phrase.determiner in ("its", "their"):
            return found
        return self._without_role(phrase, party, barred) or found

    def _without_role(
        self, phrase: Phrase, party: str | None, barred: Person | None
    ) -> Person | None:
        """Return the last to speak of whom the text told no role before: he is "the president"."""
        if phrase.role_class is None or not phrase.head:
            return None
        paragraph = self.tokens.paragraphs[phrase.first] - _NEAR

        def can_be(person: Person) -> bool:
            if person is barred or person.roles or person.unnamed:
                return False
            theirs = person.party or self.sides.of(person, sure=True)
            return not (party and theirs and party != theirs)

        for _, person in self.scene.heard_before(phrase.first, paragraph):
            if can_be(person):
                return person
        # Of those who are only mentioned nobody is likelier than another.
        told: dict[int, Person] = {}
        for n, person in self.scene.persons.before(phrase.first):
            if self.tokens.paragraphs[n] < paragraph:
                break
            if can_be(person):
                told[id(person)] = person
        return next(iter(told.values())) if len(told) == 1 else None

    def _alike(self, person: Person, phrase: Phrase, party: str | None) -> float:
        """Return how well a description fits, 0 where it does not: roles first, then the side."""
        family = self.scene.words.called.get(phrase.head, ())
        score = 0.0
        for role in person.roles:
            theirs, meant = role.role_class, phrase.role_class
            apart = theirs is not None and meant is not None and theirs.name != meant.name
            if role.head == phrase.head and not apart:
                score = 3.0
            elif theirs is not None and meant is not None and theirs.name in family:
                score = max(score, 2.0)
        if not person.roles:
            score = self._by_office(person, phrase, family)
        bare = not person.roles and not person.unnamed and bool(family) and bool(party)
        if not score and not bare:
            return 0
        side = person.party or self.sides.of(person, sure=True)
        if party and side and party != side:
            return 0
        if party and any(self.sides.stateless(one) for one in person.roles):
            return 0
        if not score:
            return 2.0 if side == party else 0
        if not party:
            return score
        return score + (1.0 if side else -0.5)

    def _by_office(self, person: Person, phrase: Phrase, family: tuple[str, ...]) -> float:
        """Return how well a description fits the office somebody is known to hold."""
        office = self.sides.office(person)
        if office is None:
            return 0.0
        words = office.office.split(" of ")[0].split()
        if words[-1] == phrase.head:
            return 3.0
        known = self.scene.words.role(words)
        return 2.0 if known is not None and known.name in family else 0.0

    def owner(self, phrase: Phrase) -> Person | None:
        """Return whose aide "his aide" or "Putin's aide" is."""
        if phrase.owner is not None:
            return self.scene.persons.named(*phrase.owner)
        if phrase.determiner not in ("his", "her"):
            return None
        female = phrase.determiner == "her"
        return self.scene.nearest(phrase.first, REACH, lambda _, one: one.agrees(female))

    def owner_party(self, phrase: Phrase) -> str | None:
        """Return the party of whom somebody belongs to."""
        person = self.owner(phrase)
        if person is not None:
            return person.party or self.sides.of(person)
        if phrase.owner is None and phrase.determiner in ("their", "its"):
            body = self.bodies.it(phrase.first) or self.bodies.they(phrase.first)
            return body.party if body else None
        return None
