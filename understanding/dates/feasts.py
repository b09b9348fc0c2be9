"""Feasts with a date of their own; those that move, or differ by country, are asked back."""

import re
from datetime import date, timedelta
from typing import Final

from understanding.dates import days
from understanding.dates.days import VagueDateError
from understanding.dates.rules import Found, Read, Reader, rule, vague

_ON: Final = r"(?:(?:el|la|en|para|hasta|por|by|at|on|this|the|este|esta|dia de) )"


def _feast(month: int, day: int) -> Read:
    return lambda _m, r: days.day_of_month(r.today, day, month, None, r.back)


def _thanksgiving(shift: int) -> Read:
    """The fourth Thursday of November, or the Friday after it."""

    def thanksgiving(_m: re.Match[str], r: Reader) -> Found:
        for year in (r.today.year, r.today.year + 1):
            first = date(year, 11, 1)
            found = first + timedelta((3 - first.weekday()) % 7 + 21 + shift)
            if found >= r.today:
                return found
        raise VagueDateError

    return thanksgiving


RULES: Final = [
    # Before 'after Christmas' is heard as no day.
    rule(
        "navidad christmas boxing",
        r"\b(?:(?:the )?day after christmas(?: day)?|boxing day|(?:(?:el|un|al) )?dia (?:despues"
        r"|siguiente) (?:de|a) navidad)\b",
        _feast(12, 26),
    ),
    rule(
        "navidad christmas", r"\b(?:(?:the )?day before christmas|(?:el |un )?dia antes de navidad)\b", _feast(12, 24)
    ),
    rule("ano year", r"\b(?:(?:the )?day after new years?(?: day)?|(?:el )?dia despues de ano nuevo)\b", _feast(1, 2)),
    rule(
        "navidad christmas reyes ano_nuevo new_year",
        r"\b(?:pasando|antes de|despues de|after|before)(?: el| la| los| dia de)* (?:navidad|christmas|reyes|ano nuevo"
        r"|new years?)\b",
        vague,
    ),
    rule("nochebuena christmas", r"\b(?:nochebuena|christmas eve)\b", _feast(12, 24)),
    rule(
        "navidad christmas",
        rf"\b{_ON}+(?:dia de )?(?:navidad|christmas)(?: day)?\b|^\W*(?:navidad|christmas)\W*$",
        _feast(12, 25),
    ),
    rule(
        "fin_de fines_de finales_de end_of nochevieja eve",
        r"\b(?:fin(?:es|ales|al)? de ano|end of (?:the )?year|year end|nochevieja|new years eve)\b",
        _feast(12, 31),
    ),
    rule("ano year", r"\b(?<!feliz )(?:ano nuevo|new years?(?: day)?)\b(?! eve)", _feast(1, 1)),
    rule(
        "reyes", rf"\b{_ON}+(?:dia de )?(?:los )?(?:santos )?reyes(?: magos)?\b|^\W*(?:dia de )?reyes\W*$", _feast(1, 6)
    ),
    rule(
        "caacupe inmaculada purisima",
        r"\b(?:(?:(?:dia|fiesta) de )?(?:la )?(?:virgen (?:de )?)?caacupe|(?:dia|fiesta) de la (?:inmaculada|purisima)"
        r"(?: concepcion)?)\b",
        _feast(12, 8),
    ),
    rule(
        "virgen guadalup",
        r"\b(?:dia|fiesta|fiestas) de (?:la )?(?:virgen|guadalupe|guadalupana|virgencita)(?: de guadalupe)?\b",
        _feast(12, 12),
    ),
    rule("muertos santos", r"\bdia de (?:los )?(?:muertos|fieles difuntos)\b", _feast(11, 2)),
    rule("santos", r"\bdia de todos (?:los )?santos\b", _feast(11, 1)),
    rule("halloween", r"\bhalloween\b", _feast(10, 31)),
    rule("candelaria", r"\b(?:dia de )?(?:la )?candelaria\b", _feast(2, 2)),
    rule(
        "velitas diablo griteria",
        r"\b(?:(?:dia|noche) de (?:las )?velitas|quema del? diablo|(?:noche|dia) de (?:la )?griteria)\b",
        _feast(12, 7),
    ),
    rule("bonifacio", r"\bbonifacio day\b", _feast(11, 30)),
    rule("jamhuri", r"\bjamhuri(?: day)?\b", _feast(12, 12)),
    rule("rizal", r"\brizal day\b", _feast(12, 30)),
    rule("inocentes", r"\bdia de (?:los )?(?:santos )?inocentes\b", _feast(12, 28)),
    rule("valentin amor", r"\b(?:san valentin|valentines(?: day)?|dia del amor(?: y la amistad)?)\b", _feast(2, 14)),
    rule("thanksgiving", r"\b(?:the )?day after thanksgiving\b", _thanksgiving(1)),
    rule(
        "thanksgiving gracias", r"(?<!happy )\b(?:thanksgiving(?: day)?|dia de accion de gracias)\b", _thanksgiving(0)
    ),
    rule("black negro", r"\b(?:black friday|viernes negro)\b", _thanksgiving(1)),
    rule(
        "santa santo santos semana_de week carnaval easter pascua dia_de_l dia_del mothers fathers buen_fin posadas",
        r"\b(?:semana santa|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:santo|de gloria|de ceniza"
        r"|de ramos)|semana de (?:navidad|reyes|ano nuevo|muertos|thanksgiving)|(?:christmas|thanksgiving) week"
        r"|carnaval(?:es)?|easter|good friday|pascuas?|dia de la(?:s)? madres?|dia del (?:padre|nino|maestro|trabajo"
        r"|trabajador)|(?:mothers|fathers|labor|memorial) day|buen fin|(?:las )?posadas)\b",
        vague,
    ),
]
