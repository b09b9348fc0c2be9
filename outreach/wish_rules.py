"""What a borrower asked of us: only this channel, only these hours, not before that day. It binds like a cap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Wished:
    """One living wish: `channel` alone, local hours from `opens` to before `closes`, or silence before `until`."""

    wish_id: int
    wish: str  # channel | hours | pause
    channel: str | None = None
    opens: time | None = None
    closes: time | None = None
    until: datetime | None = None

    @property
    def seen(self) -> dict[str, Any]:
        """As a decision keeps it."""
        said = {
            "id": self.wish_id,
            "wish": self.wish,
            "channel": self.channel,
            "opens": self.opens and f"{self.opens:%H:%M}",
            "closes": self.closes and f"{self.closes:%H:%M}",
            "until": self.until and self.until.astimezone(UTC).isoformat(),
        }
        return {name: value for name, value in said.items() if value is not None}


def broken(
    wishes: Sequence[Wished], channel: str, zone: ZoneInfo, at: datetime
) -> Iterable[tuple[str, datetime | None]]:
    """Each wish that a message on this channel at this instant goes against, with the instant that ends that.

    No waiting mends a wish for another channel."""
    for each in wishes:
        if each.until is not None and at >= each.until:
            continue
        if each.wish == "channel" and each.channel != channel:
            yield "wish:channel", None
        elif each.wish == "pause":
            yield "wish:pause", each.until
        elif each.wish == "hours" and each.opens is not None and each.closes is not None:
            local = at.astimezone(zone)
            if not each.opens <= local.time() < each.closes:
                day = local.date() + timedelta(days=local.time() >= each.opens)
                yield "wish:hours", datetime.combine(day, each.opens, zone).astimezone(UTC)


def allows(wishes: Sequence[Wished], channel: str) -> bool:
    """Whether this channel is one that the borrower still wants."""
    return all(each.wish != "channel" or each.channel == channel for each in wishes)
