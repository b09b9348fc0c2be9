"""How a bot is set up at Telegram: who it is, and where its updates go."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2

from bot.channels.setup import SECONDS, Answer, Unreachable, ask
from bot.channels.telegram import TelegramSettings

HOOK_PATH = "/channels/telegram"
# What the hook reads; Telegram keeps to an earlier list where none is given.
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Hook:
    url: str
    waiting: int  # updates that have not been taken
    failed_at: datetime | None
    failure: str
    updates: tuple[str, ...]  # empty: Telegram's own choice, which has all of ours but edits


class TelegramSetup:
    def __init__(self, settings: TelegramSettings, seconds: float = SECONDS) -> None:
        self._base = f"{settings.base_url.rstrip('/')}/bot{settings.token}"
        self._http = httpx2.Client(timeout=seconds)

    def bot(self) -> tuple[str, Answer]:
        """Its name. Raises Refused for a wrong token."""
        answer = ask(self._http, f"{self._base}/getMe", "POST")
        return str(_result(answer).get("username", "")), answer

    def hook(self) -> Hook:
        told = _result(ask(self._http, f"{self._base}/getWebhookInfo", "POST"))
        failed = told.get("last_error_date")
        return Hook(
            url=str(told.get("url") or ""),
            waiting=int(told.get("pending_update_count") or 0),
            failed_at=datetime.fromtimestamp(failed, UTC) if isinstance(failed, int) else None,
            failure=str(told.get("last_error_message") or ""),
            updates=tuple(map(str, told.get("allowed_updates") or ())),
        )

    def close(self) -> None:
        self._http.close()


def _result(answer: Answer) -> dict[str, Any]:
    found = answer.body.get("result") if isinstance(answer.body, dict) else None
    if not isinstance(found, dict):
        raise Unreachable
    return found
