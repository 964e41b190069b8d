"""What a cue decides by itself: acts and reactions, taken with what they are about.

"Rejected" tells a stance where a ceasefire was rejected, a denial where an accusation was, and
nothing where it was a visit. So each kind of cue is judged with the signals of its content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.stance.telling import Telling, Told, told

AT_ONCE = 70
"""Letters of a content in which a ceasefire that is announced has to be named."""

UNLIKELY = -1.0
"""Points below which a content is hardly about the ceasefire."""

FEW = 5
"""Words of a content that names no deed: "accused the other side"."""

OPEN = Told("")
"""The cue is one of these and tells no stance: nothing else is looked for."""

SETTLED = Told("", firm=True)
"""Nor does anything else that is told beside it."""


def by_cue(cue: str, hits: Sequence[Hit], telling: Telling) -> Told | None:
    """Return what a cue decides for its whole content; ``None`` where the content has to.

    ``cue`` is in base forms, with a space at either end; ``hits`` are the signals that begin in
    it, though they may go on in the content ("questioned | why they should accept").
    """
    if not hits or hits[0].name not in _BY_SIGNAL:
        return None
    if rules().asks("not-yet", cue):
        return SETTLED
    if rules().asks("may", cue):
        return OPEN
    negated = rules().asks("negation", cue[: hits[0].start + 1])
    names = {hit.name for hit in telling.content.hits}
    return _BY_SIGNAL[hits[0].name](hits[0].name, negated, names, telling)


def _accept(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    negated = negated or text.startswith((" nothing ", " none ", " no such "))
    if not negated and "end" in names:
        return Told("rejects")
    if name == "extend" and "propose" in names:
        return Told("proposes")
    if name == "worthy":
        praised = telling.refers() or ask("paper", text) or ask("both", text) or ask("peace", text)
        thanked = ask("mediation", text) and not ask("truce", text)
        open_ = negated or thanked or ask("talks", text) or not praised
        return OPEN if open_ else Told("accepts")
    named = ask("truce", text) or ask("deal", text) or ask("paper", text)
    silent = ask("peace", text)
    ok = named or (
        not ask("talks", text)
        and (telling.refers() or silent or bool(names & {"keep", "extend", "accept"}))
    )
    if ok or (telling.joint and name == "accept"):
        return Told("rejects" if negated else "accepts")
    return Told("not-about-it") if ask("talks", text) else OPEN


def _want(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    if text.startswith((" none ", " nothing ")):
        return Told("rejects")
    if {"end", "refuse"} & names and not negated and not ask("war", text):
        return Told("rejects")
    if telling.party and ask("wished", text):
        return Told("accepts-on-conditions")
    if ask("truce", text) and ask("more", text):
        return OPEN
    others = text.startswith((" both ", " the two ", " the sides ", " all ", " @"))
    if {"keep", "accept", "extend"} & names and others:
        return Told("proposes")
    if (ask("truce", text) or ask("peace", text)) and not ask("more", text):
        return Told("rejects" if negated else "accepts")
    if telling.party and text.endswith(" first "):
        return Told("accepts-on-conditions")
    return Told("not-about-it") if ask("talks", text) else OPEN


def _refuse(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    truce = ask("truce", text)
    waits = ask("not-before", text) or (ask("tied", text) and not telling.refers())
    if telling.party and waits and "end" not in names:
        # A condition that is itself refused ("any truce with conditions") is no yes.
        return Told("accepts-on-conditions")
    if not truce and _charge(names, telling):
        return OPEN if negated else Told("denies-violation")
    if negated or telling.conduct():
        return OPEN
    if "attack" in names and telling.in_force and telling.party and not truce:
        return Told("accepts")
    ok = telling.refers() or ask("paper", text) or bool({"accept", "extend", "keep"} & names)
    ok = ok or ask("resign", text)
    if ok:
        return Told("rejects")
    return OPEN if ask("topic", text) else Told("not-about-it")


def _charge(names: set[str], telling: Telling) -> bool:
    """Whether what is turned down is a charge of having broken the ceasefire."""
    text = telling.content.text
    charged = bool({"violate", "accuse", "deny"} & names) or rules().asks("accusation", text)
    if rules().asks("talks", text) and not {"violate", "attack"} & names:
        return False
    # "Would never accept that" answers no charge; nor does a no to what was put forward last.
    answers = telling.disputed and not telling.put_forward
    answers = answers and not rules().asks("future", telling.page.content(telling.one.cue).text)
    short = answers and text.strip() in (
        "it",
        "that",
        "this",
        "them",
        "it all",
        "all that",
    )
    return short or (charged and (telling.in_force or telling.disputed))


def _condemn(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    attacked = "attack" in names and telling.in_force and not ask("truce", text, 0, AT_ONCE)
    if "violate" in names or attacked:
        return OPEN if negated else Told("alleges-violation")
    ok = (telling.refers() or ask("paper", text)) and not telling.conduct()
    return Told("rejects") if ok and not negated else OPEN


def _propose(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    if "end" in names:
        return Told("rejects")
    if telling.party and (
        ask("beforehand", text) or (ask("tied", text) and not ask("truce", text))
    ):
        return Told("accepts-on-conditions")
    if telling.other_length and "extend" not in names:
        return Told("not-about-it")
    put_forward = ask("truce", text) or bool({"keep", "extend", "accept"} & names)
    if put_forward or (name == "propose" and telling.refers() and not ask("talks", text)):
        return OPEN if negated else Told("proposes")
    if name == "propose":
        return OPEN
    inside = told(telling)
    if inside.value or telling.party is None:
        return inside
    return OPEN if negated else Told("accepts-on-conditions")


def _insist(name: str, negated: bool, names: set[str], telling: Telling) -> Told | None:
    if told(telling).value or telling.party is None or negated:
        return None
    ask, text = rules().asks, telling.content.text
    asked = any(ask(name, text) for name in ("must", "tied", "weakly-tied", "wished"))
    return Told("accepts-on-conditions") if asked else None


def _announce(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    ask, text = rules().asks, telling.content.text
    if negated:
        return Told("rejects")
    if telling.other_length:
        return Told("not-about-it")
    if "end" in names:
        return Told("rejects")
    inside = told(telling)
    if text.startswith(" that ") and ask("may", text):
        return inside
    if inside.value == "accepts" and "worthy" in names and not {"accept", "keep"} & names:
        inside = OPEN
    if inside.value and not text.startswith((" the ceasefire ", " a ")):
        stops = inside.value in ("denies-violation", "accepts") and "keep" in names
        units = rules().questions["own"].search(text) is not None
        return Told("accepts" if units else "proposes") if stops else inside
    if {"accept", "extend"} & names:
        if not inside.value and rules().asks("both", text):
            return SETTLED
        longer = text.startswith((" extend ", " prolong ", " renew ", " stretch "))
        return Told("proposes") if longer and not inside.value else inside
    ok = ask("truce", text, 0, AT_ONCE) or text.startswith(" one ") or text == " it "
    ok = ok or "keep" in names
    return Told("proposes") if ok else inside


def _breach(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    broken = bool({"violate", "attack"} & names)
    if negated or not (telling.in_force or telling.disputed or broken):
        return OPEN
    if name == "deny" and telling.party and "accept" in names and not broken:
        return Told("rejects")
    if name != "deny":
        named = telling.refers() or len(telling.content.text.split()) < FEW or "accuse" in names
        # Where breaches are told of, who is blamed is blamed for one.
        named = named or (telling.in_force and telling.weight > UNLIKELY)
        breach = broken or (named and not {"end", "refuse", "demand"} & names)
        return Told("alleges-violation") if breach else OPEN
    charged = telling.disputed or bool({"violate", "attack", "accuse"} & names)
    text = telling.content.text
    done = text.startswith((" that ", " have ")) or rules().asks("doing", text)
    about = telling.weight > 0 and not rules().asks("talks", text) and "accept" not in names
    charged = charged or (telling.in_force and about and done)
    return Told("denies-violation") if charged or rules().asks(
        "accusation", telling.content.text
    ) else OPEN  # fmt: skip


def _tie(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    tied = telling.party is not None and telling.refers() and not negated
    return Told("accepts-on-conditions") if tied else OPEN


def _leave_open(name: str, negated: bool, names: set[str], telling: Telling) -> Told:
    return OPEN


_BY_SIGNAL: dict[str, Callable[[str, bool, set[str], Telling], Told | None]] = {
    "accept": _accept, "keep": _accept, "extend": _accept, "worthy": _accept, "want": _want,
    "refuse": _refuse, "end": _refuse, "worthless": _refuse, "ruse": _refuse,
    "condemn": _condemn,
    "propose": _propose, "demand": _propose, "insist": _insist, "announce": _announce,
    "accuse": _breach, "deny": _breach, "violate": _breach, "open": _leave_open, "tie": _tie,
}  # fmt: skip
