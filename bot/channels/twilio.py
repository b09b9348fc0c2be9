"""WhatsApp and SMS through Twilio: one message, one request, and what its answer means."""

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.channels import twilio_errors, twilio_lists
from bot.channels.base import Approval, Listed, Outgoing, SendError, SendFailed, Sent, Template, numbered
from locales.sms import segments, sms

STATUS_PATH = "/channels/twilio/status"
MAX_VALIDITY = 36_000  # Seconds that Twilio's queue can hold a message (Message resource, ValidityPeriod).
# After these a proxy may have lost the answer to a message that Twilio took, or takes a little later.
ANSWER_LOST = (502, 504)
CLOCKS_DIFFER = timedelta(minutes=1)  # Twilio's times have whole seconds, and its clock is not ours.

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
    content_base_url: str = "https://content.twilio.com"
    timeout: float = 10
    # Own default: a request that was given up is in Twilio's list long before that, or never.
    settles_after: timedelta = timedelta(minutes=2)

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.signing_tokens or (self.auth_token,)


def always(_content_sid: str) -> bool:
    return True


class TwilioChannel:
    """`name` is whatsapp or sms. May be used from several threads.

    `approved` says whether the template of that ContentSid may be used now.
    """

    def __init__(self, name: str, settings: TwilioSettings, approved: Callable[[str], bool] = always) -> None:
        self.name = name
        self.settles_after = settings.settles_after
        self._settings = settings
        self._approved = approved
        self._http = TwilioHttpClient(timeout=settings.timeout, logger=_quiet)
        self._client = Client(settings.account_sid, settings.auth_token, http_client=self._http)
        self._client.api.base_url = settings.api_base_url.rstrip("/")
        self._client.content.base_url = settings.content_base_url.rstrip("/")

    def send(self, outgoing: Outgoing) -> Sent:
        fields = self._fields(outgoing)
        started = datetime.now(UTC)
        try:
            answer = self._client.messages.create(**fields)
        except (TwilioRestException, TwilioServiceException) as refusal:
            if refusal.status >= 500:
                refused = _failed(refusal.status, refusal.code)
                return self._look_up(fields, started, refused, lost=refusal.status in ANSWER_LOST)
            raise _failed(refusal.status, refusal.code) from refusal
        except requests.exceptions.RequestException as problem:
            raise SendFailed(_network_error(problem), type(problem).__name__) from problem
        except (ValueError, TypeError, AttributeError, KeyError) as problem:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "unreadable_answer") from problem
        if not answer.sid:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "sid_missing")
        return self._sent(answer.sid, fields)

    def listed(self, since: datetime, to: str | None = None) -> Iterator[Listed]:
        sender = self._settings.whatsapp_from if self.name == "whatsapp" else self._settings.sms_from
        since = since.replace(microsecond=0)
        with _answered():
            if to is not None:
                yield from twilio_lists.sent_to(self._client, self.name, self._address(to), since)
            elif sender:
                yield from twilio_lists.through(self._client, self.name, self._address(sender), since)

    def reads(self, text: str, buttons: list[dict[str, Any]]) -> str:
        worded = numbered(text, buttons)
        return cheapest(worded) if self.name == "sms" else worded

    def approvals(self, more: Collection[str] = ()) -> Iterator[Approval]:
        if self.name != "whatsapp":
            return
        served: dict[str, list[str]] = {sid: [] for sid in more}
        for name, sid in sorted(self._settings.templates.items()):
            served.setdefault(sid, []).append(name)
        for sid, names in sorted((sid, names) for sid, names in served.items() if sid):
            with _answered():
                told = self._client.content.v1.contents(sid).approval_fetch().fetch().whatsapp or {}
            status, reason = str(told.get("status") or "unsubmitted"), str(told.get("rejection_reason") or "")
            yield Approval(sid, status, reason, tuple(names))

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
        text = self.reads(outgoing.text, outgoing.buttons)
        urls = [item["url"] for item in outgoing.media if item.get("url")]
        if not text and not urls:
            # An approved template without its id must not go out as an empty message.
            raise SendFailed(SendError.BAD_REQUEST, "no_content")
        content: dict[str, Any] = {"body": text} if text else {}
        return {**content, "media_url": urls} if urls else content

    def _template(self, template: Template) -> dict[str, str]:
        known = self._settings.templates
        language = template.language.split("_")[0]
        names = (f"{template.name}/{template.language}", f"{template.name}/{language}", template.name)
        sid = template.content_sid or next((known[name] for name in names if known.get(name)), "")
        if not sid:
            raise SendFailed(SendError.TEMPLATE_REJECTED, "no_content_sid")
        if not self._approved(sid):
            raise SendFailed(SendError.TEMPLATE_REJECTED, "not_approved")
        # WhatsApp refuses line breaks, tabs and runs of blanks inside a variable.
        values = {key: " ".join(value.split()) for key, value in template.variables.items()}
        return {"content_sid": sid, "content_variables": json.dumps(values, ensure_ascii=False)}

    def _look_up(self, fields: dict[str, Any], started: datetime, refused: SendFailed, *, lost: bool) -> Sent:
        """Asks Twilio once whether it took the message all the same; without an answer nobody knows."""
        try:
            with _answered():
                found = list(twilio_lists.sent_to(self._client, self.name, fields["to"], started - CLOCKS_DIFFER))
        except SendFailed as silence:
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "answer_lost") from silence
        for message in found:
            if message.text == fields.get("body"):
                return self._sent(message.provider_id, fields)
        # Twilio's own refusal is one; what stands between us may have passed the message on. The text of a filled
        # template is Twilio's, so that message can't be recognised.
        if lost or (found and "content_sid" in fields):
            raise SendFailed(SendError.UNKNOWN_OUTCOME, "answer_lost")
        raise refused

    def _sent(self, sid: str, fields: Mapping[str, Any]) -> Sent:
        return Sent(provider_id=sid, segments=segments(fields.get("body", "")) if self.name == "sms" else 1)


def cheapest(text: str) -> str:
    """The text as it is, or in plain letters where that saves a part."""
    plain = sms(text)
    return plain if segments(plain) < segments(text) else text


@contextmanager
def _answered() -> Iterator[None]:
    """What goes wrong while a list is read, as one of our errors."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as refusal:
        raise _failed(refusal.status, refusal.code) from refusal
    except (TwilioException, requests.exceptions.RequestException) as problem:
        raise SendFailed(SendError.UNAVAILABLE, type(problem).__name__) from problem
    except (ValueError, TypeError, AttributeError, KeyError) as problem:
        raise SendFailed(SendError.UNAVAILABLE, "unreadable_answer") from problem


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
