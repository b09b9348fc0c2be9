import pytest

from understanding.receipts import names_receipt


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("comprobante de mi pago de hoy", True),
        ("Aquí le mando el comprobante del depósito de 300", True),
        ("buenas, le paso la captura", True),
        ("here's the receipt for friday's payment", True),
        ("este recibo no es mío", False),
        ("recibo de luz. cuánto debo?", False),
        ("mi recibo dice 800, por qué?", False),
        ("el viernes le mando el comprobante", False),
        ("cuánto debo", False),
    ],
)
def test_a_picture_is_named_and_nothing_else_is_said(text: str, named: bool) -> None:
    assert names_receipt(text) is named
