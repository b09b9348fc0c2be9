"""Currencies as borrowers name them, and amounts in minor units. 'Pesos' and slang words mean the local currency."""

import re
from typing import Final

# ISO 4217 currencies of the region without minor units; all others here have two decimals.
_WITHOUT_CENTS: Final = {"CLP", "PYG"}
# A hundred million pesos: beyond any microcredit, so such a number is a phone or an account.
_LARGEST: Final = 100_000_000

CURRENCIES: Final = {
    "PEN": r"soles|sol|lucas peruanas|pen",
    "USD": r"dolares|dolar|usd|dls|dlls|us dollars|dollars|dollar|us|de dolares",
    "GTQ": r"quetzales|quetzal|gtq",
    "HNL": r"lempiras|lempira|hnl|lps",
    "NIO": r"cordobas|cordoba|nio",
    "CRC": r"colones|colon|crc",
    "PYG": r"guaranies|guarani|pyg",
    "VES": r"bolivares|ves",
    "BOB": r"bolivianos|boliviano|bob",
    "BRL": r"reales|reais|brl",
    "EUR": r"euros|euro|eur",
    "GBP": r"libras esterlinas|pounds|gbp",
    "PAB": r"balboas|balboa|pab",
    "KES": r"kenyan? shillings?|kes|ksh",
    "PHP": r"philippine pesos|pesos filipinos|php",
    "COP": r"pesos colombianos|cop",
    "ARS": r"pesos argentinos|ars",
    "CLP": r"pesos chilenos|clp",
    "DOP": r"pesos dominicanos|dop|rd",
    "UYU": r"pesos uruguayos|uyu",
    "MXN": r"pesos mexicanos|mxn|mn|m\.n\.",
}
LOCAL: Final = (
    r"pesos|varos|baros|varitos|baritos|bolas|bolitas|bolucas|mangos|bucks|lanas|pesotes|morlacos|marmajas|de pesos"
    r"|cueros|latas|shillings?"
)
# How much they are worth differs by country, or is never said.
UNCLEAR: Final = (
    r"lucas?|luquitas?|lukas?|palos?|palitos?|gambas?|barras?|bs|melones|melon|quinas?"
    r"|y (?:pico|picos|cacho|cachito|tantos|tantas|algo|fraccion|feria|poquito|un poco|monedas|something|change)"
)
SIGN: Final = (
    r"(?:us ?\$|usd ?\$?|mx ?\$|mxn ?\$?|\$|gtq\.?|s ?/ ?\.?|pen|lps?\.?|l\.?(?= ?\d)|bs\.?|cop ?\$?|rd ?\$|c ?\$|eur"
    r"|gbp|crc|pyg|hnl|kes|ksh|php|clp|ars|uyu|dop|bob)\.?"
)
_SIGNS: Final = {
    "usd": "USD", "us": "USD", "mx": "MXN", "gtq": "GTQ", "s": "PEN", "pen": "PEN", "lp": "HNL", "l": "HNL",
    "hnl": "HNL", "kes": "KES", "ksh": "KES", "php": "PHP", "clp": "CLP", "ars": "ARS", "uyu": "UYU", "dop": "DOP",
    "bob": "BOB", "cop": "COP", "rd": "DOP", "c": "NIO", "eur": "EUR", "gbp": "GBP", "crc": "CRC", "pyg": "PYG",
}  # fmt: skip


def signed_currency(sign: str, local: str) -> str:
    """The currency of a sign before a number: 'us$', 's/', or '$' for the local one."""
    letters = re.sub(r"[^a-z]", "", sign)
    return next((_SIGNS[letters[:size]] for size in (3, 2, 1) if letters[:size] in _SIGNS), local)


def minor_units(number: str, currency: str) -> int | None:
    """'1,200', '1.200', '1.500,50', '1,500.50', '1 200' in minor units; None if it is beyond any microcredit."""
    number = number.replace("'", "").replace(" ", "")
    whole, decimals = number, ""
    last = max(number.rfind("."), number.rfind(","))
    if last >= 0 and len(number) - last - 1 < 3:
        whole, decimals = number[:last], number[last + 1 :]
    units = int(re.sub(r"[.,]", "", whole)[:15] or 0)
    if units > _LARGEST:
        return None
    if currency in _WITHOUT_CENTS:
        return units
    return units * 100 + int(decimals.ljust(2, "0") or 0)
