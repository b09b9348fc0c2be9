"""What is sent to Telegram, and how each kind of answer and of silence is understood."""

import json
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.channels.base import Outgoing, SendError, SendFailed, Sent
from bot.channels.telegram import TelegramChannel, TelegramSettings
from tests.bot.channels.provider import IMPATIENT, NEVER, PATIENT, Answer, Provider, closed_port

TOKEN = "110201543:the-bots-token"
TAKEN = Answer(200, {"ok": True, "result": {"message_id": 133}})


@pytest.fixture
def channel(provider: Provider) -> Iterator[TelegramChannel]:
    provider.answers(TAKEN)
    opened = TelegramChannel(TelegramSettings(TOKEN, "secret", provider.url + "/", timeout=PATIENT))
    yield opened
    opened.close()


def outgoing(text: str = "Hola, Ana.", **more: Any) -> Outgoing:
    given: dict[str, Any] = {"message_id": 41, "to": "700100200", "kind": "telegram_user", "text": text}
    return Outgoing(**(given | more))


def failure(channel: TelegramChannel) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        channel.send(outgoing())
    return caught.value


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return Answer(status, body | ({"parameters": parameters} if parameters else {}))


def test_a_text_is_sent_to_its_chat(provider: Provider, channel: TelegramChannel) -> None:
    assert channel.send(outgoing("_sin_ *formato* <b>")) == Sent("700100200:133", 1)
    (asked,) = provider.asked
    assert asked.path == f"/bot{TOKEN}/sendMessage"
    assert asked.fields == {"chat_id": ["700100200"], "text": ["_sin_ *formato* <b>"]}


def test_a_full_answer_is_read_as_well_as_a_lean_one(provider: Provider, channel: TelegramChannel) -> None:
    chat = {"id": 700100200, "type": "private"}
    provider.answers(Answer(200, {"ok": True, "result": {"message_id": 9, "date": 1, "chat": chat, "text": "x"}}))
    assert channel.send(outgoing()).provider_id == "700100200:9"


def test_buttons_hang_under_the_message(provider: Provider, channel: TelegramChannel) -> None:
    buttons = [{"title": "Sí", "payload": "/affirm"}, {"title": "Otro", "payload": "x" * 65}, {"title": "No"}]
    channel.send(outgoing(buttons=buttons))
    assert json.loads(provider.asked[0].one("reply_markup") or "") == {
        "inline_keyboard": [
            [{"text": "Sí", "callback_data": "/affirm"}],
            [{"text": "Otro", "callback_data": "Otro"}],
            [{"text": "No", "callback_data": "No"}],
        ]
    }


