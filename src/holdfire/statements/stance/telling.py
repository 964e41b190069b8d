"""What a content tells of a ceasefire: its signals weighed one by one, in order.

Each signal is asked the same questions: whose is it (the speaker's own side, the other side, both,
nobody's), is it turned round by a negation, is it only supposed ("if Moscow refuses"), is it what
ought to be ("must accept"). What another side holds is no stance of the speaker's.
"""

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
_OBJECT_OF = re.compile(r" (?:with|to|from|against|by|in|on|for|between|at|into|than|like|the) $")
_PASSIVE = re.compile(r" be (?:(?!to )\w+ ){0,2}$")
STATES = ("commit to",)
"""Words that follow a form of "be" and are no passives."""
_AGENT = re.compile(r" by (?:\S+ ){0,4}?(@\S+) ")

_WOULD_BE = re.compile(r" (?:[\w'-]+ ){0,4}?would (?:be|mean|have be) ")
OFFERS, KNOWN = ("offer ", "proposal "), (" the ", " this ", " that ", " any ", " such ")
"""What is spoken of and not put forward: "take this offer to the other side"."""

JUDGING = ("worthy", "worthless", "ruse")
QUOTES = ("“", '"', "‘", "'", "«")

REFUSALS = ("refuse", "reject", "rule out", "turn down", "decline")
"""Words of no that leave room for a yes once something has happened; "we fight on" does not."""

VAGUE = ("not want", "not need", "prefer", "not sign", "resist", "block")
"""Words of no that can be said of anything: the ceasefire has to be named beside them."""

SHORT = 6
"""Words of a content up to which a pronoun in it is all it is about."""

FEW = 6
"""Words of a sentence that has no room for an object of its own."""

NEAR = 60
"""Letters behind a signal in which what it is about has to be named."""
AFTER_NO = re.compile(r"^ (?:not a |no |not one |none )")


