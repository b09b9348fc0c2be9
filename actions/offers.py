"""Cannot pay, or needs time: only what the negotiation rules computed is offered; anything else goes to a person."""

import re
from typing import Any

from actions import misses
from actions.account import nothing_to_pay
from actions.agreements import write_agreement
from actions.beside import misfortune_first
from actions.changes import moves_promise, replaced_promise
from actions.draft import Draft
from actions.gates import about_money
from actions.hand_over import hand_over
from actions.hearing import AGREED
from actions.loan_choice import named_loan
from actions.memory import BESIDE, STRONGER
from actions.people import case_for
from actions.promise_form import FORM
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from loans import limit_versions, negotiation
from loans import offers as offering
from loans.negotiation import DueAmount, Standing
from loans.negotiation_policy import NegotiationPolicy
from loans.offer_memory import from_json, to_json, wanted_to_json
from loans.offers import HumanNeeded, Offer, Wanted
from loans.tables import Loan
from loans.tables import Offer as OfferRow
from locales.values import rows
from store.ids import id_of
from understanding.answers import yes_or_no
from understanding.normalize import normalize
from understanding.numbers import write_digits
from understanding.reading import Reading
from understanding.signals import wants_concession

OFFER_FORM = "offer_form"
COUNTED = re.compile(
    r"\b(\d{1,2}) (?:(?:small|smaller|little|easy|equal|monthly|weekly|pequen\w+|chiqui\w+) )?"
    r"(?:pagos|pagitos|partes|abonos|parcialidades|cuotas|payments|parts|installments)\b"
)
# 'Nomás le puedo dar 250' sounds like a complaint and is an offer.
ASKS_LEAVE = re.compile(r"\?|\b(acept\w+|dej[ae]n?|permit\w+|se puede|would you|will you|is it ok)\b")
CAN_GIVE = re.compile(
    r"\b(?<!no )(le |les |te )?(puedo|podria|alcanzo a|alcanza (para|pa)|tengo (para|pa)|doy"
    r"|i can (pay|give|do|send))\b"
)
NO_OFFER = re.compile(
    r"\b(ningun[oa]?|no (me|nos) (sirv\w+|convien\w+|late|acomod\w+|alcanz\w+|gust\w+)|none|neither|nothing)\b"
)
WORDS = {
    "plan": (
        r"\b(plan|partes|split|divid\w+|repart\w+|pedacitos|pedazos|cachos|poco a poco|plazos|en pagos"
        r"|pagos (chicos|pequenos)|abonos|small|payments|installments|parts|parcialidades|cuotas chicas)\b"
    ),
    "date_change": r"\b(mover|cambiar|move|otra fecha|prorroga|fecha)\b",
    "promise": r"\b(otro dia|elegir|promesa|una fecha|fecha|day|date|despues|promise)\b",
}

# 'No completo, cámbieme la promesa a 720'.
THE_PROMISE = re.compile(r"\b(?:la|mi|esa|that|my|the) (?:promesa|compromiso|promise)\b")


@answers("action_difficulty")
def difficulty(turn: Turn) -> None:
    if not misfortune_first(turn, turn.intent):
        help_to_pay(turn)


@about_money("action_difficulty")
def help_to_pay(turn: Turn) -> None:
    """A named date is taken as a proposal; else everything that is possible is laid out."""
    words, kind, interrupted = turn.wish_text, turn.wish_intent, turn.form == FORM
    if turn.conversation.summary and AGREED.search(normalize(words)):
        turn.go_on_with("action_promise")
        return
    changes = THE_PROMISE.search(normalize(words)) is not None and moves_promise(turn)
    if changes or _gives_less(turn.read(text=words), words):
        turn.go_on_with("action_promise")
        return
    old, heard_before = replaced_promise(turn, words), bool(turn.slot("wish_text"))
    turn.end_form()
    if not turn.loans:
        nothing_to_pay(turn)
        return
    if interrupted:
        turn.say("promise.nothing_noted")
    turn.set(replaces_promise=old.id if old else None)
    said, loan = turn.read(text=words), named_loan(turn, words) or turn.loans[0]
    facts = Draft(loan=loan).standing(turn)
    offered = kind == "ask_extension" or old is not None or bool(said.amount or said.amount_ref)
    if _names_a_day(said) and not wants_concession(words) and offered:
        _take_proposal(turn, loan, facts, said, usual=old.amount if old else None)
        return
    if not heard_before:  # with the question for identity it was said already
        turn.say("offer.empathy")
    if wants_concession(words):
        case_for(turn, Reason.EXTENSION_REQUEST, wanted="concession")
        turn.say("offer.none_to_person")
    else:
        _lay_out(turn, loan, facts, words)


