"""Cue words in a sentence: which are verbs here, in which form, with which auxiliaries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.lexicon import Lexicon, Use
from holdfire.statements.grammar.sentences import Sentence

NATIONAL = re.compile(r".+(?:ian|ish|ese|aeli|ani|raqi|rican|nch|tch|emeni|audi)$")
OBJECTS = c.THAT | c.TO | c.DETERMINER | c.SUBJECT | c.QUOTE | c.CAPITAL | c.NUMBER | c.PRONOUN
"""What an object or a clause after a verb begins with."""
DISTANT = frozenset(("to", "for", "of"))
"""Particles before which a time may stand: "agreed on Tuesday to"."""
AGENT_LONGEST = 8
"""Words that "by the agency TASS" may take in "was quoted by the agency TASS as saying"."""
SEPARABLE = frozenset(("aside", "away", "down", "off", "out", "up", "back", "over"))
"""Particles that a pronoun may part from the verb: "turned it down"."""
NARROWER = frozenset(("topic", "number"))
PARTICLE_GAP = 3
GROUP_LONGEST = 8


@dataclass(slots=True)
class Hit:
    """A cue as it stands in a sentence; all places are units of the sentence."""

    at: int
    use: Use
    first: int
    """First word of the verb group: the first auxiliary, or the cue itself."""
    left: int
    """Last unit before the verb group and the adverbs in front of it."""
    after: int
    """First unit after the cue and its particles."""
    particles: tuple[int, ...] = ()
    form: str = "past"
    finite: bool = True
    infinitive: bool = False
    passive: bool = False
    reduced: bool = False
    """A participle after its noun: "a truce declared by"."""
    negated: bool = False
    doubtful: bool = False
    """Under "would", "could", "might": it has not happened."""

    @property
    def inner(self) -> tuple[int, int] | None:
        """Return the object between verb and particle ("turned it down"), if there is one."""
        if len(self.particles) != 1 or self.particles[0] != self.at + 2:
            return None
        return (self.at + 1, self.at + 2) if self.use.rest[0] in SEPARABLE else None

    @property
    def kind(self) -> str:
        """Return the kind of its cue."""
        return self.use.cue.kind

    def takes(self, frame: str) -> bool:
        """Whether its cue takes this frame; topics and numbers are objects too."""
        frames = self.use.cue.frames
        return frame in frames or (frame == "object" and bool(frames & NARROWER))


def hits(sentence: Sentence, known: Lexicon) -> list[Hit]:
    """Return the cues of a sentence that are verbs there (or adjectives after "be"), in order."""
    found: list[Hit] = []
    classes = sentence.classes
    for at in [at for at, flags in enumerate(classes) if flags & c.CUE]:
        if classes[at] & c.CAPITAL and at and not classes[at - 1] & c.PAUSE:
            continue
        if not found or at >= found[-1].after:
            hit = _hit(sentence, at, known)
            if hit is not None:
                found.append(hit)
    return found


def _hit(sentence: Sentence, at: int, known: Lexicon) -> Hit | None:
    near = sentence.words[at + 1 : at + AGENT_LONGEST + 2]
    group: tuple[int, int] | None = None
    for use in known.uses[sentence.words[at]]:
        particles: tuple[int, ...] = ()
        if use.rest:
            found = _particles(sentence, at, use.rest) if use.rest[0] in near else None
            if found is None:
                continue
            if "quotation" not in use.cue.frames and _spoke_before(sentence, at):
                continue
            particles = found
        group = group or _group(sentence, at)
        hit = Hit(at, use, group[0], group[1], (particles or (at,))[-1] + 1, particles, use.form)
        if _is_verb(sentence, hit) and (hit.passive or not hit.takes("passive")):
            return hit
    return None


def _spoke_before(sentence: Sentence, at: int) -> bool:
    """Whether a quotation stands just before: in "“No,” he insisted on Radio X" "on" is a place."""
    return any(flags & c.SPEECH for flags in sentence.classes[max(at - 5, 0) : at])


def _particles(sentence: Sentence, at: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return where the further words of a cue stand, or nothing if they do not follow."""
    found: list[int] = []
    last = len(sentence.words)
    place = at + 1
    if rest and rest[0] in SEPARABLE and sentence.words[place : place + 1] != [rest[0]]:
        parted = sentence.classes[place : place + 1]
        if parted and parted[0] & c.PRONOUN and sentence.words[place + 1 : place + 2] == [rest[0]]:
            return (place + 1,) if len(rest) == 1 else None
    for number, word in enumerate(rest):
        gap = PARTICLE_GAP if number == 0 else 0
        if rest == ("as", "saying") and number == 0:
            words = sentence.words[place : place + AGENT_LONGEST]
            gap, place = 0, place + (words.index(word) if word in words else 0)
        while gap and place < last and sentence.words[place] != word:
            between = c.ADVERB | c.PREPOSITION | c.TIME | c.NUMBER if word in DISTANT else 0
            passed = sentence.words[place].endswith("ly") or sentence.classes[place] & between
            if not passed and sentence.words[place - 1 : place + 1] != ["in", "principle"]:
                break
            place, gap = place + 1, gap - 1
        if place >= last or sentence.words[place] != word:
            return None
        found.append(place)
        place += 1
    if rest and rest[-1] == "to" and not _noun_follows(sentence, place):
        return None
    return tuple(found)


def _noun_follows(sentence: Sentence, at: int) -> bool:
    """Whether "to" is followed by a noun phrase ("agreed to talks") rather than by a verb."""
    if at >= len(sentence):
        return False
    flags, word = sentence.classes[at], sentence.words[at]
    nominal = c.DETERMINER | c.PRONOUN | c.QUOTE | c.CAPITAL | c.NUMBER | c.ING
    if flags & (nominal | c.THAT | c.QUESTION):
        return True
    return "-" in word or word.endswith(("s", "ion", "ment", "truce", "fire", "al", "ed", "ity"))


