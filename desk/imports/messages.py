"""What an import says to the person who gave it the file, in Spanish or English."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from desk.imports.report import ImportProblem, ImportReport, RowError

Texts = Mapping[str, tuple[str, str]]

FILE_PROBLEMS: Mapping[str, Texts] = {
    "es": {
        "file_unreadable": ("No se puede abrir {file}: {why}.", "Revise la ruta y los permisos."),
        "file_empty": ("{file} está vacío.", "Exporte el archivo de nuevo."),
        "file_too_large": ("{file} es demasiado grande para abrirlo.", "Divídalo en varios archivos o use CSV."),
        "spreadsheet_broken": (
            "{file} está dañado o incompleto.",
            "Ábralo en su hoja de cálculo, guárdelo de nuevo como .xlsx y vuelva a intentarlo.",
        ),
        "not_a_table": ("{file} no es un archivo CSV ni una hoja de cálculo.", "Expórtelo como CSV o .xlsx."),
        "csv_broken": ("{file} no se puede leer desde la línea {line}.", "Revise las comillas de esa línea."),
        "columns_missing": (
            "En {file} faltan las columnas: {fields}. Se leyó este encabezado: {header}.",
            "Agregue las columnas o cambie su nombre.",
        ),
    },
    "en": {
        "file_unreadable": ("{file} can't be opened: {why}.", "Check its path and permissions."),
        "file_empty": ("{file} is empty.", "Export the file again."),
        "file_too_large": ("{file} is too large to open.", "Split it into several files or use CSV."),
        "spreadsheet_broken": (
            "{file} is damaged or incomplete.",
            "Open it in your spreadsheet program, save it again as .xlsx and retry.",
        ),
        "not_a_table": ("{file} is neither a CSV file nor a spreadsheet.", "Export it as CSV or .xlsx."),
        "csv_broken": ("{file} can't be read from line {line} on.", "Check the quotes in that line."),
        "columns_missing": (
            "{file} lacks the columns: {fields}. This header was read: {header}.",
            "Add the columns or rename them.",
        ),
    },
}
ROW_PROBLEMS: Mapping[str, Texts] = {
    "es": {
        "value_missing": ("falta el dato", "Escriba un valor."),
        "amount_unreadable": ("no es un importe", "Escriba un número, por ejemplo 1,250.50."),
        "amount_decimals": ("tiene más decimales que su moneda", "Redondee, por ejemplo a centavos."),
        "amount_not_positive": ("debe ser mayor que cero", "Escriba un importe mayor que 0."),
        "rate_range": ("no es una tasa posible", "Escriba la tasa en por ciento, entre 0 y 1000."),
        "rate_share": ("parece una fracción y no un por ciento", "Escriba 36 para 36 %."),
        "date_unreadable": ("no es una fecha", "Escríbala como dd/mm/aaaa, por ejemplo 31/01/2026."),
        "date_in_future": ("es una fecha futura", "Use la fecha de hoy o una anterior."),
        "number_unreadable": ("no es un número entero", "Escriba solo dígitos, por ejemplo 16."),
        "count_unit": ("no dice cuántos pagos son", "Escriba el número de pagos según la frecuencia."),
        "yes_no_unreadable": ("no es sí ni no", "Escriba sí o no."),
        "choice_unknown": ("no se conoce", "Use uno de estos valores: {choices}."),
        "phone_unreadable": ("no es un teléfono", "Escriba 10 dígitos, o + y la clave del país."),
        "zone_unknown": ("no es una zona horaria", "Escriba por ejemplo America/Mexico_City o Tijuana."),
        "country_unknown": ("no es un país", "Escriba su código de dos letras, por ejemplo MX."),
        "currency_unknown": ("no es una moneda", "Escriba su código de tres letras, por ejemplo MXN."),
        "document_short": ("es demasiado corto", "Escriba los últimos 4 caracteres."),
        "terms_refused": ("las condiciones no dan un plan de pagos ({why})", "Revise monto, tasa, plazo y fechas."),
        "schedule_empty": ("el crédito no tiene pagos", "Agregue sus pagos o el plazo."),
        "schedule_sum": ("el capital de los pagos no suma el monto", "Corrija los pagos o el monto."),
        "schedule_numbers": ("el número de pago se repite", "Numere cada pago una sola vez."),
        "loan_twice": ("el crédito ya está en la línea {line}", "Deje una sola línea por crédito."),
        "loan_of_other_borrower": ("el crédito es del cliente {borrower}", "Use ese cliente u otro crédito."),
        "terms_locked": (
            "las condiciones cambiaron y el crédito ya tiene pagos o cargos",
            "Deje las condiciones como estaban, o registre la reestructura como un crédito nuevo.",
        ),
        "loan_unknown": ("no hay un crédito con ese número", "Importe primero la cartera o corrija el número."),
        "wrong_currency": ("el crédito está en {currency}", "Registre el pago en esa moneda."),
        "row_refused": ("la base de datos no aceptó la línea", "Revise la línea e inténtelo de nuevo."),
    },
    "en": {
        "value_missing": ("the value is missing", "Enter a value."),
        "amount_unreadable": ("is no amount", "Enter a number, such as 1,250.50."),
        "amount_decimals": ("has more decimals than its currency", "Round it, for example to cents."),
        "amount_not_positive": ("must be above zero", "Enter an amount above 0."),
        "rate_range": ("is no possible rate", "Enter the rate in percent, between 0 and 1000."),
        "rate_share": ("looks like a fraction, not a percentage", "Enter 36 for 36 %."),
        "date_unreadable": ("is no date", "Write it as dd/mm/yyyy, such as 31/01/2026."),
        "date_in_future": ("is a date in the future", "Use today's date or an earlier one."),
        "number_unreadable": ("is no whole number", "Enter digits only, such as 16."),
        "count_unit": ("does not say how many payments", "Enter the number of payments of that frequency."),
        "yes_no_unreadable": ("is neither yes nor no", "Enter yes or no."),
        "choice_unknown": ("is not known", "Use one of: {choices}."),
        "phone_unreadable": ("is no telephone number", "Enter 10 digits, or + and the country code."),
        "zone_unknown": ("is no time zone", "Enter for example America/Mexico_City or Tijuana."),
        "country_unknown": ("is no country", "Enter its two-letter code, such as MX."),
        "currency_unknown": ("is no currency", "Enter its three-letter code, such as MXN."),
        "document_short": ("is too short", "Enter the last 4 characters."),
        "terms_refused": ("the terms give no schedule ({why})", "Check amount, rate, count and dates."),
        "schedule_empty": ("the loan has no instalments", "Add its instalments or their number."),
        "schedule_sum": (
            "the instalments do not repay the amount",
            "Mend the instalments or the amount.",
        ),
        "schedule_numbers": ("an instalment number occurs twice", "Number each instalment once."),
        "loan_twice": ("the loan is already in line {line}", "Leave one line per loan."),
        "loan_of_other_borrower": ("the loan belongs to borrower {borrower}", "Use that borrower or another loan."),
        "terms_locked": (
            "the terms changed and the loan already has payments or charges",
            "Leave the terms as they were, or enter a restructured loan as a new one.",
        ),
        "loan_unknown": ("there is no loan with this number", "Import the portfolio first or mend the number."),
        "wrong_currency": ("the loan is in {currency}", "Enter the payment in that currency."),
        "row_refused": ("the store refused the line", "Check the line and try again."),
    },
}
NOTES: Mapping[str, Mapping[str, str]] = {
    "es": {
        "without_zone": "{count} clientes sin zona horaria: no se les escribirá hasta tenerla.",
        "without_address": "{count} créditos sin teléfono: no se les podrá escribir.",
        "without_consent": "{count} créditos sin consentimiento: no se les escribirá hasta tenerlo.",
    },
    "en": {
        "without_zone": "{count} borrowers without a time zone: nobody will write to them before it is known.",
        "without_address": "{count} loans without a telephone: they can't be written to.",
        "without_consent": "{count} loans without consent: nobody will write to them before it is given.",
    },
}
FIELDS_ES: Mapping[str, str] = {
    "loan": "crédito",
    "borrower": "no. de cliente",
    "name": "nombre",
    "phone": "teléfono",
    "phone_2": "teléfono 2",
    "principal": "monto",
    "rate": "tasa",
    "monthly_rate": "tasa mensual",
    "count": "plazo",
    "frequency": "frecuencia",
    "method": "método",
    "disbursed_on": "fecha de desembolso",
    "first_due": "fecha del primer pago",
    "currency": "moneda",
    "language": "idioma",
    "zone": "zona horaria",
    "country": "país",
    "channel": "canal",
    "consent": "consentimiento",
    "consent_on": "fecha de consentimiento",
    "confirmed": "teléfono confirmado",
    "birth_date": "fecha de nacimiento",
    "document": "últimos 4 del documento",
    "cycle": "ciclo",
    "instalments": "pagos",
    "number": "número de pago",
    "due": "vencimiento",
    "interest": "interés",
    "amount": "importe",
    "date": "fecha",
}


ERROR_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "es": ("Línea", "Campo", "Valor", "Problema", "Solución"),
    "en": ("Line", "Field", "Value", "Problem", "Fix"),
}
SUMMARY: Mapping[str, tuple[str, str]] = {
    "es": (
        "{rows} filas: {written} nuevas, {updated} actualizadas, {unchanged} sin cambios, {refused} rechazadas.",
        "Solo prueba: no se guardó nada.",
    ),
    "en": (
        "{rows} rows: {written} new, {updated} updated, {unchanged} unchanged, {refused} refused.",
        "Dry run: nothing was written.",
    ),
}


def summary(report: ImportReport, language: str) -> str:
    counts, dry_run = SUMMARY[_known(language)]
    said = counts.format(
        rows=report.rows,
        written=report.written,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=report.refused,
    )
    return f"{said} {dry_run}" if report.dry_run else said


def file_problem(problem: ImportProblem, language: str) -> tuple[str, str]:
    """What is wrong with the file, and the fix."""
    values = dict(problem.values)
    if "fields" in values:
        values["fields"] = ", ".join(field_name(each, language) for each in values["fields"])
    return _filled(FILE_PROBLEMS[_known(language)][problem.problem], values)


def row_problem(error: RowError, language: str) -> tuple[str, str]:
    """What is wrong with the cell, and the fix."""
    return _filled(ROW_PROBLEMS[_known(language)][error.problem], error.values)


def errors_csv(errors: Iterable[RowError], language: str) -> str:
    """For a spreadsheet: with the mark by which it knows UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(ERROR_COLUMNS[_known(language)])
    for each in errors:
        writer.writerow([each.line, field_name(each.field, language), each.value, *row_problem(each, language)])
    return "\ufeff" + written.getvalue()


def note(key: str, count: int, language: str) -> str:
    return NOTES[_known(language)][key].format(count=count)


def field_name(field: str, language: str) -> str:
    """In English the fields are called as in the code."""
    return FIELDS_ES.get(field, field) if _known(language) == "es" else field.replace("_", " ")


def _known(language: str) -> str:
    return "en" if language.startswith("en") else "es"


class _Unkept(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def _filled(texts: tuple[str, str], values: Mapping[str, Any]) -> tuple[str, str]:
    """A value that was not kept, because it may name somebody, is an ellipsis."""
    problem, fix = texts
    return problem.format_map(_Unkept(values)), fix.format_map(_Unkept(values))
