"""The identity check: one datum that the person gives, three attempts, then a person."""

import re
from dataclasses import replace
from typing import Final

from actions.registry import answers
from actions.turn import Turn
from desk.cases import Reason, open_case
from loans.policies import in_force
from loans.tables import Borrower
from outreach import addresses, holds
from store.ids import id_of
from understanding.answers import yes_or_no
from understanding.identity import IdentityProof, names_only_birthday, read_identity, with_birthday
from understanding.instead_of_proof import fetches
from understanding.normalize import normalize
from understanding.somebody_else import RELATIVE, claims_to_be_meant, is_another, says_wrong_number
from understanding.wish import UNHEARD
from understanding.wish_words import is_spoken_of

LOCKED: Final = "locked"
PROVEN: Final = "proven"
DECLINED: Final = "declined"
# What is obeyed also where it is said in one breath with 'I won't tell you'.
BEFORE_IDENTITY: Final = ("opt_out", "vulnerable_distress", "threat", "minor", "represented")


DECLINES: Final = re.compile(
    r"\b(no (me acuerdo|recuerdo|la se|lo se|los se|tengo (mi|la) (ine|identificacion|credencial))|mejor no"
    r"|prefiero no|ya no|no (le|les|te|se l[oa]s?|voy a|pienso|quiero) (\w+ ){0,2}(dar|doy|dare|decir|digo|pasar"
    r"|paso"
    r"|mandar|mando)"
    r"|no (doy|paso|comparto) (mis )?datos|no confio|desconfi\w+|olvidel[oa]|olvidalo|dejelo"
    r"|i (don t|dont|do not|won t|wont) (remember|know|want|give|share)|rather not|never ?mind|not giving"
    r"|forget it)\b"
)


@answers("validate_identity_form")
def read_proof(turn: Turn) -> None:
    if not turn.is_answering("identity_form") or turn.slot("identity_proof"):
        return
    if is_another(turn.text) and not says_to_be_meant(turn):
        return  # 'Soy la esposa, le paso el dato de él': right or wrong, it proves nobody else.
    proof = read_identity(with_birthday(names_only_birthday(turn.said_before), turn.text))
    if proof.birth_date is None and proof.document_ending is None:
        _read_other(turn)
        return
    outcome = turn.once("identity", lambda: _try(turn, proof))
    if outcome == PROVEN:
        turn.set(identity_proof=PROVEN)
    elif outcome == LOCKED:
        turn.set(identity_proof=LOCKED)
    else:
        turn.say("identity.ask_again", count=outcome)
        turn.set(identity_proof=None)
        turn.asked("identity")


@answers("action_ask_identity_proof")
def ask_proof(turn: Turn) -> None:
    if turn.asked_about is None:
        turn.say(_question(turn))
    turn.asks = "identity"


def _question(turn: Turn) -> str:
    """Not twice in the same words; who gave day and month is asked for the year."""
    if turn.metadata.get("asks") != "identity":
        return "identity.ask"
    return "identity.year" if names_only_birthday(turn.text) else "identity.still"


@answers("action_identity_done")
def identity_done(turn: Turn) -> None:
    """Takes up the wish that had to wait."""
    wish, proof = turn.slot("wish"), turn.slot("identity_proof")
    turn.set(identity_proof=None)
    if proof in {LOCKED, DECLINED}:
        turn.forget_wish()
        turn.say(f"identity.{proof}")
    elif turn.borrower is not None:
        if not wish:
            turn.say("identity.confirmed", name=turn.borrower.given_name)
        else:
            turn.go_on_with(wish)


def is_locked(turn: Turn) -> bool:
    """All attempts are used up: only a person goes on."""
    return turn.address.identity_attempts >= in_force(turn.session, turn.business_date).identity.max_attempts


