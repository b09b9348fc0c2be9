"""What kind of misfortune a borrower tells of: it decides whether there is an offer, and who answers."""

import re
from typing import Final, Literal

from understanding.normalize import normalize

Kind = Literal["money", "vulnerable", "deceased"]

# The borrower died, and somebody else writes.
_DECEASED = re.compile(
    r"\b(el|la|mi|su) (titular|cliente|esposo|esposa|marido|senora|senor|mama|papa|madre|padre|hijo|hija"
    r"|hermano|hermana)\b"
    r".{0,40}\b(que (les )?debia|del (credito|prestamo)|era quien pagaba|(tenia|saco) el (credito|prestamo)"
    r"|ya (fallecio|murio))"
    r"|\b(la persona que buscan?|el titular|la titular|el cliente|la cliente|quien (saco|tenia) el (credito"
    r"|prestamo))\b"
    r".{0,20}\b(fallecio|murio|fallecido|fallecida|muerto|muerta)"
    # 'He's dead. Stop.', 'mi abuelita murió, ella era la del crédito'.
    r"|^\W*(?:(?:sorry|hi|hello|hola|perdon|disculpe|buen\w+|dias|tardes)\W+)*(?:s?hes?|ella|el)"
    r" (?:(?:is|has|was|just|ya|se) )*(?:dead|died|passed away|deceased|murio|fallecio|esta muert[oa])\b"
    r"|\b(mi|la|el) (abuel\w+|ti[oa]|suegr[oa]|cunad[oa]|prim[oa]|sobrin[oa]|padrin[oa]|madrin[oa]|comadre"
    r"|compadre|patron\w*)"
    r"\b.{0,30}\b(fallecio|murio)\b.{0,40}\b(?:del|el) (?:credito|prestamo)\b"
    # Said by somebody of the family, who speaks of the borrower as 'she' or 'he'.
    r"|\bsoy (el|la|su|un|una) (espos[oa]|marido|mujer|viud[oa]|hij[oa]|mama|papa|madre|padre|herman[oa]|niet[oa]"
    r"|sobrin[oa]|nuera|yerno|cunad[oa]|pareja|familiar)\b.{0,40}\b(ella|el|ya)? ?(se )?(fallecio|murio)\b"
    r"|\b(fallecio|murio|passed away|died)\b.{0,50}\b(soy (el|la|su)|(this is|i am|i m|im) (her|his"
    r"|the)) (espos[oa]|marido|mujer"
    r"|viud[oa]|hij[oa]|mama|papa|madre|padre|herman[oa]|niet[oa]|sobrin[oa]|nuera|yerno|cunad[oa]|familiar|husband"
    r"|wife|son"
    r"|daughter|mother|mom|father|dad|brother|sister|widow|widower)\b"
    # 'Lupita falleció', 'Marcus passed away', 'ese señor ya se murió', 'el finado era mi papá'.
    r"|\b(ese|esa|este|esta|aquel|that) (senor|senora|persona|muchach[oa]|don|dona|man|woman|lady|guy"
    r"|person) (ya )?(se )?"
    r"(fallecio|murio|esta muert[oa]|passed away|died|is dead)\b"
    r"|\b(el|la) (finad|difunt)[oa] era mi\b"
    r"|^\W*((hola|buen[oa]s|dias|tardes|noches|oiga|disculpe|hi|hello|sorry|la senora|el senor|don|dona|mr|mrs"
    r"|ms)\W+)*"
    r"(?!(mi|my|the|nobody|no|nadie|cel|celular|pila|se|me|ya|ayer|hoy|que|el|la|un|una|los|las|our|your|his|her"
    r"|someone|alguien|nadie|i|we|they|it|she|he|ella|por"
    r"|abuel\w+|mama|papa|madre|padre|espos\w+|marido|hij\w+|herman\w+|ti[oa]|suegr\w+|dad|mom|everybody|and|y"
    r"|cuando|como"
    r"|battery|phone)\b)"
    r"[a-z]{3,} ([a-z]{3,} )?(ya |has |just )?(fallecio|murio|se murio|passed away|passed on|died|is dead"
    r"|is deceased)\b"
    r"|\b(this is|i am|i m|im) (her|his|the) (husband|wife|son|daughter|mother|father|brother|sister|widow|widower)\b"
    r".{0,40}\b(she|he) (passed away|died|is dead|passed)\b"
    # 'I am Joel's wife. Joel passed away'.
    r"|\b(this is|i am|i m|im) (?P<name>\w+?)s (husband|wife|son|daughter|mother|father|mom|dad|brother|sister|widow"
    r"|widower)\b.{0,40}\b((?P=name)|s?he) (has |just |sadly )?(passed away|passed on|died|is dead)\b"
    r"|\b(this is|i am|i m|im) (her|his) ((son|daughter)\b.{0,30}\bmy (mom|mum|mother|dad|father)"
    r"|husband\b.{0,30}\bmy wife|wife\b.{0,30}\bmy husband|(brother|sister)\b.{0,30}\bmy (brother|sister))"
    r" ((has|just|sadly) )*(passed away|died|is dead|passed)\b"
    # 'El dueño de este celular era mi papá, falleció hace tres semanas'.
    r"|\b(duen[oa]|titular) (de|del) (est[ea] |el |la )?(telefono|numero|cel|celular|chip|linea|whats\w*)"
    r" era (de )?mi\b.{0,40}\b(fallecio|murio)\b"
    # 'This was my sister's phone, she passed away'; a phone that died is none of it.
    r"|\b(phone|number|cell|line)\b(?! died).{0,20}\b(she|he) (has |just )?(passed away|passed on|died|is dead)\b"
    r"|\b(my|her|his) (late )?(husband|wife|son|daughter|mother|mom|father|dad|brother|sister|aunt"
    r"|uncle)s? (old )?(phone"
    r"|number|cell|line)\b.{0,40}\b(passed|died|is dead|gone)\b"
    r"|\b(telefono|numero|cel|celular|chip|linea|whats\w*) (es |era )?(de|del|que era de) (mi|la|el"
    r"|una?) ([a-z]+ ){0,2}"
    r".{0,25}\b(fallecio|murio|se murio|ya no esta con nosotros|q\.?e\.?p\.?d)"
    r"|\b(fallecio|murio|passed away|died)\b.{0,50}\b((este|ese) (es|era) su|(this|that) (is|was) (his|her|their))"
    r" (telefono|numero|cel\w*|linea|whats\w*|phone|number|cell|line)\b"
    # 'Les aviso porque siguen llegando mensajes a su teléfono'.
    r"|\b(fallecio|murio|passed away|died)\b.{0,70}\b(mensaj\w+|avisos?|recordatorios?|messages|texts|reminders)"
    r".{0,30}\b(a su|en su|de ella|to (her|his)|on (her|his)) (telefono|numero|cel\w*|whats\w*|phone|number|cell)\b"
    r"|\b(account holder|borrower|the person you).{0,40}\b(died|passed away|is dead|deceased)"
)
_VULNERABLE = re.compile(
    # Illness and accidents.
    r"\b(enferm\w*|hospital\w*|intern(ad|ar|o)\w*|operar\w*|operacion|operaron|cirugia|cancer|quimio\w*|dialisis"
    r"|tumor|diabetes|infarto|derrame|embolia|fractur\w*|accident\w*|terapia intensiva|clinica|diagnostic\w*|covid"
    r"|embarazo|aborto|imss|seguro social por|medicinas?|medicamentos?|depresion|ansiedad|panico"
    r"|sick|ill|illness|hospital|surgery|cancer|stroke|accident|injur\w*|disab\w*|diagnos\w*|chemo\w*)\b"
    # Bereavement.
    r"|\b(fallec\w*|muri[oe]\w*|se (me|nos) fue mi|luto|entierr?o|enterramos|funeral\w*|velorio|perdi a mi"
    r"|perdimos a|died|passed away|funeral|death in|lost my (mom|mum|dad|mother|father|wife|husband|son|daughter))\b"
    # Violence.
    r"|\b(golpe(a|o|an|aron|ado|ada)|violencia|secuestr\w*|extorsi\w*|amenaz\w*|abus(a|o|aron|ada)\b|derecho de piso"
    r"|baleat?\w*|balazo\w*|maltrat\w*|kidnap\w*|violence|beat(s|en|ing)? me|abus(e|ive|ed))\b"
)


