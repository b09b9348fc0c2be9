"""Which of several loans is meant: by button, by number, or by a word that only one of them has."""

import re

from actions.turn import Turn
from loans.tables import Loan, Promise
from store.ids import id_of
from understanding.clauses import OFFERS, WAGES, split
from understanding.labels import names
from understanding.normalize import normalize
from understanding.reading import read
from understanding.signals import asks_for_person
from understanding.wish_words import clauses, is_spoken_of, tells_of_payment

ORDINALS = {"primero": 0, "primera": 0, "1": 0, "uno": 0, "first": 0, "segundo": 1, "segunda": 1, "2": 1, "dos": 1}
ORDINALS |= {"second": 1, "tercero": 2, "tercera": 2, "3": 2, "tres": 2, "third": 2}
# What stands around the name of a loan where nothing else is said: 'the moto one', 'la de la moto, por favor'.
AROUND = re.compile(
    r"el|la|los|las|lo|un|una|de|del|al?|para|por|favor|es|seria|mi|es[ea]|este|esta|numero|pues|si|sobre|con|prestamo|credito"
    r"|the|an|one|that|this|my|for|please|its?|is|loan|number|on|about|yes"
)
OTHER = re.compile(r"\b(el|la|del|al|mi|the) (otr[oa]|other)\b|\bother (one|loan)\b")


def title(loan: Loan) -> str:
    return loan.label or loan.external_id


def offer_loans(turn: Turn) -> None:
    for loan in turn.loans:
        turn.button(title(loan), f"loan:{loan.external_id}")
    turn.asks = "loan_choice"


def named_loan(turn: Turn, words: str, *, among_listed: bool = False) -> Loan | None:
    """The only loan there is, or the one that the words name; `among_listed` when a list has just been shown."""
    loans, plain = turn.loans, normalize(words)
    if len(loans) == 1:
        return loans[0]
    named = [each for each in loans if each.external_id.lower() in words.lower()]
    named = named or [each for each in loans if each.label and names(each.label, _without_reasons(words))]
    last = next((each for each in loans if each.id == _last_talked_about(turn)), None)
    if not named and last is not None and (other := other_loan(turn, words, last)) is not None:
        named = [other]
    if not named and among_listed:
        named = _listed(turn, loans, plain)
    return named[0] if len(named) == 1 else None


def _without_reasons(words: str) -> str:
    """'300 el viernes, es que ese día me paga la de los tamales' names no loan by the tamales."""
    told = [each.text for each in split(normalize(words))]
    return ", ".join(each for each in told if not WAGES.search(each) or OFFERS.search(each))


def only_names(turn: Turn) -> bool:
    """'The moto one', 'la de la moto': an answer, whatever the model takes it for. 'Pagué la moto' says more.

    So is 'a la de la moto, la otra la paga mi marido': what follows says why.
    """
    named, _, why = turn.text.partition(",")
    return _only_names(turn, turn.text) or (_only_names(turn, named) and not _tells_more(why))


def _tells_more(why: str) -> bool:
    """'La moto, pero esa no la reconozco' wants something else as well."""
    wishes = any(
        is_spoken_of(each, why) for each in ("dispute_debt", "wrong_person", "report_hardship", "already_paid")
    )
    return wishes or tells_of_payment(why) or asks_for_person(why)


def _only_names(turn: Turn, text: str) -> bool:
    loan = named_loan(turn, text, among_listed=True)
    if loan is None:
        return False
    rest = text.lower().replace(loan.external_id.lower(), " ")
    words = [each for each in re.findall(r"[a-z]+", normalize(rest)) if not AROUND.fullmatch(each)]
    return all(each in ORDINALS or names(loan.label, each) for each in words)


def apart(turn: Turn, words: str) -> list[str]:
    """'120 a la moto el viernes y 90 al congelador el sábado': what is said of each loan; else empty."""
    loans = [each for each in turn.loans if each.label]
    found: list[tuple[int, str]] = []
    for stretch in clauses(words) if len(loans) > 1 else []:
        named = [each for each in loans if names(each.label, stretch)]
        if len(named) == 1 and named[0].id not in {loan for loan, _ in found}:
            found.append((id_of(named[0]), stretch))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}, {stretch}")
    offered = [text for _, text in found if turn.read(text=text).amount is not None]
    return _on_one_day(turn, offered) if len(offered) == len(found) > 1 else []


def _on_one_day(turn: Turn, offered: list[str]) -> list[str]:
    """'El lunes 240 a la estufa y 560 al negocio' says the day once for both."""
    days = [turn.read(text=each).date for each in offered]
    first = days[0]
    if first is None:
        return offered
    return [each if on else f"{each}, {first:%d/%m/%Y}" for each, on in zip(offered, days, strict=True)]


def other_loan(turn: Turn, words: str, than: Loan) -> Loan | None:
    """'El otro', where there are two."""
    others = [each for each in turn.loans if each.id != than.id]
    return others[0] if len(others) == 1 and OTHER.search(normalize(words)) else None


def _last_talked_about(turn: Turn) -> int | None:
    promise = turn.slot("last_promise")
    found = turn.session.get(Promise, promise) if promise else None
    return found.loan_id if found else None


def _listed(turn: Turn, loans: list[Loan], plain: str) -> list[Loan]:
    """By its place in the list, by its balance, or as the one without a name of its own."""
    spot = next((ORDINALS[word] for word in plain.split() if word in ORDINALS), None)
    if spot is not None and spot < len(loans):
        return [loans[spot]]
    amount = read(plain, turn.now, turn.language, expecting="amount").amount
    if amount is not None:
        return [each for each in loans if each.cached_balance == amount]
    if OTHER.search(plain):
        return [each for each in loans if not each.label]
    return []
