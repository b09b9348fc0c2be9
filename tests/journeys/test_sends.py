"""Thousands of messages out while the provider fails and the sender is killed, and in, doubled and shuffled.

The whole of it: `MESSAGES=10000 SENDER_KILLS=20 .venv/bin/pytest tests/journeys/test_sends.py -s -k light`.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot.channels.twilio import TwilioChannel
from loans.tables import Lender
from outreach import addresses, flows, messages, policies
from outreach.tables import Message, MessageStatus
from store.engine import reading, transaction
from tests.counterparts import faults, gateway, light, programs, sender
from tests.counterparts.faults import Faults

pytestmark = pytest.mark.slow

MESSAGES = int(os.environ.get("MESSAGES", "300"))
KILLS = int(os.environ.get("SENDER_KILLS", "3"))
EACH = 5  # messages to one address
IN_FLIGHT = 40  # twenty of each channel are claimed at once, so a kill leaves no more than these
# What goes wrong, of a hundred requests; a 429 also rests the sender.
CHANCES = {
    "429": 0.2,
    "500": 1,
    "503": 1,
    "502 before": 0.5,
    "502 after": 0.5,
    "504 after": 0.5,
    "reset before": 0.5,
    "reset after": 0.5,
    "half": 0.5,
    "no sid": 0.5,
    "slow": 0.2,
}
# After these nobody can tell from the answer whether the message was taken.
UNTOLD = ("502 before", "502 after", "504 after", "reset before", "reset after", "half", "no sid", "slow")


@dataclass
class Sender:
    """The process that sends; `kill` is a power cut."""

    store: str
    provider: str
    child: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.counterparts.sender", self.store, self.provider, "8"]
        root = Path(__file__).parents[2]
        quiet = subprocess.DEVNULL
        self.child = subprocess.Popen(command, cwd=root, stdin=quiet, stdout=quiet, stderr=quiet)

    def kill(self) -> None:
        if self.child is not None:
            self.kills += 1
            self.child.kill()
            self.child.wait()


@contextmanager
def counterpart(kind: str, proxy: Faults) -> Iterator[None]:
    if kind == "emulate":
        with programs.emulate(proxy.url) as url:
            proxy.provider = url
            yield
    else:
        with light.running(light.Light(programs.TOKEN, ("sent", "delivered"))) as url:
            proxy.provider = url
            yield


def queue(engine: sa.Engine, count: int) -> dict[str, list[str]]:
    """Answers to as many people as it takes, on both channels in turn; returns what each must read, in order."""
    now = datetime.now(UTC)
    wanted: dict[str, list[str]] = defaultdict(list)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, now)
        flows.seed(session, now)
        for number in range(0, count, EACH):
            channel = ("whatsapp", "sms")[number // EACH % 2]
            address = addresses.find_or_create(session, channel, "phone", f"+1202{number:07}", now)
            address.last_inbound_at = now
            conversation = messages.conversation_of(session, address)
            for each in range(number, min(number + EACH, count)):
                text = f"Mensaje {each}"
                messages.write_reply(session, conversation, text=text, now=now)
                wanted[f"whatsapp:{address.value}" if channel == "whatsapp" else address.value].append(text)
    return wanted


def states(engine: sa.Engine) -> Counter[str]:
    with reading(engine) as session:
        found = session.exec(select(Message.status, sa.func.count()).group_by(Message.status))
        return Counter(dict(found.all()))


@pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("kind", ["emulate", "light"])
def test_each_message_is_sent_once_whatever_fails_and_whoever_dies(
    engine: sa.Engine, store_url: str, kind: str
) -> None:
    if kind == "emulate" and store_url.startswith("postgresql"):
        pytest.skip("emulate is for what it thinks of our requests, not for the engines")
    wanted = queue(engine, MESSAGES)
    proxy = Faults(
        chances={name: chance / 100 for name, chance in CHANCES.items()},
        hook_delay=(0, 2),
        hook_copies=2,
        hook_loss=0.1,
    )
    begun = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(faults.running(proxy))
        stack.enter_context(counterpart(kind, proxy))
        proxy.product = stack.enter_context(gateway.serving(engine, sender.settings(proxy.url)))
        process = Sender(store_url, proxy.url)
        stack.callback(process.kill)
        process.start()
        watch = stack.enter_context(Watch(engine, process, proxy))
        _kill_at_random(engine, process)
        _wait_until_settled(engine)
        took = time.monotonic() - begun
        process.kill()
        proxy.wait_for_hooks()
        arrived = _arrived(proxy)
    assert {to: sorted(texts) for to, texts in arrived.items()} == {to: sorted(texts) for to, texts in wanted.items()}
    assert arrived == wanted  # in order as well
    assert watch.above == []
    settled = _settled(engine)
    print(  # noqa: T201  (seen with -s)
        f"\n{kind}, {engine.dialect.name}: {MESSAGES} messages, {KILLS} kills, {took:.0f} s,"
        f" most in doubt {watch.most}, settled by {dict(settled)}, ends {dict(states(engine))},"
        f" faults {dict(proxy.done)}"
    )


class Watch:
    """Looks all the time at how many messages are in doubt: never more than kills and lost answers explain."""

    def __init__(self, engine: sa.Engine, process: Sender, proxy: Faults) -> None:
        self._engine, self._process, self._proxy = engine, process, proxy
        self.most, self.above = 0, list[tuple[int, int]]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.3):
            doubts = states(self._engine)["in_doubt"]
            explained = self._process.kills * IN_FLIGHT + sum(self._proxy.done[each] for each in UNTOLD)
            self.most = max(self.most, doubts)
            self.above += [(doubts, explained)] if doubts > explained else []


def _settled(engine: sa.Engine) -> Counter[str]:
    """What ended each doubt, message by message: the provider's report, or its list when it was asked."""
    told: dict[int, list[MessageStatus]] = defaultdict(list)
    with reading(engine) as session:
        for each in session.exec(select(MessageStatus).order_by(col(MessageStatus.id))):
            if each.message_id is not None:
                told[each.message_id].append(each)
        ends = dict(session.exec(select(Message.id, Message.status)).all())
    doubtful = {number: rows for number, rows in told.items() if any(each.status == "in_doubt" for each in rows)}
    assert {ends[each] for each in doubtful} <= {"sent", "delivered", "read"}
    return Counter(_how_settled(rows) for rows in doubtful.values())


def _how_settled(rows: list[MessageStatus]) -> str:
    words = [each.raw.get("why") for each in rows]
    if "not_listed" in words:
        return "the list lacked it"
    return "the list had it" if "listed" in words else "a report"


def _kill_at_random(engine: sa.Engine, process: Sender) -> None:
    """At moments spread over all that is to be sent."""
    chance = random.Random(KILLS)
    for kill in range(KILLS):
        goal = MESSAGES * (kill + chance.random()) / (KILLS + 1)
        while states(engine)["queued"] > MESSAGES - goal:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.start()


def _wait_until_settled(engine: sa.Engine) -> None:
    ends = time.monotonic() + 120 + MESSAGES * 0.3
    while (now := states(engine))["queued"] + now["sending"] + now["in_doubt"]:
        assert time.monotonic() < ends, now
        time.sleep(0.2)
    assert now["failed"] == 0, now


def _arrived(proxy: Faults) -> dict[str, list[str]]:
    """What the counterpart itself says it was given, by address, in its order."""
    channel = TwilioChannel("sms", sender.settings(proxy.provider))
    found: dict[str, list[str]] = defaultdict(list)
    for message in reversed(channel._client.messages.list(page_size=1000)):
        found[str(message.to)].append(str(message.body))
    channel.close()
    return found
