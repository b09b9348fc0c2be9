"""How soon a hook is acknowledged at 200 a second: by the gateway alone, and by the product while Rasa is saturated.

The hooks are signed as Twilio signs them, and each that was answered must be in the store. In the second run they are
what saturates Rasa: eight times as many messages as it can answer.
"""

import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from sqlmodel import select
from twilio.request_validator import RequestValidator

from alcorriente.migrations import upgrade
from benchmarks.figures import Figure
from loans.tables import Lender
from outreach import flows, policies
from outreach.tables import Message
from store import encryption
from store.engine import create_engine, reading, transaction
from tests.counterparts import light
from tests.counterparts.programs import ACCOUNT, SMS, TOKEN, WHATSAPP
from tests.product import SECRET, Product

RATE, SECONDS, CALLERS = 200, 15, 16
PATH = "/channels/twilio/whatsapp"
PUBLIC = "http://pay.example.org"


def measure() -> list[Figure]:
    figures = []
    for what, goal, role in (
        ("the gateway alone", "25 ms", ("--role", "gateway")),
        ("Rasa saturated", "100 ms", ()),
    ):
        with tempfile.TemporaryDirectory() as folder, light.running(light.Light(TOKEN)) as provider:
            waits, lost = _measured(Path(folder), provider, role)
        figures += [
            Figure(f"{RATE} hooks a second, {what}, median", f"{median(waits) * 1000:.1f} ms"),
            Figure(f"{RATE} hooks a second, {what}, p99", f"{quantiles(waits, n=100)[-1] * 1000:.1f} ms", goal),
            Figure(f"of {len(waits):,} hooks lost", f"{lost}", "0"),
        ]
    return figures


def _measured(folder: Path, provider: str, role: tuple[str, ...]) -> tuple[list[float], int]:
    product = Product(
        folder,
        *role,
        ALCORRIENTE_SIMULATOR="0",
        ALCORRIENTE_PUBLIC_URL=PUBLIC,
        ALCORRIENTE_TWILIO_ACCOUNT_SID=ACCOUNT,
        ALCORRIENTE_TWILIO_AUTH_TOKEN=TOKEN,
        ALCORRIENTE_TWILIO_WHATSAPP_FROM=SMS,
        ALCORRIENTE_TWILIO_BASE_URL=provider,
        ALCORRIENTE_TWILIO_CONTENT_URL=provider,
    )
    engine = _store(product)
    try:
        product.start(rasa=not role)
        _call(product, range(CALLERS))  # connections and statements are made once
        waits = _call(product, range(CALLERS, CALLERS + RATE * SECONDS))
    finally:
        product.stop()
    with reading(engine) as session:
        kept = session.exec(select(sa.func.count()).where(Message.direction == "in")).one()
    engine.dispose()
    return waits, CALLERS + RATE * SECONDS - kept


def _store(product: Product) -> sa.Engine:
    encryption.configure(encryption.keyring_from_secret(SECRET))
    engine = create_engine(product.store_url)
    upgrade(engine)
    now = datetime.now(UTC)
    with transaction(engine) as session:
        session.add(Lender(name="Crédito Amigo", legal_name="Crédito Amigo SA", phone="+525500000000"))
        policies.seed(session, now)
        flows.seed(session, now)
    return engine


def _call(product: Product, numbers: range) -> list[float]:
    """Each hook at its own moment, however slow the one before it was: seconds from that moment to the answer."""
    local = threading.local()
    begun = time.perf_counter() + 0.5
    place = urlsplit(product.url).netloc
    validator = RequestValidator(TOKEN)
    calls = [_signed(validator, number) for number in numbers]

    def call(turn: int) -> float:
        due = begun + turn / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection(place, timeout=15)
        local.connection.request("POST", PATH, *calls[turn])
        answer = local.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"A hook was answered with {answer.status}.")
        return time.perf_counter() - due

    with ThreadPoolExecutor(CALLERS) as callers:
        return list(callers.map(call, range(len(calls))))


def _signed(validator: RequestValidator, number: int) -> tuple[bytes, dict[str, str]]:
    form = {
        "MessageSid": f"SM{number:032x}",
        "From": f"whatsapp:+1202{number % 500:07}",
        "To": WHATSAPP,
        "Body": "cuánto debo",
        "NumMedia": "0",
    }
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": validator.compute_signature(PUBLIC + PATH, form),
    }
    return urlencode(form).encode(), headers
