"""Chat spelling made regular: lower case, no accents, no markup, glued and stretched words repaired."""

import re
import unicodedata
from typing import Final

from understanding.spelling import corrected

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
# '4oo' is 400; '1o' is the first.
_LETTER_O: Final = re.compile(r"\b\d[\do]*oo\b")
_GLUED: Final = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_APOSTROPHE: Final = re.compile(r"(?<=[a-z])['’´`](?=[a-z])")
_CURRENCY_SIGNS: Final = [
    (re.compile(pattern), name)
    for pattern, name in (
        # 'Q 210' is quetzales; 'así q 210' is 'así que 210'.
        (
            r"(?<!asi )(?<!mas )(?<!es )(?<!son )(?<!lo )(?<!los )(?<!digo )(?<!creo )(?<!ya )(?<!por )(?<!para )"
            r"(?<!pa )(?<!sino )(?<!dije )(?<!veo )(?<!hay )(?<!sea )(?<!quiero )\bq\.?\s?(?=\d)",
            "gtq ",
        ),
        (r"(?<![a-z/])s\s?/\s?\.?\s?(?=\d)", "pen "),
        (r"€", " eur "),
        (r"£", " gbp "),
        (r"[₡¢](?=\s?\d)", " crc "),
        (r"₲", " pyg "),
    )
]
# 'El vienes' is a Friday; 'a qué hora vienes' is not.
_FRIDAY: Final = re.compile(r"\b(el|este|proximo|pal|para|hasta|otro) vienes\b")
# '2moro' is tomorrow, not two of something.
_TOMORROW: Final = re.compile(r"\b2(?=moro|morrow|mrw|moz|nite|night)")
# 'Boy a pagar' is 'voy a pagar'; an English boy is none.
_GOING: Final = re.compile(r"\b(?:boy|boi|voi|bou) a(?= \w+[aei]r(?:l[eoa]s?|me)?\b)")
# 'Ago el pago' is 'hago'; 'three days ago' is English.
_DO: Final = re.compile(
    r"(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!month )(?<!months )(?<!year )(?<!years )(?<!while )(?<!time )"
    r"(?<!hour )(?<!hours )(?<!minutes )(?<!long )(?<!moment )\bago\b"
    r"(?= (?:el|la|un|una|mi|mis|los|las|eso|lo|todo|pago)\b)"
)
# 'This Friday mon' is said to a man in Jamaica, and names one day.
_MON: Final = re.compile(r"(?<=day) mon(?= *(?:$|[.!?]|, [a-z]))")
_SLASHED_WORD: Final = re.compile(r"(?<=\d)/(?=[a-z])")
# Digits typed or dictated one by one ('5 0 0', '$1, 500').
_SPACED: Final = re.compile(r"(?<![\d.,] )(?<!\d)\b[1-9](?: \d){1,3} 0\b(?! ?\d)|(?<=\$) ?\d{1,3}[.,] \d{3}\b")
_OTHER_SIGNS: Final = re.compile(r"[^\w\s$%#*.,;:!?/'+()-]")
_WORD: Final = re.compile(r"[a-z]+")


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
    text = _TOMORROW.sub("to", text)
    text = _LETTER_O.sub(lambda number: number[0].replace("o", "0"), text)
    for pattern, name in _CURRENCY_SIGNS:
        text = pattern.sub(name, text)
    text = _GLUED.sub(" ", _OTHER_SIGNS.sub(" ", _SLASHED_WORD.sub(" ", text)))
    text = _DO.sub("hago", _MON.sub("", text))
    text = _FRIDAY.sub(r"\1 viernes", _WORD.sub(lambda word: corrected(word[0]), text))
    text = " ".join(_GOING.sub("voy a", text).replace("\n", " . ").split())
    return _SPACED.sub(lambda digits: digits[0].replace(" ", ""), text)
