"""SMS parts, by the alphabet of 3GPP TS 23.038 and by the limits that providers bill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.sms import BASIC, EXTENSION, segments, sms

GSM_7 = st.text(st.sampled_from(sorted(BASIC | EXTENSION)))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 1600, 11),
        ("é" * 160, 1),
        ("ñ" * 160, 1),
        ("¿¡üÑÉ$@_" * 20, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("[]{}\\^~|" * 10, 1),
        ("[]{}\\^~|" * 10 + "a", 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # The first part ends one short: '€' is never split.
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" + "a" * 69, 1),
        ("á" + "a" * 70, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("👋" * 35, 1),
        ("👋" * 36, 2),
        ("á" * 66 + "👋" + "á" * 65, 2),
        ("á" * 66 + "👋" + "á" * 66, 3),  # 134 units, but the pair moves to the second part whole.
        ("•", 1),
        ("₡" * 71, 2),
        ("ç" * 71, 2),
        ("Ç" * 160, 1),
        ("a\u00a0" * 36, 2),
        ("\f" * 81, 2),
    ],
)
def test_parts_are_counted_as_they_are_billed(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_the_alphabet_has_its_size() -> None:
    # 128 places, of which one is the escape.
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10


@given(GSM_7)
def test_parts_never_hold_more_than_153_units_nor_waste_more_than_one_each(text: str) -> None:
    units = sum(2 if letter in EXTENSION else 1 for letter in text)
    parts = segments(text)
    if units <= 160:
        assert parts == 1
    else:
        assert -(-units // 153) <= parts <= -(-units // 152)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("¿Cuánto debía aquí, según él?", "¿Cuanto debia aqui, segun él?"),
        ("Mañana es su próximo pago, señor Güemes", "Mañana es su proximo pago, señor Güemes"),
        ("ÁRBOL ÍNDICE ÓSCAR ÚRSULA É", "ARBOL INDICE OSCAR URSULA É"),
        ("«ya pagué» “sí” ’ – — …", '"ya pagué" "si" \' - - ...'),
        ("Hola, Lupe. 👋 Soy", "Hola, Lupe. Soy"),
        ("Gracias 🙏🏽", "Gracias"),
        ("• LN-1: $1,250.50\n• LN-2: $80.00", "- LN-1: $1,250.50\n- LN-2: $80.00"),
        ("6:00\u202fp.\u00a0m.", "6:00 p. m."),
        ("2.ª vez, n.º 3", "2.a vez, n.o 3"),
        ("• Oxxo\n  1234", "- Oxxo\n  1234"),
        ("", ""),
    ],
)
def test_an_sms_keeps_its_words_and_sheds_the_letters_that_make_it_dear(written: str, sent: str) -> None:
    assert sms(written) == sent


def test_names_in_other_alphabets_are_not_mutilated() -> None:
    assert sms("Nguyễn, su pago") == "Nguyễn, su pago"


@given(st.text(st.sampled_from("aáéíóúüñÑÁÉÍÓÚ¿?¡! ,.$0123456789•«»…👋🙏\n")))
def test_spanish_always_fits_the_cheap_alphabet(text: str) -> None:
    assert set(sms(text)) <= BASIC


@given(st.text())
def test_sending_twice_changes_nothing_more(text: str) -> None:
    assert sms(sms(text)) == sms(text)
