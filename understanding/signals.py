"""What a message tells beside its intent: fears, who speaks for whom, threats, and wishes that only a person can grant.

Each rule is sure of what it finds and silent otherwise; the model reads the rest.
"""

import re
from collections.abc import Callable
from typing import Final

from understanding.distress import has_idiom
from understanding.normalize import normalize

Rule = Callable[[str], bool]

# Fear of the law, asked or told: 'me van a meter a la cárcel?', 'can they take my house'.
_LAW: Final = re.compile(
    r"\b(carcel|prision|tambo|al bote|encierr\w+|encerrar\w*|arrest\w*|detenid[oa]s?|pres[oa]s?"
    r"|policia|patrulla|jail|prison|locked up|police|cops)\b"
    r"|\bboletin\w+|\b(met|mand|report)\w+ (al|a|en) (el )?buro\b"
    r"|\bme (van a |pueden |vayan a )?(detener|detengan|detienen|encierr\w+)\b"
    r"|\bembarg\w+|\bdesaloj\w+"
    r"|\b(quitar|quiten|quitan|llevar|lleven|llevan)(me|nos|se|le)?\b.{0,12}\b(casa|cosas|muebles|carro|coche|moto"
    r"|terreno|negocio|tele\w*|todo lo que tengo)\b"
    r"|\b(venir|vienen|vengan|vendran|ir|van) (a|por|para) .{0,14}\b(mis cosas|mi casa|mis muebles|mi trabajo"
    r"|mi domicilio"
    r"|mi carro|mi moto)\b"
    r"|\b(take|seize|repossess|garnish) (away )?my (house|home|car|stuff|things|wages|furniture|property)\b"
    # 'What happens if I don't pay' and who will be told are asked out of the same fear.
    r"|\b(que|k) (me |nos )?(pasa|pasara|pasaria|va a pasar|puede pasar|hacen|harian|van a hacer|sucede|sucederia)\b"
    r".{0,12}\bsi no (les? |l[oa]s? |se |yo )?(pag\w+|puedo|alcanzo|tengo|doy|cumplo)"
    r"|\bsi no (les? |l[oa]s? |se |yo )?(pag\w+|puedo|alcanzo|tengo|doy|cumplo)\b.{0,22}\b(que|k) (me |nos "
    r"|les )?(pasa\w*"
    r"|va a pasar|hacen|harian|van a hacer|sucede)\b"
    r"|\bwhat (happens|will happen|would happen|are you gonna do|will you do|can you do)\b.{0,12}\bif i (don ?t"
    r"|do not"
    r"|can ?t|cannot|never|can not) (pay|have)"
    r"|\b(van a|vayan a|iran a) (ir|venir|llamar|hablar|hablarle|avisar|avisarle|decir|decirle|contar"
    r"|contarle) (a|con|en) "
    r"(mi|mis) (casa|trabajo|chamba|jefe|jefa|patron\w*|familia|esposo|esposa|marido|mama|papa|vecin\w+|hij\w+)"
    r"|\b(will|would|are|can|do) (you|they|u) (all )?(gonna |going to )?(call|tell|contact|notify|come to|show up at"
    r"|go to|visit|text) (my|me at my) (job|work|boss|employer|family|house|home|place|neighbors?|wife|husband"
    r"|mom|kids)"
    r"|\b(demandar\w*|demanden|demandan|demandarme|me demand\w+|juzgado|sue me|suing me|take me to court|lawsuit)\b"
)
# The borrower is the one who would go to court or to the police: a complaint, not a fear.
_OWN_STEP: Final = re.compile(
    r"\b(los|las|les|te) (voy|vamos) a (demandar|denunciar|acusar)|\b(voy|vamos|ire|fui|acudire) .{0,12}"
    r"\b(policia|juzgado|ministerio|profeco|condusef|fiscalia)\b|\bi (will|am going to|m going to|ll) (sue"
    r"|call the police)"
    r"|\b(puedo|quiero|pienso) (demandar|denunciar)|\b(demand|denunci)ar?l[oe]s\b"
    r"|\b(?!i\b|im\b)\w+ (is|was|got|s) (in (jail|prison)|locked up|arrested)\b"
    r"|\bllam\w+ a la policia|\bsoy policia|\btrabaj\w+ .{0,14}\bpolicia|\b(mi|el|un|su) \w+ (esta|estuvo|cayo)"
    r" (en la carcel|pres[oa]|detenid[oa])|\b(estoy|estuve|estaba) (en la carcel|pres[oa]|detenid[oa])"
    r"|\b(me|lo|la|nos) (detuvieron|encarcelaron|arrestaron)"
)
_SOMEBODY_SAID: Final = re.compile(
    r"\b(me|nos) (dij\w+|amenaz\w+|llam\w+|mand\w+)|\bdicen que|\bdijo que|\bpor que me|\bdeja(ron)? de amenaz"
    r"|\bamenaz\w+|\bthey (said|told|threat\w*)|\b(told|threat\w*) me"
)
_REPRESENTATIVE: Final = re.compile(
    r"\b(mi|mis|nuestr[oa]|con un|con una|tengo|contrat\w+ (a )?una?|mi propi[oa]) (abogad[oa]s?|representante"
    r"|apoderad[oa]|defensor[oa]?)\b|\breparador\w* de (deuda|credito)|\brepara tu deuda\b"
    r"|\b(abogad[oa]|representante legal|apoderad[oa] legal) (de (la|el|mi)|del) (senora?|cliente|titular|client[ea])"
    r"|\b(soy|habla) (el|la|su) (abogad[oa]|representante legal|apoderad[oa])\b"
    r"|\bmy (lawyer|attorney|solicitor|legal representative)\b|\bi (have|got|hired) (a|an) (lawyer|attorney)\b"
    r"|\b(i am|i m|im) (the|her|his|their) (lawyer|attorney)\b"
)
_MINOR: Final = re.compile(
    r"\b(soy|somos) (un |una )?menor(es)?( de edad)?\b"
    r"|\b(yo )?tengo (solo |apenas )?(8|9|1[0-7]) an(i|y)?os\b(?! (de|pagando|con|trabaj\w+|viviendo|siendo|en"
    r"|sin|que|como|ahi|alli|aqui|alla|ya|y pico|juntos?|casad[oa]))"
    r"|\b(i am|i m|im) (only |just )?(a minor|a kid|underage|(8|9|1[0-7])( years old| yo)\b|under 18)"
)
_DROPPED_PROMISE: Final = re.compile(
    r"\b(cancel\w*|anul\w*|borr\w+|quit(e|en|ar|arme|eme)|elimin\w+|olvid\w+|deshag\w+|deshacer|retir\w+)\b"
    r"(?! (la deuda|el credito|el prestamo)).{0,18}\b(promesa|compromiso|acuerdo|lo (que )?(anoto|anotado|apunto"
    r"|prometi\w*|acord\w+)|lo del (lunes|martes|miercoles|jueves|viernes|sabado|domingo))\b"
    r"|\b(cancel|delete|remove|drop|undo|forget)\b.{0,18}\b(promise|agreement|commitment)\b"
)
_NEW_LOAN: Final = re.compile(
    r"\b(me|nos) prest\w+|\b(otro|nuevo|mas|segundo) (prestamo|credito)\b|\b(prestamo|credito) (nuevo|mas grande)\b"
    r"|\b(sacar|pedir|tramitar|solicitar|agarrar) (otro|otra|uno nuevo|un nuevo|mas (dinero|lana|prestado))\b"
    r"|\bquiero (un|pedir( un)?) (prestamo|credito)\b|\brenovar (el|mi) (prestamo|credito)\b"
    r"|\b(another|new|second|bigger) loan\b|\blend me\b"
)
_CONCESSION: Final = re.compile(
    r"\b(descuent\w+|rebaj\w+|quita\b|condon\w+|perdon\w+ ((los|el|la|las|un|una|de|mis?) )*"
    r"(interes\w*|recargos?|moras?|multas?|comision\w*|(?:tercera |cuarta )?parte|mitad|algo"
    r"|deuda|moratorios?|cuotas?|letras?|resto|saldo)"
    r"|menos interes\w*|baj\w+ (los? )?(interes\w*|la (cuota|letra|tasa|mensualidad)|mi (cuota|letra"
    r"|mensualidad|pago)|el pago)"
    r"|(quit\w+|sin) (los |el |tantos? )?(interes\w*|recargos?|moratorios?|comision\w*)|reestructur\w+|refinanci\w+"
    r"|discount|waive|lower (my|the) (payment|installment|interest)|settle for less|reduce (my|the)"
    r" (payment|debt|balance|interest))\b"
)
_IDIOM: Final = re.compile(
    r"\bm(ue|o|uri)r?\w* de (la |el |tanta? |puro |pura )?(risa|calor|frio|sueno|pena|ganas|verguenza|coraje"
    r"|curiosidad"
    r"|aburrimiento|hambre|sed|cansancio|miedo|nervios|envidia)\b"
    r"|\bmuert\w+ de (la |el )?(risa|calor|frio|sueno|pena|verguenza|coraje|hambre|sed|cansad\w+|cansancio|miedo)\b"
    r"|\b(muer\w+|mor\w+) por\b|\bmat\w+ de (la )?risa\b|\bese muerto de encima\b|\bmuerto de encima\b"
    r"|\bparta un rayo\b|\bno (me |te |lo |la )?ahorca\b|\bme mat[ao]\w* (el|la|los|las|ese|esa|con|mi)\b"
    r"|\b(dying (of laughter|to|for)|dead (on my feet|tired|beat)|killing me( lol)?|over my dead body"
    r"|lo+l i m dead)\b"
    # What dies here is a thing, a month or a match.
    r"|\bpas\w+ la vida (?=\w+ndo\b)|\b(mes|tiempo|punto|peso|horas?|letra) muert[oa]s?\b|\bsalto mortal\b"
    r"|\bmat\w+ (cucarachas|ratas|hormigas|moscas|mosquitos|el tiempo|el hambre|dos pajaros)\b"
    r"|\b(tir\w+|arroj\w+) la toalla\b|\bhierba mala\b|\bmuerto el perro\b"
    r"|\bnos (mataron|golearon|ganaron) (en|con|la)\b"
    r"|\b(battery|phone|line|cell|laptop|car|engine|truck|fridge|mower) (just )?(is )?(died|dying|dead|gave up)\b"
    r"|\bdead (broke|serious|wrong|line|end|battery)\b|\bgave up the ghost\b|\bkilling (it|time)\b"
    r"|\b(pila|bateria|telefono|celular|cel|carro|moto|senal) (se )?(me )?(murio|muere|esta muert[oa]|se muere)\b"
    r"|\bse me (murio|muere) (la|el) (pila|bateria|telefono|celular|cel|carro|moto|senal)\b"
)
_HOUR: Final = re.compile(
    r"\b(?:text|messag|call|writ|bother|bug|ping)\w*\b.{0,24}\b(?:at (?:\d{1,2}|night|midnight)"
    r"|in the (?:middle of the )?(?:night|morning)|this late|so (?:late|early)|on (?:a )?sundays?)\b"
    r"|\b(?:escrib|llam|mand|molest|marc)\w*\b.{0,24}\b(?:a (?:las? )?(?:\d{1,2}|una|once|doce|diez"
    r"|medianoche|media noche)|de (?:la )?(?:noche|madrugada)"
    r"|tan (?:tarde|noche|temprano)|en domingo|los domingos|a estas horas)\b"
)
_PAID: Final = re.compile(
    r"\bya (le |les |lo |la |se lo |yo )?(pague|pagamos|deposite|liquide|abone|transferi|hice el pago)\b"
    r"|\balready paid\b"
)
_NOTHING: Final = re.compile(r"(?<![\w.,:/-])(0|cero|zero)([.,]00?)?(?![\w:/-]|[.,]\d)")
# The words of somebody who wants to be heard by a person, and more than a mention of one.
_PERSON: Final = (
    r"(?:persona|alguien|asesor\w*|humano|encargad\w*|licenciad\w*|ejecutiv\w*|gerent\w*|supervisor\w*|jef[ea]"
    r"|superior"
    r"|duen[oa]|responsable|someone|somebody|person|human|manager|supervisor|boss|superior|representative|in charge)"
)
_ASKS_PERSON: Final = re.compile(
    r"\b(?:hablar|platicar|tratar|comunic(?:ar|arme|ame|ueme|uenme|uen)|pas(?:ame|eme|enme|en|e)|pong(?:ame|anme|an)"
    rf"|quejarme|queja|reclam\w+|acus\w+|denunci\w+) (?:directo |directamente |mejor )?(?:con"
    rf"|al?) (?:\w+ ){{0,3}}?{_PERSON}\b"
    r"|\bcon quien (?:(?:puedo|debo|tengo que|me) )?(?:hablo|hablar|trato|tratar|veo|ver|arregl\w+|dirijo|comunico)"
    r" (?:yo )?(?:para|lo|sobre|eso|esto|este asunto|ese asunto)\b"
    r"|\bwho (?:do|can|should) i (?:talk|speak|write) to (?:about|for)\b"
    rf"|\b(?:exijo|quiero|pido|necesito|ocupo) (?:a |al |a la )?(?:su|un|una|tu) {_PERSON}\b"
    rf"|\b(?:speak|talk|complain|get|put me|report (?:him|her|this|it)) (?:with|to|through to"
    rf"|on with) (?:\w+ ){{0,3}}?{_PERSON}\b"
    rf"|\b(?:get|give|want|need) (?:me )?(?:his|her|your|a|the) {_PERSON}\b"
    rf"|\bque (?:me|nos) (?:llame|hable|atienda|conteste|marque|escriba|busque) (?:\w+ )?{_PERSON}\b"
    rf"|\b(?:have|let) (?:your|his|her|a|the) {_PERSON} (?:call|text|write|contact|talk)\b"
)
_PAPERWORK: Final = re.compile(
    r"\b(queja|reclam\w+|aclaracion|reporte|caso|folio|ticket|disputa|complaint|claim|dispute|case)\b"
)
_ASKS_NEWS: Final = re.compile(
    r"\?|\b(que paso|como va|como sigue|en que va|en que quedo|hay respuesta|hay noticias|ya (lo )?(revis\w+"
    r"|vieron)|cuando"
    r"|any news|what happened|status|update)\b"
)

