"""When a ceasefire starts and when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from holdfire.statements.draft.lengths import CLAUSE, IT
from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.when import (
    Moment,
    dated_in,
    dated_words,
    later,
    moments,
    time_zone,
)

_FUTURE = re.compile(r"\b(?:will|would|is to|are to|shall|due|set to|must|planned)\b")
_PAST = re.compile(
    r"\b(?:had|has|kicked|fell|went|stopped|came|took|began|started|entered|expired|ended"
    r"|since|ran|got|was signed|w(?:as|ere) to (?:begin|start|have))\b"
)
_ORDERED = re.compile(r"\b(?:ordered|told|said|announced|declared)\b")
_ONWARD = re.compile(
    r"\b(?:starting|beginning|effective|to (?:begin|start|take effect|take hold|come into force"
    r"|run)|due"
    r"|set|from)(?: from| at| on| as of)*(?: the)?(?: [\w:.]+(?: [ap]\.?m\.?)?(?: [A-Z]\w+ time"
    r"| GMT)?(?: on)?)?,?\s\Z"
)
_BEGAN = re.compile(
    r"\b(?:since|held|began|started|took effect|took hold|came into|went into"
    r"|fell silent|been|was to)\b"
)
"""Words of a ceasefire that has begun, so that a weekday is one before the text's."""
_DATELINE = re.compile(
    r"\A(?:[^\n]*\n){0,4}?[A-Z][\w /,.’'-]{1,60}?,? \(?((?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?)\)?"
    r"(?: \([\w ]+\))?\s*(?:[-–—:]|\.(?=\s))"
)


def dateline(text: str, published: date | None) -> date | None:
    """Return the day that the text says it was written, else that of publication."""
    match = _DATELINE.match(text[:400])
    if match:
        found = moments(match[1], published)
        if found and found[0].day is not None:
            return found[0].day
    return published


def bounds(
    sentence: Sentence,
    reference: date | None,
    local: Callable[[Sentence], str],
    before: str = "",
    lean: Callable[[Moment], str | None] | None = None,
) -> Iterator[tuple[str, Moment, str]]:
    """Yield ``starts`` or ``ends``, the moment, and its value.

    ``local`` returns the time zone that "local time" means in a sentence, or nothing; ``before``
    is the sentence before, which may date what "at once" goes on from. With ``lean`` only that
    tells whether a moment is a start or an end, and the words of the sentence do not.
    """
    text = sentence.plain
    if lean is None:
        yield from _at_once(text, reference, before)
    if not dated_words(text, sentence.heads):
        return
    if lean is None:
        yield from _nth_day(text, reference)
    past = True if _PAST.search(text) else False if _FUTURE.search(text) else None
    found = moments(text, reference, past=past)
    if past and _BEGAN.search(text) is None and any(one.weekday for one in found):
        coming = moments(text, reference)
        found = [
            after if one.weekday and _ONWARD.search(text, 0, one.start) else one
            for one, after in zip(found, coming, strict=True)
        ]
    zones = {one.zone for one in found if one.zone}
    zone = zones.pop() if len(zones) == 1 else ""
    if zone == "local":
        zone = local(sentence)
    last: tuple[str, Moment] | None = None
    for number, one in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        kind = _kind(text, one, last) if lean is None else lean(one)
        if (
            lean is None
            and kind is None
            and following is not None
            and _spans(sentence, one, following)
        ):
            kind = "starts"
        if kind is None:
            continue
        if one.day is None:
            said = [
                earlier
                for earlier in found[:number]
                if earlier.day and _SAID_THEN.search(text, earlier.end, one.start)
            ]
            said = said if last is None else []
            one = (
                _on_that_day(one, said[-1])
                if said
                else _with_day(
                    one,
                    last,
                    reference,
                    coming=past is not True and kind == "starts" and not _GONE.search(text),
                )
            )
        if kind == "ends" and last is not None and last[0] == "starts":
            one = _after_start(one, last[1])
        if one.clock is not None and not one.zone and zone:
            one = _zoned(one, zone)
        city = _CITY.match(text, one.end)
        if city and one.clock is not None and not one.zone:
            one = _zoned(one, time_zone(f"{city[1]} time") or "")
        if one.zone == "local":
            one = _zoned(one, local(sentence))
        zone = one.zone or zone
        happened = past or _ORDERED.search(text, one.end) is not None
        if happened and kind == "starts" and one.weekday and one.midnight and one.day == reference:
            one = replace(one, weekday=False)  # It is told as past: the midnight before.
        today = one.day == reference and past is not False
        value = one.value(ending=not today, closing=kind == "ends")
        if value:
            yield kind, one, value
        last = (kind, one)


