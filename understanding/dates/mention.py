"""One date that a text names, with its place there."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DateMention:
    """first == last for a day; both None when the words name a time that must be asked back.

    `soft` mentions ('ahora', 'cuando me paguen') count only where nothing firmer is said.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    soft: bool = False
    dated: bool = False
    following: bool = False

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last

    def holds(self, other: "DateMention") -> bool:
        """Whether this range has the other, shorter mention inside ('este mes, el 30')."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        if (self.first, self.last) == (other.first, other.last):
            return False
        return self.first <= other.first and other.last <= self.last
