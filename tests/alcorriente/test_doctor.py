"""What `doctor` finds: each thing that can be wrong, at providers on loopback, and what it says to do."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from alcorriente import command_line, composition, health, health_channels, settings
from alcorriente.composition import open_store
from alcorriente.health import Check, State
from alcorriente.settings import Settings
from bot.spool import Hook
from locales import commands
from locales.phrases import read_catalogue
from outreach.tables import CrisisContact
from store import encryption
from store.engine import create_engine, transaction
from tests.bot.channels.provider import closed_port
from tests.bot.origin import Origin, answer, running
from tests.conftest import SECRET
from tests.outreach.portfolio import a_lender, a_person

TOKEN = "110201543:the-bots-token"
ACCOUNT = "/2010-04-01/Accounts/AC1"
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


def told(body: Any, **headers: str) -> Any:
    return answer(json.dumps(body).encode(), date=format_datetime(datetime.now(UTC)), **headers)


def refused(status: str) -> Any:
    return answer(b"{}", status=status)


@pytest.fixture
def provider() -> Iterator[Origin]:
    """Twilio, Telegram and our own public address, all well."""
    with running() as origin:
        base = origin.url
        origin.replies |= {
            "/channels/twilio/status": refused("405 Method Not Allowed"),
            "/channels/telegram": refused("405 Method Not Allowed"),
            f"{ACCOUNT}.json": told({"status": "active"}),
            f"{ACCOUNT}/IncomingPhoneNumbers.json": told(
                {"incoming_phone_numbers": [{"sms_url": f"{base}/channels/twilio/sms#rc=5"}]}
            ),
            "/v2/Channels/Senders": told(
                {
                    "senders": [
                        {
                            "sender_id": "whatsapp:+525522222222",
                            "status": "ONLINE",
                            "webhook": {"callback_url": f"{base}/channels/twilio/whatsapp"},
                        }
                    ]
                }
            ),
            "/v1/Content/HX1/ApprovalRequests": told({"whatsapp": {"status": "approved"}}),
            f"/bot{TOKEN}/getMe": told({"ok": True, "result": {"username": "AmigoBot"}}),
            f"/bot{TOKEN}/getWebhookInfo": hook(base),
        }
        yield origin


def hook(base: str, **more: Any) -> Any:
    result = {"url": f"{base}/channels/telegram", "pending_update_count": 0, "allowed_updates": UPDATES}
    return told({"ok": True, "result": result | more})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a lender and a borrower in Mexico."""
    chosen = Settings(secret=SECRET, data_dir=tmp_path)  # type: ignore[arg-type]
    engine = open_store(chosen)
    with transaction(engine) as session:
        a_lender(session)
        a_person(session, "sms")
    engine.dispose()
    return tmp_path


def chosen(folder: Path, provider: Origin, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "secret": SECRET,
        "data_dir": folder,
        "public_url": provider.url,
        "twilio_account_sid": "AC1",
        "twilio_auth_token": "the-auth-token",
        "twilio_sms_from": "+525511111111",
        "twilio_whatsapp_from": "+525522222222",
        "twilio_templates": {"reminder.due_today/es": "HX1"},
        "twilio_base_url": provider.url,
        "telegram_token": TOKEN,
        "telegram_secret": "s",
        "telegram_bot": "AmigoBot",
        "telegram_base_url": provider.url,
        "reminder_channels": ("sms", "whatsapp:MX", "telegram"),
        "rasa_port": closed_port(),
    }
    return Settings(**(given | more))


def found(chosen: Settings) -> dict[str, Check]:
    return {each.key: each for each in health.checks(chosen)}


def test_where_all_is_well_no_channel_complains(folder: Path, provider: Origin) -> None:
    complaints = {key for key, each in found(chosen(folder, provider)).items() if each.state is not State.OK}
    assert complaints == {"dialogue.not_started", "law.unsigned", "crisis.none"}


def test_what_the_store_would_not_take_is_told(folder: Path, provider: Origin) -> None:
    waiting = composition.spool(create_engine(f"sqlite:///{folder / 'al-corriente.db'}"))
    assert waiting is not None
    for number in (1, 2):
        waiting.add(Hook("sms", b"Body=hola", "", datetime.now(UTC)))
        waiting.set_aside(number)
    waiting.close()
    assert found(chosen(folder, provider))["hooks.aside"] == Check(State.WARNING, "hooks.aside", {"count": 2})


