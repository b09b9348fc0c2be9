"""The other wishes of a message: told in the same reply, asked last, or kept until it is known who writes."""

from typing import Any

import pytest

from actions import beside, server
from actions.registry import ANSWERS
from actions.turn import Turn
from tests.actions.conftest import Says

METHODS = {"intent": "ask_payment_methods", "text": "donde pago"}
BALANCE = {"intent": "ask_balance", "text": "cuanto debo"}
REST = {"intent": "promise_to_pay", "text": "el viernes pago 300"}
SOME_DAY = {"intent": "promise_to_pay", "text": "luego le pago"}
HUMAN = {"intent": "ask_human", "text": "paseme con alguien"}


def _keys(turn: Turn) -> list[str]:
    return [each["key"] for each in turn.phrases]


def _left(turn: Turn) -> list[dict[str, str]]:
    return list((turn.slot("beside") or {}).get("wishes", []))


def test_every_answer_beside_is_an_action() -> None:
    assert server.TOPICS
    assert {*beside.TOLD.values(), *beside.ASKED.values()} <= set(ANSWERS)


@pytest.mark.parametrize(
    ("wishes", "keys", "next_action"),
    [
        ([METHODS], {"methods.none", "methods.list"}, None),
        ([METHODS, REST], {"methods.none", "methods.list"}, "action_promise"),
        ([REST, METHODS], {"methods.none", "methods.list"}, "action_promise"),
        ([BALANCE], {"balance.overdue"}, None),
        ([HUMAN], {"person.coming"}, None),
    ],
)
def test_what_can_be_told_is_told_and_one_may_ask(
    says: Says, wishes: Any, keys: set[str], next_action: str | None
) -> None:
    turn = says("ya pague", intent="already_paid")
    beside.answer(turn, "action_already_paid", wishes)
    assert set(_keys(turn)) & keys
    assert turn.next_action == next_action
    assert _left(turn) == []


def test_the_wish_that_asks_has_its_own_words(says: Says) -> None:
    turn = says("ya pague", intent="already_paid")
    beside.answer(turn, "action_already_paid", [REST])
    assert (turn.intent, turn.text) == ("promise_to_pay", "el viernes pago 300")


@pytest.mark.parametrize("intent", ["vulnerable_distress", "opt_out", "wrong_person", "threat", "minor"])
def test_after_some_wishes_nothing_else_is_answered(says: Says, intent: str) -> None:
    turn = says("x", intent=intent)
    beside.answer(turn, "action_x", [METHODS, BALANCE, REST])
    assert _keys(turn) == [] and turn.next_action is None and _left(turn) == []


@pytest.mark.parametrize(("wish", "next_action"), [(REST, "action_promise"), (SOME_DAY, None)])
def test_after_a_misfortune_only_a_complete_offer_is_taken_up(
    says: Says, wish: dict[str, str], next_action: str | None
) -> None:
    turn = says("me quede sin trabajo", intent="report_hardship")
    beside.answer(turn, "action_hardship", [wish])
    assert turn.next_action == next_action


@pytest.mark.parametrize("action", ["action_ask_promise_date", "validate_identity_form", "validate_promise_form"])
def test_a_question_or_a_form_that_steps_back_leaves_them_for_later(says: Says, action: str) -> None:
    turn = says("x", intent="ask_balance")
    beside.answer(turn, action, [METHODS])
    assert _keys(turn) == [] and turn.slot("beside") is None


def test_an_action_that_goes_on_with_another_leaves_them_to_it(says: Says) -> None:
    turn = says("quiero pagar", intent="ask_payment_methods")
    turn.go_on_with("action_promise")
    beside.answer(turn, "action_payment_methods", [BALANCE])
    assert _keys(turn) == [] and turn.slot("beside") is None


def test_who_is_not_known_is_asked_first_and_hears_the_rest_afterwards(says: Says) -> None:
    turn = says("cuanto debo", intent="ask_balance", verified=False)
    turn.go_on_with("identity_form")
    beside.answer(turn, "action_balance", [METHODS, {"intent": "ask_next_payment", "text": "cuando me toca"}])
    assert _keys(turn)[0].startswith("methods.")
    assert [each["intent"] for each in _left(turn)] == ["ask_next_payment"]


def test_what_waited_is_taken_up_in_a_later_turn(says: Says) -> None:
    turn = says("12 de abril de 1985", beside={"turn": "turn-0", "wishes": [BALANCE]})
    assert beside.waiting(turn) == [BALANCE]


def test_what_was_answered_in_this_turn_is_not_answered_again(says: Says) -> None:
    turn = says("cuanto debo", also=[METHODS], beside={"turn": "turn-1", "wishes": []})
    assert beside.waiting(turn) == []
