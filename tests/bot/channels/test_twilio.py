"""What is sent to Twilio, and how each kind of answer and of silence is understood."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.channels.base import Outgoing, SendError, SendFailed, Sent, Template, numbered
from bot.channels.twilio import TwilioChannel, TwilioSettings, cheapest
from bot.channels.twilio_lists import forms
from locales.sms import segments
from tests.bot.channels.provider import IMPATIENT, NEVER, PATIENT, Answer, Provider, closed_port

TAKEN = Answer(201, {"sid": "SM1", "status": "queued"})
HTML = "<html><body>Bad Gateway</body></html>"
Open = Callable[..., TwilioChannel]


@pytest.fixture
def channel_to(provider: Provider) -> Iterator[Open]:
    opened: list[TwilioChannel] = []

    def open_channel(name: str = "whatsapp", **changed: Any) -> TwilioChannel:
        settings: dict[str, Any] = {
            "account_sid": "AC00000000000000000000000000000000",
            "auth_token": "token",
            "public_base_url": "https://pay.example.org/hooks/",
            "whatsapp_from": "+12065551212",
            "sms_from": "2020",
            "api_base_url": provider.url,
            "timeout": PATIENT,
        }
        channel = TwilioChannel(name, TwilioSettings(**(settings | changed)))
        opened.append(channel)
        return channel

    provider.answers(TAKEN)
    yield open_channel
    for each in opened:
        each.close()


def outgoing(text: str = "Hola, Ana.", **more: Any) -> Outgoing:
    given: dict[str, Any] = {"message_id": 41, "to": "+525512345678", "kind": "phone", "text": text}
    return Outgoing(**(given | more))


def failure(channel: TwilioChannel, message: Outgoing | None = None) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        channel.send(message or outgoing())
    return caught.value


def test_a_whatsapp_message_carries_its_sender_and_our_id(provider: Provider, channel_to: Open) -> None:
    assert channel_to().send(outgoing()) == Sent("SM1", 1)
    (asked,) = provider.asked
    assert asked.path == "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json"
    assert asked.fields == {
        "To": ["whatsapp:+525512345678"],
        "From": ["whatsapp:+12065551212"],
        "Body": ["Hola, Ana."],
        "StatusCallback": ["https://pay.example.org/hooks/channels/twilio/status?message=41&channel=whatsapp"],
    }


def test_a_user_without_a_phone_is_written_to_by_the_user_id(provider: Provider, channel_to: Open) -> None:
    channel_to().send(outgoing(to="MX.1234", kind="bsuid"))
    assert provider.asked[0].one("To") == "whatsapp:MX.1234"


def test_a_messaging_service_may_choose_the_sender(provider: Provider, channel_to: Open) -> None:
    channel_to("sms", sms_from="", messaging_service_sid="MG1").send(outgoing())
    assert provider.asked[0].one("MessagingServiceSid") == "MG1"
    assert "From" not in provider.asked[0].fields


def test_without_any_sender_nothing_is_asked(provider: Provider, channel_to: Open) -> None:
    assert failure(channel_to("sms", sms_from="")).error is SendError.NOT_CONFIGURED
    assert provider.asked == []


@pytest.mark.parametrize(("given", "sent"), [(600, "600"), (0, "1"), (-5, "1"), (50_000, "36000"), (None, None)])
def test_twilio_s_queue_never_holds_a_message_longer_than_it_is_valid(
    provider: Provider, channel_to: Open, given: int | None, sent: str | None
) -> None:
    channel_to("sms").send(outgoing(valid_seconds=given))
    assert provider.asked[0].one("ValidityPeriod") == sent


def test_buttons_become_numbered_lines(provider: Provider, channel_to: Open) -> None:
    buttons = [{"title": "Sí", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
    channel_to().send(outgoing("¿Lo anoto?", buttons=buttons))
    assert provider.asked[0].one("Body") == "¿Lo anoto?\n\n1. Sí\n2. No"
    assert numbered("", buttons) == "1. Sí\n2. No"


def test_an_sms_is_sent_in_plain_letters_where_that_saves_a_part(provider: Provider, channel_to: Open) -> None:
    long = "Buenos días, José. Le recordamos que mañana vence su pago y que con gusto le atendemos por aquí."
    sent = channel_to("sms").send(outgoing(long))
    assert provider.asked[0].one("Body") == long.translate(str.maketrans("íóúá", "ioua"))
    assert sent.segments == 1
    assert cheapest("Cuánto ☺") == "Cuánto ☺"
    assert segments(cheapest(long * 3)) < segments(long * 3)


def test_whatsapp_keeps_every_letter(provider: Provider, channel_to: Open) -> None:
    channel_to().send(outgoing("¿Cuánto? 👋 " * 20))
    assert provider.asked[0].one("Body") == "¿Cuánto? 👋 " * 20


class TestTemplate:
    TEMPLATE = Template("reminder.before", "es_MX", {"name": "Ana", "amount": "$1,250.50\n ya"})

    @pytest.mark.parametrize("name", ["reminder.before/es_MX", "reminder.before/es", "reminder.before"])
    def test_it_is_sent_by_its_id_with_its_values(self, provider: Provider, channel_to: Open, name: str) -> None:
        channel_to(templates={name: "HX1", "other": "HX2"}).send(outgoing(template=self.TEMPLATE))
        (asked,) = provider.asked
        assert asked.one("ContentSid") == "HX1"
        assert json.loads(asked.one("ContentVariables") or "") == {"name": "Ana", "amount": "$1,250.50 ya"}
        assert "Body" not in asked.fields

    @pytest.mark.parametrize("known", [{}, {"reminder.before/en": "HX1"}, {"reminder.before": ""}])
    def test_without_an_approved_id_nothing_is_sent(
        self, provider: Provider, channel_to: Open, known: dict[str, str]
    ) -> None:
        found = failure(channel_to(templates=known), outgoing(template=self.TEMPLATE))
        assert found.error is SendError.TEMPLATE_REJECTED
        assert provider.asked == []

    def test_sms_needs_no_template(self, provider: Provider, channel_to: Open) -> None:
        channel_to("sms").send(outgoing(template=self.TEMPLATE))
        assert provider.asked[0].one("Body") == "Hola, Ana."


def test_a_message_without_text_and_media_is_not_sent(provider: Provider, channel_to: Open) -> None:
    assert failure(channel_to(), outgoing("")).error is SendError.BAD_REQUEST
    assert provider.asked == []


def problem(status: int, code: int | None) -> Answer:
    body: dict[str, Any] = {"message": "said for a person", "status": status}
    return Answer(status, body | ({"code": code} if code else {}))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (problem(401, 20003), SendError.CHANNEL_STOPPED),
        (problem(429, 20429), SendError.RATE_LIMITED),
        (Answer(429, "slow down"), SendError.RATE_LIMITED),
        (problem(400, 21211), SendError.UNREACHABLE_ADDRESS),
        (problem(400, 21610), SendError.OPTED_OUT),
        (problem(400, 63016), SendError.WINDOW_CLOSED),
        (problem(400, 21655), SendError.TEMPLATE_REJECTED),
        (problem(400, 21617), SendError.BAD_REQUEST),
        (problem(400, 99999), SendError.BAD_REQUEST),
        (problem(400, None), SendError.BAD_REQUEST),
        (Answer(404, HTML), SendError.NOT_CONFIGURED),
        (
            Answer(400, {"type": "https://t/21211", "title": "Invalid To", "status": 400, "code": 21211}),
            SendError.UNREACHABLE_ADDRESS,
        ),
        (Answer(200, {}), SendError.UNKNOWN_OUTCOME),
        (Answer(201, {"sid": None}), SendError.UNKNOWN_OUTCOME),
        (Answer(200, '{"sid": "SM'), SendError.UNKNOWN_OUTCOME),
        (Answer(200, HTML), SendError.UNKNOWN_OUTCOME),
        (Answer(200, "[]"), SendError.UNKNOWN_OUTCOME),
        (Answer(200, "null"), SendError.UNKNOWN_OUTCOME),
        (Answer(reset=True), SendError.UNKNOWN_OUTCOME),
    ],
    ids=lambda each: str(each)[:60],
)
def test_every_answer_has_one_meaning(provider: Provider, channel_to: Open, answer: Answer, error: SendError) -> None:
    provider.answers(answer)
    assert failure(channel_to()).error is error
    assert len(provider.asked) == 1


def test_who_never_answers_may_have_sent_it(provider: Provider, channel_to: Open) -> None:
    provider.answers(Answer(201, hang=NEVER))
    assert failure(channel_to(timeout=IMPATIENT)).error is SendError.UNKNOWN_OUTCOME
    assert len(provider.asked) == 1


def test_a_refused_connection_is_tried_again(channel_to: Open) -> None:
    channel = channel_to(api_base_url=f"http://127.0.0.1:{closed_port()}")
    assert failure(channel).error is SendError.UNAVAILABLE


def test_a_provider_s_code_and_wait_are_passed_on(provider: Provider, channel_to: Open) -> None:
    provider.answers(problem(429, 63018))
    found = failure(channel_to())
    assert (found.code, found.retry_after) == ("63018", 3600)


MINE = {
    "sid": "SM7",
    "to": "whatsapp:+525512345678",
    "body": "Hola, Ana.",
    "date_created": "Thu, 18 Nov 2100 16:00:00 +0000",
}


class TestLostAnswer:
    """What stands between us may lose the answer to a message that Twilio took, so Twilio is asked what it has."""

    def listed(self, *messages: dict[str, Any]) -> Answer:
        return Answer(200, {"messages": list(messages), "page": 0, "page_size": 20, "next_page_uri": None})

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_the_message_was_taken(self, provider: Provider, channel_to: Open, status: int) -> None:
        provider.answers(Answer(status, HTML), self.listed(MINE | {"sid": "SM6", "body": "otro"}, MINE), self.listed())
        assert channel_to().send(outgoing()) == Sent("SM7", 1)
        assert provider.asked[0].method == "POST"
        assert {each.method for each in provider.asked[1:]} == {"GET"}

    def test_a_number_with_two_forms_is_sought_under_both(self, provider: Provider, channel_to: Open) -> None:
        other = MINE | {"to": "whatsapp:+5215512345678"}
        provider.answers(Answer(502, HTML), self.listed(), self.listed(other))
        assert channel_to().send(outgoing()) == Sent("SM7", 1)
        asked = [each.query["To"] for each in provider.asked[1:]]
        assert asked == [["whatsapp:+525512345678"], ["whatsapp:+5215512345678"]]

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (500, SendError.UNAVAILABLE),
            (503, SendError.UNAVAILABLE),
            (502, SendError.UNKNOWN_OUTCOME),
            (504, SendError.UNKNOWN_OUTCOME),
        ],
    )
    @pytest.mark.parametrize("listed", [[], [MINE | {"date_created": "Thu, 18 Nov 2010 16:00:00 +0000"}]])
    def test_it_was_not_taken_or_not_yet(
        self, provider: Provider, channel_to: Open, status: int, error: SendError, listed: list[dict[str, Any]]
    ) -> None:
        provider.answers(Answer(status, HTML), self.listed(*listed))
        assert failure(channel_to()).error is error

    @pytest.mark.parametrize("second", [Answer(502, HTML), Answer(200, "{"), Answer(reset=True)])
    @pytest.mark.parametrize("first", [Answer(502, HTML), problem(500, 20500)])
    def test_nobody_can_tell(self, provider: Provider, channel_to: Open, first: Answer, second: Answer) -> None:
        provider.answers(first, second)
        assert failure(channel_to()).error is SendError.UNKNOWN_OUTCOME

    def test_a_template_s_text_can_t_be_recognised(self, provider: Provider, channel_to: Open) -> None:
        provider.answers(Answer(502, HTML), self.listed(MINE))
        message = outgoing(template=Template("greet", "es", {}))
        assert failure(channel_to(templates={"greet": "HX1"}), message).error is SendError.UNKNOWN_OUTCOME


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("+525512345678", ("+525512345678", "+5215512345678")),
        ("whatsapp:+5215512345678", ("whatsapp:+525512345678", "whatsapp:+5215512345678")),
        ("+541123456789", ("+541123456789", "+5491123456789")),
        ("+5511987654321", ("+551187654321", "+5511987654321")),
        ("+12065551212", ("+12065551212",)),
        ("whatsapp:MX.1234", ("whatsapp:MX.1234",)),
    ],
)
def test_a_mobile_number_is_known_in_every_form(to: str, expected: tuple[str, ...]) -> None:
    assert forms(to) == expected


def test_nothing_personal_is_logged(channel_to: Open, provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        channel_to().send(outgoing())
        provider.answers(Answer(502, HTML))
        failure(channel_to())
    assert "525512345678" not in caplog.text
    assert "token" not in caplog.text
