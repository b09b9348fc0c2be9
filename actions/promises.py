"""A promise to pay: loan, amount and date are gathered in any order, read back, and recorded after a clear yes."""

from datetime import date
from typing import Any

from actions.account import claimed, nothing_to_pay
from actions.beside import misfortune_first
from actions.changes import new_wish, replaced_promise
from actions.confirmation import CHANGE
from actions.disputes import RECEIPTS
from actions.draft import Draft
from actions.gates import about_money
from actions.hand_over import hand_over
from actions.invitation import invited_amount
from actions.loan_choice import apart, offer_loans, title
from actions.promise_form import FORM
from actions.registry import answers
from actions.turn import Turn
from loans import promises
from loans.negotiation import Refused
from loans.tables import Promise
from locales.values import rows
from understanding.normalize import normalize
from understanding.signals import wants_concession
from understanding.tense import speaks_ahead
from understanding.wish_words import tells_of_payment


@answers("action_promise")
def promise(turn: Turn) -> None:
    """'Ya les pagué' is no promise, whatever the model says, and needs no identity."""
    if misfortune_first(turn, turn.intent):
        return
    told = tells_of_payment(turn.wish_text) and not speaks_ahead(normalize(turn.wish_text))
    said = turn.read(text=turn.wish_text)
    if turn.wish_intent == "promise_to_pay" and told:
        turn.go_on_with("action_already_paid")
    elif turn.metadata.get("media") in RECEIPTS and said.is_empty:
        turn.go_on_with("action_media")
    elif said.recurring and said.amount and said.date is None and turn.form is None:
        turn.go_on_with("action_difficulty")  # '400 por semana' asks for a plan.
    else:
        begin(turn)


@about_money("action_promise")
def begin(turn: Turn) -> None:
    """Takes what the message says already; the form asks for the rest."""
    if not turn.loans:
        turn.end_form()
        nothing_to_pay(turn)
        return
    words = next(iter(apart(turn, turn.wish_text)), turn.wish_text)
    if wants_concession(words):
        turn.go_on_with("action_difficulty")
        return
    old = replaced_promise(turn, words)
    turn.set(promise_confirmed=None, promise_doubted=None, replaces_promise=old.id if old else None)
    draft = Draft.begun(turn, new_wish(turn, words) if old else words)
    complete(turn, draft, old)
    if draft.refused and draft.refused.human:
        hand_over(turn, draft.loan, draft.refused)
    elif old is None and (same := _already_promised(turn, draft)) is not None:
        turn.end_form()
        turn.say("promise.existing", **_spoken(turn, same.amount, same.due))
    else:
        draft.keep(turn)
        turn.go_on_with(FORM)


def complete(turn: Turn, draft: Draft, old: Promise | None) -> None:
    """What the borrower need not repeat: the amount we wrote about, or that of the promise that is moved."""
    if draft.loan is None:
        return
    if old is not None and draft.on is None and turn.asked_about in {None, "amount"}:
        # 'Mejor 9000' is refused, and the day stays as it was.
        draft.on = old.due if draft.amount is not None or draft.refused is not None else None
    rest = turn.read(text=turn.wish_text).amount_ref == "remainder" and not claimed(turn)
    if draft.on is not None and not draft.parts and (draft.amount is None or rest) and turn.asked_about is None:
        known = invited_amount(turn, draft.loan) or (old.amount if old else None) or Draft.remembered(turn).amount
        draft.amount = known or draft.amount
        draft.recheck(turn)


def _already_promised(turn: Turn, draft: Draft) -> Promise | None:
    """The same once more, or nothing new at all: 'sí le voy a pagar, como quedamos'."""
    if draft.loan is None or draft.parts:
        return None
    said = (draft.loan.id, draft.amount, draft.on)
    open_ones = promises.active(turn.session, draft.loan.borrower_id)
    if draft.amount is None and turn.asked_about is None:
        same_day = [each for each in open_ones if each.loan_id == draft.loan.id and draft.on in {None, each.due}]
        return next(iter(same_day), None)
    return next((each for each in open_ones if (each.loan_id, each.amount, each.due) == said), None)


