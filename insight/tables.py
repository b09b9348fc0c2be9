"""What Home remembers, so that it need not count a month of reminders each time it is opened; and labels."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from store.columns import UTCDateTime


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
