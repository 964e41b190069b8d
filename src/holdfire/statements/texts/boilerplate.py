"""What is known of boilerplate, from ``boilerplate.toml``, in the form it is looked for."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_NAME = r"(?:[Tt]he )?[A-Z][\w'&-]*(?: (?:[A-Z][\w'&-]*|of|and|for|the|de))*"
_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|tiff?|bmp|heic)|(?=.*[a-z])[\w%]+(?:[-_][\w%]+)+",
    re.IGNORECASE,
)
_FILE_WORDS = re.compile(r"[^\W\d_]{3,}")
_TITLE_END = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}\Z")
_QUOTES = re.compile('["“”«»„]')


def plain(text: str) -> str:
    """Return a text in small letters with straight apostrophes and single spaces between lines."""
    low = text.lower()
    return low if low.isascii() else low.replace("’", "'").replace("\xa0", " ")


def plain_end(low: str) -> str:
    """Return a line without what may stand at its end (colon, full stop, dots)."""
    return low.rstrip(" :.!…|>»→-")


def before_its_end(title: str) -> str:
    """Return a title without the outlets and sections after bars and dashes."""
    while match := _TITLE_END.search(title):
        title = title[: match.start()]
    return title


class Phrase(NamedTuple):
    """A phrase, its kind, whether it suffices alone, and the words it is made of."""

    text: str
    kind: str
    sure: bool
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The rules, compiled; see ``boilerplate.toml`` for what each means."""

    phrases: tuple[Phrase, ...]
    anchors: dict[str, list[int]]
    """Phrases by their longest word: a text has few of these."""
    short: dict[str, int]
    """The longest paragraph of a kind, where the kind has one."""
    buttons: frozenset[str]
    beginnings: tuple[str, ...]
    patterns: re.Pattern[str]
    tails: re.Pattern[str]
    headings: frozenset[str]
    longest_listed: int
    most_listed: int
    credit_words: tuple[str, ...]
    credit: re.Pattern[str]
    ending: re.Pattern[str]
    longest_caption: int
    before: tuple[str, ...]
    outlets: re.Pattern[str]

    def phrases_in(self, low: str) -> list[Phrase]:
        """Return the phrases that a text has somewhere: words first, for that is faster."""
        words = _words(low)
        near = [number for word in self.anchors.keys() & words for number in self.anchors[word]]
        found = [self.phrases[number] for number in sorted(near)]
        return [known for known in found if known.words <= words and known.text in low]

    def kind_of(self, low: str, there: list[Phrase]) -> str:
        """Return which kind of boilerplate a paragraph is; ``""`` if it is news."""
        weight: dict[str, int] = {}
        for phrase, kind, sure, _ in there:
            if phrase in low and len(low) <= self.short.get(kind, len(low)):
                weight[kind] = weight.get(kind, 0) + (2 if sure else 1)
        if not weight:
            return ""
        enough = 4 if _QUOTES.search(low) else 2
        return next((kind for kind, found in weight.items() if found >= enough), "")

    def button(self, low: str) -> bool:
        """Whether a line is a button, a date line or the beginning of what is always cut."""
        end = plain_end(low)
        if not end or end in self.buttons or low.startswith(self.beginnings):
            return True
        return self.patterns.match(low) is not None

    def file_name(self, line: str) -> bool:
        """Whether a line is the name of a picture's file, with its ending or without."""
        return _FILE.fullmatch(line) is not None and not line.isupper()

    def caption_of(self, file_name: str, line: str) -> bool:
        """Whether the line below a picture's file name is its caption."""
        if len(line) > self.longest_caption:
            return False
        low = plain(line)
        words = _FILE_WORDS.findall(file_name.lower())
        return self.credited(line, self.credits_in(low)) or any(word in low for word in words)

    def credits_in(self, low: str) -> bool:
        """Whether a text has any word that says who made a picture."""
        return any(word in low for word in self.credit_words)

    def credited(self, line: str, worded: bool) -> bool:
        """Whether a line ends with who made a picture; ``worded`` if it may have a word for it."""
        if worded and self.credit.search(line):
            return True
        return line.endswith(_ENDINGS) and self.ending.search(line) is not None

    def listed(self, line: str) -> bool:
        """Whether a line reads like the title of another article."""
        end = line.rstrip("\"'”’»)")[-1:]
        return len(line) <= self.longest_listed and end not in (".", "!", "…", ":", ";", ",")

    def outlet(self, words: str, low: str, line: str) -> tuple[str, bool]:
        """Return who published, from a paragraph that was cut, and whether the line above tells."""
        if any(phrase in low for phrase in self.before):
            if line and len(line) <= _LONGEST_NAME and re.fullmatch(_NAME, line):
                return line, True
            return "", False
        match = self.outlets.search(words)
        return (next(name for name in match.groups() if name), False) if match else ("", False)


