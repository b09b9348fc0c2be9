"""Whoever is bound to a branch meets nothing of another, in the page, by address or at the API."""

import json
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.console.colleague import Colleague
from tests.console.conftest import Show
from tests.console.lender import Client, Lender
from tests.console.screen import Screen

pytestmark = pytest.mark.slow

OURS, THEIRS = "Mérida", "Tuxtla"
SECRET = "Zenaida Oxté Prieto"
ASKS = "quiero hablar con una persona"


@pytest.fixture(scope="module")
def hidden(lender: Lender) -> Client:
    """A borrower of the other branch with a payment, a promise, a plan, a hold, a talk and a case."""
    client = lender.lend(SECRET, THEIRS)
    client.phone.says(ASKS)
    admin, day = lender.admin, lender.today.isoformat()
    admin.post(
        f"/loans/{client.loan}/payments",
        {"amount": 10_000, "currency": "MXN", "value_date": day, "channel": "cash"},
    )
    admin.post(f"/loans/{client.loan}/promises", {"amount": 5_000, "due": day})
    admin.post(f"/loans/{client.loan}/plans", {"payments": [{"due": day, "amount": 5_000}]})
    admin.post("/holds", {"event": "hardship", "borrower_id": client.id})
    return client


@pytest.fixture(scope="module")
def collector(lender: Lender) -> Colleague:
    return lender.hire("Berta Canché", branches=(OURS,))


@pytest.fixture(scope="module")
def supervisor(lender: Lender) -> Colleague:
    return lender.hire("Gloria May", "supervisor", branches=(OURS,))


def nothing_of(screen: Screen, client: Client) -> None:
    content = screen.page.content()
    for secret in (SECRET, "Zenaida", client.phone.number, client.number):
        assert secret not in content.replace(f'value="{secret}"', "")


def test_the_page_shows_nothing_of_the_other_branch(
    lender: Lender, show: Show, hidden: Client, view: tuple[int, str]
) -> None:
    own = lender.hire(f"Nora Ek {view[0]}", branches=(OURS,), language=view[1])
    neighbour = lender.lend(f"Pilar Dzul {view[0]}", OURS)
    lender.case(neighbour)
    [case] = lender.admin.cases_of(hidden.id)

    screen = show(own, "/queue")
    expect(screen.page.get_by_role("link", name=neighbour.name)).to_be_visible()
    nothing_of(screen, hidden)
    screen.go("/borrowers")
    expect(screen.page.get_by_role("link", name=neighbour.name)).to_be_visible()
    nothing_of(screen, hidden)
    for asked in ("Zenaida", hidden.phone.number, hidden.number):
        screen.page.get_by_role("searchbox").fill(asked)
        screen.says("borrowers.none")
    for path in (f"/borrowers/{hidden.id}", f"/cases/{case['id']}"):
        screen.go(path)
        expect(screen.alert).to_be_visible()
        nothing_of(screen, hidden)


def paths_of(lender: Lender, hidden: Client) -> Iterator[str]:
    """Everything of theirs that has an address."""
    admin = lender.admin
    [case] = admin.cases_of(hidden.id)
    whole = admin.get(f"/borrowers/{hidden.id}").json()
    message = admin.get(f"/borrowers/{hidden.id}/messages").json()["items"][0]["id"]
    talk = case["conversation_id"]
    yield from (f"/borrowers/{hidden.id}{part}" for part in ("", "/messages", "/contacts"))
    yield from (f"/loans/{hidden.loan}{part}" for part in ("", "/payments", "/promises", "/plans", "/instalments"))
    yield from (f"/conversations/{talk}", f"/conversations/{talk}/messages", f"/messages/{message}")
    yield from (f"/cases/{case['id']}", f"/addresses/{whole['addresses'][0]['id']}")
    yield from (f"/conversations?borrower_id={hidden.id}", f"/holds?borrower_id={hidden.id}")


def test_every_address_of_theirs_is_as_if_it_were_not_there(
    lender: Lender, hidden: Client, collector: Colleague, supervisor: Colleague
) -> None:
    paths = list(paths_of(lender, hidden))
    assert {path: lender.admin.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    for who in (collector, supervisor):
        assert {path: who.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_nothing_of_theirs_can_be_written(lender: Lender, hidden: Client, collector: Colleague) -> None:
    [case] = lender.admin.cases_of(hidden.id)
    day = lender.today.isoformat()
    payment = {"amount": 100, "currency": "MXN", "value_date": day, "channel": "cash"}
    writes = {
        f"/loans/{hidden.loan}/payments": payment,
        f"/loans/{hidden.loan}/promises": {"amount": 100, "due": day},
        f"/loans/{hidden.loan}/plans": {"payments": [{"due": day, "amount": 100}]},
        f"/cases/{case['id']}/take-over": {},
        f"/cases/{case['id']}/note": {"text": "hola"},
    }
    assert {path: collector.write("POST", path, body).status_code for path, body in writes.items()} == dict.fromkeys(
        writes, 404
    )
    for path, body in (
        ("/cases", {"borrower_id": hidden.id, "reason": "other"}),
        ("/holds", {"event": "dispute", "borrower_id": hidden.id}),
    ):
        refused = collector.write("POST", path, body)
        assert refused.status_code in {404, 422}
        assert SECRET not in refused.text


def test_lists_reports_and_files_leave_them_out(
    lender: Lender, hidden: Client, collector: Colleague, supervisor: Colleague
) -> None:
    near = lender.lend("Lucía Poot", OURS)
    lists = ("/borrowers", "/cases", "/promises", "/holds", "/payments", "/loans")
    described = lender.admin.get("/openapi.json").json()["paths"]
    for who in (collector, supervisor):
        for path in (each for each in lists if "get" in described.get(each, {})):
            told = who.get(path, limit=200)
            assert told.status_code == 200, (path, told.text)
            hides(told.text, hidden)
    reports = [each for each in described if each.startswith("/reports") and "{" not in each]
    assert reports
    for path in reports:
        assert collector.get(path).status_code == 403
        hides(supervisor.get(path).text, hidden)
    rows = supervisor.get("/reports/home/lists/overdue", limit=200)
    assert near.name in rows.text
    hides(rows.text, hidden)
    for which in ("active", "overdue", "promises_due_today", "promises_due_week"):
        hides(supervisor.get(f"/reports/home/lists/{which}", limit=200).text, hidden)


def hides(text: str, client: Client) -> None:
    assert SECRET not in text
    assert f'"{client.number}"' not in text
    assert f'"P-{client.number.removeprefix("C-")}"' not in text
    assert THEIRS not in text


def test_live_events_of_the_other_branch_are_not_told(lender: Lender, hidden: Client, collector: Colleague) -> None:
    near = lender.lend("Ángel Chim", OURS)
    heard: list[tuple[str, dict[str, int]]] = []
    listening, done = threading.Event(), threading.Event()

    def listen() -> None:
        for kind, data in collector.live(listening):
            heard.append((kind, data))
            if kind == "message" and data["borrower_id"] == near.id:
                done.set()
                return

    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    assert listening.wait(30)
    hidden.phone.says(ASKS)
    near.phone.says(ASKS)
    assert done.wait(30), heard
    ear.join()
    theirs = lender.admin.cases_of(hidden.id)[0]
    assert all(data.get("borrower_id") != hidden.id for _, data in heard), heard
    assert all(kind != "case" or data["id"] != theirs["id"] for kind, data in heard), heard
    assert str(hidden.phone.number) not in json.dumps(heard)
