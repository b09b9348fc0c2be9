"""The clauses of a text, and what each tells: a payment made, a refusal, wages, a debt, or an offer."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BOUNDARY: Final = re.compile(
    r"[;!?]+|,(?!\d)|\.(?!\d)|\b(?:y|e|and|pero|but|entonces|then|mejor|solo|nomas|nada mas|porque|because|aunque"
    r"|sino|so"
    r"|asi que|(?<!no )les? doy)\b"
)
_PREFIX: Final = r"(?:(?:le|les|lo|la|los|las|se|te|me|yo|habia|he|hice|fui a|habiamos|una?|mi|el) )*"
_PAST: Final = re.compile(
    rf"\bya {_PREFIX}(?:pague|abone|deposite|di|mande|transferi|entregue|envie|liquide|consigne|cubri|pagado|pase|hice"
    r"|puse|quede|depositado|abonado|pagamos|dimos)\b"
    r"|\bllevo (?:ya )?\d+ (?:dias?|semanas?|mes|meses|anos?|pagos?|cuotas?|abonos?)\b|\b(?:he|has|ha|hemos"
    r"|han) \w+[ia]do\b"
    r"|\b(?:ayer|antier|anteayer|anoche|(?<!y )(?<!o )pasad[oa]s?(?! manana)|hace (?:como )?(?:\d|un)|acabo de"
    r"|(?:vengo|venia|estaba) \w+[ai]ndo|naci|nacimiento|born|been|llevo (?:ya )?(?:pagad|abonad|depositad)\w+|habia"
    r"|debia|tenia que|yesterday|(?:days?|weeks?|months?|years?|while) ago|i (?:already )?(?:paid|sent|gave"
    r"|deposited)|already (?:paid|sent|gave)|last"
    r" (?:week|month)"
    r"|quede de|quedamos|iba a|ibamos a|was (?:going|supposed) to|had to|tuve que|me toco)\b"
    # What others did, and what went on for some time, is a story: 'me robaron', 'pagaba'.
    r"|\b(?!tengan|manden|vayan)\w{3,}(?:aron|ieron|jeron|yeron)\b|\b(?!acaba|pensaba|esperaba)\w+(?:aba|aban"
    r"|abamos)\b"
    r"|\b(?:gaste|perdi|compre|vendi|preste|invirti|puse de|me costo|costo|sali en|salio en|valio|fue|fui|fueron"
    r"|estuve|estuvo"
    r"|tuve|spent|lost|stole|stolen|robbed|bought|borrowed|cost|costs|charged|took|was|were)\b"
)
_REFUSED: Final = re.compile(
    r"\bno (?:(?:le|les|lo|los|la|se|me|te|voy a|vamos a|va a|creo|que|ya|yo|nos) )*(?:puedo|pude|podemos|tengo|tenemos"
    r"|tendre|traigo|completo|completar|junto|junte|juntar|alcanza|alcanzo|alcanzan|podre|poder|llego|cuento|ajusto"
    r"|ajusta"
    r"|voy a tener|pagar|dar|pago|doy|hay(?! (?:problema|pedo|bronca|falla|duda|tos|pex)))\b"
    r"|\b(?:cant|cannot|can not|could not|couldnt|dont have|do not have|wont|not able to|unable|not going to|will not"
    r"|imposible|dont think i can|hasnt|havent|didnt)\b|\bni (?:de chiste|loco|tengo|para|un (?:peso|quinto|centavo)"
    r"|\d[\d.,]*)\b"
)
_UNTIL: Final = re.compile(r"\b(?:hasta|until|till|til|before|antes)\b")
_REST: Final = re.compile(
    r"\b(?:(?:el resto|lo que (?:me )?(?:falta|resta|queda)|lo demas|la diferencia|lo restante|el restante|el faltante"
    r"|the rest|the remainder|la otra (?:mitad|parte)|the other half|the difference))\b"
)
_OFFERS: Final = re.compile(
    r"\b(?:(?:le|les|te) (?:pago|doy|deposito|abono|mando|paso|transfiero|puedo|voy|consigno|pongo|dejo|llevo|envio"
    r"|caigo)"
    r"|pagare|puedo|pueda|can pay|will pay|can do|ill (?:pay|send|give))\b"
)
PAYS: Final = re.compile(
    r"\b(?:pag\w+|doy|dar\w*|deposit\w+|abon\w+|liquid\w+|mand\w+|paso|pong\w+|transf\w+|consign\w+|send|pay\w*|give"
    r"|cubr\w+|complet\w+|mitad|half|parte|tercio|third|quarter|resto|todo|cuota|letra|everything|junt\w+|hago|hare"
    r"|envi\w+|gir\w+|caigo|traigo"
    r"|llevo"
    r"|cuent\w+|echo|suelto|aviento|bring|drop|transfer\w*)\b|\d{2}"
)
WAGES: Final = re.compile(
    r"\b(?:(?:me|nos|le|les) (?:pagan?|pagaron|pagaran|depositan?|deben?|van? a (?:pagar|depositar|dar|mandar)"
    r"|prestan|mandan?)"
    r"|(?:me|nos) (?:cae|llega|entra|caen|llegan|entran|dan(?! (?:chance|oportunidad|tiempo|plazo|permiso|prorroga"
    r"|mas)))"
    r"|cobr[oa]|gan[oa]n?|ganamos|sueldo|salario|pension|recibo|(?:i |he |she )?gets? paid|my (?:check|pay ?check)"
    r"|descanso"
    r"|salgo|vendo|me toca trabajar|i (?:make|earn)|rayo|saco)\b"
)
DEBT: Final = re.compile(
    r"\b(?:debo|deuda|debemos|adeudo|owe|son|es de|eran|era|cuestan?|renta|me prestaron|pedi|debia|me cobran|cobran"
    r"|me sale|sale en|interes\w*|multa|recargos?|me faltan?|is)\b"
)
OUTCOME: Final = re.compile(r"\b(?:con (?:eso|esto|ese)|ya quedo|para (?:quedar|estar|ponerme))\b")
HOLDS: Final = re.compile(r"\b(?:tengo|traigo|junte|i have|i got|ive got)\b")


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    text: str

    def without(self, start: int, end: int) -> "Clause":
        """The clause with a piece blanked: what a mention says itself ('pasado') tells nothing about it."""
        first, last = start - self.start, min(end, self.end) - self.start
        return Clause(self.start, self.end, self.text[:first] + "·" * (last - first) + self.text[last:])

    @property
    def promises_rest(self) -> bool:
        """'Ya pagué 300, el resto el lunes' is an offer, though it begins with a payment made."""
        return bool(_REST.search(self.text)) and not _PAST.search(self.text)

    @property
    def refuses(self) -> bool:
        return bool(_REFUSED.search(self.text)) and not _UNTIL.search(self.text)

    def is_past_at(self, before: str) -> bool:
        """Whether the clause tells of the past, and no offer stands between that and what `before` leads to."""
        past = _PAST.search(self.text)
        return past is not None and not _OFFERS.search(before, past.end())

    def tells_wages_at(self, before: str) -> bool:
        """Money that the borrower earns, unless it is paid on in the same breath."""
        wages = WAGES.search(self.text)
        if wages is None:
            return False
        return not PAYS.search(before[wages.end() :]) and not PAYS.search(self.text[wages.end() :].split(" ", 2)[0])


def split(plain: str) -> list[Clause]:
    bounds = [0, *(m.start() for m in _BOUNDARY.finditer(plain)), len(plain)]
    return [Clause(a, b, plain[a:b]) for a, b in pairwise(bounds) if b > a]
