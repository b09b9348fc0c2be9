"""Home's figures and lists at the API: of the asker's branches only, as pages and as files."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from desk.access import Role
from tests.admin_api.door import Door, Person, sign_in, stranger
from tests.admin_api.portfolio import two_branches
from tests.admin_api.test_imports import a_file, give
from tests.desk.files import HEADER, a_lender, row

ROWS = [
    row({"Sucursal": "Centro"}),
    row({"No. Crédito": "L-2", "No. Cliente": "C-2", "Sucursal": "Norte"}),
    row({"No. Crédito": "=L-3", "No. Cliente": "C-3", "Sucursal": "Norte", "Teléfono": "55 1234 5679"}),
]
FILES = ["active", "promises_due_week", "promises_ended", "reminders_sent", "payments", "places", "recovered"]


@pytest.fixture
def boss(door: Door) -> Person:
    with Session(door.engine) as session:
        a_lender(session)
        session.commit()
    admin = sign_in(door, Role.ADMIN)
    assert give(admin, a_file(*ROWS)).json()["written"] == 3
    return admin


def test_home_counts_what_the_asker_may_see(door: Door, boss: Person) -> None:
    (whole,) = boss.get("/reports/home").json()["portfolios"]
    assert (whole["loans"], whole["gross"]) == (3, 3 * 12_000_00)
    north = sign_in(door, Role.SUPERVISOR, ("Norte",))
    (own,) = north.get("/reports/home").json()["portfolios"]
    assert own["loans"] == 2
    assert north.get("/reports/home", branch="Centro").json()["portfolios"] == []
    assert {each["branch"] for each in north.get("/reports/home").json()["places"]} <= {"Norte", None}
    assert boss.get("/reports/home").json()["effect"] == {"effect": None, "reason": "not_measured"}


def test_each_list_is_read_page_by_page(door: Door, boss: Person) -> None:
    first = boss.get("/reports/home/lists/active", limit=2).json()
    second = boss.get("/reports/home/lists/active", limit=2, after=first["next"]).json()
    assert [each["external_id"] for each in [*first["items"], *second["items"]]] == ["L-1", "L-2", "=L-3"]
    assert second["next"] is None
    north = sign_in(door, Role.SUPERVISOR, ("Norte",))
    assert [each["branch"] for each in north.get("/reports/home/lists/overdue").json()["items"]] == ["Norte"] * 2
    assert north.get("/reports/home/lists/overdue", branch="Centro").json()["items"] == []
    assert boss.get("/reports/home/lists/promises_due_today").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/reports/home", {"days": 0}),
        ("/reports/home", {"branch": "a\0"}),
        ("/reports/home/lists/everything", {}),
        ("/reports/home/lists/active", {"after": "x"}),
        ("/reports/home/lists/active", {"after": "9" * 19}),
        ("/reports/home/lists/payments", {"after": str(2**31)}),
        ("/reports/home/lists/active", {"currency": "pesos"}),
        ("/reports/home/lists/promises_kept", {"maker": "somebody"}),
        ("/reports/home/lists/promises_open", {}),
        ("/reports/home/lists/reminders_sent", {"days": 367}),
        ("/reports/home/lists/payments", {"collector": "nobody"}),
        ("/reports/payments.csv", {"collector": 0}),
        ("/reports/everything.csv", {}),
    ],
)
def test_what_there_is_not_is_refused(boss: Person, path: str, query: dict[str, object]) -> None:
    assert boss.get(path, **query).status_code == 422


@pytest.mark.parametrize("name", FILES)
def test_csv_and_workbook_hold_the_same_rows(boss: Person, name: str) -> None:
    text = boss.get(f"/reports/{name}.csv")
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    book = boss.get(f"/reports/{name}.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == sheet[0]
    assert len(rows) == len(sheet)
    assert text.headers["content-disposition"] == f'attachment; filename="{name}.csv"'


def test_a_file_shows_amounts_in_whole_units_and_runs_no_formula(door: Door, boss: Person) -> None:
    north = sign_in(door, Role.SUPERVISOR, ("Norte",))
    text = north.get("/reports/active.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["No. de préstamo"] for each in rows] == ["L-2", "'=L-3"]
    assert {Decimal(each["Capital pendiente"]) for each in rows} == {Decimal(12_000)}


def test_a_file_shows_amounts_as_finely_as_their_currency_is_counted(door: Door, boss: Person) -> None:
    chilean = row({"No. Crédito": "L-4", "No. Cliente": "C-4", "Sucursal": "Sur", "Monto": "$150.000"})
    table = a_file([*chilean, "CLP"], header=[*HEADER, "Moneda"])
    assert give(boss, table).json()["written"] == 1
    shown = {each["external_id"]: each for each in boss.get("/reports/home/lists/active").json()["items"]}
    assert [shown[loan]["principal"] for loan in ("L-1", "L-4")] == [12_000_00, 150_000]
    rows = csv.DictReader(io.StringIO(boss.get("/reports/active.csv").content.decode("utf-8-sig")))
    assert {each["Moneda"]: each["Capital pendiente"] for each in rows} == {"MXN": "12000.00", "CLP": "150000"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_headings_and_words_in_the_language_of_whoever_asks(boss: Person, name: str) -> None:
    boss.write("PATCH", "/session", {"language": "es"})
    spanish = read(boss, name)
    boss.write("PATCH", "/session", {"language": "en"})
    english = read(boss, name)
    assert len(spanish) == len(english)
    assert set(spanish[0]).isdisjoint(english[0])
    assert not [each for each in [*spanish[0], *english[0]] if "_" in each]


def read(person: Person, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(person.get(f"/reports/{name}.csv").content.decode("utf-8-sig"))))


def test_rows_name_the_borrower_only_to_who_may_read_the_portfolio(door: Door, boss: Person) -> None:
    (first, *_) = boss.get("/reports/home/lists/active").json()["items"]
    assert first["borrower"] == boss.get(f"/borrowers/{first['borrower_id']}").json()["name"]
    token = boss.post("/tokens", {"name": "sheet", "scopes": ["read_reports"]}).json()["token"]
    program = {"Authorization": f"Bearer {token}"}
    answer = stranger(door).get("/reports/home/lists/active", headers=program)
    assert {each["borrower"] for each in answer.json()["items"]} == {""}


def test_the_filters_offer_what_the_asker_may_see(door: Door, boss: Person) -> None:
    whole = boss.get("/reports/home/filters").json()
    assert [each["branch"] for each in whole["branches"]] == ["Centro", "Norte"]
    assert len(whole["products"]) == 1
    north = sign_in(door, Role.SUPERVISOR, ("Norte",))
    assert [each["branch"] for each in north.get("/reports/home/filters").json()["branches"]] == ["Norte"]


def test_a_collector_has_no_reports(door: Door, boss: Person) -> None:
    collector = sign_in(door, Role.COLLECTOR)
    assert collector.get("/reports/home").status_code == 403
    assert collector.get("/reports/active.csv").status_code == 403


def test_what_came_in_and_what_was_promised_is_listed_for_the_asker_alone(door: Door) -> None:
    ana, benito = two_branches(door)
    boss, toluca = sign_in(door, Role.ADMIN), sign_in(door, Role.SUPERVISOR, ("Toluca",))
    for name, ids in (("payments", (benito.payment, ana.payment)), ("promises_ended", ())):
        assert listed(boss, name) == list(ids)
        assert listed(toluca, name) == [each for each in ids if each == benito.payment]
        assert listed(boss, name, branch="Toluca") == [each for each in ids if each == benito.payment]
        assert [len(read(boss, name)), len(read(toluca, name))] == [
            1 + len(listed(boss, name)),
            1 + len(listed(toluca, name)),
        ]
    assert listed(boss, "payments", collector="unassisted") == [benito.payment, ana.payment]
    assert listed(boss, "payments", collector=boss.id) == listed(boss, "payments", currency="USD") == []
    assert listed(boss, "payments", days=3) == []
    door.clock.at += timedelta(days=12)
    assert listed(boss, "promises_broken", maker="assistant") == [benito.promise, ana.promise]
    assert listed(boss, "promises_broken", maker="people") == listed(boss, "promises_kept") == []
    (heading, row) = read(toluca, "promises_broken")
    assert dict(zip(heading, row, strict=True))["Cómo va"] == "No cumplida"


def listed(person: Person, name: str, **query: object) -> list[int]:
    return [each["id"] for each in person.get(f"/reports/home/lists/{name}", **query).json()["items"]]
