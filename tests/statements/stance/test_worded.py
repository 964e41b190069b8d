"""The words of a statement as marks."""

from __future__ import annotations

from holdfire.statements.stance.worded import BEFORE, of_content, of_cue


def test_words_after_a_negation_are_told_twice_until_the_clause_ends() -> None:
    found = list(of_content(" we will not sign the paper ; peace , 30 days ", "@chad"))
    assert found == [
        "word we", "word will", "word not", "word not not", "word sign", "word not sign",
        "word the", "word paper", "word not paper", "word peace", "word days",
    ]  # fmt: skip


def test_parties_are_told_apart_by_side_and_not_by_name() -> None:
    assert list(of_content(" @chad fire on @libya ", "@chad")) == [
        "word @own", "word fire", "word on", "word @other",
    ]  # fmt: skip
    one, other = (list(of_content(f" {a} fire on {b} ", "@chad", BEFORE)) for a, b in
                  (("@libya", "@peru"), ("@peru", "@libya")))  # fmt: skip
    assert one == other


def test_a_cue_is_told_by_its_words_and_their_pairs() -> None:
    assert list(of_cue(" turn down ")) == ["cue-word turn", "cue-word down", "cue-words turn down"]
