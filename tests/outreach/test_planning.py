"""Who gets a reminder, when and where; who does not, and why."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from loans import promises
from loans.tables import Payment
from outreach import holds, messages, recipients
from outreach.planning import Planned, Skipped, cancel_settled, plan, plan_thanks, preview, text_words
from outreach.tables import Conversation
from store.engine import transaction
from tests.outreach.portfolio import (
    CHANNELS,
    MORNING,
    TODAY,
    Person,
    a_lender,
    a_loan,
    a_person,
    an_address,
    at,
    outgoing,
    pay,
    skips,
)


def planned(session: Session, now: datetime = MORNING) -> list[tuple[str | None, str]]:
    """Steps and channels of the messages after planning at `now`."""
    plan(session, now, CHANNELS)
    return [(each.step, each.channel) for each in outgoing(session)]


@pytest.fixture(autouse=True)
def lender(session: Session) -> None:
    a_lender(session)


@pytest.mark.parametrize(
    ("due", "step"),
    [
        (TODAY + timedelta(days=3), "before_due_3"),
        (TODAY + timedelta(days=2), None),
        (TODAY, "due_today"),
        (TODAY - timedelta(days=1), "overdue_1"),
        (TODAY - timedelta(days=2), None),
        (TODAY - timedelta(days=4), "overdue_4"),
        (TODAY - timedelta(days=8), "overdue_8"),
        (TODAY - timedelta(days=30), "overdue_30"),
        (TODAY - timedelta(days=31), None),
    ],
)
def test_each_day_of_a_loan_has_its_step(session: Session, due: date, step: str | None) -> None:
    a_loan(session, a_person(session), due, instalments=1)
    assert [name for name, _ in planned(session)] == ([step] if step else [])


def test_a_message_goes_at_the_steps_time_on_the_borrowers_clock(session: Session) -> None:
    a_loan(session, a_person(session, zone="America/Tijuana"), TODAY)
    plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    assert message.send_after == at(12)  # 10:00 in Tijuana
    assert message.valid_until == at(22)
    assert message.decision is not None
    assert message.decision["verdict"] == "send"


def test_a_late_planner_writes_for_now_and_a_too_late_one_says_so(session: Session) -> None:
    a_loan(session, a_person(session), TODAY)
    assert plan(session, at(15), CHANNELS).written == 1
    assert outgoing(session)[0].send_after == at(15)
    other = a_person(session)
    a_loan(session, other, TODAY)
    assert plan(session, at(21), CHANNELS).skipped == {"outside_hours": 1}


def test_planned_ten_times_a_reminder_is_written_once(session: Session) -> None:
    a_loan(session, a_person(session), TODAY)
    results = [plan(session, MORNING + timedelta(hours=each), CHANNELS) for each in range(10)]
    assert [each.written for each in results] == [1] + [0] * 9
    assert len(outgoing(session)) == 1
    assert skips(session) == []


def test_three_planners_at_once_write_a_reminder_once(session: Session, engine: sa.Engine) -> None:
    for _ in range(30):
        a_loan(session, a_person(session), TODAY)
    session.commit()

    def work(_: int) -> int:
        with transaction(engine) as own:
            return plan(own, MORNING, CHANNELS).written

    with ThreadPoolExecutor(3) as threads:
        written = list(threads.map(work, range(3)))
    assert sum(written) == 30
    assert len(outgoing(session)) == 30


def no_consent(session: Session, person: Person) -> None:
    person.address.opted_out_at = MORNING


def person_owns(session: Session, person: Person) -> None:
    messages.conversation_of(session, person.address).owner = "person"


def blocked(session: Session, person: Person) -> None:
    person.address.blocked_at = MORNING


def no_zone(session: Session, person: Person) -> None:
    person.borrower.zone = None


def abroad(session: Session, person: Person) -> None:
    person.borrower.country = "ZZ"


def hardship(session: Session, person: Person) -> None:
    holds.place(session, "hardship", now=MORNING, borrower_id=person.id)


def wrong_person(session: Session, person: Person) -> None:
    person.address.wrong_person_at = MORNING


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (no_consent, "no_consent"),
        (person_owns, "human_owns_thread"),
        (blocked, "unreachable"),
        (no_zone, "unknown_time_zone"),
        (abroad, "no_country_row"),
        (hardship, "held"),
        (wrong_person, "held"),
    ],
)
def test_a_silence_has_a_name(session: Session, cause: Callable[[Session, Person], None], reason: str) -> None:
    person = a_person(session)
    a_loan(session, person, TODAY)
    cause(session, person)
    session.flush()
    assert planned(session) == []
    assert skips(session) == [("due_today", reason)]
    plan(session, MORNING, CHANNELS)
    assert skips(session) == [("due_today", reason)]


def test_a_borrower_without_consent_or_address_is_not_written_to(session: Session) -> None:
    a_loan(session, a_person(session, consent=False), TODAY)
    nobody = a_person(session, "call")
    a_loan(session, nobody, TODAY)
    assert planned(session) == []
    assert sorted(reason for _, reason in skips(session)) == ["no_address", "no_consent"]


def test_a_channel_that_is_switched_off_is_not_used(session: Session) -> None:
    both = a_person(session, "whatsapp")
    an_address(session, both.borrower, "sms")
    a_loan(session, both, TODAY)
    a_loan(session, a_person(session, "whatsapp"), TODAY)
    plan(session, MORNING)  # the policy's own defaults: WhatsApp is off
    assert [each.channel for each in outgoing(session)] == ["sms"]
    assert skips(session) == [("due_today", "channel_not_allowed")]


def test_the_preferred_channel_comes_first(session: Session) -> None:
    person = a_person(session, "whatsapp", preferred_channel="telegram")
    an_address(session, person.borrower, "telegram")
    a_loan(session, person, TODAY)
    assert planned(session) == [("due_today", "telegram")]


@pytest.mark.parametrize(("wish", "hour"), [("morning", 9), ("evening", 17.5), ("11:30", 11.5), ("23:00", 10)])
def test_a_wished_time_is_kept_inside_the_hours(session: Session, wish: str, hour: float) -> None:
    a_loan(session, a_person(session, preferred_time=wish), TODAY)
    plan(session, at(8), CHANNELS)
    assert outgoing(session)[0].send_after == at(int(hour), int(hour % 1 * 60))


def test_a_promise_alive_silences_its_loan_and_is_reminded_itself(session: Session) -> None:
    person = a_person(session)
    loan = a_loan(session, person, TODAY - timedelta(days=4))
    promises.record(
        session, loan=loan, amount=300_00, due=TODAY + timedelta(days=1), now=at(8), today=TODAY, turn_id="t1"
    )
    assert planned(session) == [("promise_before_1", "sms")]
    assert skips(session) == [("overdue_4", "outranked")]


def test_a_promise_for_later_leaves_the_day_silent(session: Session) -> None:
    loan = a_loan(session, a_person(session), TODAY - timedelta(days=4))
    promises.record(session, loan=loan, amount=300_00, due=TODAY + timedelta(days=5), now=at(8), today=TODAY)
    assert planned(session) == []
    assert skips(session) == [("overdue_4", "held")]


def test_two_loans_share_one_message(session: Session) -> None:
    person = a_person(session)
    a_loan(session, person, TODAY)
    a_loan(session, person, TODAY - timedelta(days=4))
    counts = plan(session, MORNING, CHANNELS)
    assert (counts.candidates, counts.written, counts.merged) == (2, 1, 1)
    assert preview(session, at(9), CHANNELS) == []  # planned already
    (message,) = outgoing(session)
    assert message.step == "due_today"
    assert len(message.keys[0]["about"]) == 2
    assert plan(session, at(11), CHANNELS).written == 0


def test_a_held_loan_is_left_out_of_the_shared_message(session: Session) -> None:
    person = a_person(session)
    a_loan(session, person, TODAY)
    disputed = a_loan(session, person, TODAY)
    holds.place(session, "dispute", now=MORNING, loan_id=disputed.id)
    plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    assert len(message.keys[0]["about"]) == 1
    assert skips(session) == [("due_today", "held")]


def test_the_week_has_three_messages_at_most(session: Session) -> None:
    """Days -3, 0, 1 use up the week; day 4 is a week after the first and goes."""
    person = a_person(session)
    a_loan(session, person, TODAY)
    for day in (-3, 0, 1, 4):
        plan(session, at(9, day=TODAY + timedelta(days=day)), CHANNELS)
        for message in outgoing(session):
            message.sent_at = message.send_after
    sent = [(each.send_after - MORNING).days for each in outgoing(session) if each.send_after]
    assert sent == [-3, 0, 1, 4]


def test_above_sixty_days_people_lead(session: Session) -> None:
    a_loan(session, a_person(session), TODAY - timedelta(days=70), instalments=6)
    plan(session, MORNING, CHANNELS)
    assert outgoing(session) == []
    assert skips(session) == [("due_today", "person_leads")]


def test_only_new_or_late_borrowers_are_reminded_before_the_date(session: Session) -> None:
    prompt = a_person(session)
    a_loan(session, prompt, TODAY + timedelta(days=3), cycle=2)
    late = a_person(session)
    loan = a_loan(session, late, TODAY - timedelta(days=11), cycle=2)
    pay(session, loan, 500_00, MORNING)
    assert [each.borrower_id for each in outgoing(session) if plan(session, MORNING, CHANNELS)] == []
    assert [each.borrower_id for each in outgoing(session)] == []
    plan(session, MORNING, CHANNELS)
    assert [each.borrower_id for each in outgoing(session)] == [late.id]


def test_a_due_date_on_a_sunday_is_reminded_on_saturday(session: Session) -> None:
    saturday = date(2026, 11, 28)
    a_loan(session, a_person(session), date(2026, 11, 29))
    plan(session, at(9, day=saturday), CHANNELS)
    assert [each.step for each in outgoing(session)] == ["due_today"]
    outcome = preview_of(session, at(9, day=saturday), date(2026, 11, 29))
    assert outcome == "reminder.tomorrow"


def preview_of(session: Session, now: datetime, due: date) -> str:
    a_loan(session, a_person(session), due)
    (outcome,) = preview(session, now, CHANNELS)
    assert isinstance(outcome, Planned)
    return str(text_words(session, outcome, now)[0]["key"])


def test_an_unconfirmed_address_gets_no_detail(session: Session) -> None:
    a_loan(session, a_person(session, known=False), TODAY)
    (outcome,) = preview(session, MORNING, CHANNELS)
    assert isinstance(outcome, Planned)
    (word,) = text_words(session, outcome, MORNING)
    assert word == {"key": "reminder.neutral", "values": {"lender": "Crédito Amigo"}}


def test_a_preview_writes_nothing(session: Session) -> None:
    a_loan(session, a_person(session), TODAY)
    a_loan(session, a_person(session, consent=False), TODAY)
    kinds = [type(each) for each in preview(session, MORNING, CHANNELS)]
    assert kinds == [Planned, Skipped]
    assert outgoing(session) == []
    assert skips(session) == []


def test_who_is_written_to_after_all_was_not_skipped(session: Session) -> None:
    person = a_person(session)
    a_loan(session, person, TODAY)
    hold = holds.place(session, "hardship", now=MORNING, borrower_id=person.id)
    plan(session, MORNING, CHANNELS)
    assert len(skips(session)) == 1
    holds.lift(session, hold, "staff:1", at(11))
    plan(session, at(12), CHANNELS)
    assert len(outgoing(session)) == 1
    assert skips(session) == []


def test_payments_are_thanked_once_and_together(session: Session) -> None:
    loan = a_loan(session, a_person(session), TODAY)
    pay(session, loan, 100_00, at(9))
    pay(session, loan, 200_00, at(9, 5))
    assert plan_thanks(session, at(10), CHANNELS).written == 1
    assert plan_thanks(session, at(11), CHANNELS).written == 0
    (message,) = outgoing(session)
    assert message.kind == "receipt"
    assert len(message.keys[0]["about"]) == 2
    pay(session, loan, 50_00, at(12))
    assert plan_thanks(session, at(13), CHANNELS).written == 1


def test_payments_of_long_ago_are_not_thanked(session: Session) -> None:
    loan = a_loan(session, a_person(session), TODAY)
    payment = pay(session, loan, 100_00, at(9))
    session.get_one(Payment, payment.id).value_date = TODAY - timedelta(days=30)
    session.flush()
    assert plan_thanks(session, at(10), CHANNELS).candidates == 0


def test_reminders_of_what_is_paid_are_withdrawn(session: Session) -> None:
    paid = a_loan(session, a_person(session), TODAY)
    a_loan(session, a_person(session), TODAY)
    plan(session, MORNING, CHANNELS)
    pay(session, paid, 500_00, at(9, 30))
    assert cancel_settled(session, at(9, 40), at(9)) == 1
    states = {each.loan_id: (each.status, each.error_code) for each in outgoing(session)}
    assert states[paid.id or 0] == ("cancelled", "paid")
    assert sorted(state for state, _ in states.values()) == ["cancelled", "queued"]
    assert plan(session, at(11), CHANNELS).written == 0


def test_a_shared_phone_begins_a_conversation_of_nobody(session: Session) -> None:
    one, two = a_person(session), a_person(session)
    from outreach import addresses

    addresses.link(session, one.address, two.borrower, consent_at=MORNING, evidence="sign-up")
    a_loan(session, one, TODAY)
    plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    assert session.get_one(Conversation, message.conversation_id).borrower_id is None
    assert message.borrower_id == one.id


@pytest.mark.parametrize(
    ("enabled", "channel"),
    [({"sms:MX"}, "sms"), ({"sms:CO"}, None), ({"sms:CO", "whatsapp:MX"}, "whatsapp"), (set[str](), None)],
)
def test_a_channel_may_be_on_in_one_country_only(session: Session, enabled: set[str], channel: str | None) -> None:
    who = a_person(session, "sms")
    an_address(session, who.borrower, "whatsapp")
    a_loan(session, who, TODAY)
    plan(session, MORNING, enabled)
    assert [each.channel for each in outgoing(session)] == ([channel] if channel else [])
    assert [reason for _, reason in skips(session)] == ([] if channel else ["channel_not_allowed"])


def test_what_was_written_long_ago_and_sent_lately_is_an_attempt(session: Session) -> None:
    """It waited for the hours, for a cap or for a provider that was down."""
    person = a_person(session)
    a_loan(session, person, TODAY - timedelta(days=12))
    plan(session, MORNING - timedelta(days=11), CHANNELS)
    (message,) = outgoing(session)
    message.status, message.sent_at = "sent", MORNING - timedelta(days=3)
    session.commit()
    known = recipients.gather(session, [person.id], MORNING)[person.id]
    assert [attempt.at for _, attempt in known.attempts] == [MORNING - timedelta(days=3)]
    later = recipients.gather(session, [person.id], MORNING + timedelta(days=7))[person.id]
    assert later.attempts == []
