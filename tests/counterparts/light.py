"""A Twilio for thousands: takes messages, lists them and reports on them, and has no opinion on anything else.

`python -m tests.counterparts.light PORT TOKEN` runs it as a process of its own.
"""

import itertools
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from twilio.request_validator import RequestValidator

from tests.counterparts.faults import ask, fields


class Light:
    """`reports` are the statuses that are told of each message; `takes` the seconds until a create is answered."""

    def __init__(self, token: str, reports: tuple[str, ...] = (), takes: float = 0) -> None:
        self.takes = takes
        self.taken: list[dict[str, Any]] = []
        self.by_address: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._reports = reports
        self._validator = RequestValidator(token)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(4, "reports")

    def create(self, form: dict[str, str]) -> dict[str, Any]:
        with self._lock:
            message = {
                "sid": f"SM{next(self._numbers):032x}",
                "to": form["To"],
                "from": form.get("From"),
                "body": form.get("Body", ""),
                "status": "queued",
                "direction": "outbound-api",
                "date_created": format_datetime(datetime.now(UTC)),
                "date_sent": None,
                "num_media": "0",
                "error_code": None,
            }
            self.taken.append(message)
            self.by_address[form["To"]].append(message)
        if self._reports and "StatusCallback" in form:
            self._pool.submit(self._report, message, form["StatusCallback"])
        return message

    def _report(self, message: dict[str, Any], url: str) -> None:
        for status in self._reports:
            told = {"MessageSid": message["sid"], "MessageStatus": status, "To": message["to"], "From": message["from"]}
            headers = {
                "content-type": "application/x-www-form-urlencoded",
                "x-twilio-signature": self._validator.compute_signature(url, told),
            }
            split = urlsplit(url)
            with suppress(OSError):
                ask(f"http://{split.netloc}", "POST", f"{split.path}?{split.query}", urlencode(told).encode(), headers)

    def page(self, query: dict[str, list[str]], path: str) -> dict[str, Any]:
        to, size, number = query.get("To"), int(query.get("PageSize", ["50"])[0]), int(query.get("Page", ["0"])[0])
        with self._lock:
            found = list(reversed(self.by_address[to[0]] if to else self.taken))
        part = found[number * size : (number + 1) * size]
        following = {"Page": number + 1, "PageSize": size, **({"To": to[0]} if to else {})}
        more = f"{path}?{urlencode(following)}" if (number + 1) * size < len(found) else None
        return {"messages": part, "page": number, "page_size": size, "next_page_uri": more, "uri": path}


@contextmanager
def running(light: Light, port: int = 0) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            created = light.create(fields(body))
            time.sleep(light.takes)
            self._answer(201, created)

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            self._answer(200, light.page(parse_qs(split.query), split.path))

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            with suppress(OSError):
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    with running(Light(sys.argv[2]), int(sys.argv[1])):
        threading.Event().wait()
