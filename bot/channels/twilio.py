"""WhatsApp and SMS through Twilio: one message, one request, and what its answer means."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.channels import twilio_errors
from bot.channels.base import Outgoing, SendError, SendFailed, Sent, Template
from locales.sms import segments, sms

STATUS_PATH = "/channels/twilio/status"
MAX_VALIDITY = 36_000  # Seconds that Twilio's queue can hold a message (Message resource, ValidityPeriod).
# After these a proxy may have lost the answer to a message that Twilio took.
ANSWER_LOST = (502, 504)

_quiet = logging.getLogger("bot.channels.twilio.http")
_quiet.setLevel(logging.WARNING)  # Twilio's client logs addresses at level INFO.


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """`signing_tokens`: every auth token or shared key that may sign hooks now (two during a rotation).

    `templates` maps "name/language" or "name" to a ContentSid; "name/es" serves "name/es_MX" as well.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    public_base_url: str
    signing_tokens: tuple[str, ...] = field(default=(), repr=False)
    whatsapp_from: str = ""
    sms_from: str = ""
    messaging_service_sid: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)
    api_base_url: str = "https://api.twilio.com"
    timeout: float = 10

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.signing_tokens or (self.auth_token,)


class TwilioChannel:
    """`name` is whatsapp or sms. May be used from several threads."""

    def __init__(self, name: str, settings: TwilioSettings) -> None:
        self.name = name
        self._settings = settings
        self._http = TwilioHttpClient(timeout=settings.timeout, logger=_quiet)
        self._client = Client(settings.account_sid, settings.auth_token, http_client=self._http)
        self._client.api.base_url = settings.api_base_url.rstrip("/")

    def send(self, outgoing: Outgoing) -> Sent:
        fields = self._fields(outgoing)
        started = datetime.now(UTC)
        try:
            answer = self._client.messages.create(**fields)
        except (TwilioRestException, TwilioServiceException) as refusal:
            if refusal.status in ANSWER_LOST:
                return self._look_up(fields, started)
            raise _failed(refusal.status, refusal.code) from refusal
        except requests.exceptions.RequestException as problem:
            raise SendFailed(_network_error(problem), type(problem).__name__) from problem
        except (ValueError, TypeError, AttributeError, KeyError) as problem:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "unreadable_answer") from problem
        if not answer.sid:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "sid_missing")
        return self._sent(answer.sid, fields)

    def close(self) -> None:
        if self._http.session is not None:
            self._http.session.close()

    def _fields(self, outgoing: Outgoing) -> dict[str, Any]:
        """The arguments of Twilio's create call."""
        fields = {
            "to": self._address(outgoing.to),
            **self._sender(),
            "status_callback": self._callback(outgoing.message_id),
            **self._content(outgoing),
        }
        if outgoing.valid_seconds is not None:
            fields["validity_period"] = max(1, min(outgoing.valid_seconds, MAX_VALIDITY))
        return fields

    def _address(self, value: str) -> str:
        return f"whatsapp:{value}" if self.name == "whatsapp" else value

    def _sender(self) -> dict[str, str]:
        sender = self._settings.whatsapp_from if self.name == "whatsapp" else self._settings.sms_from
        service = self._settings.messaging_service_sid
        if not sender and not service:
            raise SendFailed(SendError.NOT_CONFIGURED, "no_sender")
        known = {"from_": self._address(sender) if sender else "", "messaging_service_sid": service}
        return {name: value for name, value in known.items() if value}

    def _callback(self, message_id: int) -> str:
        """Carries our own id, since a callback may come before the answer to the request that it is about."""
        base = self._settings.public_base_url.rstrip("/")
        return f"{base}{STATUS_PATH}?message={message_id}&channel={self.name}"

    def _content(self, outgoing: Outgoing) -> dict[str, Any]:
        if outgoing.template is not None and self.name == "whatsapp":
            return self._template(outgoing.template)
        text = numbered(outgoing.text, outgoing.buttons)
        urls = [item["url"] for item in outgoing.media if item.get("url")]
        if not text and not urls:
            # An approved template without its id must not go out as an empty message.
            raise SendFailed(SendError.BAD_REQUEST, "no_content")
        content: dict[str, Any] = {"body": cheapest(text) if self.name == "sms" else text} if text else {}
        return {**content, "media_url": urls} if urls else content

    def _template(self, template: Template) -> dict[str, str]:
        known = self._settings.templates
        language = template.language.split("_")[0]
        for name in (f"{template.name}/{template.language}", f"{template.name}/{language}", template.name):
            if known.get(name):
                # WhatsApp refuses line breaks, tabs and runs of blanks inside a variable.
                values = {key: " ".join(value.split()) for key, value in template.variables.items()}
                return {"content_sid": known[name], "content_variables": json.dumps(values, ensure_ascii=False)}
        raise SendFailed(SendError.TEMPLATE_REJECTED, "no_content_sid")

    def _look_up(self, fields: dict[str, Any], started: datetime) -> Sent:
        """Asks Twilio once whether it took the message; without an answer nobody knows."""
        try:
            recent = [
                message
                for message in self._client.messages.list(to=fields["to"], limit=20)
                # Twilio's times have whole seconds, and its clock is not ours.
                if message.date_created is None or message.date_created > started - timedelta(minutes=1)
            ]
        except (TwilioException, requests.exceptions.RequestException) as problem:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "answer_lost") from problem
        except (ValueError, TypeError, AttributeError, KeyError) as problem:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "unreadable_answer") from problem
        for message in recent:
            if message.sid and message.body == fields.get("body"):
                return self._sent(message.sid, fields)
        # The text of a filled template is Twilio's own, so that message can't be recognised.
        unsure = recent and "content_sid" in fields
        raise SendFailed(SendError.UNKNOWN_OUTCOME if unsure else SendError.UNAVAILABLE, "answer_lost")

    def _sent(self, sid: str, fields: Mapping[str, Any]) -> Sent:
        return Sent(provider_id=sid, segments=segments(fields.get("body", "")) if self.name == "sms" else 1)


def numbered(text: str, buttons: list[dict[str, Any]]) -> str:
    """Buttons as lines to answer with a number: outside of a template neither WhatsApp nor SMS shows buttons."""
    lines = [f"{number}. {button['title']}" for number, button in enumerate(buttons, start=1)]
    return "\n\n".join(part for part in (text, "\n".join(lines)) if part)


def cheapest(text: str) -> str:
    """The text as it is, or in plain letters where that saves a part."""
    plain = sms(text)
    return plain if segments(plain) < segments(text) else text


def _failed(status: int, code: int | str | None) -> SendFailed:
    number = int(str(code)) if str(code).isdecimal() else None
    return SendFailed(twilio_errors.classify(number, status), str(code or status), twilio_errors.wait(number))


def _network_error(problem: requests.exceptions.RequestException) -> SendError:
    """Only where no connection came about is it certain that nothing was sent."""
    if isinstance(problem, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return SendError.UNAVAILABLE
    cause = problem.args[0] if problem.args else None
    if isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError):
        return SendError.UNAVAILABLE
    return SendError.UNKNOWN_OUTCOME
