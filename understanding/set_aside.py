"""Why a mention is no offer: refused, past, owed, told by others, asked about, earned, or given to somebody else."""

import re
from typing import Final

from understanding.amounts.mentions import AmountMention
from understanding.clauses import NO_MORE, OFFERS, PAYS, Clause
from understanding.dates.mention import DateMention
from understanding.dates.words import WEEKDAYS

_OWED: Final = re.compile(
    r"(?:\b(?:debo|debia|adeudo|owe|prestaron|pedi|saque|gano|cobran|cobrando|cobraron|cobrar|cobras|cuesta|borrowed"
    r"|interes(?:es)?|multa|renta|total de|saldo de|deuda de|que es de|dicen|dice|says|shows|aparecen?|sale|salen|salia"
    r"|quieren"
    r"|piden|exigen|reclaman|pretenden"
    r"|i know (?:that )?(?:its|it is|theyre)|se que (?:son|es|eran)|supposed to be"
    r"|want|charge|charging|como que|short(?: by| about)?|necesito"
    r"|ocupo|hacen falta"
    r"|(?:quedo|quedaria|quedare|queda) (?:a deber|debiendo)|should be|deberian? (?:de )?ser)(?: ya)?(?: de"
    r"| como| unos| mas de| los| las| a| en| me| que)* )$"
)
# A question names an amount without offering it: 'cuánto es lo vencido'.
_ASKED: Final = re.compile(
    r"\b(?:(?<!en )cuanto|cuanta|cuantos|cuantas|how much|how many|cual|what is"
    r"|debo en|(?:cuando|when) (?:es|debo|tengo que"
    r"|vence|toca|is|do|does|are))\b(?!.*\b(?:pag\w+|doy|pay|cover)\b)|^\W*whats\b"
)
# What somebody said, what life costs, and 'not even' are no offers.
_TOLD: Final = re.compile(
    r"\b(?:me|nos) (?:dijo|dijeron|dicen|dice)\b|\b(?:renta|alquiler|luz|agua|gas|internet|colegiatura|escuela"
    r"|inscripcion|medicinas?|medicamentos?|doctor|gasolina|(?<!pasando la )(?<!despues de la )(?<!antes de la )"
    r"(?<!hora de la )(?<!hora de )comida|despensa|camion|pasaje|rent|electric\w*|bills?"
    r"|groceries|tuition)\b[^·,;]{0,25}$|\b(?:por que|why|saldo|dice aqui|aparece|mensaje de"
    r"|recargos?)\b[^·,;]{0,20}$"
    r"|\b(?:dije|dicho|prometi|habiamos dicho)(?: que)?(?: los| unos| como)? $|\bni(?: un| a| para| con| los)* $"
)
# 'Necesito 600 y no los junto'; 'para completar los 600'.
_UNHELD: Final = re.compile(
    r"^[^.;]{0,25}\b(?:y|pero) no (?:los|las|lo|la) (?:tengo|junto|completo|alcanzo|traigo|consigo)"
)
_GOAL: Final = re.compile(r"\bpara (?:completar|juntar|llegar a|cubrir|ajustar)(?:le|les)?(?: los| las| el| la| a)? $")
# 'Apenas llevo 1200 juntados, espéreme' offers nothing yet.
_BARELY: Final = re.compile(r"\bapenas (?:llevo|voy)(?: (?:en|como|unos|con))* \$? ?$")
# To lower an instalment, or to say how heavy it is, is not to offer it.
_LOWERED: Final = re.compile(
    r"\b(?:baj[aeo]\w*|bajar\w*|reduc\w+|reduz\w+|rebaj\w+|disminu\w+|lower|reduce|decrease|cambi\w+|condon\w+"
    r"|quit\w+"
    r"|alta|cara|grande|mata)(?: (?!pero|y|le|les|mora|recargos?|interes|multas?|comision|moratorios|penal)\w+){0,3} *$"
)
_DESCRIBED: Final = re.compile(
    r"^(?: de \$? ?\d[\d.,]*)? (?:esta|estan|es|se me hace|me queda|sale|tan|muy|que no"
    r"|is(?! (?:coming|on its way|going out))"
    r"|was(?! (?:settled|paid|cleared|covered|sent))"
    r"|seems|too)\b"
)
# 'No, 600 es mucho, que sean 350'.
_HEAVY: Final = re.compile(
    r"^(?: pesos)? (?:(?:ya|me|se|le) )*(?:es|son|esta|estan|hace|hacen|parece|is|seems|sounds|s)? ?(?:muy |un |re )?"
    r"(?:much[oa]s?|poc[oa]s?|poquito|demasiad[oa]s?|muchisimo|pesad[oa]|(?:way )?too (?:much|little|high|low)|a lot"
    r"|not enough)\b"
)
_INSTEAD: Final = re.compile(
    r"\b(?:en (?:vez|lugar|ves|bes) del?(?: los| las| el| la| pagar| dar| es[eo]s?| pago| abono| del?)*"
    r"|(?:instead of|rather than)(?: the| my| that| payment| of)*"
    r"|(?<!lo )(?<!hago el pago )(?<!hare el pago )(?<!hacer el pago )(?<!hago el deposito )(?<!mando el pago )"
    r"de(?: los| esos| las)|from the|out of the"
    r"|(?:scratch|forget|olvid[ae]n?|borr[ae]n?)(?: lo| el| la| de| the| that| about)*"
    r"|(?:olvid|borr|quit|cancel)\w+ lo del?(?: los| la)?"
    r"|(?<!que )(?<!si )no(?: es| a| al| el| la| los| las| con| para| on| this| the| son| in| va a ser"
    r"| van a ser| sera| seran"
    r"| sea| sean| era| eran)*|not(?: on| the| this| for| gonna be| going to be)*) $"
)
# 'En vez de los 750 del viernes, 600 el lunes': the day goes with its money where something newer follows.
# 'Bank's closed Monday': a day on which nothing can be paid.
_CLOSED: Final = re.compile(
    r"\b(?:closed|shut|not open|dont open|doesnt open|cierran|cerrad[oa]s?|no (?:abren?|atienden?|trabaj(?:o|an?)))"
    r"(?: (?:on|el|los|este|next|every|all|todo))* $"
)
_INSTEAD_OF_BOTH: Final = re.compile(
    r"\b(?:en (?:vez|lugar|ves|bes) de|instead of|rather than)(?: los| las| esos| pagar| dar| the| my| paying)*"
    r" \$? ?\d[\d.,]*(?: pesos)?(?: del?| para| on| for)(?: this| el| la)* $"
)
_NEWER: Final = re.compile(rf"[^?]*?(?:\d|\b(?:{'|'.join(WEEKDAYS)}|hoy|manana|quincena|today|tomorrow|mitad|half)\b)")
# 'Ahorita pago 410 y ya no la libro', 'estoy pagando 400': what is paid at present and should change.
_PRESENT: Final = r"(?:ahorita|ahora|actualmente|hoy por hoy|hoy en dia|currently|right now|now|at the moment|orita)"
_PAID_NOW: Final = re.compile(
    rf"\b(?:{_PRESENT} (?:yo )?(?:le |les )?(?:pago|doy|abono|deposito|i pay|im paying|i am paying|paying)"
    rf"(?: como| unos| de| los)* \$? ?\d[\d.,]*(?: pesos)?(?:,? (?:cada|por|a la|al|a|every|per) \w+)?"
    rf"(?=[ ,.]+(?:y|pero|and|but|que) (?:(?:ya|se|me|nos|it|its|i) )*(?:no|cuesta|batall\w*|hace|pesad\w*"
    rf"|much\w*|cant|dont"
    rf"|too|hard|struggl\w*|ahog\w*|apen\w*|sufr\w*)\b)"
    rf"|(?:{_PRESENT} )?(?:estoy|estamos|vengo|venia|he estado|im|i am|we are|ive been) (?:pagando|dando|abonando"
    rf"|paying)(?: como| unos| de| los)* \$? ?\d[\d.,]*"
    rf"(?![^,;·]{{0,24}}\b(?:{'|'.join(WEEKDAYS)}|tomorrow|today|manana|hoy)\b))"
)
# 'Cambiar de 400 a 200': the first of the two is what was.
_CHANGED: Final = re.compile(r"\b(?:cambi\w+|baj\w+|pas\w+|reduc\w+|lower|change|go) (?:\w+ ){0,3}?(?:de|from) \$? ?$")
_CHANGED_TO: Final = re.compile(r"^[^.;]{0,24}? (?:a|to) \$? ?\d")
# 'Change that Friday payment to Monday', 'recorra el pago del viernes al lunes': the first of the two is what was.
_MOVE: Final = re.compile(
    r"\b(?:change|move|switch|swap|push|shift|cambi\w+|mov\w+|muev\w+|recorr\w+|corr[ae]\w*)(?: (?:that|this|the|my"
    r"|me|le|el|la|lo|ese|esa|mi|promesa|compromiso|promise|lo|pago|abono|payment|date|de|del|from|on|back|of))* $"
)
_MOVED_TO: Final = re.compile(
    r"^ (?:payment |one |promise |date |pago |abono |back )?(?:to|for|al?|para(?: el)?|por(?: el)?|until|till) "
    rf"(?:the )?(?:(?:el|dia|next|this) )?(?:\d|{'|'.join(WEEKDAYS)}|hoy|manana|today|tomorrow)"
)
# 'Cámbieme esa promesa del viernes, los mismos 500 pero el lunes'.
_MOVED_LATER: Final = re.compile(
    r"^[,.;]? ?(?:(?:con |por |the )?(?:los |las |la |the )?mism[oa]s?(?: \$?\d+)?|same(?: amount)?|mejor|ahora|que sea"
    r"|pero|por favor|please|make it|y)\b[^?]{0,24}"
    rf"\b(?:{'|'.join(WEEKDAYS)}|hoy|manana|today|tomorrow|el \d+)\b"
)
# 'Cámbieme los 200 por 250'.
_CHANGE: Final = re.compile(
    r"\b(?:cambi\w+|change|swap|modifi\w+|correg\w+|corrij\w+) (?:me )?(?:(?:de|los|las"
    r"|el|la|esos|mis|the|my|from) )*\$? ?$"
)
_CHANGED_FOR: Final = re.compile(r"^[^.;]{0,12}? (?:por|for|a|to) (?:los |unos )?\$? ?\d")
# '400 of the 900': the first is offered.
_WHOLE: Final = re.compile(r"\d (?:pesos )?(?:out )?of (?:the|those|my|that) \$? ?$")
# 'De tres mil le bajo mil', 'of the 2400 i owe'.
_OUT_OF: Final = re.compile(r"(?:^|[,;.] ?|\bque )de \$? ?$|\b(?:out )?of (?:the |those |that )?\$? ?$")
_GOES_ON: Final = re.compile(
    r"^ (?:le|les|te|solo|nomas|nada mas|puedo|tengo)\b|^ (?:(?:that|which) )?(?:i (?:still )?owe|due|pending)\b"
)
_REFUSED_AFTER: Final = re.compile(
    r"^,? ?(?:no (?:abr[eo]n?|abrimos|vendo|trabajo|cobro|puedo|circul\w+|salgo|sale|atienden?|estoy|voy|vengo"
    r"|vienen?|funciona"
    r"|hay(?! (?:problema|falla|bronca|pedo|tos|duda))|(?:me )?pagan|rayan?|chambeo|laburo|camello|laboran?|sirve|jala"
    r"|los(?! ?[\d$])|las(?! ?[\d$])"
    r"|l[ao] (?:hago|armo|logro|consigo|junto|libro|saco|completo|tengo)|me (?:es|va|da|alcanza|queda)"
    r"|se (?:puede|va|podra"
    r"|arma|me)|va|creo|alcanzo)\b"
    r"|ya (?:paso(?! (?:a|al|por|con)\b)|se (?:paso|fue)|vencio)\b|(?:is |has |already )*(?:passed|gone by|is over)\b"
    # 'El 27 no?' asks for assent.
    r"|(?:pero )?(?:ya )?se me (?:complic|dificult|atraves)\w+"
    # 'Mañana ya dios dirá'.
    r"|(?:ya )?(?:dios dira|dios sabe|sabra dios|quien sabe)\b|ya veremos\b|god knows\b|who knows\b|well see\b"
    r"|(?:no|not|tampoco)(?= ?(?:[,.;!]|$|pero|but|que\b|porque|pues|ya que|because|cause|·))"
    r"|s? (?:is |are )?too (?:tight|soon|early|hard|close|much|late)\b|i cant\b|wont work|(?:is |are )?(?:no"
    r"|not) good\b|(?:pesos )?(?:menos|less)\b)"
)
# The day of something else: 'la venta del domingo', 'mañana me operan'.
_OF_SOMETHING: Final = re.compile(
    r"\b(?:tianguis|partido|misa|cita|junta|fiesta|boda|mandado|examen|juego)(?: de| del)?"
    r"(?: el| la)? $"
)
# 'Si hoy es miércoles, entonces el viernes'.
_TODAY_IS: Final = re.compile(r"\b(?:hoy|today)(?: (?:ya|apenas|todavia|only))* ?(?:es|is|s) (?:apenas |only )?$")
# 'I start my new job on Monday so I can do 400 on the 27th', 'entro a trabajar el lunes'.
_STARTS_WORK: Final = re.compile(
    r"\b(?:(?:start|starts|starting|begin)(?: (?:my|a|the|at|new|working))* (?:job|work|shift|gig|working)"
    r"|(?:empiezo|entro|comienzo|empieza|entra)(?: (?:a|en|mi|el|un|la|nuevo|otro|nueva))*"
    r" (?:trabajar|chambear|trabajo|chamba|jale|pega|empleo|turno))(?: (?:on|el|este|this|next))* $"
)
# The day on which money comes in counts only where no other day is named.
OF_INCOME: Final = re.compile(
    r"\b(?:lo|fecha|cuota|letra|abono|ventas?|tanda|raya|sueldo|paga|pago|quincena|propinas?|check)(?: de| del)(?: el"
    # 'Eso llega mañana', 'el camión llega hasta el lunes'.
    r"| la)? $|\b(?:llegan?|llegara|(?<!que )vienen?|regresan?|arrives?|gets (?:here|in)|comes? (?:in|through)"
    r"|(?:wages|money|check|pay|salary|tips) comes?"
    r"|clears?|lands?"
    r"|libera(?:n|ran)?(?: (?:el|mi|la) (?:pago|sueldo|dinero|quincena|beca|pension))?)(?: (?:hasta"
    r"|recien|apenas|for me|in my account|by))*(?: el| la| on| this| next)? $"
)
# 'Me toca el 10, puedo quedar para el 15': when it falls due counts only where no other day is named.
DUE: Final = re.compile(
    r"\b(?:(?:me|nos) (?:toca|tocaba|corresponde|vence)(?: pagar)?|(?<!que )(?:se )?vence|mi (?:fecha"
    r"|dia) (?:de pago )?es"
    r"|(?:due|payment) date is|(?:its|is|was) due)(?: (?:el|los|dia|on|the|hasta))* $"
)
# 'Otros 300 para el 27, aparte de los de mañana'.
_BESIDES: Final = re.compile(
    r"\b(?:(?:aparte|ademas|fuera|independiente\w*) del?|sin contar|apart from|besides|on top of) ?"
    r"(?:(?:los|las|lo|el|la|eso|esos|the|those|that|what) )?(?:\$? ?\d+ )?(?:(?:del?|for|from|on)(?: la| el| the)? )?$"
)
# 'Ni lunes ni martes, hasta el sábado'.
_NEITHER: Final = re.compile(r"\b(?:ni|neither|nor) (?:el |los |on )?$")
# 'El lunes es muy pronto'.
# 'La quincena me sale muy alta' speaks of the instalment.
_OF_SIZE: Final = re.compile(
    r"^ (?:(?:ya|me|nos|se|le) )*(?:sale|queda|hace|esta|es)(?: (?:muy|bien|re|super|demasiado|algo))* "
    r"(?:alt[ao]|car[ao]|pesad[ao]|grande|much[ao]|elevad[ao])\b"
)
_UNFIT: Final = re.compile(
    r"^ (?:ya )?(?:es|seria|me queda|esta|is|s|would be) (?:muy|demasiado|too|way too) ?(?:pronto|tarde|temprano|cerca"
    r"|lejos|soon|early|late|close|far)\b"
)
# 'El viernes es la junta, mejor el domingo': that day is taken.
_TAKEN: Final = re.compile(
    r"^ (?:(?:es|hay|cae|tengo|tenemos|me toca|is|i have|we have|i got|theres) )+"
    r"(?:(?:la|el|una?|mi|su|dia|de|the|a|my|our) )*(?:velada|guardia|turno (?:doble|de noche)|doblar(?: turno)?"
    r"|junta|fiesta|boda|misa|feria|cumple\w*|grados?|clausura"
    r"|bautismo|primera comunion|confirmacion|rezo|novena|marcha|torneo|partido|concierto|mudanza|kermes\w*"
    r"|asamblea|reunion|feriado|festivo|inhabil|puente|bautizo|velorio"
    r"|graduacion|quince\w*|examen|viaje|cita|paro|meeting|party|wedding|holiday|birthday|funeral|trip|appointment|off)\b"
    # 'El jueves hay feria, ahí saco y te pago'.
    r"(?!.{0,40}\b(?:ahi|alli|ese dia|de ahi|con eso) (?:\w+ ){0,2}(?:saco|junto|vendo|gano|pago|cobro|le|te)\b)"
)
_EVENT: Final = re.compile(
    r"\b(?:trabajo (?:de|los)|abren|atienden|horario|cierran|operan|operar|internan|cirugia|cita|junta|cumple\w*"
    r"|velorio|misa|entierro|consulta|audiencia|graduacion|boda|surgery|appointment|funeral|interview|birthday|birth"
    r"|enterr\w+|sepult\w+|bur(?:y|ying|ied))\b"
)
# 'El domingo después de misa' says when on that day.
_AROUND_IT: Final = re.compile(
    r"\b(?:(?:despues|antes|saliendo|al salir) del?(?: la| mi)?|(?:after|before)(?: the| my)?) \w+"
)


