import pytest

from tests.understanding.phrases import section
from understanding.stop_words import is_start, is_stop


@pytest.mark.parametrize("text", section("stop_words.txt", "stop"))
def test_a_demand_to_stop_is_heard(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", section("stop_words.txt", "not stop"))
def test_shared_words_alone_do_not_stop(text: str) -> None:
    assert not is_stop(text)


@pytest.mark.parametrize("text", section("stop_words.txt", "start"))
def test_a_wish_for_messages_is_heard(text: str) -> None:
    assert is_start(text)
    assert not is_stop(text)


@pytest.mark.parametrize("text", section("stop_words.txt", "not start"))
def test_shared_words_alone_do_not_start(text: str) -> None:
    assert not is_start(text)


@pytest.mark.parametrize("word", ["STOP", "ALTO", "BAJA", "PARE", "END", "stop.", "¡ALTO!", " baja ", "Stop 🛑"])
def test_bare_stop_words(word: str) -> None:
    assert is_stop(word)


@pytest.mark.parametrize("word", ["ALTA", "START", "INICIAR", "UNSTOP", "alta!"])
def test_bare_start_words(word: str) -> None:
    assert is_start(word)


@pytest.mark.parametrize(
    "text",
    [
        "sólo por la tarde",
        "no me llamen al trabajo, escríbanme",
        "no me escriban en la mañana, mejor en la tarde",
        "no me llame, mejor un mensajito",
        "dont call me, text me",
    ],
)
def test_a_limit_is_no_end(text: str) -> None:
    assert not is_stop(text)


def test_a_limit_beside_a_demand_does_not_weaken_it() -> None:
    assert is_stop("no me escriban en la mañana ni nunca, borren mi número")


def test_to_cancel_is_to_pay() -> None:
    assert not is_stop("cancelar")
    assert not is_stop("quiero cancelar mi deuda")
