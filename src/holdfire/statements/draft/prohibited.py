"""What is prohibited, what must not be hit, and where: read from sentences that tell terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, cues, table
from holdfire.statements.draft.sentences import Sentence

Found = tuple[str, str, int, int]
"""Field, value, and start and end in the sentence."""

_CUT = re.compile(
    r";|,? (?:but|while|whereas|although|because|after|before|since|when|until|unless|if)\b|[—–]\s"
    r"|[.?!][\"”]? (?=[A-Z\"“])|, (?:and )?(?:he|she|said|says|it|which|who|according)\b"
)
_BACK = re.compile(r"[;:]| (?:but|while|that|when|and that|because|said|says)\b|^")
_NP_END = re.compile(
    r"[,;:.!?\"”“()]|\s(?:would|will|is|are|was|were|has|had|have|that|which|who|from|until"
    r"|till|for|by|after"
    r"|before|when|while|as|said|says|on|took|takes|came|comes|began|begins|ended|held|holds"
    r"|starting|beginning|must|shall|may|to|but|and (?=[a-z]+(?:ed|s|ing)?\s(?:in|the"
    r"|all|a|their)\b)"
    r"|at(?! sea)|since|if|during|without|under|with|than|because|so|except|within|monitored"
    r"|where)\b|\s[—–-]\s|$"
)


def prohibitions(sentence: Sentence) -> list[Found]:
    """Return acts, targets and zones of what a sentence says is prohibited."""
    text = sentence.plain
    found: list[Found] = []
    every = sentence.find("acts")
    hit = sentence.find("targets")
    regions = _regions(sentence) if every or hit else ()
    for start, end, targets_only in regions:
        acts = [one for one in every if start <= one.start and one.end <= end and not targets_only]
        for one in acts:
            zone = _zone_after(text, one) or _zone_within(text, one, end)
            at_sea = zone is not None and _SEA.search(zone[1]) is not None
            node = "naval-operation" if at_sea and one.node == "combat" else one.node
            found.append(("act", node, one.start, one.end))
            found += [zone] if zone else []
        found += _targets(hit, start, end, acts)
    for one in sentence.find("whole"):
        found.append(("act", one.node, one.start, one.end))
        if (zone := _zone_after(text, one)) is not None:
            found.append(zone)
    naval = {at for _, value, at, _ in found if value == "naval-operation"}
    return [one for one in found if one[1] != "combat" or one[2] not in naval]


_WITH_TARGET = ("occupying-civilian-site", "blocking-aid", "naval-strike")
"""Acts whose words name a target that the act itself implies."""


def _targets(hit: list[Match], start: int, end: int, acts: list[Match]) -> list[Found]:
    own = [act for act in acts if act.node in _WITH_TARGET]
    return [
        ("target", one.node, one.start, one.end)
        for one in hit
        if start <= one.start
        and one.end <= end
        and not any(act.start <= one.start and one.end <= act.end for act in own)
    ]


_TEXT = re.compile(
    r"\b(?:resolution|text|agreement|accord|document|deal|statement|truce|declaration|protocol"
    r"|order)"
    r"(?:\s[\w-]+){0,3}\s\Z",
    re.IGNORECASE,
)
"""A resolution that demands tells terms; a person who demands does not."""


def _wished(sentence: Sentence) -> int:
    """Return where a sentence begins to tell what somebody wishes; its length if nowhere."""
    for wish in sentence.find("wishes"):
        if not _TEXT.search(sentence.plain, 0, wish.start):
            return wish.start
    return len(sentence.plain)


_NONE = re.compile(
    r"(?:\A|[:;,–—-]\s|[\"“]|\b(?:means|which|and|send|launch|conduct|to|carry out)\s)\Z"
)


def _regions(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a sentence that say what is prohibited."""
    text = sentence.plain
    limit = _wished(sentence)
    for cue in sentence.find("prohibits"):
        if cue.end - cue.start == 2 and not _NONE.search(text, 0, cue.start):
            continue  # "no" in the middle of a clause denies something else.
        if cue.start < limit:
            yield cue.start, _end(text, cue.end), False
    for cue in sentence.find("prohibited"):
        before = max((m.end() for m in _BACK.finditer(text, 0, cue.start)), default=0)
        if before < limit:
            yield before, cue.end, False
    for cue in sentence.find("contains"):
        if cue.start < limit:
            yield cue.end, _end(text, cue.end), False
    for cue in sentence.find("lists"):
        if cue.start < limit:
            yield cue.end, _end(text, cue.end), True


