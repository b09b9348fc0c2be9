"""What the borrower contests or has paid already: recorded, reminders stop, a person checks. No figure changes here."""

from datetime import datetime, timedelta

from actions.account import open_claim
from actions.difficulty import hold_days
from actions.people import case_for
from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason
from loans import accounts
from outreach import holds
from store.ids import id_of

KINDS = frozenset({"voice", "image", "document", "sticker", "location"})
ALIASES = {"audio": "voice", "photo": "image", "pdf": "document", "video": "other", "contact": "other"}


@answers("action_dispute")
def dispute(turn: Turn) -> None:
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


@answers("action_already_paid")
def already_paid(turn: Turn) -> None:
    known = open_claim(turn)
    said = turn.read(look_back=True)
    facts = {"amount": said.amount, "date": said.date.isoformat() if said.date else None}
    number = case_for(turn, Reason.PAYMENT_CLAIM, **facts)
    _pause_for_claim(turn)
    turn.end_form()
    turn.say("claim.in_review" if known else "claim.opened", case=number)


@answers("action_media")
def media(turn: Turn) -> None:
    """A receipt opens or joins a claim; what can't be read is asked for in words."""
    said = str(turn.metadata.get("media") or "other")
    kind = ALIASES.get(said, said)
    if kind in {"image", "document"} and not turn.form and turn.likely:
        number = case_for(turn, Reason.PAYMENT_CLAIM, receipt=kind)
        _pause_for_claim(turn)
        turn.say("claim.receipt", case=number)
        return
    turn.say(f"media.{kind if kind in KINDS else 'other'}")
    turn.asks = None if turn.form else "for_text"


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
    """Saturday and Sunday are not counted; a holiday is, which only makes the pause a day shorter than it could be."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < 5
    return end
