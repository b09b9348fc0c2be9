"""Words for a time that count only where nothing firmer is said: 'ahorita', 'cuando me paguen', 'asap'."""

from typing import Final

from understanding.dates.rules import near, rule, vague
from understanding.dates.words import DAY

_SOON: Final = (
    r"\b(?:ahora(?! (?:si|no|que|resulta))|ahorita(?! no)|ahora mismo|ya mismo|right now|now|right away|al rato"
    r"|al ratito"
    r"|en un rato|mas tarde|later today|en este momento|en un ratito|de inmediato|immediately|straight away"
    r"|enseguida)\b"
)
ASKED_BACK: Final = [
    rule(
        "posible cuanto_antes possible asap pronto",
        r"\b(?:lo (?:antes|mas pronto) posible|cuanto antes|as soon as possible|asap)\b",
        vague,
    )
]
SOFT: Final = [
    rule(
        "hoy today",
        rf"\b(?:hoy|today)(?: mismo| sin falta| (?:en|por|a) la (?:manana|noche|tarde))*(?:,? {DAY})?",
        near(0),
    ),
    rule("ahor ya_mismo now right rat tarde later momento inmedia straight ensegu", _SOON, near(0)),
    rule(
        "dia day cuando cuanto when as_soon once apenas pronto dias few semana weeks aguinaldo otr proxim"
        " siguiente que_ bono",
        r"\b(?:pay ?day|(?:un |el )?dia de (?:pago|paga|raya|cobro)|cuando (?:me (?:paguen|pagan|depositen|caiga"
        r"|llegue|den|manden)"
        r"|cobre|reciba|venda|pueda|tenga|junte|saque|llegue|salga|termine|consiga)|(?:en cuanto|apenas|tan pronto"
        r"|luego que)"
        r" (?:me (?:paguen|depositen|caiga|llegue|den|manden)|cobre|venda|pueda|tenga|reciba|junte|salga|consiga)"
        r"|(?:when|once|as soon as|after) i (?:get paid|can|have|get|sell)|when my (?:check|pay)\w* \w+|(?:un"
        r"|1) dia de estos"
        r"|(?:en )?estos dias|en (?:unos|algunos|pocos) dias|unos (?:dias|diitas)|pocos dias|(?:un|1) par de (?:dias"
        r"|semanas)"
        r"|couple (?:of )?(?:days|weeks)|(?:a |in a )?few (?:more )?(?:days|weeks)|some ?day|uno de estos dias"
        r"|entre semana"
        r"|mi aguinaldo|el aguinaldo|mi bono|sometime)\b|^\W*(?:para )?(?:la|el) (?:proxim[oa]|otr[oa]|siguiente"
        r"|que (?:viene|sigue|entra))\W*$",
        vague,
    ),
]
