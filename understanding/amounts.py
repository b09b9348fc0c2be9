"""The amounts a normalised text offers: numbers that are money, and words that stand for an amount ('la cuota')."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

AmountRef = Literal["full_balance", "overdue", "installment", "remainder", "fraction"]

# ISO 4217 currencies of the region without minor units; all others here have two decimals.
_WITHOUT_CENTS: Final = {"CLP", "PYG"}
# A hundred million pesos: beyond any microcredit, so such a number is a phone or an account.
_LARGEST: Final = 100_000_000


@dataclass(frozen=True)
class AmountMention:
    """`amount` in minor units, or a reference; both None when the words are money that must be asked back."""

    start: int
    end: int
    amount: int | None
    currency: str
    ref: AmountRef | None = None
    fraction: Fraction | None = None


_CURRENCIES: Final = {
    "PEN": r"soles|sol|lucas peruanas|pen",
    "USD": r"dolares|dolar|usd|dls|dlls|us dollars|dollars|dollar|us",
    "GTQ": r"quetzales|quetzal|gtq",
    "HNL": r"lempiras|lempira|hnl|lps",
    "NIO": r"cordobas|nio",
    "CRC": r"colones|crc",
    "PYG": r"guaranies|pyg",
    "VES": r"bolivares|ves",
    "BOB": r"bolivianos|bob",
    "BRL": r"reales|reais|brl",
    "EUR": r"euros|euro|eur",
    "PAB": r"balboas|pab",
    "COP": r"pesos colombianos|cop",
    "ARS": r"pesos argentinos|ars",
    "CLP": r"pesos chilenos|clp",
    "DOP": r"pesos dominicanos|dop|rd",
    "UYU": r"pesos uruguayos|uyu",
    "MXN": r"pesos mexicanos|mxn|mn|m\.n\.",
}
_LOCAL: Final = r"pesos|varos|baros|varitos|baritos|bolas|mangos|bucks|lanas|pesotes|morlacos|marmajas|de pesos"
_UNCLEAR: Final = r"lucas?|lukas?|palos?|gambas?|bs|y (?:pico|cacho|tantos|algo|fraccion)"
_AFTER: Final = (
    "|".join(f"(?P<{code}>{names})" for code, names in _CURRENCIES.items())
    + f"|(?P<local>{_LOCAL})|(?P<unclear>{_UNCLEAR})"
)
_BEFORE: Final = r"(?P<sign>us ?\$|usd ?\$?|mx ?\$|mxn ?\$?|\$|gtq\.?|s ?/ ?\.?|lps?\.?|bs\.?|cop ?\$?|rd ?\$|c ?\$)"
_SIGNS: Final = {"us": "USD", "mx": "MXN", "gt": "GTQ", "s": "PEN", "l": "HNL", "cop": "COP", "rd": "DOP", "c": "NIO"}
_NUMBER: Final = re.compile(
    rf"(?:\b{_BEFORE} ?|(?<=[ (])\$ ?|^\$ ?)?(?<![\w.,/:+-])(?P<number>\d{{1,3}}(?:[.,']\d{{3}})+(?:[.,]\d{{1,2}})?"
    rf"|\d{{1,2}} \d{{3}}(?: \d{{3}})*|\d+(?:[.,]\d{{1,2}})?)(?![\d%/:]|[.,]\d| ?%)(?: ?(?:{_AFTER})(?!\w))?"
)
_UNCLEAR_WORD: Final = re.compile(r"(?:\b\d+ )?\b(?:lucas?|lukas?)\b(?! peruanas)")
_CHOICE: Final = re.compile(
    r"\d+ ?(?:-|a|y) ?\d+ (?:pesos|varos|bucks)|\bentre (?:los )?\d{2,} y (?:los )?\d{2,}|\d{3,} ?- ?\d{3,}"
    r"|\b\d+ (?:pagos?|abonos?|payments?|depositos?|partes) (?:de|of)(?: a)? \d[\d.,]*"
)

# Numbers that are not money, blanked first.
_NOISE: Final = re.compile(
    r"\b(?:(?:desde|antes|despues|a partir|tipo|como) (?:de )?)?(?:a las?|de las"
    r"|las) \d{1,2}(?:[:.]\d{2})?(?: y media)?"
    r"(?: ?(?:am|pm|a\.m\.?|p\.m\.?|hrs|horas|h)\b)?(?: (?:de|en|por) la (?:manana|tarde|noche))?"
    r"|\b(?:at |by )?\d{1,2}(?::\d{2})? ?(?:am|pm|a\.m|p\.m|o ?clock|hrs|horas)\b"
    r"|\b\d{1,2}:\d{2}\b(?: ?(?:am|pm|hrs))?"
    r"|\b(?:folio|referencia|ref|clabe|tarjeta|numero|numeros|num|nro|no\.|#|cel|celular|tel|telefono"
    r"|whatsapp|whats|wasap"
    r"|contrato|credito|prestamo|grupo|ine|dni|cedula|curp|calle|casa|lote|manzana|depto|codigo|cp|c\.p|ticket"
    r"|autorizacion|terminacion|terminan?|termina|id|loan|account|reference|number|phone|card|seccion"
    r"|sucursal|colonia|avenida|av|col|km"
    r"|operacion|rastreo|comprobante|pin|edad|ruta|folios|nip|(?<!a )cuenta(?! con)|cta|clave|cliente|socio|ends?)\b"
    r"(?: (?:es|de|del|el|la|numero|num|no|mi|en|is|in|with|for|y|le|son|marcado|que)\b|[ .:#-])*(?:mayo "
    r"|enero |febrero )?"
    r"(?:\+?\d[\d .,-]*\d|\d)"
    r"|\+\d[\d -]{6,}\d|\b\d(?:[ -]?\d){8,}\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b"
    r"|\b(?:en|del|desde|ano|since|in|hasta) (?:el )?(?:ano )?20[0-3]\d\b"
    r"|\bi ?am \d{1,3}\b(?! (?:pesos|short))"
    r"|\b(?:covid|f|24|win|gate) ?-? ?\d+\b"
)
# A plural noun after a number makes it a count ('8 semanas', '300 tamales') unless it is one of these.
_COUNTED: Final = re.compile(
    r" (?:de )?(?!pesos|varos|baros|bolas|mangos|bucks|soles|dolares|quetzales|lempiras|cordobas|colones"
    r"|guaranies|bolivares"
    r"|bolivianos|reales|euros|balboas|lucas|lukas|palos|pesotes|lanas|varitos|baritos|morlacos|dollars|lps|dls|dlls"
    r"|mas\b|pues\b|antes\b|despues\b|semanales|mensuales|quincenales|gracias|nomas|menos|entonces|tres|tras"
    r"|thanks|unless"
    r"|this|plus|is\b|as\b|us\b|was\b|les\b|nos\b|es\b|los\b|las\b|marmajas|ademas|saludos|always|bs\b"
    r"|extras|completos|cerrados|exactos|libres|juntos|otros|nuevos|mexicanos|colombianos)[a-z]{3,}s\b"
    r"| (?:dia|dias|ano|anos|anitos|mes|semana|vez|hijo|nino|cuota|pago|hora|horas|min|kilo|kg|km|cuadras"
    r"|year|years|old|day|kids?"
    r"|ninos|de cada|personas|persona|gente|people|times|percent|por ciento|%|x|años|mil mensajes|yrs|y/o)\b"
    r"| ?(?:er|ero|ro|do|to|ta|ra|da|st|nd|rd|th)\b"
)
_OFFERED: Final = re.compile(
    r"\b(?:pag\w*|d[oa]y|dar\w*|deposit\w*|abon\w*|mand\w*|paso|pong\w*|pay|send|give|transfier\w*|de a|solo"
    r"|nomas|otros)(?: [a-z]+){0,2} $"
)
_FRACTIONS: Final[list[tuple[re.Pattern[str], Fraction]]] = [
    (re.compile(rf"\b(?:{pattern})"), share)
    for pattern, share in [
        (r"tres cuartas? partes?|3 cuartas? partes?|3 cuartos|three quarters|3 quarters|3/4(?![\d/])"
         , Fraction(3, 4)),
        (r"2 terceras? partes?|2 tercios|2 thirds|2/3(?![\d/])", Fraction(2, 3)),
        (r"(?:una |la |1 )?(?:tercera|3ra|3 ra|3 era) parte|(?:un|1|el) tercio|(?:a |one |1 )third"
         r"|1/3(?![\d/])", Fraction(1, 3)),
        (r"(?:una |la |1 )?cuarta parte|(?:un|1) cuarto|(?:a |one |1 )quarter|quarter of|1/4(?![\d/])"
         , Fraction(1, 4)),
        (r"(?:una |la |1 )?quinta parte|(?:a |one )fifth|1/5(?![\d/])", Fraction(1, 5)),
        (r"(?:la |una |el |1 |nomas |otra )*(?:mitad|la otra mitad)\b|\bhalf(?: of it)?\b|\b1/2(?![\d/])"
         r"|\bmedi[oa] (?:cuota|pago|mensualidad|letra|abono|parte)\b", Fraction(1, 2)),
    ]
]  # fmt: skip
_OTHER_HALF: Final = re.compile(r"\b(?:la|the) (?:otra|other)(?: parte| one)?\b(?! (?:semana|quincena|half|mitad))")
_PERCENT: Final = re.compile(
    r"\b(?:el )?(\d{1,3}) ?(?:%|por ?ciento\b|percent\b)(?: de (?:interes|descuento|comision))?"
)

_PAY: Final = (
    r"(?:pag\w*|liquid\w*|doy|dar(?:le|les|e)?|daria|dare|cubr\w*|deposit\w*|abon\w*|complet\w*|mand\w*|paso"
    r"|pasar|transfier\w*"
    r"|transfer\w*|tengo|tenga|tener|junt\w*|pong\w*|cancel\w*|sald\w*|termin\w*|entreg\w*|consign\w*|gir\w*"
    r"|finiquit\w*|paid|pay\w*"
    r"|send\w*|settle|deliver|have|clear)"
)
_REFERENCE_WORDS: Final[list[tuple[str, AmountRef]]] = [
    (r"\b(?:(?:todo )?lo (?:vencido|atrasado|de atraso|que (?:debo|tengo) (?:de atraso|atrasado|vencido"
     r"|en mora))|(?:mis? |los? |el |del )?(?<!de )"
     r"(?:atrasos?|atrasad[oa]s?|mora|moras)\b(?! sin)|(?:las? |mis? )?(?:cuotas?|pagos?|letras?"
     r"|semanas?) (?:vencid[oa]s?|atrasad[oa]s?"
     r"|pendientes)|saldo vencido|(?:pon\w*(?:me)?|pong\w*|quedo|estar|quedar) al (?:corriente|dia)"
     r"|(?:the )?(?:over ?due|past due|arrears"
     r"|late)(?: (?:amount|balance|payments?|part))?|catch up|what(?: i|s|i)? (?:am )?(?:behind|late))\b"
     , "overdue"),
    (r"\b(?:lo que (?:me )?(?:falta|faltaba|rest[ea]|queda|quede|faltaria)(?: por pagar)?|el (?:resto"
     r"|restante|faltante|sobrante)|lo (?:restante|faltante"
     r"|demas|otro)|la diferencia|resto|el saldo restante|the (?:rest|remainder|remaining(?: amount"
     r"| balance)?|difference|balance left)"
     r"|whats? left|le completo)\b", "remainder"),
    (r"\b(?:(?:la|mi|una?|su|el|sus|las|mis|esta|de) )?(?:(?:cuota|letra|mensualidad|semanalidad"
     r"|parcialidad|cuotita|quincena de mi prestamo)\b(?! de entrada)"
     r"(?: completa)?|(?:abono|pago)(?: de siempre| normal| semanal| quincenal| mensual| de (?:la|esta"
     r"|mi) (?:semana|quincena|letra)"
     r"| de(?:l| este) mes| minimo))\b|\blo (?:de (?:la|esta|mi) (?:semana|quincena|cuota|letra"
     r"|mensualidad)|de(?:l| este) mes|de siempre|que me toca|normal)\b"
     r"|\b(?:mi|el) abono\b(?= (?:el|manana|hoy|de siempre)|$)|\b(?:the |my |one |an |this )?(?:(?:weekly"
     r"|monthly|biweekly|regular|normal|usual|minimum) (?:payment|amount|installment)"
     r"|instal+ments?|usual amount)\b", "installment"),
    (r"\b(?:(?:lo|el dinero|el monto) completo|(?:el |la |el saldo )?total(?:idad)?(?! (?:no|de cuotas))|completit[oa]"
     r"|todo (?:lo que (?:le[s]? )?(?:debo|falta|resta|adeudo|me falta)|el (?:saldo|adeudo"
     r"|total|prestamo|credito|dinero|monto)|mi (?:saldo|adeudo|prestamo|credito|deuda)|lo (?:pendiente"
     r"|que falta|adeudado)|completo|junto|de un (?:jalon|solo)"
     r"|de una(?: vez)?)|toda (?:la|mi) (?:deuda|cuenta)|la deuda(?: completa| entera)?(?= )"
     r"|la cuenta completa|el saldo (?:completo|total|entero)|full_balance"
     r"|lo que (?:les? )?debo|(?:quedar|quedo) a mano)\b", "full_balance"),
    (r"(?<!mi )(?<!el )(?<!la )\b(?:pago|pagar|pagare|liquido|cubro|deposito|pay) (?:complet[oa]|full"
     r"|in full|fully)\b", "full_balance"),
    (r"\b(?:pago|transfiero|cubro|deposito|doy|mando|abono|pagar|pagarle|cubrir) la semana\b(?! (?:que"
     r"|proxima|siguiente|entrante|pasada))", "installment"),
    (rf"\b{_PAY}(?: \w+){{0,2}}? tod[oa]\b(?! (?:el (?:dia|mes|tiempo)|la (?:semana|vida)|los|las|esto|eso"
     rf"|menos|lo que (?:gano|tengo|vend)))", "full_balance"),
    (r"^(?:\W|pues|si|ok|bueno|nomas|ya|mejor|quiero|le doy|seria|va|de una"
     r"|prefiero)*tod[oa]\b(?=\W*(?:por ?favor|ya|junto|de una|de una vez|·[^a-z]*|completo)?\W*$)",
     "full_balance"),
    (r"\b(?:the |my )?(?:full|whole|entire|total) (?:amount|balance|thing|debt|loan|payment|sum)\b"
     r"|\ball of it\b|\beverything(?: i owe)?\b(?! (?:is|was|ok|fine))"
     r"|\bin full\b|\bpa(?:y|id|ying) (?:it|this|that|them)? ?(?:all )?off\b|\bpay ?off\b|\bit all\b"
     r"|\ball that i owe\b|\bthe full\b", "full_balance"),
    (r"\b(?:liquid(?:ar|o|arl[oea]s?|are|arla|aria)|sald(?:ar|are)|finiquit\w+|cancel(?:ar|o|are"
     r"|arl[oea]) (?:(?:todo|toda|ya|de una vez) )?(?:(?:el|la|mi) )?"
     r"(?:deuda|cuenta|prestamo|credito|total|saldo))\b", "full_balance"),
]  # fmt: skip
_REFERENCES: Final = [(re.compile(pattern), ref) for pattern, ref in _REFERENCE_WORDS]


def find_amounts(text: str, currency: str, expected: bool = False) -> tuple[list[AmountMention], str]:
    """The mentions in order, and the text without numbers that are not money; `currency` is the local one."""
    text = _NOISE.sub(lambda m: "·" * len(m.group()), text)
    mentions: list[AmountMention] = []
    for found in [*_fractions(text, currency), *_references(text, currency), *_unclear(text, currency)]:
        if not _overlaps(found, mentions):
            mentions.append(found)
    blanked = text
    for mention in mentions:
        if mention.ref == "fraction" or mention.ref is None:
            blanked = blanked[: mention.start] + "·" * (mention.end - mention.start) + blanked[mention.end :]
    mentions += [number for number in _numbers(blanked, currency) if expected or not _is_small(number, blanked)]
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end)), text


def _overlaps(found: AmountMention, others: list[AmountMention]) -> bool:
    return any(found.start < other.end and other.start < found.end for other in others)


def _fractions(text: str, currency: str) -> list[AmountMention]:
    found = [
        AmountMention(m.start(), m.end(), None, currency, "fraction", share)
        for pattern, share in _FRACTIONS
        for m in pattern.finditer(text)
    ]
    for m in _PERCENT.finditer(text):
        share = int(m[1])
        if 0 < share < 100 and not m.group().endswith(("interes", "descuento", "comision")):
            found.append(AmountMention(m.start(), m.end(), None, currency, "fraction", Fraction(share, 100)))
        elif share == 100:
            found.append(AmountMention(m.start(), m.end(), None, currency, "full_balance"))
    halves = [mention for mention in found if mention.fraction == Fraction(1, 2)]
    if len(halves) == 1:
        others = _OTHER_HALF.finditer(text, halves[0].end)
        found += [AmountMention(m.start(), m.end(), None, currency, "fraction", Fraction(1, 2)) for m in others]
    return found


def _references(text: str, currency: str) -> list[AmountMention]:
    return [
        AmountMention(m.start(), m.end(), None, currency, ref)
        for pattern, ref in _REFERENCES
        for m in pattern.finditer(text)
        if not re.search(r"\d $", text[max(0, m.start() - 3) : m.start()])
    ]


def _unclear(text: str, currency: str) -> list[AmountMention]:
    return [
        AmountMention(m.start(), m.end(), None, currency)
        for pattern in (_UNCLEAR_WORD, _CHOICE)
        for m in pattern.finditer(text)
    ]


def _numbers(text: str, local: str) -> list[AmountMention]:
    mentions = []
    for m in _NUMBER.finditer(text):
        named = m.lastgroup if m.lastgroup not in {"number", "sign"} else None
        sign = (m["sign"] or "").strip(" $./")
        if named is None and not sign and _COUNTED.match(text, m.end()):
            continue
        code = (
            named if named in _CURRENCIES else _SIGNS.get(sign[:3], _SIGNS.get(sign[:2], _SIGNS.get(sign[:1], local)))
        )
        unclear = named == "unclear" or sign == "bs"
        amount = None if unclear else minor_units(m["number"], code or local)
        digits = sum(c.isdigit() for c in m["number"])
        if amount == 0 or (not unclear and amount is None) or (digits > 6 and not _grouped(m["number"]) and not named):
            continue
        mentions.append(AmountMention(m.start("number"), m.end(), amount, code or local))
    return mentions


def _is_small(number: AmountMention, text: str) -> bool:
    """A day's or a count's size, with no money word near: 'somos 6' is no offer, 'le doy 20' is."""
    written = text[number.start : number.end]
    small = written.isdigit() and int(written) <= 31
    return (
        small
        and not _OFFERED.search(text[: number.start])
        and not text[: number.start].endswith(("$", "$ ", "/", "gtq "))
    )


def _grouped(number: str) -> bool:
    return any(sign in number for sign in ".,' ")


def minor_units(number: str, currency: str) -> int | None:
    """'1,200', '1.200', '1.500,50', '1,500.50', '1 200' in minor units; None if it is beyond any microcredit."""
    number = number.replace("'", "").replace(" ", "")
    whole, decimals = number, ""
    last = max(number.rfind("."), number.rfind(","))
    if last >= 0 and len(number) - last - 1 < 3:
        whole, decimals = number[:last], number[last + 1 :]
    units = int(re.sub(r"[.,]", "", whole)[:15] or 0)
    if units > _LARGEST:
        return None
    if currency in _WITHOUT_CENTS:
        return units
    return units * 100 + int(decimals.ljust(2, "0") or 0)
