"""Who may call Telegram's hook, and what is made of an update."""

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import telegram_updates
from bot.channels.telegram_updates import Blocked, Event, Ignored, Unreadable
from outreach.messages import Inbound
from tests.bot.channels.conftest import NOW, SECRET, Gate
from tests.bot.channels.provider import Answer, Provider

sqlite_only = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

ANA: dict[str, Any] = {"id": 2**52, "is_bot": False, "first_name": "Ana", "last_name": "Ruiz"}
CHAT: dict[str, Any] = {"id": 2**52, "first_name": "Ana", "type": "private"}
GROUP: dict[str, Any] = {"id": -100, "title": "Familia", "type": "group"}
BOT: dict[str, Any] = {"id": 1, "is_bot": True, "first_name": "Al Corriente"}
KEYBOARD = {"inline_keyboard": [[{"text": "Sí", "callback_data": "/affirm"}, {"text": "No", "callback_data": "/deny"}]]}


def message(update_id: int = 2**33, sender: Any = ANA, **content: Any) -> dict[str, Any]:
    head = {"message_id": 41, "from": sender, "chat": CHAT, "date": 1_700_000_000}
    return {"update_id": update_id, "message": head | content}


def press(**changed: Any) -> dict[str, Any]:
    asked = {"message_id": 7, "from": BOT, "chat": CHAT, "date": 1, "text": "¿Lo anoto?", "reply_markup": KEYBOARD}
    query = {"id": "4382", "from": ANA, "chat_instance": "1", "data": "/affirm", "message": asked}
    return {"update_id": 5, "callback_query": query | changed}


def membership(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    member = {"user": BOT, "status": "member"}
    new = {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    change = {"chat": chat, "from": ANA, "date": 1, "old_chat_member": member, "new_chat_member": new}
    return {"update_id": 6, "my_chat_member": change}


def read(update: Any) -> Event:
    return telegram_updates.read(json.dumps(update).encode())


def understood(update: dict[str, Any]) -> Inbound:
    event = read(update)
    assert isinstance(event, Inbound)
    return event


@sqlite_only
class TestHook:
    @pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", "ñ"])
    def test_without_the_secret_nothing_is_kept(self, gate: Gate, secret: str | None) -> None:
        headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
        answer = gate.client.post("/channels/telegram", json=message(text="hola"), headers=headers)
        assert answer.status_code == 403
        assert gate.messages() == []

    def test_an_update_is_kept_once(self, gate: Gate) -> None:
        for _ in range(3):
            assert gate.telegram(message(text="hola")).status_code == 200
        assert gate.message().provider_id == str(2**33)
        assert gate.address().value == str(2**52)
        assert gate.wakes == [True]

    def test_the_same_number_in_two_chats_is_two_messages(self, gate: Gate) -> None:
        other = {"id": 5, "is_bot": False, "first_name": "Luz"}
        gate.telegram(message(1, text="hola"))
        gate.telegram(message(2, other, text="hola"))
        assert len(gate.messages()) == 2

    @pytest.mark.parametrize(
        "body",
        ["", "invalid", "[]", "null", "7", '"text"', "{}", '{"update_id": "x"}', "[" * 100_000, b"\xff\xfe", "{" * 9],
    )
    def test_what_is_no_update_is_acknowledged(self, gate: Gate, body: str | bytes) -> None:
        assert gate.telegram(body).status_code == 200
        assert gate.messages() == []

    def test_a_poison_update_is_kept_for_a_person_and_holds_nothing_back(self, gate: Gate) -> None:
        poison = message(1, text="hola", photo=[{"file_id": "x"}])
        for update in (poison, poison, message(2, text="sigo aquí")):
            assert gate.telegram(update).status_code == 200
        dead, alive = gate.messages()
        assert (dead.status, dead.error_code, json.loads(dead.text)) == ("failed", "unreadable", poison)
        assert (alive.status, alive.text) == ("received", "sigo aquí")
        assert gate.wakes == [True]

    def test_a_poison_update_of_a_group_is_only_acknowledged(self, gate: Gate) -> None:
        assert gate.telegram(message(chat=GROUP, photo=[{}])).status_code == 200
        assert gate.messages() == []

    def test_a_pressed_button_is_kept_and_answered(self, gate: Gate, provider: Provider) -> None:
        assert gate.telegram(press()).status_code == 200
        assert (gate.message().text, gate.message().kind) == ("Sí", "button")
        (asked,) = provider.asked
        assert asked.path.endswith("/answerCallbackQuery")
        assert asked.one("callback_query_id") == "4382"

    def test_a_button_that_can_t_be_answered_is_kept_all_the_same(self, gate: Gate, provider: Provider) -> None:
        provider.answers(Answer(400, {"ok": False, "description": "Bad Request: query is too old"}))
        assert gate.telegram(press()).status_code == 200
        assert gate.message().status == "received"

    def test_who_blocks_the_bot_has_opted_out_and_letting_it_in_is_no_consent(self, gate: Gate) -> None:
        gate.telegram(message(text="hola"))
        assert gate.telegram(membership("kicked")).status_code == 200
        assert (gate.address().opted_out_at, gate.address().blocked_at) == (NOW, NOW)
        assert gate.telegram(membership("member")).status_code == 200
        assert (gate.address().opted_out_at, gate.address().blocked_at) == (NOW, None)

    def test_too_large_an_update_is_refused(self, gate: Gate) -> None:
        assert gate.telegram("x" * 1_100_000).status_code == 413


def test_what_the_store_can_t_hold_is_left_out(gate: Gate) -> None:
    assert gate.telegram(
        '{"update_id": 1, "message": ' + json.dumps(message(text="h\x00o\ud800la")["message"]) + "}"
    ).is_success
    assert gate.message().text == "ho?la"


def test_the_same_update_at_once_from_many_is_kept_once(gate: Gate) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: gate.telegram(message(text="hola")).status_code, range(8)))
    assert codes == [200] * 8
    assert gate.message().text == "hola"


