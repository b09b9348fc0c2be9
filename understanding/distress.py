"""Words of suicide, self-harm and violence. Near total recall matters most; a wrong alarm costs a call by a person."""

import re
from typing import Final

from understanding.normalize import normalize

_SPELLINGS: Final = [
    (re.compile(pattern), right)
    for pattern, right in [
        (r"\bv(?:ibir|ivr|ivri|vir|ibr)\b|\bbi[vb]ir\b", "vivir"),
        (r"\bmor(?:irm?|ri|ier)\b|\bmurir\b|\bmorirce\b", "morir"),
        (r"\b(?:boi|voi|boy)(?= a\b)", "voy"),
        (r"\bkitar", "quitar"),
        (r"\b(?:matar(?:m|mee)|matrme|matarem|matatme)\b", "matarme"),
        (r"\bbida\b|\bvda\b", "vida"),
        (r"\bsui(?:s|sc|cc|z)idi?|\bsuisid", "suicid"),
        (r"\bsuicde|suiside|suicied", "suicide"),
        (r"\bpastiyas\b", "pastillas"),
        (r"\bk(?=\s)", "que"),
        (r"\bkyself\b|\bkms\b", "kill myself"),
        (r"\bmy self\b", "myself"),
        (r"\bunalive\b", "kill"),
        (r"\bdesaparese?r\b", "desaparecer"),
        (r"\baser(?=me|le)?", "hacer"),
        (r"\baguantr\b", "aguantar"),
        (r"\b(?:yano|lla no)\b", "ya no"),
        (r"\bcortr", "cortar"),
        (r"\b(?:kier[ao]|qiero)\b", "quiero"),
    ]
]
_IDIOMS: Final = re.compile(
    r"\b(?:me|nos|se) (?:muero|mori|moria|estoy muriendo|morire|voy a morir|vamos a morir|matas?|matan"
    r"|mato) (?:de|del) (?:(?:la|el|pura|puro|tanta|tanto|las|los) )?"
    r"(?:risa|risas|hambre|sueno|pena|verguenza|frio|calor|ganas|amor|nervios|miedo|sed|susto|curiosidad"
    r"|coraje|envidia|aburrimiento|cansancio|ternura|gusto|emocion|carcajadas|antojo|trabajar|trabajo|tos)\b"
    r"|\bmuert[oa]s? (?:de|del) (?:la )?(?:risa|hambre|sueno|pena|frio|cansancio|calor|miedo|verguenza|sed|coraje)"
    r"|\bmuriendo(?:me)? de (?:la )?(?:risa|hambre|sueno|pena|frio|calor|ganas|sed|verguenza)"
    r"|\bmorir(?:me|se)? de (?:la )?(?:risa|hambre|sueno|pena|frio|calor|ganas|verguenza|viej[oa])"
    r"|\bme mat(?:a|an|o) (?:la (?:renta|espalda|cabeza|luz|tarifa|curiosidad|cuota|muela|rodilla)"
    r"|el (?:calor|trabajo|trafico|frio|dolor de|gasto|jefe|recibo)|los (?:intereses|gastos|recibos|pies"
    r"|zapatos)|las (?:cuotas|deudas)"
    r"|trabajando|chambeando|de trabajar|de la risa|en el trabajo|con esos intereses|todo el dia|estudiando)"
    r"|\bmato (?:trabajando|chambeando|todo el dia|en la (?:chamba|obra)|de sol a sol)"
    r"|\b(?:mi (?:jefe|esposa|esposo|mujer|marido|mama|papa|vieja|viejo|patron|senora|suegra|novia)"
    r"|mis papas) (?:si se entera )?(?:me (?:va|van) a matar|me mata(?:n)?)\b(?! (?:a golpes|si lo dejo))"
    r"|\bhasta (?:la muerte|que la muerte|morir)\b|\bni muert[oa]\b|\bpor vida de\b|\bmato el (?:tiempo"
    r"|hambre)|\bmatar el (?:tiempo|hambre)|\ba muerte\b"
    r"|\b(?:dead|dying) (?:tired|serious|broke|line|laughing|to know|of (?:laughter|hunger|boredom|heat)"
    r"|battery|phone)|\bdying (?:laughing|here lol)|\bkill(?:ing|s)? (?:me|it)\b(?! (?:now"
    r"|please))(?= *(?:lol|haha|$|[.,!]|with|this|today|at work|the))"
    r"|\b(?:(?:this|the|that|work|rent|heat|interest|job|back|fees?|bills?|feet|traffic|prices?) (?:is "
    r"|are )?(?:\w+ )?(?:killing|killin) (?:me|us)|my (?:boss|wife|husband|mom|dad|back|feet|head"
    r"|mother) (?:will|is going to|is gonna|gonna|would|is) (?:kill|killing) me)"
    r"|\bi (?:could|would|d) kill for\b|\bkill (?:two|2) birds|\bto die for\b|\bover my dead body\b"
    r"|\bmatan de (?:la )?risa|\bme parto de risa"
    r"|\bdesaparecer (?:de )?(?:la|el|esa|esta|esas|los|mi|este|su|ese) (?:deuda|adeudo|cobro|credito"
    r"|prestamo|lista|base|buro|numero)|\bmorir (?:el|la) (?:negocio|deuda|planta)\b|\ba morir\b(?! (?:hoy"
    r"|ya))(?=\W*$)|\bprimero muert[oa]\b"
    r"|\bmatarme con (?:llamadas|mensajes|intereses|tant[oa]s?|sus|es[oa]s)|\brather die than\b"
    r"|\bcort(?:ar|arme|e) (?:el|mi|las) (?:pelo|cabello|fleco|dedo|unas)\b|\bi (?:died|die) laughing\b"
    r"|\bvida o muerte\b|\bdesaparecer de (?:su|la|esa) (?:lista|base|buro|sistema|registro)|\b(?:mi|el"
    r"|su) (?:telefono|cel"
    r"|celular|carro|moto|negocio|bateria|pila|compu\w*) se (?:murio|muere|mato)"
)
_PATTERNS: Final = [
    re.compile(pattern)
    for pattern in [
        # Farewells, means and reasons in other words.
        r"\breasons? to (?:keep |go on |carry on )?(?:liv\w+|going on|exist\w*)\b",
        r"\bme (?:hubiera|habria|hubiese) (?:matado|muerto|colgado|ahorcado|suicidado|tirado|quitado)",
        r"\b(?:caso|para que|pa que|sirve)\b.{0,15}\b(?:seguir viv[oa]|vivo\b|vivir)",
        r"\b(?:tome|tomo|trague|tomar|tomarme|tomando) (?:ya )?(?:todas |muchas )?(?:las|todas|unas|muchas|un \w+ de)"
        r" (?:\w+ )?pastillas\b(?! (?:de|para) (?:la|el|mi|su))",
        r"\bcerrar los ojos\b.{0,20}\b(?:no|nunca|jamas)\b|\bfuerzas? (?:de|para|pa) (?:seguir )?viv\w+",
        (
            r"\blo que (?:me )?(?:pueda|pudiera) hacer(?:me)?\b|\bmiedo (?:de|a) mi mism[oa]|\bno respondo (?:de"
            r"|por) mi\b"
        ),
        (
            r"\b(?:hoy|esta noche) (?:se acaba|acabo con|termina|termino con) (?:todo|esto)\b|\b(?:todo"
            r"|esto) se acaba (?:hoy|esta noche)"
        ),
        r"\bdig\w+ a (?:mis?|la|el) \w+(?: \w+)? que (?:los|las|la|lo|le|les)? ?(?:amo|quiero|quise|perdon\w*)\b",
        r"\bperdon(?:enme|en|ame|a)\b,? (?:todos|todo|familia|hijos|mi (?:familia|amor)|mis (?:hijos|ninos))",
        r"\b(?:quiero|quisiera|deseo)(?: ya)? estar con (?:dios|diosito|mi dios)|\barranc\w+ la vida",
        (
            r"\besta vida (?:ya )?no (?:la )?(?:quiero|aguanto|soporto|vale)|\bno (?:la )?quiero (?:ya )?(?:esta"
            r"|mi) vida\b"
        ),
        (
            r"\b(?:nadie|no one|nobody|ninguno)\b.{0,12}\b(?:extran\w+|lloraria|miss me|notice if i|care if i"
            r"|would care)\b"
        ),
        (
            r"\b(?:happier|better off|fine|easier) without me\b|\b(?:never|not) wak(?:e|ing) up\b|\bnever (?:be"
            r"|been) born\b"
        ),
        (
            r"\bpills\b.{0,25}\btake (?:them|all)|\b(?:point|sense) (?:of|in) (?:living|life|being alive|going on"
            r"|it all|anything)"
        ),
        r"\b(?:think|thinking|thoughts|thought) (?:about|of) (?:death|dying|suicide|killing|ending|not being)",
        r"\b(?:im|i am|ill be|be|just) ending it\b|\bif i (?:died|die|was dead|were dead|killed)\b",
        r"\b(?:im|been|started|am) cutting(?: myself)?(?: again)?(?=\W*$|\W+(?:again|and|my (?:arms|wrists)))",
        (
            r"\bi(?:m|d|ll| am| will| would| want| wish| should| deserve)?\b(?: \w+){0,3} (?:die|dying|be dead"
            r"|was dead|were dead)\b"
        ),
        # Not wanting to live on.
        r"\b(?:no|ni|sin|nada de|ya no|para que)(?: (?:ya|me|le|tengo|tiene|hay|quiero|quisiera|deseo|puedo"
        r"|siento|vale|la|las?|quedan?|encuentro|veo|hallo|kiero|con|aguanto|soporto|dan|dan?|mas|seguir|ni"
        r"|muchas|tantas)){0,6}"
        r" (?:ganas (?:de|por|para) (?:seguir )?(?:vivir|viviendo|la vida|existir|nada de vivir"
        r"|seguir adelante|seguir)|vivir(?! (?:en|con|aqui|ahi|alla|endeudad[oa]|asi de lejos|de prestado)\b)"
        r"|seguir (?:viviendo|con vida|en este mundo|con (?:mi|la) vida|respirando|aqui en este mundo)"
            r"|despertar(?:me)?(?: (?:manana|mas|nunca|ya))?(?=\W*(?:$|[,.;!]))|existir|razon(?:es)? (?:de"
            r"|para|pa) (?:vivir|seguir"
            r"|existir)|motivos? (?:de|para|pa) (?:vivir|seguir|existir)|estar (?:vivo|viva|en este mundo"
            r"|mas aqui en este mundo))",
        (
            r"\bganas de (?:seguir )?viv\w+|\b(?:por|para) (?:quien|que) (?:seguir )?viv(?:ir|iendo)\b|\b(?:vivir"
            r"|viviendo|la vida|mi vida)\b.{0,20}\b(?:no|ni) (?:tiene|tienen|vale|le veo"
            r"|le encuentro)\b(?! (?:problema|credito|luz|agua))"
        ),
        (
            r"\bni ganas de vivir\b|\bganas de (?:morir\w*|matar\w*me|matarme|desaparecer|no (?:despertar|vivir"
            r"|existir|estar)|acabar con todo|quitarme|ya no (?:vivir|estar|despertar|seguir)|aventarme|tirarme"
            r"|colgarme|ahorcarme|cortarme)"
        ),
        (
            r"\b(?:vivir|la vida|mi vida|seguir viviendo|seguir|nada|esto)(?: \w+)? (?:ya )?no (?:tiene|le veo"
            r"|veo|le encuentro|tienen|vale|me importa)(?: (?:ya|ningun|mas|ni)){0,6} (?:sentido|caso|la pena"
            r"|razon)\b"
        ),
        (
            r"\bno (?:(?:le|ya|me|se|hay|tiene|veo|encuentro|hallo|les) )+(?:ningun )?(?:veo |encuentro "
            r"|hallo )?sentido\b(?:.{0,25}\b(?:vida|vivir|seguir|nada|todo|esto)\b|\W*$| a (?:la|mi|esta) ?vida)"
        ),
        (
            r"\bno (?:ya )?(?:le )?(?:veo|encuentro|hallo) (?:otra )?(?:salida|solucion mas que"
            r"|otra opcion que)\b.{0,30}(?:$|mat|mor|vida)"
        ),
        (
            r"\bno vale la pena (?:vivir|seguir|mi vida|la vida|existir)|\bmi vida (?:ya )?no vale|\bno (?:sirvo"
            r"|valgo) para nada\b|\bsoy una carga\b|\bsolo (?:soy|estorbo)\b.{0,12}(?:carga|estorbo)"
        ),
        (
            r"\b(?:cansad[oa]|hart[oa]|fastidiad[oa]|arto|arta) de (?:vivir|la vida|esta vida|mi vida|existir"
            r"|estar viv[oa]|tanto sufrir)\b|\bodio (?:mi vida|vivir|estar viv[oa])"
        ),
        # Wanting to die: what idioms left over is taken seriously.
        (
            r"\bmorir(?:me|nos|se|mos)?\b|\bsi (?:yo )?(?:me|ya me) (?:muero|muriera|mato|matara)\b|\bme (?:dejo"
            r"|dejare) morir|\bcuando (?:me muera|yo muera|este muert[oa]|(?:ya )?(?:yo )?(?:ya )?no este)\W*$"
            r"|\bme estoy muriendo (?:por dentro|en vida|de tristeza)|\bmuert[oa] en vida\b"
        ),
        (
            r"\b(?:dios|senor|diosito|virgencita)(?: mio)?\W+(?:ya )?(?:llevame|recogeme|quitame la vida"
            r"|llevateme)|\bllevame (?:ya )?(?:con(?:tigo)? )?(?:dios|senor|diosito)|\b(?:irme|estar|reunirme"
            r"|ir) con (?:mi \w+|dios|el senor)\b.{0,25}\bcielo\b"
        ),
        (
            r"\bla muerte (?:es|seria|sera|va a ser)\b|\b(?:salida|solucion|opcion|remedio)\b.{0,15}\b(?:muerte"
            r"|matar\w*|desaparecer|suicid\w*)|\bmuert[oa]\b.{0,15}\bdescans\w+|\bcuid(?:en|e|a|ame"
            r"|enme)\w*\b.{0,20}\b(?:hijos|ninos|hija|hijo|familia|mama)\b.{0,30}\b(?:no este|me vaya|falte|muera"
            r"|me muera|no existir\w*)"
        ),
        (
            r"\b(?:me quito|quitarme|quito) (?:de en medio|del medio|de este mundo)|\bme (?:estoy )?(?:lastimo"
            r"|lastimando|haciendo dano|corto|cortando)\b(?! (?:el|la|las unas))"
        ),
        r"\b(?:me )?(?:quiero|quisiera|kiero|queria|quiciera|deseo|ojala|gustaria|prefiero|preferiria|mejor"
        r"|prefieren|pienso en|pensando en|pienso|necesito|espero|intente|trate de|antes)(?: (?:me|solo|ya"
        r"|nomas|mejor|a veces|en|hasta|que|yo|estar|estuviera|pudiera|de|tantito)){0,6} "
        r"(?:morir\w*|muera|muriera|muerto|muerta|muriendome|me muero|la muerte|mi muerte|me muriera|morir"
        r"|desaparecer(?! (?:la|el|esa|esta|esas|los|mi|de su|de la lista) (?:deuda|adeudo|cobro|credito"
        r"|prestamo))|morirm\w*|suicid\w*|matar ?me|dejar de (?:vivir|existir|respirar)"
            r"|no despertar|no (?:haber nacido|existir|estar viv[oa])|ya no (?:estar|existir|vivir|despertar)"
            r"|dormir (?:y|para) (?:no|nunca|ya no|siempre)|dormirme (?:y|para) (?:no|ya no|siempre|nunca)"
            r"|irme de este mundo|morirce)\b",
        (
            r"\bojala (?:me|nos|y|que|ya|dios|no|un)+(?: (?:me|y|que|ya|dios|no|carro|camion"
            r"|auto)){0,6}(?: me)? (?:muera|muriera|lleve|llevara|recoja|despierte|despertara|atropelle|atropellara"
            r"|hubiera nacido|pase algo|mate|matara|morir)"
        ),
        r"\b(?:mejor|mas vale|prefiero|preferible)(?: (?:me|ya|si|estar|que|seria|estaria|sera|estarian|yo|la"
        r"|ponerme|que me|asi)){0,6} (?:mato|mate|muero|muerto|muerta|muera|morir\w*|quito la vida|aviento|cuelgo"
        r"|ahorco|suicid\w*|tiro|mataran|maten|muerte|ahorcarme|colgarme|matarme|no (?:estar|existir|vivir"
        r"|haber nacido)|desaparezco|estuviera muert[oa])\b"
        r"(?! (?:de|la basura|el|mano|un))",
        (
            r"\b(?:voy|vamos|boy|iba) a (?:(?:acabar|terminar) con (?:mi vida|todo|esto (?:para siempre"
            r"|de una vez)|migo|conmigo|mi existencia|mi sufrimiento)|matar ?me|suicid\w*|quitarme (?:la vida"
            r"|de (?:en medio|este mundo))|colgarme|ahorcarme|aventarme|tirarme|lanzarme|tomarme (?:algo|veneno"
            r"|todas|las|unas|un)|hacer una (?:locura|tonteria|barbaridad|estupidez|desgracia|pendejada)"
            r"|cortarme(?: las venas)?|morir(?:me)? (?:hoy|ya|pronto)?$|pegarme un tiro|dar(?:me)? un (?:tiro"
            r"|balazo)|desaparecer(?: para siempre| de (?:este|la|el)|$)|hacerme (?:dano|algo)|envenenarme"
            r"|inyectarme|meter(?:me)? un (?:tiro|balazo))"
        ),
        (
            r"\b(?:me (?:quiero|quisiera|kiero|queria|voy a|boy a|puedo|tengo que|deberia|intente|pienso)"
            r"|que me(?: pueda)?) (?:mat(?:ar|e|o)|morir|ahorcar|colgar|envenenar|suicidar|tirar (?:al|del|de un"
            r"|por)|aventar|cortar(?: las venas)?|quitar la vida|desaparecer|lastimar|hacer dano|pegar un tiro"
            r"|lanzar)\b"
        ),
        (
            r"\bquit(?:ar|arme|arnos|arse|o|e|armela|aria|ar me|andome)? ?(?:me )?(?:la|mi) (?:existencia|vida)\b"
            r"|\bme quit(?:o|e|aria|are) la vida\b|\bquitar ?me de (?:en medio|este mundo)|\barrancarme la vida"
            r"|\batent\w+ contra mi(?: vida)?\b"
        ),
        (
            r"\b(?:acabar|terminar|acabo|termino|acabe|termine|acabando|ponerle fin|poner fin"
            r"|fin)(?: de una (?:buena )?vez)?(?: ya)? (?:con|a) (?:mi vida|mi existencia|todo(?: esto)?(?=\W*$"
            r"|\W+(?:de una|ya|para|porque|no|me|estoy|y|,|con mi))|mi sufrimiento|conmigo|este sufrimiento"
            r"|mis dias|la vida)"
        ),
        r"\bsuicid\w*|\bsuicide\b|\bmatar ?me\b|\bmatandome\b|\bme mato\b(?! (?:de|trabajando|chambeando|en"
        r"|el|por (?:sacar|trabajar|juntar|pagar)|para (?:sacar|pagar|juntar)|todos los dias|vendiendo))"
        r"|\bahorcarme\b|\bme ahorco\b|\bme cuelgo\b(?! (?:de|el|del) (?:telefono|trabajo))"
        r"|\bcolgarme\b(?! el)|\bme aviento (?:al|del|de|a las|a los|por|desde)|\baventarme (?:al|del|de"
        r"|a las|a los|por|desde)"
            r"|\b(?:tirarme|lanzarme|saltar|saltarme|brincar|me tiro|me lanzo|arrojarme|botarme|me boto"
            r"|me arrojo) (?:al|del|de|a las|a los|por|desde) (?:l |la |el |un |una |las |los |vias? )*(?:metro"
            r"|puente|tren|azotea|balcon|edificio|rio|barranc\w+|ventana|piso|vias?|carr\w+|camion\w*|vacio|techo"
            r"|terraza|mar|canal|torre|avenida|trafico)",
        (
            r"\b(?:cortar(?:me|se)? (?:las )?venas|cort(?:ar|o|e|arme|andome) las venas"
            r"|me cort[eo](?: (?:otra vez|los brazos|las|la|el brazo|por|de nuevo|las munecas|las piernas|y))"
            r"|cortarme (?:otra vez|los brazos|las munecas|las piernas)|me ando cortando|me estoy cortando"
            r"|me he cortado (?:otra|los|las)|me lastimo a mi mism[oa]|lastimarme|autolesion\w*|hacerme dano"
            r"|me hago dano|me hice dano|hacerme algo malo|me quemo con el cigarro)\b(?! (?:el pelo|la luz"
            r"|el servicio|el cabello|el dedo|cocinando|en (?:la cocina|el trabajo)))"
        ),
        r"\b(?:pastillas?|veneno|raticida|soga|cuerda|pistola|navaja|cloro|insecticida|fosforo|pildoras?"
        r"|gillete|frasco)\b.{0,40}\b(?:enfrente|aqui|lista|lista ya|mano|listas|para (?:ya no|no|dormir"
        r"|acabar|terminar|matarme|siempre|morir\w*)|me las?|tomarme|tome|todas|acabar|lado|mesa"
        r"|comprad[oa]s?|ya (?:tengo|compre))"
            r"|\b(?:tom(?:o|e|ar|arme|are|ando)|trag(?:o|ue|ar|arme)|bebi|beber|compre|comprar"
            r"|tengo)(?:me)? (?:(?:ya|me|un|una|todas?|las?|el|unas|muchas|mis|de|el bote de|puñado|puno|frasco"
            r"|bote|caja|sus|estas|toda) )*(?:veneno|raticida|cloro|insecticida|soga|gramoxone"
            r"|pastillas (?:para (?:morir\w*|no|ya no|dormir para|matar\w*|acabar|terminar)|de (?:una|golpe)"
            r"|todas|juntas)|frasco de pastillas|caja de pastillas|todas las pastillas|pistola)\b",
        (
            r"\b(?:me )?(?:pegarme|pego|pegar|darme|doy|meterme|meto|metere) (?:un|el) (?:tiro|balazo|plomazo)\b"
            r"|\bvolarme (?:la cabeza|los sesos)"
        ),
        (
            r"\bno (?:puedo|aguanto|soporto|doy|resisto)(?: (?:ya|con|mas|seguir|esta|la|mi|tanto|tanta|este"
            r"|vivir|el))+ (?:mas con (?:mi|la|esta) vida|vida|vivir|dolor|sufrimiento|existencia)\b"
            r"|\b(?:no aguanto|no soporto|no puedo con) (?:mas )?(?:mi|la|esta) vida\b|\bya no (?:puedo|aguanto"
            r"|quiero) (?:mas|seguir|nada)?(?: con (?:esto|todo|mi vida|la vida))?\W+(?:.{0,20} )?(?:quiero|mejor"
            r"|voy a|prefiero|me quiero) (?:desaparecer|morir\w*|acabar|irme de este mundo|terminar con todo"
            r"|descansar para siempre|dormir para)"
        ),
        (
            r"\b(?:quiero|quisiera|me gustaria|deseo|gustaria|ganas de|prefiero)(?: ya)? (?:desaparecer"
            r"|desaparecerme|dormir (?:para siempre|y no|y ya no|y nunca)|descansar (?:para siempre|de esta vida"
            r"|en paz|eternamente)|irme (?:de este mundo|con dios|al cielo|para siempre|con mi (?:mama|papa"
            r"|hij[oa]|espos[oa]) (?:al cielo|que murio|muert[oa]))|no despertar(?:me)?|dejar (?:este mundo"
            r"|de existir|de sufrir|de vivir))\b"
        ),
        (
            r"\bdesaparecer (?:de (?:este|el|la) (?:mundo|tierra|vida|mapa|faz)|para siempre|del mundo"
            r"|por completo|de una vez)\b|\b(?:dejar|irme|me voy|salir|quitarme|adios|partir"
            r"|abandonar) (?:ya )?(?:de |a )?este (?:perro |maldito |cruel |pinche )?mundo\b"
        ),
        (
            r"\b(?:familia|hijos|hijas|todos|mundo|mi gente|ellos|mis (?:hijos|papas|ninos)|esposa|esposo|ustedes"
            r"|los demas|mama)\b.{0,25}\b(?:mejor|felices|tranquilos|bien|descansarian"
            r"|contentos)\b.{0,12}\bsin mi\b|\b(?:mejor|descansarian|felices|tranquilos) sin mi\b"
            r"|\bsin mi (?:estarian|estaran|van a estar|estaria|viven|vivirian|todos|el mundo)\b.{0,12}(?:mejor"
            r"|bien|felices|tranquil)"
        ),
        (
            r"\b(?:mas|vale|valgo|sirvo|bien) (?:muerto|muerta)(?: que viv[oa])?\b|\bmuert[oa] (?:valgo|sirvo"
            r"|les sirvo) mas\b|\bestaria mejor muert[oa]|\bestar muert[oa]\b|\bcon (?:mi muerte"
            r"|mi seguro de vida|el seguro de vida)\b.{0,20}\b(?:pag|cobr|arregl|acab|salda|liquid)\w*"
        ),
        r"\b(?:cuando|si) (?:lean|lea|leas|reciban|encuentren|escuchen|vean) (?:esto|este mensaje"
        r"|mi (?:cuerpo|carta|mensaje)).{0,40}\b(?:no (?:voy a )?estar\w*|no existir\w*|muert[oa]|sera tarde"
        r"|me habre|ya no|me fui)|\b(?:ya no (?:voy a estar|estare|voy a existir|existire|amanecer\w*"
        r"|voy a amanecer|voy a despertar|me van a volver a ver|estare aqui|despertare))\b(?! (?:en (?:casa"
        r"|la|el|mi)|disponible|ocupad|molestando|trabajando|aqui el|ese dia|en este numero))"
            r"|\b(?:mi|la|una) (?:carta de despedida|nota de despedida|ultima voluntad|despedida final)"
            r"|\beste es mi (?:ultimo mensaje|adios|ultimo dia)|\b(?:es|sera|hoy es|va a ser) mi ultim[oa] (?:dia"
            r"|noche)\b(?! (?:de (?:trabajo|plazo|pago)|en (?:el|la) (?:trabajo|chamba|empresa)|para|laborando"
            r"|laboral))|\bme (?:despido|quiero despedir) de (?:todos|mi familia|mis hijos|la vida|este mundo)\b"
            r"|\badios mundo\b|\bdespidan?me de mis",
        (
            r"\b(?:hacer|hago|cometer|cometo|haga|hiciera|hare|cometere|pensando|ago"
            r"|haciendo)(?: en)?(?: (?:hacer|ya|me|hasta|una|un|alguna|cualquier|la|una que otra)){0,6} (?:tonteria"
            r"|locura|barbaridad|estupidez|pendejada|desgracia|loquera)s?\b(?! (?:de (?:compra|venta|pagar)))"
            r"|\b(?:cosas|pensamientos|ideas) (?:muy )?(?:malas|malos|feas|feos|negros|negras|suicidas|oscuros"
            r"|oscuras|de muerte|horribles)(?: contra mi| en mi cabeza| de (?:matarme|morir|muerte|quitarme)|$"
            r"| en la cabeza| por la cabeza)|\bcosas (?:muy )?(?:malas|feas)\b.{0,15}\b(?:contra mi|conmigo"
            r"|cabeza)\b|\bpensando (?:puras )?cosas (?:malas|feas)"
        ),
        (
            r"\b(?:pienso|pensando|pensado|piense|penso|pensar|imagin\w+|sueno) (?:mucho |seguido |a diario "
            r"|siempre |diario |seriamente |ya )?(?:en|con) (?:la muerte|morir\w*|mi muerte|matar\w*|quitarme"
            r"|desaparecer|acabar con|suicid\w*|aventarme|ya no (?:estar|vivir|existir)|no (?:estar|existir"
            r"|despertar)|dejar de (?:vivir|existir)|irme de este mundo|hacerme)"
        ),
        (
            r"\bno deberia (?:estar viv[oa]|existir|haber nacido|seguir viv[oa])|\bno (?:hubiera"
            r"|debi) (?:haber )?nac(?:er|ido)\b|\bpara que (?:sigo|seguir|quiero|estoy) (?:aqui viv[oa]|viv(?:o|a"
            r"|ir|iendo)|en este mundo|existiendo)\b|\bde que (?:sirve|me sirve) (?:seguir )?(?:vivir|viviendo"
            r"|mi vida|estar viv[oa])|\bque caso tiene (?:vivir|seguir|mi vida|la vida|estar viv)"
            r"|\bme da (?:igual|lo mismo) (?:vivir|morir\w*|si (?:me muero|vivo|muero))"
            r"|\bno me importa (?:morir\w*|si (?:me muero|vivo|muero)|vivir|mi vida)"
        ),
        (
            r"\b(?:quiero|quisiera|deseo|necesito) que (?:todo )?(?:esto )?(?:se )?(?:termine|acabe"
            r"|pare)(?: (?:todo|mi vida|ya todo|mi sufrimiento|de una vez)){0,6}(?=\W*(?:$|[,.;!]))"
            r"|\bque (?:ya )?(?:dios|diosito"
            r"|el senor) me (?:lleve|recoja|lleves|llame|quite)\b|\bque me (?:lleve|cargue) la (?:muerte|huesuda"
            r"|flaca|calaca)\b|\bme (?:llegue|llego) (?:la|mi) (?:hora|muerte)\b|\bdios me (?:lleve|recoja)\b"
        ),
        (
            r"\btoc(?:ar|ado|ando|e) fondo\b.{0,30}\b(?:vivir|vida|morir|muerte)\b|\bestoy (?:al (?:borde|limite)"
            r"|en el limite)\b.{0,30}\b(?:mat|mor|vida|suicid|locura|tonteria|puente|abismo|precipicio)"
            r"|\bal borde del (?:abismo|suicidio|precipicio|puente)\b|\bya (?:perdi"
            r"|no tengo) (?:toda )?(?:la )?esperanza (?:de vivir|en la vida)|\bno (?:hay|tengo|queda"
            r"|me queda) (?:ninguna |ya )?(?:esperanza|salida|nada) (?:para|por (?:lo )?que|por quien) (?:mi"
            r"|vivir|seguir|luchar)\b"
        ),
        # Harm from or to others.
        r"\b(?:me|nos) (?:pega|golpea|golpean|golpeo|pego|maltrata|viola|violo|violaron|amenaza con (?:matar"
        r"|un)|quiere(?:n)? matar|amenazo de muerte|amenazaron de muerte|amenazan de muerte|secuestr\w+"
        r"|apunal\w+|encerro|tiene encerrada|quema|ahorca|ahorco|estrangul\w+|va(?:n)? a matar)\b(?! (?:la "
        r"|el |los |las |duro|fuerte|mucho|bien|con los|de (?:frente|lleno)|de (?:risa|hambre)|el sol|la luz"
        r"|duro el|(?:mi|el) jefe))"
            r"|\b(?:mi (?:esposo|marido|pareja|novio|ex|hijo|papa|padrastro|viejo|señor|senor|esposa"
            r"|concubino)) (?:\w+ )?(?:me|nos) (?:pega|golpea|madrea|maltrata|amenaza|viola|quiere matar"
            r"|dio una golpiza|lastima|da de golpes)\b|\bamenaza(?:s|n|do|da|ron|dos)? (?:de|con) (?:muerte"
            r"|matar\w*)\b|\bviolencia (?:domestica|intrafamiliar|en (?:mi|la) casa|familiar)\b|\b(?:tengo"
            r"|siento) miedo (?:de|por) (?:que (?:me|nos) (?:mate|maten|pegue|haga|golpee)|mi vida|morir)\b",
        (
            r"\b(?:voy a|quiero|podria|boy a|soy capaz de|pienso) (?:matar|golpear|apunalar|quemar|balacear)(?:lo"
            r"|la|los|las|les|le|te)? ?(?:a (?:mi(?:s)?|alguien|todos|los|el|mis)\b|y (?:luego|despues) (?:me"
            r"|a mi)|y me mato|y matarme)|\bmatar a (?:mi|mis) (?:espos[oa]|hij[oa]s?|familia|marido|mujer"
            r"|pareja)"
        ),
        # English
        r"\b(?:i )?(?:want|wanna|wanting|wish|ready|going|gonna|prefer|rather|hope|better|try|tried|trying"
        r"|plan|planning|thinking|thought|think|feel like|about|would|just)(?: (?:to|i|of|about|could|would"
        r"|was|were|just|be|not|id|rather|it|on|all the|me|like|ing|a lot|seriously|really|better|off|ed|go"
        r"|that|had|might|can)){0,6}"
            r" (?:die|dead|dying|kill(?:ing)? (?:myself|me|us all)|(?:end|ending) (?:it(?: all)?|my life"
            r"|everything|things)|disappear(?:ing)?(?: forever)?|never (?:been born|wake up|woken up)"
            r"|(?:not )?(?:wake|waking) up|not (?:be(?:ing)?|exist(?:ing)?|alive|here anymore)|(?:hurt|hurting"
            r"|harm|harming|cut|cutting) myself|(?:take|taking) my (?:own )?life|suicide|jump(?:ing)? off"
            r"|hang(?:ing)? myself|shoot(?:ing)? myself|overdos\w+|unborn"
            r"|commit\w* suicide)\b(?! (?:of (?:embarrass|laugh|hunger)|laughing|tired|line|the (?:call|chat"
            r"|conversation)|this (?:call|chat)))",
        (
            r"\b(?:took|take|taking|swallow\w*|taken) (?:all|a bunch|a bottle|too many|the whole|a handful"
            r"|every)\b.{0,15}\b(?:pills?|meds|tablets|medicine)|\b(?:as well|better|better off|rather|wish (?:i"
            r"|to) \w+)(?: be)? dead\b|\bdone with (?:life|living|this life|my life)\b|\bend it (?:tonight|today"
            r"|now|all|for good)\b|\b(?:tonight|today) i (?:will )?end it\b|\bi (?:want|just want|need) (?:it"
            r"|everything|the pain) (?:all )?to (?:end|stop|be over)\b|\bi (?:dont|do not) (?:deserve"
            r"|want) to (?:live|exist|be alive)"
        ),
        (
            r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|hang(?:ing)?|shoot(?:ing)?|poison(?:ing)?"
            r"|drown(?:ing)?|starv(?:e|ing)) my ?self\b|\bend(?:ing)? (?:my life|it all|my own life|it tonight"
            r"|everything for good|my misery|my suffering)\b|\btak(?:e|ing) my (?:own )?life\b|\bself ?-?harm\w*"
            r"|\bsuicidal\b|\bslit my wrists?|\bslash my wrists?|\boverdos(?:e|ed|ing)\b|\bblow my (?:brains"
            r"|head)"
        ),
        r"\b(?:dont|do not|didnt|no longer|cant|cannot|can not|not|no reason to|no point in|nothing to"
        r"|tired of|sick of|done with|no will to|lost the will to|no point|why should i|hate)(?: (?:want"
        r"|wanna|to|see|have|feel|any|like|find|know|a|the|really|even|be|i|keep|go|going|deserve|in|wish"
        r"|reason|point|of|much|will|desire)){0,6}"
            r" (?:liv(?:e|ing)(?: (?:anymore|any more|like this|for|on|this way|with this))?(?=\W*$|\W+(?:anymore"
            r"|any|like|for|on|this|with (?:this|it|myself|the pain|debt)|because|no|i|and|so|my"
            r"|in this world))|be(?:ing)? alive"
            r"|exist(?:ing)?|be(?:ing)? here (?:anymore|any more|any longer)|wake up|life anymore|my life anymore"
            r"|go(?:ing)? on(?: (?:anymore|living|like this|any more|with))?(?=\W*$|\W+(?:anymore|living|like|any"
            r"|i|with))|take (?:this|it) any ?more|with life|carry(?:ing)? on)\b(?! with (?:my (?:mother|mom"
            r"|parents|family)|him))",
        (
            r"\bi (?:just )?(?:cant|can not|cannot) (?:go on|take (?:this|it)|do this anymore|cope"
            r"|live)(?: (?:any ?more|anymore|any longer|like this|with this)){0,6}\b(?! (?:call|payment|to the"
            r"|vacation|the (?:bus|deal)|monday|friday))|\bhavent (?:slept|eaten"
            r"|slept or eaten)\b.{0,60}\b(?:cant|scared|anymore|take)\b"
        ),
        (
            r"\bbetter off (?:without me|dead|if i (?:was|were) (?:dead|gone))\b|\b(?:family|kids|everyone"
            r"|everybody|world|wife|husband|they|all)\b.{0,25}\bbetter (?:off )?without me\b|\b(?:no"
            r"|without) reason to (?:live|go on|be alive|keep going)\b|\blife (?:isnt|is not|aint|not"
            r"|is no longer) worth\b|\bnot worth living\b|\bno (?:point|reason|sense) (?:in |to )?(?:living|live"
            r"|life|going on)\b|\bnothing (?:left )?to live for\b|\bi wont be (?:here|around|alive) (?:when"
            r"|by the time|tomorrow|much longer|any ?more|anymore)(?! to pay)\b|\bgoodbye (?:cruel )?world\b"
            r"|\bsuicide\b|\bmy last (?:day|night|message|goodbye) (?:on earth|alive|ever)?|\bwish i was(?:nt"
            r"| never)? (?:dead|born|alive|gone)\b|\bwould be (?:better|easier) (?:if i (?:was|were) )?(?:dead"
            r"|gone|not here)\b|\bi d be better dead\b"
        ),
        (
            r"\b(?:beats|hits|beat|hitting|beating|rapes?|raped|abuses?|abused|threatened to kill"
            r"|threatens to kill|going to kill|gonna kill|wants to kill|strangled|choked|chokes) (?:me|us"
            r"|my (?:kids|children|mom|mother))\b|\bdomestic (?:violence|abuse)\b|\b(?:afraid|scared"
            r"|fear) for my (?:life|safety)\b|\b(?:he|husband|boyfriend|partner|ex|wife|father)\b.{0,15}\b(?:will"
            r"|is going to|gonna|s going to|s gonna|might) kill me\b|\b(?:pills|gun|rope|razor|knife|blade"
            r"|poison)\b.{0,25}\b(?:in (?:front|my hand|hand)|ready|next to me|right here|in my hands?|to end)\b"
            r"|\bjump(?:ing)? (?:off|from|in front of) (?:a|the|this) (?:bridge|roof|building|train|balcony"
            r"|window|bus|truck)|\bdo something (?:stupid|crazy|bad) to my ?self\b|\bi (?:will|might|am going to"
            r"|m going to|m gonna|could|may) do something (?:stupid|terrible|i regret)\b"
        ),
    ]
]  # fmt: skip


def is_distress(text: str) -> bool:
    """True when the words speak of ending one's life, hurting oneself, or violence at home; idioms are set aside."""
    plain = normalize(text)
    for pattern, right in _SPELLINGS:
        plain = pattern.sub(right, plain)
    plain = _IDIOMS.sub(" , ", plain)
    return any(pattern.search(plain) for pattern in _PATTERNS)
