"""The words that wishes are spoken with, and where one message has several stretches that may each hold a wish."""

import re
from typing import Final

from understanding.normalize import normalize
from understanding.tense import NO_MONEY, tells_payment_made

MOST_CLAUSES: Final = 6
_CUT: Final = re.compile(
    r"[;:!?¿¡\n…]+|\.+(?!\d)|,(?!\d)|(?<!\w)(?:y|e(?! \w+(?:[ai]do|cho|sto)\b)|pero|and|but|also|plus|además|ademas"
    r"|también|tambien|aparte|porque|because|entonces)(?!\w)",
    re.I,
)
# Where somebody who writes without commas begins to ask: 'ya deposité 500 ayer me confirma si les cayó'.
_RUN_ON: Final = re.compile(
    r"(?<=\w) (?=(?:(?:a |en |de )?(?:donde|cuanto|cuando|cu[aá]l|qui[eé]n|qu[eé] cuenta)|d[oó]nde|cu[aá]nto"
    r"|cu[aá]ndo"
    r"|p[aá]s[ae]me|m[aá]nd[ae]me|d[ií]game|dime|me (?:pasa|manda|dice|confirma|da)"
    r"|el resto|lo (?:dem[aá]s|que falta|restante)|la otra mitad|the (?:rest|other half)|where|how much|when)\b)",
    re.I,
)
_LEADS_ON: Final = re.compile(
    r"\b(?:sab(?:er|e|es|en|ia|ian|emos)|sepan?|dij\w+|decir(?:me)?|dicen?|dice|con|diga(?:me)?|dime|preguntar|ver"
    r"|se|es|de|que|para|por|a|en|si|know|tell|me"
    r"|do[yi]|dar|pag\w+|deposit\w+|abon\w+|mand\w+|pas\w+|transfier\w+|send|pay|give)$"
)
_LONG_STRETCH: Final = 2  # words before it
_ASKS: Final = (
    r"cuant\w*|kuant\w*|cuand\w*|kuand\w*|dond\w*|adond\w*|dnd|onde|onta|como|cual\w*|kual\w*|que (?:cuenta|dia|fecha"
    r"|banco|numero|tienda)|how|what\w*|when\w*|where\w*|which"
)
_TELL: Final = r"(?:pas|mand|env|d|dig|muestr|recuerd|compart|indiqu|send|give|tell|show|text|remind)\w*"
_WORDS: Final = {
    "ask_balance": rf"\b(?:{_ASKS}|saldo|debo|cuenta|balance|owe|{_TELL})\b",
    "ask_next_payment": rf"\b(?:{_ASKS}|proxim\w+|siguient\w+|vence\w*|toca|next|due)\b",
    "ask_payment_methods": (
        rf"\b(?:{_ASKS}|cuenta|clabe|tarjeta|oxxo|spei|referencia|link|liga|convenio|transfer\w*|account|card"
        rf"|{_TELL})\b"
    ),
    "ask_payment_history": (
        r"\b(?:llevo (?:pagado|abonado)|llego|cayo|entro|recibi\w*|registr\w+|reflej\w+|aparec\w+|aplic\w+"
        r"|pagos|abonos|ultim\w+|historial|confirm\w+"
        r"|cheq\w+|received|got|went through|history|last|check|show\w*)\b"
    ),
    "ask_who_are_you": r"\b(?:quien\w*|kien|robot|bot|maquina|de parte|de donde|who|real person)\b",
    "ask_human": (
        r"\b(?:persona|alguien|asesor\w*|humano|gestor\w*|encargad\w*|licenciad\w*|ejecutiv\w*|gerent\w*"
        r"|supervisor\w*"
        r"|jef[ea]|comuni\w+|pas[ae]\w*|pong\w+|llam\w+|someone|somebody|person|human|agent|manager|representative)\b"
    ),
    "complain": (
        r"\b(?:quej\w+|groser\w*|grit\w+|scream\w*|shout\w*|swore|curs(?:ed|ing)|nasty|alzo la voz|prepotent\w*"
        r"|patan\w*|burl\w+|maltrat\w+|insult\w+|amenaz\w+|ofend\w+|humill\w+|pesim\w+|abus\w+"
        r"|hostig\w+|acos\w+|mal trato|tratar?on|me trat\w+|cobrador\w*|gestor\w*|rude|yell\w+"
        r"|complain\w*|threat\w+|harass\w+|disrespect\w*)\b"
    ),
    "ask_extension": (
        r"\b(?:plan|plazo|prorroga|chance|tiempo|esper\w+|aguant\w+|baj\w+|descuent\w+|partes|pagos"
        r"|abonos|mover|cambiar|otra fecha|otro dia|time|extension|discount|wait|installments|later|lower|move)\b"
    ),
    "cannot_pay": (
        r"\b(?:no (?:\w+ ){0,3}(?:puedo|podre|poder|tengo|alcanza|completo|junte|hay)|sin dinero|cant|cannot"
        r"|dont have|no money|broke)\b"
    ),
    "already_paid": (
        r"\b(?:pague|page|ya pago|pagado|pagamos|deposite|depositado|depositamos|abone|abonado|transferi\w*"
        rf"|liquide|liquidado|hice (?:el|un|mi)|mande|di{NO_MONEY}|paid|sent|deposited|transferred)\b"
    ),
    "dispute_debt": (
        r"\b(?:no (?:es|era|fue|son) m\w+|no (?:le |les )?debo|nunca|jamas|fraude|de mas|no reconozco|mal"
        r"|incorrect\w*"
        r"|not mine|never|wrong|fraud|dont owe|do not owe)\b"
    ),
    "wrong_person": (
        r"\b(?:no (?:soy|es (?:mi|el|la))(?! (?:l[ao]|el) (?:persona|hombre|mujer|muchach[oa]|mism[oa]"
        r"|que) (?:de antes|que era|era)\b)"
        r"|equivocad\w+|no conozco|(?<!no )soy (?:su|la|el)(?! que\b)|wrong|not (?:me|him|her)|im not"
        r"|i am not|dont know)\b"
    ),
    "report_hardship": (
        r"\b(?:trabajo|chamba|empleo|corrieron|despidi\w+|intern(?:ad\w+|aron)|fallecio|infarto|cancer|malit[oa]"
        r"|enferm\w+|hospital\w*|oper\w+|murio|fallec\w+|rob\w+|(?:entraron|llevaron) (?:a|por|todo|la|el|las|los|mi)"
        r"|inund\w+"
        r"|quem\w+|accident\w+|vent\w+|vendid\w+|job|laid off|fired|sick|ill|surgery|died|stole\w*|robbed|flood\w*)\b"
    ),
    "promise_to_pay": (
        r"\b(?:pag\w+|doy|dar\w*|deposit\w+|abon\w+|mand\w+|pas\w+|transfier\w+|liquid\w+|complet\w+|resto|falta"
        r"|demas|otr[oa]|consign\w+|giro|girar\w*|yape\w+|pline\w+|sald(?:o|ar\w*)|entreg\w+|junt\w+"
        # 'Cancelar' is to pay, from Central America to the Andes, unless it is a promise or an account that ends.
        r"|cancel(?:o|ar|are|amos|aremos|arle|arles)"
        r"(?! (?:mi |la |el |esa |ese |lo )?(?:promesa|compromiso|acuerdo|cita|plan))"
        r"|cubr\w+|pay|send|give|(?:can|could|ill|will) do|rest|deposit|remainder)\b"
    ),
    "call_me_later": (
        r"\b(?:escrib\w+|llam\w+|marqu\w+|habl\w+|despues|mas tarde|luego|call|text|write|later|whats\w*|sms"
        r"|telegram)\b"
    ),
    "change_language": r"\b(?:ingles|english|espanol|spanish|castellano)\b",
}
WORDS: Final = {intent: re.compile(pattern) for intent, pattern in _WORDS.items()}
_CALLS: Final = re.compile(
    r"\b(?:escrib|llam|marqu|marc|habl|platic|contact|comuni|busqu|mensaj|call|text|write|talk|whats|sms|telegram)\w*"
)
# A payment that was made: the verb leads, as in 'mandé 250', or 'ya' stands before it.
_TOLD: Final = re.compile(
    r"^(?:(?:oigan?|fijese|fijate|que|disculpe|mire|bueno|pues|pos|hola|buenas|senorita|joven|senor|hey|ya|yo|le"
    r"|les|se|lo|la|los|hoy|ayer|antier|anoche|el|i|we|already|just|yesterday)"
    r" ){0,4}"
    # Without accents 'pago' is both 'I pay' and 'he paid'; of somebody else it is the second.
    rf"(?:pague|mande|deposite|abone|transferi|envie|di{NO_MONEY}|hice|pagamos|depositamos|paid|sent|gave|deposited"
    r"|mi \w+ (?:ya )?(?:le |les )?(?:pago|deposito|abono|mando)(?! manana)|my \w+ (?:already )?paid)\b"
    r"|\b(?:ayer|antier|anoche|anteayer|yesterday) (?:ya )?(?:les? |se l[oa]s? |los? )?(?:pague|mande|deposite|abone"
    rf"|transferi|envie|di{NO_MONEY}|hice)\b"
    r"|\b(?:fui|fuimos|vine|pase|acabo de ir) (?:a|al) .{0,30}\b(?:pagar|depositar|abonar)\b"
)
_TO_OTHERS: Final = re.compile(
    r"\b(?:pague|pagamos|paid|di|mande) (?:\w+ ){0,2}(?:renta|luz|agua|gas|colegiatura|escuela|doctor|hospital"
    r"|telefono"
    r"|internet|medicinas?|comida|tarjeta de credito|rent|bills?|electricity|school)\b"
)
_ARRIVED: Final = re.compile(
    r"\bsi (?:ya )?(?:les? |me )?(?:llego|cayo|entro|aparece|paso|quedo registrad\w+|lo recibi\w+)\b"
    r"|\bya les? (?:llego|cayo|entro)\b|\bis it in(?: yet| or not|\W*$)"
    r"|\b(?:did|has|have) (?:my|the|it|that|this|those|they) (?:\w+ )?(?:arrived?|come|came|go through|gone through"
    r"|get|got|reach\w*)\b"
    r"|\bdid (?:you|yall|u) (?:\w+ ){0,2}(?:get|got|receive) (?:it|my|that|the)\b"
)
# What is left until the loan is done, however it is put: 'how many pesos till I'm done with this loan'.
_LEFT: Final = re.compile(
    r"\bhow (?:much|many)\b.{0,30}\b(?:left|till|until|to go|remain\w*|before)\b.{0,30}"
    r"\b(?:loan|done|finish\w*|paid off|free|debt|owe)\b"
    r"|\bhow (?:much|many)\b.{0,24}\b(?:left on (?:it|my|the)|do i (?:still )?owe)\b"
    r"|\bwhat(?:s| is) (?:still )?left (?:on|of|to pay)\b"
    r"|\bhow much do (?:i|we) still (?:gotta|have to|need to|got to) pay\b"
    r"|\b(?:send|give|tell|show|text) (?:me|us) (?:my|the) (?:outstanding|balance)\b"
    r"|\b[ck]uant[oa]s?\b.{0,24}\b(?:para|pa|hasta) (?:que )?(?:ya )?"
    r"(?:acab\w+|termin\w+|liquid\w+|salir|salgo|quedar libre)\b"
)
_NEXT: Final = re.compile(
    r"\b(?:whats|what is|whens|when is|when s|what s) (?:my|the) next (?:payment|installment|due)\b"
    r"|\bcuando (?:es|vence|me toca|toca|cae) (?:mi |el |la )?(?:proxim[oa]|siguiente) (?:pago|cuota|letra|abono)\b"
)
# 'Qué día fue la última vez que pagué, no me acuerdo'.
_LAST_PAID: Final = re.compile(
    r"\b(?:que (?:dia|fecha)|cuando|cual) (?:\w+ ){0,2}?(?:(?:la|el"
    r"|mi) )?ultim[oa] (?:vez )?(?:que )?(?:\w+ )?(?:pag|abon|deposit|cuota)\w*"
    r"|\bultim[oa] (?:pago|abono|deposito|cuota)\b(?: \w+){0,2}? (?:de )?(?:cuanto|cuando)\b"
    r"|\bwhen (?:was|is|did) (?:\w+ ){0,3}?last (?:\w+ ){0,2}?(?:pay|paid|payment|deposit)\b"
)
# Who thanks so speaks of no payment of theirs.
_GOD_WILL_PAY: Final = re.compile(
    r"^\W*(?:(?:ya (?:estuvo|quedo|esta)|listo|bueno|ok|okey|sale|ah|muchas|gracias|que)\W+)*"
    r"dios (?:se|te|les?|me) (?:lo|la) (?:pague|multiplique|bendiga)\W*"
    r"(?:(?:muchas|gracias|senorita|joven|jovenazo|amable|muy|sena|seno)\W*)*$"
)
# 'Ah, es grabadora; ¿y no hay un cristiano con quien platicar?'
_SOMEBODY: Final = re.compile(
    r"\b(?:hay|habra|tienen|existe|is there|do you have)\b (?:\w+ ){0,2}(?:cristian[oa]|humano|persona|alguien"
    r"|asesor\w*|human|person|anyone|someone|somebody|anybody)\b (?:\w+ ){0,3}?(?:con quien|de verdad|de carne|real"
    r"|que (?:me |nos )?(?:atienda|conteste|ayude|resuelva)|i can (?:talk|speak)|to (?:talk|speak) (?:to|with))\b"
    r"|\b(?:quiero|quisiera|prefiero|deseo|necesito) (?:tratar|hablar|entenderme|platicar|comunicarme)(?: \w+)? con"
    r" (?:un|una|el|la|algun|alguna) (?:emplead|person|human|asesor|encargad|licenciad|ejecutiv|gerent)\w*"
    # 'Y lo de mi pagito, ¿qué va a pasar?' is for somebody who knows.
    r"|\blo de (?:mi|el|la) (?:pag|deuda|credito|prestamo|cuenta)\w* que (?:va a pasar|pasara|sigue)\b"
    # 'Anyone there who could look?', 'until somebody with a pulse explains it to me'.
    r"|\b(?:anyone|anybody|someone|somebody)\b (?:\w+ ){0,3}?(?:who|that) (?:can|could) (?:please )?"
    r"(?:look|check|help|explain|see|fix|tell me)\b"
    r"|\b(?:until|till|til|unless) (?:somebody|someone|a (?:real |live )?(?:person|human)) (?:\w+ ){0,4}?"
    r"(?:explains?|calls?|talks?|answers?|shows?|tells?|gets? back)\b"
    r"|\b(?:alguien|una persona|un humano|algun humano|alguna persona)\b (?:\w+ ){0,4}?que (?:me |nos |le |lo )*"
    r"(?:pueda|puede|podria|sepa) (?:\w+ )?(?:ayud|explic|revis|ver|chec|busc|aclar|resolv|dec)\w*"
    r"|\b(?:hasta que|mientras no|si no|a menos que) (?:me |nos )?(?:venga |hable |salga )?"
    r"(?:alguien|una persona|un humano)\b"
    r" (?:\w+ ){0,5}?(?:expliqu\w+|llame|hable|atienda|conteste|aclare|responda|diga)\b"
)
_PLAIN: Final = {
    "ask_balance": _LEFT,
    "ask_next_payment": _NEXT,
    "ask_payment_history": _LAST_PAID,
    "thanks": _GOD_WILL_PAY,
    "ask_human": _SOMEBODY,
}