@pytest.mark.parametrize(
    ("path", "reply", "key", "state"),
    [
        (f"{ACCOUNT}.json", refused("401 Unauthorized"), "twilio.refused", State.FAULT),
        (f"{ACCOUNT}.json", answer(b"no json"), "twilio.unreachable", State.FAULT),
        (f"{ACCOUNT}.json", told([]), "twilio.unreachable", State.FAULT),
        (f"{ACCOUNT}.json", told({"status": "suspended"}), "twilio.inactive", State.FAULT),
        (f"{ACCOUNT}/IncomingPhoneNumbers.json", told({"incoming_phone_numbers": []}), "twilio.no_number", State.FAULT),
        (
            f"{ACCOUNT}/IncomingPhoneNumbers.json",
            told({"incoming_phone_numbers": [{"sms_url": "https://demo.twilio.com/welcome"}]}),
            "hook.other",
            State.FAULT,
        ),
        (f"{ACCOUNT}/IncomingPhoneNumbers.json", refused("403 Forbidden"), "hook.untold", State.WARNING),
        ("/v2/Channels/Senders", told({"senders": []}), "twilio.no_number", State.FAULT),
        ("/v2/Channels/Senders", told({"senders": ["?"]}), "hook.untold", State.WARNING),
        (
            "/v2/Channels/Senders",
            told({"senders": [{"senderId": "whatsapp:+525522222222", "status": "OFFLINE", "webhook": None}]}),
            "whatsapp.offline",
            State.FAULT,
        ),
        ("/v1/Content/HX1/ApprovalRequests", refused("404 Not Found"), "template.unknown", State.FAULT),
        (
            "/v1/Content/HX1/ApprovalRequests",
            told({"whatsapp": {"status": "paused"}}),
            "template.not_approved",
            State.FAULT,
        ),
        ("/v1/Content/HX1/ApprovalRequests", told({"whatsapp": None}), "template.not_approved", State.FAULT),
        (f"/bot{TOKEN}/getMe", refused("401 Unauthorized"), "telegram.refused", State.FAULT),
        (f"/bot{TOKEN}/getMe", answer(b"<html>"), "telegram.unreachable", State.FAULT),
        (f"/bot{TOKEN}/getMe", told({"ok": True, "result": {"username": "OtherBot"}}), "telegram.name", State.WARNING),
        (f"/bot{TOKEN}/getWebhookInfo", hook("https://elsewhere"), "hook.other", State.FAULT),
        ("/channels/twilio/status", answer(b"<h1>nginx</h1>"), "public.other", State.FAULT),
    ],
)
def test_what_is_wrong_is_named(folder: Path, provider: Origin, path: str, reply: Any, key: str, state: State) -> None:
    provider.replies[path] = reply
    assert found(chosen(folder, provider))[key].state is state


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"allowed_updates": ["message"]}, "telegram.updates"),
        ({"pending_update_count": 5000}, "telegram.waiting"),
        ({"last_error_date": int(datetime.now(UTC).timestamp()), "last_error_message": "502"}, "telegram.failed"),
    ],
)
def test_what_telegram_says_of_its_hook_is_passed_on(
    folder: Path, provider: Origin, more: dict[str, Any], key: str
) -> None:
    provider.replies[f"/bot{TOKEN}/getWebhookInfo"] = hook(provider.url, **more)
    assert found(chosen(folder, provider))[key].state is State.WARNING


def test_a_clock_that_is_off_is_a_fault(folder: Path, provider: Origin) -> None:
    wrong = format_datetime(datetime.now(UTC) - timedelta(minutes=7))
    provider.replies[f"{ACCOUNT}.json"] = answer(b'{"status": "active"}', date=wrong)
    assert found(chosen(folder, provider, telegram_token=""))["clock.wrong"].values["seconds"] > 400


