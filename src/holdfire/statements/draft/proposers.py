"""Who put a ceasefire forward, brokered or drafted it, or declared one of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from holdfire.statements.draft.naming import Mention, Side, within
from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.statement import Statement

_BROKERS = (
    r"brokered|mediated|drafted|negotiated|worked out|hammered out|thrashed out|drawn up|written"
    r"|drew up|wrote|engineered|arranged|secured|devised|crafted|authored|facilitated"
    r"|thought up|circulated"
    r"|put together|penned|sketched"
)
_BY = re.compile(
    r"\b(?P<verb>proposed|put forward|offered|announced|declared|initiated|suggested"
    r"|presented|tabled|ordered|proclaimed|submitted|floated|put to (?:them|both|the \w+)"
    rf"|settlement plan|talks led|negotiations led|efforts? led|mediated talks|{_BROKERS})\b"
    r"(?:(?!request)[^.;]){0,25}?\b(?:by|from|of"
    r"|(?<=out )between) (?:the )?(?:so-called \w+ of (?:the )?)?"
    r"(?P<gap>[\w’',. -]{0,50}?)\Z"
)
_NOUN_BY = re.compile(
    r"\b(?P<verb>proposal|offer|resolutions?|blueprint|initiative|draft|brainchild|handiwork"
    r"|formula|good offices|appeal|plan|mediation|text|order|name|behest|urging|prodding)"
    r"(?: (?:made|drawn up|sent|signed|tabled|carried))?"
    r" (?:by|from|of|for) (?:the )?(?P<gap>[\w’',. -]{0,50}?)\Z"
)
_OWN = re.compile(
    r"(?:['’]s?|-)?\s?(?:(?!(?:must|will|would|the|that|to|of|and|on|has|had|have|is|was|in"
    r"|over|said|told|calls?|called)\b)[\w’'-]+\s){0,2}?(?P<noun>proposal|proposed"
    r"|offer|plan|initiative|blueprint|draft|paper|mediation|unilateral|own (?:truce|ceasefire"
    r"|cease-fire|reply|pause|moratorium))\b"
)
_WHO = (
    r"(?:['’]s)?(?:\s(?:[A-Z][\w’'-]+\s){0,3}who\s(?:[^.;]{0,90}?,\s)?|,\s[^,;.]{3,80},\s"
    r"|,?\s(?:\([A-Z-]+\),?\s)?(?:[\w’'.-]+,?\s){0,7}?)"
)
_DOES = re.compile(
    rf"{_WHO}(?:has |had |have |also |first |jointly ){{0,2}}(?P<verb>proposed"
    r"|proposes|declared|declares|proclaimed|announced|reinstated"
    r"|offered|offers|ordered|suggested|put forward|moved first|drew up|orders|instructed"
    r"|unveiled|tabled|floated|pressed on|laid out"
    r"|introduced|called for|demanded|repeated (?:its|their|his"
    r"|her) offer)\b(?P<rest>.{0,70})",
    re.DOTALL,
)
_DRAFTS = re.compile(
    rf"{_WHO}(?:has |had |have |jointly |himself |themselves ){{0,2}}"
    rf"(?P<verb>(?:{_BROKERS})\b|had got\b)(?!\sby\b)(?P<rest>.{{0,60}})",
    re.DOTALL,
)
_BROKERED = re.compile(r"-(?:brokered|mediated|sponsored|drafted|proposed|negotiated)\b")
_TRUCE_OF = re.compile(
    r"(?:['’]s?)?\s(?:(?:(?:own|unilateral|one-sided|proposed|declared|self-declared|surprise"
    r"|Easter|Christmas|Eid|Ramadan"
    r"|New Year|holiday|Victory Day|humanitarian|daily|planned)|[\w]+[- ](?:minute|hour|day|week"
    r"|month|year)s?(?:-(?:long|old))?)\s){1,2}"
    r"(?:truce|cease-?fire|pause|halt|moratorium|cessation|lull|freeze)\b"
)
_PERSONS_TRUCE = re.compile(
    r"['’]s?\s(?:[\w-]+\s){0,2}(?:truce|cease-?fire|cessation"
    r"|moratorium)\b"
)
"""A truce told as somebody's own: "Putin's three-day truce"."""
_OF_THEIRS = re.compile(
    r"\b(?:truce|cease-?fire|armistice|moratorium|pause) (?:of"
    r"|by) (?:the )?(?P<gap>(?:[A-Z][\w’'.-]+,? ){0,3}(?:the )?)\Z"
)
_AT_WHOSE = re.compile(
    r"(?:\s[\w’'-]+){0,3},? at whose (?:urging|request|suggestion|behest|prodding|instigation"
    r"|initiative)\b"
)
_HELPED = re.compile(
    r"(?:['’]s)?(?:\s[\w’'.-]+){0,4}?\s(?:(?:has|have|had|who|which)\s){0,2}(?:help(?:s"
    r"|ed)? (?:to )?|came in to )"
    r"(?:broker|mediate|negotiate|arrange|draft|secure|bring (?:it )?about|hammer out|work out)\b"
)
_MEDIATED = re.compile(
    r"(?:['’]s)?\s(?:(?:envoys?|diplomats?|officials?|negotiators?|ministers?|shuttle diplomats"
    r"|teams?|go-betweens)\s)"
    r"(?:(?:has|have|had)\s)?(?:mediated|shuttled|brokered|negotiated|carried (?:it|the (?:text"
    r"|offer|draft)))\b"
)
_MIDWIFE = re.compile(
    r"(?:['’]s)?(?:,\s(?:which|who)\s(?:has\s|had\s)?(?:[\w-]+\sand\s)?(?:mediated|brokered"
    r"|arranged|facilitated|negotiated|drafted|convened and mediated)\b"
    r"|,?\swhose\s(?:work|handiwork|brainchild|idea|draft|text|mediation|efforts)\b"
    r"|\sfor\s(?:brokering|mediating|arranging|negotiating|securing|drafting|facilitating"
    r"|hammering out|working out)\b"
    r"|\s(?:has\s|have\s|had\s)?(?:brokered|arranged|mediated|worked out|negotiated|worked)\s"
    r"(?:it\b|(?:the|this)\s(?:truce|cease-?fire|pause|halt|deal|accord|pact)\b))"
)
_MEDIATOR = re.compile(
    r"(?:['’]s)?\s(?:(?:chief|special|peace|acting|government|envoy and)\s){0,2}"
    r"(?:mediators?|go-betweens?|mediation|peacemakers?)\b"
    r"|,\sthe\s(?:(?:main|principal|chief)\s)?(?:mediator|go-between|peacemaker|broker"
    r"|architect)s?\b"
)
_MEDIATOR_OF = re.compile(r"\b(?:[Mm]ediators?|[Gg]o-betweens?) (?:of|from|for) (?:the )?\Z")
_ITS_OWN = re.compile(
    r"(?:\s(?!and\b|but\b)[\w’'-]+){0,8}?\s(?:its|their|his|her) own (?:truce|cease-?fire"
    r"|pause|moratorium)\b"
)
_RESOLUTION = re.compile(r"\b(?:Security Council )?Resolution \d{2,4}\b")
_STRENGTH = {
    "proposed": 3,
    "put forward": 3,
    "declared": 3,
    "brokered": 1,
    "talks led": 1,
    "negotiations led": 1,
    "mediated": 1,
    "called for": 1,
    "demanded": 1,
}
_WEAK = frozenset(
    ("plan", "offered", "announced", "ordered", "suggested", "presented", "arranged", "secured",
     "written", "wrote", "initiative", "appeal", "draft", "declared", "proclaimed", "penned",
     "put together", "mediation", "text", "formula", "order", "name", "circulated")
)  # fmt: skip
"""Words that speak of anything, so that the sentence must speak of the ceasefire."""
_LIST = re.compile(
    r"(?:\s[A-Z][\w’'-]+){0,2}(?:,|,?\sand|\sbeside|\stogether with)\s(?:the\s|his\s|her\s"
    r"|its\s)?(?:[A-Z]\w+\s)?\Z"
)
_COUNTERPART = re.compile(r"\sand (?:his|her|its) \Z")