class TestMessage:
    def test_who_wrote_what_and_when(self) -> None:
        inbound = understood(message(text="  ¿Cuánto debo? "))
        assert (inbound.channel, inbound.kind, inbound.value) == ("telegram", "telegram_user", str(2**52))
        assert (inbound.text, inbound.message_kind, inbound.profile_name) == ("  ¿Cuánto debo? ", "text", "Ana Ruiz")
        assert inbound.occurred_at == datetime.fromtimestamp(1_700_000_000, UTC)

    @pytest.mark.parametrize(
        ("text", "payload"),
        [
            ("/start", None),
            ("/start Ab_9-z", "Ab_9-z"),
            ("/start@AlCorrienteBot Ab9", "Ab9"),
            ("/start " + "a" * 64, "a" * 64),
            ("/start " + "a" * 65, None),
            ("/start a=b", None),
        ],
    )
    def test_a_start_brings_its_link_s_payload(self, text: str, payload: str | None) -> None:
        inbound = understood(message(text=text))
        assert (inbound.message_kind, inbound.payload, inbound.text) == ("start", payload, "/start")

    @pytest.mark.parametrize("text", ["/start a b", "/started", "start", "/stop"])
    def test_other_commands_are_texts(self, text: str) -> None:
        assert understood(message(text=text)).message_kind == "text"

    def test_the_sender_s_own_number_is_told(self) -> None:
        card = {"phone_number": "525512345678", "first_name": "Ana", "user_id": 2**52}
        inbound = understood(message(contact=card))
        assert (inbound.message_kind, inbound.text) == ("contact", "+525512345678")

    @pytest.mark.parametrize("owner", [{"user_id": 9}, {}])
    def test_somebody_else_s_card_is_dropped(self, owner: dict[str, int]) -> None:
        inbound = understood(message(contact={"phone_number": "+525500000000", "first_name": "Luz"} | owner))
        assert (inbound.message_kind, inbound.text, inbound.media) == ("contact", "", ())

    @pytest.mark.parametrize(
        ("content", "recorded"),
        [
            (
                {"voice": {"duration": 2, "mime_type": "audio/ogg"}},
                {"kind": "voice", "mime": "audio/ogg", "duration": 2},
            ),
            ({"audio": {"duration": 9, "file_name": "a.mp3"}}, {"kind": "voice", "duration": 9, "file_name": "a.mp3"}),
            ({"video": {"width": 1, "height": 1, "duration": 3}}, {"kind": "video", "duration": 3}),
            ({"video_note": {"length": 1, "duration": 3}}, {"kind": "video", "duration": 3}),
            (
                {"document": {"file_name": "recibo.pdf", "mime_type": "application/pdf"}},
                {"kind": "document", "file_name": "recibo.pdf", "mime": "application/pdf"},
            ),
        ],
    )
    def test_a_file_is_recorded_not_fetched(self, content: dict[str, Any], recorded: dict[str, Any]) -> None:
        ((name, file),) = content.items()
        ids = {"file_id": "F", "file_unique_id": "U"}
        inbound = understood(message(caption="mi recibo", **{name: file | ids}))
        assert inbound.media == (recorded | ids,)
        assert (inbound.message_kind, inbound.text) == ("media", "mi recibo")

    def test_of_a_photo_the_largest_size_is_recorded(self) -> None:
        sizes = [
            {"file_id": f"F{n}", "file_unique_id": "U", "width": n, "height": n, "file_size": n} for n in (1, 2, 3)
        ]
        assert [item["file_id"] for item in understood(message(photo=sizes)).media] == ["F3"]

    @pytest.mark.parametrize(("animated", "video"), [(False, False), (True, False), (False, True)])
    def test_of_a_sticker_the_picture_is_recorded_if_it_is_one(self, animated: bool, video: bool) -> None:
        sticker = {"file_id": "F", "file_unique_id": "U", "type": "regular", "width": 1, "height": 1}
        (item,) = understood(message(sticker=sticker | {"is_animated": animated, "is_video": video})).media
        assert (item["kind"], "file_id" in item) == ("sticker", not (animated or video))

    def test_an_edit_says_what_the_message_says_now(self) -> None:
        inbound = understood({"update_id": 8, "edited_message": message(text="500", edit_date=1)["message"]})
        assert (inbound.message_kind, inbound.text, inbound.provider_id) == ("edited", "500", "8")

    def test_a_moving_picture_counts_once_though_it_comes_twice(self) -> None:
        ids = {"file_id": "F", "file_unique_id": "U"}
        animation = ids | {"width": 1, "height": 1, "duration": 1}
        assert len(understood(message(animation=animation, document=ids)).media) == 1

    @pytest.mark.parametrize(
        "content",
        [
            {"dice": {"emoji": "🎲", "value": 3}},
            {"game": {"title": "g", "description": "d", "photo": []}},
            {
                "poll": {
                    "id": "1",
                    "question": "?",
                    "options": [],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                }
            },
        ],
    )
    def test_what_nobody_can_use_gets_a_polite_answer_too(self, content: dict[str, Any]) -> None:
        event = read(message(**content))
        assert isinstance(event, Inbound | Unreadable)
        if isinstance(event, Inbound):
            assert (event.message_kind, event.media) == ("media", ({"kind": "other"},))

    def test_a_place_with_a_name(self) -> None:
        venue = {"location": {"latitude": 1.5, "longitude": 2.5}, "title": "Oxxo", "address": "Centro"}
        inbound = understood(message(venue=venue, location=venue["location"]))
        assert (inbound.message_kind, inbound.text, inbound.media) == ("location", "Oxxo, Centro", ())

    def test_an_answer_to_our_message_names_it(self) -> None:
        asked = {"message_id": 7, "from": BOT, "chat": CHAT, "date": 1, "text": "¿Cuándo?"}
        assert understood(message(text="mañana", reply_to_message=asked)).reply_to == f"{2**52}:7"

    @pytest.mark.parametrize(
        ("update", "reason"),
        [
            (message(text="hola", chat=GROUP), "not_private"),
            (message(text="hola", chat={"id": -1, "title": "c", "type": "supergroup"}), "not_private"),
            (message(text="hola", sender=BOT), "not_private"),
            (message(chat=GROUP, migrate_to_chat_id=-1005), "not_private"),
            (message(message_auto_delete_timer_changed={"message_auto_delete_time": 5}), "service_message"),
            (message(), "service_message"),
            (
                {"update_id": 1, "edited_message": message(location={"latitude": 1, "longitude": 2})["message"]},
                "edited",
            ),
            ({"update_id": 1, "edited_message": message(text="500", chat=GROUP)["message"]}, "not_private"),
            ({"update_id": 1, "channel_post": message(text="x", chat=GROUP)["message"]}, "kind"),
            ({"update_id": 1, "something_of_next_year": {"a": 1}}, "kind"),
            (press(message=None, inline_message_id="1"), "not_private"),
            (press(data=None, game_short_name="g"), "not_private"),
            (membership("kicked", GROUP), "not_private"),
        ],
    )
    def test_what_is_not_said_to_us_alone_is_ignored(self, update: dict[str, Any], reason: str) -> None:
        event = read(update)
        assert isinstance(event, Ignored)
        assert event.reason == reason


