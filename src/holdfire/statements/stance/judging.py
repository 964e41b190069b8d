"""Stance: what a statement says of the ceasefire, its conditions, and whose position it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.people.words import Words
from holdfire.statements.stance import worded
from holdfire.statements.stance.cues import by_cue
from holdfire.statements.stance.evidence import Evidence
from holdfire.statements.stance.leaning import leaning, marks
from holdfire.statements.stance.matter import Matter
from holdfire.statements.stance.naming import Ceasefire, another, main_ceasefire
from holdfire.statements.stance.reach import blanked, near_one
from holdfire.statements.stance.reading import (
    BREAK,
    Content,
    Page,
    last_names,
    parties,
)
from holdfire.statements.stance.rules import Hit, rules
from holdfire.statements.stance.telling import Telling, Told, told
from holdfire.statements.stance.tied import tied_to
from holdfire.statements.stance.withheld import BREACHES
from holdfire.statements.statement import Speaker, Stance
from holdfire.tables.statement import STANCES

PASSING_ON = frozenset({"agency", "outlet"})
"""Kinds of speaker that report what others say, and take no stance by that."""

LEFT = ("unclear", "not-about-it")
TIED = "accepts-on-conditions"

SAME = ("so", "the same", "the same order", "it again")
"""Contents by which a speaker says what he said before."""

LEFT_OPEN = ("", "unclear", "not-about-it")
"""What needs no ceasefire to be its object."""

OWNED = (" his ", " her ", " its ", " their ", " our ", " my ")

AFTER = 250
"""Letters from the end of a statement in which another goes on about the same."""

NEAR, SOON = 12, 300
"""Letters between two pieces of one cue, and between a charge and the answer to it."""


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
    spoken_of = main_ceasefire(article)
    near = near_one(article, attributions) if spoken_of is not None else frozenset()
    wanted = ceasefire or spoken_of
    if wanted is None or not near:
        return [Stance("not-about-it") for _ in attributions]
    text = article.text
    if len(near) < len(attributions):
        text = blanked(text, [attributions[n] for n in near])
    names = parties(text, words or Words.load(), last_names(speakers))
    court = Court(article, attributions, speakers, wanted, Page(text, names))
    return [
        court.stance(at) if at in near else Stance("not-about-it")
        for at in range(len(attributions))
    ]


class Court:
    """Judges the statements of one article, inner before outer, each once."""

    def __init__(
        self,
        article: Article,
        attributions: Sequence[Attribution],
        speakers: Sequence[Speaker],
        wanted: Ceasefire,
        page: Page,
    ) -> None:
        self.article, self.attributions, self.speakers = article, attributions, speakers
        self.wanted = wanted
        self.page = page
        self.in_force = rules().asks("in-force", self.page.line.text) or any(
            hit.name in ("violate", "deny") for hit in self.page.hits
        )
        self.lasting = frozenset(mark for kind, mark in wanted.marks if kind == "lasting")
        self.matter = Matter(article, self.page, wanted, in_force=self.in_force)
        self.evidence = Evidence(article, self.page, wanted, in_force=self.in_force)
        self.ends = sorted((one.end, n) for n, one in enumerate(attributions))
        self.nested = _nested(attributions)
        self.judged: dict[int, tuple[Told, Content]] = {}
        self.firm: set[int] = set()
        self.weights: dict[int, float] = {}
        self.matter_marks: dict[int, dict[str, float]] = {}

    def stance(self, at: int) -> Stance:
        """Return the stance of one statement."""
        found, content, conditions = self.decided(at)
        speaker = self.speakers[at]
        value = self._leaning(at, found)
        if value == TIED and not conditions:
            content = self.page.content(self.attributions[at].content)
            conditions = tied_to(self.page, self.attributions[at], Told(value), content)
        speaks = speaker.party is not None and speaker.standing in ("decides", "speaks")
        speaks = speaks and (value == "rejects" or not self._withheld(at))
        return Stance(
            value,
            conditions if value == TIED else (),
            value if speaks and value != "not-about-it" else None,
        )

    def decided(self, at: int) -> tuple[Told, Content, tuple[Passage, ...]]:
        """Return what the rules decide, where they found it, and what a yes is tied to."""
        found, content = self.judgement(at)
        conditions = tied_to(self.page, self.attributions[at], found, content)
        if found.value == "accepts" and conditions:
            found = replace(found, value=TIED)
        return found, content, conditions

    def matters(self, at: int) -> dict[str, float]:
        """Return the marks by which a statement is weighed for being about the ceasefire."""
        if at not in self.matter_marks:
            one = self.attributions[at]
            whole = self.page.content(one.content)
            found = self.evidence.marks(one, self.speakers[at], whole, self._before(at))
            self.matter_marks[at] = found
        return self.matter_marks[at]

    def marks(self, at: int) -> dict[str, float]:
        """Return the marks by which a statement is weighed."""
        one, speaker = self.attributions[at], self.speakers[at]
        whole = self.page.content(one.content)
        telling = Telling(
            self.page, whole, speaker.party, self.in_force, one, weight=self._weight(at, whole)
        )
        cue, hits = self._cue(one)
        found = marks(telling, cue, hits, speaker, holds_others=bool(self.nested[at]))
        own = f"@{speaker.party}"
        words = [*worded.of_content(whole.text, own), *worded.of_cue(cue)]
        before = self._before(at)
        if before is not None and one.start - before.end < AFTER:
            said = self.page.content(before.content).text
            words += worded.of_content(said, own, worded.BEFORE)
        return {**self.matters(at), **found, **dict.fromkeys(words, 1.0)}

    def _leaning(self, at: int, decided: Told) -> str:
        """Return the stance that all the marks of a statement lead to, and what was decided."""
        one, speaker = self.attributions[at], self.speakers[at]
        if at in self.firm:
            return decided.value
        passes_on = speaker.kind in PASSING_ON or one.hedged
        among = LEFT if passes_on and decided.value in LEFT else STANCES
        return leaning(self.marks(at), decided, among)

    def judgement(self, at: int) -> tuple[Told, Content]:
        """Return what one statement tells, and the content that it was found in."""
        if at not in self.judged:
            # Held while it is judged, so that two that point at each other come to an end.
            self.judged[at] = Told("unclear"), self.page.content(())
            self.judged[at] = self._judgement(at)
        return self.judged[at]

    def _judgement(self, at: int) -> tuple[Told, Content]:
        one, speaker = self.attributions[at], self.speakers[at]
        inner = self.nested[at]
        content = self.page.content(
            one.content, [(self.attributions[n].start, self.attributions[n].end) for n in inner]
        )
        whole = self.page.content(one.content) if inner else content
        if another(self.article, one.content, self.wanted):
            self.firm.add(at)
            return Told("not-about-it"), content
        if self._denied_yes(at) and self.matter.is_object(one, whole, "rejects"):
            self.firm.add(at)
            return Told("rejects", in_cue=True), whole
        if self._withheld(at):
            self.firm.add(at)
            return Told("unclear" if self._about(at, whole) else "not-about-it"), content
        telling = Telling(
            self.page, content, speaker.party, self.in_force, one,
            speaker.party is None and speaker.kind == "group", self.lasting,
            self._weight(at, whole),
        )  # fmt: skip
        cue, hits = self._cue(one)
        found = by_cue(cue, hits, replace(telling, content=whole) if inner else telling)
        if found is not None:
            found, content = replace(found, in_cue=True), whole
            if found.firm:
                self.firm.add(at)
        elif speaker.kind not in PASSING_ON and not one.hedged:
            found = told(telling)
            if not found.value and any(hit.name == "ruse" for hit in whole.hits):
                # What the other side is said to be after is told in words of its own.
                ruse = told(replace(telling, content=whole))
                found = ruse if ruse.value == "rejects" else found
            if not found.value:
                found, content = self._of_own_side(at, whole) or (found, content)
            others = [n for n in inner if self.judgement(n)[0].value not in LEFT_OPEN]
            if not found.value and inner and not others:
                # What stands in an inner statement can be told of the speaker's own side.
                entire = replace(telling, content=whole)
                outer = told(entire)
                if outer.value and any(
                    hit.start == outer.at and entire.owner(hit) == "own" for hit in whole.hits
                ):
                    found, content = outer, whole
        if (
            found is not None
            and found.value not in LEFT_OPEN
            and not self.matter.is_object(one, whole, found.value)
        ):
            found = Told("not-about-it")
        if found is None or not found.value:
            by_cue_alone = found is not None and found.in_cue
            found = replace(self._left_open(at, whole), in_cue=by_cue_alone)
        return found, content

    def _of_own_side(self, at: int, whole: Content) -> tuple[Told, Content] | None:
        """Return the stance that a speaker passes on from his own side, if he does."""
        party = self.speakers[at].party
        speaks = "spokes" in self.speakers[at].role.lower() and party is None
        name = self.speakers[at].name
        theirs = [
            n
            for n in self.nested[at]
            if (party and self.speakers[n].party == party)
            or (name and self.speakers[n].name == name)
            or (party and self.speakers[n].party is None and self._owned(n))
            or (speaks and self.speakers[n].kind not in PASSING_ON)
        ]
        judged = [self.judgement(n) for n in theirs]
        for one, content in judged:
            if one.value not in ("unclear", "not-about-it"):
                # What is told beside the inner yes may tie it: "…, but there are nuances".
                yes = one.value == "accepts"
                return (replace(one, until=0), whole) if yes else (one, content)
        return judged[0] if judged else None

    def _owned(self, at: int) -> bool:
        """Whether a source is told as somebody's own: "his country", "our army"."""
        source = self.page.content(self.attributions[at].source).text
        return source.startswith(OWNED)

    def _withheld(self, at: int) -> bool:
        """Whether the text does not let this be said ("denied that", "did not say whether").

        So is what stands in such a statement. Who denies a breach has said something himself.
        """
        one, line = self.attributions[at], self.page.line
        held = self.page.withheld
        if held.at(line.place(one.cue[0][0])):
            return True
        begun = held.begun(line.place(one.cue[0][0]), line.place(one.cue[-1][1]))
        if begun is None:
            return False
        start, end, until, denial = begun
        cue = line.place(one.cue[0][0])
        if not denial or rules().asks("negation", line.text, cue - 1, start + 1):
            return True
        names = {hit.name for hit in rules().signals(line.text[end - 1 : until + 1])}
        return bool(names) and not names & set(BREACHES)

    def _denied_yes(self, at: int) -> bool:
        """Whether somebody denies that he himself agreed, which is his own no."""
        one, line = self.attributions[at], self.page.line
        begun = self.page.withheld.begun(line.place(one.cue[0][0]), line.place(one.cue[-1][1]))
        if begun is None or not begun[3] or self.speakers[at].party is None:
            return False
        start, end, until, _ = begun
        if rules().asks("negation", line.text, line.place(one.cue[0][0]) - 1, start + 1):
            return False
        signals = rules().signals(line.text[end - 1 : until + 1])
        own = rules().asks("oneself", line.text, end, end + NEAR)
        return own and not self.page.withheld.at(begun[0]) and bool(signals) and (
            signals[0].name == "accept"
        )  # fmt: skip

    def _cue(self, one: Attribution) -> tuple[str, list[Hit]]:
        """Return the cue in base forms, and the signals that begin in it.

        Where few letters part its pieces, what stands between belongs to it ("has not yet
        accepted").
        """
        first, last = one.cue[0], one.cue[-1]
        if last[0] - first[1] < NEAR:
            line = self.page.line
            a, b = line.place(first[0]), line.place(last[1])
            hits = [
                hit._replace(start=hit.start - a + 1, end=hit.end - a + 1)
                for hit in self.page.begun(a, b)
            ]
            return f" {line.text[a:b]}", hits
        cue = self.page.content(one.cue).text.replace(f"{BREAK} ", "")
        return cue, rules().signals(cue)

    def _left_open(self, at: int, whole: Content) -> Told:
        """Judge what no signal decided: said so again, denied a charge, unclear, not about it."""
        speaker = self.speakers[at]
        if whole.text.strip() in SAME:
            self.firm.add(at)
            earlier = [n for n in range(at) if self.speakers[n].name == speaker.name]
            again = speaker.name and earlier
            return Told(self.judgement(earlier[-1])[0].value if again else "unclear")
        if rules().asks("negation", whole.text) and self._accused(at):
            return Told("denies-violation")
        return Told("unclear" if self._about(at, whole) else "not-about-it")

    def _accused(self, at: int) -> bool:
        """Whether somebody of another party alleged a breach right before."""
        party, one = self.speakers[at].party, self.attributions[at]
        if party is None or not self.in_force:
            return False
        for n in range(at - 1, max(at - 4, -1), -1):
            near = 0 <= one.start - self.attributions[n].end < SOON
            if near and self.judgement(n)[0].value == "alleges-violation":
                told_of = self.page.content(self.attributions[n].content).text
                return f" @{party} " in told_of and self.speakers[n].party != party
        return False

    def _about(self, at: int, whole: Content) -> bool:
        """Whether a statement that takes no stance is about the ceasefire at all."""
        if any(self.judgement(n)[0].value != "not-about-it" for n in self.nested[at]):
            return True
        return self._weight(at, whole) > 0

    def _weight(self, at: int, whole: Content) -> float:
        """Return the points for a statement's being about the ceasefire."""
        if at in self.weights:
            return self.weights[at]
        self.weights[at] = self.evidence.weight(self.matters(at))
        return self.weights[at]

    def _before(self, at: int) -> Attribution | None:
        """Return the statement that ends last before another begins."""
        start = self.attributions[at].start
        ended = bisect_right(self.ends, (start, len(self.ends)))
        return self.attributions[self.ends[ended - 1][1]] if ended else None


def _nested(attributions: Sequence[Attribution]) -> list[list[int]]:
    """Return, for each attribution, those whose saying stands in its content, outermost first.

    An inner one is always shorter than the one around it, so that none lies in itself.
    """
    spans = [(one.start, one.end) for one in attributions]
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n))
    found: list[list[int]] = [[] for _ in attributions]
    for outer, one in enumerate(attributions):
        begins, ends = one.content[0][0], one.content[-1][1]
        length = spans[outer][1] - spans[outer][0]
        for n in order:
            start, end = spans[n]
            if start > ends:
                break
            cue = attributions[n].cue[0][0]
            if (
                begins <= start
                and end - start < length
                and any(a <= cue < b for a, b in one.content)
            ):
                found[outer].append(n)
    return found
