"""Whose the words of a content are: its clauses, their subjects, and what is only supposed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.marks import lengths
from holdfire.statements.stance.reading import Content, Page
from holdfire.statements.stance.rules import Hit, rules

_BOUNDARY = re.compile(
    r" (?:[,;:()—–¦.?!]|that|which|who|whose|and|but|while|because|if|after|before|as|when|whether"
    r"|unless|until|although|though|so|since|despite|where) "
)
_SPEAKER = re.compile(r" (?:that )?it (?!be (?:a|an|the|not|no|only|just|merely|nothing) )")
_STOP = re.compile(r" [.?!] ")
_SUBJECT = re.compile(r" (@\S+)(?= )")
_TOGETHER = re.compile(r" @(\S+) and (?:the )?@(\S+) ")
_OBJECT_OF = re.compile(r" (?:with|to|from|against|by|in|on|for|between|at|into|than|like|the) $")
_PASSIVE = re.compile(r" be (?:(?!to )\w+ ){0,2}$")
STATES = ("commit to",)
"""Words that follow a form of "be" and are no passives."""
_AGENT = re.compile(r" by (?:\S+ ){0,4}?(@\S+) ")

QUOTES = ("“", '"', "‘", "'", "«")

SHARED = 60
"""Letters before a verb in which the sides that do it together are named."""

SHORT = 6
"""Words of a content up to which a pronoun in it is all it is about."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """One content: whose it is, its clauses, and what is known of the article around it."""

    page: Page
    content: Content
    party: str | None
    in_force: bool
    """Whether the article speaks of breaches: then attacks are told as such."""
    one: Attribution
    joint: bool = False
    """Whether several speak together who belong to no one party: both sides, the parties."""
    lasting: frozenset[str] = frozenset()
    """The lengths by which the ceasefire is known."""
    weight: float = 0.0
    """Points for the statement's being about the ceasefire."""

    @property
    def quoted(self) -> bool:
        """Whether the content begins with a quotation mark."""
        start = self.one.content[0][0]
        return self.page.text.startswith(QUOTES, max(start - 1, 0), start + 1) or (
            self.page.text.startswith(QUOTES, start)
        )

    @property
    def disputed(self) -> bool:
        """Whether a breach was spoken of right before."""
        return any(
            hit.name in ("violate", "attack", "accuse") for hit in self.page.before(self.one.start)
        )

    @property
    def put_forward(self) -> bool:
        """Whether what was spoken of last, before this, was put forward and no breach."""
        spoken = [
            hit.name in ("propose", "announce", "demand")
            for hit in self.page.before(self.one.start)
            if hit.name in ("propose", "announce", "demand", "violate", "attack", "accuse")
        ]
        return bool(spoken) and spoken[-1]

    def conduct(self) -> bool:
        """Whether the content is first of all about somebody's answer or conduct."""
        found = rules().questions["conduct"].search(self.content.text)
        named = rules().questions["truce"].search(self.content.text)
        if found is None or len(self.content.text[: found.start()].split()) > SHORT:
            return False
        return named is None or found.start() < named.start()

    @property
    def other_length(self) -> bool:
        """Whether the content names a length of time that is not the ceasefire's."""
        if not self.lasting:
            return False
        told_of = {n for a, b in self.one.content for n in lengths(self.page.text[a:b])}
        return bool(told_of) and not told_of & self.lasting

    def refers(self) -> bool:
        """Whether the content names a ceasefire, or refers to one by a noun or a pronoun."""
        ask, text = rules().asks, self.content.text
        short = len(text.split()) <= SHORT
        return ask("truce", text) or ask("deal", text) or (short and ask("it", text))

    def clause(self, place: int) -> int:
        """Return where the clause of a place begins."""
        begins = 0
        for found in _BOUNDARY.finditer(self.content.text, 0, place):
            begins = found.end() - 1
        return begins

    def sentence(self, place: int) -> str:
        """Return the sentence of a place."""
        text, begins = self.content.text, 0
        for found in _STOP.finditer(text):
            if found.start() >= place:
                return text[begins : found.start() + 1]
            begins = found.end() - 1
        return text[begins:]

    def owner(self, hit: Hit) -> str:
        """Return whose a signal is: ``own``, ``other``, ``both`` or ``none``."""
        text = self.content.text
        passive = not text.startswith(STATES, hit.start)
        if (
            passive
            and _PASSIVE.search(text, max(hit.start - 40, 0), hit.start)
            and not self.page.raw(self.content, hit.start).endswith("ing")
        ):
            agent = _AGENT.search(text, hit.end, hit.end + 80)
            return self._party(agent[1]) if agent else "none"
        place = hit.start
        for _ in range(6):
            begins = self.clause(place)
            subject = self._subject(begins, place)
            if subject:
                return subject
            if begins == 0 or text[begins - 1 : begins] in ".?!":
                break
            place = begins
        return "none"

    def together(self, hit: Hit) -> bool:
        """Whether the speaker's side is named with another as who does it: "we and they"."""
        sides = _TOGETHER.findall(self.content.text, max(hit.start - SHARED, 0), hit.start + 1)
        return self.party is not None and self.party in (sides[-1] if sides else ())

    def _subject(self, begins: int, place: int) -> str:
        text = self.content.text
        best = len(text)
        found = ""
        for match in _SUBJECT.finditer(text, begins, place + 1):
            if not _OBJECT_OF.search(text, max(match.start() - 12, 0), match.start() + 1):
                best, found = match.start(), self._party(match[1])
                break
        for name in ("both", "own", "other"):
            pronoun = rules().questions[name].search(text, begins, place)
            if pronoun and pronoun.start() < best:
                best, found = pronoun.start(), name
                if pronoun[0] == "they" and not self.quoted and " @" not in text[:best]:
                    # In indirect speech, with nobody else named before, it is the speakers.
                    found = "own"
        if not found and _SPEAKER.match(text) and place < self._stop and not self.quoted:
            # "Said that it was keeping to the truce": the body that speaks.
            found = "own"
        return found

    @property
    def _stop(self) -> int:
        """Where the first clause of the content ends."""
        start = 6 if self.content.text.startswith(" that ") else 1
        boundary = _BOUNDARY.search(self.content.text, start)
        return boundary.start() if boundary else len(self.content.text)

    def _party(self, word: str) -> str:
        return "own" if self.party is not None and word[1:] == self.party else "other"

    def lead(self, hit: Hit) -> str:
        """Return the words of a signal's clause before it, at most six."""
        words = self.content.text[self.clause(hit.start) : hit.start].split()
        return f" {' '.join(words[-6:])} "

    def supposed(self, hit: Hit) -> bool:
        """Whether a signal stands in a clause that only supposes it ("if Moscow refuses")."""
        begins = self.clause(hit.start)
        while begins > 1 and self.content.text.endswith((" and ", " or "), 0, begins + 1):
            begins = self.clause(begins - 4)
        opening = self.content.text[max(begins - 16, 0) : begins + 1].split()[-2:]
        return rules().asks("supposed", f" {' '.join(opening)} {self.lead(hit)}")
