"""Every way to get agreement.toml wrong: an error that names file, line and value."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfire.errors import Problem
from holdfire.terms.loading import load
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.cli.command import holdfire
from tests.hostile.conftest import AGREEMENT

START = "from = 2025-01-02T00:00:00"
TOWN = 'round-town = { buffer = { around = "town", metres = 5_000 } }'
SECOND = "{ from = 2025-01-10, to = 2025-01-12 }"
NESTED = f"deep = {'{ outside = ' * 300}'land'{' }' * 300}"

WRONG = [
    # what stands there, what is put instead, words that the message must hold
    ('id = "small"', "id = 5", ['"5"', "string"]),
    ('id = "small"', 'id = "Small Case"', ['"Small Case"', "lower-case letters"]),
    ('title = "A small ceasefire"', 'title = ["a"]', ["title", "string"]),
    ('local_time = "Europe/Kyiv"', 'local_time = "Europe/Kiew"', ["Europe/Kiew", "IANA"]),
    ('local_time = "Europe/Kyiv"', 'local_time = ""', ["unknown time zone", "IANA"]),
    ('local_time = "Europe/Kyiv"', 'local_time = "../../etc/passwd"', ["etc/passwd", "IANA"]),
    ('names = { en = "North" }', "names = {}", ["must not be empty"]),
    ('names = { en = "North" }', 'names = "North"', ['"North"', "dictionary"]),
    ('id = "south"', 'id = "outsider"', ["cannot be called outsider"]),
    ('party = "north"', 'party = "nroth"', ['"nroth"', 'Did you mean "north"?']),
    ("on = 2025-01-01", 'on = "yesterday"', ['"yesterday"', "expected YYYY-MM-DD"]),
    ("on = 2025-01-01", "on = 2025", ['"2025"', "expected a date"]),
    ("on = 2025-01-01", 'on = "2025-02-31"', ['"2025-02-31"', "no day of the calendar"]),
    ("on = 2025-01-01", "on = nan", ['"nan"', "expected a date"]),
    (START, "form = 2025-01-02", ["form", "no key of this table"]),
    (START, "from = 2025-03-30T03:30:00", ["2025-03-30 03:30", "the clocks skipped it"]),
    (START, "from = true", ['"True"', "expected a date"]),
    (START, "from = 12:00:00", ['"12:00:00"', "expected a date"]),
    (START, "from = 0001-01-01", ["0001-01-01", "calendar"]),
    (START, "from = 9999-12-31T23:59:59", ["9999-12-31", "outside the years 1800 to 2199"]),
    (START, 'from = "2025-01-02T00:00+99:00"', ["+99:00", "offset"]),
    ('after = "30 days"', 'after = "a month"', ['"a month"', '"30 days" or "720 hours"']),
    ('after = "30 days"', "after = 30", ['"30"', "string"]),
    ("within_km = 20", "within_km = -1", ['"-1"', "greater than 0"]),
    ("within_km = 20", 'within_km = "20"', ['"20"', "number"]),
    ("within_km = 20", "within_km = true", ['"True"', "number"]),
    ("within_km = 20", "within_km = nan", ['"nan"', "2000"]),
    ("within_km = 20", "within_km = 20, beyond_km = 20", ["beyond_km must be less"]),
    ("within_km = 20", 'within_km = 20, side = "west"', ['unknown party "west"', "known: north"]),
    ('theatre = "land"', 'theatre = "lnad"', ['"lnad"', 'Did you mean "land"?']),
    ("metres = 5_000", "metres = 1e12", ["1000000000000", "5000000"]),
    (TOWN, "round-town = { buffer = { around = [], metres = 5 } }", ["around", "not be empty"]),
    (TOWN, "round-town = {}", ["exactly one key", "area, buffer"]),
    (TOWN, "round-town = { any_of = [] }", ["any_of", "must not be empty"]),
    (TOWN, 'round-town = "round-town"', ["defined by itself"]),
    ('acts = ["combat"]', 'acts = ["missle-strike"]', ['"missle-strike"', '"missile-strike"']),
    ('acts = ["combat"]', "acts = []", ["must not be empty"]),
    ('acts = ["combat"]', 'acts = "combat"', ['"combat"', "expected a list"]),
    ('acts = ["combat"]', "acts = [1]", ['"1"', "string"]),
    ('party = "north"', 'party = "North"', ['unknown party "North"', 'Did you mean "north"?']),
    ('binds = ["north", "south"]', 'binds = ["The West"]', ['"The West"', "known: north, south"]),
    (
        'circumstances = ["self-defence"]',
        'by = ["Nort h"]',
        ['unknown party "Nort h"', 'Did you mean "north"?'],
    ),
    ('text = "text"\nacts', 'text = "A Text"\nacts', ['unknown text "A Text"']),
    (START, 'status = "accepted"', ["status follows from the facts; it is not written"]),
    ('after = "30 days"', "on = 2025-02-01", ["ends.on", '"at" a time']),
    ('binds = ["north", "south"]', 'binds = ["west"]', ['"west"', "known: north, south"]),
    ('binds = ["north", "south"]', 'weapons = ["trebuchet"]', ['"trebuchet"', "weapons are"]),
    ('binds = ["north", "south"]', 'act = ["combat"]', ["no key", 'Did you mean "acts"?']),
    ('zone = "near"', 'zone = "nera"', ['"nera"', 'Did you mean "near"?']),
    ('zone = "near"', "zone = 5", ['"5"']),
    ('from = "22:00"', 'from = "25:00"', ['"25:00"', 'such as "22:00"']),
    ('to = "06:00"', 'to = "22:00"', ["22:00 to 22:00 are empty"]),
    ('"mon"', '"monday"', ['"monday"', "'mon'"]),
    ('when_unsaid = "no"', 'when_unsaid = "maybe"', ['"maybe"', "'unknown' or 'no'"]),
    ('held_by = ["south"]', 'held_by = "south"', ['"south"', "expected a list"]),
    ("[agreement]", "[agreement", ["not readable as TOML"]),
    ('title = "no fire"', 'title = "no fire', ["not readable as TOML"]),
]

ELSEWHERE = [
    # what is wrong is told at another line than the one that was changed
    ('citation = "Somebody, something, somewhere, 2025"', "", ["citation: is missing"]),
    ('names = { en = "South" }', 'names = { en = "Army of North" }', ["both north and south"]),
    ('acts = ["combat"]', "", ["acts: is missing"]),
    (f"[in_effect]\n{START}", "", ["nothing says when it took effect", "[would_have_counted]"]),
    ('after = "30 days"', 'after = "0 days"', ["before it begins"]),
    ('after = "30 days"', 'after = "99999999999 days"', ["later than the year 2199"]),
    ('after = "30 days"', 'after = "999999999 hours"', ["later than the year 2199"]),
    ('after = "30 days"', "at = 2024-12-31", ["before it begins"]),
    ('circumstances = ["self-defence"]\n', "", ["would permit everything"]),
    ("[[clauses.readings]]", "[[clauses.reading]]", ["no key", '"readings"']),
    (SECOND, "{ from = 2025-01-04, to = 2025-01-12 }", ["windows 1 and 2 overlap"]),
    (SECOND, "{ from = 2025-01-12, to = 2025-01-10 }", ["2025-01-10", "before it begins"]),
    (SECOND, "{ to = 2025-01-12 }", ["from: is missing"]),
    ('id = "south"', 'id = "north"', ['"north" twice']),
    ('id = "fire"', 'id = "night"', ['"night" twice']),
    (TOWN, 'a = "b"\nb = "a"', ["defined by itself"]),
    (TOWN, "deep = " + "[" * 3000 + "]" * 3000, ["not readable as TOML"]),
    (TOWN, "deep = " + "9" * 5000, ["not readable as TOML"]),
]


def _changed(before: str, after: str) -> int:
    """Return where two texts begin to differ."""
    return next(at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)


def spoilt(case: Path, old: str, new: str) -> str:
    assert AGREEMENT.count(old), old
    text = AGREEMENT.replace(old, new, 1)
    (case / "agreement.toml").write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize(
    "window", ["{ from = 2025-03-10, to = 2025-03-12 }", "{ from = 2024-12-01, to = 2024-12-03 }"]
)
def test_a_window_outside_the_agreement_is_a_warning(case: Path, window: str) -> None:
    spoilt(case, SECOND, window)
    said = holdfire("check", case)
    assert said.code == 0
    assert 'clause "night": window 2 is wholly outside the agreement' in said.text


def test_the_base_case_is_valid(case: Path) -> None:
    assert holdfire("check", case).code == 0
    assert holdfire("run", case).code == 0


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_a_wrong_value_is_told_with_its_line(
    case: Path, old: str, new: str, told: list[str]
) -> None:
    text = spoilt(case, old, new)
    line = text[: _changed(AGREEMENT, text)].count("\n") + 1
    for command in ("check", "run"):
        said = holdfire(command, case)
        assert said.code == 1
        assert f"agreement.toml:{line}: " in said.text, said.text
        for words in told:
            assert words in said.text


@pytest.mark.parametrize(("old", "new", "told"), ELSEWHERE)
def test_what_is_wrong_elsewhere_is_told(case: Path, old: str, new: str, told: list[str]) -> None:
    spoilt(case, old, new)
    for command in ("check", "run"):
        said = holdfire(command, case)
        assert said.code == 1
        assert "agreement.toml" in said.text
        for words in told:
            assert words in said.text, said.text


def test_zones_within_zones_many_deep_end_in_an_answer(case: Path) -> None:
    spoilt(case, TOWN, NESTED)
    assert holdfire("check", case).code in (0, 1)
    assert holdfire("run", case).code in (0, 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is missing"),
        (b"\xff\xfe" + "[agreement]".encode("utf-16-le"), "not UTF-8"),
        ("[agreement]\ntitle = 'Перемир’я'".encode("cp1251"), "not UTF-8"),
        (b"\x00" * 100, "not readable as TOML"),
        (b"[[agreement]]", "agreement.toml"),
        (b"agreement = 5", '"5"'),
        (b"x" * 1_000_000, "not readable as TOML"),
    ],
)
def test_another_file_in_its_place_is_told(case: Path, content: bytes, told: str) -> None:
    (case / "agreement.toml").write_bytes(content)
    said = holdfire("check", case)
    assert said.code == 1
    assert "agreement.toml" in said.text
    assert told in said.text


def test_a_folder_without_an_agreement_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        for command in ("check", "run"):
            said = holdfire(command, folder)
            assert said.code == 1
            assert "no agreement.toml here" in said.text
            assert "holdfire new" in said.text


LINES = AGREEMENT.splitlines()
VALUES = ["5", "-1", "nan", "true", '""', '"x"', "[]", "[[]]", "{}", "2025-01-01", "12:00:00",
          "1979-05-27T07:32:00Z", "9999-12-31", "1e400", "['a', 1]",
          "{ a = { b = 1 } }"]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return the valid agreement with a few lines left out, doubled, moved or changed."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "move", "value", "text"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(draw(st.integers(0, len(lines))), lines[at])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "value" if "=" in lines[at]:
                key = lines[at].split("=")[0]
                lines[at] = f"{key}= {draw(st.sampled_from(VALUES))}"
            case _:
                lines[at] += draw(st.text(max_size=5))
        if not lines:
            break
    return "\n".join(lines)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_no_mutation_of_an_agreement_raises(text: str) -> None:
    loaded = load(text, shipped_vocabularies(), {"land", "town"})
    assert all(isinstance(problem, Problem) for problem in loaded.problems)
    assert loaded.agreement or loaded.problems
    for problem in loaded.problems:
        assert problem.where.startswith("agreement.toml")
        assert problem.message


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.one_of(st.integers(), st.booleans(), st.text(max_size=5), st.floats()),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    ),
    st.sampled_from(list(tomllib.loads(AGREEMENT))),
)
def test_any_value_for_any_table_is_a_problem_or_an_agreement(value: object, key: str) -> None:
    words = _toml(value)
    rest = {name: table for name, table in tomllib.loads(AGREEMENT).items() if name != key}
    text = f"{key} = {words}\n" + "\n".join(f"{k} = {_toml(v)}" for k, v in rest.items())
    loaded = load(text, shipped_vocabularies(), {"land", "town"})
    assert loaded.agreement or loaded.problems


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        pairs = ", ".join(f"{_toml(str(key))} = {_toml(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        whole = (ord(c) for c in value if not 0xD800 <= ord(c) < 0xE000)
        return '"' + "".join(f"\\U{code:08X}" for code in whole) + '"'
    return str(value)
