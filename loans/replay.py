"""The state of a loan, derived from its events: nobody edits a balance.

All money is integer minor units. Reversed payments drop out, payments are taken by value date and then by
order of entry, the oldest instalment first, and inside it in the product's order of components.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Literal, NamedTuple

Component = Literal["penalty", "fee", "interest", "principal"]
Order = tuple[Component, Component, Component, Component]

COMPONENTS: Order = ("penalty", "fee", "interest", "principal")
PLACE = {name: place for place, name in enumerate(COMPONENTS)}


@dataclass(frozen=True, slots=True)
class Instalment:
    """What the schedule asks for, before any event."""

    n: int
    due: date
    principal: int
    interest: int
    fee: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received. `on` is its value date; `recorded_at` is when we came to know of it."""

    id: str
    on: date
    amount: int
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee or penalty. It belongs to the first instalment due on or after `due`, else to the last one."""

    component: Literal["penalty", "fee"]
    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """Takes a payment back as if it had never come; `ref` is the payment's id."""

    ref: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """Forgives up to `amount` of one component, oldest instalment first, or on instalment `n` only.

    Money that had paid a waived part flows on to what is next.
    """

    component: Component
    amount: int
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Delinquent days stand still from `start` to `end`; balances don't notice."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Resume:
    """Ends the pauses around `start` on that day."""

    start: date


Event = Payment | Charge | Reversal | Waiver | Pause | Resume


class Allocation(NamedTuple):
    """The part of a payment that went to one component of one instalment."""

    n: int
    component: Component
    amount: int


@dataclass(slots=True)
class InstalmentState:
    """One instalment after all events; the lists follow COMPONENTS. `paid_on` is set once nothing is left."""

    n: int
    due: date
    dues: list[int]
    paids: list[int]
    waived: int = 0
    in_advance: int = 0
    late: int = 0
    paid_on: date | None = None

    @property
    def due_total(self) -> int:
        return sum(self.dues)

    @property
    def paid(self) -> int:
        return sum(self.paids)

    @property
    def outstanding(self) -> int:
        return sum(self.dues) - sum(self.paids)

    def due_of(self, component: Component) -> int:
        return self.dues[PLACE[component]]

    def paid_of(self, component: Component) -> int:
        return self.paids[PLACE[component]]

    def outstanding_of(self, component: Component) -> int:
        return self.dues[PLACE[component]] - self.paids[PLACE[component]]


@dataclass(frozen=True, slots=True)
class PaymentSplit:
    """Where one live payment went; `overpaid` is what found nothing left to pay."""

    id: str
    on: date
    amount: int
    parts: tuple[Allocation, ...]
    overpaid: int

    def of(self, component: Component) -> int:
        return sum(part.amount for part in self.parts if part.component == component)


@dataclass(frozen=True, slots=True)
class LedgerState:
    """A loan after all events: instalments by due date, live payments by value date."""

    rows: tuple[InstalmentState, ...]
    splits: tuple[PaymentSplit, ...]

    @property
    def due_total(self) -> int:
        return sum(row.due_total for row in self.rows)

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)

    @property
    def in_advance(self) -> int:
        return sum(row.in_advance for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def outstanding(self) -> int:
        return sum(row.outstanding for row in self.rows)

    @property
    def overpaid(self) -> int:
        return sum(split.overpaid for split in self.splits)

    def outstanding_of(self, component: Component) -> int:
        return sum(row.outstanding_of(component) for row in self.rows)


def replay(instalments: Sequence[Instalment], events: Iterable[Event], order: Order = COMPONENTS) -> LedgerState:
    """The loan after `events`, given in order of entry.

    An unknown reversal, a payment id that occurs twice and amounts below 1 raise ValueError.
    """
    if sorted(order) != sorted(COMPONENTS):
        raise ValueError(f"order is {order}: it must name each of {', '.join(COMPONENTS)} once")
    events = list(events)
    rows = [
        InstalmentState(i.n, i.due, [i.penalty, i.fee, i.interest, i.principal], [0, 0, 0, 0])
        for i in sorted(instalments, key=attrgetter("due"))
    ]
    _place_charges(rows, events)
    _waive(rows, events)
    return LedgerState(tuple(rows), tuple(_allocate(rows, live_payments(events), order)))


def live_payments(events: Iterable[Event]) -> list[Payment]:
    """Payments that no reversal took back, by value date and then order of entry."""
    payments: dict[str, Payment] = {}
    reversed_ids: set[str] = set()
    for event in events:
        if isinstance(event, Payment):
            if event.id in payments:
                raise ValueError(f"payment id {event.id!r} occurs twice: record a payment once")
            if event.amount < 1:
                raise ValueError(f"amount of payment {event.id!r} is {event.amount}: it must be above 0")
            payments[event.id] = event
        elif isinstance(event, Reversal):
            reversed_ids.add(event.ref)
    unknown = reversed_ids - payments.keys()
    if unknown:
        raise ValueError(f"reversal of {sorted(unknown)[0]!r}: no such payment on this loan")
    return sorted((p for p in payments.values() if p.id not in reversed_ids), key=attrgetter("on"))


def _place_charges(rows: list[InstalmentState], events: Iterable[Event]) -> None:
    for event in events:
        if isinstance(event, Charge):
            if event.amount < 1 or not rows:
                raise ValueError(f"charge of {event.amount}: it must be above 0 and the loan have instalments")
            row = next((row for row in rows if event.due <= row.due), rows[-1])
            row.dues[PLACE[event.component]] += event.amount


def _waive(rows: list[InstalmentState], events: Iterable[Event]) -> None:
    for event in events:
        if isinstance(event, Waiver):
            if event.amount < 1:
                raise ValueError(f"waiver of {event.amount}: it must be above 0")
            place, left = PLACE[event.component], event.amount
            for row in rows:
                if event.n in (None, row.n):
                    part = min(left, row.dues[place])
                    row.dues[place] -= part
                    row.waived += part
                    left -= part


def _allocate(rows: Sequence[InstalmentState], payments: Iterable[Payment], order: Order) -> Iterator[PaymentSplit]:
    places = [(PLACE[name], name) for name in order]
    open_rows = [row for row in rows if row.outstanding]
    at = 0
    for payment in payments:
        left, parts = payment.amount, []
        while left and at < len(open_rows):
            row = open_rows[at]
            before = left
            for place, component in places:
                part = min(left, row.dues[place] - row.paids[place])
                if part:
                    row.paids[place] += part
                    left -= part
                    parts.append(Allocation(row.n, component, part))
            if payment.on < row.due:
                row.in_advance += before - left
            elif payment.on > row.due:
                row.late += before - left
            if row.paids == row.dues:
                row.paid_on = payment.on
                at += 1
        yield PaymentSplit(payment.id, payment.on, payment.amount, tuple(parts), left)
