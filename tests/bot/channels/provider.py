"""A provider on loopback that answers by script and can fail in every way a network can."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

# Seconds. Other tests may keep the machine busy; who is to be given up on never answers before its test is over.
PATIENT, IMPATIENT, NEVER = 30.0, 0.4, 300.0


@dataclass
class Answer:
    """`body`: a dict is sent as JSON, a text as it is. `hang`: seconds before it, `reset`: none at all."""

    status: int = 200
    body: Any = field(default_factory=dict)
    hang: float = 0
    reset: bool = False


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    fields: dict[str, list[str]]

    def one(self, name: str) -> str | None:
        values = self.fields.get(name)
        return values[0] if values else None


class Provider:
    """Give `script` the answers in turn; the last one is repeated."""

    def __init__(self) -> None:
        self.script: list[Answer] = [Answer()]
        self.asked: list[Asked] = []
        self.released = threading.Event()
        self.url = ""

    def answers(self, *answers: Answer) -> None:
        self.script = list(answers)

    def next(self) -> Answer:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._handle()

        def do_GET(self) -> None:
            self._handle()

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            split = urlsplit(self.path)
            form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
            provider.asked.append(Asked(self.command, split.path, parse_qs(split.query), form))
            answer = provider.next()
            if answer.hang:
                provider.released.wait(answer.hang)
            if answer.reset:
                self._reset()
                return
            text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            self._send(answer.status, text.encode())

        def _send(self, status: int, body: bytes) -> None:
            # The client may have given up, as some tests want it to.
            with suppress(OSError):
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def _reset(self) -> None:
            # Closing without lingering makes the kernel send a reset instead of an orderly end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def finish(self) -> None:
            # The connection may have been reset above.
            with suppress(OSError, ValueError):
                super().finish()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield provider
    finally:
        provider.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
