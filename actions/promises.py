"""A promise to pay: loan, amount and date are gathered in any order, read back, and recorded after a clear yes."""

import re
from datetime import date
from typing import Any

from actions import misses
from actions.account import title
from actions.draft import Draft
from actions.gates import about_money
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason, open_case
from loans import negotiation, promises
from loans.negotiation import Refused
from loans.tables import Loan, Promise
from locales.values import rows
from store.ids import id_of
from understanding.answers import yes_or_no

FORM = "promise_form"
# Wishes that end or interrupt the talk about a promise, also when the message names an amount or a date.
STRONGER = (
    "opt_out",
    "wrong_person",
    "dispute_debt",
    "already_paid",
    "ask_human",
    "report_hardship",
    "complain",
    "vulnerable_distress",
    "media_received",
)
# Questions in the middle, and wishes that a message without amount or date may have.
BESIDE = (
    "ask_balance",
    "ask_next_payment",
    "ask_payment_methods",
    "ask_payment_history",
    "ask_who_are_you",
    "cannot_pay",
    "ask_extension",
    "call_me_later",
    "change_language",
    "opt_in",
    "out_of_scope",
    "greet",
    "thanks",
    "goodbye",
)
VERY_SURE = 0.7  # Own default: a wrong yes records money that nobody promised.
INSTEAD = re.compile(
    r"\b(mejor|cambi\w*|en (vez|lugar)|siempre no|corrij\w*|me equivoqu\w*|instead|change|rather)\b", re.I
)


@answers("action_promise")
@about_money("action_promise")
def begin(turn: Turn) -> None:
    """Takes what the message says already; the form asks for the rest."""
    loans = turn.loans
    if not loans:
        turn.end_form()
        turn.say("promise.no_debt")
        return
    words = turn.slot("wish_text") or turn.text
    draft = Draft.begun(turn, loans, words)
    turn.set(wish=None, wish_text=None, promise_confirmed=None, promise_doubted=None)
    if INSTEAD.search(words):
        turn.set(replaces_promise=turn.slot("last_promise"))
    else:
        turn.set(replaces_promise=None)
    if draft.loan is not None:
        draft.absorb(turn, turn.read(text=words))
    if draft.refused and draft.refused.human:
        hand_over(turn, draft.loan, draft.refused)
        return
    draft.keep(turn)
    turn.go_on_with(FORM)


@answers("validate_promise_form")
def read_answer(turn: Turn) -> None:
    """An answer, a change of mind, or something else: then the form steps back and the other wish is handled."""
    if not turn.is_answering(FORM):
        return
    asked = turn.tracker.get_slot("requested_slot")
    draft = Draft.remembered(turn)
    said = turn.read({"promise_amount": "amount", "promise_date": "date"}.get(asked or ""))
    if turn.means(*STRONGER):
        return
    if asked == "promise_loan":
        _read_loan(turn, draft)
    elif asked == "promise_confirmed" and (clear := yes_or_no(turn.text)) is not None:
        _confirm(turn, draft, clear)
    elif draft.absorb(turn, said):
        misses.forget(turn)
        _go_on(turn, draft)
    elif turn.means(*BESIDE):
        return
    elif yes_or_no(turn.text) is False or turn.means("deny"):
        _stop(turn)
    elif asked == "promise_confirmed" and _surely_yes(turn):
        _confirm(turn, draft, clear=True)
    else:
        _not_understood(turn, draft, asked, unclear=said.ambiguous)


@answers("action_ask_promise_loan")
def ask_loan(turn: Turn) -> None:
    turn.say("promise.ask_loan")
    for loan in turn.loans:
        turn.button(title(loan), f"loan:{loan.external_id}")
    turn.asks = "loan_choice"


@answers("action_ask_promise_amount")
def ask_amount(turn: Turn) -> None:
    turn.asks = "amount"
    if turn.slot("asked_in") == turn.id:
        return
    draft = Draft.remembered(turn)
    late = draft.standing(turn).overdue
    if late:
        turn.say("promise.ask_amount_overdue", overdue=turn.money(late))
    else:
        turn.say("promise.ask_amount")


@answers("action_ask_promise_date")
def ask_date(turn: Turn) -> None:
    turn.asks = "date"
    if turn.slot("asked_in") != turn.id:
        turn.say("promise.ask_date", last=turn.day(Draft.remembered(turn).last_date(turn)))


