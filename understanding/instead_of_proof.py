"""What people say instead of a proof of identity: it is not at hand, what is it for, is it safe, one moment."""

import re
from typing import Final

from understanding.identity import DOCUMENT
from understanding.normalize import normalize

# 'La credencial se quedó en la casa', 'I don't have my ID on me': no misfortune where it is asked for.
_NOT_AT_HAND: Final = re.compile(
    rf"{DOCUMENT}.{{0,20}}\b(?:se (?:me )?quedo|la deje|lo deje|no (?:la|lo) (?:traigo|tengo|cargo)"
    r"|esta en (?:la|mi) casa|at home|in the car|not (?:on|with) me)\b"
    r"|\b(?:no (?:traigo|tengo|cargo)|deje|left|dont have|do not have|havent got) (?:(?!money)\w+ ){0,3}"
    rf"{DOCUMENT}"
)
# 'Y eso como para qué lo ocupan?', asked for a datum.
_ASKS_WHY: Final = re.compile(
    r"\b(?:para|pa) que (?:\w+ ){0,3}?(?:quier\w+|ocup\w+|necesit\w+|pid\w+|sirv\w+|son|es|dato)\b"
    r"|\b(?:para|pa) que\W*$|\b(?:y )?eso (?:como )?(?:para|pa|por) que\b"
    r"|\bpor ?que (?:\w+ ){0,3}?(?:pid\w+|necesit\w+|ocup\w+|quier\w+ (?:mi|mis|eso|ese|saber))\b"
    r"|\bpor ?que (?:le |les |te )?(?:tengo que|debo|daria|voy a) (?:dar|decir|mandar|pasar)\w*\b"
    r"|\b(?:why|what) (?:do|would|are|is|should) (?:\w+ ){0,3}?(?:need|want|asking|give|tell|that)\b"
    r"|\bwhat(?:s| is)? (?:it |that |this )?for\b"
)
_DATUM: Final = re.compile(
    rf"{DOCUMENT}|\b(?:datos?|nacimiento|cumple\w*|naci|birth ?(?:day|date)?|born|licencia|passport|pasaporte|curp|rfc"
    r"|digitos?|digits?)\b"
)
_OF_THE_LOAN: Final = re.compile(
    r"\b(?:deud\w+|deb[oe]|prestamo|credito|saque|firm\w+|reconozco|loan|debt|owe|sign\w*|pague|deposite|pagado"
    r"|paid)\b"
)
_FETCHES: Final = re.compile(
    r"\b(?:esper\w+|aguant\w+|permit\w+|dame|deme)(?: \w+)? (?:tantito|poquito|(?:un )?(?:moment|ratit|segund"
    r"|minut)\w*)"
    r"|\b(?:un|dame un|deme un) (?:momentito|momento|segundo|minuto|ratito)\b|\bvoy por (?:mi|mis|la|el|los)\b"
    r"|\b(?:dej[ae]\w*|deja|voy a|ahorita|orita|ya) (?:\w+ )?(?:busc\w+|saco|sacar|traigo|traer|checo)\b"
    r"|\b(?:hold on|give me|gimme|wait|one|just a)(?: a| one)? (?:sec\w*|min\w*|moment)\b"
    r"|\blet me (?:get|find|grab|look)\b"
)


def lacks_document(text: str) -> bool:
    """The document is not at hand just now; the other datum is asked for as before."""
    return _NOT_AT_HAND.search(normalize(text)) is not None


def asks_why(text: str) -> bool:
    """Why a datum is asked for, or what for."""
    return _ASKS_WHY.search(normalize(text)) is not None


def names_datum(text: str) -> bool:
    """'¿Puedo mandarle foto de la credencial?', 'no vayan a hacer mal uso de mis datos': of the proof, and no debt."""
    plain = normalize(text)
    return _DATUM.search(plain) is not None and _OF_THE_LOAN.search(plain) is None


def fetches(text: str) -> bool:
    """'Espéreme tantito, voy por mis lentes': the proof comes in a moment."""
    return _FETCHES.search(normalize(text)) is not None
