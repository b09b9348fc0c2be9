"""Which wish of a message comes first and which stand beside it, given what the model guesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.paying import asks_of_paying, offers_to_pay
from understanding.wish import RANK, Wish
from understanding.wish_words import MOST_CLAUSES, asks_plainly, asks_something, clauses, tells_of_payment
from understanding.wishes import hear


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("cuánto debo", []),
        ("500.50", []),
        ("1,200 el viernes", []),
        ("cuánto debo y dónde pago", ["cuánto debo", "dónde pago"]),
        ("ya pagué 300, el resto el lunes", ["ya pagué 300", "el resto el lunes"]),
        ("¿Quién es? ¿Y cuánto debo?", ["Quién es", "cuánto debo"]),
        ("sí, ¿dónde lo deposito?", ["sí", "dónde lo deposito"]),
        ("ya deposité 500 ayer me confirma si les cayó", ["ya deposité 500 ayer", "me confirma si les cayó"]),
        ("ya pague 300 ayer el resto el lunes", ["ya pague 300 ayer", "el resto el lunes"]),
        ("quiero saber cuanto debo", []),
        ("no le he podido decir donde vivo", []),
    ],
)
def test_a_message_is_cut_where_another_wish_may_begin(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@given(st.text(max_size=300))
def test_clauses_are_few_and_taken_from_the_text(text: str) -> None:
    found = clauses(text)
    assert len(found) <= MOST_CLAUSES
    assert all(each in text for each in found)


def heard(
    whole: str, parts: dict[str, str], asks: str | None = None, shares: dict[str, float] | None = None
) -> tuple[str, list[str]]:
    """`parts` are the clauses with the intent of each; the model is sure of all of them."""
    text = ", ".join(parts)
    found = hear(
        Wish(whole, 0.9, text),
        {whole: 0.9, **(shares or {})},
        [Wish(intent, 0.95, each) for each, intent in parts.items()],
        asks,
    )
    return found.first.intent, [each.intent for each in found.also]


@pytest.mark.parametrize(
    ("whole", "parts", "shares", "first", "also"),
    [
        (
            "greet",
            {"hola": "greet", "cuanto debo": "ask_balance", "donde pago": "ask_payment_methods"},
            {},
            "ask_balance",
            ["ask_payment_methods"],
        ),
        (
            "promise_to_pay",
            {"ya pague 300": "already_paid", "el resto lo pago el lunes": "promise_to_pay"},
            {},
            "already_paid",
            ["promise_to_pay"],
        ),
        (
            "promise_to_pay",
            {"les di 300 el sabado": "promise_to_pay", "mañana le paso el resto": "promise_to_pay"},
            {},
            "already_paid",
            ["promise_to_pay"],
        ),
        # The clause alone outranks the whole, but the whole leaves no room for it.
        (
            "call_me_later",
            {"en el trabajo no puedo": "report_hardship", "hableme a las seis": "call_me_later"},
            {},
            "call_me_later",
            ["report_hardship"],
        ),
        (
            "ask_extension",
            {"no puedo pagar": "cannot_pay", "me quede sin trabajo": "report_hardship", "me esperan": "ask_extension"},
            {"report_hardship": 0.1},
            "report_hardship",
            [],
        ),
        # A guess without a word of that wish is none.
        ("thanks", {"ustedes si saben": "complain", "se agradece": "thanks"}, {"complain": 0.1}, "thanks", []),
        (
            "ask_extension",
            {"no completo": "cannot_pay", "le puedo dar la mitad": "promise_to_pay"},
            {"promise_to_pay": 0.2},
            "ask_extension",
            [],
        ),
        (
            "ask_balance",
            {"quien es usted": "ask_who_are_you", "cuanto debo": "ask_balance"},
            {},
            "ask_who_are_you",
            ["ask_balance"],
        ),
    ],
)
def test_what_is_handled_first(
    whole: str, parts: dict[str, str], shares: dict[str, float], first: str, also: list[str]
) -> None:
    assert heard(whole, parts, shares=shares) == (first, also)


@pytest.mark.parametrize(
    ("parts", "asks", "first", "also"),
    [
        (
            {"si": "affirm", "donde lo deposito": "ask_payment_methods"},
            "confirmation",
            "affirm",
            ["ask_payment_methods"],
        ),
        ({"no": "deny", "cuanto debo": "ask_balance"}, "confirmation", "deny", ["ask_balance"]),
        ({"si": "affirm", "donde lo deposito": "ask_payment_methods"}, None, "ask_payment_methods", []),
        (
            {"el viernes": "greet", "donde lo deposito": "ask_payment_methods"},
            "date",
            "promise_to_pay",
            ["ask_payment_methods"],
        ),
        ({"ah ok": "affirm", "donde lo deposito": "ask_payment_methods"}, "date", "ask_payment_methods", []),
        ({"si": "affirm", "paseme con alguien": "ask_human"}, "confirmation", "ask_human", []),
    ],
)
def test_a_question_beside_an_answer_is_no_other_answer(
    parts: dict[str, str], asks: str | None, first: str, also: list[str]
) -> None:
    assert heard("ask_payment_methods" if "human" not in first else first, parts, asks) == (first, also)


def test_the_first_wish_is_left_with_its_own_words() -> None:
    text = "el viernes pago 400, mandeme la cuenta"
    found = hear(
        Wish("promise_to_pay", 0.9, text),
        {"promise_to_pay": 0.9},
        [Wish("promise_to_pay", 0.9, "el viernes pago 400"), Wish("ask_payment_methods", 0.9, "mandeme la cuenta")],
    )
    assert "cuenta" not in found.first.text and "400" in found.first.text
    assert [each.text for each in found.also] == ["mandeme la cuenta"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("and the one I made early november, did that go through", "ask_payment_history"),
        ("el del 3 de octubre, si les llego?", "ask_payment_history"),
        ("ya les deposite ayer, si les llego?", "already_paid"),
    ],
)
def test_a_question_of_arrival_claims_no_payment(text: str, first: str) -> None:
    assert hear(Wish("already_paid", 0.9, text), {"already_paid": 0.9}, []).first.intent == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hiya, how many pesos till i'm done with this loan? it's killing me lol", "ask_balance"),
        ("cuanto me queda pa terminar de una vez con esto", "ask_balance"),
        ("what's the next payment on the freezer btw?", "ask_next_payment"),
        ("how many goals till the match is over", "out_of_scope"),
        ("how much is a ticket", "out_of_scope"),
    ],
)
def test_what_is_left_and_what_comes_next_are_asked_in_many_ways(text: str, first: str) -> None:
    assert hear(Wish("out_of_scope", 0.57, text), {"out_of_scope": 0.57}, []).first.intent == first


INTENTS = st.sampled_from(sorted(RANK))
GUESSES = st.lists(st.builds(Wish, INTENTS, st.floats(0, 1), st.text(max_size=30)), max_size=6)


@given(INTENTS, GUESSES, st.sampled_from([None, "amount", "date", "confirmation"]))
def test_each_wish_is_named_once(whole: str, parts: list[Wish], asks: str | None) -> None:
    found = hear(Wish(whole, 0.9, "x"), {whole: 0.9}, parts, asks)
    names = [found.first.intent, *(each.intent for each in found.also)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("ya les pagué el lunes", True),
        ("oigan ya les pague el lunes 800 pesos", True),
        ("mi esposo ya pago 300 el sabado", True),
        ("i already paid 300", True),
        ("mañana le pago", False),
        ("quiero pagar 300", False),
        ("el viernes le mando 200", False),
    ],
)
def test_a_payment_that_was_made(text: str, paid: bool) -> None:
    assert tells_of_payment(text) is paid


@pytest.mark.parametrize(
    ("text", "asks"), [("cuánto me toca este mes", True), ("puedo?", True), ("todo lo que debo", False)]
)
def test_a_question_is_known_by_its_form(text: str, asks: bool) -> None:
    assert asks_something(text) is asks


def test_nothing_is_cut_out_of_anguish() -> None:
    text = "me corrieron de la fabrica ayer y ustedes jode y jode, que va a pasar conmigo?"
    parts = ["me corrieron de la fabrica ayer", "que va a pasar conmigo"]
    told = Wish("report_hardship", 0.9, parts[0])
    found = hear(Wish("vulnerable_distress", 0.7, text), {"report_hardship": 0.1}, [told, Wish("greet", 0.4, parts[1])])
    assert (found.first.intent, found.first.text) == ("vulnerable_distress", text)


def guessed(text: str, shares: dict[str, float]) -> str:
    """What is heard where no clause adds anything to the model's ranking, of which the first is its guess."""
    intent = next(iter(shares))
    return hear(Wish(intent, shares[intent], text), shares, []).first.intent


