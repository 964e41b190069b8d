"""The data files and the forms made from them."""

from __future__ import annotations

import pytest

from holdfire.errors import HoldfireError
from holdfire.statements.grammar.inflections import inflections, spellings
from holdfire.statements.grammar.lexicon import _uses, lexicon


@pytest.mark.parametrize(
    ("lemma", "irregular", "forms"),
    [
        ("say", "said", {"say", "says", "said", "saying"}),
        ("deny", "", {"deny", "denies", "denied", "denying"}),
        ("announce", "", {"announce", "announces", "announced", "announcing"}),
        ("admit", "admitted", {"admit", "admits", "admitted", "admitting"}),
        ("write", "wrote written", {"write", "writes", "wrote", "written", "writing"}),
        ("agree", "", {"agree", "agrees", "agreed", "agreeing"}),
        ("extend", "", {"extend", "extends", "extended", "extending"}),
        ("stress", "", {"stress", "stresses", "stressed", "stressing"}),
        ("put", "put", {"put", "puts", "putting"}),
        ("signal", "signalled", {"signal", "signals", "signalled", "signalling"}),
    ],
)
def test_forms_of_a_verb(lemma: str, irregular: str, forms: set[str]) -> None:
    assert set(inflections(lemma, *irregular.split())) == forms


def test_british_and_american_spelling() -> None:
    assert spellings("criticise") == ("criticise", "criticize")
    assert spellings("promise") == ("promise",)


def test_a_cue_is_one_line() -> None:
    found = dict(_uses("pull out of", "object", "act"))
    assert found["pulled"].rest == ("out", "of")
    assert found["pulled"].cue.kind == "act"


def test_a_frame_nobody_knows_is_an_error_that_says_what_to_write() -> None:
    with pytest.raises(HoldfireError, match=r"(?s)sentence.*clause") as raised:
        dict(_uses("say", "sentence", "saying"))
    assert "say" in str(raised.value)


def test_every_line_of_the_files_can_be_read() -> None:
    known = lexicon()
    assert {use.cue.kind for uses in known.uses.values() for use in uses} == {
        "saying", "attitude", "act", "reaction",
    }  # fmt: skip
    assert all(word == word.lower() for word in known.classes)
