"""How a text sounds is asked of Rasa once; what it does not tell, or tells wrongly, stays unheard."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from bot.dialogue import Dialogue
from bot.ear import PATIENCE, Ear
from tests.bot.rasa import Rasa, serving


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    with serving(Rasa([])) as running:
        yield running


def heard(url: str, *texts: str) -> dict[str, float]:
    with closing(Dialogue(url, "token")) as dialogue:
        return Ear(dialogue).hear(texts)


def test_each_text_has_its_share(rasa: Rasa) -> None:
    rasa.guesses = {"Hola.": {"tone": {"unkind": 0.1}}, "Pague ya.": {"tone": {"unkind": 1}}}
    assert heard(rasa.url, "Hola.", "Pague ya.") == {"Hola.": 0.1, "Pague ya.": 1.0}


def test_a_text_is_asked_about_once_and_a_failure_again(rasa: Rasa) -> None:
    with closing(Dialogue(rasa.url, "token")) as dialogue:
        ear = Ear(dialogue)
        assert ear.hear(["Hola."]) == {}
        rasa.guesses = {"Hola.": {"tone": {"unkind": 0.1}}}
        assert ear.hear(["Hola."]) == {"Hola.": 0.1}
        rasa.guesses = {}
        assert ear.hear(["Hola."]) == {"Hola.": 0.1}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"tone": None},
        {"tone": {}},
        {"tone": 0.1},
        {"tone": {"unkind": "0.1"}},
        {"tone": {"unkind": True}},
        {"tone": {"unkind": -0.1}},
        {"tone": {"unkind": 1.1}},
        {"tone": {"unkind": float("nan")}},
        [],
        "kind",
        None,
    ],
)
def test_an_answer_that_is_none_leaves_the_text_unheard(rasa: Rasa, answer: Any) -> None:
    rasa.guesses = {"Hola.": answer}
    assert heard(rasa.url, "Hola.") == {}


def test_nobody_there_leaves_all_unheard() -> None:
    assert heard("http://127.0.0.1:9", "Hola.", "Adiós.") == {}


def test_one_that_hangs_is_waited_for_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert heard(f"http://127.0.0.1:{silent.getsockname()[1]}", "Hola.", "Adiós.", "Gracias.") == {}
        assert time.monotonic() - begun < 2 * PATIENCE