@pytest.mark.parametrize(
    ("text", "sure", "first"),
    [
        ("quisiera saber cuánto me resta de lo que me prestaron para mis gallinas", 0.51, "ask_balance"),
        ("adonde es que lo voy a pagar, mi nieto ya se fue al norte", 0.77, "ask_payment_methods"),
        ("vendí mi torito y quiero cancelar mi deuda de una vez, todo", 0.49, "promise_to_pay"),
        # Louder than a question, or a farewell: the alarm stands.
        ("adonde es que lo voy a pagar, mi nieto ya se fue al norte", 0.9, "vulnerable_distress"),
        ("cuánto debo, quiero dejar todo pagado antes de irme", 0.6, "vulnerable_distress"),
        ("quiero pagar todo el viernes antes de irme", 0.6, "vulnerable_distress"),
        ("ya no le veo caso", 0.5, "vulnerable_distress"),
    ],
)
def test_business_speaks_against_a_half_heard_alarm(text: str, sure: float, first: str) -> None:
    assert guessed(text, {"vulnerable_distress": sure, "thanks": 0.15}) == first


def test_a_long_story_without_a_misfortune_is_still_an_offer() -> None:
    hurried = "ando bien apurada con lo del salón y el vestido de mi nieta, mejor le voy a pagar 480 el lunes"
    assert guessed(hurried, {"report_hardship": 0.7, "promise_to_pay": 0.1}) == "promise_to_pay"
    assert guessed(f"me corrieron del trabajo, {hurried}", {"report_hardship": 0.7}) == "report_hardship"
    stall = "acá está un loquerío con la campaña y yo sola, ni almorzar puedo, preocupada, pero el lunes le yapeo 120"
    assert guessed(stall, {"report_hardship": 0.91, "promise_to_pay": 0.08}) == "promise_to_pay"
    assert guessed(stall, {"report_hardship": 0.97, "promise_to_pay": 0.02}) == "report_hardship"


