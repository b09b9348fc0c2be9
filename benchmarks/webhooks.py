"""How soon a hook is acknowledged at 200 a second: by the gateway alone, and by the product while Rasa is saturated.

The hooks are signed as Twilio signs them, and each that was answered must be in the store. In the second run they are
what saturates Rasa: eight times as many messages as it can answer.
"""

import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from sqlmodel import select
from twilio.request_validator import RequestValidator

from benchmarks.figures import Figure
from outreach.tables import Message
from store.engine import reading
from tests.counterparts import lender, light
from tests.counterparts.programs import ACCOUNT, SMS, TOKEN, WHATSAPP
from tests.product import Product

RATE, SECONDS, CALLERS = 200, 15, 16
PATH = "/channels/twilio/whatsapp"
PUBLIC = "http://pay.example.org"


def measure() -> list[Figure]:
    figures = []
    for what, goal, role in (
        ("Rasa idle (the gateway alone)", "25 ms", ("--role", "gateway")),
        ("Rasa saturated (the whole product)", "100 ms", ()),
    ):
        with tempfile.TemporaryDirectory() as folder, light.running(light.Light(TOKEN)) as provider:
            waits, lost, used = _measured(Path(folder), provider, role)
        about = f"{RATE} hooks a second, {what}"
        figures += [
            Figure(f"{about}, median", f"{median(waits) * 1000:.1f} ms"),
            Figure(f"{about}, p99", f"{quantiles(waits, n=100)[-1] * 1000:.1f} ms", goal),
            Figure(f"{about}, lost of {len(waits):,}", f"{lost}", "0"),
            Figure(f"{about}, processor time of the gateway for each", f"{used / len(waits) * 1000:.2f} ms"),
        ]
    waiting = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [*figures, Figure("what waited for the processor in the last 1, 5 and 15 minutes, ours included", waiting)]


def _measured(folder: Path, provider: str, role: tuple[str, ...]) -> tuple[list[float], int, float]:
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
    engine = lender.store(product.store_url)
    try:
        product.start(rasa=not role)
        _call(product, range(CALLERS))  # connections and statements are made once
        gateway = product.gateway_pid or product.pid
        before = _used(gateway)
        waits = _call(product, range(CALLERS, CALLERS + RATE * SECONDS))
        used = _used(gateway) - before
    finally:
        product.stop()
    with reading(engine) as session:
        kept = session.exec(select(sa.func.count()).where(Message.direction == "in")).one()
    engine.dispose()
    return waits, CALLERS + RATE * SECONDS - kept, used


def _used(pid: int) -> float:
    """Seconds of processor time; not a number where the system has no /proc."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


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
