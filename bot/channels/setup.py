"""Asking a provider how we are set up there: short questions that change nothing.

No address is put into an error: some hold a token.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

SECONDS = 4.0  # own default: who runs `doctor` waits for it


class Refused(Exception):  # noqa: N818  (the provider's own no)
    """`status` is HTTP's: 401 and 403 mean the credentials, 404 that there is no such thing."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Unreachable(Exception):  # noqa: N818
    """Nobody answered in time, or nothing that can be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`at` is the other side's clock."""

    body: Any
    at: datetime | None


def ask(http: httpx2.Client, url: str, method: str = "GET", **query: str) -> Answer:
    try:
        answer = http.request(method, url, params=query or None)
        body = answer.json() if answer.is_success else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        raise Unreachable from None
    if body is None:
        raise Refused(answer.status_code)
    return Answer(body, _date(answer.headers.get("date", "")))


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
