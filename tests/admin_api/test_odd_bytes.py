"""What no screen sends and a program may: each is refused in words, on both stores."""

import pytest

from desk.access import Role
from tests.admin_api.door import Door, sign_in, stranger

LUZ = {"email": "luz@example.mx", "name": "Luz Ortiz", "role": "collector"}


def test_a_text_that_the_store_cant_hold_is_refused(door: Door) -> None:
    admin = sign_in(door, Role.ADMIN)
    for change in ({"name": "a\0b"}, {"email": "a\0b@example.mx"}, {"branches": ["a\0"]}):
        assert admin.post("/staff", LUZ | change).status_code == 422
    assert admin.get("/audit", actor="a\0").status_code == 422
    assert stranger(door).post("/session", json={"email": "a\0b@c", "password": "x"}).status_code == 422


@pytest.mark.parametrize("name", ["\\ud800", "a\\udfff"])
def test_half_a_character_is_refused_and_not_sent_back(door: Door, name: str) -> None:
    admin = sign_in(door, Role.ADMIN)
    headers = {"X-CSRF-Token": admin.csrf, "Idempotency-Key": "one of mine", "Content-Type": "application/json"}
    body = f'{{"email": "luz@example.mx", "role": "collector", "name": "{name}", "{name}": 1}}'
    assert admin.client.post("/staff", content=body, headers=headers).status_code == 422


@pytest.mark.parametrize("number", [-1, 0, 2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_row_has_is_not_found(door: Door, number: int) -> None:
    admin = sign_in(door, Role.ADMIN)
    assert admin.get(f"/staff/{number}").status_code == 404
    assert admin.write("DELETE", f"/tokens/{number}").status_code == 404


def test_a_csrf_token_of_other_letters_is_refused(door: Door) -> None:
    admin = sign_in(door, Role.ADMIN)
    answer = admin.client.patch("/session", json={"language": "en"}, headers={b"X-CSRF-Token": "é".encode("latin-1")})
    assert answer.status_code == 403


def test_a_body_that_is_no_utf8_is_refused(door: Door) -> None:
    answer = stranger(door).post("/session", content=b'{"email": "\xff"}', headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}


def test_a_body_nested_without_end_is_refused(door: Door) -> None:
    body = '{"email": ' + "[" * 200_000
    answer = stranger(door).post("/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
