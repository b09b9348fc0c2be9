"""Files behind the hook: fetched once the turn is over, tried again, kept encrypted, told to a person."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot import media, turns, voice
from bot.channels.telegram import TelegramSettings
from bot.channels.telegram_files import TelegramFiles
from bot.channels.twilio import TwilioSettings
from bot.channels.twilio_media import TwilioMedia
from bot.voice import Transcriber
from desk.cases import Reason, open_case
from desk.tables import Case
from loans.tables import Payment
from outreach import media as kept
from outreach import messages
from outreach.messages import Inbound
from outreach.tables import Address, MediaContent, MediaFile, Message
from store.engine import reading, transaction
from store.ids import id_of
from tests.bot.origin import Origin, answer, moved, running
from tests.bot.test_file_kinds import exif, jpeg, png
from tests.outreach.portfolio import MORNING, Person, a_lender, a_person

sqlite_only = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
PHOTO = jpeg(30, 20, exif("<", 6))
TOKEN = "110201543:the-bots-token"
MEDIA = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


@dataclass
class SetClock:
    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at


@dataclass
class Desk:
    """A lender whose borrowers send files that lie at `origin`."""

    engine: sa.Engine
    origin: Origin
    clock: SetClock = field(default_factory=SetClock)
    transcriber: Transcriber | None = None

    def __post_init__(self) -> None:
        self.origin.replies |= {"/file": answer(PHOTO), MEDIA: answer(PHOTO)}
        with transaction(self.engine) as session:
            a_lender(session)

    def sends(
        self, *items: dict[str, Any], who: Person | None = None, channel: str = "whatsapp", handled: bool = True
    ) -> int:
        with transaction(self.engine) as session:
            person = who or a_person(session, channel)
            given = items or ({"kind": "image", "url": f"{self.origin.url}{MEDIA}"},)
            inbound = Inbound(channel, "phone", person.address.value, None, message_kind="media", media=given)
            message = messages.receive(session, inbound, self.clock.now())
            assert message is not None
            if handled:
                message.status = "handled"
            return id_of(message)

    def fetch(self) -> bool:
        twilio = TwilioSettings("AC1", "auth-token", "https://pay.example.org", api_base_url=self.origin.url)
        telegram = TelegramSettings(TOKEN, "secret", self.origin.url)
        sources: dict[str, media.MediaSource] = {"whatsapp": TwilioMedia(twilio), "telegram": TelegramFiles(telegram)}
        return media.fetch_next(self.engine, sources, self.clock, self.transcriber)

    def files(self) -> list[MediaFile]:
        with reading(self.engine) as session:
            return list(session.exec(select(MediaFile).order_by(col(MediaFile.id))))

    def cases(self) -> list[Case]:
        with reading(self.engine) as session:
            return list(session.exec(select(Case).order_by(col(Case.id))))

    def replies(self) -> list[Message]:
        with reading(self.engine) as session:
            return list(session.exec(select(Message).where(Message.direction == "out").order_by(col(Message.id))))


@pytest.fixture
def desk(engine: sa.Engine) -> Iterator[Desk]:
    with running() as origin:
        yield Desk(engine, origin)


def test_a_receipt_is_kept_encrypted_without_its_notes_and_gone_at_the_provider(desk: Desk) -> None:
    desk.sends()
    assert desk.fetch()
    assert not desk.fetch()
    (file,) = desk.files()
    assert (file.state, file.mime, file.kept_at, len(file.sha256)) == ("kept", "image/jpeg", MORNING, 64)
    with reading(desk.engine) as session:
        body = kept.content_of(session, file)
        raw = session.connection().execute(sa.text("SELECT body FROM media_content")).scalar_one()
        assert session.exec(select(Payment)).all() == []
    assert body is not None
    assert (b"GPS" in body, len(body)) == (False, file.size)
    assert b"JFIF" not in bytes(raw)
    assert [each.split(" ")[0] for each in desk.origin.asked] == ["GET", "DELETE"]
    assert all("Authorization: Basic" in each for each in desk.origin.asked)


@sqlite_only
def test_what_is_no_file_is_not_awaited(desk: Desk) -> None:
    desk.sends({"kind": "sticker"}, {"kind": "other", "url": "https://example.org/x"}, {"kind": "image"})
    assert desk.files() == []


@sqlite_only
def test_the_turn_comes_first_but_not_for_ever(desk: Desk) -> None:
    desk.sends(handled=False)
    assert not desk.fetch()
    desk.clock.at += timedelta(minutes=3)
    assert desk.fetch()


@sqlite_only
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"MZ a program called receipt.jpg", "type_refused"),
        (b"<html>", "type_refused"),
        (b"", "type_refused"),
        (png(65_535, 65_535), "too_many_pixels"),
        (b"\xff\xd8\xff" + b"x" * (media.LIMIT + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_receipt_is_refused_and_told_to_a_person(desk: Desk, body: bytes, reason: str) -> None:
    desk.origin.replies[MEDIA] = answer(body, content_type="image/jpeg")
    desk.sends()
    assert desk.fetch()
    (file,) = desk.files()
    assert (file.state, file.reason) == ("refused", reason)
    (case,) = desk.cases()
    assert (case.reason, case.facts) == (Reason.MEDIA_REVIEW, {"file_missing": reason})


@sqlite_only
@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/kept", "https://169.254.169.254/", "http://10.0.0.1/", "https://localhost/"]
)
def test_a_provider_s_redirect_leads_into_nobody_s_network(desk: Desk, target: str) -> None:
    with running() as inside:
        inside.replies["/kept"] = answer(PHOTO)
        desk.origin.replies[MEDIA] = moved(target.format(port=inside.url.rsplit(":", 1)[1]))
        desk.sends()
        assert desk.fetch()
        assert inside.asked == []
    assert desk.files()[0].reason == "host_refused"


@sqlite_only
@pytest.mark.parametrize("url", ["receipt.jpg", "http://127.0.0.1:9/x", "https://media.example/x.png", "https://[", ""])
def test_only_the_provider_s_hosts_are_asked(desk: Desk, url: str) -> None:
    desk.sends({"kind": "image", "url": url, "file_id": "x"})
    assert desk.fetch()
    assert desk.files()[0].reason == "host_refused"
    assert desk.origin.asked == []


def test_a_failing_file_is_tried_again_and_then_named_on_the_claim(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        who = a_person(session, "whatsapp")
        talk = messages.conversation_of(session, who.address)
        open_case(session, Reason.PAYMENT_CLAIM, now=MORNING, borrower_id=who.id, conversation_id=talk.id, turn_id="t")
    desk.origin.replies[MEDIA] = answer(status="503 Busy")
    desk.sends(who=who)
    for wait in media.PATIENCE:
        assert desk.fetch()
        assert not desk.fetch()
        desk.clock.at += timedelta(seconds=wait)
    assert desk.fetch()
    desk.clock.at += timedelta(days=1)
    assert not desk.fetch()
    assert desk.files()[0].state == "lost"
    (case,) = desk.cases()
    assert (case.reason, case.facts) == (Reason.PAYMENT_CLAIM, {"file_missing": "unavailable"})
    assert len(desk.origin.asked) == len(media.PATIENCE) + 1


@sqlite_only
def test_a_file_that_comes_late_is_kept(desk: Desk) -> None:
    desk.origin.replies[MEDIA] = answer(status="404 Not yet")
    desk.sends()
    desk.fetch()
    desk.origin.replies[MEDIA] = answer(PHOTO)
    desk.clock.at += timedelta(minutes=1)
    desk.fetch()
    assert (desk.files()[0].state, desk.cases()) == ("kept", [])


def test_the_same_receipt_for_another_loan_is_flagged_and_names_nobody(desk: Desk) -> None:
    first = desk.sends()
    desk.fetch()
    with transaction(desk.engine) as session:
        talk = session.get_one(Message, first).conversation_id
        earlier = id_of(open_case(session, Reason.PAYMENT_CLAIM, now=MORNING, conversation_id=talk))
    desk.sends()
    desk.fetch()
    _, flagged = desk.cases()
    assert flagged.reason == Reason.PAYMENT_CLAIM
    assert flagged.facts == {"same_receipt": [{"date": MORNING.date().isoformat(), "case": earlier}]}


@sqlite_only
def test_the_same_picture_twice_in_one_claim_is_no_flag_but_months_later_it_is(desk: Desk) -> None:
    with transaction(desk.engine) as session:
        who = a_person(session, "whatsapp")
    for _ in range(2):
        desk.sends(who=who)
        desk.fetch()
    assert desk.cases() == []
    desk.clock.at += timedelta(days=60)
    desk.sends(who=who)
    desk.fetch()
    assert len(desk.cases()[0].facts["same_receipt"]) == 2


def test_old_files_are_forgotten_but_known_again(desk: Desk) -> None:
    desk.sends()
    desk.fetch()
    with transaction(desk.engine) as session:
        assert kept.forget(session, MORNING) == 0
        assert kept.forget(session, MORNING + timedelta(days=1)) == 1
        assert session.exec(select(MediaContent)).all() == []
    assert (desk.files()[0].state, len(desk.files()[0].sha256)) == ("forgotten", 64)


ITEM = {"kind": "document", "file_id": "AgAD B&x=1", "file_size": 100}


class TestTelegram:
    def prepare(self, desk: Desk, path: Any = "documents/file_1.pdf") -> None:
        told = json.dumps({"ok": True, "result": {"file_id": "x", "file_path": path}}).encode()
        desk.origin.replies[f"/bot{TOKEN}/getFile"] = answer(told)
        desk.origin.replies[f"/file/bot{TOKEN}/documents/file_1.pdf"] = answer(b"%PDF-1.7 paid")

    @sqlite_only
    def test_a_file_is_asked_for_by_its_id(self, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
        self.prepare(desk)
        desk.sends(ITEM, channel="telegram")
        assert desk.fetch()
        assert desk.files()[0].mime == "application/pdf"
        assert desk.origin.paths == [f"/bot{TOKEN}/getFile", f"/file/bot{TOKEN}/documents/file_1.pdf"]
        assert "file_id=AgAD+B%26x%3D1" in desk.origin.asked[0]
        with reading(desk.engine) as session:
            stored = str(session.connection().execute(sa.text("SELECT * FROM media_file")).all())
            assert TOKEN not in stored + str([each.media for each in session.exec(select(Message))])
        assert TOKEN not in caplog.text

    @sqlite_only
    @pytest.mark.parametrize("path", ["../../etc/passwd", "http://127.0.0.1/", "a?b", "a\r\nHost: evil", "", None, 7])
    def test_a_path_that_is_none_is_not_asked(self, desk: Desk, path: Any) -> None:
        self.prepare(desk, path)
        desk.sends(ITEM, channel="telegram")
        assert desk.fetch()
        assert desk.files()[0].state == "waiting"
        assert len(desk.origin.asked) == 1

    @sqlite_only
    @pytest.mark.parametrize("told", [b"[]", b"no json", b'{"ok":false}', b'{"ok":true,"result":{}}'])
    def test_an_answer_without_a_path_is_tried_again(self, desk: Desk, told: bytes) -> None:
        desk.origin.replies[f"/bot{TOKEN}/getFile"] = answer(told)
        desk.sends(ITEM, channel="telegram")
        assert desk.fetch()
        assert (desk.files()[0].state, desk.files()[0].attempts) == ("waiting", 1)

    @sqlite_only
    def test_too_large_a_file_is_not_even_asked_for(self, desk: Desk) -> None:
        desk.sends(ITEM | {"file_size": media.LIMIT + 1}, channel="telegram")
        assert desk.fetch()
        assert desk.files()[0].reason == "too_large"
        assert desk.origin.asked == []


@dataclass
class Ear:
    """A local program, as a lender could plug one in."""

    says: str | None

    def words(self, audio: bytes, mime: str, language: str) -> str:
        assert (audio[:4], mime, language) == (b"OggS", "audio/ogg", "es")
        if self.says is None:
            raise RuntimeError("no model")
        return self.says


@sqlite_only
class TestVoice:
    def hears(self, desk: Desk, words: str | None) -> MediaFile:
        desk.origin.replies["/voice"] = answer(b"OggS a voice")
        desk.transcriber = Ear(words)
        desk.sends({"kind": "voice", "url": f"{desk.origin.url}/voice"})
        assert desk.fetch()
        return desk.files()[0]

    def test_what_was_understood_is_repeated_and_nothing_is_done(self, desk: Desk) -> None:
        file = self.hears(desk, " mañana le deposito 250 ")
        assert file.transcript == "mañana le deposito 250"
        (reply,) = desk.replies()
        assert "«mañana le deposito 250»" in reply.text
        assert [each["payload"] for each in reply.buttons] == ["/affirm", "/deny"]
        assert "250" not in str(reply.keys) + str(reply.buttons)

    @pytest.mark.parametrize("words", ["ya no me escriban", "me quiero morir"])
    def test_a_stop_or_distress_is_heard_at_once(self, desk: Desk, words: str) -> None:
        file = self.hears(desk, words)
        with reading(desk.engine) as session:
            message = session.get_one(Message, file.message_id)
        assert (message.status, message.text, desk.replies()) == ("received", words, [])

    @pytest.mark.parametrize("words", ["", "bla " * 200, None])
    def test_what_can_t_be_repeated_is_for_the_person_who_listens(self, desk: Desk, words: str | None) -> None:
        assert self.hears(desk, words).state == "kept"
        assert desk.replies() == []


@sqlite_only
@pytest.mark.parametrize("said", ["sí", "si", "correcto"])
def test_after_a_yes_the_words_are_what_was_said(desk: Desk, said: str) -> None:
    TestVoice().hears(desk, "mañana le deposito 250")
    with transaction(desk.engine) as session:
        place = session.exec(select(Message).where(Message.direction == "in")).one()
        value = session.get_one(Address, place.address_id).value
        for text, heard in ((said, "mañana le deposito 250"), ("no", "/deny"), ("cuánto debo", "cuánto debo")):
            message = messages.receive(session, Inbound("whatsapp", "phone", value, None, text=text), MORNING)
            assert message is not None
            asked = turns.question(session, message, MORNING)
            assert asked is not None
            assert voice.confirmed(session, message, asked).text == heard


def test_two_who_reach_for_one_file_fetch_it_once(desk: Desk) -> None:
    for _ in range(6):
        desk.sends()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: desk.fetch(), range(12)))
    while desk.fetch():
        pass
    assert [each.state for each in desk.files()] == ["kept"] * 6
    assert [each.split(" ")[0] for each in desk.origin.asked].count("GET") == 6
