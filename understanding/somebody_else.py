"""Who writes, and of whom: a relative or a stranger in the borrower's place, or a borrower who speaks of others."""

import re
from typing import Final

from understanding.normalize import normalize

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
    rf"|\b(?:mi|la|el) {RELATIVE}\b.{{0,40}}\b(?:cuanto|que tanto) (?:les? )?(?:debe|falta|queda)\b"
    rf"|\b(?:cuanto|que tanto) (?:les? )?(?:debe|falta|queda) (?:a )?(?:mi|la|el) {RELATIVE}\b"
    r"|\b(?:ella|he|she) (?:cuanto|que tanto) (?:les? )?(?:debe|tiene|falta|queda)\b"
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
    rf"|\bsoy su (?:\w+ )?{RELATIVE}\b"
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
    r"|\b(?:escribo|hablo|llamo|contesto|escribimos|llamamos) (?:de|del|desde) (?:\w+ )?(?:recursos humanos|rrhh)\b"
    r"|\beste (?:telefono|numero|cel\w*) es de (?:la|una) (?:empresa|compania|oficina|escuela)\b.{0,20}"
    r"\b(?:donde|en que|en la que) (?:labora|trabaja)\b"
    r"|^\W*(?:(?:hi|hello|good \w+)\W+)?this is (?:the )?(?:hr|human resources|payroll)\b"
    r"|\bwhat s?he owes\b|\b(?:deduct|take) it (?:from|out of) (?:the|his|her|their) (?:salary|wages?|pay\w*)\b"
    rf"|\b(?:i am|im|this is) (?!todays)\w+?s {RELATIVE}\b"
    r"|\bdescontar(?:le|sel[oa])\b|\b(?:la senora|el senor|ella) (?:ya no )?trabaja (?:aqui|conmigo|con nosotros)\b"
    r"|\bsoy su (?:secretari[oa]|emplead[oa]|asistente)\b"
    r"|(?<!soy )(?<!soy la )(?<!soy el )(?<!yo la )(?<!yo el )\b(?:duen[oa]|titular) (?:de este|del)"
    r" (?:telefono|numero|cel\w*|chip|linea)\b"
    r"|\b(?:does|did) (?:she|he) (?:still )?owe\b|\bhow much (?:she|he) owes\b"
    rf"|\bmi {RELATIVE} (?:salio y )?dejo (?:el|su) (?:cel\w*|tel\w*)\b"
)
# 'Y mi comadre también sacó con ustedes', 'es que fui su aval': a client, who speaks of somebody else's loan.
_AS_CLIENT: Final = re.compile(
    rf"\bmi {RELATIVE}\b.{{0,30}}\btambien (?:saco|tiene|pidio|agarro|debe|les debe)\b"
    rf"|\bmy {RELATIVE}\b.{{0,40}}\b(?:loan|owes?|borrow\w*)\b.{{0,30}}\b(?:too|also)\b"
    r"|\b(?:soy|fui|era) su (?:aval|fiador\w*)\b|\bi (?:am|was) (?:his|her|their) (?:co ?signer|guarantor)\b"
)
_SAYS_WHO: Final = re.compile(
    rf"\b(?:soy|habla|escribe|contesta) (?:la|el|su|una?) (?:\w+ )?{RELATIVE}\b"
    rf"|\b(?:this is|im|i am) (?:her|his|their) {RELATIVE}\b"
)
# 'Aquí está mi hermana conmigo': who is not alone is nobody else.
_COMPANY: Final = re.compile(
    rf"\b(?:mi|my) {RELATIVE}s?\b(?: \w+){{0,3}} (?:conmigo|with me)\b"
    rf"|\b(?:estoy|ando|aqui|im|i am) (?:\w+ ){{0,2}}(?:con|with) (?:mi|my) {RELATIVE}\b"
    rf"|\b(?:estoy|ando|im|i am) (?:donde|en casa de|at) (?:mi|my) {RELATIVE}\b"
)
_WRONG: Final = re.compile(
    r"\b(?:equivoc\w+|wrong|no (?:la |lo )?conoc\w+|(?:dont|do not) know (?:any|who|her|him|this)|number|numero"
    r"|chip|es otr[oa] \w+"
    r"|no soy (?!nadie)\w+|im not \w+)\b"
)
_MEANT: Final = re.compile(
    r"\b(?:(?:no )?saben? (?:bien )?(?:quien|con quien) (?:soy|hablan?|trat\w+)|know who i am)\b"
    r"|\b(?:got|have) my (?:phone|cell|number) back\b(?! from)"
    r"|\bya (?:recupere|me (?:devolvieron|regresaron|entregaron)) mi (?:tel|cel)\w*\b"
    r"|(?<!\bno )\b(si soy|soy yo|yo soy(?=\W*$| es[ae]\b| (?:quien|la (?:persona )?que|el que) (?:\w+ )?"
    r"(?:busc|deb|tien|pid|sac|firm|pag))|si era yo"
    r"|soy (?:yo )?(la |el )?(titular|client\w+|duen\w+|deudor\w*|acreditad\w*))\b"
    r"|\b(its me|im the (owner|borrower|client))\b"
    # Who tells of a hard life tells of their own.
    r"|\bsoy (mama|madre|papa|padre|ama|jefa|jefe) (solter\w+|de (\d|una?|dos|tres|cuatro|familia|casa))\b"
    r"|\bsoy (una? (senora|persona|mujer|hombre) )?(viej[oa]|mayor|pobre|humilde|jubilad\w+|pensionad\w+|viud[oa])\b"
)

