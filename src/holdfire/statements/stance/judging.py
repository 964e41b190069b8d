"""Stance: what a statement says of the ceasefire, its conditions, and whose position it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.words import Words
from holdfire.statements.stance.naming import Ceasefire, another, main_ceasefire
from holdfire.statements.stance.reading import Content, Named, Page, parties
from holdfire.statements.stance.rules import rules
from holdfire.statements.stance.telling import Telling, Told, told
from holdfire.statements.statement import Speaker, Stance

PASSING_ON = frozenset({"agency", "outlet"})
"""Kinds of speaker that report what others say, and take no stance by that."""

_CONDITION_ENDS = re.compile(r" [.;?!¦”\"] ")


def stances(
    article: Article,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
    ceasefire: Ceasefire | None,
    words: Words | None = None,
) -> list[Stance]:
    """Return the stance of each attribution towards a ceasefire, in their order.

    ``ceasefire`` is the one that stance is judged towards; ``None`` takes the one the article
    speaks of most. ``words`` tell how parties are called; without them those that are shipped
    are used. See ``corpus/README.md`` for what each stance means.
    """
    wanted = ceasefire or main_ceasefire(article)
    if wanted is None:
        return [Stance("not-about-it") for _ in attributions]
    court = _Court(article, attributions, speakers, wanted, parties(article.text, words or Words.load()))
    return [court.stance(at) for at in range(len(attributions))]


class _Court:
    """Judges the statements of one article, inner before outer, each once."""

    def __init__(
        self,
        article: Article,
        attributions: Sequence[Attribution],
        speakers: Sequence[Speaker],
        wanted: Ceasefire,
        names: Sequence[Named],
    ) -> None:
        self.article, self.attributions, self.speakers = article, attributions, speakers
        self.wanted = wanted
        self.page = Page(article.text, attributions, speakers, names)
        self.in_force = any(
            hit.name in ("violate", "deny") for hit in rules().signals(self.page.line.text)
        )
        self.nested = _nested(attributions)
        self.judged: dict[int, tuple[Told, Content]] = {}

    def stance(self, at: int) -> Stance:
        """Return the stance of one statement."""
        found, content = self.judgement(at)
        speaker = self.speakers[at]
        value, conditions = found.value, self._conditions(found, content)
        if value == "accepts" and conditions:
            value = "accepts-on-conditions"
        speaks = speaker.party is not None and speaker.standing in ("decides", "speaks")
        return Stance(
            value,
            conditions if value == "accepts-on-conditions" else (),
            value if speaks and value != "not-about-it" else None,
        )

    def judgement(self, at: int) -> tuple[Told, Content]:
        """Return what one statement tells, and the content that it was found in."""
        if at not in self.judged:
            self.judged[at] = self._judgement(at)
        return self.judged[at]

    def _judgement(self, at: int) -> tuple[Told, Content]:
        one, speaker = self.attributions[at], self.speakers[at]
        inner = self.nested[at]
        content = self.page.content(
            one.content, [(self.attributions[n].start, self.attributions[n].end) for n in inner]
        )
        whole = self.page.content(one.content)
        if another(self.article.text, one.content, self.wanted):
            return Told("not-about-it"), content
        if not self._about(one, whole):
            return Told("not-about-it"), content
        if speaker.kind in PASSING_ON or one.hedged:
            return Told("unclear"), content
        telling = Telling(
            self.page, content, speaker.party, speaker.kind == "institution", self.in_force
        )
        found = self._by_cue(one, telling, whole) or told(telling)
        if not found.value:
            for n in inner:
                theirs, where = self.judgement(n)
                if speaker.party and self.speakers[n].party == speaker.party:
                    return theirs, where
        return (found if found.value else Told("unclear")), content

    def _about(self, one: Attribution, whole: Content) -> bool:
        return True

    def _by_cue(self, one: Attribution, telling: Telling, whole: Content) -> Told | None:
        """Return what the cue decides by itself, taken with what it is about."""
        cue = self.page.content(one.cue).text
        start = " ".join(whole.text.split()[:8])
        hits = [hit for hit in rules().signals(f"{cue}{start} ") if hit.start < len(cue) - 1]
        if not hits:
            return None
        hit = hits[0]
        ask = rules().asks
        negated = ask("negation", cue[: hit.start])
        inside = told(telling)
        first = rules().signals(whole.text)
        names = {h.name for h in first}
        if ask("not-yet", cue):
            return Told("unclear")
        match hit.name:
            case "accept" | "keep":
                if not negated and inside.value == "rejects" and {"end", "refuse"} & names:
                    return Told("rejects")
                if ask("must", cue) or ask("may", cue):
                    return Told("unclear")
                return Told("rejects" if negated else "accepts")
            case "refuse" | "end" | "worthless":
                if hit.name == "refuse" and ("accuse" in names or "violate" in names):
                    return Told("alleges-violation" if "condemn" in cue else "denies-violation")
                return Told("unclear" if negated else "rejects")
            case "propose":
                if "end" in names:
                    return Told("rejects")
                return Told("unclear" if negated else "proposes")
            case "announce":
                if negated:
                    return Told("rejects")
                return inside if inside.value else Told("proposes")
            case "accuse":
                return Told("alleges-violation" if self.in_force else "unclear")
            case "deny":
                return Told("denies-violation" if self.in_force else "unclear")
            case "violate":
                return Told("alleges-violation")
            case "open":
                return Told("unclear")
        return None

    def _conditions(self, found: Told, content: Content) -> tuple[Passage, ...]:
        if found.value != "accepts":
            return ()
        text = content.text
        tied = rules().questions["tied"].search(text) or rules().questions["weakly-tied"].search(
            text, found.until
        )
        if tied is None:
            return ()
        ends = _CONDITION_ENDS.search(text, tied.end())
        last = ends.start() if ends else len(text) - 1
        return (self.page.passage(content, tied.start(), last),)


def _nested(attributions: Sequence[Attribution]) -> list[list[int]]:
    """Return, for each attribution, those whose saying stands in its content, outermost first.

    An inner one is always shorter than the one around it, so that none lies in itself.
    """
    spans = [(one.start, one.end) for one in attributions]
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n))
    found: list[list[int]] = [[] for _ in attributions]
    for outer, one in enumerate(attributions):
        reached, length = -1, spans[outer][1] - spans[outer][0]
        for n in order:
            start, end = spans[n]
            if start > one.content[-1][1]:
                break
            cue = attributions[n].cue[0][0]
            if (
                end - start < length
                and start >= max(reached, one.content[0][0])
                and any(a <= cue < b for a, b in one.content)
            ):
                found[outer].append(n)
                reached = end
    return found
