"""Which mentions count: the past, wages, debts and what can't be paid are set aside, and the last word wins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final, TypeVar

from understanding.amounts.mentions import AmountMention
from understanding.clauses import DEBT, HOLDS, OUTCOME, PAYS, WAGES, Clause
from understanding.dates.mentions import DateMention

Mention = TypeVar("Mention", AmountMention, DateMention)

_OWED: Final = re.compile(
    r"(?:\b(?:debo|debia|adeudo|owe|prestaron|pedi|saque|gano|cobran|cobrando|cobraron|cobrar|cobras|cuesta"
    r"|borrowed|interes(?:es)?|multa|renta|total de"
    r"|saldo de|deuda de|que es de|dicen|dice|aparecen?|sale|salen|salia)(?: ya)?(?: de| como| unos"
    r"| mas de| los| las| a| en| me)* )$"
)
# A question names an amount without offering it: 'cuánto es lo vencido'.
_ASKED: Final = re.compile(
    r"\b(?:cuanto|cuanta|cuantos|cuantas|how much|how many|cual|what is|debo en|cuando|when)\b(?!.*\b(?:pago|doy|pay"
    r"|cover)\b)"
    r"|^\W*whats\b"
)
# What somebody said, what life costs, and 'not even' are no offers.
_TOLD: Final = re.compile(
    r"\b(?:me|nos) (?:dijo|dijeron|dicen|dice)\b|\b(?:renta|alquiler|luz|agua|gas|internet|colegiatura|escuela"
    r"|inscripcion"
    r"|medicinas?|medicamentos?|doctor|gasolina|comida|despensa|rent|electric\w*|bills?|groceries"
    r"|tuition)\b[^·,;]{0,25}$"
    r"|\b(?:dije|dicho|prometi|habiamos dicho)(?: que)?(?: los| unos| como)? $|\bni(?: un| a| para| con| los)* $"
)
# To lower an instalment, or to say how heavy it is, is not to offer it.
_NAMED: Final = re.compile(r" ?(?:(?:de|son|que son|los|las|unos|por|of|that is) )*\$? ?")
_LOWERED: Final = re.compile(
    r"\b(?:baj[aeo]\w*|bajar\w*|reduc\w+|reduz\w+|rebaj\w+|disminu\w+|lower|reduce|decrease|cambi\w+|condon\w+"
    r"|quit\w+|alta|cara"
    r"|grande|mata)(?: (?!pero|y|le|les)\w+){0,3} *$"
)
_DESCRIBED: Final = re.compile(r"^ (?:esta|estan|es|se me hace|me queda|sale|tan|muy|que no|is|was|seems|too)\b")
_INSTEAD: Final = re.compile(
    r"\b(?:en (?:vez|lugar|ves|bes) del?(?: los| las| el| la| pagar| dar)*|instead of(?: the)?"
    r"|rather than(?: the)?|de(?: los| esos| las)|from the|out of the"
    r"|(?<!que )no(?: es| el| la| los| las| con| para| on| this| the| son| in)*|not(?: on| the| this| for)*) $"
)
_REFUSED_AFTER: Final = re.compile(
    r"^,? ?(?:no (?:puedo|me (?:es|va|da|alcanza|queda)|se (?:puede|va|podra|arma|me)|va|creo|alcanzo)\b|(?:no|not"
    r"|tampoco)(?= ?(?:[,.;!?]|$|pero|but|·))|i cant\b"
    r"|wont work)"
)
_CORRECTED: Final = re.compile(
    r"\b(?:mejor|digo|perdon|corrijo|correccion|sorry|i mean|actually|rather|make (?:it|that)|no espere?"
    r"|quise decir|mas bien|disculpe|me equivoque|wait"
    r"|o sea|better|scratch that|bueno no)\b|, ?no\b|\bno,|\*|\bno no\b"
)
_OR: Final = re.compile(
    r"^[\s,·]*(?:pesos|varos|bucks)?[\s,·]*(?:\b(?:o|u|or)\b)(?: (?:a lo mejor|tal vez|quiza|quizas|si no"
    r"|hasta|mas tardar|a mas tardar|el|los|la|unos|como|maybe"
    r"|on|the|por|para|ya|le doy|por ahi|dia))*[\s,·]*$"
)
_MEANT: Final = re.compile(r"\b(?:quise decir|meant|mean|quiero decir|digo|mejor|rather) (?:el |los |the )?$")
_CONTRARY: Final = re.compile(r"^[\s·]*(?:no|not|y no|and not)[\s·]*(?:el |the |los )?$")
_RANGE: Final = re.compile(r"^ ?(?:y|and|a|al|to) ?(?:el |la |the )?$")
_RANGE_START: Final = re.compile(r"\b(?:entre|between|del?|from)(?: el| the)? ?$")


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
    kept, contrary = _without_contraries(_ranges(mentions, plain), plain)
    kept = [m for m in kept if not _is_set_aside(m, plain, clauses, look_back)]
    kept, contradict = _last_words(kept, plain)
    kept = kept if expected else _firm(kept, plain, clauses)
    kept = _one_per_clause(kept, plain)
    for weaker in (WAGES, DEBT, HOLDS, OUTCOME):
        kept = _without(kept, weaker, clauses, beside)
    return _distinct(kept), contrary or contradict


def _clause(mention: AmountMention | DateMention, clauses: list[Clause]) -> Clause:
    return next(c for c in clauses if c.start <= mention.start < c.end)


def _is_set_aside(mention: AmountMention | DateMention, plain: str, clauses: list[Clause], look_back: bool) -> bool:
    clause = _clause(mention, clauses)
    before = plain[clause.start : mention.start]
    near = plain[max(0, mention.start - 40) : mention.start]
    if clause.refuses or _INSTEAD.search(near) or _REFUSED_AFTER.search(plain[mention.end : mention.end + 20]):
        return True
    told = clause.without(mention.start, mention.end) if isinstance(mention, DateMention) else clause
    if not look_back and told.is_past_at(before):
        return True
    if isinstance(mention, DateMention):
        return False
    if mention.ref is not None:
        after = plain[mention.end : clause.end]
        talked_of = _ASKED.search(before) or _LOWERED.search(before) or _DESCRIBED.search(after)
        return bool(talked_of) or (mention.ref == "fraction" and clause.tells_wages_at(before))
    return bool(_OWED.search(near) or _TOLD.search(before)) or clause.tells_wages_at(before)


def _firm(kept: list[Mention], plain: str, clauses: list[Clause]) -> list[Mention]:
    """'Ahora' is a date where a payment is spoken of; vague words count only where no day is named."""

    def counts(mention: Mention) -> bool:
        if not isinstance(mention, DateMention) or not mention.soft:
            return True
        if mention.first is None:
            return not any(isinstance(m, DateMention) and m.first and counts(m) for m in kept)
        beside = plain[: mention.start] + plain[mention.end :]
        clause = _clause(mention, clauses)
        # 'Le doy' begins a clause of its own.
        return bool(PAYS.search(plain[clause.start : clause.end + len("le doy")])) or len(beside.split()) <= 2

    return [mention for mention in kept if counts(mention)]


def _last_words(kept: list[Mention], plain: str) -> tuple[list[Mention], bool]:
    """After 'no, mejor' the later mention replaces the earlier; 'X o Y' leaves a doubt and neither."""
    result: list[Mention] = []
    doubt = False
    for mention in kept:
        between = plain[result[-1].end : mention.start] if result else ""
        if result and _OR.match(between) and not _same(result[-1], mention):
            result.pop()
            doubt = True
            continue
        if result and _CORRECTED.search(between):
            result.pop()
            doubt = False
        result.append(mention)
    return result, doubt


def _without_contraries(mentions: list[Mention], plain: str) -> tuple[list[Mention], bool]:
    """'500 no 400' may mean either: neither is kept, and it is asked back."""
    for one, other in pairwise(mentions):
        if _CONTRARY.match(plain[one.end : other.start]) and not _MEANT.search(plain[: one.start]):
            return [m for m in mentions if m not in (one, other)], True
    return mentions, False


def _same(one: AmountMention | DateMention, other: AmountMention | DateMention) -> bool:
    return replace(one, start=0, end=0) == replace(other, start=0, end=0)


def _ranges(mentions: list[Mention], plain: str) -> list[Mention]:
    """'Entre el viernes y el domingo' is one range, and 'el siguiente lunes' after a Monday the one after it."""
    result: list[Mention] = []
    for mention in mentions:
        last = result[-1] if result else None
        if isinstance(mention, DateMention) and isinstance(last, DateMention) and mention.first and last.first:
            between = plain[last.end : mention.start]
            opened = _RANGE_START.search(plain[: last.start]) or re.match(
                r"(?:del?|entre|from|between) ", plain[last.start :]
            )
            if _RANGE.match(between) and opened and last.first < mention.first:
                result[-1] = replace(last, end=mention.end, last=mention.last, soft=False)
                continue
            if (
                re.fullmatch(r"[ ,]*(?:el|pero el|para el|the|on)?[ ,]*", between)
                and _is_week(last)
                and not last.holds(mention)
            ):
                shifted = replace(
                    mention, start=last.start, first=mention.first + timedelta(7), last=mention.first + timedelta(7)
                )
                if last.holds(shifted):
                    result[-1] = shifted
                    continue
            if mention.following and mention.first == last.first and mention.last:
                result.append(replace(mention, first=mention.first + timedelta(7), last=mention.last + timedelta(7)))
                continue
        result.append(mention)
    return result


def _is_week(mention: DateMention) -> bool:
    return mention.first is not None and mention.last is not None and (mention.last - mention.first).days == 6


def _one_per_clause(kept: list[Mention], plain: str) -> list[Mention]:
    """A number or share beside its name is one amount: 'la cuota de 800', 'la mitad de la cuota'."""
    numbers = [m for m in kept if isinstance(m, AmountMention) and m.amount is not None]
    shares = [m for m in kept if isinstance(m, AmountMention) and m.fraction is not None]

    def is_named_by_number(mention: Mention) -> bool:
        if not isinstance(mention, AmountMention) or mention.ref in {None, "fraction"}:
            return False
        if any(re.fullmatch(r" (?:de|of) ", plain[share.end : mention.start]) for share in shares):
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

    return [mention for mention in kept if not is_named_by_number(mention)]


def _without(
    kept: list[Mention], weaker: re.Pattern[str], clauses: list[Clause], beside: Sequence[AmountMention]
) -> list[Mention]:
    """The mentions of other clauses than these, unless nothing would be left."""

    def is_strong(mention: Mention) -> bool:
        clause = _clause(mention, clauses)
        return not weaker.search(clause.text) or any(clause.start <= each.start < clause.end for each in beside)

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
