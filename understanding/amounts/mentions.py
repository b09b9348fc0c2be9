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
from understanding.amounts.unclear import find_unclear


@dataclass(frozen=True)
class AmountMention:
    """`amount` in minor units, or a reference; both None when the words are money that must be asked back.

    `times`: so many payments of it ('tres pagos de 200').
    """

    start: int
    end: int
    amount: int | None
    currency: str
    ref: AmountRef | None = None
    fraction: Fraction | None = None
    times: int = 1


_PLAIN: Final = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,2})?|\d{1,2} \d{3}(?: \d{3})*|\d+(?:[.,]\d{1,2})?"
_AFTER: Final = (
    "|".join(f"(?P<{code}>{names})" for code, names in CURRENCIES.items())
    + f"|(?P<local>{LOCAL})|(?P<unclear>{UNCLEAR})"
)
_NUMBER: Final = re.compile(
    rf"(?:\b(?P<sign>{SIGN}) ?|(?:(?<=[ (])|^)(?P<dollar>\$ ?(?:us ?)?))?(?<![\w.,/:+-])(?P<number>{_PLAIN})"
    rf"(?![\d%/]|:\d|[.,]\d| ?%)(?: ?(?:{_AFTER})(?!\w))?"
)
_BUNDLE: Final = re.compile(
    r"\b(?P<times>[2-9]|1\d) (?:(?:pagos|abonos|payments|depositos|partes|billetes|installments|transferencias"
    r"|exhibiciones) (?:de|of)(?: a)?|de a?(?= ?\$? ?\d{2})) \$? ?"
    rf"(?P<number>{_PLAIN})(?![\d%/]|:\d|[.,]\d)"
)
# '1.5' may be short for 1.5 thousand.
_TINY: Final = re.compile(r"\d[.,]\d")
# A 'tostón' is fifty Mexican pesos; elsewhere it is fifty cents, or a plantain.
_FIFTIES: Final = re.compile(r"\b(?:(?P<count>\d|un|1|medio) )?toston(?:es)?\b")
_OFFERED: Final = re.compile(
    r"(?<!\bel )(?<!\bmi )(?<!\bun )\b(?:pag\w*|d[oa]y|dar\w*|deposit\w*|abon\w*|mand\w*|paso|pong\w*|pay|send|give"
    r"|transfier\w*|(?:can|could|ll|will) do|de a|solo|nomas|otros|dejo|llevo|caigo|envio|aboneme|bring)"
    r"(?: [a-z]+){0,2} $"
)
_HELD_BEFORE: Final = re.compile(
    r"\b(?:tengo|traigo|junte|consegui|complete|me (?:dieron|prestaron|pagaron|cayeron)|i (?:have|got|made|saved))"
    r"(?: (?:ya|unos|como|nomas|solo|about|only))* \$? ?$"
)
_HELD_AFTER: Final = re.compile(
    r" ?(?:pesos )?(?:los |lo )?que (?:ya )?(?:tengo|traigo|junte|consegui|complete|me (?:dieron|prestaron|pagaron))\b"
)
_OWED_BEFORE: Final = re.compile(r"\b(?:debo|deuda|saldo|son|owe|debt|balance|loan)\b[^,.;]{0,20}$")
_SHARE_OF: Final = re.compile(r" (?:de|of)(?: (?:los|esos|las|the|those))? ?\$? ?")


def find_amounts(text: str, currency: str, expected: bool = False) -> list[AmountMention]:
    """The mentions in order; `currency` is the local one, `expected` says that an amount was asked for."""
    text = NOISE.sub(lambda m: "·" * len(m.group()), text)
    mentions: list[AmountMention] = []
    for found in _worded(text, currency):
        if not any(found.start < other.end and other.start < found.end for other in mentions):
            mentions.append(found)
    blanked = text
    for mention in mentions:
        if mention.ref in {"fraction", None}:
            blanked = blanked[: mention.start] + "·" * (mention.end - mention.start) + blanked[mention.end :]
    mentions += [number for number in _numbers(blanked, currency) if expected or not _is_small(number, blanked)]
    return sorted(_multiplied(mentions, text), key=lambda mention: (mention.start, -mention.end))


