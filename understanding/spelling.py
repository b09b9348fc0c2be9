"""Chat spelling of the words that offers are made of: known slips, words as they sound, one wrong letter."""

import re
from functools import lru_cache
from typing import Final

from understanding.diminutives import diminutives

_SLIPS: Final = {
    "que": "q ke qe",
    "porque": "xq pq porq xk pork porke",
    "por": "x",
    "para": "pa pra",
    "para el": "pal pael",
    "para la": "pala",
    "hasta": "asta ata",
    "chance": "chanse chans chanza chanc",
    "hoy": "oy oi",
    "ahorita": "aorita orita horita ahoritita ahorit ahoritta",
    "ahora": "aora haora",
    "pasado manana": "pasadomanana pasadomaniana pasadomnn pasamanana pasadamanana",
    "manana": "manna mnna mna mnn mnana manan maniana mannana manaana mananita",
    "lunes": "lune lns lun lunez luns lumes",
    "martes": "marte mrts martez mertes matres",
    "miercoles": "miercole mircoles mierocles miercolez miercles mierc mier miercols miecoles mircole",
    "jueves": "jueve juebes huebes juevez jvs juev jeves jueces",
    "viernes": "biernes bierne viernez vierne vierns vrns biernez vie vier viennes virnes vienres bienes vierbes",
    "sabado": "savado sabdo sab savdo zabado sabadito sabao",
    "domingo": "domigo domin dominog dom domngo domingito",
    "tomorrow": "tmr tmrw tmw 2moro 2morrow tomoro tomorow tommorow tommorrow tomorro tmrrw tomoz",
    "monday": "mon mondy",
    "tuesday": "tue tues tuseday",
    "wednesday": "wed weds wensday wendsday",
    "thursday": "thu thur thurs thrusday thrs",
    "friday": "fri firday fryday",
    "saturday": "sat saterday",
    "quiero": "kiero qiero",
    "quiere": "kiere",
    "quien": "kien",
    "cuanto": "cnto kuanto qnto cuamto",
    "debo": "dbo devo",
    "donde": "dnd dnde",
    "saber": "sbr",
    "tengo": "tngo",
    "cuando": "kuando qando cuand",
    "puedo": "puedoo pueo",
    "si": "sii ssi",
    "bien": "bn vien",
    "soles": "solcitos solsitos",
    "pesos": "peso pesillos pesillo pesejos pesitos pesito pesoz pezos pecos",
    "semana": "sem semna smana cemana semanita",
    "quincena": "quinsena kincena kinsena qncena qincena qinsena qnsena kncena qna quinzena quincenita",
    "ultimo": "hultimo ultmo",
    "proximo": "prox procsimo proccimo prosimo",
    "proxima": "procsima proccima prosima",
    "deposite": "dpst dpste deposte",
    "ayer": "ayr",
    "deposito": "depocito deposoto",
    "abonar": "avonar",
    "abono": "avono abonito",
    "mitad": "mitat mita",
    "todo": "todito tdo",
    "cien": "sien",
    "veinte": "vente",
    "mil": "milito",
    "treinta": "trenta treynta",
    "quinientos": "quiniento kinientos kiniento quinientoz quinietos quinientitos quinentos",
    "quinienton": "quinienta",
    "doscientos": "docientos doscietos",
    "trescientos": "trecientos tresientos trescietos",
    "cuatrocientos": "cuatro-cientos cuatrocietos",
    "seiscientos": "seicientos seisientos",
    "setecientos": "sietecientos",
    "ochocientos": "ochosientos",
    "novecientos": "nuevecientos",
    "diciembre": "dicienbre disiembre",
    "noviembre": "nobiembre novienbre",
    "febrero": "febero",
    "hundred": "hunnid hunned hundo hunna",
    "gracias": "grax grasias grcs gracia grx thx",
    "right now": "rn",
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
# Words that are recognised by their sound or with one wrong letter; a word that is right is never touched.
_HEARD: Final = (
    "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre"
    " octubre noviembre diciembre cinco siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
    " veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos"
    " trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos cuota mitad semana quincena"
    " cientos horas hoy proximo proxima siguiente primero segundo tercera cuarta deposito abono varos"
)
_LONG: Final = (
    "miercoles viernes domingo septiembre octubre noviembre diciembre febrero quincena veinticinco veintiocho cuarenta"
    " cincuenta doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
    " treinta sesenta setenta ochenta noventa catorce quince veinte dieciseis diecisiete dieciocho diecinueve"
    " wednesday thursday saturday tomorrow december november hundred thousand"
)
_BEFORE_MIL: Final = "tres cuatro cinco seis siete ocho nueve diez once doce trece"
_RIGHT: Final = (
    "quincenas domingos mil cien sesenta setenta noventa ochenta doscientas trescientas cuatrocientas quinientas"
    " hundreds thousands wednesdays thursdays saturdays quincenal domino vienes octubres horas cuentas cuarentena"
    " novena quincy olly siento barros dominio ferrero holly dose mates mares juez jueces domino"
)
_SOUNDS: Final = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"qu(?=[eiy])|q|k", "k"),
        (r"ch", "1"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"[vw]", "b"),
        (r"h", ""),
        (r"ll", "y"),
        (r"(.)\1", r"\1"),
        (r"n(?=[bp])", "m"),
    )
]