def clauses(text: str) -> list[str]:
    """The stretches of a message that may each hold a wish; none where the whole text is one stretch."""
    found = [part.strip(" ,.;-") for stretch in _CUT.split(text) for part in _run_on(stretch)]
    kept = [each for each in found if any(letter.isalnum() for letter in each)]
    return kept[:MOST_CLAUSES] if len(kept) > 1 else []


def _run_on(stretch: str) -> list[str]:
    cut = 0
    parts = []
    for found in _RUN_ON.finditer(stretch):
        before = stretch[cut : found.start()]
        if len(before.split()) >= _LONG_STRETCH and not _LEADS_ON.search(before.casefold()):
            parts.append(before)
            cut = found.end()
    return [*parts, stretch[cut:]]


# 'The last one I sent, did you get it', 'si pasó lo que mandé': the payment is what the question is about.
_POINTED_AT: Final = re.compile(
    r"\b(?:one|payment|deposit|transfer|money|what) (?:that )?(?:i|we) (?:just )?(?:sent|made|paid|did)\b"
    r"|\b(?:lo|el|la|pago|dep[oó]sito|abono|transferencia|vez|d[ií]a|fecha|time|day) (?:en )?(?:que|i"
    r"|we) (?:ya )?(?:les? |yo )?"
    r"(?:mand[eé]|hice|deposit[eé]|pagu[eé]|abon[eé]|transfer[ií]|envi[eé]|paid|sent)\b",
    re.IGNORECASE,
)


