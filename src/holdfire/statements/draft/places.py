"""Where a ceasefire holds, or an act is prohibited: the words of places."""

from __future__ import annotations

import re

from holdfire.statements.draft.phrases import Match, cues
from holdfire.statements.draft.sentences import Sentence

Found = tuple[str, str, int, int]
"""Field, value, and start and end in the sentence."""

_NP_END = re.compile(
    r"[,;:.!?\"”“()]|\s(?:would|will|is|are|was|were|has|had|have|that|which|who|from|until"
    r"|till|for|by|after"
    r"|before|when|while|as|said|says|on|took|takes|came|comes|began|begins|ended|held|holds"
    r"|starting|beginning|must|shall|may|to|but|and (?=[a-z]+(?:ed|s|ing)?\s(?:in|the"
    r"|all|a|their)\b)"
    r"|at(?! sea)|since|if|during|without|under|with|than|because|so|except|within|monitored"
    r"|where)\b|\s[—–-]\s|$"
)

_TEXT = re.compile(
    r"\b(?:resolution|text|agreement|accord|document|deal|statement|truce|declaration|protocol"
    r"|order)"
    r"(?:\s[\w-]+){0,3}\s\Z",
    re.IGNORECASE,
)
"""A resolution that demands tells terms; a person who demands does not."""


def wished(sentence: Sentence) -> int:
    """Return where a sentence begins to tell what somebody wishes; its length if nowhere."""
    for wish in sentence.find("wishes"):
        if not _TEXT.search(sentence.plain, 0, wish.start):
            return wish.start
    return len(sentence.plain)


def zones(sentence: Sentence) -> list[Found]:
    """Return where a sentence says that the ceasefire holds."""
    text = sentence.plain
    found: list[Found] = []
    elements = [("zone", m[0], *m.span()) for m in _ELEMENTS.finditer(text)]
    between = [("zone", m[0], *m.span()) for m in _TWO_LINES.finditer(text)]
    limit = wished(sentence)
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
SEA = re.compile(r"\b(?:[Ii]n|[Oo]n) the (?:[A-Z]\w+ )?[Ss]ea\b")


def zone_within(text: str, act: Match, end: int) -> Found | None:
    """Return a sea named later in the same prohibition."""
    for match in re.finditer(r"\s(?=(?:in|on) the (?:[A-Z]\w+ )?[Ss]ea\b)", text[act.end : end]):
        return _place(text, act.end + match.start())
    return None


def zone_after(text: str, act: Match) -> Found | None:
    """Return the place told right after an act: "combat along the entire frontline"."""
    inside = re.search(r"\b(?:in|on|at|along|across) ", text[act.start : act.end])
    if inside and SEA.search(text, act.start, act.end):
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
