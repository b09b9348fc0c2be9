"""A death in the family is the borrower's grief; the borrower's own death is told by somebody else."""

import pytest

from understanding.hardship import kind_of_hardship, tells_what_is_over


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
        "hi this is her son. my mom passed away on sunday, please dont expect any payment from her",
        "buenas noches, el dueño de este celular era mi papá, falleció hace tres semanas",
    ],
)
def test_the_borrower_died(text: str) -> None:
    assert kind_of_hardship(text) == "deceased"


@pytest.mark.parametrize(
    "text",
    [
        "mi mamá falleció ayer",
        "ayer murió mi tío",
        "se murió mi abuelo",
        "my dad died",
        "Sí soy la titular del teléfono, mi esposo murió el lunes",
        "This is his wife, our son died",
        "I'm her husband and my mother died last week",
    ],
)
def test_the_borrower_grieves(text: str) -> None:
    assert kind_of_hardship(text) == "vulnerable"


@pytest.mark.parametrize("text", ["me quedé sin trabajo", "no vendí nada", "the phone died", "lost my job"])
def test_about_money(text: str) -> None:
    assert kind_of_hardship(text) != "deceased"


@pytest.mark.parametrize(
    ("text", "is_over"),
    [
        ("hace años pasé por una depresión fea, ya salí de eso. ahora sí quiero ponerme al corriente", True),
        ("mi ex me pegaba hace mucho, ya estoy tranquila. quiero saber cuánto debo", True),
        ("i was in a dark place years ago but i'm good now, what's my balance", True),
        ("hace años pasé por una depresión y otra vez no me levanto de la cama", False),
        ("hace años estuve muy mal, ya estaba bien pero hoy ya no puedo con esto", False),
        ("ya estoy bien, gracias", False),
        ("years ago i got over it but lately it's back", False),
    ],
)
def test_a_bad_time_that_is_over(text: str, is_over: bool) -> None:
    assert tells_what_is_over(text) is is_over
