"""Payments as people type them: twice, too early, in the wrong currency, by double click, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from desk.access import Role
from tests.admin_api.door import Door, Person, sign_in
from tests.admin_api.portfolio import Held, two_branches

PAID = {"amount": 110_00, "currency": "MXN", "value_date": "2026-11-18", "channel": "oxxo", "reference": "77"}


@pytest.fixture
def ana(door: Door) -> Held:
    return two_branches(door)[0]


@pytest.fixture
def luz(door: Door) -> Person:
    return sign_in(door, Role.COLLECTOR, ("Puebla",))


def total(luz: Person, loan: int) -> int:
    items = luz.get(f"/loans/{loan}/payments").json()["items"]
    return sum(each["amount"] for each in items if each["reversed_at"] is None)


def test_a_payment_lowers_what_is_owed(luz: Person, ana: Held) -> None:
    before = luz.get(f"/loans/{ana.loan}").json()
    assert (before["balance"], before["overdue"], before["days_past_due"]) == (390_00, 60_00, 12)
    added = luz.post(f"/loans/{ana.loan}/payments", PAID).json()
    assert (added["balance"], added["source"], added["overpaid"]) == (280_00, f"staff:{luz.id}", 0)
    after = luz.get(f"/loans/{ana.loan}").json()
    assert (after["overdue"], after["next_due"], after["next_amount"]) == (0, "2026-11-20", 60_00)


def test_a_double_click_pays_once(luz: Person, ana: Held) -> None:
    key = {"Idempotency-Key": "one and the same"}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: luz.post(f"/loans/{ana.loan}/payments", PAID, **key), range(3)))
    assert [each.status_code for each in answers] == [201] * 3
    assert len({each.json()["id"] for each in answers}) == 1
    assert total(luz, ana.loan) == 160_00


def test_what_was_typed_twice_is_asked_about(door: Door, luz: Person, ana: Held) -> None:
    luz.post(f"/loans/{ana.loan}/payments", PAID)
    again = luz.post(f"/loans/{ana.loan}/payments", PAID)
    assert (again.status_code, again.json()["code"]) == (409, "payment_twice")
    assert total(luz, ana.loan) == 160_00
    assert luz.post(f"/loans/{ana.loan}/payments", PAID | {"confirmed_twice": True}).status_code == 201
    assert total(luz, ana.loan) == 270_00
    door.clock.at += timedelta(hours=24)
    assert luz.post(f"/loans/{ana.loan}/payments", PAID).status_code == 201


def test_two_people_who_type_one_receipt_at_the_same_moment(door: Door, ana: Held) -> None:
    people = [sign_in(door, Role.COLLECTOR, ("Puebla",)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda each: each.post(f"/loans/{ana.loan}/payments", PAID).status_code, people)
    assert sorted(answers) == [201, 409]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"amount": 1.5}, "amount"),
        ({"amount": "110"}, "amount"),
        ({"amount": 10**19}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"currency": "pesos"}, "currency"),
        ({"value_date": "2026-11-19"}, "value_date"),
        ({"value_date": "9999-12-31"}, "value_date"),
        ({"value_date": "18/11/2026"}, "value_date"),
        ({"reference": "a\0b"}, "reference"),
        ({"paid_by": "me"}, "paid_by"),
    ],
)
def test_what_no_payment_may_be(luz: Person, ana: Held, change: dict[str, Any], field: str) -> None:
    refused = luz.post(f"/loans/{ana.loan}/payments", PAID | change)
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert fault["field"] == field
    assert fault["message"]
    assert fault["fix"]
    assert total(luz, ana.loan) == 50_00


def test_more_than_is_owed_becomes_credit(luz: Person, ana: Held) -> None:
    added = luz.post(f"/loans/{ana.loan}/payments", PAID | {"amount": 400_00}).json()
    assert (added["balance"], added["overpaid"]) == (0, 10_00)
    closed = luz.get(f"/loans/{ana.loan}").json()
    assert (closed["status"], closed["credit"], closed["payoff"]) == ("closed", 10_00, 0)


def test_a_supervisor_takes_a_payment_back_once(door: Door, luz: Person, ana: Held) -> None:
    assert luz.post(f"/payments/{ana.payment}/reversal", {"reason": "bounced"}).status_code == 403
    boss = sign_in(door, Role.SUPERVISOR, ("Puebla",))
    assert boss.post(f"/payments/{ana.payment}/reversal", {"reason": " "}).status_code == 422
    first = boss.post(f"/payments/{ana.payment}/reversal", {"reason": "bounced"})
    assert first.json()["reversal_reason"] == "bounced"
    assert boss.post(f"/payments/{ana.payment}/reversal", {"reason": "again"}).json() == first.json()
    assert boss.get(f"/loans/{ana.loan}").json()["balance"] == 440_00
    trail = sign_in(door, Role.AUDITOR).get("/audit", action="payment_reversed").json()["items"]
    assert [(each["actor"], each["subject"]) for each in trail] == [(f"staff:{boss.id}", f"payment:{ana.payment}")]


def test_a_charge_is_owed_besides(door: Door, ana: Held) -> None:
    admin = sign_in(door, Role.ADMIN)
    fee = {"component": "penalty", "due": "2026-11-06", "amount": 25_00, "rule": "late_fee"}
    assert admin.post(f"/loans/{ana.loan}/charges", fee).status_code == 201
    assert admin.get(f"/loans/{ana.loan}").json()["overdue"] == 85_00
    assert [each["amount"] for each in admin.get(f"/loans/{ana.loan}/charges").json()["items"]] == [25_00]
    assert admin.post(f"/loans/{ana.loan}/charges", fee | {"component": "gift"}).status_code == 422
