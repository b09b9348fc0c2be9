"""Who can be written to, what was said, and why or why not."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.columns import EncryptedBytes, EncryptedText, UTCDateTime

# Below this the model was not sure enough to learn nothing from the message. Written out in the index as well.
UNSURE = 0.7
DOUBTFUL = f"text_index IS NOT NULL AND (confidence < {UNSURE} OR corrected IS NOT NULL)"
# What the clock asked for, once it was tried: a provider counts the people whom we begin to write to.
BEGUN = text("priority > 0 AND tried_at IS NOT NULL")


class Address(SQLModel, table=True):
    """One place on one channel. Opt-out, wrong person and identity belong to the address, not to a borrower."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "kind", "value_index"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str  # whatsapp | sms | telegram
    kind: str  # phone | bsuid | telegram_user
    value: str = Field(sa_type=EncryptedText)
    value_index: str = Field(index=True)  # store.encryption.blind_index(value)
    confirmed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # by the lender, at sign-up
    verified_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # in the chat
    verified_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    verified_borrower_id: int | None = Field(default=None, foreign_key="borrower.id")
    identity_attempts: int = 0
    last_inbound_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    opted_out_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    opted_out_why: str = ""
    wrong_person_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    blocked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # the provider says it can't be reached


class AddressBorrower(SQLModel, table=True):
    """Whose address it is (a phone may be shared), with the consent that each of them gave."""

    __tablename__ = "address_borrower"
    address_id: int = Field(foreign_key="address.id", primary_key=True)
    borrower_id: int = Field(foreign_key="borrower.id", primary_key=True, index=True)
    consent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    consent_evidence: str = ""
    consent_withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    position: int = 0  # 0 is the address to try first on this channel


class Conversation(SQLModel, table=True):
    """The thread with one address. `owner` has one writer at a time: the assistant or a person."""

    __tablename__ = "conversation"
    id: int | None = Field(default=None, primary_key=True)
    address_id: int = Field(foreign_key="address.id", unique=True)
    borrower_id: int | None = Field(default=None, foreign_key="borrower.id", index=True)
    owner: str = "assistant"  # assistant | person
    owner_staff_id: int | None = None
    # The dialogue engine's name for this stretch of talk; a new one starts with an empty memory.
    tracker: str = Field(default_factory=lambda: uuid4().hex, unique=True)
    tracker_turns: int = 0
    asks: str | None = None  # the pending question of the last reply
    summary: str | None = Field(default=None, sa_type=EncryptedText)  # what the person who gave it back noted
    last_turn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)  # one turn at a time; real time
    misses: int = 0  # messages in a row that were not understood