def proposers(told: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Side]:
    """Return who put the ceasefire forward, and the passage; all of a list that did so together."""
    votes: Counter[str] = Counter()
    where: dict[str, tuple[int, int]] = {}
    lists: dict[str, list[Mention]] = {}
    joined: list[Mention] = []
    declares: set[str] = set()
    announces: Counter[str] = Counter()
    pairs = within(told, mentions)
    for number, (sentence, one) in enumerate(pairs):
        at, to = one.start - sentence.start, one.end - sentence.start
        text = sentence.plain
        if one.kind == "body" and re.match(r"\sof (?:the )?[A-Z]", text[to:]):
            continue  # "the Quad of A, B and C": those are named themselves
        alike = joined and (
            joined[-1].kind == "people"
            or one.kind != "people"
            or _COUNTERPART.search(text, 0, at) is not None
        )
        if alike and joined[-1].start >= sentence.start and _listed(
            text, joined[-1].end - sentence.start, at, to
        ):  # fmt: skip
            joined.append(one)
        else:
            joined = [one]
        first = joined[0].start - sentence.start
        if not _may(sentence) or text[at:to].isspace():
            continue  # A name that is blanked out only tells who said so: ", Egypt said,".
        span = _proposes(sentence, at, to, one.kind, _next(pairs, number)) or _put_forward(
            text, first, to
        )
        if span is not None:
            votes[one.party] += 1 if sentence.title else span[2]
            if text[span[0] : span[1]].rstrip().endswith("announced"):
                announces[one.party] += 1
            else:
                announces[one.party] -= 5
            if _DECLARES.search(text, span[0], min(span[1] + 1, len(text))) or _ONE_SIDED.search(
                text, span[1], min(span[1] + 40, len(text))
            ):
                declares.add(one.party)
            where.setdefault(one.party, (sentence.start + span[0], sentence.start + span[1]))
            lists.setdefault(one.party, joined)
    if not votes:
        return _resolved(told)
    best = max(votes, key=lambda party: (votes[party], -where[party][0]))
    found = [Side(best, *where[best], best in declares, announces[best] > 0)]
    for party in sorted(votes, key=lambda party: (-votes[party], where[party][0])):
        if party != best and votes[party] == votes[best] >= AS_MUCH:
            found.append(Side(party, *where[party], party in declares, announces[party] > 0))
    for one in lists[best]:
        if one.party not in {side.party for side in found}:
            found.append(Side(one.party, one.start, one.end))
    return found


