from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlmodel import SQLModel, select

from loans import accounts, policies
from loans.tables import Borrower, Loan, Payment
from outreach import flows, recipients
from outreach import policies as contact_policies
from outreach.tables import Address
from store.engine import reading
from tests.bot.simulation.conftest import Product
from tests.bot.simulation.fixtures import CLOSED, CURRENT, NOW, OVERDUE, PHONE, a_fixture

TODAY = date(2026, 11, 18)


def reset(phone: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = phone.post("/simulator/reset", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def faults(phone: TestClient, body: dict[str, Any]) -> dict[str, str]:
    answer = phone.post("/simulator/reset", json=body)
    assert answer.status_code == 422, answer.text
    return {each["field"]: each["fix"] for each in answer.json()["detail"]}


def test_a_fixture_is_what_the_ledger_says(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(OVERDUE, CURRENT, CLOSED))
    with reading(product.engine) as session:
        for given in (OVERDUE, CURRENT, CLOSED):
            loan = session.exec(select(Loan).where(Loan.external_id == given["id"])).one()
            following = accounts.next_instalment(session, loan, TODAY)
            assert loan.cached_balance == given["balance"] * 100
            assert accounts.overdue(session, loan, TODAY) == given["overdue_amount"] * 100
            assert loan.status == ("closed" if given is CLOSED else "active")
            assert (following and following.due.isoformat()) == given["next_due_date"]
            assert (following and following.cached_outstanding) == (given.get("next_due_amount", 0) * 100 or None)
            newest = accounts.payments(session, loan.id or 0, limit=len(given["payments"]))
            assert [(each.value_date.isoformat(), each.amount / 100, each.channel) for each in newest] == [
                (each["date"], each["amount"], each["channel"]) for each in given["payments"]
            ]
        assert session.exec(select(Payment).where(Payment.thanked_at == None)).all() == []  # noqa: E711


def test_a_reset_leaves_nothing_of_the_store_before(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(OVERDUE, identity_verified=True))
    product.answer = lambda _: {"text": "hola"}
    phone.post("/simulator/messages", json={"channel": "sms", "from": PHONE, "text": "hola"})
    phone.post("/simulator/take-over", json={})
    reset(phone, a_fixture(id="C-2"))
    with reading(product.engine) as session:
        assert session.exec(select(Borrower.external_id)).all() == ["C-2"]
        for table in ("message", "loan", "payment", "conversation", "turn_effect", "case"):
            assert session.scalar(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table])) == 0


def test_the_clock_stands_still_at_the_fixtures_now(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture())
    assert product.clock.now() == product.clock.now() == datetime.fromisoformat(NOW)


def test_all_three_channels_reach_the_contact_with_consent_and_are_on(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(identity_verified=True))
    with reading(product.engine) as session:
        reached = recipients.gather(session, [1], product.clock.now())[1].addresses
        assert {each.channel: (each.usable, each.known) for each in reached} == dict.fromkeys(
            ("whatsapp", "sms", "telegram"), (True, True)
        )
        policy = contact_policies.in_force(session, TODAY)
        assert all(policy.channels[each].enabled_by_default for each in ("whatsapp", "sms", "telegram"))
        assert flows.current(session) is not None


def test_a_fixture_may_say_otherwise_of_channels_and_consent(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(channels=["sms"], consent={"sms": True, "whatsapp": False}))
    with reading(product.engine) as session:
        reached = recipients.gather(session, [1], product.clock.now())[1].addresses
        policy = contact_policies.in_force(session, TODAY)
    assert {each.channel for each in reached if each.consent} == {"sms"}
    assert [name for name, channel in policy.channels.items() if channel.enabled_by_default] == ["sms"]


def test_flags_of_the_contact_are_on_every_channel(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(opted_out=True, wrong_person=True))
    with reading(product.engine) as session:
        assert all(each.opted_out_at and each.wrong_person_at for each in session.exec(select(Address)))
    contact = phone.get("/simulator/state").json()["contact"]
    assert (contact["opted_out"], contact["wrong_person"], contact["identity_verified"]) == (True, True, False)


@pytest.mark.parametrize(
    ("contact", "birth_date", "ending", "zone"),
    [
        ({}, "1985-04-12", "4321", "America/Mexico_City"),
        ({"identity": {"birth_date": "1990-01-02", "document_ending": 77}}, None, None, None),
        ({"identity": {"birth_date": "1990-01-02", "document_ending": "0077"}}, "1990-01-02", "0077", None),
        ({"country": "CO"}, "1985-04-12", "4321", "America/Bogota"),
        ({"zone": "America/Tijuana"}, "1985-04-12", "4321", "America/Tijuana"),
        ({"timezone": None}, "1985-04-12", "4321", "unknown"),
    ],
)
def test_who_the_contact_is(
    phone: TestClient,
    product: Product,
    contact: dict[str, Any],
    birth_date: str | None,
    ending: str | None,
    zone: str | None,
) -> None:
    if birth_date is None:
        assert "contact.identity.document_ending" in faults(phone, a_fixture(**contact))
        return
    reset(phone, a_fixture(**contact))
    with reading(product.engine) as session:
        borrower = session.exec(select(Borrower)).one()
    assert (borrower.birth_date, borrower.document_ending) == (birth_date, ending)
    assert zone is None or borrower.zone == (None if zone == "unknown" else zone)
    assert borrower.given_name == "Guadalupe"


