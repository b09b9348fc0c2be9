"""What the borrower contests or has paid already: recorded, reminders stop, a person checks. No figure changes here."""

import re
from datetime import datetime, time, timedelta

from actions.account import claim_case, nothing_owed, open_claim
from actions.changes import replaced_promise
from actions.difficulty import hold_days
from actions.gates import not_in_distress
from actions.people import case_for
from actions.registry import answers
from actions.turn import Turn
from desk import cases
from desk.cases import Reason
from desk.tables import Case
from loans import accounts
from outreach import holds
from store.ids import id_of
from understanding.normalize import normalize
from understanding.somebody_else import asks_about_another
from understanding.tense import speaks_ahead
from understanding.wish_words import is_spoken_of, tells_of_payment

RECEIPTS = frozenset({"image", "document"})
RECEIPT = re.compile(
    r"\b(pag\w+|comprobante|recibo|ticket|voucher|vaucher|baucher|deposit\w+|transfer\w+|abon\w+|receipt|paid"
    r"|payment)\b"
)
# '¿Y mi último pago les figura? ¿Cuándo fue?'
LAST_ONE = re.compile(
    r"\b(ultimo|ultima|last) (pago|abono|deposito|letra|payment|deposit)\b.*(\?|\b(cuando|cuanto|when|how much)\b)"
    r"|\b(cuando|cuanto|when|how much)\b.*\b(ultimo|ultima|last) (pago|abono|deposito|payment|deposit)\b"
)
SURE = 0.7  # Own default: below it the words of a question count for more than the model.
# 'Me equivoqué, eran 300' corrects a promise and contests nothing.
CORRECTS = re.compile(r"me equivoqu|promesa|compromiso|my mistake|promise", re.I)
# 'Era el recibo de la luz, a ustedes no les he pagado': said after a payment was claimed.
TAKES_CLAIM_BACK = re.compile(
    r"\bno (les|le) (he |ya )?(pague|pagado|deposite|depositado)\b|\bno (era|fue) (a|para|con) (ustedes|usted)\b"
    r"|\b(era|fue) (el (pago|recibo)|la|lo|el) (de la (luz|renta)|del (agua|gas|internet|telefono))\b"
    r"|\b(era|fue) (a|para|con|en) (otr[oa]|la otra|el otro) (prestamo|credito|caja|financiera|empresa|app)\b"
    r"|\b(me )?(confundi|equivoque) de (prestamo|credito|caja|financiera|empresa|recibo)\b"
    r"|\bi (didn ?t|did not|haven ?t) (pay|paid) (you|u|yall)\b"
    r"|\b(that|it) was (the|my) (electric\w*|water|gas|rent|internet|light|power)( bill| payment| one)?\b"
)
# 'Dicen que no les he pagado, y ahí está el comprobante' insists on it.
INSISTS = re.compile(
    r"\?|\b(dicen|dice|como que|por que|si (les|le) (ya )?pag\w+|ya (les |le |lo )?(pague|liquide|deposite)|comprobante"
    r"|you (guys )?(say|keep saying)|says|but i (did|paid|sent)|receipt|proof|nada mas|ya no)\b"
)
# '¿Y me cobran más por eso?' asks what it costs, and contests nothing.
ASKS_COST = re.compile(
    r"\b(me|nos) (van a )?(cobran?|cobrar|cobraran?|cobrarian?|suben?|aumentan?) (mas|algo|extra|interes\w*|recargo\w*"
    r"|comision\w*|cargo\w*)\b.{0,30}\b(por (eso|ello|esperar|atras\w+|pagar)|si)\b"
    r"|\b(do|will|would) (you|u|i|they) (charge|get charged|pay)( me)? (more|extra|interest|a fee)\b"
)
KINDS = frozenset({"voice", "image", "document", "sticker", "location"})
ALIASES = {"audio": "voice", "photo": "image", "pdf": "document", "video": "other", "contact": "other"}


@answers("action_dispute")
@not_in_distress
def dispute(turn: Turn) -> None:
    if CORRECTS.search(turn.text) and turn.read().amount and replaced_promise(turn, turn.text) is not None:
        turn.go_on_with("action_promise")
        return
    if _only_offers(turn):
        turn.go_on_with("action_promise")
        return
    if withdraws_claim(turn):
        return
    if ASKS_COST.search(normalize(turn.text)) and turn.guess[1] < SURE:
        turn.go_on_with("action_human")
        return
    known = "dispute" in turn.holds
    number = case_for(turn, Reason.DISPUTE)
    days = hold_days(turn, "dispute") or 30
    until = turn.now + timedelta(days=days)
    turn.once("dispute", lambda: _hold_loans(turn, "dispute", until))
    turn.end_form()
    if known:
        turn.say("dispute.known", case=number)
    else:
        turn.say("dispute.opened", case=number, until=turn.day(until.date()))


def _only_offers(turn: Turn) -> bool:
    """'Perdón, es que no tenía saldo. 500 el miércoles' contests nothing, whatever the model says."""
    said = turn.read()
    return said.date is not None and said.amount is not None and not is_spoken_of("dispute_debt", turn.text)


