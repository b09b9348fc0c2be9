"""Which words name a loan."""

import pytest

from understanding.labels import names


@pytest.mark.parametrize(
    ("label", "text", "named"),
    [
        ("máquina de coser", "la máquina", True),
        ("máquina de coser", "the sewing one", True),
        ("refrigerador", "gonna pay 195 on the fridge one", True),
        ("Refrigerador", "el del refri", True),
        ("puesto de tamales", "lo del puestito", True),
        ("puesto de tamales", "gonna pay 195 on the fridge one", False),
        ("moto", "the motorcycle loan", True),
        ("Moto Italika", "lo de las motos", True),
        ("tienda", "the cow loan", False),
        ("crédito de la casa", "el de la tienda", False),
    ],
)
def test_a_label_is_named_by_its_words_and_by_what_others_call_the_thing(label: str, text: str, named: bool) -> None:
    assert names(label, text) is named
