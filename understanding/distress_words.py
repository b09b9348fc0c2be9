"""The words of anguish by the idea they stand for, in Spanish and English, without accents."""

from typing import Final

IDEAS: Final = {
    # --- Who, what for, how -----------------------------------------------------------------------------------------
    "no": "no ni nunca jamas sin nada tampoco dont not never cant cannot wont without nothing didnt doesnt isnt aint"
    " none wasnt couldnt shouldnt",
    "i": "yo i im ive id ill imma",
    "will": "punto quiero voi boi kiero kero quero qro boya voya bo quisiera queria quise quisiese deseo deseaba deseando desearia anhelo gustaria gustara prefiero"
    " preferiria preferible preferia preferido pienso pensaba pensado pensando pense pensar planeo planeado planeando"
    " planeaba decidi decidido intento intente intentado intentar trato trate tratado necesito espero queriendo ganas"
    " tentacion tentada tentado ansias antojo dispuesto dispuesta voy vamos iba ire pienzo podria deberia debiera"
    " merezco mejor ojala pido pidiendole rezo ruego capaz idea ideas pensamiento pensamientos deseos urge antojaria"
    " want wanna wana wnt wnna wanted wanting wish wishing wished hope hoping thinking thought think thoughts plan"
    " planning planned try tried trying attempted rather feel deserve need prefer pray praying better urge ideation",
    "aux": "going gonna will could should might about ready would can may be am was were",
    "they_will": "quiere quieren queria va van piensa intento trato amenaza puede podria vaya dice wants tries tried",
    "fill": "le les se te nos que me mi ya a en de del con solo nomas mejor hasta la el lo un una yo mismo misma por para tantito puro"
    " pura puros estar estoy y veces dia algo asi muy mas pues aqui hoy manana todo toda tanto poder pudiera hacer bien"
    " siempre seriamente mucho diario neta verdad tengo ratos momento nada otra vez mis las los sola seguir tambien"
    " como cada noche noches dias rato este o sea eso to be of about really just seriously it on the all so that would"
    " could should like kinda i myself actually literally fucking damn sometimes too even over been was were had have"
    " can might maybe a in how going back my own often every day",
    "siempre": "siempre forever eternamente nunca",
    "high": "puente puentes metro tren trenes edificio azotea balcon ventana rio barranco barranca precipicio piso vias"
    " via rieles carretera carro carros coche auto camion camiones trailer terraza techo torre acantilado abismo vacio"
    " mar canal pozo bridge roof building train window balcony cliff ledge traffic truck bus rooftop tracks colectivo"
    " subte bondi micro transmilenio combi cars",
    "relative": "esposo esposa marido mujer pareja novio novia ex concubino papa papi padre padrastro madrastra mama"
    " mami madre hijo hija hijos hijas hermano hermana hermanos tio tia abuelo abuela abuelita primo prima cunado"
    " cunada suegro suegra sobrino sobrina nieto nieta compadre comadre amigo amiga vecino vecina viejo vieja senora"
    " familiar yerno nuera socio husband wife boyfriend girlfriend partner father dad mother mom mum son daughter"
    " brother sister uncle aunt cousin friend stepdad patron jefe jefa titular cliente papas padres neighbor",
    "children": "hijo hijos hija hijas nino ninos nina ninas bebe bebes familia esposa esposo mama papa kids children"
    " family son daughter wife husband",
    # --- Dying and killing ------------------------------------------------------------------------------------------
    "die": "morir morirme morirnos morirm muera muriera muriese fallecer desvivirme desvivir petatearme palmarla"
    " perecer die dying unalive unaliving unalivear unalivearme",
    "dead": "muerto muerta dead",
    "muero": "muero moriria morire mori muriendo muriendome muera muriera",
    "muerte": "muerte death",
    "third_dies": "murio murieron muere mueren muera mueran muriera muriendo muerto morir morirse fallecer muriese"
    " murieran",
    "kill_me": "matarme suicidarme ahorcarme colgarme envenenarme electrocutarme dispararme degollarme apunalarme"
    " inmolarme asfixiarme matarnos suicidarnos autolesionarme desangrarme desvivirme inyectarme sucidarme suicdarme"
    " envenarme ahogarme quemarme",
    "kill": "matar suicidar ahorcar colgar envenenar envenar balear desvivir degollar morir sucidar",
    "mato": "mato mate matara ahorco suicido enveneno degollo desvivo disparo mataria matare suicidaria ahorcaria",
    "kill_one": "matarse suicidarse ahorcarse colgarse",
    "suicide": "kmqm suicid* sucid* suicd* suisid* suicied* suiside* kys kms kmss suicde*",
    "killed_self": "suicido suicidio mato ahorco colgo disparo colgaron enveneno",
    "kill_en": "kill killing kil hang hanging shoot shooting poison poisoning drown drowning hurt hurting harm harming"
    " cut cutting starve starving stab off offing unalive unaliving unalived burn burning delete",
    "myself": "myself",
    "jump_me": "aventarme tirarme lanzarme arrojarme botarme saltar brincar saltarme clavarme estrellarme reventarme"
    " echarme jump jumping jumped",
    "jump": "aventar tirar lanzar arrojar botar saltar brincar estrellar reventar echar chocar",
    "brinco": "aviento aviente tiro tire lanzo lance arrojo boto brinco salto estrello clavo",
    "take": "acabr quitarme quitar quito quite quitarnos quitarse quite quita quitan arrancarme arranco arrancar acabar acabo"
    " terminar termino acabe termine acabando terminando ponerle poner pongo ponga cortar end ending ended take taking"
    " kitar finish finishing took arrebatarme quitado quitandome quitaria",
    "life": "vida vda bida existencia life lives lyfe",
    "end": "acabar terminar acabo termino acabe termine acabando terminando ponerle poner fin end ending",
    "shot": "tiro balazo plomazo corchazo escopetazo bala disparo plomo bullet",
    "give": "pegarme pego pegar darme doy dar meterme meto meter dispararme de meta pegue ponerme",
    "blow": "volarme vuelo volar blow",
    "brains": "cabeza sesos tapa brains head cerebro",
    "killed_part": "matado muerto suicidado ahorcado colgado tirado quitado aventado",
    "picture": "pistola cuchillo tumba",
    # --- Not going on -----------------------------------------------------------------------------------------------
    "live": "vivir viviendo existir existiendo respirar respirando live living exist existing breathing vivirla"
    " sobrevivir",
    "alive": "vivo viva alive living respirando existiendo viviendo vida",
    "keep": "seguir sigo siga seguiria continuar continuo quedarme keep going go carry estar sea ser despertar levantarme",
    "strength": "fuerzas fuerza animo animos voluntad ganas ilusion energia energias aguanto soporto resisto puedo"
    " quiero quisiera deseo vale sirve importa interesa encuentro veo hallo tengo tiene hay quedan queda dan da llama"
    " quitaron fueron perdi perdido merece merezco will strength energy want wanna wish deserve can see have find",
    "sense": "sentido caso razon razones motivo motivos chiste esperanza esperanzas ilusion proposito objeto meaning"
    " point purpose reason reasons hope sense",
    "to_live": "a de para pa por en to in of for i tiene tengo seguir keep that me sigo la el le mi esta ya mas going"
    " mi todo being my todos go estar",
    "wake": "despertar despertarme amanecer despierte despertara despertare amanezca wake waking woke despierto",
    "sleep": "dormir dormirme duermo durmiera acostarme acuesto cerrar sleep acostar cierro dormirse durmiendo",
    "open": "abrir abrirlos abra abriera abrirla",
    "tired": "cansado cansada canse harto harta arto arta fastidiado fastidiada aburrido aburrida cansancio chato chata"
    " mamado mamada tired sick done exhausted hate odio detesto maldigo asco aborrezco cansa",
    "struggle": "luchar sufrir existir pelear lucharle",
    "burden": "carga estorbo lastre burden",
    "better": "mejor felices feliz tranquilos tranquila tranquilas facil descansarian descansaria descansan bien better"
    " happier easier fine estarian estaria viven vivirian",
    "missing": "extranaria extranaran extranara extrana extranarian extrane lloraria llorara llorar llorarian notaria"
    " notarian miss notice care doler dolera doleria doliera importaria falta",
    "vanish": "desaparecer desaparecerme desaparezca desapareciera esfumarme evaporarme borrarme disappear"
    " disappearing vanish vanishing",
    "debts": "deuda deudas adeudo cobro cobros credito prestamo lista base buro numero sistema registro registros saldo"
    " interes intereses cargo cargos recargos mora list system debt loan pagos pago multa",
    "leave": "irme irnos voy vamos vaya vayamos ire fui salir dejar despedirme despido partir abandonar adios quitarme"
    " quito quitar quitarnos ido quiten irse leave leaving salgo marcharme dejo",
    "world": "mundo vida tierra world life earth existencia",
    "belong": "hallo pertenezco encajo belong quepo hayo siento",
    "heaven": "cielo dios diosito murio fallecio fallecido fallecida muerto muerta arriba heaven difunto"
    " difunta finado falleciera",
    "grave": "hoyo panteon cementerio tumba cajon ataud sepultura sepulcro",
    "god": "dios diosito senor virgencita virgen jesus cristo god lord jesucristo muerte huesuda flaca calaca parca"
    " santisima",
    "take_me": "lleve llevame llevara lleves llevas recoja recogiera recojas recogeme llevarme recogerme acuerde llama"
    " llamame llevate llevateme llevarias takes",
    "fate": "atropelle atropellara infarto infartara rayo camion carro trailer cancer atropellen trague tragara parta"
    " matara mate maten mataran muera muriera covid enfermedad tren",
    "born": "nacido nacer born naciera nacia naci",
    # --- Means ------------------------------------------------------------------------------------------------------
    "swallow": "tome tomo tomar tomarme tomando tomado tomara trague tragar tragarme trago ingeri ingerir zampe zamparme"
    " eche echarme bebi beber beberme bebo comi comerme intoxique intoxicarme metí meti meterme took take taking"
    " swallowed swallow swallowing drank drink taken popped overdose",
    "many": "todas todos todo muchas muchos frasco bote caja blister puno punado monton bolsa tira sobredosis entero"
    " entera demasiadas varias bunch bottle all too many whole handful lot every several lots",
    "pills": "pastillas pastilla pildoras pildora medicamentos medicinas rivotril clonazepam alprazolam diazepam"
    " tranquilizantes pepas tabletas capsulas paracetamol somniferos pills pill meds tylenol tablets xanax medicine"
    " pastiyas lorazepam antidepresivos ansioliticos",
    "poison": "veneno raticida matarratas cloro herbicida insecticida gramoxone paraquat plaguicida diablo lejia thinner"
    " acido cianuro fosfina fosforo campeon pesticida bleach poison cloralex racumin",
    "weapon": "pistola fusca arma cuchillo navaja soga cuerda lazo mecate reata escopeta revolver machete bisturi gillete"
    " gillette cuter gun rope knife razor blade noose rifle cinturon",
    "have": "tengo traigo agarre saque compre consegui tenia tomo have got ive bought holding",
    "near": "mano manos lista listo amarrada amarrado colgada cargada enfrente aqui lado cama lista hand hands ready"
    " viga arbol loaded here next mesa preparada preparado puesta afilada cuello frente garganta",
    "pest": "ratas ratones raton rata plaga plagas hormigas maiz cultivo milpa cucarachas siembra bano ropa piso frijol"
    " cosecha limpiar rats mice farm burro caballo vaca animales ganado tendedero",
    "gas": "gas",
    # --- Hurting oneself --------------------------------------------------------------------------------------------
    "cut": "cortarme corto corte cortar cortando cortandome rajo raje rajarme cortado rasgunando rasguno cortarse slit"
    " slash slashed cutting cut tajee sangrar tajos",
    "wrists": "venas munecas brazos piernas wrists wrist arms veins antebrazos muslos thighs muneca",
    "again": "otra nuevo sola solo again otravez",
    "wounds": "cortes cortadas heridas dano cortaditas heridas cortada rasgunos moretones",
    "do_me": "hago hice haciendome hacerme haciendo hare hecho haga hacer haciendome haria",
    "hurt_me": "lastimarme lastimandome autolesion* autoleciono autolesiono danarme dañarme herirme",
    "madness": "locura tonteria barbaridad estupidez desgracia pendejada burrada loquera locuras tonterias disparate",
    "do": "hacer cometer haga hago hacerme cometo haciendo aser hare cometa cometere",
    "dark": "malos malas feas feos negros negras oscuros oscuras horribles muerte dark suicidas malo feo raros obscuros",
    "thoughts": "pensamientos ideas thoughts pensando pienso piensos",
    # --- Last words -------------------------------------------------------------------------------------------------
    "farewell": "despedida adios goodbye",
    "letter": "carta cartas nota note letter",
    "care": "cuiden cuide cuidenme cuidame encargo encargados encargadas encargado encargada encargarles cuidan velen"
    " encarguense",
    "love": "amo quiero ame quise perdonen perdono love loved perdon amaba",
    "tell": "diganle digale diganles dile diles digan tell",
    "sorry": "perdonenme perdoname perdonen perdon perdonadme forgive sorry",
    "body": "cuerpo cadaver colgado colgada muerto muerta ahorcado ahorcada hanging dead body tieso tiesa ahogado",
    "find": "encontrar encontraran hallar encuentren hallen encontrarme encuentran find encuentre amanecer",
    "blood": "sangre muerte blood death suicidio",
    "conscience": "manos conciencia culpa hands conscience consciencia espaldas hombros",
    "voices": "voces voz voices voice",
    # --- Harm by others ---------------------------------------------------------------------------------------------
    "aggressor": "esposo marido pareja novio ex concubino papa padre padrastro hijo hermano tio jefe cunado suegro"
    " viejo hombre esposa novia mama husband boyfriend partner father dad stepdad wife uncle brother he senor vecino"
    " mujer sobrino primo hubby man baby",
    "hits": "pega pego pegan pegaba pegado golpea golpeo golpean golpeaba golpeado madrea madreo maltrata maltrataba"
    " viola violo abusa manosea encerro encierra ahorca ahorco estrangula estrangulo apunalo cachetea cacheteo patea"
    " pateo quema tortura golpiza golpes hits beats hit beat raped rapes abuses abused chokes choked strangled strangle"
    " choke punches punched hitting beating slaps slapped toca toco acuchillo fajo chingadazos",
    "hits_only": "golpea maltrata viola violo violaron madrea cachetea ahorca golpean patea",
    "threatens": "amenaza amenazo amenazan amenazaron amenazado amenazada amenazando amenazarme amenazas threatens"
    " threatened threatening amenazaba",
    "deadly": "muerte matar matarme matarnos cuchillo pistola arma machete kill killing death quemar desaparecerme"
    " balacear matarlos asesinar asesinarme gun knife",
    "they_go": "van va quieren quiere iban iba pueden pretenden quisieron intentaron intento",
    "kills": "mata matan matar maten mate matara colgar cuelga linchar asesinar ahorcar ahorca",
    "murder": "matar asesinar balear secuestrar levantar desaparecer picar balacear apunalar quebrar",
    "boss": "esposo esposa marido mujer mama mami papa papi papas vieja viejo jefe jefa patron patrona senora suegra"
    " novia novio suegro hermana abuela boss wife husband mom dad mother father mum girlfriend manager abuelita gorda"
    " doña dona cunada",
    "abuse": "violencia maltrato abuso golpes abuse violence maltratos abusos",
    "home": "domestica familiar intrafamiliar genero casa domestic hogar sexual fisica",
    "fear": "miedo temo terror panico pavor afraid scared fear fearing temor",
    "safety": "vida life safety integridad seguridad lives",
    # --- What only sounds like it -----------------------------------------------------------------------------------
    "joke": "risa risas hambre sueno pena penas verguenza frio calor ganas amor nervios miedo sed susto curiosidad coraje"
    " envidia aburrimiento cansancio ternura gusto emocion carcajadas antojo trabajar trabajo tos viejo vieja nostalgia"
    " celos felicidad alegria rabia bronca embole laughter hunger boredom heat curiosity embarrassment thirst laughing"
    " frios pura chamba ansias cruda",
    "work": "trabajando trabajo trabajos chambeando chamba jalando jale sol estudiando vendiendo pagando manejando camello"
    " camellando laburando laburo work working haciendo juntar sacar pegas pega lavando planchando",
    "lol": "lol jaja lmao jajaja haha",
    "food": "duermo dormido dormir como comido comer slept sleep eat eaten sleeping eating",
    "days": "dia dias noche noches semana semanas days day week weeks nights desde ni or nada",
    "anguish": "angustia ansiedad panico desesperacion nervios depresion tristeza estres dolor anxiety panic stress despair tormento",
    "money": "pago* paga* deud* cuota* interes* dinero cobr* credito* prestamo* mensaje* llamada* multa* recargo* abono*"
    " plata lana mensualidad* pay* debt* loan* interest fee fees bill* rent money call* message* text* plazo* renta letra"
    " abonar deposit* seguro* plan mensualidades gastos",
    "battery": "celular cel telefono pila bateria carro moto negocio phone battery car compu radio plan linea",
    "rates": "intereses interes tasa tasas mora cuota cuotas gastos renta luz recibo recibos deuda deudas calor frio"
    " trafico espalda cabeza rodilla rodillas muela pies rent interest fees fee bills heat job work back feet head",
}
# Heard in any state: cut short, grown together, with a slip. The ordinary words are neighbours that mean something else.
MISSPELT: Final = (
    "kiero morir morirme matar matarme matarnos suicidarme suicidio ahorcarme colgarme envenenarme vivir viviendo existir"
    " desaparecer despertar quiero quisiera quitarme pastillas veneno pistola cuchillo suicide myself ganas pensando"
    " tengo"
)
ORDINARY: Final = (
    "vengo vienen venden vencen viniendo venir enseno marta altar matas manta malta mamar matarte matarle matarlo matarla"
    " matarlos matarlas tenor tenga tenso quieto gafas andas galas canas ranas ganar ganan ganes gatas lanas gasas manas"
    " existia existio pensador pescando pesando catar convivir conviviendo sobreviviendo mantengo detengo quitarle"
    " quitarte patillas astillas quejarme nose moria morro moral mover its ate looked bit eat wit ear earth where here seed why with who"
)
