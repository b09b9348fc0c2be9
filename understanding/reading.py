"""What a borrower offers to pay and when: amounts and dates of one text joined into parts, doubts said aloud."""

import datetime
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from understanding.amounts.mentions import AmountMention, find_amounts
from understanding.amounts.references import AmountRef
from understanding.asides import without_asides
from understanding.clauses import Clause, split
from understanding.dates.joining import join
from understanding.dates.mention import DateMention
from understanding.dates.mentions import find_dates
from understanding.rhythm import find_rhythm, mask_instalments
from understanding.settlement import settle
from understanding.tense import speaks_ahead

# '500 el viernes o 600 el lunes': one of them, and nobody can tell which.
_EITHER: Final = re.compile(r"\b(?:o|u|or)\b(?! sea\b)")
_BARE_NUMBER: Final = re.compile(r"^\W*(\d{1,2})\W*$")


@dataclass(frozen=True)
class Part:
    """One payment of an offer. `amount` is in minor units; `fraction` goes with amount_ref 'fraction'."""

    amount: int | None = None
    currency: str | None = None
    amount_ref: AmountRef | None = None
    fraction: Fraction | None = None
    date: datetime.date | None = None
    date_range: tuple[datetime.date, datetime.date] | None = None


@dataclass(frozen=True)
class Reading:
    """`ambiguous`: something was said that must be asked back; that piece is None in its part."""

    parts: tuple[Part, ...] = (Part(),)
    ambiguous: bool = False
    ambiguous_about: Literal["amount", "date"] | None = None
    recurring: str | None = None

    @property
    def amount(self) -> int | None:
        return self.parts[0].amount

    @property
    def currency(self) -> str | None:
        return self.parts[0].currency

    @property
    def amount_ref(self) -> AmountRef | None:
        return self.parts[0].amount_ref

    @property
    def fraction(self) -> Fraction | None:
        return self.parts[0].fraction

    @property
    def date(self) -> datetime.date | None:
        return self.parts[0].date

    @property
    def date_range(self) -> tuple[datetime.date, datetime.date] | None:
        return self.parts[0].date_range

    @property
    def is_empty(self) -> bool:
        return self.parts == (Part(),) and not self.ambiguous


def read(  # noqa: PLR0917 - a pure rule gets its facts as arguments.
    text: str,
    now: datetime.datetime,
    language: str = "es",
    currency: str = "MXN",
    look_back: bool = False,
    expecting: Literal["amount", "date"] | None = None,
) -> Reading:
    """Read an offer, or with `look_back` a payment already made. `now` is aware, in the borrower's own zone.

    `currency` is the local one; `expecting` is the question that is pending and decides what a bare '15' means.
    Both languages are always read: borrowers mix them.
    """
    recurring, plain = find_rhythm(without_asides(text))
    bare = _BARE_NUMBER.match(plain)
    if bare and expecting is None and int(bare[1]) <= 31:
        # A lone small number may be a day or an amount, and nothing was asked.
        return Reading(ambiguous=int(bare[1]) > 0, ambiguous_about="amount" if int(bare[1]) > 0 else None)
    clauses = split(plain)
    look_back = look_back and not speaks_ahead(plain) and not any(clause.promises_rest for clause in clauses)
    dates, rest = find_dates(mask_instalments(plain), now.date(), look_back, expected=expecting == "date")
    blanked = _with_instalments(plain, rest)
    found = find_amounts(blanked, currency, expected=expecting == "amount")
    amounts, amount_doubt = settle(found, plain, clauses, look_back=look_back)
    dates, date_doubt = settle(
        _not_past(join(dates, plain), now.date(), look_back),
        plain,
        clauses,
        look_back=look_back,
        expected=expecting == "date",
        beside=amounts,
    )
    if len(dates) > max(1, len(amounts)):
        # More days than payments: 'ahorita solo 250, el viernes' speaks of Friday.
        dates = [mention for mention in dates if not mention.soft] or dates
    parts, amount_open, date_open = _pair(amounts, dates, clauses)
    if len(parts) > 1 and len(amounts) > 1 and _EITHER.search(plain[amounts[0].end : amounts[1].start]):
        parts, date_open = (Part(),), True
    amount_doubt, date_doubt = amount_doubt or amount_open, date_doubt or date_open
    about: Literal["amount", "date"] | None = "amount" if amount_doubt else "date" if date_doubt else None
    if found and not amounts and not amount_doubt:
        recurring = None
    return Reading(parts, about is not None, about, recurring)


def _with_instalments(plain: str, rest: str) -> str:
    """The text without its dates, and with the names of instalments that were hidden from the dates' reader."""
    masked = mask_instalments(plain)
    return "".join(
        said if hidden == "·" != said else left for said, hidden, left in zip(plain, masked, rest, strict=True)
    )


def _not_past(dates: list[DateMention], today: datetime.date, look_back: bool) -> list[DateMention]:
    """Looking forward, 'ayer' and 'la semana pasada' tell a story; a past day with its year was meant, and is refused.

    Years ago is a birth date.
    """
    if look_back:
        return dates
    year_ago = today - datetime.timedelta(366)
    return [
        found for found in dates if found.last is None or found.last >= today or (found.dated and found.last > year_ago)
    ]


