"""Second thoughts and the family behind them: taken back, asked at home first, or not to be told at home."""

import re
from typing import Final

from understanding.normalize import normalize
from understanding.somebody_else import RELATIVE

# Who has to ask at home first neither agrees nor is somebody else.
_CONSULTS: Final = re.compile(
    rf"\b(?:consult\w+|platic(?:o|ar\w*|amos)|habl(?:o|ar\w*|amos)|pregunt(?:o|ar\w*)|chec\w+|cheq\w+|comentar?\w*"
    rf"|dig[oa]|decirle|veo|ver)"
    rf"(?: \w+)? (?:con|a) (?:mi|my) {RELATIVE}\b|\b(?:ask|check with|talk to|speak (?:to|with)|run it by"
    rf"|consult) my {RELATIVE}\b"
    # 'Mi hijo es el que sabe de eso, ahorita no está'.
    rf"|\bmi {RELATIVE} es (?:el|la|quien) (?:que )?(?:me )?(?:sabe|ve|lleva|maneja|ayuda|entiende|se encarga)\b"
    rf"|\bmy {RELATIVE} (?:is the one who )?(?:handles|takes care of|deals with|knows about) (?:this|that|it|these)\b"
)
# 'Hablen con mi esposo, él ve eso': somebody else is to be written to, which only a person can see to.
_DEFERS: Final = re.compile(
    rf"\b(?:hablen|mejor hable|comuni[qc]\w+|pregunten?(?:le)?|arreglen?(?:se|lo)?|trat(?:en|e|enlo)|talk|speak"
    rf"|deal) (?:\w+ )?(?:con|a|to|with)"
    rf" (?:mi|my) {RELATIVE}\b|\b(?:mand|envi|escrib)\w+ (?:\w+ ){{0,3}}a mi {RELATIVE}\b"
)
# The debt is to stay between us: 'mi esposo no sabe', 'will you call my job'.
_PRIVATE: Final = re.compile(
    rf"\b(?:le|les) (?:van a|vayan a|vaya a|va a|iran a) (?:decir|contar|avisar|hablar|llamar)\w*\b"
    rf"|\bno (?:le|les) (?:digan?|cuenten?|avisen?|vayan a (?:decir|contar|avisar))\b|\bmi {RELATIVE} no (?:sabe"
    rf"|debe (?:saber"
    rf"|enterarse)|se (?:vaya a enterar|entere))\b|\b(?:que )?nadie (?:mas )?(?:se entere|lo sepa)\b"
    rf"|\b(?:will|would|are|can|do) (?:you|they|u) (?:all )?(?:gonna |going to )?(?:call|tell|contact|notify"
    rf"|text) my\b"
    rf"|\b(?:dont|do not|please dont) (?:tell|call|contact) my\b|\bmy {RELATIVE} (?:doesnt|does not|cant"
    rf"|must not) (?:know|find out)\b"
)
# What was just noted is not wanted any more: 'mejor cancélelo', 'actually cancel that'.
_TAKES_BACK: Final = re.compile(
    r"\b(?:cancel|borr|elimin|anul|quit|desapunt|desanot)(?:e|a|en|ar)?(?:me|nme)?l[oae]s?\b"
    r"|\b(?:cancel|borr|anul|quit)(?:e|a|en) (?:eso|esto|todo|lo (?:que|de))\b"
    r"|\b(?:cancel|delete|undo|erase|remove|scratch) (?:that|it|this)\b|\bsiempre no\b|\bya no lo (?:anote"
    r"|apunte|ponga)\b"
    r"|\bno (?:lo|la|me) (?:anote|apunte|ponga|registre)\b|\bno (?:anote|apunte|ponga|registre|anoten|apunten) nada\b"
    r"|\b(?:dont|do not) (?:put|write|note|mark|record|save|book) (?:anything|that|it|me|nothing)\b"
)
# Who does not know yet is waited for.
_UNSURE: Final = re.compile(
    r"\b(no (lo |le )?se|dej\w+ (que )?(lo |la |le )?(consult|pregunt|habl|platic)\w+"
    r"|tengo que (ver|checar|consultar|preguntar"
    r"|hablarlo|pensar)"
    r"|(esper\w+|aguant\w+|dame|deme|permita\w*) (un|1|una|unos?|tantito)? ?(segund|moment|minut|rat|tantit)\w*"
    r"|(hold on( a)?|one|just a|give me a) (sec|second|moment|minute)\b"
    r"|let me (ask|talk)|i (have|need) to (ask|check|think)|(todavia|aun) no se|quien sabe|depende"
    r"|no estoy segur[oa]|ya vere|ya veo|dej\w+ (ver|checar"
    r"|pensar)|(luego|despues|al rato|mas tarde|mas noche|en la noche|por la noche"
    r"|en la tarde) (yo )?(le|les|te)"
    r" (digo|aviso|confirmo)|not sure|don ?t know|let me (see|check|think)|i ll let you know)\b"
)
_TELLS_LATER: Final = re.compile(
    r"\b(?:manana|pasado|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)) (?:yo )?(?:ya )?(?:le|les|te)"
    r" (?:digo|aviso|confirmo)\b(?! que)|^\W*(?:\w+\W+)?(?:le|les|te) (?:digo|aviso|confirmo) (?:manana|el \w+)\W*$"
    r"|\bill (?:let you know|tell you|confirm) (?:tomorrow|on \w+)\b"
)


def takes_back(text: str) -> bool:
    """Said after something was noted: it is to be undone."""
    return bool(_TAKES_BACK.search(normalize(text)))


def consults_family(text: str) -> bool:
    """'Deje lo consulto con mi esposo'."""
    return bool(_CONSULTS.search(normalize(text)))


def defers_to_family(text: str) -> bool:
    return bool(_DEFERS.search(normalize(text)))


def wants_privacy(text: str) -> bool:
    """Nobody else may hear of it."""
    return bool(_PRIVATE.search(normalize(text)))


def is_unsure(text: str) -> bool:
    """Must think, ask or count first: 'deje lo platico y en la noche le digo', 'hold on a sec'."""
    return _UNSURE.search(normalize(text)) is not None or tells_later(text)


def tells_later(text: str) -> bool:
    """'Mañana le confirmo'."""
    return _TELLS_LATER.search(normalize(text)) is not None
