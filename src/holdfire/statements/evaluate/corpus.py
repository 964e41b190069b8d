"""Annotated corpora: our own stand-off TOML, and brat's stand-off format as PolNeAR uses it.

Our own is described in ``corpus/README.md``: an annotation quotes its passages, and they are found
again in the text. brat's (https://brat.nlplab.org/standoff.html): ``T`` lines are passages with
offsets, ``E`` lines tie a source, a cue and a content together.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from holdfire.errors import CaseError, Problem, did_you_mean, shown
from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.tables.statement import KINDS, MODES, STANCES
from holdfire.terms.vocabulary import shipped

TERM_FIELDS = (
    "proposer", "party", "duration", "starts", "ends", "act", "target",
    "zone", "exception", "monitoring",
)  # fmt: skip
BY_PASSAGE = ("zone", "exception", "monitoring")
"""Terms that are judged by their passage, not by their value."""

INVENTED = " (invented)"
_NUMBERED = re.compile(r"#(\d+)$")
_KEYS = {
    "source", "cue", "content", "speaker", "kind", "role", "party", "chain", "mode", "stance",
    "said", "conditions",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One annotated statement; passages are of the file. A plain corpus has the passages only."""

    attribution: Attribution
    speaker: str = ""
    kind: str = ""
    role: str = ""
    party: str | None = None
    chain: tuple[str, ...] = ()
    mode: str = ""
    stance: str = ""
    said: str = ""
    conditions: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldTerm:
    """One annotated term of a ceasefire."""

    field: str
    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text with its annotation. ``full`` is false for a corpus of outermost passages only."""

    path: Path
    text: str
    statements: tuple[GoldStatement, ...]
    terms: tuple[GoldTerm, ...] = ()
    outlet: str = ""
    published: date | None = None
    about: str = ""
    full: bool = False
    only_terms: bool = False
    """Whether the terms alone are annotated, and nothing can be said of statements."""


@dataclass
class _Finder:
    """Finds quoted passages in a text and notes those that cannot be found."""

    text: str
    where: str
    problems: list[Problem] = field(default_factory=list)

    def passages(self, quoted: Any, key: str) -> tuple[Passage, ...]:
        if isinstance(quoted, str):
            quoted = [quoted]
        if not isinstance(quoted, list) or not all(isinstance(q, str) and q for q in quoted):
            self.note(f"{key} {shown(quoted)}", "expected a list of passages")
            return ()
        return tuple(sorted(p for q in quoted for p in self._find(q, key)))

    def _find(self, quoted: str, key: str) -> Iterator[Passage]:
        words, wanted = quoted, 0
        numbered = _NUMBERED.search(quoted)
        if numbered:
            words, wanted = quoted[: numbered.start()], int(numbered[1])
        before = r"(?<!\w)" if words[:1].isalnum() else ""
        after = r"(?!\w)" if words[-1:].isalnum() else ""
        pattern = f"{before}{re.escape(words)}{after}"
        found = [m.start() for m in re.finditer(pattern, self.text)]
        if not found:
            self.note(f"{key} {shown(words)} is not in the text", "quote it letter by letter")
        elif wanted > len(found):
            self.note(f"{key} {shown(words)} is in the text {len(found)} times", "count again")
        elif not wanted and len(found) > 1:
            self.note(
                f"{key} {shown(words)} is in the text {len(found)} times",
                'say which: "…#1", "…#2"',
            )
        else:
            at = found[max(wanted, 1) - 1]
            yield at, at + len(words)

    def note(self, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.where, message, advice))


def load(folder: Path) -> list[Annotated]:
    """Return the annotated texts of a folder, in order of their names.

    Reads ``NAME.txt`` beside ``NAME.toml``; or ``text/NAME.txt`` beside
    ``attributions/NAME*.ann`` (of several annotations of one text the first by name is taken).
    Raises :class:`CaseError` with everything that is wrong.
    """
    if not folder.is_dir():
        raise CaseError([Problem(str(folder), "no such folder", "name a folder of a corpus")])
    problems: list[Problem] = []
    if (folder / "attributions").is_dir():
        found = [_brat(folder, path) for path in sorted((folder / "text").glob("*.txt"))]
    else:
        found = [_own(path, problems) for path in sorted(folder.glob("*.toml"))]
    if problems:
        raise CaseError(problems)
    if not found:
        raise CaseError(
            [Problem(str(folder), "no annotated text", "expected NAME.txt beside NAME.toml")]
        )
    return found


def _own(path: Path, problems: list[Problem]) -> Annotated:
    text_path = path.with_suffix(".txt")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        text = text_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(Problem(path.name, str(error)))
        return Annotated(path, "", ())
    finder = _Finder(text, path.name, problems)
    for key in ("outlet", "published", "about"):
        if not raw.get(key):
            finder.note(f"{key} is missing")
    if not str(raw.get("outlet", "")).endswith(INVENTED):
        finder.note(f"outlet {shown(raw.get('outlet'))}", f"expected a name that ends in{INVENTED}")
    statements = []
    for number, one in enumerate(raw.get("statements", ()), 1):
        finder.where = f"{path.name} statement {number}"
        statements.append(_statement(one, finder))
    terms = []
    for number, one in enumerate(raw.get("terms", ()), 1):
        finder.where = f"{path.name} term {number}"
        terms.append(_term(one, finder))
    return Annotated(
        text_path, text, tuple(statements), tuple(terms),
        str(raw.get("outlet", "")).removesuffix(INVENTED), raw.get("published"),
        str(raw.get("about", "")), full=True, only_terms=raw.get("only") == "terms",
    )  # fmt: skip


def _statement(one: dict[str, Any], finder: _Finder) -> GoldStatement:
    for key in sorted(set(one) - _KEYS):
        finder.note(f"unknown key {key}", did_you_mean(key, _KEYS))
    for key, known in (("kind", KINDS), ("mode", MODES), ("stance", STANCES)):
        if one.get(key) not in known:
            finder.note(f"{key} {shown(one.get(key))}", f"expected one of {', '.join(known)}")
    chain = one.get("chain", [])
    if not chain or chain[0] != "outlet":
        finder.note(f"chain {shown(chain)}", 'expected a list that begins with "outlet"')
    last = one.get("speaker") or "unnamed"
    if chain and len(chain) > 1 and chain[-1] != last:
        finder.note(f"chain ends with {shown(chain[-1])}", f"expected the speaker, {shown(last)}")
    content, cue = finder.passages(one.get("content"), "content"), finder.passages(
        one.get("cue"), "cue"
    )  # fmt: skip
    source = finder.passages(one.get("source", []), "source") if one.get("source") else ()
    if not content or not cue:
        content, cue = content or ((0, 0),), cue or ((0, 0),)
    return GoldStatement(
        Attribution(content, cue, source),
        one.get("speaker", ""), one.get("kind", ""), one.get("role", ""), one.get("party"),
        tuple(chain), one.get("mode", ""), one.get("stance", ""), str(one.get("said", "")),
        finder.passages(one["conditions"], "conditions") if one.get("conditions") else (),
    )  # fmt: skip


def _term(one: dict[str, Any], finder: _Finder) -> GoldTerm:
    name, value = one.get("field", ""), str(one.get("value", ""))
    if name not in TERM_FIELDS:
        finder.note(f"field {shown(name)}", f"expected one of {', '.join(TERM_FIELDS)}")
    if name in ("act", "target"):
        nodes = shipped("acts" if name == "act" else "targets").nodes
        if value not in nodes:
            finder.note(f"{name} {shown(value)}", did_you_mean(value, nodes))
    if name == "duration" and not re.fullmatch(r"\d+ (minute|hour|day|week|month|year)s?", value):
        finder.note(f"duration {shown(value)}", 'expected the form "30 days"')
    if name in ("starts", "ends") and not re.match(r"\d{4}-\d{2}-\d{2}", value):
        finder.note(f"{name} {shown(value)}", 'expected the form "2025-03-18"')
    return GoldTerm(name, value, finder.passages(one.get("passage"), "passage"))


def _brat(folder: Path, path: Path) -> Annotated:
    text = path.read_text(encoding="utf-8")
    files = sorted((folder / "attributions").glob(f"{path.stem}*.ann"))
    found = brat(files[0].read_text(encoding="utf-8")) if files else []
    return Annotated(path, text, tuple(GoldStatement(one) for one in found))


def brat(text: str) -> list[Attribution]:
    """Return the attributions of a brat file; those without content are left out."""
    passages: dict[str, tuple[Passage, ...]] = {}
    events: list[dict[str, list[Passage]]] = []
    for line in text.splitlines():
        key, tab, rest = line.partition("\t")
        if not tab:
            continue  # the words of a passage may go on in a line of their own
        if key.startswith("T"):
            _, _, spans = rest.partition("\t")[0].partition(" ")
            passages[key] = tuple(
                (int(a), int(b)) for a, b in (span.split(" ") for span in spans.split(";"))
            )
        elif key.startswith("E"):
            parts: dict[str, list[Passage]] = {}
            for role in rest.split():
                name, _, ref = role.partition(":")
                parts.setdefault(name.rstrip("0123456789"), []).extend(passages.get(ref, ()))
            events.append(parts)
    found = []
    for parts in events:
        content, cue, source = (
            tuple(sorted(parts.get(n, ()))) for n in ("Content", "Cue", "Source")
        )
        if content:
            found.append(Attribution(content, cue, source))
    return found


if __name__ == "__main__":
    try:
        read = load(Path(sys.argv[1]))
    except CaseError as wrong:
        sys.exit(f"{wrong}\n{len(wrong.problems)} problems")
    print(
        len(read), "articles,", sum(len(one.statements) for one in read), "statements: no problem"
    )
