"""Which language is asked for, in a sentence that may name two."""

import pytest

from understanding.language import names_other_language, speaks_neither, wanted_language


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("por qué me llegan en inglés? yo nomás sé español, cámbielo por favor", "es"),
        ("este mensaje está en inglés, no le entiendo", "es"),
        ("me mandaron todo en inglés y yo no sé", "es"),
        ("why is this in spanish? i only speak english", "en"),
        ("why do you write me in spanish", "en"),
        ("the messages come in spanish, i don't get them", "en"),
        ("háblame en español", "es"),
        ("en inglés por favor", "en"),
        ("english please", "en"),
        ("ya no en inglés", "es"),
        ("me llegó en inglés, puede ser en español?", "es"),
        ("de español a inglés", "en"),
        ("from english to spanish please", "es"),
        ("i speak only spanish", "es"),
        ("can i get it in english instead of spanish", "en"),
        ("en vez de inglés, español", "es"),
        ("porque me escriben en ingles si soy mexicano", "es"),
        ("me sale en inglés", "es"),
        ("todo esto viene en inglés", "es"),
        ("my kids read english but i need spanish", "es"),
        ("no spanish", "en"),
        ("mi nieta habla inglés, yo español", "es"),
        ("switch it to english, my spanish is rusty", "en"),
        ("quiero los mensajes en inglés", "en"),
        ("cambie el idioma, está en inglés", "es"),
        ("it's all in spanish, change it", "en"),
        ("quiero cambiar el idioma", None),
    ],
)
def test_the_language_that_is_asked_for(text: str, wanted: str | None) -> None:
    assert wanted_language(text) == wanted


def test_a_language_that_is_not_ours_is_told_from_the_two_that_are() -> None:
    assert names_other_language("¿hablan náhuatl? casi no entiendo el español")
    assert speaks_neither("¿hablan náhuatl? casi no entiendo el español")
    assert not names_other_language("in English please")