@answers("validate_offer_form")
def read_choice(turn: Turn) -> None:
    if not turn.is_answering(OFFER_FORM) or turn.means(*STRONGER):
        return
    asked, clear = turn.tracker.get_slot("requested_slot"), yes_or_no(turn.text)
    if asked == "offer_confirmed" and (clear is not None or turn.intent == "affirm"):
        turn.set(offer_confirmed=clear is not False)
        return
    wanted = count_of_payments(turn.text)
    if wanted is not None:
        _plan_anew(turn)
        if _smaller_plan(turn, wanted):
            turn.set(offer_choice="none", offer_confirmed=False)
            return
    chosen = _chosen(turn, [from_json(each) for each in turn.slot("offers") or []], clear)
    said = turn.read()
    if said.recurring and chosen is None and asked == "offer_choice":
        _weekly(turn, said)
    elif chosen is not None and asked == "offer_choice":
        turn.set(offer_choice=chosen, offer_confirmed="promise" if chosen == "promise" else None)
    elif not said.ambiguous and (said.date or said.amount):
        turn.set(offer_choice="promise", offer_confirmed="promise", wish_text=turn.text)
    elif clear is False or turn.means("deny", "cannot_pay") or NO_OFFER.search(normalize(turn.text)):
        turn.set(offer_choice="none", offer_confirmed=False)
    elif turn.means(*BESIDE):
        return
    elif misses.count(turn):
        turn.set(offer_choice=turn.slot("offer_choice"), offer_confirmed=None)


def _weekly(turn: Turn, said: Reading) -> None:
    """'Con 200 a la semana?': the plan, where there is one to choose; else a person sees to it."""
    if any(each["kind"] == "plan" for each in turn.slot("offers") or []):
        turn.set(offer_choice="plan")
        return
    case_for(turn, Reason.EXTENSION_REQUEST, wanted=_json_wanted(said))
    turn.say("offer.plan_by_person")
    turn.set(offer_choice=None)


def _smaller_plan(turn: Turn, wanted: int) -> bool:
    """More payments are insisted on than may be offered: 'I really need 10'."""
    plans = [from_json(each) for each in turn.slot("offers") or [] if each["kind"] == "plan"]
    return bool(plans) and all(len(each.payments) < wanted for each in plans)


@answers("action_ask_offer_choice")
def ask_choice(turn: Turn) -> None:
    offers = turn.slot("offers") or []
    if turn.asked_about is None:
        for each in offers:
            _describe(turn, from_json(each))
    turn.say("offer.ask" if len(offers) > 1 else "offer.ask_one")
    titles = {"plan": "button.plan", "date_change": "button.more_time", "promise": "button.promise"}
    for each in offers:
        turn.button(titles[each["kind"]], f"offer:{each['kind']}")
    turn.button("button.person", "/ask_human")


@answers("action_ask_offer_confirmed")
def ask_offer_confirmation(turn: Turn) -> None:
    offer = _picked(turn)
    turn.asks = "confirmation"
    if offer and offer.kind == "plan":
        turn.say("plan.confirm", rows=_payments(turn, offer))
    elif offer:
        turn.say("date_change.confirm", **_payment(turn, offer.payments[0]))
    turn.button("button.yes", "/affirm")
    turn.button("button.no", "/deny")