# 'So what now, who looks into this', and nothing else.
_NEXT_STEP: Final = re.compile(
    r"\W*(?:(?:so|and|ok|y) )?(?:what now|now what|what happens (?:now|next)|whats next"
    r"|(?:y )?ahora que(?: sigue| procede)?|que sigue|entonces que (?:sigue|procede))?\W*"
    r"(?:(?:and )?who (?:looks into|checks|handles|reviews) (?:this|it|that)|(?:y )?quien (?:me )?(?:lo |la )?"
    r"(?:revisa|checa|atiende)(?: eso| esto)?)?\W*"
)
# 'Le mandaron audios a mi mamá', 'they told my coworkers', 'me gritó': done to the borrower by whoever collects.
_ILL_TREATED: Final = re.compile(
    r"\bles? (?:\w+ )?(?:(?:mand|habl|llam|marc|escrib|dij|cont|avis|mostr|ensen)(?:aron|ieron|eron)|dijo)\b"
    r".{0,30}\b(?:a|con) (?:mi|mis|los de|las de|todos|todas|medio|toda)\b"
    r"|\b(?:me|nos) (?:\w+ )?(?:quemaron|exhibieron|exhiben|balconearon|ventanearon|boletinaron|humill\w+"
    r"|ridiculiz\w+|insult\w+|grit(?:o|aron|an)|ofend\w+|acos\w+|hostig\w+|amenaz\w+"
    r"|trat(?:o|aron|an) (?:\w+ )?mal)\b"
    r"|(?<!i )(?<!ive )\b(?:called|texted|messaged|told|contacted|wrote to|phoned) (?:all )?my"
    r" (?:mom|mother|dad|father|boss|family|wife|husband|daughter|son|sister|brother|co ?workers?|colleagues"
    r"|neighbou?rs?|friends|contacts|school|job|work|church)\b"
    r"|\b(?:yelled|screamed|cursed|swore|shouted) at (?:me|my|us)\b"
    r"|\b(?:insulted|humiliated|harass\w*|shamed) (?:me|us|my)\b"
)
_WHAT_NOW: Final = re.compile(
    r"\bque (?:(?:es lo que|se|me|nos|le) )?(?:tenemos|hay|tengo|debemos|debo|toca|puedo|podemos|procede|sigue"
    r"|hago|hacemos)(?: que)?(?: hacer)?\b"
    r"|\bwhat (?:do|should|must|can) (?:we|i) (?:\w+ )?do\b|\bwhat (?:now|next)\b"
)


