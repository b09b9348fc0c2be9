"""The simulator on a loopback port with the real inbox, planner and outbox; only the model's answers are scripted."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI

from bot import inbox, outbox
from bot.channels.simulator import SimulatorChannel
from bot.dialogue import Dialogue
from bot.simulation.routes import router
from outreach import planning
from store.clock import MovableClock
from store.engine import transaction

CHANNELS = ("whatsapp", "sms", "telegram")
YES_NO = [{"title": "button.yes", "payload": "/affirm"}, {"title": "button.no", "payload": "/deny"}]


def said(key: str, intent: str, asks: str | None = None, **values: Any) -> dict[str, Any]:
    return {"phrases": [{"key": key, "values": values}], "intent": intent, "asks": asks}


def scripted(text: str) -> dict[str, Any]:
    """What the dialogue would answer; each needle is looked for in this order."""
    promise: dict[str, Any] = {"amount": {"money": 50000, "currency": "MXN"}, "date": {"date": "2026-11-20"}}
    answers = {
        "1985": said("identity.confirmed", "inform", name="Guadalupe"),
        "debo": said("identity.ask", "ask_balance", "identity"),
        "/affirm": said("promise.recorded", "affirm", name="Guadalupe", **promise),
        "pago 500": said("promise.confirm", "promise_to_pay", "confirmation", **promise) | {"buttons": YES_NO},
        "media_received": said("media.voice", "media_received"),
        "persona": said("person.coming", "ask_human"),
    }
    return next((each for needle, each in answers.items() if needle in text), said("thanks", "thanks"))


def parsed(text: str) -> dict[str, Any]:
    """What the model would guess, and be sure of."""
    intent = {"name": scripted(text)["intent"], "confidence": 1.0}
    return {"text": text, "intent": intent, "intent_ranking": [intent]}


class Scripted(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(0.3)  # Long enough for the page to show that somebody is typing.
        body = json.dumps(
            parsed(asked["text"]) if "text" in asked else [{"custom": scripted(asked["message"])}]
        ).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def model() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def simulator(engine: sa.Engine) -> Iterator[str]:
    """The address of the running page."""
    with model() as model_url:
        app = FastAPI()
        app.include_router(_router(engine, Dialogue(model_url, "token")))
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()


def _router(engine: sa.Engine, dialogue: Dialogue) -> Any:
    clock = MovableClock(engine)
    channels = {name: SimulatorChannel(name, clock) for name in CHANNELS}

    def settle() -> None:
        while (
            inbox.handle_next(engine, dialogue, clock)
            or outbox.send_ready(engine, channels, clock, enabled=CHANNELS).handled
        ):
            pass

    def run_due(now: datetime) -> dict[str, int]:
        with transaction(engine) as session:
            return {"reminders": planning.plan(session, now, CHANNELS).written}

    return router(engine, clock, settle=settle, run_due=run_due, restore_demo=None, demo_data=lambda: True)
