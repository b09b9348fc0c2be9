"""Nobody can be known from a phrase, and what must be learnt from it stays."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from insight.masking import Known, Marks, masked
from insight.names_said import fold, name_words

KNOWN = Known(
    people=("Guadalupe Hernández Ruiz", "Luz Ortiz", "Juan de la Cruz Pérez", "Domingo Mora Paz", "María-José O'Neil"),
    bodies=("Caja Ejemplo", "Caja Ejemplo, S.C."),
    numbers=("LN-1001", "C-1", "A/77"),
)
MARKS = Marks("NAME", "NUMBER", "CONTACT")

STAYS = """
el viernes 500
500 el 20
pago 1500 el 20 de noviembre
ya pagué 1,500.50 y debo 2.300
1.500.000 pesos
pago el 20/11/2026 500
el 28/11 le doy otros 1000
2026-11-20 pago 800
pago 20-nov
500pesos mañana
pago500 hoy
MXN500 el lunes
2 cuotas de $350
entre 300 y 1500
quede en pagar 3000 no 3500
le pago a las 10:30
1a cuota 350
#3 por favor
pago 1950
el proximo martes 24 le deposito 850.00 pesos
me cortaron la luz
debo mora de 200
el domingo le pago 300
soy su hija
soy otra persona
ESTOY ENFERMO Y SIN LUZ
quiero hablar con una persona
fui al Banco Azteca a pagar
I'll pay two hundred on Friday
déjenme en paz
👍 ok
🙋🏽‍♂️ buenas
i don't know who that is
no me llamo así
está en Estados Unidos
"""

GIVES_WAY = """
soy Guadalupe y le pago el viernes 500 > soy NAME y le pago el viernes 500
SOY GUADALUPE HERNANDEZ > SOY NAME
soy guadalupe hernandes, ya pagué 300 > soy NAME, ya pagué 300
Juan de la Cruz no vive aqui > NAME no vive aqui
hable con luz ortiz > hable con NAME
Luz me dijo que pagara > NAME me dijo que pagara
soy domingo > soy NAME
habla maria jose oneil > habla NAME oneil
Maria-José O'Neil > NAME
no trabajo en caja ejemplo > no trabajo en NAME
me llamo juan perez y ya pague > me llamo NAME y ya pague
mi nombre es Rosa Elena Tzec Uc > mi nombre es NAME
my name is john smith and I can pay 50 > my name is NAME and I can pay 50
soy la señora Lupita > soy la señora NAME
mi hija María López paga > mi hija NAME paga
don beto me cobra > don NAME me cobra
le pague a un tal Pedro Infante ayer > le pague a un tal NAME ayer
mi cel es 55 1234 5678 > mi cel es NUMBER
(55) 1234-5678 marqueme > NUMBER marqueme
+52 1 55 1234 5678 > NUMBER
987.654.321 > NUMBER
12.345.678 > NUMBER
5 5 1 2 3 4 5 6 7 8 > NUMBER
nueve ocho siete seis cinco cuatro > NUMBER
folio 123 de mi pago > folio NUMBER de mi pago
transferi 2500 el 15 ref 998 > transferi 2500 el 15 ref NUMBER
mi # de cliente es 5567 > mi # de cliente es NUMBER
terminacion 4321 > terminacion NUMBER
mi contrato LN-1001 > mi contrato NUMBER
el credito P-1001 no es mio > el credito NUMBER no es mio
soy c-1 > soy NUMBER
cuenta a/77 > cuenta NUMBER
mi curp es HEGG850412MDFRRD09 > mi curp es NUMBER
HEGG850412 > NUMBER
le deposite 15000 > le deposite NUMBER
nací el 12/04/1985 > nací NUMBER
12 de abril de 1985 > NUMBER
nacida en 1985 > nacida NUMBER
el 12/04/85 > el NUMBER
escribame a lupe.h@gmail.com > escribame a CONTACT
vea www.face.com/lupe?id=1 > vea CONTACT
soy @lupita en telegram > soy CONTACT en telegram
"""


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_what_is_needed_to_learn_stays(text: str) -> None:
    assert masked(text, KNOWN, MARKS) == text


@pytest.mark.parametrize("line", GIVES_WAY.strip().splitlines())
def test_what_tells_who_it_is_gives_way(line: str) -> None:
    text, left = line.split(" > ")
    assert masked(text, KNOWN, MARKS) == left


def test_phrases_that_teach_lose_nothing_but_names() -> None:
    taught = [
        line.strip().removeprefix("- ")
        for file in sorted((Path(__file__).parents[2] / "nlu_data").glob("e[ns]/*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in block.get("examples", "").splitlines()
    ]
    changed = [each for each in taught if masked(each, KNOWN, MARKS) != " ".join(each.split())]
    assert len(changed) < len(taught) / 100, changed


def test_signs_that_nobody_sees_hide_nothing() -> None:
    assert masked("cel 55\u200b1234\u200d5678\u00ad90", KNOWN, MARKS) == "cel NUMBER"
    assert masked("soy Gua\u200bdalupe", KNOWN, MARKS) == "soy NAME"
    assert masked("Herna\u0301ndez\nllamó", KNOWN, MARKS) == "NAME llamó"


FILLING = st.sampled_from(
    [
        "hola",
        "pago",
        "el viernes",
        "500",
        "y",
        "de",
        ",",
        ".",
        "-",
        " ",
        "\n",
        "la",
        "soy",
        "no",
        "\u200b",
        "(",
        "/",
        "1,5",
    ]
)
DIGITS = st.text("0123456789٣४", min_size=1, max_size=14)
TEXTS = st.lists(st.one_of(FILLING, DIGITS, st.text(max_size=6)), max_size=12).map("".join)
LETTERS = st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)
NAMES = st.lists(st.text(LETTERS, min_size=3, max_size=9), min_size=1, max_size=3).map(" ".join)


@given(TEXTS)
def test_no_long_number_survives(text: str) -> None:
    assert not re.search(r"\d{5,}", masked(text, KNOWN, MARKS))


@given(TEXTS)
def test_what_was_masked_once_stays_as_it_is(text: str) -> None:
    once = masked(text, Known(), MARKS)
    assert not re.search(r"\d{5,}", masked(once, Known(), MARKS))
    assert "\n" not in once


@given(NAMES, st.lists(FILLING | DIGITS, max_size=5), st.lists(FILLING | DIGITS, max_size=5), st.data())
def test_no_known_name_survives(name: str, before: list[str], after: list[str], data: st.DataObject) -> None:
    words = set(name_words(name))
    assume(all(len(each) >= 3 for each in words))
    assume(not words & {"name", "number", "contact"})
    said = data.draw(st.sampled_from([name, name.upper(), name.lower(), name.title()]))
    text = " ".join([*before, said, *after])
    left = masked(text, Known(people=[name]), MARKS)
    telling = words - _everyday()
    assert not telling & {fold(each) for each in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", left))}


def _everyday() -> frozenset[str]:
    """Names that are ordinary words, which stay where they stand as such."""
    from insight.names_said import _LISTS

    return _LISTS["ordinary"]
