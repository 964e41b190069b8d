"""Texts with their attributions marked: ``[source|party] {cue} <content>``.

``[Moscow|russia] {rejected} <the truce>``: the party may be left out, and so may the source. Every
``{`` begins a new statement unless ``{+``, which goes on with the one before, as ``<+`` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from holdfire.statements.article import Article, Origin, Passage
from holdfire.statements.attribution import Attribution, Kind
from holdfire.statements.statement import Speaker

_MARK = re.compile(
    r"\[(?P<source>[^\]|]*)(?:\|(?P<party>[^\]]*))?\]|(?P<open>[{<]\+?)|(?P<close>[}>])"
)


@dataclass
class Marked:
    """A text without its marks, and the statements that they told."""

    text: str
    attributions: list[Attribution] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)

    def article(self, published: date | None = date(2025, 3, 13), title: str = "") -> Article:
        return Article(
            "a.txt", "0" * 64, 1, self.text, Origin.whole(self.text), published=published,
            title=title,
        )  # fmt: skip


def marked(text: str, kind: Kind = "saying", standing: str = "decides") -> Marked:
    """Read one marked text; the marks of one statement stand within one paragraph."""
    plain: list[str] = []
    at = end = 0
    sources: list[tuple[Passage, str | None]] = []
    opened: list[tuple[list[Passage], int]] = []
    cues: list[list[Passage]] = []
    contents: list[list[Passage]] = []
    for mark in _MARK.finditer(text):
        plain.append(text[end : mark.start()])
        at += mark.start() - end
        end = mark.end()
        if mark["source"] is not None:
            plain.append(mark["source"])
            sources.append(((at, at + len(mark["source"])), mark["party"]))
            at += len(mark["source"])
        elif mark["open"]:
            into = cues if mark["open"][0] == "{" else contents
            if not mark["open"].endswith("+"):
                into.append([])
            opened.append((into[-1], at))
        else:
            passages, start = opened.pop()
            passages.append((start, at))
    plain.append(text[end:])
    found = Marked("".join(plain))
    for n, (cue, content) in enumerate(zip(cues, contents, strict=True)):
        source, party = sources[n] if n < len(sources) else ((0, 0), None)
        name = found.text[slice(*source)]
        found.attributions.append(
            Attribution(tuple(content), tuple(cue), (source,) if name else (), kind)
        )
        found.speakers.append(
            Speaker(name, "institution" if name else "unnamed", "", party, standing)
        )
    return found