@answers("action_offer_done")
def offer_done(turn: Turn) -> None:
    """Records what was chosen, after the limits are checked once more."""
    choice, confirmed, offer = turn.slot("offer_choice"), turn.slot("offer_confirmed"), _picked(turn)
    loan, words = turn.slot("offer_loan"), turn.slot("wish_text")
    if choice is None or turn.borrower is None:
        turn.end_form()
    elif choice == "promise":
        replaced, usual = turn.slot("replaces_promise"), _amount(turn, "promise")
        turn.end_form()
        turn.set(promise_loan=loan, promise_amount=usual, wish_text=words or "", replaces_promise=replaced)
        turn.go_on_with("action_promise")
    elif confirmed is True and offer is not None:
        _record(turn, loan, offer)
    else:
        turn.end_form()
        case_for(turn, Reason.EXTENSION_REQUEST, refused=True)
        turn.say("offer.refused_to_person")


def _gives_less(said: Reading, words: str) -> bool:
    """An amount is offered, once, and nothing is asked: only the day is missing."""
    plain = normalize(words)
    once = bool(said.amount) and said.recurring is None and not _names_a_day(said)
    return once and bool(CAN_GIVE.search(plain)) and not ASKS_LEAVE.search(plain) and not wants_concession(words)


def _names_a_day(said: Reading) -> bool:
    return said.recurring is None and not said.ambiguous and bool(said.date or said.date_range)


def _take_proposal(turn: Turn, loan: Loan, facts: Standing, said: Reading, usual: int | None) -> None:
    """`usual` is the amount of a promise that is to be moved."""
    policy = _policy(turn, loan)
    if facts.dpd == 0 and said.date and said.amount is None and usual is None:
        verdict = negotiation.check_date_change(facts, policy, said.date, turn.today)
        if isinstance(verdict, negotiation.Accepted):
            offer = Offer("date_change", verdict.payments, moved_from=facts.next_due.on if facts.next_due else None)
            turn.set(offers=[to_json(offer)], offer_loan=loan.id, offer_choice="date_change", offer_confirmed=None)
            turn.go_on_with(OFFER_FORM)
            return
    due = facts.overdue or (facts.next_due.amount if facts.next_due else facts.balance)
    draft = Draft(loan=loan, amount=usual or due)
    draft.absorb(turn, said)
    if draft.refused and draft.refused.human:
        hand_over(turn, loan, draft.refused)
        return
    draft.keep(turn)
    turn.go_on_with(FORM)


def _lay_out(turn: Turn, loan: Loan, facts: Standing, words: str) -> None:
    said = turn.read(text=words)
    wanted = _wanted(words, said)
    found = offering.offers(facts, _policy(turn, loan), turn.today, wanted)
    usable = offering.one_of_each(found)
    if not usable:
        reason = found.reason.value if isinstance(found, HumanNeeded) else "none"
        case_for(turn, Reason.EXTENSION_REQUEST, refused=reason, wanted=_json_wanted(said))
        turn.say("offer.none_to_person")
        return
    turn.once("offers", lambda: _keep_offers(turn, loan, usable, wanted))
    turn.set(offers=[to_json(each) for each in usable], offer_loan=loan.id)
    turn.go_on_with(OFFER_FORM)
    if said.recurring and any(each.kind == "plan" for each in usable):
        turn.set(offer_choice="plan")
        return
    in_parts = said.recurring or re.search(WORDS["plan"], normalize(words))
    if in_parts and not any(each.kind == "plan" for each in usable):
        case_for(turn, Reason.EXTENSION_REQUEST, wanted=_json_wanted(said))
        turn.say("offer.plan_by_person")
    for each in usable:
        _describe(turn, each)
    turn.asked("offer")


def _wanted(words: str, said: Reading) -> Wanted:
    return Wanted(amount=said.amount, on=said.date, frequency=said.recurring, count=count_of_payments(words))


