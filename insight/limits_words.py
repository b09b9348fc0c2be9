"""How a turn ended and how it would have, in the words of whoever reads the replay: 'Prometido: $500.00 el 12 de …'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from insight.limits_replay import Changed
from loans.judged_again import Outcome
from loans.negotiation import Refused
from loans.offers import Offer
from locales import changes, console, phrases
from locales.values import day, money

COUNTED = frozenset({"too_many_open", "too_many_plans", "too_many_date_changes", "too_many_payments"})


@dataclass(frozen=True, slots=True)
class Words:
    """`country` is the lender's: how amounts and dates are written."""

    language: str
    country: str

    def before(self, changed: Changed) -> str:
        said, asked = changed.turn.said, self._parts(changed, changed.turn.said.parts)
        match changed.before:
            case Refused():
                what = ": ".join(each for each in (asked, self._reason(changed, changed.before)) if each)
                return self._text("then_refused", what=what)
            case tuple():
                return self._text("then_offered", what=self._offers(changed, changed.before))
        return self._text(f"then_{said.matter}", what=asked)

    def after(self, changed: Changed) -> str:
        outcome: Outcome = changed.after
        match outcome:
            case Refused():
                return self._text("now_refused", what=self._reason(changed, outcome))
            case tuple():
                return self._text("now_offered", what=self._offers(changed, outcome)) if outcome else self._nothing()
        return self._text("now_accepted")

    def _nothing(self) -> str:
        return self._text("now_nothing")

    def _parts(self, changed: Changed, parts: Sequence[tuple[int | None, date | None]]) -> str:
        told = []
        for amount, on in parts:
            said = {} if amount is None else {"amount": self._amount(changed, amount)}
            said |= {} if on is None else {"date": self._date(changed, on)}
            told.append(self._text("one_payment", **said) if len(said) == 2 else "".join(said.values()))
        return "; ".join(each for each in told if each)

    def _offers(self, changed: Changed, made: Sequence[Offer]) -> str:
        return ", ".join(self._offer(changed, each) for each in made)

    def _offer(self, changed: Changed, offer: Offer) -> str:
        if offer.kind == "plan":
            return self._text(
                "offer_plan", what=self._parts(changed, [(each.amount, each.on) for each in offer.payments])
            )
        last = offer.latest if offer.kind == "promise" and offer.latest else offer.payments[0].on
        return self._text(f"offer_{offer.kind}", date=self._date(changed, last))

    def _reason(self, changed: Changed, refused: Refused) -> str:
        reason = console.named("fact_value", refused.reason.value, self.language)
        if refused.last is not None:
            return self._text("limit_last", reason=reason, date=self._date(changed, refused.last))
        if refused.minimum is not None and refused.reason.value.startswith(("amount_", "first_payment_")):
            return self._text("limit_minimum", reason=reason, amount=self._amount(changed, refused.minimum))
        if refused.limit is not None and refused.reason.value in COUNTED:
            return self._text("limit_count", reason=reason, count=str(refused.limit))
        return reason

    def _amount(self, changed: Changed, amount: int) -> str:
        return phrases.spoken({"amount": money(amount, changed.currency)}, self._locale)["amount"]

    def _date(self, changed: Changed, on: date) -> str:
        return phrases.spoken({"date": day(on, changed.on)}, self._locale)["date"]

    def _text(self, key: str, **values: str) -> str:
        return changes.words(f"again.{key}", self.language, values)

    @property
    def _locale(self) -> str:
        return f"{self.language}_{self.country}"
