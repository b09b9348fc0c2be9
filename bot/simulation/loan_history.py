"""Instalments and earlier payments that come out at exactly the figures of a fixture's loan.

The plain case: `total` equal instalments on the cadence through the next due date, some of them paid, some overdue.
Where the figures don't fit it, they win: the oldest open instalment is partly paid, the last one takes the
remainder, and money that was paid beyond the instalments makes the oldest one larger. Amounts in minor units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loans.due_dates import Cadence, due_dates
from loans.schedule import ScheduledInstalment

# A loan that was paid off long ago and gives no figures at all still needs one instalment: 100.00.
ANY_AMOUNT = 100_00
MOST_PARTS = 400
MOST_INSTALMENTS = 2000  # more than a century of the slowest cadence
SHORTEST_STEP = 7  # days between two instalments of the quickest cadence


class FiguresError(ValueError):
    """Figures that no schedule can have."""

    def __init__(self, field: str, value: object, fix: str) -> None:
        super().__init__(f"{field} is {value}: {fix}")
        self.field, self.value, self.fix = field, value, fix


@dataclass(frozen=True, slots=True)
class Figures:
    balance: int
    overdue: int
    instalment: int
    next_due: date | None
    next_amount: int | None
    paid_count: int | None
    total_count: int | None
    payments: tuple[tuple[date, int], ...]
    cadence: Cadence
    today: date

    @property
    def received(self) -> int:
        return sum(amount for _, amount in self.payments)


@dataclass(frozen=True, slots=True)
class History:
    """`earlier` are payments that the fixture counts but does not list, on their due dates."""

    disbursed_on: date
    instalments: tuple[ScheduledInstalment, ...]
    earlier: tuple[tuple[date, int], ...]


def history(given: Figures) -> History:
    """Raises FiguresError where amounts contradict each other."""
    _check(given)
    each = given.instalment or given.next_amount or given.overdue or max((a for _, a in given.payments), default=0)
    paid = _paid_count(given, each)
    overdue = _overdue(given.overdue, each)
    coming = _coming(given, each, paid + len(overdue))
    settled = _settled(given, each, paid)
    open_parts = [*overdue, *coming]
    advance = _paid_of_oldest_open(given, each, paid, overdue, coming)
    surplus = max(0, given.received - sum(settled) - advance)
    if settled:
        settled[0] += surplus
    else:
        advance += surplus
    amounts = [*settled, *open_parts]
    if open_parts:
        amounts[paid] += advance
    if len(amounts) > MOST_INSTALMENTS:
        raise FiguresError("installment_amount", _shown(each), "give a larger one: the loan would last for centuries")
    start, *dates = _dates(given, paid, len(overdue), len(coming))
    instalments = tuple(
        ScheduledInstalment(n, due, amount, 0) for n, (due, amount) in enumerate(zip(dates, amounts, strict=True), 1)
    )
    unlisted = sum(settled) + (advance if open_parts else 0) - given.received
    earlier = tuple(_spread(unlisted, instalments, given))
    first = min([start, given.today, *(on for on, _ in given.payments), *(on for on, _ in earlier)])
    return History(first, instalments, earlier)


def _check(given: Figures) -> None:
    if given.overdue > given.balance:
        raise FiguresError("overdue_amount", _shown(given.overdue), f"give at most the balance {_shown(given.balance)}")
    coming = given.balance - given.overdue
    # Where all that is left is overdue, the payment that is told to come next is the one that is.
    if coming and (given.next_amount or 0) > coming:
        fix = f"give at most what is not overdue of the balance, {_shown(coming)}"
        raise FiguresError("next_due_amount", _shown(given.next_amount or 0), fix)
    for on, _ in given.payments:
        if on > given.today:
            raise FiguresError("payments.date", on, f"give {given.today} or an earlier day")


def _shown(amount: int) -> str:
    return f"{amount / 100:.2f}"


def _paid_count(given: Figures, each: int) -> int:
    if given.paid_count is not None and (given.paid_count or given.balance):
        return given.paid_count
    if given.balance == 0:
        return given.paid_count or given.total_count or max(1, len(given.payments))
    fitting = given.received // each if each else 0
    return max(fitting, 1) if given.received else 0


def _settled(given: Figures, each: int, count: int) -> list[int]:
    """A loan that is paid off and counts no instalments had one for each payment."""
    if given.balance == 0 and count == len(given.payments) and not given.paid_count:
        return [amount for _, amount in sorted(given.payments)]
    return [each or ANY_AMOUNT] * count


def _overdue(amount: int, each: int) -> list[int]:
    """Whole instalments, and in front what is left of the oldest one."""
    if amount == 0:
        return []
    if each == 0 or amount > each * MOST_PARTS:
        return [amount]
    count = -(-amount // each)
    return [amount - (count - 1) * each, *([each] * (count - 1))]


def _coming(given: Figures, each: int, before: int) -> list[int]:
    left = given.balance - given.overdue
    if left == 0:
        return []
    first = given.next_amount or min(each or left, left)
    rest = left - first
    if rest == 0:
        return [first]
    if each == 0 or rest > each * MOST_PARTS:
        return [first, rest]
    fitting = -(-rest // each)
    wanted = fitting if given.total_count is None else given.total_count - before - 1
    count = max(1, min(fitting, wanted))
    return [first, *([each] * (count - 1)), rest - (count - 1) * each]


def _paid_of_oldest_open(given: Figures, each: int, paid: int, overdue: Sequence[int], coming: Sequence[int]) -> int:
    """What was already paid of it: an overdue part of an instalment always means that, a coming one may be small."""
    oldest = next(iter([*overdue, *coming]), each)
    part = each - oldest
    if part <= 0:
        return 0
    beyond_paid = (given.total_count or 0) * each - given.balance - paid * each
    said = beyond_paid == part or given.received - paid * each == part
    return part if overdue or said else 0


def _dates(given: Figures, paid: int, overdue: int, coming: int) -> list[date]:
    """The day before the first instalment, then every due date."""
    today, cadence = given.today, given.cadence
    if coming:
        anchor = _not_yet_due(given)
        ahead = list(due_dates(cadence, coming, first_due=anchor))
    elif overdue:
        anchor, ahead = _not_yet_due(given) if given.next_due else given.today, []
    else:
        anchor = max([on for on, _ in given.payments], default=today - timedelta(days=1)) + timedelta(days=1)
        ahead = []
    past = _walk_back(cadence, anchor, paid + overdue + 1, before=today if overdue else anchor)
    return [*past, *ahead]


def _not_yet_due(given: Figures) -> date:
    """The given date, or the first one of its cadence that is not over; without any, one step from today."""
    if given.next_due is None:
        return due_dates(given.cadence, 2, first_due=given.today)[-1]
    # The first step of a half-month may be a single day, from the 14th to the 15th.
    steps = max(0, (given.today - given.next_due).days) // SHORTEST_STEP + 3
    return next(each for each in due_dates(given.cadence, steps, first_due=given.next_due) if each >= given.today)


def _walk_back(cadence: Cadence, anchor: date, count: int, *, before: date) -> list[date]:
    """The `count` latest dates of the cadence through `anchor` that lie before both `anchor` and `before`."""
    if cadence.unit in ("weeks", "days"):
        step = timedelta(days=cadence.every * (7 if cadence.unit == "weeks" else 1))
        nearest = max(0, (anchor - before).days) // step.days + 1 if before < anchor else 1
        return [anchor - step * (nearest + back) for back in reversed(range(count))]
    months = count + max(0, (anchor - before).days) // 28 + 2
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 - months, 12)
    start = date(year, month0 + 1, min(anchor.day, 28))
    wanted = due_dates(cadence, 2 * months + 4, start=start, anchor_day=anchor.day)
    return [each for each in wanted if each < min(anchor, before)][-count:]


def _spread(amount: int, instalments: Sequence[ScheduledInstalment], given: Figures) -> list[tuple[date, int]]:
    """Payments in order of the instalments; none later than the ones that are listed, so those stay the latest."""
    latest = min((on - timedelta(days=1) for on, _ in given.payments), default=given.today)
    spread = []
    for each in instalments:
        if amount <= 0:
            break
        part = min(amount, each.total)
        spread.append((min(each.due, latest), part))
        amount -= part
    return spread
