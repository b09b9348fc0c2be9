"""Staff accounts, API tokens and the audit trail, as an admin meets them and others do not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from desk.access import Role
from tests.admin_api.door import Door, Person, sign_in, stranger

LUZ = {"email": "luz@example.mx", "name": "Luz Ortiz", "role": "collector", "branches": ["Puebla"]}


@pytest.fixture
def admin(door: Door) -> Person:
    return sign_in(door, Role.ADMIN)


def test_whoever_is_added_can_sign_in_with_the_password_shown(door: Door, admin: Person) -> None:
    added = admin.post("/staff", LUZ)
    assert added.status_code == 201
    right = {"email": LUZ["email"], "password": added.json()["password"]}
    assert stranger(door).post("/session", json=right).json()["staff"]["branches"] == ["Puebla"]


def test_a_double_click_adds_once_and_shows_no_password_again(admin: Person) -> None:
    first = admin.post("/staff", LUZ, **{"Idempotency-Key": "the same key"})
    second = admin.post("/staff", LUZ, **{"Idempotency-Key": "the same key"})
    assert second.status_code == 201
    assert second.headers["idempotency-replayed"] == "true"
    assert second.json() == first.json() | {"password": None}
    assert sum(each["email"] == LUZ["email"] for each in admin.get("/staff").json()["items"]) == 1


def test_two_at_the_same_moment_add_once(admin: Person) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: admin.post("/staff", LUZ, **{"Idempotency-Key": "the same key"}), range(4)))
    assert [each.status_code for each in answers] == [201] * 4
    assert sum(each.json()["password"] is not None for each in answers) == 1


def test_a_key_is_for_one_request_only(admin: Person) -> None:
    admin.post("/staff", LUZ, **{"Idempotency-Key": "the same key"})
    other = admin.post("/staff", LUZ | {"name": "Other"}, **{"Idempotency-Key": "the same key"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_write_needs_a_key(admin: Person) -> None:
    answer = admin.client.post("/staff", json=LUZ, headers={"X-CSRF-Token": admin.csrf})
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"email": "luz"}, "email", "no es un correo"),
        ({"role": "boss"}, "role", "no se conoce"),
        ({"name": ""}, "name", "longitud"),
        ({"salary": 1}, "salary", "no existe"),
    ],
)
def test_what_is_wrong_is_named_with_its_fix(admin: Person, change: dict[str, object], field: str, words: str) -> None:
    answer = admin.post("/staff", LUZ | change)
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["field"]) == (422, field)
    assert words in fault["message"]
    assert fault["fix"]


def test_a_stale_tab_overwrites_nothing(admin: Person) -> None:
    path = f"/staff/{admin.post('/staff', LUZ).json()['id']}"
    seen = admin.get(path).headers["etag"]
    assert admin.write("PATCH", path, {"name": "Luz O."}, **{"If-Match": seen}).status_code == 200
    stale = admin.write("PATCH", path, {"name": "Luz Ortiz P."}, **{"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert admin.write("PATCH", path, {"name": "x"}).status_code == 428
    assert admin.get(path).json()["name"] == "Luz O."


def test_switching_somebody_off_signs_them_out(door: Door, admin: Person) -> None:
    luz = sign_in(door, Role.COLLECTOR, ("Puebla",))
    seen = admin.get(f"/staff/{luz.id}").headers["etag"]
    assert admin.write("PATCH", f"/staff/{luz.id}", {"active": False}, **{"If-Match": seen}).status_code == 200
    assert luz.get("/session").status_code == 401


@pytest.mark.parametrize("change", [{"role": "collector"}, {"active": False}])
def test_the_last_admin_stays(admin: Person, change: dict[str, object]) -> None:
    seen = admin.get(f"/staff/{admin.id}").headers["etag"]
    answer = admin.write("PATCH", f"/staff/{admin.id}", change, **{"If-Match": seen})
    assert answer.status_code == 422
    assert "último" in answer.json()["errors"][0]["message"] or "última" in answer.json()["errors"][0]["message"]


def test_a_supervisor_sees_the_people_of_her_branches(door: Door, admin: Person) -> None:
    puebla, toluca = sign_in(door, Role.COLLECTOR, ("Puebla",)), sign_in(door, Role.COLLECTOR, ("Toluca",))
    boss = sign_in(door, Role.SUPERVISOR, ("Puebla",))
    seen = {each["id"] for each in boss.get("/staff").json()["items"]}
    assert puebla.id in seen
    assert toluca.id not in seen
    assert boss.get(f"/staff/{toluca.id}").json() == boss.get("/staff/123456").json()


def test_a_list_is_read_page_by_page(door: Door, admin: Person) -> None:
    for number in range(5):
        admin.post("/staff", LUZ | {"email": f"a{number}@example.mx", "name": "Same Name"})
    found: list[int] = []
    after = None
    while True:
        shown = admin.get("/staff", limit=2, **({"after": after} if after else {})).json()
        found += [each["id"] for each in shown["items"]]
        after = shown["next"]
        if after is None:
            break
    assert len(found) == len(set(found)) == 6


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "bnVsbA", "WzEsMl0", "W251bGwsMV0", "é"])
def test_a_cursor_of_nobody_is_refused(admin: Person, cursor: str) -> None:
    answer = admin.get("/staff", after=cursor)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "after")


def test_a_token_does_what_it_was_given_for_until_it_ends(door: Door, admin: Person) -> None:
    ends = (door.wall.at + timedelta(days=1)).isoformat()
    token = admin.post("/tokens", {"name": "Bank", "scopes": ["read_staff"], "expires_at": ends}).json()
    client, sent = stranger(door), {"Authorization": f"Bearer {token['token']}", "Idempotency-Key": "one of mine"}
    assert client.get("/staff", headers=sent).status_code == 200
    assert client.get("/audit", headers=sent).status_code == 403
    assert client.post("/staff", json=LUZ, headers=sent).status_code == 403
    door.wall.at += timedelta(days=1)
    assert client.get("/staff", headers=sent).status_code == 401


def test_a_revoked_token_is_nobody(door: Door, admin: Person) -> None:
    token = admin.post("/tokens", {"name": "Bank", "scopes": ["read_staff"]}).json()
    assert admin.write("DELETE", f"/tokens/{token['id']}").status_code == 204
    sent = {"Authorization": f"Bearer {token['token']}"}
    assert stranger(door).get("/staff", headers=sent).status_code == 401
    assert token["token"] not in admin.get("/tokens").text


def test_every_write_is_in_the_audit_trail(admin: Person) -> None:
    added = admin.post("/staff", LUZ).json()
    path = f"/staff/{added['id']}"
    admin.write("PATCH", path, {"case_limit": 10}, **{"If-Match": admin.get(path).headers["etag"]})
    admin.post(f"{path}/password")
    trail = admin.get("/audit", subject=f"staff:{added['id']}").json()["items"]
    assert [each["action"] for each in trail] == ["password_renewed", "staff_changed", "staff_added"]
    assert {each["actor"] for each in trail} == {f"staff:{admin.id}"}
    assert added["password"] not in str(trail)
