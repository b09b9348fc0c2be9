"""Which mentions count: the past, wages, debts and what can't be paid are set aside, and the last word wins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeVar

from understanding.amounts.mentions import AmountMention
from understanding.clauses import BECAUSE, DEBT, HOLDS, INTENDED, OFFERS, OUTCOME, PAYS, WAGES, Clause
from understanding.dates.mention import DateMention
from understanding.set_aside import DUE, HANDED_ON, OF_INCOME, USED, is_set_aside

Mention = TypeVar("Mention", AmountMention, DateMention)

# 'El saldo completo, no solo la cuota': more is meant, where more is named beside it.
_NOT_ONLY: Final = re.compile(
    r"\b(?:no|not)(?: (?:solo|solamente|nomas|nada mas|unicamente|puro|pura|just|only|merely))+(?: (?:de|los"
    r"|las|the|my))* ?$"
)
# 'El resto, 500': a number that is said right beside is the rest itself.
_NAMED: Final = re.compile(r" ?(?:(?:de|son|que son|los|las|unos|por|of|that is) )*\$? ?")
# 'The remaining 40%', 'el resto, el 40%' and 'el 40% restante' are one share.
_SHARE_AFTER: Final = re.compile(r",? ?(?:(?:de|del|el|los|o sea|que es|que son|the|of|which is) )*")
_REMAINING: Final = re.compile(r"(?:lo |el )?(?:restantes?|faltantes?|remaining|left)\b")
_CORRECTED: Final = re.compile(
    r"\b(?:mejor|digo|perdon|corrijo|correccion|sorry|i mean|actually|rather|make (?:it|that)|no (?:espere(?:se|me"
    r"|nme)?|espera(?:te|me)?)"
    r"|no aguant[ae](?:me)?|meant"
    r"|quise decir|mas bien|disculpe|me equivoque|wait"
    r"|o sea|better|scratch that|bueno no)\b|, ?no\b|\bno,|\*|\bno no\b"
    # 'Mmm 500... bueno va, 600': given in, without a 'no'.
    r"|(?<!\by )\b(?:bueno|ok|okay|va|orale|andele|sale|fine|well|alright)[ ,.]+(?:va|ya|pues|ok|sale|que sean"
    r"|fine|then"
    r"|make it|lets say|ponle|pongale|ponga)\b[^·\d]{0,12}$|[.,] ?(?:que sean|ponle|pongale|lets say|call it)"
    r"(?: mejor)? \$? ?$|\b(?:aguant|esper)[ae](?:me|nme|te)?[ ,.]+(?:son |mejor |que sean |le doy )?\$? ?$"
)
_OR: Final = re.compile(
    r"^[\s,·]*(?:pesos|varos|bucks)?[\s,·]*(?:\b(?:o|u|or|maybe|perhaps|tal vez|quizas?|a lo mejor)\b)"
    r"(?: (?:a lo mejor|tal vez|quiza|quizas|si no"
    r"|hasta|mas tardar|a mas tardar|el|los|la|unos|como|maybe"
    r"|on|the|por|para|ya|le doy|por ahi|dia))*[\s,·]*$"
)
_MEANT: Final = re.compile(r"\b(?:quise decir|meant|mean|quiero decir|digo|dije|said|mejor|rather) (?:el |los |the )?$")
_CONTRARY: Final = re.compile(r"^[\s·]*(?:no|y no)[\s·]*(?:el |the )?$")
# 'El viernes, no, mejor el sábado, que el viernes cierro tarde'.
_WHY: Final = re.compile(r"\b(?:que|porque|pues|because|cause|coz|since) $")
_ONLY: Final = re.compile(r"(?:nomas|solo|nada mas)\b")
# '1000 (mil pesos)'.
_REPEATED: Final = re.compile(r"^[\s(,]*(?:o sea|es decir|osea)?[\s(,]*$")
_UNTIL: Final = re.compile(r"\b\w+ .*\b(?:hasta|until|till|til)(?: el| la| the| this| next)* $")
_ASKS_TIME: Final = re.compile(
    r"\b(?:aguant|aguard|esper|deme|denme|dame|chance|plazo|permit|tiempo|wait|give me|hold|let me|can i|puede)\w*"
)
# 'Si vendo bien 600, si no 400' depends; 'no 300, si no 350' is 'sino 350'.
_ELSE: Final = re.compile(
    r"\b(?:o )?(?:si no|if not|otherwise|de lo contrario|en caso contrario)[ ,]*(?:(?:le|les|te) \w+ |son "
    r"|nomas |solo |el |on )*"
    r"\$? ?$"
)
_NOT_THIS: Final = re.compile(r"\b(?:no|not)(?: (?:son|el|los|es|le doy|the))* \$? ?$")
_TODAY: Final = re.compile(r"(?:hoy|today)\b")
# 'Hoy cierro el local a las 6 y le mando 230': what is done first names the day.
_TODAY_FIRST: Final = re.compile(
    r"(?:hoy|today)\b(?:(?!\b(?:no|casi|poco|ni|dont)\b)[^,;·]){0,20}"
    r"\b(?:cobro|salgo|cierro|vendo|rayo|me (?:pagan|depositan|caen?|llega)"
    r"|i (?:get paid|get off|close|sell))\b[^;·]{0,25}[ ,](?:y|and) (?:(?:ya|ahi|luego|then) )?(?:le|les|te|i|ill)"
    r"(?: (?:ya|will))? (?:pag|deposit|mand|envi|doy|pas|transf|abon|yape|pay|send|deposit|give)"
)
_IF_TODAY: Final = re.compile(r"\b(?:si|if|ojala|cuando|when)(?: (?:es que|yo|i))* $")
# 'Hasta el sábado puedo ir' says when it can be done at last.
_CAN_THEN: Final = re.compile(r" (?:(?:ya|es que|si|le|les|lo|me) )*(?:puedo|podre|voy|vuelvo|regreso|can|could)\b")
_LETTER: Final = re.compile(r"[a-z0-9]")
# What is said as a verb gives way to its object: 'le liquido la letra'.
_VERBS: Final = ("liquid", "sald", "finiquit", "settle", "le complet", "les complet")
# 'Si no es el viernes es el lunes'.
_OBJECT: Final = re.compile(r" ?(?:(?:ya|hoy|manana|la|el|los|las|lo|mi|mis|esta|de|the|my|·+) ?){0,4}")
_IF_NOT: Final = re.compile(
    r"\b(?:si no (?:es|puedo|alcanzo|se puede|le deposito|pago)?|if not(?: on| by)?) ?(?:el |la |on )?$"
)


def settle(
    mentions: list[Mention],
    plain: str,
    clauses: list[Clause],
    *,
    look_back: bool,
    expected: bool = False,
    beside: Sequence[AmountMention] = (),
) -> tuple[list[Mention], bool]:
    """The mentions that are the offer, and whether they contradict each other.

    A day in one clause with an amount that is offered (`beside`) belongs to it: 'tengo 90 hoy, el resto el lunes'.
    """
    offered = [m for m in mentions if not is_set_aside(m, plain, _clause(m, clauses), look_back)]
    contraries = _contraries(mentions, offered, plain)
    kept = _more_than_only([m for m in offered if m not in contraries], plain)
    kept, contradict = _last_words(kept, plain)
    firm = not expected or any(clause.refuses for clause in clauses)  # 'Ahorita no traigo nada' names no day.
    kept = _firm(kept, plain, clauses, beside) if firm else kept
    kept = _one_per_clause(kept, plain)
    kept = [m for m in kept if not (isinstance(m, DateMention) and OF_INCOME.search(plain[: m.start]))] or kept
    kept = _without_hindrance(kept, plain, clauses)
    kept = [m for m in kept if not (isinstance(m, DateMention) and DUE.search(plain[: m.start]))] or kept
    kept = _without_income(kept, plain, clauses)
    kept = _without_used(kept, plain, clauses)
    # 'Traigo la mitad, se la doy hoy, y el sábado la otra mitad': what is held is given.
    held: tuple[re.Pattern[str], ...] = () if HANDED_ON.search(plain) else (HOLDS,)
    for weaker in (WAGES, DEBT, *held, INTENDED, OUTCOME):
        kept = _without(kept, weaker, clauses, beside)
    return _distinct(kept), bool(contraries) or contradict


def _clause(mention: AmountMention | DateMention, clauses: list[Clause]) -> Clause:
    return next(c for c in clauses if c.start <= mention.start < c.end)


def _with_its_verb(clause: Clause, clauses: list[Clause]) -> Clause:
    """'Traigo nomás 90': a clause that begins with 'only' has its verb before that."""
    before = next((each for each in clauses if each.end == clause.start), None)
    if before is None or not _ONLY.match(clause.text):
        return clause
    return Clause(before.start, clause.end, before.text + clause.text)


def _firm(kept: list[Mention], plain: str, clauses: list[Clause], beside: Sequence[AmountMention]) -> list[Mention]:
    """'Ahora' is a date where a payment is spoken of; vague words count only where no day is named."""

    def counts(mention: Mention) -> bool:
        if not isinstance(mention, DateMention) or not mention.soft:
            return True
        if mention.first is None:
            firmer = [m for m in kept if isinstance(m, DateMention) and m.first and counts(m)]
            own = _clause(mention, clauses)
            has_amount = any(own.start <= each.start < own.end for each in beside)
            return not (any(_clause(m, clauses) == own for m in firmer) if has_amount else firmer)
        others = plain[: mention.start] + plain[mention.end :]
        clause = _clause(mention, clauses)
        # 'Ahorita traigo nomás 90, el viernes me pagan y ahí le deposito 450': now is when something else is held.
        given = [each for each in beside if _with_its_verb(_clause(each, clauses), clauses).start <= clause.start]
        if beside and HOLDS.search(clause.text) and not any(clause.start <= each.start for each in given):
            return False
        # 'Le hago el depósito de 330, hoy sin falta': nothing but the day is in its clause.
        alone = not _LETTER.search(plain[clause.start : mention.start] + plain[mention.end : clause.end])
        first = _TODAY_FIRST.match(plain, mention.start) and not _IF_TODAY.search(plain[: mention.start])
        if beside and _TODAY.match(plain, mention.start) and (alone or first):
            return True
        # 'Le doy' begins a clause of its own.
        return bool(PAYS.search(plain[clause.start : clause.end + len("le doy")])) or len(others.split()) <= 2

    return [mention for mention in kept if counts(mention)]


def _last_words(kept: list[Mention], plain: str) -> tuple[list[Mention], bool]:
    """After 'no, mejor' the later mention replaces the earlier; 'X o Y' leaves a doubt and neither."""
    result: list[Mention] = []
    given_up: list[Mention] = []
    doubt = False
    for mention in kept:
        between = plain[result[-1].end : mention.start] if result else ""
        if _WHY.search(plain[: mention.start]) and any(_same(mention, each) for each in given_up):
            continue
        if result and _REPEATED.match(between) and _same(result[-1], mention):
            result[-1] = mention  # 'Hasta el lunes, ese día le mando 900': the clause that pays has its day.
            continue
        if result and _OR.match(between) and not _same(result[-1], mention):
            result.pop()
            doubt = True
            continue
        if result and _CORRECTED.search(between):
            given_up.append(result.pop())
            doubt = False
        result.append(mention)
    return result, doubt


def _contraries(mentions: list[Mention], offered: list[Mention], plain: str) -> list[Mention]:
    """'500 no 400' and 'si no es el viernes es el lunes' may mean either: it is asked back."""
    for one, other in pairwise(mentions):
        if _ELSE.search(plain[one.end : other.start]) and not _NOT_THIS.search(plain[: one.start]):
            return [one, other]
        if one not in offered:
            continue
        if _IF_NOT.search(plain[: one.start]):
            return [one, other]
        if _CONTRARY.match(plain[one.end : other.start]) and not _MEANT.search(plain[: one.start]):
            return [one, other]
    return []


def _same(one: AmountMention | DateMention, other: AmountMention | DateMention) -> bool:
    return replace(one, start=0, end=0) == replace(other, start=0, end=0)


def _one_per_clause(kept: list[Mention], plain: str) -> list[Mention]:
    """A number or share beside its name is one amount: 'la cuota de 800', 'la mitad de la cuota'."""
    numbers = [m for m in kept if isinstance(m, AmountMention) and m.amount is not None]
    shares = [m for m in kept if isinstance(m, AmountMention) and m.fraction is not None]

    def is_named_by_number(mention: Mention) -> bool:
        if not isinstance(mention, AmountMention) or mention.ref in {None, "fraction"}:
            return False
        if any(re.fullmatch(r" (?:de|of) ", plain[share.end : mention.start]) for share in shares):
            return True
        if mention.ref == "remainder" and any(_is_rest_of(share, mention, plain) for share in shares):
            return True
        for number in numbers:
            first, second = sorted([mention, number], key=lambda m: m.start)
            between = plain[first.end : second.start]
            if mention.ref == "remainder" and not _NAMED.fullmatch(between):
                continue
            joined = re.search(r"\b(?:y|and|luego|despues|then|mas)\b|\+", between)
            if mention.start <= number.start < mention.end or (not joined and len(between) < 40):
                return True
        return False

    named = [mention for mention in kept if not is_named_by_number(mention)]
    named = [one for at, one in enumerate(named) if at == 0 or not _is_all_of(named[at - 1], one, plain)]
    return [one for one in named if not any(_is_verb_of(one, other, plain) for other in named)]


def _is_all_of(everything: Mention, rest: Mention, plain: str) -> bool:
    """'Le pago todo lo que falta' is one amount."""
    if not isinstance(everything, AmountMention) or not isinstance(rest, AmountMention):
        return False
    joined = plain[everything.end : rest.start] == " " and plain[everything.start : everything.end].endswith("todo")
    return joined and everything.ref == "full_balance" and rest.ref == "remainder"


def _more_than_only(kept: list[Mention], plain: str) -> list[Mention]:
    """'No nomás 500' alone says that it is all there is."""
    more = [mention for mention in kept if not _NOT_ONLY.search(plain[: mention.start])]
    return more or kept


def _without_hindrance(kept: list[Mention], plain: str, clauses: list[Clause]) -> list[Mention]:
    """'Hay norte hasta el sábado, pago el domingo': how long something else lasts is no day of payment."""

    def is_hindrance(mention: Mention) -> bool:
        clause = _clause(mention, clauses)
        before = plain[clause.start : mention.start]
        if _CAN_THEN.match(plain, mention.end):
            return False
        return bool(_UNTIL.search(before)) and not PAYS.search(clause.text) and not _ASKS_TIME.search(clause.text)

    days = [mention for mention in kept if isinstance(mention, DateMention)]
    paying = [day for day in days if PAYS.search(_clause(day, clauses).text)]
    return [m for m in kept if not (m in days and paying and m not in paying and is_hindrance(m))]


def _is_rest_of(share: Mention, rest: Mention, plain: str) -> bool:
    if share.start >= rest.end:
        named = "%" in plain[share.start : share.end] or plain[rest.end : share.end].strip() in {"half", "mitad"}
        return named and bool(_SHARE_AFTER.fullmatch(plain[rest.end : share.start]))
    return plain[share.end : rest.start] in {"", " "} and bool(_REMAINING.fullmatch(plain[rest.start : rest.end]))


def _is_verb_of(one: Mention, other: Mention, plain: str) -> bool:
    """'Le liquido la letra' pays the instalment, not everything."""
    if (
        not isinstance(one, AmountMention)
        or not isinstance(other, AmountMention)
        or one.ref not in {"full_balance", "remainder"}
    ):
        return False
    said = plain[one.start : one.end].startswith(_VERBS)
    return said and one.end <= other.start and bool(_OBJECT.fullmatch(plain[one.end : other.start]))


def _without_income(kept: list[Mention], plain: str, clauses: list[Clause]) -> list[Mention]:
    """Money that comes in is no offer, unless it is handed on: 'me adelantan 500 y se los mando'."""

    def is_income(mention: Mention) -> bool:
        if not isinstance(mention, AmountMention) or mention.ref not in {None, "fraction"}:
            return False
        clause = _clause(mention, clauses)
        return clause.tells_wages_at(plain[clause.start : mention.start])

    own = [mention for mention in kept if not is_income(mention)]
    return kept if not own and HANDED_ON.search(plain) else own


def _without_used(kept: list[Mention], plain: str, clauses: list[Clause]) -> list[Mention]:
    """'Debo mil quinientos de colegiatura, a ustedes les dejo 800' offers 800."""

    def is_offered(mention: Mention) -> bool:
        return not isinstance(mention, AmountMention) or bool(OFFERS.search(_clause(mention, clauses).text))

    if not any(isinstance(mention, AmountMention) and is_offered(mention) for mention in kept):
        return kept
    return [mention for mention in kept if is_offered(mention) or not USED.match(plain, mention.end)]


def _without(
    kept: list[Mention], weaker: re.Pattern[str], clauses: list[Clause], beside: Sequence[AmountMention]
) -> list[Mention]:
    """The mentions of other clauses than these, unless nothing would be left."""

    def is_strong(mention: Mention) -> bool:
        clause = _with_its_verb(_clause(mention, clauses), clauses)
        found = weaker.search(clause.text)
        after = found and BECAUSE.search(clause.text[: found.start()], max(0, mention.end - clause.start))
        return not found or bool(after) or any(clause.start <= each.start < clause.end for each in beside)

    stronger = [mention for mention in kept if is_strong(mention)]
    is_rest = all(isinstance(mention, AmountMention) and mention.ref == "remainder" for mention in stronger)
    return kept if is_rest else stronger


def _distinct(kept: list[Mention]) -> list[Mention]:
    """A date said twice counts once; equal amounts may be two payments."""
    result: list[Mention] = []
    for mention in kept:
        if any(_repeats(mention, other) for other in result):
            continue
        result.append(mention)
    return [
        m
        for m in result
        if not any(isinstance(m, DateMention) and isinstance(o, DateMention) and m.holds(o) for o in result)
    ]


def _repeats(one: AmountMention | DateMention, other: AmountMention | DateMention) -> bool:
    if isinstance(one, DateMention) and isinstance(other, DateMention):
        return one.first is not None and (one.first, one.last) == (other.first, other.last)
    if isinstance(one, AmountMention) and isinstance(other, AmountMention):
        return one.ref is not None and one.ref != "fraction" and one.ref == other.ref
    return False