def fears_law(text: str) -> bool:
    """The borrower is afraid of jail, of losing belongings or of being sued."""
    plain = normalize(text)
    return bool(_LAW.search(plain)) and not _OWN_STEP.search(plain) and not _REPRESENTATIVE.search(plain)


def was_threatened(text: str) -> bool:
    """Somebody has told the borrower so: that is worth a complaint."""
    return bool(_SOMEBODY_SAID.search(normalize(text)))


def has_representative(text: str) -> bool:
    return bool(_REPRESENTATIVE.search(normalize(text)))


def is_minor(text: str) -> bool:
    """The one who writes says that they are not of age."""
    return bool(_MINOR.search(normalize(text)))


def drops_promise(text: str) -> bool:
    """A promise that was made is taken back."""
    return bool(_DROPPED_PROMISE.search(normalize(text)))


def wants_new_loan(text: str) -> bool:
    return bool(_NEW_LOAN.search(normalize(text)))


def wants_concession(text: str) -> bool:
    """Less to pay, not later: a discount, less interest, a lower instalment."""
    return bool(_CONCESSION.search(normalize(text)))


def complains_of_hour(text: str) -> bool:
    """'Why are you texting me at 11 at night, you woke my baby'."""
    return bool(_HOUR.search(normalize(text)))


def is_idiom(text: str) -> bool:
    """'Me muero de la risa' speaks of no danger."""
    return bool(_IDIOM.search(normalize(text))) or has_idiom(text)


def says_paid(text: str) -> bool:
    return bool(_PAID.search(normalize(text)))


def offers_nothing(text: str) -> bool:
    """A payment of 0 is named."""
    return bool(_NOTHING.search(normalize(text)))


def asks_for_news(text: str) -> bool:
    """How a complaint, a dispute or a claim is going."""
    plain = normalize(text)
    named = bool(_PAPERWORK.search(plain)) and bool(_ASKS_NEWS.search(plain))
    return named or (bool(plain.strip(" .,!?")) and _NEXT_STEP.fullmatch(plain) is not None)


def tells_ill_treatment(text: str) -> bool:
    """Somebody of ours was rude, threatened, or told others of the debt."""
    return _ILL_TREATED.search(normalize(text)) is not None


def asks_what_now(text: str) -> bool:
    """'Nosotros qué tenemos que hacer'."""
    return _WHAT_NOW.search(normalize(text)) is not None


def asks_for_person(text: str) -> bool:
    """'Quiero hablar con su jefe', also in a complaint."""
    return bool(_ASKS_PERSON.search(normalize(text)))