@answers("action_ask_promise_confirmed")
def ask_confirmation(turn: Turn) -> None:
    if turn.slot("asked_in") == turn.id:
        turn.asks = None if turn.slot("promise_doubted") else "confirmation"
        return
    draft = Draft.remembered(turn)
    turn.asks = "confirmation"
    if draft.parts:
        turn.say("promise.confirm_parts", rows=rows("promise.part", [_spoken(turn, *each) for each in draft.parts]))
    elif len(turn.loans) > 1 and draft.loan:
        turn.say("promise.confirm_loan", **_spoken(turn, draft.amount, draft.on), loan=title(draft.loan))
    else:
        turn.say("promise.confirm", **_spoken(turn, draft.amount, draft.on))
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


def hand_over(turn: Turn, loan: Loan | None, refused: Refused) -> None:
    """Outside the limits a person goes on, and knows what was asked for."""
    broken = refused.reason is negotiation.Reason.TOO_MANY_BROKEN
    turn.once(
        "hand_over",
        lambda: (
            open_case(
                turn.session,
                Reason.BROKEN_PROMISES if broken else Reason.OUT_OF_POLICY,
                now=turn.now,
                borrower_id=id_of(turn.likely) if turn.likely else None,
                conversation_id=turn.conversation.id,
                loan_id=loan.id if loan else None,
                facts={"refused": refused.reason.value},
                turn_id=turn.id,
            ).id
        ),
    )
    turn.end_form()
    if refused.reason is negotiation.Reason.TOO_MANY_OPEN:
        turn.say("promise.too_many", count=refused.limit)
    turn.say("promise.to_person")


def _read_loan(turn: Turn, draft: Draft) -> None:
    loan = draft.choose_loan(turn, turn.text)
    if loan is not None:
        misses.forget(turn)
        draft.recheck(turn)
        _go_on(turn, draft)
    elif turn.means(*BESIDE):
        return
    elif yes_or_no(turn.text) is False:
        _stop(turn)
    elif draft.take(turn, turn.read()):
        draft.keep(turn)
    elif misses.count(turn):
        turn.set(promise_loan=None)


def _confirm(turn: Turn, draft: Draft, clear: bool) -> None:
    misses.forget(turn)
    doubted = bool(turn.slot("promise_doubted"))
    if clear and not doubted:
        turn.set(promise_confirmed=True)
    elif clear:
        # After a 'no' a later 'yes' may mean anything: the read-back comes once more.
        turn.set(promise_doubted=None, promise_confirmed=None)
    elif doubted:
        _stop(turn)
    else:
        turn.say("promise.what_to_change")
        turn.set(promise_doubted=True, promise_confirmed=None, asked_in=turn.id)


def _surely_yes(turn: Turn) -> bool:
    """A yes that only the model sees needs words, not a lone emoji, and a model that is very sure."""
    pressed = not turn.text
    worded = any(letter.isalpha() for letter in turn.text) and "?" not in turn.text
    return turn.intent == "affirm" and (pressed or (worded and turn.confidence >= VERY_SURE))


def _go_on(turn: Turn, draft: Draft) -> None:
    if draft.refused and draft.refused.human:
        hand_over(turn, draft.loan, draft.refused)
        return
    turn.set(promise_doubted=None, promise_confirmed=None)
    draft.keep(turn)


def _stop(turn: Turn) -> None:
    misses.forget(turn)
    turn.end_form()
    turn.say("promise.cancelled")


def _not_understood(turn: Turn, draft: Draft, asked: str | None, *, unclear: bool) -> None:
    """The same question in other words; a third time a person takes over."""
    if not misses.count(turn):
        return
    if asked == "promise_confirmed":
        if not draft.parts and not unclear:
            turn.say("promise.please_confirm", **_spoken(turn, draft.amount, draft.on))
            turn.set(asked_in=turn.id)
        turn.set(promise_confirmed=None, promise_doubted=None)
    elif asked == "promise_date":
        turn.say("promise.unclear_date", last=turn.day(draft.last_date(turn)))
        turn.set(promise_date=None, asked_in=turn.id)
    else:
        turn.say("promise.unclear_amount")
        turn.set(promise_amount=None, asked_in=turn.id)


def _write(turn: Turn, draft: Draft) -> dict[str, Any]:
    assert draft.loan is not None  # noqa: S101  (the form is complete)
    replaced = turn.slot("replaces_promise")
    if replaced:
        promises.cancel(turn.session, turn.session.get_one(Promise, replaced), turn.now)
    assert draft.amount is not None and draft.on is not None  # noqa: S101
    agreed = draft.parts or [(draft.amount, draft.on)]
    verdict = draft.check_all(turn, agreed)
    if isinstance(verdict, Refused):
        hand_over(turn, draft.loan, verdict)
        turn.phrases.clear()
        return {"refused": verdict.reason.value}
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
