"""Bad input, one thing wrong at a time, with the words that a person reads about it."""

from __future__ import annotations

import pytest

from .conftest import BASE, Read, changed

WRONG = [
    pytest.param(
        'acts = ["strike"]', 'acts = ["missle-strike"]',
        ['agreement.toml:30: clause "strikes": unknown act "missle-strike".\n'
         '  Did you mean "missile-strike"?\n  The acts are listed by: holdfire acts'],
        id="unknown act",
    ),
    pytest.param(
        'acts = ["strike"]', 'acts = ["strike"]\ntargets = ["powerplant"]',
        ['agreement.toml:31: clause "strikes": unknown target "powerplant".\n'
         '  Did you mean "power-plant"?\n  The targets are listed by: holdfire targets'],
        id="unknown target",
    ),
    pytest.param(
        'title = "A strike"', 'titel = "A strike"',
        ["agreement.toml:25: clauses[1].title: is missing",
         'agreement.toml:27: clauses[1].titel: is no key of this table\n'
         '  Did you mean "title"?'],
        id="misspelt key",
    ),
    pytest.param(
        'wording = "no strikes"\n', "",
        ["agreement.toml:25: clauses[1].wording: is missing"],
        id="missing key",
    ),
    pytest.param(
        'acts = ["strike"]', 'acts = "strike"',
        ['agreement.toml:30: clauses[1].acts: "strike": expected a list, as in ["…"]'],
        id="a word where a list belongs",
    ),
    pytest.param(
        'acts = ["strike"]', "acts = []",
        ["agreement.toml:30: clauses[1].acts: must not be empty"],
        id="nothing prohibited",
    ),
    pytest.param(
        'binds = ["north"]', 'binds = ["nroth"]',
        ['agreement.toml:31: clause "strikes": unknown party "nroth"\n  Did you mean "north"?'],
        id="unknown party",
    ),
    pytest.param(
        'zone = "home"', 'zone = "hoem"',
        ['agreement.toml:32: clause "strikes": unknown zone or area "hoem"\n'
         '  Did you mean "home"?'],
        id="unknown zone",
    ),
    pytest.param(
        'zone = "home"', 'zone = { area = "hoem" }',
        ['agreement.toml:32: clause "strikes": unknown area "hoem"\n  Did you mean "home"?'],
        id="unknown area",
    ),
    pytest.param(
        'zone = "home"', 'zone = { buffer = { around = "home", metres = -5 } }',
        ['agreement.toml:32: clauses[1].zone.buffer.metres: "-5": input should be greater than 0'],
        id="negative distance",
    ),
    pytest.param(
        'zone = "home"', 'zone = { area = "home", outside = "home" }',
        ['agreement.toml:32: clause "strikes": a zone has exactly one key, here area, outside\n'
         "  one of area, buffer, line_of_contact, any_of, all_of, outside"],
        id="two zones in one",
    ),
    pytest.param(
        'zone = "home"', 'zone = { line_of_contact = { within_km = 5, side = "east" } }',
        ['agreement.toml:32: clause "strikes": unknown party "east"\n  known: north, south'],
        id="side of nobody",
    ),
    pytest.param(
        'zone = "home"', 'zone = { line_of_contact = { within_km = 5, beyond_km = 6 } }',
        ['agreement.toml:32: clause "strikes": beyond_km must be less than within_km'],
        id="band inside out",
    ),
    pytest.param(
        "from = 2025-03-01T00:00:00", 'from = "2025-02-30"',
        ['agreement.toml:20: date "2025-02-30" is no day of the calendar'],
        id="no such day",
    ),
    pytest.param(
        "from = 2025-03-01T00:00:00", 'from = "soon"',
        ['agreement.toml:20: date "soon" is not understood\n'
         "  expected YYYY-MM-DD, YYYY-MM-DD HH:MM, DD.MM.YYYY or ISO 8601 "
         "(2025-03-13T00:00+02:00)"],
        id="not understood",
    ),
    pytest.param(
        "from = 2025-03-01T00:00:00", "from = 2025-03-30T03:30:00",
        ["agreement.toml:20: 2025-03-30 03:30 never happened in Europe/Kyiv: "
         "the clocks skipped it"],
        id="skipped by the clocks",
    ),
    pytest.param(
        "from = 2025-03-01T00:00:00", 'from = 2025-03-01T00:00:00\nzone = "Mars/Olympus"',
        ['agreement.toml:20: unknown time zone "Mars/Olympus"\n'
         '  expected an IANA name such as "Europe/Kyiv" or "UTC"'],
        id="no such time zone",
    ),
    pytest.param(
        'local_time = "Europe/Kyiv"', 'local_time = "Kyiv"',
        ['agreement.toml:5: unknown time zone "Kyiv"\n'
         '  expected an IANA name such as "Europe/Kyiv" or "UTC"'],
        id="no such local time",
    ),
    pytest.param(
        "[in_effect]\nfrom = 2025-03-01T00:00:00\n", "",
        ["agreement.toml:1: nothing says when it took effect\n"
         "  add [in_effect], or [would_have_counted] for one that never did"],
        id="no start",
    ),
    pytest.param(
        "[ends]\n", "[would_have_counted]\nfrom = 2025-03-01\n\n[ends]\n",
        ["agreement.toml:22: an agreement that took effect cannot be one that never did"],
        id="took effect and never did",
    ),
    pytest.param(
        'after = "30 days"', 'after = "0 days"',
        ['agreement.toml:25: clause "strikes": it ends ("0 days") before it begins '
         '("2025-03-01 00:00:00")\n  an end must come after the start'],
        id="ends at once",
    ),
    pytest.param(
        'after = "30 days"', "at = 2025-02-01",
        ['agreement.toml:25: clause "strikes": it ends ("2025-02-01") before it begins '
         '("2025-03-01 00:00:00")\n  an end must come after the start'],
        id="ends before it begins",
    ),
    pytest.param(
        'after = "30 days"', 'after = "30 dayz"',
        ['agreement.toml:23: ends.after: "30 dayz": expected a duration such as "30 days" or '
         '"720 hours"'],
        id="no duration",
    ),
    pytest.param(
        "hours = []", 'hours = [{ from = "22:00", to = "22:00" }]',
        ['agreement.toml:34: clause "strikes": hours from 22:00 to 22:00 are empty\n'
         '  for the whole day leave the hours out, or write from "00:00" to "24:00"'],
        id="empty hours",
    ),
    pytest.param(
        "hours = []", 'hours = [{ from = "25:00", to = "06:00" }]',
        ['agreement.toml:34: clauses[1].hours[1].from: "25:00": expected a time of day such as '
         '"22:00"'],
        id="no hour of the day",
    ),
    pytest.param(
        "windows = []",
        "windows = [{ from = 2025-03-01, to = 2025-03-10 }, "
        "{ from = 2025-03-09, to = 2025-03-20 }]",
        ['agreement.toml:33: clause "strikes": windows 1 and 2 overlap\n'
         "  join them, or make one a reading of its own"],
        id="overlapping windows",
    ),
    pytest.param(
        'text = "paper"', 'text = "papper"',
        ['agreement.toml:29: clause "strikes": unknown text "papper"\n  Did you mean "paper"?'],
        id="unknown text",
    ),
    pytest.param(
        "permits = []", 'permits = [{ wording = "anything" }]',
        ['agreement.toml:35: clause "strikes", permit "anything": names no condition, so it '
         "would permit everything"],
        id="permit of everything",
    ),
    pytest.param(
        "permits = []", 'permits = [{ wording = "some", acts = ["exercise"], text = "x" }]',
        ['agreement.toml:35: clause "strikes", permit "some": unknown text "x"'],
        id="permit from an unknown text",
    ),
    pytest.param(
        "permits = []",
        'readings = [{ id = "a", title = "A" }, { id = "a", title = "B" }]',
        ['agreement.toml:35: clause "strikes": two readings have the id "a"'],
        id="two readings of one id",
    ),
    pytest.param(
        'id = "south"', 'id = "north"',
        ['agreement.toml:15: parties has the id "north" twice'],
        id="two parties of one id",
    ),
    pytest.param(
        'names = { en = "South" }', 'names = { en = "North" }',
        ['agreement.toml:13: the name "North" belongs to both north and south\n'
         "  a name can belong to one of them only"],
        id="two parties of one name",
    ),
    pytest.param(
        'id = "truce"', 'id = "The Truce"',
        ['agreement.toml:2: agreement.id: "The Truce": expected lower-case letters, digits and '
         "hyphens"],
        id="id with capitals",
    ),
    pytest.param(
        "[ends]\n", '[[accepted]]\nparty = "west"\ntext = "paper"\n\n[ends]\n',
        ['agreement.toml:23: accepted: unknown party "west"\n  known: north, south'],
        id="accepted by nobody",
    ),
    pytest.param(
        "[ends]\n", '[[accepted]]\nparty = "north"\ntext = "scroll"\n\n[ends]\n',
        ['agreement.toml:24: accepted: unknown text "scroll"'],
        id="accepted by an unknown text",
    ),
    pytest.param(
        "[[clauses]]", '[zones]\na = "b"\nb = "a"\n\n[[clauses]]',
        ['agreement.toml:26: zone a: zone "a" is defined by itself',
         'agreement.toml:27: zone b: zone "b" is defined by itself'],
        id="zones in a circle",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), WRONG)
