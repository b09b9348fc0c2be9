"""A promise that was made is changed or taken back."""

import re
from functools import wraps

from actions.registry import Answer, answers
from actions.turn import Turn
from loans import promises
from loans.tables import Promise
from store.ids import id_of
from understanding.normalize import normalize
from understanding.second_thoughts import takes_back

INSTEAD = re.compile(
    r"\b(mejor|cambi\w*|en (vez|lugar)|siempre no|corrij\w*|me equivoqu\w*|mover\w*|pasar(lo|la)|recorr\w*|aplaz\w*"
    r"|adelant\w*|pas(e|a|en)(me|nme)?(lo|la|los|las|( es[eoa]s?))\b"
    r"|siempre si|ya no (puedo|voy a poder|podre|alcanz\w+)|no (voy a poder|podre|alcanzo)"
    r"|instead|change|rather|move|actually|make (it|that)|scratch that|reschedule|can ?t make)\b",
    re.I,
)
# Asks what was promised.
RECALLS = re.compile(
    r"\b(que|cuanto|cuando|cual|como|para cuando|what|when|how much)\b.{0,25}\b(promet\w+|quede|quedamos"
    r"|compromis\w+|acord\w+"
    r"|promis\w+|agreed?)\b"
)
CONTACT = re.compile(
    r"\b(escrib\w+|llam\w+|marqu\w+|habl\w+|contact\w+|whats\w*|sms|telegram"
    r"|call|text|write)\b"
)
# 'Del viernes al lunes': what stands before is the old date, what follows the new one. 'De una vez' is no date.
FROM_TO = re.compile(
    r"\b(?:del?|from)\s+(?!una vez)(?P<old>.{3,30}?)\s+(?P<new>(?:al|para|a|por|to|until)\s+.{2,40})", re.I
)
# 'En lugar de eso que queden 600 para el lunes': the new wish has a verb of its own, and begins there.
WISHES = re.compile(
    r"\b(que|queden?|pon(ga|gan|game(lo|la)?|me(lo|la)?)|anote(me|lo)?|sean?|ser[ií]an?|van?"
    r"|(le|les|te) (doy|pago|deposito|abono)|mejor|puedo|make|put)\b.*",
    re.I,
)


def replaced_promise(turn: Turn, words: str) -> Promise | None:
    """The promise that the words change: the one whose day they name, the last one made, or the only one."""
    known = turn.slot("replaces_promise")
    open_ones = _open(turn)
    if known:
        return next((each for each in open_ones if each.id == known), None)
    return meant_promise(turn, words, open_ones) if INSTEAD.search(normalize(words)) else None


def unless_promised(answer: Answer) -> Answer:
    """For answers to what may rather be about a promise: 'me equivoqué de fecha, es el 27', '¿en qué quedamos?'."""

    @wraps(answer)
    def promised(turn: Turn) -> None:
        if moves_promise(turn):
            turn.go_on_with("action_promise")
        elif drops_last(turn):
            turn.go_on_with("action_drop_promise")
        elif RECALLS.search(normalize(turn.text)) and (open_ones := _open(turn)):
            last = max(open_ones, key=id_of)
            turn.say("promise.existing", amount=turn.money(last.amount), date=turn.day(last.due))
        else:
            answer(turn)

    return promised


def moves_promise(turn: Turn) -> bool:
    """'Mejor el lunes', after a promise was noted, and nothing in it speaks of writing or calling."""
    if turn.form or turn.borrower is None or CONTACT.search(normalize(turn.text)):
        return False
    said = turn.read()
    return bool(said.date or said.amount) and replaced_promise(turn, turn.text) is not None


def drops_last(turn: Turn) -> bool:
    """'Mejor cancélelo', after a promise was noted in this talk."""
    noted = {each.id for each in _open(turn)} & {turn.slot("last_promise")}
    return turn.form is None and bool(noted) and takes_back(turn.text)


def meant_promise(turn: Turn, words: str, open_ones: list[Promise]) -> Promise | None:
    spoken = FROM_TO.search(words)
    day = turn.read("date", text=spoken["old"] if spoken else words).date
    by_day = [each for each in open_ones if each.due == day]
    last = [each for each in open_ones if each.id == turn.slot("last_promise")]
    newest = sorted(open_ones, key=id_of, reverse=True)
    return next(iter(by_day or last or newest), None)


def new_wish(turn: Turn, words: str) -> str:
    """Of a change only what is to be from now on: 'del viernes al lunes', and 'solo 600' before it."""
    spoken = FROM_TO.search(words)
    if spoken is None:
        return words
    wished = WISHES.search(spoken["old"])
    if wished is not None:
        return words[spoken.start("old") + wished.start() :]
    before = words[: spoken.start()] if turn.read(text=spoken["new"]).amount is None else ""
    return f"{before} {spoken['new']}{words[spoken.end() :]}".strip()


@answers("action_drop_promise")
def drop(turn: Turn) -> None:
    """In the middle of a promise only that one is given up; else the one that the words mean."""
    in_the_making = turn.form == "promise_form"
    open_ones = [] if in_the_making else _open(turn)
    gone = meant_promise(turn, turn.text, open_ones) if open_ones else None
    if gone is not None:
        turn.once("drop_promise", lambda: promises.cancel(turn.session, gone, turn.now).id)
    turn.end_form()
    turn.say("promise.cancelled")


def _open(turn: Turn) -> list[Promise]:
    return promises.active(turn.session, id_of(turn.borrower)) if turn.borrower else []
