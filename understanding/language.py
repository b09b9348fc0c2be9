"""Which language somebody asks to be written to in, from the words that name one."""

import re
from typing import Final

from understanding.normalize import normalize

_LANGUAGES: Final = {"en": r"\b(ingles|english)\b", "es": r"\b(espanol|castellano|spanish)\b"}
_OTHER: Final = re.compile(
    r"\b(nahuatl|mexicano|zapoteco|mixteco|maya|otomi|tzotzil|tzeltal|totonac\w*|mazatec\w*|mixe|purepech\w*|huichol"
    r"|raramuri|tarahumara|quechua|aymara|guarani|quiche|kaqchikel|frances|portugues|chino|french|portuguese|chinese"
    r"|lengua|dialecto|idioma indigena)\b"
)
# Said before the name of a language: not that one.
_UNWILLING: Final = (
    r"no (hablo|habla\w*|le entiendo|entiendo|entiende\w*|se|leo|lee|domino|manejo"
    r"|le (hago|se|hallo|entro|pego|jalo|capto|agarro)|me (sale|se|da)|doy una)|(hablo|entiendo|leo) (muy )?poco"
    r"|(don ?t|do not|can ?t|cannot|barely|hardly)( really| even| quite| actually)?"
    r" (speak|understand|read|write)|(not good|bad|terrible) (at|with)"
    r"|my( written| spoken| broken)?|mi|batallo con|me cuesta|little|poco"
)
# 'El inglés no le entiendo bien.'
_NOT_UNDERSTOOD: Final = re.compile(
    r"^\w+ (?:casi |la verdad |yo |pues )*(?:no|ni|isnt|is not) (?:\w+ ){0,3}"
    r"(?:entiend\w+|habl\w+|se|leo|lo se|hago|sale|good|great|(?:es |se )?me da)\b"
    r"|^\w+ (?:is bad|is not|isnt|es mal[oa]|se me dificulta|me cuesta)"
)
# 'Me llegan en inglés', 'why do you write me in Spanish': as it is, and should not be.
_AS_IT_IS: Final = (
    r"(?:\b(?:esta|estan|viene|vienen|sale|salen|salio|llega|llegan|llego|llegaron|mandaron|aparece|is|are|its|it s"
    r"|comes?|came|coming)(?: (?:me|todo|todos|puro|all|only|just|out|aqui|here))*"
    r"|\b(?:por ?que|porque|pq|why|how come)\b[^?.,;]*) (?:en|in) $"
)
_HARDLY: Final = r" *(muy bien |bien |mucho |much |well |good )?(el |la |in |en |with |al |con el )?"


def wanted_language(text: str) -> str | None:
    """The last one that is asked for; where one is only refused ('my Spanish is bad'), the other."""
    plain = normalize(text)
    named = sorted((found.start(), name) for name, each in _LANGUAGES.items() for found in re.finditer(each, plain))
    if not named:
        return None
    wanted = [
        (at, name)
        for at, name in named
        if not re.search(rf"\b({_UNWILLING}|no){_HARDLY}$|{_AS_IT_IS}", plain[:at])
        and not _NOT_UNDERSTOOD.search(plain[at:])
    ]
    if not wanted:
        return {"en": "es", "es": "en"}[named[-1][1]]
    in_it = [name for at, name in wanted if re.search(r"\b(en|in|to|al|do|speak|talk|use) $", plain[:at])]
    return (in_it or [name for _, name in wanted])[-1]


def speaks_neither(text: str) -> bool:
    """'¿Hablan náhuatl? Casi no entiendo el español', '... el castellano me cuesta' ask for no English."""
    plain, ours = normalize(text), rf"({_LANGUAGES['es']}|{_LANGUAGES['en']})"
    named = [found.start() for found in re.finditer(ours, plain)]
    before = re.search(rf"\b({_UNWILLING}){_HARDLY}{ours}", plain) is not None
    return before or any(_NOT_UNDERSTOOD.search(plain[at:]) for at in named)


def names_other_language(text: str) -> bool:
    """Náhuatl, quechua, français: one that we don't write."""
    return _OTHER.search(normalize(text)) is not None
