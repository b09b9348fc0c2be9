"""Files as lenders send them, for the tests of the imports."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from desk.imports.table import Table, table_of
from loans.tables import Lender

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

COLUMNS = {
    "No. Crédito": "L-1",
    "No. Cliente": "C-1",
    "Cliente": "Ana Pérez López",
    "Teléfono": "55 1234 5678",
    "Monto": "$12,000.00",
    "Tasa anual": "60%",
    "Plazo": "16",
    "Frecuencia": "semanal",
    "Fecha de desembolso": "02/10/2026",
    "Sucursal": "Centro",
    "Región": "Jalisco",
    "Consentimiento": "sí",
    "Canal": "whatsapp",
    "Fecha de nacimiento": "12/04/1985",
    "Últimos 4 INE": "4321",
    "Zona horaria": "America/Mexico_City",
}
HEADER = list(COLUMNS)


def row(changes: Mapping[str, Any] | None = None) -> list[Any]:
    """The usual row with other cells, by header."""
    assert (changes or {}).keys() <= COLUMNS.keys()
    return list({**COLUMNS, **(changes or {})}.values())


def csv_table(*rows: Sequence[Any], header: Sequence[str] = HEADER, delimiter: str = ",") -> Table:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([header, *rows])
    return table_of(written.getvalue().encode(), "cartera.csv")


def a_lender(session: Session) -> None:
    session.add(Lender(name="Caja Azul", legal_name="Caja Azul SC", phone="+525500000000"))
    session.flush()
