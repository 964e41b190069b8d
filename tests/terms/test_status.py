"""What has become of an agreement follows from its facts."""

from __future__ import annotations

import pytest

from holdfire.terms.status import last_day, standing
from holdfire.terms.windows import effect

from .conftest import BASE, Agreed, changed

STARTED = "[in_effect]\nfrom = 2025-03-01T00:00:00\n"
PROPOSED = '[proposed]\non = 2025-02-20\nby = "a mediator"\n'
COUNTED = "[would_have_counted]\nfrom = 2025-03-01T00:00:00\n"
ACCEPTED = '[[accepted]]\nparty = "north"\non = 2025-02-21\nconditions = "if the south does"\n'
BOTH = ACCEPTED + '[[accepted]]\nparty = "south"\non = 2025-02-22\n'
DECLARED = '[[declared]]\nby = "the north"\non = "2025-02-23 08:00"\n'
NO_END = '[ends]\nafter = "30 days"\n'


@pytest.mark.parametrize(
    ("facts", "status", "counterfactual"),
    [
        (STARTED, "ended", False),
        (PROPOSED + COUNTED, "never in effect", True),
        (PROPOSED + ACCEPTED + COUNTED, "never in effect", True),
        (DECLARED + COUNTED, "declared", True),
        (COUNTED, "drafted", True),
    ],
)
def test_status(agreed: Agreed, facts: str, status: str, counterfactual: bool) -> None:
    found = standing(agreed(changed(STARTED, facts)))
    assert (found.status, found.counterfactual) == (status, counterfactual)


def test_without_an_end_it_is_in_effect(agreed: Agreed) -> None:
    assert standing(agreed(changed(NO_END, ""))).status == "in effect"


def test_a_start_in_a_reading_counts(agreed: Agreed) -> None:
    reading = (
        '[[readings]]\nid = "r"\ntitle = "R"\nin_effect = { from = 2025-03-02 }\n'
        'ends = { after = "3 days" }\n'
    )
    assert standing(agreed(changed(STARTED, reading))).status == "ended"


def test_the_sentence_says_who_accepted_and_who_is_not_known_to_have(agreed: Agreed) -> None:
    found = standing(agreed(changed(STARTED, PROPOSED + ACCEPTED + COUNTED)))
    assert found.sentence == (
        "Proposed on 20 February 2025 by a mediator; accepted by North on 21 February 2025 "
        "(if the south does); no acceptance by South is recorded; never took effect."
    )


def test_a_refusal_is_said_and_not_guessed(agreed: Agreed) -> None:
    refused = '[[declined]]\nparty = "south"\non = 2025-02-22\n'
    found = standing(agreed(changed(STARTED, PROPOSED + refused + COUNTED)))
    assert "declined by South on 22 February 2025" in found.sentence
    assert "no acceptance by North is recorded" in found.sentence


def test_what_both_accepted_took_effect(agreed: Agreed) -> None:
    sentence = standing(agreed(changed(STARTED, BOTH + DECLARED + STARTED))).sentence
    assert "no acceptance" not in sentence
    assert "declared by the north on 23 February 2025" in sentence
    assert sentence.endswith("took effect.")


def test_the_last_instant_is_before_the_end(agreed: Agreed) -> None:
    agreement = agreed(BASE)
    assert agreement.in_effect is not None
    found = last_day(effect(agreement.in_effect, agreement.ends, "Europe/Kyiv"))
    assert found is not None
    assert found.isoformat() == "2025-03-30T20:59:59.999999+00:00"
    assert last_day(effect(agreement.in_effect, None, "Europe/Kyiv")) is None


def test_of_what_took_effect_no_missing_acceptance_is_said(agreed: Agreed) -> None:
    assert "acceptance" not in standing(agreed(BASE)).sentence
