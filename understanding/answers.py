"""Yes or no to a pending confirmation. Only a whole answer counts; whatever else is said makes it neither."""

import re
from typing import Final

from understanding.emoji import emoji_yes_or_no, is_emoji_only
from understanding.normalize import normalize
from understanding.numbers import write_digits

_FILLERS: Final = (
    r"pues|bueno|buenas|buenos|dias|tardes|noches|hola|oiga|mire|senorita|senor|senora|joven|amigo|amiga|don|dona"
    r"|jefe"
    r"|jefa|mi|por|favor|porfa|porfavor|gracias|muchas|mil|ok|please|thanks|thank|you|so|very|much|well|sir|maam"
    r"|maestro|pe|pues|ps|pos|we|wey|guey|bro|causa|parce|man|ya|eh|ah|oh|uy|jaja|jeje|jajaja|haha|lol|yo|le|entonces"
    r"|tambien|a|la|lic|licenciado|seno|miss|mijo|hombre|oye|compa|carnal|patron|reina|de|antemano|tq|tqm|hoy|alright|jeje"
    r"|chamo|chama|mae|maje|nano|nana|nanita|vecina?|donita|mami|papi|papa|mama|corazon|rey|amor|vida|boss|mate|dude|bruh"
    r"|fam|dear|madam|my friend|mi gente|veci|reinita|amorcito|robot|robotit[oa]|bot|nomasito|jiji|mm|mmm|mhm|y"
    r"|disculpas?|disculpen?|perdones"
    r"|otra vez|las molestias|apologies|bendiciones|saludos"
)
_YES_PHRASES: Final = (
    r"si|s|ey|ei|sip|sipi|sep|se|sipo|sips|sisi|sii|siii|simon|aja|quedamos en eso|asi quedo|si mero|oki doki"
    r"|simona|sisas|sale|sales"
    r"|va|vale|vaa|dale|de acuerdo|deacuerdo"
    r"|d acuerdo|claro|clarin|claro que si|por supuesto|desde luego|correcto|correctisimo|es correcto"
    r"|esta (?:bien|correcto|perfecto|muy bien|ok)|todo bien|todo correcto|tabien|ta bien|ta bueno"
    r"|(?:ponlo|ponle|anotalo|anotelo|apuntalo|apuntelo|dejalo|dejelo) asi|tal cual|correctito|asi (?:es|mero"
    r"|mismo|merito|quedamos|esta bien|dejelo|dejalo|lo dejamos|queda|pongale|anotelo|pongalo"
    r"|esta)|asi|eso (?:es|si|mero|mismo|merito)|eso|fino|pura vida|tuanis|ta|va bien|ta va|mero|merito|exacto"
    r"|exactamente|efectivamente|afirmativo"
    r"|confirmo|confirmado|confirmada|lo confirmo|se lo confirmo|confirmamos|ok|okay|oki|okey|okis|okas|oka|k"
    r"|va que va|ya vas|ya estas|ya esta|orale|andale|andele|arre|jalo|fierro|zas|chido"
    r"|que si se puede|(?:me )?(?:dijo|dice|dijeron) que si|(?:he|she|they) said yes"
    r"|que si|le digo que si|ya dije que si|ya le dije que si|dije que si|sale y vale|sale pues|va pues"
    r"|(?:si|correcto|asi|bien|listo|ya|claro|perfecto|exacto|esta bien|dale) no ?mas|ahora si|ahi si|ahora si que si"
    r"|como no|con (?:mucho |todo )?gusto|encantad[oa]"
    r"|perfecto|excelente|muy bien|bien|listo|hecho|trato hecho|trato|cuenta con (?:eso|ello)"
    r"|cuente con (?:eso|ello)|seguro|segurisimo|cierto|es cierto|joya|bacano|bacan|chevere|listo pues|hagale"
    r"|hagamosle|hagamoslo"
    r"|(?:dele|dale|hagale|siga|anote|ponga)(?: no ?mas| nomas| pues)?"
    r"|de una|quedamos|quedamos asi|queda|me parece(?: bien)?|estoy de acuerdo|acepto"
    r"|si (?:senor|senora|senorita|gracias|por favor|mero|claro|esta bien|asi|quiero|acepto|puedo|se puede|es"
    r"|soy yo|le entro|confirmo|correcto|adelante|ese mismo|eso|de acuerdo|por supuesto|va|ok|bien|exacto"
    r"|me parece|estoy de acuerdo|quedamos)|ahora si(?: correcto| esta bien| ya| asi)?|ya quedo"
    r"|por mi (?:no hay problema|esta bien|si|ok)|no hay (?:problema|pedo|bronca|falla|tos)|adelante"
    r"|registrelo|anotelo|apuntelo|apunteme|anoteme|pongale|pongalo|dejelo asi|dejalo asi"
    r"|yes|yep|yeah|yea|yup|ya|yess|ye|y|sure|sure thing|of course|correct|thats (?:correct|right|it|fine|ok"
    r"|good|perfect)|that is (?:correct|right|fine)|right|thats the one|that is the one|note it"
    r"|(?:please )?put it down|sounds good|sounds right|looks good|looks right|ok"
    r"|fine|good|great|perfect|i agree|agreed|agree|i confirm|confirm|confirmed|absolutely|definitely|exactly"
    r"|deal|all good|im sure|do it|go ahead|works for me|thatll work|that works|affirmative|you got it|i do"
    r"|it is|i will|yes (?:sir|please|maam|i do|it is|i will|thats right|thats fine|correct)|okie dokie|okie"
    r"|for sure|cool|bet|ese (?:monto|mero|dia)(?: nomas)?|esa (?:cantidad|fecha)(?: nomas)?|con eso(?: nomas)?|cabal"
    r"|(?:anotelo|apuntelo|registrelo|pongalo|anote|apunte) (?:nomas|pues|ya)|sin falta|sin fallas?|sin duda"
    r"|fijo|segurito|(?:ahi|alli|aqui) (?:estare|le caigo)|without fail|i promise"
    r"|(?:se |te )?lo (?:prometo|juro)|prometido|palabra(?: de honor)?|mi palabra|that day"
    r"|metele|dale metele|de fijo|obvio|obvi|copiado|al tiro"
)
_NO_PHRASES: Final = (
    r"no|n|nop|nope|nel|nel pastel|nelson|nanais|noo|nooo|nah|naa|nah|na|nones|nunca|jamas|para nada"
    r"|de ninguna manera"
    r"|ni madres|ni loco|ni modo que si|claro que no|por supuesto que no|que no|le digo que no|dije que no"
    r"|ya dije que no|negativo|incorrecto|no es correcto|no esta bien|esta mal|mal|todavia no|aun no|ahorita no"
    r"|por ahora no|por el momento no|no (?:gracias|senor|senora|senorita|por favor|quiero|acepto|puedo|es asi"
    r"|esta bien|es correcto|es cierto|confirmo|lo confirmo|estoy de acuerdo|me conviene|me parece|me interesa|asi no"
    r"|fue asi|no|dije eso|asi no es|para nada|se puede|va|quedamos en eso|era eso|es eso|me late|ahorita|todavia|aun"
    r"|es|no es|claro|la verdad|la verdad no)|asi no(?: es| fue| era)?|eso no(?: es| fue| era)?|yo no dije eso|eso no"
    r" (?:es|fue) lo que (?:le )?dije|nada que ver|que va|tampoco|mejor no|forget it|olvidalo|prefiero que no"
    r"|creo que no|equivocado|esta equivocado|se equivoco|cancele|cancelelo|olvidelo|dejelo|mejor dejelo|no way"
    r"|(?:no )?mejor (?:no|ya no|olvidel[oa]|olvidal[oa]|cancelel[oa]|cancele|borrel[oa]|quitel[oa]|deje|asi no)"
    r"|siempre no"
    r"|ya no|ya no quiero|no siempre no|never ?mind|nvm|forget (?:about it|that)|cancel (?:it|that|this)|scratch that"
    r"|(?:no )?actually (?:no|never ?mind|forget it|cancel (?:it|that|this))|leave it|drop it"
    r"|no thanks|no thank you|not|not really|not now|not yet|not right|not correct|thats (?:wrong|not right"
    r"|not correct|incorrect|not it|not what i said)|that is (?:wrong|incorrect|not right|not correct)|wrong"
    r"|incorrect"
    r"|i dont|i dont think so|no i dont|no i cant|negative|never|dont|do not|no sir|no maam|no deal|i disagree"
    r"|no that is wrong|no thats wrong|no its not|its not|it isnt|absolutely not|definitely not|of course not|hell no"
)
# 'Ya le pregunté, que sí': who was asked at home is not the answer.
_HAVING_ASKED: Final = re.compile(
    r"\b(?:ya )?(?:les?|l[oa]) (?:pregunte|consulte|platique|comente|cheque)\b"
    r"|\bi (?:asked|checked with) (?:him|her|them)\b"
)
_YES: Final = re.compile(rf"(?:(?:{_YES_PHRASES}|{_FILLERS})\W*(?=\s|$)\s*)+")
_ANY_YES: Final = re.compile(rf"\b(?:{_YES_PHRASES})\b")
_NO: Final = re.compile(rf"(?:(?:{_NO_PHRASES}|{_FILLERS})\W*(?=\s|$)\s*)+")
_ANY_NO: Final = re.compile(rf"\b(?:{_NO_PHRASES})\b")
_WEAK: Final = re.compile(
    r"^\W*(?:gracias|muchas gracias|mil gracias|thanks|thank you|hola|buenas|buenos dias|ya|y|a|ah|oh|eh|hoy"
    r"|mi|m+|pues|bueno|de|good|well)\W*$"
)


def yes_or_no(text: str) -> bool | None:
    """True or False for a plain answer; None for questions, doubts, corrections ('no, mejor 500') and anything else."""
    if is_emoji_only(text):
        return emoji_yes_or_no(text)
    pictures = "".join(c for c in text if not c.isalnum() and c not in ",.;:!¡'\"-()?¿ ")
    plain = write_digits(normalize(text)).replace("+ 1", "si")
    plain = " ".join(_HAVING_ASKED.sub(" ", re.sub(r"[^\w\s?]", " ", plain)).split())
    if not plain or "?" in plain or any(c.isdigit() for c in plain):
        return None
    picture = emoji_yes_or_no(pictures)
    if _WEAK.match(plain):
        return picture
    verdict = None
    if _NO.fullmatch(plain) and _ANY_NO.search(plain):
        verdict = False
    if _YES.fullmatch(plain) and _ANY_YES.search(plain):
        verdict = True
    return verdict if picture in {None, verdict} else None