_AUTHORITY: Final = re.compile(
    r"\b(?:condusef|profeco|indecopi|sernac|conciliadora|diaco|diprodem|superintendencia|superfinanciera|sbs|cnbv"
    r"|(?:defensa|defensoria|proteccion) (?:del|al) (?:consumidor|cliente|usuario)|ombudsman"
    r"|consumer protection|cfpb)\b"
)
# 'El interés está altísimo, es lo más alto que he pagado': dear, and no danger.
_DEAR: Final = re.compile(
    r"\b(?:interes(?:es)?|tasa|recargos?|comision(?:es)?|cuota|interest|rate|fees?)\b[^.!?]{0,30}"
    r"\b(?:alt[oa]s?|altisim[oa]s?|car[oa]s?|carisim[oa]s?|abus\w+|usura|robo|exager\w+|high|expensive|crazy"
    r"|rip ?off)\b"
)
_GO_ON: Final = re.compile(
    r"\bno (?:(?:me|nos|le|vayan?|vayas|a|quiero que) )*(?:dejen|deje|dejes|dejar|paren|pare) de"
    r" (?:mand|escrib|avis|envi|record)\w*"
    r"|\bsig(?:ame|anme) (?:mand|escrib|avis|envi|record)\w*"
    r"|(?<!you )(?<!they )(?<!u )\b(?:dont|do not) stop (?:(?:these|the|those|my|your|with|all) )*"
    r"(?:send|text|remind|writ|messag)\w*"
    r"|^\W*(?:please |pls )?keep (?:send|text|remind)\w*|\bno need to (?:quit|stop|end|cancel)\b"
)