def test_the_policy_of_a_fixture_is_in_force(phone: TestClient, product: Product) -> None:
    own = {
        "promise_min_amount": 75.50,
        "promise_max_days": 12,
        "max_active_promises": 2,
        "identity_attempts": 5,
        "outbound_hours": "09:30-18:00",
    }
    reset(phone, a_fixture(policy=own))
    with reading(product.engine) as session:
        negotiation = policies.in_force(session, TODAY)
        contact = contact_policies.in_force(session, TODAY)
    assert str(negotiation.promise.min_amount) == "75.5"
    assert (negotiation.promise.max_days_ahead.on(5), negotiation.promise.max_days_ahead.on(40)) == (12, 12)
    assert (negotiation.promise.max_open, negotiation.identity.max_attempts) == (2, 5)
    assert contact.defaults.outbound_window == (time(9, 30), time(18))
    assert contact.countries["MX"].default[0].hours.mon_fri == (time(9, 30), time(18))
    assert contact.countries["MX"].default[0].hours.sat == (time(9, 30), time(15))


def test_wider_hours_of_a_fixture_go_as_far_as_the_law(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(policy={"outbound_hours": "06:00-23:00"}))
    with reading(product.engine) as session:
        hours = contact_policies.in_force(session, TODAY).countries["MX"].default[0].hours
    assert hours.mon_fri == (time(7), time(22))


def test_open_promises_of_a_fixture_are_open(phone: TestClient) -> None:
    reset(phone, a_fixture(OVERDUE) | {"promises": [{"loan": "LN-1001", "amount": 300, "date": "2026-11-20"}]})
    assert phone.get("/simulator/state").json()["promises"] == [
        {"loan": "LN-1001", "amount": 300.0, "currency": "MXN", "date": "2026-11-20", "state": "open"}
    ]


def test_unknown_fields_are_named_and_ignored(phone: TestClient) -> None:
    odd = a_fixture(OVERDUE | {"collateral": "none"}, nickname="Lupe") | {"comment": "x"}
    assert reset(phone, odd)["ignored"] == ["comment", "contact.nickname", "loans.0.collateral"]


@pytest.mark.parametrize(
    ("body", "field", "fix"),
    [
        (a_fixture() | {"now": "2026-11-18T10:00:00"}, "now", "offset"),
        (a_fixture() | {"now": "yesterday"}, "now", "datetime"),
        (a_fixture(language="fr"), "contact.language", "pattern"),
        (a_fixture(name=None), "contact.name", "add it"),
        (a_fixture(zone="America/Nowhere"), "contact.zone", "IANA zone"),
        (a_fixture(channels=["fax"]), "contact.channels", "whatsapp, sms, telegram"),
        (a_fixture(OVERDUE | {"balance": "much"}), "loans.0.balance", "two decimals"),
        (a_fixture(OVERDUE | {"balance": -1}), "loans.0.balance", "greater than or equal to 0"),
        (a_fixture(OVERDUE | {"balance": 100}), "loans.0.overdue_amount", "at most the balance 100.00"),
        (a_fixture(CURRENT, OVERDUE | {"next_due_amount": 9000}), "loans.1.next_due_amount", "at most what is not"),
        (a_fixture(OVERDUE | {"frequency": "hourly"}), "loans.0.frequency", "biweekly"),
        (a_fixture(OVERDUE | {"status": "closed"}), "loans.0.status", "balance 0.00"),
        (a_fixture(OVERDUE, OVERDUE), "loans.1.external_id", "already known"),
        (a_fixture(policy={"outbound_hours": "20:00-08:00"}), "policy.outbound_hours", "08:00-20:00"),
        (a_fixture() | {"promises": [{"loan": "X", "amount": 1, "date": "2026-11-20"}]}, "promises.0.loan", "name"),
    ],
)
def test_a_wrong_value_is_refused_by_field_and_nothing_changes(
    phone: TestClient, body: dict[str, Any], field: str, fix: str
) -> None:
    reset(phone, a_fixture(OVERDUE, language="en"))
    found = faults(phone, body)
    assert any(name.startswith(field) and fix in said for name, said in found.items()), found
    assert phone.get("/simulator/state").json()["contact"]["language"] == "en"


def test_real_data_is_never_emptied(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture(OVERDUE))
    product.is_demo = False
    answer = phone.post("/simulator/reset", json=a_fixture())
    assert answer.status_code == 409
    assert "real portfolio" in answer.json()["detail"]
    with reading(product.engine) as session:
        assert len(session.exec(select(Loan)).all()) == 1


def test_only_this_machine_may_come_in(phone: TestClient) -> None:
    stranger = TestClient(phone.app, client=("192.0.2.7", 4000))
    for path in ("/simulator/state", "/simulator/outbox?address=1", "/simulator/borrowers"):
        assert stranger.get(path).status_code == 403
    assert stranger.post("/simulator/reset", json=a_fixture()).status_code == 403


def test_there_is_no_demo_to_restore_without_one(phone: TestClient) -> None:
    assert phone.post("/simulator/reset", json={"demo": True}).status_code == 409


def test_a_reset_takes_effect_at_its_own_time_only(phone: TestClient, product: Product) -> None:
    reset(phone, a_fixture() | {"now": "2026-11-25T19:59:00-06:00"})
    reset(phone, a_fixture() | {"now": "2026-11-18T16:00:00Z"})
    assert product.clock.now() == datetime(2026, 11, 18, 16, tzinfo=UTC)
