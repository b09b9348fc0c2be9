"""What the assistant agreed on, offered and refused lately, judged again under other limits: whose outcome changes.

Each turn is first judged by the limits of its own day. Only where that gives what was recorded, the facts of that
instant are known well enough to say what the other limits would have made of it; the rest is counted as `unlike`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from insight.recorded_turns import Turn, recorded
from loans import accounts, limit_versions, policies, standing_then
from loans.judged_again import Outcome, differs, is_as_recorded, judge
from loans.limit_versions import Proposed
from loans.limits import LevelLimits, narrowed
from loans.negotiation import Accepted, Refused
from loans.negotiation_policy import NegotiationPolicy
from loans.standing_then import Records
from loans.tables import Borrower
from outreach import holds
from outreach.quiet_hours import time_zone
from outreach.tables import Hold, Message
from store.ids import id_of

AT_ONCE = 200  # turns whose borrowers are read together
What = Literal["refused", "accepted", "other_limit", "other_offer", "no_offer"]


@dataclass(frozen=True, slots=True)
class Changed:
    """`after` is what the borrower would have met under the other limits."""

    turn: Turn
    loan_id: int
    loan: str  # as the lender calls it
    currency: str
    on: date  # the borrower's day
    before: Outcome
    after: Outcome

    @property
    def what(self) -> What:
        match self.before, self.after:
            case _, Accepted():
                return "accepted"
            case Accepted(), Refused():
                return "refused"
            case _, Refused():
                return "other_limit"
        return "other_offer" if self.after else "no_offer"


@dataclass(slots=True)
class Replayed:
    looked_at: int = 0
    unlike: int = 0
    changed: list[Changed] = field(default_factory=list)
    left_out: int = 0  # older ones, beyond the most that were asked for

    @property
    def counts(self) -> Counter[What]:
        return Counter(each.what for each in self.changed)


def again(session: Session, proposed: Proposed, since: datetime, most: int | None = None) -> Replayed:
    """Turns of the assistant since then, at most the newest so many; the oldest first."""
    turns, found = recorded(session, since), Replayed()
    if most is not None and len(turns) > most:
        found.left_out, turns = len(turns) - most, turns[-most:]
    rules = _Rules(session, proposed)
    for start in range(0, len(turns), AT_ONCE):
        some = turns[start : start + AT_ONCE]
        past = _Past(session, some)
        for turn in some:
            found.looked_at += 1
            judged = next((each for each in past.judged(turn, rules) if each is not None), None)
            if judged is None:
                found.unlike += 1
            elif differs(judged.before, judged.after):
                found.changed.append(judged)
    return found


class _Rules:
    """What was in force on each business date, and would have been; each version is read once."""

    def __init__(self, session: Session, proposed: Proposed) -> None:
        self._session, self._proposed = session, proposed
        self._known: dict[tuple[date, str, str], tuple[NegotiationPolicy, NegotiationPolicy]] = {}
        self.lender = accounts.lender(session)

    def of(self, today: date, product: str, segment: str) -> tuple[NegotiationPolicy, NegotiationPolicy]:
        key = (today, product, segment)
        if key not in self._known:
            policy = policies.in_force(self._session, today)
            row = limit_versions.in_force(self._session, today, product=product, segment=segment)
            held = LevelLimits.model_validate(row.content) if row else LevelLimits()
            meant = limit_versions.would_hold(self._proposed, row, product=product, segment=segment)
            after = self._proposed.content if meant else held
            self._known[key] = narrowed(policy, held.assistant), narrowed(policy, after.assistant)
        return self._known[key]


class _Past:
    """What had been recorded about the borrowers of some turns, and what was there in the way of an agreement."""

    def __init__(self, session: Session, turns: Sequence[Turn]) -> None:
        ids = {each.borrower_id for each in turns}
        self._who = {id_of(each): each for each in session.exec(select(Borrower).where(col(Borrower.id).in_(ids)))}
        self._records = standing_then.of_borrowers(session, ids)
        self._loans: dict[int, list[Records]] = defaultdict(list)
        for records in self._records.values():
            self._loans[records.loan.borrower_id].append(records)
        heard = select(Message.turn_id, Message.address_id).where(
            col(Message.turn_id).in_([each.id for each in turns]), Message.direction == "in"
        )
        self._places = dict(session.exec(heard).all())
        scopes = (
            col(Hold.borrower_id).in_(ids),
            col(Hold.loan_id).in_(self._records),
            col(Hold.address_id).in_(set(self._places.values())),
        )
        self._holds = session.exec(select(Hold).where(sa.or_(*scopes))).all()

    def judged(self, turn: Turn, rules: _Rules) -> Iterator[Changed | None]:
        """By each loan that it may have been about; None where the limits of then say something else than was said."""
        who, held = self._who[turn.borrower_id], self._held(turn)
        today = accounts.business_date(rules.lender, turn.at)
        day = turn.at.astimezone(time_zone(who.zone or rules.lender.zone)).date()
        meant = self._loans[turn.borrower_id] if turn.loan_id is None else [self._records[turn.loan_id]]
        for records in meant:
            loan = records.loan
            then, other = rules.of(today, loan.product, who.segment)
            facts = records.standing(turn.at, today, held, then.promise)
            before, after = (judge(turn.said, facts, policy, day) for policy in (then, other))
            same = is_as_recorded(turn.recorded, before)
            found = Changed(turn, id_of(loan), loan.external_id, loan.currency, day, before, after)
            yield found if same else None

    def _held(self, turn: Turn) -> frozenset[str]:
        """But for what the turn itself has placed."""
        loans, place = {id_of(each.loan) for each in self._loans[turn.borrower_id]}, self._places.get(turn.id, 0)
        return holds.binding(
            each
            for each in self._holds
            if (each.borrower_id == turn.borrower_id or each.loan_id in loans or each.address_id == place)
            and each.from_at <= turn.at
            and each.turn_id != turn.id
            and (each.until_at is None or each.until_at > turn.at)
            and (each.lifted_at is None or each.lifted_at > turn.at)
        )
