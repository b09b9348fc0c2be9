"""What a message means while a promise is talked about: which loan, which amount and day, which earlier promise."""

from datetime import date
from typing import Any

import pytest

from actions.changes import replaced_promise
from actions.draft import Draft
from actions.hearing import hear_offer
from actions.loan_choice import named_loan, only_names
from tests.actions.conftest import LATE, SECOND, Says

THREE = [{"loan": "LN-1001", "amount": 100, "date": f"2026-11-{day}"} for day in (20, 21, 22)]


@pytest.mark.parametrize(
    ("text", "listed", "loan"),
    [
        ("cuánto debo", False, None),
        ("el de la máquina", False, "LN-2002"),
        ("la MAQUINA de coser", False, "LN-2002"),
        ("el LN-1001", False, "LN-1001"),
        ("el primero", False, None),
        ("el primero", True, "LN-1001"),
        ("el 2", True, "LN-2002"),
        ("el de 1500", True, "LN-2002"),
        ("el otro", True, "LN-1001"),
        ("el 7", True, None),
    ],
)
def test_the_loan_that_is_named(says: Says, text: str, listed: bool, loan: str | None) -> None:
    turn = says(text, loans=[LATE, SECOND])
    found = named_loan(turn, text, among_listed=listed)
    assert (found.external_id if found else None) == loan


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("la de la máquina, por favor", True),
        ("the maquina one", True),
        ("LN-2002", True),
        ("loan:LN-2002", True),
        ("el primero", True),
        ("pagué la máquina", False),
        ("no debo la máquina", False),
        ("la máquina el viernes", False),
        ("la otra", False),
    ],
)
def test_a_name_and_nothing_else(says: Says, text: str, only: bool) -> None:
    assert only_names(says(text, loans=[LATE, SECOND])) is only


def test_an_only_loan_needs_no_name(says: Says) -> None:
    found = named_loan(says("cuánto debo"), "cuánto debo")
    assert found is not None and found.external_id == "LN-1001"


@pytest.mark.parametrize(
    ("text", "amount", "on", "parts"),
    [
        ("le pago 0 pesos el viernes", None, date(2026, 11, 20), []),
        ("le doy 2 lucas el viernes", None, date(2026, 11, 20), []),
        ("le pago 500 el 12/05", 50000, None, []),
        ("le pago 500 ayer", 50000, None, []),
        ("le mando 50 dólares el viernes", None, date(2026, 11, 20), []),
        ("le pago 500 la próxima semana", 50000, None, []),
        ("le pago 800 en marzo", 80000, None, []),
        ("le pago 5000 el viernes", None, date(2026, 11, 20), []),
        ("la cuota el sábado", 80000, date(2026, 11, 21), []),
        ("mañana 300 y el resto el sábado", 30000, date(2026, 11, 19), [30000, 50000]),
        ("la mitad el viernes y el resto el lunes", 40000, date(2026, 11, 20), [40000, 40000]),
    ],
)
def test_of_what_is_offered_the_possible_part_is_kept(
    says: Says, text: str, amount: int | None, on: date | None, parts: list[int]
) -> None:
    draft = Draft.begun(says(text), text)
    assert (draft.amount, draft.on, [each for each, _ in draft.parts]) == (amount, on, parts)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("le pago 0 pesos el viernes", "amount"),
        ("le doy 2 lucas el viernes", "amount"),
        ("le pago 500 el 12/05", "date"),
        ("le pago 500 ayer", "date"),
        ("le pago en marzo", "date"),
        ("le pago 500 el viernes", None),
    ],
)
def test_what_cannot_be_noted_is_asked_for(says: Says, text: str, asked: str | None) -> None:
    turn = says(text)
    Draft.begun(turn, text)
    assert turn.asked_about == asked
    assert bool(turn.phrases) == (asked is not None)


def test_a_story_of_the_past_is_no_offer_for_the_past(says: Says) -> None:
    assert hear_offer(says("sí le voy a pagar el viernes como quedamos"), "como quedamos el viernes").date is None


@pytest.mark.parametrize(
    ("text", "promises", "replaced"),
    [
        ("otros 200 el lunes", THREE, None),
        ("mejor 300", THREE[:1], date(2026, 11, 20)),
        ("quiero cambiar mi promesa del sábado al lunes", THREE, date(2026, 11, 21)),
        ("mejor el lunes", THREE, date(2026, 11, 22)),
        ("mejor el lunes", [], None),
    ],
)
def test_the_promise_that_is_replaced(says: Says, text: str, promises: Any, replaced: date | None) -> None:
    found = replaced_promise(says(text, promises=promises), text)
    assert (found.due if found else None) == replaced


def test_a_replaced_promise_leaves_its_place_to_the_new_one(says: Says) -> None:
    turn = says("el lunes", promises=THREE)
    draft = Draft(loan=turn.loans[0], amount=10000, on=date(2026, 11, 23))
    draft.recheck(turn)
    assert draft.refused is not None
    old = replaced_promise(turn, "mejor el lunes")
    assert old is not None
    turn.set(replaces_promise=old.id)
    draft = Draft(loan=turn.loans[0], amount=10000, on=date(2026, 11, 23))
    draft.recheck(turn)
    assert draft.refused is None
