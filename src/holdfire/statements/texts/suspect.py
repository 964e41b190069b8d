"""Texts that are not read: no prose, not English, or made so that they read differently than shown.

Each check is one pass of a compiled expression or of ``str.translate``; language and script are
told from samples.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from holdfire.statements.texts.found import TextError
from holdfire.statements.texts.limits import LONGEST_PARAGRAPH, LONGEST_WORD, MOST_LETTERS

SAMPLE = 3_000
"""Letters from which language and script are told: more tell no more."""

FEWEST_WORDS = 40
"""Words below which a text is too short to tell its language."""

ENGLISH = 0.12
"""Least share of English function words. In news it is 0.3 to 0.45; in other languages below
0.08, with names and quotations."""

LATIN = 0.6
"""Least share of Latin letters; a text that quotes another script has 0.9."""

UNSEEN = 0.02
"""Greatest share of letters without width; pages sprinkle a few soft hyphens and joiners."""

MARKS = 0.1
"""Greatest share of combining marks: in any language of Latin letters, at most one in ten."""

BROKEN = 0.01
"""Greatest share of letters that could not be decoded."""

MIXED = 0.02
"""Greatest share of words in which Latin and Cyrillic or Greek letters are mixed."""

LETTERS = 0.45
"""Least share of letters among what is not white space: tables and code have less than half."""

TABLE = 0.7
"""Share of lines that makes a text a table or a file of settings."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u180e]")
_TURNING = re.compile("[\u202d\u202e]")
_EMBEDDING = re.compile("[\u202a-\u202c\u2066-\u2069]")
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_BEYOND_LATIN = re.compile(
    "[\u0250-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u20ff\u2c00-\U0010ffff\u00ad]"
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_SPACES = b" \t\n\r\f\v"
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
_SETTING = re.compile(r"\s*(?:\[\[?[\w. -]+\]\]?$|[\w.\"-]+\s*=\s*\S|[{}\[\]();]+$)")
_CELLS = re.compile(r"[,;\t|]")
_SCRIPTS = (
    ("Cyrillic", "[\u0400-\u052f]"),
    ("Arabic", "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    ("Hebrew", "[\u0590-\u05ff]"),
    ("Greek", "[\u0370-\u03ff\u1f00-\u1fff]"),
    ("Chinese or Japanese", "[\u3040-\u30ff\u3400-\u9fff]"),
    ("Korean", "[\uac00-\ud7af\u1100-\u11ff]"),
    ("Devanagari", "[\u0900-\u097f]"),
    ("Bengali", "[\u0980-\u09ff]"),
    ("Ethiopic", "[\u1200-\u137f]"),
    ("Georgian", "[\u10a0-\u10ff]"),
    ("Armenian", "[\u0530-\u058f]"),
    ("Thai", "[\u0e00-\u0e7f]"),
    ("Myanmar", "[\u1000-\u109f]"),
    ("Tamil", "[\u0b80-\u0bff]"),
)
_ADVICE = "expected an article in English"


def check(text: str) -> None:
    """Raise :class:`TextError` if a text is nothing that can be read; return nothing otherwise."""
    if len(text) > MOST_LETTERS:
        raise TextError(
            f"it is too long: {len(text):,} letters, and an article has at most {MOST_LETTERS:,}",
            "split it into its articles",
        )
    if not text.strip():
        raise TextError("it is empty")
    _shape(text)
    sample = text if len(text) <= SAMPLE else text[: SAMPLE // 2] + text[-SAMPLE // 2 :]
    if not text.isascii() and _BEYOND_LATIN.search("".join(set(text))):
        _tricks(text)
        _script(sample)
    _prose(text, sample)
    _language(sample)


def _shape(text: str) -> None:
    if len(max(text.split(), key=len)) >= LONGEST_WORD:
        raise TextError(
            f"it has more than {LONGEST_WORD:,} letters without a space", "its content is no prose"
        )
    if len(text) > LONGEST_PARAGRAPH:
        longest = max(map(len, text.splitlines()))
        if longest > LONGEST_PARAGRAPH:
            raise TextError(
                f"it has a paragraph of {longest:,} letters, more than {LONGEST_PARAGRAPH:,}",
                "restore its line breaks",
            )  # fmt: skip


def _tricks(text: str) -> None:
    """Refuse letters that make a text read differently than it is shown."""
    size = len(text)
    if _TURNING.search(text):
        raise TextError(
            "it has marks that turn the direction of letters around",
            "remove U+202D and U+202E: what is shown is not what is read",
        )
    for what, pattern, most in (
        ("letters without width", _UNSEEN, UNSEEN),
        ("marks of writing direction", _EMBEDDING, UNSEEN),
        ("combining marks", _COMBINING, MARKS),
    ):
        count = len(pattern.findall(text))
        if count > 8 and count > most * size:
            raise TextError(f"{count:,} of its {size:,} letters are {what}", "remove them")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken > 8 and broken > BROKEN * size:
        raise TextError(
            f"{broken:,} of its {size:,} letters could not be decoded", "save it as UTF-8"
        )
    mixed = len(_MIXED.findall(text))
    if mixed > 3 and mixed > MIXED * (text.count(" ") + 1):
        raise TextError(
            f"{mixed:,} words mix Latin with Cyrillic or Greek letters that look alike",
            "replace the letters that look alike",
        )


def _script(sample: str) -> None:
    letters = len(_LETTER.findall(sample))
    if letters < LETTERS * len("".join(sample.split())):
        raise TextError("most of its signs are no letters", "its content is no prose")
    if len(_LATIN.findall(sample)) >= LATIN * letters:
        return
    counts = [(len(re.findall(pattern, sample)), name) for name, pattern in _SCRIPTS]
    most, name = max(counts)
    if most < 0.3 * letters:
        raise TextError("most of its letters are not Latin", _ADVICE)
    raise TextError(f"it is written in {name} letters", _ADVICE)


def _prose(text: str, sample: str) -> None:
    raw = sample.encode("utf-8", "replace")
    dense = len(raw.translate(None, delete=_SPACES))
    letters = len(raw.translate(None, delete=_NO_LETTERS))
    if dense > 40 and letters < LETTERS * dense:
        raise TextError(
            f"only {100 * letters // dense} % of it are letters", "its content is no prose"
        )
    lines = [line for line in sample.split("\n", 60)[:60] if line.strip()]
    if len(lines) < 4:
        return
    if sum(_SETTING.match(line) is not None for line in lines) > TABLE * len(lines):
        raise TextError("it is a file of settings or a program", _ADVICE)
    cells = [len(_CELLS.findall(line)) for line in lines[:-1]]
    if (
        cells[0] >= 3
        and cells.count(cells[0]) > TABLE * len(cells)
        and not all(_STOPPED.search(line) for line in lines)
    ):
        raise TextError("it is a table", "its texts can be read as JSONL, one record a line")


_STOPPED = re.compile(r"[.!?][\"”’]?\s*\Z")
"""How paragraphs end, that may by chance have as many commas each; a table has a head."""


def _language(sample: str) -> None:
    words = sample.lower().split()
    if len(words) < FEWEST_WORDS:
        return
    common = _languages()
    english = sum(map(common["english"].__contains__, words))
    if english >= ENGLISH * len(words):
        return
    shares = {
        name: sum(map(known.__contains__, words))
        for name, known in common.items()
        if name != "english"
    }
    name = max(shares, key=shares.__getitem__)
    if shares[name] > max(english, 0.06 * len(words)):
        raise TextError(f"it is written in {name}", _ADVICE)
    raise TextError("it does not read like English", _ADVICE)


@cache
def _languages() -> dict[str, frozenset[str]]:
    text = (files(__package__) / "languages.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
