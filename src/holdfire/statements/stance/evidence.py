"""What speaks for a statement's being about the ceasefire, and what against, as points.

A statement without a stance is about the ceasefire or about another matter, and seldom says so
itself. So every mark of it is weighed: the ceasefire named, words that belong to one, words of
another matter, who speaks, what the paragraph and the statement before it are about. Words are
listed in ``matters.toml``, points in ``points.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.lexicon import MOST, matters
from holdfire.statements.stance.marks import mentions
from holdfire.statements.stance.naming import Ceasefire
from holdfire.statements.stance.reading import Content, Page
from holdfire.statements.stance.rules import rules
from holdfire.statements.statement import Speaker

FEW, MANY = 6, 25
"""Words of a content that is short, and above which one is long."""

NEAR = 250
"""Letters from the end of a statement in which another goes on about the same."""

EARLY, LATE = 0.2, 0.7
"""Parts of an article: news tells first what it is about, and other matters at the end."""


@cache
def points() -> Mapping[str, float]:
    """Return ``points.toml``: how many points each mark gives, and ``by-default`` what all have."""
    raw: dict[str, dict[str, float]] = tomllib.loads(
        resources.files(__package__).joinpath("points.toml").read_text(encoding="utf-8")
    )
    return {name: points for table in raw.values() for name, points in table.items()}


def _sides(told: Mapping[str, int]) -> tuple[int, int]:
    """Return how many words belong to a ceasefire, and how many to other matters."""
    own = sum([n for name, n in told.items() if name[1] == "w"])
    return own, sum(told.values()) - own


class Evidence:
    """Weighs what speaks for and against the statements of one article being about a ceasefire."""

    def __init__(self, article: Article, page: Page, wanted: Ceasefire, *, in_force: bool) -> None:
        """Take an article, its page, and the ceasefire that stance is judged towards.

        ``in_force`` says whether breaches are told of.
        """
        self._page, self._in_force, self._wanted = page, in_force, wanted
        self._titled = {"title-names-it": float(bool(mentions(article.title)))}

    def weight(self, found: Mapping[str, float]) -> float:
        """Return the points of some marks together; above 0 they are for the ceasefire."""
        each = points()
        return each["by-default"] + sum(each.get(name, 0.0) * n for name, n in found.items())

    def marks(
        self, one: Attribution, speaker: Speaker, whole: Content, before: Attribution | None
    ) -> dict[str, float]:
        """Return the marks of a statement, each with how often it counts.

        ``before`` is the statement that ends last before this one begins.
        """
        found = dict(self._titled)
        found.update(self._by_words(whole))
        found.update(self._by_speaker(one, speaker))
        found.update(self._by_place(one))
        if before is not None and one.start - before.end < NEAR:
            found.update(self._by_neighbour(before))
        return found

    def _by_words(self, whole: Content) -> dict[str, float]:
        text, ask = whole.text, rules().asks
        told = matters().counts(text)
        names = {hit.name for hit in whole.hits}
        own, other = _sides(told)
        truce = ask("truce", text) or rules().questions["halting"].search(text) is not None
        length = len(text.split())
        found: dict[str, float] = dict(told)
        found |= {
            "names-it": float(truce),
            "refers-by-noun": float(ask("deal", text)),
            "refers-by-pronoun": float(ask("it", text)),
            "peace-in-general": float(ask("general", text)),
            "another-deal": float(ask("other-deal", text)),
            "wider-one": float(self._wider(text)),
            "other-words-alone": float(other > 0 and own == 0 and not truce),
            "other-words": float(0 if truce else min(other, MOST + 1)),
            "no-words": float(own == 0 and other == 0),
            "short": float(length <= FEW),
            "long": float(length > MANY),
            "attack-in-force": float("attack" in names and self._in_force),
            "attack-not-in-force": float("attack" in names and not self._in_force),
            "signal": float(bool(names - {"attack", "open"})),
            "left-open": float("open" in names),
        }
        return found

    def _wider(self, text: str) -> bool:
        """Whether another, longer or wider ceasefire is spoken of alone."""
        ask = rules().asks
        own = not self._wanted.marks or ask("wider", f" {self._wanted.title.lower()} ")
        return not own and ask("wider", text) and not ask("instead", text)

    def _by_speaker(self, one: Attribution, speaker: Speaker) -> dict[str, float]:
        cue = self._page.content(one.cue).text
        side = "party" if speaker.party is not None else speaker.kind
        return {
            f"speaker-{side}": 1.0,
            "act": float(one.kind == "act"),
            "reaction": float(one.kind == "reaction"),
            "hedged": float(one.hedged),
            "cue-names-it": float(rules().asks("truce", cue)),
        }

    def _by_place(self, one: Attribution) -> dict[str, float]:
        page, ask = self._page, rules().asks
        line = page.line
        begins, here = line.place(page.paragraph(one.start)), line.place(one.start)
        before = line.text[max(begins - 1, 0) : here]
        _, other = _sides(matters().counts(before))
        # By words and not by letters, so that longer names move nothing.
        share = line.text.count(" ", 0, here) / max(line.text.count(" "), 1)
        return {
            "paragraph-names-it": float(ask("truce", before)),
            "paragraph-refers": float(ask("deal", before)),
            "paragraph-other-words": float(min(other, MOST + 1)),
            "late": float(share > LATE),
            "early": float(share < EARLY),
        }

    def _by_neighbour(self, before: Attribution) -> dict[str, float]:
        text, ask = self._page.content(before.content).text, rules().asks
        told = matters().counts(text)
        own, other = _sides(told)
        truce = ask("truce", text)
        return {
            "before-names-it": float(truce),
            "before-is-other": float(other > own and not truce),
        }
