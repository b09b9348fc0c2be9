"""Which words may not be sent to a borrower, also misspelt or between the lines, and which only sound hard."""

from typing import Any

import pytest

from locales import phrases
from outreach import tone

# Written to whoever works here, not to a borrower.
TO_STAFF = "page."

REFUSED = {
    "Si no paga irá a la cárcel.": "legal",
    "L4 p0l1cía lo espera, deposite.": "legal",
    "Pague o aténgase a las consecuencias.": "threat",
    "Hablaremos con su jefe sobre su deuda.": "third_party",
    "We will tell your family what you owe.": "third_party",
    "Publicaremos su foto en la lista de deudores.": "shame",
    "ULTIMO AVISO: pague hoy.": "urgency",
    "Usted es un sinvergüenza.": "insult",
    "You won a prize! Call us to claim it.": "deceit",
    "After all we did for you, this is how you repay us.": "guilt",
    "Su enfermedad no es nuestro problema.": "hardship",
}
PASSED = [
    "Nunca llamaremos a su trabajo ni a su familia.",
    "Para su tranquilidad, guarde el comprobante.",
    "Visítenos en la sucursal de la calle Tribunal 12.",
    "Su referencia de pago es {reference}.",
    "Por la alta demanda, la línea puede tardar.",
    "This is your last payment, {name}. Thank you.",
    "If someone visits your home in our name, don't pay them.",
]


SURE = 1.0  # the model's share
UNSURE = (tone.RULED + tone.PLAIN) / 2


@pytest.mark.parametrize(("text", "kind"), REFUSED.items())
def test_what_is_unlawful_or_unkind_is_named(text: str, kind: str) -> None:
    assert kind in {fault.kind for fault in tone.faults(text, UNSURE)}


@pytest.mark.parametrize("text", PASSED)
def test_what_only_sounds_hard_passes_though_the_model_is_unsure(text: str) -> None:
    assert tone.faults(text, UNSURE) == ()


@pytest.mark.parametrize(
    ("text", "share", "kinds"),
    [
        ("Qué bonita su tienda.", tone.PLAIN, ()),
        ("Qué bonita su tienda.", tone.PLAIN + 0.01, ("tone",)),
        ("Pague o aténgase a las consecuencias.", tone.RULED, ()),
        ("Pague o aténgase a las consecuencias.", tone.RULED + 0.01, ("threat",)),
        ("Nunca llamaremos a su trabajo.", tone.DENIED, ()),
        ("Nunca llamaremos a su trabajo.", tone.DENIED + 0.01, ("tone",)),
        ("Al responder este mensaje usted acepta un seguro de $18 al mes.", 0.0, ("deceit",)),
        ("Por ley ya no tiene derecho a pedir aclaraciones.", 0.0, ("deceit",)),
        ("There are no fees today. The charges will show up on your next bill.", 0.0, ("deceit",)),
        ("Denos su clave y el código que le llega.", 0.0, ("deceit",)),
        ("Nunca le pediremos su contraseña.", 0.0, ()),
        ("Usted tiene derecho a pedir una aclaración cuando quiera.", 0.0, ()),
        ("Si pasan dos horas, mándenos la clave de rastreo.", 0.0, ()),
        ("Hola.", 0.0, ()),
        ("Hola.", None, ("unheard",)),
    ],
)
def test_rules_and_denials_say_how_sure_the_model_must_be(text: str, share: float | None, kinds: Any) -> None:
    assert tuple(fault.kind for fault in tone.faults(text, share)) == kinds


def test_the_sentence_to_change_is_shown() -> None:
    (fault,) = tone.faults("Hola, {name}. Usted es un ratero. Gracias.", SURE)
    assert fault == tone.Fault("insult", "Usted es un ratero.")


def test_the_model_reads_what_a_borrower_would() -> None:
    assert tone.as_read("Hola, {name}.\nVence el {date}:  {amount}.", "es") == (
        "Hola, Guadalupe. Vence el viernes 20 de noviembre: $500.00."
    )


@pytest.mark.parametrize("language", phrases.languages())
def test_no_shipped_text_breaks_a_rule(language: str) -> None:
    for key, phrase in phrases.read_catalogue(language).items():
        for form in phrase.forms:
            text = "".join(literal + (f"{{{name}}}" if name else "") for literal, name in form)
            assert key.startswith(TO_STAFF) or not tone.faults(text, UNSURE), key