@dataclass(frozen=True, slots=True)
class Told:
    """A stance found in a content; ``at`` and ``until`` are where its signal stands in it.

    ``value`` is one of ``STANCES`` or empty where nothing was found.
    """

    value: str = ""
    at: int = 0
    until: int = 0
    in_cue: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """One content under judgement: whose it is and what is known of the article around it."""

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

    def weighed(self, hit: Hit) -> Told:
        """Return what one signal tells of the speaker's stance."""
        ask = rules().asks
        lead, name = self.lead(hit), hit.name
        negated = ask("negation", lead) or (
            name in JUDGING
            and ask("denied", self.content.text, self.clause(hit.start) - 1, hit.start + 1)
        )
        if self.supposed(hit):
            value = ""
        elif name in JUDGING:
            value = self._judged(hit, negated)
        elif ask("may", lead) or _WOULD_BE.match(self.content.text, hit.end):
            value = ""
        elif name in ("violate", "attack", "deny", "accuse"):
            value = self._breach(hit, negated, lead)
        elif name in ("propose", "announce"):
            value = "proposes" if self._proposed(hit) and not negated else ""
        elif name in ("demand", "insist", "open", "tie"):
            value = ""
        else:
            value = self._yes_or_no(hit, negated, lead)
        if value == "rejects" and self._tied_no(hit, negated):
            value = "accepts-on-conditions"
        return Told(value, hit.start, hit.end)

    def _tied_no(self, hit: Hit, negated: bool) -> bool:
        """Whether a no is a yes with conditions: "no truce until", "will not sign unless"."""
        text = self.content.text
        no_truce = text.startswith("no ceasefire ", hit.start)
        refused = hit.name == "refuse" and text.startswith(REFUSALS, hit.start)
        return (
            self.party is not None
            and (negated or no_truce or refused)
            and rules().asks("unless", self.sentence(hit.start))
            and not rules().asks("victory", self.sentence(hit.start))
        )

    def _proposed(self, hit: Hit) -> bool:
        text = self.content.text
        if text.startswith(OFFERS, hit.start) and text.endswith(KNOWN, 0, hit.start):
            return False
        urged = rules().asks("must", text, hit.start - 1, hit.end + 1)
        follows = any(
            one.name in ("keep", "extend", "accept") and 0 <= one.start - hit.end < NEAR
            for one in self.content.hits
        )
        if follows and hit.name == "propose" and self.owner(hit) != "other":
            return True
        return urged or (
            rules().asks("truce", text, hit.start - 1, hit.end + NEAR)
            and self.owner(hit) != "other"
        )

    def _judged(self, hit: Hit, negated: bool) -> str:
        sentence = self.sentence(hit.start)
        ask = rules().asks
        names = {one.name for one in self.content.hits}
        short = len(self.content.text.split()) < (10 if hit.name == "worthy" else 30)
        if not (ask("truce", sentence) or ask("deal", sentence) or (ask("it", sentence) and short)
                or "accept" in names or short):  # fmt: skip
            return ""
        if hit.name != "ruse" and self.owner(hit) == "other" and not ask("truce", sentence):
            return ""
        if negated or (hit.name == "worthy" and ask("but-not", sentence)):
            return ""
        if hit.name == "worthy":
            return "" if {"worthless", "ruse"} & names else "accepts"
        if ask("accusation", sentence):
            return "denies-violation"
        return "alleges-violation" if {"violate", "attack"} & names and self.in_force else "rejects"

    def _breach(self, hit: Hit, negated: bool, lead: str) -> str:
        ask, owner, name = rules().asks, self.owner(hit), hit.name
        if name == "deny":
            if ask("future", lead) and owner in ("own", "none") and self.party:
                return "accepts"
            if not self.in_force or ask("talks", self.sentence(hit.start)):
                return ""
            return "denies-violation" if owner in ("own", "none") or self.disputed else ""
        if ask("must", lead) or ask("future", lead):
            refused = name == "violate" and owner == "own" and self._says_not(hit)
            return "rejects" if refused else ""
        if not self.in_force and name in ("attack", "accuse"):
            return ""
        if negated or AFTER_NO.match(self.content.text[hit.end :][:12]):
            return "denies-violation" if owner == "own" or (
                owner == "none" and self.party and name == "attack") else ""  # fmt: skip
        if name == "attack" and owner == "own":
            return ""
        return "alleges-violation"

    def _says_not(self, hit: Hit) -> bool:
        return self.content.text.startswith("not ", hit.start)

    def _yes_or_no(self, hit: Hit, negated: bool, lead: str) -> str:
        ask, owner, name = rules().asks, self.owner(hit), hit.name
        text = self.content.text
        yes = (name in ("accept", "keep", "extend", "want")) != negated
        ought = ask("must", lead)
        near = self.sentence(hit.start)
        if ask("not-yet", lead):
            return ""
        if name == "want" and not ask("truce", near) and not text.startswith(" peace ", hit.end):
            return ""
        if name in ("accept", "refuse") and not self._object(hit, near):
            return ""
        if owner in ("other", "both"):
            if name == "keep" and negated and self.in_force and not ask("future", lead):
                return "alleges-violation"
            return "proposes" if ought and yes else ""
        if ought and owner == "none":
            return "proposes" if yes else "rejects"
        if negated and name in ("refuse", "end"):
            return ""
        if name == "keep" and owner == "own" and self.in_force and not ask("future", lead):
            return "accepts" if negated and "order" in text else "denies-violation"
        if name == "extend" and owner == "none" and not negated:
            return ""
        return "accepts" if yes else "rejects"

    def _object(self, hit: Hit, near: str) -> bool:
        ask = rules().asks
        if ask("truce", near) or ask("deal", near):
            return True
        if self.content.text.startswith(VAGUE, hit.start):
            return False
        if rules().asks("itself", self.content.text, hit.start - 1, hit.end + 2):
            return not ask("talks", near)
        return not ask("talks", near) and (
            ask("it", near) or ask("peace", near) or len(near.split()) < FEW
        )


def _tied(text: str) -> bool:
    """Whether something is tied to something, and not only perhaps."""
    if rules().asks("only", text):
        return True
    tied, may = (rules().questions[name].search(text) for name in ("tied", "may"))
    return tied is not None and (may is None or tied.start() < may.start())


def told(telling: Telling) -> Told:
    """Return the stance that a content tells, by its first decisive signal.

    A denial goes before what else stands beside it. Where no signal decides, a side of the war
    that says what must come first, or ties the ceasefire to something, has told a condition.
    """
    text, ask = telling.content.text, rules().asks
    truces = [found.span() for found in rules().questions["truce"].finditer(text)]
    found = [
        one
        for hit in telling.content.hits
        if not (hit.name == "attack" and any(a <= hit.start < b for a, b in truces))
        and (one := telling.weighed(hit)).value
    ]
    for one in found:
        if one.value == "denies-violation":
            return one
    if found:
        return found[0]
    named = truces or ask("deal", text)
    names = {hit.name for hit in telling.content.hits}
    if (
        (telling.party is not None or (named and ask("ours", text)))
        and "open" not in names
        and (
            _tied(text)
            or (telling.party is not None and ask("must", text) and named and ask("first", text))
        )
    ):
        return Told("accepts-on-conditions")
    return Told()