# 'Pero si este es mi teléfono, ¿por qué no me lo dice?' insists, and tells of no wrong number.
_OWN_PHONE: Final = re.compile(
    r"\b(?:es|desde|de) mi (?:mismo |propio )?(?:tel|cel|numero|num|cuenta|wh?ats)\w*"
    r"|\b(?:this is|its|from) my (?:own |usual )?(?:phone|number|cell)\b"
)
_STRANGER: Final = re.compile(
    r"\b(?:no (?:la |lo |los )?(?:conoz\w+|soy)|equivoc\w+|wrong|busc\w+|hace|desde \w+ (?:ano|mes)|nuev[oa]|chip"
    r"|compre|years?|months?|new|bought"
    r"|(?:dont|do not) know|not (?:her|him|the)|nunca|never|otra persona|someone else)\b"
)

# 'Ya soy yo, la dueña del cel', 'soy la mamá, disculpe al niño; la titular soy yo': the one we look for has come back.
_IS_BACK: Final = re.compile(
    r"\bya (?:llegue|volvi|sali|estoy|regrese|vine|desocupe)\b.{0,20}\bsoy (?:yo )?(?:la|el) (?:mama|papa"
    r"|senora|senor|mera)\b"
    r"|\bhabla (?:ya )?(?:el|la) (?:mer[oa] )?(?:duen[oa]|titular|client[ea]|deudora?)\b"
    rf"|\b(?:le|les|te) (?:contesto|respondio|escribio|atendio|estaba contestando) mi (?:senora|{RELATIVE})\b"
    rf"|\bthat was my {RELATIVE}\b|\bmy {RELATIVE} (?:answered|was (?:answering|texting|replying|on my phone))\b"
    r"|\bya soy yo\b|\b(?:la |el )?(?:titular|duen[oa]|client[ea]|deudora?|del? (?:prestamo|credito|cuenta)) soy yo\b"
    r"|\bsoy yo (?:la|el) (?:titular|duen[oa]|client[ea]|mer[oa]|buen[oa])\b|\bits (?:really |actually )?me now\b"
    r"|\b(?:disculpen?|perdonen?|perdon por|sorry about|excuse) (?:a )?(?:al|mi|el|la|my|the) (?:nin[oa]|hij[oa]"
    r"|chamac[oa]|kid|son|daughter|boy|girl)\b.{0,60}\b(?:soy yo|its me)\b"
)


def speaks_from_own_phone(text: str) -> bool:
    """Asked who they are, somebody points to the phone that they write from."""
    plain = normalize(text)
    return bool(_OWN_PHONE.search(plain)) and not _STRANGER.search(plain)


def is_another(text: str) -> bool:
    """A relative, friend or neighbour of the borrower writes, or asks about somebody else's debt."""
    plain = normalize(text)
    return bool(_ANOTHER.search(plain)) and not (_IS_BACK.search(plain) and not _STRANGER.search(plain))


def asks_about_another(text: str) -> bool:
    """A borrower wants to know how somebody else's loan stands, and asks nothing about their own."""
    plain = normalize(text)
    return bool(_OTHERS_LOAN.search(plain)) and not _OWN_LOAN.search(plain)


def speaks_as_client(text: str) -> bool:
    """A borrower who speaks of somebody else's loan beside their own, and no stranger."""
    plain = normalize(text)
    return bool(_AS_CLIENT.search(plain)) and not _SAYS_WHO.search(plain)


def has_company(text: str) -> bool:
    """Somebody is with the one who writes, and nobody says that the number is wrong."""
    plain = normalize(text)
    return bool(_COMPANY.search(plain)) and not _WRONG.search(plain)


def says_wrong_number(text: str) -> bool:
    return bool(_WRONG.search(normalize(text)))


def claims_to_be_meant(text: str) -> bool:
    """'Sí soy yo', 'ya llegué, soy la mamá': said after a wrong number was reported."""
    plain = normalize(text)
    return bool(_MEANT.search(plain) or _IS_BACK.search(plain))
