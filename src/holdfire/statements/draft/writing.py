"""A draft agreement as text: TOML that a person reads, with the passage beside every field.

The words come from files of unknown authorship. In a comment and in a string nothing may break
out of its line or show other than it is: what is not printable (controls, line separators, marks
that turn the direction of writing) is replaced in comments and escaped in strings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from holdfire.statements.draft.gathering import Quote

QUOTED = 240
"""Letters of a passage that a comment shows."""

PASSAGES = 5
"""Passages that a comment shows for one field; the others are counted."""


class Asked(Protocol):
    """A question left open."""

    @property
    def field(self) -> str:
        """The field it is about."""

    @property
    def question(self) -> str:
        """The question."""

    @property
    def passages(self) -> tuple[Quote, ...]:
        """What it is about."""


_HEAD = """\
# Drafted from texts by holdfire. No person has confirmed it yet, and nothing is run with it before.
#
# Beside every field stands the passage that it was taken from: file, first and last letter (end
# exclusive), words. Read each, correct what is wrong, settle what is listed under "open" at the
# end, then write your name into confirmed_by.
"""
_ORDER = (
    "agreement", "texts", "parties", "proposed", "accepted", "declined", "declared", "in_effect",
    "would_have_counted", "ends", "readings", "zones", "clauses",
)  # fmt: skip


def write(
    agreement: Mapping[str, Any],
    passages: Mapping[str, Sequence[Quote]],
    questions: Sequence[Asked],
) -> str:
    """Return a draft agreement as TOML with comments."""
    lines = [_HEAD]
    for name in _ORDER:
        value = agreement.get(name)
        if isinstance(value, dict):
            lines += [f"[{name}]", *_fields(value, name, passages), ""]
        for row in value if isinstance(value, list) else ():
            path = f"{name}.{row.get('id') or row.get('party') or row.get('by', '')}"
            lines += [*_comments(passages.get(path, ())), f"[[{name}]]"]
            permits = row.get("permits", ())
            plain = {key: one for key, one in row.items() if key != "permits"}
            lines += [*_fields(plain, name if name == "declared" else path, passages), ""]
            for number, permit in enumerate(permits, 1):
                lines += [
                    *_comments(passages.get(f"{path}.permits.{number}", ())),
                    f"[[{name}.permits]]",
                ]
                lines += [*_fields(permit, "", {}), ""]
    return "\n".join([*lines, *_draft(passages, questions), ""])


def _draft(passages: Mapping[str, Sequence[Quote]], questions: Sequence[Asked]) -> Iterator[str]:
    yield "[draft]"
    yield 'confirmed_by = ""'
    yield "open = ["
    for one in questions:
        yield from (f"  {line}" for line in _comments(one.passages))
        yield f"  {string(f'{one.field}: {one.question}')},"
    yield "]"
    yield ""
    yield "[draft.passages]"
    for name, quotes in passages.items():
        places = ", ".join(string(quote.place) for quote in quotes)
        yield f"{string(name)} = [{places}]"


def _fields(
    table: Mapping[str, Any], path: str, passages: Mapping[str, Sequence[Quote]]
) -> Iterator[str]:
    for key, value in table.items():
        yield from _comments(passages.get(f"{path}.{key}", ()))
        yield f"{key} = {literal(value)}"


def _comments(quotes: Sequence[Quote]) -> Iterator[str]:
    for quote in quotes[:PASSAGES]:
        yield f"# {_shown(quote.file)} {quote.start}-{quote.end}: {_shown(_cut(quote.text))}"
    if len(quotes) > PASSAGES:
        yield f"# and {len(quotes) - PASSAGES} more: see [draft.passages]"


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return f"{words[:QUOTED]}…" if len(words) > QUOTED else words


def _shown(text: str) -> str:
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def literal(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {literal(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return _list(value)
    return string(str(value))


def _list(values: Iterable[Any]) -> str:
    return f"[{', '.join(literal(one) for one in values)}]"


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else string(key)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def string(text: str) -> str:
    """Return a TOML string on one line, everything that does not print escaped."""
    return f'"{"".join(_letter(one) for one in text)}"'


def _letter(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    if one.isprintable():
        return one
    code = ord(one)
    if 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
