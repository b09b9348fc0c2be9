"""What is owed, when and how to pay it, and what was paid: read from the ledger at each question."""

import re
from functools import wraps
from typing import Any

from actions.changes import unless_promised
from actions.gates import LEFT_IN_PEACE, about_money, not_in_distress
from actions.loan_choice import named_loan, offer_loans, only_names, title
from actions.memory import STRONGER
from actions.registry import Answer, answers
from actions.turn import Turn
from desk.cases import Reason
from desk.tables import Case
from loans import accounts, promises
from loans.tables import Loan, Payment
from locales.values import rows
from store.ids import id_of
from understanding.normalize import normalize
from understanding.signals import wants_concession
from understanding.wish_words import asks_of_arrival

HISTORY = 3  # As many payments as fit on a small screen.
WANTS_TO_PAY = re.compile(
    r"(\w+ ){0,2}(quiero|quisiera|me gustaria|deseo|necesito|i (want|need|have) to|i ?d like to"
    r"|i would like to|i (wanna|gotta)) (pagar|abonar|dar un abono|hacer (un|mi) (pago|abono)"
    r"|pay|make a payment)( \w+){0,2}\W*"
)
BOTH = re.compile(r"\b((los|las) dos|ambos|ambas|todos|todas|both|all of them)\b")
LISTED = 3  # 'El número 2' chooses from the list; 'el 2 pago 500' is a promise.
LOAN_FORM = "loan_form"
# While a person looks into it, the balance is told without a word about paying it.
AT_EASE = frozenset({"vulnerable", "hardship", "dispute", "payment_claim"})
KNOWN_WAYS = frozenset({"oxxo", "spei", "cash", "card", "branch", "app"})


@answers("action_balance")
@about_money("action_balance")
def balance(turn: Turn) -> None:
    name = turn.borrower.given_name if turn.borrower else ""
    loans = turn.loans
    meant = named_loan(turn, turn.wish_text)
    if loans and turn.aside is None and wants_concession(turn.wish_text):
        turn.go_on_with("action_difficulty")
        return
    if not loans:
        nothing_owed(turn)
    elif meant is not None:
        _one_balance(turn, meant, name)
    else:
        key = "balance.listed" if turn.aside else "balance.several"  # beside another wish it asks nothing
        turn.say(key, name=name, rows=rows("balance.row", [_row(turn, each) for each in loans]))
    claim_in_review(turn)
    promise_noted(turn)
    if len(loans) > 1 and meant is None and turn.form is None:
        turn.go_on_with(LOAN_FORM)


@answers("action_ask_loan_choice")
def ask_loan(turn: Turn) -> None:
    """The list above has asked already; anything else but a loan is a wish of its own."""
    offer_loans(turn)


@answers("validate_loan_form")
def read_loan(turn: Turn) -> None:
    if not turn.is_answering(LOAN_FORM):
        return
    loan = named_loan(turn, turn.text, among_listed=True)
    names_a_day = turn.read().date is not None and len(turn.text.split()) > LISTED
    if BOTH.search(normalize(turn.text)):
        turn.set(loan_choice="all")
    elif loan is not None and (only_names(turn) or not (names_a_day or turn.means("promise_to_pay", *STRONGER))):
        turn.set(loan_choice=loan.id)


@answers("action_loan_chosen")
@about_money("action_balance")
def loan_chosen(turn: Turn) -> None:
    loan = next((each for each in turn.loans if each.id == turn.slot("loan_choice")), None)
    turn.end_form()
    if loan is None:
        next_payment(turn)
    elif turn.borrower is not None:
        _one_balance(turn, loan, turn.borrower.given_name)


@answers("action_next_payment")
@about_money("action_next_payment")
@unless_promised
def next_payment(turn: Turn) -> None:
    name = turn.borrower.given_name if turn.borrower else ""
    loans = turn.loans
    meant = named_loan(turn, turn.wish_text)
    if not loans:
        nothing_owed(turn)
    elif meant is not None:
        _next_of_one(turn, meant, name)
        promise_noted(turn)
    else:
        coming = [(each, accounts.next_instalment(turn.session, each, turn.business_date)) for each in loans]
        lines = [
            {
                "loan": title(each),
                "amount": turn.money(due.cached_outstanding, each.currency),
                "date": turn.day(due.due),
            }
            for each, due in coming
            if due
        ]
        late = sum(accounts.overdue(turn.session, each, turn.business_date) for each in loans)
        if lines:
            turn.say("next.several", rows=rows("next.row", lines))
        elif late:
            turn.say("next.last_overdue", overdue=turn.money(late, loans[0].currency))


@answers("action_payment_methods")
@not_in_distress
def payment_methods(turn: Turn) -> None:
    """Where to pay is no secret: no identity is needed, and no loan is named. 'Quiero pagar' is no question."""
    if turn.intent == "ask_payment_methods" and WANTS_TO_PAY.fullmatch(normalize(turn.text)):
        turn.go_on_with("action_promise")
        return
    ways = accounts.payment_methods(turn.session)
    if not ways:
        turn.say("methods.none")
        return
    lines = [{"name": each.name, "account": each.account, "note": each.note} for each in ways]
    turn.say("methods.list", rows=rows("methods.row", lines))


