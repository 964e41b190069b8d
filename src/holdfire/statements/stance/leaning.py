"""To which stance a statement leans, by points: all its marks weighed, beside what the rules say.

No list of phrases meets every wording. So each statement is also weighed: kinds of words in its
cue and content, whose they are, negation, what it is tied to, who speaks, whether breaches are
told of, which words stand in it. Each mark gives points to some stances (``leanings.toml``, for
single words ``words.tsv``), what the rules decided gives
some more, and the stance with most points is taken. The points are fitted to the corpus for
building (``corpus/dev``) and to the literal cases of the tests by ``python -m
benchmarks.fit_stance corpus/dev --write``; they can be read and changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from holdfire.statements.stance.lexicon import wording
from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.stance.telling import Telling, Told
from holdfire.statements.statement import Speaker
from holdfire.tables.statement import STANCES

LEFT_OPEN = ("unclear", "not-about-it")

IN_CUE, TWICE = 2, 2
"""Words of one kind that count in a cue, and negations that count in a content."""

FEW, MANY = 6, 25
"""Words of a content that is short, and above which one is long."""

BY_PERSON = {
    "we": frozenset({"we", "our", "us", "i", "my"}),
    "they": frozenset({"they", "their", "them"}),
    "you": frozenset({"you"}),
    "future": frozenset({"will", "would", "shall"}),
}
NEGATIONS = frozenset(
    {"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "hardly"}
)
HALTS = (
    "cease ", "halt ", "suspend ", "stop ", "pause ", "hold ", "lay ", "put ", "silence ", "down ",
    "call off ", "freeze ", "no ",
)  # fmt: skip
"""A ceasefire that is begun, where other words of keeping tell of one that is there."""

ASKED = ("must", "truce", "deal", "tied", "weakly-tied")

_IMPERATIVE = re.compile(r" (?:stop|put|lay|let|silence|end|give|come|go|leave|show|ask) ")
_NONE = re.compile(
    r" (?:none of|not one|not a single|not a|nobody|no one|nothing"
    r"|no (?!longer|doubt|deal|ceasefire)\w+ (?:\w+ ){0,3}?"
    r"(?:have|do|be|will|come|fire|cross|move|fly|leave|pull)) "
)
_NUMBER = re.compile(r" \d+ ")


@cache
def points() -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, float]]:
    """Return points for stances by mark, and what a decision of the rules adds.

    They are those of ``leanings.toml``, and for single words of ``words.tsv``. ``by-default`` is a
    mark that all statements have.
    """
    raw: dict[str, dict[str, float]] = tomllib.loads(_read("leanings.toml"))
    by_mark: dict[str, dict[str, float]] = {}
    for stance in STANCES:
        for mark, given in raw[stance].items():
            by_mark.setdefault(mark, {})[stance] = given
    for line in _read("words.tsv").splitlines():
        if line and not line.startswith("#"):
            stance, mark, points_given = line.split("\t")
            by_mark.setdefault(mark, {})[stance] = float(points_given)
    return by_mark, raw["rules"]


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def leaning(marks: Mapping[str, float], decided: Told, among: Iterable[str] = STANCES) -> str:
    """Return the stance with most points, given its marks and what the rules decided."""
    by_mark, ruled = points()
    sums = dict.fromkeys(among, 0.0)
    for mark, often in (*marks.items(), ("by-default", 1.0)):
        if (points_of := by_mark.get(mark)) is not None:
            for stance, given in points_of.items():
                if stance in sums:
                    sums[stance] += given * often
    if decided.value in sums:
        what = "left-open" if decided.value in LEFT_OPEN else "decided"
        sums[decided.value] += ruled[f"{what}-by-cue" if decided.in_cue else what]
    return max(sums, key=lambda stance: sums[stance])


def marks(
    telling: Telling, cue: str, in_cue: Sequence[Hit], speaker: Speaker, *, holds_others: bool
) -> dict[str, float]:
    """Return the marks of one statement, each with how often it counts.

    ``cue`` is in base forms, ``in_cue`` are its signals; ``holds_others`` says whether other
    statements are nested in it.
    """
    found: dict[str, float] = {}
    text, one = telling.content.text, telling.one
    kinds = wording().counts(text)
    for name, n in kinds.items():
        found[f"says.{name}"] = n
    for name, n in wording().counts(cue).items():
        found[f"cue.{name}"] = min(n, IN_CUE)
    for hit in in_cue:
        found[f"cue-tells.{hit.name}"] = 1
    found.update(_told(telling))
    words = set(text.split())
    none = _NONE.search(text) is not None
    negated = min(sum(word in NEGATIONS for word in text.split()), TWICE)
    flags: dict[str, float | bool] = {
        "negated": negated,
        "cue-negated": bool(NEGATIONS & set(cue.split())),
        "none-did": none,
        "none-did-in-force": none and telling.in_force,
        "none-fired": none and "firing" in kinds,
        "no-firing": negated > 0 and "firing" in kinds,
        "no-halting": negated > 0 and "halting" in kinds,
        "no-yes": negated > 0 and "yes" in kinds,
        "firing-in-force": kinds.get("firing", 0) if telling.in_force else 0,
        "firing-not-in-force": 0 if telling.in_force else kinds.get("firing", 0),
        "in-force": telling.in_force,
        "imperative": _IMPERATIVE.match(text) is not None,
        "number": _NUMBER.search(text) is not None,
        "short": len(text.split()) <= FEW,
        "long": len(text.split()) > MANY,
        "holds-others": holds_others,
        "about": max(-2.0, min(2.0, telling.weight)),
        "not-about": telling.weight < 0,
        **{name: bool(said & words) for name, said in BY_PERSON.items()},
        **{name: rules().asks(name, text) for name in ASKED},
        **_who(telling, speaker, words),
        f"by-{one.kind}": True,
    }
    found.update((name, float(n)) for name, n in flags.items() if n)
    return found


def _told(telling: Telling) -> dict[str, float]:
    """Return the signals of a content as marks, with whose they are and whether negated."""
    found: dict[str, float] = {}
    for hit in telling.content.hits:
        if telling.supposed(hit):
            found["tells-if"] = 1
            continue
        name = f"tells.{hit.name}"
        if hit.name == "keep" and telling.content.text.startswith(HALTS, hit.start):
            name = "tells.halt"
        found[name] = 1
        if rules().asks("negation", telling.lead(hit)):
            found[f"{name}-not"] = 1
        owner = telling.owner(hit)
        if owner in ("own", "other"):
            found[f"{name}-{owner}"] = 1
    return found


def _who(telling: Telling, speaker: Speaker, words: set[str]) -> dict[str, float | bool]:
    own = f"@{speaker.party}"
    party = speaker.party is not None
    return {
        f"speaker-{'party' if party else speaker.kind}": True,
        "party-we": party and bool(BY_PERSON["we"] & words),
        "own-party": party and own in words,
        "other-party": any(word[:1] == "@" and word != own for word in words),
    }