@pytest.mark.parametrize(
    ("more", "key", "state"),
    [
        ({"public_url": "http://pagos.example.mx"}, "public.not_https", State.FAULT),
        ({"public_url": "http://127.0.0.1:1"}, "public.unreachable", State.FAULT),
        ({"twilio_base_url": "http://127.0.0.1:1"}, "twilio.unreachable", State.FAULT),
        ({"telegram_base_url": "http://127.0.0.1:1"}, "telegram.unreachable", State.FAULT),
        ({"twilio_templates": {}}, "template.none", State.WARNING),
        ({"reminder_channels": ("sms:CO",)}, "reminders.off", State.WARNING),
        ({"twilio_account_sid": "", "telegram_token": ""}, "channels.none", State.WARNING),
        ({"secret": "another"}, "secret.other", State.FAULT),
        ({"database_url": "postgresql://127.0.0.1:1/x"}, "store.unreachable", State.FAULT),
        ({"rasa_url": "http://127.0.0.1:1"}, "dialogue.down", State.FAULT),
        ({"simulator": True}, "channels.simulated", State.OK),
    ],
)
def test_settings_that_lead_nowhere_are_named(
    folder: Path, provider: Origin, more: dict[str, Any], key: str, state: State
) -> None:
    try:
        assert found(chosen(folder, provider, **more))[key].state is state
    finally:
        encryption.configure(encryption.keyring_from_secret(SECRET))


def test_a_sender_that_nobody_has_declared_is_a_fault(folder: Path, provider: Origin) -> None:
    # Only senders at the real providers count, and those no test can ask.
    real = chosen(folder, provider, twilio_base_url="https://api.twilio.com", telegram_token="")
    declared = real.model_copy(update={"first_party": {"sms:+525511111111": "Ana Pérez, 2026-11-20"}})
    states = [(each.key, each.values["sender"]) for each in health_channels.declared(declared)]
    assert states == [("sender.undeclared", "whatsapp:+525522222222"), ("sender.ok", "sms:+525511111111")]


def test_a_confirmed_crisis_contact_is_seen(folder: Path, provider: Origin) -> None:
    engine = create_engine(f"sqlite:///{folder / 'al-corriente.db'}")
    with transaction(engine) as session:
        session.add(CrisisContact(country="MX", text="x", source="y", confirmed_on=datetime.now(UTC).date()))
    engine.dispose()
    assert found(chosen(folder, provider))["crisis.ok"].state is State.OK


@pytest.mark.parametrize(("language", "word"), [("es", "Institución"), ("en", "Lender")])
def test_the_command_speaks_both_languages_and_ends_with_1_on_a_fault(
    folder: Path, provider: Origin, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    given: Mapping[str, str] = {"SECRET": SECRET, "DATA_DIR": str(folder), "RASA_PORT": str(closed_port())}
    for name, value in given.items():
        monkeypatch.setenv(f"ALCORRIENTE_{name}", value)
    settings.settings.cache_clear()
    try:
        well = CliRunner().invoke(command_line.app, ["doctor", "--language", language])
        assert (well.exit_code, word in well.output) == (0, True), well.output
        monkeypatch.setenv("ALCORRIENTE_RASA_URL", "http://127.0.0.1:1")
        settings.settings.cache_clear()
        ill = CliRunner().invoke(command_line.app, ["doctor"], env={"LANG": f"{language}_MX.UTF-8", "LC_ALL": ""})
        assert (ill.exit_code, word in ill.output, "FAULT" in ill.output) == (1, True, True), ill.output
    finally:
        settings.settings.cache_clear()


def test_no_secret_is_told(folder: Path, provider: Origin) -> None:
    provider.replies[f"/bot{TOKEN}/getWebhookInfo"] = answer(b"broken")
    for each in health.checks(chosen(folder, provider)):
        said = commands.text(f"doctor.{each.key}", each.values, "en")
        assert not any(secret in said for secret in (TOKEN, "the-auth-token", SECRET))


def test_every_text_is_there_in_both_languages() -> None:
    spanish, english = (read_catalogue(each, commands.DOMAIN) for each in ("es", "en"))
    assert spanish.keys() == english.keys()
    assert all(spanish[key].names == english[key].names for key in spanish)


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [({}, "en"), ({"LANG": "es_MX.UTF-8"}, "es"), ({"LANG": "fr_FR"}, "en"), ({"LC_ALL": "C", "LANG": "es"}, "en")],
)
def test_a_command_speaks_as_the_terminal_does(environment: dict[str, str], spoken: str) -> None:
    assert commands.language(environment) == spoken
