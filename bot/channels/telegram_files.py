"""Files of a Telegram chat. The address of a file holds the bot's token, so it is made, used and forgotten here."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bot.channels.telegram import TelegramSettings
from bot.download import FetchFailed, Hosts, Reason, fetch, origin

ANSWER_BYTES = 65_536
PATH = re.compile(r"(?!.*\.\.)[\w./-]+", re.ASCII)


class TelegramFiles:
    """Fetches what a `file_id` names."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._base, self._token = settings.base_url.rstrip("/"), settings.token
        self._hosts = Hosts(known=frozenset({origin(settings.base_url)}))

    def fetch(self, item: Mapping[str, Any], limit: int) -> bytes:
        if int(item.get("file_size") or 0) > limit:
            raise FetchFailed(Reason.TOO_LARGE)
        path = self._path(str(item.get("file_id", "")))
        return self._get(f"/file/bot{self._token}/{quote(path)}", limit)

    def forget(self, item: Mapping[str, Any]) -> None:
        """Telegram's copy belongs to the chat."""

    def _path(self, file_id: str) -> str:
        """Valid for an hour at least, so it is asked for anew at each try."""
        answer = self._get(f"/bot{self._token}/getFile", ANSWER_BYTES, {"file_id": file_id})
        try:
            path = json.loads(answer)["result"]["file_path"]
        except (ValueError, TypeError, KeyError):
            path = None
        if not isinstance(path, str) or not PATH.fullmatch(path):
            raise FetchFailed(Reason.UNAVAILABLE)
        return path

    def _get(self, path: str, limit: int, form: Mapping[str, str] | None = None) -> bytes:
        return fetch(self._base + path, self._hosts, limit=limit, form=form)