def _worded(text: str, currency: str) -> Iterator[AmountMention]:
    """What is more than a number: bundles, slang, spans, shares and names, the surest first."""
    yield from _bundles(text, currency)
    yield from _fifties(text, currency)
    yield from (AmountMention(start, end, None, currency) for start, end in find_unclear(text))
    for start, end, share in find_shares(text):
        if share == 1:
            yield AmountMention(start, end, None, currency, "full_balance")
        else:
            yield AmountMention(start, end, None, currency, "fraction", share)
    yield from (AmountMention(start, end, None, currency, ref) for start, end, ref in find_references(text))


def _bundles(text: str, currency: str) -> Iterator[AmountMention]:
    for m in _BUNDLE.finditer(text):
        yield AmountMention(m.start(), m.end(), minor_units(m["number"], currency), currency, times=int(m["times"]))


def _fifties(text: str, currency: str) -> Iterator[AmountMention]:
    for m in _FIFTIES.finditer(text):
        count = int(m["count"]) if (m["count"] or "").isdigit() else 1
        known = currency == "MXN" and m["count"] != "medio"
        yield AmountMention(m.start(), m.end(), count * 50_00 if known else None, currency)


def _numbers(text: str, local: str) -> Iterator[AmountMention]:
    for m in _NUMBER.finditer(text):
        named = m.lastgroup if m.lastgroup not in {"number", "sign", "dollar"} else None
        sign = (m["sign"] or m["dollar"] or "").strip()
        if named is None and not sign and COUNTED.match(text, m.end()):
            continue
        code = named if named in CURRENCIES else signed_currency(sign, local)
        unclear = named == "unclear" or sign.startswith("bs") or bool(_TINY.fullmatch(m["number"]) and not named)
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
    return small and not _OFFERED.search(before) and not re.search(rf"(?:\b{SIGN}|\$|\$ ?us|/) ?$", before)


def _multiplied(mentions: list[AmountMention], text: str) -> list[AmountMention]:
    """'La mitad de los 800' is 400."""
    result = list(mentions)
    for share in mentions:
        for whole in mentions:
            if share.fraction and whole.amount and _SHARE_OF.fullmatch(text[share.end : whole.start]):
                result = [each for each in result if each not in {share, whole}]
                amount = round(whole.amount * share.fraction)
                result.append(AmountMention(share.start, whole.end, amount, whole.currency))
    return _of_what_is_held(result, text)


def _of_what_is_held(mentions: list[AmountMention], text: str) -> list[AmountMention]:
    """'Tengo 600, le doy la mitad hoy y la otra mitad el lunes': halves of what the borrower has in hand."""
    held = next((each for each in mentions if each.amount and _is_held(each, text)), None)
    shares = [each for each in mentions if each.fraction]
    if held is None and len(shares) > 1 and sum(each.fraction or 0 for each in shares) == 1:
        # 'Let's do 400, half now and half on Friday'.
        held = next((each for each in mentions if each.amount and not _OWED_BEFORE.search(text[: each.start])), None)
    if held is None or held.amount is None or not shares or any(each.start < held.end for each in shares):
        return mentions
    if any(each.amount for each in mentions if each is not held):
        return mentions
    in_money = [
        AmountMention(each.start, each.end, round(held.amount * (each.fraction or 0)), held.currency) for each in shares
    ]
    return [*(each for each in mentions if each is not held and each not in shares), *in_money]


def _is_held(amount: AmountMention, text: str) -> bool:
    return bool(_HELD_BEFORE.search(text[: amount.start]) or _HELD_AFTER.match(text[amount.end :]))