AS_MUCH = 2
"""The votes from which all who have the most are taken."""

_ALONE = re.compile(
    r"\b(?:unilateral(?:ly)?|one-sided|of (?:its|their|his) own (?:accord|free will)|declar\w+"
    r"|announc\w+|proclaim\w+|order(?:s|ed)|call(?:s|ed) (?:a|an|off|it|the)\b|will (?:suspend|halt"
    r"|hold|stop|cease|observe)|tells?|told|promised|vow(?:s|ed)|pledged|in a (?:statement"
    r"|communique|video|broadcast))\b",
    re.IGNORECASE,
)


def alone(told: Sequence[Sentence], side: Side) -> list[Side]:
    """Return the only side that a ceasefire binds, where the text has it declare that itself."""
    for sentence in told:
        if sentence.start <= side.start < sentence.end and _ALONE.search(sentence.plain):
            return [side]
    return []


def by_stance(text: str, statements: Sequence[Statement], bound: Set[str]) -> list[Side]:
    """Return the sides that are told to propose a ceasefire, where no other words tell who did.

    Who wants one to go on longer has not proposed it.
    """
    found: dict[str, Side] = {}
    for one in statements:
        party = one.speaker.party
        if party in bound and party and one.stance.value == "proposes":
            told = one.attribution
            if any(_LONGER.search(text, *span) for span in (*told.content, *told.cue)):
                continue
            start, end = (told.source or told.cue or told.content)[0]
            found.setdefault(party, Side(party, start, end))
    return list(found.values())


_LONGER = re.compile(
    r"\b(?:exten[ds]\w*|prolong\w*|widen\w*|renew\w*|lengthen\w*|further|instead|permanent"
    r"|longer)\b"
)


def _resolved(told: Sequence[Sentence]) -> list[Side]:
    """Return the Security Council where a text tells one of its resolutions by number."""
    for sentence in told:
        match = _RESOLUTION.search(sentence.plain)
        if match:
            return [Side("un", sentence.start + match.start(), sentence.start + match.end())]
    return []


_DECLARES = re.compile(
    r"\b(?:declare[ds]?|proclaimed|ordered|orders|instructed|reinstated|unilateral"
    r"|own (?:truce|ceasefire|cease-fire|reply))\b"
)


_ONE_SIDED = re.compile(r"\b(?:unilateral|of (?:its|his|their) own)\b")


def _listed(text: str, last: int, at: int, to: int) -> bool:
    """Whether a name goes on a list: not in "proposed by A, B said"."""
    between = text[last:at]
    if _LIST.fullmatch(between) is None:
        return False
    return between.strip(" ,") != "" or _SAYS.match(text, to) is None


