"""Stance: sentences of every kind, about ceasefires of many wars, and what they tell."""

from __future__ import annotations

import pytest

from holdfire.statements.stance import stances
from tests.statements.stance.marked import marked

OFFERED = "The mediators had put forward a ceasefire.\n\n"
IN_FORCE = "A truce took effect on Monday, and both sides spoke of breaches.\n\n"

ACTS = [
    ("accepts", "[Kyiv|ukraine] {accepted} <the proposal>."),
    ("accepts", "[Islamabad|pakistan] {has agreed to} <the ceasefire along the Line of Control>."),
    ("accepts", "<The armistice> {was signed} {+by} [the Korean People's Army|north-korea]."),
    ("accepts", "[The TPLF|tplf] {endorsed} <the cessation of hostilities>."),
    ("accepts", "[Hamas|hamas] {said yes to} <the plan>."),
    ("accepts", "[The guerrillas|eln] {agreed} <to extend the truce>."),
    ("accepts", "[The army|saf] {welcomed} <the seven-day humanitarian pause>."),
    ("accepts", "[Baku|azerbaijan] {backs} <the deal>."),
    ("accepts", "[New Delhi|india] {will observe} <the truce>."),
    ("accepts", "[The movement|hamas] {is committed to} <the agreement>."),
    ("accepts", "[The government|colombia] {praised} <the agreement>."),
    ("rejects", "[Moscow|russia] {rejected} <the ceasefire>."),
    ("rejects", "[Seoul|south-korea] {refused} <to sign the armistice>."),
    ("rejects", "[The Rapid Support Forces|rsf] {turned down} <the offer>."),
    ("rejects", "[Yerevan|armenia] {did not accept} <the ceasefire>."),
    ("rejects", "[The ELN|eln] {has never agreed to} <the truce>."),
    ("rejects", "[The minister|israel] {opposes} <the deal>."),
    ("rejects", "[The bloggers|russia] {reacted negatively to} <the 30-day ceasefire proposal>."),
    ("rejects", "[The opposition|ukraine] {ridiculed} <the plan>."),
    ("rejects", "[The rebels|farc-ep] {agreed} <to end the truce>."),
    ("rejects", "[The rebels|farc-ep] {refused} <to extend the ceasefire>."),
    ("rejects", "[Addis Ababa|ethiopia] {is not interested in} <a truce>."),
    ("rejects", "[The commander|rsf] {withdrew from} <the ceasefire>."),
    ("proposes", "[Washington|united-states] {proposed} <a 30-day ceasefire>."),
    ("proposes", "[The secretary-general] {called for} <an immediate ceasefire in Sudan>."),
    ("proposes", "[The pope] {urged} <both sides to stop the fighting>."),
    ("proposes", "[The African Union] {appealed for} <a cessation of hostilities>."),
    ("proposes", "[Putin|russia] {declared} <an Easter truce>."),
    ("proposes", "[Bogota|colombia] {offered} <to extend the truce>."),
    ("proposes", "[London|united-kingdom] {demanded} <a full ceasefire>."),
    ("unclear", "[Moscow|russia] {has not yet accepted} <the plan>."),
    ("unclear", "[Moscow|russia] {hopes} <that the truce will hold>."),
    ("unclear", "[Doha|qatar] {doubts} <that the ceasefire will last>."),
    ("unclear", "[Kyiv|ukraine] {is studying} <the proposal>."),
]

