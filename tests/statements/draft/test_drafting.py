"""A draft agreement from several texts: what is filled, what is left open, and that it loads."""

from __future__ import annotations

import tomllib
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.article import Article, Origin
from holdfire.statements.draft import Draft, draft, terms_of
from holdfire.statements.statement import Speaker, Statement
from holdfire.terms.drafted import unconfirmed
from holdfire.terms.loading import Loaded, load
from holdfire.terms.vocabulary import shipped_vocabularies

from .told import article, said

PROPOSAL = (
    "The American proposal for a 30-day ceasefire between Chad and Libya was accepted on 11 March "
    "by Chad in Tunis. The ceasefire would halt combat operations along the entire front line, "
    "suspend long-range missile and drone strikes, and end operations in the Red Sea."
)
TRUCE = (
    "The truce between Chad and Libya took effect at 6 p.m. Tripoli time on 10 March and lasts 72 "
    "hours. Chad and Libya will halt all shelling. Troops may return fire."
)


def drafted(*articles: tuple[Article, list[Statement]]) -> Draft:
    return draft((one, found, terms_of(one, found)) for one, found in articles)


def loaded(made: Draft) -> Loaded:
    return load(made.toml(), shipped_vocabularies(), ())


def asked(made: Draft, field: str) -> list[str]:
    return [one.question for one in made.open if one.field == field]


def accepted(text: str = PROPOSAL) -> list[Statement]:
    return [
        said(text, "The American proposal for a 30-day ceasefire", source="Chad", cue="accepted",
             party="chad", kind="act", stance="accepts", party_value="accepts",
             on=date(2025, 3, 11), place="Tunis"),
    ]  # fmt: skip


def test_a_proposal_with_its_terms() -> None:
    made = drafted((article(PROPOSAL), accepted()))
    agreement = made.agreement
    assert [party["id"] for party in agreement["parties"]] == ["chad", "libya"]
    assert agreement["proposed"]["by"] == "United States"
    assert agreement["ends"]["after"] == "30 days"
    assert [(one["acts"], one["wording"]) for one in agreement["clauses"]] == [
        (["combat"], "The ceasefire would halt combat operations along the entire front line"),
        (["long-range-strike"], "suspend long-range missile and drone strikes"),
        (["naval-operation"], "end operations in the Red Sea"),
    ]
    (fact,) = agreement["accepted"]
    assert (fact["party"], fact["on"], fact["where"]) == ("chad", date(2025, 3, 11), "Tunis")


def test_nothing_is_invented() -> None:
    made = drafted((article(PROPOSAL), accepted()))
    assert "in_effect" not in made.agreement
    assert "when did it take effect" in asked(made, "in_effect")[0]
    assert "along the entire front line" in asked(made, "clauses.combat.zone")[0]
    assert "in the Red Sea" in asked(made, "clauses.naval-operation.zone")[0]
    assert all(clause["zone"] == "anywhere" for clause in made.agreement["clauses"])
    assert "did Libya accept? No text tells" in asked(made, "accepted.libya")[0]
    assert "declined" not in made.agreement


def test_check_points_at_what_no_text_tells() -> None:
    problems = [str(problem) for problem in loaded(drafted((article(PROPOSAL), []))).problems]
    assert any('unknown time zone ""' in problem for problem in problems)


def test_where_enough_is_told_it_loads_and_waits_for_a_person() -> None:
    made = drafted((article(TRUCE), []))
    found = loaded(made)
    assert [str(problem) for problem in found.problems] == []
    assert found.agreement is not None
    assert found.agreement.agreement.local_time == "Africa/Tripoli"
    assert found.agreement.clauses[0].permits[0].circumstances == ("self-defence",)
    problem = unconfirmed(found.agreement)
    assert problem is not None
    assert "confirmed_by is empty" in problem.message


def test_every_field_names_its_passage() -> None:
    made = drafted((article(TRUCE), []))
    for name in ("in_effect.from", "ends.after", "parties.chad", "clauses.shelling.acts"):
        for quote in made.passages[name]:
            assert TRUCE[quote.start : quote.end] == quote.text
    assert "# a.txt 48-79: 6 p.m. Tripoli time on 10 March" in made.toml()
    told = tomllib.loads(made.toml())["draft"]
    assert told["confirmed_by"] == ""
    assert told["passages"]["in_effect.from"] == ["a.txt:48-79"]


def test_passages_are_those_of_the_file() -> None:
    whole = article(TRUCE)
    moved = Article(
        whole.file,
        whole.sha256,
        1,
        TRUCE,
        Origin(((0, 100, len(TRUCE)),)),
        published=whole.published,
    )
    made = drafted((moved, []))
    assert made.passages["in_effect.from"][0].place == "a.txt:148-179"


