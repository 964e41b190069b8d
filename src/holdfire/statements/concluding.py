"""From one text to its statements: the steps in order. Pure: article in, statements out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from holdfire.statements.article import Article, Passage
from holdfire.statements.attribution import Attribution, Extractor
from holdfire.statements.draft import Term, terms_of
from holdfire.statements.mode import mode, quotations
from holdfire.statements.people import Words, chains, resolve
from holdfire.statements.people.officeholders import placed
from holdfire.statements.people.public import public
from holdfire.statements.stance import Ceasefire, about, circumstances, main_ceasefire, stances
from holdfire.statements.statement import Link, Statement
from holdfire.statements.texts.limits import FIRST_YEAR, LAST_YEAR

MEDIA = ("outlet", "agency")
ELLIPSIS = " … "


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: its statements, and the terms it tells."""

    article: Article
    statements: tuple[Statement, ...]
    terms: tuple[Term, ...]


def conclude(
    article: Article,
    extractor: Extractor,
    words: Words,
    *,
    ceasefire: Ceasefire | None = None,
    tz: ZoneInfo | None = None,
) -> Reading:
    """Read one text.

    ``ceasefire`` is the one that stances are judged towards; without it, the one that the text
    speaks of most. ``tz`` is the zone whose calendar days the text means.
    """
    day = article.published
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        article = replace(article, published=None)
    found = extractor.attributions(article.text)
    known = ceasefire or main_ceasefire(article)
    speakers = placed(resolve(article, found, words), article.published, words)
    linked = chains(article, found, speakers, words)
    judged = stances(article, found, speakers, known)
    marks = quotations(article.text)
    zone = tz or ZoneInfo("UTC")
    statements = tuple(
        Statement(
            one, speaker, chain, mode(article.text, one, marks),
            stance if carries(chain, one) else replace(stance, party_value=None),
            "" if stance.value == "not-about-it" else about(article, one, known),
            circumstances(article, one, zone),
        )
        for one, speaker, chain, stance in zip(found, speakers, linked, judged, strict=True)
    )  # fmt: skip
    return Reading(article, statements, tuple(terms_of(article, list(statements))))


def carries(chain: Sequence[Link], one: Attribution) -> bool:
    """Whether what came through a chain can be a party's stance.

    What an aide says that his president wants is the aide's word, and what the other side says of
    it is the other side's: everybody between the outlet and the speaker must be a medium, or have
    the standing to speak for the same party. What the text itself doubts is no party's stance.
    """
    party = chain[-1].speaker.party
    return not one.hedged and all(
        link.speaker.kind in MEDIA
        or (link.speaker.party == party and link.speaker.standing in ("decides", "speaks"))
        for link in chain[1:-1]
    )


def row(article: Article, one: Statement, extractor: str, words: Words) -> dict[str, Any]:
    """Return a statement as a row of the statement table, its passages as those of the file."""

    def spans(passages: Iterable[Passage]) -> list[list[int]]:
        return list(map(list, article.passages(passages))) if passages else []

    attribution, when = one.attribution, one.circumstances
    content, cue = spans(attribution.content), spans(attribution.cue)
    key = f"{article.sha256}.{article.item}.{content}.{cue}"
    said = ELLIPSIS.join(article.text[start:end] for start, end in attribution.content)
    return {
        "statement_id": f"S-{blake2b(key.encode(), digest_size=8).hexdigest()}",
        "file": article.file,
        "file_sha256": article.sha256,
        "item": article.item,
        "outlet": article.outlet or None,
        "outlets": list(article.outlets or ((article.outlet,) if article.outlet else ())),
        "url": article.url or None,
        "title": article.title or None,
        "published": article.published,
        "speaker": one.speaker.name or None,
        "speaker_kind": one.speaker.kind,
        "role": one.speaker.role or None,
        "party": one.speaker.party,
        "standing": one.speaker.standing,
        "public": public(one.speaker, words),
        "chain": [
            {
                "name": link.speaker.name or None,
                "kind": link.speaker.kind,
                "role": link.speaker.role or None,
                "party": link.speaker.party,
                "public": public(link.speaker, words),
                "spans": spans(link.spans),
            }
            for link in one.chain
        ],
        "hearsay": one.hearsay,
        "mode": one.mode,
        "hedged": attribution.hedged,
        "said": " ".join(said.split()),
        "stance": one.stance.value,
        "about": one.about or None,
        "conditions": ELLIPSIS.join(article.text[a:b] for a, b in one.stance.conditions) or None,
        "party_stance": one.stance.party_value,
        "said_from": _utc(when.said_from),
        "said_to": _utc(when.said_to),
        "said_precision": when.precision or None,
        "place": when.place or None,
        "occasion": when.occasion or None,
        "spans": {
            "source": spans(attribution.source),
            "cue": cue,
            "content": content,
            "conditions": spans(one.stance.conditions),
            "when": spans(when.when),
            "where": spans(when.where),
        },
        "extractor": extractor,
    }


def _utc(instant: Any) -> Any:
    return None if instant is None else instant.astimezone(UTC)