@answers("action_ask_promise_loan")
def ask_loan(turn: Turn) -> None:
    turn.say("promise.ask_loan")
    offer_loans(turn)


@answers("action_ask_promise_amount")
def ask_amount(turn: Turn) -> None:
    turn.asks = turn.asked_about or "amount"
    if turn.asked_about is not None:
        return
    draft = Draft.remembered(turn)
    late = draft.standing(turn).overdue
    if late:
        turn.say("promise.ask_amount_overdue", overdue=turn.money(late))
    else:
        turn.say("promise.ask_amount")


@answers("action_ask_promise_date")
def ask_date(turn: Turn) -> None:
    turn.asks = turn.asked_about or "date"
    if turn.asked_about is None:
        turn.say("promise.ask_date", last=turn.day(Draft.remembered(turn).last_date(turn)))


@answers("action_ask_promise_confirmed")
def ask_confirmation(turn: Turn) -> None:
    if turn.asked_about is not None:
        turn.asks = turn.asked_about if turn.asked_about != CHANGE else None
        return
    draft = Draft.remembered(turn)
    turn.asks = "confirmation"
    if draft.parts:
        turn.say("promise.confirm_parts", rows=rows("promise.part", [_spoken(turn, *each) for each in draft.parts]))
    elif len(turn.loans) > 1 and draft.loan:
        turn.say("promise.confirm_loan", **_spoken(turn, draft.amount, draft.on), loan=title(draft.loan))
    else:
        turn.say("promise.confirm", **_spoken(turn, draft.amount, draft.on))
    old = turn.slot("replaces_promise")
    if old:
        gone = turn.session.get_one(Promise, old)
        turn.say("promise.instead_of", **_spoken(turn, gone.amount, gone.due))
    turn.button("button.yes", "/affirm")
    turn.button("button.no", "/deny")


@answers("action_promise_done")
def record(turn: Turn) -> None:
    """Checks the limits once more, because things may have changed since the question, and writes."""
    if turn.slot("promise_confirmed") is not True or turn.borrower is None:
        turn.end_form()
        return
    draft = Draft.remembered(turn)
    outcome = turn.once("promise", lambda: _write(turn, draft))
    if outcome.get("refused"):
        turn.end_form()
        turn.say("promise.to_person")
        return
    turn.end_form()
    turn.set(last_promise=outcome["promise"], replaces_promise=None)
    name = turn.borrower.given_name
    if draft.parts:
        lines = [_spoken(turn, *each) for each in draft.parts]
        turn.say("promise.recorded_parts", name=name, rows=rows("promise.part", lines))
    else:
        turn.say("promise.recorded", name=name, **_spoken(turn, draft.amount, draft.on))


def _write(turn: Turn, draft: Draft) -> dict[str, Any]:
    assert draft.loan is not None  # noqa: S101  (the form is complete)
    assert draft.amount is not None and draft.on is not None  # noqa: S101
    agreed = draft.parts or [(draft.amount, draft.on)]
    verdict = draft.check_all(turn, agreed)
    if isinstance(verdict, Refused):
        hand_over(turn, draft.loan, verdict)
        turn.phrases.clear()
        return {"refused": verdict.reason.value}
    replaced = turn.slot("replaces_promise")
    if replaced:
        promises.cancel(turn.session, turn.session.get_one(Promise, replaced), turn.now)
    for number, (amount, on) in enumerate(agreed, start=1):
        made = promises.record(
            turn.session,
            loan=draft.loan,
            amount=amount,
            due=on,
            now=turn.now,
            today=turn.business_date,
            made_by="assistant",
            turn_id=turn.id if len(agreed) == 1 else f"{turn.id}:{number}",
        )
    return {"promise": made.id}


def _spoken(turn: Turn, amount: int | None, on: date | None) -> dict[str, Any]:
    return {"amount": turn.money(amount or 0), "date": turn.day(on or turn.today)}