WORDS = [
    ("accepts", "[Zelensky|ukraine] {said} <that Ukraine was ready to accept the ceasefire>."),
    ("accepts", "[The spokesman|israel] {said} <that Israel supports the deal>."),
    ("accepts", "“<We agree to this ceasefire>,” [he|armenia] {said}."),
    ("accepts", "[The prime minister|pakistan] {called} <the truce a victory for peace>."),
    ("accepts", "[The general|ethiopia] {told} reporters <that the army would respect the truce>."),
    ("accepts-on-conditions", "[He|russia] {said} <Russia agreed to the ceasefire, but there were nuances>."),
    ("accepts-on-conditions", "[He|hamas] {said} <the movement would accept a truce only if the troops left>."),
    ("accepts-on-conditions", "[She|ukraine] {said} <Ukraine accepts, provided that Russia does the same>."),
    ("accepts-on-conditions", "[He|israel] {said} <Israel would keep to the ceasefire as long as Hamas did>."),
    ("accepts-on-conditions", "[The rebels|eln] {agreed in principle to} <the ceasefire>."),
    ("accepts-on-conditions", "[Khartoum|sudan] {would accept} <a truce once the militia left the cities>."),
    ("accepts-on-conditions", "[The envoy|armenia] {said} <the truce was subject to the release of prisoners>."),
    ("accepts-on-conditions", "[The Kremlin|russia] {said} <any truce must address the root causes of the war>."),
    ("rejects", "[Ushakov|russia] {said} <that the truce was nothing more than a respite for the enemy>."),
    ("rejects", "[One blogger] {wrote} <that accepting the ceasefire would be pure betrayal>."),
    ("rejects", "[The minister|israel] {called} <the agreement a reckless mistake>."),
    ("rejects", "[He|rsf] {said} <that his forces would not observe the truce>."),
    ("rejects", "[She|india] {said} <India was no longer bound by the ceasefire>."),
    ("rejects", "[He|tplf] {told} the BBC <the ceasefire was a trap>."),
    ("rejects", "[The leader|eln] {said} <a ceasefire would only give the army time to regroup>."),
    ("proposes", "[Macron|france] {said} <Russia must accept the ceasefire>."),
    ("proposes", "[The envoy] {said} <the fighting should stop at once and a truce be observed>."),
    ("unclear", "[Zelensky|ukraine] {said} <that Russia had rejected the ceasefire>."),
    ("unclear", "[Trump|united-states] {said} <that Ukraine had agreed to the ceasefire>."),
    ("unclear", "[Rubio|united-states] {said} <there would be sanctions if Moscow refused the ceasefire>."),
    ("unclear", "[The statement] {says} <the ceasefire covers the whole line of contact>."),
    ("unclear", "[The minister|qatar] {said} <talks on the truce would go on>."),
    ("unclear", "[The office|armenia] {said} <the truce could be extended>."),
]  # fmt: skip

BREACHES = [
    ("alleges-violation", "[Kyiv|ukraine] {accused} <Russia of violating the truce>."),
    ("alleges-violation", "[The army|india] {said} <Pakistan had broken the ceasefire 30 times>."),
    ("alleges-violation", "[Baku|azerbaijan] {reported} <that Armenian troops had fired on its positions>."),
    ("alleges-violation", "[Hamas|hamas] {said} <Israel had shelled Rafah despite the truce>."),
    ("alleges-violation", "[The monitors] {counted} <2,935 violations of the ceasefire>."),
    ("alleges-violation", "[The RSF|rsf] {said} <the army bombed its camp, in breach of the truce>."),
    ("alleges-violation", "[Donetsk|dpr] {complained of} <shelling by Ukrainian forces>."),
    ("denies-violation", "[Moscow|russia] {denied} <breaching the truce>."),
    ("denies-violation", "[The army|india] {said} <it had not violated the ceasefire>."),
    ("denies-violation", "[Baku|azerbaijan] {rejected} <the accusations as baseless>."),
    ("denies-violation", "[The spokesman|saf] {said} <the report of a breach was a lie>."),
    ("denies-violation", "[The ministry|russia] {said} <Russian troops had strictly observed the truce>."),
    ("denies-violation", "[Islamabad|pakistan] {dismissed} <the claims of ceasefire violations>."),
    ("denies-violation", "“<We have not fired a single shot>,” [the commander|tplf] {said}."),
    ("unclear", "[The envoy] {warned} <that whoever broke the truce would face sanctions>."),
]  # fmt: skip

ELSEWHERE = [
    ("not-about-it", "[The airline] {plans} <two flights a week>."),
    ("not-about-it", "[The farmers] {expect} <a good harvest this year>."),
    ("not-about-it", "[A teacher] {said} <the school would open in September>."),
]


def _one(before: str, text: str) -> str:
    found = marked(before + text)
    return stances(found.article(), found.attributions, found.speakers, None)[0].value


@pytest.mark.parametrize(("expected", "text"), ACTS)
def test_an_act_of_speech(expected: str, text: str) -> None:
    assert _one(OFFERED, text) == expected


@pytest.mark.parametrize(("expected", "text"), WORDS)
def test_words_about_a_ceasefire(expected: str, text: str) -> None:
    assert _one(OFFERED, text) == expected


@pytest.mark.parametrize(("expected", "text"), BREACHES)
def test_breaches_alleged_and_denied(expected: str, text: str) -> None:
    assert _one(IN_FORCE, text) == expected


@pytest.mark.parametrize(("expected", "text"), ELSEWHERE)
def test_what_is_about_something_else(expected: str, text: str) -> None:
    assert _one("A truce has held for a year.\n\nThe valley is green.\n\n", text) == expected