def test_what_is_wrong_is_told_with_its_line(
    read: Read, old: str, new: str, expected: list[str]
) -> None:
    assert [str(problem) for problem in read(changed(old, new)).problems] == expected


def test_the_base_of_these_tests_has_no_problem(read: Read) -> None:
    assert read(BASE).problems == ()


def test_everything_wrong_is_told_at_once(read: Read) -> None:
    text = changed('acts = ["strike"]', 'acts = ["bombing", "swimming"]')
    text = text.replace('binds = ["north"]', 'binds = ["west"]').replace('"home"', '"nowhere"')
    assert len(read(text).problems) == 4


@pytest.mark.parametrize(
    "text", ["", "]", 'id = "x', "a = 1\na = 2", "\x00", "[agreement]", "[" * 5000]
)
def test_text_that_is_no_agreement_is_a_problem_and_no_traceback(read: Read, text: str) -> None:
    loaded = read(text)
    assert loaded.agreement is None
    assert loaded.problems
    assert all(problem.where.startswith("agreement.toml") for problem in loaded.problems)


def test_a_toml_error_names_its_line(read: Read) -> None:
    (problem,) = read(changed('id = "truce"', "id = truce")).problems
    assert str(problem) == (
        "agreement.toml:2: not readable as TOML: Invalid value (at line 2, column 6)"
    )


def test_values_from_outside_are_printed_short_and_clean(read: Read) -> None:
    (problem,) = read(changed('zone = "home"', 'zone = "' + "a\\u0007" * 200 + '"')).problems
    assert "\x07" not in str(problem)
    assert len(str(problem)) < 300
