"""The same thousand messages through our outbox, a plain loop over Twilio's client, and Rasa's own Twilio channel, with
and without faults.

The loop tries three times, whatever went wrong; it and Rasa's channel send one after the other. The outbox sends eight
at once and keeps what it does in SQLite. The provider takes a tenth of a second, as one behind the internet does. One
seed of faults.
"""

import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import sqlalchemy as sa
from sqlmodel import select
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from alcorriente.migrations import metadata
from alcorriente.settings import ROOT
from benchmarks.figures import Figure
from bot import doubts, outbox
from bot.channels.base import Channel
from bot.channels.twilio import TwilioChannel
from loans.tables import Lender
from outreach import addresses, flows, messages, policies
from outreach.tables import Message
from store import encryption
from store.clock import RealClock
from store.engine import create_engine, reading, transaction
from tests.counterparts import faults, light, sender
from tests.counterparts.faults import Faults
from tests.counterparts.programs import ACCOUNT, SMS, TOKEN

MESSAGES, AT_ONCE, TRIES, TAKES = 1000, 8, 3, 0.1
CHANCES = {
    "500": 0.01,
    "503": 0.01,
    "502 before": 0.005,
    "502 after": 0.005,
    "reset before": 0.005,
    "reset after": 0.005,
    "half": 0.005,
    "no sid": 0.005,
}
Sends = Callable[[str, list[tuple[str, str]]], float | None]


def measure() -> list[Figure]:
    encryption.configure(encryption.keyring_from_secret("the tests' secret"))
    figures = []
    peers = (("plain loop over the client", _plain), ("Rasa's Twilio channel", _rasas), ("our outbox", _ours))
    for name, sends in peers:
        for weather, chances in (("no faults", {}), ("faults", CHANCES)):
            took, lost, doubled = _measured(sends, chances)
            figures.append(Figure(f"{name}, {weather}, {MESSAGES:,} messages", f"{MESSAGES / took:.0f}/s"))
            figures.append(Figure(f"{name}, {weather}, lost and doubled", f"{lost} and {doubled}", "0 and 0"))
    return figures


def _measured(sends: Sends, chances: dict[str, float]) -> tuple[float, int, int]:
    told = [(f"+1202{number:07}", f"Mensaje {number}") for number in range(MESSAGES)]
    with _provider(chances) as (url, provider):
        begun = time.perf_counter()
        own = sends(url, told)
        took = own or time.perf_counter() - begun
        arrived = Counter(str(each["body"]) for each in provider.taken)
    lost = sum(text not in arrived for _, text in told)
    return took, lost, sum(count - 1 for count in arrived.values())


@contextmanager
def _provider(chances: dict[str, float]) -> Iterator[tuple[str, light.Light]]:
    proxy, provider = Faults(chances=chances), light.Light(TOKEN, takes=TAKES)
    with faults.running(proxy), light.running(provider) as url:
        proxy.provider = url
        yield proxy.url, provider


def _plain(url: str, told: list[tuple[str, str]]) -> None:
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=1.5))
    client.api.base_url = url
    for to, text in told:
        for _ in range(TRIES):
            with suppress(TwilioException, requests.exceptions.RequestException, ValueError):
                client.messages.create(to=to, from_=SMS, body=text)
                break


def _rasas(url: str, told: list[tuple[str, str]]) -> float:
    """As it comes, in a process of its own, which says how long it took without its start."""
    program = [str(ROOT / ".rasa" / "bin" / "python"), str(ROOT / "rasa_env" / "twilio_sends.py")]
    given = json.dumps(told).encode()
    done = subprocess.run([*program, url, ACCOUNT, TOKEN, SMS], input=given, stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def _ours(url: str, told: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'store.db'}")
        metadata().create_all(engine)
        _queue(engine, told)
        channels: dict[str, Channel] = {"sms": TwilioChannel("sms", sender.settings(url))}
        while _open(engine):
            counts = outbox.send_ready(
                engine, channels, RealClock(), enabled=["sms"], at_once=AT_ONCE, patience=sender.PATIENCE
            )
            if not counts.handled:
                now = datetime.now(UTC)
                doubts.settle_open(engine, channels, now, now, youngest=timedelta(seconds=1))
                time.sleep(0.1)
        engine.dispose()


def _queue(engine: sa.Engine, told: list[tuple[str, str]]) -> None:
    now = datetime.now(UTC)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, now)
        flows.seed(session, now)
        for to, text in told:
            address = addresses.find_or_create(session, "sms", "phone", to, now)
            messages.write_reply(session, messages.conversation_of(session, address), text=text, now=now)


def _open(engine: sa.Engine) -> bool:
    with reading(engine) as session:
        left = select(Message.id).where(Message.status.in_(("queued", "sending", "in_doubt")))  # type: ignore[attr-defined]
        return session.exec(left).first() is not None