_SAYS = re.compile(
    r"(?:['’]s)?\s(?:[\w’'-]+\s){0,3}?(?:said|says|told|adds?|added|insist\w*|claim\w*|warned"
    r"|noted)\b"
)


def _may(sentence: Sentence) -> bool:
    """Whether a sentence has a word without which nobody proposes anything in it."""
    return not sentence.heads.isdisjoint(_NEEDED)


_NEEDED = frozenset(
    [
        "off",
        "pla",
        "ini",
        "blu",
        "dra",
        "bro",
        "med",
        "neg",
        "wor",
        "ham",
        "thr",
        "dre",
        "wri",
        "wro",
        "eng",
        "arr",
        "sec",
        "dev",
        "cra",
        "aut",
        "fac",
        "tho",
        "cir",
        "put",
        "pen",
        "ske",
        "ann",
        "dec",
        "sug",
        "pre",
        "tab",
        "ord",
        "pro",
        "sub",
        "flo",
        "led",
        "tal",
        "res",
        "bra",
        "han",
        "for",
        "app",
        "tex",
        "nam",
        "beh",
        "urg",
        "uni",
        "own",
        "pau",
        "mor",
        "ins",
        "unv",
        "lai",
        "int",
        "cal",
        "dem",
        "rep",
        "mov",
        "got",
        "hel",
        "shu",
        "who",
        "go",
        "gob",
        "pea",
        "arc",
        "tru",
        "cea",
        "ces",
        "lul",
        "fre",
        "goo",
        "hal",
        "dem",
        "rei",
        "pap",
    ]
)
"""The first letters of all words of the expressions above."""


def _next(pairs: Sequence[tuple[Sentence, Mention]], number: int) -> int:
    """Return where in its sentence somebody else is named after a mention, else its end."""
    sentence, one = pairs[number]
    for other, following in pairs[number + 1 :]:
        if other is not sentence:
            break
        start = following.start - sentence.start
        if (
            following.party != one.party
            and following.kind != "people"
            and not _BESIDE_THEM.search(sentence.plain, 0, start)
        ):
            return start
    return len(sentence.plain)


def _proposes(
    sentence: Sentence, at: int, to: int, kind: str, other: int
) -> tuple[int, int, int] | None:
    """Return the passage by which a mention is told to propose, and how much that counts.

    ``other`` is where somebody else is named next: a verb after that is theirs.
    """
    text = sentence.plain
    speaks = sentence.names_ceasefire or sentence.names_agreement
    opening = text[max(0, at - 110) : at]
    by = _NOUN_BY.search(opening) or _BY.search(opening)
    if (
        by
        and (speaks or by["verb"] not in _WEAK)
        and not _PARTED.search(by["gap"])
        and not (kind == "capital" and _ANY.search(opening))
    ):
        return max(0, at - 110) + by.start(), to, _STRENGTH.get(by["verb"], 2)
    if kind != "capital" and _BROKERED.match(text, to):
        return at, to, 2
    after = _OWN.match(text, to)
    if after and (kind != "capital" or text[to : to + 1] in "'’"):
        noun = after["noun"]
        if (
            speaks
            or noun in ("proposal", "proposed", "offer", "initiative")
            or noun.startswith("own")
        ):
            return at, after.end(), 3 if noun.startswith("propos") else 2
    if kind != "person" and _ITS_OWN.match(text, to):
        return at, to, 3
    truce = _TRUCE_OF.match(text, to) if kind != "capital" else None
    truce = truce or (_PERSONS_TRUCE.match(text, to) if kind == "person" else None)
    if truce and not _PLACED.search(text, 0, at):
        return at, truce.end(), 1
    if kind in ("person", "name", "body") and _OF_THEIRS.search(text, max(0, at - 60), at):
        return at, to, 1
    if _HELPED.match(text, to) and speaks:
        return at, to, 2
    midwife = _MIDWIFE.match(text, to)
    if midwife and not _DOUBTED.search(text, 0, at):
        return at, midwife.end(), 2
    if _MEDIATED.match(text, to) or _AT_WHOSE.match(text, to):
        return at, to, 1
    drafts = _DRAFTS.match(text, to)
    if (
        drafts
        and drafts.start("verb") < other
        and speaks
        and _drafted(drafts["rest"])
        and not _DOUBTED.search(text, 0, at)
    ):
        return at, drafts.start("rest"), 2
    does = _does(text, at, to)
    if does and does[1] <= other + LONGEST_VERB:
        return does
    if _MEDIATOR.match(text, to) or _MEDIATOR_OF.search(text, 0, at):
        return at, to, 1
    return None


