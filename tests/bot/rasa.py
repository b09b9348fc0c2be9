"""A stand-in for Rasa on loopback, whose answers a test writes and whose tracker it can look into."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Rasa:
    """`answers` are given in turn and then the last one again: the keys of phrases, or a status to fail with."""

    def __init__(self, *answers: list[str] | int) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.trackers: dict[str, list[dict[str, Any]]] = {}
        self.memories: dict[str, dict[str, Any]] = {}  # slots and form of a tracker
        self.guesses: dict[str, dict[str, Any]] = {}  # what its model says of a text
        self.url = ""

    def answer(self, body: dict[str, Any]) -> tuple[int, Any]:
        self.asked.append(body)
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(given, int):
            return given, {}
        said = [{"custom": {"phrases": [{"key": key, "values": {}} for key in given]}}] if given else []
        user = {"event": "user", "metadata": body["metadata"]}
        bots = [{"event": "bot", "data": each} for each in said]
        self.trackers.setdefault(body["sender"], []).extend([user, *bots])
        return 200, said


@contextmanager
def serving(rasa: Rasa) -> Iterator[Rasa]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self._body()
            if self.path.startswith("/model/parse"):
                self._reply(200, rasa.guesses.get(body["text"], {}))
            else:
                self._reply(*rasa.answer(body))

        def do_GET(self) -> None:
            memory = rasa.memories.get(self._tracker(), {})
            self._reply(200, {"events": rasa.trackers.get(self._tracker(), []), **memory})

        def do_PUT(self) -> None:
            rasa.trackers[self._tracker()] = self._body()
            self._reply(200, {})

        def _tracker(self) -> str:
            return self.path.split("/")[2]

        def _body(self) -> Any:
            return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, status: int, body: Any) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    rasa.url = f"http://127.0.0.1:{server.server_port}"
    yield rasa
    server.shutdown()
    server.server_close()
    thread.join()
