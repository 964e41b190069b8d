"""Speech that goes on: a quotation after "he said" in the next sentence or paragraph."""

from __future__ import annotations

from holdfire.statements.article import Passage
from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.drafts import Draft
from holdfire.statements.grammar.sentences import Paragraph, Sentence


class Speech:
    """Joins quotations without a cue of their own to the attribution they continue."""

    def __init__(self) -> None:
        self._speaker: Draft | None = None
        self._waiting: list[Passage] = []
        self._open = False

    def begin(self, paragraph: Paragraph) -> None:
        """Start a paragraph; only a quotation left open reaches into it."""
        starts = paragraph.sentences and paragraph.sentences[0].classes[0] & c.QUOTE
        if not (self._open and starts):
            self._speaker, self._waiting = None, []
        self._open = paragraph.open_quotation is not None

    def take(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Take the next sentence that is no part of a quotation, with its drafts."""
        if _only_quoted(sentence):
            passage = (sentence.starts[0], sentence.ends[sentence.last - 1])
            if self._speaker is not None:
                self._speaker.further.append(passage)
            else:
                self._waiting.append(passage)
            return
        speakers = [one for one in drafts if one.kind == "saying" and one.source is not None]
        if not speakers:
            self._speaker, self._waiting = None, []
            return
        self._speaker = next((one for one in speakers if one.closing), speakers[0])
        if self._waiting and self._speaker.closing and sentence.classes[0] & c.QUOTE:
            self._speaker.further.extend(self._waiting)
        self._waiting = []


def _only_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is nothing but a quotation."""
    return bool(sentence.classes[0] & c.SPEECH) and all(
        flags & c.STOP_OR_QUOTE for flags in sentence.classes
    )
