"""A message as the answer to what was asked, where the model takes it for something else and the words do not."""

import re
from collections.abc import Sequence
from typing import Final

from understanding.alarm import BELIEVED
from understanding.dates.words import WEEKDAYS
from understanding.distress import has_idiom
from understanding.hardship import tells_misfortune
from understanding.identity import IdentityProof, names_only_birthday, read_identity
from understanding.instead_of_proof import asks_why, fetches, lacks_document, names_datum
from understanding.normalize import normalize
from understanding.numbers import write_digits
from understanding.paying import DATUM
from understanding.read_back import seals
from understanding.signals import asks_for_person, tells_ill_treatment
from understanding.somebody_else import speaks_from_own_phone
from understanding.stop_words import is_start
from understanding.wish import DISTRESS, FALLBACK, HARDSHIP, LIGHT, PROMISE, SURE, UNHEARD, WAYS_TO_PAY, Wish
from understanding.wish_words import asks_plainly, is_spoken_of, tells_of_payment

# From here the model is believed, though the words show nothing of what it hears.
LOUD: Final = 0.8
# What a word about the proof itself may be taken for.
BESIDE_THE_PROOF: Final = UNHEARD | {
    "complain",
    "dispute_debt",
    "ask_extension",
    "ask_payment_methods",
    "ask_who_are_you",
    "call_me_later",
    "cannot_pay",
    "opt_in",
}
# What a birthday without its year may be taken for.
UNPROVEN: Final = UNHEARD | WAYS_TO_PAY | {"already_paid", "ask_next_payment", "ask_payment_history", "call_me_later"}
_DONE: Final = re.compile(r"\b(?:ya|ayer|antier|anoche|quedo|already|yesterday|done|last)\b")
_BARE: Final = re.compile(
    r"\W*(?:(?:son|seria|serian|unos|como|de|el|los|on|for|about|around|proximo|este|next|this) )*"
    r"(?:\$? ?\d[\d.,]*(?: (?:pesos|varos|mil))?"
    rf"|(?:{'|'.join([*WEEKDAYS, 'manana', 'hoy', 'today', 'tomorrow'])}))\W*"
)


def as_answer(whole: Wish, parts: Sequence[Wish], asks: str | None, *, doubtful: bool) -> Wish | None:
    """None where it is to be heard as any other message; the fallback has the question put in other words.

    `parts` are the model's guesses at the clauses, `asks` is the open question; `doubtful` where danger was half heard.
    """
    match asks:
        case "identity" if not doubtful and _is_about_the_proof(whole):
            return Wish(FALLBACK, 1.0, whole.text)
        case "confirmation" if _is_sealed(whole):
            return Wish("affirm", 1.0, whole.text)
        case "confirmation" if _amends(whole):
            return Wish(PROMISE, SURE, whole.text)
        case "amount" | "date" if _is_given(whole, parts):
            return Wish(PROMISE, SURE, whole.text)
        case "amount" | "date" | "confirmation" if not doubtful and _is_no_complaint(whole):
            return Wish(FALLBACK, 1.0, whole.text)
    return None


def _is_about_the_proof(whole: Wish) -> bool:
    """Asked who they are, somebody speaks of that, and tells of nothing else: the question is put in other words."""
    if _says_more(whole.text):
        return False
    aside = whole.intent in BESIDE_THE_PROOF and whole.confidence < BELIEVED
    speaks_of_it = aside and (asks_why(whole.text) or names_datum(whole.text) or fetches(whole.text))
    lacks_year = whole.intent in UNPROVEN and names_only_birthday(whole.text) is not None
    return any((_only_lacks_document(whole), _only_insists(whole), _is_unfounded(whole), speaks_of_it, lacks_year))


def _says_more(text: str) -> bool:
    """The proof itself stands there, and something else beside it; or a person is asked for instead."""
    return read_identity(text) != IdentityProof() or asks_for_person(text) or asks_plainly(text) == "ask_human"


def _is_unfounded(whole: Wish) -> bool:
    """'Uy, puse la de mi señora': taken for a payment or a complaint, of which it has no word."""
    paid = whole.intent == "already_paid" and not tells_of_payment(whole.text)
    faint = whole.intent in BESIDE_THE_PROOF - UNHEARD and whole.confidence < LOUD
    returns = whole.intent == "opt_in" and not is_start(whole.text)
    return returns or ((paid or faint) and not is_spoken_of(whole.intent, whole.text))


def _is_no_complaint(whole: Wish) -> bool:
    """'Lo que ustedes digan', asked for an amount."""
    faint = whole.intent in {"complain", "dispute_debt"} and whole.confidence < LOUD
    return faint and not is_spoken_of(whole.intent, whole.text) and not tells_ill_treatment(whole.text)


def _amends(whole: Wish) -> bool:
    """'Hmm, actually make that Tuesday', while a payment is read back: a day is named, and no payment told of."""
    told = tells_of_payment(whole.text) or is_spoken_of("already_paid", whole.text)
    plain = normalize(whole.text)
    return whole.intent == "already_paid" and not told and bool(DATUM.search(plain)) and not _DONE.search(plain)


def _only_lacks_document(whole: Wish) -> bool:
    """'La credencial se quedó en la casa' is no misfortune; 'mi mamá está internada y dejé mi INE' is one."""
    told = tells_misfortune(whole.text) or is_spoken_of(HARDSHIP, whole.text)
    return whole.intent in {HARDSHIP, *UNHEARD} and lacks_document(whole.text) and not told


def _only_insists(whole: Wish) -> bool:
    return whole.intent in {"wrong_person", *UNHEARD} and speaks_from_own_phone(whole.text)


def _is_sealed(whole: Wish) -> bool:
    """'Yes boss, cross my heart and hope to die', unless the words in passing are a wish of their own."""
    grave = whole.intent == "opt_out" or (whole.intent == DISTRESS and not has_idiom(whole.text))
    own = whole.intent not in LIGHT | UNHEARD | {PROMISE, DISTRESS} and is_spoken_of(whole.intent, whole.text)
    return not grave and not own and seals(whole.text)


def _is_given(whole: Wish, parts: Sequence[Wish]) -> bool:
    """'Sorry, got called into a meeting. Three hundred ten pesos': one of the clauses is the bare answer."""
    light = whole.intent in LIGHT | UNHEARD | {"complain", "call_me_later"} - {"deny"}
    told = whole.intent == "complain" and is_spoken_of("complain", whole.text)
    return light and not told and any(is_bare(each.text) for each in parts)


def is_bare(text: str) -> bool:
    """An amount or a day, and next to nothing else."""
    return _BARE.fullmatch(write_digits(normalize(text))) is not None
