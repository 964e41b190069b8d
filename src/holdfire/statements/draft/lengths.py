"""How long a ceasefire lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import cues
from holdfire.statements.draft.sentences import Sentence

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER = (
    {word: number for number, word in enumerate(_ONES, 1)}
    | {ten: 10 * number for number, ten in enumerate(_TENS, 2)}
    | {
        f"{ten}-{one}": 10 * number + digit
        for number, ten in enumerate(_TENS, 2)
        for digit, one in enumerate(_ONES[:9], 1)
    }
    | {"a": 1, "an": 1, "hundred": 100, "a hundred": 100, "one hundred": 100}
)
_UNIT = r"(minute|hour|day|week|month|year)"
_UNITS = frozenset({"min", "hou", "day", "wee", "mon", "yea", "for"})
_UNIT_WORD = re.compile(rf"\b(?:{_UNIT}(?:s|-long)?|fortnight)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(\d{1,4}|(?:an? |one )?hundred|[a-z]+(?:-[a-z]+)?)"
    rf"(?:[\s-]+(?:straight|full|consecutive|calendar|or more"
    rf"|more))?[\s-]+{_UNIT}(s?)\b(?:['’]s?(?!\w))?(?:[\s-](?:long|old))?"
    r"|\b(week|month|day|year)-long\b|\b(fortnight)\b",
    re.IGNORECASE,
)


def durations(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """Yield value, start and end of every length that a sentence gives the ceasefire."""
    if sentence.heads.isdisjoint(_UNITS):
        return
    text = sentence.plain
    if _UNIT_WORD.search(text) is None:
        return
    last: int | None = None
    for match in _SPAN.finditer(text):
        if match[5]:
            number, unit = 14, "day"
        elif match[4]:
            number, unit = 1, match[4].lower()
        else:
            word = match[1].lower()
            number = int(word) if word.isdigit() else _NUMBER.get(word, 0)
            unit = match[2].lower()
            if unit == "hour" and len(word) == 4 and word.isdigit():
                continue  # The time of day: "1700 hours".
        other_unit = last is not None and text[last : match.start()] in (
            ", or ",
            " or ",
            " (",
            ", ",
        )
        if not number or not (other_unit or _of_ceasefire(sentence, match)):
            continue
        last = match.end()
        yield f"{number} {unit}{'' if number == 1 else 's'}", *match.span()


_FILL = (
    r"(?:a |an |the |at least |no less than |not less than |no fewer than |up to |some "
    r"|about |another |initial |initially |only |those |these |this |just |the first "
    r"|first |period of )*"
)
_BEFORE = re.compile(
    rf"\b(?P<cue>(?:is |be |it )?(?:valid|good|set|fixed|due) for|runs?|by another|(?:extended"
    rf"|prolonged|renewed|lengthened"
    rf"|stretched)[^.;,]{{0,30}} (?:by|for)|term of|(?:sets?|fix(?:es)?"
    rf"|stipulates?) (?:a )?(?:period|term)s? of|in (?:effect|force) for|runs? for|(?:be "
    rf"|been )?extended by|hold for|held for|last(?:s|ed|ing)?(?: for)?"
    rf"|(?:halt(?:ed)?|suspended|stopped|paused|silent|spared) for|expires? after"
    r"|period of|length at"
    rf"|(?:stretch|extend|prolong|widen)\w* (?:the |it )?(?:\w+ )?to|(?:pause|halt"
    rf"|break|stop|lull|quiet) of|for|of)\s+{_FILL}\Z",
    re.IGNORECASE,
)
_NOT_LENGTH = re.compile(
    r"^\s+(?:(?:a|per|each|every) day|ago|earlier|later|before|after|into"
    r"|of (?:war|fighting|talks|negotiations|conflict|violence|bombardment|shelling|delay"
    r"|insurgency)|war|conflict|old"
    r"|since|of age|in (?:prison|jail|office))\b"
)
_OF_SILENCE = re.compile(
    r"\s+(?:of (?:silence|calm|quiet|truce|peace)|without (?:fighting|shooting|fire|shelling))\b"
)
_STOPS = re.compile(r"(?:stop|suspend|halt|ceas|refrain|hold|spar|paus|freez|lay)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:old wish|wish(?:es)?|dreams?|imagines?|forecast|perhaps|maybe|rumou?rs?|plead(?:s|ed)?"
    r"|begs?|would have liked|bets?|was told of|live with)\b[^;.]{0,60}\Z"
)
_HELD = re.compile(
    r"\b(?:(?:has|have|had) (?:now |so far |already )*(?:held|lasted)|lasted (?:only|just|barely"
    r"|all of|a mere)"
    r"|not (?:paused|stopped|ceased|let up)|collapsed after)(?: for)?(?: (?:about|some|over"
    r"|more than|nearly|only))? \Z"
)
_FOR_THAT = re.compile(
    r"(?:\A|[.;:] |[\"“])(?:For|Over|During) (?:the next |the coming "
    r"|at least |an initial )?\Z"
)
_FROM_DAY = re.compile(
    r",? (?:from|as of|starting|beginning|counted from) (?:\d|[A-Z]|midnight"
    r"|noon|today|tomorrow)"
)
_WANTED = re.compile(
    r"\b(?:suggest|want|propos|hop|urg|call|ask|demand|wish|seek|sought|would"
    r"|could)\w*\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r",? (?:in all|altogether|in total)\b")
_NEAR_IT = re.compile(
    r"\b(?:truce|cease-?fire|pause|lull|phase|stage|halt|calm"
    r"|moratorium)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"(?:\A|[.;:] |[\"“])No (?:more "
    r"|further )?[^.;:]{4,80}? for (?:the next )?\Z"
)
_PHASE = re.compile(r"[\s-](?:first |initial |opening )?(?:phase|stage|period|term)\b")
_OLDER = re.compile(
    r"[\s-](?:cease-?fire|truce|pause|lull) of (?:[A-Z][a-z]+ )?(?:19|20)\d\d"
    r"|[\s\w-]{0,30}\b(?:were|was|are|is) (?:over|history)\b"
)
"""What follows a length of a ceasefire that is over."""

_NEAR = re.compile(
    r"[\s,\"”“-]*(?:(?!for\b|of\b|after\b|in\b|before\b|to\b|since\b)[\w-]+[\s,\"”“]+){0,4}"
)
_QUIET_FOR = re.compile(
    r"\b(?:guns|arms|weapons|fire|fighting|shooting|attacks|hostilities|military action"
    r"|offensives|operations)\b"
    r"[^,;]{0,20}\Z"
)
_HALTED = re.compile(r"(?:halt|suspend|stop|paus|silent|spared)|.*length at|.*quiet to")
IT = re.compile(
    r"\b(?:it|they|this|which|that|those|phase|pause|halt|stop|calm|quiet|deal|offer|all|what)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?<!\.m)(?:;|\.)\s")


def _of_ceasefire(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a length is the ceasefire's: "30-day truce", "it runs for 30 days"."""
    text = sentence.plain
    after = text[match.end() :]
    if _NOT_LENGTH.match(after):
        return False
    other = cues("other_offers").search(text)
    if other and other.start() < match.start():
        return False
    if _UNREAL.search(text, 0, match.start()) or _OLDER.match(after):
        return False
    if _HELD.search(text, 0, match.start()):
        return False
    if _FOR_THAT.search(text, 0, match.start()) and (
        sentence.find("denies") or sentence.find("prohibits") or _QUIET_FOR.search(after[:60])
    ):
        return True
    if _FROM_DAY.match(after) and cues("ceasefire").search(text, 0, match.start()):
        return True
    if _PHASE.match(after) and sentence.names_ceasefire:
        return True
    if _IN_ALL.match(after) or (match[0].lower().endswith("long") and _NEAR_IT.search(text)):
        return True
    if _NO_MORE.search(text, 0, match.start()):
        return True
    if _OF_SILENCE.match(after):
        return True
    noun = cues("ceasefire").search(after)
    if noun and _NEAR.fullmatch(after[: noun.start()]):
        return True
    cue = _BEFORE.search(text, 0, match.start())
    if cue is None:
        return False
    clause = CLAUSE.split(text[: cue.start()])[-1]
    word = cue["cue"].lower()
    if word.startswith(("stretch", "extend", "prolong", "widen")) and _WANTED.search(clause):
        return False
    if word.endswith(" of") or _HALTED.match(word) or "initial" in cue[0]:
        return True
    subject = list(cues("ceasefire").finditer(clause))
    strong = word not in ("for", "of")
    if not subject and strong and not clause.strip(' "“'):
        return True
    if not subject and strong:
        return bool(IT.search(clause) or cues("agreement").search(clause))
    stops = [
        one.end
        for one in sentence.find("prohibits")
        if one.end <= cue.start() and _STOPS.match(text, one.start)
    ]
    if stops and cues("other_events").search(text[stops[-1] : cue.start()]) is None:
        return True
    if not subject:
        return bool(_QUIET_FOR.search(clause)) or bool(
            cues("prohibits").search(clause) and cues("agreement").search(clause)
        )
    between = clause[subject[-1].end() :]
    return strong or (len(between) < 60 and cues("other_events").search(between) is None)
