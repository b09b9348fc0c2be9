"""Words that stand for an amount of the loan: 'todo', 'lo atrasado', 'la cuota', 'el resto'."""

import re
from collections.abc import Iterator
from typing import Final, Literal

AmountRef = Literal["full_balance", "overdue", "installment", "remainder", "fraction"]

_PAY: Final = (
    r"(?:pag\w*|liquid\w*|doy|dar(?:le|les|e)?|daria|dare|cubr\w*|deposit\w*|abon\w*|complet\w*|mand\w*|paso|pasar"
    r"|transfier\w*|transfer\w*|tengo|tenga|tener|(?<!se me )junt\w*|pong\w*|cancel\w*|sald\w*|termin\w*(?! con)"
    r"|entreg\w*|consign\w*|gir\w*|finiquit\w*|envi\w*|(?<!se )llevo|llevar(?:le|les|e|ia)?|paid|pay\w*|send\w*|settle"
    r"|deliver|have|clear|cover|bring)"
)
_PAY_NOW: Final = (
    r"(?:pago|pague|di|cubri|abone|deposite|transfiero|cubro|deposito|doy|mando|abono|envio|pagar(?:le|e)?|cubrir"
    r"|dar(?:le)?|completo|paso a dejar)"
)
_LATE: Final = r"(?:vencid[oa]s?|atrasad[oa]s?|pendientes|en mora|de atraso|retrasad[oa]s?)"
_PERIOD: Final = r"(?:semana|quincena|cuota|letra|mensualidad|ficha|catorcena)"
_INSTALMENT_NAMES: Final = (
    r"cuota|cuotita|letra|mensualidad|semanalidad|parcialidad|quincena de mi prestamo|ficha|amortizacion|catorcenal"
)
_WEEK_AS_INSTALMENT: Final = r"(?! (?:que|proxima|siguiente|entrante|pasada|santa|atrasad|vencid|pendiente|del?\b))"

