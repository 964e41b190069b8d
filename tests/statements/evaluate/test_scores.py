"""The figures of the scorer, on answers counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import CaseError
from holdfire.statements.attribution import Attribution
from holdfire.statements.evaluate.corpus import Annotated, GoldStatement, GoldTerm, brat, load
from holdfire.statements.evaluate.scores import Found, FoundTerm, matched, score

TEXT = "Kyiv said that the truce holds. Moscow denied it. The aide said no."


def at(words: str, nth: int = 1) -> tuple[int, int]:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def one(source: str, cue: str, content: str, **more: object) -> GoldStatement:
    source_at = (at(source),) if source else ()
    cue_at = at(cue, 2 if source == "The aide" else 1)
    return GoldStatement(Attribution((at(content),), (cue_at,), source_at), **more)  # type: ignore[arg-type]


KYIV = one("Kyiv", "said", "that the truce holds", stance="accepts", chain=("outlet", "Kyiv"))
MOSCOW = one("Moscow", "denied", "it", stance="rejects", chain=("outlet", "Agency", "Moscow"))
AIDE = one("The aide", "said", "no", stance="rejects", chain=("outlet", "The aide"))


def annotated(*gold: GoldStatement, terms: tuple[GoldTerm, ...] = ()) -> Annotated:
    return Annotated(Path("x.txt"), TEXT, gold, terms, full=True)


def test_what_is_all_right_scores_one() -> None:
    scores = score([annotated(KYIV, MOSCOW, AIDE)], lambda text: Found(text.statements))
    assert {one.f1 for one in scores.passages.values()} == {1.0}
    assert scores.stance_macro_f1 == 1.0
    assert scores.shares["nested chain (all)"].wanted == 1
    assert scores.shares["nested chain (all)"].right == 1


def test_nothing_found_scores_nothing() -> None:
    scores = score([annotated(KYIV, MOSCOW, AIDE)], lambda text: Found(()))
    assert {one.f1 for one in scores.passages.values()} == {0.0}
    assert scores.shares["nested chain (all)"].recall == 0.0


def test_one_of_three_and_one_invented() -> None:
    invented = one("Moscow", "denied", "that the truce holds")
    scores = score([annotated(KYIV, MOSCOW, AIDE)], lambda text: Found((KYIV, invented)))
    soft = scores.passages["pair soft"]
    assert (soft.right, soft.given, soft.wanted) == (1, 2, 3)
    assert soft.f1 == pytest.approx(0.4)
    # Both sources stand in the text as sources; only one pair is right.
    assert scores.passages["source exact"].right == 2
    assert scores.passages["pair exact"].right == 1


@pytest.mark.parametrize(
    ("source", "content", "right"),
    [
        ("Kyiv", "that the truce holds", True),
        ("Kyiv", "the truce holds", True),
        ("Kyiv", "that the", True),  # 2 tokens of 2, of 4: F1 0.67
        ("Kyiv", "holds", False),  # 1 of 1, of 4: F1 0.4
        ("Moscow", "that the truce holds", False),
        ("", "that the truce holds", False),
    ],
)
def test_soft_matching(source: str, content: str, right: bool) -> None:
    assert bool(matched(TEXT, [KYIV], [one(source, "said", content)])) is right


def test_no_source_on_either_side_is_a_pair() -> None:
    nobody = one("", "said", "that the truce holds")
    assert matched(TEXT, [nobody], [nobody]) == [(0, 0)]


def test_each_gold_statement_is_matched_once() -> None:
    assert matched(TEXT, [KYIV], [KYIV, KYIV]) == [(0, 0)]


def test_stance_is_scored_on_matched_statements_by_class() -> None:
    wrong = one("Moscow", "denied", "it", stance="accepts", chain=("outlet", "Moscow"))
    scores = score([annotated(KYIV, MOSCOW, AIDE)], lambda text: Found((KYIV, wrong)))
    assert scores.stances["accepts"].precision == 0.5
    assert scores.stances["rejects"].recall == 0.0
    assert scores.stance_macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    assert scores.shares["nested chain (matched)"].recall == 0.0


def test_terms_by_value_and_zones_by_passage() -> None:
    gold = (
        GoldTerm("duration", "30 days", (at("truce"),)),
        GoldTerm("zone", "all of it", (at("the truce holds"),)),
    )
    found = (
        FoundTerm("duration", "30 days", (at("Kyiv"),)),
        FoundTerm("zone", "other words", (at("truce holds"),)),
        FoundTerm("zone", "all of it", (at("Moscow"),)),
    )
    scores = score([annotated(terms=gold)], lambda text: Found((), found))
    assert (scores.terms_f1.right, scores.terms_f1.given, scores.terms_f1.wanted) == (2, 3, 2)


def test_where_only_terms_are_annotated_statements_are_not_scored() -> None:
    gold = (GoldTerm("duration", "30 days", (at("truce"),)),)
    text = Annotated(Path("x.txt"), TEXT, (), gold, full=True, only_terms=True)
    scores = score([text], lambda _: Found((KYIV,), (FoundTerm("duration", "30 days", ()),)))
    assert scores.passages["pair soft"].given == 0
    assert scores.terms_f1.f1 == 1.0


def test_inner_attributions_are_left_out_of_a_flat_corpus() -> None:
    inner = GoldStatement(Attribution((at("holds"),), (at("truce"),), (at("that"),)))
    flat = Annotated(Path("x.txt"), TEXT, (KYIV,))
    scores = score([flat], lambda text: Found((KYIV, inner)))
    assert scores.passages["pair soft"].given == 1


def test_brat_with_pieces_and_without_content() -> None:
    ann = (
        "T1\tSource 0 4\tKyiv\nT2\tCue 5 9\tsaid\nT3\tContent 10 14;19 24\tthat truce\n"
        "The words of a passage, wrapped\n"
        "T4\tAttribution 5 9\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
        "E2\tAttribution:T4 Cue:T2 Source:T1\n"
    )
    assert brat(ann) == [Attribution(((10, 14), (19, 24)), ((5, 9),), ((0, 4),))]


ANNOTATION = """
outlet = "The Test (invented)"
published = 2025-03-13
about = "truce"
[[statements]]
source = ["{source}"]
cue = ["said#1"]
content = ["that the truce holds"]
speaker = "Kyiv"
kind = "{kind}"
chain = ["outlet", "Kyiv"]
mode = "indirect"
stance = "accepts"
"""


def written(folder: Path, source: str = "Kyiv", kind: str = "institution") -> Path:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.toml").write_text(ANNOTATION.format(source=source, kind=kind), encoding="utf-8")
    return folder


def test_own_format_finds_its_quotations(tmp_path: Path) -> None:
    (found,) = load(written(tmp_path))
    assert found.full
    assert found.outlet == "The Test"
    assert found.statements[0].attribution == KYIV.attribution


@pytest.mark.parametrize(
    ("source", "kind", "says"),
    [
        ("Paris", "institution", "is not in the text"),
        ("said", "institution", 'is in the text 2 times\n  say which: "…#1", "…#2"'),
        ("said#3", "institution", "is in the text 2 times\n  count again"),
        ("Kyiv", "town", "expected one of person, group"),
    ],
)
def test_own_format_says_what_is_wrong(tmp_path: Path, source: str, kind: str, says: str) -> None:
    with pytest.raises(CaseError, match=r"a\.toml statement 1") as error:
        load(written(tmp_path, source, kind))
    assert says in str(error.value)


def test_marks_are_found_beside_letters(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "a.txt").write_text(f"{TEXT} He: no", encoding="utf-8")
    annotation = folder / "a.toml"
    annotation.write_text(annotation.read_text().replace("said#1", ":"), encoding="utf-8")
    assert load(folder)[0].statements[0].attribution.cue == ((len(TEXT) + 3, len(TEXT) + 4),)


def test_a_folder_without_texts(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no annotated text"):
        load(tmp_path)
