"""Hooks by the thousand, each delivered up to three times, shuffled and at once: every message is handled once.

The whole of it: `MESSAGES=10000 .venv/bin/pytest tests/journeys/test_receives.py -s`.
"""

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pytest
import sqlalchemy as sa
from sqlmodel import col, select
from twilio.request_validator import RequestValidator

from bot import inbox
from bot.dialogue import Dialogue
from loans.tables import Lender
from outreach import flows, policies
from outreach.tables import Message
from store.clock import RealClock
from store.engine import reading, transaction
from tests.bot.rasa import Rasa, serving
from tests.counterparts import gateway, programs, sender
from tests.counterparts.faults import Faults, ask, running

pytestmark = pytest.mark.slow

MESSAGES = int(os.environ.get("MESSAGES", "300"))
EACH = 5
HANDLERS = 2


def test_each_message_is_handled_once_however_often_it_comes(engine: sa.Engine) -> None:
    now = datetime.now(UTC)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, now)
        flows.seed(session, now)
    begun, over = time.monotonic(), threading.Event()
    with serving(Rasa(["thanks"])) as rasa, running(Faults()) as proxy:
        settings = sender.settings(proxy.url)
        with gateway.serving(engine, settings) as url:
            proxy.product = url
            handlers = [threading.Thread(target=_handle, args=(engine, rasa.url, over)) for _ in range(HANDLERS)]
            for each in handlers:
                each.start()
            answers = _deliver(proxy.url)
            delivered = time.monotonic() - begun
            _wait_until_handled(engine)
            over.set()
            for each in handlers:
                each.join()
    assert set(answers) == {200}
    with reading(engine) as session:
        came = session.exec(select(Message).where(Message.direction == "in")).all()
        replies = Counter(session.exec(select(Message.turn_id).where(Message.direction == "out")).all())
    assert sorted(each.text for each in came) == sorted(f"hola {number}" for number in range(MESSAGES))
    assert replies == Counter(each.turn_id for each in came)
    turns = Counter(str(each["metadata"]["turn_id"]) for each in rasa.asked)
    assert set(turns.values()) == {1}
    print(  # noqa: T201  (seen with -s)
        f"\n{engine.dialect.name}: {MESSAGES} messages in {len(answers)} hooks taken in {delivered:.0f} s,"
        f" handled after {time.monotonic() - begun:.0f} s"
    )


def _deliver(public: str) -> list[int]:
    chance = random.Random(3)
    validator, path = RequestValidator(programs.TOKEN), "/channels/twilio/whatsapp"
    calls = []
    for number in range(MESSAGES):
        form = {
            "MessageSid": f"SM{number:032x}",
            "From": f"whatsapp:+1202{number // EACH:07}",
            "To": programs.WHATSAPP,
            "Body": f"hola {number}",
            "NumMedia": "0",
        }
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": validator.compute_signature(public + path, form),
        }
        calls += [(urlencode(form).encode(), headers)] * chance.randint(1, 3)
    chance.shuffle(calls)
    base = f"http://{urlsplit(public).netloc}"
    with ThreadPoolExecutor(8) as callers:
        return [status for status, _ in callers.map(lambda call: ask(base, "POST", path, *call), calls)]


def _handle(engine: sa.Engine, rasa: str, over: threading.Event) -> None:
    dialogue = Dialogue(rasa, "token")
    while not over.is_set():
        if not inbox.handle_next(engine, dialogue, RealClock()):
            over.wait(0.05)
    dialogue.close()


def _wait_until_handled(engine: sa.Engine) -> None:
    ends = time.monotonic() + 60 + MESSAGES * 0.2
    while True:
        with reading(engine) as session:
            done = session.exec(select(sa.func.count()).where(col(Message.status) == "handled")).one()
        if done == MESSAGES:
            return
        assert time.monotonic() < ends, done
        time.sleep(0.2)