class TestPress:
    def test_it_says_which_button_of_which_message(self) -> None:
        inbound = understood(press())
        assert (inbound.text, inbound.payload, inbound.reply_to) == ("Sí", "/affirm", f"{2**52}:7")
        assert (inbound.message_kind, inbound.value) == ("button", str(2**52))

    def test_of_an_old_message_only_the_payload_is_known(self) -> None:
        inbound = understood(press(message={"chat": CHAT, "message_id": 7, "date": 0}))
        assert (inbound.text, inbound.payload) == ("/affirm", "/affirm")


@pytest.mark.parametrize(("status", "blocked"), [("kicked", True), ("left", True), ("member", False)])
def test_a_block_and_its_end(status: str, blocked: bool) -> None:
    assert read(membership(status)) == Blocked(str(2**52), blocked)


WHOLE = [
    message(text="hola", entities=[{"type": "bold", "offset": 0, "length": 4}]),
    message(photo=[{"file_id": "F", "file_unique_id": "U", "width": 1, "height": 1}], caption="x"),
    message(contact={"phone_number": "52", "first_name": "A", "user_id": 2**52}),
    message(location={"latitude": 1.5, "longitude": 2.5}),
    message(text="x", reply_to_message=message(text="y")["message"]),
    press(),
    membership("kicked"),
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.builds(list),  # made anew each time, since the test changes what it gets
    st.builds(dict),
    st.builds(lambda: [[]]),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


@given(st.data())
def test_no_update_is_so_broken_that_it_can_t_be_acknowledged(data: st.DataObject) -> None:
    update = copy.deepcopy(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from([each for each in places(update) if each]))
        holder = update
        for key in place[:-1]:
            holder = holder[key]
        if data.draw(st.booleans()):
            holder[place[-1]] = data.draw(JUNK)
        else:
            del holder[place[-1]]
        if not update:
            break
    assert read(update) is not None


@pytest.mark.parametrize("broken", [{"data": "x", "button_text": []}, {"data": {"a": 1}, "button_text": "ok"}])
def test_a_text_that_is_no_text_is_kept_for_a_person(gate: Gate, broken: dict[str, Any]) -> None:
    sender = {"id": 5, "is_bot": False, "first_name": "Ana"}
    chat = {"id": 5, "type": "private"}
    message = {"message_id": 1, "date": 1_790_000_000, "from": sender, "chat": chat, "web_app_data": broken}
    assert gate.telegram({"update_id": 1, "message": message}).status_code == 200
    assert [each.status for each in gate.messages()] == ["failed"]