def _end(text: str, start: int) -> int:
    cut = _CUT.search(text, start)
    exception = cues("exceptions").search(text, start)
    ends = [one.start() for one in (cut, exception) if one]
    return min(ends, default=len(text))


def zones(sentence: Sentence) -> list[Found]:
    """Return where a sentence says that the ceasefire holds."""
    text = sentence.plain
    found: list[Found] = []
    elements = [("zone", m[0], *m.span()) for m in _ELEMENTS.finditer(text)]
    between = [("zone", m[0], *m.span()) for m in _TWO_LINES.finditer(text)]
    limit = _wished(sentence)
    prohibits = sentence.find("prohibits") if elements or between else []
    if sentence.names_ceasefire or (prohibits and prohibits[0].start < limit):
        found += elements + between
    found += [_grown(text, cue.start, cue.end) for cue in sentence.find("zones_own")]
    for cue in sentence.find("ceasefire"):
        if not _BROKEN.search(text, 0, cue.start):
            found += _listed(_place(text, cue.end))
    for guns in _GUNS.finditer(text):
        found += _listed(_place(text, guns.end()))
    for cue in sentence.find("monitors"):
        if re.match(r"\s(?=the |a )", text[cue.end :]):
            found += _listed(_covered(text, cue.end))
    for cue in sentence.find("covers") if limit == len(text) else ():
        subject = text[: cue.start]
        if (
            re.match(r"\s*(?:It|This|They|That)\b", subject)
            or cues("ceasefire").search(subject)
            or cues("agreement").search(subject)
        ):
            found += _listed(_covered(text, cue.end))
    return found


def _listed(found: Found | None) -> list[Found]:
    return [] if found is None else [found]


_GUNS = re.compile(
    r"\b(?:guns|weapons|hostilities)(?: silent)?(?=\s(?:in|round|throughout|across)\s)"
)
_SEA = re.compile(r"\b(?:[Ii]n|[Oo]n) the (?:[A-Z]\w+ )?[Ss]ea\b")


def _zone_within(text: str, act: Match, end: int) -> Found | None:
    """Return a sea named later in the same prohibition."""
    for match in re.finditer(r"\s(?=(?:in|on) the (?:[A-Z]\w+ )?[Ss]ea\b)", text[act.end : end]):
        return _place(text, act.end + match.start())
    return None


def _zone_after(text: str, act: Match) -> Found | None:
    """Return the place told right after an act: "combat along the entire frontline"."""
    inside = re.search(r"\b(?:in|on|at|along|across) ", text[act.start : act.end])
    if inside and _SEA.search(text, act.start, act.end):
        return _grown(text, act.start + inside.start(), act.end)
    return _place(text, act.end)


