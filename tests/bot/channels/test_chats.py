"""A Telegram chat begins through the real hook: by a link, by the own number, or with a question."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot import inbox
from bot.dialogue import Dialogue
from desk.tables import AuditEvent
from outreach import addresses, chat_links
from outreach.tables import Address, AddressBorrower, ChatLink, Conversation, Message
from store.engine import reading, transaction
from tests.bot.channels.conftest import NOW, FixedClock, Gate
from tests.bot.channels.test_telegram_updates import ANA, BOT, CHAT, message
from tests.bot.rasa import Rasa, serving
from tests.outreach.portfolio import Person, a_lender, a_person

sqlite_only = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
LUZ = {"id": 77, "is_bot": False, "first_name": "Luz"}


class Chat:
    """Ana's chat with the bot. Rasa, where it is asked at all, says 'thanks'."""

    def __init__(self, gate: Gate, rasa: Rasa, ana: Person) -> None:
        self.gate, self.rasa, self.ana = gate, rasa, ana
        self.updates = 0

    def link(self, age: timedelta = timedelta(0)) -> str:
        with transaction(self.gate.engine) as session:
            payload, _ = chat_links.make(session, self.ana.borrower, "staff:1", NOW - age)
        return payload

    def says(self, sender: dict[str, Any] = ANA, **content: Any) -> list[str]:
        """The keys of the answer."""
        self.updates += 1
        update = message(self.updates, sender, **content)
        update["message"]["chat"] = CHAT | {"id": sender["id"]}
        assert self.gate.telegram(update).status_code == 200
        return self.answer()

    def answer(self) -> list[str]:
        seen = len(self.sent())
        with closing(Dialogue(self.rasa.url, "token")) as dialogue:
            while inbox.handle_next(self.gate.engine, dialogue, FixedClock(), (0,)):
                pass
        return [str(key["key"]) for each in self.sent()[seen:] for key in each.keys]

    def sent(self) -> list[Message]:
        return [each for each in self.gate.messages() if each.direction == "out"]

    def joined(self, sender: dict[str, Any] = ANA) -> list[AddressBorrower]:
        with reading(self.gate.engine) as session:
            place = addresses.find(session, "telegram", "telegram_user", str(sender["id"]))
            assert place is not None
            # Whatever has joined the chat, nobody has proven who they are, and the lender has confirmed nothing.
            assert (place.verified_at, place.confirmed_at) == (None, None)
            return list(session.exec(select(AddressBorrower).where(AddressBorrower.address_id == place.id)))


@pytest.fixture
def chat(gate: Gate) -> Iterator[Chat]:
    with transaction(gate.engine) as session:
        a_lender(session)
        ana = a_person(session, "sms")
    with serving(Rasa(["thanks"])) as rasa:
        yield Chat(gate, rasa, ana)


def test_a_link_joins_the_chat_and_asks_for_consent(chat: Chat) -> None:
    payload = chat.link()
    assert chat.says(text=f"/start {payload}") == ["chat.joined", "chat.may_we_write"]
    (link,) = chat.joined()
    assert (link.borrower_id, link.consent_at) == (chat.ana.id, None)
    assert [each["payload"] for each in chat.sent()[0].buttons] == ["/opt_in", "/deny"]
    with reading(chat.gate.engine) as session:
        assert session.exec(select(ChatLink)).one().used_at == NOW
        assert session.exec(select(Conversation).join(Address).where(Address.channel == "telegram")).one()
        assert session.exec(select(AuditEvent)).one().detail == {"by": "link", "borrowers": [chat.ana.id]}
        stored = session.connection().execute(sa.text("SELECT keys, token_index FROM message, chat_link")).all()
    assert payload not in str(stored)


