"""What Home remembers, so that it need not count a month of reminders each time it is opened; and labels."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from store.columns import EncryptedText, UTCDateTime


class FunnelDay(SQLModel, table=True):
    """A business date whose reminders have been counted; `seen_until`: what was recorded later is not in the count."""

    __tablename__ = "funnel_day"
    day: date = Field(primary_key=True)
    seen_until: datetime = Field(sa_type=UTCDateTime)


class FunnelCount(SQLModel, table=True):
    """The reminders of such a date, by where their borrowers belonged when they were counted."""

    __tablename__ = "funnel_count"
    day: date = Field(primary_key=True)
    region: str = Field(primary_key=True)
    branch: str = Field(primary_key=True)
    product: str = Field(primary_key=True)
    sent: int
    delivered: int
    answered: int
    promised: int
    paid: int


class PhraseLabel(SQLModel, table=True):
    """What a borrower's words meant, as a person says. It holds for these words, whoever writes them."""

    __tablename__ = "phrase_label"
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    text_index: str = Field(unique=True)  # as the message's
    language: str = Field(index=True)
    intent: str  # insight.labels.Intent
    labelled_by: str  # an actor of the audit trail
    labelled_at: datetime = Field(sa_type=UTCDateTime)


class Outlook(SQLModel, table=True):
    """What a version of a flow would write in the coming days: asked for, worked on, found. One per version."""

    __tablename__ = "outlook"
    flow_version_id: int = Field(foreign_key="flow_version.id", primary_key=True)
    run: str  # whoever works on an earlier one sees by it that nobody waits any more
    state: str = "running"  # running | done | failed
    days: int
    done: int = 0  # borrowers
    total: int = 0
    asked_by: str
    asked_at: datetime = Field(sa_type=UTCDateTime)  # it looks ahead from here
    seen_at: datetime = Field(sa_type=UTCDateTime)  # the last sign of life; real time
    result: str | None = Field(default=None, sa_type=EncryptedText)  # JSON; its samples name borrowers
