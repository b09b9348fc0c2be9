from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.identity import IdentityProof, names_only_birthday, read_identity, with_birthday
from understanding.instead_of_proof import asks_why, fetches, lacks_document, names_datum

BORN = date(1985, 4, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12/04/85",
        "12-4-1985",
        "12.04.1985",
        "12/abril/1985",
        "1985-04-12",
        "12041985",
        "abril 12 1985",
        "april 12, 1985",
        "April 12th 1985",
        "12 abril 85",
        "nací un 12 de abril del año de 1985, para servirle",
        "April 12, in the year 1985",
        "nací el 12 de abril del 85",
        "el 12 del 4 del 85",
        "12 4 85",
        "doce de abril de mil novecientos ochenta y cinco",
        "soy Lupita, 12-abr-1985",
        "mi CURP es HERG850412MDFRZD09",
        "RFC: HERG850412AB1",
    ],
)
def test_a_birth_date_in_any_form(text: str) -> None:
    assert read_identity(text) == IdentityProof(BORN, None)


@pytest.mark.parametrize(
    "text",
    [
        "4321",
        "43 21",
        "4 3 2 1",
        "termina 43 21",
        "terminacion cuatro tres dos uno",
        "cuarenta y tres veintiuno",
        "mi ine es 4321",
        "los ultimos cuatro son 4321",
        "my id ends in 4321",
        "DNI 87654321",
        "INE 1234567894321",
    ],
)
def test_a_document_ending_in_any_form(text: str) -> None:
    assert read_identity(text) == IdentityProof(None, "4321")


@pytest.mark.parametrize(
    "text",
    [
        "12 de abril de 1985, mi INE termina en 4321",
        "12.04.1985 4321",
        "ID 4321 and born 12 April 1985",
        "fecha: 12/04/1985 documento: 4321",
    ],
)
def test_both_at_once(text: str) -> None:
    assert read_identity(text) == IdentityProof(BORN, "4321")


@pytest.mark.parametrize("text", ["hola", "500", "no me acuerdo", "31/02/1985", "12/13/1985", "le pago 500 el viernes"])
def test_nothing_that_proves(text: str) -> None:
    assert read_identity(text) == IdentityProof()


@pytest.mark.parametrize(
    "birthday", ["12 de abril", "nací el doce de abril", "abril 12", "April 12th", "12/04", "12 abr"]
)
@pytest.mark.parametrize("year", ["1985", "del 85", "nací en el 85", "en mil novecientos ochenta y cinco", "in 1985"])
def test_a_year_that_comes_later(birthday: str, year: str) -> None:
    named = names_only_birthday(birthday)
    assert named is not None
    assert read_identity(with_birthday(named, year)) == IdentityProof(BORN, None)


@pytest.mark.parametrize("text", ["12 de abril de 1985", "4321", "hola", "500", "en abril"])
def test_no_birthday_whose_year_lacks(text: str) -> None:
    assert names_only_birthday(text) is None


@pytest.mark.parametrize("text", ["4321", "cuánto debo", "12/04/1985", "le pago 500"])
def test_more_than_a_year_stands_for_itself(text: str) -> None:
    assert with_birthday("12 de abril", text) == text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("y eso como para qué lo ocupan?", True),
        ("para qué?", True),
        ("por qué me piden mi fecha", True),
        ("why do you need that", True),
        ("what for", True),
        ("por qué le voy a dar mi fecha", True),
        ("12 de abril", False),
        ("no me acuerdo", False),
        ("cuánto debo", False),
        ("what are my options", False),
    ],
)
def test_what_a_datum_is_asked_for(text: str, asks: bool) -> None:
    assert asks_why(text) is asks


@pytest.mark.parametrize(
    ("hears", "text"),
    [
        (lacks_document, "no traigo mi credencial ahorita"),
        (names_datum, "puedo mandarle foto de la credencial?"),
        (names_datum, "no vayan a hacer mal uso de mis datos"),
        (fetches, "espéreme tantito voy por mis lentes"),
        (fetches, "my id is in the car give me a sec"),
    ],
)
def test_what_is_said_instead_of_a_proof(hears: Callable[[str], bool], text: str) -> None:
    assert hears(text)


@pytest.mark.parametrize("text", ["no reconozco esa deuda, no doy mis datos", "cuánto debo", "ya pagué con mi INE"])
def test_what_is_no_talk_of_the_proof(text: str) -> None:
    assert not names_datum(text)
    assert not fetches(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    proof = read_identity(text)
    assert proof.document_ending is None or len(proof.document_ending) == 4
