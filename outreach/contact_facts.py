"""What the contact rules are told and what they answer: kinds of message, facts, attempts, decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from outreach.wish_rules import Wished


class Verdict(StrEnum):
    SEND = "send"
    LATER = "later"
    SKIP = "skip"


class Kind(StrEnum):
    """Why a message is written."""

    REMINDER = "reminder"
    PROMISE_REMINDER = "promise_reminder"
    PLAN_REMINDER = "plan_reminder"
    PROMISE_FOLLOWUP = "promise_followup"
    HARDSHIP_CHECKIN = "hardship_checkin"
    RECEIPT = "receipt"
    REPLY = "reply"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    COLLECTOR = "collector"


class Reason(StrEnum):
    """The names of the policy's `deny_reason`, in its order, and three that are the product's own."""

    ALLOWED = "allowed"
    NO_COUNTRY_ROW = "no_country_row"
    UNSIGNED_LAW_ITEM = "unsigned_law_item"
    NO_CONSENT = "no_consent"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    HELD = "held"
    CHANNEL_NOT_ALLOWED = "channel_not_allowed"
    HUMAN_OWNS_THREAD = "human_owns_thread"
    BORROWER_WISH = "borrower_wish"
    OUTSIDE_HOURS = "outside_hours"
    CAP_REACHED = "cap_reached"
    THIRD_PARTY = "third_party"
    TEMPLATE = "template"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A message, call or visit that we started, delivered or not. `channel` may also be `call` or `visit`.

    What a collector wrote inside an open conversation is a `reply`."""

    at: datetime
    channel: str
    kind: str = Kind.REMINDER


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one message to one borrower.

    `consent` is for borrower x channel x purpose, `holds` are those of loan, borrower, number and channel,
    `attempts` are those of at least the last eight days over all loans and numbers, planned ones included.
    `needs_template`: the channel's window is closed, so only an approved template may go.
    `conversation_open`: the borrower wrote and is being answered. `last_conversation_at` is the last direct contact.
    """

    country: str
    zone: str | None
    channel: str
    kind: str
    consent: bool
    opted_out: bool = False
    holds: frozenset[str] = frozenset()
    channel_enabled: bool = True
    person_owns: bool = False
    third_party: bool = False
    needs_template: bool = False
    template_ok: bool = True
    valid_until: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    conversation_open: bool = False
    last_conversation_at: datetime | None = None
    last_conversation_channel: str | None = None
    lender_zone: str | None = None
    wishes: tuple[Wished, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """`until` (UTC) is set for `later` only: the first instant that would decide `send` if nothing else changed.

    `rules` are the ids of what failed, or of what was applied where nothing did; `inputs` is JSON as it stands."""

    verdict: Verdict
    reason: Reason
    until: datetime | None
    policy_version: str
    rules: tuple[str, ...]
    inputs: dict[str, Any]
