"""Which calendar day a spoken date means. Every rule looks forward from today, or back for payments already made."""

import calendar
from datetime import date, timedelta

Span = tuple[date, date]


class VagueDateError(ValueError):
    """The words name no single day that could be accepted: the borrower must be asked."""


def weekday(today: date, day: int, back: bool = False) -> date:
    """The next such weekday, never today itself ('el miércoles' said on a Wednesday); looking back, the last one."""
    if back:
        return today - timedelta((today.weekday() - day - 1) % 7 + 1)
    return today + timedelta((day - today.weekday() - 1) % 7 + 1)


def day_number(today: date, number: int, back: bool = False) -> date:
    """The next day with that number, today included; a month without it rolls on to one that has it."""
    year, month = today.year, today.month
    for _ in range(4):
        if number <= calendar.monthrange(year, month)[1]:
            found = date(year, month, number)
            if (found <= today) if back else (found >= today):
                return found
        year, month = shift_month(year, month, -1 if back else 1)
    raise VagueDateError


def day_of_month(today: date, day: int, month: int, year: int | None, back: bool = False) -> date:
    """A day with its month. Without a year, a day more than nine months ahead more likely means the recent past."""
    try:
        if year is not None:
            return date(year, month, day)
        found = date(today.year, month, day)
        if back and found > today:
            return date(today.year - 1, month, day)
        if not back and found < today:
            found = date(today.year + 1, month, day)
    except ValueError as impossible:
        raise VagueDateError from impossible
    if (found - today).days > 270:
        raise VagueDateError
    return found


def slashed(today: date, first: int, second: int, year: int | None, back: bool = False) -> date:
    """dd/mm. Without a year, a day more than three months away that also reads as mm/dd is not accepted."""
    if second > 12 >= first and first != second:
        return day_of_month(today, second, first, year, back)
    found = day_of_month(today, first, second, year, back)
    swappable = first <= 12 and second <= 12 and first != second
    if year is None and swappable and abs((found - today).days) > 92:
        raise VagueDateError
    return found


def payday(today: date, back: bool = False) -> date:
    """The quincena: the next 15th or last day of the month, today included."""
    days = [day for shift in (-1, 0, 1) for day in _paydays(*shift_month(today.year, today.month, shift))]
    return max(d for d in days if d <= today) if back else min(d for d in days if d >= today)


def _paydays(year: int, month: int) -> Span:
    return date(year, month, 15), last_day(year, month)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def add_months(today: date, months: int) -> date:
    """The same day number some months on, or that month's last day."""
    year, month = shift_month(today.year, today.month, months)
    return min(date(year, month, 1) + timedelta(today.day - 1), last_day(year, month))


def month(today: date, number: int, back: bool = False) -> Span:
    """A month without a day, from today on if it is the present month."""
    year = today.year + (-1 if back and number > today.month else 1 if not back and number < today.month else 0)
    last = last_day(year, number)
    if not back and (last - today).days > 300:
        raise VagueDateError
    first = date(year, number, 1)
    return (first, min(last, today)) if back else (max(first, today), last)


def week(today: date, weeks: int) -> Span:
    """Monday to Sunday of this week (from today on), or of a week some weeks away."""
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    return (today if weeks == 0 else monday), monday + timedelta(6)


def weekend(today: date, weeks: int = 0) -> Span:
    """The coming Saturday and Sunday, on a weekend what is left of it."""
    monday = today - timedelta(today.weekday()) + timedelta(weeks=weeks)
    return max(today, monday + timedelta(5)), monday + timedelta(6)


def after(today: date, count: int, unit: str) -> date:
    """'En ocho días' is a week, 'en quince días' two (Spanish counts today); months keep the day number."""
    found = _after(today, count, unit)
    if count <= 0 or (found - today).days > 400:
        raise VagueDateError
    return found


def _after(today: date, count: int, unit: str) -> date:
    if unit.startswith(("mes", "month")):
        return add_months(today, count)
    if unit.startswith(("semana", "week")):
        return today + timedelta(weeks=count)
    if unit.startswith(("quincena", "fortnight")):
        return today + timedelta(weeks=2 * count)
    spanish = unit.startswith("di")
    return today + timedelta({8: 7, 15: 14}.get(count, count) if spanish else count)
