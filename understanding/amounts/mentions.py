"""The amounts a normalised text names: numbers that are money, and words that stand for an amount ('la cuota')."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from understanding.amounts.currencies import CURRENCIES, LOCAL, SIGN, UNCLEAR, minor_units, signed_currency
from understanding.amounts.noise import COUNTED, NOISE
from understanding.amounts.references import AmountRef, find_references
from understanding.amounts.shares import find_shares


@dataclass(frozen=True)
class AmountMention:
    """`amount` in minor units, or a reference; both None when the words are money that must be asked back."""

    start: int
    end: int
    amount: int | None
    currency: str
    ref: AmountRef | None = None
    fraction: Fraction | None = None


_PLAIN: Final = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,2})?|\d{1,2} \d{3}(?: \d{3})*|\d+(?:[.,]\d{1,2})?"
_AFTER: Final = (
    "|".join(f"(?P<{code}>{names})" for code, names in CURRENCIES.items())
    + f"|(?P<local>{LOCAL})|(?P<unclear>{UNCLEAR})"
)
_NUMBER: Final = re.compile(
    rf"(?:\b(?P<sign>{SIGN}) ?|(?<=[ (])\$ ?|^\$ ?)?(?<![\w.,/:+-])(?P<number>{_PLAIN})(?![\d%/:]|[.,]\d| ?%)"
    rf"(?: ?(?:{_AFTER})(?!\w))?"
)
_SLANG: Final = r"(?:lucas?|luquitas?|lukas?|palos?|palitos?|quinas?|melon(?:es)?)"
_ANY: Final = r"\$? ?\d[\d.,]*(?: (?:pesos|varos|bucks))?"
# Words for money whose amount must be asked: slang that differs by country, ranges, bounds, bundles.
_UNCLEAR: Final = [
    re.compile(pattern)
    for pattern in (
        rf"(?:\b(?:\d+(?:[.,]\d+)?|una?|medi[oa]|half an?) )?\b{_SLANG}\b(?! peruanas)|\b(?:medio|half a) (?:mil"
        rf"|grand|millar)\b",
        rf"\b\d+ ?(?:-|a|y|to) ?\d+ (?:pesos|varos|bucks)|\b(?:entre|between) (?:los |unos )?{_ANY} (?:y|a|and|o)"
        rf" (?:los |unos )?{_ANY}",
        r"\b(?:de|from|unos|como) (?:unos )?(?:\$ ?)?\d{2,}[\d.,]* (?:a|to|hasta) (?:\$ ?)?\d{2,}[\d.,]*"
        r"|\d{3,} ?- ?\d{3,}|\d{2,} (?:a|to) \d{3,}",
        rf"(?<!no )(?<!nada )\b(?:mas|menos|arriba|debajo|mayor|menor) de (?:los |unos )?{_ANY}|\b(?:more"
        rf"|less) than {_ANY}"
        rf"|\b(?:over|under|above|below) {_ANY}",
        r"\b\d+ (?:pagos?|abonos?|payments?|depositos?|partes|billetes) (?:de|of)(?: a)? \d[\d.,]*"
        r"|\b[2-9] de (?:a ?)?(?:\d{3,}|\d\d(?= pesos))\b",
        r"\b(?:a )?(?:couple|few|several) (?:of )?(?:hundred|thousand|bucks|100|1000)\b|\b(?:un par"
        r"|unos cuantos) de (?:cientos|miles|billetes)\b",
        r"\b(?:unos|varios|algunos) (?:cientos|miles|pesos)\b|\b\d*000 [1-9]\b(?! ?[a-z%])",
    )
]
# A 'tostón' is fifty Mexican pesos; elsewhere it is fifty cents, or a plantain.
_FIFTIES: Final = re.compile(r"\b(?:(?P<count>\d|un|1|medio) )?toston(?:es)?\b")
_OFFERED: Final = re.compile(
    r"\b(?:pag\w*|d[oa]y|dar\w*|deposit\w*|abon\w*|mand\w*|paso|pong\w*|pay|send|give|transfier\w*|de a|solo|nomas"
    r"|otros"
    r"|dejo|llevo|caigo|envio|aboneme|bring)(?: [a-z]+){0,2} $"
)


def find_amounts(text: str, currency: str, expected: bool = False) -> list[AmountMention]:
    """The mentions in order; `currency` is the local one, `expected` says that an amount was asked for."""
    text = NOISE.sub(lambda m: "·" * len(m.group()), text)
    mentions: list[AmountMention] = []
    for found in [
        *_fifties(text, currency),
        *_unclear(text, currency),
        *_shares(text, currency),
        *_references(text, currency),
    ]:
        if not any(found.start < other.end and other.start < found.end for other in mentions):
            mentions.append(found)
    blanked = text
    for mention in mentions:
        if mention.ref in {"fraction", None}:
            blanked = blanked[: mention.start] + "·" * (mention.end - mention.start) + blanked[mention.end :]
    mentions += [number for number in _numbers(blanked, currency) if expected or not _is_small(number, blanked)]
    return sorted(_multiplied(mentions, text), key=lambda mention: (mention.start, -mention.end))


def _fifties(text: str, currency: str) -> Iterator[AmountMention]:
    for m in _FIFTIES.finditer(text):
        count = int(m["count"]) if (m["count"] or "").isdigit() else 1
        known = currency == "MXN" and m["count"] != "medio"
        yield AmountMention(m.start(), m.end(), count * 50_00 if known else None, currency)


def _shares(text: str, currency: str) -> Iterator[AmountMention]:
    for start, end, share in find_shares(text):
        if share == 1:
            yield AmountMention(start, end, None, currency, "full_balance")
        else:
            yield AmountMention(start, end, None, currency, "fraction", share)


def _references(text: str, currency: str) -> Iterator[AmountMention]:
    return (AmountMention(start, end, None, currency, ref) for start, end, ref in find_references(text))


def _unclear(text: str, currency: str) -> Iterator[AmountMention]:
    return (AmountMention(m.start(), m.end(), None, currency) for pattern in _UNCLEAR for m in pattern.finditer(text))


def _numbers(text: str, local: str) -> Iterator[AmountMention]:
    for m in _NUMBER.finditer(text):
        named = m.lastgroup if m.lastgroup not in {"number", "sign"} else None
        sign = (m["sign"] or "").strip()
        if named is None and not sign and COUNTED.match(text, m.end()):
            continue
        code = named if named in CURRENCIES else signed_currency(sign, local)
        unclear = named == "unclear" or sign.startswith("bs")
        amount = None if unclear else minor_units(m["number"], code)
        if amount == 0 or (not unclear and amount is None) or (_is_long(m["number"]) and not named):
            continue
        yield AmountMention(m.start("number"), m.end(), amount, code)


def _is_long(number: str) -> bool:
    """More digits than an amount has, unless they are grouped as amounts are."""
    return sum(c.isdigit() for c in number) > 6 and not any(sign in number for sign in ".,' ")


def _is_small(number: AmountMention, text: str) -> bool:
    """A day's or a count's size, with no money word near: 'somos 6' is no offer, 'le doy 20' is."""
    written = text[number.start : number.end]
    small = written.isdigit() and int(written) <= 31
    before = text[: number.start]
    return small and not _OFFERED.search(before) and not re.search(rf"(?:\b{SIGN}|\$|/) ?$", before)


def _multiplied(mentions: list[AmountMention], text: str) -> list[AmountMention]:
    """'La mitad de los 800' is 400."""
    result = list(mentions)
    for share in mentions:
        for whole in mentions:
            between = text[share.end : whole.start]
            if (
                share.fraction
                and whole.amount
                and re.fullmatch(
                    r" (?:de|of)(?: (?:los|esos|las|the"
                    r"|those))? ?\$? ?",
                    between,
                )
            ):
                amount = round(whole.amount * share.fraction)
                result.remove(share)
                result.remove(whole)
                result.append(AmountMention(share.start, whole.end, amount, whole.currency))
    return result