def test_half_heard_danger_in_a_bereavement_is_a_misfortune() -> None:
    text = "perdone que no pagara, enterré a mi papá el domingo"
    shares = {"vulnerable_distress": 0.4, "report_hardship": 0.38}
    assert hear(Wish("vulnerable_distress", 0.4, text), shares, []).first.intent == "report_hardship"
    sure = {"vulnerable_distress": 0.6, "report_hardship": 0.38}
    assert hear(Wish("vulnerable_distress", 0.6, text), sure, []).first.intent == "vulnerable_distress"


def test_of_a_bad_time_that_is_over_the_wish_beside_it_counts() -> None:
    past = "hace años pasé por una depresión fea, ya salí de eso. ahora sí quiero saber cuánto debo"
    assert guessed(past, {"vulnerable_distress": 0.95, "ask_balance": 0.04}) == "ask_balance"
    assert guessed(past, {"vulnerable_distress": 0.98, "ask_balance": 0.01}) == "vulnerable_distress"


STORY = "se nos quemó la cocina del puesto el jueves, no había nadie adentro, y el sábado abrimos otra vez"
UNHURT = "anoche se le metió el agua a mi comadre y le ayudo a sacar los colchones, yo estoy bien gracias a Dios"


@pytest.mark.parametrize(
    ("text", "sure", "first", "cares"),
    [
        (STORY, 0.6, "report_hardship", True),
        (STORY, 0.7, "vulnerable_distress", False),
        (UNHURT, 0.8, "report_hardship", False),
        (UNHURT, 0.95, "vulnerable_distress", False),
        (
            "no estamos bien aquí, cada vez que toma nos corre a mí y a mis niñas de la casa",
            0.8,
            "vulnerable_distress",
            False,
        ),
        ("mi niña se quebró el brazo", 0.6, "vulnerable_distress", False),
        # An idiom is none at all.
        (
            "me quiere matar de un infarto con sus mensajes tan temprano, a ver, cuándo me toca",
            0.85,
            "report_hardship",
            False,
        ),
    ],
)
def test_a_long_story_must_be_loud_to_raise_an_alarm(text: str, sure: float, first: str, cares: bool) -> None:
    found = hear(Wish("vulnerable_distress", sure, text), {"vulnerable_distress": sure, "report_hardship": 0.1}, [])
    assert found.first.intent == first
    assert ("vulnerable_distress" in {each.intent for each in found.also}) is cares


