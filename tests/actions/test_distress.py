"""Once somebody is in distress nothing is asked or said about money, whatever they write."""

import re

import pytest
from sqlmodel import col, select

from actions import server
from actions.gates import NOT_ABOUT_MONEY, leaving_in_peace
from actions.registry import ANSWERS
from actions.turn import Turn
from desk import cases
from desk.cases import Reason
from desk.tables import Case
from locales import phrases
from outreach.tables import Hold
from tests.actions.conftest import Says

MONEY = re.compile(r"\d|pag|deb|adeud|cuota|saldo|vencid|\$|dinero|préstamo|crédito(?! Amigo)", re.I)
TOPICS = server.TOPICS  # importing them registers the answers


def in_distress(turn: Turn) -> Turn:
    ANSWERS["action_distress"](turn)
    turn.session.flush()
    turn.phrases.clear()
    turn.buttons.clear()
    turn.events.clear()
    turn.asks = None
    return turn


def spoken(turn: Turn) -> str:
    return "\n".join(phrases.render(each["key"], each["values"], "es_MX") for each in turn.phrases)


def test_actions_about_money_say_that_a_person_comes(says: Says) -> None:
    turn = in_distress(says("cuánto debo? pago 500 el viernes"))
    for action in sorted(ANSWERS.keys() - NOT_ABOUT_MONEY):
        turn.phrases.clear()
        leaving_in_peace(action, ANSWERS[action])(turn)
        assert [each["key"] for each in turn.phrases] == ["distress.after"], action
        assert not turn.buttons and turn.asks is None, action


def test_the_others_speak_of_no_money(says: Says) -> None:
    turn = in_distress(says("cuánto debo? pago 500 el viernes"))
    for action in sorted(NOT_ABOUT_MONEY - {"action_distress"}):
        turn.phrases.clear()
        turn.buttons.clear()
        with turn.session.begin_nested() as apart:
            leaving_in_peace(action, ANSWERS[action])(turn)
            assert not MONEY.search(spoken(turn)), action
            assert not turn.buttons or action == "action_ask_language_choice"
            apart.rollback()


def test_help_names_the_emergency_number_and_opens_the_most_urgent_case(says: Says) -> None:
    turn = says("me quiero morir", intent="vulnerable_distress")
    ANSWERS["action_distress"](turn)
    assert "911" in spoken(turn)
    (case,) = turn.session.exec(select(Case)).all()
    assert (case.reason, case.priority) == (Reason.VULNERABLE_DISTRESS, 0)


@pytest.mark.parametrize(
    ("text", "sure", "alarmed"),
    [
        ("me corrieron de la fabrica, que va a pasar conmigo?", 0.42, False),
        ("they let me go on Friday, what happens to me now", 0.5, False),
        ("I was let go on Monday, so this month is going to be difficult", 0.86, False),
        ("I was let go on Monday, so this month is going to be difficult", 0.95, True),
        ("me corrieron de la fabrica, que va a pasar conmigo?", 0.8, True),
        ("que va a pasar conmigo?", 0.42, True),
        ("me corrieron del trabajo y me quiero morir", 0.42, True),
    ],
)
def test_lost_work_is_a_hardship_where_only_the_model_believes_in_danger(
    says: Says, text: str, sure: float, alarmed: bool
) -> None:
    turn = says(text, intent="vulnerable_distress")
    turn.tracker.latest_message["intent"]["confidence"] = sure
    ANSWERS["action_distress"](turn)
    assert bool(turn.session.exec(select(Case)).all()) == alarmed


def test_a_demand_to_stop_beside_it_is_recorded(says: Says) -> None:
    turn = says("dejen de llamarme o me mato", intent="vulnerable_distress")
    ANSWERS["action_distress"](turn)
    assert turn.address.opted_out_at == turn.now
    assert [each["key"] for each in turn.phrases] == ["distress.help"]


