"""Amounts and days as people say and write them, for reading them back."""

import re
from collections.abc import Iterator
from datetime import date, timedelta


def words(text: str) -> list[str]:
    return text.split()


UNITS = words("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince")
UNITS += ["dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés"]
UNITS += ["veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"]
TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos"]
HUNDREDS += ["ochocientos", "novecientos"]
ONES = words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
ONES += ["seventeen", "eighteen", "nineteen"]
TYS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WEEKDAYS = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
ENGLISH_MONTHS = words("January February March April May June July August September October November December")


def spanish(number: int) -> str:
    """1 to 999,999 in words."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{apocopated(thousands)} mil"
        return f"{head} {spanish(rest)}" if rest else head
    if number > 100:
        hundreds, rest = divmod(number, 100)
        return f"{HUNDREDS[hundreds]} {spanish(rest)}" if rest else HUNDREDS[hundreds]
    if number == 100:
        return "cien"
    if number < 30:
        return UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{TENS[tens]} y {UNITS[unit]}" if unit else TENS[tens]


def apocopated(number: int) -> str:
    """'Veintiún mil', 'treinta y un mil'."""
    return re.sub("uno$", "ún" if number % 100 == 21 else "un", spanish(number))


def english(number: int) -> str:
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return f"{english(thousands)} thousand {english(rest)}" if rest else f"{english(thousands)} thousand"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{ONES[hundreds]} hundred {english(rest)}" if rest else f"{ONES[hundreds]} hundred"
    if number < 20:
        return ONES[number]
    tens, unit = divmod(number, 10)
    return f"{TYS[tens]}-{ONES[unit]}" if unit else TYS[tens]


def amounts(number: int) -> Iterator[str]:
    """The ways to write a whole amount of at least 32."""
    yield from (f"{number}", f"${number}", f"$ {number}.00", f"{number} pesos", f"{number} varos", f"{number} bucks")
    yield from (f"{number:,}", f"${number:,}.00", f"{number:,} pesos", f"{number:,}".replace(",", "."))
    yield from (spanish(number), f"{spanish(number)} pesos", english(number), f"{english(number)} pesos")
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        yield f"{number:,}".replace(",", "'")
        if rest >= 100:
            yield f"{thousands} mil {rest}"
            yield f"{thousands} {rest:03} pesos" if thousands < 100 else f"{number}"
        if number % 100 == 0:
            yield from (f"{number / 1000:g} mil", f"{number / 1000:g}k")


def near_days(today: date, ahead: int) -> Iterator[str]:
    """The ways to say a day that is so many days ahead, at most three weeks."""
    day = today + timedelta(ahead)
    yield from dated(day)
    if ahead <= 2:
        yield from ((("hoy", "today"), ("mañana", "tomorrow"), ("pasado mañana", "the day after tomorrow"))[ahead])
    if ahead > 1 and ahead not in {8, 15}:
        yield from (
            f"en {ahead} días",
            f"dentro de {spanish(ahead)} días",
            f"in {ahead} days",
            f"in {english(ahead)} days",
        )
    if 0 < ahead <= 7:
        yield from (
            f"el {WEEKDAYS[day.weekday()]}",
            f"el próximo {WEEKDAYS[day.weekday()]}",
            f"on {DAYS[day.weekday()]}",
        )
        yield from (f"el {WEEKDAYS[day.weekday()]} {day.day}", f"el {WEEKDAYS[day.weekday()]} que viene")
    if 7 < ahead <= 14:
        name, spoken = WEEKDAYS[day.weekday()], DAYS[day.weekday()]
        yield from (f"el otro {name}", f"{name} en ocho", f"el {name} en ocho", f"a week from {spoken}")
    if ahead in {7, 14}:
        yield from (
            (("en ocho días", "en una semana", "in a week"), ("a los quince días", "en dos semanas"))[ahead // 14]
        )
    if day.weekday() == today.weekday() or 0 < ahead <= 28:
        yield f"el {day.day}" if ahead else "hoy"


def dated(day: date) -> Iterator[str]:
    """With its month, so that it needs no other day to be understood."""
    month, spoken = MONTHS[day.month - 1], ENGLISH_MONTHS[day.month - 1]
    yield from (
        f"el {day.day} de {month}",
        f"{day.day} de {month[:3]}",
        f"{day.day} {month[:3]}",
        f"{spoken} {day.day}",
    )
    yield from (f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", f"{day:%Y-%m-%d}", f"el {day.day} de {month} de {day.year}")
    yield from (
        f"{spoken[:3]} {day.day}",
        f"the {day.day}th of {spoken}",
        f"el {WEEKDAYS[day.weekday()]} {day.day} de {month}",
    )
