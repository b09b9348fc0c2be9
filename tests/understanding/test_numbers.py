import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.normalize import normalize
from understanding.numbers import write_digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mil quinientos", "1500"),
        ("mil 500", "1500"),
        ("dos mil quinientos", "2500"),
        ("2 mil 500", "2500"),
        ("1.5 mil", "1500"),
        ("1k", "1000"),
        ("quinientos cincuenta", "550"),
        ("treinta y cinco", "35"),
        ("veintiún mil", "21000"),
        ("ciento veinte mil 500", "120500"),
        ("un millón doscientos mil", "1200000"),
        ("a thousand five hundred", "1500"),
        ("one hundred and fifty bucks", "150 bucks"),
        ("five hundred and three hundred", "500 and 300"),
        ("twenty-five hundred", "2500"),
        ("mil gracias", "gracias"),
        ("a la una", "a la una"),
        ("mil 20 de noviembre", "1000 20 de noviembre"),
        ("cien pesos con cincuenta centavos", "100.50 pesos"),
    ],
)
def test_number_words_become_digits(text: str, expected: str) -> None:
    assert write_digits(normalize(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KIERO pagar 500el viernezzz", "quiero pagar 500 el viernes"),
        ("xq no, asta el biernes", "porque no, hasta el viernes"),
        ("mñna <b>le</b> pago", "manana le pago"),
        ("pagué 300", "ya pague 300"),
        ("I'll pay", "ill pay"),
        ("pal savado", "para el sabado"),
    ],
)
def test_chat_spelling_is_made_regular(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text(max_size=300))
def test_any_text_is_normalised(text: str) -> None:
    assert isinstance(write_digits(normalize(text)), str)
