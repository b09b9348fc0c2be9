"""A proxy that does to both sides what networks and providers do: refuse, lose, delay, double and shuffle.

Requests go to the provider, hooks (paths below /channels/) to the product, so it is the public address of both.
Faults are drawn per request from a seeded chance, or named one by one.
"""

import http.client
import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HTML = b"<html><body>Bad Gateway</body></html>"
# name -> (status, answer, whether the provider gets the request all the same)
ANSWERS: dict[str, tuple[int, Any, bool]] = {
    "429": (429, {"code": 20429, "message": "Too Many Requests", "status": 429}, False),
    "500": (500, {"code": 20500, "message": "Internal Server Error", "status": 500}, False),
    "503": (503, HTML, False),
    "502 before": (502, HTML, False),
    "502 after": (502, HTML, True),
    "504 after": (504, HTML, True),
    "401": (401, {"code": 20003, "message": "Authenticate", "status": 401}, False),
    "21610": (400, {"code": 21610, "message": "unsubscribed recipient", "status": 400}, False),
    "21211": (400, {"code": 21211, "message": "Invalid 'To'", "status": 400}, False),
    "63016": (400, {"code": 63016, "message": "outside the allowed window", "status": 400}, False),
    "no sid": (200, {}, True),
}
# The rest: reset before, reset after, half answer, slow (longer than the client waits), each as its name says.
ODD = ("reset before", "reset after", "half", "slow")


@dataclass
class Faults:
    """`chances` by name are for creating messages. Anything may change while it runs."""

    provider: str = ""
    product: str = ""
    chances: Mapping[str, float] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)  # for the next requests, before chance
    slow_seconds: float = 6.0
    hook_delay: tuple[float, float] = (0.0, 0.0)  # a random one of each is shuffling
    hook_copies: int = 1
    hook_loss: float = 0.0
    seed: int = 1
    done: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._lock = threading.Lock()
        self._late: list[threading.Timer] = []

    def next(self) -> str:
        with self._lock:
            name = self.named.pop(0) if self.named else self._draw()
            self.done[name or "passed"] += 1
        return name

    def _draw(self) -> str:
        point = self._chance.random()
        for name, chance in self.chances.items():
            point -= chance
            if point < 0:
                return name
        return ""

    def hook(self, handler: "Handler", body: bytes) -> None:
        """Answers at once, as if all were well, and delivers when and as often as it likes; at once if undelayed."""
        if self.hook_delay == (0.0, 0.0) and self.hook_copies == 1 and not self.hook_loss:
            handler.forward(self.product, body)
            return
        with self._lock:
            copies = [self._chance.uniform(*self.hook_delay) for _ in range(self.hook_copies)]
            lost = self._chance.random() < self.hook_loss
            self.done["hooks lost" if lost else "hooks"] += 1
        handler.answer(200, b"<Response/>")
        if not lost:
            self._deliver_later(copies, (handler.path, body, handler.passed_on()))

    def _deliver_later(self, copies: list[float], call: tuple[str, bytes, dict[str, str]]) -> None:
        for delay in copies:
            timer = threading.Timer(delay, self._deliver, call)
            timer.daemon = True
            with self._lock:
                self._late = [each for each in self._late if each.is_alive()] + [timer]
            timer.start()

    def _deliver(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        with suppress(OSError):  # A product that is down loses hooks.
            ask(self.product, "POST", path, body, headers)

    def wait_for_hooks(self, patience: float = 30.0) -> None:
        ends = time.monotonic() + patience
        while any(each.is_alive() for each in self._late) and time.monotonic() < ends:
            time.sleep(0.05)


class Handler(BaseHTTPRequestHandler):
    faults: Faults
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size)
        if len(body) < size:
            self.close_connection = True  # Whoever asked was killed in the middle of it.
            return
        if self.path.startswith("/channels/"):
            self.faults.hook(self, body)
            return
        self._with_fault(self.faults.next() if urlsplit(self.path).path.endswith("/Messages.json") else "", body)

    def do_GET(self) -> None:
        self.forward(self.faults.provider, b"")

    do_DELETE = do_GET  # noqa: N815  (the name that the server calls)

    def _with_fault(self, name: str, body: bytes) -> None:
        if name in ANSWERS:
            status, answer, passed_on = ANSWERS[name]
            if passed_on:
                ask(self.faults.provider, "POST", self.path, body, self.passed_on())
            self.answer(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())
        elif name == "reset before":
            self._reset()
        elif name in ODD:
            status, answer = ask(self.faults.provider, "POST", self.path, body, self.passed_on())
            if name == "reset after":
                self._reset()
            elif name == "half":
                self.answer(status, answer[: len(answer) // 2])
            else:
                time.sleep(self.faults.slow_seconds)
                self.answer(status, answer)
        else:
            self.forward(self.faults.provider, body)

    def forward(self, to: str, body: bytes) -> None:
        try:
            status, answer = ask(to, self.command, self.path, body, self.passed_on())
        except OSError:
            status, answer = 502, HTML
        self.answer(status, answer)

    def passed_on(self) -> dict[str, str]:
        kept = ("authorization", "content-type", "x-twilio-signature")
        return {name: value for name, value in self.headers.items() if name.lower() in kept}

    def answer(self, status: int, body: bytes) -> None:
        with suppress(OSError):  # The client may have given up, or been killed.
            self.send_response(status)
            self.send_header("content-type", "application/json" if body[:1] in b"{[" else "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def _reset(self) -> None:
        # Closing without lingering makes the kernel send a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            super().handle()

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: Any) -> None:
        pass


def ask(base: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@contextmanager
def running(faults: Faults) -> Iterator[Faults]:
    """Sets `faults.url`; the two ends may be named before or after."""
    handler = type("BoundHandler", (Handler,), {"faults": faults})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    faults.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield faults
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fields(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
