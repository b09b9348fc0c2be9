"""Danger beside business: what is left without the business, and whether the model hears danger in it."""

import pytest

from understanding.undertone import beside, is_loud
from understanding.wish import Wish

FRIDAY = "le pago las 40 el viernes"
DREAD = "esta noche ya veo qué hago con el frasco"
TEXT = f"{FRIDAY}, {DREAD}"
OF_PAYING, OF_DANGER = {"promise_to_pay": 0.99}, {"vulnerable_distress": 0.98, "promise_to_pay": 0.01}


def heard(whole: Wish, trace: float, of_friday: dict[str, float], sure: float) -> tuple[Wish | None, list[str]]:
    """What is heard beside the business, and what the model was asked for it."""
    asked: list[str] = []

    def ask(text: str) -> tuple[Wish, dict[str, float]]:
        asked.append(text)
        return Wish("vulnerable_distress", sure, text), {"vulnerable_distress": sure, "complain": 0.01}

    parts = [(Wish("promise_to_pay", 0.99, FRIDAY), of_friday), (Wish("vulnerable_distress", 0.98, DREAD), OF_DANGER)]
    return beside(whole, {whole.intent: 0.8, "vulnerable_distress": trace}, parts, ask), asked


@pytest.mark.parametrize(
    ("intent", "trace", "text", "of_friday", "asked"),
    [
        ("promise_to_pay", 0.18, TEXT, OF_PAYING, [DREAD]),
        ("promise_to_pay", 0.004, TEXT, OF_PAYING, []),  # no sign of anything else
        ("goodbye", 0.18, TEXT, OF_PAYING, []),  # no business
        ("promise_to_pay", 0.18, TEXT, {"promise_to_pay": 0.7}, []),  # no part is surely business
        ("promise_to_pay", 0.18, f"{FRIDAY}, me muero de la risa", OF_PAYING, []),  # an idiom says why
    ],
)
def test_without_its_business_a_text_is_looked_at_once_more(
    intent: str, trace: float, text: str, of_friday: dict[str, float], asked: list[str]
) -> None:
    found, was_asked = heard(Wish(intent, 0.8, text), trace, of_friday, 0.98)
    assert was_asked == asked
    assert (found is not None) is bool(asked)


@pytest.mark.parametrize(
    ("sure", "trace", "is_heard", "loud"),
    [
        (0.98, 0.18, True, True),
        (0.98, 0.05, True, False),
        (0.85, 0.3, True, False),
        (0.65, 0.3, False, False),
        (0.95, 0.01, True, False),  # with hardly a trace in the whole it must be clear
        (0.85, 0.01, False, False),
    ],
)
def test_what_is_left_is_danger_where_the_model_says_so(sure: float, trace: float, is_heard: bool, loud: bool) -> None:
    found, _ = heard(Wish("promise_to_pay", 0.8, TEXT), trace, OF_PAYING, sure)
    assert (found is not None) is is_heard
    assert (found is not None and is_loud(found, {"vulnerable_distress": trace})) is loud
