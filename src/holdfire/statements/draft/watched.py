"""Who watches a ceasefire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from holdfire.statements.draft.phrases import beginnings
from holdfire.statements.draft.sentences import Sentence

_BY = re.compile(
    r"\b(?:monitored|supervised|verified|overseen|policed|observed|watched|guaranteed|patrolled"
    r"|checked|inspected|investigated)(?: over)? by\s"
    r"|\bunder (?:the )?(?:\w+ )?(?:supervision|monitoring|observation|eyes?|watch"
    r"|gaze) of\s"
    r"|\b(?:verif|monitor|supervis|observ|oversight|polic|watching|compliance|control|inspect)\w*"
    r"[^.;:]{0,40}?\b(?:in the hands of|entrusted to|left to|falls? (?:up)?on|falls? to|rests? with"
    r"|lies with|lie with|up to|the (?:job|task|business|duty|work) of|handled by|assigned to"
    r"|given to|goes to|carried out by|done by|conducted by|ensured by|provided by)\s",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:(?:will|would|shall|is to|are to|was to|were to|must|to|is going to"
    r"|are going to) (?:be set up to "
    r"|be created to |help (?:to )?|jointly )?"
    r"(?:monitor|supervise|verify|oversee|police|observe|patrol|watch(?: over)?|investigate|review"
    r"|[ei]nquire into|look into|check that|see that|see to it that|make sure|keep an eye on"
    r"|keep watch (?:on|over)|stand guard over)"
    r"|(?:monitors?|supervises?|verify|verifies|oversees?|polices?|watch(?:es)?(?: over)?))\b"
)
_OBJECT = re.compile(
    r"\A(?!\s(?:in|at|from|of|will|would)\b)(?:\s(?:the|its|any|all|compliance|of|how|whether"
    r"|this|that|and|[\w-]+)){0,5}?\s(?:truce|cease-?fire|promises|articles|terms|sides|parties"
    r"|compliance|armistice|halt"
    r"|agreement|deal|it|implementation|observance|violations?|breach(?:es)?"
    r"|complaints|line|moratorium|cessation|withdrawal|pause|accord|frontier|border|front|zone"
    r"|road|corridor|river|reports|promises|how"
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
    r"\b(?:an? |the )?(?:(?!(?:it|as|to|will|by|of|with|the|an?|monitor)\b)[\w’'-]+ ){0,4}?"
    r"(?:(?:monitoring|verification|supervision|oversight|observation)(?: and \w+)? (?:mission"
    r"|mechanism|team|committee"
    r"|commission|group|centre|center)|observer mission|verification (?:mission"
    r"|mechanism|commission)|(?:truce|ceasefire|military|international|UN"
    r"|OSCE) (?:monitors|observers))(?: (?:of|from|led by|under) (?:[\w’'-]+(?:,"
    r"| and)? ?){1,8})?",
    re.IGNORECASE,
)


def monitoring(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield start and end of who a sentence says will watch."""
    watchers = beginnings("watchers")
    if not any(head.startswith(watchers) for _, head in sentence.words):
        return
    text = sentence.plain
    for cue in _all(_BY, sentence):
        stop = _AGENT_END.search(text, cue.end())
        if stop and not _ANYONE.match(text, cue.end()):
            apposed = _APPOSED.match(text, stop.start())
            yield cue.end(), apposed.end() if apposed else stop.start()
    for cue in _WILL.finditer(text):
        after = text[cue.end() :]
        if (cue[0].endswith("observe") and _KEPT.match(after)) or _SAYS.match(after):
            continue
        related = _before_relative(text, cue.start())
        if related:
            if _OBJECT.match(after):
                yield related
            continue
        start = _subject(text, cue.start())
        if start is None:
            continue
        if _PERHAPS.search(text, start, cue.start()):
            continue
        if _OBJECT.match(after) or _WATCHER.search(text, start, cue.start()):
            yield start, _closed(text, start, cue.start())
    for cue in _DOES.finditer(text):
        start = _subject(text, cue.start())
        if start is not None and start < cue.start():
            yield start, _closed(text, start, cue.start())
    for cue in _CHAIRED.finditer(text):
        stop = _CHAIR_END.search(text, cue.end())
        yield cue.start(1), stop.start() if stop else len(text)
    for expression in (_PROVIDED, _LOOKS_ON):
        for cue in expression.finditer(text):
            yield cue.span(1)
    watcher = _WATCHER.search(text)
    for cue in _TASK.finditer(text) if watcher else ():
        start = _subject(text, cue.start())
        if start is not None and _WATCHER.search(text, start, cue.start()):
            yield start, len(text[: cue.start()].rstrip(" ,"))
    for cue in _FORMED.finditer(text) if watcher else ():
        start = _subject(text, cue.start())
        if start is not None and cue.start() > start + 2:
            yield start, len(text[: cue.start()].rstrip(" ,"))
    for expression in (_PANEL, _OBSERVERS):
        for cue in _all(expression, sentence):
            yield cue.span()
    for expression in (_LEADS, _WITH, _SENT):
        for cue in _all(expression, sentence):
            if not _OFFERED.search(text, 0, cue.start()):
                yield cue.span(1)
    for cue in _all(_NOUN, sentence):
        yield cue.start(), len(text[: cue.end()].rstrip(" ,"))


