"""What is prohibited, what must not be hit, and where: read from sentences that tell terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, any_of, cues, table
from holdfire.statements.draft.places import SEA, Found, wished, zone_after, zone_within
from holdfire.statements.draft.sentences import Sentence

_CUT = re.compile(
    r";|,? (?:but|while|whereas|although|because|after|before|since|when|until|unless|if)\b|[—–]\s"
    r"|[.?!][\"”]? (?=[A-Z\"“])|, (?:and )?(?:he|she|said|says|it|which|who|according)\b"
)
_BACK = re.compile(r"[;:]| (?:but|while|that|when|and that|because|said|says)\b|^")


_CEASES = re.compile(
    r"(?:[^,;:.]|, (?:in|at|on) (?:the )?(?:air|sea|land|ground)){0,50}?(?<!to)\s(?:(?:will"
    r"|would|must|shall|should|is to|are to) )?(?:stop|cease"
    r"|end|halt)s?"
    r"(?:, as (?:do|does|will|must)\b|(?=[,;.]|\s(?:under|as|at|on|from|for|in|throughout|while"
    r"|during|and"
    r"|here|there|immediately|forthwith|altogether|completely|tonight|tomorrow|today)\b|\Z))"
)
"""What comes to an end, told after it: "air strikes cease, as do the laying of mines"."""

_TILL = re.compile(
    r"\b(?:before|until|till|after|when|whether|hop\w+|if|once|unless|provid\w+|proviso|condition"
    r"|see) (?:[^,;.:]{0,50}[\s\"“])?\Z",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:\b(?:may|must|shall|can|are to|is to) not do|\b(?:banned|prohibited|forbidden|outlawed"
    r"|not allowed|not permitted|off limits|ruled out))(?: (?:is|are|now|then))?\s?[:.?–—-]?\Z",
    re.IGNORECASE,
)
LONGEST_HEADING = 70
"""Letters that a heading over a list of what is prohibited has at most."""


def prohibitions(sentence: Sentence, before: str = "") -> list[Found]:
    """Return acts, targets and zones of what a sentence says is prohibited.

    ``before`` is the sentence before: "What neither side may do." makes the next one a list.
    """
    text = sentence.plain
    found: list[Found] = []
    every = sentence.find("acts")
    every = _spread(text, every) if every else every
    hit = sentence.find("targets")
    regions = list(_regions(sentence)) if every or hit else []
    if (every or hit) and len(before) < LONGEST_HEADING and _HEADING.search(before):
        regions.append((0, len(text), False))
    for start, end, targets_only in regions:
        acts = [one for one in every if start <= one.start and one.end <= end and not targets_only]
        for one in acts:
            found += _with_zone(text, one, end)
        found += _targets(text, hit, start, end, acts)
    for one in hit:
        if _TRUCE_OF.match(text, one.end):
            found.append(("target", one.node, one.start, one.end))
    for one, end in _denied(sentence, every):
        found += _with_zone(text, one, end)
        found += _targets(text, hit, one.start, end, [])
    entire = sentence.find("whole")
    limit = wished(sentence) if entire else 0
    for one in entire:
        if one.start >= limit or _UNDER.search(text, 0, one.start):
            continue
        found.append(("act", one.node, one.start, one.end))
        if (zone := zone_after(text, one)) is not None:
            found.append(zone)
    naval = {at for _, value, at, _ in found if value == "naval-operation"}
    general = [one for one in found if one[:2] == ("act", "combat")]
    acts_found = [one for one in found if one[0] == "act"]
    return [
        one
        for one in found
        if not (one[1] == "combat" and one[2] in naval)
        and not (one[1] == "weapons-fire" and any(_beside(text, one, other) for other in general))
        and not (one[0] == "act" and any(_within(one, other) for other in acts_found))
    ]


def _within(one: Found, other: Found) -> bool:
    """Whether an act is only a word of another one: the drones of "fly drones"."""
    inside = other[2] <= one[2] and one[3] <= other[3]
    flown = one[1] == "reconnaissance" and 0 < other[2] - one[3] < NEAR // 2
    return other[1] != one[1] and ((inside and one[2:] != other[2:]) or flown)


_TRUCE_OF = re.compile(r"[\s-](?:cease-?fire|truce|moratorium|pause)\b")


def _with_zone(text: str, act: Match, end: int) -> list[Found]:
    zone = None
    if act.node not in (
        "reconnaissance-flight",
        "drone-activity",
    ):  # A sky is where no one flies, not where fire stops.
        zone = zone_after(text, act) or zone_within(text, act, end)
    at_sea = zone is not None and zone[2] - act.end < NEAR and SEA.search(zone[1]) is not None
    node = "naval-operation" if at_sea and act.node == "combat" else act.node
    found = [("act", node, act.start, act.end)]
    return [*found, zone] if zone else found


NEAR = 80
"""Letters between an act and the sea that makes it one at sea, at most."""


def _beside(text: str, one: Found, other: Found) -> bool:
    """Whether two acts are told in one breath: "all firing and military action" is combat."""
    between = text[min(one[3], other[3]) : max(one[2], other[2])]
    return re.fullmatch(r",? (?:and|or|nor)(?: \w+){0,2} ", between) is not None


def _spread(text: str, acts: list[Match]) -> list[Match]:
    """Give each of several ways of attack that share one noun its own node.

    "No air, ground or naval attacks" are three; a phrase of the table that holds them all stays.
    """
    found: list[Match] = []
    for many in _SHARED.finditer(text):
        if any(act.start <= many.start() and many.end() <= act.end for act in acts):
            continue
        ways = table("ways")
        found += [
            Match(ways[way[0].lower()], many.start() + way.start(), many.start() + way.end())
            for way in _WAY.finditer(many[0])
        ]
        acts = [one for one in acts if one.end <= many.start() or many.end() <= one.start]
    return sorted([*acts, *found], key=lambda one: one.start)


_WAY = any_of(table("ways"))
_ONE_WAY = _WAY.pattern
_SHARED = re.compile(
    rf"{_ONE_WAY}(?:, {_ONE_WAY})*,? (?:and|or|nor) {_ONE_WAY} (?:attack|strike|raid|assault|fire"
    r"|bombardment|operation|action|offensive)s?\b",
    re.IGNORECASE,
)


def _denied(sentence: Sentence, acts: list[Match]) -> Iterator[tuple[Match, int]]:
    """Yield the verbs and acts that a sentence denies, and where their clause ends."""
    text = sentence.plain
    cues_here = sentence.find("denies") if acts or sentence.find("verbs") else []
    limit = wished(sentence) if cues_here else 0
    for at, cue in enumerate(cues_here):
        if cue.start >= limit or _UNDER.search(text, 0, cue.start):
            continue
        end = _end(text, cue.end)
        if at + 1 < len(cues_here):
            end = min(end, cues_here[at + 1].start)
        modal = _IS_VERB.search(text[cue.start : cue.end])
        start = cue.end
        if not modal:
            later = _MODAL.search(text, cue.end, end)
            if later is not None:
                start = later.end() - 1
            elif not text[cue.start : cue.end].lower().startswith(("nobody", "no one", "none")):
                continue
        if _OTHERWISE.match(text, start):
            continue
        last = start
        for one in sentence.find("verbs"):
            if start <= one.start < end and _LINK.fullmatch(text[last : one.start]):
                if not _FIRST.match(text, one.end):
                    yield one, end
                last = one.end
                if one.node == "occupying-civilian-site":
                    end = last
        for one in acts:
            if (
                max(start + 1, last) <= one.start
                and one.end <= end
                and (last > start or _LAUNCH.match(text, start))
            ):
                yield one, end


_OTHERWISE = re.compile(
    r"\s(?:\w+ly )?(?:tolerate|accept|stop|end|halt|allow|lift|forget|answer|respond|extend"
    r"|agree|say"
    r"|comment|cease|suspend|give|begin with|know|believe|apply|cover|include|bind|affect)\b"
)
_LAUNCH = re.compile(
    r"\s(?:be )?(?:launch|carry out|conduct|mount|undertake|engage in|resume|commit|use"
    r"|resort to|open"
    r"|stage|initiate|take part in|perform|hold|start|undertaken|launched|begin|make|permit|send"
    r"|wage"
    r"|practise|continue|fire|fly|lay|bring|employ|deploy|plan|order|pursue)"
)
_FIRST = re.compile(r" the first")
_IS_VERB = re.compile(r"\b(?:not|never|no longer|to|from|forbids?|forbade)\Z", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:may|might|must|shall|will|would|can|(?:is|are|was|were) (?:to|allowed to|permitted to"
    r"|entitled to))\s"
)
_LINK = re.compile(
    r" (?:be )?(?:to )?(?:(?:attempt|try|seek|even|again|further|in any way|either|ever)(?: to)? )*"
    r"|(?:(?! (?:but|while|which|who|that|said|says)\b)[^.;:]){0,60}?"
    r"(?:,? (?:and|or|nor)|,) (?:to |be )*"
)


_WITH_TARGET = (
    "occupying-civilian-site", "territory-taken", "blocking-aid", "naval-strike", "looting",
    "attack-on-civilians",
)  # fmt: skip
"""Acts whose words name a target that the act itself implies."""


def _targets(text: str, hit: list[Match], start: int, end: int, acts: list[Match]) -> list[Found]:
    covered = _COVERS.search(text, max(0, start - 12), start)
    if not (covered or _HITS.search(text, start, min(end + AFTER, len(text)))):
        return []
    own = [act for act in acts if act.node in _WITH_TARGET]
    return [
        ("target", one.node, one.start, one.end)
        for one in hit
        if start <= one.start
        and one.end <= end
        and not any(
            act.start <= one.start and one.end <= act.end and act.node != "naval-strike"
            for act in own
        )
        and not _PROPER.match(text, one.end)
        and not _PLACE_OF.search(text, start, one.start)
        and (text[one.start : one.end] not in _LOOSE or _AIMED.search(text, start, one.start))
    ]


AFTER = 25
"""Letters after "must not be" in which it is told what must not be done."""
_LOOSE = frozenset(
    (
        "towns",
        "villages",
        "cities",
        "settlements",
        "roads",
        "farms",
        "doctors",
        "ships",
        "homes",
        "houses",
        "shops",
    )
)
"""Words that name a target only where something is aimed at it."""
_AIMED = re.compile(
    r"(?:\b(?:on|at|against|upon)|(?:bomb|shell|attack|strik|hit|target|bombard|pound|spar|raid"
    r"|fir)\w*"
    r"(?: of| at| on)?|(?:shelling|bombing|bombardment) of|,|and|or)\s(?:[\w’'-]+\s){0,2}\Z",
    re.IGNORECASE,
)


_PROPER = re.compile(r" [A-Z]\w")
"""A target's word that begins a name is none: Port Sudan."""
_PLACE_OF = re.compile(
    r"\b(?:in|into|from|by|near|(?<!shelling )(?<!bombing )(?<!bombardment )of|around|through"
    r"|let|lets|out of|for|give|gives|giving"
    r"|grant) (?:the |to the |any |all )?(?:[\w-]+ )?\Z"
)
_COVERS = re.compile(
    r"\b(?:cover|appl|extend|concern|limited|includ)\w*(?: to)?\s?\Z", re.IGNORECASE
)
_HITS = re.compile(
    r"\b(?:attack|strik|struck|hit|bomb|shell|(?<!cease-)(?<!cease )fir(?:e|ed|ing)\b|shot\b"
    r"|target|spar(?:e|ing)|moratorium"
    r"|raid|protect|harm"
    r"|damag|destr|off limits|assault|pound|shoot|truce on|ceasefire on|violence|touch"
    r"|unmolested|immune"
    r"|leav(?:e|ing)\b|safe\b|freely|blow|sink|interfer|molest|rocket|missile|drone|sabotag)",
    re.IGNORECASE,
)
"""Words of what a target must not suffer."""
_OF = ("pause in", "halt to", "end to", "ban on", "moratorium on", "suspension of", "cessation of")
_AFTER_NOUN = re.compile(r"\s(?:would|will|could|might|can)\s")
"""Where a clause goes on after "a pause in fighting"."""
_UNDER = re.compile(
    r"\b(?:provid(?:ed|ing)|conditional on|if|once|as soon as|unless|either|or else|instead of"
    r"|in case"
    r"|on (?:the )?(?:condition|proviso)|[as]s? long as|only when|so that"
    r"|in return for|cover to) (?:[^,;.:]{0,50}\s)?\Z",
    re.IGNORECASE,
)
"""What is only tied to something, or weighed, is no term."""
_NEVER = re.compile(
    r"\b(?:separate|earlier|previous|no|never|not|without|failed to|not yet|nobody|did not"
    r"|refused to|yet to) (?:[a-z]+ )?\Z",
    re.IGNORECASE,
)
_HOW = re.compile(r"\s(?:in|up|with|by|after|when)\b")