_ONCE = re.compile(
    r"at once|mmediate|forthwith|(?:that|same) (?:very )?(?:day|date|evening|night|hour)"
)
_AT_ONCE = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|com(?:e|es|ing)|came|go(?:es)?|went) (?:into )?(?:effect|force)"
    r" (?:at once|immediately|forthwith|the same (?:day|evening|night))"
    r"|\bwith immediate effect\b|\beffective (?:at once|immediately|forthwith)\b"
    r"|\b(?:it|which|truce|cease-?fire) (?:starts?|started|begins?|began) (?:at once|immediately"
    r"|the same (?:day|evening|night))"
    r"|\b(?:comply|obey|cease-?fire|truce|pause|halt|stop|refrain|observ\w+|running|spar\w+"
    r"|was off|effective)"
    r"[^.;]{0,40}?\b(?:from|as of|since) (?:that|the same) (?:very )?(?:day|date|evening|night"
    r"|hour)\b",
    re.IGNORECASE,
)


def _at_once(text: str, reference: date | None, before: str) -> Iterator[tuple[str, Moment, str]]:
    """Yield the day of an act that the ceasefire began with at once."""
    cue = _AT_ONCE.search(text) if _ONCE.search(text) else None
    if cue is None:
        return
    for told in (text[: cue.end()], text, before):
        days = [one for one in moments(told, reference, past=True) if one.day]
        if days and days[0].day:
            yield (
                "starts",
                replace(days[0], start=cue.start(), end=cue.end()),
                days[0].day.isoformat(),
            )
            return


_NTH = re.compile(
    r"\b(?:truce|cease-?fire|pause|lull|armistice)\b[^.;,]{0,40}?\b(?:enter\w*|in|into|reached"
    r"|on) its"
    r" (?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:full "
    r"|whole )?day\b"
    r"|\b(?P<first>first|second|third|fourth|fifth) (?:full |whole )?day of (?:the|a"
    r"|this) (?:[\w-]+ ){0,2}"
    r"(?:truce|cease-?fire|pause)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth")
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def _nth_day(text: str, reference: date | None) -> Iterator[tuple[str, Moment, str]]:
    """Yield the day of a start from which days are counted: "entered its third day on Thursday"."""
    match = _NTH.search(text) if " day" in text and _ORDINAL.search(text) else None
    days = [one.day for one in moments(text, reference, past=True) if one.day] if match else []
    if match and len(days) == 1:
        nth = _ORDINALS.index((match["nth"] or match["first"]).lower())
        first = later(days[0], -nth)
        if first:
            yield "starts", Moment(*match.span(), day=first), first.isoformat()


_SAID_THEN = re.compile(
    r"\b(?:that|announc\w+|said|declar\w+|order\w*|disclos\w+|agreed|told|reveal\w+|confirm\w+)\b"
)


def _on_that_day(one: Moment, said: Moment) -> Moment:
    """Return an hour on the day told before it: "on 22 February they said that from midnight …"."""
    day = later(said.day, 1) if one.midnight and said.day else said.day
    return replace(one, day=day)


_GONE = re.compile(r"\b(?:last night|yesterday|this morning)\b")
JUST_PAST = 30
"""Minutes after midnight up to which an hour to come without a day is that of the next night."""


def _with_day(
    one: Moment, last: tuple[str, Moment] | None, reference: date | None, *, coming: bool
) -> Moment:
    day = last[1].day if last and last[1].day else reference
    if last is None and coming and day and one.clock is not None and one.clock <= JUST_PAST:
        day = later(day, 1)
    return replace(one, day=day)


def _after_start(one: Moment, start: Moment) -> Moment:
    """Return an end in the year after where it would else lie months before the start."""
    if one.day is None or start.day is None or (start.day - one.day).days < 60:
        return one
    return replace(one, day=dated_in(one.day, one.day.year + 1) or one.day)


def _zoned(one: Moment, zone: str) -> Moment:
    return replace(one, zone=zone)


