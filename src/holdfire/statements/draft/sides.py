"""Whom a ceasefire is meant to bind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from holdfire.statements.draft.naming import Mention, Side, within
from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence

_OBLIGES = re.compile(
    r"\b(?:oblig|commit|bind|requir)\w*\s(?:the\s)?(?:[A-Z][\w’'-]+(?:,|\sand)?\s(?:the\s)?)*\Z"
)
_FIGHTS = re.compile(
    r"(?:['’]s?)?\s(?:\w+\s){0,2}?(?:forces|troops|army|armies|soldiers|units|fighters"
    r"|military|positions|drones|missiles|navy|violations|breaches"
    r"|warships|artillery|rebels|militants|guerrillas|gunners|combatants|insurgents"
    r"|separatists|paramilitar\w+|shelling|strikes?|attacks?)\b"
)
_ACTS = re.compile(
    r"(?:['’]s?(?: [\w’'-]+){1,3}?)?,?\s(?:(?:on \w+day|yesterday|today"
    r"|meanwhile),?\s)?(?:(?:has|had"
    r"|have|also|both|will|would|could|to|then"
    r"|later)\s){0,2}(?:accused?|attacked|fired|shelled|violated|broke|broken|agreed?"
    r"|signed|accepted|rejected"
    r"|observed?|promised|committed|shook|bound|bowed|resumed|withdr\w+|pulls?|stop(?:s"
    r"|ped)?|halt(?:s|ed)?|pledged|undertook"
    r"|refused|responded|answered)\b"
)
_BINDS_SELF = re.compile(
    r"(?:['’]s? \w+)?,?\s(?:(?:on \w+day|yesterday|today|meanwhile),?\s)?(?:(?:has|had|have|also"
    r"|both|each|would|will|then|later|finally|already)\s){0,3}(?:agree[ds]?|accept(?:ed"
    r"|s)|signed?|signs"
    r"|bowed|committed|undert\w+|pledged?|promised|vowed|ordered|orders|declared|declares"
    r"|proclaimed"
    r"|instructed|observes?|observed|said yes|says yes|broken?|broke|violated|put (?:pen"
    r"|(?:his|her|their) (?:names?|signatures?|hands?))"
    r"|(?:said|says|announced|confirmed) (?:that )?(?:they|it|he|she|(?:his|its"
    r"|their) [\w’'-]+) (?:would|will|had)"
    r" (?:\w+ )?(?:observe|halt|stop|cease|suspend|respect|honou?r|abide|keep|extend|hold|comply"
    r"|mirror|reciprocate)"
    r"|(?:must|(?:is|are|was|were) (?:to|supposed to|obliged to|required to)|ha(?:s|ve) to"
    r"|may (?:not|no longer))"
    r" (?:[\w’'-]+ ){0,2}?(?:stop|cease|halt|end|withdraw|pull|leave|refrain|hold|suspend|fire"
    r"|attack|keep|move"
    r"|silence|freeze|release|hand|open|let|lift|shell|bomb|strike|advance)"
    r"|renewed|extended|(?:is|are) (?:to )?(?:bound|observe|stop|halt|cease))\b"
)
_ASKED = re.compile(
    r"\b(?:urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|press(?:es|ed|ing)?|call(?:s|ed|ing)? (?:up)?on"
    r"|expect(?:s|ed)?|demand(?:s|ed)? that|want(?:s|ed)?|requir\w+|order(?:s|ed)?|hopes?|invit\w+"
    r"|for|get|allow\w*|until|if|should|unless) (?:the )?\Z"
)
_TO_FOLLOW = re.compile(
    r"(?:['’]s? \w+)?(?:\s\w+)?\s(?:to )?(?:do(?:es)? (?:likewise|the same)|accept|follow"
    r"|stop|cease|halt|hold"
    r"|agree|observe|respect|reciprocate|return the gesture|join|match|sign|refrain|say yes)"
)
_OUTSIDE = re.compile(
    r"(?:,? which| who)?\s(?:(?:has|have|had|was|were|is|are|does|do"
    r"|did)\s)?(?:not (?:sign|signed|bound"
    r"|covered|included|party|at the table)|jeers|never (?:signed|came under))"
)
_REST = re.compile(r"(?:(?:,|,? and)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})+")
_WATCHES = re.compile(
    r",?\s(?:(?:are|is|will|would|to|shall|also|jointly)\s){0,3}(?:monitor\w*|supervis\w*"
    r"|furnish\w*"
    r"|patrol\w*|observ\w*|watch\w*|oversee\w*|sit on|mediat\w*|guarant\w*|send"
    r"|been (?:urging|pressing)|circulated|tabled|drafted|drew up)\b"
)
_JOIN = re.compile(
    r",?\s(?:(?:have|had|today|yesterday|all)\s){0,2}(?:sign(?:ed)?|pledged|agreed|put their"
    r"|stop|undertake|accepted|promise[ds]?)\b"
)
_ACCUSED = re.compile(r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)) (?:the )?\Z")
_HELPS = re.compile(
    r"(?:['’]s?)?,?\s(?:[\w'’.-]+,?\s){0,5}?(?:welcomed|praised|hailed|urged|brokered"
    r"|mediat\w+|hosted|called on|condemned|supervis\w+|monitors?|hopes|envoy"
    r"|ambassador)\b"
    r"|-(?:brokered|backed|led|mediated|sponsored|proposed)|(?:['’]s?)?\s(?:proposal|plan"
    r"|mediat\w+|peacekeep\w+|delegates|diplomats?|envoy)"
)
_PLACE = re.compile(r"\b(?:in|at|from|to|near|via|outside)\s\Z")
_BETWEEN = re.compile(
    r"\bbetween\s(?:(?!(?:was|were|is|are|has|had|by|in|at|on|to|that|which|came|took|will"
    r"|would)\b)"
    r"(?:[\w’'-]+|\([A-Z]+\))\s){0,10}\Z"
)
_WITH = re.compile(r"\s(?:with|against)\s(?:the\s)?\Z")
_AGREED = re.compile(
    r"\b(?:cease-?fire|truce|armistice|hostilities|fighting|war|moratorium|agreement|deal|pact"
    r"|accord|conflict|peace)\b"
    r"(?:(?!talks|negotiations|meeting|delegations|call)[^;.])*\Z",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:['’]s)?(?:\s[\w’'-]+){0,3}(?:,\sand|\s(?:and|with|nor))\s(?:the\s)?(?:[\w’'-]+\s){0,4}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?:\s\([A-Z-]+\))?(?:\s[\w-]+)?"
    r"\s(?:will|have|are to|both|each|shook|signed|concluded|put|said yes|yesterday|today)\b"
)
_SIGNED = re.compile(
    r"\b(?:signed|agreed)\b[^;]{0,80}?\bby\s[^;]*\b(?:of|and|by) (?:the )?(?:[a-z]+ )?\Z"
)
_ORDERS = re.compile(
    r"(?:(?!\b(?:said|says|that|which|who)\b)[^;:]){0,110}?\b(?:order(?:s|ed)?|instruct(?:s|ed)?"
    r"|t(?:ells?|old)"
    r"|direct(?:s|ed)|command(?:s|ed))\s(?:all (?:of )?)?(?:his|her|its|their|the"
    r"|all)\s(?:own )?(?:[\w’'-]+\s){0,3}?"
    r"(?:troops|forces|units|men|army|soldiers|fighters|volunteers|command\w*|military|militias?"
    r"|guerrillas?|brigades?)"
    r"[^;:.]{0,40}?\b(?:hold|cease|stop|observe|halt|comply|respect|refrain|suspend|lay down"
    r"|not to|silence)\b"
)
"""Whoever orders their own troops to stop is bound."""
_FOR = re.compile(
    r"\b(?:signed|initial?led|agreed|put (?:his|her|their) names? to)\b[^;.]{0,60}\b(?:for"
    r"|on behalf of) (?:the )?\Z"
)
_BINDING = re.compile(r"signed|agreed|initial|oblig|commit|bind|requir|put ")
_COMMANDS = re.compile(r"order|instruct|tell|told|direct|command")
"""Letters that the longer expressions need: asked first, for most sentences have none."""
NEAR = 40
"""Letters before a name in which the words that end at it stand."""
BINDS = 2.0
ASKED = 2.0
_BASE = {"name": 1.0, "people": 1.0, "capital": 0.3, "person": 0.4, "own": 1.5}
LEAST = 0.18
"""Of the score of the best, what a second party needs. Chosen on corpus/dev."""

MOST_ASKED = 3.2
"""The score that a second party needs at most, however often the best is named."""

USUAL = 1300
"""Letters of a text in which ENOUGH is asked; of a shorter one less."""

ENOUGH = 3.2
"""The score from which the best is a side though no words name it as one. Chosen on corpus/dev."""


def parties(
    every: Sequence[Sentence],
    told: Set[int],
    mentions: Sequence[Mention],
    by: Sequence[Side],
    of: Mapping[str, str],
    says: Mapping[str, float],
    armies: Mapping[str, str],
) -> list[Side]:
    """Return who is meant to be bound.

    Those named as sides ("between", "with", "agreed"), those whose troops are spoken of, those
    named most; two at most, or more where they are named in one breath as sides. ``told`` are the
    starts of the sentences that tell terms; ``by`` who proposed it, who is a side only where it
    fights; ``of`` the state of each armed group; ``says`` how much what each party says of the
    ceasefire speaks for its being a side; ``armies`` the army, by its state, that is a party of its
    own.
    """
    votes: dict[str, float] = defaultdict(float)
    where: dict[str, tuple[float, int, int]] = {}
    strong: set[str] = set()
    fights: set[str] = set()
    pairs = within(every, [one for one in mentions if one.kind != "body"])
    for index, (sentence, one) in enumerate(pairs):
        before = pairs[index - 1][1] if index and pairs[index - 1][0] is sentence else None
        after = (
            pairs[index + 1][1]
            if index + 1 < len(pairs) and pairs[index + 1][0] is sentence else None
        )  # fmt: skip
        weight, side, fighting = _weight(sentence, one, before, after)
        votes[one.party] += weight * (1.5 if sentence.start in told else 0.7)
        if side:
            strong.add(one.party)
        if fighting:
            fights.add(one.party)
        if weight > where.get(one.party, (-9.0, 0, 0))[0]:
            where[one.party] = (weight, one.start, one.end)
    for party in votes:
        votes[party] += says.get(party, 0.0)
    strong |= {side.party for side in by if side.declares and side.party in votes}
    groups = {party for party in votes if of.get(party) is not None}
    lands = {of[party] for party in groups if votes[party] > 0.3}
    for party in votes:
        if party not in fights and party not in strong and party not in groups:
            votes[party] *= 0.5
        # An armed group is a side by what it is, and the state it fights is often the other.
        votes[party] *= 2 if party in groups else 1.5 if party in lands else 1
    several = len(by) > 1
    out = {
        side.party
        for side in by
        if not side.declares
        and (several or side.party not in groups)
        and side.party not in (strong if several else fights | strong)
    }
    kept = [party for party in votes if party not in out]
    for state, army in armies.items():
        if state in votes and army in votes and army in kept:
            _joined(votes, where, strong, state, army)
            kept = [party for party in kept if party != state]
    enough = max(1.0, ENOUGH * min(1.0, (every[-1].end if every else 0) / USUAL))
    return [Side(party, *where[party][1:]) for party in _chosen(votes, kept, strong, enough)]


def _joined(
    votes: dict[str, float],
    where: dict[str, tuple[float, int, int]],
    strong: set[str],
    state: str,
    army: str,
) -> None:
    """Count what is told of a state for its army, where a text names it as a party of its own."""
    votes[army] += votes[state]
    where[army] = max(where[army], where[state])
    if state in strong:
        strong.add(army)


def _chosen(
    votes: Mapping[str, float], kept: Sequence[str], strong: set[str], enough: float
) -> list[str]:
    others = sorted(kept, key=lambda party: (-votes[party], party))
    if others and others[0] not in strong and votes[others[0]] < enough:
        others = sorted(others, key=lambda party: (party not in strong, -votes[party], party))
    chosen = others[:1]
    if not chosen or (chosen[0] not in strong and votes[chosen[0]] < enough):
        return []
    for party in others[1:]:
        if party not in strong and votes[party] < max(
            1.0, min(LEAST * votes[chosen[0]], MOST_ASKED)
        ):
            break
        if len(chosen) < 2 or (party in strong and all(one in strong for one in chosen)):
            chosen.append(party)
    return chosen


def _weight(
    sentence: Sentence, one: Mention, before: Mention | None, after: Mention | None
) -> tuple[float, bool, bool]:
    """Return how much a mention speaks for a side, whether it is named as one, and as fighting."""
    text = sentence.plain
    start, end = one.start - sentence.start, one.end - sentence.start
    weight, side = _BASE[one.kind], False
    if one.kind in ("name", "capital") and _PLACE.search(text, max(start - NEAR, 0), start):
        return weight * 0.3, False, False
    if _WITH.search(text, max(start - 16, 0), start) and (
        (noun := list(cues("ceasefire").finditer(text, 0, start)))
        and _WITH.fullmatch(text, noun[-1].end(), start)
    ):
        weight, side = weight + 5, True
    between = _BETWEEN.search(text, 0, start) if "between" in text else None
    if between and _AGREED.search(text, max(0, between.start() - 60), between.start()):
        weight, side = weight + 5, True
    if _BINDING.search(text, 0, start) and (
        _SIGNED.search(text, 0, start)
        or _OBLIGES.search(text, 0, start)
        or _FOR.search(text, 0, start)
    ):
        weight, side = weight + 3, True
    acts = one.kind != "person" and _ACTS.match(text, end) is not None
    for other, gap in (
        (after, (end, after.start - sentence.start if after else 0)),
        (before, (before.end - sentence.start if before else 0, start)),
    ):
        if other and other.party != one.party and _PAIR.fullmatch(text[slice(*gap)]):
            later = max(end, other.end - sentence.start)
            verbs = _ACTS.match(text, later) is not None or bool(
                _TOGETHER.match(text, later)
                and (sentence.names_ceasefire or sentence.find("prohibits"))
            )
            weight, side = weight + (4 if verbs else 1.5), side or verbs
    spoken = sentence.names_ceasefire or sentence.names_agreement
    rest = _REST.match(text, end)
    if _WATCHES.match(text, rest.end() if rest else end):
        return -1.0, False, False
    if rest and rest[0].count(",") and spoken and _JOIN.match(text, rest.end()):
        weight, side = weight + 3, True
    if spoken and _BINDS_SELF.match(text, end) and not _HELPS.match(text, end):
        weight, side, acts = weight + BINDS, True, True
    if one.kind != "people" and _COMMANDS.search(text, end) and _ORDERS.match(text, end):
        weight, side, acts = weight + BINDS, True, True
    if _TO_FOLLOW.match(text, end) and _ASKED.search(text, max(start - NEAR, 0), start):
        weight, side = weight + ASKED, True
    if _ACCUSED.search(text, max(start - NEAR, 0), start):
        weight += 1.5
    fighting = one.kind != "person" and _FIGHTS.match(text, end) is not None
    if fighting:
        weight += 1.5
    if acts:
        weight += 1.5
    if _HELPS.match(text, end):
        weight -= 1
    if _OUTSIDE.match(text, end):
        return -3.0, False, False
    return weight, side, fighting or acts or one.kind == "own"