_NONE = re.compile(
    r"(?:\A|[:;,–—-]\s|[\"“]|\b(?:means|which|and|or|with|send|launch|conduct|to|carry out|be|bring"
    r"|fire|fly|make|lay|build|mount|stage|undertake|open|move|allows?|permits?|take|so|that"
    r"|where|there is|there are"
    r"|under which)\s)\Z"
)
_NO_HALT = re.compile(
    r" (?:intention|sign|word|report|doubt|question|reason|need|answer|comment|hurry|wish|mood)s?\b"
    r"| (?:pause|halt|end|ban|stop|let-?up|moratorium|truce|cease-?fire|deal)\b"
)
_NOT_ALLOWED = re.compile(
    r"(?:[^.;:]{0,80}?)\b(?:(?:is|are|was|were|be) (?:\w+ )?(?:permitted|allowed|tolerated)"
    r"|(?:may|shall|must|will|would|is to|are to) )"
)


def _regions(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a sentence that say what is prohibited."""
    text = sentence.plain
    limit = wished(sentence)
    for cue in sentence.find("prohibits"):
        if cue.end - cue.start == 2:
            if _NO_HALT.match(text, cue.end) or not (
                _NONE.search(text, 0, cue.start) or _NOT_ALLOWED.match(text, cue.end)
            ):
                continue  # "no" in the middle of a clause denies something else.
        elif _NEVER.search(text, 0, cue.start) or _HOW.match(text, cue.end):
            continue
        if cue.start < limit and not _UNDER.search(text, 0, cue.start):
            end = _end(text, cue.end)
            if verb := _AFTER_NOUN.search(text, cue.end, end):
                end = verb.start() if text.startswith(_OF, cue.start) else end
            yield cue.start, end, False
    if sentence.names_ceasefire or sentence.names_agreement:
        for spares in _SPARES.finditer(text, 0, limit):
            yield spares.start(), _end(text, spares.end()), True
    for cue in sentence.find("prohibited"):
        before = max((m.end() for m in _BACK.finditer(text, 0, cue.start)), default=0)
        if cue.start <= limit and not _NEVER.search(text, 0, cue.start):
            yield before, cue.end, False
    for one in sentence.find("acts"):
        ends = _CEASES.match(text, one.end)
        if ends and one.start < limit and not _TILL.search(text, 0, one.start):
            yield one.start, _end(text, ends.end()), False
    for cue in sentence.find("contains"):
        if cue.start < limit and _tells(sentence, cue):
            yield cue.end, _end(text, cue.end), False
    for cue in sentence.find("lists"):
        if cue.start < limit:
            yield cue.end, _end(text, cue.end), True


_SPARES = re.compile(
    r"\b(?:spar(?:e|es|ed|ing)|protect(?:s|ed|ing)?|shield(?:s|ed|ing)?|safeguard(?:s|ed|ing)?)\b"
    r"(?! (?:himself|itself|themselves|its|their|his|our|from))"
)
"""What keeps a target safe, told before it."""


def _tells(sentence: Sentence, cue: Match) -> bool:
    """Whether what is "included" is said of a ceasefire: drones are shot down, too, including."""
    text = sentence.plain
    return (
        not text.startswith("incl", cue.start)
        or any(
            one.start < cue.start
            for name in ("ceasefire", "agreement", "prohibits", "prohibited")
            for one in sentence.find(name)
        )
        or _IT.match(text) is not None
    )


_IT = re.compile(r"[\"“]?(?:It|This|That|They)\b")


def _end(text: str, start: int) -> int:
    cut = _CUT.search(text, start)
    while cut and cut[0] == ";" and ":" in text[start : cut.start()]:
        cut = _CUT.search(text, cut.end())  # After a colon it parts what is listed.
    exception = cues("exceptions").search(text, start)
    ends = [one.start() for one in (cut, exception) if one]
    return min(ends, default=len(text))
