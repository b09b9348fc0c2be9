"""A portfolio of invented borrowers, as the CSV file that a lender would hand over. The same seed, the same file.

Telephones are of the unassigned range 55 0000.
"""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from alcorriente.demo.names import BRANCHES, GIVEN, SURNAMES, Branch
from loans.due_dates import CADENCES
from loans.schedule import ScheduledInstalment, Terms, schedule

SEED = 20261120
BORROWERS = 336
HISTORY = timedelta(days=120)
# How borrowers pay, in parts of 1000; the shares of lateness that follow are those of real microloans.
KINDS = (
    *(("stopped_8", 24), ("stopped_31", 36), ("stopped_61", 24), ("stopped_91", 24), ("finished", 70)),
    *(("struggling", 130), ("wobbly", 200), ("steady", 492)),
)
STOPPED_SINCE = {"stopped_8": (9, 29), "stopped_31": (32, 59), "stopped_61": (62, 89), "stopped_91": (92, 110)}
FREQUENCIES = {
    "weekly": (40, (16, 20, 24)),
    "biweekly": (25, (8, 10, 12)),
    "semimonthly": (20, (8, 12)),
    "monthly": (15, (4, 6, 9)),
}
STEP = {"weekly": 7, "biweekly": 14, "semimonthly": 15, "monthly": 30}
LABELS = (
    "Capital de trabajo",
    "Mejora de vivienda",
    "Moto",
    "Máquina de coser",
    "Puesto del mercado",
    "Estudios",
    "Cosecha",
)
CHANNELS = (("whatsapp", 55), ("sms", 30), ("telegram, sms", 15))
HEADER = (
    *("No. Crédito", "No. Cliente", "Cliente", "Teléfono", "Telegram", "Idioma", "Fecha de nacimiento"),
    *("Últimos 4 INE", "Región", "Sucursal", "Asesor", "Zona horaria", "Canal", "Consentimiento"),
    *("Fecha de consentimiento", "Evidencia", "Teléfono confirmado", "Monto", "Tasa anual", "Plazo", "Frecuencia"),
    *("Método", "Fecha de desembolso", "Etiqueta", "Producto", "Ciclo"),
)


@dataclass(frozen=True, slots=True)
class Person:
    external_id: str
    name: str
    phone: str
    telegram: str
    language: str
    born: date
    document: str
    branch: Branch
    channel: str
    consent: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class DemoLoan:
    """`kind` is how it is paid; of a stopped one, instalments from `stops_at` on stay unpaid."""

    external_id: str
    person: Person
    kind: str
    amount: int  # pesos
    rate: int
    count: int
    frequency: str
    disbursed_on: date
    label: str
    cycle: int
    stops_at: int | None = None

    def instalments(self) -> tuple[ScheduledInstalment, ...]:
        return schedule(
            Terms(
                principal=self.amount * 100,
                annual_rate=Decimal(self.rate),
                count=self.count,
                disbursed_on=self.disbursed_on,
                method="flat",
                cadence=CADENCES[self.frequency],
            )
        )


def generate(end: date, seed: int = SEED, borrowers: int = BORROWERS) -> list[DemoLoan]:
    """All loans of a portfolio that stands at `end`, by day of disbursement."""
    chance = random.Random(seed)  # noqa: S311  (invented people, not secrets)
    people = _people(chance, end, borrowers)
    kinds = _quota(chance, KINDS, borrowers)
    loans: list[DemoLoan] = []
    for person, kind in zip(people, kinds, strict=True):
        loans += _loans_of(chance, person, kind, end)
    numbered = sorted(loans, key=lambda each: (each.disbursed_on, each.person.external_id))
    return [_numbered(loan, number) for number, loan in enumerate(numbered, start=1)]


def portfolio_csv(loans: Iterable[DemoLoan]) -> bytes:
    held = io.StringIO()
    written = csv.writer(held)
    written.writerow(HEADER)
    written.writerows(_cells(loan) for loan in loans)
    return held.getvalue().encode()


def _cells(loan: DemoLoan) -> Sequence[str]:
    person = loan.person
    return (
        *(loan.external_id, person.external_id, person.name, person.phone, person.telegram, person.language),
        *(f"{person.born:%d/%m/%Y}", person.document, person.branch.region, person.branch.name),
        *(person.branch.officer, person.branch.zone, person.channel, "sí" if person.consent else "no"),
        *(f"{loan.disbursed_on:%d/%m/%Y}", f"contrato {loan.external_id}", "sí" if person.confirmed else "no"),
        *(f"${loan.amount:,}.00", f"{loan.rate}%", str(loan.count), loan.frequency, "flat"),
        *(f"{loan.disbursed_on:%d/%m/%Y}", loan.label, f"{loan.frequency} {loan.count}", str(loan.cycle)),
    )


