"""Words in their base form, with where they stand, so that a rule is written once for all forms.

"Moscow didn't accept" becomes `` moscow do not accept ``: lower case, one space between words,
signs as words of their own. Rules are patterns over that line; what they find is brought back to
passages of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import add

from holdfire.statements.article import Passage, lowered

_GAP_AND_TOKEN = re.compile(
    r"([\s\"“”«»]*+)("
    r"[a-z]{4}(?:[\w-]*\w)?(?:'\w+)?"  # most words, found without trying the rest
    r"|\d[\d.,:]*\d(?:-\w+)*|(?:[a-z]\.){2,}|(?:mr|mrs|ms|dr|gen|lt|col|maj|sgt|adm|st)\."
    r"|\w(?:[\w-]*\w)?(?:'\w+)?|[^\w\s\"“”«»]|\Z)"
)
_WORD = re.compile(r"(?<![\\a-z])[a-z][a-z'-]*")
_FIRST = re.compile(r"[a-z][a-z'-]*(?=$|[ (])")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Line:
    """A text as base forms: ``text`` begins and ends with a space, ``starts`` are words in it."""

    text: str
    starts: tuple[int, ...]
    """Where in ``text`` each token of the article begins."""
    tokens: tuple[Passage, ...]
    """Where in the article each token stands."""
    offsets: tuple[int, ...]
    """Where in the article each token begins."""

    def at(self, place: int) -> int:
        """Return which token covers a place of ``text``."""
        return max(bisect_right(self.starts, place) - 1, 0)

    def place(self, offset: int) -> int:
        """Return where in ``text`` the first token at or after an offset of the article begins."""
        found = bisect_left(self.offsets, offset)
        return self.starts[found] if found < len(self.starts) else len(self.text)

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage of the article that a piece of ``text`` stands for."""
        return self.tokens[self.at(start)][0], self.tokens[self.at(max(end - 1, start))][1]


def line(text: str, lemmas: Mapping[str, str], names: Sequence[tuple[int, int, str]] = ()) -> Line:
    """Return a text as base forms; words that ``lemmas`` does not know stay as they are.

    ``names`` are places where a party is named, ``(start, end, party)`` in order: each becomes
    one word, ``@`` and the party's id.
    """
    low = lowered(text).replace("’", "'")
    pairs = _GAP_AND_TOKEN.findall(low)
    while pairs and not pairs[-1][1]:
        pairs.pop()
    edges = list(accumulate(map(len, chain.from_iterable(pairs))))
    tokens = list(zip(edges[::2], edges[1::2], strict=True))
    words = [word for _, word in pairs]
    words = list(map(lemmas.get, words, words))
    if "'s" in low:
        words = [_owner(word, lemmas) if word[-2:] == "'s" else word for word in words]
    if names:
        tokens, words = _with_parties(tokens, words, names)
    starts = _starts(words)
    return Line(f" {' '.join(words)} ", starts, tuple(tokens), tuple(one[0] for one in tokens))


def _starts(words: Sequence[str]) -> tuple[int, ...]:
    """Return where words begin that are parted by a space, and begin with one."""
    lengths = list(map(len, words))
    return tuple(map(add, accumulate(lengths[:-1], initial=0), range(1, len(words) + 1)))


def _owner(word: str, lemmas: Mapping[str, str]) -> str:
    return lemmas.get(word[:-2], word[:-2])


def _with_parties(
    tokens: list[Passage], words: list[str], names: Sequence[tuple[int, int, str]]
) -> tuple[list[Passage], list[str]]:
    """Put one word for a party in the place of the tokens that name it."""
    kept_tokens: list[Passage] = []
    kept_words: list[str] = []
    done = 0
    for start, end, party in names:
        first = max(bisect_right(tokens, (start, tokens[-1][1])) - 1, 0)
        last = max(bisect_left(tokens, (end, 0)), first + 1)
        if first < done:
            continue
        kept_tokens += tokens[done:first]
        kept_words += words[done:first]
        kept_tokens.append((tokens[first][0], tokens[last - 1][1]))
        kept_words.append(f"@{party}")
        done = last
    return kept_tokens + tokens[done:], kept_words + words[done:]


def forms(verb: str) -> tuple[str, ...]:
    """Return the regular forms of an English verb: third person, past, gerund."""
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb if verb.endswith('ee') else verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    return third, f"{verb}ed", f"{verb}ing"


def by_form(regular: Iterable[str], irregular: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return base forms by form, from verbs that are regular and lists of forms that are not."""
    known = {form: verb for verb in regular for form in forms(verb)}
    for base, others in irregular.items():
        known.update((form, base) for form in others)
    return known


def pattern(phrase: str, names: Mapping[str, str], lemmas: Mapping[str, str]) -> str:
    """Return a phrase of the rules as a pattern over a :class:`Line`.

    ``{truce}`` is a named group of phrases, ``(a|b)`` a choice, ``(the )?`` may be left out, and
    ``…`` stands for up to four words of the same clause. Words may be written in any form.
    """
    for name, words in names.items():
        phrase = phrase.replace(f"{{{name}}}", words)
    phrase = _WORD.sub(lambda word: lemmas.get(word[0], word[0]), phrase)
    phrase = re.sub(r"\((?!\?)", "(?:", phrase)
    return phrase.replace("(?:… )?", "… ").replace("… ", r"(?:[\w'@-]+ ){0,4}?")


def _opened(phrase: str) -> list[str]:
    """Return a phrase that begins with a choice as one phrase for each of its words."""
    if not phrase.startswith("(?:"):
        return [phrase]
    depth, at, begun, chosen = 1, 3, 3, []
    while depth:
        sign = phrase[at]
        depth += (sign == "(") - (sign == ")")
        if (sign == "|" and depth == 1) or depth == 0:
            chosen.append(phrase[begun:at])
            begun = at + 1
        at += 1
    rest = phrase[at:]
    if rest.startswith("?"):
        chosen, rest = [*chosen, ""], rest[1:]
    return [whole for one in chosen for whole in _opened(one + rest)]


class Phrases:
    """Many named phrases, each begun by a plain word, looked for together.

    A phrase is tried only where its first word stands, which keeps hundreds of them cheap.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take ``(name, pattern)``; of phrases that begin alike the longest is tried first."""
        begun: dict[str, list[tuple[str, str]]] = {}
        for name, phrase in ((name, one) for name, whole in phrases for one in _opened(whole)):
            word = _FIRST.match(phrase)
            if word is None:
                raise ValueError(f"a phrase must begin with a plain word: {phrase!r}")
            begun.setdefault(word[0], []).append((name, phrase))
        self._begun: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {}
        for first, named in begun.items():
            ordered = sorted(named, key=lambda one: (-len(one[1]), one[1]))
            groups = "|".join(f"({phrase})" for _, phrase in ordered)
            self._begun[first] = (
                re.compile(f"(?:{groups})(?= )"), tuple(name for name, _ in ordered)
            )  # fmt: skip

    def find(self, line: str) -> list[tuple[str, int, int]]:
        """Return ``(name, start, end)`` of all that stand in a line, none overlapping another."""
        found: list[tuple[str, int, int]] = []
        begun, done = self._begun, 1
        words = line[1:-1].split(" ")
        starts = _starts(words)
        for n in [n for n, word in enumerate(words) if word in begun]:
            at = starts[n]
            if at >= done:
                pattern, names = begun[words[n]]
                match = pattern.match(line, at)
                if match is not None and match.lastindex is not None:
                    done = match.end()
                    found.append((names[match.lastindex - 1], at, done))
        return found
