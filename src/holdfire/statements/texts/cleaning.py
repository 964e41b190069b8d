"""What is kept of a text: its news paragraphs, without title, captions, lists and requests."""

from __future__ import annotations

import re

from holdfire.statements.texts.found import Found, TextError
from holdfire.statements.texts.laid import NOWHERE, Laid, Laying, through

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")


def cleaned(found: Found) -> Laid:
    """Return the kept paragraphs, parted by line breaks."""
    laying = Laying()
    for match in _LINE.finditer(found.laid.text):
        words = match.group()
        line = words.strip()
        if line:
            if laying.length:
                laying.letter("\n", NOWHERE, NOWHERE)
            laying.letters(line, match.start() + words.index(line[0]))
    if not laying.length:
        raise TextError("it is empty")
    return through(laying.laid(), found.laid)
