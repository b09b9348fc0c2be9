"""An answer to what was read back: a yes or a no with all that people put around it."""

import re
from typing import Final

from understanding.answers import yes_or_no
from understanding.normalize import normalize
from understanding.wish_words import DATUM

# What may stand around a yes or a no.
_FAREWELL: Final = re.compile(
    r"\b((muchas |mil )?gracias|hasta (luego|pronto|manana|el \w+)|adios|bye|nos vemos|buen[oa]s? (dias?|tardes?)"
    r"|buenas noches|que (tenga|este|pase) \w+ ?(dia|tarde|noche|bien)?|bendiciones|saludos|cuidese"
    r"|(y )?(que )?dios (se )?(lo|la|le|les|te) (bendiga|pague|multiplique)( por (la|su|tanta|tener) \w+)?"
    r"|si dios (me |nos |lo )*(quiere|permite|presta vida|da (vida|licencia|salud))"
    r"|primero dios|dios mediante|god willing"
    r"|thanks?( you)?|see you|take care|good ?night)\b"
    r"|(are (you|u|yall|ya) )?\b(happy|satisfied|better)( now)?\b\W*$"
    r"|\b(ya )?(content[oa]s?|feliz|felices)( ya| ahora)?\b\W*$"
)
_LEADING_YES: Final = re.compile(
    r"^\W*((ya|ah|bueno|ok|okay|pues|jaja|jeje|oki|ay|mmm|alright|cool|great|perfecto|well|oh)\W+)*(si|sip|sipi|simon|claro"
    r"|correcto|exacto|asi|va|vale|dale|sale|ok|oki|okay|listo|de acuerdo|(es)?ta bien|perfecto"
    r"|yes|yeah|yep|yup|sure|right|alright|all right|deal|perfect|great|cool|sounds good|that works)\b"
)
# 'Es que traigo un sueño... pero sí, correcto'.
_TRAILING_YES: Final = re.compile(
    r"\b(si|yes|yeah|yep)\W+(correcto|asi es|esta bien|de acuerdo|(lo )?confirm\w+|adelante|anote\w*|go ahead"
    r"|do it|thats (right|correct|fine)|correct|please|confirmed?)\W*$"
)
_DENIES: Final = re.compile(r"\b(no|not|nunca|ni|never|dont|didnt|cant|wont)\b")
_CONDITION: Final = re.compile(r"\b(pero|no|solo|nomas|but|only|aunque|si es que|siempre y cuando)\b")
# 'Yes, Monday instead of Saturday' is a yes where Monday was read back.
_INSTEAD: Final = re.compile(r"\b(mejor|instead|rather|en (vez|lugar) de)\b")
# 'Sí, saliendo del trabajo': a yes with its hour.
_AT_SOME_HOUR: Final = re.compile(
    r"^\W*(?:si|claro|ok|va|dale|yes|yeah|yep|sure)\W+(?:ya |mas o menos |como )?(?:saliendo|al salir|cuando salga"
    r"|en cuanto (?:salga|abran|llegue)|por la (?:manana|tarde|noche)|en la (?:manana|tarde|noche)|temprano|tempranito"
    r"|mas tarde|al rato|a (?:primera hora|mediodia)|after work|in the (?:morning|evening|afternoon)|first thing)"
    r"(?: \w+){0,4}\W*$"
)
# 'Perdón, me quedé sin saldo. Sí, los 500': why the answer comes late is no part of it.
_EXCUSE: Final = re.compile(r"^\W*(perdon\w*|disculp\w+|ay+|uy+|sorry|my bad)\b[^.!?;]*[.!?;]+\s+")
# Unless it brings something new: 'perdón, mejor 300. Sí'.
_NEWS: Final = re.compile(r"\b(mejor|pero|no|but|wrong|meant|es (el|la|para)|alcanz\w+|equivo\w+|cambi\w+)\b")


def plain_answer(text: str) -> bool | None:
    """As `yes_or_no`, also where a farewell or an excuse stands beside it."""
    plain = normalize(text)
    said = map(yes_or_no, (text, _FAREWELL.sub(" ", plain), without_excuse(plain)))
    return next((each for each in said if each is not None), None)


def without_excuse(plain: str) -> str:
    """A normalised text without why the answer comes late; whole where that brings something new."""
    excuse = _EXCUSE.match(plain)
    if excuse is None or _NEWS.search(excuse[0]) or DATUM.search(excuse[0]):
        return plain
    return plain[excuse.end() :]


def begins_with_yes(plain: str) -> bool:
    return _LEADING_YES.search(plain) is not None


def ends_with_yes(plain: str) -> bool:
    """And denies nothing before it."""
    return _TRAILING_YES.search(plain) is not None and _DENIES.search(plain) is None


def says_when(plain: str) -> bool:
    """A yes, and at what hour of that day."""
    return _AT_SOME_HOUR.search(plain) is not None


def is_conditional(plain: str) -> bool:
    return _CONDITION.search(plain) is not None


def is_instead(plain: str) -> bool:
    """Something is to stand in the place of something else."""
    return _INSTEAD.search(plain) is not None