_CITY = re.compile(r"\sin ([A-Z][\w-]+(?: [A-Z]\w+)?)")
_FILLER = (
    r"(?:\s+(?:(?:[\w-]+ )?(?:hours?|minutes|days?) after (?:the )?(?:signature|signing|deal"
    r"|agreement|announcement|vote)\w*,?"
    r"|on|at|from|the|of|for|only|again|early|late|officially|formally|immediately|later"
    r"|just|around|about|a minute (?:past|after|before)|\w+ hours later,?|a day|one minute"
    r"|stroke of"
    r"|as of|the (?:early )?(?:morning|evening|night|afternoon|hours) of|early|dawn|dusk|sunrise"
    r"|sunset|(?:in|across|throughout"
    r"|along) (?:the )?(?:[A-Z][\w-]+ ?){1,3}))*\s*,?\s*\Z"
)


@cache
def _cue_before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{cues(kind).pattern}){_FILLER}", re.IGNORECASE)


_OPENS = re.compile(
    r"\A(?:.{0,40}? [-–—:] )?[\"“]?(?:from|from the morning of|at one minute past"
    r"|on the stroke of|as of|as from|with effect from"
    r"|starting|beginning|at|since|effective"
    r"|counted from|at the stroke of)\b.{0,20}\Z",
    re.IGNORECASE,
)
_QUIET = re.compile(
    r"\b(?:silent|quiet|ceas(?:e|es|ed|ing)|stop(?:s|ped)?|halt(?:ed)?|take effect"
    r"|takes effect|took effect|begins?|began|in force|in effect|frozen|neither|nobody|suspend\w*"
    r"|refrain|hold (?:their|its|back)|lay down|desist|banned|forbidden|no longer)\b"
)
_QUIETS = (
    r"(?:(?:went|go|goes|gone|fell|fall|be|kept?) (?:quiet|silent)"
    r"|(?:stop(?:ped|s)?|cease) (?:shooting|firing|fighting|fire)"
    r"|(?:lay|laid|put) (?:down|aside) (?:their |its )?(?:arms|guns|weapons)"
    r"|(?:has|have) been (?:silent|quiet|still|observed|respected|calm)|(?:their|its) guns aside"
    r"|kicked in|silences? the (?:guns|weapons)|cease hostilities|(?:are |is )bound"
    r"|hold(?:ing)? (?:their |its )?fire|be discontinued|be brought to an end"
    r"|(?:end|suspend|stop)s? (?:all )?(?:hostilities|operations|combat|attacks)"
    r"|(?:war|fighting|shooting|guns|batteries|action|firing|operations)(?: [\w’' ]{1,50})?"
    r" (?:stop(?:s|ped)?|ceases?d?|is to (?:end|stop|cease)|will end))"
)
_STILL = re.compile(
    rf"\b{_QUIETS}\b(?:(?!signed|said|announced|told|published| and a | but | which "
    rf"| who )[^;.]){{0,50}}?"
    rf"(?:\b(?:at|on|from|as of|since|by)\b{_FILLER}|\Z)"
)
_THEN_STILL = re.compile(rf"\A[^;.]{{0,60}}?\b{_QUIETS}\b")
_PREPOSED = re.compile(
    rf"\b(?:from|as of|as from|starting|running from|beginning){_FILLER}", re.IGNORECASE
)
_UP_TO = re.compile(
    r"\b(?:until|till|through|runs to|expires (?:on|at)|lapses (?:on|at)"
    r"|(?:extend|prolong|renew)\w* (?:the |its |their )?[\w-]+ to|freeze \w+ until|(?:months?"
    r"|weeks?|days?|hours?),? to)\s(?:the )?\Z"
)


@cache
def _suspends() -> re.Pattern[str]:
    return re.compile(rf"(?:{_SUSPENDS.pattern}){_FILLER}")


_STILLED = re.compile(
    r"ceas|stop|clos|silen|quiet|suspend|fire|end|hold|lay|laid|put|paus|freez|froz|bound|still"
    r"|calm|observ"
    r"|respect|frozen|die|halt|kicked|discontinued"
)
"""Letters that every word by which fighting stops has."""
_FALLS = re.compile(
    r"\b(?:fire|hostilities|fighting|guns|weapons|shooting|operations|attacks|shelling"
    r"|war|armies|troops|forces|sides|batteries|rockets|bombing|raids)\b[^;]{0,60}?"
    r"\b(?:ceas(?:e|es|ed)|stop(?:s|ped)?|end(?:s|ed)?|close[sd]?|be silent|fall silent|fell silent"
    r"|pauses?d?|silenced|fall quiet|frozen in place"
    r"|(?:be |were |was )?suspended|die down|died down"
    r"|be halted|hold)"
    rf"{_FILLER}"
)
_TO = re.compile(r"\A\s*,?\s*(?:to|and|–|-|until|till|through)\s+(?:the |end of |at )*\Z")


