"""Reading one cell: amounts, dates, rates, telephones and words as Mexican files write them.

Each function takes the field's name and the cell, and raises BadValue instead of guessing. An empty cell is
the caller's matter.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import phonenumbers

from desk.imports.report import BadValue
from locales.currencies import in_minor_units

# Excel counts days from here, its false leap day of 1900 included. 1930 to 2119 is what a loan file can mean.
EXCEL_EPOCH, EXCEL_FIRST, EXCEL_LAST = date(1899, 12, 30), 10959, 80000
NOT_OF_AMOUNT = re.compile(r"mxn|mxp|m\.n\.|pesos?|usd|[$\s'\u00a0\u202f]", re.IGNORECASE)
MOST_AMOUNT = Decimal(10) ** 12
GROUPED = {",": re.compile(r"\d{1,3}(,\d{3})+"), ".": re.compile(r"\d{1,3}(\.\d{3})+")}
ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,12})[-/. ](\d{4}|\d{2})(?: .*)?")
MONTHS = {
    name: number
    for number, names in enumerate(
        ("ene jan", "feb", "mar", "abr apr", "may", "jun", "jul", "ago aug", "sep set", "oct", "nov", "dic dec"),
        start=1,
    )
    for name in names.split()
}
YES = {"si", "s", "yes", "y", "true", "verdadero", "1", "x", "acepta", "autoriza", "ok"}
NO = {"no", "n", "false", "falso", "0", "rechaza"}
# Before August 2019 Mexican mobile numbers were dialled with these.
OLD_MOBILE = re.compile(r"^(?:\+?521|044|045|01)(?=\d{10}$)")


def plain(text: Any) -> str:
    """Lower case, no accents, single spaces."""
    stripped = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return " ".join(stripped.lower().split())


def text(cell: Any) -> str:
    """A number typed as an id stays one: Excel turns 1024 into 1024.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\0", "").split()) if cell is not None else ""


def amount(field: str, cell: Any, currency: str) -> int:
    """Minor units of `currency`; '1,250.50', '1.250,50', '$ 1250' and numbers are the same to us."""
    value = _decimal(field, cell)
    minor = in_minor_units(value, currency)
    if minor != minor.to_integral_value():
        raise BadValue(field, cell, "amount_decimals")
    if abs(value) >= MOST_AMOUNT:
        raise BadValue(field, cell, "amount_unreadable")
    return int(minor)


def percent(field: str, cell: Any, share_below: Decimal = Decimal(3)) -> Decimal:
    """'36', '36 %' and '36.5%'. A share such as 0.36 is refused: 1.2 could mean 1.2 % or 120 %."""
    value = _decimal(field, str(cell).replace("%", "") if isinstance(cell, str) else cell)
    if not 0 <= value <= 1000:
        raise BadValue(field, cell, "rate_range")
    if 0 < value < share_below:
        raise BadValue(field, cell, "rate_share")
    return value.normalize() + 0


def _decimal(field: str, cell: Any) -> Decimal:
    if isinstance(cell, (bool, date, timedelta)):
        raise BadValue(field, cell, "amount_unreadable")
    try:
        if isinstance(cell, (int, float)):
            # A sum in a spreadsheet carries the noise of binary fractions: 0.1 + 0.2 is 0.30000000000000004.
            value = Decimal(repr(round(cell, 6)))
        else:
            value = Decimal(_with_point(NOT_OF_AMOUNT.sub("", str(cell))))
    except InvalidOperation:
        raise BadValue(field, cell, "amount_unreadable") from None
    if not value.is_finite():
        raise BadValue(field, cell, "amount_unreadable")
    return value


def _with_point(written: str) -> str:
    """The last of both separators marks the decimals; one alone before three digits marks thousands."""
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        mark, group = (",", ".") if comma > point else (".", ",")
        whole, _, rest = digits.rpartition(mark)
        return sign + whole.replace(group, "") + "." + rest if GROUPED[group].fullmatch(whole) else "?"
    for mark in (",", "."):
        if mark in digits:
            if GROUPED[mark].fullmatch(digits) and not digits.startswith("0"):
                return sign + digits.replace(mark, "")
            return sign + digits.replace(mark, ".") if digits.count(mark) == 1 else "?"
    return sign + digits


def day(field: str, cell: Any) -> date:
    """dd/mm/yyyy, yyyy-mm-dd, '15-ene-2026', a date cell or an Excel day number; never month first."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _day(text(cell))
    if found is None:
        raise BadValue(field, cell, "date_unreadable")
    return found


def past(field: str, cell: Any, today: date) -> date:
    found = day(field, cell)
    if found > today:
        raise BadValue(field, cell, "date_in_future", today=today.isoformat())
    return found


@lru_cache(maxsize=4096)
def _day(written: str) -> date | None:
    written = re.sub(r"\bde[l]?\b", " ", plain(written)).replace("  ", " ")
    try:
        if iso := ISO_DATE.fullmatch(written):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if parts := DAY_FIRST.fullmatch(" ".join(written.split())):
            month = int(parts[2]) if parts[2].isdigit() else MONTHS[parts[2][:3]]
            return date(_year(parts[3]), month, int(parts[1]))
        if re.fullmatch(r"\d{5}(\.\d+)?", written) and EXCEL_FIRST <= float(written) <= EXCEL_LAST:
            return EXCEL_EPOCH + timedelta(days=int(float(written)))
    except (ValueError, KeyError):
        return None
    return None


def _year(written: str) -> int:
    """Two digits mean 1950 to 2049."""
    return int(written) if len(written) == 4 else int(written) + (2000 if int(written) < 50 else 1900)


def whole(field: str, cell: Any) -> int:
    written = text(cell)
    if not re.fullmatch(r"\d{1,6}", written):
        raise BadValue(field, cell, "number_unreadable")
    return int(written)


def yes(field: str, cell: Any) -> bool:
    word = "si" if cell is True else "no" if cell is False else plain(text(cell)).rstrip(".")
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValue(field, cell, "yes_no_unreadable")


def choice(field: str, cell: Any, names: Mapping[str, str]) -> str:
    """`names` maps what files say, without accents, to our name."""
    found = names.get(plain(text(cell)))
    if found is None:
        raise BadValue(field, cell, "choice_unknown", choices=", ".join(sorted(set(names))))
    return found


def phone(field: str, cell: Any, country: str) -> str:
    """E.164. Ten digits are a number of `country`; Mexico's old 1 and 044 before mobile numbers are dropped."""
    digits = re.sub(r"[^\d+]", "", text(cell))
    if country == "MX" and OLD_MOBILE.match(digits):
        digits = "+52" + OLD_MOBILE.sub("", digits)
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        raise BadValue(field, cell, "phone_unreadable") from None
    if not phonenumbers.is_possible_number(number):
        raise BadValue(field, cell, "phone_unreadable")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phones(field: str, cell: Any, country: str) -> list[str]:
    """Several numbers may share a cell, cut by , ; / or |."""
    parts = [part for part in re.split(r"[,;/|]", text(cell)) if part.strip()]
    return [phone(field, part, country) for part in parts]
