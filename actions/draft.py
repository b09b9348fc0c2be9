"""A promise in the making: what has been said so far, checked against the limits as soon as it is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from actions.account import claimed
from actions.hearing import agreed, hear_offer
from actions.invitation import invited_loan
from actions.loan_choice import named_loan
from actions.turn import Turn
from loans import limit_versions, negotiation
from loans.negotiation import OpenPromise, Refused, Standing
from loans.negotiation_policy import NegotiationPolicy
from loans.standing import standing
from loans.tables import Loan, Promise
from outreach import holds
from understanding.normalize import normalize
from understanding.reading import Part, Reading

# 'La mitad del saldo', 'la tercera parte de todo lo que debo': a share of everything, not of what is due now.
OF_ALL = re.compile(
    r"\b(?:del?|of) (?:(?:mi|el|la|todo|toda|my|the) )*(?:saldo|total|deuda|prestamo|credito"
    r"|whole|entire|full|balance|loan)\b"
    r"|\bmedi[oa] (?:deuda|saldo|adeudo|prestamo|credito|cuenta)\b"
    r"|\bde todo(?: el \w+)?(?: lo que| lo q)?(?: les?)? debo\b|\bof (?:everything|all|what) i owe\b"
    r"|\b(?:liquid|sald|cancel)\w+ (?:(?:todo|el|la|mi) )*(?:saldo|deuda|prestamo|credito|cuenta|total)\b"
    r"|\b(?:pag|liquid|sald|cancel)\w+ todo\b"
    r"|\b(?:pay|clear|settle)\w*(?: off)? (?:it all|everything|all of it|the whole)\b"
)


@dataclass
class Draft:
    loan: Loan | None = None
    amount: int | None = None
    on: date | None = None
    parts: list[tuple[int, date]] = field(default_factory=list)
    share: Part | None = None  # 'la cuota', 'la mitad', said before it is known of which loan
    of_all: bool = False  # a share of the whole balance
    refused: Refused | None = None

    @classmethod
    def begun(cls, turn: Turn, words: str) -> "Draft":
        known = turn.slot("promise_loan") or invited_loan(turn)
        draft = cls(loan=named_loan(turn, words) or next((each for each in turn.loans if each.id == known), None))
        said = agreed(turn, words) or hear_offer(turn, words)
        taken = draft.absorb(turn, said) if draft.loan is not None else draft.take(turn, said)
        if not taken and said.ambiguous_about is not None:
            draft.ask_back(turn, said.ambiguous_about)
        return draft

    @classmethod
    def remembered(cls, turn: Turn) -> "Draft":
        wanted, on = turn.slot("promise_loan"), turn.slot("promise_date")
        parts = [(int(amount), date.fromisoformat(day)) for amount, day in turn.slot("promise_parts") or []]
        amount = turn.slot("promise_amount")
        return cls(
            loan=next((each for each in turn.loans if each.id == wanted), None),
            amount=None if isinstance(amount, dict) else amount,
            share=_share(amount) if isinstance(amount, dict) else None,
            of_all=isinstance(amount, dict) and amount["of_all"],
            on=date.fromisoformat(on) if on else None,
            parts=parts,
        )

    def keep(self, turn: Turn) -> None:
        turn.set(
            promise_loan=self.loan.id if self.loan else None,
            promise_amount=_written(self.share, self.of_all) if self.share and self.amount is None else self.amount,
            promise_date=self.on.isoformat() if self.on else None,
            promise_parts=[(amount, day.isoformat()) for amount, day in self.parts] or None,
        )

    def standing(self, turn: Turn) -> Standing:
        loan = self.loan or turn.loans[0]
        facts = standing(turn.session, loan, turn.business_date, holds.binding(turn.living_holds))
        return _without_replaced(turn, facts)

    def last_date(self, turn: Turn) -> date:
        return negotiation.last_promise_date(self.standing(turn), self._policy(turn), turn.today)

    def absorb(self, turn: Turn, said: Reading) -> bool:
        """Takes the amount and date of a message; False if it has none. What is refused is said and left open."""
        if not self.take(turn, said):
            return False
        self.recheck(turn)
        return True

    def take(self, turn: Turn, said: Reading) -> bool:
        """Without looking at limits. Of a doubtful text the clear half is taken, and the other asked for."""
        facts = self.standing(turn)
        meant = self.meant(turn, said)
        whole = [(amount, on) for amount, on in meant if amount is not None and on is not None]
        if len(meant) > 1 and len(whole) == len(meant):
            self.parts, (self.amount, self.on) = whole, whole[0]
            return True
        (amount, on), span = meant[0], said.parts[0].date_range
        if self.loan is None and len(turn.loans) > 1 and said.amount_ref is not None:
            self.share, self.amount, self.on, self.parts = said.parts[0], None, on or self.on, []
            return True
        if amount is not None and said.parts[0].currency not in {None, facts.currency}:
            turn.say("promise.currency", currency={"currency": facts.currency})
            turn.asked("amount")
            self.amount, self.on = None, on or self.on
            return True
        if amount is None and on is None and span is None:
            return False
        self.parts = []
        self.amount, self.on = amount if amount is not None else self.amount, on or self.on
        # 'Make it 90, I got overtime this week' leaves the day that was said before as it is.
        holds_day = amount is not None and span is not None and self.on is not None and span[0] <= self.on <= span[1]
        if on is None and span is not None and not holds_day:
            self._range(turn, span)
        elif said.ambiguous_about is not None:
            self.ask_back(turn, said.ambiguous_about)
        return True

    def settle(self, turn: Turn) -> None:
        """Now that the loan is known: how much 'la cuota' or 'la mitad' of it is."""
        if self.share is not None and self.amount is None:
            self.amount = self._meant(self.standing(turn), self.share, claimed(turn))
        self.share = None

    def ask_back(self, turn: Turn, about: str) -> None:
        """Of what was ambiguous ('2 lucas', '12/05') nothing is kept."""
        if about == "amount":
            self.amount = None
            turn.say("promise.unclear_amount")
        else:
            self.on = None
            turn.say("promise.unclear_date", last=turn.day(self.last_date(turn)))
        turn.asked(about)

    def recheck(self, turn: Turn) -> None:
        """Each part alone, so that the reply names what is wrong and the rest is kept."""
        if self.loan is None:
            return
        facts, policy = self.standing(turn), self._policy(turn)
        # Parts of one agreement fill the same debt, so only their sum is held against the balance.
        by_amount = negotiation.check_promise(facts, policy, self.amount, None, turn.today)
        by_date = negotiation.check_promise(facts, policy, None, self.on, turn.today)
        self.refused = by_amount if isinstance(by_amount, Refused) else None
        if self.parts:
            verdict = self.check_all(turn, self.parts)
            self.refused = verdict if isinstance(verdict, Refused) else None
        if isinstance(by_date, Refused) and not (self.refused and self.refused.human):
            self.on, self.parts, self.refused = None, [], by_date
            _say_refusal(turn, by_date)
        elif self.refused and not self.refused.human:
            _say_refusal(turn, self.refused)
            self.amount, self.parts = None, []

    def check_all(self, turn: Turn, agreed: Sequence[tuple[int | None, date | None]]) -> Refused | None:
        """The first limit that these payments, taken together, would break."""
        verdict = negotiation.check_promises(self.standing(turn), self._policy(turn), agreed, turn.today)
        return verdict if isinstance(verdict, Refused) else None

    def _policy(self, turn: Turn) -> NegotiationPolicy:
        return limit_versions.policy_of(turn.session, self.loan or turn.loans[0], turn.business_date)

    def meant(self, turn: Turn, said: Reading) -> list[tuple[int | None, date | None]]:
        """'300 mañana y el resto el sábado': the rest is what the other parts of the same text leave."""
        facts = self.standing(turn)
        self.of_all = OF_ALL.search(normalize(f"{turn.text} {turn.wish_text}")) is not None
        rest = [each for each in said.parts if each.amount_ref == "remainder"]
        others = [self._meant(facts, each, 0) or 0 for each in said.parts if each not in rest]
        named = sum(others) or self.amount or claimed(turn)
        return [(self._meant(facts, each, named), each.date) for each in said.parts]

    def _meant(self, facts: Standing, part: Part, named: int) -> int | None:
        """'La cuota', 'la mitad', 'lo vencido' as an amount of this loan."""
        usual = facts.overdue or (facts.next_due.amount if facts.next_due else facts.balance)
        match part.amount_ref:
            case None:
                return part.amount
            case "full_balance":
                return facts.balance
            case "installment":
                return min(facts.instalment, facts.balance)
            case "fraction":
                return int((facts.balance if self.of_all else usual) * (part.fraction or Fraction(1, 2)))
            case "remainder":
                whole = facts.balance if self.of_all else usual
                return max(0, whole - named) or usual
            case _:
                return usual

    def _range(self, turn: Turn, span: tuple[date, date]) -> None:
        """A week or a month is no date: ask for the day, or say that even its first day is too late."""
        last = self.last_date(turn) if self.loan else span[1]
        self.on = None
        turn.asked("date")
        if span[0] > last:
            turn.say("promise.date_too_far", last=turn.day(last))
        else:
            turn.say("promise.range_date", first=turn.day(max(span[0], turn.today)), last=turn.day(min(span[1], last)))


def _written(share: Part, of_all: bool) -> dict[str, str | bool | None]:
    fraction = str(share.fraction) if share.fraction else None
    return {"ref": share.amount_ref, "fraction": fraction, "of_all": of_all}


def _share(written: dict[str, Any]) -> Part:
    return Part(amount_ref=written["ref"], fraction=Fraction(written["fraction"]) if written["fraction"] else None)


def _without_replaced(turn: Turn, facts: Standing) -> Standing:
    """A promise that the new one will replace does not count against the limit."""
    replaced = turn.slot("replaces_promise")
    gone = turn.session.get(Promise, replaced) if replaced else None
    if gone is None:
        return facts
    still = list(facts.open_promises)
    twin = OpenPromise(str(gone.loan_id), gone.amount, gone.due)
    if twin in still:
        still.remove(twin)
    return replace(facts, open_promises=tuple(still))


def _say_refusal(turn: Turn, refused: Refused) -> None:
    reason = negotiation.Reason
    match refused.reason:
        case reason.AMOUNT_NOT_POSITIVE:
            turn.say("promise.amount_zero", minimum=turn.money(refused.minimum or 0))
        case reason.AMOUNT_TOO_SMALL:
            turn.say("promise.amount_too_small", minimum=turn.money(refused.minimum or 0))
        case reason.AMOUNT_OVER_BALANCE:
            turn.say("promise.amount_over_balance", balance=turn.money(refused.maximum or 0))
        case reason.DATE_PAST:
            turn.say("promise.date_past", last=turn.day(refused.last or turn.today))
        case reason.DATE_TOO_FAR:
            turn.say("promise.date_too_far", last=turn.day(refused.last or turn.today))
        case _:
            turn.say("promise.no_debt")
    turn.asked("date" if refused.reason in {reason.DATE_PAST, reason.DATE_TOO_FAR} else "amount")
