"""What a message of the clock says, from the ledger as it is when it is sent: phrase keys with their values.

A message is planned `about` rows, [{"loan": 3, "subject": "instalment:55", "anchor": "2026-11-20"}, …]; what has been
settled meanwhile falls away, and a message about nothing is not sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from loans import accounts
from loans.tables import Borrower, Instalment, Lender, Loan, Payment, Plan, PlanPayment, Promise, Reversal
from outreach import template_state
from outreach.step import Step, is_moved, own_template, own_text, phrase_key
from outreach.template_state import NO_DETAILS

About = dict[str, Any]
Words = list[dict[str, Any]]

SIGNATURE = "reminder.officer"
AGREED = ("promise_date", "plan_payment", "broken_promise")


@dataclass(frozen=True, slots=True)
class Scene:
    """What all words of one message share. `business_date` counts arrears, `day` is the borrower's own.

    A step may have words of its own for a `channel`."""

    lender: Lender
    borrower: Borrower
    business_date: date
    day: date
    channel: str = ""


def still_open(session: Session, about: Sequence[About], kind: str, business_date: date) -> list[About]:
    """The rows that still give a reason to write: unpaid, open, not reversed."""
    return [each for each in about if _is_open(session, each, kind, business_date)]


def _is_open(session: Session, about: About, kind: str, business_date: date) -> bool:
    subject, row_id = subject_of(about)
    if subject == "payment":
        return session.exec(select(Reversal.id).where(Reversal.payment_id == row_id)).first() is None
    loan = session.get(Loan, about["loan"])
    if loan is None or loan.status != "active":
        return False
    if subject == "promise":
        promise = session.get(Promise, row_id)
        late = kind == "promise_followup" and accounts.overdue(session, loan, business_date) > 0
        return promise is not None and promise_counts(kind, promise.state, is_late=late)
    if subject == "plan_payment":
        part = session.get(PlanPayment, row_id)
        plan = session.get(Plan, part.plan_id) if part else None
        return part is not None and part.state == "open" and plan is not None and plan.state == "open"
    instalment = session.get(Instalment, row_id)
    return instalment is not None and instalment.cached_outstanding > 0


def promise_counts(kind: str, state: str, *, is_late: bool) -> bool:
    """A borrower who has caught up since is not asked about a promise that was kept late."""
    return state in ("broken", "partial") and is_late if kind == "promise_followup" else state == "open"


def words(session: Session, scene: Scene, step: Step, about: Sequence[About], *, may_tell: bool) -> Words:
    """`may_tell` false: the address is not known to be the borrower's, so nothing of the account is said."""
    if not may_tell:
        return [_say(NO_DETAILS, lender=scene.lender.name)]
    return _told(session, scene, step, about) + _signature(scene, step)


def _told(session: Session, scene: Scene, step: Step, about: Sequence[About]) -> Words:
    if step.anchor == "payment":
        return _thanks(session, scene, step, about)
    if step.anchor in AGREED:
        return [word for each in about for word in _promise(session, scene, step, each)]
    if len(about) > 1:
        return [_several(session, scene, about)]
    return _reminder(session, scene, step, about[0])


def _signature(scene: Scene, step: Step) -> Words:
    """The first name of the officer whom the borrower knows, where there is one."""
    first = scene.borrower.officer_name.split()[:1] if step.signature else []
    return [_say(SIGNATURE, name=first[0], lender=scene.lender.name)] if first else []


def is_part_paid(session: Session, about: About) -> bool:
    """Whether something was paid on what the message is about."""
    subject, row_id = subject_of(about)
    if subject == "instalment":
        instalment = session.get(Instalment, row_id)
        return instalment is not None and instalment.cached_paid > 0
    table = {"promise": Promise, "plan_payment": PlanPayment}.get(subject)
    agreed: Any = session.get(table, row_id) if table else None
    return agreed is not None and agreed.credited > 0


def _reminder(session: Session, scene: Scene, step: Step, about: About) -> Words:
    loan, instalment = _loan_and_instalment(session, about)
    key = template_state.said(step, instalment.due, scene.day)
    return [
        _own(
            step,
            scene,
            instalment.due,
            key,
            name=scene.borrower.given_name,
            lender=scene.lender.name,
            amount=_money(instalment.cached_outstanding, loan.currency),
            overdue=_money(accounts.overdue(session, loan, scene.business_date), loan.currency),
            date=_date(instalment.due),
        )
    ]