_ENTRY = re.compile(r":|\.\s|\s[–—-]\s|\s(?=[A-Z][\w’'-]+)(?!GMT|UTC|[A-Z]\w+ (?:[Tt]ime|on))")
_LABEL = re.compile(
    r"\b(?:Effect|Effective|Starts?|Start date|In force|Begins?|Entry into force|Valid"
    r"|Commencement)"
    r"(?: from)?:\s\Z"
)
_TILL_THEN = re.compile(r"\b(?:until|till|through|up to)\s(?:the |about |at )?\Z")
_OF_DAY = re.compile(
    r"\b(?:cease-?fire|truce|armistice|moratorium)\s(?:of|dated"
    r"|dating from)\s\Z",
    re.IGNORECASE,
)
_DAYS_OWN = re.compile(r"\s(?:cease-?fire|truce|armistice)\b")
_THEN_BEGINS = re.compile(
    r",?\s(?:that |when )?(?:(?:a|the|its|their|his|this|that) )?(?:(?!after|before|since|until"
    r"|because|while)[\w’'-]+ ){0,4}?"
    r"(?:truce|cease-?fire|armistice|pause|cessation(?: of [\w\"” ]{3,20})?|moratorium"
    r"|lull)\b[^,;.]{0,30}?\s"
    r"(?:began|begins|starts|started|came into|comes into|takes (?:effect|hold)|took (?:effect"
    r"|hold)|enters into|got|gets"
    r"|entered into|went into|goes into|kicks|kicked|(?:was|is) to (?:have )?(?:begin|begun"
    r"|start|take))"
)
_MAY_BEGIN = re.compile(
    r"(?:\A|[\s\"“])(?:[Ff]rom|[Aa]t|[Oo]n|[Ss]ince|[Aa]s of|[Ww]as|[Aa]fter|past|[Ee]arly|[Ww]hen)"
    r"(?: (?:a|one|two|minutes?|past|after|the|stroke|of|on|at))*\s\Z"
)
_SUSPENDS = re.compile(
    r"\b(?:halt|suspend|stop|cease|pause|lay down|laid down|end|hold|freez|froze)(?:s|ed|es"
    r"|ped)?\s(?:all |its |their |the |any )?"
    r"(?:\w+ )?(?:fire|fighting|operations|offensives?|offensive operations|hostilities|attacks"
    r"|strikes|shelling|raids|arms|shooting|action|activities)"
    r"(?:\s(?:in|on|along|across|against)\s[\w -]{3,30}?)?\s(?:at|on|from|as of|starting"
    r"|beginning|by|effective)"
)
_ALSO = re.compile(r"\A,?\s(?:and\s)?(?:in|on|for|along)\s[^,;.]{3,30}\s(?:on|at|from)\s\Z")
_NOUN_AT = re.compile(
    rf"\b(?:{cues('ceasefire').pattern}|[Ss]tart|[Ii]n force|[Ee]ffective):?"
    rf"(?:\s(?:throughout|in|across|along|on)\s[\w -]{{3,30}}?)?(?:\s(?:at|from"
    rf"|as of)\b{_FILLER}|:\s\Z)"
)
_HAVE_UNTIL = re.compile(r"\b(?:ha(?:ve|s|d)|given|get)\s(?:until|till)\s\Z")
_THEN_STOP = re.compile(
    r"\bto\s(?:stop|cease|halt|end|hold (?:their |its )?fire|lay down|put down|silence)\b"
)
_FROM = re.compile(r"\b(?:between|from)\s\Z")


def _spans(sentence: Sentence, one: Moment, following: Moment) -> bool:
    """Whether two days are those from which to which the ceasefire lasts: "21 to 27 August"."""
    text = sentence.plain
    if one.day is None or not _TO.match(text[one.end : following.start] + " "):
        return False
    clause = CLAUSE.split(text[: one.start])[-1]
    if not _FROM.search(clause) and cues("other_events").search(clause):
        return False
    if sentence.names_ceasefire or sentence.find("prohibits"):
        return True
    return bool(_FROM.search(clause) and _MEANT.search(text))