def tells_of_payment(text: str) -> bool:
    """'Les di 400 el martes': a payment that was made, whatever else these words are used for."""
    plain = normalize(text)
    told = tells_payment_made(_POINTED_AT.sub(" ", text)) or _TOLD.search(_POINTED_AT.sub(" ", plain)) is not None
    return told and not pays_others(text)


def pays_others(text: str) -> bool:
    """'Ayer pagué la luz' is no payment to us."""
    return _TO_OTHERS.search(normalize(text)) is not None


def asks_of_arrival(text: str) -> bool:
    """'Y si les llegó el del 11'."""
    return _ARRIVED.search(normalize(text)) is not None


def asks_plainly(text: str) -> str | None:
    """What its words alone show, whatever the model takes it for: a question about the loan, or 'Dios se lo pague'."""
    plain = normalize(text)
    return next((intent for intent, words in _PLAIN.items() if words.search(plain)), None)


def names_authority(text: str) -> bool:
    """'Voy a ir a Indecopi con todo esto': whom a borrower complains to, in the countries we write to."""
    return _AUTHORITY.search(normalize(text)) is not None


def finds_it_dear(text: str) -> bool:
    """'Con todo respeto, el interés está altísimo'."""
    return _DEAR.search(normalize(text)) is not None


def asks_to_go_on(text: str) -> bool:
    """'No dejen de mandarme los avisos' has the words of a stop and wants the contrary."""
    return _GO_ON.search(normalize(text)) is not None


def asks_something(text: str) -> bool:
    """It has the form of a question."""
    return "?" in text or re.search(rf"\b(?:{_ASKS})\b", normalize(text)) is not None


def is_spoken_of(intent: str, text: str) -> bool:
    """Has a word that this wish is spoken with; true for wishes whose words nobody has listed."""
    return intent not in WORDS or WORDS[intent].search(normalize(text)) is not None


def speaks_of_writing(text: str) -> bool:
    """Somebody is to call, write or talk; 'mejor el domingo' alone is no such wish."""
    return _CALLS.search(normalize(text)) is not None