def _sound(word: str) -> str:
    """How a Spanish word is heard: 'kinse' and 'quince', 'bierness' and 'viernes' sound the same."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _typed(day: str) -> set[str]:
    """With one letter left out or two changed places, the first one right."""
    left_out = {day[:at] + day[at + 1 :] for at in range(1, len(day))}
    swapped = {day[:at] + day[at + 1] + day[at] + day[at + 2 :] for at in range(1, len(day) - 1)}
    return left_out | swapped


_CORRECTIONS: Final = diminutives() | {wrong: right for right, slips in _SLIPS.items() for wrong in slips.split()}
_WEEKDAYS: Final = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_BY_SOUND: Final = {_sound(slip): day for day in _WEEKDAYS for slip in _typed(day)} | {
    _sound(word): word for word in _HEARD.split()
}
# 'Milquinientos', 'cientocincuentapesos'.
_GLUED: Final = re.compile(
    r"(ciento|siento|(?:dos|tres|cuatro|seis|sete|ocho|nove)[cs]ientos|[qk]uinientos|mil|\w{4,}?(?=pesos$))"
    r"((?:y?(?:diez|quince|veinti?\w*|treinta|cuarenta|[cs]incuenta|sesenta|setenta|ochenta|noventa)"
    r"|[cs]iento|(?:dos|tres|cuatro|seis|sete|ocho|nove)[cs]ientos|[qk]uinientos|pesos)\w{0,12})$"
)
# 'Elviernes', 'paelsabado', 'estelunes'.
_GLUED_DAY: Final = re.compile(
    r"(el|este|pal|pael|del|parael|hastael|proximo|otro|los)(lunes|martes|mi?ercoles|jueves|[vb]iernes|sa[vb]ado"
    r"|domingo)$"
)
_GLUED_BEFORE: Final = {"pal": "para el", "pael": "para el", "parael": "para el", "hastael": "hasta el"}
_KNOWN: Final = frozenset(f"{_HEARD} {_LONG} {_RIGHT}".split())


@lru_cache(maxsize=20_000)
def corrected(word: str) -> str:
    """The word that was meant, or the word itself."""
    if word in _CORRECTIONS:
        return _CORRECTIONS[word]
    if word in _KNOWN or len(word) < 3:
        return word
    if glued := _GLUED.match(word):
        return f"{corrected(glued[1].replace('siento', 'ciento'))} {corrected(glued[2])}"
    if glued := _GLUED_DAY.match(word):
        return f"{_GLUED_BEFORE.get(glued[1], glued[1])} {corrected(glued[2])}"
    heard = _BY_SOUND.get(_sound(word))
    if heard is not None:
        return heard
    near = [right for right in _LONG.split() if _is_one_off(word, right)] if len(word) >= 6 else []
    return near[0] if len(near) == 1 else word


def number_before_mil(word: str) -> str:
    """'Cuatr mil' is four thousand: before 'mil' a short word is a number as well."""
    near = [right for right in _BEFORE_MIL.split() if len(word) > 2 and _is_one_off(word, right)]
    return near[0] if len(near) == 1 else word


def _is_one_off(word: str, right: str) -> bool:
    """One letter too many, missing, wrong or two changed places; the first letter is right."""
    if word[0] != right[0] or abs(len(word) - len(right)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(word, right, strict=False)) if one != other), None)
    if same is None:
        return True
    rest, goal = word[same:], right[same:]
    return rest[1:] == goal[1:] or rest[1:] == goal or rest == goal[1:] or (rest[1::-1] + rest[2:]) == goal
