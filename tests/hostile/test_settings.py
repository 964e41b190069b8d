"""Every way to get case.toml wrong: an error that names line, key, value and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import holdfire

GOOD = '[files."reports/good.csv"]'

WRONG = [
    ('simulated = "maybe"', 1, ['"maybe"', "boolean"]),
    ("simulatd = true", 1, ["simulatd", "no key"]),
    ("[publication]\ngrid_m = -5", 2, ['"-5"', "greater than or equal to 100"]),
    ('[publication]\ngrid_m = "x"', 2, ['"x"', "number"]),
    ("[publication]\ngrid_m = nan", 2, ['"nan"']),
    ("[publication]\ndelay_h = inf", 2, ['"inf"', "100000"]),
    ("[publication]\ndelay_h = 1e300", 2, ['"1e+300"', "100000"]),
    ("[publication]\nfoo = 1", 2, ["publication.foo", "no key"]),
    ("[comparison]\ndays = 0", 2, ['"0"', "greater than 0"]),
    ("[comparison]\ndays = 1.5", 2, ['"1.5"', "integer"]),
    ("[areas.aliases]\nx = 5", 2, ['"5"', "string"]),
    ('[control]\nparty = "west"', 2, ['unknown party "west"']),
    ('[sources.own]\ntimezone = "Mars/Base"', 2, ['"Mars/Base"', "IANA"]),
    ("[sources.own]\ntimezone = 5", 2, ['"5"', "IANA"]),
    ("[sources.nosuch]\na = 1", 1, ['unknown format "nosuch"', "known: acled"]),
    ("[sources]\nown = 5", 2, ['"5"', "dictionary"]),
    ('[sources.own]\ndefault_radius_m = "wide"', 2, ['"wide"', "metres"]),
    ("[sources.own]\ndefault_radius_m = -5", 2, ['"-5"', "metres"]),
    ("[sources.own]\ntimezon = 'UTC'", 2, ["timezon", 'Did you mean "timezone"?']),
    ('[sources.own]\ncounting_unit = "heap"', 2, ['"heap"', "incident"]),
    ('[sources.own]\noutlet_side = "west"', 2, ['"west"', "no party"]),
    ('[sources.own]\nrepublish = "sometimes"', 2, ['"sometimes"', "true or false"]),
    (f'{GOOD}\nsource = "nosuch"', 2, ['"nosuch"', "known: acled"]),
    (f"{GOOD}\nsource = 7", 2, ['"7"', "known: acled"]),
    (f'{GOOD}\ntimezone = "Nowhere"', 2, ['"Nowhere"', "IANA"]),
    ('[files."reports/god.csv"]\nsource = "own"', 1, ["no such file", '"reports/good.csv"']),
    ("[publication]\n[publication]", 2, ["not readable as TOML"]),
]


def test_an_alias_of_no_area_is_a_warning_until_the_agreement_uses_it(case: Path) -> None:
    (case / "case.toml").write_text('[areas.aliases]\nx = "nowhere"', encoding="utf-8")
    said = holdfire("check", case)
    assert said.code == 0
    assert 'case.toml:2: areas.aliases.x: no area is called "nowhere"' in said.text
    text = (case / "agreement.toml").read_text(encoding="utf-8")
    changed = text.replace('zone = { area = "land" }', 'zone = { area = "x" }')
    (case / "agreement.toml").write_text(changed, encoding="utf-8")
    assert holdfire("check", case).code == 1


@pytest.mark.parametrize(("text", "line", "told"), WRONG)
def test_a_wrong_setting_is_told_with_its_line(
    case: Path, text: str, line: int, told: list[str]
) -> None:
    (case / "case.toml").write_text(text, encoding="utf-8")
    for command in ("check", "run"):
        said = holdfire(command, case)
        assert said.code == 1
        assert f"case.toml:{line}: " in said.text, said.text
        for words in told:
            assert words in said.text


@pytest.mark.parametrize(
    "content", [b"\xff\xfe[\x00", b"a = " + b"[" * 5000, b"a = " + b"9" * 5000, b"\x00"]
)
def test_a_file_that_is_no_toml_is_told(case: Path, content: bytes) -> None:
    (case / "case.toml").write_bytes(content)
    said = holdfire("check", case)
    assert said.code == 1
    assert "case.toml" in said.text


@pytest.mark.parametrize("kind", ["acts", "targets", "weapons"])
@pytest.mark.parametrize(
    "text",
    ["[x", "x = 5", "[x]\nlabel = 5", '[x]\nmeans = "m"\nbroader = "y"',
     '[x]\nmeans = "m"\nbroader = ["nothing-known"]', '[x]\nmeans = "m"\nbroader = ["x"]',
     "a = " + "[" * 5000],
)  # fmt: skip
def test_a_wrong_vocabulary_is_told(case: Path, kind: str, text: str) -> None:
    (case / "vocabulary").mkdir()
    (case / "vocabulary" / f"{kind}.toml").write_text(text, encoding="utf-8")
    said = holdfire("check", case)
    assert said.code == 1
    assert f"vocabulary/{kind}.toml" in said.text
