"""Turns that were recorded, judged again under other limits with what was known at their time."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from insight import limits_replay
from insight.limits_replay import Replayed
from insight.limits_words import Words
from loans import ledger, limit_versions, offer_memory, offers, plans, policies, promises
from loans.limit_versions import Proposed
from loans.limits import LevelLimits, Limits
from loans.offers import Wanted
from loans.standing import standing
from loans.tables import Loan, Offer
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Conversation
from store.ids import id_of
from tests.outreach.portfolio import MORNING, TODAY, Person, a_lender, a_loan, a_person, pay

SINCE = MORNING - timedelta(days=1)
LATE = TODAY - timedelta(days=10)


@pytest.fixture
def ana(session: Session) -> Person:
    a_lender(session)
    return a_person(session)


@pytest.fixture
def loan(session: Session, ana: Person) -> Loan:
    """500.00 are ten days late."""
    return a_loan(session, ana, LATE)


def draft(product: str = "", segment: str = "", **limits: Any) -> Proposed:
    return Proposed(product, segment, LevelLimits(assistant=Limits(**limits)))


def replayed(session: Session, **limits: Any) -> Replayed:
    session.flush()
    return limits_replay.again(session, draft(**limits), SINCE)


def told(found: Replayed, language: str = "es") -> list[tuple[str, str]]:
    words = Words(language, "MX")
    return [(words.before(each), words.after(each)) for each in found.changed]


def promised(session: Session, loan: Loan, days: int, turn: str = "t1", now: datetime = MORNING) -> None:
    due = TODAY + timedelta(days=days)
    promises.record(session, loan=loan, amount=300_00, due=due, now=now, today=TODAY, turn_id=turn)


def asked(session: Session, ana: Person, text: str, key: str, **values: Any) -> None:
    """A message, and the reply that refused it."""
    message = messages.receive(session, Inbound("sms", "phone", ana.address.value, f"in-{text}", text), MORNING)
    assert message is not None
    talk = session.get_one(Conversation, message.conversation_id)
    messages.write_reply(
        session, talk, text="no", now=MORNING, turn_id=message.turn_id, keys=[{"key": key, "values": values}]
    )


def test_a_promise_that_the_draft_would_refuse_is_told(session: Session, loan: Loan) -> None:
    promised(session, loan, 3, "near")
    promised(session, loan, 9, "far", MORNING + timedelta(minutes=1))
    found = replayed(session, promise_max_days=5)
    assert (found.looked_at, found.unlike, dict(found.counts)) == (2, 0, {"refused": 1})
    assert found.changed[0].turn.id == "far"
    ((before, after),) = told(found)
    assert before == "Prometido: $300.00 el jueves 3 de diciembre."
    assert after == "No se acepta: fecha muy lejana, a más tardar el domingo 29 de noviembre."
    assert told(found, "en")[0][1].startswith("It is not accepted: ")


def test_the_facts_are_those_of_the_moment(session: Session, loan: Loan) -> None:
    """What was paid, promised and reversed afterwards has no say."""
    promised(session, loan, 3)
    promised(session, loan, 4, "second", MORNING + timedelta(hours=1))
    pay(session, loan, 500_00, MORNING + timedelta(hours=2))
    pay(session, loan, 1000_00, MORNING + timedelta(hours=3))
    assert loan.cached_balance == 0
    found = replayed(session, promise_max_open=1)
    assert (found.looked_at, found.unlike) == (2, 0)
    assert [each.turn.id for each in found.changed] == ["second"]


def test_two_payments_of_one_turn_are_one_agreement(session: Session, loan: Loan) -> None:
    promised(session, loan, 3, "t:1")
    promised(session, loan, 4, "t:2")
    found = replayed(session, promise_max_open=1)
    assert [(each.turn.id, each.what) for each in found.changed] == [("t", "refused")]


def test_a_plan_and_a_moved_date_are_judged_too(session: Session, ana: Person, loan: Loan) -> None:
    due = TODAY + timedelta(days=2)
    parts = [(due, 250_00), (due + timedelta(days=14), 250_00)]
    plans.record(session, loan=loan, payments=parts, now=MORNING, today=TODAY, turn_id="plan")
    other = a_loan(session, ana, TODAY + timedelta(days=5))
    ledger.change_due(
        session, loan=other, number=1, due=TODAY + timedelta(days=9), now=MORNING, today=TODAY, turn_id="moved"
    )
    assert replayed(session).changed == []
    found = replayed(session, plan_max_days=10, date_change_max_days=3)
    assert {(each.turn.id, each.what) for each in found.changed} == {("plan", "refused"), ("moved", "refused")}
    assert found.unlike == 0


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        ({"plan_max_in_12m": 0}, "other_offer"),
        ({"promise_max_days": 4}, "other_offer"),
        ({"plan_max_in_12m": 0, "promise_max_open": 0, "date_change_max_in_12m": 0}, "no_offer"),
        ({"plan_max_payments": 4}, None),
    ],
)
def test_offers_are_made_again(session: Session, loan: Loan, limits: dict[str, Any], what: str | None) -> None:
    wanted, policy = Wanted(count=2), policies.in_force(session, TODAY)
    made = offers.offers(standing(session, loan, TODAY, frozenset()), policy, TODAY, wanted)
    for each in offers.one_of_each(made):
        content = offer_memory.to_json(each) | {"wanted": offer_memory.wanted_to_json(wanted)}
        session.add(
            Offer(loan_id=id_of(loan), borrower_id=loan.borrower_id, kind=each.kind, content=content, made_at=MORNING,
                  turn_id="offered")
        )  # fmt: skip
    found = replayed(session, **limits)
    assert (found.looked_at, found.unlike) == (1, 0)
    assert [each.what for each in found.changed] == ([what] if what else [])


def in_force(session: Session, **limits: Any) -> None:
    row = limit_versions.propose(
        session, LevelLimits(assistant=Limits(**limits)), product="", segment="", valid_from=date(2026, 11, 2),
        by="staff:1", today=date(2026, 11, 1), now=MORNING,
    )  # fmt: skip
    row.approved_by = "staff:2"


def test_what_was_refused_may_be_accepted_by_wider_limits(session: Session, ana: Person, loan: Loan) -> None:
    in_force(session, promise_max_days=5)
    last = {"date": (TODAY + timedelta(days=5)).isoformat()}
    asked(session, ana, "le pago el 3 de diciembre", "promise.date_too_far", last=last)
    assert [each.what for each in replayed(session, promise_max_days=9).changed] == ["accepted"]
    assert [each.what for each in replayed(session, promise_max_days=6).changed] == ["other_limit"]
    assert replayed(session, promise_max_days=5).changed == []


def test_what_cannot_be_told_any_more_is_counted(session: Session, ana: Person, loan: Loan) -> None:
    last = {"date": (TODAY + timedelta(days=1)).isoformat()}  # by limits that no row tells of
    asked(session, ana, "le pago el 3 de diciembre", "promise.date_too_far", last=last)
    found = replayed(session, promise_max_days=2)
    assert (found.looked_at, found.unlike, found.changed) == (1, 1, [])


def test_nearer_limits_and_other_products_stay(session: Session, loan: Loan) -> None:
    promised(session, loan, 9)
    session.flush()
    for proposed, number in ((draft(product="moto", promise_max_days=1), 0), (draft(promise_max_days=1), 1)):
        assert len(limits_replay.again(session, proposed, SINCE).changed) == number


def test_only_the_newest_are_looked_at(session: Session, loan: Loan) -> None:
    for number in range(3):
        promised(session, loan, 9, f"t{number}", MORNING + timedelta(minutes=number))
    found = limits_replay.again(session, draft(promise_max_days=1), SINCE, most=2)
    assert (found.looked_at, found.left_out, [each.turn.id for each in found.changed]) == (2, 1, ["t1", "t2"])
