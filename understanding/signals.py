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
RELATIVE: Final = (
    r"(?:espos[oa]|marido|mujer|viej[oa]|hij[oa]|mama|mami|papa|papi|madre|padre|herman[oa]|ti[oa]|abuel[oa]"
    r"|suegr[oa]|nuera"
    r"|yerno|cunad[oa]|sobrin[oa]|prim[oa]|niet[oa]|novi[oa]|vecin[oa]|amig[oa]|compadre|comadre|patron\w*|wife"
    r"|husband|son"
    r"|daughter|mother|mom|father|dad|brother|sister|aunt|uncle|cousin|roommate|neighbou?r|girlfriend|boyfriend"
    r"|friend)"
)
# 'Does my neighbour owe you too?', 'mi comadre también sacó con ustedes'. Never told, not even that there is a loan.
_OTHERS_LOAN: Final = re.compile(
    rf"\bmi {RELATIVE}\b.{{0,40}}\b(?:tambien (?:saco|tiene|pidio|agarro|debe|les debe)"
    rf"|(?:saco|tiene|pidio|agarro) (?:un |una |su )?(?:credito|prestamo)?.{{0,12}}(?:con ustedes|ahi|con uds))\b"
    rf"|\bsi (?:ya )?(?:mi|la|el|don|dona) (?!espos|marido|mujer){RELATIVE}?(?: ?\w+){{0,2}} (?:ya )?(?:les )?"
    rf"(?:pago|debe|va al corriente|esta atrasad[oa])\b"
    rf"|\b(?:ya )?(?:les )?(?:pago|debe|abono|se atraso) (?:mi|la|el) {RELATIVE}\b(?!.{{0,12}}\bpor mi\b)"
    rf"|\b(?:don|dona|mi {RELATIVE}|la vecina|el vecino) (?:\w+ ){{0,6}}?(?:ya )?(?:pago|deposito|abono|liquido|debe)"
    r" (?:lo suyo|lo de ella|lo de el|su (?:parte|cuota|letra|prestamo|credito))\b"
    r"|\bno (?:me )?quiere decir (?:me )?(?:si|cuanto|cuando) (?:ya )?(?:les )?(?:pago|debe|falta)\b"
    r"|\bhow (?:much|far|late) (?:is|does|did|has) s?he (?:\w+ )?(?:behind|late|owe|paid|pay|left)\b"
    r"|\bif s?he(?: is|s)? (?:\w+ )?(?:behind|late|overdue|paid|owes?)\b"
    r"|\bis s?he (?:still )?(?:behind|late|overdue|paid up|current|up to date)\b"
    r"|\b(?:does|did|has) s?he (?:owe|paid|pay)\b"
    rf"|\b(?:does|did|has) my {RELATIVE}\b.{{0,15}}\b(?:owe|paid|pay|have a loan|got a loan)\b"
    rf"|\bmy {RELATIVE}(?: \w+)? (?:\w+ )?(?:got|has|took|have) (?:a|out a|one) loan\b"
    rf".{{0,40}}\b(?:right|too|also|how much)\b"
)
_OWN_LOAN: Final = re.compile(
    r"\b(?:y yo|mi (?:saldo|cuenta|deuda|credito|prestamo|cuota|pago)|lo mio|el mio|debo|me (?:falta|toca|queda)"
    r"|mine|i owe|do i|my (?:balance|loan|account|debt|payment))\b"
)
# Somebody else has the phone: 'soy la hija', 'cuánto debe mi marido', 'this is his wife'.
_ANOTHER: Final = re.compile(
    rf"\b(?:soy|habla|escribe|contesta|atiende|responde|saluda) (?:la|el|su) (?:\w+ )?{RELATIVE}\b"
    rf"(?! (?:de (?:dos|tres|cuatro|\d|un|una|mis|familia)|mayor|menor|que les?))"
    rf"|\bsoy (?:una? )?{RELATIVE} de (?!una?\b|dos|tres|cuatro|\d|mis|familia|ustedes|palabra|trabajo|campo|bien\b"
    r"|edad|fe\b|casa|honor|lucha|hogar|respeto|pueblo|rancho|pocos|tercera|mucha|mi\b)"
    rf"|\bcontesto yo (?:porque|que|ya que|pues) (?:mi|el|la|su) {RELATIVE}\b"
    rf"|\b(?:debe|debia|adeuda|tiene que pagar|owes?|oweing) (?:\w+ ){{0,2}}(?:mi|su|my|his|her) {RELATIVE}\b"
    rf"|\b(?:deuda|saldo|cuenta|credito|prestamo) de (?:mi|su) {RELATIVE}\b"
    rf"|\bmy {RELATIVE}(?:s| s)? (?:loan|debt|balance)\b"
    rf"|\b(?:i am|im|this is|its) (?:just )?(?:the|her|his|their) {RELATIVE}\b|\bs?hes my {RELATIVE}\b"
    rf"|\baqui su {RELATIVE}\b|\b(?:his|her|the) {RELATIVE} (?:here|speaking|writing|answering)\b"
    rf"|\b(?:on behalf of|writing for|answering for|asking for|en nombre de|de parte de) (?:my|mi) {RELATIVE}\b"
    rf"|\b(?:looking for|you want|busca[ns]? a) (?:mi|my) {RELATIVE}\b|\bcontesta (?:el|la|su) {RELATIVE}\b"
    rf"|\bmi {RELATIVE} no (?:esta|se encuentra)(?= ?(?:$|[,.;!?]|ahorita|en casa|aqui|yo|y yo))(?!.*\bme pag)"
    r"|\b(?:debe|deve|debia|adeuda|le falta) (?:ella|don\w*|la senora|el senor|es[ea])\b"
    r"|\b(?:debe|deve|debia|adeuda|le falta) el(?= ?(?:$|[,.;?!]|y\b))"
    rf"|\bmi {RELATIVE} (?:quiere saber|pregunta|que) .{{0,12}}\b(?:debe|deve|le falta)\b"
    r"|\b(?:ella|he|she) (?:no (?:puede (?:contestar|atender|hablar|escribir)|esta|se encuentra)|salio"
    r"|(?:isnt|is not|s not) (?:here|home|in|around|available)|cant (?:talk|answer|come to))\b"
    r"|\bel no (?:puede (?:contestar|atender|hablar|escribir)|se encuentra)\b|\ble paso (?:el )?(?:tel|cel)\w*\W*\?"
    rf"|\bpregunta mi {RELATIVE}\b|\bpregunto por mi {RELATIVE}\b"
    r"|\b(?:soy|fui|era|firme (?:como|de)) (?:(?:su|el|la|nomas|solo|nada mas|de|como) ){0,3}(?:aval|fiador\w*"
    r"|codeudor\w*"
    r"|obligad[oa] solidari[oa]|referencia)\b(?! de (?:mi|un|una))(?!.{0,40}\b(?:yo )?no firme\b)"
    r"|\b(?:i am|im|i was) (?:just |only )?(?:his|her|their|the|a) (?:co ?signer|guarantor|reference)\b"
    r"|\b(?:le|les) (?:digo|doy|paso|dejo) (?:algun |el |un |su )?(?:algo|recado|mensaje)\W*\?"
    r"|\b(?:gusta|quiere|desea) dejar(?:le)? (?:algun |un |el )?(?:recado|mensaje)\b|\b(?:do you want me to|should i"
    r"|can i"
    r"|shall i) (?:tell|give|pass) (?:him|her|them)\b|\b(?:can|may) i take a message\b"
    r"|\bsoy su (?:secretari[oa]|emplead[oa]|asistente)\b"
    r"|\b(?:duen[oa]|titular) (?:de este|del) (?:telefono|numero|cel\w*|chip|linea)\b"
    r"|\b(?:does|did) (?:she|he) (?:still )?owe\b|\bhow much (?:she|he) owes\b"
    rf"|\bmi {RELATIVE} (?:salio y )?dejo (?:el|su) (?:cel\w*|tel\w*)\b"
)
# 'Y mi comadre también sacó con ustedes', 'es que fui su aval': a client, who speaks of somebody else's loan.
_AS_CLIENT: Final = re.compile(
    rf"\bmi {RELATIVE}\b.{{0,40}}\btambien\b|\bmy {RELATIVE}\b.{{0,60}}\b(?:too|also)\b"
    r"|\b(?:soy|fui|era) su (?:aval|fiador\w*)\b|\bi (?:am|was) (?:his|her|their) (?:co ?signer|guarantor)\b"
)
# 'Aquí está mi hermana conmigo': who is not alone is nobody else.
_COMPANY: Final = re.compile(
    rf"\b(?:mi|my) {RELATIVE}s?\b(?: \w+){{0,3}} (?:conmigo|with me)\b"
    rf"|\b(?:estoy|ando|aqui|im|i am) (?:\w+ ){{0,2}}(?:con|with) (?:mi|my) {RELATIVE}\b"
    rf"|\b(?:estoy|ando|im|i am) (?:donde|en casa de|at) (?:mi|my) {RELATIVE}\b"
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
_MEANT: Final = re.compile(
    r"\b(?:(?:no )?saben? (?:bien )?(?:quien|con quien) (?:soy|hablan?|trat\w+)|know who i am)\b"
    r"|\b(?:got|have) my (?:phone|cell|number) back\b"
    r"|\bya (?:tengo|recupere|me (?:devolvieron|regresaron|entregaron|dieron)) mi (?:tel|cel)\w*\b"
    r"|(?<!\bno )\b(si soy|soy yo|yo soy(?=\W*$| (?:es[ae]|quien|la (?:persona|que)|el que)\b)|si era yo"
    r"|soy (la |el )?(titular|client\w+|duen\w+|deudor\w*|acreditad\w*))\b"
    r"|\b(its me|im the (owner|borrower|client))\b"
    # Who tells of a hard life tells of their own.
    r"|\bsoy (mama|madre|papa|padre|ama|jefa|jefe) (solter\w+|de (\d|una?|dos|tres|cuatro|familia|casa))\b"
    r"|\bsoy (una? (senora|persona|mujer|hombre) )?(viej[oa]|mayor|pobre|humilde|jubilad\w+|pensionad\w+|viud[oa])\b"
)
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
    r" (?:yo )?(?:para|lo|sobre)\b|\bwho (?:do|can|should) i (?:talk|speak|write) to (?:about|for)\b"
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


def is_another(text: str) -> bool:
    """A relative, friend or neighbour of the borrower writes, or asks about somebody else's debt."""
    return bool(_ANOTHER.search(normalize(text)))


def asks_about_another(text: str) -> bool:
    """A borrower wants to know how somebody else's loan stands, and asks nothing about their own."""
    plain = normalize(text)
    return bool(_OTHERS_LOAN.search(plain)) and not _OWN_LOAN.search(plain)


def speaks_as_client(text: str) -> bool:
    """A borrower who speaks of somebody else's loan beside their own, and no stranger."""
    return bool(_AS_CLIENT.search(normalize(text)))


def has_company(text: str) -> bool:
    """Somebody is with the one who writes."""
    return bool(_COMPANY.search(normalize(text)))


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


def claims_to_be_meant(text: str) -> bool:
    """'Sí soy yo': said after a wrong number was reported."""
    return bool(_MEANT.search(normalize(text)))


def asks_for_news(text: str) -> bool:
    """How a complaint, a dispute or a claim is going."""
    plain = normalize(text)
    return bool(_PAPERWORK.search(plain)) and bool(_ASKS_NEWS.search(plain))


def asks_for_person(text: str) -> bool:
    """'Quiero hablar con su jefe', also in a complaint."""
    return bool(_ASKS_PERSON.search(normalize(text)))
