"""A member of staff at the API, as a browser would be: a cookie, a CSRF token, a key for each write."""

from typing import Any
from uuid import uuid4

import httpx2 as httpx

from admin_api.guard import COOKIE


class Colleague:
    def __init__(self, url: str, email: str, password: str) -> None:
        self._client = httpx.Client(base_url=f"{url}/api/v1", timeout=60)
        self.email, self.password = email, password
        started = self._client.post("/session", json={"email": email, "password": password})
        assert started.status_code == 201, started.text
        shown = started.json()
        self.id, self.name = int(shown["staff"]["id"]), str(shown["staff"]["name"])
        self._csrf = shown["csrf_token"]

    @property
    def cookie(self) -> str:
        return str(self._client.cookies[COOKIE])

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self._client.get(path, params=query)

    def write(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._client.request(method, path, json=body, headers=self._headers())

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """Refused, it fails the test: what a test wants refused it writes with `write`."""
        answer = self.write("POST", path, body or {})
        assert answer.is_success, answer.text
        return answer

    def upload(self, path: str, name: str, text: str) -> httpx.Response:
        answer = self._client.post(path, files={"file": (name, text.encode())}, headers=self._headers())
        assert answer.is_success, answer.text
        return answer

    def cases_of(self, borrower_id: int, state: str | None = None) -> list[dict[str, Any]]:
        listed = self.get("/cases", limit=200, **({"state": state} if state else {})).json()["items"]
        return [each for each in listed if (each["borrower"] or {}).get("id") == borrower_id]

    def close(self) -> None:
        self._client.close()

    def _headers(self) -> dict[str, str]:
        return {"X-CSRF-Token": self._csrf, "Idempotency-Key": uuid4().hex}
