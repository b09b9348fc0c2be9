"""Words of suicide, self-harm and violence. Near total recall matters most; a wrong alarm costs a call by a person."""

import re
from pathlib import Path
from typing import Final

from understanding.grammar import Grammar
from understanding.hardship import tells_escape
from understanding.normalize import normalize

_GRAMMAR: Final = Grammar(Path(__file__).with_suffix(".txt"))
# What only sounds like it: 'me muero de la risa'; what is beside the point: names, bereavement.
_IDIOMS: Final = _GRAMMAR.rules("idioms")
_BESIDE: Final = _GRAMMAR.rules("idioms", "asides")
_CERTAIN: Final = _GRAMMAR.rules("self", "signs", "cries", "others")
# 'No puedo más' is anguish, and 'no puedo más con la cuota' is not.
_UNLESS_ABOUT_MONEY: Final = _GRAMMAR.rules("weary")
_ABOUT_MONEY: Final = _GRAMMAR.rules("money")
_LAUGHS: Final = re.compile(r"\b(?:j[aei]{1,2}(?:j[aei]+)+j?|(?:haha|jeje|lma+o)\w*|lol|xd)\b")
_LAUGHING: Final = re.compile("[\U0001f602\U0001f923\U0001f480]")
# 'Im dead 💀' is how the young laugh.
_SKULL: Final = re.compile(
    "[\U0001f480\U0001f602\U0001f923]\\W*(?:i'?m|i am) dead\\b(?! inside)|"
    "(?:^|[.,!?] *)dead *[\U0001f480\U0001f602\U0001f923]|"
    "\\b(?:(?:i'?m|i am)(?: (?!better|as|already|good|half|n?ot)\\w+){0,2} dead|me mor[ií]|estoy muert[oa])"
    "\\b(?! por dentro)"
    "[^\\w.!?]*[\U0001f480\U0001f602\U0001f923]",
    re.IGNORECASE,
)
_IN_EARNEST: Final = re.compile(
    r"\b(?:en ?serio|enserio|de verdad|neta|no es (?:broma|chiste|juego)|sin broma"
    r"|not (?:\w+ )?(?:lol|funny|joking|jokin|kidding)|for real|seriously)\b"
)
# Who says it outright is not joking, whatever laugh stands beside it.
_OUTRIGHT: Final = re.compile(
    r"\b[kq]u?ier[oae]\w* (?:ya )?(?:morir\w*|desaparecer|dejar de (?:vivir|existir))\b"
    r"|\bno [kq]u?ier[oa] (?:ya )?(?:vivir|seguir|estar|despertar)\b|\b(?:pens\w+|ganas|idea|plan\w*) (?:en|de) \w+"
    r"|\bbetter off dead\b|\bsuicid\w*|\b(?:matar|ahorcar|colgar|envenenar)me\b|\bquitarme la vida\b"
    r"|\b(?:want|wanna|going|gonna|wish|thinking)\b.{0,16}\b(?:die|dead|kill\w* myself|end\w* (?:it|my|things))\b"
)
_BUSINESS: Final = re.compile(
    r"\b(?:app|aplicacion|menus?|pagina|cajero|oxxo|transf\w+|junt\w+|link|recibo|saldo|balance|fecha|plazo"
    r"|sucursal|owe|due)\b"
)
_SENTENCE: Final = re.compile(r"[.!?\n]+")


def is_distress(text: str) -> bool:
    """True when the words speak of ending one's life, hurting oneself, or violence at home; idioms are set aside, and
    what is told as long past, left behind and over."""
    return _is_heard(text) and not _is_joke(text) and not tells_escape(text)


def _is_heard(text: str) -> bool:
    text = _SKULL.sub(" ", text)
    said = _BESIDE.without(_GRAMMAR.read(text))
    return _CERTAIN.found(said) or (_UNLESS_ABOUT_MONEY.found(said) and not _ABOUT_MONEY.found(said))


def _is_joke(text: str) -> bool:
    """'Me tiro por un puente con esa página jajaja, ¿no hay Nequi?': laughed at in the same sentence, and on business.

    Of 2,251 phrases of anguish seven laugh: six take it back ('no es broma'), one laughs in another sentence.
    """
    plain = normalize(_LAUGHING.sub(" jaja ", text))
    if not _LAUGHS.search(plain) or _IN_EARNEST.search(plain) or _OUTRIGHT.search(plain):
        return False
    alarming = [each for each in _SENTENCE.split(plain) if _is_heard(each)]
    on_business = _BUSINESS.search(plain) or _ABOUT_MONEY.found(_GRAMMAR.read(text))
    return bool(alarming and on_business) and all(_LAUGHS.search(each) for each in alarming)


def has_idiom(text: str) -> bool:
    """Some of the words speak of dying or killing and mean none of it."""
    return _IDIOMS.found(_GRAMMAR.read(text)) or _SKULL.search(text) is not None or _is_joke(text)