# What befell somebody, told beside an offer: more than a word such as 'medicinas'.
_BEFELL: Final = re.compile(
    r"\b(intern(ad[oa]s?|aron|o a)|hospitaliz\w+|en el hospital|operaron|van a operar|cirugia|accident(e|o"
    r"|ad[oa]|aron)|atropell\w+"
    r"|(esta|estan|estoy|anda|sigue|se puso|se me) (muy |bien |re )?(enferm\w+|grave|malit[oa]|delicad[oa])"
    r"|terapia intensiva"
    r"|fallecio|fallecieron|murio|se (me|nos) fue mi|velorio|enterr(e|amos|ar a)|infarto|derrame|cancer"
    r"|quimio\w*|dialisis"
    r"|in (the )?(hospital|icu|er)|hospitalized|had (a )?(surgery|stroke|heart attack)|passed away|died|funeral"
    r"|very sick|got sick"
    r"|car accident|cancer)\b"
)
_NOT_BEFALLEN: Final = re.compile(
    r"\b(trabajo|chambeo|work|job) en (el|un|una) |\bi work (in|at)\b|\b(celular"
    r"|cel|phone|carro|moto|car|computer)\b"
)
# 'Perdón, se me murió el cel', 'sorry, phone died': nobody did.
_THING: Final = (
    r"(?:cel|celu|celular|telefono|fono|aparato|pila|bateria|carga|saldo|internet|wifi|senal|carro|coche|auto|moto|motor"
    r"|camioneta|bici|compu|computadora|laptop|tele|television|lavadora|refri|refrigerador|licuadora|maquina|phone|cell"
    r"|battery|charger|car|truck|bike|engine|laptop|computer|wifi|signal|line|fridge|freezer)"
)
_THING_DIED: Final = re.compile(
    rf"\b{_THING} (?:(?:ya|se|me|nos|just|has|had|is|was|went) )*(?:murio|fallecio|apago|died|dead|dies|dying)\b"
    rf"|\b(?:se )?(?:(?:me|nos|le) )?(?:murio|apago) (?:(?:el|la|mi|mis|su|the|ya) )*{_THING}\b"
    r"|\bwho died and\b|\b(?:casi|por poco|casito) (?:me|nos|le) da (?:un|el|una) (?:infarto|ataque|derrame"
    r"|embolia|patatus)\b|\b(?:casi|por poco|casito) (?:me|nos) infart\w+"
)