def test_questions_are_answered_again_when_a_person_has_closed_the_case(says: Says) -> None:
    turn = in_distress(says("cuánto debo?"))
    (case,) = turn.session.exec(select(Case)).all()
    cases.close(turn.session, case, None, "called", turn.now)
    turn.session.flush()
    leaving_in_peace("action_balance", ANSWERS["action_balance"])(turn)
    assert [each["key"] for each in turn.phrases] == ["balance.at_ease"]
    assert turn.session.exec(select(Hold).where(col(Hold.lifted_at).is_(None))).one().event == "vulnerable"


def test_a_half_heard_alarm_gets_a_word_of_care_and_a_reader_and_stops_nothing(says: Says) -> None:
    turn = says("se nos quemó la cocina del puesto, cuánto debo?")
    ANSWERS["action_care"](turn)
    turn.session.flush()
    assert "911" in spoken(turn)
    assert turn.session.exec(select(Case)).one().reason == Reason.HARDSHIP
    turn.phrases.clear()
    leaving_in_peace("action_balance", ANSWERS["action_balance"])(turn)
    assert [each["key"] for each in turn.phrases] == ["balance.overdue"]


@pytest.mark.parametrize(
    ("action", "said"), [("action_balance", "balance.at_ease"), ("action_promise", "person.known")]
)
def test_who_was_ill_may_ask_what_is_owed_and_is_asked_for_nothing(says: Says, action: str, said: str) -> None:
    turn = says("me operaron de la vesícula y estuve quince días internado", intent="report_hardship")
    ANSWERS["action_hardship"](turn)
    turn.session.flush()
    turn.phrases.clear()
    ANSWERS[action](turn)
    assert [each["key"] for each in turn.phrases] == [said]


@pytest.mark.parametrize(("text", "amount"), [("póngame 100 para el 27", 100_00), ("póngame 100 pesitos", None)])
def test_who_was_ill_may_offer_by_themselves_and_is_asked_for_nothing(
    says: Says, text: str, amount: int | None
) -> None:
    turn = says("tengo internada a mi niña con dengue", intent="report_hardship")
    ANSWERS["action_hardship"](turn)
    turn.session.flush()
    turn.phrases.clear()
    turn.tracker.latest_message["text"] = turn.tracker.latest_message["metadata"]["said"] = text
    turn.tracker.latest_message["intent"] = {"name": "promise_to_pay", "confidence": 0.9}
    ANSWERS["action_promise"](turn)
    assert turn.slot("promise_amount") == amount
    assert [each["key"] for each in turn.phrases] == ([] if amount else ["person.known"])


@pytest.mark.parametrize(
    ("text", "sure", "asks_on"),
    [
        ("se llevaron todo y ya no tengo con qué, no sé qué va a ser de mí", 0.43, "action_distress"),
        ("se llevaron todo y ya no tengo con qué, no sé qué va a ser de mí", 0.3, None),
        ("mañana le doy 300, ya se llevaron todo", 0.43, "action_promise"),
    ],
)
def test_torn_between_danger_and_something_else_it_is_danger(
    says: Says, text: str, sure: float, asks_on: str | None
) -> None:
    turn = says(text, intent="nlu_fallback")
    turn.tracker.latest_message["intent_ranking"] = [
        {"name": "nlu_fallback", "confidence": 0.4},
        {"name": "vulnerable_distress", "confidence": sure},
        {"name": "report_hardship", "confidence": sure - 0.02},
    ]
    ANSWERS["action_not_understood"](turn)
    assert turn.next_action == asks_on


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("mi hermano falleció en septiembre, este era su teléfono, ya no manden mensajes", [Reason.DECEASED]),
        ("estoy en el hospital, ya no me escriban por favor", []),
    ],
)
def test_a_stop_that_tells_of_a_loss_is_answered_with_a_word_of_sorrow(
    says: Says, text: str, reasons: list[Reason]
) -> None:
    turn = says(text, intent="opt_out")
    ANSWERS["action_opt_out"](turn)
    assert [each["key"] for each in turn.phrases] == ["sorrow.heard", "opt_out.done"]
    assert [each.reason for each in turn.session.exec(select(Case)).all() if each.reason in reasons] == reasons
