"""Stance: what a statement says of the ceasefire, its conditions, and whose position it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
    court = _Court(
        article, attributions, speakers, wanted, parties(article.text, words or Words.load())
    )
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
        telling = Telling(self.page, content, speaker.party, self.in_force, self._disputed(one))
        found = self._by_cue(one, replace(telling, content=whole))
        if found is None and speaker.kind not in PASSING_ON and not one.hedged:
            found = told(telling)
            if not found.value:
                for n in inner:
                    theirs, where = self.judgement(n)
                    if speaker.party and self.speakers[n].party == speaker.party:
                        return theirs, where
        if found is None or not found.value:
            return Told("unclear" if self._about(at, whole) else "not-about-it"), content
        return found, content

    def _disputed(self, one: Attribution) -> bool:
        before = self.page.before(one.start)
        names = {hit.name for hit in rules().signals(before)}
        return bool({"violate", "attack", "accuse"} & names)

    def _about(self, at: int, whole: Content) -> bool:
        """Whether a statement that takes no stance is about the ceasefire at all."""
        ask, speaker = rules().asks, self.speakers[at]
        text = whole.text
        if ask("truce", text) or ask("deal", text):
            return True
        if speaker.party or speaker.kind in (*PASSING_ON, "document"):
            return True
        begins = self.article.text.rfind("\n\n", 0, self.attributions[at].start) + 1
        line = self.page.line
        around = line.text[max(line.place(begins) - 1, 0) : line.place(self.attributions[at].end)]
        return ask("truce", around) or ask("deal", around)

    def _by_cue(self, one: Attribution, telling: Telling) -> Told | None:
        """Return what the cue decides, taken with what it is about; ``None`` if it does not."""
        cue = self.page.content(one.cue).text
        text = telling.content.text
        start = " ".join(text.split()[:8])
        hits = [hit for hit in rules().signals(f"{cue}{start} ") if hit.start < len(cue) - 1]
        if not hits:
            return None
        name, ask = hits[0].name, rules().asks
        negated = ask("negation", cue[: hits[0].start])
        names = {hit.name for hit in rules().signals(text)}
        if ask("not-yet", cue):
            return Told("unclear")
        if name in ("accuse", "deny", "violate"):
            return self._breach_cue(name, negated, names, telling)
        truce, refers = ask("truce", text), telling.refers()
        match name:
            case "accept" | "keep" | "extend" | "want" | "worthy":
                return self._yes_cue(name, negated, names, telling, cue)
            case "refuse" | "end" | "worthless":
                if ("violate" in names or "attack" in names) and self.in_force and not truce:
                    return Told("alleges-violation")
                if negated:
                    return Told("")
                ok = refers or {"accept", "extend", "keep"} & names or ask("peace", text)
                return Told("rejects" if ok or not ask("talks", text) else "")
            case "propose" | "demand":
                if "end" in names:
                    return Told("rejects")
                if truce or {"keep", "extend", "accept"} & names or (
                    name == "propose" and refers and not ask("talks", text)):  # fmt: skip
                    return Told("" if negated else "proposes")
                if name == "demand" and telling.party:
                    return Told("accepts-on-conditions", 0, 1)
                return Told("")
            case "announce":
                if negated:
                    return Told("rejects")
                inside = told(telling)
                if inside.value and not text.startswith((" the ", " a ")):
                    return inside
                return Told("proposes" if truce else inside.value)
        return None

    def _breach_cue(self, name: str, negated: bool, names: set[str], telling: Telling) -> Told:
        if negated or not self.in_force:
            return Told("")
        if name == "deny":
            text = telling.content.text
            ok = telling.disputed or {"violate", "attack", "accuse"} & names
            return Told("denies-violation" if ok or rules().asks("accusation", text) else "")
        return Told("alleges-violation")

    def _yes_cue(
        self, name: str, negated: bool, names: set[str], telling: Telling, cue: str
    ) -> Told:
        ask, text = rules().asks, telling.content.text
        if ask("may", cue):
            return Told("")
        if not negated and "end" in names:
            return Told("rejects")
        if name == "want":
            ok = (ask("truce", text) or ask("peace", text)) and not ask("more", text)
        elif ask("truce", text) or ask("deal", text):
            ok = True
        else:
            ok = not ask("talks", text) and (telling.refers() or ask("peace", text) or bool(
                names & {"keep", "extend", "accept"}) or len(text.split()) < 4)  # fmt: skip
        if not ok:
            return Told("")
        return Told("rejects" if negated else "accepts")

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
