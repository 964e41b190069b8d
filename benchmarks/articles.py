"""Invented news texts, as many as wanted: the corpus joined anew, its figures changed.

Everything follows from a seed. Runs of three paragraphs keep what pronouns and later mentions
point to; figures are drawn anew, so that one run taken twice is not the same text twice. What
the articles say is nobody's news.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "dev"
SEED = 20250313
LETTERS = 4_500
"""A news agency's article of some 750 words."""

TOGETHER = 3
_FIGURE = re.compile(r"(?<![\w.,-])\d{2,3}(?![\w.,-]|\.\d)")
_FIRST = date(2025, 2, 1)
_DAYS = 120
_OUTLETS = ("The Harbour Gazette", "Northern Courier", "The Weir", "Evening Ledger")


def articles(count: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """Yield invented articles as a dump would hold them: title, text, outlet, date, address."""
    rng = random.Random(seed)  # noqa: S311 - invented texts, not secrets
    runs = [run for path in sorted(CORPUS.glob("*.txt")) for run in _runs(path)]
    for number in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < LETTERS:
            parts.append(_FIGURE.sub(lambda _: str(rng.randint(10, 999)), rng.choice(runs)))
        day = _FIRST + timedelta(days=rng.randrange(_DAYS))
        yield {
            "title": f"Invented article {number}",
            "text": "\n\n".join(parts),
            "outlet": rng.choice(_OUTLETS),
            "date": day.isoformat(),
            "url": f"https://news.example/{number}",
        }


def _runs(path: Path) -> list[str]:
    paragraphs = [part for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    return [
        "\n\n".join(paragraphs[at : at + TOGETHER]) for at in range(0, len(paragraphs), TOGETHER)
    ]


def write(path: Path, count: int) -> float:
    """Write articles as JSONL; return how many letters their texts have on average."""
    letters = 0
    with path.open("w", encoding="utf-8") as out:
        for one in articles(count):
            letters += len(one["text"])
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
    return letters / count
