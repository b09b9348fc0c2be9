"""What is said to a read-back and only looks like a yes."""

import pytest

from understanding.normalize import normalize
from understanding.read_back import is_on_condition, names_it_again


@pytest.mark.parametrize(
    "text", ["eso, el 30, confirmado", "el 30, confirmado", "correcto, 500 el lunes", "exacto, 300"]
)
def test_what_was_read_back_is_named_again(text: str) -> None:
    assert names_it_again(normalize(text))


@pytest.mark.parametrize(
    "text",
    [
        "le confirmo el viernes",
        "I never agreed to 300",
        "de donde saca 300, eso es mentira",
        "trato de pagar el viernes",
        "confirme si cayeron los 300",
        "cuando me paguen el viernes le confirmo",
        "el 30",
    ],
)
def test_more_words_are_no_yes(text: str) -> None:
    assert not names_it_again(normalize(text))


@pytest.mark.parametrize(
    ("text", "on_condition"),
    [
        ("si me pagan el viernes", True),
        ("depende si me pagan el viernes", True),
        ("Si vendo, 300", True),
        ("sí, 300 el viernes", False),
        ("sí, me pagan el viernes", False),
    ],
)
def test_a_condition_is_no_yes(text: str, on_condition: bool) -> None:
    assert is_on_condition(normalize(text)) is on_condition
