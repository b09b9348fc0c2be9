"""A borrower's time zone from what a file says: an IANA name, its city, or the Mexican state on record.

Each state has the zone that most of it keeps (IANA's `zone1970.tab`, after Mexico's law of October 2022); the
few border and coast towns that differ are entered with the zone column.
"""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from desk.imports.report import BadValue
from desk.imports.values import plain, text

CENTRE, PACIFIC, NORTHWEST, SOUTHEAST = "America/Mexico_City", "America/Mazatlan", "America/Tijuana", "America/Cancun"
SPOKEN = {
    "centro": CENTRE,
    "tiempo del centro": CENTRE,
    "pacifico": PACIFIC,
    "tiempo del pacifico": PACIFIC,
    "noroeste": NORTHWEST,
    "tiempo del noroeste": NORTHWEST,
    "sureste": SOUTHEAST,
    "tiempo del sureste": SOUTHEAST,
    "cdmx": CENTRE,
    "mexico": CENTRE,
}
STATES = {
    **dict.fromkeys(("baja california",), NORTHWEST),
    **dict.fromkeys(("baja california sur", "nayarit", "sinaloa"), PACIFIC),
    **dict.fromkeys(("sonora",), "America/Hermosillo"),
    **dict.fromkeys(("chihuahua",), "America/Chihuahua"),
    **dict.fromkeys(("quintana roo",), SOUTHEAST),
    **dict.fromkeys(("campeche", "yucatan"), "America/Merida"),
    **dict.fromkeys(("coahuila", "coahuila de zaragoza", "nuevo leon", "durango"), "America/Monterrey"),
    **dict.fromkeys(
        (
            *("aguascalientes", "chiapas", "ciudad de mexico", "cdmx", "distrito federal", "colima", "guanajuato"),
            *("estado de mexico", "mexico", "edomex", "guerrero", "hidalgo", "jalisco", "michoacan", "morelos"),
            *("michoacan de ocampo", "oaxaca", "puebla", "queretaro", "san luis potosi", "tabasco", "tamaulipas"),
            *("tlaxcala", "veracruz", "veracruz de ignacio de la llave", "zacatecas"),
        ),
        CENTRE,
    ),
}


def zone(field: str, cell: Any) -> str:
    found = _known().get(plain(text(cell)).replace(" ", "_")) or SPOKEN.get(plain(text(cell)))
    if found is None:
        raise BadValue(field, cell, "zone_unknown")
    return found


def zone_of_state(name: str) -> str | None:
    return STATES.get(plain(name))


@lru_cache
def _known() -> dict[str, str]:
    """Full names, and the cities of America alone: 'tijuana'."""
    names = available_timezones()
    cities = {each.rsplit("/", 1)[1].lower(): each for each in sorted(names) if each.startswith("America/")}
    return {**cities, **{each.lower(): each for each in names}}