def _words(low: str) -> frozenset[str]:
    """Return the words of a text in small letters, without the marks around them."""
    return frozenset({word.strip(_MARKS) for word in set(low.split())}) - {""}


_MARKS = ".,:;!?\"'()[]“”‘’«»…-–—|"
_LONGEST_NAME = 60
_ENDINGS = tuple(
    end + stop
    for end in (")", "]", "mages", "EUTERS", "AFP", "EPA", "utterstock", "nsplash", "ommons")
    for stop in ("", ".")
)


@cache
def boilerplate() -> Boilerplate:
    """Return the rules of ``boilerplate.toml``."""
    data: dict[str, Any] = tomllib.loads(
        (files(__package__) / "boilerplate.toml").read_text("utf-8")
    )
    kinds, captions = data["kinds"], data["captions"]
    words = sorted(captions["words"], key=len, reverse=True)
    capital = "|".join(re.escape(word.capitalize()) for word in words)
    small = "|".join(re.escape(word) for word in words)
    phrases = tuple(
        Phrase(phrase, kind, sure, _words(phrase))
        for kind, rule in kinds.items()
        for sure, name in ((True, "sure"), (False, "perhaps"))
        for phrase in rule[name]
    )
    anchors: dict[str, list[int]] = {}
    for number, known in enumerate(phrases):
        anchors.setdefault(max(sorted(known.words), key=len), []).append(number)
    return Boilerplate(
        phrases=phrases,
        anchors=anchors,
        short={kind: rule["short"] for kind, rule in kinds.items() if "short" in rule},
        buttons=frozenset(data["lines"]["buttons"]),
        beginnings=tuple(data["lines"]["beginning"]),
        patterns=re.compile("|".join(data["lines"]["patterns"])),
        tails=re.compile("|".join(data["tails"]["patterns"])),
        headings=frozenset(data["lists"]["headings"]),
        longest_listed=data["lists"]["longest"],
        most_listed=data["lists"]["most"],
        credit_words=tuple(
            word for word in words if not any(one != word and one in word for one in words)
        ),
        # "Credit: press service" names anybody; after "photo by" only a name makes it a credit.
        credit=re.compile(
            rf"(?:^|[.!?…”\"')\]|–—]\s*|[(\[])"
            rf"(?:(?:{capital})\s*[:|©]\s*\S|(?:{small}|{capital})\s*(?:[:/|©–—-]|by\b)\s*[A-Z©@])"
            r".{0,80}$"
        ),
        ending=re.compile(r"(?:^|[\s.,/(])(?:" + "|".join(captions["endings"]) + r")\.?$"),
        longest_caption=captions["longest"],
        before=tuple(rule["before"] for rule in data["outlet"] if "before" in rule),
        outlets=re.compile(
            "|".join(
                rule["pattern"].replace("NAME", _NAME)
                for rule in data["outlet"]
                if "pattern" in rule
            )
        ),
    )
