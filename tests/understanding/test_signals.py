"""What a rule hears beside the intent: sure of what it finds, silent otherwise."""

import pytest

from understanding import signals

HEARD = [
    (signals.fears_law, "me van a meter a la cárcel?"),
    (signals.fears_law, "me van a embargar mi casa?"),
    (signals.fears_law, "tengo miedo, me dijeron que van a venir por mis cosas"),
    (signals.fears_law, "si no pago me llevan presa?"),
    (signals.fears_law, "van a mandar a la policia a mi casa?"),
    (signals.fears_law, "me da miedo que me boletinen en buro"),
    (signals.fears_law, "me van a meter al bote si no pago?"),
    (signals.fears_law, "me van a detener?"),
    (signals.fears_law, "am I going to jail for this?"),
    (signals.fears_law, "can they take my house"),
    (signals.was_threatened, "me dijeron que me van a embargar"),
    (signals.has_representative, "hablen con mi abogado, él lleva mi caso"),
    (signals.has_representative, "soy el abogado de la señora"),
    (signals.has_representative, "talk to my lawyer"),
    (signals.is_minor, "tengo 14 años"),
    (signals.is_minor, "soy menor de edad"),
    (signals.is_minor, "I'm 15 years old"),
    (signals.threatens, "los voy a matar, sé donde viven"),
    (signals.threatens, "voy a quemar su oficina"),
    (signals.threatens, "i will kill you"),
    (signals.drops_promise, "cancele mi promesa"),
    (signals.drops_promise, "olvide lo del viernes"),
    (signals.drops_promise, "cancel my promise"),
    (signals.wants_new_loan, "me prestan otra vez?"),
    (signals.wants_new_loan, "can i get another loan"),
    (signals.wants_concession, "me quitan los intereses?"),
    (signals.wants_concession, "me pueden bajar la cuota"),
    (signals.asks_for_news, "qué pasó con mi reclamo"),
    (signals.claims_to_be_meant, "perdón, sí soy yo"),
    (signals.claims_to_be_meant, "soy mamá soltera y no tengo para pagar"),
    (signals.claims_to_be_meant, "soy la titular"),
    (signals.is_another, "buenas soy la esposa, cuanto debe mi marido?"),
    (signals.is_another, "soy su hijo"),
    (signals.is_another, "mi mami no está, yo le contesto"),
    (signals.is_another, "cuánto les debe don Chuy"),
    (signals.is_another, "soy su aval y quiero saber cuánto debe"),
    (signals.is_another, "mi mamá quiere saber cuánto debe"),
    (signals.is_another, "this is his wife"),
    (signals.is_another, "how much does he owe"),
    (signals.offers_nothing, "le pago 0 pesos el viernes"),
    (signals.offers_nothing, "cero pesos"),
    (signals.is_idiom, "jaja me muero de la risa"),
    (signals.says_paid, "ya pagué, dejen de molestar"),
]
NOT_HEARD = [
    (signals.fears_law, "los voy a demandar"),
    (signals.fears_law, "voy a ir a la policia"),
    (signals.fears_law, "los puedo demandar por acoso"),
    (signals.fears_law, "quiero detener los mensajes"),
    (signals.fears_law, "me robaron y fui a la policia"),
    (signals.fears_law, "mi esposo esta en la carcel"),
    (signals.fears_law, "el viernes pago 500"),
    (signals.fears_law, "me quitaron el trabajo"),
    (signals.has_representative, "el licenciado me dijo"),
    (signals.is_minor, "tengo 15 años pagando"),
    (signals.is_minor, "tengo 12 años de cliente"),
    (signals.is_minor, "mi hijo tiene 14 años"),
    (signals.threatens, "me voy a matar"),
    (signals.threatens, "no me voy a quedar"),
    (signals.drops_promise, "quiero cancelar mi deuda"),
    (signals.wants_new_loan, "me dan otro día?"),
    (signals.wants_concession, "no tengo interés"),
    (signals.offers_nothing, "le pago 100 el viernes"),
    (signals.offers_nothing, "a las 10:00"),
    (signals.is_idiom, "me quiero morir"),
    (signals.says_paid, "ya le pago mañana"),
    (signals.claims_to_be_meant, "yo soy la hija"),
    (signals.claims_to_be_meant, "no soy ella"),
    (signals.is_another, "mi esposo ya pagó 300"),
    (signals.is_another, "mi esposo no está trabajando"),
    (signals.is_another, "soy la mamá de tres niños y no me alcanza"),
    (signals.is_another, "mi mamá está enferma"),
    (signals.is_another, "cuánto debo"),
    (signals.is_another, "cuánto se debe pagar"),
    (signals.is_another, "soy la secretaria de una escuela y no me han pagado"),
    (signals.is_another, "le pago a mi comadre y ella deposita"),
]


@pytest.mark.parametrize(("rule", "text"), HEARD)
def test_a_signal_is_heard(rule: signals.Rule, text: str) -> None:
    assert rule(text)


@pytest.mark.parametrize(("rule", "text"), NOT_HEARD)
def test_other_texts_are_left_to_the_model(rule: signals.Rule, text: str) -> None:
    assert not rule(text)
