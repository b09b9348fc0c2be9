"""The most urgent case goes at once to a person who is there, and pages name no borrower."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.channels.simulator import SimulatorChannel
from bot.outbox import send_ready
from desk import alarm, assignment, cases, news, sessions
from desk.access import Role
from desk.accounts import add_staff
from desk.cases import Reason
from desk.tables import Case, CaseEvent, Staff
from outreach import messages
from outreach.tables import Message
from scheduler import jobs
from store.engine import transaction
from store.ids import id_of
from tests.outreach.portfolio import CHANNELS, MORNING, Person, a_lender, a_person

PAGES = ("sms:+525511110000", "telegram:778899")
LATER = MORNING + timedelta(minutes=6)
Hire = Callable[..., int]


@pytest.fixture
def person(session: Session) -> Person:
    a_lender(session)
    return a_person(session, branch="Puebla", region="north")


@pytest.fixture
def hire(session: Session) -> Hire:
    def hired(name: str, role: Role = Role.COLLECTOR, *, here: bool = False, **more: Any) -> int:
        email = f"{name.lower()}@example.mx"
        staff, _ = add_staff(session, email=email, name=name, role=role, branches=("Puebla",), now=MORNING)
        for field, value in more.items():
            setattr(staff, field, value)
        if here:
            sessions.begin(session, id_of(staff), MORNING)
        session.flush()
        return id_of(staff)

    return hired


def distress(session: Session, person: Person) -> Case:
    talk = messages.conversation_of(session, person.address)
    return cases.open_case(
        session, Reason.VULNERABLE_DISTRESS, now=MORNING, borrower_id=person.id, conversation_id=id_of(talk)
    )


def pages(session: Session) -> list[Message]:
    return list(session.exec(select(Message).where(Message.kind == "page").order_by(col(Message.id))))


def test_somebody_who_is_signed_in_gets_it_although_others_have_less_to_do(
    session: Session, person: Person, hire: Hire
) -> None:
    hire("Idle")
    present = hire("Ana", here=True, case_limit=0)
    hire("Eva", Role.SUPERVISOR, here=True)
    case = distress(session, person)
    assert alarm.sound(session, MORNING, ()) == 1
    assert case.staff_id == present
    assert alarm.sound(session, MORNING, ()) == 0


@pytest.mark.parametrize("ended", [MORNING, None], ids=["signed out", "idle for hours"])
def test_with_nobody_there_it_is_the_supervisors(
    session: Session, person: Person, hire: Hire, ended: datetime | None
) -> None:
    gone, boss = hire("Ana"), hire("Eva", Role.SUPERVISOR)
    token = sessions.begin(session, gone, MORNING - sessions.IDLE)
    if ended is not None:
        sessions.end(session, token, ended)
    case = distress(session, person)
    alarm.sound(session, MORNING, ())
    assert case.staff_id == boss


def test_who_has_the_conversation_already_gets_it(session: Session, person: Person, hire: Hire) -> None:
    speaking = hire("Ana")
    hire("Eva", here=True)
    talk = messages.conversation_of(session, person.address)
    other = cases.open_case(session, Reason.DISPUTE, now=MORNING, conversation_id=id_of(talk), borrower_id=person.id)
    cases.take_over(session, other, speaking, MORNING)
    case = distress(session, person)
    alarm.sound(session, MORNING, ())
    assert (case.staff_id, case.state) == (speaking, "open")


def test_it_waits_for_nobody_where_there_is_nobody(session: Session, person: Person) -> None:
    case = distress(session, person)
    assert alarm.sound(session, MORNING, PAGES) == 1
    assert case.staff_id is None and len(pages(session)) == 2


def test_a_page_names_the_case_and_no_borrower(session: Session, engine: sa.Engine, person: Person, hire: Hire) -> None:
    hire("Ana", here=True, language="en")
    case = distress(session, person)
    number = id_of(case)
    assert alarm.is_due(session)
    alarm.sound(session, MORNING, PAGES)
    assert not alarm.is_due(session)
    session.commit()
    clock = type("Stopped", (), {"now": lambda _: MORNING})()
    send_ready(engine, {name: SimulatorChannel(name, clock) for name in CHANNELS}, clock)
    with transaction(engine) as after:
        sent = pages(after)
        assert {(each.channel, each.status) for each in sent} == {("sms", "sent"), ("telegram", "sent")}
        for each in sent:
            assert str(number) in each.text and "console" in each.text
            assert "Ana Pérez" not in each.text and each.borrower_id is None


def test_when_nobody_takes_it_the_supervisor_gets_it_and_pages_go_out_again(
    session: Session, engine: sa.Engine, person: Person, hire: Hire
) -> None:
    hire("Ana", here=True)
    boss = hire("Eva", Role.SUPERVISOR)
    number = id_of(distress(session, person))
    session.commit()
    jobs.run_due(engine, MORNING, enabled=CHANNELS, pages=PAGES)
    jobs.run_due(engine, MORNING + timedelta(minutes=2), enabled=CHANNELS, pages=PAGES)
    jobs.run_due(engine, LATER, enabled=CHANNELS, pages=PAGES)
    jobs.run_due(engine, LATER + timedelta(minutes=2), enabled=CHANNELS, pages=PAGES)
    with transaction(engine) as after:
        assert after.get_one(Case, number).staff_id == boss
        kinds = after.exec(select(CaseEvent.kind).order_by(col(CaseEvent.id))).all()
        assert kinds == ["opened", "assigned", "paged", "escalated", "paged"]
        assert len(pages(after)) == 4


def test_a_case_that_was_taken_is_not_paged_for(session: Session, person: Person, hire: Hire) -> None:
    ana = hire("Ana", here=True)
    case = distress(session, person)
    alarm.sound(session, MORNING, PAGES)
    cases.take_over(session, case, ana, MORNING)
    assert assignment.escalate(session, LATER) == 0
    assert alarm.sound(session, LATER, PAGES) == 0


def test_other_cases_sound_no_alarm(session: Session, person: Person, hire: Hire) -> None:
    hire("Ana", here=True)
    cases.open_case(session, Reason.ABUSE, now=MORNING, borrower_id=person.id)
    assert not alarm.is_due(session) and alarm.sound(session, MORNING, PAGES) == 0


def test_the_console_is_told_that_it_is_urgent_until_somebody_has_it(
    session: Session, person: Person, hire: Hire
) -> None:
    ana = hire("Ana", here=True)
    case = distress(session, person)
    alarm.sound(session, MORNING, ())

    def told() -> set[bool]:
        heard = news.since(session, news.Cursor(0, 0, 0), None)
        return {each.data["urgent"] for each in heard if each.kind == "case"}

    assert told() == {True}
    cases.take_over(session, case, ana, MORNING)
    session.flush()
    assert told() == {False}
    assert session.get_one(Staff, ana).active
