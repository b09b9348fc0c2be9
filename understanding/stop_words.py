"""Demands to stop or resume messages. A demand counts in any spelling, insult or not, also inside a longer text."""

import re
from pathlib import Path
from typing import Final

from understanding.grammar import Grammar
from understanding.normalize import normalize

# 'cancelar' is no stop word: in Colombia and Peru it means to pay in full.
_GRAMMAR: Final = Grammar(Path(__file__).with_suffix(".txt"))
_BARE_STOP: Final = _GRAMMAR.rules("bare")
_SHARED_WORDS: Final = _GRAMMAR.rules("shared")
_LIMITS: Final = _GRAMMAR.rules("limits")
_DEMANDS: Final = _GRAMMAR.rules("demands")
_FINAL: Final = _GRAMMAR.rules("final")
_BARE_START: Final = _GRAMMAR.rules("start bare")
_RESUME: Final = _GRAMMAR.rules("resume")

# 'ALTO. Me vine a vivir a otro país': the word is a sentence of its own.
_FIRST_SENTENCE: Final = re.compile(r"^[^.!?\n]{2,12}(?=[.!\n])")
# 'Uy no, qué pereza. Alto.'
_LAST_WORD: Final = re.compile(r"[.!?\n] *(?:stop|alto|baja|unsubscribe)[.! ]*$", re.IGNORECASE)
# 'Lo pensé mejor. INICIAR'.
_LAST_SENTENCE: Final = re.compile(r"(?:(?<=[.!] )|(?<=\n))[^.!?\n]{3,12}[.!]*$")
# 'Buenas tardes señorita, alto, que Dios la bendiga'.
_COURTESIES: Final = re.compile(
    r"\b(?:hola|oiga|disculp\w+(?: (?:la|las) molestias?)?|buenas?|buen(?:os|as)? (?:dias?|tardes?|noches?)"
    r"|que (?:tenga|este|pase) (?:(?:un|una|muy|buen[oa]?|bonit[oa]|bien|lindo|excelente|feliz|dia|tarde|noche) ?)+"
    r"|(?:que )?dios (?:l[oae]s?|te|me l[oae]s?|se l[oa]) (?:bendiga|cuide|pague|guarde|acompane)(?: mucho| siempre)?"
    r"|saludos(?: cordiales)?|bendiciones|(?:si (?:es|son) )?(?:muy |tan )?amables?"
    r"|(?:muchas |mil )?gracias(?: de antemano)?|por ?fa\w*|por favor\w*|senorit[oa]|senora?|joven|licenciad[oa]"
    r"|good (?:morning|afternoon|evening|night)|hi|hello"
    r"|god bless(?: (?:you|u))?|kindly|please|pls|thanks|thank (?:you|u)|have a \w+ (?:day|night|one|evening)|regards"
    r"|sir|maam|madam|respectfully|respetuosamente)\b"
)


def is_stop(text: str) -> bool:
    """True for STOP, ALTO, BAJA, PARE, END as the whole text and for any clear demand to be left alone.

    'No me llamen al trabajo, escríbanme' sets a limit and is no end."""
    read = _GRAMMAR.read(text)
    said = _SHARED_WORDS.without(read)
    bare = _BARE_STOP.found(read) or (said == read and _stands_alone(text))
    return bare or _FINAL.found(said) or (_DEMANDS.found(said) and not _LIMITS.found(said))


def _stands_alone(text: str) -> bool:
    """The word is a sentence of its own, or all that is said beside courtesies; 'gracias, no más' is only thanks."""
    first, rest = _FIRST_SENTENCE.match(text.strip()), _COURTESIES.sub(" ", normalize(text)).strip(" ,.;!")
    if (first and _BARE_STOP.found(_GRAMMAR.read(first[0]))) or _LAST_WORD.search(text):
        return True
    return not rest.startswith("no mas") and _BARE_STOP.found(_GRAMMAR.read(rest))


def is_start(text: str) -> bool:
    """True for ALTA, START, INICIAR, UNSTOP as the whole text and for a clear wish to get messages again."""
    read = _GRAMMAR.read(text)
    if _BARE_START.found(read):
        return True
    last = _LAST_SENTENCE.search(text.strip())
    resumes = _RESUME.found(read) or (last is not None and _BARE_START.found(_GRAMMAR.read(last[0])))
    return resumes and not is_stop(text)
