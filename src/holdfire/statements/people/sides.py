"""Whose side somebody is on where no word beside the name says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from holdfire.statements.people.closed import closed
from holdfire.statements.people.officeholders import Officeholder, holder
from holdfire.statements.people.persons import Person
from holdfire.statements.people.phrase import Phrase
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.sorts import DETERMINER, KNOWN, NAME, Known
from holdfire.statements.statement import Speaker

_REACH = 3
_OWN, _PUBLIC = closed("own_side"), closed("public")
_CONDITIONAL = closed("conditional")


class Sides:
    """Parties concluded from what stands around a name."""

    def __init__(self, scene: Scene, people: Mapping[int, Person], day: date | None = None) -> None:
        """Keep what to look at; nothing is read before it is asked for."""
        self.scene, self.people, self.tokens, self.day = scene, people, scene.tokens, day
        self._known: dict[int, str | None] = {}
        self._sure: dict[int, str | None] = {}
        self._told_words: frozenset[int] | None = None
        self._spoken: dict[int, list[int]] = defaultdict(list)
        for i, person in people.items():
            self._spoken[id(person)].append(i)
        self._home: str | None = None
        self._looked = False

    def of(self, person: Person, sure: bool = False) -> str | None:
        """Return the party somebody speaks for, judged by the text around, or none.

        ``sure`` looks at what they say only, and not at what stands around.
        """
        told = person.party or self.scene.words.side(person.name)
        if told is not None:
            return told
        role = person.role_class
        if person.unnamed or (role is not None and role.stateless):
            return None
        if any(self.stateless(one) for one in person.roles):
            return None
        if sure:
            return self._said(person)
        if id(person) not in self._known:
            self._known[id(person)] = self._said(person) or self._around(person)
        return self._known[id(person)]

    def _said(self, person: Person) -> str | None:
        at = id(person)
        if at not in self._sure:
            office = self.office(person)
            found = (self._content(i) for i in self._spoken.get(at, ()))
            said = next((one for one in found if one is not None), None) if not office else None
            self._sure[at] = office.party if office is not None else said
        return self._sure[at]

    def office(self, person: Person) -> Officeholder | None:
        """Return the public office that somebody of that name held on the day of the text."""
        return holder(person.name, self.day) if person.name else None

    def stateless(self, phrase: Phrase) -> bool:
        """Whether a role belongs to a body that is no party ("UN envoy")."""
        known = self.tokens.known[phrase.first : phrase.stop]
        return any(one is not None and one.sort == "body" and one.party is None for one in known)

    def _around(self, person: Person) -> str | None:
        state = any(one.role_class is not None and not one.rank for one in person.roles)
        if not state:
            return None
        for phrase in person.roles:
            found = self.before(phrase.first) if self._begins(phrase.first) else None
            if found is not None and not self._taken(person, found):
                return found
        role = person.role_class
        home = self.home() if role is not None and role.home else None
        return home if home and not self._taken(person, home) else None

    def _begins(self, n: int) -> bool:
        """Whether a clause begins at a word, so that what it tells of is not another's act."""
        tokens = self.tokens
        if n and tokens.sorts[n - 1] == DETERMINER:
            n -= 1
        return n == 0 or tokens.apart[n] or tokens.lowers[n - 1] in ("and", "but", "while", "as")

    def _taken(self, person: Person, party: str) -> bool:
        """Whether a party already has somebody else at its head; a state has one president."""
        role = person.role_class
        if role is None or not role.single:
            return False
        return any(
            other is not person
            and other.party == party
            and other.role_class is not None
            and other.role_class.name == role.name
            for other in self.scene.persons.everybody
        )

    def home(self) -> str | None:
        """Return the state that a text is all about, if it is one."""
        if not self._looked:
            self._looked = True
            known, states = self.tokens.known, self.scene.words.states
            ones = [(n, one) for n, _ in self.tokens.named if (one := known[n]) is not None]
            told = Counter(
                one.party
                for n, one in ones
                if one.party in states and not (n and known[n - 1] is one)
            )
            named = {one.party for _, one in ones if one.sort == "party" and not one.capital}
            if told:
                (party, most), *others = told.most_common(2)
                if most > 2 and party in named and not any(count > 1 for _, count in others):
                    self._home = party
        return self._home

    def _content(self, i: int) -> str | None:
        """Return the party that what somebody says begins with: "said that Ukraine had gone"."""
        scene, tokens = self.scene, self.tokens
        one = scene.attributions[i]
        for n in tokens.span(one.cue[-1:])[-1:]:
            if tokens.lowers[n] not in ("told", "tells"):
                continue
            for after in range(n + 1, min(n + 4, tokens.count)):
                known = tokens.known[after]
                if tokens.apart[after]:
                    break
                if known is not None and known.sort == "people" and self._public(known, after):
                    return known.party
        for n in tokens.span(one.content[:1])[:3]:
            if tokens.lowers[n] in _CONDITIONAL:
                return None
            known = tokens.known[n]
            if known is not None and known.sort == "party" and scene.subject(n):
                after = tokens.stops[n]
                own = after < tokens.count and tokens.lowers[after] in _OWN
                doing = after + 1 < tokens.count and tokens.lowers[after + 1].endswith("ing")
                return known.party if own and not doing else None
        return None

    def _public(self, known: Known, n: int) -> bool:
        """Whether words name a whole people: "Israelis", "the American people"."""
        tokens, after = self.tokens, self.tokens.stops[n]
        if known.plural:
            return True
        return after < tokens.count and tokens.lowers[after] in _PUBLIC

    def before(self, n: int) -> str | None:
        """Return the party that the sentence, or the paragraph before it, is about."""
        tokens = self.tokens
        paragraph, sentence = tokens.paragraphs[n], tokens.sentences[n]
        for k in range(n - 1, -1, -1):
            if tokens.paragraphs[k] != paragraph or sentence - tokens.sentences[k] > _REACH:
                return None
            known = tokens.known[k]
            if (
                tokens.sorts[k] == KNOWN
                and known is not None
                and known.party in self.scene.words.states
                and not self._told(k)
                and not (tokens.sentences[k] == sentence and self._conditional(k))
                and (
                    (known.sort == "party" and self.scene.subject(k))
                    or (known.sort == "people" and self._office(k + 1))
                )
            ):
                return known.party
        return None

    def _conditional(self, n: int) -> bool:
        """Whether a word stands in a clause that tells on what another depends."""
        tokens = self.tokens
        k = n
        while (
            k > 0
            and tokens.sentences[k - 1] == tokens.sentences[n]
            and not (tokens.apart[k] or tokens.lowers[k] in _CONDITIONAL)
        ):
            k -= 1
        return tokens.lowers[k] in _CONDITIONAL

    def _office(self, n: int) -> bool:
        """Whether a word names an office of the people before it ("the Ukrainian side")."""
        tokens = self.tokens
        if n >= tokens.count or tokens.apart[n]:
            return False
        role = tokens.words.roles.get(tokens.lowers[n])
        return role is not None and role.kind == "institution"

    def _told(self, n: int) -> bool:
        """Whether a word stands in what somebody says."""
        if self._told_words is None:
            spans = [p for one in self.scene.attributions for p in one.content]
            self._told_words = frozenset(self.tokens.span(spans))
        return n in self._told_words

    def body(self, speaker: Speaker, numbers: list[int]) -> Speaker:
        """Return a body with the party it belongs to, where its words do not tell it.

        "Trump administration" is on the side of the person it is called after.
        """
        if speaker.party is not None or speaker.kind != "institution" or not numbers:
            return speaker
        for n in numbers:
            if self.tokens.sorts[n] == NAME:
                person = self.scene.persons.named(n, n + 1)
                party = person and (person.party or self.of(person))
                return replace(speaker, party=party) if party else speaker
        if speaker.standing == "none":
            return speaker
        party = self.before(numbers[0]) or self.home()
        return replace(speaker, party=party) if party else speaker
