"""Danger and business in one breath: what a rule hears, what the model hears, and what is left without the business."""

import pytest

from understanding.undertone import is_heard, is_loud, is_overruled, rest
from understanding.wish import Wish

SURELY = {"complain": 0.98, "ask_human": 0.015, "vulnerable_distress": 0.002}


@pytest.mark.parametrize(
    ("whole", "parts", "overruled"),
    [
        (
            Wish("complain", 0.98, "me corto las venas con galletas, tres horas y nadie contesta"),
            [SURELY, SURELY],
            True,
        ),
        # A ranking names ten intents; the others share what it leaves.
        (Wish("complain", 0.98, "me corto las venas con galletas"), [{"complain": 0.98, "ask_human": 0.015}], True),
        (Wish("complain", 0.98, "me corto las venas"), [{"complain": 0.98}], False),
        (Wish("complain", 0.98, "me corto las venas"), [SURELY, {}], False),
        # A clause that alone sounds like danger, a model that is not sure, and what is no business.
        (Wish("complain", 0.98, "cuánto debo, ya no quiero vivir"), [SURELY, {"vulnerable_distress": 0.03}], False),
        (Wish("complain", 0.89, "me corto las venas"), [SURELY], False),
        (Wish("thanks", 0.99, "me desangro gracias señorita"), [SURELY], False),
        (Wish("goodbye", 0.99, "nos vemos del otro lado"), [SURELY], False),
        (Wish("opt_out", 0.99, "de hoy no paso, adiós"), [SURELY], False),
        (Wish("out_of_scope", 0.99, "guarden este mensaje para la policía"), [SURELY], False),
        (Wish("nlu_fallback", 0.99, "me corto las venas"), [SURELY], False),
        (Wish("complain", 0.98, "me corto las venas, STOP"), [SURELY], False),
    ],
)
def test_only_a_model_that_finds_no_danger_anywhere_overrules_a_rule(
    whole: Wish, parts: list[dict[str, float]], overruled: bool
) -> None:
    assert is_overruled(whole, parts) is overruled


FRIDAY = "le pago las 40 el viernes"
DREAD = "esta noche me pienso tomar el frasco entero"
TEXT = f"{FRIDAY}, {DREAD}"
OF_PAYING, OF_DANGER = {"promise_to_pay": 0.99}, {"vulnerable_distress": 0.98, "promise_to_pay": 0.01}


@pytest.mark.parametrize(
    ("intent", "danger", "text", "left"),
    [
        ("promise_to_pay", 0.18, TEXT, DREAD),
        ("promise_to_pay", 0.004, TEXT, ""),  # no sign of anything else
        ("goodbye", 0.18, TEXT, ""),  # no business
        ("promise_to_pay", 0.18, f"{FRIDAY}, me muero de la risa", ""),  # an idiom says why
    ],
)
def test_without_its_business_a_text_is_looked_at_once_more(intent: str, danger: float, text: str, left: str) -> None:
    ranking = {intent: 0.8, "vulnerable_distress": danger}
    parts = [(FRIDAY, OF_PAYING), (DREAD, OF_DANGER)]
    assert rest(Wish(intent, 0.8, text), ranking, parts) == left


def test_a_text_of_which_no_part_is_surely_business_is_not_looked_at_again() -> None:
    parts = [(FRIDAY, {"promise_to_pay": 0.7}), (DREAD, OF_DANGER)]
    assert rest(Wish("promise_to_pay", 0.8, TEXT), {"vulnerable_distress": 0.18}, parts) == ""


@pytest.mark.parametrize(
    ("sure", "beside", "heard", "loud"),
    [
        (0.98, 0.18, True, True),
        (0.98, 0.05, True, False),
        (0.85, 0.3, True, False),
        (0.65, 0.3, False, False),
        (0.95, 0.01, True, False),  # with hardly a trace in the whole it must be clear
        (0.85, 0.01, False, False),
    ],
)
def test_what_is_left_is_danger_where_the_model_says_so(sure: float, beside: float, heard: bool, loud: bool) -> None:
    left = Wish("vulnerable_distress", sure, DREAD)
    whole = {"promise_to_pay": 0.8, "vulnerable_distress": beside}
    assert is_heard(left, {"vulnerable_distress": sure, "complain": 0.01}, whole) is heard
    assert is_loud(left, whole) is loud
