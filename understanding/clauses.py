"""The clauses of a text, and what each tells: a payment made, a refusal, wages, a debt, or an offer."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BOUNDARY: Final = re.compile(
    r"[;!?]+|:(?!\d)|,(?!\d)|\.(?!\d)|\b(?:y|e|and|pero|but|entonces|then|mejor|solo|nomas|nada mas|porque|because"
    r"|aunque|sino|so|asi que|(?<!no )les? doy)\b"
    # 'Le pongo otros 500 como el mes pasado con los 350': what it is compared with is told by itself.
    r"|\b(?:como|igual que|tal como|like|same as)(?= (?:(?:le|les|ya|lo|yo) )*(?:hice|hicimos|la vez|las otras|el mes"
    r"|la semana|la quincena|el otro mes|la otra vez|ayer|last|i did|we did|the last)\b[^,;·]{0,20}\b(?:pasad[oa]s?"
    r"|anterior|otra vez|con|ayer|last|with|time)\b)"
)
_PREFIX: Final = r"(?:(?:le|les|lo|la|los|las|se|te|me|yo|habia|he|hice|fui a|habiamos|una?|mi|el) )*"
_PAST: Final = re.compile(
    rf"\bya {_PREFIX}(?:pague|abone|deposite|di|mande|transferi|entregue|envie|liquide|consigne|cubri|pagado|pase"
    rf"|hice"
    r"|puse|quede|depositado|abonado|pagamos|dimos)\b|\bllevo (?:ya )?\d+ (?:dias?|semanas?|mes|meses|anos?|pagos?"
    r"|cuotas?|abonos?)\b|\b(?:he|has|ha|hemos|han) \w+[ia]do\b|\b(?:ayer|antier|anteayer|anoche"
    r"|(?<!y )(?<!o )pasad[oa]s?(?! manana)|(?<!me )(?<!nos )(?<!le )hace (?:como )?(?:\d|un)|acabo de"
    r"|(?:vengo|venia|estaba) \w+[ai]ndo|naci"
    r"|nacimiento|born|been|llevo (?:ya )?(?:pagad|abonad|depositad)\w+|habia|debia|tenia que|yesterday|(?:days?"
    r"|weeks?|months?|years?|while) ago|i (?:already )?(?:paid|sent|gave|deposited)|already (?:paid|sent|gave)|last "
    r"(?:week|month)|quede de|(?<!que )(?<!q )quedamos(?! en (?:los |las |que )?\$? ?\d)"
    r"(?! (?:en )?que\b[^,;.]{0,24}\bles? (?:ca|pag|d[oa]|llev|dep|abon|mand|pas)\w*)"
    r"|iba a|ibamos a|was (?:going|supposed) to"
    r"|had to|used to (?:pay|send|give|do)|soli(?:a|amos) \w+|tuve que|me toco|ultima vez"
    r"|vez pasada|last time)\b"
    # What others did, and what went on for some time, is a story: 'me robaron', 'pagaba'.
    r"|\b(?!tengan|manden|vayan)\w{3,}(?:aron|ieron|jeron|yeron)\b|\b(?!acaba|pensaba|esperaba)\w+(?:aba|aban"
    r"|abamos)\b|\b(?:gaste|gane|perdi|pedi|compre|vendi|preste|invirti|puse de|me costo|costo|sali en|salio en|valio"
    r"|dio|dieron|fue|fui|fueron|estuve|estuvo|tuve|nacio|murio|fallecio|cayo|perdio|salio|subio|subieron|sucedio|ocurrio|vencio"
    r"|recibio|pidio|hizo|vino|inundo|quemo|accidento|aumentaron|spent|lost|stole|stolen|robbed|bought|borrowed|cost"
    r"|costs|charged|took|was|were)\b|\b(?:le |les )?di (?:los |unos )?\$?\d"
)
# 'I cant stop laughing', 'no puedo hablar ahorita' refuse no money.
_ELSE: Final = (
    r" (?:stop|wait|believe|complain|lie|talk|hear|write|type|sleep|parar|dejar de|hablar|creer\w*|escribir\w*"
    r"|contestar\w*"
    r"|dormir\w*|quejar\w*|mentir\w*)\b"
)
_REFUSED: Final = re.compile(
    rf"\bno (?:(?:le|les|lo|los|la|se|me|te|voy a|vamos a|va a|creo|que|ya|yo|nos) )*(?:puedo(?!{_ELSE})|pude"
    rf"|pudo|podemos|tengo"
    r"|pudimos|tenemos|tendre|traigo|completo|completar|junto|junte|juntar|alcanza|alcanzo|alcance|alcanzan|podre"
    r"|logre|poder|llego|cuento|ajusto|ajusta|voy a tener|pagar|dar|pago|doy|prometo|aseguro|garantizo"
    rf"|ofrezco|hay(?! (?:problema|pedo|bronca|falla|duda|tos|pex)))\b|\b(?:(?:cant|cannot|can not)(?!{_ELSE})"
    rf"|could not|couldnt"
    r"|dont have|do not have|wont|not able to"
    r"|unable|not going to|will not|imposible|dont think i can|hasnt|havent|didnt|missed)\b|\bni (?:de chiste|loco"
    r"|tengo|para"
    r"|un (?:peso|quinto|centavo)|\d[\d.,]*)\b"
)
# 'No traigo más que 90' offers 90.
_BUT_THAT: Final = re.compile(r"\bno (?:\w+ ){1,4}(?:mas que|sino)(?: (?:para|unos|los|con|como))* \$? ?\d")
_UNTIL: Final = re.compile(r"\b(?:hasta|until|till|til|before|antes)\b")
_REST: Final = re.compile(
    r"\b(?:(?:el resto|lo que (?:me )?(?:falta|resta|queda)|lo demas|la diferencia|lo restante|el restante"
    r"|el faltante"
    r"|the rest|the remainder|la otra (?:mitad|parte)|the other half|the difference))\b"
)
OFFERS: Final = re.compile(
    r"\b(?:(?:le|les|te) (?:pago|doy|deposito|abono|mando|paso|transfiero|puedo|voy|consigno|pongo|dejo|llevo|envio"
    r"|caigo)|pagare|puedo|pueda|can pay|will pay|can do|ill (?:pay|send|give))\b"
)
_WISHES: Final = re.compile(
    r"\b(?:quisiera|quiero|deseo|pienso|espero|want to|wanna|would like to|id like to) (?:\w+ )?(?:pagar|cancelar"
    r"|liquidar|abonar|depositar|saldar|cubrir|dar|pay|settle|clear)\w*\b"
)
_CAME_IN: Final = re.compile(
    r"\b(?:que|porque|pues|ya que|ya|como|because|cause|since) (?:(?:ya|hoy|ayer|hace poco) )*(?:me|nos|se me) (?:salio"
    r"|cayo|cayeron|llego|llegaron|toco|entro)\b"
)
PAYS: Final = re.compile(
    r"\b(?:pag\w+|doy|dar\w*|deposit\w*|abon\w+|liquid\w+|mand\w+|paso|pong\w+|transf\w+|consign\w+|send|pay\w*|give"
    r"|cubr\w+|complet\w+|arregl\w+|resuelv\w+|sald\w+|queda|cumplo|cumplire|cumplimos|mitad|half|parte|tercio|third"
    r"|quarter|resto|todo"
    r"|cuota|letra|everything|junt\w+|hago|hare|envi\w+|gir\w+|caigo|traigo|llevo|cuent\w+|echo|suelto|aviento|bring"
    r"|drop(?:ping)?|transfer\w*|clear|settle)\b|\d{2}"
    # Whatever the verb is: 'le aparto', 'le suelto'.
    r"|\b(?:les?|te) ca(?:en|e|era|eran)\b|\b(?:le|les|te|se l[oa]s?) (?!debo|digo|hablo|escribo|aviso|pido"
    r"|juro|entiendo|marco|llamo|agradezco"
    r"|comento|informo"
    r"|creo)\w+o\b"
)
WAGES: Final = re.compile(
    # 'Mi hijo le va a depositar 300' pays us; 'le van a pagar a mi hijo' does not.
    r"\b(?:le|les) (?:pagan|pagaron|pagaran|deben|van a (?:pagar|depositar))\b|\b(?:(?:me"
    r"|nos) (?:(?:l[oa]s? )?pagan?|pagaron"
    r"|pagaran"
    r"|depositan?|deben?|van? a (?:pagar|depositar|dar|mandar|prestar)|prestan?|mandan?)|(?:me"
    r"|nos) (?:adelantan?|traen?|dejan(?! (?:que|\w+r)\b)|regresan|devuelven|van? a (?:adelantar|regresar"
    r"|devolver|pasar|dejar)|pasan|cae|llega|entra|caen|llegan|entran|dan(?! (?:chance|oportunidad|tiempo|plazo"
    r"|permiso|prorroga|mas)))|cobr[oa]|voy a cobrar|gan[oa]n?|ganamos|sueldo|salario|pension|recibo|(?:me"
    r"|nos) rayan?|mi (?:quincena|raya|beca|pago) (?:llega|cae|entra)|(?:i |he "
    r"|she )?gets? paid|my (?:check|pay ?check)|descanso|salgo|vendo|me toca trabajar|i (?:make|earn)|rayo"
    r"|saco(?! .{0,14}\b(?:pa|para) (?:uste\w*|uds?)\b)"
    # What others owe and will give: 'quedó de darme 2000', 'my cousin owes me 5k'.
    r"|(?:dar|pagar|prestar|mandar|depositar|regresar|devolver|pasar)me"
    r"|(?:owes?|paying|pays?|gives?|giving|sends?|sending) me|(?:owes?|pays?) us)\b"
)
# '190 el 27, que me pagan': why that day, after what is offered.
BECAUSE: Final = re.compile(
    r"\b(?:que|porque|pues|ya que|cuando|en cuanto|when|once|after|as soon as|cause|because) (?:ya |es cuando )?$"
)
DEBT: Final = re.compile(
    r"\b(?:debo|deuda|debemos|adeudo|owe|son|es de|eran|era|cuestan?|renta|me prestaron|pedi|debia|me cobran|cobran"
    r"|me sale|sale en|interes\w*|multa|recargos?|me faltan?|quedan|left|is)\b"
)
# What was meant or said before counts only where nothing newer is said.
INTENDED: Final = re.compile(
    r"\b(?:pensaba|esperaba|planeaba|queria|dije|dijimos|habia dicho|prometi|quede(?! (?:sin|viud|solo))|i said"
    r"|told you|promised|quedamos en"
    # What is paid as a rule: 'siempre pago 500, pero esta vez 300'.
    r"|(?:siempre|normalmente|usualmente|por lo general|de costumbre|casi siempre) (?:(?:yo|le|les) )*(?:pago|doy|abono"
    r"|deposito)|i (?:usually|normally|always|generally) (?:pay|send|give|do))\b"
)
# 'El sábado le deposito los 450 como quedamos' offers what was agreed; 'como quedamos el viernes' tells of it.
_AS_AGREED: Final = re.compile(
    r"\b(?:como|segun|tal y como) (?:ya |le |habiamos )*(?:quede|quedamos|quedado|acordamos|acordado|hablamos|dije"
    r"|dijimos|dicho)\W*$"
)
# 'Ya le dije ayer a su compañero que el martes pago' repeats what holds.
_TELLS_AGAIN: Final = re.compile(
    r"\b(?:dije|dijimos|avise|comente|explique|i told|i said)\b[^,;?·]{0,40}\b(?:que|that|id|ill|im)"
    r"(?: (?:el|la|este|esta|on|this|next|i|ill|yo|le|les|pay|paying|pago))* $"
)
_STILL_PAYS: Final = re.compile(
    r" ?(?:(?:le|les|te|ya|yo|si|me|se|lo|los) )*(?:pag[oa]|pagare|doy|deposito|abono|llevo|caigo|mando|paso|voy|cubro"
    r"|liquido|cumplo|ill|i will|i pay|im)\b"
)
OUTCOME: Final = re.compile(r"\b(?:con (?:eso|esto|ese)|ya quedo|para (?:quedar|estar|ponerme))\b")
HOLDS: Final = re.compile(r"\b(?:tengo|traigo|junte|i have|i got|ive got)\b")

# 'Le deposito 300 el viernes, no me alcanza pa más' says why it is no more.
NO_MORE: Final = re.compile(
    r"(?:\b(?:(?:es que|pues|porque|y|ya) )*no (?:(?:me|le|les|lo|se) )*(?:alcanza|alcanzo|ajusta|ajusto|completo"
    r"|(?:puedo|tengo|da|hay|junto|traigo|alcanza) (?:(?:dar|pagar|juntar|para|pa|por ahora|ahorita)(?:le|les)? )*"
    r"(?:mas|antes|todo|toda|el total))\b|\bmas no (?:puedo|tengo|hay|me alcanza)\b)"
)


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    text: str

    def without(self, start: int, end: int) -> "Clause":
        """The clause with a piece blanked: what a mention says itself ('pasado') tells nothing about it."""
        first, last = start - self.start, min(end, self.end) - self.start
        return Clause(self.start, self.end, self.text[:first] + "·" * (last - first) + self.text[last:])

    @property
    def promises_rest(self) -> bool:
        """'Ya pagué 300, el resto el lunes' is an offer, though it begins with a payment made."""
        return bool(_REST.search(self.text)) and not _PAST.search(self.text)

    @property
    def refuses(self) -> bool:
        return bool(_REFUSED.search(self.text)) and not (_UNTIL.search(self.text) or _BUT_THAT.search(self.text))

    def is_past_at(self, before: str) -> bool:
        """Whether the clause tells of the past, and no offer stands between that and what `before` leads to."""
        if _TELLS_AGAIN.search(before) and (
            PAYS.search(before) or _STILL_PAYS.match(self.text[len(before) :].lstrip("·"))
        ):
            return False
        past = _PAST.search(before + _AS_AGREED.sub("", self.text[len(before) :]))
        if past is None:
            return False
        # 'Quisiera cancelar toda mi deuda el 27, ya me salió mi pandero': what was leads to the offer before it.
        leads = _WISHES.search(before) or _CAME_IN.search(self.text, len(before))
        wished = past.start() >= len(before) and leads
        return not wished and not OFFERS.search(before, past.end())

    def tells_wages_at(self, before: str) -> bool:
        """Money that the borrower earns, unless it is paid on in the same breath."""
        wages = WAGES.search(self.text)
        if wages is None:
            return False
        if wages.start() >= len(before) and (PAYS.search(before) or BECAUSE.search(self.text[: wages.start()])):
            # 'Le pago 450 el 10, que nos dan el aguinaldo' tells of wages only after the offer.
            return False
        return not PAYS.search(before[wages.end() :]) and not PAYS.search(self.text[wages.end() :].split(" ", 2)[0])


def split(plain: str) -> list[Clause]:
    bounds = [0, *(m.start() for m in _BOUNDARY.finditer(plain)), len(plain)]
    for found in NO_MORE.finditer(plain):
        begins = max(each for each in bounds if each <= found.start())
        if OFFERS.search(plain, begins, found.start()):
            bounds = sorted({*bounds, found.start()})
    return [Clause(a, b, plain[a:b]) for a, b in pairwise(bounds) if b > a]
