"""What Home remembers, so that it need not count a month of reminders each time it is opened."""

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
