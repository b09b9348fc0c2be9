"""Every setting, from environment variables named ALCORRIENTE_…; handed down to the rooms as plain values."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
PAGE_ADDRESS = re.compile(r"(sms|whatsapp):\+[1-9]\d{6,14}|telegram:\d{3,20}")
DEMO_SECRET = "only-for-the-demo"  # noqa: S105  (refused outside the demo, see below)


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CHANNEL = re.compile(r"(whatsapp|sms|telegram)(:[A-Z]{2})?")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ALCORRIENTE_", extra="ignore")

    data_dir: Path = Field(default=ROOT / "var", description="Where the SQLite store, trackers and backups lie.")
    database_url: str = Field(default="", description="The store; empty means SQLite in data_dir.")
    secret: SecretStr = Field(
        default=SecretStr(DEMO_SECRET), description="Encrypts personal data at rest; losing it loses names and phones."
    )
    simulator: bool = Field(default=False, description="Opens /simulator and lets the clock be moved: demo and tests.")
    host: str = Field(default="127.0.0.1", description="Interface of the public port.")
    port: int = Field(default=8000, description="Public port: hooks, API, console.")
    actions_port: int = Field(default=8001, description="Loopback port that Rasa calls for actions.")
    actions_host: str = Field(default="127.0.0.1", description="Interface of that port, in a private network.")
    actions_url: str = Field(default="", description="Where Rasa finds the actions; empty: this machine.")
    rasa_port: int = Field(default=5005, description="Loopback port of Rasa.")
    rasa_url: str = Field(default="", description="A Rasa that runs elsewhere; empty starts our own.")
    rasa_token: SecretStr = Field(default=SecretStr(""), description="Guards Rasa's API; empty makes one per start.")
    tracker_url: str = Field(default="", description="Rasa's tracker store; empty means SQLite in data_dir.")
    turn_workers: int = Field(default=4, ge=1, description="Turns taken at the same time.")
    reminder_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="What reminders may use, comma-separated: sms:MX, or sms for every country; empty: none is sent.",
    )
    first_party: dict[str, str] = Field(
        default_factory=dict,
        description='Who declared that a sender writes for its own loans, JSON: {"sms:+52…": "Ana, 2026-11-20"}.',
    )
    page_addresses: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Who is called when a borrower may be in danger, comma-separated, such as sms:+525512345678",
    )
    public_url: str = Field(default="", description="What providers call, such as https://pagos.example.mx")
    twilio_account_sid: str = Field(default="", description="Twilio account; empty leaves WhatsApp and SMS off.")
    twilio_auth_token: SecretStr = Field(default=SecretStr(""), description="Sends, and signs Twilio's hooks.")
    twilio_signing_tokens: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Tokens that may sign hooks, comma-separated: two during a rotation."
    )
    twilio_whatsapp_from: str = Field(default="", description="WhatsApp sender, such as +5215512345678")
    twilio_sms_from: str = Field(default="", description="SMS sender or short code.")
    twilio_messaging_service_sid: str = Field(default="", description="Sends through a messaging service instead.")
    twilio_templates: dict[str, str] = Field(
        default_factory=dict,
        description='Approved WhatsApp templates, JSON: {"reminder.due_today/es": "HX…"}; none: no message after 24 h.',
    )
    twilio_base_url: str = Field(default="https://api.twilio.com", description="Where Twilio's API is.")
    twilio_content_url: str = Field(default="https://content.twilio.com", description="Where its Content API is.")
    sms_rate: float = Field(default=1, gt=0, description="Segments a second of the SMS sender; a long code has 1.")
    whatsapp_rate: float = Field(default=80, gt=0, description="Messages a second of the WhatsApp sender.")
    whatsapp_people: int = Field(
        default=250, ge=0, description="People whom reminders may begin to write to in 24 h: Meta's limit; 0 for none."
    )
    telegram_rate: float = Field(default=30, gt=0, description="Messages a second of the Telegram bot.")
    prices: dict[str, str] = Field(
        default={},
        description='What a segment costs in the lender\'s currency: {"sms:MX": "0.95", "whatsapp": "0.24"}.',
    )
    pace_share: float = Field(default=0.8, gt=0, le=1, description="Share of these rates that is used.")
    sends_at_once: int = Field(default=8, ge=1, description="Messages handed to providers at the same time.")
    telegram_token: SecretStr = Field(default=SecretStr(""), description="Bot token; empty leaves Telegram off.")
    telegram_bot: str = Field(
        default="", pattern=r"^$|^\w{5,32}$", description="The bot's name, for links that open its chat."
    )
    telegram_secret: SecretStr = Field(default=SecretStr(""), description="Secret that Telegram's hooks carry.")
    telegram_base_url: str = Field(default="https://api.telegram.org", description="Where the Bot API is.")
    transcriber: str = Field(
        default="", pattern=r"^$|^[\w.]+:\w+$", description="Local program for voice notes, package.module:name; none."
    )
    backup_dir: Path | None = Field(default=None, description="Where nightly backups go; empty: data_dir/backups.")
    second_person: bool = Field(
        default=False, description="Flows and limits are published by somebody else than the one who wrote them."
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @model_validator(mode="before")
    @classmethod
    def _split_lists(cls, values: dict[str, object]) -> dict[str, object]:
        for field in ("twilio_signing_tokens", "reminder_channels", "page_addresses"):
            given = values.get(field)
            if isinstance(given, str):
                values[field] = tuple(each.strip() for each in given.split(",") if each.strip())
        return values

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> "Settings":
        if not self.simulator and self.secret.get_secret_value() == DEMO_SECRET:
            raise ValueError(
                "ALCORRIENTE_SECRET is not set: give a long random text (and keep a copy), "
                "or set ALCORRIENTE_SIMULATOR=1 for the demo."
            )
        if self.simulator and self.host not in LOOPBACK:
            raise ValueError(
                f"ALCORRIENTE_SIMULATOR=1 with ALCORRIENTE_HOST={self.host}: the simulator answers on loopback only."
            )
        if (self.twilio_account_sid or self.telegram_token.get_secret_value()) and not self.public_url:
            raise ValueError("ALCORRIENTE_PUBLIC_URL is not set: providers sign and call this address.")
        if self.telegram_token.get_secret_value() and not self.telegram_secret.get_secret_value():
            raise ValueError("ALCORRIENTE_TELEGRAM_SECRET is not set: without it anyone could post updates.")
        if unknown := [each for each in self.reminder_channels if not CHANNEL.fullmatch(each)]:
            raise ValueError(
                f"ALCORRIENTE_REMINDER_CHANNELS names {unknown}: use whatsapp, sms or telegram, or sms:MX."
            )
        for each in self.page_addresses:
            if not PAGE_ADDRESS.fullmatch(each):
                raise ValueError(
                    f"ALCORRIENTE_PAGE_ADDRESSES names {each!r}: write sms:+525512345678, whatsapp:+525512345678 or "
                    "telegram: and the user's number."
                )
        return self

    @property
    def channels(self) -> tuple[str, ...]:
        """Those that are set up."""
        through_service = bool(self.twilio_messaging_service_sid)
        named = {
            "whatsapp": self.twilio_account_sid and self.twilio_whatsapp_from,
            "sms": self.twilio_account_sid and (self.twilio_sms_from or through_service),
            "telegram": self.telegram_token.get_secret_value(),
        }
        return tuple(name for name, given in named.items() if given)

    @property
    def senders(self) -> list[str]:
        """Those that really send, as `first_party` names them; not the simulator, nor providers on this machine."""
        found = []
        if self.twilio_account_sid and not _is_here(self.twilio_base_url):
            sms = self.twilio_sms_from or self.twilio_messaging_service_sid
            found += [f"whatsapp:{self.twilio_whatsapp_from}"] if self.twilio_whatsapp_from else []
            found += [f"sms:{sms}"] if sms else []
        if (token := self.telegram_token.get_secret_value()) and not _is_here(self.telegram_base_url):
            found.append(f"telegram:{token.partition(':')[0]}")  # the bot's number, which is no secret
        return [] if self.simulator else found

    @property
    def undeclared_senders(self) -> list[str]:
        """Senders that nobody has declared to be the lender's own: nothing may be sent from them."""
        return [each for each in self.senders if not self.first_party.get(each, "").strip()]

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'al-corriente.db'}"

    @property
    def trackers(self) -> str:
        return self.tracker_url or f"sqlite:///{self.data_dir / 'trackers.db'}"

    @property
    def backups(self) -> Path:
        return self.backup_dir or self.data_dir / "backups"


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


@lru_cache
def settings() -> Settings:
    """Read once per process."""
    return Settings()
