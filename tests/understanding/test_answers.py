import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.phrases import section
from understanding.answers import yes_or_no


@pytest.mark.parametrize("text", section("answers.txt", "yes"))
def test_a_plain_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", section("answers.txt", "no"))
def test_a_plain_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", section("answers.txt", "neither"))
def test_doubts_questions_and_corrections_are_neither(text: str) -> None:
    assert yes_or_no(text) is None


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert yes_or_no(text) in {True, False, None}