@answers("action_already_paid")
@not_in_distress
def already_paid(turn: Turn) -> None:
    """With nothing open a claim has no object: the good news is told instead."""
    known, medium = open_claim(turn), turn.metadata.get("media")
    if asks_about_another(turn.text):
        turn.go_on_with("action_payment_history")  # which tells nobody of somebody else's
        return
    if medium not in RECEIPTS and LAST_ONE.search(normalize(turn.text)) and not tells_of_payment(turn.text):
        turn.go_on_with("action_payment_history")
        return
    if medium not in RECEIPTS and _offers_ahead(turn):
        turn.go_on_with("action_promise")
        return
    if withdraws_claim(turn):
        return
    turn.end_form()
    if turn.borrower and not turn.loans:
        nothing_owed(turn)
        if accounts.borrower_loans(turn.session, id_of(turn.borrower)):
            return
    number = note_claim(turn)
    if medium in RECEIPTS:
        turn.say("claim.receipt", case=number)
    else:
        turn.say("claim.in_review" if known else "claim.opened", case=number)


def withdraws_claim(turn: Turn) -> bool:
    """Said after a payment was claimed: nobody need look for it, and what it held back goes on."""
    claim, plain = claim_case(turn), normalize(turn.text)
    if claim is None or claim.facts.get("receipt") or INSISTS.search(plain) or not TAKES_CLAIM_BACK.search(plain):
        return False
    turn.once("withdraw_claim", lambda: _withdraw(turn, claim))
    turn.end_form()
    turn.say("claim.withdrawn")
    return True


def _withdraw(turn: Turn, claim: Case) -> int:
    cases.close(turn.session, claim, None, "other", turn.now, "withdrawn by the borrower")
    for hold in turn.living_holds:
        if hold.event == "payment_claim" and hold.turn_id is not None:
            holds.lift(turn.session, hold, "borrower", turn.now)
    return id_of(claim)


def _offers_ahead(turn: Turn) -> bool:
    """'Quisiera cancelar toda mi deuda el 5 de diciembre, ya con mi gratificación' tells of no payment made."""
    day = turn.read().date
    ahead = day is not None and day > turn.today and speaks_ahead(normalize(turn.text))
    return ahead and not tells_of_payment(turn.text)


# After these nobody knows yet what the voice note was about.
UNREAD = frozenset({"media_received", "nlu_fallback", "out_of_scope", "vulnerable_distress"})


def wrote_instead(turn: Turn) -> None:
    """Who was asked for words after a voice note, and wrote them, need not be listened to; the talk keeps the note."""
    if turn.intent in UNREAD or not turn.text.strip():
        return
    for case in turn.open_cases:
        unheard = case.reason == Reason.MEDIA_REVIEW and case.state == "open" and case.facts.get("media") == "voice"
        if unheard and case.turn_id != turn.id:
            cases.close(turn.session, case, None, "other", turn.now, "written in words since")


@answers("action_media")
@not_in_distress
def media(turn: Turn) -> None:
    """A receipt opens or joins a claim; a voice note is for a person to hear; all else is asked for in words."""
    said = str(turn.metadata.get("media") or "other")
    kind = ALIASES.get(said, said)
    if kind in RECEIPTS and turn.likely and (not turn.form or RECEIPT.search(normalize(turn.text))):
        turn.end_form()
        turn.say("claim.receipt", case=note_claim(turn, receipt=kind))
        return
    if kind == "voice":
        case_for(turn, Reason.MEDIA_REVIEW, media=kind)
    turn.say(f"media.{kind if kind in KINDS else 'other'}")
    turn.asks = "for_text"


def note_claim(turn: Turn, **more: str) -> str:
    """The number of the case that a person works on; reminders pause meanwhile."""
    said = turn.read(look_back=True)
    on = said.date if said.date and said.date <= turn.today else None
    facts = {"amount": said.amount, "date": on.isoformat() if on else None, **more}
    number = case_for(turn, Reason.PAYMENT_CLAIM, **{name: each for name, each in facts.items() if each})
    _pause_for_claim(turn)
    return number


def _pause_for_claim(turn: Turn) -> None:
    days = hold_days(turn, "payment_claimed") or 2
    turn.once("claim", lambda: _hold_loans(turn, "payment_claim", _business_days(turn.now, days)))


def _hold_loans(turn: Turn, event: str, until: datetime) -> str:
    """On each loan it may be about; on the address where nobody is known."""
    who = turn.likely
    loans = (
        [each for each in accounts.borrower_loans(turn.session, id_of(who)) if each.status == "active"] if who else []
    )
    for loan in loans:
        holds.place(turn.session, event, now=turn.now, loan_id=id_of(loan), until=until, turn_id=turn.id)
    if not loans:
        holds.place(turn.session, event, now=turn.now, address_id=id_of(turn.address), until=until, turn_id=turn.id)
    return event


def _business_days(start: datetime, days: int) -> datetime:
    """The end of the last of so many whole days there. Saturday and Sunday are not counted; a holiday is, which only
    makes the pause a day shorter than it could be."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < 5
    return datetime.combine(end.date() + timedelta(days=1), time(), end.tzinfo)
