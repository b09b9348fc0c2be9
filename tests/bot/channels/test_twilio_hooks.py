"""Who may call Twilio's hooks, and what is made of what they bring."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from bot.channels import twilio_hooks
from bot.channels.base import SendError
from bot.channels.twilio_errors import classify, wait
from outreach import addresses
from outreach.messages import conversation_of, write_reply
from outreach.tables import Message
from store.engine import reading, transaction
from tests.bot.channels.conftest import NOW, PUBLIC, TOKENS, Gate

sqlite_only = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

TEXT = [
    ("MessageSid", "SM1"),
    ("AccountSid", "AC1"),
    ("From", "whatsapp:+5215512345678"),
    ("To", "whatsapp:+12065551212"),
    ("Body", "¿Cuánto debo?"),
    ("NumMedia", "0"),
    ("FromCity", ""),
]


def with_fields(**changed: str | None) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in TEXT if name not in changed]
    return kept + [(name, value) for name, value in changed.items() if value is not None]


def understood(channel: str = "whatsapp", **changed: str | None) -> Any:
    inbound = twilio_hooks.inbound(channel, dict(with_fields(**changed)))
    assert inbound is not None
    return inbound


@sqlite_only
class TestSignature:
    @pytest.mark.parametrize("token", TOKENS)
    @pytest.mark.parametrize("algorithm", ["", "HMAC_SHA1", "HMAC_SHA256"])
    def test_each_token_in_force_and_both_algorithms_are_accepted(self, gate: Gate, token: str, algorithm: str) -> None:
        assert gate.twilio("whatsapp", TEXT, token=token, algorithm=algorithm).status_code == 200

    def test_the_query_is_part_of_what_is_signed(self, gate: Gate) -> None:
        assert gate.twilio("sms", TEXT, query="tenant=7&x=a%20b%C3%A1").status_code == 200

    @pytest.mark.parametrize(
        "url",
        [
            "http://inner:8000/channels/twilio/sms?tenant=7",
            "https://pay.example.org/channels/twilio/sms?tenant=7",
            PUBLIC + "/channels/twilio/sms",
            PUBLIC + "/channels/twilio/sms?tenant=8",
            PUBLIC + "/channels/twilio/whatsapp?tenant=7",
        ],
    )
    def test_another_url_than_the_public_one_is_refused(self, gate: Gate, url: str) -> None:
        signature = RequestValidator(TOKENS[0]).compute_signature(url, dict(TEXT))
        assert gate.twilio("sms", TEXT, query="tenant=7", signature=signature).status_code == 403

    def test_a_port_in_the_signed_url_is_accepted(self, gate: Gate) -> None:
        url = PUBLIC.replace("example.org", "example.org:443") + "/channels/twilio/sms"
        signature = RequestValidator(TOKENS[0]).compute_signature(url, dict(TEXT))
        assert gate.twilio("sms", TEXT, signature=signature).status_code == 200

    def test_blanks_around_values_and_repeated_names_stay_as_they_came(self, gate: Gate) -> None:
        fields = with_fields(Body="  hola  ")
        assert gate.twilio("sms", [*fields, ("Twice", "a"), ("Twice", "b")]).status_code == 200
        assert gate.message().text == "  hola  "

    @pytest.mark.parametrize("signature", [None, "", "bm90aGluZw==", "ñandú"])
    def test_a_missing_or_wrong_signature_is_refused(self, gate: Gate, signature: str | None) -> None:
        assert gate.twilio("sms", TEXT, signature=signature).status_code == 403
        assert gate.messages() == []

    def test_a_token_no_longer_in_force_is_refused(self, gate: Gate) -> None:
        assert gate.twilio("sms", TEXT, token="retired").status_code == 403

    def test_one_changed_field_is_refused(self, gate: Gate) -> None:
        path = "/channels/twilio/sms"
        signature = RequestValidator(TOKENS[0]).compute_signature(PUBLIC + path, dict(TEXT))
        assert gate.twilio("sms", with_fields(Body="otro"), signature=signature).status_code == 403

    def test_an_unknown_algorithm_is_refused(self, gate: Gate) -> None:
        headers = {
            "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_MD5",
            "X-Twilio-Signature": "x",
            "content-type": "application/x-www-form-urlencoded",
        }
        assert gate.client.post("/channels/twilio/sms", content="Body=x", headers=headers).status_code == 403

    def test_the_algorithm_named_in_the_header_is_the_one_that_counts(self, gate: Gate) -> None:
        url = PUBLIC + "/channels/twilio/sms"
        sha_1 = RequestValidator(TOKENS[0]).compute_signature(url, dict(TEXT))
        assert gate.twilio("sms", TEXT, signature=sha_1, algorithm="HMAC_SHA256").status_code == 403

    def test_a_json_body_is_proven_by_its_hash_in_the_query(self, gate: Gate) -> None:
        body = '{"MessageSid": "SM1"}'
        query = f"bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
        assert self._post_json(gate, body, query).status_code == 200
        assert self._post_json(gate, body + " ", query).status_code == 403

    def test_a_json_body_without_a_hash_is_refused(self, gate: Gate) -> None:
        assert self._post_json(gate, "{}", "").status_code == 403

    def test_more_fields_or_bytes_than_any_real_hook_has_are_refused(self, gate: Gate) -> None:
        many = [(f"f{number}", "") for number in range(1001)]
        assert gate.twilio("sms", many).status_code == 413
        assert gate.twilio("sms", [("Body", "x" * 1_100_000)]).status_code == 413

    @staticmethod
    def _post_json(gate: Gate, body: str, query: str) -> Any:
        path = "/channels/twilio/status" + (f"?{query}" if query else "")
        signature = RequestValidator(TOKENS[0]).compute_signature(PUBLIC + path, {})
        headers = {"content-type": "application/json", "X-Twilio-Signature": signature}
        return gate.client.post(path, content=body, headers=headers)


@sqlite_only
class TestMessage:
    def test_a_message_is_kept_once_and_the_inbox_is_woken_once(self, gate: Gate) -> None:
        for _ in range(3):
            answer = gate.twilio("whatsapp", TEXT)
            assert (answer.status_code, answer.text) == (200, "<Response/>")
            assert answer.headers["content-type"].startswith("text/xml")
        assert gate.message().text == "¿Cuánto debo?"
        assert gate.message().status == "received"
        assert gate.wakes == [True]

    @pytest.mark.parametrize("missing", ["MessageSid", "From"])
    def test_without_an_id_or_a_sender_nothing_is_kept(self, gate: Gate, missing: str) -> None:
        assert gate.twilio("sms", with_fields(**{missing: None})).status_code == 400
        assert gate.messages() == []

    def test_a_stop_that_twilio_handled_itself_stops_the_address_at_once(self, gate: Gate) -> None:
        gate.twilio("sms", with_fields(Body="NO QUIERO", OptOutType="STOP"))
        assert gate.address().opted_out_at == NOW

    @pytest.mark.parametrize("kind", ["START", "HELP"])
    def test_no_message_consents_again_by_itself(self, gate: Gate, kind: str) -> None:
        gate.twilio("sms", with_fields(OptOutType="STOP"))
        gate.twilio("sms", with_fields(MessageSid="SM2", OptOutType=kind))
        assert gate.address().opted_out_at == NOW

    def test_fields_that_twilio_may_add_one_day_do_no_harm(self, gate: Gate) -> None:
        assert gate.twilio("whatsapp", [*TEXT, ("Brand.New[0]", "{}"), ("", "blank")]).status_code == 200


def test_nul_never_reaches_the_store(gate: Gate) -> None:
    fields = with_fields(MessageSid="SM\x001", Body="ho\x00la", ButtonPayload="p\x00", ButtonText="Sí\x00")
    assert gate.twilio("whatsapp", fields).status_code == 200
    assert (gate.message().text, gate.message().provider_id) == ("Sí", "SM1")
    assert gate.twilio("status", [("MessageSid", "SM\x009"), ("MessageStatus", "se\x00nt")]).status_code == 200


def test_the_same_message_at_once_from_many_is_kept_once(gate: Gate) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: gate.twilio("whatsapp", TEXT).status_code, range(8)))
    assert codes == [200] * 8
    assert gate.message().text == "¿Cuánto debo?"


def test_the_first_messages_of_a_new_address_may_come_at_once(gate: Gate) -> None:
    with ThreadPoolExecutor(8) as pool:
        fields = [with_fields(MessageSid=f"SM{number}") for number in range(8)]
        codes = list(pool.map(lambda each: gate.twilio("whatsapp", each).status_code, fields))
    assert codes == [200] * 8
    assert len(gate.messages()) == 8
    assert gate.address().value == "+5215512345678"


class TestUnderstanding:
    def test_a_button_on_whatsapp_speaks_for_the_body(self) -> None:
        inbound = understood(ButtonText="Sí", ButtonPayload="yes", OriginalRepliedMessageSid="SMours")
        assert (inbound.text, inbound.payload, inbound.message_kind) == ("Sí", "yes", "button")
        assert inbound.reply_to == "SMours"

    def test_a_button_on_sms_does_not(self) -> None:
        inbound = understood("sms", ButtonText="Sí", ButtonPayload="yes")
        assert (inbound.text, inbound.payload, inbound.message_kind) == ("¿Cuánto debo?", None, "text")

    @pytest.mark.parametrize("value", ["US.1234", "whatsapp:US.1234"])
    def test_a_user_id_beside_a_phone_is_a_second_address(self, value: str) -> None:
        inbound = understood(ExternalUserId=value)
        assert (inbound.kind, inbound.value, inbound.also_known_as) == ("phone", "+5215512345678", "US.1234")

    @pytest.mark.parametrize("value", ["1234", "us.1234", "US.", "US.12 34", "USA.1234", "whatsapp:", ""])
    def test_an_invalid_user_id_is_ignored(self, value: str) -> None:
        assert understood(ExternalUserId=value).also_known_as is None

    def test_a_user_id_alone_is_the_sender(self) -> None:
        inbound = understood(From=None, ExternalUserId="MX.abc_1")
        assert (inbound.kind, inbound.value, inbound.also_known_as) == ("bsuid", "MX.abc_1", None)

    def test_a_user_id_means_nothing_on_sms(self) -> None:
        assert twilio_hooks.inbound("sms", {"MessageSid": "1", "ExternalUserId": "MX.abc_1"}) is None

    def test_the_older_name_of_the_message_id_will_do(self) -> None:
        assert understood(MessageSid=None, SmsSid="SMold").provider_id == "SMold"

    @pytest.mark.parametrize(
        ("mime", "message_type", "kind"),
        [
            ("image/jpeg", "image", "image"),
            ("image/webp", "sticker", "sticker"),
            ("audio/ogg", "audio", "voice"),
            ("video/mp4", "video", "video"),
            ("application/pdf", "document", "document"),
            ("text/plain", "", "document"),
            ("", "image", "image"),
            ("", "", "other"),
            ("model/vrml", "", "other"),
        ],
    )
    def test_media_are_recorded_by_kind(self, mime: str, message_type: str, kind: str) -> None:
        inbound = understood(Body=None, MediaUrl0="https://m/0", MediaContentType0=mime, MessageType=message_type)
        assert inbound.media == ({"kind": kind, "url": "https://m/0", "mime": mime},)
        assert (inbound.message_kind, inbound.text) == ("media", "")

    @pytest.mark.parametrize("count", ["2", "", "many", "-1", "0"])
    def test_media_count_as_they_come_whatever_the_number_says(self, count: str) -> None:
        inbound = understood(NumMedia=count, MediaUrl0="a", MediaUrl1="b", MediaUrl3="d")
        assert [item["url"] for item in inbound.media] == ["a", "b"]

    def test_somebody_s_contact_card_is_dropped(self) -> None:
        inbound = understood(Body=None, MediaUrl0="https://m/0", MediaContentType0="text/vcard")
        assert (inbound.media, inbound.message_kind) == ((), "contact")

    @given(
        st.dictionaries(st.sampled_from([name for name, _ in TEXT]), st.text()), st.sampled_from(["whatsapp", "sms"])
    )
    def test_nothing_that_can_be_signed_breaks_the_reading(self, fields: dict[str, str], channel: str) -> None:
        twilio_hooks.inbound(channel, fields)
        twilio_hooks.status_event(fields, fields, NOW)


@pytest.fixture
def ours(engine: sa.Engine) -> Message:
    """A message of ours on its way, whose answer from Twilio has not come yet."""
    with transaction(engine) as session:
        address = addresses.find_or_create(session, "whatsapp", "phone", "+5215512345678", NOW)
        message = write_reply(session, conversation_of(session, address), text="hola", now=NOW)
        message.status = "sending"
        session.add(message)
    return message


def now_is(engine: sa.Engine, message: Message) -> Message:
    with reading(engine) as session:
        return session.get_one(Message, message.id)


@sqlite_only
class TestStatus:
    def report(self, gate: Gate, status: str, *, query: str = "", **more: str) -> int:
        fields = [("MessageSid", "SM9"), ("MessageStatus", status), ("To", "whatsapp:+5215512345678")]
        return gate.twilio("status", [*fields, *more.items()], query=query).status_code

    def by_id(self, message: Message) -> str:
        return f"message={message.id}&channel=whatsapp"

    def test_a_report_that_comes_before_the_answer_finds_its_message(self, gate: Gate, ours: Message) -> None:
        assert self.report(gate, "delivered", query=self.by_id(ours)) == 200
        message = now_is(gate.engine, ours)
        assert (message.status, message.provider_id) == ("delivered", "SM9")

    @pytest.mark.parametrize("ids", ["message=junk", "message=", "message=-1", f"message={10**30}", "message=999", ""])
    def test_a_malformed_or_foreign_id_of_ours_falls_back_to_twilio_s(
        self, gate: Gate, ours: Message, ids: str
    ) -> None:
        with transaction(gate.engine) as session:
            session.get_one(Message, ours.id).provider_id = "SM9"
        assert self.report(gate, "read", query=ids) == 200
        assert now_is(gate.engine, ours).status == "read"

    @pytest.mark.parametrize(
        "order",
        [
            ["sent", "delivered", "read"],
            ["read", "delivered", "sent", "queued"],
            ["delivered", "failed", "read", "sent"],
            ["undelivered", "read", "huh", "accepted"],
        ],
    )
    def test_reports_in_any_order_end_in_the_same_state(self, gate: Gate, ours: Message, order: list[str]) -> None:
        for status in order:
            assert self.report(gate, status, query=self.by_id(ours)) == 200
        assert now_is(gate.engine, ours).status == "read"
        assert len(gate.reports()) == len(order)

    @pytest.mark.parametrize("word", ["huh", "queued", "accepted", "scheduled", "sending", "canceled", "receiving", ""])
    def test_other_words_are_kept_and_change_nothing(self, gate: Gate, ours: Message, word: str) -> None:
        assert self.report(gate, word, query=self.by_id(ours)) == 200
        assert now_is(gate.engine, ours).status == "sending"
        assert [each.status for each in gate.reports()] == [word]

    def test_a_report_about_nobody_s_message_is_kept(self, gate: Gate) -> None:
        assert self.report(gate, "delivered", query="message=5&channel=sms") == 200
        assert [each.message_id for each in gate.reports()] == [None]

    def test_a_report_is_kept_without_personal_data(self, gate: Gate, ours: Message) -> None:
        self.report(gate, "sent", query=self.by_id(ours), From="whatsapp:+1", ChannelStatusMessage="ok")
        (report,) = gate.reports()
        assert report.raw == {"MessageSid": "SM9", "MessageStatus": "sent", "ChannelStatusMessage": "ok"}

    @pytest.mark.parametrize("code", ["21610", "63033"])
    def test_an_opt_out_in_a_report_stops_the_address(self, gate: Gate, ours: Message, code: str) -> None:
        self.report(gate, "failed", query=self.by_id(ours), ErrorCode=code)
        assert gate.address().opted_out_at == NOW
        assert now_is(gate.engine, ours).error_code == "opted_out"

    def test_an_opt_out_about_an_unknown_message_stops_the_address_as_well(self, gate: Gate, ours: Message) -> None:
        self.report(gate, "failed", query="message=999&channel=whatsapp", ErrorCode="21610")
        assert gate.address().opted_out_at == NOW
        assert now_is(gate.engine, ours).status == "sending"

    def test_a_dead_number_in_a_report_marks_the_address(self, gate: Gate, ours: Message) -> None:
        self.report(gate, "undelivered", query=self.by_id(ours), ErrorCode="30005")
        assert gate.address().blocked_at == NOW

    def test_a_passing_failure_is_tried_again_later(self, gate: Gate, ours: Message) -> None:
        self.report(gate, "failed", query=self.by_id(ours), ErrorCode="63018")
        message = now_is(gate.engine, ours)
        assert (message.status, message.attempts, message.provider_id) == ("queued", 1, None)
        assert message.send_after == NOW + timedelta(hours=1)
        assert message.sent_at is None

    def test_late_reports_of_the_failed_attempt_say_nothing_about_the_next(self, gate: Gate, ours: Message) -> None:
        for status in ("failed", "failed", "sent", "delivered"):
            self.report(gate, status, query=self.by_id(ours), ErrorCode="30008")
        message = now_is(gate.engine, ours)
        assert (message.status, message.attempts, message.provider_id) == ("queued", 1, None)
        assert len(gate.reports()) == 4

    def test_the_third_passing_failure_is_the_last(self, gate: Gate, ours: Message) -> None:
        for number in range(3):
            with transaction(gate.engine) as session:
                session.get_one(Message, ours.id).provider_id = f"SM{number}"
            fields = [("MessageSid", f"SM{number}"), ("MessageStatus", "undelivered"), ("ErrorCode", "30003")]
            gate.twilio("status", fields, query=self.by_id(ours))
        assert (now_is(gate.engine, ours).status, now_is(gate.engine, ours).attempts) == ("failed", 2)

    def test_a_message_still_in_a_sender_s_hands_is_not_queued_again(self, gate: Gate, ours: Message) -> None:
        with transaction(gate.engine) as session:
            session.get_one(Message, ours.id).claimed_until = NOW + timedelta(minutes=5)
        self.report(gate, "failed", query=self.by_id(ours), ErrorCode="63018")
        assert now_is(gate.engine, ours).status == "failed"

    def test_a_failure_for_good_is_not_tried_again(self, gate: Gate, ours: Message) -> None:
        self.report(gate, "failed", query=self.by_id(ours), ErrorCode="63016")
        assert (now_is(gate.engine, ours).status, now_is(gate.engine, ours).error_code) == ("failed", "window_closed")

    def test_an_unknown_code_is_an_alarm_and_no_crash(self, gate: Gate, ours: Message) -> None:
        for code in ("99999", "junk", "", "0", "9" * 40):
            assert self.report(gate, "failed", query=self.by_id(ours), ErrorCode=code) == 200
        assert {each.error_code for each in gate.reports()} == {"bad_request"}


CLASSES: dict[SendError, str] = {
    SendError.RATE_LIMITED: "20429 21611 30001 30022 63017 63018 30023 63038",
    SendError.UNAVAILABLE: "63010 63012 30003 30008",
    SendError.UNREACHABLE_ADDRESS: "21211 21214 21217 21612 21614 21201 30005 30006 63003 63024",
    SendError.CHANNEL_STOPPED: "20003 30002 63001 63020",
    SendError.NOT_CONFIGURED: "21408 21603 21606 21703 21704 21705 63007 63015 30863 30943",
    SendError.OPTED_OUT: "21610 63033",
    SendError.BAD_REQUEST: "21602 21617 21620 21623 63005 63019 63021 63034 30007 63026 60202 60203 12345",
    SendError.TEMPLATE_REJECTED: "21654 21655 21656 63027 63028 63040 63041 63013",
    SendError.BLOCKED: "30004 63032",
    SendError.WINDOW_CLOSED: "63016",
}


@pytest.mark.parametrize(
    ("error", "code"), [(error, int(code)) for error, codes in CLASSES.items() for code in codes.split()]
)
def test_every_known_code_has_its_class(error: SendError, code: int) -> None:
    assert classify(code) is error


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SendError.CHANNEL_STOPPED),
        (403, SendError.NOT_CONFIGURED),
        (404, SendError.NOT_CONFIGURED),
        (429, SendError.RATE_LIMITED),
        (500, SendError.UNAVAILABLE),
        (503, SendError.UNAVAILABLE),
        (400, SendError.BAD_REQUEST),
        (302, SendError.BAD_REQUEST),
    ],
)
def test_without_a_code_the_http_status_counts(status: int, error: SendError) -> None:
    assert classify(None, status) is error


def test_caps_and_paces_say_how_long_to_wait() -> None:
    assert wait(63018) == 3600
    assert wait(63038) == wait(30023) == 86_400
    assert wait(20429) is None
    assert wait(None) is None
