"""Reading news texts, as a person does it: files in, statements and a draft out, a case kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from holdfire.cli import UNUSABLE
from tests.cli import command

PAGE = """Latvian aide calls the truce a respite

Latvian aide calls the truce a respite
Photo: Harbour Agency

Norway's proposal for a 10-day ceasefire between Moldova and Latvia was accepted on 1 May by the \
Moldovan delegation during talks in Geneva. The ceasefire would reportedly halt combat operations \
along the entire front line and suspend long-range missile strikes.

Moldovan President Ana Rusu said that her country would observe the truce. “We accept the proposal \
without conditions,” Rusu said.

Latvian presidential aide Janis Ozols rejected the ceasefire as “a respite for the other army”, \
Interfax reported on 2 May.

Read also:

Become a patron!
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page-2031-05-03.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def holdfire(*words: str) -> tuple[int, str, str]:
    said = command.holdfire(*words)
    return said.code, said.out, said.err


def read(*arguments: object) -> dict[str, Any]:
    code, out, err = holdfire("read", *map(str, arguments), "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_every_passage_is_in_the_file_at_its_offsets(page: Path) -> None:
    found = read(page)
    text = page.read_text(encoding="utf-8")
    assert found["statements"]
    for one in found["statements"]:
        assert {"speaker", "role", "party", "chain", "mode", "stance", "spans"} <= set(one)
        said = " … ".join(text[a:b] for a, b in one["spans"]["content"])
        assert " ".join(said.split()) == one["said"]
        for link in one["chain"][1:]:
            assert all(text[a:b].strip() for a, b in link["spans"])
    for quotes in found["draft"]["passages"].values():
        assert all(text[q["start"] : q["end"]] == q["text"] for q in quotes)


def test_who_says_what_through_whom(page: Path) -> None:
    by = {(one["speaker"], one["stance"]): one for one in read(page)["statements"]}
    aide = by["Janis Ozols", "rejects"]
    assert [link["name"] for link in aide["chain"][1:]] == ["Interfax", "Janis Ozols"]
    assert (aide["hearsay"], aide["party"], aide["party_stance"]) == (1, "latvia", None)
    president = by["Ana Rusu", "accepts"]
    assert (president["party"], president["party_stance"]) == ("moldova", "accepts")


def test_no_boilerplate_is_taken_for_speech(page: Path) -> None:
    said = " ".join(one["said"] for one in read(page)["statements"])
    assert "patron" not in said
    assert "Photo" not in said


def test_the_draft_has_the_terms_and_asks_for_the_rest(page: Path) -> None:
    draft = read(page)["draft"]
    assert draft["agreement"]["ends"]["after"] == "10 days"
    acts = {act for clause in draft["agreement"]["clauses"] for act in clause["acts"]}
    assert acts == {"combat", "long-range-missile-strike"}
    assert [one["party"] for one in draft["agreement"]["accepted"]] == ["moldova"]
    assert any(question["field"] == "in_effect" for question in draft["open"])


def test_the_day_is_taken_from_the_name_unless_it_is_told(page: Path) -> None:
    assert {one["published"] for one in read(page)["statements"]} == {"2031-05-03"}
    told = read(page, "--published", "2031-05-04", "--outlet", "The Ledger")["statements"]
    assert {(one["published"], one["outlet"]) for one in told} == {("2031-05-04", "The Ledger")}


def test_the_same_bytes_twice(page: Path) -> None:
    assert holdfire("read", str(page), "--json") == holdfire("read", str(page), "--json")


def test_a_case_is_made_and_not_run_before_it_is_confirmed(page: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    code, out, _ = holdfire("read", str(page), "--case", str(case))
    assert code == 0
    assert "Wrote agreement.toml" in out
    code, _, err = holdfire("run", str(case))
    assert code == UNUSABLE
    assert "confirmed_by is empty" in err
    agreement = case / "agreement.toml"
    text = agreement.read_text(encoding="utf-8")
    text = text.replace('confirmed_by = ""', 'confirmed_by = "A. Reader"')
    text = text.replace('local_time = ""', 'local_time = "Europe/Chisinau"')
    agreement.write_text(
        text.replace("[draft]", "[would_have_counted]\nfrom = 2031-05-04\n\n[draft]")
    )
    code, out, err = holdfire("run", str(case))
    assert code == 0, err


def test_the_bulletin_has_the_statements(page: Path, tmp_path: Path) -> None:
    test_a_case_is_made_and_not_run_before_it_is_confirmed(page, tmp_path)
    case = tmp_path / "case"
    bulletin = (case / "out" / "bulletin.html").read_text(encoding="utf-8")
    assert 'id="said"' in bulletin
    assert "Janis Ozols" in bulletin
    assert "at second hand, through Interfax" in bulletin
    assert (case / "out" / "statements.csv").is_file()
    # an agreement that is there is not touched
    assert holdfire("read", str(page), "--case", str(case))[0] == 0
    assert (case / "agreement.draft.toml").is_file()
    assert "A. Reader" in (case / "agreement.toml").read_text(encoding="utf-8")


def test_reading_again_replaces_and_reading_more_adds(page: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    kept = case / "statements" / "statements.jsonl"
    holdfire("read", str(page), "--case", str(case))
    once = kept.read_text(encoding="utf-8")
    holdfire("read", str(page), "--case", str(case))
    assert kept.read_text(encoding="utf-8") == once
    other = tmp_path / "other.txt"
    other.write_text(
        "LIMA - Peru on Monday rejected the ceasefire.\n\n"
        "“We will not take part in it,” its foreign minister, Eva Rojas, said in Lima.\n"
    )
    holdfire("read", str(other), "--case", str(case))
    assert set(once.splitlines()) < set(kept.read_text(encoding="utf-8").splitlines())


def test_copies_are_one_text_with_every_outlet(page: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": "T", "text": PAGE, "outlet": f"Paper {n}", "date": "2031-05-03"})
        for n in range(10)
    ]
    dump = tmp_path / "dump.jsonl"
    dump.write_text("\n".join(lines), encoding="utf-8")
    found = read(dump)
    assert (found["texts"], found["copies"]) == (10, 9)
    one = found["statements"][0]
    assert one["outlets"] == [f"Paper {n}" for n in range(10)]
    assert len(found["statements"]) == len(read(page)["statements"])
    text = dump.read_text(encoding="utf-8")
    a, b = one["spans"]["content"][0]
    assert json.loads(f'"{text[a:b]}"') == one["said"].split(" … ")[0]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(page: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "brackets.html").write_text("<div>" * 300_000)
    code, out, err = holdfire("read", str(tmp_path), "--json")
    assert code == 0
    found = json.loads(out)
    assert {Path(one["file"]).name for one in found["set_aside"]} == {"bad.txt", "brackets.html"}
    assert err.count("set aside:") == 2
    assert "Traceback" not in err


def test_nothing_to_read(tmp_path: Path) -> None:
    code, _, err = holdfire("read", str(tmp_path / "no.txt"))
    assert code == UNUSABLE
    assert "no text could be read" in err


def test_an_extractor_that_is_not_there_says_how_to_get_it(page: Path) -> None:
    code, _, err = holdfire("read", str(page), "--extractor", "model")
    assert code == UNUSABLE
    assert "--model DIR" in err


def test_a_bad_line_of_statements_does_not_stop_a_run(page: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    test_a_case_is_made_and_not_run_before_it_is_confirmed(page, tmp_path)
    with (case / "statements" / "statements.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"stance": "maybe"}\n[1]\nnot json\n')
    assert holdfire("run", str(case))[0] == 0
    code, out, _ = holdfire("check", str(case))
    assert code == 0
    assert out.count("not a row of the statement table") == 3


def test_a_language_model_is_believed_only_where_it_quotes(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [
        {"source": ["Ana Rusu"], "cue": ["said"], "content": ["We accept the proposal"]},
        {"source": ["Ana Rusu"], "cue": ["said"], "content": ["We surrender"]},
    ]
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps(answers), encoding="utf-8")
    monkeypatch.setenv("HOLDFIRE_ASK_COMMAND", f"cat {answer}")
    code, out, err = holdfire("read", str(page), "--extractor", "asked", "--json")
    assert code == 0
    said = [one["said"] for one in json.loads(out)["statements"]]
    assert said == ["We accept the proposal"]
    assert "answers thrown away" in err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_edges_of_the_calendar(page: Path, tmp_path: Path, day: str) -> None:
    assert holdfire("read", str(page), "--published", day)[0] == 2
    dump = tmp_path / "dump.jsonl"
    dump.write_text(json.dumps({"title": "T", "text": PAGE, "date": day}), encoding="utf-8")
    assert {one["published"] for one in read(dump)["statements"]} == {None}


def test_what_cannot_be_written_is_said(page: Path, tmp_path: Path) -> None:
    (tmp_path / "case" / "statements" / "statements.jsonl").mkdir(parents=True)
    code, _, err = holdfire("read", str(page), "--case", str(tmp_path / "case"))
    assert code == UNUSABLE
    assert "cannot be written to" in err


def test_no_cell_of_the_reports_is_a_formula(tmp_path: Path) -> None:
    text = "Moldova said on Monday that Latvia had broken the truce 14 times since Sunday.\n\n" * 2
    dump = tmp_path / "dump.jsonl"
    row = {"title": "T", "text": f"{text}The end of it.", "date": "2031-05-06", "outlet": "=1+1"}
    dump.write_text(json.dumps(row), encoding="utf-8")
    assert holdfire("read", str(dump), "--case", str(tmp_path / "case"))[0] == 0
    reports = (tmp_path / "case" / "reports" / "from-texts.csv").read_text(encoding="utf-8")
    assert ",'=1+1," in reports


def test_a_book_without_paragraphs_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("Moldova said that the truce holds in the valley. " * 1_000, encoding="utf-8")
    wrapped = tmp_path / "wrapped.txt"
    wrapped.write_text("Moldova said that the truce\n" * 3_000, encoding="utf-8")
    assert read(path, wrapped)["texts"] == 2
