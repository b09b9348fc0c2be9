"""A lender on the running product: staff, a portfolio and a clock, all of it entered through its own doors."""

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.console.colleague import Colleague
from tests.journeys.phone import NOW, POLICY, Phone
from tests.product import ROOT, Product

ZONE = ZoneInfo("America/Mexico_City")
HEADER = (
    "Folio,No. cliente,Cliente,Celular,Monto,Tasa,Plazo,Frecuencia,Desembolso,Primer pago,Sucursal,Idioma,"
    "Consentimiento,Confirmado,Fecha de nacimiento"
)
PASSWORD = re.compile(r"shown only now: (\S+)")


@dataclass(frozen=True)
class Client:
    """A borrower with one loan of 4,000.00 whose first of eight instalments is a week late."""

    id: int
    loan: int
    number: str
    name: str
    phone: Phone


class Lender:
    def __init__(self, product: Product) -> None:
        self.product = product
        self._last = 0
        product.post("/simulator/reset", {"now": NOW, "policy": POLICY})
        self.admin = self._first_admin()
        self._staff = [self.admin]

    def _first_admin(self) -> Colleague:
        """As the papers say: at the command line, which shows the password once."""
        command = [str(Path(sys.executable).with_name("alcorriente")), "user", "add", "jefa@example.mx"]
        said = subprocess.run(
            [*command, "--name", "Jimena Rey", "--role", "admin"],
            env=self.product.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        found = PASSWORD.search(said)
        assert found is not None, said
        return Colleague(self.product.url, "jefa@example.mx", found[1], "Jimena Rey")

    def close(self) -> None:
        for each in self._staff:
            each.close()

    def numbers(self, how_many: int) -> range:
        """Of people and of loans that no other test has."""
        mine = range(self._last + 1, self._last + 1 + how_many)
        self._last += how_many
        return mine

    def hire(
        self, name: str, role: str = "collector", branches: tuple[str, ...] = (), language: str = "es"
    ) -> Colleague:
        email = f"{role}-{len(self._staff)}@example.mx"
        body = {"email": email, "name": name, "role": role, "branches": branches}
        added = self.admin.post("/staff", body).json()
        hired = Colleague(self.product.url, email, added["password"], name, number=added["id"])
        self._staff.append(hired)
        if language != added["language"]:
            hired.write("PATCH", "/session", {"language": language})
        return hired

    def lend(self, name: str, branch: str = "Centro", language: str = "es", born: str = "") -> Client:
        """Who has a date of birth can prove in the chat who is writing."""
        [number] = self.numbers(1)
        taken = self.take_file("\n".join((HEADER, self.row(number, name, branch, language, born))))
        assert taken["written"] == 1, taken["errors"]
        found = self.admin.get("/borrowers", q=f"C-{number}", limit=1).json()["items"][0]
        loan = self.admin.get(f"/borrowers/{found['id']}").json()["loans"][0]["id"]
        return Client(found["id"], loan, f"C-{number}", name, Phone(self.product, phone_of(number)))

    def row(self, number: int, name: str, branch: str = "Centro", language: str = "es", born: str = "") -> str:
        first = self.today - timedelta(days=7)
        lent = first - timedelta(days=14)
        who = f"P-{number},C-{number},{name},{phone_of(number)}"
        return f"{who},4000,48,8,quincenal,{lent},{first},{branch},{language},sí,sí,{born}"

    def give_zone(self, client: Client) -> None:
        """Nobody begins a talk with people of whom it is not known what time it is there."""
        path = f"/borrowers/{client.id}"
        etag = self.admin.get(path).headers["etag"]
        told = self.admin.write("PATCH", path, {"zone": str(ZONE)}, if_match=etag)
        assert told.status_code == 200, told.text

    def case(self, client: Client, reason: str = "hardship") -> int:
        """Opened by hand: without a word from the borrower, and so without a conversation."""
        return int(self.admin.post("/cases", {"borrower_id": client.id, "reason": reason}).json()["id"])

    def take_file(self, text: str, kind: str = "portfolio") -> dict[str, Any]:
        answer = self.admin.upload(f"/imports?kind={kind}", "cartera.csv", text)
        taken: dict[str, Any] = answer.json()
        return taken

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.admin.get("/session").json()["now"])

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def pass_time(self, how_long: timedelta) -> None:
        """Hour by hour, with all that the product does in it."""
        self.product.post("/simulator/clock", {"advance": how_long.total_seconds()})


def phone_of(number: int) -> str:
    return f"+5255{number:08d}"
