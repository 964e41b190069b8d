"""What a content tells of a ceasefire: its signals weighed one by one, in order.

Each signal is asked the same questions: whose is it (the speaker's own side, the other side, both,
nobody's), is it turned round by a negation, is it only supposed ("if Moscow refuses"), is it what
ought to be ("must accept"). What another side holds is no stance of the speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.statements.stance.reading import Content, Page
from holdfire.statements.stance.rules import Hit, rules

_BOUNDARY = re.compile(
    r" (?:[,;:()—–¦.?!“”\"]|that|which|who|whose|and|but|while|because|if|after|before|as|when|whether|unless"
    r"|until|although|though|so|since|despite|where) "
)
_STOP = re.compile(r" [.?!] ")
_SUBJECT = re.compile(r" (@\S+)(?= )")
_OBJECT_OF = re.compile(r" (?:with|to|from|against|by|in|on|for|between|at|into|than|like|the) $")
_PASSIVE = re.compile(r" be (?:\w+ ){0,2}$")
_AGENT = re.compile(r" by (?:\S+ ){0,4}?(@\S+) ")

DECISIVE = ("deny", "violate", "attack", "refuse", "end", "worthless", "accept", "keep", "propose")


@dataclass(frozen=True, slots=True)
class Told:
    """A stance found in a content; ``at`` and ``until`` are where its signal stands in it.

    ``value`` is one of ``STANCES`` or empty where nothing was found. ``owner`` is whose the
    decisive signal is: ``own``, ``other``, ``both`` or ``none``.
    """

    value: str = ""
    at: int = 0
    until: int = 0
    owner: str = "none"


@dataclass(frozen=True, slots=True)
class Telling:
    """One content under judgement: whose it is and what is known of the article around it."""

    page: Page
    content: Content
    party: str | None
    institution: bool
    in_force: bool
    """Whether the article speaks of breaches: then attacks are told as such."""

    def clause(self, place: int) -> int:
        """Return where the clause of a place begins."""
        begins = 0
        for found in _BOUNDARY.finditer(self.content.text, 0, place):
            begins = found.end() - 1
        return begins

    def sentence(self, place: int) -> tuple[int, int]:
        """Return where the sentence of a place begins and ends."""
        begins = 0
        for found in _STOP.finditer(self.content.text):
            if found.start() >= place:
                return begins, found.start() + 1
            begins = found.end() - 1
        return begins, len(self.content.text)

    def owner(self, hit: Hit) -> str:
        """Return whose a signal is: ``own``, ``other``, ``both`` or ``none``."""
        text = self.content.text
        if _PASSIVE.search(text, max(hit.start - 40, 0), hit.start) and not self.page.raw(
            self.content, hit.start
        ).endswith("ing"):
            agent = _AGENT.search(text, hit.end, hit.end + 80)
            return self._party(agent[1]) if agent else "none"
        place = hit.start
        for _ in range(3):
            begins = self.clause(place)
            subject = self._subject(begins, place)
            if subject:
                return subject
            if begins == 0 or text[begins - 1 : begins] in ".?!¦":
                break
            place = begins
        return "none"

    def _subject(self, begins: int, place: int) -> str:
        text = self.content.text
        best = len(text)
        found = ""
        for match in _SUBJECT.finditer(text, begins, place + 1):
            if not _OBJECT_OF.search(text, max(match.start() - 12, 0), match.start() + 1) or (
                text[match.start() - 4 : match.start() + 1] == " the "
            ):
                best, found = match.start(), self._party(match[1])
                break
        for name in ("both", "own", "other"):
            pronoun = rules().questions[name].search(text, begins, place)
            if pronoun and pronoun.start() < best:
                best, found = pronoun.start(), name
        return found

    def _party(self, word: str) -> str:
        return "own" if self.party is not None and word[1:] == self.party else "other"

    def lead(self, hit: Hit) -> str:
        """Return the words of a signal's clause before it, at most six."""
        words = self.content.text[self.clause(hit.start) : hit.start].split()
        return f" {' '.join(words[-6:])} "

    def weighed(self, hit: Hit) -> Told:
        """Return what one signal tells of the speaker's stance."""
        ask = rules().asks
        lead = self.lead(hit)
        name = hit.name
        supposed = ask("supposed", lead) or ask(
            "supposed", self.content.text, self.clause(hit.start) - 8, hit.start
        )
        negated = ask("negation", lead)
        owner = self.owner(hit)
        if name == "worthless":
            value = "" if negated else "rejects"
        elif supposed or ask("may", lead):
            value = ""
        elif name in ("violate", "attack", "deny", "accuse"):
            value = self._breach(name, negated, owner, lead)
        elif name in ("propose", "announce"):
            value = "proposes" if owner != "other" and not negated else ""
        else:
            value = self._yes_or_no(name, negated, owner, lead)
        return Told(value, hit.start, hit.end, owner)

    def _breach(self, name: str, negated: bool, owner: str, lead: str) -> str:
        if name == "deny":
            return "denies-violation" if owner in ("own", "none") else ""
        if rules().asks("must", lead):
            return "proposes" if negated else ""
        if name == "attack" and not self.in_force:
            return ""
        if negated:
            return "denies-violation" if owner == "own" else ""
        if name == "attack" and owner in ("own", "none"):
            return ""
        return "alleges-violation"

    def _yes_or_no(self, name: str, negated: bool, owner: str, lead: str) -> str:
        yes = name in ("accept", "keep") != negated
        ought = rules().asks("must", lead)
        if rules().asks("not-yet", lead):
            return ""
        if owner in ("other", "both"):
            return "proposes" if ought and yes else ""
        if ought and owner == "none":
            return "proposes" if yes else "rejects"
        if negated and name == "refuse":
            return ""
        return "accepts" if yes else "rejects"


def told(telling: Telling) -> Told:
    """Return the stance that a content tells, by its first decisive signal.

    A denial and a judgement of worth go before what stands beside them.
    """
    found = [
        one for hit in rules().signals(telling.content.text) if (one := telling.weighed(hit)).value
    ]
    for value in ("denies-violation", "alleges-violation"):
        for one in found:
            if one.value == value:
                return one
    return found[0] if found else Told()