def _several(session: Session, scene: Scene, about: Sequence[About]) -> dict[str, Any]:
    """One text for all loans. What is overdue stands before what is coming."""
    overdue, coming = [], []
    for each in about:
        loan, instalment = _loan_and_instalment(session, each)
        owed = accounts.overdue(session, loan, scene.business_date)
        label = loan.label or loan.external_id
        if owed:
            overdue.append({"loan": label, "overdue": _money(owed, loan.currency)})
        else:
            amount = _money(instalment.cached_outstanding, loan.currency)
            coming.append({"loan": label, "amount": amount, "date": _date(instalment.due)})
    rows = [("reminder.row_overdue", overdue), ("reminder.row", coming)]
    blocks = [{"rows": values, "row": key} for key, values in rows if values]
    return _say("reminder.several", name=scene.borrower.given_name, lender=scene.lender.name, rows=blocks)


def _promise(session: Session, scene: Scene, step: Step, about: About) -> Words:
    subject, row_id = subject_of(about)
    promise: Promise | PlanPayment
    promise = session.get_one(Promise, row_id) if subject == "promise" else session.get_one(PlanPayment, row_id)
    loan = session.get_one(Loan, about["loan"])
    name, amount = scene.borrower.given_name, _money(promise.amount, loan.currency)
    if step.kind == "promise_followup" and promise.state == "partial":
        return [_say("promise.partial", name=name, amount=amount, paid=_money(promise.credited, loan.currency))]
    anchor = date.fromisoformat(about["anchor"]) if step.anchor == "broken_promise" else promise.due
    key = phrase_key(step, anchor, scene.day)
    return [_own(step, scene, anchor, key, name=name, amount=amount, date=_date(promise.due))]


def _thanks(session: Session, scene: Scene, step: Step, about: Sequence[About]) -> Words:
    payments = [session.get_one(Payment, subject_of(each)[1]) for each in about]
    loan = session.get_one(Loan, about[0]["loan"])
    values = {
        "name": scene.borrower.given_name,
        "amount": _money(sum(each.amount for each in payments), loan.currency),
        "balance": _money(loan.cached_balance, loan.currency),
    }
    if loan.status == "closed" or loan.cached_balance == 0:
        del values["balance"]
        return [_say("payment.thanks_closed", **values)]
    since = min(each.recorded_at for each in payments)
    kept = _kept_since(session, loan, since)
    return [_say("payment.thanks_kept", **values) if kept else _own(step, scene, scene.day, "payment.thanks", **values)]


def _kept_since(session: Session, loan: Loan, since: datetime) -> bool:
    statement = select(Promise.id).where(
        Promise.loan_id == loan.id, Promise.state == "kept", col(Promise.settled_at) >= since
    )
    return session.exec(statement).first() is not None


def _loan_and_instalment(session: Session, about: About) -> tuple[Loan, Instalment]:
    return session.get_one(Loan, about["loan"]), session.get_one(Instalment, subject_of(about)[1])


def subject_of(about: About) -> tuple[str, int]:
    """The kind of row that the message is about, and its id."""
    name, _, row_id = str(about["subject"]).partition(":")
    return name, int(row_id)


def _say(key: str, **values: Any) -> dict[str, Any]:
    return {"key": key, "values": values}


def _own(step: Step, scene: Scene, anchor: date, key: str, **values: Any) -> dict[str, Any]:
    """The step's own text and template where it has some for this reader; else the phrase of that key."""
    language, moved = scene.borrower.language, is_moved(step, anchor, scene.day)
    said = _say(key, **values)
    text = own_text(step, language, scene.channel, moved=moved)
    if text is not None:
        said["text"] = text
    template = own_template(step, language, moved=moved)
    if template is not None and (text or key in {step.phrase, step.phrase_if_moved}):
        said["template"] = template.model_dump(mode="json")
    return said


def _money(amount: int, currency: str) -> dict[str, Any]:
    return {"money": amount, "currency": currency}


def _date(day: date) -> dict[str, Any]:
    return {"date": day.isoformat()}
