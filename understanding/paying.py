"""What words alone show of paying: an offer with its money and day, or a question about the loan."""

import re
from typing import Final

from understanding.normalize import normalize
from understanding.tense import speaks_ahead, tells_payment_made

# Where an amount or a date is asked, a clause with one of these may answer.
DATUM: Final = re.compile(
    r"\d|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|quincena|mil|cien\w*|\w+cient[oa]s"
    r"|mitad|todo"
    r"|enero|febrero|marzo|abril|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|cuota|resto|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|half|hundred)\b"
)

_HOW_MUCH: Final = re.compile(
    r"\b(?:[ck]uanto|how much)\b(?: \w+){0,5}? (?:debo|deberia|debemos|rest[ao]n?|faltan?|quedan?|adeudo|owe|left)\b"
)
_WHERE: Final = re.compile(
    r"\b(?:a ?donde|donde|where|en que (?:lugar|tienda|banco|parte|sitio|negocio)\w*)\b"
    r"(?: \w+){0,5}? (?:pag(?:o|a|an|ar\w*)|deposit(?:o|a|ar)|abon(?:o|a|ar)|pay|deposit)\b"
)
_WANTS_TO_PAY: Final = re.compile(
    r"\b(?:quiero|quisiera|voy a|want(?: to)?|wanna|would like to|like to|gonna) (?:make|do|give|send|pay|hacer|dar"
    r"|pagar|abonar|depositar|mandar)"
    r"(?: (?:un|una|one|a|de|of|the|pago|abono|deposito|payment|deposit|solo|only|just|nomas)){0,5}"
    r" \$? ?\d{2,}"
)
# 'Quiero liquidar el saldo: la mitad mañana y la otra mitad el martes'.
_PAYS_OFF: Final = re.compile(
    r"\b(?:quiero|quisiera|voy a|vamos a|puedo|pienso|want to|wanna|going to|gonna)"
    r" (?:liquid|sald|cancel|pag|cubr|finiquit|pay|settle|clear)\w*\b(?! (?:cuanto|how much))"
)
# 'Apúnteme 600 y esos sí son seguros'.
_NOTED: Final = re.compile(
    r"\b(?:anot|apunt)(?:e|a|en)(?:me|nme|melos|le|nos)? (?:\w+ )?\$? ?\d{2,}|\b(?:put"
    r"|mark) me (?:down )?(?:for|with) \$? ?\d{2,}"
)
_WHEN: Final = re.compile(
    r"\bcuando (?:se |me |nos )?(?:vence|toca|corresponde|es mi (?:pago|cuota|letra|fecha))\b"
    r"|\bwhen(?:s| is| s)? (?:my|the) (?:next )?(?:payment|installment|due date)\b|\bwhen am i due\b"
)
_PAID_SO_FAR: Final = re.compile(
    r"\b(?:lista|historial|relacion|detalle|resumen|list|history|record) (?:de|of) (?:(?:lo que|todo lo que|mis|los|my"
    r"|what|the) )*(?:(?:he|ya|llevo|ive|i|have) )*(?:ido )?(?:pag\w+|abon\w+|deposit\w+|paid|payments?)\b"
)
# 'Cuánto debo? quiero dejar todo pagado antes de irme' may be a farewell.
_FAREWELL: Final = re.compile(r"\b(?:antes de|dejar (?:todo|en orden|pagado|arreglado)|before i)\b")
_PAYS: Final = re.compile(
    r"\b(?:pag|abon|deposit|liquid|cancel|sald|cubr|transf|consign|yape|pline)\w+"
    r"|\b(?:les?|se los?|te) (?:doy|llevo|mando|pongo|paso|tengo|junto|dejo|caigo|envio|entrego|giro)\b"
    r"|\b(?:pay|paying|sending|ill send|drop(?:ping)?)\b"
)
_MONEY: Final = re.compile(
    r"(?<![\d:/])\d{2,}(?![\d:/]| ?(?:am|pm|hrs?|horas|dias|days|semanas|weeks)\b)"
    r"|\b(?:mil|cien\w*|\w+cient[oa]s|quinient[oa]s|(?:vei|trei|cuare|cincue|sese|sete|oche|nove)nta|hundred|thousand)\b"
)
_DAY: Final = re.compile(
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|quincena|fin de mes|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|today|tomorrow|payday)\b"
    r"|\b\d{1,2} (?:de )?(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
)


def offers_to_pay(text: str) -> bool:
    """'Vendí mi torito y quiero cancelar mi deuda de una vez, todo'."""
    plain = normalize(text)
    ahead = speaks_ahead(plain) and DATUM.search(plain) is not None and _PAYS.search(plain) is not None
    noted = _NOTED.search(plain) is not None and not tells_payment_made(text)
    return (ahead or noted) and _FAREWELL.search(plain) is None


def wants_to_pay(text: str) -> bool:
    """'Quiero hacer un pago de 400', 'I want make one payment of 400': so much, and no word of a day."""
    return _WANTS_TO_PAY.search(normalize(text)) is not None


def means_to_pay_off(text: str) -> bool:
    """Names the balance as what will be paid, and asks nothing about it."""
    return _PAYS_OFF.search(normalize(text)) is not None


def asks_of_paying(text: str) -> str | None:
    """'Quisiera saber cuánto me resta', 'adónde es que lo voy a pagar', 'cuándo se vence': which question it is."""
    plain = normalize(text)
    if _FAREWELL.search(plain):
        return None
    if _HOW_MUCH.search(plain):
        return "ask_balance"
    if _WHERE.search(plain):
        return "ask_payment_methods"
    if _PAID_SO_FAR.search(plain):
        return "ask_payment_history"
    return "ask_next_payment" if _WHEN.search(plain) else None


def shown(text: str) -> str | None:
    """What its words show of paying, where the model has nothing to say."""
    return "promise_to_pay" if offers_to_pay(text) else asks_of_paying(text)


def names_money_and_day(text: str) -> bool:
    """A number that is no time of day, and a day by its name."""
    plain = normalize(text)
    return _MONEY.search(plain) is not None and _DAY.search(plain) is not None