def test_texts_that_differ_are_kept_side_by_side() -> None:
    other = TRUCE.replace("on 10 March", "on 12 March")
    first = said(TRUCE, TRUCE[:-1], source="Idris Dago", party="chad")
    second = said(other, other[:-1], source="Omar Salim", party="libya")
    made = drafted(
        (article(TRUCE, outlet="North Post"), [first]),
        (article(other, "b", outlet="South Post"), [second]),
    )
    readings = made.agreement["readings"]
    assert [(one["id"], one["held_by"]) for one in readings] == [
        ("from-2025-03-10-1800", ["chad"]),
        ("from-2025-03-12-1800", ["libya"]),
    ]
    assert readings[0]["in_effect"]["according_to"] == ["North Post", "Idris Dago"]
    assert "in_effect" not in made.agreement
    assert loaded(made).problems == ()


def test_a_day_and_an_hour_of_that_day_are_one_start() -> None:
    other = TRUCE.replace("at 6 p.m. Tripoli time on 10 March", "on 10 March")
    made = drafted((article(TRUCE), []), (article(other, "b"), []))
    assert "readings" not in made.agreement
    assert len(made.passages["in_effect.from"]) == 2


def test_two_ceasefires_are_not_mixed() -> None:
    other = (
        "The truce between India and Pakistan took effect on 3 March. India and Pakistan will halt "
        "all air strikes."
    )
    made = drafted((article(TRUCE), []), (article(other, "b"), []))
    assert [one["acts"] for one in made.agreement["clauses"]] == [["shelling"]]
    (left,) = [one for one in made.open if "left out" in one.question]
    assert "b.txt" in left.question
    assert "india, pakistan" in left.question


@pytest.mark.parametrize(
    ("value", "table"), [("accepts", "accepted"), ("rejects", "declined")]
)  # fmt: skip
def test_a_partys_decision_is_a_fact(value: str, table: str) -> None:
    text = f"{TRUCE} Libya will keep it, the minister said."
    one = said(text, "Libya will keep it", source="the minister", party="libya", party_value=value)
    (fact,) = drafted((article(text), [one])).agreement[table]
    assert (fact["party"], fact["according_to"]) == ("libya", ["The Harbour Gazette"])


def test_a_view_or_an_aides_word_is_a_question() -> None:
    text = f"{TRUCE} The aide said Libya wants no truce."
    aide = Speaker("The aide", "person", "aide", "libya", "none")
    for one in (
        said(text, "Libya wants no truce", source="Libya", party="libya", kind="attitude",
             party_value="rejects"),
        said(text, "Libya wants no truce", source="Libya", party="libya", through=(aide,),
             party_value="rejects"),
    ):  # fmt: skip
        made = drafted((article(text), [one]))
        assert "declined" not in made.agreement
        assert "did Libya decline?" in asked(made, "declined.libya")[0]


def test_conditions_are_told_and_asked_about() -> None:
    text = f"{TRUCE} Libya agrees if Chad withdraws, the minister said."
    one = said(text, "Libya agrees if Chad withdraws", source="the minister", party="libya",
               party_value="accepts-on-conditions", conditions="if Chad withdraws")  # fmt: skip
    made = drafted((article(text), [one]))
    (fact,) = made.agreement["accepted"]
    assert fact["conditions"] == "if Chad withdraws"
    assert asked(made, "accepted.libya.conditions")


def test_what_is_told_both_ways_is_asked() -> None:
    text = f"{TRUCE} Libya says yes. Libya says no."
    both = [
        said(text, "Libya says yes", source="Libya", party="libya", party_value="accepts"),
        said(text, "Libya says no", source="Libya", party="libya", party_value="rejects"),
    ]
    made = drafted((article(text), both))
    assert "Told both ways" in asked(made, "accepted.libya")[0]
    assert {"accepted", "declined"} <= made.agreement.keys()


def test_a_month_is_no_number_of_days() -> None:
    made = drafted((article(TRUCE.replace("72 hours", "two months")), []))
    assert "ends" not in made.agreement
    assert "2 months: how many days" in asked(made, "ends")[0]


def test_an_end_before_the_start_is_left_out_and_asked() -> None:
    text = (
        "The truce between Chad and Libya took effect on 10 March 2025. The truce ended on 8 March "
        "2025. Chad will halt all shelling."
    )
    made = drafted((article(text), []))
    assert "ends" not in made.agreement
    assert "comes before the start" in asked(made, "ends")[0]


def test_what_nobody_tells_is_a_placeholder_that_check_points_at() -> None:
    made = drafted((article("A truce was mentioned."), []))
    problems = " ".join(str(problem) for problem in loaded(made).problems)
    assert "parties" in problems
    assert "clauses[1].acts: must not be empty" in problems
    assert asked(made, "clauses")
    assert asked(made, "parties")


