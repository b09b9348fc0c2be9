"""What is said in passing: read past, or read as what it stands for, before amounts and days are looked for."""

import re
from typing import Final

from understanding.normalize import normalize
from understanding.numbers import write_digits
from understanding.tense import finishing

# A long voice note written out has about this many characters; longer texts are pasted.
_LONG: Final = 600
_OFFER_SIGN: Final = re.compile(
    r"\d|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|quincena|mes|semana|mil|cien\w*"
    r"|\w+cient[oa]s|quinientos|mitad|todo|total|cuota|letra|resto|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|today|tomorrow|week|month|half|hundred|thousand|rest|full|installment|everything|enero|febrero|marzo"
    r"|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)
# '500, no miento, 450'.
_MISTOLD: Final = re.compile(r",? ?\b(?:(?:no,? )?miento|no,? (?:a ver|vale|chamo|pana))\b,?(?= )")
# Words that neither tell a story nor name an amount: 'déjelo el viernes como estaba', 'le pago completo lo vencido'.
_AS_IT_WAS: Final = re.compile(
    r"\b(?:asi |tal )?como (?:estaba|estabamos|iba|siempre (?:lo )?(?:he|hemos) \w+[ia]do)\b|\bas it was\b"
    r"|\b(?:(?:as |like )?i was saying|(?:como |lo que )?(?:le|les) (?:decia|comentaba|estaba diciendo))(?: que)?\b"
    # 'En dos, 210 mañana y 245 el lunes' counts the payments that follow.
    r"|\b(?:en|in) (?:dos|tres|cuatro|two|three|[2-4]) ?(?=[,:;])"
    # 'My phone died all weekend' says how long.
    r"|\b(?:all|the whole|todo el|todito el) (?:weekend|day|fin(?: de semana)?|finde|dia)\b"
    r"|\bque dia es hoy\W*(?:(?:ah?|oh|es|hoy|ya)\b\W*)*(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b)?"
    r"|\b(?:complet|enter|enterit)[oa] (?=(?:lo|la|el) (?:vencid|atrasad|cuota|letra|mensualidad|pago|abono))"
)
# 'Cumplo 50 el sábado' tells an age and a feast.
_BIRTHDAY: Final = re.compile(
    r"\b(?:cumpl(?:o|i|ire)|(?:im |i )?turn(?:s|ing)?) (?:los )?[1-9]\d(?: anos)?(?! ?(?:pesos|mil\b|[.,]?\d))"
    r"(?: (?:el|este|on|this)? ?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|today|tomorrow|(?:the )?\d\d?(?: (?:st|nd|rd|th))?))?\b"
)
# 'Mañana no, pasado', 'mejor pasado': the day after tomorrow, said short.
_DAY_AFTER: Final = re.compile(
    r"(?:(?<=manana no, )|(?<=manana no )|(?<=mejor )|(?<=sino )|(?<=hasta )|(?<=para ))pasado\b"
    r"(?= ?(?:$|[,.;!?]|si\b|le\b|les\b|te\b|mejor\b|sin falta\b))"
)
# 'Can't stop by before Saturday, gonna drop 430 then': on Saturday.
_NOT_BEFORE: Final = re.compile(
    r"\b(?:i |we |yo )?(?:cant|can not|cannot|wont be able to|no (?:puedo|podre|podria|alcanzo|voy a poder))"
    r"\b[^.,;?]{0,24} (?:before|antes del?)"
    r"(?= [^,;.?]{1,24}[,;.].*\b(?:le|les|te|ill|gonna|pago|doy|deposito|drop|pay|give|send|can|bring)\b)"
)


def without_asides(text: str) -> str:
    """The normalised text with its numbers as digits, ready to be read."""
    plain = finishing(_DAY_AFTER.sub("pasado manana", _MISTOLD.sub(" no, mejor", _telling(normalize(text)))))
    return _BIRTHDAY.sub("", write_digits(_NOT_BEFORE.sub("on", _AS_IT_WAS.sub("", plain))))


def _telling(plain: str) -> str:
    """Of a very long text only the sentences that can hold an offer, so that reading stays quick."""
    if len(plain) <= _LONG:
        return plain
    sentences = re.split(r"(?<=[.;!?]) |(?<=,) ", plain)
    return " ".join(sentence for sentence in sentences if _OFFER_SIGN.search(sentence))[:_LONG]