LONGEST_VERB = 12
"""Letters of a verb by which it may reach beyond the next name."""
_PARTED = re.compile(
    r",|\b(?:with|to|end(?:s|ed)|took|takes|began|begins|after|against|between|is|was|has|had"
    r"|will|would)\b"
)
_BESIDE_THEM = re.compile(
    r"\b(?:beside|alongside|with|to|in|at|from|by|near|for|on|against"
    r"|and) (?:the )?(?:[A-Z][\w’'.-]+ ){0,2}\Z"
)
_PLACED = re.compile(r"\b(?:in|from|at|near|to|against|with|between) (?:the )?\Z")
_ANY = re.compile(r"\b(?:an?|the) \Z")
"""Before a capital it opens what stands there: "a Riyadh hotel"."""
_WHICH = re.compile(
    r"\b(?:truce|cease-?fire|pause|halt|moratorium|draft|plan|proposal|text|paper|deal|pact|accord"
    r"|agreement|bargain|armistice|offer|terms),?\s(?:that"
    r"|which)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"(?:['’]s)?(?:\s(?!that\b|which\b|who\b|said\b|and\b|has\b|have\b"
    r"|had\b)[\w’'.-]+){0,6}?\s(?:(?:has|have|had|been|jointly)\s){0,3}(?:urging|urged|pressing"
    r"|pressed|circulated|drafted"
    r"|wrote|written|tabled|proposed|put forward|brokered|worked out|drew up|drawn up|offered)\b"
)


def _put_forward(text: str, first: int, to: int) -> tuple[int, int, int] | None:
    """Return the passage of "the truce which A, B and C have been urging", by its last name."""
    put = _PUT.match(text, to)
    return (first, put.end(), 2) if put and _WHICH.search(text, 0, first) else None


_DOUBTED = re.compile(r"\b(?:[Ww]hether|[Nn]obody|denie[sd]|deny|not)\b[^,;]{0,25}\Z")
_DRAFTED = re.compile(
    r"\s(?:it\b|them\b|the (?:text|paper|terms|draft|document|deal)\b|[\w’'., -]{0,50}\bto\b)"
)


def _drafted(rest: str) -> bool:
    """Whether what was drafted is the ceasefire: what follows names it or what it says."""
    noun = cues("ceasefire").search(rest) or cues("agreement").search(rest)
    if noun and noun.start() < 40 and not _THAT_CLAUSE.search(rest, 0, noun.start()):
        return True
    return _DRAFTED.match(rest) is not None


_THAT_CLAUSE = re.compile(r"\b(?:that|which|to|at|on)\b")


def _does(text: str, at: int, to: int) -> tuple[int, int, int] | None:
    does = _DOES.match(text, to)
    if does is None:
        return None
    noun_after = cues("ceasefire").search(does["rest"]) or _OFFER.match(does["rest"])
    that = _THAT.search(text, 0, at)
    if noun_after and re.search(r"\bthat\b", does["rest"][: noun_after.start()]):
        noun_after = _OFFER.match(does["rest"])
        if noun_after is None:
            return None
    near = noun_after is not None and noun_after.start() < 45
    if that or does["verb"] == "moved first" or near:
        return at, does.start("rest"), min(_STRENGTH.get(does["verb"], 2), 2)
    return None


_OFFER = re.compile(
    r"\s(?:that (?:all )?(?:the )?(?:fighting|fire|hostilities|guns|war|attacks|strikes"
    r"|operations|combat|shooting|shelling)"
    r" (?:would|will|should|is to|was to|must) (?:cease|stop|halt|end|be (?:halted|stopped"
    r"|suspended))"
    r"|it\b(?! \w+ing)|(?:the|a|its|their|his|this|that) (?:measure|step|halt|stop|arrangement"
    r"|moratorium|scheme|deal|offer|terms|text|plan|one\b)"
    r"|(?:\w+ ){1,4}"
    r"(?:without (?:fighting|shooting)|of (?:quiet|calm|silence)))"
)
_THAT = re.compile(
    r"\b(?:truce|cease-?fire|pause|halt|moratorium|armistice)\s(?:that"
    r"|which)\s(?:the\s)?(?:[A-Z]\w+\s)?\Z",
    re.IGNORECASE,
)
