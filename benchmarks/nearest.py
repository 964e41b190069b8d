"""What one would write instead in an afternoon: a quotation, and the nearest "said" to it.

The baseline of the published measurements on PolNeAR: who is quoted is the capitalised name, or
the pronoun, that stands beside the nearest verb of saying. It knows no indirect speech, no
chain, no party, no stance and no terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution, Extractor
from holdfire.statements.evaluate.corpus import Annotated, GoldStatement
from holdfire.statements.evaluate.scores import Found, score

_QUOTED = re.compile(r"“[^”\n]{2,}”?|\"[^\"\n]{2,}\"?|«[^»\n]{2,}»?")
_SAID = re.compile(r"\b(?:said|says|told|tells|added|wrote|claimed|warned|announced|stated)\b")
_NAME = (
    r"(?:(?:[Tt]he |[Aa]n? )?(?:[\w’'-]+ ){0,2}[A-Z][\w’'-]+(?: (?:of |the )?[A-Z][\w’'-]+)*"
    r"|[Tt]he \w+(?: \w+)?|[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
)
_BEFORE, _AFTER = re.compile(rf"{_NAME}(?=\W*$)"), re.compile(rf"\W*({_NAME})")
_REST = re.compile(r"[ ,:]*([^.!?\n“\"]{8,}[^.!?\n“\" ,])")
NEAR = 120
"""Letters between a quotation and its verb, and between the verb and its name."""


class Nearest:
    """Quotations with the nearest verb of saying."""

    name = "quotation and nearest said"

    def attributions(self, text: str) -> list[Attribution]:
        """Return each verb of saying with the quotations nearest to it and the name beside it."""
        quoted = [found.span() for found in _QUOTED.finditer(text)]
        said: dict[Passage, list[Passage]] = {
            found.span(): []
            for found in _SAID.finditer(text)
            if not any(a < found.start() < b for a, b in quoted)
        }
        for start, end in quoted:
            near = [(min(abs(start - b), abs(a - end)), (a, b)) for a, b in said]
            if near and min(near)[0] <= NEAR:
                said[min(near)[1]].append((start, end))
        made = []
        for (a, b), pieces in said.items():
            name = _BEFORE.search(text, max(a - NEAR, 0), a)
            after = None if name else _AFTER.match(text, b, b + NEAR)
            source = name.span() if name else after.span(1) if after else None
            rest = _REST.match(text, b)
            content = pieces or ([rest.span(1)] if rest else [])
            if content:
                made.append(Attribution(tuple(content), ((a, b),), (source,) if source else ()))
        return made


def through(path: Path) -> int:
    """Read a JSONL dump as one would with it; return how many attributions were found."""
    finds = Nearest()
    with path.open(encoding="utf-8") as lines:
        return sum(len(finds.attributions(json.loads(line)["text"])) for line in lines)


def soft(corpus: Sequence[Annotated], finds: Extractor) -> float:
    """Return F1 of pairs, soft, of an extractor's attributions as they are, in hundredths."""

    def find(text: Annotated) -> Found:
        return Found(tuple(GoldStatement(one) for one in finds.attributions(text.text)))

    return 100 * score(corpus, find).passages["pair soft"].f1
