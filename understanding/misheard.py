"""What the model alone hears, no rule, and the words gainsay: a limit is no end, a phone's credit no balance."""

import re
from collections.abc import Mapping
from typing import Final

from understanding.normalize import normalize
from understanding.wish import PROMISE, QUESTIONS, SURE, WAYS_TO_PAY, Wish

# From here the model is believed against these words, but for an offer and a phone's credit.
LOUD: Final = 0.8
# 'A mi celu me pueden escribir, a la pega nunca más' is a limit and no end.
_MAY_WRITE: Final = re.compile(
    r"(?<!no )(?<!nunca )\bme pueden? (?:seguir )?(?:escrib|mand|avis|contact)\w*"
    r"|\byou can (?:still )?(?:text|write|message) me\b"
)
# 'Perdón, me quedé sin saldo' speaks of the phone's.
_OUT_OF_CREDIT: Final = re.compile(
    r"\b(?:quede|quedamos|estaba|andaba|estoy|ando|estuve) sin (?:saldo|credito|datos)\b"
)
# 'No vaya a ser estafa': who suspects us is told who we are.
_SUSPECTS: Final = re.compile(
    r"\b(?:no vaya a ser|no sera|no seran|y si es|como se que no es|how do i know|is this)(?: \w+){0,3}"
    r" (?:estafa\w*|fraude\w*|enga\w+|scam\w*|fraud\w*)\b"
)
# 'Lo que sí puedo es darle 150 el 30' offers, and asks for no time.
_CAN_GIVE: Final = re.compile(
    r"\b(?:lo que si puedo (?:es )?(?:(?:le|les) )?(?:dar|pagar|abonar|depositar|mandar)(?:les?)?"
    r"|what i can (?:do|give|pay|send) is) \$? ?\d[\d.,]*(?: pesos)? (?:el|la|este|para|pal|on|by|this|next)\b"
)


def may_be_misheard(text: str) -> bool:
    plain = normalize(text)
    return any(words.search(plain) for words in (_MAY_WRITE, _OUT_OF_CREDIT, _SUSPECTS, _CAN_GIVE))


def is_out_of_credit(text: str) -> bool:
    return _OUT_OF_CREDIT.search(normalize(text)) is not None


def as_meant(whole: Wish, ranking: Mapping[str, float]) -> Wish:
    """`ranking` is the model's view of the whole text."""
    plain, asks = normalize(whole.text), "?" in whole.text
    match whole.intent:
        case "opt_out" if whole.confidence < LOUD and _MAY_WRITE.search(plain):
            return Wish("call_me_later", SURE, whole.text)
        case "complain" | "dispute_debt" if whole.confidence < LOUD and _SUSPECTS.search(plain):
            return Wish("ask_who_are_you", SURE, whole.text)
        case "ask_extension" if not asks and _CAN_GIVE.search(plain):
            return Wish(PROMISE, SURE, whole.text)
        case "ask_balance" if not asks and _OUT_OF_CREDIT.search(plain):
            second = max(set(ranking) - QUESTIONS, key=lambda each: ranking[each], default="")
            return Wish(second, SURE, whole.text) if second in WAYS_TO_PAY else whole
    return whole
