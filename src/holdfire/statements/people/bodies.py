"""Institutions, groups, documents and media: what each is called and which one "it" is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Container

from holdfire.statements.people.closed import closed
from holdfire.statements.people.describe import describe
from holdfire.statements.people.phrase import MEDIA, Phrase, is_plural, written
from holdfire.statements.people.scene import Scene
from holdfire.statements.people.sorts import DETERMINER, KNOWN, NAME, ROLE, Known
from holdfire.statements.people.words import PREPOSITIONS
from holdfire.statements.statement import Speaker

_BEFORE = frozenset({"the", "that", "this", "its", "their"})
_PRONOUN_KINDS = ("institution", "document", *MEDIA)
_REACH = 4
_HEARD = 100
_LOOK_BACK = 1_500
"""Words back that a body is looked for."""
_WHOSE = closed("owners") | {"whose"}
_NOUN = (ROLE, KNOWN, DETERMINER, NAME)


class Bodies:
    """What a text calls its bodies, and which of them was heard when."""

    def __init__(self, scene: Scene) -> None:
        """Collect the forms that the text uses for what the data know."""
        self.scene, self.tokens, self.words = scene, scene.tokens, scene.words
        self.heard: list[tuple[int, int, Speaker]] = []
        self.forms: dict[tuple[str, str], list[str]] = {}
        """The words the text has for each, the longest first."""
        tokens = self.tokens
        for n, stop in tokens.named:
            known = tokens.known[n]
            if known is None:
                continue
            forms = self.forms.setdefault((known.sort, known.id), [])
            form = tokens.name_of(n, stop)
            if form not in forms:
                forms.append(form)
        for forms in self.forms.values():
            forms.sort(key=len, reverse=True)

    def hear(self, n: int, speaker: Speaker) -> None:
        """Note that a body spoke at a word."""
        insort(self.heard, (n, len(self.heard), speaker), key=lambda one: one[:2])

    def speaker(self, phrase: Phrase) -> Speaker:
        """Return the body that a phrase names."""
        if phrase.determiner in ("each", "both", "all", "either", "neither"):
            return Speaker(phrase.written, "group", "", phrase.party)
        if phrase.parts:
            return Speaker(phrase.written, "group", "", phrase.party, self._group(phrase))
        if phrase.role_class is None and phrase.known is not None:
            return self.known(phrase.known, phrase)
        same = self._same(phrase)
        if same is not None:
            return same
        heard = self._heard(phrase)
        if heard is not None:
            return heard
        kind = phrase.kind or "institution"
        name = self._full(phrase)
        if kind in MEDIA and phrase.indefinite:
            return Speaker("", "unnamed", phrase.role)
        role = phrase.written if phrase.role_class else ""
        party = None if kind in MEDIA else phrase.party
        standing = self.words.standing(role, party) if role else "none"
        return Speaker(name, kind, "", party, standing)

    def _heard(self, phrase: Phrase) -> Speaker | None:
        """Return who spoke before and is now called by the bare head: "the mission"."""
        if phrase.determiner not in _BEFORE or phrase.stop - phrase.first > 2:
            return None
        head = self.tokens.lowers[phrase.stop - 1]
        kinds = (*_PRONOUN_KINDS, "group")
        last = bisect_left(self.heard, (phrase.first, -1), key=lambda one: one[:2])
        for n, _, speaker in reversed(self.heard[max(last - _HEARD, 0) : last]):
            if speaker.kind in kinds and self._head(speaker.name) == head:
                return speaker
            if phrase.first - n > _LOOK_BACK:
                return None
        return None

    def _head(self, name: str) -> str:
        """Return the last word of a name before any preposition."""
        words = name.lower().split()
        stop = next((n for n, word in enumerate(words) if n and word in PREPOSITIONS), len(words))
        return "" if "and" in words else words[stop - 1]

    def _group(self, phrase: Phrase) -> str:
        parts = [self.words.standing(one.role, one.party) for one in phrase.parts if one.role]
        return "decides" if parts and all(one == "decides" for one in parts) else "none"

    def known(self, known: Known, phrase: Phrase | None = None) -> Speaker:
        """Return a party, body or medium of the data as a speaker, by its fullest form here."""
        if known.sort == "people":
            name = phrase.written if phrase else known.id
            return Speaker(name, "group", "", known.party, "none")
        name = self._own_form(known, phrase) if phrase else ""
        if known.sort != "party" or known.party in self.words.of:
            name = self._fullest(known, name)
        kind = "group" if known.group else "institution"
        if known.sort in MEDIA:
            kind = known.sort
        return Speaker(name, kind, "", known.party, known.standing)

    def _own_form(self, known: Known, phrase: Phrase) -> str:
        """Return the name alone: "Hamas" in "the Palestinian militant group Hamas"."""
        tokens = self.tokens
        last = phrase.stop - 1
        if tokens.known[last] is not known:
            return phrase.written
        first = last
        while first > phrase.first and tokens.joined(first):
            first -= 1
        if known.sort in MEDIA or known.plural:
            return phrase.written
        return tokens.name_of(first, last + 1)

    def _fullest(self, known: Known, form: str) -> str:
        """Return the fullest words the text has for the same name; letters stand for words."""
        forms = self.forms.get((known.sort, known.id), [])
        if not form or known.sort in MEDIA:
            return forms[0] if forms else form
        letters = form.replace(".", "")
        short = letters.isupper() and letters.isalpha()
        return next((one for one in forms if short and " " in one), form)

    def _full(self, phrase: Phrase) -> str:
        """Return the fullest words for "the ministry" that the text has before it."""
        tokens = self.tokens
        if phrase.determiner not in _BEFORE or phrase.stop - phrase.first > 2:
            return self._cut(phrase)
        head = tokens.lowers[phrase.stop - 1]
        for n in range(phrase.first - 1, max(phrase.first - _LOOK_BACK, -1), -1):
            if tokens.lowers[n] == head and tokens.sorts[n] in (ROLE, KNOWN):
                first = self._start(n)
                if (n > first and tokens.sorts[first] != DETERMINER) or n > first + 1:
                    name = written(tokens, first, n + 1)
                    found = describe(tokens, first, n + 1)
                    phrase.parties = phrase.parties or found.parties
                    return name
        return self._cut(phrase)

    def _cut(self, phrase: Phrase) -> str:
        """Return the words of a body without the pronoun that says whose it is: "its ministry".

        What tells which one it is stays: "Defence Ministry in Seoul", "Moscow's defence ministry".
        """
        tokens, first, stop = self.tokens, phrase.first, phrase.stop
        if tokens.lowers[first] in _WHOSE and stop - first > 1:
            return written(tokens, first + 1, stop)
        return phrase.written

    def _start(self, n: int) -> int:
        tokens = self.tokens
        while n > 0 and not tokens.apart[n] and tokens.sorts[n - 1] in _NOUN:
            n -= 1
            if tokens.sorts[n] == DETERMINER:
                break
        return n

    def _same(self, phrase: Phrase) -> Speaker | None:
        """Return what "the group", "the agency" or "the think tank" stands for."""
        if phrase.determiner not in _BEFORE or phrase.role_class is None or phrase.parties:
            return None
        if not phrase.head:
            return None
        name = phrase.role_class.name
        if phrase.stop - phrase.first > 3 or name not in ("group", "body", "agency", "outlet"):
            return None
        tokens = self.tokens
        for n in range(phrase.first - 1, max(phrase.first - _LOOK_BACK, -1), -1):
            known = tokens.known[n]
            if known is None:
                continue
            fits = (
                known.sort == ("agency" if phrase.head == "agency" else "body")
                and known.party is None
                if name == "body"
                else known.sort in MEDIA
                if name in MEDIA
                else known.group
            )
            if fits:
                return self.known(known)
        return None

    def nearest(self, first: int, down_to: int) -> Speaker | None:
        """Return the nearest body that the words between name, as "Kyiv had shown it was ready"."""
        tokens = self.tokens
        for n in range(first - 1, down_to - 1, -1):
            known = tokens.known[n]
            if known is not None and known.sort in ("party", "body") and self.scene.subject(n):
                start = n
                while start > down_to and tokens.known[start - 1] is known:
                    start -= 1
                if tokens.sorts[n + 1] == ROLE and not tokens.apart[n + 1]:
                    continue
                return self.known(known, describe(tokens, start, n + 1))
        return None

    def _numbers(self, sentence: int, before: int) -> range:
        sentences = self.tokens.sentences
        stop = min(bisect_left(sentences, sentence + 1), before)
        return range(bisect_left(sentences, sentence), stop)

    def it(self, first: int, own: Container[int] = ()) -> Speaker | None:
        """Return the body that "it" stands for: who spoke last, or what came before.

        ``own`` are the words of what "it" says, which cannot name it.
        """
        tokens = self.tokens
        paragraph = tokens.paragraphs[first]
        last = self._last(first, singular)
        if last is not None and tokens.paragraphs[last[0]] == paragraph:
            return last[1]
        sentence = tokens.sentences[first]
        for back in range(sentence, max(sentence - _REACH, -1), -1):
            numbers = self._numbers(back, first)
            outside = not numbers or tokens.paragraphs[numbers[0]] != paragraph
            if outside and last is not None and back < sentence:
                return last[1]
            found = self._first(back, first, own)
            if found is not None:
                return found
        return last[1] if last is not None else None

    def last(self, first: int) -> int:
        """Return the word where a body spoke last before another, or -1."""
        stop = bisect_left(self.heard, (first, -1), key=lambda one: one[:2])
        return self.heard[stop - 1][0] if stop else -1

    def _last(self, first: int, fits: Callable[[Speaker], bool]) -> tuple[int, Speaker] | None:
        """Return the body that spoke last before a word, not too far off, and where."""
        tokens = self.tokens
        stop = bisect_left(self.heard, (first, -1), key=lambda one: one[:2])
        for n, _, speaker in reversed(self.heard[max(stop - _HEARD, 0) : stop]):
            if tokens.sentences[first] - tokens.sentences[n] > _REACH:
                return None
            if tokens.paragraphs[first] - tokens.paragraphs[n] > 1:
                return None
            if fits(speaker):
                return n, speaker
        return None

    def _first(self, sentence: int, before: int, own: Container[int]) -> Speaker | None:
        """Return the first body of a sentence that can be its subject."""
        tokens = self.tokens
        for n in self._numbers(sentence, before):
            if n in own:
                continue
            known = tokens.known[n]
            if tokens.sorts[n] == ROLE and tokens.lowers[n] in self.words.head_words:
                start = self._start(n)
                phrase = describe(tokens, start, n + 1)
                if (
                    phrase.role_class is not None
                    and phrase.role_class.kind in ("institution", "document")
                    and not phrase.plural
                    and phrase.determiner not in ("either", "neither", "both", "no")
                    and phrase.stop < tokens.count
                    and (tokens.sorts[phrase.stop] != ROLE or tokens.apart[phrase.stop])
                    and self.scene.subject(n)
                ):
                    return self.speaker(self._complement(phrase))
            elif known is not None and known.sort in ("party", "body") and self.scene.subject(n):
                stop = tokens.stops[n]
                if stop < tokens.count and tokens.sorts[stop] == ROLE and not tokens.apart[stop]:
                    continue
                return self.known(known, describe(tokens, n, stop))
        return None

    def _complement(self, phrase: Phrase) -> Phrase:
        """Take "of defence" into "the Russian ministry of defence"."""
        tokens, stop = self.tokens, phrase.stop
        if stop + 1 < tokens.count and tokens.lowers[stop] == "of":
            end = stop + 1
            while end < tokens.count and tokens.sorts[end] == ROLE and not tokens.apart[end]:
                end += 1
            if end > stop + 1:
                return describe(tokens, phrase.first, end)
        return phrase

    def they(self, first: int) -> Speaker | None:
        """Return the group that "they" stands for."""
        tokens = self.tokens
        sentence = tokens.sentences[first]
        last = self._last(first, lambda one: one.kind == "group" and not singular(one))
        for back in range(sentence, max(sentence - _REACH, -1), -1):
            if last is not None and tokens.sentences[last[0]] == back:
                return last[1]
            for n in self._numbers(back, first):
                plural = is_plural(tokens.lowers[n])
                if tokens.sorts[n] == ROLE and plural and self.scene.subject(n):
                    phrase = describe(tokens, self._start(n), n + 1)
                    if phrase.kind in ("group", "institution"):
                        found = self.speaker(phrase)
                        return Speaker(found.name, "group", "", found.party, found.standing)
        last = self._last(first, lambda one: one.kind == "group")
        return last[1] if last is not None else None


def singular(speaker: Speaker) -> bool:
    """Whether "it" can stand for a speaker: a body, or a group with a name of its own."""
    if speaker.kind != "group":
        return speaker.kind in _PRONOUN_KINDS
    head = speaker.name.split(" of ")[0].split(" in ")[0].rsplit(" ", 1)[-1]
    return " and " not in speaker.name and not is_plural(head.lower())
