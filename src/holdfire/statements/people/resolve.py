"""From the source passage of each attribution to one person or body of the article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.bodies import Bodies, singular
from holdfire.statements.people.closed import closed
from holdfire.statements.people.coordination import read
from holdfire.statements.people.describe import NUMERALS
from holdfire.statements.people.descriptions import OWNERS, REACH, Descriptions
from holdfire.statements.people.persons import Person
from holdfire.statements.people.phrase import Phrase, is_plural
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.sides import Sides
from holdfire.statements.people.sorts import DETERMINER, NAME
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Speaker

UNNAMED = Speaker("", "unnamed")
_HE, _SHE, _WHO = closed("he"), closed("she"), closed("who")
_REFLEXIVE, _SELF = closed("reflexive"), closed("self")
_IT, _THEY, _ONE = closed("it"), closed("they"), closed("one")
_OTHER_SIDE = closed("other_side")
_DEEPEST = 50


def resolve(article: Article, attributions: Sequence[Attribution], words: Words) -> list[Speaker]:
    """Return who speaks in each attribution, in the order of the attributions.

    Somebody nobody names is of kind ``unnamed`` with an empty name; a private person keeps the
    name and has no role.
    """
    return Resolver(article.text, attributions, words, article.published).speakers()


class Resolver:
    """Resolves the sources of one article."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        words: Words,
        day: date | None = None,
    ) -> None:
        """Read an article that was published on a day."""
        self.scene = scene = Scene(text, attributions, words)
        self.tokens, self.words = scene.tokens, words
        self.bodies = Bodies(scene)
        self.people: dict[int, Person] = {}
        self.others: dict[int, Speaker] = {}
        self._busy: set[int] = set()
        self._name()
        self.sides = Sides(scene, self.people, day)
        self.descriptions = Descriptions(scene, self.sides, self.bodies)

    def speakers(self) -> list[Speaker]:
        """Return the speakers, aligned with the attributions."""
        count = len(self.scene.attributions)
        for i in sorted(range(count), key=self._place):
            self._find(i)
        return [self._speaker(i) for i in range(count)]

    def _place(self, i: int) -> tuple[int, int]:
        one = self.scene.attributions[i]
        return (one.source or one.cue)[0][0], i

    def _name(self) -> None:
        """Resolve the sources that name a person, so that all others can look for them."""
        for i, phrase in enumerate(self.scene.phrases):
            if phrase is None:
                continue
            if self._several(phrase):
                self.others[i] = Speaker(phrase.written, "group")
                self.bodies.hear(phrase.first, self.others[i])
                continue
            for one in phrase.parts or (phrase,):
                if one.name and one.name_at >= 0:
                    stop = min(self.tokens.name_stop(one.name_at), self._end(one))
                    person = self.scene.persons.add(one.name_at, max(stop, one.name_at + 1))
                    self._learn(person, one)
                    if not phrase.parts:
                        self.people[i] = person
                        self.scene.hear(one.name_at, person)

    def _several(self, phrase: Phrase) -> bool:
        """Whether a lone word that begins a sentence is a plural and no name: "Opponents"."""
        n = phrase.first
        alone = phrase.stop - n == 1 or (phrase.of is not None and phrase.of[0] == n + 1)
        return (
            alone
            and phrase.name_at == n
            and is_plural(self.tokens.lowers[n])
            and (n == 0 or self.tokens.sentences[n - 1] != self.tokens.sentences[n])
            and self.scene.persons.named(n, n + 1) is None
        )

    def _end(self, phrase: Phrase) -> int:
        at = phrase.name_at
        while at < self.tokens.count and self.tokens.sorts[at] == NAME:
            at += 1
        return max(at, self.tokens.name_stop(phrase.name_at))

    def _learn(self, person: Person, phrase: Phrase) -> None:
        told = phrase.role_class is not None and phrase.role and not phrase.plural
        if told and all(one.role != phrase.role for one in person.roles):
            person.roles.append(phrase)
        if phrase.party and not person.party:
            person.party = phrase.party

    def _find(self, i: int) -> Person | Speaker:
        if i in self.people:
            return self.people[i]
        if i in self.others:
            return self.others[i]
        if i in self._busy or len(self._busy) > _DEEPEST:
            return UNNAMED
        self._busy.add(i)
        found = self._look(i)
        self._busy.discard(i)
        if isinstance(found, Person):
            self.people[i] = found
            self.scene.hear(self.scene.numbers[i][0], found)
        else:
            word = self.tokens.lowers[self.scene.numbers[i][0]] if self.scene.numbers[i] else ""
            if word not in _IT and word not in _THEY:
                found = self.sides.body(found, self.scene.numbers[i])
            self.others[i] = found
            if self.scene.numbers[i]:
                self.bodies.hear(self.scene.numbers[i][0], found)
        return found

    def _look(self, i: int) -> Person | Speaker:
        phrase = self.scene.phrases[i]
        if phrase is None:
            return UNNAMED
        first = self.scene.numbers[i][0]
        word = self.tokens.lowers[first]
        last = self.tokens.lowers[self.scene.numbers[i][-1]]
        if len(self.scene.numbers[i]) == 1 or (
            first + 1 == self.scene.numbers[i][-1] and last in _REFLEXIVE
        ):
            if word in _SELF:
                return self._own(i)
            if word in _HE or word in _SHE or word in _WHO:
                female = None if word in _WHO else word in _SHE
                return self._he(i, first, female) or UNNAMED
            if word in _IT:
                return self._it(i, first)
            if word in _THEY:
                return self._they(first)
        counted = phrase.determiner in NUMERALS and phrase.role_class is not None
        if phrase.parts:
            return self.bodies.speaker(phrase)
        if counted and phrase.role_class and phrase.role_class.kind == "person":
            return self._stranger(phrase)
        if phrase.kind in ("", "unnamed") or phrase.determiner == "one":
            return self._described(i, phrase)
        return self.bodies.speaker(phrase)

    def _own(self, i: int) -> Person | Speaker:
        parent = self.scene.parents[i]
        return self._find(parent) if parent >= 0 else UNNAMED

    def _it(self, i: int, first: int) -> Person | Speaker:
        parent = self.scene.parents[i]
        if parent >= 0:
            what = first > 0 and self.tokens.lowers[first - 1] == "what"
            start = self.tokens.at(self.scene.attributions[parent].content[0][0])
            inner = None if what else self.bodies.nearest(first, start)
            if inner is not None:
                return inner
            outer = self._find(parent)
            if isinstance(outer, Speaker) and singular(outer):
                return outer
        return self.bodies.it(first, self._told(i)) or UNNAMED

    def _they(self, first: int) -> Person | Speaker:
        """Return the group, or the unnamed sources, that spoke last."""
        last = self.bodies.last(first)
        for n, person in self.scene.heard_before(first, self.tokens.paragraphs[first] - 1):
            if n < last:
                break
            if person.unnamed and any(is_plural(one.head) for one in person.roles):
                return person
        return self.bodies.they(first) or UNNAMED

    def _told(self, i: int) -> frozenset[int]:
        return frozenset(self.tokens.span(self.scene.attributions[i].content))

    def _he(self, i: int, first: int, female: bool | None) -> Person | None:
        scene = self.scene
        parent, quoted = scene.parents[i], False
        barred: Person | None = None
        if parent >= 0:
            quoted = scene.quoted(first)
            outer = self._find(parent)
            # In "she was surprised, a palace source said" the speaker is not yet there.
            earlier = min(self.scene.numbers[parent], default=first) < first
            if isinstance(outer, Person):
                if not quoted and earlier and outer.agrees(female):
                    return outer
                barred = outer if quoted or outer.unnamed else None
        own = self._told(i)

        def fits(n: int, one: Person) -> bool:
            said = n not in own or self._introduced(n, one)
            return said and one is not barred and one.agrees(female)

        return scene.nearest(first, REACH, fits)

    def _introduced(self, n: int, person: Person) -> bool:
        """Whether words bring somebody in with a role: "The mayor, A B, is for it, he said"."""
        return person.at[:1] == [n] and bool(person.roles) and not self.scene.quoted(n)

    def _described(self, i: int, phrase: Phrase) -> Person | Speaker:
        """Resolve "the aide", "his president", "a senior official"."""
        if phrase.kind == "unnamed":
            return self._stranger(phrase)
        of = phrase.of is not None and self.tokens.lowers[phrase.of[0]] == "of"
        if of and not phrase.role and phrase.determiner == "one":
            rest = read(self.tokens, list(range(phrase.first + 2, phrase.stop)))
            if rest is not None and rest.kind == "document":
                return Speaker(phrase.written, "document", "", rest.party)
        if not phrase.role and not phrase.head and phrase.determiner not in _ONE:
            whole = (of and self.bodies.they(phrase.first)) or None
            return whole or Speaker(phrase.written, "group")
        if phrase.determiner in _ONE:
            return self._stranger(phrase)
        if phrase.determiner in ("each", "both") and not phrase.role:
            return Speaker(phrase.written, "group")
        person = self.descriptions.match(phrase, self._quoting(i))
        if person is not None:
            self._learn(person, phrase)
            return person
        if phrase.role_class is None and phrase.determiner == "the" and phrase.head:
            return self.bodies.speaker(phrase)
        return self._stranger(phrase)

    def _stranger(self, phrase: Phrase) -> Person:
        role = self._role_words(phrase)
        party = phrase.party
        for n, one in self.scene.strangers():
            if n == phrase.first:
                one.roles[0].role, one.party = role, party
                return one
        plain = Phrase(phrase.first, phrase.stop, role=role, role_class=phrase.role_class,
                       head=phrase.head)  # fmt: skip
        return Person("", [plain] if role else [], party, None, True, [phrase.first])

    def _role_words(self, phrase: Phrase) -> str:
        first = phrase.first
        while first < phrase.stop and self.tokens.sorts[first] == DETERMINER:
            first += 1
        if first < phrase.stop and self.tokens.lowers[first] == "of":
            return ""
        return self.tokens.words_of(first, phrase.stop)

    def _quoting(self, i: int) -> Person | None:
        """Return who says the words that a description stands in; nobody calls himself so."""
        parent = self.scene.parents[i]
        outer = self._find(parent) if parent >= 0 else None
        return outer if isinstance(outer, Person) else None

    def _speaker(self, i: int) -> Speaker:
        found = self._find(i)
        if isinstance(found, Speaker):
            return found
        phrase = self.scene.phrases[i]
        party = found.party
        owned = False
        for one in (phrase, *found.roles) if party is None and phrase is not None else ():
            if one is not None and (one.owner is not None or one.determiner in OWNERS):
                owned = True
                if one.head not in _OTHER_SIDE:
                    party = party or self.descriptions.owner_party(one)
        if party is None and not owned:
            party = self.sides.of(found)
        found.party = found.party or party
        role = found.role
        standing = self.words.standing(role, party) if role else "none"
        kind = "unnamed" if found.unnamed else "person"
        return Speaker(found.name, kind, role, party, standing)