def _kind(text: str, one: Moment, last: tuple[str, Moment] | None) -> str | None:
    """Return whether a moment is the ceasefire's start or its end, or neither."""
    before = text[: one.start]
    if not before.strip() and one.day is None and _ENTRY.match(text, one.end):
        return None  # The time of an entry in a log.
    if _LABEL.search(before):
        return "starts"
    if last is not None and last[0] == "starts" and _TILL_THEN.search(before):
        return "ends"
    if one.day is not None and _OF_DAY.search(before) and not one.weekday and not one.near:
        return "starts"
    if one.day is not None and not one.weekday and _DAYS_OWN.match(text, one.end) and last is None:
        return "starts"
    if _THEN_BEGINS.match(text, one.end) and _MAY_BEGIN.search(before):
        return "starts"
    if last is not None and last[0] == "starts" and _TO.match(before[last[1].end :]):
        return "ends"
    if last is not None and last[0] == "starts" and _ALSO.match(before[last[1].end :]):
        return "starts"
    if _HAVE_UNTIL.search(before) and _THEN_STOP.search(text, one.end):
        return "starts"
    clause = CLAUSE.split(before)[-1]
    if one.clock is not None and _NOUN_AT.search(clause):
        return "starts"
    if _STILLED.search(clause) and (
        _FALLS.search(clause) or _STILL.search(clause) or _suspends().search(clause)
    ):
        return "starts"
    if one.clock is not None and _THEN_STILL.match(text[one.end :]):
        return "starts"
    if _OPENS.match(clause) and _opened(text[one.end :], one.clock is not None):
        return "starts"
    for kind in ("ends", "starts"):
        match = _cue_before(kind).search(clause)
        if match is None:
            continue
        if kind == "ends" and last is not None and last[0] == "starts":
            return "ends"
        if match[0].lower().startswith("since") and not _NAMES_IT.search(clause):
            continue
        if _ceasefire_begins(clause[: match.start()]):
            return kind
    opening = last is None and (_PREPOSED.search(clause) or not clause.strip(' "“'))
    if opening and one.clock is not None and (_MEANT.search(text) or _QUIET.search(text, one.end)):
        return "starts"
    return (
        "ends"
        if _UP_TO.search(clause) and _MEANT.search(text) and not _SPOKEN.search(clause)
        else None
    )


_NAMES_IT = re.compile(
    r"\b(?:truce|cease-?fire|armistice|moratorium|pause|calm|silence|silent|quiet|still|deal"
    r"|agreement|lull"
    r"|(?:it|which|that|this) (?:has|had|is|was))\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:truce|cease-?fire|armistice|moratorium|pause|calm|silence|silent|quiet|still|hostilities"
    r"|neither|supposed to last|freeze operations|agreed to stop|bombs?|guns?|raids?|offensive)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:wait|meet|talks|negotiat\w*|return|prison|said|told)\b[^,;]{0,30}\Z")


def _opened(after: str, clock: bool) -> bool:
    """Whether what follows an opening "From midnight on Sunday" is a ceasefire beginning."""
    quiet = _QUIET.search(after)
    noun = cues("ceasefire").search(after)
    return bool((quiet and quiet.start() < 140) or (noun and noun.start() < (60 if clock else 8)))


_ABOUT = re.compile(
    r"\b(?:[Tt]alks|[Nn]egotiations|[Mm]eetings?|[Dd]iscussions|[Dd]ebate)\s(?:about|on|over"
    r"|for)\s(?:an?\s|the\s)?\Z"
)


_MADE = re.compile(
    r"\A,?\s(?:(?:which|that)\s)?(?:(?:was|were|had been|they|he|she|it)\s)?(?:just\s)?(?:signed"
    r"|announced|agreed|negotiated|reached|declared)\b"
)


def _ceasefire_begins(subject: str) -> bool:
    """Whether what stands before a cue is about the ceasefire and not about another event."""
    nouns = list(cues("ceasefire").finditer(subject)) + list(cues("agreement").finditer(subject))
    if nouns:
        last = max(noun.end() for noun in nouns)
        if _ABOUT.search(subject, 0, min(noun.start() for noun in nouns)):
            return False
        return cues("other_events").search(_MADE.sub("", subject[last:])) is None
    return cues("other_events").search(subject) is None and bool(IT.search(subject))
