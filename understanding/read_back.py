"""An answer to what was read back: a yes or a no with all that people put around it."""

import re
from typing import Final

from understanding.answers import yes_or_no
from understanding.normalize import normalize
from understanding.paying import DATUM

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
    r"^\W*((ya|ah|bueno|ok|okay|pues|(?:ja|je){2,}\w*|haha\w*|lol|ntp|tranqui\w*|(?:no )?(?:te|se) preocup\w+"
    r"|oki|ay|asu|uy|mmm"
    r"|alright|cool|great|perfecto|well|oh|ta|entonces|listo)\W+)*(si|se|eso (?:es|mero|mismo)|asi es|tal cual"
    r"|correctito|cabal"
    r"|exactamente|sip|sipi|ey|ei|eit|simon|simona|sisas|claro"
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
# 'Sí, ahí no le fallo' denies nothing of it.
_PLEDGE: Final = re.compile(
    r"\b(?:yo |ahi |esta vez |aqui |ya |ahora si |esta )*(?:no|nunca) (?:le |les |lo |la |los |las |te |me |se "
    r"|hay |va a |voy a "
    r"|vuelvo a |vuelve a |ill )*(?:fall\w+|qued\w+ mal|olvid\w+|preocup\w+|problema|falla|bronca|pedo|pierde?|apur\w+"
    r"|escap\w+|pas[ae]r?|repet\w+|corr\w+|hago (?:el )?(?:loco|pato)|dejo (?:plantad\w|colgad\w|abajo|morir))\b"
    r"|\b(?:i )?(?:wont|will not|not gonna|not going to|dont|never) (?:\w+ )?(?:let \w+ down|forget|miss|worry"
    r"|flake|bail|fail)\b"
    r"|\bno (?:worries|problem|sweat|stress|doubt|more excuses|mas excusas|cap|biggie)\b"
)
# 'Sí, aunque me lleve el diablo' makes it firmer; 'aunque sea 100' changes it.
_COME_WHAT_MAY: Final = re.compile(
    r"\b(?:aunque|even if)\b(?! (?:sea|nomas|solo|a lo mejor|creo|no|its|it is|only|just)\b)"
)
# 'Sí, cuando me paguen' is none yet.
_HEDGE: Final = re.compile(
    r"\b(?:cuando|en cuanto|si (?:me|nos|se|les?) (?:pag|dep|cae|caen|alcanz|dan|dej|pued|vend|arm|hac|lleg|d)\w*"
    r"|si (?:puedo|consigo|logro|tengo|alcanzo|junto|vendo|cobro|es que|llega|cae|hay)|ojala|a ver|a lo mejor"
    r"|creo|tal vez"
    r"|quizas?|depende|espero que|mas o menos|if (?:i|they|he|she|my|the|we|all|it|nothing|you)|when|once"
    r"|unless|hopefully"
    r"|maybe|i (?:think|guess|hope)|probably|depends)\b"
)
# 'Sí, y que me parta un rayo si le quedo mal': what comes after the first sign is a word in passing.
_FIRST: Final = re.compile(r"^(?P<first>[^,.;:!\n\U0001f300-\U0001faff]+)[,.;:!\n\U0001f300-\U0001faff]")
# 'Cheque leque, así quedamos': a saying of the region before it.
_LAST: Final = re.compile(r"^(?P<before>.+)[,.;:!\n]+(?P<last>[^,.;:!\n]+?)[.! ]*$", re.DOTALL)
_FEW: Final = 3
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
_SEAL: Final = re.compile(
    r"eso|asi|es|correcto|exacto|confirmad[oa]|confirmo|acuerdo|confirmed|correct|right|deal|agreed"
    r"|si|sip|simon|yes|yep|yeah|ok|dale"
)
_LITTLE: Final = re.compile(
    r"el|la|l[oa]s|lo|del?|para?|pa|por|[ay]|on|the|for|at|this|son|serian|pesos|dia|mismo|mero"
)
_ON_CONDITION: Final = re.compile(
    r"^\W*(?:a ver |depende |creo que |tengo que \w+ )?si "
    r"(?:(?:me|nos|se|le|les) (?:pag|dep|cae|dan|lleg|junt)\w*|puedo|vendo|junto|alcanzo|cobro|logro|consigo|hay"
    r"|llega|cae)\b"
)
_FIRM: Final = re.compile(
    r"\b(?:si|sip|simon|eso|asi|yes|yeah|yep|yup|sure|claro|correcto|exacto|confirm\w+|de acuerdo|acepto|acepta"
    r"|segur[oa]|anot\w+|apunt\w+|hecho|trato|right|correct|agreed|deal|note it|put it down)\b"
)


def is_hedged(plain: str) -> bool:
    """'Sí... creo', 'cuando me paguen'."""
    return _HEDGE.search(plain) is not None


def is_firm(text: str) -> bool:
    """'Sí, confirmo'; an 'ok' or 'bueno' alone may only end the talk."""
    return _FIRM.search(normalize(text)) is not None


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


def names_it_again(plain: str) -> bool:
    """'Eso, el 30, confirmado': a word that seals, an amount or a day, and nothing else."""
    words = [word for word in re.findall(r"[a-z]+", DATUM.sub(" ", plain)) if not _LITTLE.fullmatch(word)]
    return bool(words) and all(map(_SEAL.fullmatch, words))


def is_on_condition(plain: str) -> bool:
    """'Si me pagan el viernes': without its accent a yes looks the same, so it is asked once more."""
    return _ON_CONDITION.search(plain) is not None


def begins_with_yes(plain: str) -> bool:
    return _LEADING_YES.search(plain) is not None


def ends_with_yes(plain: str) -> bool:
    """And denies nothing before it."""
    return _TRAILING_YES.search(plain) is not None and _DENIES.search(plain) is None


def seals(text: str) -> bool:
    """A whole yes, first or last, and beside it words in passing that ask, change and deny nothing."""
    if "?" in text:
        return False
    first, last = _FIRST.match(text.strip()), _LAST.search(text.strip())
    if first is not None and yes_or_no(first["first"]) is True:
        return _is_in_passing(normalize(text)[len(normalize(first["first"])) :])
    if last is None or yes_or_no(last["last"]) is not True or len(last["before"].split()) > _FEW:
        return False
    return _is_in_passing(normalize(last["before"]))


def _is_in_passing(aside: str) -> bool:
    firm = _COME_WHAT_MAY.sub(" ", _PLEDGE.sub(" ", aside))
    return not any(each.search(firm) for each in (_CONDITION, _INSTEAD, _HEDGE, DATUM))


def says_when(plain: str) -> bool:
    """A yes, and at what hour of that day."""
    return _AT_SOME_HOUR.search(plain) is not None


def is_conditional(plain: str) -> bool:
    return _CONDITION.search(plain) is not None


def is_instead(plain: str) -> bool:
    """Something is to stand in the place of something else."""
    return _INSTEAD.search(plain) is not None