# 'Me prestaron 500, se los paso hoy': what came in is handed on.
_CAME_IN: Final = re.compile(
    r"\b(?:prestaron|presto|saque|dieron|dio|pagaron|pago|depositaron|mandaron|mando|junte|cobre|regresaron|gane|vendi"
    r"|lent me|gave me|paid me)(?: como| unos| los| por fin| hoy)* \$? ?$"
)
HANDED_ON: Final = re.compile(
    r"\bse (?:lo|los|la|las) (?:\w+o|doy|voy a \w+)\b|\b(?:its yours|ill send it|ill give it)\b"
)
# '1500 de colegiatura' has its use already, where another amount is offered to us; '300 de abono' has not.
USED: Final = re.compile(
    r" (?:pesos |varos )?(?:de|pa|para) (?:(?:la|el|los|las|mi|mis) )?(?!(?:abono|anticipo|entrada|pagos?|adelanto"
    r"|enganche|contado|golpe|volada|jalon|una|parte|inicio|capital|interes\w*|cuotas?|letras?|semana|mora|recargos?"
    r"|primer\w*|uno|dos|ustedes|el|la|cada|aqui|ahi|ya|quincena|mes|pesos|lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo|manana|hoy|que|deuda|prestamo|credito|cuenta|aguinaldo|tanda|venta\w*)\b)[a-z]{3,}"
)
# 'Le debo 2 mil al doctor'.
_TO_OTHERS: Final = re.compile(
    r"^ (?:pesos )?(?:al|a la|a mi|to the|to my) (?:doctor\w*|farmacia|dentista|mecanico|prestamista|abonero"
    r"|caser[oa]|landlord|pharmacy|hospital|clinica)\b"
)
# 'Hoy le caen 95 en lo que consigo lo demás': the rest has no day and is no offer yet.
_MEANWHILE: Final = re.compile(
    r"\b(?:en lo que|mientras|while i)(?: (?:me|le|yo))* (?:consig\w+|junt\w+|sac\w+|get|find) $"
)


