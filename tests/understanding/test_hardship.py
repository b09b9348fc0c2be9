"""A death in the family is the borrower's grief; the borrower's own death is told by somebody else."""

import pytest

from understanding.hardship import kind_of_hardship


@pytest.mark.parametrize(
    "text",
    [
        "soy su hija, mi mamá ya falleció",
        "Lupita falleció en octubre, soy su hermana",
        "marcus passed away last month",
        "ese señor ya se murió",
        "el finado era mi papá",
        "buenas, doña Lupe murió en mayo",
        "she died in june, i'm her son",
        "that was my brothers number, he passed away in spring",
        "ese cel era de mi suegra, ya falleció",
        "mi mamá falleció el domingo. les aviso porque siguen llegando mensajes a su teléfono",
        "my mom passed away and your reminders keep coming to her phone",
    ],
)
def test_the_borrower_died(text: str) -> None:
    assert kind_of_hardship(text) == "deceased"


@pytest.mark.parametrize("text", ["mi mamá falleció ayer", "ayer murió mi tío", "se murió mi abuelo", "my dad died"])
def test_the_borrower_grieves(text: str) -> None:
    assert kind_of_hardship(text) == "vulnerable"


@pytest.mark.parametrize("text", ["me quedé sin trabajo", "no vendí nada", "the phone died", "lost my job"])
def test_about_money(text: str) -> None:
    assert kind_of_hardship(text) != "deceased"
