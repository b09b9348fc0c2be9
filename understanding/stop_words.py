"""Demands to stop or resume messages. A demand counts in any spelling, insult or not, also inside a longer text."""

import re
from typing import Final

from understanding.normalize import normalize

# 'cancelar' is no stop word: in Colombia and Peru it means to pay in full.
_BARE_STOP: Final = re.compile(
    r"^(?:(?:por favor|please|ya|digo|le|les|dije|que|texto|palabra|escribo|escribi|mando|y|si)\W+)*"
    r"(?:stop|stopp|stpo|estop|stop ?all|alto|baja|de baja|dar de baja|dar(?:me|se) de baja|baja ya|pare"
    r"|paren|parar|end|quit|unsubscribe|desuscribir(?:me)?"
    r"|desuscribi(?:r|rse)|desinscribir(?:me)?|optout|opt out|opt-out|no molestar|basta|ya basta|revoke"
    r"|salir|salir de la lista|arret|stop it|stop now|stop ya"
    r"|alto ya|ya paren|ya paren(?:le)?|parenle|para ya|cesen)"
    r"(?:\W+(?:por favor|please|ya|porfa(?:vor)?|gracias|thanks|now|sms|mensajes|messages|all|stop|alto|baja"
    r"|pare|de una vez)){0,6}\W*$"
)
_WRITE: Final = (
    r"(?:escrib\w*|eskrib\w*|mand\w*|envi\w*|enbi\w*|llam\w*|yam\w*|marc\w*|molest\w*|mensaj\w*|text\w*"
    r"|fastid\w*|contact\w*|busqu\w*|notifi\w*|wasap\w*|whatsap\w*"
    r"|recordator\w*|joda\w*|jodan|chingu\w*|chingar|cobr\w*|insist\w*|spam\w*|fregu\w*|fregar|acos\w*|hostig\w*)"
)
_MESSAGES: Final = (
    r"(?:mensajes?|mensajitos?|msj|msjs|mjs|mensages?|mnsjs?|sms|textos?|wasaps?|whatsapps?|whats|wats"
    r"|recordatorios?|notificacion(?:es)?|avisos?|llamadas?|spam|correos?"
    r"|chats?|msgs?|messages?|texts?|reminders?|notifications?|calls?)"
)
_DEMANDS: Final = [
    re.compile(pattern)
    for pattern in [
        # 'dejen de mandar mensajes', 'deje de molestar', 'paren de escribirme'
        (
            rf"\b(?:dej(?:e|en|n|a|ar|enme|eme|ame|es|arme|aran?)|pare|paren|para|ces(?:e"
            rf"|en))(?: ya)? (?:por favor )?de (?:estar )?(?:(?:me|nos|le) )?{_WRITE}"
        ),
        r"\b(?:dej(?:e|en|a)|pare|paren) de (?:estar )?\w*(?:ando|iendo)(?:me|nos)?\b",
        # 'ya no me escriban', 'no me manden nada', 'no vuelvan a escribirme'
        r"\b(?:ya no|no|nunca mas|jamas|ya nunca|que no|no kiero ke|no quiero que)(?: ya)?(?: (?:me|nos|mas"
        r"|le|les|vuelv\w+ a|quiero que|kiero que|deseo que|sigan?|siga|esten?|este|andes?"
        r"|anden|ande|te|se|a)){0,6}(?: (?:me|nos|volver a|mas)){0,6} (?:escrib(?:a|as|an|ir|irme|an?me)|eskriba[ns]?"
        r"|mand(?:e|en|es|ar|arme|eis|enme|eme)|envi(?:e|en|es|ar|arme)|llam(?:e|en|es|ar|arme)"
        r"|yamen?|marqu(?:e|en|es)|molest(?:e|en|es|ar)|busqu(?:e|en)|contact(?:e|en|es|ar|arme)|text(?:e"
        r"|een)|mensaje(?:e|en|es)|notifi\w+|jod(?:a|an)|chingu(?:e|en)|fastidi(?:e|en)|frieg(?:ue|uen)"
        r"|estes? (?:mandando|escribiendo|llamando)|escribiera[ns]?|mandara[ns]?|enviara[ns]?|llamara[ns]?"
        r"|escribiendo|mandando|molestando|enviando|llamando"
        r"|chingando|jodiendo|insistiendo)\b",
        rf"\b(?:ya )?no (?:quiero|kiero|deseo|quisiera|me interesa|necesito|acepto|autorizo|doy permiso|quiere"
        rf"|queremos)(?: (?:mas|que|seguir|recibir|resibir|recivir|sus|tus|estos|este|ningun|ninguna|tipo|de"
        rf"|me"
        rf"|escuchar|saber|nada|a|escriban|manden|tener|ver|leer|recibiendo|tantos?|los|las|ni|un|una"
        rf"|solo)){{0,6}} (?:{_MESSAGES}|recibir (?:nada|mas)|contacto|{_WRITE}|recib\w+)\b",
        r"\bno (?:quiero|kiero|deseo)(?: que)?(?: mas)? (?:saber (?:nada )?de ustedes|me contacten|contacto)\b",
        rf"\b(?:no mas|basta(?: ya)? (?:de|con)|ya basta (?:de|con)|ni un|alto a|alto (?:a los|con los)"
        rf"|suficientes|cero|fuera|paren? (?:con |los |sus |ya |tus |estos |esos |de |tantos )+"
        rf"|suspend\w+ (?:los |sus |estos |mis )?"
        rf"|cancel\w+ (?:los |sus |estos |el envio de |mis |la suscripcion a )*|detengan? (?:los |sus "
        rf"|estos )?|elimin\w+ (?:los |sus |estos )?)\W*(?:{_MESSAGES})\b(?! de pago)",
        (
            r"\b(?:de|dar|den|deme|denme|dame|darme|dame|dar|denos|quiero|darse|doy|solicito|pido|estar)(?: (?:me"
            r"|la|mi|de|ya|por favor|una?)){0,6} (?:de )?baja\b(?! (?:temporal|en el (?:imss|trabajo)|la|el|mi"
            r"|de intereses))"
        ),
        r"\bbaja de (?:esto|la lista|su lista|sus listas|este|los mensajes|mi numero|su sistema|sms)\b",
        r"\b(?:borr\w+|elimin\w+|quit\w+|saqu\w+|sac(?:ar|a|arme|ame)|remov\w+|remuev\w+|tach\w+|bloque\w+"
        r"|des?suscrib\w+|desactiv\w+|desinscrib\w+)(?: (?:me|ya|por favor|a|de|mi|este|el|la|su|mis|sus|los"
        r"|las|todos)){0,6}"
        r" (?:numero\b|num\b|nro\b|telefono\b|tel\b|cel\b|celular\b|contacto\b|lista\b|listas\b|base\b"
        r"|datos de (?:contacto|su)\b|notificaciones\b|mensajes\b|suscripcion\b|recordatorios\b|sistema\b)",
        (
            r"\b(?:dejen?me|dejame|dejenos|deje me|dejen me) (?:ya )?(?:en paz|tranquil[oa]s?|de (?:molestar"
            r"|escribir|mandar|llamar|fregar|chingar|joder))\b"
        ),
        (
            r"\b(?:dejen|deje|deja) (?:ya )?(?:en paz|de molestar|de chingar|de joder|de fregar)\b"
            r"|\bno (?:esten|este|estes) (?:chingando|jodiendo|fregando|molestando)\b"
        ),
        r"\b(?:olviden?|pierdan?) (?:mi|este) (?:numero|telefono|contacto)\b|\bolvidense de mi\b",
        r"\b(?:desuscri\w+|unsubscrib\w+|unsuscrib\w+|opt(?:ing)?(?: me)? out|opt-out)\b",
        (
            r"\bbasta de (?:estar )?\w+(?:ando|iendo|ar|ir|er)\w*|\bcancel\w+ (?:la |mi |esta )?(?:suscripcion"
            r"|subscripcion)\b|\bprohib\w+ que (?:me|nos) \w+|\bles? prohibo\b.{0,30}\b(?:mensajes|escrib\w+"
            r"|mandar)"
        ),
        (
            r"\b(?:ya )?no (?:me|nos) (?:vuelvan? a )?h?abl(?:e|en|es|ar)(?: mas)?\b(?! de(?! mas))"
            r"|\b(?:ya )?no (?:sigan? )?insist\w+|\bbaj\w*le (?:ya )?a (?:los|sus|tus|tantos) mensajes"
        ),
        (
            r"\b(?:borren|bloqueen|eliminen|saquen|quiten|borre|elimine|saque|quite|borra|elimina|saca"
            r"|quita)me\b(?! (?:los|el|la|las|mi|un|una) (?:interes|recarg|mora|deuda|multa|cargo|comision|adeudo"
            r"|duda))"
        ),
        # English
        (
            r"\bparen?le (?:con|a) |\bbaja de (?:los |sus )?mensajes\b|\benough (?:with|of) (?:the|these|your"
            r"|this)\b"
        ),
        (
            r"\b(?:no longer|dont|do not) (?:want|wish) to (?:receive|get|hear|be contacted)\b"
            r"|^\W*(?:please )?remove me\b"
        ),
        r"\bcease (?:all |any )?(?:further )?(?:communications?|contact|messages)|\bno (?:further"
        r"|more) (?:contact|communication)",
        r"\b(?:stop|quit|cease|end)(?: (?:fucking|already|please|with|all|the|these|those|this|your|sending"
        r"|it with|damn|bloody|ever)){0,6}"
        r" (?:text\w*|messag\w*|msg\w*|contact\w*|call\w*|sending|writing|bother\w*|harass\w*|spam\w*"
        r"|reminder\w*|sms|bugging|notif\w*|annoying)\b",
        r"\b(?:dont|do not|never|no longer|not)(?: (?:you|want|to|wish|ever|like|you guys|get|receive|be"
        r"|would|any|more|your|these|those|the|further|need|me|keep|guys)){0,6}"
        r" (?:text(?:ing|ed)?|messages?|messaging|msgs?|contact(?:ed|ing)?|call(?:ing|ed)?|write|bother"
        r"|reminders?|sms|texts|send (?:me )?(?:anything|any|more|messages|texts|sms))\b(?! (?:back|you"
        r"|my (?:boss|wife|husband)|a person))",
        r"\bno more (?:texts?|messages?|reminders?|sms|calls?|notifications?|msgs?|of (?:these|this))\b",
        (
            r"\b(?:remove|delete|erase|lose|take|get|block)(?: (?:me|my|this|the)){0,6}(?: (?:phone|cell))? (?:number"
            r"|contact|details|off (?:your|the|this) (?:list|system)|from (?:your|the|this) (?:list|system"
            r"|database)|off (?:this )?list)\b"
        ),
        r"\b(?:leave me alone|leave us alone|fuck off|piss off|go away)\b",
        (
            r"\b(?:cancel|turn off|end|disable) (?:my |the |these |all )?(?:subscription|messages|notifications"
            r"|texts|reminders|alerts)\b"
        ),
    ]
]
_NOT_A_STOP: Final = re.compile(
    # A question of time or channel, a complaint about charges, or wanting a person is another intent.
    # 'el viernes le pago, no esté molestando' grumbles and promises.
    r"\b(?:pago|deposito|abono)\b.{0,20}\bno (?:esten?|estes) (?:molestando|chingando|jodiendo|fregando)\b|"
    r"\b(?:dieron|dio|dado|dada|daran|dar|van a dar)(?: me)? de baja (?:en el|en la|del|de la"
    r"|de mi) (?:trabajo|imss|seguro|empresa|escuela|programa|chamba)|\bme (?:dieron|daran|van a dar) de baja"
    r"|\b(?:no|ya no) me (?:mand|envi|lleg)\w* (?:el|la|mi|su|tu|ningun|un|una) (?:comprobante|recibo|clabe"
    r"|link|liga|referencia|codigo|ticket|estado|contrato|pin|ficha)"
    r"|\bstop (?:talking|speaking|chatting) to (?:bots?|machines?|robots?)|\bdeje? de trabajar"
    r"|\bdejen? de (?:cobrar(?:me)? (?:intereses|comision|recargos|moratorios|doble))"
    r"|\bno (?:me|le|nos) (?:escrib\w+|llam\w+|mand\w+|marqu\w+|habl\w+) (?:por favor )?(?:en (?:horas?"
    r"|horario|la (?:noche|madrugada|manana)|mi trabajo)|a (?:esta|estas|esa|esas|la) horas?|tan (?:temprano"
    r"|tarde|noche)"
    r"|por la (?:noche|manana)|los (?:domingos|sabados)|antes de|despues de|hasta (?:las|el|la|manana"
    r"|despues))|\bno dej\w+ de |\bno me (?:marqu\w+|llam\w+|escrib\w+) (?:ahorita|ahora|hoy|en este momento)"
    r"|\bno (?:les? )?(?:mand\w+|llam\w+|busqu\w+|contact\w+|molest\w+|escrib\w+|habl\w+) al? "
    r"(?:mis?|el|la|los|cobrador|gestor|nadie|alguien|su|jefe|trabajo)\b"
    r"|\bi hit stop|\bpuse (?:stop|alto|baja) (?:por error|sin querer)|\bstop by accident\b"
    r"|\bby accident\b"
)
_BARE_START: Final = re.compile(
    r"^(?:alta|start|iniciar|inicia|unstop|reanudar|activar|resume|subscribe|suscribir(?:me)?|comenzar"
    r"|re-?start|opt in|opt-in|continuar mensajes|dar de alta|darme de alta|de alta|optin)"
    r"(?:\W+(?:por favor|please|ya|porfa|gracias|mensajes|sms|messages)){0,6}\W*$"
)
_RESUME: Final = re.compile(
    r"\b(?:volver a|vuelv\w+ a|otra vez|de nuevo|nuevamente)\b.{0,25}\b(?:recib(?!o\b)\w+|escrib\w+|suscri\w+"
    r"|activ\w+ (?:los|mis|sus) \w+)\b(?! (?:el|la|mi) (?:recibo|clabe|pago))"
    rf"|\b(?:volver a|vuelv\w+ a|otra vez|de nuevo|nuevamente)\b.{{0,25}}\b(?:mand\w+"
    rf"|envi\w+)\b.{{0,12}}\b{_MESSAGES}\b"
    rf"|\b(?:(?:recib(?!o\b)\w+|mand\w+|envi\w+|activ\w+|habilit\w+|reactiv\w+)\b.{{0,14}}\b{_MESSAGES}\b|escrib\w+"
    rf"|suscrib\w+)\b.{{0,30}}\b(?:otra vez|de nuevo|nuevamente)\b"
    rf"|\b(?:sigan?|siga|continuen|sigue) (?:mandando|enviando|escribiendo|avisando)\w*"
    rf"|\b(?:quiero|denme|deme|dar(?:me)?|den)(?: (?:me|de|que)){{0,6}} (?:de )?alta\b|\breactiv\w+ (?:los |mis "
    rf"|sus )?{_MESSAGES}|\bque me sigan (?:enviando|mandando|escribiendo)"
    rf"|\b(?:start|resume|turn on|switch on|begin)(?: (?:sending|texting|messaging|them|me|the|my|your|again"
    rf"|it)){{0,6}} (?:again|messages|texts|reminders|back on|notifications|texting|messaging)\b"
    rf"|\b(?:text|message|contact|write) me again\b|\bopt(?:ing)?(?: me)?(?: back)? in\b|\b(?:re)?subscribe me\b"
    rf"|\b(?:hit|sent|typed|pressed) stop (?:by (?:accident|mistake)|accidentally)|\bpuse (?:stop|alto"
    rf"|baja) (?:por error|sin querer)"
)


def is_stop(text: str) -> bool:
    """True for STOP, ALTO, BAJA, PARE, END as the whole text and for any clear demand to be left alone."""
    plain = normalize(text)
    if _BARE_STOP.match(plain):
        return True
    if _NOT_A_STOP.search(plain):
        return False
    return any(demand.search(plain) for demand in _DEMANDS)


def is_start(text: str) -> bool:
    """True for ALTA, START, INICIAR, UNSTOP as the whole text and for a clear wish to get messages again."""
    plain = normalize(text)
    if _BARE_START.match(plain):
        return True
    return bool(_RESUME.search(plain)) and not is_stop(text)
