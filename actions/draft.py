"""A promise in the making: what has been said so far, checked against the limits as soon as it is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from actions.turn import Turn
from loans import negotiation, policies
from loans.negotiation import Refused, Standing
from loans.negotiation_policy import NegotiationPolicy
from loans.standing import standing
from loans.tables import Loan
from understanding.normalize import normalize
from understanding.reading import Part, Reading

ORDINALS = {"primero": 0, "primera": 0, "1": 0, "uno": 0, "first": 0, "segundo": 1, "segunda": 1, "2": 1, "dos": 1}
ORDINALS |= {"second": 1, "tercero": 2, "tercera": 2, "3": 2, "tres": 2, "third": 2}


@dataclass
class Draft:
    loan: Loan | None = None
    amount: int | None = None
    on: date | None = None
    parts: list[tuple[int, date]] = field(default_factory=list)
    refused: Refused | None = None

    @classmethod
    def begun(cls, turn: Turn, loans: list[Loan], words: str) -> "Draft":
        draft = cls(loan=loans[0] if len(loans) == 1 else None)
        if draft.loan is None:
            draft.choose_loan(turn, words)
        if draft.loan is None:
            draft.take(turn, turn.read(text=words))
        return draft

    @classmethod
    def remembered(cls, turn: Turn) -> "Draft":
        wanted, on = turn.slot("promise_loan"), turn.slot("promise_date")
        parts = [(int(amount), date.fromisoformat(day)) for amount, day in turn.slot("promise_parts") or []]
        return cls(
            loan=next((each for each in turn.loans if each.id == wanted), None),
            amount=turn.slot("promise_amount"),
            on=date.fromisoformat(on) if on else None,
            parts=parts,
        )

    def keep(self, turn: Turn) -> None:
        turn.set(
            promise_loan=self.loan.id if self.loan else None,
            promise_amount=self.amount,
            promise_date=self.on.isoformat() if self.on else None,
            promise_parts=[(amount, day.isoformat()) for amount, day in self.parts] or None,
        )

    def standing(self, turn: Turn) -> Standing:
        loan = self.loan or turn.loans[0]
        return standing(turn.session, loan, turn.business_date, turn.holds)

    def last_date(self, turn: Turn) -> date:
        return negotiation.last_promise_date(self.standing(turn), self._policy(turn), turn.today)

    def choose_loan(self, turn: Turn, words: str) -> Loan | None:
        """By button, by number, or by a word that only one label has."""
        loans, plain = turn.loans, normalize(words)
        by_id = [each for each in loans if each.external_id.lower() in words.lower()]
        by_label = [each for each in loans if each.label and _names(each.label, plain)]
        spot = next((ORDINALS[word] for word in plain.split() if word in ORDINALS), None)
        if len(by_id) == 1:
            self.loan = by_id[0]
        elif len(by_label) == 1:
            self.loan = by_label[0]
        elif turn.slot("requested_slot") == "promise_loan" and spot is not None and spot < len(loans):
            self.loan = loans[spot]
        return self.loan

    def absorb(self, turn: Turn, said: Reading) -> bool:
        """Takes the amount and date of a message; False if it has none. What is refused is said and left open."""
        if said.ambiguous or not self.take(turn, said):
            return False
        self.recheck(turn)
        return True

    def take(self, turn: Turn, said: Reading) -> bool:
        """Without looking at limits."""
        if said.ambiguous:
            return False
        facts = self.standing(turn)
        meant = [(self._meant(facts, each), each.date) for each in said.parts]
        whole = [(amount, on) for amount, on in meant if amount is not None and on is not None]
        if len(said.parts) > 1 and len(whole) == len(said.parts):
            self.parts, (self.amount, self.on) = whole, whole[0]
            return True
        amount, on, span = meant[0][0], said.parts[0].date, said.parts[0].date_range
        if said.parts[0].currency not in {None, facts.currency} and amount is not None:
            turn.say("promise.currency", currency={"currency": facts.currency})
            turn.set(asked_in=turn.id)
            amount, self.amount = None, None
            return True
        if amount is None and on is None and span is None:
            return False
        self.parts = []
        self.amount, self.on = amount if amount is not None else self.amount, on or self.on
        if on is None and span is not None:
            self._range(turn, span)
        return True

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
        facts, policy = self.standing(turn), self._policy(turn)
        for amount, on in agreed:
            verdict = negotiation.check_promise(facts, policy, amount, on, turn.today)
            if isinstance(verdict, Refused):
                return verdict
        free = policy.promise.max_open - len(facts.open_promises)
        if len(agreed) > free:
            return Refused(negotiation.Reason.TOO_MANY_OPEN, human=True, limit=policy.promise.max_open)
        total = sum(amount or 0 for amount, _ in agreed)
        if total > facts.balance:
            return Refused(negotiation.Reason.AMOUNT_OVER_BALANCE, maximum=facts.balance, minimum=0)
        return None

    def _policy(self, turn: Turn) -> NegotiationPolicy:
        return policies.in_force(turn.session, turn.business_date)

    def _meant(self, facts: Standing, part: Part) -> int | None:
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
                return int(usual * (part.fraction or Fraction(1, 2)))
            case "remainder":
                return max(0, usual - (self.amount or 0)) or usual
            case _:
                return usual

    def _range(self, turn: Turn, span: tuple[date, date]) -> None:
        """A week or a month is no date: ask for the day, or say that even its first day is too late."""
        last = self.last_date(turn) if self.loan else span[1]
        self.on = None
        turn.set(asked_in=turn.id)
        if span[0] > last:
            turn.say("promise.date_too_far", last=turn.day(last))
        else:
            turn.say("promise.range_date", first=turn.day(max(span[0], turn.today)), last=turn.day(min(span[1], last)))


def _names(label: str, plain: str) -> bool:
    """A telling word of the label stands in the text."""
    return any(re.search(rf"\b{re.escape(word)}", plain) for word in normalize(label).split() if len(word) > 3)


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
    turn.set(asked_in=turn.id)
