"""Violence against the people who write or collect: announced, whether meant or not, a person has to know."""

import re
from typing import Final

from understanding.normalize import normalize

_GOING: Final = r"\b(?:voy|vamos|ire|iremos|voi|vo|vendre|quiero|pienso)(?: a)?(?: (?:ir|llegar|pasar|caer|venir) a)?"
# Stems, so that 'quemarles', 'kemar' and 'balacearlos' are one; 'les voy a quemar' has its object in front.
_HURT: Final = (
    r"(?:mat|(?:qu?|k)em|incendi|balac|madr(?!ug|in)|apedr|rafagu?|golp|revent|quebr|plom|desapare[cs]|acuchill"
    r"|apu[nñ]al"
    r"|masacr|linch|tortur|destro[zs]|explot)"
)
_THEM: Final = (
    r"(?:oficinas?|sucursal\w*|negocio|local|gestor\w*|cobrador\w*|gerente|jefe|ustedes|emplead\w+|trabajador\w*"
    r"|carros?"
    r"|motos?|(?:a )?tod[oa]s|alguien|licenciad[oa]|senorita|muchach[oa]s?)"
)
_YOU: Final = r"(?:you|u|ya|your|ur|the (?:office|place|branch|building|store)|all of (?:you|them)|them)"
_INTEND: Final = r"\b(?:i|we|im|ima|imma)(?: will| ll| m| am| are| re|m)?(?: (?:going to|gonna|gon|go))?"

_THREAT: Final = re.compile(
    rf"{_GOING} {_HURT}(?:e|i)?a?r?(?:les?|los|las|te|se)\b"
    rf"|{_GOING} {_HURT}\w* (?:a )?(?:(?!mis?\b)\w+ ){{0,2}}{_THEM}\b"
    rf"|\b(?:los|las|lo|la|te|les|le) (?:voy|vamos|van|vo|voi) a {_HURT}\w*"
    r"|\b(?:los|las|te|les|le) (?:voy|vamos|van) a (?:romper|partir|volar|dar (?:en|de) (?:la madre|balazos"
    r"|plomazos)|buscar y"
    r"|prender fuego|poner una bomba|ajustar cuentas|meter (?:un |unos )?(?:balazo|plomazo|tiro|cuchill)\w*)"
    rf"|{_GOING} (?:romp|part|rompi)\w*(?:le|les|te)\b(?: tod[oa])? (?:la (?:madre|cara|jeta|cabeza)|las (?:piernas"
    rf"|patas)|el (?:hocico|alma)"
    rf"|los (?:dientes|huesos)|su)"
    r"|\b(?:poner|pongo|ponerles|ponerle)(?: una)? bomba\b"
    r"|\b(?:recib|agarr|corr|sac|ech|baj)\w+ a (?:puros? |puras? )?(?:machetazos?|balazos?|plomazos?|tiros|golpes"
    r"|palos"
    r"|pedradas|patadas|cuchilladas|chingadazos|madrazos)\b"
    r"|\b(?:se|sabemos|ya se) (?:en )?donde (?:viven|trabajan|vives|trabajas|estan|estas|vive tu|esta tu"
    r"|los encuentro)\b"
    r"|\b(?:se van|te vas) a (?:morir|arrepentir)\b|\bvan a amanecer muertos"
    rf"|{_INTEND} (?:(?:come|go|show up|walk in)(?: there)? (?:and |to )?)?(?:kill|hurt|burn|beat|stab|smash|torch"
    rf"|blow up|shoot(?: up)?)"
    rf" (?:down )?{_YOU}\b(?! (?:the|a|some|my|money)\b)"
    rf"|{_INTEND} (?:\w+ ){{0,8}}(?:break|smash|cut|slit|snap|crack) (?:your|ur|their|his|her)"
    r" (?:legs?|face|neck|knees?|arms?|heads?|throats?|teeth|bones)\b"
    rf"|\b(?:i|we|im|ima)(?: ?ll| will| am| m)?(?: (?:going to|gonna))? find (?:(?:out )?where )?(?:you|u)\b"
    r"|\b(?:i|we) know where (?:you|u) (?:live|work|are)\b|\b(?:burn|blow up|shoot up) (?:your|ur|the) (?:office"
    r"|branch|place)\b"
)


def threatens(text: str) -> bool:
    return bool(_THREAT.search(normalize(text)))
