"""How we are set up at Twilio: the account, where what people write goes, and which templates WhatsApp has approved."""

from typing import Any

import httpx2

from bot.channels.setup import SECONDS, Answer, Unreachable, ask
from bot.channels.twilio import TwilioSettings

OWN = "https://api.twilio.com"


class TwilioSetup:
    """Methods raise Refused and Unreachable."""

    def __init__(self, settings: TwilioSettings, seconds: float = SECONDS) -> None:
        self._base = settings.api_base_url.rstrip("/")
        self._account = f"{self._base}/2010-04-01/Accounts/{settings.account_sid}"
        self._http = httpx2.Client(timeout=seconds, auth=(settings.account_sid, settings.auth_token))

    def account(self) -> tuple[str, Answer]:
        """Its status: active, suspended or closed."""
        answer = ask(self._http, f"{self._account}.json")
        return str(_named(answer, "status")), answer

    def number_hook(self, number: str) -> str | None:
        """Where messages to this number go; None where the account has no such number."""
        answer = ask(self._http, f"{self._account}/IncomingPhoneNumbers.json", PhoneNumber=number)
        found = _listed(answer, "incoming_phone_numbers")
        return str(found[0].get("sms_url") or "") if found else None

    def service_hook(self, sid: str) -> str:
        """Of a messaging service; empty where its numbers' own hooks count."""
        answer = ask(self._http, f"{self._domain('messaging')}/v1/Services/{sid}")
        return str(_named(answer, "inbound_request_url") or "")

    def whatsapp_sender(self, number: str) -> tuple[str, str] | None:
        """Its status, ONLINE where all is well, and where messages to it go."""
        answer = ask(self._http, f"{self._domain('messaging')}/v2/Channels/Senders", Channel="whatsapp", PageSize="100")
        for each in _listed(answer, "senders"):
            if str(each.get("sender_id", each.get("senderId"))).removeprefix("whatsapp:") == number:
                hook = each.get("webhook") or {}
                return str(each.get("status") or ""), str(hook.get("callback_url", hook.get("callbackUrl")) or "")
        return None

    def template(self, sid: str) -> str:
        """What WhatsApp says of it: approved, pending, rejected, paused …; empty where it was never handed in."""
        answer = ask(self._http, f"{self._domain('content')}/v1/Content/{sid}/ApprovalRequests")
        told = _named(answer, "whatsapp")
        return str(told.get("status") or "") if isinstance(told, dict) else ""

    def close(self) -> None:
        self._http.close()

    def _domain(self, name: str) -> str:
        return f"https://{name}.twilio.com" if self._base == OWN else self._base


def _named(answer: Answer, name: str) -> Any:
    if not isinstance(answer.body, dict) or name not in answer.body:
        raise Unreachable
    return answer.body[name]


def _listed(answer: Answer, name: str) -> list[dict[str, Any]]:
    found = _named(answer, name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Unreachable
    return found
