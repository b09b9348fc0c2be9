"""What somebody meant to type: the words of a text with disguises taken off, and how a word sounds."""

import re
from collections.abc import Iterable
from typing import Final

from understanding.normalize import fold

BREAK: Final = ","  # the end of a clause
NUMBER: Final = "#"
_PICTURES: Final = {
    "🔫": "pistola", "💊": "pastillas", "🔪": "cuchillo", "⚰": "tumba", "🪦": "tumba",
    "🛑": "stop", "🔕": "stop", "📵": "stop",
}  # fmt: skip
_CHAT: Final = {
    "que": "q k ke qe", "por": "x", "porque": "xq pq porq xk pork porke", "para": "pa pra xa", "con": "cn", "se": "c",
    "quien": "kien", "quiere": "kiere", "quiero": "kiero qiero kero", "hasta": "asta", "me": "m mme", "de": "d",
    "hoy": "oy",
    "manana": "mnn mna mnna", "nada mas": "namas nadamas", "tambien": "tb tmb", "conmigo": "cnmigo", "voy": "boi voi",
    "estoy": "toy toi", "please": "pls plz", "you": "u", "your": "ur", "just": "jus", "be": "b", "bien": "bn",
}  # fmt: skip
_WRITTEN_OUT: Final = {short: word for word, listed in _CHAT.items() for short in listed.split()}
_PICTURE: Final = re.compile("|".join(_PICTURES))
_DISGUISES: Final = str.maketrans("013457@$", "oieastas")
_DISGUISED: Final = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])|(?<=\b[a-z])[013457@$](?=[a-z])")
_TOKEN: Final = re.compile(r"[a-z]+(?:[*.#_!-][a-z]+)*|\d+|\.{2,}|…|[.,;:!?\n()/]")
_SPELLED: Final = re.compile(r"(?<![a-z])[a-z](?:[ .\-_*][a-z]){3,}(?![a-z])")
# 'No. Me. Escriban.' is one sentence.
_STACCATO: Final = re.compile(r"(?<!\S)(?:[a-z]+\.\s+){2,}")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_SOUNDS: Final = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"ch", "C"), (r"qu(?=[ei])|q|c(?![eiy])|k", "k"), (r"[zxc]", "s"), (r"[vw]", "b"), (r"ll", "y"),
        (r"g(?=[ei])", "j"), (r"gu(?=[ei])", "g"), (r"h", ""), (r"n(?=[bp])", "m"), (r"y$", "i"),
        (r"([^r])\1+|(r)r{2,}", r"\1\2"),
    ]
]  # fmt: skip


def words(text: str) -> list[str]:
    """Lower case, without accents; `BREAK` between clauses, `NUMBER` for figures; 's t o p' and 'm0rir' are words."""
    shown = text.lower().replace("w/o", "without").replace("w/ ", "with ")
    shown = _PICTURE.sub(lambda picture: f" {_PICTURES[picture[0]]} ", shown)
    plain = _STRETCHED.sub(r"\1", _DISGUISED.sub(lambda sign: sign[0].translate(_DISGUISES), fold(shown)))
    plain = _STACCATO.sub(lambda run: run[0].replace(".", " "), plain)
    plain = _SPELLED.sub(lambda run: re.sub(r"[^a-z]", "", run[0]), plain)
    return [word for token in _TOKEN.findall(plain) for word in _as_words(token)]


def _as_words(token: str) -> list[str]:
    if token[0].isdigit():
        return [NUMBER]
    if token.startswith(("..", "…")):
        return []
    if not token[0].isalpha():
        return [BREAK]
    return _WRITTEN_OUT.get(token, token).split()


def sound(word: str) -> str:
    """Words that are pronounced alike in Latin America are one: 'kiero' and 'quiero', 'bibir' and 'vivir'."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def bones(word: str) -> str:
    """What is left when the vowels are saved: 'mtrm' of 'matarme'."""
    return re.sub(r"[aeiou]", "", word)


def without_one_letter(word: str) -> set[str]:
    """Two words that differ by one slip (a letter missing, added, changed or swapped) meet among these or the words."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def slips(known: Iterable[str]) -> dict[str, str]:
    """The known words by what is left of them without one letter."""
    return {short: word for word in known for short in without_one_letter(word)}