class Message(SQLModel, table=True):
    """In or out. Inbound status: received | handled | failed. Outbound: see outreach.messages.OUT_STATES."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("channel", "direction", "provider_id"),
        # What waits for work is a small part of a large table.
        Index(
            "ix_message_ready",
            "channel",
            "priority",  # in the order in which the outbox takes them, so that a claim reads no more than it takes
            "send_after",
            "id",
            sqlite_where=text("status = 'queued'"),
            postgresql_where=text("status = 'queued'"),
        ),
        Index(
            "ix_message_in_flight",
            "conversation_id",
            sqlite_where=text("status = 'sending'"),
            postgresql_where=text("status = 'sending'"),
        ),
        Index(
            "ix_message_in_doubt",
            "conversation_id",
            "tried_at",
            sqlite_where=text("status = 'in_doubt'"),
            postgresql_where=text("status = 'in_doubt'"),
        ),
        Index(
            "ix_message_received",
            "conversation_id",
            "id",
            sqlite_where=text("status = 'received'"),
            postgresql_where=text("status = 'received'"),
        ),
        Index(
            "ix_message_reminder",
            "sent_at",
            "conversation_id",  # what the funnel reads of a reminder, so that it need not read the text with it
            "borrower_id",
            "loan_id",
            "status",
            sqlite_where=text("kind = 'reminder'"),
            postgresql_where=text("kind = 'reminder'"),
        ),
        Index(
            "ix_message_reminder_status",
            "status_at",
            sqlite_where=text("kind = 'reminder'"),
            postgresql_where=text("kind = 'reminder'"),
        ),
        Index(
            "ix_message_reminder_thread",
            "conversation_id",
            "sent_at",
            sqlite_where=text("kind = 'reminder'"),
            postgresql_where=text("kind = 'reminder'"),
        ),
        Index(
            "ix_message_inbound_thread",
            "conversation_id",
            "created_at",
            sqlite_where=text("direction = 'in'"),
            postgresql_where=text("direction = 'in'"),
        ),
        Index("ix_message_doubtful", "created_at", sqlite_where=text(DOUBTFUL), postgresql_where=text(DOUBTFUL)),
        Index("ix_message_begun", "channel", "tried_at", "conversation_id", sqlite_where=BEGUN, postgresql_where=BEGUN),
        Index("ix_message_borrower_day", "borrower_id", "created_at"),
        Index("ix_message_conversation", "conversation_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    direction: str  # in | out
    conversation_id: int = Field(foreign_key="conversation.id")
    address_id: int = Field(foreign_key="address.id")
    borrower_id: int | None = Field(default=None, foreign_key="borrower.id")
    loan_id: int | None = Field(default=None, foreign_key="loan.id", index=True)
    channel: str
    kind: str  # in: text|button|media|location|contact  out: reply|reminder|promise_reminder|receipt|collector
    turn_id: str | None = Field(default=None, index=True)  # in: its own; out: the turn that asked for it
    provider_id: str | None = None
    text: str = Field(default="", sa_type=EncryptedText)
    keys: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # [{"key": ..., "values": {...}}]
    buttons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # [{"title": ..., "payload": ...}]
    media: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    language: str = "es"
    intent: str | None = None  # in: as understood
    guess: str | None = None  # in: the intent that the model found nearest, accepted or not
    confidence: float | None = None  # in: how sure of its guess the model was, 0 to 1
    text_index: str | None = None  # in: blind index of the words, of a text that may teach the model
    corrected: str | None = None  # in: outreach.corrections.Correction, what showed that it was misread
    asks: str | None = None  # out: the pending question
    status: str = "queued"
    status_at: datetime = Field(sa_type=UTCDateTime)
    error_code: str = ""
    attempts: int = 0
    priority: int = 5  # 0 replies .. 9 bulk
    send_after: datetime | None = Field(default=None, sa_type=UTCDateTime)
    valid_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # out: last taken to be sent; real time
    dedupe_key: str | None = Field(default=None, unique=True)
    step: str | None = None  # the cadence's step that asked for it
    flow_version_id: int | None = Field(default=None, foreign_key="flow_version.id")
    decision: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    segments: int = 0
    created_at: datetime = Field(sa_type=UTCDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    forgotten_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # its words are gone: outreach.retention


class MessageStatus(SQLModel, table=True):
    """Every status event as the provider sent it; `message_id` is empty while we do not know whose it is."""

    __tablename__ = "message_status"
    id: int | None = Field(default=None, primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    provider_id: str | None = Field(default=None, index=True)
    status: str
    error_code: str = ""
    raw: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(sa_type=UTCDateTime)


class MediaFile(SQLModel, table=True):
    """A receipt, voice note or other file that came with a message: first awaited, then kept, refused or lost."""

    __tablename__ = "media_file"
    __table_args__ = (
        UniqueConstraint("message_id", "position"),
        Index(
            "ix_media_file_waiting",
            "try_after",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    position: int  # in Message.media, where its kind is and how to fetch it
    kind: str  # image | document | voice | video | sticker
    state: str = "waiting"  # waiting | kept | refused | lost | forgotten
    reason: str = ""  # why it is refused or lost: bot.download.Reason
    attempts: int = 0
    try_after: datetime = Field(sa_type=UTCDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)  # real time
    mime: str = ""  # what its first bytes say, whatever the sender said
    size: int = 0
    sha256: str = Field(default="", index=True)  # of the file as it came: the same one on another loan is noticed
    transcript: str | None = Field(default=None, sa_type=EncryptedText)  # a voice note's, where one can be made
    kept_at: datetime | None = Field(default=None, index=True, sa_type=UTCDateTime)


class MediaContent(SQLModel, table=True):
    """The file itself, apart from what is known about it, so that lists never read it. Gone when its time is over."""

    __tablename__ = "media_content"
    file_id: int = Field(foreign_key="media_file.id", primary_key=True)
    body: bytes = Field(sa_type=EncryptedBytes)


class ChatLink(SQLModel, table=True):
    """A link that lets one borrower open the chat with our bot, once and for some days."""

    __tablename__ = "chat_link"
    id: int | None = Field(default=None, primary_key=True)
    borrower_id: int = Field(foreign_key="borrower.id", index=True)
    token_index: str = Field(unique=True)  # store.encryption.blind_index of its payload, which nobody keeps
    made_by: str  # staff:<id> | command_line
    made_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    address_id: int | None = Field(default=None, foreign_key="address.id")  # who used it


class Sender(SQLModel, table=True):
    """The way out of one channel: how far its pace is used up, and why it stands still. Real times."""

    __tablename__ = "sender"
    channel: str = Field(primary_key=True)
    free_at: datetime = Field(sa_type=UTCDateTime)  # what was taken so far uses the provider's limit up until then
    rests_until: datetime | None = Field(default=None, sa_type=UTCDateTime)  # the provider refuses everything
    rests_why: str = ""
    paused_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # by a person, until a person resumes it
    answers_too: bool = False  # a pause of answers as well, not only of what the clock asked for


class TemplateApproval(SQLModel, table=True):
    """What WhatsApp last said of a template: approved, paused, rejected, pending …"""

    __tablename__ = "template_approval"
    content_sid: str = Field(primary_key=True)
    status: str
    reason: str = ""
    # Of the phrases it serves by the settings: "reminder.before/es".
    names: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    checked_at: datetime = Field(sa_type=UTCDateTime)


class PlanSkip(SQLModel, table=True):
    """A named silence: who was due a reminder that day and did not get it, and why."""

    __tablename__ = "plan_skip"
    __table_args__ = (UniqueConstraint("borrower_id", "step", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    borrower_id: int = Field(foreign_key="borrower.id")
    loan_id: int | None = Field(default=None, foreign_key="loan.id")
    step: str
    day: date = Field(index=True)
    reason: str
    decision: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Hold(SQLModel, table=True):
    """A reason not to write. Exactly one of loan, borrower and address is its scope."""

    __tablename__ = "hold"
    id: int | None = Field(default=None, primary_key=True)
    event: str  # dispute payment_claim hardship vulnerable wrong_person deceased represented minor opt_out
    loan_id: int | None = Field(default=None, foreign_key="loan.id", index=True)
    borrower_id: int | None = Field(default=None, foreign_key="borrower.id", index=True)
    address_id: int | None = Field(default=None, foreign_key="address.id", index=True)
    from_at: datetime = Field(sa_type=UTCDateTime)
    until_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lifted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    lifted_by: str = ""
    turn_id: str | None = None
    note: str | None = Field(default=None, sa_type=EncryptedText)  # why, in the words of whoever placed it


class Flow(SQLModel, table=True):
    """A strategy: who is written to, when, with which texts. Its content lives in versions."""

    __tablename__ = "flow"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    active: bool = True
    # The highest that any version of it had: the audit trail names versions by it, also those that were thrown away.
    last_number: int = 0


class FlowVersion(SQLModel, table=True):
    __tablename__ = "flow_version"
    __table_args__ = (UniqueConstraint("flow_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    flow_id: int = Field(foreign_key="flow.id")
    number: int
    state: str  # draft | in_review | published | retired
    content: dict[str, Any] = Field(sa_type=JSON)  # validated by outreach.cadence
    note: str = ""  # why it was published
    based_on: int | None = None  # the number of the version that it was copied from
    edited_by: str = "shipped"  # an actor of the audit trail, as the others
    edited_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    submitted_by: str | None = None
    published_by: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ContactPolicyVersion(SQLModel, table=True):
    """The policy in force is the approved row with the latest valid_from not after today; never edited."""

    __tablename__ = "contact_policy_version"
    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(unique=True)
    content: dict[str, Any] = Field(sa_type=JSON)
    valid_from: date
    proposed_by: str
    approved_by: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class CrisisContact(SQLModel, table=True):
    """Help in a crisis, by country; shown only once a person has confirmed it."""

    __tablename__ = "crisis_contact"
    id: int | None = Field(default=None, primary_key=True)
    country: str = Field(index=True)
    text: str
    source: str
    confirmed_on: date | None = None