_LOST_WORK: Final = re.compile(
    r"\b(me|nos) (corrieron|despidieron|botaron|echaron|desvincularon|recortaron)\b"
    r"|\b(perdi|perdimos) (mi|el|la|nuestro) (trabajo|empleo|chamba|jale|pega|puesto|laburo)\b"
    r"|\b(quede|quedamos|estoy|ando) sin (trabajo|empleo|chamba|jale|pega|laburo)\b|\bdesemplead[oa]\b"
    r"|\b(lost my job|laid (me )?off|(got|was|been|were) (fired|let go|laid off)|fired me|out of work|let me go)\b"
)

_RECOVERED: Final = re.compile(
    r"(?<!\bno )(?<!no le )(?<!no lo )(?<!no me )\b(?:(?:di|die)ron de alta|dio de alta"
    r"|ya (?:sali|salio|salimos) del? (?:hospital|apuro|seguro|clinica)"
    r"|ya (?:estoy|esta|me siento|sigue|va) mejor|ya (?:se )?(?:alivi\w+|recuper\w+|cur\w+|compuso)"
    r"|(?:out of|left) (?:the )?hospital|discharged|(?:feeling|doing|hes|shes|im|is|am) (?:much )?better|recovered)\b"
)
_UNABLE: Final = re.compile(
    r"\b(?:no (?:le |me |lo |los )*(?:puedo|podre|tengo|alcanz\w+|junt\w+|complet\w+)|cant|cannot)\b"
)