def test_no_text_at_all() -> None:
    made = draft([])
    assert "no text tells a term" in asked(made, "agreement")[0]
    assert tomllib.loads(made.toml())["draft"]["confirmed_by"] == ""


def test_the_order_of_the_texts_makes_no_difference() -> None:
    none: list[Statement] = []
    texts = [(article(TRUCE, name), none) for name in ("a", "b", "c")]
    texts += [(article(PROPOSAL, name), accepted()) for name in ("d", "e")]
    assert drafted(*texts).toml() == drafted(*reversed(texts)).toml()


def test_as_json_holds_agreement_passages_and_questions() -> None:
    made = drafted((article(TRUCE), []))
    plain = made.as_json()
    assert plain.keys() == {"agreement", "passages", "open"}
    assert plain["agreement"]["in_effect"]["from"] == "2025-03-10T18:00:00"
    assert plain["passages"]["in_effect.from"] == [
        {"file": "a.txt", "start": 48, "end": 79, "text": "6 p.m. Tripoli time on 10 March"}
    ]
    assert all(one.keys() == {"field", "question", "passages"} for one in plain["open"])


def test_other_parties_give_the_same_draft_with_other_names() -> None:
    def toml(a: str, b: str) -> str:
        text = TRUCE.replace("Chad", a).replace("Libya", b)
        return drafted((article(text), [])).toml().replace("Tripoli", "")

    one = toml("Chad", "Iran")
    two = toml("Iran", "Chad")
    swapped = one.replace("Chad", "\0").replace("chad", "\1").replace("Iran", "Chad")
    swapped = swapped.replace("iran", "chad").replace("\0", "Iran").replace("\1", "iran")
    assert sorted(swapped.splitlines()) != sorted(one.splitlines())
    keys = [line.partition(" = ")[0] for line in swapped.splitlines() if " = " in line]
    assert sorted(keys) == sorted(
        line.partition(" = ")[0] for line in two.splitlines() if " = " in line
    )


HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from('"\\\n\r\t\x00\x1b\u2028\u202e\u2066\u200b\ud800#=[]{}\'"""'),
    ),
    max_size=60,
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_words_break_out_of_nothing(outlet: str, title: str, words: str) -> None:
    text = f"The truce between Chad and Libya {words} covers the zone of {words}. It bans shelling."
    one = Article(f"{words}.txt", "0" * 64, 1, text, Origin.whole(text), outlet, "", title, None)
    toml = drafted((one, [])).toml()
    assert tomllib.loads(toml)["draft"]["confirmed_by"] == ""
    assert all(letter.isprintable() or letter == "\n" for letter in toml)


def test_a_question_asked_twice_is_one_with_more_passages() -> None:
    text = f"{TRUCE} It can be extended."
    made = drafted((article(text), []), (article(text, "b"), []))
    (one,) = [one for one in made.open if "may it go on longer" in one.question]
    assert [quote.file for quote in one.passages] == ["a.txt", "b.txt"]


def test_of_many_texts_left_out_some_are_named() -> None:
    other = "The truce between India and Pakistan bans all shelling."
    texts = [(article(other, f"{index:02}"), list[Statement]()) for index in range(9)]
    best = [(article(TRUCE, f"t{index:02}"), list[Statement]()) for index in range(9)]
    (left,) = [one for one in drafted(*texts, *best).open if "left out" in one.question]
    assert left.question.endswith("02.txt, 03.txt, 04.txt and 4 more")


def test_thousands_of_texts_are_drafted_at_once() -> None:
    terms = terms_of(article(TRUCE))
    start = perf_counter()
    made = draft((article(TRUCE, f"{index:05}"), [], terms) for index in range(3_000))
    assert len(made.agreement["texts"]) == 3_000
    assert perf_counter() - start < 20


def _refused(party: str, published: date) -> tuple[Article, list[Statement]]:
    text = "The minister refused."
    one = said(text, "refused", source="The minister", cue="refused", party=party, kind="act",
               stance="rejects", party_value="rejects", on=published)  # fmt: skip
    return article(text, "b", published), [one]


def test_a_refusal_told_by_a_text_without_terms_is_kept() -> None:
    made = drafted((article(PROPOSAL), accepted()), _refused("libya", date(2025, 3, 15)))
    (fact,) = made.agreement["declined"]
    assert fact["party"] == "libya"


@pytest.mark.parametrize(
    ("party", "day"), [("peru", date(2025, 3, 15)), ("libya", date(2026, 3, 15))]
)
def test_a_refusal_of_another_party_or_another_year_is_not(party: str, day: date) -> None:
    made = drafted((article(PROPOSAL), accepted()), _refused(party, day))
    assert "declined" not in made.agreement
