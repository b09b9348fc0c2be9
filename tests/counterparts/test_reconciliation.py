"""Hooks that got lost and doubts, settled by the list of a Twilio that nobody here wrote."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select
from twilio.rest import Client

from alcorriente import composition
from bot import doubts, outbox
from bot.channels.base import Channel
from bot.channels.twilio import TwilioChannel
from bot.reconciliation import reconcile
from loans.tables import Lender
from outreach import addresses, flows, messages, policies
from outreach.tables import Message
from store.clock import RealClock
from store.engine import reading, transaction
from tests.counterparts import faults, gateway, programs, sender
from tests.counterparts.faults import Faults, ask

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)]

ANA, BEN = "+525512345678", "+525587654321"
DAY = timedelta(days=1)


@dataclass
class World:
    engine: sa.Engine
    proxy: Faults
    channels: dict[str, Channel]
    client: Client
    wakes: list[bool]

    def writes(self, text: str, channel: str = "whatsapp", sender: str = ANA) -> None:
        prefix, to = ("whatsapp:", programs.WHATSAPP) if channel == "whatsapp" else ("", programs.SMS)
        self._simulate("inbound-message", {"From": prefix + sender, "To": to, "Body": text})

    def reports(self, sid: str, status: str) -> None:
        self._simulate("message-status", {"MessageSid": sid, "Status": status})

    def _simulate(self, what: str, told: dict[str, str]) -> None:
        import base64
        from urllib.parse import urlencode

        credentials = base64.b64encode(f"{programs.ACCOUNT}:{programs.TOKEN}".encode()).decode()
        headers = {"authorization": f"Basic {credentials}", "content-type": "application/x-www-form-urlencoded"}
        status, answer = ask(
            self.proxy.provider, "POST", f"/_twilio/simulate/{what}", urlencode(told).encode(), headers
        )
        assert status in (200, 201), answer

    def answers(self, text: str, to: str = ANA, channel: str = "sms") -> None:
        now = datetime.now(UTC)
        with transaction(self.engine) as session:
            address = addresses.find_or_create(session, channel, "phone", to, now)
            address.last_inbound_at = now
            messages.write_reply(session, messages.conversation_of(session, address), text=text, now=now)

    def sends(self) -> outbox.SendCounts:
        return outbox.send_ready(self.engine, self.channels, RealClock(), enabled=sender.CHANNELS)

    def reconcile(self, back: timedelta = DAY) -> dict[str, int]:
        now = datetime.now(UTC)
        return dict(reconcile(self.engine, self.channels, now, wake=lambda: self.wakes.append(True), back=back))

    def settle(self, later: timedelta = timedelta(0)) -> dict[str, int]:
        now = datetime.now(UTC)
        return dict(doubts.settle_open(self.engine, self.channels, now, now + later, youngest=timedelta(0)))

    def messages(self) -> list[Message]:
        assert composition.heard(self.engine)()
        with reading(self.engine) as session:
            return list(session.exec(select(Message).order_by(col(Message.id))))

    def states(self) -> list[str]:
        return [each.status for each in self.messages()]

    def listed(self) -> list[str]:
        return [str(each.body) for each in reversed(self.client.messages.list(from_=programs.SMS))]


@pytest.fixture(scope="module")
def twilio() -> Iterator[Faults]:
    with ExitStack() as stack:
        proxy = stack.enter_context(faults.running(Faults()))
        proxy.provider = stack.enter_context(programs.emulate(proxy.url))
        yield proxy


@pytest.fixture
def world(engine: sa.Engine, twilio: Faults) -> Iterator[World]:
    with Session(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, datetime.now(UTC))
        flows.seed(session, datetime.now(UTC))
        session.commit()
    settings = sender.settings(twilio.url)
    channels = {name: TwilioChannel(name, settings) for name in sender.CHANNELS}
    twilio.hook_loss, twilio.named = 0.0, []
    with gateway.serving(engine, settings) as url:
        twilio.product = url
        client = channels["sms"]._client
        for each in client.messages.list():
            client.messages(str(each.sid)).delete()
        yield World(engine, twilio, dict(channels), client, [])
    for channel in channels.values():
        channel.close()


def test_a_message_whose_hook_got_lost_is_taken_in_once(world: World) -> None:
    world.reconcile()
    world.proxy.hook_loss = 1.0
    world.writes("cuánto debo")
    world.writes("hola", "sms", BEN)
    assert world.messages() == []
    assert world.reconcile() == {"missed_messages": 2}
    assert world.wakes == [True]
    assert world.reconcile() == {}
    found = {(each.channel, each.text, each.status) for each in world.messages()}
    assert found == {("whatsapp", "cuánto debo", "received"), ("sms", "hola", "received")}


def test_what_the_hook_brought_is_not_taken_in_again(world: World) -> None:
    world.reconcile()
    world.writes("hola")
    assert [each.text for each in world.messages()] == ["hola"]
    assert world.reconcile() == {}
    assert len(world.messages()) == 1


def test_the_first_look_takes_nothing_of_old(world: World) -> None:
    world.proxy.hook_loss = 1.0
    world.writes("hace años")
    assert world.reconcile() == {}
    assert world.messages() == []


def test_a_provider_that_does_not_answer_is_asked_for_all_of_it_later(world: World) -> None:
    world.reconcile()
    world.proxy.hook_loss = 1.0
    world.writes("hola")
    provider, world.proxy.provider = world.proxy.provider, "http://127.0.0.1:9"
    assert world.reconcile() == {"unanswered": 2}
    world.proxy.provider = provider
    assert world.reconcile(timedelta(minutes=1)) == {"missed_messages": 1}


def test_a_report_that_got_lost_is_read_from_the_list(world: World) -> None:
    world.reconcile()
    world.answers("Hola, Ana.")
    assert world.sends().sent == 1
    (message,) = world.messages()
    world.proxy.hook_loss = 1.0
    world.reports(message.provider_id or "", "delivered")
    assert world.states() == ["sent"]
    assert world.reconcile() == {"missed_reports": 1}
    assert world.states() == ["delivered"]
    world.reports(message.provider_id or "", "sent")
    assert world.reconcile() == {}  # it never moves back
    assert world.states() == ["delivered"]


@pytest.mark.parametrize("fault", ["reset after", "half", "no sid"])
def test_a_message_that_twilio_took_is_found_and_not_sent_again(world: World, fault: str) -> None:
    world.proxy.hook_loss, world.proxy.named = 1.0, [fault]
    world.answers("Hola, Ana.")
    assert world.sends().in_doubt == 1
    assert world.settle() == {"sent": 1}
    assert world.states() == ["sent"]
    assert world.sends().handled == 0
    assert world.listed() == ["Hola, Ana."]


def test_a_message_that_twilio_lacks_is_sent_again_but_not_before_that_is_certain(world: World) -> None:
    world.proxy.named = ["reset before"]
    world.answers("Hola, Ana.")
    assert world.sends().in_doubt == 1
    assert world.settle() == {"in_doubt": 1}
    assert world.sends().handled == 0
    assert world.settle(sender.SETTLES) == {"again": 1}
    assert world.sends().sent == 1
    assert world.listed() == ["Hola, Ana."]


def test_nothing_overtakes_a_doubt_and_equal_words_are_told_apart(world: World) -> None:
    world.proxy.hook_loss, world.proxy.named = 1.0, ["reset after"]
    for text in ("Gracias", "Gracias", "Adiós"):
        world.answers(text)
    assert world.sends().in_doubt == 1
    assert world.sends().handled == 0
    assert world.settle() == {"sent": 1}
    while world.sends().handled:
        pass
    assert world.listed() == ["Gracias", "Gracias", "Adios"]
    assert len({each.provider_id for each in world.messages()}) == 3


def test_a_doubt_is_settled_by_its_report_before_anybody_asks(world: World) -> None:
    world.proxy.named = ["reset after"]
    world.answers("Hola, Ana.")
    world.sends()
    (message,) = world.messages()  # Twilio reports before it answers, so the report was first
    assert message.status == "sent"
    assert message.provider_id


def test_a_provider_that_does_not_answer_leaves_a_doubt_as_it_is(world: World) -> None:
    world.proxy.hook_loss, world.proxy.named = 1.0, ["reset after"]
    world.answers("Hola, Ana.")
    world.sends()
    provider, world.proxy.provider = world.proxy.provider, "http://127.0.0.1:9"
    assert world.settle(timedelta(hours=1)) == {"in_doubt": 1}
    world.proxy.provider = provider
    assert world.settle(timedelta(hours=1)) == {"sent": 1}