_TWO_LINES = re.compile(
    r"\bbetween the (?:\w+ ){0,3}(?:[Ll]ine|[Bb]order|[Rr]iver|[Rr]oad"
    r"|[Cc]oast) and the (?:[\w-]+ ){0,3}(?:[Ll]ine|[Bb]order|[Rr]iver|[Rr]oad"
    r"|[Cc]oast)\b"
)
_BROKEN = re.compile(r"\b(?:broke|broken|breaking|breach\w*|violat\w+)\s(?:of )?(?:the |a )?\Z")
_ELEMENT = r"(?:in the (?:air|sky)|at sea|on (?:the )?(?:land|ground))"
_ELEMENTS = re.compile(rf"{_ELEMENT}(?:(?:,? and |, ){_ELEMENT})+")
_PREPOSITION = re.compile(
    r"[\"”]?(?:\s(?:that|which))?(?:\s(?:has|had))?(?:\s(?:began|begins|took hold|takes hold"
    r"|holds|held|came into force"
    r"|went into effect|is in force|was in force))?(?: at (?:midnight|once"
    r"|dawn))?(?: anywhere)?\s[\"“]?(?:with \w+ |between [\w ]{3,40}? )?(in|on|along|across"
    r"|around|round|inside|near|over|within|throughout|at(?= sea))\s"
)
_DISTANCE = re.compile(
    r"within\s(?:about\s|some\s)?[\w-]+\s(?:nautical\s)?(?:kilomet|km|mile|met|yard)"
)
_NO_PLACE = re.compile(
    r"(?:in|on|at|within|over|across)\s(?:(?:the\s)?(?:principle|exchange|return|order|place"
    r"|force|effect|line with|which|fact|coming"
    r"|next|last|past|same|first|second|\w+day\b|morning|evening|night|terms|ground that"
    r"|condition|case|question|table|war\b|three|talks|hostilities|fighting|shooting"
    r"|strikes|attacks)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|\d|one|two|four|five|six|seven|ten|this|that|his|her|its|their)\b)"
)


def _place(text: str, at: int) -> Found | None:
    match = _PREPOSITION.match(text, at)
    near = match and _DISTANCE.match(text, match.start(1))
    if match is None or (_NO_PLACE.match(text, match.start(1)) and not near):
        return None
    stop = _noun_end(text, match.end())
    words = text[match.end() : stop]
    if not (cues("zone_nouns").search(words) or re.match(r"(?:the )?(?:\w+ ){0,2}[A-Z]", words)):
        return None
    return "zone", text[match.start(1) : stop], match.start(1), stop


def _covered(text: str, at: int) -> Found | None:
    stop = _noun_end(text, at + 1)
    words = text[at:stop]
    if cues("ceasefire").search(words):
        return None
    if not words.strip() or not (
        cues("zone_nouns").search(words) or re.match(r"\s(?:all of )?[A-Z]", words)
    ):
        return None
    start = at + len(words) - len(words.lstrip())
    return "zone", text[start:stop], start, stop


def _grown(text: str, start: int, end: int) -> Found:
    """Return a noun with its article and adjectives before, and what narrows it after."""
    if text[start:end].lower() in ("nationwide", "countrywide"):
        return "zone", text[start:end], start, end
    before = re.search(r"\b(?:the|a|an)\s(?:[\w'’-]+\s){0,4}\Z", text[max(0, start - 60) : start])
    if before:
        start -= len(before[0])
    stop = _noun_end(text, end)
    return "zone", text[start:stop], start, stop


_ANOTHER = re.compile(
    r",\s(?:and\s)?(?:in |on |along )?the\s(?:[\w-]+\s){0,3}?(?:[Ll]ine|[Ff]ront|[Bb]order"
    r"|[Rr]egion|[Zz]one|[Pp]rovince|[Cc]ity|[Ss]ea)"
)


def _noun_end(text: str, start: int) -> int:
    """Return where a place's words end; "and" goes on only to another place."""
    cut = _NP_END.search(text, start)
    stop = cut.start() if cut else len(text)
    while cut and text[stop : stop + 1] == "," and _ANOTHER.match(text, stop):
        cut = _NP_END.search(text, stop + 1)
        stop = cut.start() if cut else len(text)
    for joint in re.finditer(r"\sand\s", text[start:stop]):
        rest = text[start + joint.end() : stop]
        if not (
            re.match(r"(?:the |in |on )*(?:[a-z]+ )?[A-Z]", rest) or cues("zone_nouns").search(rest)
        ):
            return start + joint.start()
    return stop


def known_acts() -> frozenset[str]:
    """Return every node of acts that the tables can name."""
    return frozenset(table("acts")) | frozenset(table("whole"))
