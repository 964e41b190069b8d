"""The rules: from a text to its attributions."""

from __future__ import annotations

from holdfire.statements.attribution import Attribution
from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.contents import Contents
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.lexicon import Lexicon, lexicon
from holdfire.statements.grammar.sentences import Sentence, paragraphs
from holdfire.statements.grammar.sources import drafts
from holdfire.statements.grammar.speech import Speech
from holdfire.statements.grammar.subjects import Subjects
from holdfire.statements.grammar.tokens import spaced, tokens
from holdfire.statements.grammar.unsourced import (
    before_colon,
    hearsay,
    hedges,
    named_sources,
    opening,
)
from holdfire.statements.grammar.verbs import hits

OWN = frozenset(("i", "we", "you", "our", "my", "no", "nobody", "neither", "none", "nothing"))
"""Words that begin a source which is the outlet itself, or nobody."""
DEEPEST = 8
"""Statements within one another up to which a sentence is read; nobody reports by way of more."""


class Rules:
    """Finds attributions by cues and a small grammar; the same text always gives the same.

    Time grows with the length of the text: sentences are cut after
    :data:`holdfire.statements.grammar.sentences.LONGEST` units, and every look to the left or
    right is bounded.
    """

    name = "rules"

    def attributions(self, text: str) -> list[Attribution]:
        """Return every attribution of a text, outer before inner, in the order of the text."""
        known, text = lexicon(), spaced(text)
        found: list[tuple[Sentence, list[Draft]]] = []
        speech = Speech()
        for paragraph in paragraphs(text, tokens(text, known)):
            speech.begin(paragraph)
            for sentence in paragraph.sentences:
                new = _sentence_drafts(text, sentence, known)
                if not sentence.quoted:
                    speech.take(sentence, new)
                if new:
                    found.append((sentence, new))
        # What is told of a quotation left open is known at the end only.
        ready = {draft.placed(sentence) for sentence, new in found for draft in new}
        return [Attribution(*one[2:]) for one in sorted(one for one in ready if one is not None)]


def _sentence_drafts(text: str, sentence: Sentence, known: Lexicon) -> list[Draft]:
    """Return the drafts of one sentence that have a content."""
    flags = sentence.close()
    if not flags & c.TELLING:
        return []
    cited = flags & c.CITING and (
        "according" in sentence.words
        or (flags & c.CUE and "as" in sentence.words and "by" in sentence.words)
    )
    cues = hits(sentence, known) if flags & c.CUE else []
    if not cues and not cited and not flags & c.HEDGE_OR_COLON:
        return []
    lowest = opening(text, sentence, flags)
    found = drafts(sentence, cues, lowest) if cues else []
    if cues and flags & c.BE:
        found += hearsay(sentence, cues, Subjects(sentence, {}, lowest))
    if cited:
        found += named_sources(sentence, lowest)
    if flags & c.COLON and flags & c.QUOTE:
        found += before_colon(sentence, lowest)
    if flags & c.HEDGE:
        found += hedges(sentence, lowest)
    if not found:
        return []
    Contents(text, sentence, found, lowest).fill()
    told = [draft for draft in found if draft.content and not _own_words(sentence, draft)]
    return told if len(told) <= DEEPEST else [one for one in told if _depth(one, told) < DEEPEST]


def _depth(draft: Draft, told: list[Draft]) -> int:
    """Return in how many contents of its sentence a draft lies."""
    cue = draft.cue[0][0]
    return sum(any(a <= cue < b for a, b in one.content) for one in told if one is not draft)


def _own_words(sentence: Sentence, draft: Draft) -> bool:
    """Whether the source is whoever speaks: "we" of the outlet, "I" within a quotation."""
    if draft.source is None:
        return False
    if not sentence.quoted and sentence.words[-1] == "?" and draft.kind != "saying":
        return True  # a question that the outlet asks
    at = draft.source.start
    if sentence.quoted and draft.kind in ("attitude", "act"):
        return bool(sentence.classes[at] & c.PRONOUN)
    return sentence.words[at] in OWN or (
        sentence.quoted and sentence.words[at] in ("it", "who", "that")
    )
