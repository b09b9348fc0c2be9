"""A member of staff at the API, as a browser would be: a cookie, a CSRF token, a key for each write."""

import json
import threading
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx2 as httpx

from admin_api.guard import COOKIE


class Colleague:
    """Signs in with the first thing that they ask."""

    def __init__(self, url: str, email: str, password: str, name: str, *, number: int = 0) -> None:
        # A connection for each request: the server may close one that has rested just when it is used again.
        fresh = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(base_url=f"{url}/api/v1", timeout=60, limits=fresh)
        self.email, self.password, self.name, self.id = email, password, name, number

    @cached_property
    def _csrf(self) -> str:
        started = self._client.post("/session", json={"email": self.email, "password": self.password})
        assert started.status_code == 201, started.text
        return str(started.json()["csrf_token"])

    @property
    def cookie(self) -> str:
        assert self._csrf
        return str(self._client.cookies[COOKIE])

    def get(self, path: str, **query: Any) -> httpx.Response:
        assert self._csrf
        return self._client.get(path, params=query or None)

    def write(self, method: str, path: str, body: Any = None, *, if_match: str = "") -> httpx.Response:
        headers = self._headers() | ({"If-Match": if_match} if if_match else {})
        return self._client.request(method, path, json=body, headers=headers)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """Refused, it fails the test: what a test wants refused it writes with `write`."""
        answer = self.write("POST", path, body or {})
        assert answer.is_success, answer.text
        return answer

    def upload(self, path: str, name: str, text: str) -> httpx.Response:
        answer = self._client.post(path, files={"file": (name, text.encode())}, headers=self._headers())
        assert answer.is_success, answer.text
        return answer

    def everything(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """All pages of a list."""
        page = self.get(path, limit=200, **query).json()
        rest = self.everything(path, **query | {"after": page["next"]}) if page["next"] else []
        return [*page["items"], *rest]

    def cases_of(self, borrower_id: int, state: str | None = None) -> list[dict[str, Any]]:
        listed = self.everything("/cases", **({"state": state} if state else {}))
        return [each for each in listed if (each["borrower"] or {}).get("id") == borrower_id]

    def live(self, listening: threading.Event) -> Iterator[tuple[str, dict[str, int]]]:
        """Kind and content of each event; `listening` is set when the server has begun to tell."""
        assert self._csrf
        kind = ""
        with self._client.stream("GET", "/live") as stream:
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                    if kind == "hello":
                        listening.set()
                elif line.startswith("data: "):
                    yield kind, json.loads(line.removeprefix("data: "))

    def close(self) -> None:
        self._client.close()

    def _headers(self) -> dict[str, str]:
        return {"X-CSRF-Token": self._csrf, "Idempotency-Key": uuid4().hex}