def _closed(text: str, start: int, end: int) -> int:
    """Return where a subject ends without what it has at its disposal: "the OSCE, with drones"."""
    helped = _HELPED.search(text, start, end)
    return helped.start() if helped else start + len(text[start:end].rstrip(" ,"))


_PERHAPS = re.compile(r"\b(?:might|could|may|can|cannot|offered to send \w+) \Z")
_HELPED = re.compile(r", (?:with|using|by means of|through|aided|helped|backed|equipped)\b")
_DOES = re.compile(
    r"\b(?:(?:will|would|is to|are to|shall|should) )?do(?:es)? (?:most of "
    r"|all )?the (?:watching|monitoring|counting"
    r"|checking|policing|supervising|verifying|inspecting|patrolling|observing)\b"
    r"|\b(?:(?:will|would|is to|are to|shall) )?(?:take charge of|be in charge of|take care of"
    r"|see to|handle|carry out"
    r"|take on|lead|run) (?:the )?(?:monitoring|verification|supervision|oversight|watching)\b"
    r"|\b(?:will|would|is to|are to|shall) (?:\w+ )?(?:track|count|record|log|register|report)"
    r" (?:any |all |the )?(?:breaches|violations|incidents)"
    r"|\b(?:(?:will|would|is to|are to) )?see (?:to it )?that (?:the |it |this )(?:\w+ )?(?:is"
    r"|are) (?:kept|observed|respected)"
)
_WATCHING = (
    r"(?:verify|monitor|supervise|oversee|watch|check|police|observe|investigate|follow up|inspect)"
)
_PROVIDED = re.compile(
    r"\b(?:provid(?:es?|ed|ing) for|foresees?|foresaw|envisag(?:es?|ed)|establish(?:es|ed)?"
    r"|sets? up|creat(?:es?|ed)|forms?|includes?|agreed (?:to|on)(?: set up)?)\s"
    rf"((?:an?|the|its)\s[^,;.]{{3,70}}?)\s(?:to|(?:that|which) (?:will|would|is to)) {_WATCHING}\b"
)
_LOOKS_ON = re.compile(
    r"(?:\A|(?<=[;,] ))((?:[Aa]n?|[Tt]he|[A-Z][\w’'-]+)\s[^,;.]{2,70}?)\s"
    r"(?:looks? on|keeps? (?:watch|score|count|the score)|stands? guard|stands? watch)(?=[.;,]|\Z)"
)
_CHAIRED = re.compile(
    r"\b(?:chairs?|(?:is|are|will|to) (?:to )?chair|heads|presides over|leads)\s((?:an?"
    r"|the)\s(?:[\w’'-]+\s){0,3}?(?:committee"
    r"|commission|panel|mechanism|body|group|mission|team)\b(?=[^.;]{0,60}\b(?:oversee|monitor"
    r"|supervis|verif|watch|observ"
    r"|check|truce|cease)))"
)
_CHAIR_END = re.compile(r"[.;]| (?:that|which|who)\b|\Z")
_AGENT_END = re.compile(
    r"[,;:.]|\s(?:from|until|for|who|which|that|as|after|in|and will|and would|but|on|to|under"
    r"|with|is|are|was|were|will|should|would|has|have|had)\b|\Z"
)
_OFFERED = re.compile(
    r"\b(?:offer\w*|want\w*|hop\w+|ask\w*|call\w* for|propos\w+|urg\w+|if"
    r"|should|could|might|may) (?:\w+ )?(?:to )?\Z"
)
_ANYONE = re.compile(r"(?:anyone|anybody|nobody|no one|none|no)\b")
_APPOSED = re.compile(r", (?:the|an?) [^,.;:]{3,60}(?=[.;]|\Z)")
"""What the last one of a sentence is: "ONUSAL, the United Nations mission"."""
_SAYS = re.compile(r"\s(?:said|says|told)\b")
_WATCHER = re.compile(
    r"\b(?:observers?|monitors?|inspectors?|verifiers?|peace-?keepers?|(?:blue )?helmets|berets"
    r"|commissions?|committees?|panel|mission|mechanism|teams?|bod(?:y|ies)|delegates|officers"
    r"|attach[ée]s|experts|civilians|drones|elders"
    r"|patrols?|satellites|working group|task force|envoys?|commissioners|elders|clergy\w*|priests"
    r"|bishops|mediators|Red Cross|council|UN (?:soldiers|troops|force)|United Nations|OSCE"
    r"|African Union|soldiers of the UN|troops of the UN|international force|generals|scouts)\b",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"\b(?:will|would|shall|is to|are to|was to|were to|must|is going to|are going to|is due to"
    r"|are due to)\s(?:then |also |both |all |jointly |together )?"
    r"(?:check|see (?:that|to it)|make sure|ensure|keep (?:watch|an eye|guard|count|apart|them"
    r"|the (?:sides|two|peace|line))|report on|record|log|count breaches"
    r"|rule on|settle|judge|deal with (?:breaches|violations|complaints|incidents)|hear|take"
    r"|handle|control|track|inspect|certify|stand between|guard|go and look|drive"
    r"|walk|camp|fan out|be (?:placed|posted|stationed|deployed|sent|put|interposed|set|spread"
    r"|based|on the spot|there|present|given)|sit|share|take up|travel|fly over|step between"
    r"|listen|man|visit|tour|meet (?:every|each|daily|weekly|once))\b"
    r"|\b(?:goe?s?|moves?|travels?|heads?)(?= (?:to|along|into) (?:the )?(?:frontier|border"
    r"|front|line))"
    r"|(?<!will )(?<!would )(?<!to )\b(?:settles?|checks?|keeps? (?:watch|an eye|count|the)"
    r"|sees to it|sees that|reports on"
    r"|rules? on|records?|verif(?:y|ies)|controls?|inspects?|looks? into|reports?(?= to)"
    r"|receives?|collects?|takes? down)\b"
    r"(?= (?:[\w-]+ ){0,4}?(?:breach|violation|incident|dispute|complaint|truce|ceasefire|it\b|that"
    r"|line|peace|promise|deal|accord|agreement|compliance|article|watch|over|them|both|report"
    r"|UN|council|mediators))"
)
_WITH = re.compile(
    r"\bwith ((?:[\w’'-]+,? ){1,8}?)(?:watching|looking on|monitoring|verifying|supervising"
    r"|overseeing|keeping (?:an eye|watch)|in between|standing guard|as (?:observers?|monitors?"
    r"|referees?|umpires?))\b"
)
_MAKES = (
    r"(?:sits?|serves?|sit) (?:on|in)|forms?|makes? up|compos(?:e|es)|furnish(?:es)?|staffs?|man"
    r"|contributes?|supply|supplies|provides?"
)
_FORMED = re.compile(
    rf"\b(?:will |would |are to |is to )?(?:{_MAKES}) (?:[\w’',-]+ ){{0,6}}?(?:observers?"
    rf"|monitors|observer"
    r" \w+|commission of control|commission|monitoring \w+|inspectors|supervis\w+"
    r"|verification \w+)\b"
)
_SENT = re.compile(
    r"\b(?:sends?|sent|send|deploys?|deploy|dispatch(?:es)?|posts?|fields?|provides?|come|comes|go"
    r"|goes|bring in|let in|admit|accept|receive)\s(?:in )?"
    r"((?:[\w’',-]+ ){0,4}?(?:observers|monitors|inspectors|verifiers|peace-?keepers"
    r"|blue helmets|observer mission|monitoring team)"
    r"(?: (?:of|from|sent by|led by|under) (?:[\w’'-]+ ?){1,6})?)",
    re.IGNORECASE,
)