def _quota(chance: random.Random, shares: Sequence[tuple[str, int]], size: int) -> list[str]:
    """Exactly the shares, in random order; the last one takes what rounding leaves."""
    whole = sum(share for _, share in shares)
    found = [name for name, share in shares for _ in range(round(share * size / whole))]
    found = (found + [shares[-1][0]] * size)[:size]
    chance.shuffle(found)
    return found


def _people(chance: random.Random, end: date, size: int) -> list[Person]:
    languages = _quota(chance, (("en", 10), ("es", 90)), size)
    channels = _quota(chance, CHANNELS, size)
    people: list[Person] = []
    for number in range(1, size + 1):
        branch = BRANCHES[number % len(BRANCHES)]
        # Every fiftieth telephone belongs to a couple.
        shared = people[-1] if number % 50 == 0 else None
        channel = shared.channel if shared else channels[number - 1]
        people.append(
            Person(
                external_id=f"C-{number:04}",
                name=_name(chance, branch),
                phone=shared.phone if shared else f"55 0000 {number:04}",
                telegram=f"9000{number:05}" if channel.startswith("telegram") else "",
                language=languages[number - 1],
                born=end - timedelta(days=chance.randint(20 * 365, 68 * 365)),
                document=f"{chance.randint(0, 9999):04}",
                branch=branch,
                channel=channel,
                consent=chance.random() < 0.97,
                confirmed=chance.random() < 0.95,
            )
        )
    return people


def _name(chance: random.Random, branch: Branch) -> str:
    own = chance.choice(branch.own_surnames) if chance.random() < 0.35 else chance.choice(SURNAMES)
    return f"{chance.choice(GIVEN)} {own} {chance.choice(SURNAMES)}"


def _loans_of(chance: random.Random, person: Person, kind: str, end: date) -> list[DemoLoan]:
    if kind in STOPPED_SINCE:
        main = _stopped(chance, person, kind, end)
    elif kind == "finished":
        main = _finished(chance, person, end - timedelta(days=chance.randint(6, 25)))
    else:
        main = _running(chance, person, kind, end)
    loans = [main]
    if main.cycle > 1 and chance.random() < 0.5:
        loans.append(
            _finished(chance, person, main.disbursed_on - timedelta(days=chance.randint(3, 14)), main.cycle - 1)
        )
    elif kind in ("steady", "wobbly") and chance.random() < 0.14:
        loans.append(_running(chance, person, kind, end, label="Temporada"))
    return loans


def _running(chance: random.Random, person: Person, kind: str, end: date, label: str = "") -> DemoLoan:
    """Somewhere between its first days and its last ones."""
    loan = _loan(chance, person, kind, *_frequency(chance))
    passed = round(chance.uniform(0.1, 0.9) * loan.count * STEP[loan.frequency])
    start = end - timedelta(days=max(8, min(passed, 170)))
    return replace(loan, disbursed_on=start, label=label or loan.label)


def _stopped(chance: random.Random, person: Person, kind: str, end: date) -> DemoLoan:
    """Its first unpaid instalment is as old as the kind says, to the day."""
    frequency, count = chance.choice((("weekly", 24), ("weekly", 24), ("biweekly", 12)))
    since, paid = chance.randint(*STOPPED_SINCE[kind]), chance.randint(1, 3)
    start = end - timedelta(days=since + STEP[frequency] * (paid + 1))
    return replace(_loan(chance, person, kind, frequency, count), disbursed_on=start, stops_at=paid + 1)


def _finished(chance: random.Random, person: Person, ended: date, cycle: int = 1) -> DemoLoan:
    """Due in full a few days before `ended`."""
    loan = _loan(chance, person, "finished", "weekly", 12)
    return replace(loan, disbursed_on=ended - timedelta(days=12 * 7 + 4), cycle=cycle)


def _frequency(chance: random.Random) -> tuple[str, int]:
    names = list(FREQUENCIES)
    frequency = chance.choices(names, [FREQUENCIES[name][0] for name in names])[0]
    return frequency, chance.choice(FREQUENCIES[frequency][1])


def _loan(chance: random.Random, person: Person, kind: str, frequency: str, count: int) -> DemoLoan:
    return DemoLoan(
        external_id="",
        person=person,
        kind=kind,
        amount=chance.randrange(3_000, 20_500, 500),
        rate=chance.choice((48, 60, 72, 84)),
        count=count,
        frequency=frequency,
        disbursed_on=date.min,
        label=chance.choice(LABELS),
        cycle=chance.choices((1, 2, 3, 4, 6), (45, 25, 15, 10, 5))[0],
    )


def _numbered(loan: DemoLoan, number: int) -> DemoLoan:
    return replace(loan, external_id=f"P-{number:05}")
