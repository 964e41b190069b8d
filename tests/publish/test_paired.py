"""Two reports beside each other: what is said of them, and that hostile words stay inert."""

from datetime import UTC, datetime
from typing import Any

import pytest

from holdfire.publish.paired import Pair, likely, pair_text, percent, sentence

WORDINGS = {
    "time": {"overlap": "the times they give overlap"},
    "place": {"near": "their places are {distance} apart", "odd": "{nobody} and {a.b} stay"},
    "act": {"broader": "one names a kind of the act that the other names ({a}, {b})"},
    "actor": {"same": "both hold the same actor possible, {a}"},
    "casualties": {"close": "the numbers of deaths are close ({a}, {b})"},
}
FIRST: dict[str, Any] = {
    "act": "shelling", "actors": ["north"], "deaths_best": 2, "outlet": "The Gazette", "row": 7,
    "file": "reports/a.csv", "place_name": "Millbrook", "lon": 30.5, "lat": 48.25,
    "radius_m": 5000.0, "summary": "Shells fell.",
    "occurred_from": datetime(2025, 3, 18, tzinfo=UTC),
    "occurred_to": datetime(2025, 3, 19, tzinfo=UTC),
}  # fmt: skip
SECOND = FIRST | {
    "act": "indirect-fire",
    "deaths_best": None,
    "outlet": "The Herald",
    "actors": None,
}
ROW: dict[str, Any] = {
    "report_a": "R-a", "report_b": "R-b", "probability": 0.82, "prior": -4.0, "joined": True,
    "time": "overlap", "time_bits": 1.5, "place": "near", "place_bits": 3.0, "distance_m": 1250.0,
    "apart_h": 0.0, "act": "broader", "act_bits": 2.25, "actor": None, "actor_bits": None,
    "casualties": "close", "casualties_bits": -0.55, "competition_bits": 0.0, "decided": None,
}  # fmt: skip


def _pair(**changed: Any) -> Pair:
    return Pair(ROW | changed, FIRST, SECOND, WORDINGS, {"north": "The North"})


def test_the_sentence_names_what_weighs_most_first() -> None:
    assert sentence(_pair()) == (
        "Probably the same (82 %): their places are 1.2 km apart, one names a kind of the act "
        "that the other names (shelling, indirect fire), the times they give overlap; against it: "
        "the numbers of deaths are close (2, not told)."
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"competition_bits": -2.0}, "other reports fit as well or better"),
        ({"decided": "same"}, "A reviewer decided that they are one incident."),
        ({"decided": "different"}, "A reviewer decided that they are different incidents."),
        ({"actor": "same", "actor_bits": 4.0},
         "Probably the same (82 %): both hold the same actor possible, The North"),
        ({"probability": 0.997}, "(over 99 %)"),
        ({"place": "a level nobody worded"}, "a level nobody worded"),
        ({"place": "odd"}, "{nobody} and {a.b} stay"),
    ],
)  # fmt: skip
def test_what_the_sentence_says(changed: dict[str, Any], said: str) -> None:
    assert said in sentence(_pair(**changed))


@pytest.mark.parametrize(
    ("probability", "words", "figure"),
    [(1.0, "the same, as good as certain", "100 %"), (0.95, "the same, as good as certain", "95 %"),
     (0.6, "rather the same than not", "60 %"), (0.3, "rather different than the same", "30 %"),
     (0.004, "different, as good as certain", "under 1 %"),
     (0.0, "different, as good as certain", "0 %")],
)  # fmt: skip
def test_a_probability_in_words(probability: float, words: str, figure: str) -> None:
    assert (likely(probability), percent(probability)) == (words, figure)


def test_the_whole_pair_shows_every_weight_and_both_reports() -> None:
    text = pair_text(_pair(), "UTC")
    assert text.startswith("R-a and R-b: 82 % the same, in one incident\n")
    assert "  a  shelling, 2 said killed\n" in text
    assert "     The Herald, row 7 of reports/a.csv\n" in text
    assert "  before       -4.0  about one in 17 such candidates is the same\n" in text
    assert "  place        +3.0  their places are 1.2 km apart\n" in text
    assert "actor" not in text.split("weights in bits")[1]
    assert all(len(line) <= 100 for line in text.splitlines())


def test_hostile_words_are_inert() -> None:
    nasty = {"summary": "\x1b[2J\u202eevil\nline", "outlet": "\x07bell", "file": "a\x1b.csv"}
    text = pair_text(Pair(ROW, FIRST | nasty, SECOND, WORDINGS, {}), "UTC")
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