def test_a_button_that_shares_the_number_is_one_of_the_keyboard(provider: Provider, channel: TelegramChannel) -> None:
    channel.send(outgoing(buttons=[{"title": "Compartir", "payload": "share_number", "contact": True}]))
    assert json.loads(provider.asked[0].one("reply_markup") or "") == {
        "keyboard": [[{"text": "Compartir", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }


def test_too_many_is_said_to_the_whole_bot(provider: Provider, channel: TelegramChannel) -> None:
    provider.answers(refusal(429, "Too Many Requests", retry_after=60), TAKEN)
    assert failure(channel).retry_after == 60
    with pytest.raises(SendFailed) as other:
        channel.send(outgoing(to="9"))
    assert other.value.error is SendError.RATE_LIMITED
    assert 0 < (other.value.retry_after or 0) <= 60
    assert len(provider.asked) == 1


def test_after_its_wait_the_bot_sends_again(provider: Provider, channel: TelegramChannel) -> None:
    provider.answers(refusal(429, "Too Many Requests", retry_after=0.1), TAKEN)
    assert failure(channel).retry_after == 0.1
    time.sleep(0.15)
    assert channel.send(outgoing(to="9")).provider_id == "9:133"


@pytest.mark.parametrize(("kind", "method"), [("image", "sendPhoto"), ("document", "sendDocument")])
def test_media_go_by_their_address(provider: Provider, channel: TelegramChannel, kind: str, method: str) -> None:
    channel.send(outgoing(media=[{"kind": kind, "url": "https://m.example/1"}]))
    (asked,) = provider.asked
    assert asked.path.endswith(method)
    assert asked.one("caption") == "Hola, Ana."


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(429, "Too Many Requests", retry_after=30), SendError.RATE_LIMITED),
        (Answer(429, "slow down"), SendError.RATE_LIMITED),
        (refusal(403, "Forbidden: bot was blocked by the user"), SendError.OPTED_OUT),
        (refusal(403, "Forbidden: user is deactivated"), SendError.OPTED_OUT),
        (refusal(403, "Forbidden: bot can't initiate conversation with a user"), SendError.UNREACHABLE_ADDRESS),
        (refusal(400, "Bad Request: chat not found"), SendError.UNREACHABLE_ADDRESS),
        (
            refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100),
            SendError.UNREACHABLE_ADDRESS,
        ),
        (refusal(400, "Bad Request: message is too long"), SendError.BAD_REQUEST),
        (refusal(400, "Bad Request: BUTTON_URL_INVALID"), SendError.BAD_REQUEST),
        (refusal(401, "Unauthorized"), SendError.NOT_CONFIGURED),
        (refusal(404, "Not Found"), SendError.NOT_CONFIGURED),
        (refusal(409, "Conflict"), SendError.BAD_REQUEST),
        (refusal(418, "Something new"), SendError.BAD_REQUEST),
        (refusal(500, "Internal Server Error"), SendError.UNKNOWN_OUTCOME),
        (Answer(502, "<html>"), SendError.UNKNOWN_OUTCOME),
        (Answer(200, {"ok": False, "error_code": 400, "description": "chat not found"}), SendError.UNREACHABLE_ADDRESS),
        (Answer(200, {"ok": False, "error_code": 429}), SendError.RATE_LIMITED),
        (Answer(200, {"ok": False}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, {"ok": True}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, {"ok": True, "result": {}}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, {"ok": True, "result": True}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, {"ok": True, "result": {"message_id": None}}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, '{"ok": tr'), SendError.UNKNOWN_OUTCOME),
        (Answer(200, "[]"), SendError.UNKNOWN_OUTCOME),
        (Answer(302, ""), SendError.UNKNOWN_OUTCOME),
        (Answer(reset=True), SendError.UNKNOWN_OUTCOME),
    ],
    ids=lambda each: str(each)[:80],
)
def test_every_answer_has_one_meaning(
    provider: Provider, channel: TelegramChannel, answer: Answer, error: SendError
) -> None:
    provider.answers(answer)
    assert failure(channel).error is error
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    ("answer", "wait"), [(refusal(429, "Too Many Requests", retry_after=30), 30), (Answer(429, ""), 5)]
)
def test_the_wait_that_telegram_names_is_passed_on(
    provider: Provider, channel: TelegramChannel, answer: Answer, wait: float
) -> None:
    provider.answers(answer)
    assert failure(channel).retry_after == wait


def test_who_never_answers_may_have_sent_it(provider: Provider) -> None:
    provider.answers(Answer(200, hang=NEVER))
    channel = TelegramChannel(TelegramSettings(TOKEN, "secret", provider.url + "/", timeout=IMPATIENT))
    assert failure(channel).error is SendError.UNKNOWN_OUTCOME
    channel.close()


def test_a_refused_connection_is_tried_again() -> None:
    channel = TelegramChannel(TelegramSettings(TOKEN, "secret", f"http://127.0.0.1:{closed_port()}", timeout=PATIENT))
    assert failure(channel).error is SendError.UNAVAILABLE
    channel.close()


def test_many_threads_send_at_once(provider: Provider) -> None:
    provider.answers(TAKEN)
    channel = TelegramChannel(TelegramSettings(TOKEN, "secret", provider.url + "/", timeout=PATIENT))
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda number: channel.send(outgoing(f"n {number}")), range(24)))
    channel.close()
    assert len(sent) == len(provider.asked) == 24


def test_a_channel_never_used_closes_and_a_closed_one_closes_again(channel: TelegramChannel) -> None:
    channel.close()
    channel.close()


def test_the_token_is_never_logged_nor_shown(
    provider: Provider, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        channel.send(outgoing())
        provider.answers(Answer(500, "no"))
        assert TOKEN not in str(failure(channel))
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(TelegramSettings(TOKEN, "secret"))