def is_set_aside(mention: AmountMention | DateMention, plain: str, clause: Clause, look_back: bool) -> bool:
    near = plain[max(0, mention.start - 40) : mention.start]
    if clause.refuses or _INSTEAD.search(near) or _is_refused_after(mention, plain, clause):
        return True
    if any(m.start() <= mention.start < m.end() for m in _PAID_NOW.finditer(plain)):
        return True
    if isinstance(mention, DateMention):
        return _is_other_day(mention, plain, clause, near, look_back)
    before = plain[clause.start : mention.start]
    handed_on = _CAME_IN.search(near) and HANDED_ON.search(plain, mention.end)
    if (not look_back and not handed_on and clause.is_past_at(before)) or _GOAL.search(near) or _MEANWHILE.search(near):
        return True
    if mention.ref is not None:
        return _is_talked_of(mention, clause, before)
    return not handed_on and _is_other_money(mention, plain, before, near)


def _is_refused_after(mention: AmountMention | DateMention, plain: str, clause: Clause) -> bool:
    """Whether 'no puedo' follows, unless an offer is made and only said to be all there is."""
    after = plain[mention.end :]
    if not _REFUSED_AFTER.search(after[:20]):
        return False
    only_says_why = NO_MORE.match(after.lstrip(" ,."))
    return not (only_says_why and (OFFERS.search(plain, clause.start, mention.start) or after.startswith(",")))


