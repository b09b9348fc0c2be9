import pytest

from understanding.spelling import corrected, number_before_mil


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("biernez", "viernes"),
        ("juebes", "jueves"),
        ("kinse", "quince"),
        ("nobesientos", "novecientos"),
        ("domigno", "domingo"),
        ("quinientso", "quinientos"),
        ("milquinientos", "mil quinientos"),
        ("doscientospesos", "doscientos pesos"),
        ("decembr", "december"),
        ("tomorow", "tomorrow"),
    ],
)
def test_a_slip_is_put_right(word: str, meant: str) -> None:
    assert corrected(word) == meant


@pytest.mark.parametrize(
    "word", ["siento", "vienes", "domino", "manzana", "sesenta", "novena", "barros", "quincenas", "doscientas"]
)
def test_a_word_that_is_right_is_left_alone(word: str) -> None:
    assert corrected(word) == word


@pytest.mark.parametrize(("word", "meant"), [("cuatr", "cuatro"), ("sinc", "sinc"), ("los", "los"), ("nueva", "nueve")])
def test_a_number_stands_before_a_thousand(word: str, meant: str) -> None:
    assert number_before_mil(word) == meant