def _pair(
    amounts: list[AmountMention], dates: list[DateMention], clauses: list[Clause]
) -> tuple[tuple[Part, ...], bool, bool]:
    """Amounts and dates joined, and whether amounts or dates remain in doubt."""
    amounts = _spread(amounts, dates)
    if len(amounts) < 2 and len(dates) < 2:
        amount, day = next(iter(amounts), None), next(iter(dates), None)
        return (_part(amount, day),), _is_open(amount), _is_open(day)
    found = _by_clause(amounts, dates, clauses) or _by_order(amounts, dates)
    if _are_payments([amount for amount, _ in found], [day for _, day in found]):
        found = _without_the_sum(found)
        parts = tuple(_part(amount, day) for amount, day in found)
        return parts, any(_is_open(a) for a, _ in found), any(_is_open(d) for _, d in found)
    amount_doubt, date_doubt = len(amounts) > 1, len(dates) > 1
    amount = amounts[0] if len(amounts) == 1 else None
    day = dates[0] if len(dates) == 1 else None
    return (_part(amount, day),), amount_doubt or _is_open(amount), date_doubt or _is_open(day)


SHARES = {"fraction", "remainder"}

Pair = tuple[AmountMention | None, DateMention | None]


def _by_clause(amounts: list[AmountMention], dates: list[DateMention], clauses: list[Clause]) -> list[Pair] | None:
    """'Tengo la mitad, el lunes le doy lo demás': a day goes with the one amount of its own clause."""
    pairs: dict[int, DateMention] = {}
    for day in dates:
        at = next((at for at, clause in enumerate(clauses) if clause.start <= day.start < clause.end), None)
        own = None if at is None else clauses[at]
        beside = [at for at, each in enumerate(amounts) if own and own.start <= each.start < own.end]
        following = clauses[at + 1] if at is not None and at + 1 < len(clauses) else None
        if not beside and following and following.text.startswith(("le doy", "les doy")):
            # 'Le doy 400 y el lunes le doy 350': that verb begins a clause, and the day before it is its own.
            beside = [at for at, each in enumerate(amounts) if following.start <= each.start < following.end]
        if len(beside) != 1 or beside[0] in pairs:
            return None
        pairs[beside[0]] = day
    return [(amount, pairs.get(at)) for at, amount in enumerate(amounts)]


def _by_order(amounts: list[AmountMention], dates: list[DateMention]) -> list[Pair]:
    groups: list[dict[str, AmountMention | DateMention]] = [{}]
    mentions: list[AmountMention | DateMention] = [*amounts, *dates]
    for mention in sorted(mentions, key=lambda m: m.start):
        kind = "amount" if isinstance(mention, AmountMention) else "date"
        if kind in groups[-1]:
            groups.append({})
        groups[-1][kind] = mention
    return [(_amount(group), _date(group)) for group in groups]


def _spread(amounts: list[AmountMention], dates: list[DateMention]) -> list[AmountMention]:
    """'Dos pagos de 250, el 20 y el 30': one for each day; without as many days it must be asked when."""
    if len(amounts) == 1 and len(dates) == amounts[0].times > 1:
        return [replace(amounts[0], start=day.start, times=1) for day in dates]
    largest = max((each.amount for each in amounts if each.amount is not None), default=0)
    return [replace(each, amount=None, times=1) if _is_doubtful(each, largest) else each for each in amounts]


def _is_doubtful(amount: AmountMention, largest: int) -> bool:
    """A bundle without its days, or 'otros 50' after '50 mil', which may be as many thousands."""
    return amount.times > 1 or (amount.amount is not None and amount.amount * 100 <= largest)


def _without_the_sum(found: list[Pair]) -> list[Pair]:
    """'Los 800 en dos partes, 400 el viernes y 400 el lunes', 'todo: la mitad hoy y la otra mitad el lunes': the first
    says what the others come to."""
    (whole, day), *others = found
    if whole is None or day is not None or len(others) < 2:
        return found
    counted = [amount.amount for amount, _ in others if amount is not None and amount.amount is not None]
    is_sum = len(counted) == len(others) and whole.amount == sum(counted)
    shared = whole.ref == "full_balance" and all(amount and amount.ref in SHARES for amount, _ in others)
    return others if is_sum or shared else found


def _are_payments(amounts: list[AmountMention | None], days: list[DateMention | None]) -> bool:
    """Several amounts are several payments when all but one have their day, or one is what the others leave."""
    if None in amounts:
        return False
    dated = sum(day is not None for day in days)
    return dated >= len(days) - 1 or (len(days) == 2 and amounts[1] is not None and amounts[1].ref == "remainder")


def _amount(group: dict[str, AmountMention | DateMention]) -> AmountMention | None:
    found = group.get("amount")
    return found if isinstance(found, AmountMention) else None


def _date(group: dict[str, AmountMention | DateMention]) -> DateMention | None:
    found = group.get("date")
    return found if isinstance(found, DateMention) else None


def _is_open(mention: AmountMention | DateMention | None) -> bool:
    if isinstance(mention, AmountMention):
        return mention.amount is None and mention.ref is None
    return mention is not None and mention.first is None


def _part(amount: AmountMention | None, day: DateMention | None) -> Part:
    known = amount if amount is not None and not _is_open(amount) else None
    span = (day.first, day.last) if day is not None and day.first is not None and day.last is not None else None
    return Part(
        amount=known.amount if known else None,
        currency=known.currency if known else None,
        amount_ref=known.ref if known else None,
        fraction=known.fraction if known else None,
        date=span[0] if span and span[0] == span[1] else None,
        date_range=span if span and span[0] != span[1] else None,
    )