_OVERDUE: Final = (
    rf"\b(?:todo )?lo (?:que (?:debo|tengo|esta|llevo|traigo) )?{_LATE}",
    # 'Disculpe el atraso' is courtesy.
    r"(?<!por )(?<!disculpe )(?<!disculpen )(?<!perdone )(?<!perdon )\b(?:mis?|los?|el|del)"
    r" (?:atrasos?|atrasad[oa]s?|moras?|moratorios|retrasos?)\b(?! sin| de \d)",
    r"\b(?:pag\w*|cubr\w*|deposit\w*|abon\w*|liquid\w*) (?:atrasos|atrasados|moras)\b",
    rf"\b(?:(?:las?|mis?|los) (?:\d )?)?(?:cuotas?|pagos?|letras?|semanas?|mensualidad(?:es)?|abonos?|fichas?"
    rf"|quincenas?) {_LATE}",
    rf"\b(?:el |mi )?(?:saldo|monto) {_LATE}",
    r"\b(?:pon\w*(?:me)?|pong\w*|quedo|estar|quedar\w*|regulariz\w+|actualiz\w+)(?: (?:ya|todo|mi cuenta|mi credito"
    r"|mi prestamo))? al (?:corriente|dia)\b|\bregulariz\w+",
    r"(?<!says )(?<!say )(?<!shows )(?<!show )(?<!showing )(?<!marked )(?<!as )"
    r"\b(?:the |whats |what is |my |everything )?(?:over ?due|past due|arrears)\b"
    r"(?: (?:amount|balance|payments?|part|ones?|instal+ments?))?"
    r"|\b(?:(?:the|my) late (?:amount|balance|payments?|part|ones?|instal+ments?)|(?:whats|everything|what is) late)\b"
    r"|\bcatch(?:ing)? up\b|\b(?:get|be|bring it|bring my account) (?:current|up to date)\b"
    r"|\bwhat(?: i| im|s|i)?(?: am)? (?:behind|late)\b",
)
# 'El resto ahí vemos' and 'me aguanta lo demás' promise nothing.
_SEEN_LATER: Final = re.compile(
    r",? (?:(?:ya|lo|le|se|me) )*(?:luego|despues|ahi|al rato|mas adelante|veremos|later)? ?(?:(?:lo|le|ya|we|i"
    r"|well|ill) )*"
    r"(?:vemos|veo|veremos|difier\w+|hablamos|arreglamos|platicamos"
    r"|dios dira|see|figure)\b"
)
_WAITED: Final = re.compile(
    r"\b(?:aguant|aguard|esper|perdon|condon|forgiv|difier|vemos|veremos)\w* (?:(?:con|por|para|me) )?$"
    r"|\b(?:well|ill|we will|lets) (?:see"
    r"|talk)(?: about)? $"
)
_REMAINDER: Final = (
    r"(?<!con )\blo que (?:me )?(?:falta|faltaba|rest[ea]|queda|quede|faltaria|sobre|sobra)(?: por pagar)?",
    r"\b(?:el|al|un) (?:resto|restante|faltante|sobrante)\b(?! (?:del? (?:mes|ano|dia)))|\blo (?:restante"
    r"|faltante|demas|otro)\b",
    r"\bla diferencia\b|\bresto\b(?! del? (?:mes|ano|dia))|\bel saldo restante"
    r"|\b(?:le|les) completo\b(?! (?:(?:a|hasta|los|con|unos|ya) )*\$? ?\d)",
    r"\b(?:the )?(?:rest|remainder|remaining(?: amount| balance| part)?|difference|balance left)\b(?! (?:of the "
    r"(?:week|month)|up))|\b(?:whats|what is|whatever is|whatevers) left\b|(?:(?<=[,;·] )|(?<=and )|^)rest\b(?! (?:of"
    r"|my|a))",
)
_INSTALLMENT: Final = (
    rf"\b(?:(?:la|mi|una?|su|el|sus|las|mis|esta|de|1) )?(?:{_INSTALMENT_NAMES})\b(?! de entrada)(?: completa)?",
    r"\b(?:(?:la|mi|una?|su|el|sus|mis|este|de) )?(?:abono|pago|recibo)(?: de siempre| normal| semanal| quincenal"
    r"| mensual| catorcenal| de (?:la|esta|mi) (?:semana|quincena|letra|catorcena)| de(?:l| este) mes| minimo| fijo"
    r"| acordado| correspondiente| que (?:me )?(?:toca|corresponde))\b",
    r"\b(?:la|esta|mi) (?:semana|quincena|catorcena) se (?:la|las) (?:\w+o|doy|voy a)\b",
    rf"\b(?:la|esta|mi) {_PERIOD} que (?:me |nos |le )?(?:toca|corresponde)\b|\b(?:el|mi) mes que (?:me |nos )?toca\b"
    r"|\b(?:whats|what is|whatever is|what i owe|lo que vence|lo que (?:me |nos )?(?:toca|corresponde))(?: due)?[ ·]*"
    r"(?:(?:for |de )?(?:this|these|est[ea]) (?:month|week|mes|semana|quincena))\b",
    rf"\blo (?:de (?:la|esta|mi|una|1) {_PERIOD}|de(?:l| este) mes|(?:mismo )?de siempre|que (?:me|nos) (?:toca"
    rf"|corresponde)|normal"
    r"|semanal|correspondiente|del pago|del abono)\b",
    r"\blo que (?:les? )?debo (?:de|por) (?:la|esta) (?:semana|quincena|catorcena)\b",
    # 'Le hago el abono' makes some payment.
    r"(?<!hago )(?<!hacer )(?<!hare )(?<!hacerle )\b(?:mi|el) abono\b(?= (?:el|manana|hoy|de siempre)|$)",
    rf"\b{_PAY_NOW} (?:la|mi|esta) (?:semana|quincena|catorcena)\b{_WEEK_AS_INSTALMENT}",
    r"\b(?:the |my |one |an |this |a |next )?(?:(?:weekly|monthly|biweekly|regular|normal|usual|minimum|scheduled"
    r"|full weekly) (?:payment|amount|installment)|(?<!in )instal+ments?|usual amount|(?:weeks|months) payment)\b"
    r"|\bthis (?:weeks|months) payment\b",
)
_FULL: Final = (
    r"\b(?:lo|el dinero|el monto) completo|\b(?:(?:el|del|al|su|mi|la|the|my|saldo|monto|deuda|adeudo|puro) )+total"
    r"(?:idad)?\b(?! (?:no|de cuotas|son|es|seria)\b)|\bcompletit[oa]",
    rf"\b{_PAY}(?: \w+){{0,3}}? (?:hasta el ultimo (?:pesos|centavo|quinto|sol(?:es)?|quetzal(?:es)?|dolar(?:es)?)"
    r"|(?:every|down to the) (?:last )?(?:cent|penny|peso))\b",
    r"\bevery (?:last )?(?:cent|penny|peso)\b(?: \w+){0,2} (?:paid|yours)\b"
    r"|\btod(?:o|a|ito|ita) (?:se l[oa]s?|les?|lo) (?:doy|pago|liquido|deposito|paso|mando|abono|entrego|llevo"
    r"|giro|transfiero)\b"
    r"|\bquit\w+ (?:de encima )?(?:la|esa|esta|mi) deuda\b",
    r"\ball (?:of )?(?:my|the) (?:debt|loan|balance|credit)\b|\bpay complete(?:ly)?\b",
    r"\bde (?:un (?:jalon|solo|trancazo|golpe|tajo|madrazo|sopeton)|una(?: vez)?|golpe)[ ,·]+(?:tod[oa]|completo)\b",
    # As an answer: 'completo, no la cuota'.
    r"^\W*(?:el |lo )?complet[oa](?= ?[,.;]? ?(?:y )?no (?:la|el|los|mi|solo|nomas)\b)",
    r"\btodo lo que (?:salga|sea|resulte|marque|haya pendiente|este pendiente)\b(?! (?:de|en|hoy|del|manana|el|la)\b)",
    # 'No va a ser la mitad, va a ser todo', 'sino todo'.
    r"\b(?:sino|no (?:(?:va a ser|van a ser|sera|es|seria|solo|nomas|nada mas|puro|just|only|gonna be) )*(?:(?:el|la|un"
    r"|una|los|the|a|mi|my) )?(?:mitad|cuota|abono|letra|mensualidad|parte|half|installment|part|pedazo)[ ,]+"
    r"(?:(?:sino|es|va a ser|sera|its|ill pay|mejor|le pago|but) )*)(?:que )?(?P<said>tod[oa]|everything|all of it)\b"
    r"(?= ?(?:$|[,.;!·]|y |and |el |on |de una))",
    r"\btodo (?:lo que (?:(?:les?|se|nos) )?(?:debo|debe|debemos|falta|resta|adeudo|me falta)|el (?:saldo|adeudo"
    r"|total|prestamo|credito|dinero|monto)|mi (?:saldo|adeudo|prestamo|credito|deuda)|lo (?:pendiente|que falta"
    r"|adeudado)|completo|junto|de (?:un )?(?:jalon|solo|trancazo|golpe|tajo|madrazo|sopeton)|de una(?: vez)?)",
    r"\btoda (?:la|mi) (?:deuda|cuenta)|\bla deuda(?: completa| entera)?(?= )|\b(?:esa|esta"
    r"|mi) deuda (?:completa|entera)\b"
    r"|\bla cuenta completa|\bel (?:saldo"
    r"|prestamo|credito|adeudo) (?:completo|total|entero)|\bfull_balance|(?<!por )\blo que (?:(?:les?|se|nos|yo) )?"
    r"(?:debo|debe|debemos|adeudo|adeudamos)\b|\b(?:quedar|quedo) a mano\b|\b(?:dej[ao]r?|qued[ao]r?) (?:mi cuenta "
    r"|todo )?en (?:ceros?|0)\b",
    r"(?<!mi )(?<!el )(?<!la )\b(?:pago|pagar|pagare|liquido|cubro|deposito|pay) (?:complet[oa]|full|in full|fully)\b",
    rf"\b{_PAY}(?: \w+){{0,2}}?(?<! con)(?<! de) tod[oa]\b(?! (?:el (?:dia|mes|tiempo)|la (?:semana|vida|tarde"
    r"|noche|manana)|los|las|esto|eso|menos|lo que (?:gano|tengo|vend|pueda|traigo|junt)))",
    r"^(?:\W|pues|si|ok|bueno|nomas|ya|mejor|quiero|le doy|va|de una|prefiero|entonces|ah|sea|asi|seria|que"
    r"|sale)*tod[oa]\b"
    r"(?=\W*(?:por ?favor|ya|junto|de una|de una vez|·[^a-z]*|completo)?\W*$)",
    rf"^\W*total\W*$|\b{_PAY} (?:en )?total\b",
    r"\b(?:the |my )?(?:full|whole|entire|total) (?:amount|balance|thing|debt|loan|payment|sum)\b|\ball of it\b"
    r"|\beverything (?:that )?i owe\b|^\W*everything\b(?=\W*$| ?[,.;!]| (?:on|by|at|in|next|this|for|·))"
    rf"|\b{_PAY}(?: \w+){{0,2}} everything\b|\bin full\b"
    r"|\bpa(?:y|id|ying) (?:it|this|that|them|the loan|my loan)? ?(?:all )?off\b|\bpay ?off\b"
    r"|\b(?<!end )(?<!ending )it all\b(?! (?:end|over|stop))|\ball (?:that )?i owe\b|\bthe full\b|\bwhat i owe"
    r"(?: you)?\b|\bsettle (?:up|my (?:debt|loan|account)|the (?:debt|loan|account))\b",
    r"\b(?:liquid(?:ar|o|e|arl[oea]s?|are|arla|aria|amos)|sald(?:ar|are|arla|arlo)|finiquit\w+)\b"
    r"|(?<!el )(?<!mi )(?<!su )(?<!del )(?<!al )(?<!que )\bsaldo (?:la|mi|el) (?:deuda|cuenta"
    r"|prestamo|credito|adeudo)\b"
    r"|\bcancel(?:ar|o|are|aria) tod[oa](?: (?:eso|esto|de una))?\b(?! (?:lo|los|las|el|la|mi|mensaje|aviso))"
    r"|\bcancel(?:ar|o|are|arl[oea]) (?:(?:todo|toda|ya|de una vez) )?(?:(?:el|la|mi) )?"
    r"(?:deuda|cuenta|prestamo|credito|total|saldo)\b",
)
_WORDS: Final[dict[AmountRef, tuple[str, ...]]] = {
    "overdue": _OVERDUE,
    "remainder": _REMAINDER,
    "installment": _INSTALLMENT,
    "full_balance": _FULL,
}
# One of these is in every name of an amount; a text without them need not be looked through.
_SIGN: Final = re.compile(
    r"tod[oa]|total|complet|liquid|sald|finiquit|cancel|deb|adeud|deuda|mano|ceros?|cuenta|cuota|letra|mensual|semana|quincena"
    r"|ficha|parcialidad|amortiza|catorcen|abono|pago|recibo|toca|correspond|siempre|normal|mes|vencid|atras|pendient|mora"
    r"|retras|corriente|dia|regulariz|resto|rest|falta|sobra|queda|demas|otro|diferencia|capital|interes|doble|triple|media"
    r"|installment|instalment|payment|amount|full|whole|entire|everything|all|off|owe|settle|due|late|behind|catch|current"
    r"|date|remain|left|balance|arrears|diferen|every"
)
_REFERENCES: Final = [(ref, re.compile(pattern)) for ref, patterns in _WORDS.items() for pattern in patterns]
# More or less than one instalment, and interest alone, are amounts that nobody here can work out.
_SEVERAL: Final = r"(?:[2-9]|1\d|un par de|unas)"
_UNKNOWN: Final = [
    re.compile(pattern)
    for pattern in (
        r"\bcasi tod[oa]\b|\btod[oa] menos \$? ?\d+",
        r"\b(?:nomas|solo|puros|nada mas|just|only) (?:los |the )?(?:intereses|interest)\b",
        rf"\b{_PAY_NOW}(?: \w+){{0,2}}? (?:los|puros|solo|nomas) (?:los )?intereses\b",
        r"\b(?:pay|send|cover) (?:just |only )?the interest\b",
        rf"\b{_PAY} (?:el|puro|solo) capital\b|^\W*(?:el|puro|solo el) capital\b",
        r"\b(?:cuota|letra|semana|mensualidad|pago|quincena) y media\b|\ba payment and a half\b",
        r"\b(?:doble|triple) (?:cuota|pago|letra|abono|mensualidad)\b|\b(?:double|triple) (?:payment|installment)s?\b",
        rf"\b{_PAY}(?: \w+){{0,2}}? (?:el doble|el triple)\b",
        rf"\b(?:{_INSTALMENT_NAMES})(?: completa)? (?:(?:mas|plus|y otros) \$? ?\d+|y \$? ?\d+ (?:mas|extra))",
        r"^\W*[2-9] (?:cuotas|letras|mensualidades|abonos|pagos)(?= (?:juntas|juntos|el|para|en)\b| ?,| ·|\W*$)",
        rf"\b{_PAY_NOW}(?: (?!en\b)\w+){{0,2}}? {_SEVERAL} (?:cuotas|letras|mensualidades|abonos|pagos|fichas|quincenas"
        rf"|semanas)\b(?! (?:{_LATE}|de \d|mas\b))",
        r"\b(?:pay(?:ing)?|cover(?:ing)?|send(?:ing)?|make|do|bring) (?:[2-9]|both|a couple(?: of)?)"
        r" (?:payments|installments|weeks)\b(?! (?:of \d|·))",
    )
]


def find_references(text: str) -> Iterator[tuple[int, int, AmountRef | None]]:
    """Start, end and what is meant, None where it can't be told ('cuota y media', 'dos letras')."""
    if not _SIGN.search(text):
        return
    yield from ((m.start(), m.end(), None) for pattern in _UNKNOWN for m in pattern.finditer(text))
    for ref, pattern in _REFERENCES:
        for m in pattern.finditer(text):
            # '3 cuotas' is a count.
            if not re.search(r"\d $", text[max(0, m.start() - 3) : m.start()]):
                if ref == "remainder" and (_SEEN_LATER.match(text, m.end()) or _WAITED.search(text[: m.start()])):
                    continue
                yield m.start(m.lastgroup or 0), m.end(), ref
