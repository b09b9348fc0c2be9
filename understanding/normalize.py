"""Chat spelling made regular: lower case, no accents, no markup, glued and stretched words repaired."""

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 4000

_ACCENTS_AND_INVISIBLE: Final = re.compile(
    "[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]"
)
_MARKUP: Final = re.compile(r"<[^<>]{0,200}>|https?://\S+|www\.\S+|\S{1,64}@\S{1,64}\.\w+")
# The accent of a first person preterite is its only difference from the subjunctive ('pagué', 'que pague').
# It says "already", and "ya" survives the loss of accents.
_PRETERITE: Final = re.compile(
    r"(?<!ya )\b(pagu|abon|deposit|mand|entregu|envi|transfer|liquid|consign|cubr|pas)([éí])\b"
)
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_GLUED: Final = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_APOSTROPHE: Final = re.compile(r"(?<=[a-z])['’´`](?=[a-z])")
_QUETZALES: Final = re.compile(r"\bq\.?\s?(?=\d)")
_OTHER_SIGNS: Final = re.compile(r"[^\w\s$%#*.,;:!?/'+()-]")
_WORD: Final = re.compile(r"[a-z]+")

_SPELLINGS: Final = {
    "que": "q ke qe",
    "porque": "xq pq porq xk pork porke",
    "por": "x",
    "para": "pa pra",
    "para el": "pal pael",
    "para la": "pala",
    "hasta": "asta ata",
    "chance": "chanse chans chanza chanc",
    "hoy": "oy",
    "ahorita": "aorita orita horita ahoritita ahorit ahoritta",
    "ahora": "aora haora",
    "manana": "manna mnna mna mnn mnana manan maniana mannana manaana mananita",
    "lunes": "lune lns lun lunez luns",
    "martes": "marte mrts martez mertes",
    "miercoles": "miercole mircoles mierocles miercolez miercles mierc mier miercols",
    "jueves": "jueve jueve juebes huebes juevez jvs juev",
    "viernes": "biernes viernez vierne vierns vrns vienes biernez vie vier viennes virnes vienres",
    "sabado": "savado sabdo sab savdo zabado sabadito",
    "domingo": "domigo dominog dom domngo",
    "tomorrow": "tmr tmrw tomoro tomorow tommorow tommorrow tomorro tmrrw",
    "monday": "mon mondy",
    "tuesday": "tue tues",
    "wednesday": "wed weds wensday wendsday",
    "thursday": "thu thur thurs thrusday",
    "friday": "fri firday",
    "saturday": "sat saterday",
    "quiero": "kiero qiero",
    "quiere": "kiere",
    "quien": "kien",
    "cuando": "kuando qando cuand",
    "puedo": "puedoo pueo",
    "pesos": "peso pesitos pesito pesoz pezos pecos",
    "semana": "sem semna smana cemana semanita",
    "quincena": "quinsena kincena kinsena qna quinzena quincenita",
    "ultimo": "hultimo ultmo",
    "proximo": "prox procsimo proccimo prosimo",
    "proxima": "procsima proccima prosima",
    "deposito": "depocito deposoto",
    "abonar": "avonar",
    "abono": "avono abonito",
    "mitad": "mitat mita",
    "todo": "todito tdo",
    "cien": "sien",
    "cincuenta": "sincuenta cinkuenta",
    "cinco": "sinco",
    "diez": "dies",
    "quince": "kince quinse kinse",
    "veinte": "beinte vente",
    "treinta": "trenta treynta",
    "quinientos": "quiniento kinientos kiniento quinientoz quinietos quinientitos",
    "doscientos": "docientos dosientos doscientoz doscietos",
    "trescientos": "trecientos tresientos trescietos",
    "cuatrocientos": "cuatrosientos cuatro-cientos cuatrocietos",
    "seiscientos": "seicientos seisientos",
    "setecientos": "setesientos sietecientos",
    "ochocientos": "ochosientos",
    "novecientos": "novesientos nobecientos nuevecientos",
    "week": "wk",
    "weeks": "wks",
    "pay": "pai",
    "please": "pls plz",
    "you": "u",
    "your": "ur",
    "nada mas": "namas nadamas",
    "nomas": "nomaz nomaas",
    "me": "mme m",
    "de": "d",
    "deme": "demen",
}
_CORRECTIONS: Final = {wrong: right for right, spellings in _SPELLINGS.items() for wrong in spellings.split()}


def fold(text: str) -> str:
    """Lower case, compatibility forms, no accents (also ñ -> n), no markup or addresses, plain spaces."""
    text = text[:MAX_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("½", " la mitad "))[:MAX_CHARACTERS]
    text = _PRETERITE.sub(r"ya \1\2", _MARKUP.sub(" ", text.lower()))
    if not text.isascii():
        text = _ACCENTS_AND_INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    return _APOSTROPHE.sub("", text)


def normalize(text: str) -> str:
    """The folded text with chat spellings corrected: 'kiero pagar 500el viernezzz' -> 'quiero pagar 500 el viernes'."""
    text = _STRETCHED.sub(r"\1", fold(text))
    text = _GLUED.sub(" ", _OTHER_SIGNS.sub(" ", _QUETZALES.sub("gtq ", text)))
    text = _WORD.sub(lambda word: _CORRECTIONS.get(word[0], word[0]), text)
    return " ".join(text.replace("\n", " . ").split())
