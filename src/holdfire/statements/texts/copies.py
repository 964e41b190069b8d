"""Copies of one text in several outlets: ten copies of an agency's piece are one source.

Two texts are copies where they share most runs of three words (MinHash, from rensa: 0.02 ms a text,
where datasketch takes 0.9 ms), or where a short one lies within a long one (a sample of the runs).
Pairs to compare are those whose sketches agree in a band. The bands are sorted here, with numpy,
when groups are asked for: rensa's own index takes 3.4 kB a text, and compares each of ten thousand
copies with all others.

The figures were chosen on 47 real excerpts and articles of March 2025, among them near-copies kept
on purpose, and on PolNeAR's 840 training articles, of which seven pairs are editions of one
article. With runs of three words copies share 0.49 of them or more, and different articles about
one event 0.17 or less, quotations of one joint statement included; of the shorter one's runs copies
share 0.71 or more, and others 0.49 or less. Runs of two words part them less well (0.27), runs of
four gain nothing.

What comes out does not depend on the order in which texts come in.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from holdfire.statements.article import Article

WORDS = 3
"""Words in a row that make one shingle."""

ALIKE = 0.4
"""Share of all their shingles that copies have in common, in the gap from 0.17 to 0.49."""

WITHIN = 0.7
"""Share of its shingles that an excerpt has in common with the whole, in the gap from 0.49 up."""

FEWEST = 20
"""Shingles below which only the very same words are a copy."""

PERMUTATIONS, BANDS = 128, 32
"""With 32 bands of four a pair at 0.4 is looked at with probability 0.57, at 0.5 with 0.87 and at
0.6 with 0.99; the estimate of a pair is off by 0.04."""

ONE_IN = 8
"""Which share of the shingles is kept for finding excerpts."""

FEWEST_KEPT = 8
"""Kept shingles below which an excerpt is too short to be told (about 65 words)."""

SHORTER = 0.8
"""An excerpt is at most this long, compared with the whole; others are alike, or are not copies."""

COMMON = 50
"""Texts that share a shingle from which on it is a phrase of the language and tells nothing."""

_SEED = 42
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LATE = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Copied:
    """The text that stands for all its copies, by id, and every outlet that carried it."""

    stands: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of a text; the order of its fields is the order in which texts stand for all."""

    published: int
    shorter: int
    file: str
    item: int
    id: str
    outlet: str


_Order = tuple[int, int, str, int, str, str]


