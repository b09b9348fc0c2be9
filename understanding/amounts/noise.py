"""Numbers that are no money: clock times, phones, folios, addresses, ages and things that are counted."""

import re
from typing import Final

from understanding.amounts.currencies import CURRENCIES, LOCAL

_HALF_DAY: Final = r"(?: (?:de|en|por) la (?:manana|tarde|noche|madrugada))"
_HOUR_UNIT: Final = r"(?: ?(?:am|pm|a\.m\.?|p\.m\.?|hrs?|horas?|h)\b)"
_MINUTES: Final = r"(?:[:.]\d{2})?(?: y (?:media|cuarto|\d{1,2})| en punto)?"
_CLOCK: Final = (
    r"\b(?:tipo|a eso de|como a) \d{1,2}\b(?![.,]?\d| ?(?:mil|pesos))",
    r"\b(?:(?:desde|antes|despues|a partir|tipo|como|a eso|al filo) (?:de )?)?(?:a las?|de las|hacia las|at|around) "
    rf"\d{{1,2}}{_MINUTES}{_HOUR_UNIT}?{_HALF_DAY}?(?!\d|[,.]\d)(?! (?:pesos|mil)\b)",
    # 'Las 5', unless things follow ('las 2 letras').
    rf"\blas \d{{1,2}}{_MINUTES}{_HOUR_UNIT}?{_HALF_DAY}?(?!\d|[,.]\d)"
    r"(?! (?!antes|despues|pues|mas|nomas|horas|gracias|lunes|martes|jueves|viernes)[a-z]{3,}s\b)",
    rf"\b(?:at |by )?\d{{1,2}}(?:[:.]\d{{2}})?(?:{_HOUR_UNIT}| de la (?:manana|tarde|noche|madrugada)"
    r"| ?(?:am|pm|a\.m|p\.m|o ?clock)\b)",
    # 'De 8 a 5' at the end, or before what is done then.
    r"\b(?:de|entre) \d{1,2} (?:a|y) \d{1,2}(?=(?: ?(?:am|pm|hrs|horas)\b)?"
    r"(?: (?:de la|todos|diario|trabajo|estoy)|[^\w·]*$))",
    r"\b\d{1,2}:\d{2}\b(?: ?(?:am|pm|hrs))?",
)
_LABEL: Final = (
    r"folio|referencia|ref|clabe|tarjeta|numero|numeros|num|nro|no\.|#|cel|celular|tel|telefono|whatsapp|whats|wasap"
    r"|contrato|credito|prestamo|grupo|ine|dni|cedula|curp|casa|lote|manzana|depto|codigo|cp|c\.p|ticket|autorizacion"
    r"|terminacion|terminan?|termina|id|loan|account|acct|reference|number|phone|card|seccion|sucursal|km|operacion|rastreo"
    r"|comprobante|pin|edad|ruta|folios|nip|(?<!a )cuenta(?! con)|cta|clave|cliente|socio|ends?|recibo|factura|guia|zip"
    r"|sector|modulo|anden|local|puesto|interior|int|piso|apto|apartamento|edificio|torre|bloque|transaccion|pedido"
    r"|invoice|receipt|ticket|room|apt|unit|extension|ext|articulo|ley|clausula|placas?|movil|caso|marque|marcar"
)
_LINK: Final = (
    r"(?: (?:es|de|del|el|la|numero|num|no|mi|en|is|in|with|for|y|le|son|marcado|que|al|ending|terminado|terminada)\b"
    # After a full stop such a word begins something else: 'se me malogró el celular. Son 100 mañana'.
    r"|[ :#-]|\.(?! (?:son|es|el|la|le|y|que)\b))*"
)
# A street's name is words; a verb or a comma ends it.
_STREET_WORDS: Final = r"(?: (?!y\b|e\b|pag|doy|dar|dep|abon|mand|le\b|les\b|con\b|para\b|trae|llev|tengo)[a-z]+)"
_ADDRESS: Final = (
    r"\b(?:calle|avenida|av|col|colonia|privada|andador|cerrada|callejon|bulevar|blvd|carretera|carrera|cra|kra"
    r"|diagonal|transversal|jiron|jr|mz|lt|etapa|barrio|pasaje|street|avenue|road)\b\.?"
    rf"{_STREET_WORDS}{{0,5}}[ ·#.]*(?:numero |num |no\.? )?\d+(?: ?(?:#|-|bis|int|interior) ?\d+)*",
    rf"\b(?:vivo en|domicilio|direccion){_STREET_WORDS}{{1,4}} \d+",
    # 'Tengo el taller en Mitre 1840'.
    rf"\b(?:vivimos|trabajo|trabajamos|(?:taller|puesto|local|negocio|tienda|casa|changarro|oficina)(?: (?:esta"
    rf"|queda))?) en"
    rf"{_STREET_WORDS}{{1,3}} \d{{3,5}}(?! ?(?:pesos|varos|soles|el|le|la|para|por|y)\b)",
    r"\b\d{1,5} [a-z]+ (?:street|st|avenue|ave|road|rd|drive|lane|blvd)\b",
)
_MONEY_PLURALS: Final = "|".join([*CURRENCIES.values(), LOCAL])
_NUMBERED: Final = (
    rf"(?:\b(?:{_LABEL})\b|#){_LINK}(?:mayo |enero |febrero )?(?>\+?\d[\d .,-]*\d|\d)(?! (?:{_MONEY_PLURALS})\b)",
    r"\+\d[\d -]{6,}\d|\b\d(?:[ -]?\d){8,}\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b|\b\d{4}[ -]\d{4}\b|\b\d{3}-\d{4}\b",
    # A leading zero is written in codes only.
    r"(?<!\d )(?<![\d.,'])\b0\d+\b(?![.,])",
    r"\b(?:en|del|desde|ano|since|in|hasta) (?:el )?(?:ano )?20[0-3]\d\b",
    r"\bi ?a?m \d{1,3}\b(?! (?:pesos|short))",
    r"\b(?:covid|win|gate|android|iphone) ?-? ?\d+\b|\b\d{1,2} ?/ ?7\b",
    r"\b(?:letra|cuota|pago|abono|semana|ficha|payment|week) \d{1,2} (?:de|of) \d{1,2}\b",
    # 'En dos pagos: 300 el viernes y 500 el lunes'.
    r"\b(?:in|en) [2-9] (?:goes|parts|pagos|partes|abonos|tandas|exhibiciones|veces"
    r"|depositos)\b(?=[^;.!?]*\d)(?! de \$? ?\d)(?! of \d)",
    # An age: 'uno a los 74 ya se le olvida todo'.
    r"(?<!llego )(?<!llegar )(?<!llegue )(?<!bajo )(?<!baje )(?<!subo )\ba (?:los|mis|sus) (?:[4-9]\d|1[01]\d)"
    r"(?: y pico)?\b(?![.,]?\d| (?:dias|meses|semanas|pesos|mil|que (?:debo|le debo|faltan)))",
    r"(?:\b(?:pago|deposito|abono|recibo|lo) |(?<=\bcuota )|(?<=\bletra ))del (?:dia )?\d{1,2}\b(?![.,]?\d)",
)
NOISE: Final = re.compile("|".join([*_CLOCK, *_ADDRESS, *_NUMBERED]))
# A plural noun after a number makes it a count ('8 semanas', '300 tamales') unless it is one of these.
COUNTED: Final = re.compile(
    rf" (?:de )?(?!(?:{_MONEY_PLURALS})\b|lucas|luquitas|lukas|palos|palitos|quinas|mas\b|pues\b|antes\b|despues\b"
    r"|semanales|mensuales|quincenales|gracias|nomas|menos|todos|todas|entonces|tres|tras|thanks|unless|this|plus|is\b"
    r"|as\b|us\b|was\b|les\b|nos\b|es\b|los\b|las\b|ademas|saludos|always|towards|afterwards|goes|comes|gets|covers|lands|perhaps|besides|minus|sometimes|tops|mios"
    # Courtesies, and what is said of money that is there.
    r"|apenas|porfis|porfas|plis|dios|bendiciones|disculpas|amigos|jefes|senores|senoritas|muchachos|muchachas|hermanos"
    r"|juntados|juntaditos|reunidos|contados|contaditos|listos|sueltos|sobrantes|restantes|faltantes|apartaditos|guardaditos|juntitos|ahorraditos|suyos|extras|completos|cerrados|exactos|exactitos|cerraditos|cabalitos|redonditos|libres"
    r"|pagados|abonados|depositados|liquidados|adelantados|transferidos|cubiertos|entregados|enviados|ahorrados|guardados"
    r"|apartados|juntos|otros|nuevos|completitos|enteros|cabales|justitos|fijos|seguros|limpios|justos|redondos|jueves|viernes"
    r"|lunes|martes)[a-z]{3,}s\b| (?:dia|dias|ano|anos|anitos|mes|semana|vez|hijo|nino|cuota|pago|letra|hora|horas|min"
    r"|kilo|kg|km|cuadras|year|years|old|day|kids?|ninos|de cada|personas|persona|gente|people|times|percent"
    r"|por ciento|%|x|mil mensajes|yrs|y/o|de cuota|children|men|women|de fiebre|de temperatura|de presion|de azucar"
    r"|grados|gramos|litros|de edad|grs?|mts|lts|pm|am)\b"
    r"| ?(?:er|ero|ro|do|to(?! (?:it|the|my|you|your|that|this|be|pay|help|cover|catch|start)\b)|ta|ra|da|st|nd"
    r"|rd|th)\b"
)
