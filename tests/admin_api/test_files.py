"""Files that borrowers sent: who may open them, and how they are handed over so that they can do no harm."""

from dataclasses import dataclass, replace

import pytest
from sqlmodel import select

from desk.access import Role
from outreach import media as media_files
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import ChatLink, Conversation, MediaContent, MediaFile, Message
from store.engine import reading, transaction
from store.ids import id_of
from tests.admin_api.door import START, Door, sign_in, stranger
from tests.outreach.portfolio import a_lender, a_person

# The files themselves are tested on both engines where they are fetched.
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
BODY = b"\xff\xd8\xff a receipt"


@dataclass
class Sent:
    file: int
    message: int
    talk: int
    borrower: int


@pytest.fixture
def sent(door: Door) -> Sent:
    """A receipt that a borrower of Puebla has sent."""
    with transaction(door.engine) as session:
        a_lender(session)
        who = a_person(session, "whatsapp", branch="Puebla")
        item = {"kind": "image", "url": "https://api.twilio.com/secret", "file_id": "x", "file_name": "pago.jpg"}
        inbound = Inbound("whatsapp", who.address.kind, who.address.value, None, message_kind="media", media=(item,))
        message = messages.receive(session, inbound, START)
        assert message is not None
        file = session.exec(select(MediaFile)).one()
        file.state, file.mime, file.size, file.kept_at = "kept", "image/jpeg", len(BODY), START
        session.add(MediaContent(file_id=id_of(file), body=BODY))
        return Sent(id_of(file), id_of(message), message.conversation_id, who.id)


def test_a_file_is_handed_over_as_what_it_is_and_nothing_else(door: Door, sent: Sent) -> None:
    answer = sign_in(door, Role.COLLECTOR, ("Puebla",)).get(f"/files/{sent.file}")
    assert (answer.status_code, answer.content) == (200, BODY)
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-disposition"] == f'attachment; filename="image-{sent.file}.jpg"'
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "no-store" in headers["cache-control"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("branches", "status"), [((), 200), (("Puebla", "Toluca"), 200), (("Toluca",), 404)])
def test_who_may_read_the_talk_may_open_its_files(
    door: Door, sent: Sent, role: Role, branches: tuple[str, ...], status: int
) -> None:
    who = sign_in(door, role, branches)
    assert who.get(f"/files/{sent.file}").status_code == status
    assert who.get(f"/conversations/{sent.talk}/messages").status_code == status


def test_a_stranger_opens_nothing(door: Door, sent: Sent) -> None:
    assert stranger(door).get(f"/files/{sent.file}").status_code == 401


@pytest.mark.parametrize("number", [0, -1, 999_999, 2**63, 2**70])
def test_a_file_that_is_not_there(door: Door, sent: Sent, number: int) -> None:
    assert sign_in(door, Role.ADMIN).get(f"/files/{number}").status_code == 404


def test_what_somebody_unknown_sent_is_for_who_sees_all_branches(door: Door, sent: Sent) -> None:
    with transaction(door.engine) as session:
        message = session.get_one(Message, sent.message)
        message.borrower_id = None
        session.get_one(Conversation, sent.talk).borrower_id = None
    assert sign_in(door, Role.COLLECTOR, ("Puebla",)).get(f"/files/{sent.file}").status_code == 404
    assert sign_in(door, Role.COLLECTOR).get(f"/files/{sent.file}").status_code == 200


def test_a_file_whose_time_is_over_is_gone_and_said_to_be(door: Door, sent: Sent) -> None:
    with transaction(door.engine) as session:
        media_files.forget(session, START.replace(year=2027))
    who = sign_in(door, Role.COLLECTOR)
    assert who.get(f"/files/{sent.file}").status_code == 404
    (media,) = who.get(f"/messages/{sent.message}").json()["media"]
    assert media["file"]["state"] == "forgotten"


def test_the_thread_shows_the_file_and_not_where_it_lay(door: Door, sent: Sent) -> None:
    answer = sign_in(door, Role.COLLECTOR).get(f"/conversations/{sent.talk}/messages")
    (message,) = answer.json()["items"]
    (media,) = message["media"]
    assert (media["kind"], media["name"], media["file"]["id"]) == ("image", "pago.jpg", sent.file)
    assert "twilio" not in answer.text


def test_a_case_lists_the_files_of_its_talk(door: Door, sent: Sent) -> None:
    who = sign_in(door, Role.COLLECTOR)
    case = who.post("/cases", {"borrower_id": sent.borrower, "reason": "payment_claim"}).json()
    assert [each["id"] for each in case["files"]] == [sent.file]


def test_a_chat_link_is_given_once_and_kept_nowhere(door: Door, sent: Sent) -> None:
    luz = sign_in(door, Role.COLLECTOR, ("Puebla",))
    path, key = f"/borrowers/{sent.borrower}/chat-links", {"Idempotency-Key": "the-same-key"}
    first, again = (luz.post(path, None, **key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json()["url"].startswith("https://t.me/AmigoBot?start=")
    assert again.json()["url"] is None
    with reading(door.engine) as session:
        link = session.exec(select(ChatLink)).one()
        assert (link.borrower_id, link.made_by) == (sent.borrower, f"staff:{luz.id}")
        payload = first.json()["url"].partition("start=")[2]
        assert payload not in str(link.model_dump())
    trail = sign_in(door, Role.AUDITOR).get("/audit").json()["items"]
    assert "chat_link_made" in [each["action"] for each in trail]


def test_a_chat_link_is_for_who_works_cases_of_that_branch(door: Door, sent: Sent) -> None:
    path = f"/borrowers/{sent.borrower}/chat-links"
    assert sign_in(door, Role.AUDITOR).post(path).status_code == 403
    assert sign_in(door, Role.COLLECTOR, ("Toluca",)).post(path).status_code == 404


def test_without_a_bot_there_is_no_link(door: Door, sent: Sent) -> None:
    door.app.state.context = replace(door.app.state.context, telegram_bot="")
    answer = sign_in(door, Role.ADMIN).post(f"/borrowers/{sent.borrower}/chat-links")
    assert (answer.status_code, answer.json()["code"]) == (409, "telegram_not_set_up")