@pytest.mark.parametrize(
    ("text", "best", "first"),
    [
        ("che te puedo tirar 20 lucas el viernes, te va?", "promise_to_pay", "promise_to_pay"),
        ("anote que pago 300 el 10 de noviembre", "ask_extension", "promise_to_pay"),
        ("anote que pago 300 el 10 de noviembre", "ask_payment_history", "nlu_fallback"),
        ("te puedo tirar unas lucas", "promise_to_pay", "nlu_fallback"),
    ],
)
def test_money_and_a_day_make_an_offer_of_what_the_model_only_suspects(text: str, best: str, first: str) -> None:
    assert guessed(text, {"nlu_fallback": 0.4, best: 0.44, "out_of_scope": 0.1}) == first


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("hmm it was under my old phone i think. anyone there who could look?", "ask_human"),
        ("until somebody with a pulse explains it to me", "ask_human"),
        ("hay alguien que me pueda ayudar con eso?", "ask_human"),
        ("hasta que una persona me explique no pago", "ask_human"),
        ("alguien pagó por mí", None),
        ("no conozco a nadie que pueda prestarme", None),
    ],
)
def test_a_person_is_asked_for_by_what_they_should_do(text: str, asked: str | None) -> None:
    assert asks_plainly(text) == asked


def test_another_question_gives_way_to_a_person_asked_for_unless_the_model_is_sure_of_it() -> None:
    text = "anyone there who could look?"
    assert guessed(text, {"ask_payment_history": 0.63}) == "ask_human"
    assert guessed(text, {"ask_payment_history": 0.9}) == "ask_payment_history"
    assert guessed(text, {"dispute_debt": 0.4}) == "dispute_debt"


@given(st.text(max_size=200))
def test_what_is_heard_of_paying_is_one_of_two_questions(text: str) -> None:
    assert asks_of_paying(text) in {None, "ask_balance", "ask_payment_methods"}
    assert offers_to_pay(text) in {True, False}


def test_torn_between_danger_and_misfortune_a_long_story_is_answered_with_care() -> None:
    ranking = {"nlu_fallback": 0.4, "vulnerable_distress": 0.43, "report_hardship": 0.4}
    robbed = "el sábado me entraron por el fondo y me llevaron todo, la garrafa, la plancha, no tengo con qué seguir"
    heard = hear(Wish("nlu_fallback", 0.4, robbed), ranking, [])
    assert (heard.first.intent, heard.also) == ("report_hardship", ())
    vague = "desde el sábado que no levanto cabeza en esta casa, no tengo con qué seguir ni para qué le cuento"
    heard = hear(Wish("nlu_fallback", 0.4, vague), ranking, [])
    assert heard.first.intent == "report_hardship"
    assert [each.intent for each in heard.also] == ["vulnerable_distress"]


def test_a_complaint_of_the_price_is_no_danger_unless_the_model_is_sure() -> None:
    dear = "con todo respeto el interés está altísimo, es lo más alto que he pagado en mi vida, ni el banco"
    assert guessed(dear, {"vulnerable_distress": 0.88, "complain": 0.05}) == "complain"
    assert guessed(dear, {"vulnerable_distress": 0.95, "complain": 0.05}) == "vulnerable_distress"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("mi recibo cuándo se vence, es que viajo al pueblo y no quiero atrasarme", "ask_next_payment"),
        ("quisiera una lista de lo que he ido pagando mes a mes, si no es mucha molestia", "ask_payment_history"),
        ("i'd like a list of what i've paid so far", "ask_payment_history"),
    ],
)
def test_a_plain_question_speaks_against_an_alarm_that_is_not_loud(text: str, asked: str) -> None:
    assert guessed(text, {"vulnerable_distress": 0.75, asked: 0.1}) == asked


