"""What a channel is to the product: it sends one message, and it says in our words what went wrong."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable


class SendError(StrEnum):
    """Why a message was not sent. Provider codes are mapped onto these by each channel."""

    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    UNREACHABLE_ADDRESS = "unreachable_address"
    BLOCKED = "blocked"
    OPTED_OUT = "opted_out"
    WINDOW_CLOSED = "window_closed"
    TEMPLATE_REJECTED = "template_rejected"
    BAD_REQUEST = "bad_request"
    NOT_CONFIGURED = "not_configured"
    CHANNEL_STOPPED = "channel_stopped"
    UNKNOWN_OUTCOME = "unknown_outcome"

    @property
    def retry(self) -> bool:
        """Certainly not sent, and another try may help."""
        return self in (SendError.RATE_LIMITED, SendError.UNAVAILABLE)

    @property
    def ours(self) -> bool:
        """A fault of this installation: an operator must act, the borrower can't."""
        return self in (
            SendError.TEMPLATE_REJECTED,
            SendError.BAD_REQUEST,
            SendError.NOT_CONFIGURED,
            SendError.CHANNEL_STOPPED,
        )

    @property
    def final(self) -> bool:
        """Certainly not sent, and another try is useless."""
        return not self.retry and self is not SendError.UNKNOWN_OUTCOME


@dataclass(frozen=True, slots=True)
class Template:
    """A text approved beforehand, named by its phrase key, with the values that fill it, in their spoken form.

    `content_sid` is the provider's own name of it, where a flow chose one."""

    name: str
    language: str
    variables: Mapping[str, str]
    content_sid: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`kind` is the address's: phone, bsuid or telegram_user. With a template, `text` is how it reads when filled."""

    message_id: int
    to: str
    kind: str
    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    template: Template | None = None
    valid_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has taken the message over."""

    provider_id: str
    segments: int = 1


class SendFailed(Exception):  # noqa: N818  (the opposite of Sent)
    """`code` is the provider's own, for the log; `retry_after` seconds where the provider names them."""

    def __init__(self, error: SendError, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{error.value} {code}".strip())
        self.error = error
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """What a provider reports about a message; `status` is sent, delivered, read or failed, or its own word."""

    channel: str
    provider_id: str | None
    message_id: int | None
    status: str
    at: datetime
    error_code: str = ""
    raw: dict[str, Any] = field(default_factory=dict)


class Channel(Protocol):
    """Anything but a `Sent` or a `SendFailed` of a certain kind counts as an unknown outcome."""

    name: str

    def send(self, outgoing: Outgoing) -> Sent: ...


@dataclass(frozen=True, slots=True)
class Listed:
    """One message as the provider's own list has it; `kind` and `value` are the borrower's address, in and out."""

    provider_id: str
    incoming: bool
    kind: str
    value: str
    text: str
    at: datetime
    status: str = ""
    error_code: str = ""
    retry_after: float | None = None
    media: tuple[dict[str, Any], ...] = ()


@runtime_checkable
class Lists(Protocol):
    """A channel whose provider can be asked what went through our sender.

    What was tried longer than `settles_after` ago and is not in the list was certainly not sent.
    """

    settles_after: timedelta

    def listed(self, since: datetime, to: str | None = None) -> Iterator[Listed]:
        """What was made since then; only from us to this address, where one is named. Raises SendFailed."""
        ...

    def reads(self, text: str, buttons: list[dict[str, Any]]) -> str:
        """How a message is worded in that list."""
        ...


@dataclass(frozen=True, slots=True)
class Approval:
    """What the provider says of a template; `status` is approved, or its own word for why not.

    `names` are those of the phrases that it serves by the settings."""

    content_sid: str
    status: str
    reason: str = ""
    names: tuple[str, ...] = ()


@runtime_checkable
class Approves(Protocol):
    """A channel whose templates must be approved by the provider, which may take that back at any time."""

    def approvals(self, more: Collection[str] = ()) -> Iterator[Approval]:
        """Of the templates that are set up, and of `more` by the provider's ids. Raises SendFailed."""
        ...


def numbered(text: str, buttons: list[dict[str, Any]]) -> str:
    """Buttons as lines to answer with a number, for channels that show no buttons."""
    lines = [f"{number}. {button['title']}" for number, button in enumerate(buttons, start=1)]
    return "\n\n".join(part for part in (text, "\n".join(lines)) if part)
