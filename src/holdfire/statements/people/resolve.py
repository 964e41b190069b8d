"""From the source passage of each attribution to one person or body of the article."""

from __future__ import annotations

from collections.abc import Sequence

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.bodies import Bodies, singular
from holdfire.statements.people.persons import Person
from holdfire.statements.people.phrase import NUMERALS, Phrase, is_plural, read
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.sides import Sides
from holdfire.statements.people.tokens import DETERMINER, NAME
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Speaker

UNNAMED = Speaker("", "unnamed")
_HE = {"he": False, "she": True, "him": False, "her": True, "who": None, "himself": False,
       "herself": True, "whose": None}  # fmt: skip
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "too", "also"})
_SELF = frozenset({"i", "we", "me", "us", "my", "our"})
_IT = frozenset({"it", "which", "that", "itself"})
_THEY = frozenset({"they", "them", "themselves"})
_REACH = 12
_NEAR = 2
_SURE = 2.5
_LATER = 1.5
_ONE = frozenset({"one", "another", "a", "an"})
_OWNERS = frozenset({"his", "her", "their", "its"})
_FAMILIES = {
    "leader": ("head-of-state", "head-of-government", "leader", "commander"),
    "politician": ("head-of-state", "head-of-government", "leader", "lawmaker", "minister"),
    "diplomat": ("foreign-and-defence", "ambassador", "deputy-minister", "negotiator"),
    "minister": ("foreign-and-defence", "minister", "deputy-minister"),
    "premier": ("head-of-government",),
    "general": ("commander",), "commander": ("commander",),
    "spokesperson": ("spokesperson",), "spokesman": ("spokesperson",),
    "spokeswoman": ("spokesperson",), "envoy": ("ambassador",), "ambassador": ("ambassador",),
    "aide": ("aide",), "adviser": ("aide",), "advisor": ("aide",),
    "official": ("official", "spokesperson", "aide", "minister", "deputy-minister", "lawmaker"),
    "lawmaker": ("lawmaker",), "negotiator": ("negotiator",), "blogger": ("voice",),
    "officer": ("commander",), "soldier": ("commander",),
    "man": ("voice",), "woman": ("voice",), "chief": ("official", "commander", "leader"),
}  # fmt: skip


def resolve(article: Article, attributions: Sequence[Attribution], words: Words) -> list[Speaker]:
    """Return who speaks in each attribution, in the order of the attributions.

    Somebody nobody names is of kind ``unnamed`` with an empty name; a private person keeps the
    name and has no role.
    """
    return Resolver(article.text, attributions, words).speakers()


