"""What a content tells of a ceasefire: its signals weighed one by one, in order.

Each signal is asked the same questions: whose is it (the speaker's own side, the other side, both,
nobody's), is it turned round by a negation, is it only supposed ("if Moscow refuses"), is it what
ought to be ("must accept"). What another side holds is no stance of the speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.stance.whose import Clauses

_WOULD_BE = re.compile(r" (?:[\w'-]+ ){0,4}?would (?:be|mean|have be) ")
OFFERS, KNOWN = ("offer ", "proposal "), (" the ", " this ", " that ", " any ", " such ")
"""What is spoken of and not put forward: "take this offer to the other side"."""

JUDGING = ("worthy", "worthless", "ruse")

REFUSALS = ("refuse", "reject", "rule out", "turn down", "decline")
"""Words of no that leave room for a yes once something has happened; "we fight on" does not."""

VAGUE = ("not want", "not need", "prefer", "not sign", "resist", "block")
"""Words of no that can be said of anything: the ceasefire has to be named beside them."""

LIKELY = 1.5
"""Points from which a content is about the ceasefire though it names none."""

FEW = 6
"""Words of a sentence that has no room for an object of its own."""

NEAR = 60
"""Letters behind a signal in which what it is about has to be named."""
NOTHING = re.compile(r" (?:to |by |with |on )?(?:nothing|none|no such) ")
_KEEPING = re.compile(r"(?:strictly|fully|completely) ")
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
    firm: bool = False
    """Whether the rules leave no room for weighing: "has not yet accepted"."""


@dataclass(frozen=True, slots=True)
class Telling(Clauses):
    """One content under judgement: what each of its signals tells of the speaker's stance."""

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
        if hit.bare:
            return True
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
        if hit.name != "worthy" and self.conduct() and not ask("accusation", sentence):
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
            if ask("future", lead):
                # What will be kept was no charge: a promise, where it is the speaker's own.
                own = self.party is not None and owner in ("own", "none")
                if own or self.joint or self.together(hit):
                    return "accepts"
                if _KEEPING.match(self.content.text, hit.start):
                    return ""
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
        negated = negated or NOTHING.match(text, hit.end) is not None
        yes = (name in ("accept", "keep", "extend", "want")) != negated
        ought = ask("must", lead)
        near = self.sentence(hit.start)
        if ask("not-yet", lead):
            return ""
        if name == "want" and not ask("truce", near) and not text.startswith(" peace ", hit.end):
            return ""
        if name in ("accept", "refuse") and not (hit.bare or self._object(hit, near)):
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
            self.weight > LIKELY or ask("it", near) or ask("peace", near) or len(near.split()) < FEW
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
