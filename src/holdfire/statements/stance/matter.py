"""What a statement is about: the ceasefire, or another matter.

A statement is about the ceasefire by its own words (it names it, its terms, its breaches), or by
what stands before it, where it has no subject of its own. What it says of trade, elections, aid,
talks or peace in general is about something else unless it names the ceasefire. The lists are in
``stance.toml``, the rule is that of ``corpus/README.md``.
"""

from __future__ import annotations

from functools import cached_property

from holdfire.statements.article import Article
from holdfire.statements.attribution import Attribution
from holdfire.statements.stance.marks import mentions, mentions_in
from holdfire.statements.stance.naming import Ceasefire
from holdfire.statements.stance.reading import FAR, Content, Page
from holdfire.statements.stance.rules import rules

SHORT = 1500
"""Letters of a text up to which it is about one matter."""

OPENING, DENSE = 700, 900
"""Letters in which a longer text that is about a ceasefire names it: at first, and once in each."""

BREACHES = ("alleges-violation", "denies-violation")


class Matter:
    """Tells what the statements of one article are about, judged towards one ceasefire."""

    def __init__(self, article: Article, page: Page, wanted: Ceasefire, *, in_force: bool) -> None:
        """Take the article and its page; ``in_force`` says whether breaches are told of."""
        self._article, self._page, self._wanted = article, page, wanted
        self._in_force = in_force

    @cached_property
    def centred(self) -> bool:
        """Whether the ceasefire is what the article is about, and not named by the way."""
        text = self._article.text
        if len(text) <= SHORT or mentions(self._article.title):
            return True
        places = [one.start for one in mentions_in(self._article)]
        return bool(places) and places[0] < OPENING and len(places) * DENSE > len(text)

    def is_object(self, one: Attribution, whole: Content, value: str) -> bool:
        """Whether what was accepted, refused, put forward or broken can be the ceasefire.

        It is named in the statement; or the statement has no other subject, and the article is
        about the ceasefire or has named it right before.
        """
        ask, text = rules().asks, whole.text
        if ask("other-deal", text):
            return False
        if ask("truce", self._page.content(one.cue).text):
            return True
        named = rules().questions["truce"].search(text) or rules().questions["halting"].search(text)
        other = rules().questions["elsewhere"].search(text)
        if named:
            # "To hold no polls until there is a ceasefire" is about polls.
            return not (
                other
                and other.end() < named.start()
                and ask("until", text, other.start() - 1, named.start() + 1)
            )
        # What a yes is tied to is another matter by its nature: sanctions, arms, elections.
        tied = value == "accepts-on-conditions" or ask("deal", text)
        if other and not (self.centred and tied):
            return False
        long = len(self._article.text) > SHORT
        referred = ask("deal", text) or not (long and value in BREACHES)
        return (self.centred and referred) or self._named_before(one)

    def _named_before(self, one: Attribution) -> bool:
        """Whether the ceasefire is named in the paragraph of a statement or shortly before it."""
        line = self._page.line
        begins = max(self._page.paragraph(one.start) - FAR, 0)
        start, end = line.place(begins), line.place(one.end)
        return rules().asks("truce", line.text, max(start - 1, 0), end + 1)