def claim_first(answer: Answer) -> Answer:
    """Who told us here of a payment may ask whether it has come, before we know who writes: it is their own case."""

    @wraps(answer)
    def told(turn: Turn) -> None:
        stranger = turn.borrower is None and turn.address.wrong_person_at is None and not turn.holds & LEFT_IN_PEACE
        if stranger and asks_of_arrival(turn.text) and claim_in_review(turn):
            turn.end_form()
        else:
            answer(turn)

    return told


@answers("action_payment_history")
@claim_first
@about_money("action_payment_history")
@unless_promised
def payment_history(turn: Turn) -> None:
    loans = accounts.borrower_loans(turn.session, id_of(turn.borrower)) if turn.borrower else []
    if turn.borrower and not loans:
        turn.say("account.none")
        return
    found = [(loan, paid) for loan in loans for paid in accounts.payments(turn.session, id_of(loan), HISTORY)]
    found.sort(key=lambda pair: pair[1].value_date, reverse=True)
    if found:
        several = len({loan.id for loan, _ in found}) > 1
        key = "history.row_loan" if several else "history.row"
        turn.say("history.list", rows=rows(key, [_paid(turn, loan, paid) for loan, paid in found[:HISTORY]]))
    elif not claim_in_review(turn):
        turn.say("history.none")
        return
    if found:
        claim_in_review(turn)


def promise_noted(turn: Turn) -> None:
    """Whoever has promised is told so beside the figures, and not asked again."""
    open_ones = promises.active(turn.session, id_of(turn.borrower)) if turn.borrower and not turn.form else []
    if open_ones:
        turn.say("promise.existing", amount=turn.money(open_ones[0].amount), date=turn.day(open_ones[0].due))


def claim_in_review(turn: Turn) -> bool:
    """A payment that the borrower told us of is not in the figures yet, so they are said together."""
    case = open_claim(turn)
    if case is None:
        return False
    turn.say("claim.in_review", case=case)
    return True


def open_claim(turn: Turn) -> str | None:
    claim = claim_case(turn) if "payment_claim" in turn.holds else None
    return str(claim.id) if claim else None


def claimed(turn: Turn) -> int:
    """What the borrower says to have paid, while nobody has checked it: the rest is the rest of that."""
    claim = claim_case(turn)
    return int(claim.facts.get("amount") or 0) if claim else 0


def claim_case(turn: Turn) -> Case | None:
    return next((each for each in turn.open_cases if each.reason == Reason.PAYMENT_CLAIM), None)


def nothing_to_pay(turn: Turn) -> None:
    """A promise where nothing is owed: because all is paid, or because there is no loan."""
    assert turn.borrower is not None  # noqa: S101  (the gate has seen to it)
    known = accounts.borrower_loans(turn.session, id_of(turn.borrower))
    turn.say("promise.no_debt" if known else "account.none")


def nothing_owed(turn: Turn) -> None:
    assert turn.borrower is not None  # noqa: S101  (the gate has seen to it)
    loans = accounts.borrower_loans(turn.session, id_of(turn.borrower))
    if not loans:
        turn.say("account.none")
        return
    turn.say("account.closed", name=turn.borrower.given_name, balance=turn.money(0, loans[0].currency))


def _one_balance(turn: Turn, loan: Loan, name: str) -> None:
    today = turn.business_date
    late = accounts.overdue(turn.session, loan, today)
    due = accounts.next_instalment(turn.session, loan, today)
    if late or due is None:
        values = {
            "balance": turn.money(loan.cached_balance, loan.currency),
            "overdue": turn.money(late, loan.currency),
            "as_of": turn.day(today),
        }
        turn.say("balance.at_ease" if turn.holds & AT_EASE else "balance.overdue", name=name, **values)
        return
    turn.say(
        "balance.current",
        name=name,
        balance=turn.money(loan.cached_balance, loan.currency),
        next_amount=turn.money(due.cached_outstanding, loan.currency),
        next_date=turn.day(due.due),
    )


def _next_of_one(turn: Turn, loan: Loan, name: str) -> None:
    today = turn.business_date
    late = turn.money(accounts.overdue(turn.session, loan, today), loan.currency)
    due = accounts.next_instalment(turn.session, loan, today)
    if due is None:
        turn.say("next.last_overdue", overdue=late)
        return
    amount, on = turn.money(due.cached_outstanding, loan.currency), turn.day(due.due)
    if late["money"]:
        turn.say("next.overdue", overdue=late, amount=amount, date=on)
    else:
        turn.say("next.upcoming", name=name, amount=amount, date=on)


def _row(turn: Turn, loan: Loan) -> dict[str, Any]:
    late = accounts.overdue(turn.session, loan, turn.business_date)
    return {
        "loan": title(loan),
        "balance": turn.money(loan.cached_balance, loan.currency),
        "overdue": turn.money(late, loan.currency),
    }


def _paid(turn: Turn, loan: Loan, paid: Payment) -> dict[str, Any]:
    way = paid.channel if paid.channel in KNOWN_WAYS else "other"
    return {
        "loan": title(loan),
        "amount": turn.money(paid.amount, paid.currency),
        "date": turn.day(paid.value_date),
        "channel": {"phrase": f"paid_by.{way}", "values": {}},
    }
