"""Cue words in a sentence: which are verbs here, in which form, with which auxiliaries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, count

from holdfire.statements.attribution import Kind
from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar import frames as f
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
    kind: Kind
    frames: int
    """Of its cue: what may follow, bits of :mod:`holdfire.statements.grammar.frames`."""
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


def hits(sentence: Sentence, known: Lexicon) -> list[Hit]:
    """Return the cues of a sentence that are verbs there (or adjectives after "be"), in order."""
    found: list[Hit] = []
    classes, free = sentence.classes, 0
    for at in compress(count(), map(c.CUE.__and__, classes)):
        if at < free or (classes[at] & c.CAPITAL and at and not classes[at - 1] & c.PAUSE):
            continue
        hit = _hit(sentence, at, known.uses[sentence.words[at]])
        if hit is not None:
            found.append(hit)
            free = hit.after
    return found


def _hit(sentence: Sentence, at: int, uses: tuple[Use, ...]) -> Hit | None:
    classes, words = sentence.classes, sentence.words
    first, left = at, at - 1
    if at and (classes[left] & c.ADVERB_OR_AUXILIARY or words[left] == "longer"):
        first, left = _group(sentence, at)
    for use in uses:
        particles: tuple[int, ...] = ()
        if use.rest:
            if use.rest[0] not in words[at + 1 : at + AGENT_LONGEST + 2]:
                continue
            found = _particles(sentence, at, use.rest)
            if found is None or (not use.cue.frames & f.QUOTATION and _spoke_before(sentence, at)):
                continue
            particles = found
        hit = _verb(sentence, at, use, first, left, particles)
        if hit is not None and (hit.passive or not hit.frames & f.PASSIVE):
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
            between = c.BETWEEN if word in DISTANT else 0
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
    nominal = c.NOMINAL
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


def _verb(
    sentence: Sentence, at: int, use: Use, first: int, left: int, particles: tuple[int, ...]
) -> Hit | None:
    """Return a cue with what kind of verb form it is here, or nothing where it is no verb."""
    classes, words, form = sentence.classes, sentence.words, use.form
    has = 0
    for flags in classes[first:at]:
        has |= flags
    before = classes[left] if left >= 0 else 0
    after = particles[-1] + 1 if particles else at + 1
    infinitive = bool(before & c.TO)
    finite, passive, reduced = True, False, False
    if form == "adjective":
        is_verb = bool(has & c.BE or before & c.COMMA)
    elif form == "ing":
        finite = bool(has & c.BE)
        is_verb = finite or not (
            before & c.DETERMINER_OR_POSSESSIVE
            or (classes[at] & c.NOUN and before & c.PREPOSITION and words[left] != "as")
        )
    elif form in ("past", "participle"):
        passive = bool(has & c.BE)
        if passive or has & c.MODAL_OR_HAVE:
            is_verb = True
        elif before & c.DETERMINER_OR_PREPOSITION_OR_POSSESSIVE and not (
            before & c.SUBJECT or (before & c.CAPITAL and left > 0)
        ):
            is_verb = words[left - 1 : left + 1] == ["of", "his"]
        else:
            by = after < len(words) and words[after] == "by"
            reduced = form == "participle" or bool(by and use.cue.frames & f.OBJECT)
            finite = not reduced
            is_verb = (left >= 0 or form == "past") and not (
                use.cue.frames & f.OBJECT and _verb_after_time(sentence, after)
            )
    elif infinitive or has & c.MODAL_OR_DO:
        finite = not infinitive
        is_verb = not has & c.BE
    else:
        is_verb = not has & c.BE_OR_HAVE and _agrees(sentence, at, use, left, after)
    if not is_verb:
        return None
    return Hit(
        at, use, first, left, after, use.cue.kind, use.cue.frames, particles, form, finite,
        infinitive, passive, reduced,
        first < at and (bool(has & c.NEGATION) or "longer" in words[first:at]),
        bool(has & c.DOUBTFUL),
    )  # fmt: skip


def _verb_after_time(sentence: Sentence, at: int) -> bool:
    """Whether "announced Tuesday would" follows: a participle, whose noun has a verb of its own."""
    start = at
    while at < sentence.last and (
        sentence.classes[at] & c.TIME_OR_NUMBER or sentence.words[at] == "on"
    ):
        at += 1
    return start < at < sentence.last and bool(sentence.classes[at] & (c.FINITE & ~c.VERB))


def _follows(sentence: Sentence, use: Use, after: int) -> int:
    flags = sentence.classes[after] if after < len(sentence.classes) else 0
    if not use.cue.frames & f.INFINITIVE:
        flags &= ~c.TO
    return flags if use.cue.frames & f.CLAUSE_OR_THAT else flags & ~c.THAT


def _many(sentence: Sentence, at: int) -> bool:
    """Whether a name ends a phrase of several ("residents of Omdurman", "Moscow and Kyiv")."""
    before = range(max(at - 5, 0), at)
    return any(
        sentence.classes[i] & c.CONJUNCTION
        or (sentence.classes[i + 1] & c.PREPOSITION and sentence.words[i].endswith("s"))
        for i in before
    )


def _agrees(sentence: Sentence, at: int, use: Use, left: int, after: int) -> bool:
    """Whether a form in the present ("claims", "fear") has a subject it can agree with."""
    if left < 0:
        return False
    before, form = sentence.classes[left], use.form
    noun = sentence.classes[at] & c.NOUN
    word = sentence.words[left]
    if before & c.RELATIVE_OR_SUBJECT and not (noun and before & c.DETERMINER):
        return True
    if before & c.COMMA:
        return form == "present" or (not noun and use.cue.kind in ("saying", "attitude"))
    if before & c.BEFORE_NOUN:
        return False
    if before & c.CONJUNCTION:
        return not noun or (form == "present" and bool(_follows(sentence, use, after) & OBJECTS))
    if noun and before & c.ADVERB_OR_VERB_OR_ED and not before & c.CAPITAL:
        return False
    plural = word.endswith("s") and len(word) > 3 and not before & c.TITLE
    if form == "base":
        if not noun:
            return not before & c.CAPITAL or plural or _many(sentence, left)
        plural = plural or word in ("people", "police", "media") or _many(sentence, left)
        return plural and bool(_follows(sentence, use, after) & (OBJECTS | c.COMMA))
    if noun and before & c.CAPITAL and NATIONAL.match(word):
        return False
    if noun and not before & c.CAPITAL:
        aside = any(
            flags & c.COMMA_OR_SPEECH for flags in sentence.classes[max(left - 6, 0) : left]
        )
        wanted = OBJECTS & ~c.CAPITAL | (c.COMMA if aside else 0)
        return bool(_follows(sentence, use, after) & wanted)
    return not plural or bool(before & c.CAPITAL)
