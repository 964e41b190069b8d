"""Phrases that an expert writes, as patterns and as the first letters that are looked up."""

from __future__ import annotations

import re

import pytest

from holdfire.statements.draft import phrases
from holdfire.terms.vocabulary import shipped


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("cease-fire", "a ceasefire", "ceasefire"),
        ("cease-fire", "a cease-fire", "cease-fire"),
        ("cease-fire", "a cease fire", "cease fire"),
        ("long-range strikes", "all Long-Range Strikes", "Long-Range Strikes"),
        ("(missile|drone) strike(s)?", "a drone strike, a missile strike", "drone strike"),
        ("operations in the … sea", "operations in the Black Sea", "operations in the Black Sea"),
        ("operations in the … sea", "operations in the sea", "operations in the sea"),
        ("both (sides|armies)", "both\narmies", "both\narmies"),
        ("(all )?hostilities", 'that "all hostilities" stop', "all hostilities"),
        ("People's Army", "the People’s Army", "People’s Army"),
        ("halt(s|ed)?", "the halter", None),
        ("no", "none, now, noon", None),
    ],
)
def test_a_phrase_finds(phrase: str, text: str, found: str | None) -> None:
    match = phrases.any_of([phrase]).search(text)
    assert (match[0] if match else None) == found
    listed = phrases.Phrases([("tag", phrase)]).find(text)
    assert [text[one.start : one.end] for one in listed][:1] == ([found] if found else [])


@pytest.mark.parametrize(
    ("phrase", "heads"),
    [
        ("ceasefire", {"ceasefi"}),
        ("cease-fire", {"cease", "ceasefi"}),
        ("armou?r", {"armor", "armour"}),
        ("(all |any )?fire", {"all", "any", "fire"}),
        ("go(es)? into force", {"go", "goes"}),
        ("(in|into) force", {"in", "into"}),
        ("no", {"no"}),
    ],
)
def test_the_first_letters_of_a_phrase(phrase: str, heads: set[str]) -> None:
    assert phrases.heads(phrase) == heads


def test_the_longest_phrase_wins() -> None:
    found = phrases.nodes("acts").find("no long-range missile and drone strikes")
    assert [one.node for one in found] == ["long-range-strike"]


def test_what_looks_like_an_act_and_tells_nothing_is_passed_over() -> None:
    assert phrases.nodes("acts").find("to stop the fighting and the war") == []
    assert [one.node for one in phrases.nodes("acts").find("all fighting")] == ["combat"]


@pytest.mark.parametrize("name", ["acts", "targets"])
def test_every_node_of_the_tables_is_in_the_vocabulary(name: str) -> None:
    known = shipped("acts" if name == "acts" else "targets").nodes
    assert set(phrases.table(name)) <= set(known)


def test_every_node_of_claims_is_in_the_vocabulary() -> None:
    known = shipped("acts").nodes
    assert set(phrases.claim_table("struck")["by"]) <= set(known)
    assert set(phrases.claim_table("did")) <= set(known)
    assert set(phrases.table("whole")) <= set(known)


def test_every_phrase_of_the_tables_can_be_found_by_its_first_letters() -> None:
    tables = [phrases.table("cues"), phrases.table("acts"), phrases.table("targets")]
    for table in tables:
        for listed in table.values():
            for phrase in listed:
                assert phrases.heads(phrase), phrase
                re.compile(phrases.pattern(phrase))