class Resolver:
    """Resolves the sources of one article."""

    def __init__(self, text: str, attributions: Sequence[Attribution], words: Words) -> None:
        """Read the article."""
        self.scene = scene = Scene(text, attributions, words)
        self.tokens, self.words = scene.tokens, words
        self.bodies = Bodies(scene)
        self.people: dict[int, Person] = {}
        self.others: dict[int, Speaker] = {}
        self._busy: set[int] = set()
        self._name()
        self.sides = Sides(scene, self.people)

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
        while at < len(self.tokens) and self.tokens.sorts[at] == NAME:
            at += 1
        return max(at, self.tokens.name_stop(phrase.name_at))

    def _learn(self, person: Person, phrase: Phrase) -> None:
        if phrase.role_class is not None and phrase.role and not phrase.plural:
            if all(one.role != phrase.role for one in person.roles):
                person.roles.append(phrase)
        if phrase.party and not person.party:
            person.party = phrase.party

    def _find(self, i: int) -> Person | Speaker:
        if i in self.people:
            return self.people[i]
        if i in self.others:
            return self.others[i]
        if i in self._busy:
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
            if word in _HE:
                return self._he(i, first, _HE[word]) or UNNAMED
            if word in _IT:
                return self._it(i, first)
            if word in _THEY:
                return self.bodies.they(first) or Speaker("", "unnamed")
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
                if not quoted and earlier and _agrees(outer, female):
                    return outer
                barred = outer if quoted or outer.unnamed else None
        own = self._told(i)
        sentence = self.tokens.sentences[first]
        for back in range(sentence, max(sentence - _REACH, -1), -1):
            found = [
                (n, one)
                for n, one in scene.mentions(back, first)
                if (n not in own or self._introduced(n, one))
                and one is not barred
                and _agrees(one, female)
            ]
            if found:
                return self._best(found)
        return None

    def _introduced(self, n: int, person: Person) -> bool:
        """Whether words bring somebody in with a role: "The mayor, A B, is for it, he said"."""
        return person.at[:1] == [n] and bool(person.roles) and not self.scene.quoted(n)

    def _best(self, found: list[tuple[int, Person]]) -> Person:
        spoke = [one for n, one in found if n in self.scene.sources]
        if spoke:
            return spoke[-1]
        subjects = [one for n, one in found if self.scene.subject(n)]
        return subjects[0] if subjects else found[-1][1]

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
        person = self._match(i, phrase)
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

    def _match(self, i: int, phrase: Phrase) -> Person | None:
        best: tuple[float, int] | None = None
        found: Person | None = None
        party = phrase.party or self._owner_party(phrase)
        barred = self._quoting(i)
        owner = self._owner(phrase)
        strangers = [one for _, one in self.scene.strangers()]
        everybody = [
            *self.scene.persons.everybody,
            *(p for _, _, p in self.scene.heard),
            *strangers,
        ]
        for person in everybody:
            before = [n for n in person.at if n < phrase.first]
            if (person.unnamed and not before) or person is barred or person is owner:
                continue
            rank = self._alike(person, phrase, party)
            if rank <= 0:
                continue
            if not before:
                rank -= 1.5
                if party and rank < _LATER:
                    continue
            near = before[-1] if before else -min(person.at, default=0)
            if best is None or (rank, near) > best:
                best, found = (rank, near), person
        if best is not None and best[0] >= _SURE:
            return found
        if owner is not None or phrase.determiner in ("its", "their"):
            return found
        return self._without_role(phrase, party, barred) or (
            found if best and best[0] > 0 else None
        )

    def _quoting(self, i: int) -> Person | None:
        """Return who says the words that the description stands in; nobody calls himself so."""
        parent = self.scene.parents[i]
        outer = self._find(parent) if parent >= 0 else None
        return outer if isinstance(outer, Person) else None

    def _without_role(
        self, phrase: Phrase, party: str | None, barred: Person | None
    ) -> Person | None:
        """Return the last to speak of whom the text told no role before: he is "the president"."""
        if phrase.role_class is None or not phrase.head:
            return None
        paragraph = self.tokens.paragraphs[phrase.first]
        heard = [(n, one) for n, _, one in reversed(self.scene.heard) if n < phrase.first]
        for n, person in (*heard, *self.scene.persons.before(phrase.first)):
            if person is barred or person.roles or person.unnamed:
                continue
            if paragraph - self.tokens.paragraphs[n] > _NEAR:
                continue
            theirs = person.party or self.sides.of(person, sure=True)
            if not (party and theirs and party != theirs):
                return person
        return None

    def _alike(self, person: Person, phrase: Phrase, party: str | None) -> float:
        theirs = person.party or self.sides.of(person, sure=True)
        if party and theirs and party != theirs:
            return 0
        rank = 1.0 if party and party == theirs else 0.0
        if party and not theirs:
            rank = -0.5
        family = _FAMILIES.get(phrase.head, ())
        score = 0.0
        for role in person.roles:
            if role.head == phrase.head and (
                role.role_class is None
                or phrase.role_class is None
                or role.role_class.name == phrase.role_class.name
            ):
                score = max(score, 3.0)
            elif role.role_class and phrase.role_class and role.role_class.name in family:
                score = max(score, 2.0)
        if not score and not person.roles and not person.unnamed and party and party == theirs:
            score = 1.0 if family else 0.0
        return score + rank if score else 0

    def _owner(self, phrase: Phrase) -> Person | None:
        """Return whose aide "his aide" or "Putin's aide" is."""
        if phrase.owner is not None:
            return self.scene.persons.named(*phrase.owner)
        first = phrase.first
        if phrase.determiner not in ("his", "her"):
            return None
        sentence = self.tokens.sentences[first]
        for back in range(sentence, max(sentence - _REACH, -1), -1):
            female = phrase.determiner == "her"
            found = [
                (n, one) for n, one in self.scene.mentions(back, first) if _agrees(one, female)
            ]
            if found:
                return self._best(found)
        return None

    def _owner_party(self, phrase: Phrase) -> str | None:
        person = self._owner(phrase)
        if person is not None:
            return person.party or self.sides.of(person)
        if phrase.owner is None and phrase.determiner in ("their", "its"):
            body = self.bodies.it(phrase.first) or self.bodies.they(phrase.first)
            return body.party if body else None
        return None

    def _speaker(self, i: int) -> Speaker:
        found = self._find(i)
        if isinstance(found, Speaker):
            return found
        phrase = self.scene.phrases[i]
        party = found.party
        owned = False
        for one in (phrase, *found.roles) if party is None and phrase is not None else ():
            if one is not None and (one.owner is not None or one.determiner in _OWNERS):
                owned = True
                if one.head != "counterpart":
                    party = party or self._owner_party(one)
        if party is None and not owned:
            party = self.sides.of(found)
        found.party = found.party or party
        role = found.role
        standing = self.words.standing(role, party) if role else "none"
        kind = "unnamed" if found.unnamed else "person"
        return Speaker(found.name, kind, role, party, standing)


def _agrees(person: Person, female: bool | None) -> bool:
    return female is None or person.female is None or person.female == female
