"""What is allowed all the same, and who watches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfire.statements.draft.phrases import cue_phrases
from holdfire.statements.draft.sentences import Sentence

_END = re.compile(
    r"[;:.!?](?=\s|[\"”]|\Z)|,? (?:but|while|and neither|and both)\b|[\"”]? (?:he|she) said\b|$"
)
_BY = re.compile(
    r"\b(?:monitored|supervised|verified|overseen|policed|observed|watched|guaranteed"
    r"|investigated)(?: over)? by\s"
    r"|\b(?:verification|monitoring|supervision) is in the hands of\s"
    r"|\bunder (?:the )?(?:\w+ )?(?:supervision|monitoring|observation|control) of\s"
)
_WILL = re.compile(
    r"\b(?:(?:will|would|shall|is to|are to|was to|were to|must|to) (?:be set up to "
    r"|be created to |help (?:to )?|jointly )?"
    r"(?:monitor|supervise|verify|oversee|police|observe|patrol|watch(?: over)?|investigate|review"
    r"|[ei]nquire into|look into)"
    r"|(?:monitors?|supervises?|verify|verifies|oversees?|polices?|watch(?:es)?(?: over)?))\b"
)
_OBJECT = re.compile(
    r"\A(?!\s(?:in|at|from|of|will|would)\b)(?:\s(?:the|its|any|all|compliance|of|how|whether"
    r"|this|that|and|[\w-]+)){0,5}?\s(?:truce|cease-?fire|compliance|armistice|halt"
    r"|agreement|deal|it|implementation|observance|violations?|breach(?:es)?"
    r"|complaints|line|moratorium|cessation|withdrawal|pause|accord|frontier|border|front|zone"
    r"|strip|both|them)\b"
)
_KEPT = re.compile(r"\s(?:the |it\b|this |that |an? |any )(?:[\w-]+ )?(?!compliance)")
"""To observe a truce is to keep it."""

_PANEL = re.compile(
    r"\b[Aa]n? (?:[\w-]+ ){0,2}(?:mechanism|panel|commission|committee|task force"
    r"|working group|monitoring team)\b[^.;]*?"
    r"(?=,? (?:(?:which|that) [^,.;]*, )?(?:will|would|is to|are to|was to|shall|monitors"
    r"|watches|keeps|oversees|checks|settles|deals|reviews)\b)"
)
_OBSERVERS = re.compile(
    r"\b(?:(?:[Ss]ome |[Tt]wo |[Tt]hree )?(?:\d[\d,]*|hundred|[Uu]narmed) )*"
    r"(?:[Uu]narmed |[Mm]ilitary )?"
    r"(?:[Oo]bservers|[Vv]erifiers) (?:of|from) (?:the )?[A-Z]\w+(?: (?:[A-Z]\w+|of|for|and|the))*"
    r"|\b(?:[Aa] |the )?(?:[Jj]oint|[Mm]ixed) (?:[A-Z]\w+ )*[Cc]ommissions?\b"
    r"(?:,? (?:on which|in which|under|of) [^.;]*?)?"
    r"(?=,? (?:will|is to|are to|settles?|decides?|has|have)\b|[.;]|\Z)"
)
_LEADS = re.compile(
    r"((?:[Tt]he )?(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+) (?:will|would|is to"
    r"|are to) (?:take the lead in|be responsible for|be in charge of"
    r"|lead) (?:the )?(?:monitoring|supervising|verifying)(?: (?:it|of it|the \w+"
    r"|them|compliance))?"
)
_NOUN = re.compile(
    r"\b(?:an? |the )?(?:[\w’'-]+ ){0,4}?(?:monitoring (?:mission|mechanism|team|committee"
    r"|commission|group|centre|center)|observer mission|verification (?:mission"
    r"|mechanism|commission)|(?:truce|ceasefire|military|international|UN"
    r"|OSCE) (?:monitors|observers))(?: (?:of|from|led by|under) (?:[\w’'-]+(?:,"
    r"| and)? ?){1,8})?",
    re.IGNORECASE,
)


_OPEN = re.compile(r"[;:.][\"”]?\s|,\s(?:and|but)\s|\A[\"“]?")


def exceptions(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of what a sentence says is allowed all the same."""
    text = sentence.plain
    last = 0
    for cue in sentence.find("allowed"):
        start = max((m.end() for m in _OPEN.finditer(text, 0, cue.start)), default=0)
        stop = _END.search(text, cue.end)
        last = stop.start() if stop else len(text)
        if text[cue.start : cue.end] == "excepted":
            start, last = text.rfind(",", 0, cue.start) + 2, cue.end
        yield start, last if "not" not in text[cue.start : cue.end] else cue.end
    for cue in sentence.find("exceptions"):
        if cue.start < last:
            continue
        stop = _END.search(text, cue.end)
        last = stop.start() if stop else len(text)
        yield cue.start, last


_LONGER = re.compile(
    r"\b(?:can|could|may|might|will|would|possibility of|unless|subject to|open to)\b[^.;]{0,40}?"
    r"\b(?:extend(?:ed)?|extension|prolong(?:ed|ation)|renew(?:ed|al)|roll(?:ed)? over)\b"
)


def extensions(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of where a sentence says that the ceasefire may go on longer."""
    text = sentence.plain
    for cue in _LONGER.finditer(text):
        stop = _END.search(text, cue.end())
        yield cue.start(), stop.start() if stop else len(text)


_WATCHER_ENDS = re.compile(
    r"[,;:.]|\s(?:from|until|for|who|which|that|as|after|in|and will|and would|but|on)\b|\Z"
)


def monitoring(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of who a sentence says will watch."""
    if sentence.heads.isdisjoint(cue_phrases("watchers").heads):
        return
    text = sentence.plain
    for cue in _BY.finditer(text):
        stop = _WATCHER_ENDS.search(text, cue.end())
        if stop:
            yield cue.end(), stop.start()
    for cue in _WILL.finditer(text):
        after = text[cue.end() :]
        if not _OBJECT.match(after) or (cue[0].endswith("observe") and _KEPT.match(after)):
            continue
        start = _subject(text, cue.start())
        if start is not None:
            yield start, len(text[: cue.start()].rstrip(" ,"))
    for cue in _PANEL.finditer(text):
        yield cue.span()
    for cue in _OBSERVERS.finditer(text):
        yield cue.span()
    for cue in _LEADS.finditer(text):
        yield cue.span(1)
    for cue in _NOUN.finditer(text):
        yield cue.start(), len(text[: cue.end()].rstrip(" ,"))


MOST_WORDS = 20
"""A longer subject is taken from its last comma on: it began before who watches is named."""


def _subject(text: str, end: int) -> int | None:
    start = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:.][\"”]?\s|,\s(?:and|but)\s|\s(?:that|while|but|and says)\s|\A[\"“]?",
                text[:end],
            )
        ),
        default=0,
    )
    words = text[start:end]
    if re.match(r"(?:and )?(?:nobody|no one|none|who|neither|anyone|how)\b", words, re.IGNORECASE):
        return None
    if len(words.split()) > MOST_WORDS and "," in words.rstrip(" ,"):
        start = end - len(words) + words.rstrip(" ,").rindex(",") + 2
    return start if text[start:end].strip() else None
