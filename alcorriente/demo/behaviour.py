"""How the demo's borrowers pay: early, on the day, late, or no more.

Over all of them the first instalments come as in real microloans: 64 % early, 19 % on the day, 11 % up to a
week late, 6 % later.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alcorriente.demo.portfolio import DemoLoan
from loans.schedule import ScheduledInstalment

# Per kind of borrower: the weights of early, on the day, 1-7, 8-30 and 31-45 days late.
LATENESS = {
    "steady": (77, 18, 5, 0, 0),
    "wobbly": (38, 24, 32, 6, 0),
    "struggling": (12, 14, 38, 33, 3),
    "finished": (75, 20, 5, 0, 0),
}
DAYS = ((-4, -1), (0, 0), (1, 7), (8, 30), (31, 45))


@dataclass(slots=True)
class Intent:
    """What a borrower means to pay: all up to instalment `upto`, or `amount` cents."""

    on: date
    upto: int = 0
    amount: int = 0


class Payer:
    """The intentions of one loan, by day; a promise changes them."""

    def __init__(self, loan: DemoLoan, seed: int) -> None:
        self.loan = loan
        self.instalments = loan.instalments()
        self.chance = random.Random(f"{seed}:{loan.external_id}")  # noqa: S311  (a simulation, not a secret)
        self.intents = list(self._plan())

    @property
    def stopped(self) -> bool:
        return self.loan.stops_at is not None

    def due_today(self, today: date) -> list[Intent]:
        """Takes what is to be paid by today out of the intentions."""
        due = [each for each in self.intents if each.on <= today]
        self.intents = [each for each in self.intents if each.on > today]
        return due

    def keep(self, promised: date) -> None:
        """Pays by the promised day all that is due by then."""
        number = max((each.n for each in self.instalments if each.due <= promised), default=0)
        self.intents = [each for each in self.intents if each.upto > number]
        self.intents.append(Intent(promised - timedelta(days=self.chance.choice((0, 0, 1))), number))

    def pay_part(self, promised: date, amount: int) -> None:
        self.forget(promised)
        self.intents.append(Intent(promised, amount=amount))

    def forget(self, promised: date) -> None:
        """Nothing comes until the promise is broken."""
        free = promised + timedelta(days=4)
        for intent in self.intents:
            if intent.on < free:
                intent.on = free + timedelta(days=self.chance.randint(0, 9))

    def _plan(self) -> Sequence[Intent]:
        kind = "steady" if self.stopped else self.loan.kind
        paid: list[Intent] = []
        earliest = self.loan.disbursed_on + timedelta(days=1)
        for instalment in self.instalments:
            if self.loan.stops_at is not None and instalment.n >= self.loan.stops_at:
                break
            on = max(earliest, instalment.due + timedelta(days=self._lateness(kind)))
            paid.append(Intent(on, instalment.n))
            earliest = on
        return paid

    def _lateness(self, kind: str) -> int:
        return self.chance.randint(*self.chance.choices(DAYS, LATENESS[kind])[0])


def plain_amount(instalments: Sequence[ScheduledInstalment], upto: int) -> int:
    return next(each.total for each in instalments if each.n == upto)
