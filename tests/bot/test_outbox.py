"""Sending: judged again, worded from today's ledger, once, in order, and never twice when nobody knows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot import hooks
from bot.channels.base import Channel, Outgoing, SendError, SendFailed, Sent
from bot.channels.simulator import Behaviour, SimulatorChannel
from bot.doubts import settle_lost
from bot.intake import Intake
from bot.outbox import _URGENCY, Out, SendCounts, _at, send_ready
from bot.spool import Hook, Spool
from loans import promises
from loans.tables import Loan
from outreach import addresses, delivery, holds, messages
from outreach.messages import Inbound
from outreach.planning import plan
from outreach.tables import Address, Message
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
)

TEN = at(10)


class StoppedClock:
    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


class ScriptedChannel:
    """Answers as it is told, in turn, and then accepts; remembers what it was given."""

    def __init__(self, name: str = "sms", *answers: Exception) -> None:
        self.name = name
        self._answers = list(answers)
        self.given: list[Outgoing] = []

    def send(self, outgoing: Outgoing) -> Sent:
        self.given.append(outgoing)
        if self._answers:
            raise self._answers.pop(0)
        return Sent(f"prov-{outgoing.message_id}", segments=1)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.given]


@pytest.fixture
def person(session: Session) -> Person:
    a_lender(session)
    return a_person(session)


def send(engine: sa.Engine, channel: Channel, now: datetime = TEN, limit: int = 20) -> SendCounts:
    channels = dict.fromkeys(CHANNELS, channel)
    return send_ready(engine, channels, StoppedClock(now), enabled=CHANNELS, limit=limit, real=StoppedClock(now))


def planned(session: Session, person: Person, due: datetime = MORNING) -> Loan:
    loan = a_loan(session, person, due.date())
    plan(session, MORNING, CHANNELS)
    session.commit()
    return loan


def the_message(session: Session) -> Message:
    session.expire_all()
    (message,) = outgoing(session)
    session.commit()  # On SQLite an open transaction would keep the senders out.
    return message


def test_a_reminder_is_sent_once_in_the_borrowers_words(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    channel = ScriptedChannel()
    assert send(engine, channel, at(9, 59)).handled == 0
    assert send(engine, channel).sent == 1
    assert send(engine, channel).handled == 0
    (text,) = channel.texts
    assert "Ana" in text
    assert "$500.00" in text
    assert "Si ya pago, gracias" in text  # an SMS does without the accent that would double its price
    message = the_message(session)
    assert (message.status, message.provider_id, message.text) == ("sent", f"prov-{message.id}", text)
    assert message.keys[0]["key"] == "reminder.due_today"
    assert message.decision is not None
    assert message.decision["inputs"]["now"] == TEN.isoformat()
    assert channel.given[0].to == person.address.value
    assert channel.given[0].valid_seconds == 10 * 3600  # the quiet hours begin at eight


def paid(session: Session, person: Person, loan: Loan) -> None:
    pay(session, loan, 500_00, at(9, 30))


def promised(session: Session, person: Person, loan: Loan) -> None:
    due = TODAY + timedelta(days=6)
    promises.record(session, loan=loan, amount=100_00, due=due, now=at(9, 30), today=TODAY)


def opted_out(session: Session, person: Person, loan: Loan) -> None:
    addresses.opt_out(session, session.get_one(Address, person.address.id), "borrower", at(9, 30))


def in_trouble(session: Session, person: Person, loan: Loan) -> None:
    holds.place(session, "hardship", now=at(9, 30), borrower_id=person.id)


def taken_over(session: Session, person: Person, loan: Loan) -> None:
    messages.conversation_of(session, person.address).owner = "person"


def wrong_number(session: Session, person: Person, loan: Loan) -> None:
    addresses.mark_wrong_person(session, person.address, at(9, 30))


def unlinked(session: Session, person: Person, loan: Loan) -> None:
    from outreach.tables import AddressBorrower

    session.delete(session.get_one(AddressBorrower, (person.address.id, person.id)))


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (paid, "paid"),
        (promised, "held"),
        (opted_out, "no_consent"),
        (in_trouble, "held"),
        (taken_over, "human_owns_thread"),
        (wrong_number, "held"),
        (unlinked, "no_address"),
    ],
)
def test_what_happened_since_the_plan_is_seen_at_sending(
    session: Session,
    engine: sa.Engine,
    person: Person,
    meanwhile: Callable[[Session, Person, Loan], None],
    reason: str,
) -> None:
    loan = planned(session, person)
    meanwhile(session, person, loan)
    session.commit()
    channel = ScriptedChannel()
    assert send(engine, channel).skipped == 1
    assert channel.given == []
    message = the_message(session)
    assert (message.status, message.error_code) == ("skipped", reason)


def test_a_stop_that_still_waits_beside_the_store_is_heard_first(
    session: Session, engine: sa.Engine, person: Person, tmp_path: Path
) -> None:
    planned(session, person)
    spool, channel = Spool(tmp_path / "store.hooks.db"), ScriptedChannel()
    stopped = {"MessageSid": "SM1", "To": person.address.value, "MessageStatus": "failed", "ErrorCode": "21610"}
    spool.add(Hook("status", urlencode(stopped).encode(), "channel=sms", at(9, 30)))

    def send_what_may_go() -> SendCounts:
        return send_ready(
            engine, {"sms": channel}, StoppedClock(TEN), enabled=CHANNELS, heard=lambda: spool.is_heard(0)
        )

    assert send_what_may_go().handled == 0
    intake = Intake(engine, spool, hooks.take, lambda: None)
    intake.start()
    intake.stop()
    assert send_what_may_go().skipped == 1
    assert channel.given == []
    assert the_message(session).error_code == "no_consent"
    spool.close()


def test_a_reminder_waits_until_what_the_borrower_just_wrote_is_read(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    planned(session, person)
    inbound = Inbound("sms", "phone", person.address.value, "SM1", text="no me escriban")
    written = messages.receive(session, inbound, at(9, 30))
    assert written is not None
    messages.write_reply(session, messages.conversation_of(session, person.address), text="Un momento", now=at(9, 40))
    session.commit()
    channel = ScriptedChannel()
    assert send(engine, channel).sent == 1
    assert send(engine, channel).handled == 0
    assert channel.texts == ["Un momento"]
    written.status = "handled"
    session.commit()
    assert send(engine, channel).sent == 1


def test_quiet_hours_put_a_message_back_and_age_ends_it(session: Session, engine: sa.Engine, person: Person) -> None:
    a_loan(session, person, TODAY - timedelta(days=1))
    plan(session, MORNING, CHANNELS)
    session.commit()
    channel = ScriptedChannel()
    assert send(engine, channel, at(21)).later == 1
    message = the_message(session)
    assert (message.status, message.send_after) == ("queued", at(8, day=TODAY + timedelta(days=1)))
    assert send(engine, channel, at(21)).handled == 0
    assert send(engine, channel, at(11, day=TODAY + timedelta(days=3))).skipped == 1
    assert the_message(session).error_code == "stale"
    assert channel.given == []


def test_a_later_reminder_is_worded_for_the_day_on_which_it_goes(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    loan = a_loan(session, person, TODAY - timedelta(days=1))
    plan(session, MORNING, CHANNELS)
    pay(session, loan, 200_00, at(9, 30))
    session.commit()
    channel = ScriptedChannel()
    send(engine, channel)
    assert "$300.00" in channel.texts[0]


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_two_loans_are_told_in_one_text_without_the_one_that_was_paid(
    session: Session, engine: sa.Engine, person: Person, order: slice
) -> None:
    loans = [a_loan(session, person, TODAY), a_loan(session, person, TODAY - timedelta(days=4))]
    one, two = loans[order]
    plan(session, MORNING, CHANNELS)
    session.commit()
    channel = ScriptedChannel()
    pay(session, one, 500_00, at(9, 30))
    session.commit()
    send(engine, channel)
    (text,) = channel.texts
    assert one.label not in text
    message = the_message(session)
    assert (message.loan_id, message.keys[0]["about"][0]["loan"]) == (two.id, two.id)


def test_two_loans_are_listed_overdue_first(session: Session, engine: sa.Engine, person: Person) -> None:
    a_loan(session, person, TODAY, amount=111_00)
    a_loan(session, person, TODAY - timedelta(days=4), amount=222_00)
    plan(session, MORNING, CHANNELS)
    session.commit()
    channel = ScriptedChannel()
    send(engine, channel)
    (text,) = channel.texts
    assert text.index("$222.00") < text.index("$111.00")


def test_an_unknown_outcome_is_never_sent_again(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    channel = ScriptedChannel("sms", TimeoutError("no answer"))
    assert send(engine, channel).in_doubt == 1
    for hour in range(11, 20):
        assert send(engine, channel, at(hour)).handled == 0
    assert len(channel.given) == 1
    assert the_message(session).status == "in_doubt"


def test_a_callback_settles_a_doubt(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    send(engine, ScriptedChannel("sms", SendFailed(SendError.UNKNOWN_OUTCOME)))
    message_id = the_message(session).id
    with transaction(engine) as other:
        delivery.record_status(
            other, channel="sms", provider_id="X1", our_message_id=message_id, status="delivered", now=at(10, 5)
        )
    message = the_message(session)
    assert (message.status, message.provider_id) == ("delivered", "X1")


def test_a_sender_that_dies_leaves_a_doubt_not_a_second_message(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    planned(session, person)

    class Dies(BaseException):
        """As kill -9: nothing runs after it."""

    class DyingChannel(ScriptedChannel):
        def send(self, outgoing: Outgoing) -> Sent:
            super().send(outgoing)
            raise Dies

    dying = DyingChannel()
    with pytest.raises(Dies):
        send(engine, dying)
    assert the_message(session).status == "sending"
    alive = ScriptedChannel()
    assert send(engine, alive, TEN + timedelta(minutes=4)).handled == 0
    assert send(engine, alive, TEN + timedelta(minutes=6)).in_doubt == 1
    assert alive.given == []
    assert the_message(session).status == "in_doubt"


def test_the_simulator_knows_that_a_lost_message_never_left(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    planned(session, person)
    with transaction(engine) as other:
        message = outgoing(other)[0]
        message.status, message.claimed_until = "sending", TEN
    simulator = SimulatorChannel("sms", StoppedClock(TEN))
    assert settle_lost(engine, {"sms": simulator}, TEN, real=TEN, before=None) == []
    assert send(engine, simulator).sent == 1
    assert the_message(session).provider_id == f"sim-{the_message(session).id}"


def test_what_may_help_is_tried_again_and_then_given_up(session: Session, engine: sa.Engine, person: Person) -> None:
    conversation = messages.conversation_of(session, person.address)
    messages.write_reply(session, conversation, text="Hola", now=TEN)
    session.commit()
    channel = ScriptedChannel("sms", *[SendFailed(SendError.UNAVAILABLE, "503")] * 9)
    now, outcomes = TEN, []
    for _ in range(7):
        counts = send(engine, channel, now)
        outcomes.append((counts.retried, counts.failed))
        now = (the_message(session).send_after or now) + timedelta(seconds=1)
    assert outcomes == [(1, 0)] * 5 + [(0, 1), (0, 0)]
    message = the_message(session)
    assert (message.status, message.error_code) == ("failed", "unavailable")


def test_a_provider_that_names_a_wait_is_obeyed(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    channel = ScriptedChannel("sms", SendFailed(SendError.RATE_LIMITED, "429", retry_after=600))
    assert send(engine, channel).retried == 1
    again = the_message(session).send_after
    assert again is not None
    assert TEN + timedelta(seconds=600) <= again <= TEN + timedelta(seconds=720)  # not all in the same second
    assert send(engine, channel, at(10, 9)).handled == 0
    assert send(engine, channel, at(10, 13)).sent == 1


@pytest.mark.parametrize(
    ("error", "mark"),
    [
        (SendError.UNREACHABLE_ADDRESS, "blocked_at"),
        (SendError.BLOCKED, "blocked_at"),
        (SendError.OPTED_OUT, "opted_out_at"),
        (SendError.BAD_REQUEST, None),
    ],
)
def test_a_refusal_is_final_and_marks_the_address(
    session: Session, engine: sa.Engine, person: Person, error: SendError, mark: str | None
) -> None:
    planned(session, person)
    assert send(engine, ScriptedChannel("sms", SendFailed(error, "30006"))).failed == 1
    assert the_message(session).error_code == error
    address = session.get_one(Address, person.address.id)
    marks = [name for name in ("blocked_at", "opted_out_at") if getattr(address, name) == TEN]
    assert marks == ([mark] if mark else [])


def test_a_channel_that_is_not_there_fails_by_name(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    send_ready(engine, {}, StoppedClock(TEN), enabled=CHANNELS)
    assert the_message(session).error_code == "not_configured"


def test_replies_go_before_reminders_and_in_order(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    conversation = messages.conversation_of(session, person.address)
    for text in ("uno", "dos", "tres"):
        messages.write_reply(session, conversation, text=text, now=at(9, 30))
    session.commit()
    channel = ScriptedChannel()
    for _ in range(4):
        send(engine, channel)
    assert channel.texts[:3] == ["uno", "dos", "tres"]
    assert len(channel.texts) == 4


def test_a_reply_that_waits_keeps_the_next_one_behind_it(session: Session, engine: sa.Engine, person: Person) -> None:
    conversation = messages.conversation_of(session, person.address)
    for text in ("uno", "dos"):
        messages.write_reply(session, conversation, text=text, now=TEN)
    session.commit()
    channel = ScriptedChannel("sms", SendFailed(SendError.UNAVAILABLE))
    for second in (0, 1, 2, 6, 7):
        send(engine, channel, TEN + timedelta(seconds=second))
    assert channel.texts == ["uno", "uno", "dos"]


def test_several_senders_send_each_message_once_and_one_at_a_time(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    for _ in range(6):
        conversation = messages.conversation_of(session, a_person(session).address)
        for number in range(5):
            messages.write_reply(session, conversation, text=f"{number}", now=TEN)
    session.commit()
    channel = ScriptedChannel()

    def work(_: int) -> int:
        return sum(send(engine, channel).sent for _ in range(30))

    with ThreadPoolExecutor(3) as threads:
        assert sum(threads.map(work, range(3))) == 30
    by_address: dict[str, list[str]] = {}
    for each in channel.given:
        by_address.setdefault(each.to, []).append(each.text)
    assert all(texts == ["0", "1", "2", "3", "4"] for texts in by_address.values())


def test_outside_its_window_whatsapp_gets_a_template(session: Session, engine: sa.Engine, person: Person) -> None:
    other = a_person(session, "whatsapp", language="en")
    planned(session, other)
    channel = ScriptedChannel("whatsapp")
    send(engine, channel)
    template = channel.given[0].template
    assert template is not None
    assert (template.name, template.language) == ("reminder.due_today", "en_MX")
    assert template.variables["amount"] == "$500.00"


def test_inside_its_window_whatsapp_gets_free_text(session: Session, engine: sa.Engine, person: Person) -> None:
    other = a_person(session, "whatsapp")
    other.address.last_inbound_at = at(8)
    planned(session, other)
    channel = ScriptedChannel("whatsapp")
    send(engine, channel)
    assert channel.given[0].template is None


def test_an_answer_that_comes_a_day_late_is_not_forced_through(
    session: Session, engine: sa.Engine, person: Person
) -> None:
    other = an_address(session, person.borrower, "whatsapp")
    other.last_inbound_at = TEN - timedelta(hours=25)
    messages.write_reply(session, messages.conversation_of(session, other), text="Hola", now=MORNING)
    session.commit()
    assert send(engine, ScriptedChannel("whatsapp")).failed == 1
    assert the_message(session).error_code == "window_closed"


def test_a_message_without_words_fails_alone(session: Session, engine: sa.Engine, person: Person) -> None:
    planned(session, person)
    planned(session, a_person(session))
    with transaction(engine) as other:
        outgoing(other)[0].step = "no_such_step"
    channel = ScriptedChannel()
    counts = send(engine, channel)
    assert (counts.failed, counts.sent) == (1, 1)


def test_simulated_people_behave_the_same_in_every_run() -> None:
    def fates() -> list[tuple[int | None, str]]:
        channel = SimulatorChannel("whatsapp", StoppedClock(datetime(2026, 1, 1, tzinfo=UTC)), Behaviour(seed=7))
        for number in range(300):
            try:
                channel.send(Outgoing(number, "+525500000000", "phone", "Hola"))
            except SendFailed as problem:
                assert problem.error is SendError.UNREACHABLE_ADDRESS
        return [(each.message_id, each.status) for each in channel.take_reports()]

    first = fates()
    assert first == fates()
    assert 250 < sum(status == "delivered" for _, status in first) < 300


def test_a_claim_reads_the_queue_in_order_without_sorting_it(session: Session, engine: sa.Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables")
    out = Out("sms", None, TEN, TEN)
    statement = out.ready.order_by(*_URGENCY).limit(20).compile(engine)
    given = {name: str(value) for name, value in _at(TEN, out).items()}
    values = statement.construct_params(given)
    ordered = tuple(values[name] for name in statement.positiontup or ())
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ordered).all()
    steps = " ".join(row[-1] for row in plan)
    assert "ix_message_ready" in steps
    assert "ix_message_in_flight" in steps
    assert "ix_message_received" in steps
    assert "TEMP B-TREE" not in steps


def test_a_sender_slower_than_its_lease_sends_nothing_more(session: Session, engine: sa.Engine, person: Person) -> None:
    for each in (person, a_person(session)):
        messages.write_reply(session, messages.conversation_of(session, each.address), text="Hola", now=TEN)
    session.commit()
    real = StoppedClock(TEN)

    class SlowChannel(ScriptedChannel):
        def send(self, outgoing: Outgoing) -> Sent:
            real.time += timedelta(minutes=4, seconds=30)
            return super().send(outgoing)

    slow = SlowChannel()
    counts = send_ready(engine, {"sms": slow}, StoppedClock(TEN), enabled=CHANNELS, real=real)
    assert (counts.sent, counts.retried, len(slow.given)) == (1, 1, 1)