def _is_talked_of(mention: AmountMention, clause: Clause, before: str) -> bool:
    after = clause.text[mention.end - clause.start :]
    talked_of = _ASKED.search(before) or _LOWERED.search(before) or _DESCRIBED.search(after)
    return bool(talked_of) or (mention.ref == "fraction" and clause.tells_wages_at(before))


def _is_other_money(mention: AmountMention, plain: str, before: str, near: str) -> bool:
    after = plain[mention.end :]
    if mention.amount is None and _ASKED.search(before):
        return True
    if _BARELY.search(near) and not HANDED_ON.search(after):
        return True
    changed = _CHANGED.search(near) and _CHANGED_TO.search(after)
    changed = changed or (_CHANGE.search(near) and _CHANGED_FOR.search(after))
    if _WHOLE.search(near) or (_OUT_OF.search(near) and _GOES_ON.match(after)) or _TO_OTHERS.match(after):
        return True
    return bool(
        changed or _HEAVY.match(after) or _UNHELD.search(after[:60]) or _OWED.search(near) or _TOLD.search(before)
    )


def _is_other_day(mention: DateMention, plain: str, clause: Clause, near: str, look_back: bool) -> bool:
    told = clause.without(mention.start, mention.end)
    # 'Se me fue la onda el viernes le pongo 550': what follows the day is the offer, whatever was told before it.
    after = plain[mention.end :].lstrip()
    offered = after.startswith(("le ", "les ", "te ")) and OFFERS.match(after) is not None
    if (
        ((_OF_SOMETHING.search(near) or _STARTS_WORK.search(near)) and not offered)
        or (_INSTEAD_OF_BOTH.search(near) and _NEWER.match(plain, mention.end))
        or _NEITHER.search(near)
        or _CLOSED.search(near)
        or _TODAY_IS.search(near)
        or _BESIDES.search(near)
        or (_MOVE.search(near) and (_MOVED_TO.match(plain[mention.end :]) or _MOVED_LATER.match(after)))
        or _UNFIT.match(plain[mention.end :])
        or _TAKEN.match(plain[mention.end :])
        or ("quincena" in plain[mention.start : mention.end] and _OF_SIZE.match(plain[mention.end :]))
        or (_EVENT.search(_AROUND_IT.sub(" ", clause.text)) and not PAYS.search(told.text))
    ):
        return True
    return not offered and not look_back and told.is_past_at(clause.text[: mention.start - clause.start])