class Copies:
    """Finds copies among articles that are fed to it one by one."""

    def __init__(self) -> None:
        self._texts: list[_Text] = []
        self._leader: list[int] = []
        self._sizes: list[int] = []
        self._words: list[bytes] = []
        self._same: dict[bytes, int] = {}
        self._digests = array("H")
        self._rows: dict[int, int] = {}
        self._kept = array("I")
        self._counts = array("I")

    def add(self, article: Article) -> None:
        """Take an article into account; of its text only a few hundred bytes are kept."""
        number = len(self._texts)
        published = article.published.toordinal() if article.published else _LATE
        self._texts.append(
            _Text(
                published,
                -len(article.text),
                article.file,
                article.item,
                article.id,
                article.outlet,
            )
        )
        self._leader.append(number)
        words = _words(article.text.lower())
        shingles = list(map(" ".join, zip(*(words[at:] for at in range(WORDS)), strict=False)))
        self._sizes.append(len(shingles))
        self._counts.append(0)
        key = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).digest()
        self._words.append(key)
        same = self._same.setdefault(key, number)
        if same != number:
            self._join(same, number)
        elif len(shingles) >= FEWEST:
            self._sketch(number, shingles)
            self._sample(number, shingles)

    def groups(self) -> dict[str, Copied]:
        """Return for each article's id the text that stands for it, itself if it has no copies."""
        self._join_alike()
        members: dict[int, list[int]] = {}
        for number in range(len(self._texts)):
            members.setdefault(self._find(number), []).append(number)
        first = {
            leader: min((self._texts[number] for number in numbers), key=_order)
            for leader, numbers in members.items()
        }
        whole = self._wholes(members, first)
        together: dict[int, list[int]] = {}
        for leader, numbers in members.items():
            top = leader
            while top in whole:
                top = whole[top]
            together.setdefault(top, []).extend(numbers)
        found: dict[str, Copied] = {}
        for top, numbers in together.items():
            # An excerpt never stands for the whole, whose statements would be lost with it.
            stands = first[top]
            texts = sorted((self._texts[number] for number in numbers), key=_order)
            outlets = tuple(dict.fromkeys(t.outlet for t in (stands, *texts) if t.outlet))
            for text in texts:
                found[text.id] = Copied(stands.id, outlets)
        return {text.id: found[text.id] for text in sorted(self._texts, key=_order)}

    def _sketch(self, number: int, shingles: list[str]) -> None:
        sketch = RMinHash(PERMUTATIONS, _SEED)
        sketch.update(shingles)
        self._rows[number] = len(self._rows)
        # Half of each figure: by chance two are alike in one of 65,536.
        figures = np.array(sketch.digest(), dtype=np.uint64)
        self._digests.frombytes(figures.astype(np.uint16).tobytes())

    def _join_alike(self) -> None:
        """Join texts that are alike: those whose sketches agree in a band are compared."""
        numbers = sorted(self._rows, key=self._words.__getitem__)
        if not numbers:
            return
        digests = np.frombuffer(self._digests, dtype=np.uint16).reshape(-1, PERMUTATIONS)
        digests = digests[[self._rows[number] for number in numbers]]
        width = PERMUTATIONS // BANDS
        for band in range(0, PERMUTATIONS, width):
            part = np.ascontiguousarray(digests[:, band : band + width])
            keys = part.view(np.dtype((np.void, part.dtype.itemsize * width))).ravel()
            _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
            order = np.argsort(places, kind="stable")
            ends = np.cumsum(counts)
            for at in np.flatnonzero(counts > 1):
                self._compare(numbers, digests, order[ends[at] - counts[at] : ends[at]])

    def _compare(
        self,
        numbers: list[int],
        digests: npt.NDArray[np.uint16],
        rows: npt.NDArray[np.intp],
    ) -> None:
        """Join what is alike: all with the first, what is left with the first of what is left."""
        while len(rows) > 1:
            first, rows = rows[0], rows[1:]
            alike = (digests[rows] == digests[first]).sum(axis=1) >= ALIKE * PERMUTATIONS
            for row in rows[alike]:
                self._join(numbers[first], numbers[row])
            rows = rows[~alike]

    def _sample(self, number: int, shingles: list[str]) -> None:
        hashes = np.array(RMinHash.hash_token_sets([shingles])[0], dtype=np.uint64) * _MIX
        kept = np.unique(hashes[hashes >> np.uint64(32) < np.uint64(2**32 // ONE_IN)])
        kept = np.unique((kept >> np.uint64(8)).astype(np.uint32))
        self._kept.frombytes(kept.tobytes())
        self._counts[number] = len(kept)

    def _wholes(self, members: dict[int, list[int]], first: dict[int, _Text]) -> dict[int, int]:
        """Return for each leader of excerpts the leader of the whole that has most of them."""
        if not self._kept:
            return {}
        longest = {}
        for leader, numbers in members.items():
            if sampled := [number for number in numbers if number in self._rows]:
                longest[max(sampled, key=lambda n: (self._sizes[n], self._words[n]))] = leader
        hashes = np.frombuffer(self._kept, dtype=np.uint32)
        sizes = np.frombuffer(self._counts, dtype=np.uint32)
        owners = np.repeat(np.arange(len(sizes)), sizes)
        chosen = np.zeros(len(self._texts), dtype=bool)
        chosen[list(longest)] = True
        asked = chosen[owners]
        best: dict[int, tuple[float, _Order]] = {}
        whole: dict[int, int] = {}
        for one, other, count in _shared(hashes[asked], owners[asked]):
            small, large = sorted((one, other), key=self._sizes.__getitem__)
            share = count / int(sizes[small])
            if (
                self._sizes[small] > SHORTER * self._sizes[large]
                or sizes[small] < FEWEST_KEPT
                or share < WITHIN
            ):
                continue
            rank = (-share, _order(first[longest[large]]))
            if small not in best or rank < best[small]:
                best[small] = rank
                whole[longest[small]] = longest[large]
        return whole

    def _find(self, number: int) -> int:
        leader = self._leader
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    def _join(self, one: int, other: int) -> None:
        one, other = sorted((self._find(one), self._find(other)))
        self._leader[other] = one


def _words(low: str) -> list[str]:
    r"""Return the words of a text, ``\w+``, in order; most stand by themselves between blanks."""
    found: list[str] = []
    for piece in low.split():
        if piece.isalnum():
            found.append(piece)
        else:
            found += _WORD.findall(piece)
    return found


def _order(text: _Text) -> _Order:
    return (text.published, text.shorter, text.file, text.item, text.id, text.outlet)


def _shared(
    hashes: npt.NDArray[np.uint32], owners: npt.NDArray[np.int64]
) -> list[tuple[int, int, int]]:
    """Return pairs of owners and how many hashes they share, without what everybody has."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    _, at, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    few = counts[at] <= COMMON
    hashes, owners = hashes[few], owners[few]
    base = int(owners.max(initial=0)) + 1
    keys = []
    for lag in range(1, COMMON):
        equal = np.flatnonzero(hashes[lag:] == hashes[:-lag])
        if not len(equal):
            break
        keys.append(owners[equal] * base + owners[equal + lag])
    if not keys:
        return []
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    likely = shared >= WITHIN * FEWEST_KEPT
    return [
        (int(key) // base, int(key) % base, int(count))
        for key, count in zip(pairs[likely], shared[likely], strict=True)
    ]
