"""Words for a time that count only where nothing firmer is said: 'ahorita', 'cuando me paguen', 'asap'."""

from typing import Final

from understanding.dates.rules import near, rule, vague
from understanding.dates.words import DAY

_SOON: Final = (
    r"\b(?:ahora(?! (?:si|no|que|resulta))|ahorita(?! no)|ahora mismo|ya mismo|right now|now|right away|al rato"
    r"|al ratito|en un rato|mas tarde|later today|en este momento|en un ratito|de inmediato|immediately|straight away"
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
        soft=True,
    ),
    rule("ahor ya_mismo now right rat tarde later momento inmedia straight ensegu", _SOON, near(0), soft=True),
    rule(
        "dia day mid media cuando cuanto when as_soon once apenas pronto dias few semana weeks aguinaldo otr proxim"
        " siguiente que_ bono",
        r"\b(?:pay ?day|(?:un |el )?dia de (?:pago|paga|raya|cobro)|cuando (?:me (?:paguen|pagan|depositen|caiga"
        r"|llegue|den|manden)|cobre|reciba|venda|pueda|tenga|junte|saque|llegue|salga|termine|consiga)|(?:en cuanto"
        r"|apenas|tan pronto|luego que) (?:me (?:paguen|depositen|caiga|llegue|den|manden)|cobre|venda|pueda|tenga"
        r"|reciba|junte|salga|consiga)|(?:when|once|as soon as|after) i (?:get paid|can|have|get|sell)|when my "
        r"(?:check|pay)\w* \w+|(?:un|1) dia de estos|(?:en )?estos dias|en (?:unos|algunos|pocos) dias|unos (?:dias"
        r"|diitas)|pocos dias|(?:un|1) par de (?:dias|semanas)|couple (?:of )?(?:days|weeks)|(?:a |in a )?few "
        r"(?:more )?(?:days|weeks)|some ?day|uno de estos dias|(?:los |estos )?proximos dias|next few days"
        r"|a media semana|mid ?week|entre semana|mi aguinaldo|el aguinaldo|mi bono|sometime)\b|^\W*(?:para )?(?:la"
        r"|el) (?:proxim[oa]|otr[oa]|siguiente|que (?:viene|sigue|entra))\W*$",
        vague,
        soft=True,
    ),
]