def says_to_be_meant(turn: Turn) -> bool:
    """'Sí soy yo', or 'soy Guadalupe' where a Guadalupe is behind this address; not 'this is Marcus' roommate'."""
    text = ", ".join([turn.text, *(each["text"] for each in turn.metadata.get("also") or [])])
    if claims_to_be_meant(text):
        return True
    names = "|".join(re.escape(normalize(each.given_name)) for each in turn.owners) or r"\b\B"
    mine = r"(?<!no )\b(soy|habla|me llamo|mi nombre es|i ?am|im|this is|my name is)"
    between = rf"((?!{RELATIVE}|no\b|not\b|aint|de\b|del\b|for\b|about|looking|with|companer|pareja)\w+ ){{0,2}}"
    said = (
        rf"{mine} {between}({names})\b(?!'?s? {RELATIVE})|^\W*(\w+\W+)?its ({names})( now| here| again| speaking|\W*$)"
    )
    return re.search(said, normalize(text)) is not None and not says_wrong_number(text)


def accept(turn: Turn, proof: IdentityProof) -> bool:
    """Takes the proof if it is right; a wrong one counts only where it was asked for."""
    readings = [proof, *_month_first(turn, proof)]
    match = next((owner for owner in turn.owners for each in readings if _fits(owner, each)), None)
    if match is None or is_locked(turn) or (is_another(turn.text) and not says_to_be_meant(turn)):
        return False
    addresses.verify(turn.session, turn.address, match, turn.now)
    turn.conversation.borrower_id = match.id
    _is_no_wrong_number(turn)
    return True


def _is_no_wrong_number(turn: Turn) -> None:
    """The same number on other channels is right then, too."""
    for address in addresses.of_same_person(turn.session, turn.address):
        address.wrong_person_at = None
        for hold in holds.living(turn.session, now=turn.now, address_id=id_of(address)):
            if hold.event in {"wrong_person", "minor"}:
                holds.lift(turn.session, hold, "identity", turn.now)


def _month_first(turn: Turn, proof: IdentityProof) -> list[IdentityProof]:
    """'04/12/1985' is the 12th of April to many who write English."""
    born = proof.birth_date
    if turn.language != "en" or born is None or born.day > 12:
        return []
    return [replace(proof, birth_date=born.replace(day=born.month, month=born.day))]


def _read_other(turn: Turn) -> None:
    """Not a proof: who declines is not pressed; an answer without a datum gets the question again."""
    if turn.means(*BEFORE_IDENTITY):
        return
    if turn.means("ask_human") and is_spoken_of("ask_human", turn.text):
        return
    if DECLINES.search(normalize(turn.text)) or (turn.means("deny") and yes_or_no(turn.text) is False):
        turn.set(identity_proof=DECLINED)
    elif turn.means("affirm", "deny", "promise_to_pay") or turn.intent in UNHEARD:
        if fetches(turn.text):
            turn.say("identity.wait")
            turn.asked("identity")
        turn.set(identity_proof=None)


def _try(turn: Turn, proof: IdentityProof) -> str | int:
    """PROVEN, LOCKED, or how many attempts are left."""
    limit = in_force(turn.session, turn.business_date).identity.max_attempts
    if accept(turn, proof):
        return PROVEN
    if is_locked(turn):
        return LOCKED
    turn.address.identity_attempts += 1
    left = limit - turn.address.identity_attempts
    if left > 0:
        return left
    open_case(
        turn.session,
        Reason.OTHER,
        now=turn.now,
        borrower_id=id_of(turn.likely) if turn.likely else None,
        conversation_id=turn.conversation.id,
        facts={"why": "identity_attempts"},
        turn_id=turn.id,
    )
    return LOCKED


def _fits(owner: Borrower, proof: IdentityProof) -> bool:
    """Everything that was given must be right, and at least one datum must be on record."""
    born = proof.birth_date.isoformat() if proof.birth_date else None
    pairs = [(born, owner.birth_date), (proof.document_ending, owner.document_ending)]
    given = [(said, known) for said, known in pairs if said is not None and known is not None]
    return bool(given) and all(said == known for said, known in given)