# 'Hace años pasé por una depresión, ya salí de eso': long ago, and over.
_LONG_AGO: Final = re.compile(
    r"\b(?:llevo (?:ya |como |mas de )*\w+ (?:anos|meses) |hace (?:(?:como|ya|mas de|casi|\w+) ){0,2}(?:anos?"
    r"|mucho|tiempo|meses)|(?:el|los) anos? pasad[oa]s?"
    r"|de joven|de (?:chic|nin|patoj|chiquit|cipot|chamac|guagu|jovencit)[oa]s?|(?:back )?in (?:19|20)\d\d|(?:en"
    r"|por) (?:el )?(?:19|20)\d\d"
    r"|\w+ (?:years?|yrs?) ago|years (?:ago|back)|last year|(?:a )?long (?:time )?ago|used to|for (?:ages"
    r"|years)|cuando .{0,24}?(?:pegab|golpeab|maltratab)\w+|back then|in the past)\b"
)
_WELL: Final = (
    r"(?:estoy|estamos|vivo|vivimos) (?:\w+ )?(?:bien|mejor|tranquil[oa]s?|fuera|content[oa]s?|feliz|felices|en paz)"
)
_OVER: Final = re.compile(
    rf"\bya (?:\w+ )?(?:sali|salimos|paso|pase|supere|quedo atras|{_WELL})\b"
    rf"|\b(?:hoy|ahora|y) {_WELL}\b|\bfeliz vivo\b|\b(?:hoy|ahora) (?:estoy|vivo) (?:\w+ ){{0,2}}(?:feliz"
    rf"|tranquil[oa]|bien|en paz|content[oa])\b"
    r"|\bya l[oa]s? perdone\b|\blife is (?:good|great|better)|\b(?:best|smartest) (?:thing|decision|choice|move)\b"
    r"|\b(?:well )?behind (?:me|us)\b|\bhappiest (?:ive|i have|weve)\b|\b(?:years|months) sober\b"
    r"|\bsober \w+ (?:years|months)\b"
    r"|\bya no (?:me |nos |le )?falta nada\b|\bya no falta nada\b|\bya (?:todo )?(?:esta en orden|sano|mejoro)\b"
    r"|\b(?:quedo atras|lo supere|got (?:over|out|through)|(?:thats|its) (?:all )?(?:over|behind me)"
    r"|(?:im|i am|were|doing) (?:\w+ )?(?:good|fine|ok|okay|better|great|safe|happy) now)\b"
)
_AGAIN: Final = re.compile(
    r"\b(?:otra vez|(?<!vivo )(?<!viva )(?<!bien )(?<!feliz )de nuevo|nuevamente|volvi\w*|vuelv\w+|regres\w+"
    r"|again|back to|lately|ultimamente"
    r"|pero (?:hoy|ahora|ahorita))\b"
)
# Who has left whoever beat them.
_LEFT: Final = re.compile(
    r"\b(?:(?:lo|la|le )?(?:deje|dejamos)|me (?:separe|divorcie|aleje|escape)|(?:me )?sali de (?:ahi|esa)"
    r"|(?:(?:ya|hoy|ahora) )?vivo (?:\w+ )?(?:en paz|tranquil[oa]|feliz|aparte|lejos)|feliz vivo|ya (?:lo|la"
    r"|eso)? ?(?:perdone|supere)|(?:estoy|vivo) sola? y|free of (?:him|her|it)|lejos de (?:el"
    r"|ella|eso|ese|todo)|ya no (?:estoy"
    r"|vivo) con el"
    r"|(?:i )?left|walked out|divorced|got (?:away|out)|escaped)\b"
)
# What once was wished, told as past: 'hubo días que quise morirme'.
_ONCE: Final = re.compile(
    r"\b(?:pense (?:en )?(?:tonterias|lo peor|quitarme la vida)|(?:quise|queria|pense en|intente|trate de"
    r"|wanted to|tried to|thought (?:about|of))(?: \w+){0,2}? "
    r"(?:morir\w*|matar\w*|die|dying|kill\w*(?: my ?self)?))\b"
)
_STILL: Final = re.compile(
    r"\b(?:amenaz\w+|me (?:sigue|busca|encontro|persigue|acosa)|(?:todavia|aun) (?:me|lo|la|siento|tengo|quiero"
    r"|pienso)|miedo|terror|morir\w*|matar\w*"
    # What goes on today, or lies at hand.
    r"|(?:me|nos) (?:pegan?|golpean?|maltratan?|violan?|encierran?)|anoche|ayer|pastillas|veneno|soga|pistola|cuchillo"
    r"|desaparecer|no (?:aguanto|puedo mas|quiero)|despedirme|(?:hits|beats|hurts|chokes) me|tonight|last night"
    r"|pills|rope|gun"
    r"|cant (?:go on|do this)|still|threat\w*|found me|follow\w*|stalk\w*|afraid|scared|die|kill\w*)\b"
)


def tells_what_is_over(text: str) -> bool:
    """A bad time that is told of as long past, and not as come back."""
    plain = normalize(text)
    return all(each.search(plain) for each in (_LONG_AGO, _OVER)) and _AGAIN.search(plain) is None


def tells_escape(text: str) -> bool:
    """'Hace seis años que dejé al hombre que me pegaba y hoy vivo tranquila': left behind, and nobody is afraid."""
    plain = normalize(text)
    left = _LEFT.search(plain) is not None or _ONCE.search(plain) is not None
    return left and not goes_on(text) and tells_what_is_over(text)


def goes_on(text: str) -> bool:
    """'Hace años lo dejé y ya estoy bien, pero anoche vino y me golpeó': fear, blows or means of today."""
    return _STILL.search(_ONCE.sub(" ", normalize(text))) is not None


def tells_lost_work(text: str) -> bool:
    """'Me corrieron ayer, ¿qué va a pasar conmigo?'"""
    return _LOST_WORK.search(normalize(text)) is not None


def tells_misfortune(text: str) -> bool:
    """Illness, an accident or a death, told in the same breath as something else."""
    plain = without_things(normalize(text))
    return bool(_BEFELL.search(plain)) and not _NOT_BEFALLEN.search(plain)


def tells_recovery(text: str) -> bool:
    """Who was ill is well again, and nothing in the text says that money is missing."""
    plain = normalize(text)
    return _RECOVERED.search(plain) is not None and _UNABLE.search(plain) is None


def without_things(plain: str) -> str:
    """A normalised text without the phones and cars that died in it."""
    return _THING_DIED.sub(" ", plain)


def kind_of_hardship(text: str) -> Kind:
    """'vulnerable': illness, bereavement, violence. 'money': work, sales, theft, disaster, and what is not said."""
    plain = without_things(normalize(text))
    if _DECEASED.search(plain):
        return "deceased"
    return "vulnerable" if _VULNERABLE.search(plain) else "money"
