"""Files given at the API: tried out, taken in once, refused rows named, and only by who may see every branch."""

import csv
import io
from typing import Any
from uuid import uuid4

import httpx2 as httpx
import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from desk.access import Role
from desk.tables import IdempotencyKey
from loans.tables import Loan
from tests.admin_api.door import Door, Person, sign_in
from tests.desk.files import HEADER, a_lender, row


@pytest.fixture
def admin(door: Door) -> Person:
    with Session(door.engine) as session:
        a_lender(session)
        session.commit()
    return sign_in(door, Role.ADMIN)


def a_file(*rows: list[Any], header: list[str] = HEADER) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return written.getvalue().encode()


def give(
    person: Person, data: bytes, *, kind: str = "portfolio", name: str = "cartera.csv", key: str = "", **query: Any
) -> httpx.Response:
    headers = {"X-CSRF-Token": person.csrf, "Idempotency-Key": key or uuid4().hex}
    return person.client.post("/imports", params={"kind": kind, **query}, files={"file": (name, data)}, headers=headers)


def loans(door: Door) -> int:
    with Session(door.engine) as session:
        return session.exec(select(sa.func.count()).select_from(Loan)).one()


def test_a_dry_run_says_the_same_and_writes_nothing(door: Door, admin: Person) -> None:
    data = a_file(row(), row({"No. Crédito": "L-2", "Monto": "mucho"}))
    tried = give(admin, data, dry_run=True).json()
    assert (tried["written"], tried["refused"], tried["id"]) == (1, 1, None)
    assert loans(door) == 0
    assert admin.get("/imports").json()["items"] == []
    taken = give(admin, data).json()
    assert {**taken, "id": None, "dry_run": True} == tried
    assert loans(door) == 1


def test_refused_cells_are_named_and_can_be_downloaded_without_their_values(door: Door, admin: Person) -> None:
    other = row({"No. Crédito": "L-2", "Frecuencia": "a veces"})
    taken = give(admin, a_file(row({"Teléfono": "55 1234"}), other)).json()
    assert [each["line"] for each in taken["errors"]] == [2, 3]
    assert taken["errors"][0]["value"] == "55 1234"
    assert all(each["message"] and each["fix"] for each in taken["errors"])
    answer = admin.get(f"/imports/{taken['id']}/errors.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [each[0] for each in lines] == ["Línea", "2", "3"]
    assert [each[3:] for each in lines[1:]] == [[each["message"], each["fix"]] for each in taken["errors"]]
    assert "55 1234" not in answer.text


def test_a_double_click_takes_in_once_and_keeps_nobodys_data(door: Door, admin: Person) -> None:
    data = a_file(row(), row({"No. Crédito": "L-2", "Teléfono": "55 1234"}))
    first, second = give(admin, data, key="the same key"), give(admin, data, key="the same key")
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == first.json() | {"errors": None}
    assert len(admin.get("/imports").json()["items"]) == 1
    with Session(door.engine) as session:
        assert "55 1234" not in str([each.body for each in session.exec(select(IdempotencyKey))])
    assert give(admin, data).json()["unchanged"] == 1
    assert loans(door) == 1


def test_payments_reach_their_loans(admin: Person) -> None:
    give(admin, a_file(row()))
    header = ["folio", "monto", "fecha", "moneda"]
    rows = [["L-1", "100", "09/10/2026", "MXN"], ["L-1", "5", "09/10/2026", "USD"], ["L-1", "5", "09/12/2026", "MXN"]]
    taken = give(admin, a_file(*rows, header=header), kind="payments").json()
    assert taken["written"] == 1
    assert [(each["line"], each["field"]) for each in taken["errors"]] == [(3, "currency"), (4, "date")]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "cartera.csv", "vacío"),
        (b"PK\x03\x04 half", "cartera.xlsx", "dañado"),
        (b"\x00\x01\x02\x03", "cartera.csv", "no es un archivo CSV"),
        (b"a,b\n1,2\n", "cartera.csv", "faltan las columnas"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_with_its_fix(admin: Person, data: bytes, name: str, words: str) -> None:
    answer = give(admin, data, name=name)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["field"] == "file"
    assert words in fault["message"]
    assert fault["fix"]


def test_a_file_needs_the_lender_first(door: Door) -> None:
    answer = give(sign_in(door, Role.ADMIN), a_file(row()))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "lender")


def test_who_is_bound_to_a_branch_neither_gives_files_nor_sees_them(door: Door, admin: Person) -> None:
    taken = give(admin, a_file(row({"Teléfono": "1"}))).json()
    bound = sign_in(door, Role.ADMIN, ("Centro",))
    assert give(bound, a_file(row())).status_code == 403
    assert bound.get("/imports").json()["items"] == []
    for path in (f"/imports/{taken['id']}", f"/imports/{taken['id']}/errors.csv"):
        assert admin.get(path).status_code == 200
        assert bound.get(path).status_code == 404
    assert admin.get(f"/imports/{2**63}").status_code == 404


def test_a_file_is_in_the_audit_trail(admin: Person) -> None:
    taken = give(admin, a_file(row())).json()
    (event,) = admin.get("/audit", subject=f"import:{taken['id']}").json()["items"]
    assert event["detail"] == {"kind": "portfolio", "written": 1}