@pytest.mark.parametrize(
    ("text", "shares", "first"),
    [
        ("I want make one payment of 400 pesos only", {"ask_extension": 0.56, "promise_to_pay": 0.3}, "promise_to_pay"),
        ("I want to pay 400 but I need more time", {"ask_extension": 0.56, "promise_to_pay": 0.3}, "ask_extension"),
        (
            "no puedo escribir, el martes le caigo con 650",
            {"call_me_later": 0.59, "promise_to_pay": 0.3},
            "promise_to_pay",
        ),
        ("no puedo escribir, el martes le digo", {"call_me_later": 0.59, "promise_to_pay": 0.3}, "call_me_later"),
        ("mi hijo quitó los avisos, vuélvanme a activar los avisos", {"opt_out": 0.77, "opt_in": 0.2}, "opt_in"),
        ("a mi celu me pueden escribir", {"opt_out": 0.49, "call_me_later": 0.39}, "call_me_later"),
        ("a mi celu me pueden escribir", {"opt_out": 0.95, "call_me_later": 0.03}, "opt_out"),
        ("no me pueden escribir a cada rato", {"opt_out": 0.49, "call_me_later": 0.39}, "opt_out"),
        ("perdón, me quedé sin saldo", {"ask_balance": 0.62, "promise_to_pay": 0.3}, "promise_to_pay"),
        ("me quedé sin saldo, ¿cuánto debo?", {"ask_balance": 0.62, "promise_to_pay": 0.3}, "ask_balance"),
        ("no vaya a ser estafa", {"complain": 0.47, "deny": 0.1}, "ask_who_are_you"),
        ("esto es una estafa", {"complain": 0.47, "deny": 0.1}, "complain"),
        ("lo que sí puedo es darle 150 el 30", {"ask_extension": 0.61, "promise_to_pay": 0.39}, "promise_to_pay"),
        ("¿y si el 30?", {"ask_extension": 0.61, "promise_to_pay": 0.39}, "ask_extension"),
    ],
)
def test_what_the_words_say_where_the_model_wavers(text: str, shares: dict[str, float], first: str) -> None:
    assert guessed(text, shares) == first


@pytest.mark.parametrize(
    ("intent", "sure", "text", "first"),
    [
        ("complain", 0.6, "y eso como para qué lo ocupan?", "nlu_fallback"),
        ("already_paid", 0.9, "uy puse la de mi señora. la mía es en abril", "nlu_fallback"),
        ("promise_to_pay", 0.6, "12 de abril", "nlu_fallback"),
        ("complain", 0.9, "son unos groseros, quiero poner una queja", "complain"),
        ("already_paid", 0.9, "ya les pagué el viernes", "already_paid"),
        ("ask_who_are_you", 0.9, "y ustedes quiénes son", "ask_who_are_you"),
        ("opt_out", 0.9, "ya no me escriban", "opt_out"),
        ("dispute_debt", 0.5, "es seguro? no vayan a hacer mal uso de mis datos", "nlu_fallback"),
        ("call_me_later", 0.7, "espéreme tantito voy por mis lentes", "nlu_fallback"),
        ("ask_payment_methods", 0.6, "puedo mandarle foto de la credencial?", "nlu_fallback"),
        ("ask_payment_methods", 0.8, "nací el 12 de abril de 1985 y ya dígame dónde deposito", "ask_payment_methods"),
        ("out_of_scope", 0.5, "mis datos no se los doy por aquí, quiero tratar con una persona", "ask_human"),
        ("dispute_debt", 0.7, "yo no reconozco ese crédito, no doy mis datos", "dispute_debt"),
    ],
)
def test_asked_for_a_proof_people_talk_of_the_proof(intent: str, sure: float, text: str, first: str) -> None:
    assert hear(Wish(intent, sure, text), {intent: sure}, [], "identity").first.intent == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hmm actually make that tuesday, bank's closed monday here", "promise_to_pay"),
        ("mejor el martes que el lunes es puente", "promise_to_pay"),
        ("ya lo pagué el martes", "already_paid"),
        ("ayer quedó eso", "already_paid"),
    ],
)
def test_while_a_payment_is_read_back_another_day_amends_it(text: str, first: str) -> None:
    assert hear(Wish("already_paid", 0.8, text), {"already_paid": 0.8}, [], "confirmation").first.intent == first


@pytest.mark.parametrize(
    ("intent", "sure", "text", "first"),
    [
        ("complain", 0.6, "lo que ustedes digan", "nlu_fallback"),
        ("complain", 0.6, "me gritó su gestor", "complain"),
        ("complain", 0.95, "son unos rateros", "complain"),
    ],
)
def test_asked_for_an_amount_a_faint_complaint_needs_its_words(intent: str, sure: float, text: str, first: str) -> None:
    assert hear(Wish(intent, sure, text), {intent: sure}, [], "amount").first.intent == first