@sqlite_only
def test_a_link_is_thirty_two_letters_that_telegram_takes(chat: Chat) -> None:
    links = {chat.link() for _ in range(50)}
    assert len(links) == 50
    assert {len(each) for each in links} == {32}
    assert set("".join(links)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@sqlite_only
def test_a_used_link_joins_nobody_else(chat: Chat) -> None:
    payload = chat.link()
    chat.says(text=f"/start {payload}")
    assert chat.says(LUZ, text=f"/start {payload}") == ["chat.link_over", "chat.share"]
    assert chat.joined(LUZ) == []
    assert chat.says(text=f"/start {payload}") == ["thanks"]  # Who used it is greeted as everybody is.


def _other(letter: str) -> str:
    return "B" if letter == "A" else "A"


@sqlite_only
@pytest.mark.parametrize(
    "change",
    [lambda text: text[:-1] + _other(text[-1]), lambda text: _other(text[0]) + text[1:], lambda text: text[:20]],
)
def test_a_link_that_we_did_not_sign_joins_nobody(chat: Chat, change: Any) -> None:
    wrong = change(chat.link())
    assert chat.says(text=f"/start {wrong}") == ["chat.link_over", "chat.share"]
    assert chat.joined() == []


@sqlite_only
@pytest.mark.parametrize("payload", ["x", "a" * 64, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "____", "-"])
def test_any_payload_may_come(chat: Chat, payload: str) -> None:
    assert chat.says(text=f"/start {payload}") == ["chat.link_over", "chat.share"]


@sqlite_only
@pytest.mark.parametrize(("age", "good"), [(timedelta(days=2, hours=23), True), (chat_links.LASTS, False)])
def test_a_link_is_good_for_three_days(chat: Chat, age: timedelta, good: bool) -> None:
    chat.says(text=f"/start {chat.link(age)}")
    assert bool(chat.joined()) is good


@sqlite_only
def test_a_link_in_an_edit_joins_nobody(chat: Chat) -> None:
    edited = message(9, text=f"/start {chat.link()}", edit_date=2)["message"]
    assert chat.gate.telegram({"update_id": 9, "edited_message": edited}).status_code == 200
    assert chat.answer() == []
    assert [each for each in chat.gate.messages() if each.direction == "in"] == []


@sqlite_only
def test_somebody_unknown_is_asked_for_their_number(chat: Chat) -> None:
    assert chat.says(text="/start") == ["chat.welcome", "chat.share"]
    (button,) = chat.sent()[0].buttons
    assert button["contact"] is True


@sqlite_only
@pytest.mark.parametrize(
    "write", [lambda phone: phone, lambda phone: phone.lstrip("+"), lambda phone: "521" + phone[3:]]
)
def test_the_own_number_joins_who_is_known_by_it(chat: Chat, write: Any) -> None:
    card = {"phone_number": write(chat.ana.address.value), "first_name": "Ana", "user_id": ANA["id"]}
    assert chat.says(contact=card) == ["chat.joined", "chat.may_we_write"]
    assert [each.borrower_id for each in chat.joined()] == [chat.ana.id]


@sqlite_only
@pytest.mark.parametrize("owner", [{"user_id": 77}, {"user_id": None}, {}])
def test_somebody_else_s_card_joins_nobody(chat: Chat, owner: dict[str, Any]) -> None:
    card = {"phone_number": chat.ana.address.value, "first_name": "Luz"} | owner
    assert chat.says(contact=card) == ["thanks"]
    assert chat.joined() == []
    assert chat.ana.address.value not in chat.gate.messages()[0].text


@sqlite_only
def test_an_unknown_number_and_a_wrong_one_join_nobody(chat: Chat) -> None:
    strange = {"phone_number": "525599999999", "first_name": "Ana", "user_id": ANA["id"]}
    assert chat.says(contact=strange) == ["chat.number_unknown"]
    with transaction(chat.gate.engine) as session:
        addresses.mark_wrong_person(session, session.get_one(Address, chat.ana.address.id), NOW)
    known = strange | {"phone_number": chat.ana.address.value}
    assert chat.says(contact=known) == ["chat.number_unknown"]
    assert chat.joined() == []


@sqlite_only
def test_who_asked_for_silence_elsewhere_is_not_asked_about_messages(chat: Chat) -> None:
    with transaction(chat.gate.engine) as session:
        addresses.opt_out(session, session.get_one(Address, chat.ana.address.id), "borrower", NOW)
    assert chat.says(text=f"/start {chat.link()}") == ["chat.joined", "chat.ask_me"]


@sqlite_only
def test_after_a_block_only_a_yes_to_a_fresh_question_lets_us_write(chat: Chat) -> None:
    chat.says(text=f"/start {chat.link()}")
    with transaction(chat.gate.engine) as session:
        place = addresses.find(session, "telegram", "telegram_user", str(ANA["id"]))
        assert place is not None
        addresses.opt_out(session, place, "blocked", NOW)
    assert chat.says(text="/start") == ["chat.paused"]
    with reading(chat.gate.engine) as session:
        place = addresses.find(session, "telegram", "telegram_user", str(ANA["id"]))
        assert place is not None
        assert place.opted_out_at == NOW


@sqlite_only
def test_where_a_person_leads_the_chat_is_joined_in_silence(chat: Chat) -> None:
    chat.says(text="hola")
    with transaction(chat.gate.engine) as session:
        talk = session.exec(select(Conversation).join(Address).where(Address.channel == "telegram")).one()
        talk.owner = "person"
    assert chat.says(text=f"/start {chat.link()}") == []
    assert len(chat.joined()) == 1


@sqlite_only
@pytest.mark.parametrize(
    ("text", "keys"),
    [("mejor pago 500 el viernes", []), ("ya pagué", []), ("no me escriban más", ["thanks"]), ("", [])],
)
def test_an_edit_is_kept_for_people_and_only_a_stop_is_heard(chat: Chat, text: str, keys: list[str]) -> None:
    edited = message(5, text=text, edit_date=2)["message"] if text else message(5, caption="x", voice=VOICE)["message"]
    for _ in range(2):
        assert chat.gate.telegram({"update_id": 5, "edited_message": edited}).status_code == 200
    assert chat.answer() == keys
    (kept, *_) = chat.gate.messages()
    assert (kept.kind, kept.status) == ("edited", "handled")


VOICE = {"file_id": "F", "file_unique_id": "U", "duration": 1}


@sqlite_only
@pytest.mark.parametrize(
    "update",
    [
        {
            "update_id": 1,
            "edited_message": message(1, location={"latitude": 1.5, "longitude": 2.5}, edit_date=1)["message"],
        },
        {"update_id": 1, "edited_message": message(1, sender=BOT, text="x", edit_date=1)["message"]},
    ],
)
def test_other_edits_are_no_messages(chat: Chat, update: dict[str, Any]) -> None:
    assert chat.gate.telegram(update).status_code == 200
    assert chat.gate.messages() == []
