"""What kind of misfortune a borrower tells of: it decides whether there is an offer, and who answers."""

import re
from typing import Literal

from understanding.normalize import normalize

Kind = Literal["money", "vulnerable", "deceased"]

# The borrower died, and somebody else writes.
_DECEASED = re.compile(
    r"\b(el|la|mi|su) (titular|cliente|esposo|esposa|marido|senora|senor|mama|papa|madre|padre|hijo|hija"
    r"|hermano|hermana)\b"
    r".{0,40}\b(que (les )?debia|del (credito|prestamo)|era quien pagaba|(tenia|saco) el (credito|prestamo)"
    r"|ya (fallecio|murio))"
    r"|\b(la persona que buscan?|el titular|la titular|el cliente|la cliente|quien (saco|tenia) el (credito"
    r"|prestamo))\b"
    r".{0,20}\b(fallecio|murio|fallecido|fallecida|muerto|muerta)"
    # Said by somebody of the family, who speaks of the borrower as 'she' or 'he'.
    r"|\bsoy (el|la|su|un|una) (espos[oa]|marido|mujer|viud[oa]|hij[oa]|mama|papa|madre|padre|herman[oa]|niet[oa]"
    r"|sobrin[oa]|nuera|yerno|cunad[oa]|pareja|familiar)\b.{0,40}\b(ella|el|ya)? ?(se )?(fallecio|murio)\b"
    r"|\b(this is|i am|i m|im) (her|his|the) (husband|wife|son|daughter|mother|father|brother|sister|widow|widower)\b"
    r".{0,40}\b(she|he) (passed away|died|is dead|passed)\b"
    r"|\b(account holder|borrower|the person you).{0,40}\b(died|passed away|is dead|deceased)"
)
_VULNERABLE = re.compile(
    # Illness and accidents.
    r"\b(enferm\w*|hospital\w*|intern(ad|ar|o)\w*|operar\w*|operacion|operaron|cirugia|cancer|quimio\w*|dialisis"
    r"|tumor|diabetes|infarto|derrame|embolia|fractur\w*|accident\w*|terapia intensiva|clinica|diagnostic\w*|covid"
    r"|embarazo|aborto|imss|seguro social por|medicinas?|medicamentos?|depresion|ansiedad|panico"
    r"|sick|ill|illness|hospital|surgery|cancer|stroke|accident|injur\w*|disab\w*|diagnos\w*|chemo\w*)\b"
    # Bereavement.
    r"|\b(fallec\w*|muri[oe]\w*|se (me|nos) fue mi|luto|entierr?o|enterramos|funeral\w*|velorio|perdi a mi"
    r"|perdimos a|died|passed away|funeral|death in|lost my (mom|mum|dad|mother|father|wife|husband|son|daughter))\b"
    # Violence.
    r"|\b(golpe(a|o|an|aron|ado|ada)|violencia|secuestr\w*|extorsi\w*|amenaz\w*|abus(a|o|aron|ada)\b|derecho de piso"
    r"|baleat?\w*|balazo\w*|maltrat\w*|kidnap\w*|violence|beat(s|en|ing)? me|abus(e|ive|ed))\b"
)


def kind_of_hardship(text: str) -> Kind:
    """'vulnerable': illness, bereavement, violence. 'money': work, sales, theft, disaster, and what is not said."""
    plain = normalize(text)
    if _DECEASED.search(plain):
        return "deceased"
    return "vulnerable" if _VULNERABLE.search(plain) else "money"
