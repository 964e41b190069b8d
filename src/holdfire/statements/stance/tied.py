"""What a yes is tied to: the passages of a statement that tell its conditions."""

from __future__ import annotations

import re

from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.reading import Content, Page
from holdfire.statements.stance.rules import rules
from holdfire.statements.stance.telling import Told

_BUT = re.compile(r" (?:, )?(?=(?:but|though|although|yet|however) )")
_CONDITION_ENDS = re.compile(r" [.;?!¦”\"] ")


def tied_to(page: Page, one: Attribution, found: Told, content: Content) -> tuple[Passage, ...]:
    """Return what a yes is tied to; all of a demand that is no yes."""
    if found.value not in ("accepts", "accepts-on-conditions"):
        return ()
    text = content.text
    if found.in_cue and found.value == "accepts":
        cue = page.content(one.cue)
        in_cue = rules().questions["tied"].search(cue.text)
        if in_cue:
            return (page.passage(cue, in_cue.start(), in_cue.end()),)
    tied = rules().questions["tied"].search(text)
    yes = found.value == "accepts"
    itself = tied is not None and rules().asks("condition", text, tied.start() - 1)
    half = tied is not None and rules().asks("half", text, tied.start() - 1, tied.end() + 1)
    if tied and yes and not (itself or half) and rules().asks("truce", text, tied.end()):
        # "Once a full ceasefire is in force" ties something else to it.
        return ()
    if tied is None and yes:
        tied = rules().questions["weakly-tied"].search(text, found.until)
    if tied is None and yes:
        return _beside(page, one)
    start = tied.start() if tied else 1
    ends = _CONDITION_ENDS.search(text, tied.end() if tied else 1)
    last = ends.start() if ends and ends.start() > start else len(text) - 1
    return (page.passage(content, start, last),)


def _beside(page: Page, one: Attribution) -> tuple[Passage, ...]:
    """Return what ties a yes right behind its content: "…, but the terms need work".

    A clause about another side is that side's matter and ties nothing.
    """
    line = page.line
    start = line.place(one.content[-1][1])
    ends = _CONDITION_ENDS.search(line.text, start - 1)
    clause = line.text[start - 1 : ends.start() + 1 if ends else len(line.text)]
    but = _BUT.match(clause)
    if but is None or "@" in clause or not rules().asks("weakly-tied", clause):
        return ()
    return (line.passage(start - 1 + but.end(), start - 2 + len(clause)),)
