"""Signing in, what a session allows, and how it ends."""

from datetime import timedelta

import pytest

from desk import lockout, sessions
from desk.access import Role
from tests.admin_api.door import Door, sign_in, stranger


def test_a_person_signs_in_and_is_known(door: Door) -> None:
    ana = sign_in(door, Role.SUPERVISOR, ("Puebla",))
    shown = ana.get("/session").json()
    assert shown["staff"]["branches"] == ["Puebla"]
    assert "assign_cases" in shown["permissions"]
    assert "manage_staff" not in shown["permissions"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(door: Door) -> None:
    ana = sign_in(door, Role.ADMIN)
    again = stranger(door).post("/session", json={"email": ana.email, "password": ana.password})
    cookie = again.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ana.password not in cookie


@pytest.mark.parametrize("language", ["es", "en"])
def test_wrong_and_unknown_get_the_same_answer(door: Door, language: str) -> None:
    ana = sign_in(door, Role.ADMIN)
    client, asked = stranger(door), {"Accept-Language": language}
    wrong = client.post("/session", json={"email": ana.email, "password": "wrong"}, headers=asked)
    unknown = client.post("/session", json={"email": "nobody@example.mx", "password": "wrong"}, headers=asked)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert ("contraseña" in wrong.json()["detail"]) is (language == "es")
    assert wrong.headers["content-type"] == "application/problem+json"


def test_guessing_is_locked_out_and_the_lock_ends(door: Door) -> None:
    ana, client = sign_in(door, Role.ADMIN), stranger(door)
    for _ in range(lockout.ATTEMPTS):
        assert client.post("/session", json={"email": ana.email, "password": "wrong"}).status_code == 401
    right = {"email": ana.email, "password": ana.password}
    refused = client.post("/session", json=right)
    assert (refused.status_code, refused.json()["code"]) == (429, "locked")
    assert int(refused.headers["retry-after"]) == lockout.LOCK.total_seconds()
    door.wall.at += lockout.LOCK
    assert client.post("/session", json=right).status_code == 201


def test_a_session_ends_by_rest_whatever_the_demo_clock_says(door: Door) -> None:
    ana = sign_in(door, Role.ADMIN)
    door.clock.at += timedelta(days=90)
    assert ana.get("/session").status_code == 200
    door.wall.at += sessions.IDLE
    assert ana.get("/session").json()["code"] == "not_signed_in"


def test_signing_out_ends_it(door: Door) -> None:
    ana = sign_in(door, Role.ADMIN)
    cookies = dict(ana.client.cookies)
    assert ana.write("DELETE", "/session").status_code == 204
    ana.client.cookies.update(cookies)
    assert ana.get("/session").status_code == 401


def test_a_write_without_the_csrf_token_is_refused(door: Door) -> None:
    ana = sign_in(door, Role.ADMIN)
    for headers in ({}, {"X-CSRF-Token": "0" * 64}):
        refused = ana.client.patch("/session", json={"language": "en"}, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_missing")
    assert ana.get("/session").json()["staff"]["language"] == "es"


def test_the_language_is_kept_and_speaks_in_errors(door: Door) -> None:
    ana = sign_in(door, Role.ADMIN)
    assert ana.write("PATCH", "/session", {"language": "en"}).status_code == 200
    assert ana.get("/staff/999").json()["detail"].startswith("What you are looking for")


def test_a_new_password_ends_all_sessions(door: Door) -> None:
    ana = sign_in(door, Role.COLLECTOR)
    changed = ana.post("/session/password", {"current": ana.password, "new": "otra más larga"})
    assert changed.status_code == 204
    assert ana.get("/session").status_code == 401
    right = {"email": ana.email, "password": "otra más larga"}
    assert stranger(door).post("/session", json=right).status_code == 201


def test_no_password_comes_back_in_an_error(door: Door) -> None:
    refused = stranger(door).post("/session", json={"email": "a", "password": "x" * 300})
    assert refused.status_code == 422
    assert "xxx" not in refused.text
    assert {each["field"] for each in refused.json()["errors"]} == {"email", "password"}
