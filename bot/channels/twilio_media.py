"""Files that Twilio keeps for us: fetched with our credentials, which only Twilio's own hosts ever see."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from bot.channels.twilio import TwilioSettings
from bot.download import FetchFailed, Hosts, Reason, fetch, origin

# A media address answers with a redirect to a store; these are the stores that Twilio's documentation names.
DOMAINS = ("twilio.com", "twiliocdn.com", "amazonaws.com")
STORED = re.compile(r"/Accounts/\w+/Messages/\w+/Media/\w+$")


class TwilioMedia:
    """Fetches what `MediaUrlN` of a hook names."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._api = origin(settings.api_base_url)
        self._hosts = Hosts(known=frozenset({self._api}), domains=DOMAINS)
        pair = base64.b64encode(f"{settings.account_sid}:{settings.auth_token}".encode()).decode()
        self._credentials = {"Authorization": f"Basic {pair}"}

    def fetch(self, item: Mapping[str, Any], limit: int) -> bytes:
        url = str(item.get("url", ""))
        return fetch(url, self._hosts, limit=limit, credentials=self._credentials if self._is_twilios(url) else None)

    def forget(self, item: Mapping[str, Any]) -> None:
        """Twilio keeps a file until we delete it. One that is gone already is fine."""
        url = str(item.get("url", ""))
        if not (self._is_twilios(url) and STORED.search(url)):
            return
        try:
            fetch(url, self._hosts, limit=1000, credentials=self._credentials, method="DELETE")
        except FetchFailed as failure:
            if failure.reason is not Reason.GONE:
                raise

    def _is_twilios(self, url: str) -> bool:
        there = origin(url)
        return there == self._api or (there.startswith("https://") and there.endswith(".twilio.com:443"))
