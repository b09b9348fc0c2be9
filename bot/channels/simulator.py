"""A channel whose last metre is the message's own row: a phone in the browser reads it from there.

Without a behaviour every message arrives at once and nothing more is heard of it. With one, messages fail, arrive and
are read as a seeded model says, which gives a demo's history its shape.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.channels.base import Listed, Outgoing, SendError, SendFailed, Sent, StatusEvent
from locales.sms import segments
from store.clock import Clock


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Shares of messages; own defaults, in the order of size that lenders report for utility messages."""

    seed: int
    unreachable: float = 0.02
    delivered: float = 0.96
    read: float = 0.7
    median_delivery_seconds: float = 4
    median_reading_seconds: float = 1200


class SimulatorChannel:
    """Stands in for WhatsApp, SMS or Telegram; `name` says which."""

    settles_after = timedelta(0)

    def __init__(self, name: str, clock: Clock, behaviour: Behaviour | None = None) -> None:
        self.name = name
        self._clock = clock
        self._behaviour = behaviour
        self._reports: list[StatusEvent] = []

    def send(self, outgoing: Outgoing) -> Sent:
        if self._behaviour is not None:
            self._behave(outgoing.message_id, self._behaviour)
        return self._sent(outgoing.message_id, segments(outgoing.text) if self.name == "sms" else 1)

    def listed(self, since: datetime, to: str | None = None) -> Iterator[Listed]:
        """A message is 'sent' by its row alone, so one whose row does not say so never was."""
        return iter(())

    def reads(self, text: str, buttons: list[dict[str, Any]]) -> str:
        return text

    def take_reports(self) -> list[StatusEvent]:
        """Status events of what was sent since the last call, by time; some lie in the future."""
        reports, self._reports = sorted(self._reports, key=lambda each: each.at), []
        return reports

    def _behave(self, message_id: int, model: Behaviour) -> None:
        # The same message meets the same fate in every run: the demo's history can be made again.
        fate = random.Random(f"{model.seed}:{message_id}")  # noqa: S311  (a simulation, not a secret)
        if fate.random() < model.unreachable:
            raise SendFailed(SendError.UNREACHABLE_ADDRESS, "simulated")
        if fate.random() < model.delivered:
            at = self._clock.now() + timedelta(seconds=fate.lognormvariate(0, 1) * model.median_delivery_seconds)
            self._report(message_id, "delivered", at)
            if self.name != "sms" and fate.random() < model.read:
                self._report(
                    message_id,
                    "read",
                    at + timedelta(seconds=fate.lognormvariate(0, 1) * model.median_reading_seconds),
                )

    def _report(self, message_id: int, status: str, at: datetime) -> None:
        self._reports.append(StatusEvent(self.name, self._sent(message_id).provider_id, message_id, status, at))

    @staticmethod
    def _sent(message_id: int, parts: int = 1) -> Sent:
        return Sent(provider_id=f"sim-{message_id}", segments=parts)