def count_of_payments(words: str) -> int | None:
    """'En cuatro pagos' as 4."""
    named = COUNTED.search(write_digits(normalize(words)))
    return int(named[1]) if named else None


def _plan_anew(turn: Turn) -> None:
    """The plan among the offers, in as many payments as were asked for."""
    loan = next((each for each in turn.loans if each.id == turn.slot("offer_loan")), None)
    if loan is None:
        return
    wanted = _wanted(turn.text, turn.read())
    found = offering.offers(Draft(loan=loan).standing(turn), _policy(turn, loan), turn.today, wanted)
    if not isinstance(found, HumanNeeded):
        turn.set(offers=[to_json(each) for each in offering.one_of_each(found)])


def _keep_offers(turn: Turn, loan: Loan, offers: list[Offer], wanted: Wanted) -> int:
    for each in offers:
        row = OfferRow(
            loan_id=id_of(loan),
            borrower_id=loan.borrower_id,
            kind=each.kind,
            content=to_json(each) | {"wanted": wanted_to_json(wanted)},
            made_at=turn.now,
            turn_id=turn.id,
        )
        turn.session.add(row)
    return len(offers)


def _record(turn: Turn, loan_id: int, offer: Offer) -> None:
    assert turn.borrower is not None  # noqa: S101  (checked by the caller)
    loan = turn.session.get_one(Loan, loan_id)
    outcome = turn.once("agreement", lambda: write_agreement(turn, loan, offer))
    name = turn.borrower.given_name
    turn.end_form()
    if outcome.get("refused"):
        case_for(turn, Reason.OUT_OF_POLICY, refused=outcome["refused"])
        turn.say("promise.to_person")
    elif offer.kind == "plan":
        turn.say("plan.recorded", name=name, rows=_payments(turn, offer))
    else:
        turn.say("date_change.recorded", **_payment(turn, offer.payments[0]))


def _describe(turn: Turn, offer: Offer) -> None:
    match offer.kind:
        case "promise":
            turn.say("offer.promise_until", last=turn.day(offer.latest or offer.payments[0].on))
        case "plan":
            turn.say("offer.plan", rows=_payments(turn, offer))
        case _:
            turn.say("offer.date_change", **_payment(turn, offer.payments[0]))


def _chosen(turn: Turn, offers: list[Offer], clear: bool | None) -> str | None:
    pressed = re.search(r"offer:(\w+)", turn.text)
    if pressed:
        return pressed[1]
    kinds = [each.kind for each in offers]
    if clear is True and len(kinds) == 1:
        return kinds[0]
    plain = normalize(turn.text)
    if "plan" in kinds and count_of_payments(turn.text) is not None:
        return "plan"
    named = [kind for kind in kinds if re.search(WORDS[kind], plain)]
    return named[0] if len(named) == 1 else None


def _amount(turn: Turn, kind: str) -> int | None:
    """What the offer of this kind was about."""
    offered = [from_json(each) for each in turn.slot("offers") or []]
    return next((each.payments[0].amount for each in offered if each.kind == kind), None)


def _picked(turn: Turn) -> Offer | None:
    offers = [from_json(each) for each in turn.slot("offers") or []]
    return next((each for each in offers if each.kind == turn.slot("offer_choice")), None)


def _payments(turn: Turn, offer: Offer) -> dict[str, Any]:
    return rows("offer.plan_row", [_payment(turn, each) for each in offer.payments])


def _payment(turn: Turn, due: DueAmount) -> dict[str, Any]:
    return {"amount": turn.money(due.amount), "date": turn.day(due.on)}


def _json_wanted(said: Reading) -> dict[str, Any]:
    return {"amount": said.amount, "date": said.date.isoformat() if said.date else None, "rhythm": said.recurring}


def _policy(turn: Turn, loan: Loan) -> NegotiationPolicy:
    return limit_versions.policy_of(turn.session, loan, turn.business_date)
