import pytest

from understanding.tense import tells_payment_made


@pytest.mark.parametrize(
    "text",
    [
        "ya pagué el lunes",
        "ya deposité 300 ayer, te paso el comprobante",
        "yo pague el viernes, cheque bien",
        "Buenas tardes, deposité 500 el martes",
        "acabo de transferir",
        "hice el pago ayer en la mañana",
        "i paid on monday",
        "we already sent it",
        "paid it yesterday",
    ],
)
def test_a_payment_made_is_told(text: str) -> None:
    assert tells_payment_made(text)


@pytest.mark.parametrize(
    "text",
    [
        "el viernes le deposito 500",
        "que pague mi hermano",
        "no he pagado porque no tengo",
        "ya pagué 300, mañana le doy el resto",
        "i already paid 300 and i will send the rest tomorrow",
        "quiere que pague usted",
        "cuando pague le aviso",
        "",
    ],
)
def test_an_offer_or_a_wish_tells_of_none(text: str) -> None:
    assert not tells_payment_made(text)
