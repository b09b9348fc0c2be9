"""The only file that speaks Rasa's HTTP: post a turn, look whether it was answered, take back half a turn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2


class DialogueDown(Exception):  # noqa: N818  (a state of the other side, not a fault of ours)
    """Rasa can't be reached, is too slow, or answered nothing where an answer was due."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one action said: phrases by key with their values, buttons, and the question that is now open."""

    phrases: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)
    asks: str | None = None
    silent: bool = False
    intent: str | None = None
    guess: str | None = None
    confidence: float | None = None


class Dialogue:
    """`token` guards Rasa's API routes. The port itself must be closed to everyone but this machine."""

    def __init__(self, base_url: str, token: str, timeout: float = 20.0) -> None:
        self._token = {"token": token}
        limits = httpx2.Limits(max_connections=64, max_keepalive_connections=32)
        self._http = httpx2.Client(base_url=base_url, timeout=timeout, limits=limits)

    def ask(self, tracker: str, text: str, metadata: dict[str, Any]) -> list[Part]:
        """One turn. An empty answer is a failure: Rasa gives 200 and [] also when an action broke."""
        body = {"sender": tracker, "message": text, "metadata": metadata}
        messages = self._call("POST", "/webhooks/rest/webhook", json=body)
        parts = [_part(each["custom"]) for each in messages if isinstance(each.get("custom"), dict)]
        if not parts:
            raise DialogueDown("empty answer")
        return parts

    def answered(self, tracker: str, turn_id: str) -> list[Part]:
        """What was said in this turn, if an earlier attempt got so far."""
        events = self._events(tracker)
        start = _turn_start(events, turn_id)
        if start is None:
            return []
        return [_part(each["data"]["custom"]) for each in _bot_events(events[start + 1 :])]

    def take_back(self, tracker: str, turn_id: str, fresh: str) -> bool:
        """Copies what was before this turn to the tracker `fresh`; False when the turn never got into the tracker.

        A copy, because Rasa's SQL tracker store only ever appends: writing fewer events over a tracker changes nothing.
        """
        events = self._events(tracker)
        start = _turn_start(events, turn_id)
        if start is None:
            return False
        self._call("PUT", f"/conversations/{fresh}/tracker/events", params=self._token, json=events[:start])
        return True

    def carry_over(self, tracker: str, fresh: str) -> None:
        """What is remembered and asked in `tracker` goes on in `fresh`, without the talk that led there."""
        found = self._call("GET", f"/conversations/{tracker}/tracker", params=self._token | {"include_events": "NONE"})
        slots = [(name, value) for name, value in (found.get("slots") or {}).items() if value is not None]
        events: list[dict[str, Any]] = [{"event": "slot", "name": name, "value": value} for name, value in slots]
        form = (found.get("active_loop") or {}).get("name")
        events += [{"event": "active_loop", "name": form}] if form else []
        events.append({"event": "action", "name": "action_listen"})
        self._call("PUT", f"/conversations/{fresh}/tracker/events", params=self._token, json=events)

    def parse(self, text: str, **request: Any) -> dict[str, Any]:
        """`timeout` in seconds, where the usual one is too long for whoever waits."""
        found = self._call("POST", "/model/parse", params=self._token, json={"text": text}, **request)
        if not isinstance(found, dict):
            raise DialogueDown("no parse")
        return found

    def is_ready(self) -> bool:
        try:
            return bool(self._call("GET", "/status", params=self._token).get("model_file"))
        except DialogueDown:
            return False

    def close(self) -> None:
        self._http.close()

    def _events(self, tracker: str) -> list[dict[str, Any]]:
        found = self._call("GET", f"/conversations/{tracker}/tracker", params=self._token)
        return list(found.get("events") or [])

    def _call(self, method: str, path: str, **request: Any) -> Any:
        try:
            answer = self._http.request(method, path, **request)
            answer.raise_for_status()
            return answer.json()
        except (httpx2.HTTPError, ValueError) as problem:
            raise DialogueDown(type(problem).__name__) from problem


def _part(custom: dict[str, Any]) -> Part:
    return Part(
        phrases=custom.get("phrases") or [],
        buttons=custom.get("buttons") or [],
        asks=custom.get("asks"),
        silent=bool(custom.get("silent")),
        intent=custom.get("intent"),
        guess=custom.get("guess"),
        confidence=custom.get("confidence"),
    )


def _turn_start(events: list[dict[str, Any]], turn_id: str) -> int | None:
    """Of the first attempt, should one that was given up have ended after all."""
    mine = (
        index
        for index, event in enumerate(events)
        if event.get("event") == "user" and (event.get("metadata") or {}).get("turn_id") == turn_id
    )
    return next(mine, None)


def _bot_events(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in events:
        if event.get("event") == "user":
            return
        if event.get("event") == "bot" and isinstance((event.get("data") or {}).get("custom"), dict):
            yield event
