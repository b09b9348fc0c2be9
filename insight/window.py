"""The days that flow figures look back on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 30


@dataclass(frozen=True, slots=True)
class Window:
    """Business dates of the lender, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @classmethod
    def ending(cls, last: date, days: int, zone: ZoneInfo) -> "Window":
        return cls(last - timedelta(days=days - 1), last, zone)

    def days(self) -> list[date]:
        return [self.first + timedelta(days=each) for each in range((self.last - self.first).days + 1)]

    def begins(self, day: date) -> datetime:
        """The instant at which a business date begins."""
        return datetime.combine(day, time.min, self.zone)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()
