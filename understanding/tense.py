"""Whether a text tells of a payment made or speaks of one to come: weekdays then lie behind or ahead."""

import re
from typing import Final

from understanding.normalize import normalize

_PAID: Final = r"(?:pague|deposite|abone|transferi|mande|entregue|envie|liquide|cubri|consigne|gire|cancele|di)"
# What is given and is no money: 'ya di mis datos', 'le di mi número'.
NO_MONEY: Final = (
    r"(?! (?:(?:mis?|los|las|el|la|todos|sus?) )*(?:datos|nombre|informacion|fecha|identificacion|ine|cedula|dni"
    r"|numeros?|respuesta|vuelta|clave|codigo|correo|direccion|documentos?)\b)"
)
_TO: Final = r"(?:(?:le|les|lo|la|los|las|se|te) )*"
_GREETING: Final = (
    r"(?:(?:buen[oa]s?|dias|tardes|noches|hola|oiga|mire|si|pero|senorita|joven|disculpe|ok|bueno|pues)\W+)*"
)
# 'Pague' without its accent is also 'que pague': it counts where nobody is told or wished to pay.
_MADE: Final = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:ya|yo|yo ya|si) {_TO}{_PAID}\b{NO_MONEY}",
        rf"^\W*{_GREETING}{_TO}(?:pague|deposite|abone|transferi)\b(?! (?:usted|ustedes)\b)",
        r"\b(?:hice|realice|efectue|hicimos) (?:el|la|mi|un|una|los) (?:pago|deposito|transferencia|abono)",
        r"\bacabo de (?:pagar|depositar|abonar|transferir|mandar|hacer)",
        r"\b(?:pago|deposito|transferencia) (?:hech[oa]|realizad[oa])",
        r"(?<!no )\b(?:h?e|h?emos) (?:pagado|depositado|abonado|transferido|cubierto)\b",
        r"\b(?:i|we) (?:have |ve |already |just )*(?:paid|sent|deposited|transferred)\b",
        r"\b(?:i|we) (?:have |ve |already |just )*made (?:a|the|my) (?:payment|deposit|transfer)\b",
        r"\balready (?:paid|sent)\b|^\W*(?:just )?paid\b",
    )
]
_AHEAD: Final = re.compile(
    r"\b(?:voy a|vamos a|(?:pagar|dar|depositar|abonar|mandar|transferir|entregar)(?:e|emos)|puedo|podria|doy"
    r"|(?:quisiera|quiero|pienso|espero|deseo) (?:pagar|dar|depositar|abonar|mandar|transferir"
    r"|liquidar|cancelar|saldar|cubrir)"
    r"|(?:te|les?|se l[oa]s?) (?:yapeo|plineo|(?:pongo|paso|tengo|junto|dejo|llevo|caigo)"
    r"(?! (?:el|la|mi|un|una|foto|captura|ticket|comprobante)\b))"
    r"|transfiero|(?<!en la )(?<!por la )(?<!esta )(?<!de la )manana|(?:i|we) (?:will|can|could)"
    r"|ill (?:pay|send|give|have|transfer|deposit|drop|bring|wire|cover|settle)|(?:im|i am|were"
    r"|we are) (?:paying|sending|dropping|bringing)|gonna|going to|tomorrow"
    r"|(?<!was )(?<!were )(?:settled|agreed) on"
    r"|(?:write|note|put) (?:that|it|me|this) down)\b"
    # 'El lunes cancelo la totalidad'; 'el lunes deposito hecho' has no verb.
    r"|\b(?:el|este|proximo) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
    r"(?: (?:que viene|proximo|entrante|sin falta|seguro|primero dios|dios mediante))*,?"
    r" (?:(?:ya|yo|le|les|te|lo|la|se) )*"
    r"(?:cancelo|pago|deposito|abono|consigno|liquido|giro|mando|envio|saldo|entrego)\b"
    r"(?! (?:hech|realizad|pasad|de)\w*)(?! (?:mi|su) (?:espos|hij|herman|mam|pap|cunad|vecin|sobrin|suegr|nuer|yern"
    r"|compadr|comadr|niet|novi|marid|mujer|senor)\w*)"
    r"|\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) hago (?:el|un|mi) (?:pago|abono|deposito)\b"
)


# 'En dos semanas le acabo de pagar todo' finishes then; without a day to come it is just paid.
_FINISHES: Final = re.compile(
    r"\b((?:(?:en|dentro de) (?:\d+|un|una|dos|tres|cuatro|cinco|ocho|diez|quince) (?:dias?|semanas?|mes|meses"
    r"|quincenas?)"
    r"|para el|manana|pasado manana|(?:el|este|proximo) (?:proximo )?(?:lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo"
    r"|mes que (?:viene|entra))|(?:la|esta|en la) (?:otra |proxima )?(?:quincena|semana que (?:viene|entra))"
    r"|fin de mes)"
    r"[^,;.]{0,25}?)\bacabo de (?=(?:pagar|liquidar|cubrir|saldar|dar|completar))"
)


def finishing(plain: str) -> str:
    """The text with 'acabo de pagar' written as 'termino de pagar' where it is told of a day to come."""
    return _FINISHES.sub(r"\1termino de ", plain)


def tells_payment_made(text: str) -> bool:
    """A payment is told of and none is offered: sure of what it finds, silent otherwise."""
    plain = finishing(normalize(text))
    return _tells(plain) and not _AHEAD.search(plain)


def speaks_ahead(plain: str) -> bool:
    """A normalised text that offers and tells of no payment made."""
    return bool(_AHEAD.search(plain)) and not _tells(plain)


def _tells(plain: str) -> bool:
    return any(pattern.search(plain) for pattern in _MADE)