NEEDED = {
    expression: frozenset(words.split())
    for expression, words in (
        (_BY, "mon sup ver ove pol obs wat gua pat che con ins inv eye gaz com"),
        (_PANEL, "mec pan com tas wor mon"), (_OBSERVERS, "obs ver com"),
        (_LEADS, "mon sup ver"), (_WITH, "wit"), (_SENT, "obs mon ins ver pea blu"),
        (_NOUN, "mon obs ver"),
    )
}  # fmt: skip
"""The first letters of words of which a sentence must have one for an expression to be found."""


def _all(expression: re.Pattern[str], sentence: Sentence) -> Iterable[re.Match[str]]:
    """Return all that an expression finds, if the sentence has one of the words it needs."""
    if sentence.heads.isdisjoint(NEEDED[expression]):
        return ()
    return expression.finditer(sentence.plain)


MOST_WORDS = 20
"""A longer subject is taken from its last comma on: it began before who watches is named."""


def _before_relative(text: str, end: int) -> tuple[int, int] | None:
    """Return who a relative clause is about: "the UN force, which will watch it"."""
    pronoun = _RELATIVE.search(text, 0, end)
    noun = pronoun and _LAST_NOUN.search(text, 0, pronoun.start())
    if not noun:
        return None
    if _SITS.search(text, 0, noun.start()):
        return _subject(text, noun.start()) or 0, noun.end()
    return noun.span()


_RELATIVE = re.compile(r"(?:, too)?,? (?:who|which|that)\s\Z")
_SITS = re.compile(rf"\b(?:{_MAKES}) \Z")
_LAST_NOUN = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ss]ome|\d[\d,]*)\s(?:[\w’'-]+\s?){1,8}|(?:\b[A-Z][\w’'-]*\s?){1,5})\Z"
)


def _subject(text: str, end: int) -> int | None:
    start = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:.][\"”]?\s|,\s(?:and|but|whose)\s|\s(?:that|while|but|and says|whose)\s"
                r"|\A[\"“]?",
                text[:end],
            )
        ),
        default=0,
    )
    words = text[start:end]
    if re.match(
        r"(?:#+ )?(?:and )?(?:nobody|no one|none|who|neither|anyone|how|no|it|he|she|they)\b",
        words,
        re.IGNORECASE,
    ):
        return None
    if len(words.split()) > MOST_WORDS and "," in words.rstrip(" ,"):
        start = end - len(words) + words.rstrip(" ,").rindex(",") + 2
    return start if text[start:end].strip() else None
