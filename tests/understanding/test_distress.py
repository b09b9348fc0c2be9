"""Phrases of many voices. What is 'left to the model' in distress.txt the rules alone do not reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.phrases import section
from understanding.distress import is_distress


@pytest.mark.parametrize("text", section("distress.txt", "distress"))
def test_distress_is_heard(text: str) -> None:
    assert is_distress(text)
    assert is_distress(text.upper())
    assert is_distress(f"hola buenas, {text}")


@pytest.mark.parametrize("text", section("distress.txt", "idiom"))
def test_idioms_and_bereavement_are_not_distress(text: str) -> None:
    assert not is_distress(text)


@pytest.mark.parametrize(
    "text",
    [
        "me kiero morir",
        "m e  q u i e r o  m o r i r",
        "me quiero m0rir",
        "mequieromorir",
        "me quiero mo rir",
        "me quiero mooooriiir",
        "ME QUIERO MORIR!!!",
        "me qiero mrir",
        "me quiero... morir",
        "señorita no puedo pagar, me quiero morir, perdón",
        "cuánto debo? es que me quiero morir",
        "denme de baja que me quiero morir",
    ],
)
def test_no_spelling_and_no_other_wish_hides_it(text: str) -> None:
    assert is_distress(text)


def test_to_be_at_the_end_of_ones_strength_is_not_to_be_at_the_end_of_ones_money() -> None:
    assert is_distress("ya no puedo más")
    assert not is_distress("ya no puedo más con la cuota")
    assert not is_distress("ya no puedo")


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert is_distress(text) in {True, False}
