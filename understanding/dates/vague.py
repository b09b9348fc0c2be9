"""Words for a time that count only where nothing firmer is said: 'ahorita', 'cuando me paguen', 'asap'."""

from typing import Final

from understanding.dates.rules import near, rule, vague
from understanding.dates.words import DAY

_SOON: Final = (
    r"\b(?:(?<!por )ahora(?! (?:si|no|que|resulta))|(?<!por )ahorita(?! no)|ahora mismo|ya mismo|right now"
    r"|(?<!for )now|right away|al rato"
    r"|al ratito|(?:en|dentro de) un (?:rato|ratito|momento)|mas tarde|en (?:media|una|1|2|3) horas?|in an hour"
    r"|later today|en este momento|en un ratito|de inmediato|immediately|straight away|enseguida)\b"
)
# 'En cuánto va mi deuda' asks for money, not for time.
_HOW_MUCH: Final = r"(?! (?:\w+ )?(?:esta|estoy|va|voy|anda|ando|queda|quedo|tiempo|sale|es|salio|puedo|debo)\b)"
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
        rf"\b(?:hoy|today)(?: mismo| dia\b| sin falta| (?:en|por|a) la (?:manana|noche|tarde))*(?:,? {DAY})?",
        near(0),
        soft=True,
    ),
    rule(
        "ahor ya_mismo now right rat tarde later momento hora hour inmedia straight ensegu", _SOON, near(0), soft=True
    ),
    # An event whose day nobody knows.
    rule(
        "cuando cuanto apenas pronto luego dia_que when once as_soon after",
        rf"\b(?:(?:en cuanto{_HOW_MUCH}|tan pronto(?: como)?|(?<!desde )luego que|el dia que) \w+(?: \w+)?|(?:cuando"
        rf"|apenas) (?:(?:me|le"
        r"|nos) (?:paguen|pagan|depositen|caiga|llegue|den|manden)|cobre|reciba|venda|pueda|tenga|junte|saque|llegue"
        r"|salga|termine|consiga|regrese|vuelva)|(?:when|once|as soon as|after) (?:i (?:get paid|can|have|get|sell)"
        r"|my (?:check|pay)\w* \w+))\b",
        vague,
        soft=True,
    ),
    rule(
        "pay_day payday dia_de aguinaldo bono",
        r"\b(?:pay ?day|(?:un |el )?dia de (?:pago|paga|raya|cobro)|(?:mi|el) aguinaldo|mi bono)\b",
        vague,
        soft=True,
    ),
    rule(
        "dia day mid media pocos few semana weeks sometime",
        r"\b(?:(?:un|1) dia de estos|uno de estos dias|(?:en )?(?:estos|unos|algunos|pocos) (?:dias|diitas)"
        r"|(?:los |estos )?proximos dias|(?:un|1) par de (?:dias|semanas)|couple (?:of |more )*(?:days|weeks)"
        r"|(?:a |in a |next )?few (?:more )?(?:days|weeks)|some ?day|sometime|a media semana|mid ?week|entre semana)\b",
        vague,
        soft=True,
    ),
    rule(
        "otr proxim siguiente que_",
        r"^\W*(?:para )?(?:la|el) (?:proxim[oa]|otr[oa]|siguiente|que (?:viene|sigue|entra))\W*$",
        vague,
        soft=True,
    ),
]
