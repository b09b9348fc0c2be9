"""What a recorded turn came to, judged once more: the same facts under other limits. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from loans.negotiation import (
    Accepted,
    DueAmount,
    Refused,
    Standing,
    Verdict,
    check_date_change,
    check_plan,
    check_promises,
)
from loans.negotiation_policy import NegotiationPolicy
from loans.offers import Offer, Wanted, offers, one_of_each

Matter = Literal["promise", "plan", "date_change", "offer"]
Offered = tuple[Offer, ...]
Outcome = Verdict | Offered


@dataclass(frozen=True, slots=True)
class Said:
    """What a turn was about: the amounts and dates spoken of, each as far as it was said, or what was asked for."""

    matter: Matter
    parts: tuple[tuple[int | None, date | None], ...] = ()
    wanted: Wanted = field(default_factory=Wanted)


def judge(said: Said, standing: Standing, policy: NegotiationPolicy, today: date) -> Outcome:
    """By the rules of the dialogue itself; nothing offered is an empty tuple."""
    whole = [DueAmount(on, amount) for amount, on in said.parts if amount is not None and on is not None]
    match said.matter:
        case "promise":
            return check_promises(standing, policy, said.parts, today)
        case "plan":
            return check_plan(standing, policy, whole, today)
        case "date_change":
            return check_date_change(standing, policy, said.parts[0][1] or today, today)
        case _:
            return tuple(one_of_each(offers(standing, policy, today, said.wanted)))


def is_as_recorded(recorded: Outcome, again: Outcome) -> bool:
    """Whether the facts that were put together again give what was said then. Of a refusal the reply named the reason
    and one limit; who was there for a loan is not written down."""
    match recorded, again:
        case Accepted(), Accepted():
            return True
        case Refused(), Refused():
            named = ("minimum", "last", "limit")
            told = ((getattr(recorded, each), getattr(again, each)) for each in named)
            return recorded.reason is again.reason and all(then in {None, now} for then, now in told)
        case (tuple(), tuple()):
            return _told(recorded) == _told(again)
    return False


def differs(before: Outcome, after: Outcome) -> bool:
    """Whether the borrower would have read something else."""
    match before, after:
        case Accepted(), Accepted():
            return False
        case (tuple(), tuple()):
            return _told(before) != _told(after)
    return before != after


def _told(made: Sequence[Offer] | Verdict) -> list[object]:
    """Of an offer: of a promise only its last date is said, of the others every payment."""
    rows = made if isinstance(made, tuple) else ()
    return [(each.kind, each.latest if each.kind == "promise" else each.payments, each.moved_from) for each in rows]
