"""Where a ceasefire holds, or an act is prohibited: the words of places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import Match, cues
from holdfire.statements.draft.sentences import Sentence

Found = tuple[str, str, int, int]
"""Field, value, and start and end in the sentence."""

_NP_END = re.compile(
    r"[,;:.!?\"”“()]|\s(?:would|will|is|are|was|were|has|had|have|that|which|who|from|until"
    r"|till|for|by|after|once|through|put|both|neither|nobody|no|each"
    r"|before|when|while|as|said|says|on|took|takes|came|comes|began|begins|ended|held|holds"
    r"|starting|beginning|must|shall|may|to(?! \d)|but|and (?=[a-z]+(?:ed|s|ing)?\s(?:in|the"
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
    elements = [
        ("zone", m[0], *m.span())
        for m in _ELEMENTS.finditer(text)
        if not _MERELY.search(text, 0, m.start())
    ]
    between = [("zone", m[0], *m.span()) for m in _TWO_LINES.finditer(text)]
    limit = wished(sentence)
    prohibits = sentence.find("prohibits") if elements or between else []
    if sentence.names_ceasefire or (prohibits and prohibits[0].start < limit):
        found += [one for one in elements + between if one[2] < limit]
    if sentence.names_ceasefire or sentence.find("acts") or sentence.find("verbs"):
        found += _strong(text, limit)
    if not sentence.heads.isdisjoint(_LENGTHS) and (
        sentence.find("prohibits") or sentence.find("denies") or sentence.find("whole")
    ):
        found += [
            ("zone", text[one.start() : stop], one.start(), stop)
            for one in _APART.finditer(text, 0, limit)
            if not _GOING.search(text, 0, one.start())
            for stop in [_noun_end(text, one.end())]
        ]
    found += [_grown(text, cue.start, cue.end) for cue in sentence.find("zones_own")]
    for cue in sentence.find("ceasefire"):
        if cue.start < limit and not _BROKEN.search(text, 0, cue.start):
            found += _listed(_place(text, cue.end))
    for at, bound in _halts(sentence, limit):
        found += _listed(_place(text, at, bound=bound))
    guns_fall = not sentence.heads.isdisjoint(_GUN_HEADS)
    for guns in _GUNS.finditer(text, 0, limit) if guns_fall else ():
        found += _listed(_place(text, guns.end()))
    for one in _STRETCHES.finditer(text, 0, limit):
        if cues("ceasefire").search(text, 0, one.start()):
            found.append(
                (
                    "zone",
                    text[one.start(1) : (stop := _noun_end(text, one.end()))],
                    one.start(1),
                    stop,
                )
            )
    for cue in sentence.find("covers") if limit == len(text) else ():
        subject = text[: cue.start]
        if subject.endswith(" not "):
            continue
        if (
            re.match(r"\s*(?:It|This|They|That|What)\b", subject)
            or cues("ceasefire").search(subject)
            or cues("agreement").search(subject)
        ):
            found += _listed(_covered(text, cue.end))
    return found


def _halts(sentence: Sentence, limit: int) -> Iterator[tuple[int, bool]]:
    """Yield where a place may follow a word that stops or forbids, and whether it forbids."""
    text = sentence.plain
    for cue in sentence.find("prohibits"):
        if (
            cue.start < limit
            and _STOPPING.match(text, cue.start)
            and not _UNTOLD.search(text, 0, cue.start)
        ):
            yield cue.end, False
    for cue in sentence.find("denies"):
        modal = _MAY.search(text, cue.start, cue.end + 60)
        if (
            cue.start < limit
            and modal
            and _CLAUSE.search(text, cue.start, modal.start()) is None
            and not _FLIES.match(text, modal.end())
        ):
            yield modal.end(), True


_STOPPING = re.compile(
    r"(?:halt|stop|suspen|ceas|paus|prohibit|bar|ban|forbid|forbad|outlaw|refrain|freez|lay down"
    r"|hold"
    r"|stand|put|call|bring)",
    re.IGNORECASE,
)
_UNTOLD = re.compile(
    r"\b(?:not|never|failed to|refus\w+ to|before|until|if|unless|did not|yet to|without)"
    r"\s(?:[\w’'-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:may|must|shall|will|would|can|to|allowed|permitted)\b(?: not\b| be\b)*")
_CLAUSE = re.compile(r"[,;:.\"”]")
_FLIES = re.compile(r" (?:[\w’'-]+ )?(?:fly|flown|overfly|send (?:\w+ )?drones)\b")
"""A sky is where no one flies, not where fire stops."""


_LENGTHS = frozenset(("km", "kil", "mil", "met", "yar", "nau", "squ"))
_GUN_HEADS = frozenset(
    ("gun", "wea", "hos", "fig", "sho", "war", "hal", "end", "sto", "cal", "fal", "fel", "go",
     "wen", "hol")
)  # fmt: skip
"""First letters of the words that the expressions below begin with."""


def _strong(text: str, limit: int) -> list[Found]:
    """Return the place that opens a sentence: "Within ten miles of the canal both must …"."""
    match = _OPENS.match(text)
    if match is None or match.start(1) >= limit:
        return []
    if _NO_PLACE.match(text, match.start(1)) and not _DISTANCE.match(text, match.start(1)):
        return []
    start, stop = match.start(1), _noun_end(text, match.end())
    words = text[match.end() : stop]
    if not (cues("zone_nouns").search(words) or _NAMED.match(words)):
        return []
    return [("zone", text[start:stop], start, stop)]


_GOING = re.compile(r"\b(?:withdraw\w*|pull\w* back|retreat\w*|roughly)(?: \w+){0,3} \Z")
_APART = re.compile(
    r"\b(?:within )?(?:(?:at least|some|about|up to|less than|nearer than) )*(?:\d[\d.,]*"
    r"|[a-z]+(?:-[a-z]+)?) "
    r"(?:nautical |square )?(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s|yards) (?:from(?! where)"
    r"|on (?:either|both) sides? of|(?:to the )?(?:north|south|east|west)(?: and (?:north|south"
    r"|east|west))? of)\s"
)


def _listed(found: Found | None) -> list[Found]:
    return [] if found is None else [found]


_GUNS = re.compile(
    r"\b(?:guns|weapons|hostilities)(?: silent)?(?=\s(?:in|round|throughout|across)\s)"
    r"|\b(?:[Ff]ighting|[Hh]ostilities|[Ss]hooting)(?=\s(?:in|around|round|along|on)\s.{4,60}?\s"
    r"(?:stop|end|cease|halt|is to|are to|will|would))"
    r"|\b[Tt]he war(?=\s(?:in|on)\s.{4,40}?\s(?:stops|ends|ceases|is to|will))"
    r"|\b(?:halt|end|stop) to the (?:fighting|shooting|hostilities)"
    r"|\b(?:[Cc]alm(?= (?:should|is to|will|would|on|in|along))|(?:fall|falls|fell|go"
    r"|went) (?:quiet"
    r"|silent)|hold (?:their |its )?fire|stop shooting)\b"
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
    if _ON_IT.match(text, act.end) and _STRIKES.search(text, act.start, act.end):
        return None
    return _place(text, act.end)


_ON_IT = re.compile(r"\s(?:on|against)\s")
_STRIKES = re.compile(
    r"(?:attacks?|assaults?|strikes?|raids?|fire|offensives?"
    r"|operations?)\Z",
    re.IGNORECASE,
)
"""What is attacked is no place where it is forbidden."""

_TWO_LINES = re.compile(
    r"\bbetween the (?:\w+ ){0,3}(?:[Ll]ine|[Bb]order|[Rr]iver|[Rr]oad"
    r"|[Cc]oast) and the (?:[\w-]+ ){0,3}(?:[Ll]ine|[Bb]order|[Rr]iver|[Rr]oad"
    r"|[Cc]oast)\b"
)
_STRETCHES = re.compile(
    r"\b(?:stretch|extend|run|reach|hold|appl)(?:s|es|ies"
    r"|ing)? (from (?:the )?[A-Z][\w’'-]+(?: [\w’'-]+){0,3} to )"
)
_BROKEN = re.compile(
    r"\b(?:broke|broken|breaking|breach\w*|violat\w+|celebrat\w+|signed|signing|discuss\w*)"
    r"\s(?:of )?(?:the |a )?\Z"
)
_MERELY = re.compile(r"\bnot (?:only|just|merely)\b[^;.]{0,60}\Z")
_ELEMENT = r"(?:in the (?:air|sky)|at sea|on (?:the )?(?:land|ground))"
_ELEMENTS = re.compile(
    rf"{_ELEMENT}(?:(?:,? and |, ){_ELEMENT})+"
    r"|(?:by|on) (?:land|sea|air)(?:, (?:by )?(?:land|sea|air))?,? and (?:by |in the )?(?:land"
    r"|sea|air)\b"
)
_STRONG = (
    r"in and around|everywhere between(?= the)|on each side of|deep inside|up and down"
    r"|on (?:both|either) sides? of|all (?:over|along|across)"
    r"|(?:any|every)where (?:in|on|along|within)|(?:north|south|east|west) of|inside|along"
    r"|across|around|round|throughout|outside|for(?= the (?:whole|entire))"
    r"|in the sk(?:y|ies) (?:above|over)|north and south of|east and west of"
    r"|in(?= (?:all|every|parts|most|the (?:whole|entire|provinces?|regions?|areas?|cit(?:y|ies)"
    r"|towns?|districts?|states?))\b)|within(?= (?:the|an?|about|some|at least|[\d]"
    r"|[\w-]+ (?:km|kilomet|mile|met|nautical)))"
)
_PREPOSITION = re.compile(
    rf"\s[\"“]?(?:({_STRONG})|(in|on|at(?= sea| the (?:front|border|line|frontier)s?\b)|near"
    rf"|over(?! by\b)|between(?= the)"
    r"|for(?= (?:the )?(?:\w+ ){0,3}(?:districts?|areas?|provinces?|regions?|cit(?:y|ies)|towns?"
    r"|front|governorates?|state of|states)\b)))\s"
)
_OPENS = re.compile(rf"[\"“]?({_STRONG}|on|over)\s", re.IGNORECASE)
_AWAY = re.compile(
    r"[.;:–—]|\b(?:sign\w*|agree\w*|talks?|meeting|met|said|says?|announc\w*|broker\w*"
    r"|insist\w*|claim\w*|add(?:ed|s)|post(?:ed|s)|negotiat\w+|mediat\w+|kill\w*|wound\w*"
    r"|arriv\w+|visit\w*|fled|spoke|told|propos\w+|vot\w+"
    r"|after|before|because|who|which|while|but|if|under|following|against|wrote|reach\w*|where"
    r"|sworn|broke\w*|violat\w*|breach\w*|collaps\w*|fail\w*|reject\w*|initial\w*|accept\w*"
    r"|welcom\w*|approv\w*|call\w* for|like|than|as)\b"
)
NEAREST, FARTHEST = 45, 90
"""Letters between an act and its place: for "in" and its like, and for "along" and its like."""
_DISTANCE = re.compile(
    r"[Ww]ithin\s(?:about\s|some\s)?[\w-]+\s(?:nautical\s)?(?:kilomet|km|mile|met|yard)"
)
_NO_PLACE = re.compile(
    r"(?:[Ii]n|[Oo]n|[Aa]t|[Ww]ithin|[Oo]ver|[Aa]cross)\s(?:(?:the\s)?(?:principle|exchange"
    r"|return|order|place"
    r"|force|effect|line with|lines of|which|fact|coming"
    r"|next|last|past|same|first|second|\w+day\b|morning|evening|night|terms|ground that"
    r"|condition|case|question|table|war\b|three|talks|hostilities|fighting|shooting"
    r"|strikes|attacks)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|\d[\d:.]*|one|two|four|five|six|seven|ten|this|that|his|her|its|their)\b)"
)


def _place(text: str, at: int, *, bound: bool = False) -> Found | None:
    """Return the first place told after an act or a ceasefire, unless another verb has it.

    ``bound`` tells that the clause forbids something, so that whatever stands between is forbidden.
    """
    for match in _PREPOSITION.finditer(text, at, at + FARTHEST + 20):
        start = match.start(1) if match[1] else match.start(2)
        gap = text[at : match.start()]
        if len(gap) > (FARTHEST if match[1] else NEAREST) or _AWAY.search(gap):
            return None
        if bound and match[2] == "over":
            return None
        if bound and _CLAUSE.search(gap):
            return None
        if _NO_PLACE.match(text, start) and not _DISTANCE.match(text, start):
            continue
        stop = _noun_end(text, match.end())
        words = text[match.end() : stop]
        if cues("zone_nouns").search(words) or (
            _NAMED.match(words)
            and match[2] != "between"
            and (match[1] or bound or _ONLY_WHEN.fullmatch(gap))
        ):
            return "zone", text[start:stop], start, stop
    return None


_NAMED = re.compile(r"(?:the )?(?:\w+ ){0,2}[A-Z]")
_ONLY_WHEN = re.compile(
    r"(?:,?\s[\"“]?(?:[\d][\w:.,]*|[A-Z][a-z]+day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|that|which|has|had|have|is|are|was|were|will|would|shall"
    r"|must|to|be|been|due|begins?|began|starts?|started|takes?|took|holds?|held|force|effect|into"
    r"|in|comes?|came|goes|go|falls?|fell|silent|quiet|silenced|stops?|ceases?|ends?|effective"
    r"|anywhere|today|tonight|tomorrow|yesterday|at|once|immediately|forthwith|again|from|on|by|the"
    r"|of|since|for|until|this|next|last|one|two|three|four|five|six|seven|eight|nine|ten|minute"
    r"|minutes|hours?|days?|weeks?|months?|past|midnight|noon|midday|dawn|sunrise|dusk|morning"
    r"|afternoon|evening|night|GMT|UTC|a|an|and|all|still|each|both|other|one|another|their|its"
    r"|attacks?|operations?|against|offensives?|military|combat|hostilities|fighting|fire|firing"
    r"|shelling"
    r"|shooting|raids?|strikes?|air|bombing|bombardment|campaign|war|any|action|activit(?:y|ies)"
    r"|patrols?"
    r"|flights?|flying|assaults?|advances?|movements?|deployments?)[\"”]?)*(?<!clock)"
)


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
    before = re.search(
        r"\b(?:the|a|an)\s(?:[\w'’-]+\s){0,4}[\w'’-]*\Z", text[max(0, start - 60) : start]
    )
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
    more = _MORE_NAMES.match(text, stop) if text[stop : stop + 1] == "," else None
    if more:
        return more.end()
    left = _LEFT_OVER.search(text, start, stop)
    return left.start() if left else stop


_LEFT_OVER = re.compile(r"\s(?:in|on|at|of|over|near|inside)\Z")
_NAME = (
    r"(?:the )?(?:\w+ )?[A-Z][\w’'-]+(?: (?:al-|el-)?[A-Z][\w’'-]+){0,2}(?: (?:city|states?"
    r"|regions?|provinces?))?"
)
_MORE_NAMES = re.compile(
    rf"(?:, {_NAME})*,? (?:and|or) {_NAME}(?! (?:said|says|told|has|have|had|is|are|was"
    r"|were|will|would|agreed|also|rejected|accepted|announced|called)\b)"
)
"""The rest of a list of names: ", Salif and Ras Issa"."""
