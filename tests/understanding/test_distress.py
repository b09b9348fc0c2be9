import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.phrases import section
from understanding.distress import is_distress


@pytest.mark.parametrize("text", section("distress_phrases.txt", "distress"))
def test_distress_is_heard(text: str) -> None:
    assert is_distress(text)
    assert is_distress(text.upper())
    assert is_distress(f"señorita no puedo pagar, {text}, perdón")


@pytest.mark.parametrize("text", section("distress_phrases.txt", "idiom"))
def test_idioms_and_bereavement_are_not_distress(text: str) -> None:
    assert not is_distress(text)


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert is_distress(text) in {True, False}
