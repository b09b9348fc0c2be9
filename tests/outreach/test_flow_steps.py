"""What a step may say beyond the day: whom it is for, its own words, its minute, its end, who is held out."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from bot import letters
from loans import plans, promises
from loans.tables import PlanPayment, Promise
from locales import phrases
from outreach import cadence, flow_files, flow_versions, flows, judging, planning, publish_gate
from outreach.audience import Audience, Situation, holds
from outreach.experiment import Arm, Experiment, arm_of, is_held_out
from outreach.gate_facts import gather
from outreach.step import spread
from outreach.tables import FlowVersion, Message
from tests.outreach.flow_content import SID, content, facts
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

HELLO = "Hola, {name}. Hoy vence su pago de {amount} con {lender}."


@pytest.fixture(autouse=True)
def lender(session: Session) -> None:
    a_lender(session)


def follow(session: Session, raw: dict[str, Any], now: datetime = MORNING, **more: Any) -> FlowVersion:
    """Publishes that content."""
    version = flow_versions.bring_in(session, 1, raw, by="staff:1", now=now)
    known = facts(heard=dict.fromkeys(publish_gate.own_words(cadence.load(raw)), 0.0), **more)
    return flow_versions.publish(session, version, known, by="staff:1", now=now, note="A test").version


def extra(raw: dict[str, Any], step: str, **fields: Any) -> dict[str, Any]:
    """With one more step, made of an earlier one."""
    base = next(each for each in raw["steps"] if each["id"] == step)
    return raw | {"steps": [*raw["steps"], base | fields]}


@pytest.mark.parametrize(
    ("audience", "about", "inside"),
    [
        ({"segments": ["gold"]}, {"segment": "gold"}, True),
        ({"segments": ["gold"]}, {"segment": "new"}, False),
        ({"segments": ["gold"]}, {}, False),
        ({"risks": ["high", "middle"]}, {"risk": "middle"}, True),
        ({"products": ["group"]}, {"product": "single"}, False),
        ({"regions": ["Centro"]}, {"region": "Centro"}, True),
        ({"languages": ["es"]}, {"language": "es_MX"}, True),
        ({"languages": ["en"]}, {"language": "es"}, False),
        ({"min_overdue": 100, "currency": "MXN"}, {"overdue": 100, "currency": "MXN"}, True),
        ({"min_overdue": 100, "currency": "MXN"}, {"overdue": 99, "currency": "MXN"}, False),
        ({"max_overdue": 100, "currency": "MXN"}, {"overdue": 101, "currency": "MXN"}, False),
        ({"min_overdue": 100, "currency": "MXN"}, {"overdue": 900, "currency": "USD"}, False),
        ({"arms": ["a"]}, {"arm": "b"}, False),
        ({}, {}, True),
    ],
)
def test_an_audience_holds_whom_it_names(audience: dict[str, Any], about: dict[str, Any], inside: bool) -> None:
    assert holds(Audience.model_validate(audience), Situation(5, **about)) is inside


def test_only_the_audience_is_written_to(session: Session) -> None:
    audience = {
        "segments": ["gold"], "risks": ["low"], "products": ["group"], "regions": ["Centro"], "languages": ["es"],
        "min_overdue": 400_00, "max_overdue": 600_00, "currency": "MXN", "any_of": ["first_loan"], "max_dpd": 60,
    }  # fmt: skip
    inside: dict[str, Any] = {"segment": "gold", "risk": "low", "region": "Centro"}
    follow(session, content(overdue_4={"audience": audience}))
    chosen, wrong = a_person(session, **inside), a_person(session, **inside | {"risk": "high"})
    rich = a_person(session, **inside)
    for person, amount in ((chosen, 500_00), (wrong, 500_00), (rich, 900_00)):
        a_loan(session, person, TODAY - timedelta(days=4), amount=amount).product = "group"
    planning.plan(session, MORNING, CHANNELS)
    assert [(each.borrower_id, each.step) for each in outgoing(session)] == [(chosen.id, "overdue_4")]


def test_a_planned_step_with_its_own_words_says_them_by_channel(session: Session) -> None:
    texts = {"es": {"default": HELLO, "sms": "{name}: hoy vencen {amount}."}}
    follow(session, content(due_today={"texts": texts, "signature": True}))
    by_sms, by_chat = a_person(session, officer_name="Rosa María Lima"), a_person(session, "telegram")
    for person in (by_sms, by_chat):
        a_loan(session, person, TODAY)
    planning.plan(session, MORNING, CHANNELS)
    said = {message.channel: spoken(session, message) for message in outgoing(session)}
    assert said["sms"].splitlines()[0].startswith("Ana: hoy vencen $500")
    assert said["sms"].endswith("su contacto en Crédito Amigo es Rosa.")
    assert said["telegram"].startswith("Hola, Ana. Hoy vence su pago de $500")
    assert "contacto" not in said["telegram"]


def spoken(session: Session, message: Message) -> str:
    """As the outbox words it."""
    now = at(10)
    again = judging.decide_again(session, [message], now, CHANNELS)[message.id or 0]
    assert again.verdict == "send", again.reason
    letters.compose(session, judging.frame(session, now, CHANNELS), message, again)
    return message.text


def test_a_queued_message_says_what_its_own_version_says(session: Session) -> None:
    follow(session, content(due_today={"texts": {"es": {"default": "Primero, {name}."}}}))
    a_loan(session, a_person(session), TODAY)
    planning.plan(session, MORNING, CHANNELS)
    follow(session, content(due_today={"texts": {"es": {"default": "Segundo, {name}."}}}))
    (message,) = outgoing(session)
    assert spoken(session, message) == "Primero, Ana."


def test_own_words_on_whatsapp_go_as_their_template(session: Session) -> None:
    template = {"es": {"content_sid": SID, "variables": ["name", "amount", "lender"]}}
    follow(session, content(due_today={"texts": {"es": {"default": HELLO}}, "templates": template}))
    a_loan(session, a_person(session, "whatsapp"), TODAY)
    planning.plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    again = judging.decide_again(session, [message], at(10), CHANNELS)[message.id or 0]
    letter = letters.compose(session, judging.frame(session, at(10), CHANNELS), message, again)
    assert letter.outgoing.template is not None
    assert letter.outgoing.template.content_sid == SID
    assert letter.outgoing.template.variables["1"] == "Ana"
    assert set(letter.outgoing.template.variables) == {"1", "2", "3"}
    assert message.text.startswith("Hola, Ana.")


def test_a_spread_step_gives_each_borrower_a_minute_of_their_own(session: Session) -> None:
    follow(session, content(due_today={"spread_minutes": 60}))
    for _ in range(40):
        a_loan(session, a_person(session), TODAY)
    planning.plan(session, MORNING, CHANNELS)
    times = [each.send_after for each in outgoing(session) if each.send_after]
    assert len(set(times)) > 15
    assert min(times) >= at(10) and max(times) < at(11)
    step = cadence.load(content(due_today={"spread_minutes": 60})).step("due_today")
    assert [each.send_after for each in outgoing(session)] == [
        at(10) + spread(step, each.borrower_id or 0) for each in outgoing(session)
    ]


def wrote(session: Session, person: Person) -> None:
    person.address.last_inbound_at = at(8)


def paid_a_part(session: Session, person: Person) -> None:
    loan = a_loan(session, person, TODAY - timedelta(days=4))
    pay(session, loan, 100_00, at(8))


@pytest.mark.parametrize(
    ("stop_on", "cause", "reason"),
    [
        (["reply"], wrote, "replied"),
        (["partial_payment"], paid_a_part, "part_paid"),
        ([], wrote, None),
        ([], paid_a_part, None),
    ],
)
def test_a_step_ends_for_who_answered_or_paid_a_part(
    session: Session, stop_on: list[str], cause: Any, reason: str | None
) -> None:
    follow(session, content(overdue_4={"stop_on": stop_on}))
    person = a_person(session)
    if cause is wrote:
        a_loan(session, person, TODAY - timedelta(days=4))
    cause(session, person)
    planning.plan(session, MORNING, CHANNELS)
    assert skips(session) == ([("overdue_4", reason)] if reason else [])


def test_who_answers_after_planning_is_left_alone_at_sending(session: Session) -> None:
    follow(session, content(overdue_4={"stop_on": ["reply"]}))
    person = a_person(session)
    a_loan(session, person, TODAY - timedelta(days=4))
    planning.plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    wrote(session, person)
    session.flush()
    again = judging.decide_again(session, [message], at(10), CHANNELS)[message.id or 0]
    assert (again.verdict, again.reason) == ("skip", "replied")


def test_another_channel_is_used_where_the_first_is_off_and_may_be(session: Session) -> None:
    order = {"channels": ["whatsapp", "sms"]}
    for fall_back, channels in ((True, ["sms"]), (False, [])):
        follow(session, content(due_today=order | {"fall_back": fall_back}))
        person = a_person(session, "whatsapp")
        an_address(session, person.borrower, "sms")
        a_loan(session, person, TODAY)
        planning.plan(session, MORNING, {"sms"})
        found = [each.channel for each in outgoing(session) if each.borrower_id == person.id]
        assert found == channels


def test_held_out_borrowers_are_named_and_stay_so(session: Session) -> None:
    experiment = {"salt": "spring", "hold_out": 30}
    follow(session, content() | {"experiment": experiment})
    people = [a_person(session) for _ in range(40)]
    for person in people:
        a_loan(session, person, TODAY)
    planning.plan(session, MORNING, CHANNELS)
    out = {person.id for person in people if is_held_out(Experiment.model_validate(experiment), person.id)}
    assert 0 < len(out) < 40
    assert skips(session) == [("due_today", "held_out")] * len(out)
    assert {each.borrower_id for each in outgoing(session)} == {person.id for person in people} - out


@given(st.text(min_size=1, max_size=20), st.integers(0, 50))
def test_the_arms_are_drawn_as_they_are_shared(salt: str, hold_out: int) -> None:
    arms = (Arm(name="a", share=70), Arm(name="b", share=30))
    experiment = Experiment(salt=salt, hold_out=hold_out, arms=arms)
    found = Counter(arm_of(experiment, number) for number in range(3000))
    assert abs(found[None] / 3000 - hold_out / 100) < 0.05
    within = found["a"] + found["b"]
    assert abs(found["a"] / within - 0.7) < 0.06
    assert all((arm_of(experiment, n) is None) == is_held_out(experiment, n) for n in range(100))


def test_a_broken_promise_is_followed_up_from_the_day_it_was_found_broken(session: Session) -> None:
    raw = content(promise_missed={"anchor": "broken_promise", "offset_days": 1, "phrase": "promise.broken"})
    follow(session, raw)
    loan = a_loan(session, a_person(session), TODAY - timedelta(days=9))
    promise = promises.record(
        session, loan=loan, amount=100_00, due=TODAY - timedelta(days=4), now=at(9, day=TODAY - timedelta(days=6)),
        today=TODAY - timedelta(days=6),
    )  # fmt: skip
    promise.state, promise.settled_at = "broken", at(20, day=TODAY - timedelta(days=1))
    session.flush()
    planning.plan(session, MORNING, CHANNELS)
    assert [each.step for each in outgoing(session)] == ["promise_missed"]
    assert session.exec(select(Promise)).one().state == "broken"


def test_payments_of_plans_have_steps_of_their_own(session: Session) -> None:
    raw = extra(
        content(), "promise_before_1", id="plan_before_2", anchor="plan_payment", kind="plan_reminder", offset_days=-2
    )
    follow(session, raw)
    loan = a_loan(session, a_person(session), TODAY - timedelta(days=9))
    days = [TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    plans.record(session, loan=loan, payments=[(day, 100_00) for day in days], now=MORNING, today=TODAY)
    planning.plan(session, MORNING, CHANNELS)
    (message,) = outgoing(session)
    assert (message.step, message.kind) == ("plan_before_2", "plan_reminder")
    part = session.exec(select(PlanPayment).where(PlanPayment.due == days[1])).one()
    assert message.keys[0]["about"][0]["subject"] == f"plan_payment:{part.id}"
    assert "100" in spoken(session, message)


def test_a_published_cadence_is_the_one_that_was_brought_in(session: Session) -> None:
    raw = content(due_today={"texts": {"es": {"default": HELLO}}, "channels": ["sms"], "stop_on": ["reply"]})
    version = follow(session, raw)
    assert flows.cadence_of(version) == cadence.load(raw)
    text = flow_files.written(flows.cadence_of(version))
    assert flow_files.written(flow_files.read(text)) == text
    assert cadence.canonical(flow_files.read(text)) == version.content
    one = select(FlowVersion).where(col(FlowVersion.state) == "published")
    assert session.exec(one).one().id == version.id


def test_the_gate_is_told_who_the_borrowers_are(session: Session) -> None:
    a_person(session, language="en", country="CO")
    a_person(session)
    told: list[frozenset[str]] = []
    draft = cadence.load(content(due_today={"texts": {"es": {"default": "Hola, {name}."}}}))

    def hear(texts: Any) -> dict[str, float]:
        told.append(texts)
        return dict.fromkeys(texts, 0.25)

    known = gather(session, date(2026, 11, 24), {"sms", "whatsapp:MX"}, draft, hear=hear)
    assert told == [{"Hola, Guadalupe."}]
    assert known.heard == {"Hola, Guadalupe.": 0.25}
    assert known.countries == frozenset({"CO", "MX"})
    assert known.languages == frozenset({"en", "es"})
    assert known.channels == frozenset({"sms", "whatsapp"})


def test_a_text_with_an_unknown_value_is_never_half_said() -> None:
    with pytest.raises(phrases.PhraseError):
        phrases.fill("Hola {name}", {}, "es_MX")