def _group(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the first auxiliary before a verb and the last unit before its group."""
    classes, words = sentence.classes, sentence.words
    first, place = at, at - 1
    lowest = max(at - GROUP_LONGEST, 0)
    while place >= lowest:
        flags = classes[place]
        month = words[place] == "may" and flags & c.CAPITAL and place > 0
        if flags & c.AUXILIARY and not month:
            first = place
        elif words[place] == "longer" and place and words[place - 1] == "no":
            place -= 1
            first = place
        elif not flags & c.ADVERB:
            break
        place -= 1
    return first, place


def _is_verb(sentence: Sentence, hit: Hit) -> bool:
    """Decide whether a cue is a verb here, and fill in what kind of verb form it is."""
    classes, words = sentence.classes, sentence.words
    helpers = classes[hit.first : hit.at]
    has = 0
    for flags in helpers:
        has |= flags
    before = classes[hit.left] if hit.left >= 0 else 0
    hit.negated = bool(has & c.NEGATION) or "longer" in words[hit.first : hit.at]
    hit.doubtful = bool(has & c.DOUBTFUL)
    hit.infinitive = bool(before & c.TO)
    if hit.form == "adjective":
        return bool(has & c.BE) or before & c.COMMA > 0
    if hit.form == "ing":
        hit.finite = bool(has & c.BE)
        if hit.finite:
            return True
        return not before & (c.DETERMINER | c.POSSESSIVE) and not (
            classes[hit.at] & c.NOUN and before & c.PREPOSITION and words[hit.left] != "as"
        )
    if hit.form in ("past", "participle"):
        hit.passive = bool(has & c.BE)
        if hit.passive or has & (c.HAVE | c.MODAL):
            return True
        named = before & c.CAPITAL and hit.left > 0
        if before & (c.DETERMINER | c.POSSESSIVE | c.PREPOSITION) and not (
            before & c.SUBJECT or named
        ):
            return words[hit.left - 1 : hit.left + 1] == ["of", "his"]
        follows = words[hit.after] if hit.after < len(sentence) else ""
        hit.reduced = hit.form == "participle" or (follows == "by" and hit.takes("object"))
        hit.finite = not hit.reduced
        if hit.takes("object") and _verb_after_time(sentence, hit.after):
            return False
        return hit.left >= 0 or hit.form == "past"
    if hit.infinitive or has & (c.MODAL | c.DO):
        hit.finite = not hit.infinitive
        return not has & c.BE
    if has & (c.BE | c.HAVE):
        return False
    return _agrees(sentence, hit, before)


def _verb_after_time(sentence: Sentence, at: int) -> bool:
    """Whether "announced Tuesday would" follows: a participle, whose noun has a verb of its own."""
    start = at
    while at < sentence.last and (
        sentence.classes[at] & (c.TIME | c.NUMBER) or sentence.words[at] == "on"
    ):
        at += 1
    return start < at < sentence.last and bool(sentence.classes[at] & (c.FINITE & ~c.VERB))


def _follows(sentence: Sentence, hit: Hit) -> int:
    flags = sentence.classes[hit.after] if hit.after < len(sentence) else 0
    if not hit.takes("infinitive"):
        flags &= ~c.TO
    return flags if hit.takes("clause") or hit.takes("that") else flags & ~c.THAT


def _many(sentence: Sentence, at: int) -> bool:
    """Whether a name ends a phrase of several ("residents of Omdurman", "Moscow and Kyiv")."""
    before = range(max(at - 5, 0), at)
    return any(
        sentence.classes[i] & c.CONJUNCTION
        or (sentence.classes[i + 1] & c.PREPOSITION and sentence.words[i].endswith("s"))
        for i in before
    )


def _agrees(sentence: Sentence, hit: Hit, before: int) -> bool:
    """Whether a form in the present ("claims", "fear") has a subject it can agree with."""
    if hit.left < 0:
        return False
    noun = sentence.classes[hit.at] & c.NOUN
    word = sentence.words[hit.left]
    if before & (c.SUBJECT | c.RELATIVE) and not (noun and before & c.DETERMINER):
        return True
    if before & c.COMMA:
        return hit.form == "present" or (not noun and hit.kind in ("saying", "attitude"))
    if before & (c.DETERMINER | c.PREPOSITION | c.POSSESSIVE | c.PAUSE | c.TO):
        return False
    if before & c.CONJUNCTION:
        return not noun or (hit.form == "present" and bool(_follows(sentence, hit) & OBJECTS))
    if noun and before & (c.ED | c.VERB | c.ADVERB) and not before & c.CAPITAL:
        return False
    plural = word.endswith("s") and len(word) > 3 and not before & c.TITLE
    if hit.form == "base":
        if not noun:
            return not before & c.CAPITAL or plural or _many(sentence, hit.left)
        plural = plural or word in ("people", "police", "media") or _many(sentence, hit.left)
        return plural and bool(_follows(sentence, hit) & (OBJECTS | c.COMMA))
    if noun and before & c.CAPITAL and NATIONAL.match(word):
        return False
    if noun and not before & c.CAPITAL:
        aside = any(
            flags & (c.COMMA | c.SPEECH)
            for flags in sentence.classes[max(hit.left - 6, 0) : hit.left]
        )
        wanted = OBJECTS & ~c.CAPITAL | (c.COMMA if aside else 0)
        return bool(_follows(sentence, hit) & wanted)
    return not plural or bool(before & c.CAPITAL)
